// A message as the classifier and the lexicons read it: normalised text cut into words of one script each.
//
// Plain values, any thread. Spans are byte offsets into the normalised text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/understanding.hpp"

namespace maru::nlu {

enum class Script : std::uint8_t { latin, hangul, digits, symbol };

struct Word {
    std::uint32_t begin = 0;  // bytes of the normalised text
    std::uint32_t end = 0;
    std::uint32_t first = 0;  // code points in Words::codes
    std::uint32_t count = 0;
    Script script = Script::latin;
    bool glued = false;  // no blank between this word and the one before ("iphone은")
};

struct Words {
    std::u32string codes;  // of all words, back to back
    std::vector<Word> list;

    [[nodiscard]] std::u32string_view operator[](const Word& word) const {
        return std::u32string_view(codes).substr(word.first, word.count);
    }
};

// Words of `text`, which must be normalised. Letters other than Hangul count as latin; punctuation is left
// out, emoji are words. Apostrophes inside words belong to them; digits with separators ("1,299.99") are one
// word.
[[nodiscard]] Words split_words(std::string_view text);

// By the letters written: one script only, or both in fair parts; unknown when there are no letters.
[[nodiscard]] Language detect_language(const Words& words);

}  // namespace maru::nlu
