#include <re2/re2.h>

#include <algorithm>
#include <cmath>

#include "catalog/index_impl.hpp"
#include "catalog/lexicon.hpp"
#include "catalog/query_json.hpp"

namespace maru::catalog {
namespace {

std::string price_label(const Query& query, const std::string& currency, bool ko) {
    const std::string_view locale = ko ? "ko" : "en";
    const auto text = [&](std::int64_t amount) { return format_price({amount, currency}, locale); };
    // "under 50,000" is kept as 49,999.
    const bool under = query.price_max && *query.price_max % 10 == 9;
    if (query.price_min && query.price_max) {
        const auto high = text(under ? *query.price_max + 1 : *query.price_max);
        return text(*query.price_min) + (ko ? "~" : " – ") + high;
    }
    if (query.price_max) {
        const auto high = text(under ? *query.price_max + 1 : *query.price_max);
        if (ko) return high + (under ? " 미만" : " 이하");
        return (under ? "under " : "up to ") + high;
    }
    const bool over = *query.price_min % 10 == 1;
    const auto low = text(over ? *query.price_min - 1 : *query.price_min);
    if (ko) return low + (over ? " 초과" : " 이상");
    return (over ? "over " : "from ") + low;
}

std::string_view sort_label(Sort sort, bool ko) {
    switch (sort) {
        case Sort::relevance:
            return ko ? "관련도순" : "most relevant";
        case Sort::price_ascending:
            return ko ? "낮은 가격순" : "cheapest first";
        case Sort::price_descending:
            return ko ? "높은 가격순" : "most expensive first";
        case Sort::rating:
            return ko ? "평점순" : "best rated first";
        case Sort::newest:
            return ko ? "최신순" : "newest first";
        case Sort::popularity:
            return ko ? "인기순" : "most popular first";
        case Sort::lightest:
            return ko ? "가벼운 순" : "lightest first";
        case Sort::smallest:
            return ko ? "작은 순" : "smallest first";
        case Sort::largest:
            return ko ? "큰 순" : "largest first";
        case Sort::quietest:
            return ko ? "조용한 순" : "quietest first";
        case Sort::longest_lasting:
            return ko ? "오래 쓰는 순" : "longest running first";
    }
    return {};
}

std::string refused(std::string label, bool ko) {
    return ko ? label + " 제외" : "no " + label;
}

// "6평인데", as a label.
std::string without_tails(std::string text) {
    static const RE2 tail(R"((\d[가-힣]+?)(?:인데요?|이라서?|이고)( |$))");
    RE2::GlobalReplace(&text, tail, R"(\1\2)");
    return text;
}

}  // namespace

std::vector<Chip> Index::chips(const Query& query, std::string_view locale) const {
    const bool ko = locale == "ko";
    std::vector<Chip> chips;
    const auto each = [&](const char* kind, const std::vector<std::string>& values, auto&& label) {
        for (const auto& value : values) chips.push_back({kind, value, label(value)});
    };
    const auto type = [&](const std::string& name) { return impl_->type_label(name, locale); };
    const auto color = [&](const std::string& name) {
        const auto known = color_of(name);
        return known ? std::string(color_label(*known, locale)) : name;
    };
    const auto brand = [&](const std::string& name) {
        for (const auto& product : impl_->products)
            if (product.brand == name) return product.texts(locale).brand;
        return name;
    };
    const auto as_is = [](const std::string& name) { return name; };
    const auto no = [&](auto&& label) {
        return [&, label](const std::string& name) { return refused(label(name), ko); };
    };
    each("type", query.types, type);
    each("brand", query.brands, brand);
    each("color", query.colors, color);
    if (!query.text.empty()) chips.push_back({"words", query.text, without_tails(query.text)});
    for (const auto& limit : query.limits) chips.push_back({"measure", limit.kind, limit.written});
    if (query.price_min || query.price_max)
        chips.push_back({"price", "", price_label(query, impl_->currency, ko)});
    if (query.rating_min) {
        const auto stars = std::to_string(std::lround(*query.rating_min * 10));
        const auto text =
            stars.substr(0, stars.size() - 1) + (stars.back() == '0' ? "" : std::string(".") + stars.back());
        chips.push_back({"rating", "", ko ? "평점 " + text + " 이상" : text + " stars or more"});
    }
    if (query.in_stock_only) chips.push_back({"in_stock", "", ko ? "재고 있음" : "in stock"});
    each("not_type", query.not_types, no(type));
    each("not_brand", query.not_brands, no(brand));
    each("not_color", query.not_colors, no(color));
    each("not_word", query.not_words, no(as_is));
    if (query.sort != Sort::relevance)
        chips.push_back(
            {"sort", std::string(sort_name(query.sort)), std::string(sort_label(query.sort, ko))});
    return chips;
}

Query Index::without(const Query& query, const Chip& chip) const {
    auto result = query;
    result.offset = 0;
    const auto drop = [&](std::vector<std::string>& values) { std::erase(values, chip.value); };
    if (chip.kind == "type") drop(result.types);
    if (chip.kind == "brand") drop(result.brands);
    if (chip.kind == "color") drop(result.colors);
    if (chip.kind == "not_type") drop(result.not_types);
    if (chip.kind == "not_brand") drop(result.not_brands);
    if (chip.kind == "not_color") drop(result.not_colors);
    if (chip.kind == "not_word") drop(result.not_words);
    if (chip.kind == "words") result.text.clear();
    if (chip.kind == "measure")
        std::erase_if(result.limits, [&](const Limit& limit) { return limit.kind == chip.value; });
    if (chip.kind == "price") {
        result.price_min.reset();
        result.price_max.reset();
    }
    if (chip.kind == "rating") result.rating_min.reset();
    if (chip.kind == "in_stock") result.in_stock_only = false;
    if (chip.kind == "sort") result.sort = Sort::relevance;
    return result;
}

}  // namespace maru::catalog
