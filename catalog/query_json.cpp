#include "catalog/query_json.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace maru::catalog {
namespace {

constexpr std::array<std::string_view, 11> kSorts{
    "relevance", "price_ascending", "price_descending", "rating",   "newest",         "popularity",
    "lightest",  "smallest",        "largest",          "quietest", "longest_lasting"};

using Json = nlohmann::json;

struct List {
    const char* name;
    std::vector<std::string> Query::*member;
};
constexpr std::array<List, 10> kLists{{{"brands", &Query::brands},
                                       {"not_brands", &Query::not_brands},
                                       {"colors", &Query::colors},
                                       {"not_colors", &Query::not_colors},
                                       {"types", &Query::types},
                                       {"not_types", &Query::not_types},
                                       {"not_words", &Query::not_words},
                                       {"exclude", &Query::exclude_ids},
                                       {"liked", &Query::liked_ids},
                                       {"disliked", &Query::disliked_ids}}};

}  // namespace

std::string_view sort_name(Sort sort) noexcept {
    return kSorts[static_cast<std::size_t>(sort)];
}

std::optional<Sort> sort_from_name(std::string_view name) noexcept {
    for (std::size_t i = 0; i < kSorts.size(); ++i)
        if (kSorts[i] == name) return static_cast<Sort>(i);
    return std::nullopt;
}

Json query_to_json(const Query& query) {
    const Query none;
    Json json = Json::object();
    if (!query.text.empty()) json["text"] = query.text;
    if (query.price_min) json["price_min"] = *query.price_min;
    if (query.price_max) json["price_max"] = *query.price_max;
    for (const auto& [name, member] : kLists)
        if (!(query.*member).empty()) json[name] = query.*member;
    for (const auto& limit : query.limits) {
        Json one{{"kind", limit.kind}, {"written", limit.written}};
        if (limit.min) one["min"] = *limit.min;
        if (limit.max) one["max"] = *limit.max;
        json["limits"].push_back(std::move(one));
    }
    if (query.rating_min) json["rating_min"] = *query.rating_min;
    if (query.in_stock_only) json["in_stock_only"] = true;
    if (query.sort != none.sort) json["sort"] = sort_name(query.sort);
    if (query.fill) json["fill"] = true;
    if (query.offset != none.offset) json["offset"] = query.offset;
    if (query.limit != none.limit) json["limit"] = query.limit;
    if (query.limit != none.limit) json["limit"] = query.limit;
    return json;
}

std::optional<Query> query_from_json(const Json& json) {
    if (!json.is_object()) return std::nullopt;
    Query query;
    bool good = true;
    const auto with = [&](const Json& from, const char* name, auto&& take) {
        if (const auto at = from.find(name); at != from.end() && !at->is_null()) good = take(*at) && good;
    };
    const auto text = [](std::string& to) {
        return [&to](const Json& value) {
            if (value.is_string()) to = value.get<std::string>();
            return value.is_string();
        };
    };
    const auto number = [](auto& to) {
        return [&to](const Json& value) {
            using Value = typename std::remove_reference_t<decltype(to)>::value_type;
            if (value.is_number()) to = value.get<Value>();
            return value.is_number();
        };
    };
    const auto flag = [](bool& to) {
        return [&to](const Json& value) {
            if (value.is_boolean()) to = value.get<bool>();
            return value.is_boolean();
        };
    };
    const auto count = [](std::uint32_t& to) {
        return [&to](const Json& value) {
            if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 1'000'000) return false;
            to = value.get<std::uint32_t>();
            return true;
        };
    };
    with(json, "text", text(query.text));
    with(json, "price_min", number(query.price_min));
    with(json, "price_max", number(query.price_max));
    for (const auto& list : kLists) {
        with(json, list.name, [&](const Json& value) {
            if (!value.is_array()) return false;
            for (const auto& item : value) {
                if (!item.is_string()) return false;
                (query.*list.member).push_back(item.get<std::string>());
            }
            return true;
        });
    }
    with(json, "limits", [&](const Json& value) {
        if (!value.is_array()) return false;
        for (const auto& item : value) {
            if (!item.is_object()) return false;
            Limit limit;
            with(item, "kind", text(limit.kind));
            with(item, "written", text(limit.written));
            with(item, "min", number(limit.min));
            with(item, "max", number(limit.max));
            query.limits.push_back(std::move(limit));
        }
        return true;
    });
    with(json, "rating_min", number(query.rating_min));
    with(json, "in_stock_only", flag(query.in_stock_only));
    with(json, "sort", [&](const Json& value) {
        const auto sort = value.is_string() ? sort_from_name(value.get<std::string>()) : std::nullopt;
        if (sort) query.sort = *sort;
        return sort.has_value();
    });
    with(json, "fill", flag(query.fill));
    with(json, "offset", count(query.offset));
    with(json, "limit", count(query.limit));
    if (!good) return std::nullopt;
    return query;
}

}  // namespace maru::catalog
