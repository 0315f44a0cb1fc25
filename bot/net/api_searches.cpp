#include "bot/net/api_searches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>

#include "bot/content/synonym_edit.hpp"
#include "bot/insights/searches.hpp"

namespace maru::net {
namespace {

using nlohmann::json;

constexpr std::uint32_t most_rows = 1000;

Response searches(store::Store& store, const Request& request) {
    store::SearchFilter filter;
    for (const auto& [name, into] : {std::pair{"from", &filter.from}, std::pair{"to", &filter.to}}) {
        const auto given = request.argument(name);
        if (!given || given->empty()) continue;
        *into = parse_time(*given);
        if (!*into)
            return problem(
                400, {},
                fmt::format("`{}` is no time; write it like 2026-11-21 or 2026-11-21T09:30:00Z", name));
    }
    filter.locale = request.argument("locale").value_or("");
    if (const auto only = request.argument("only"); only && !only->empty()) {
        const auto known = insights::searches_only(*only);
        if (!known) return problem(400, {}, "`only` is one of all, nothing, unfollowed");
        filter.only = *known;
    }
    if (const auto limit = request.argument("limit"); limit && !limit->empty()) {
        const auto* last = limit->data() + limit->size();
        const auto [end, error] = std::from_chars(limit->data(), last, filter.limit);
        if (error != std::errc{} || end != last || filter.limit == 0)
            return problem(400, {}, fmt::format("`limit` is a number from 1 to {}", most_rows));
        filter.limit = std::min(filter.limit, most_rows);
    }
    return net::json(insights::searches(store, filter));
}

// How many products a visitor would be shown for these words; 0 when they only nearly fit or are misspelt.
std::uint32_t found_by(const Bot& bot, const std::string& words) {
    const auto asked = bot.catalog->interpret(words);
    if (asked.query.empty()) return 0;
    const auto results = bot.catalog->search(asked.query);
    const bool whole = results.relaxed.empty() && results.absent.empty() && results.corrected.empty();
    return whole ? results.total : 0;
}

Response add_synonym(const BotHolder& bots, const std::filesystem::path& config, std::mutex& one_at_a_time,
                     const Request& request) {
    json body;
    if (auto bad = body_json(request, body)) return std::move(*bad);
    const auto text = [&](const char* name) {
        const auto at = body.is_object() ? body.find(name) : body.end();
        return at != body.end() && at->is_string() ? at->get<std::string>() : std::string();
    };
    const auto word = text("word"), means = text("means");
    if (word.empty() || means.empty())
        return problem(400, {}, "send {\"word\": what visitors say, \"means\": the shop's own word for it}");
    // The words themselves first: what is wrong with them is said before the shelves are searched.
    if (const auto checked = with_synonym("", word, means); checked.has_error())
        return problem(422, {}, checked.error().message);
    const auto products = found_by(*bots.get(), means);
    if (products == 0)
        return problem(
            422, {},
            fmt::format("`means`: \"{}\" finds nothing in the shop either; name goods that are there",
                        means));
    const std::lock_guard lock(one_at_a_time);
    const auto edit = write_synonym(config, word, means);
    if (edit.has_error()) return problem(edit.error().conflict ? 409 : 422, {}, edit.error().message);
    return net::json({{"status", edit->known ? "known" : "added"},
                      {"file", "synonyms.yaml"},
                      {"line", edit->line},
                      {"group", edit->group},
                      {"products", products}});
}

}  // namespace

void add_searches_api(Router& router, store::Store& store, const BotHolder& bots,
                      const std::filesystem::path& config) {
    router.get("/api/v1/reports/searches", Access::admin,
               [&store](const Request& request) { return searches(store, request); });
    router.post("/api/v1/catalog/synonyms", Access::admin,
                [&bots, config, one_at_a_time = std::make_shared<std::mutex>()](const Request& request) {
                    return add_synonym(bots, config, *one_at_a_time, request);
                });
}

}  // namespace maru::net
