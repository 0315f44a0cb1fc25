#include "bot/conversation/counting.hpp"

#include <algorithm>
#include <array>

namespace maru {

int count_of_word(std::string_view word) {
    struct Number {
        std::string_view word;
        int value;
    };
    constexpr auto numbers = std::to_array<Number>(
        {{"한", 1},  {"하나", 1},        {"두", 2},    {"둘", 2},   {"세", 3},   {"셋", 3},  {"네", 4},
         {"넷", 4},  {"다섯", 5},        {"여섯", 6},  {"열", 10},  {"a", 1},    {"an", 1},  {"one", 1},
         {"two", 2}, {"a couple of", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"ten", 10}});
    const auto named =
        std::find_if(numbers.begin(), numbers.end(), [&](const Number& one) { return one.word == word; });
    if (named != numbers.end()) return named->value;
    constexpr int most = 1'000'000;
    int value = 0;
    for (const char c : word) {
        if (c == ',') continue;
        if (c < '0' || c > '9') return 0;
        value = value * 10 + (c - '0');
        if (value > most) return 0;
    }
    return value;
}

}  // namespace maru
