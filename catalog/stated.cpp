#include "catalog/stated.hpp"

#include <algorithm>
#include <array>

namespace maru::catalog {
namespace {

constexpr auto kExtra = std::to_array<std::string_view>(
    {"sold separately", "not included", "not supplied", "not provided", "별매", "별도 구매", "별도구매",
     "별도 판매", "별도판매", "미포함", "불포함", "포함되지", "포함 안"});
constexpr auto kThere =
    std::to_array<std::string_view>({"included", "supplied", "포함", "동봉", "기본 제공"});

template <class Words>
bool has_any(std::string_view text, const Words& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool is_letter(char c) {
    return c < 0 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::optional<bool> marked(std::string_view text) {
    if (has_any(text, kExtra)) return false;
    if (has_any(text, kThere)) return true;
    return std::nullopt;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "6 minutes", "40초": a figure and then a unit of time.
bool states_time(std::string_view value) {
    constexpr auto units =
        std::to_array<std::string_view>({"min", "hour", "sec", "day", "week", "month", "year", "h ", "h,",
                                         "h)", "시간", "분", "초", "일", "주", "개월", "달", "년"});
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (!is_digit(value[i]) || (i + 1 < value.size() && is_digit(value[i + 1]))) continue;
        auto rest = value.substr(i + 1);
        if (rest.starts_with(' ') || rest.starts_with('-')) rest.remove_prefix(1);
        if (rest == "h" || std::any_of(units.begin(), units.end(),
                                       [&](std::string_view unit) { return rest.starts_with(unit); }))
            return true;
    }
    return false;
}

}  // namespace

std::optional<bool> comes_with(std::string_view value, std::string_view word) {
    constexpr std::string_view separators = ",;/()";
    for (auto at = value.find(word); at != std::string_view::npos; at = value.find(word, at + 1)) {
        if (at > 0 && is_letter(value[at - 1]) && word.front() >= 0) continue;
        const auto before = at == 0 ? std::string_view::npos : value.find_last_of(separators, at - 1);
        const auto begin = before == std::string_view::npos ? 0 : before + 1;
        const auto end = std::min(value.find_first_of(separators, at), value.size());
        if (const auto said = marked(value.substr(begin, end - begin))) return said;
        // "전구 (별매)", but not "cable (adapter sold separately)".
        if (end >= value.size() || value[end] != '(') continue;
        const auto inside = value.substr(end + 1, value.find(')', end) - end - 1);
        const auto begins = [&](std::string_view mark) { return inside.starts_with(mark); };
        if (std::any_of(kExtra.begin(), kExtra.end(), begins)) return false;
        if (std::any_of(kThere.begin(), kThere.end(), begins)) return true;
    }
    return std::nullopt;
}

bool is_extra(std::string_view value) {
    return std::any_of(kExtra.begin(), kExtra.end(),
                       [&](std::string_view mark) { return value.starts_with(mark); });
}

bool states(std::string_view value, Amount amount) {
    constexpr auto counted = std::to_array<std::string_view>(
        {"one ", "two ", "three ", "four ", "five ", "six ", "하나", "두 ", "세 ", "네 ", "다섯"});
    switch (amount) {
        case Amount::none:
            return true;
        case Amount::figure:
            return std::any_of(value.begin(), value.end(), is_digit) || has_any(value, counted);
        case Amount::time:
            break;
    }
    return states_time(value);
}

Amount asked_amount(std::string_view question) {
    constexpr auto times =
        std::to_array<std::string_view>({"how long do",   "how long will",  "how long can",
                                         "how long to ",  "how long until", "how long before",
                                         "how many min",  "how many hour",  "how many sec",
                                         "how many day",  "how many month", "how many year",
                                         "how many week", "몇분",           "몇 분",
                                         "몇시간",        "몇 시간",        "몇초",
                                         "몇 초",         "몇일",           "며칠",
                                         "몇개월",        "몇 개월",        "몇 달",
                                         "몇달",          "몇년",           "몇 년",
                                         "얼마나 걸",     "얼마나걸",       "시간 걸",
                                         "시간 얼마나",   "얼마나 오래"});
    constexpr auto figures = std::to_array<std::string_view>({"how many", "how much", "몇"});
    if (has_any(question, times)) return Amount::time;
    return has_any(question, figures) ? Amount::figure : Amount::none;
}

}  // namespace maru::catalog
