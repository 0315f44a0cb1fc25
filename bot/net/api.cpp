#include "bot/net/api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "bot/conversation/conversation.hpp"
#include "bot/conversation/shelf.hpp"
#include "bot/insights/report.hpp"
#include "bot/wire/encode.hpp"

namespace maru::net {
namespace {

using nlohmann::json;

constexpr std::uint32_t most_listed = 200;
constexpr std::uint32_t most_messages = 5000;  // of one transcript page

// Whether `given` is absent or a time; a wrong one is answered with `bad`.
bool time_argument(const Request& request, std::string_view name, std::optional<Time>& into,
                   std::optional<Response>& bad) {
    const auto given = request.argument(name);
    if (!given || given->empty()) return true;
    into = parse_time(*given);
    if (into) return true;
    bad = problem(400, {},
                  fmt::format("`{}` is no time; write it like 2026-11-21 or 2026-11-21T09:30:00Z", name));
    return false;
}

std::uint32_t limit_argument(const Request& request, std::uint32_t fallback) {
    const auto given = request.argument("limit").value_or("");
    std::uint32_t value = fallback;
    (void)std::from_chars(given.data(), given.data() + given.size(), value);
    return std::clamp<std::uint32_t>(value, 1, most_listed);
}

Response json_list(const char* name, json list, const std::string& next) {
    json out{{name, std::move(list)}};
    if (!next.empty()) out["cursor"] = next;
    return net::json(out);
}

json conversation_json(const store::ConversationRow& row) {
    json out{{"conversation", maru::to_text(row.id)},
             {"created_at", to_rfc3339(row.created_at)},
             {"updated_at", to_rfc3339(row.updated_at)},
             {"site", row.site},
             {"channel", row.channel},
             {"locale", row.locale},
             {"status", row.state},
             {"team", row.team},
             {"epoch", row.epoch},
             {"seq", row.seq}};
    try {
        const auto c = from_row(row);
        out["visitor"] = {{"id", c.visitor.id}, {"name", c.visitor.name}, {"email", c.visitor.email}};
        if (row.agent != 0) out["agent"] = {{"id", maru::to_text(row.agent)}, {"name", c.agent_name}};
        if (!c.dialogue.topics.empty()) out["topic"] = c.dialogue.topics.back();
    } catch (const std::exception&) {
        // Its list entry stands without what only the conversation itself can read.
    }
    return out;
}

Response conversations(store::Store& store, const Request& request) {
    store::ConversationFilter filter;
    std::optional<Response> bad;
    if (!time_argument(request, "from", filter.from, bad) || !time_argument(request, "to", filter.to, bad))
        return *bad;
    filter.status = request.argument("status").value_or("");
    filter.label = request.argument("label").value_or("");
    filter.channel = request.argument("channel").value_or("");
    filter.text = request.argument("q").value_or("");
    if (const auto agent = request.argument("agent"); agent && !agent->empty()) {
        for (const auto& row : store.staff())
            if (row.name == *agent || maru::to_text(row.id) == *agent) filter.agent = row.id;
        if (filter.agent == 0) return json_list("conversations", json::array(), {});
    }
    const auto cursor = request.argument("cursor");
    if (!cursor && request.query.find("cursor=") != std::string::npos)
        return problem(400, {}, "`cursor` is none of ours; use the `cursor` of the page before");
    if (cursor && !cursor->empty()) {
        const auto id = parse_id(*cursor);
        if (!id) return problem(400, {}, "`cursor` is none of ours; use the `cursor` of the page before");
        filter.before = *id;
    }
    filter.limit = limit_argument(request, 50);
    const auto rows = store.conversations(filter);
    auto list = json::array();
    for (const auto& row : rows) list.push_back(conversation_json(row));
    return json_list("conversations", std::move(list),
                     rows.size() == filter.limit ? maru::to_text(rows.back().id) : "");
}

std::optional<store::ConversationRow> named(store::Store& store, const Request& request) {
    const auto id = parse_id(request.parameter("id"));
    return id ? store.load(*id) : std::nullopt;
}

Response conversation(store::Store& store, const Request& request) {
    const auto row = named(store, request);
    if (!row) return problem(404, {}, "there is no such conversation");
    auto out = conversation_json(*row);
    out["labels"] = store.labels(row->id);
    auto notes = json::array();
    for (const auto& note : store.notes(row->id))
        notes.push_back(
            {{"seq", note.seq}, {"at", to_rfc3339(note.at)}, {"agent", note.name}, {"text", note.text}});
    out["notes"] = std::move(notes);
    auto text = out.dump();
    text.pop_back();
    text +=
        ",\"messages\":" + wire::messages_array(store.messages(row->id, 0, row->seq, most_messages)) + "}";
    Response response;
    response.body = std::move(text);
    return response;
}

Response transcript(store::Store& store, const Request& request) {
    const auto row = named(store, request);
    if (!row) return problem(404, {}, "there is no such conversation");
    const auto format = request.argument("format").value_or("json");
    const auto messages = store.messages(row->id, 0, row->seq, most_messages);
    if (format == "json") {
        Response response;
        response.body = fmt::format(R"({{"conversation":"{}","messages":{}}})", maru::to_text(row->id),
                                    wire::messages_array(messages));
        return response;
    }
    if (format != "txt") return problem(400, {}, "`format` is json or txt");
    std::string out;
    for (const auto& message : messages) {
        // What stands at a line's beginning is never a visitor's words: nobody writes himself another's
        // message.
        std::string text;
        for (const char c : message.text) {
            text += c;
            if (c == '\n') text += "    ";
        }
        out += fmt::format("[{}] {}{}: {}\n", to_rfc3339(message.at), message.role,
                           message.name.empty() ? "" : " " + message.name, text);
    }
    return net::text(std::move(out));
}

Response response_times(store::Store& store, const Clock& clock, const Request& request) {
    std::optional<Time> from, to;
    std::optional<Response> bad;
    if (!time_argument(request, "from", from, bad) || !time_argument(request, "to", to, bad)) return *bad;
    const auto by = request.argument("by").value_or("day");
    if (!insights::is_grouping(by))
        return problem(400, {}, "`by` is one of day, hour, agent, team, channel, site");
    const auto upto = to.value_or(clock.now() + std::chrono::minutes{1});
    const auto since = from.value_or(Time{});
    return net::json(insights::response_times(store, since, upto, by));
}

Response catalog_search(const BotHolder& bots, const Request& request) {
    const auto bot = bots.get();
    auto asked = bot->catalog->interpret(request.argument("q").value_or(""));
    asked.query.limit = std::min<std::uint32_t>(limit_argument(request, 10), 50);
    asked.query.fill = true;
    const auto locale = request.argument("locale").value_or(bot->settings.locales.front());
    const auto results = bot->catalog->search(asked.query);
    json out{{"total", results.total},
             {"relaxed", results.relaxed},
             {"products", json::parse(cards(results.matches, locale, *bot))},
             {"chips", json::array()}};
    for (const auto& chip : bot->catalog->chips(asked.query, locale))
        out["chips"].push_back({{"kind", chip.kind}, {"label", chip.label}});
    if (request.argument("explain"))
        out["explain"] = json::parse(bot->catalog->explain(asked.query), nullptr, false);
    return net::json(out);
}

json per_locale(const catalog::Product& product, const std::vector<std::string>& locales,
                std::string catalog::Texts::*field) {
    auto out = json::object();
    for (const auto& locale : locales) out[locale] = product.texts(locale).*field;
    return out;
}

Response shop(const BotHolder& bots, const Request&) {
    const auto bot = bots.get();
    const auto& locales = bot->settings.locales;
    nlohmann::ordered_json out{{"currency", bot->catalog->currency()},
                               {"locales", locales},
                               {"name", nlohmann::ordered_json::object()},
                               {"products", nlohmann::ordered_json::array()}};
    for (const auto& locale : locales) out["name"][locale] = bot->settings.name.pick(locale);
    for (const auto& product : bot->catalog->products()) {
        // In the feed's order: a shop puts first what matters.
        nlohmann::ordered_json one{
            {"id", product.id},
            {"title", per_locale(product, locales, &catalog::Texts::title)},
            {"description", per_locale(product, locales, &catalog::Texts::description)},
            {"product_type", per_locale(product, locales, &catalog::Texts::product_type)},
            {"color", per_locale(product, locales, &catalog::Texts::color)},
            {"brand", per_locale(product, locales, &catalog::Texts::brand)},
            {"price", {{"amount", product.price.amount}, {"currency", product.price.currency}}},
            {"availability", product.availability},
            {"image", product.image_link},
            {"link", product.link},
            {"popularity", product.popularity},
            {"attributes", nlohmann::ordered_json::object()}};
        if (product.list_price)
            one["list_price"] = {{"amount", product.list_price->amount},
                                 {"currency", product.list_price->currency}};
        if (product.rating) one["rating"] = *product.rating;
        if (!product.item_group_id.empty()) one["group"] = product.item_group_id;
        for (const auto& locale : locales) {
            auto& attributes = one["attributes"][locale] = nlohmann::ordered_json::object();
            for (const auto& [name, value] : product.texts(locale).attributes) attributes[name] = value;
        }
        out["products"].push_back(std::move(one));
    }
    Response response;
    response.body = out.dump(-1, ' ', false, json::error_handler_t::replace);
    return response;
}

}  // namespace

void add_api(Router& router, store::Store& store, const BotHolder& bots, const Clock& clock) {
    router.get("/api/v1/conversations", Access::agent,
               [&store](const Request& request) { return conversations(store, request); });
    router.get("/api/v1/conversations/{id}", Access::agent,
               [&store](const Request& request) { return conversation(store, request); });
    router.get("/api/v1/conversations/{id}/transcript", Access::agent,
               [&store](const Request& request) { return transcript(store, request); });
    router.get("/api/v1/reports/response-times", Access::admin,
               [&store, &clock](const Request& request) { return response_times(store, clock, request); });
    router.get("/api/v1/catalog/search", Access::agent,
               [&bots](const Request& request) { return catalog_search(bots, request); });
    router.get("/shop/catalog.json", Access::open,
               [&bots](const Request& request) { return shop(bots, request); });
}

}  // namespace maru::net
