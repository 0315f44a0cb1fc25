// Bounded edit distance: insertions, deletions, substitutions and swaps of neighbours (optimal string
// alignment, the restricted Damerau-Levenshtein distance), in a band of width 2·max+1 (Ukkonen 1985). Time
// O(length · max); pure, any thread.
#pragma once

#include <string_view>

namespace maru::text {

// The distance, or max + 1 when it is larger.
[[nodiscard]] int edit_distance(std::u32string_view a, std::u32string_view b, int max);
// Over the code points of UTF-8 text.
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b, int max);
// Over the letters one types: one wrong vowel in a syllable counts 1 ("삼승"/"삼성").
[[nodiscard]] int letter_distance(std::string_view a, std::string_view b, int max);

}  // namespace maru::text
