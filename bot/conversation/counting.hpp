// How many: the words and figures that people count goods with, in both languages. Pure, any thread.
#pragma once

#include <string_view>

namespace maru {

// "두", "둘", "two", "a couple of", "12", "1,000", "an"; 0: no count, or one over a million.
[[nodiscard]] int count_of_word(std::string_view word);

// Regular expressions that match what count_of_word() knows, without groups of their own: figures, and
// figures or a word before a Korean counter ("두 개") or an English noun ("two sets").
inline constexpr std::string_view counted_figures = R"(\d{1,3}(?:,\d{3})+|\d{1,7})";
inline constexpr std::string_view counted_korean = R"(\d{1,3}(?:,\d{3})+|\d{1,7}|한|두|세|네|다섯|여섯|열)";
inline constexpr std::string_view counted_english =
    R"(\d{1,3}(?:,\d{3})+|\d{1,7}|one|two|three|four|five|six|ten|a couple of)";

}  // namespace maru
