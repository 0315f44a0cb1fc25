#include "catalog/query_words.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "catalog/measures.hpp"
#include "catalog/query_patterns.hpp"
#include "catalog/terms.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

std::string currency_of(std::string_view amount) {
    struct Mark {
        std::string_view text;
        std::string_view currency;
    };
    // The longer name first: 홍콩달러 is no 달러. What no rate is known for is named back to who said it.
    constexpr auto marks = std::to_array<Mark>(
        {{"홍콩", "HKD"},  {"호주", "AUD"},   {"캐나다", "CAD"}, {"싱가포르", "SGD"}, {"대만", "TWD"},
         {"hkd", "HKD"},   {"aud", "AUD"},    {"cad", "CAD"},    {"sgd", "SGD"},      {"twd", "TWD"},
         {"위안", "CNY"},  {"yuan", "CNY"},   {"cny", "CNY"},    {"rmb", "CNY"},      {"프랑", "CHF"},
         {"franc", "CHF"}, {"chf", "CHF"},    {"루피", "INR"},   {"rupee", "INR"},    {"inr", "INR"},
         {"바트", "THB"},  {"baht", "THB"},   {"thb", "THB"},    {"파운드", "GBP"},   {"quid", "GBP"},
         {"¥", "JPY"},     {"원", "KRW"},     {"won", "KRW"},    {"krw", "KRW"},      {"₩", "KRW"},
         {"달러", "USD"},  {"dollar", "USD"}, {"usd", "USD"},    {"buck", "USD"},     {"$", "USD"},
         {"불", "USD"},    {"유로", "EUR"},   {"euro", "EUR"},   {"eur", "EUR"},      {"€", "EUR"},
         {"pound", "GBP"}, {"gbp", "GBP"},    {"£", "GBP"},      {"yen", "JPY"},      {"jpy", "JPY"},
         {"엔", "JPY"}});
    for (const auto& [text, currency] : marks)
        if (amount.find(text) != std::string_view::npos) return std::string(currency);
    // Only Koreans count money in 만 and 천.
    if (amount.find("만") != std::string_view::npos || amount.find("천") != std::string_view::npos)
        return "KRW";
    return {};
}

int numeral(char32_t code) {
    constexpr std::u32string_view digits = U"영일이삼사오육칠팔구";
    const auto at = digits.find(code);
    return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

struct EnglishUnit {
    double times = 0;
    std::size_t letters = 0;
};
EnglishUnit english_unit(std::string_view text) {
    struct Named {
        std::string_view name;
        double times;
    };
    constexpr std::array<Named, 3> units{{{"thousand", 1e3}, {"grand", 1e3}, {"million", 1e6}}};
    for (const auto& unit : units)
        if (text.starts_with(unit.name)) return {unit.times, unit.name.size()};
    return {};
}

// "너무 큰 건 필요 없고", "a cheap one breaks": what is too much of it, or not wanted, is no order.
bool is_wish(std::string_view text, const Said& said) {
    auto before = text.substr(0, said.begin);
    while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
    auto after = text.substr(said.end);
    while (!after.empty() && after.front() == ' ') after.remove_prefix(1);
    constexpr auto too = std::to_array<std::string_view>({"너무", "not", "too", "no"});
    constexpr auto unwanted =
        std::to_array<std::string_view>({"말고", "필요없", "필요 없", "싫", "빼고", "부담", "는 싫", "아니",
                                         "아닌", "죠", "지", "예요", "에요", "인가", "네", "같"});
    return std::none_of(too.begin(), too.end(), [&](auto word) { return before.ends_with(word); }) &&
           std::none_of(unwanted.begin(), unwanted.end(), [&](auto word) { return after.starts_with(word); });
}

}  // namespace

std::optional<double> parse_amount(std::string_view text) {
    double total = 0;    // finished groups of 만
    double section = 0;  // below the next 만
    double number = 0;   // the digits at hand
    bool digits = false;
    bool any = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto [code, size] = text::decode(text, at);
        if (text::is_ascii_digit(code)) {
            std::string plain;
            while (at < text.size() &&
                   (text::is_ascii_digit(static_cast<unsigned char>(text[at])) || text[at] == ',' ||
                    (text[at] == '.' && at + 1 < text.size() &&
                     text::is_ascii_digit(static_cast<unsigned char>(text[at + 1]))))) {
                if (text[at] != ',') plain += text[at];
                ++at;
            }
            if (plain.size() > 15) return std::nullopt;
            const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
            if (error != std::errc{} || end != plain.data() + plain.size()) return std::nullopt;
            digits = any = true;
            continue;
        }
        at += size;
        if (const int value = numeral(code); value >= 0) {
            number = value;
            digits = any = true;
            continue;
        }
        if (const auto [times, letters] = english_unit(text.substr(at - size)); digits && times > 0) {
            section += number * times;
            number = 0;
            digits = false;
            at += letters - size;
            continue;
        }
        // "krw" begins like a thousand.
        const bool word = code == U'k' && at < text.size() && text[at] >= 'a' && text[at] <= 'z';
        if (word) break;
        const double unit = code == U'십'   ? 10
                            : code == U'백' ? 100
                            : code == U'천' ? 1000
                            : code == U'k'  ? 1000
                                            : 0;
        if (unit > 0) {
            section += (digits ? number : 1) * unit;
            number = 0;
            digits = false;
            any = true;
        } else if (code == U'만') {
            section += number;
            total += (section > 0 || digits ? section : 1) * 10000;
            section = number = 0;
            digits = false;
            any = true;
        } else if (any && !text::is_space(code)) {
            break;  // the currency
        }
    }
    if (!any) return std::nullopt;
    return total + section + number;
}

QueryWords::QueryWords() : patterns_(std::make_unique<const Patterns>()) {}
QueryWords::~QueryWords() = default;

std::vector<PriceSaid> QueryWords::prices(std::string_view text, double least, double most) const {
    std::vector<PriceSaid> said;
    if (text.find_first_of("0123456789") == std::string_view::npos &&
        text.find("만") == std::string_view::npos && text.find("천") == std::string_view::npos)
        return said;
    const auto taken = [&](std::size_t begin, std::size_t end) {
        return std::any_of(said.begin(), said.end(),
                           [&](const PriceSaid& one) { return begin < one.end && one.begin < end; });
    };
    // "16GB" or "27인치 이상" are sizes; what follows the amount tells.
    const auto measured = [&](std::string_view amount) {
        const auto offset = static_cast<std::size_t>(amount.data() - text.data());
        const auto tokens =
            tokenize(text.substr(offset, std::min<std::size_t>(amount.size() + 24, text.size() - offset)));
        return !tokens.empty() && measure_at(tokens, 0).has_value() && currency_of(amount).empty();
    };
    // A price must say so: by its currency, or as a bare number that could be one.
    const auto good = [&](std::string_view amount, double value) {
        if (value <= 0 || value > 1e12 || measured(amount)) return false;
        if (!currency_of(amount).empty()) {
            // "개월 만에", "천" alone and "만" alone are not sums of money without 원.
            const bool digit = amount.find_first_of("0123456789") != std::string_view::npos;
            return digit || amount.find("원") != std::string_view::npos || amount.size() >= 6;
        }
        return value >= least && value <= most;
    };
    const auto boundary = [&](std::string_view amount) {
        const auto offset = static_cast<std::size_t>(amount.data() - text.data());
        const auto end = offset + amount.size();
        const auto letter = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
        };
        // "Up to 130,000. Earbuds are fine": a sentence ends there, and no number goes on.
        const auto digit = [&](std::size_t at) {
            return at < text.size() && text[at] >= '0' && text[at] <= '9';
        };
        if (offset > 0 && letter(text[offset - 1]) && amount.front() != ' ' && letter(amount.front()))
            return false;
        if (end < text.size() && text[end] == '.' && !digit(end + 1)) return true;
        return end >= text.size() || !letter(text[end]) || !letter(amount.back());
    };
    const auto scan = [&](const RE2& pattern, int groups, auto&& make) {
        re2::StringPiece rest(text.data(), text.size());
        std::array<re2::StringPiece, 5> group;
        std::size_t from = 0;
        constexpr int rounds = 8;  // nobody names more prices than that
        for (int round = 0; round < rounds && from <= text.size(); ++round) {
            if (!pattern.Match(rest, from, text.size(), RE2::UNANCHORED, group.data(), groups)) break;
            const auto begin = static_cast<std::size_t>(group[0].data() - text.data());
            const auto end = begin + group[0].size();
            from = std::max(end, from + 1);
            while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U) ++from;
            if (taken(begin, end)) continue;
            std::array<std::string_view, 5> parts;
            for (int i = 0; i < groups; ++i)
                parts[static_cast<std::size_t>(i)] = {group[static_cast<std::size_t>(i)].data(),
                                                      group[static_cast<std::size_t>(i)].size()};
            PriceSaid one;
            one.begin = begin;
            one.end = end;
            if (make(parts, one)) said.push_back(std::move(one));
        }
    };
    using Parts = std::array<std::string_view, 5>;
    // "Anything under 150?" where goods cost tens of thousands: so many thousand, if nothing is counted in
    // it.
    const auto thousands = [&](std::string_view amount, double value) {
        constexpr double fewest = 20, end = 1000;  // who is "under 12" is a child
        if (least < end || value < fewest || value >= end || value * end < least || value * end > most ||
            amount.find_first_not_of(" 0123456789") != std::string_view::npos)
            return false;
        const auto rest = text.substr(static_cast<std::size_t>(amount.data() - text.data()) + amount.size());
        constexpr auto ends =
            std::to_array<std::string_view>({".", ",", "!", "?", ")", " each", " please", " max"});
        return rest.empty() || std::any_of(ends.begin(), ends.end(),
                                           [&](std::string_view one) { return rest.starts_with(one); });
    };
    const auto single = [&](std::size_t at, bool maximum, bool strict_words, std::size_t word) {
        return [&, at, maximum, strict_words, word](const Parts& parts, PriceSaid& one) {
            auto value = parse_amount(parts[at]);
            if (value && maximum && word < at && thousands(parts[at], *value))
                *value *= 1000;
            else if (!value || !good(parts[at], *value))
                return false;
            if (!boundary(parts[at])) return false;
            one.currency = currency_of(parts[at]);
            (maximum ? one.max : one.min) = *value;
            if (strict_words) {
                constexpr auto strict = std::to_array<std::string_view>(
                    {"under", "below", "less than", "cheaper than", "lower than", "미만", "over", "above",
                     "more than", "more expensive than", "pricier than", "dearer than", "초과", "넘는",
                     "을 넘는", "and under", "or under"});
                const auto said_so = std::find(strict.begin(), strict.end(), parts[word]) != strict.end() ||
                                     parts[word].starts_with("보다") || parts[word].ends_with("되는");
                (maximum ? one.under : one.over) = said_so;
            }
            return true;
        };
    };
    const auto& p = *patterns_;
    scan(p.between, 3, [&](const Parts& parts, PriceSaid& one) {
        auto low = parse_amount(parts[1]);
        const auto high = parse_amount(parts[2]);
        if (!low || !high || !boundary(parts[1]) || !boundary(parts[2])) return false;
        one.currency = currency_of(parts[2]);
        const auto first = currency_of(parts[1]);
        if (one.currency.empty()) one.currency = first;
        // "3~5만원": the first number counts in the second's unit.
        if (first.empty() && one.currency == "KRW" && *low < *high / 100) {
            if (parts[2].find("만") != std::string_view::npos)
                *low *= 10000;
            else if (parts[2].find("천") != std::string_view::npos)
                *low *= 1000;
        }
        if (*low >= *high || !good(parts[2], *high) || measured(parts[1])) return false;
        if (one.currency.empty() && (*low < least || *low > most)) return false;
        one.min = low;
        one.max = high;
        // "10~20만원대" reaches to the end of the twenties.
        const auto whole = text.substr(one.begin, one.end - one.begin);
        if (whole.find("대") != std::string_view::npos && one.currency == "KRW") {
            const double step = std::pow(10, std::floor(std::log10(*high)));
            one.max = *high + step - 1;
        }
        return true;
    });
    scan(p.no_matter, 3, [&](const Parts& parts, PriceSaid& one) {
        const auto value = parse_amount(parts[1]);
        one.told = true;
        return value && good(parts[1], *value);
    });
    scan(p.too_much, 3, [&](const Parts& parts, PriceSaid& one) {
        if (!single(1, true, false, 2)(parts, one)) return false;
        one.under = true;
        return true;
    });
    scan(p.after_max, 3, single(1, true, true, 2));
    scan(p.after_min, 3, [&](const Parts& parts, PriceSaid& one) {
        if (!single(1, false, true, 2)(parts, one)) return false;
        // "62,000 won + 3,000" is a sum.
        const auto next = text.find_first_not_of(' ', one.end);
        one.told =
            parts[2] == "+" && next != std::string_view::npos && text[next] >= '0' && text[next] <= '9';
        if (one.told) one.end = std::min(text.find_first_not_of("0123456789,.", next), text.size());
        return true;
    });
    scan(p.before_max, 3, single(2, true, true, 1));
    scan(p.budget, 2, single(1, true, false, 0));
    scan(p.before_min, 3, single(2, false, true, 1));
    scan(p.decade, 4, [&](const Parts& parts, PriceSaid& one) {
        const auto value = parse_amount(parts[1]);
        one.currency = currency_of(parts[1]);
        if (!value || *value < 1000 || one.currency != "KRW") return false;
        // 3만원대: 30,000 … 39,999; 10만원대: 100,000 … 199,999; 15만원대: 150,000 … 159,999.
        double step = std::pow(10, std::floor(std::log10(*value)));
        while (std::fmod(*value, step) > 0.5 && step > 1000) step /= 10;
        one.min = *value;
        one.max = *value + step - 1;
        const auto half = parts[2].empty() ? parts[3] : parts[2];
        if (half == "초반") one.max = *value + step * 0.4 - 1;
        if (half == "중반") {
            one.min = *value + step * 0.3;
            one.max = *value + step * 0.7 - 1;
        }
        if (half == "후반") one.min = *value + step * 0.6;
        return true;
    });
    const auto near = [&](std::size_t at) {
        return [&, at](const Parts& parts, PriceSaid& one) {
            const auto value = parse_amount(parts[at]);
            if (!value || !good(parts[at], *value) || !boundary(parts[at])) return false;
            one.currency = currency_of(parts[at]);
            one.min = *value * 0.8;
            one.max = *value * 1.2;
            return true;
        };
    };
    scan(p.after_around, 3, near(1));
    scan(p.around, 3, near(2));
    scan(p.exact, 3, [&](const Parts& parts, PriceSaid& one) {
        if (!near(1)(parts, one)) return false;
        one.plain = parts[2].empty();
        const auto rest = text.substr(one.end);
        one.told = p.spent.Match({rest.data(), rest.size()}, 0, rest.size(), RE2::ANCHOR_START, nullptr, 0);
        return true;
    });
    return said;
}

bool QueryWords::names_any(std::string_view text) const {
    return patterns_->any->Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED, nullptr, 0);
}

std::optional<RatingSaid> QueryWords::rating(std::string_view text) const {
    std::array<re2::StringPiece, 4> group;
    if (!patterns_->rating.Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED, group.data(),
                                 4))
        return {};
    RatingSaid said;
    for (std::size_t i = 1; i < 4; ++i)
        if (!group[i].empty()) {
            const auto [end, error] =
                std::from_chars(group[i].data(), group[i].data() + group[i].size(), said.min);
            if (error != std::errc{} || end != group[i].data() + group[i].size()) return {};
        }
    if (said.min <= 0 || said.min > 5) return {};
    said.begin = static_cast<std::size_t>(group[0].data() - text.data());
    said.end = said.begin + group[0].size();
    return said;
}

std::vector<LimitSaid> QueryWords::limits(std::string_view text) const {
    constexpr auto more =
        std::to_array<std::string_view>({"이상", "초과", "넘는", "or more", "or above", "or larger",
                                         "or bigger", "and up", "+", "or over", "부터", "짜리 이상"});
    constexpr auto less =
        std::to_array<std::string_view>({"이하", "미만", "이내", "까지", "안쪽", "or less", "or under",
                                         "or below", "or smaller", "max", "안 넘", "안넘"});
    constexpr auto before_more =
        std::to_array<std::string_view>({"at least", "more than", "over", "above", "minimum", "larger than",
                                         "bigger than", "heavier than", "최소"});
    constexpr auto before_less =
        std::to_array<std::string_view>({"under", "below", "less than", "up to", "at most", "lighter than",
                                         "smaller than", "within", "no more than", "최대"});
    std::vector<LimitSaid> said;
    if (text.find_first_of("0123456789") == std::string_view::npos) return said;
    const auto tokens = tokenize(text);
    for (std::size_t i = 0; i < tokens.size() && said.size() < 4; ++i) {
        const auto measure = measure_at(tokens, i);
        if (!measure || measure->measure.kind == Measure::Kind::duration) continue;
        const auto begin = tokens[i].begin;
        const auto end = tokens[i + measure->tokens - 1].end;
        auto tail = text.substr(end);
        while (!tail.empty() && tail.front() == ' ') tail.remove_prefix(1);
        auto head = text.substr(0, begin);
        while (!head.empty() && head.back() == ' ') head.remove_suffix(1);
        LimitSaid one;
        one.begin = begin;
        one.end = end;
        const auto value = measure->measure.value;
        const auto after = [&](const auto& words) {
            for (const auto word : words)
                if (tail.starts_with(word)) {
                    one.end = static_cast<std::size_t>(tail.data() - text.data()) + word.size();
                    return true;
                }
            return false;
        };
        const auto before = [&](const auto& words) {
            for (const auto word : words)
                if (head.ends_with(word)) {
                    one.begin = head.size() - word.size();
                    return true;
                }
            return false;
        };
        // "A bigger monitor than 30 inch"
        const auto compared = [&](const auto& words) {
            if (!head.ends_with(" than")) return false;
            const auto padded = " " + std::string(head);
            for (const auto word : words) {
                const auto more_or_less = std::string(word.substr(0, word.find(' ')));
                if (!word.ends_with(" than") || padded.find(" " + more_or_less + " ") == std::string::npos)
                    continue;
                one.limit.written = std::string(word) + " " + std::string(text.substr(begin, end - begin));
                return true;
            }
            return false;
        };
        constexpr auto denied =
            std::to_array<std::string_view>({"no more than", "not more than", "not over", "not above"});
        if (!before(denied) && (after(more) || before(before_more) || compared(before_more))) {
            one.limit.min = value;
        } else if (before(denied) || after(less) || before(before_less) || compared(before_less)) {
            one.limit.max = value;
        } else {
            continue;  // an exact size is a word like any other
        }
        one.limit.kind = measure_name(measure->measure.kind);
        if (one.limit.written.empty()) one.limit.written = text.substr(one.begin, one.end - one.begin);
        said.push_back(std::move(one));
    }
    return said;
}

std::optional<SortSaid> QueryWords::sort(std::string_view text) const {
    for (const auto& [pattern, by] : patterns_->sorts) {
        re2::StringPiece group;
        if (!pattern->Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED, &group, 1)) continue;
        SortSaid said;
        said.sort = by;
        said.begin = static_cast<std::size_t>(group.data() - text.data());
        said.end = said.begin + group.size();
        if (!is_wish(text, said)) continue;
        return said;
    }
    return {};
}

std::optional<SortSaid> QueryWords::comparative(std::string_view text) const {
    for (const auto& [pattern, by] : patterns_->comparatives) {
        re2::StringPiece group;
        if (!pattern->Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED, &group, 1)) continue;
        SortSaid said;
        said.sort = by;
        said.begin = static_cast<std::size_t>(group.data() - text.data());
        said.end = said.begin + group.size();
        return said;
    }
    return {};
}

std::optional<Said> QueryWords::in_stock(std::string_view text) const {
    re2::StringPiece group;
    if (!patterns_->stock.Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED, &group, 1))
        return {};
    const auto begin = static_cast<std::size_t>(group.data() - text.data());
    return Said{begin, begin + group.size()};
}

std::optional<std::pair<QueryWords::Compared, Said>> QueryWords::compared(std::string_view text) const {
    for (const auto& [pattern, by] : patterns_->comparisons) {
        re2::StringPiece group;
        if (!pattern->Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED, &group, 1)) continue;
        const auto begin = static_cast<std::size_t>(group.data() - text.data());
        return std::pair{by, Said{begin, begin + group.size()}};
    }
    return {};
}

}  // namespace maru::catalog
