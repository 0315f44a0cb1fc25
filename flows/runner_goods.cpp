// The steps of a flow that show goods.
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "catalog/money.hpp"
#include "catalog/query_json.hpp"
#include "flows/runner.hpp"

namespace maru::flows {
namespace {

constexpr std::size_t most_seen = 50;  // products that a conversation remembers

// In minor units of the shop's currency; nullopt when there is no rate.
std::optional<std::int64_t> converted(std::int64_t amount, const std::string& currency, const Env& env) {
    if (currency.empty() || currency == env.currency) return amount;
    for (const auto& [name, rate] : env.rates) {
        if (name != currency) continue;
        const double units = static_cast<double>(amount) / std::pow(10, catalog::minor_digits(currency));
        const double own = units * rate * std::pow(10, catalog::minor_digits(env.currency));
        if (std::isfinite(own) && std::abs(own) < 1e15) return std::llround(own);
    }
    return std::nullopt;
}

catalog::Sort sort_of(const std::string& name) {
    using Sort = catalog::Sort;
    static const std::array<std::pair<std::string_view, Sort>, 5> names = {
        {{"price_ascending", Sort::price_ascending},
         {"price_descending", Sort::price_descending},
         {"rating", Sort::rating},
         {"newest", Sort::newest},
         {"popularity", Sort::popularity}}};
    for (const auto& [known, sort] : names)
        if (known == name) return sort;
    return Sort::relevance;
}

}  // namespace

bool Runner::search(const Search& what) {
    state_.slots.set("results", 0.0);
    state_.slots.clear("search.relaxed");
    state_.slots.clear("search.dropped");
    if (env_.catalog == nullptr) return false;
    catalog::Query known;
    known.limit = what.limit;
    known.in_stock_only = what.in_stock;
    known.sort = sort_of(what.sort);
    if (what.more) known.exclude_ids = state_.seen;
    limit_price(resolve(what.price), true, true, known);
    limit_price(resolve(what.price_min), true, false, known);
    limit_price(resolve(what.price_max), false, true, known);
    // The catalog's own vocabulary reads brands, colours and kinds in either language, so they go in as
    // words.
    std::string words;
    for (const Template* part : {&what.text, &what.brand, &what.color, &what.type}) {
        const std::string text = as_text(resolve(*part));
        if (!text.empty()) words += (words.empty() ? "" : " ") + text;
    }
    catalog::Query query = env_.catalog->interpret(words, known).query;
    query.limit = what.limit;
    // Going on from here ("under 30,000") starts from the flow's own search: the refusal was this message's.
    const bool own_price = query.price_min || query.price_max;
    const auto wished = as_said(query);
    catalog::Results results = env_.catalog->search(wished);
    // Where nothing is as was said in passing, the flow's own goods are still advice.
    if (results.matches.empty() || (!own_price && holds(results.relaxed, "price"))) {
        results = env_.catalog->search(query);
    } else {
        query.price_min = wished.price_min;
        query.price_max = wished.price_max;
    }
    state_.slots.set("search.query", catalog::query_to_json(query).dump());
    state_.slots.set("results", static_cast<double>(results.total));
    if (!results.relaxed.empty()) state_.slots.set("search.relaxed", results.relaxed);
    // Goods outside the price that was asked for are no answer; a flow may still offer them as {shown}.
    const bool fits = !holds(results.relaxed, "price");
    return offer(results.matches, what.intro, fits);
}

// "My throat is dry at night, up to 80,000, and no ultrasonic one": what the message says of the goods holds
// in the search to which its flow leads.
catalog::Query Runner::as_said(catalog::Query query) const {
    if (env_.said.empty()) return query;
    const auto refused = env_.catalog->interpret(env_.said).query;
    if (!query.price_min && !query.price_max) {
        query.price_min = refused.price_min;
        query.price_max = refused.price_max;
    }
    const auto add = [](std::vector<std::string>& list, const std::vector<std::string>& more) {
        list.insert(list.end(), more.begin(), more.end());
    };
    add(query.not_types, refused.not_types);
    add(query.not_brands, refused.not_brands);
    add(query.not_colors, refused.not_colors);
    add(query.not_words, refused.not_words);
    return query;
}

void Runner::limit_price(const Value& value, bool lower, bool upper, catalog::Query& query) {
    if (!is_set(value)) return;
    nlu::Money money;
    if (const auto* given = std::get_if<nlu::Money>(&value)) {
        money = *given;
        // "About 100,000" leaves a fifth to either side, as a search in words does.
        if (money.approximate && money.min && money.min == money.max) {
            money.min = *money.min * 4 / 5;
            money.max = *money.max * 6 / 5;
        }
        // An exact sum as a budget is the most one wants to pay.
        if (lower && upper && money.min == money.max && !money.approximate) money.min.reset();
        if (!upper) money.min = money.min ? money.min : money.max;
        if (!lower) money.max = money.max ? money.max : money.min;
    } else if (const auto number = as_number(value); number && *number >= 0 && *number < 1e15) {
        if (upper) money.max = std::llround(*number);
        if (lower && !upper) money.min = std::llround(*number);
    }
    const auto take = [&](const std::optional<std::int64_t>& amount, std::optional<std::int64_t>& into) {
        if (!amount) return;
        if (const auto own = converted(*amount, money.currency, env_)) {
            into = own;
        } else {
            state_.slots.set("search.dropped", std::string("price"));
        }
    };
    if (lower) take(money.min, query.price_min);
    if (upper) take(money.max, query.price_max);
}

bool Runner::recommend(const Recommend& what) {
    state_.slots.set("results", 0.0);
    state_.slots.clear("search.query");
    if (env_.catalog == nullptr) return false;
    std::vector<catalog::Match> matches;
    if (what.kind == Recommend::Kind::popular) {
        matches = env_.catalog->popular(what.limit);
    } else {
        const auto of = ids_of(resolve(what.of));
        if (of.empty()) return false;
        matches = what.kind == Recommend::Kind::similar ? env_.catalog->similar(of.front(), what.limit)
                                                        : env_.catalog->goes_with(of.front(), what.limit);
    }
    state_.slots.set("results", static_cast<double>(matches.size()));
    return offer(matches, what.intro, true);
}

bool Runner::offer(const std::vector<catalog::Match>& matches, const LocalTemplate& intro, bool fits) {
    SayEffect out;
    for (const catalog::Match& match : matches)
        if (match.product != nullptr) out.products.push_back({match.product->id, match.reasons});
    if (out.products.empty()) return false;
    show(out.products);
    if (!fits) return false;
    out.text = render(intro);
    out.source = "catalog";
    say(std::move(out));
    return true;
}

void Runner::show(const std::vector<ProductRef>& products) {
    if (products.empty()) return;
    state_.shown.clear();
    for (const ProductRef& product : products) {
        state_.shown.push_back(product.id);
        if (!holds(state_.seen, product.id)) state_.seen.push_back(product.id);
    }
    if (state_.seen.size() > most_seen)
        state_.seen.erase(state_.seen.begin(), state_.seen.end() - static_cast<std::ptrdiff_t>(most_seen));
}

}  // namespace maru::flows
