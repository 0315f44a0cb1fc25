#include "bot/conversation/clauses.hpp"

#include <algorithm>
#include <array>

namespace maru {

std::vector<Clause> clauses_of(std::string_view text, std::size_t most) {
    constexpr std::string_view marks = ",.?!\n;", blanks = " \t\n";
    const auto is_mark = [&](std::size_t i) { return marks.find(text[i]) != std::string_view::npos; };
    const auto cuts = [&](std::size_t i) {
        return text[i] == '\n' || i + 1 == text.size() || text[i + 1] == ' ' || is_mark(i + 1);
    };
    std::vector<Clause> clauses;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size() && clauses.size() < most;) {
        if (i < text.size() && !(is_mark(i) && cuts(i))) {
            ++i;
            continue;
        }
        auto end = i;
        while (end < text.size() && is_mark(end)) ++end;
        const auto part = text.substr(begin, i - begin);
        if (part.find_first_not_of(blanks) != std::string_view::npos)
            clauses.push_back({part, text.substr(i, end - i)});
        if (i == text.size()) break;
        i = begin = end;
    }
    return clauses;
}

bool begins_with_verb(std::string_view plain) {
    constexpr auto verbs =
        std::to_array<std::string_view>({"does ", "do ", "is it", "is that", "are they", "can ", "could ",
                                         "will it", "how ", "when ", "where ", "why "});
    return std::any_of(verbs.begin(), verbs.end(),
                       [&](std::string_view verb) { return plain.starts_with(verb); });
}

}  // namespace maru
