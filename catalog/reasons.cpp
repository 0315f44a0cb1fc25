#include "catalog/reasons.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "catalog/lexicon.hpp"

namespace maru::catalog {
namespace {

using Kind = Reason::Kind;

std::string one_decimal(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.1f", value);
    return buffer;
}

// "30000..50000 KRW"; an open end is empty.
std::string bounds(const Query& query, std::string_view currency) {
    std::string text = query.price_min ? std::to_string(*query.price_min) : "";
    text += "..";
    if (query.price_max) text += std::to_string(*query.price_max);
    return text.append(1, ' ').append(currency);
}

// Of the maker of goods of the same kind that this visitor looked at.
bool in_liked_brand(const Index::Impl& index, const Query& query, std::size_t product) {
    const auto& core = *index.core;
    return core.brand[product] != 0 &&
           std::any_of(query.liked_ids.begin(), query.liked_ids.end(), [&](const std::string& id) {
               const auto at = index.index_of(id);
               return at && *at != product && core.brand[*at] == core.brand[product] &&
                      core.type[*at] == core.type[product];
           });
}

}  // namespace

void add_own_reasons(const Product& product, std::vector<Reason>& reasons) {
    if (product.list_price && product.list_price->amount > product.price.amount) {
        const auto off = std::lround(100.0 * (1.0 - static_cast<double>(product.price.amount) /
                                                        static_cast<double>(product.list_price->amount)));
        if (off >= 5) reasons.push_back({Kind::on_sale, std::to_string(off)});
    }
    if (product.rating && *product.rating >= 4.3)
        reasons.push_back({Kind::well_rated, one_decimal(*product.rating)});
    if (product.popularity >= 0.8) reasons.push_back({Kind::popular, {}});
}

void add_reasons(const Index::Impl& index, const Query& query, std::uint32_t lifted, Results& results) {
    const Match* cheapest = nullptr;
    const Match* nearest = results.matches.empty() ? nullptr : &results.matches.front();
    for (const auto& match : results.matches)
        if (cheapest == nullptr || match.product->price.amount < cheapest->product->price.amount)
            cheapest = &match;
    for (auto& match : results.matches) {
        auto& reasons = match.reasons;
        const auto& product = *match.product;
        const auto at = static_cast<std::size_t>(&product - index.products.data());
        if ((query.price_min || query.price_max) && (lifted & Filter::price) == 0)
            reasons.push_back({Kind::within_price, bounds(query, index.currency)});
        if ((lifted & Filter::price) != 0 && &match == nearest) reasons.push_back({Kind::nearest_price, {}});
        if (query.sort == Sort::price_ascending && &match == cheapest && query.offset == 0)
            reasons.push_back({Kind::cheapest, {}});
        if (query.sort == Sort::newest && &match == &results.matches.front() && query.offset == 0)
            reasons.push_back({Kind::newest, {}});
        if (!query.colors.empty() && (lifted & Filter::color) == 0)
            for (const auto& name : query.colors)
                if (const auto color = color_of(name); color && (index.core->colors[at] >> *color & 1U) != 0)
                    reasons.push_back({Kind::color, std::string(color_names()[*color])});
        if (!query.brands.empty() && (lifted & Filter::brand) == 0)
            reasons.push_back({Kind::brand, product.brand});
        const auto seen = [&](const std::string& id) { return id == product.id; };
        if (std::any_of(query.liked_ids.begin(), query.liked_ids.end(), seen))
            reasons.push_back({Kind::viewed, {}});
        add_own_reasons(product, reasons);
        if (query.brands.empty() && in_liked_brand(index, query, at))
            reasons.push_back({Kind::viewed_brand, {}});
        if (query.in_stock_only && product.in_stock()) reasons.push_back({Kind::in_stock, {}});
        if (!query.text.empty() && !match.partial) reasons.push_back({Kind::matches_words, query.text});
        // Of several kinds each product is one of them, and the first is not what it is.
        if (query.types.size() == 1 && (lifted & Filter::type) == 0)
            reasons.push_back({Kind::type, query.types.front()});
    }
}

std::string reason_text(const Reason& reason, std::string_view locale) {
    const bool ko = locale == "ko";
    switch (reason.kind) {
        case Kind::matches_words:
            return ko ? "찾으신 조건에 맞음" : "matches what you asked";
        case Kind::type:
        case Kind::brand:
            return reason.detail;
        case Kind::color: {
            const auto color = color_of(reason.detail);
            return color ? std::string(color_label(*color, locale)) : reason.detail;
        }
        case Kind::within_price: {
            const auto blank = reason.detail.rfind(' ');
            const auto dots = reason.detail.find("..");
            if (blank == std::string::npos || dots == std::string::npos)
                return ko ? "예산 이내" : "within budget";
            const auto currency = reason.detail.substr(blank + 1);
            const auto low = reason.detail.substr(0, dots);
            const auto high = reason.detail.substr(dots + 2, blank - dots - 2);
            const auto amount = [](const std::string& digits) {
                std::int64_t value = 0;
                std::from_chars(digits.data(), digits.data() + digits.size(), value);
                return value;
            };
            if (!high.empty() && low.empty()) {
                const auto limit = amount(high);
                const bool open = limit % 10 == 9;  // "under 50,000" is kept as 49,999
                const auto text = format_price({open ? limit + 1 : limit, currency}, locale);
                if (ko) return text + (open ? " 미만" : " 이하");
                return (open ? "under " : "up to ") + text;
            }
            if (high.empty() && !low.empty()) {
                const auto text = format_price({amount(low), currency}, locale);
                return text + (ko ? " 이상" : " or more");
            }
            return ko ? "예산 이내" : "within budget";
        }
        case Kind::on_sale:
            return ko ? reason.detail + "% 할인" : reason.detail + "% off";
        case Kind::well_rated:
            return ko ? "평점 " + reason.detail : "rated " + reason.detail;
        case Kind::popular:
            return ko ? "인기 상품" : "popular";
        case Kind::in_stock:
            return ko ? "재고 있음" : "in stock";
        case Kind::similar:
            return ko ? "비슷한 상품" : "similar";
        case Kind::goes_with:
            return ko ? "함께 쓰기 좋음" : "goes well with it";
        case Kind::cheapest:
            return ko ? "가장 저렴함" : "the cheapest";
        case Kind::nearest_price:
            return ko ? "가장 가까운 가격" : "nearest in price";
        case Kind::newest:
            return ko ? "최신 상품" : "newest";
        case Kind::feature:
            return reason.detail;
        case Kind::cheaper:
            return ko ? "더 저렴함" : "cheaper";
        case Kind::bought_together:
            return ko ? "함께 많이 담아요" : "often bought together";
        case Kind::viewed:
            return ko ? "보셨던 상품" : "you looked at it";
        case Kind::viewed_brand:
            return ko ? "보셨던 브랜드" : "a brand you looked at";
    }
    return {};
}

std::vector<std::string> Index::why(const Match& match, std::string_view locale, std::size_t most) const {
    std::vector<std::string> texts;
    for (const auto& reason : match.reasons) {
        if (texts.size() >= most) break;
        auto text = reason_text(reason, locale);
        if (reason.kind == Kind::type) text = impl_->type_label(reason.detail, locale);
        if (reason.kind == Kind::brand && match.product != nullptr) text = match.product->texts(locale).brand;
        if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end())
            texts.push_back(std::move(text));
    }
    return texts;
}

}  // namespace maru::catalog
