// How many a message speaks of, what it asks several to cost together, and what comes on top.
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "bot/conversation/counting.hpp"
#include "bot/conversation/reading.hpp"
#include "flows/answers.hpp"

namespace maru {
namespace {

// "… x 15", "× 3"
bool is_times(std::string_view before) {
    while (before.ends_with(' ')) before.remove_suffix(1);
    return before.ends_with(" x") || before.ends_with(" X") || before.ends_with("×");
}

}  // namespace

bool Reading::asks_service_cost() const {
    constexpr auto services =
        std::to_array<std::string_view>({"배송비", "택배비", "포장", "설치비", "shipping", "delivery",
                                         "gift wrap", "wrapping", "wrapped", "installation"});
    return std::any_of(services.begin(), services.end(),
                       [&](std::string_view word) { return plain().find(word) != std::string::npos; });
}

bool Reading::asks_delivery_cost() const {
    constexpr auto words = std::to_array<std::string_view>({"배송비",
                                                            "택배비",
                                                            "배송료",
                                                            "배송까지",
                                                            "무료배송",
                                                            "무료 배송",
                                                            "free delivery",
                                                            "free shipping",
                                                            "with shipping",
                                                            "with delivery",
                                                            "shipping included",
                                                            "delivery included",
                                                            "incl shipping",
                                                            "incl delivery",
                                                            "including shipping",
                                                            "including delivery",
                                                            "plus shipping",
                                                            "plus delivery",
                                                            "shipping cost",
                                                            "delivery fee",
                                                            "postage"});
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return plain().find(word) != std::string::npos; });
}

bool Reading::asks_for_total() const {
    constexpr auto sums = std::to_array<std::string_view>({"합쳐",        "합치",
                                                           "합친",        "합하면",
                                                           "합해",        "다 해서",
                                                           "다해서",      "둘 다",
                                                           "둘다",        "전부",
                                                           "총 ",         "total",
                                                           "altogether",  "all together",
                                                           "for both",    "both of them",
                                                           "for the two", "하나랑",
                                                           "하나하고",    "개랑 ",
                                                           "개하고 ",     "and this together"});
    constexpr auto prices =
        std::to_array<std::string_view>({"얼마", "가격", "금액", "how much", "price", "cost", "total",
                                         "합쳐서요", "합치면요", "합해서요", "합하면요"});
    const auto says = [&](const auto& words) {
        return std::any_of(words.begin(), words.end(),
                           [&](std::string_view word) { return plain().find(word) != std::string::npos; });
    };
    return says(sums) && says(prices) && plain().find("얼마나 걸") == std::string::npos;
}

std::optional<std::uint32_t> Reading::how_few() const {
    static const RE2 korean(
        R"((?:^| )(하나|둘|셋|한|두|세|[123]) ?(?:개|가지|대)?만 ?(?:보여|추천|골라|찾아|알려|찍어|정해|뽑아|$)|(?:^| )(하나|한 ?개) ?(?:골라|찍어|정해|뽑아))");
    static const RE2 behind(R"((?:보여|추천|골라|찾아)[^ ]* (하나|둘|셋|한|두|세|[123]) ?(?:개|가지|대)?만)");
    static const RE2 english(
        R"((?:^| )(?:(?:just|only) (one|two|three|[123]|a couple of)|(?:show me|show|recommend|pick|give me|suggest) (?:just |only )?(two|three|[23]|a couple of))(?: [a-z]|$|[.,!?]))");
    std::string word, other;
    if (!RE2::PartialMatch(plain(), korean, &word, &other) && !RE2::PartialMatch(plain(), behind, &word) &&
        !RE2::PartialMatch(plain(), english, &word, &other))
        return std::nullopt;
    if (word.empty()) word = other;
    return static_cast<std::uint32_t>(count_of_word(word));
}

// "두 개 사면", "20 of the K10", "10대": but not "two of them are …", "둘 중에".
std::optional<int> Reading::how_many() const {
    constexpr double most = 100'000;
    for (const auto& entity : u_.entities) {
        const auto* quantity = std::get_if<nlu::Quantity>(&entity.value);
        const auto* number = std::get_if<double>(&entity.value);
        const auto behind =
            std::string_view(words_).substr(std::min<std::size_t>(entity.span.end, words_.size()));
        const bool counted = quantity != nullptr
                                 ? flows::counts_things(*quantity) && !behind.starts_with(" 중")
                                 : number != nullptr && entity.type == "number" &&
                                       (behind.starts_with(" of ") || behind.starts_with("개") ||
                                        is_times(words_.substr(0, entity.span.begin)));
        const auto value = quantity != nullptr ? quantity->value : number != nullptr ? *number : 0;
        if (counted && value >= 2 && value <= most && std::floor(value) == value)
            return static_cast<int>(value);
    }
    return std::nullopt;
}

}  // namespace maru
