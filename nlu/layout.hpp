// Messages typed in the wrong keyboard layout, noticed and put right.
//
// "dkssud" is no English word but 안녕 on the other layout; "ㅗㄷㅣㅣㅐ" is no Korean. What counts as a word
// is learned from the bot's own texts, with a small built-in stock. Immutable after learning, safe to share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nlu/hash_set.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/words.hpp"

namespace maru::nlu {

class LayoutFixer {
  public:
    LayoutFixer();
    void learn(const Words& words);

    // Replaces what was mistyped in `message` (the normalised form of `original`); its offsets then lead from
    // the corrected words to the typed ones. Returns whether anything changed.
    bool fix(std::string_view original, const Words& words, text::Normalised& message) const;

  private:
    [[nodiscard]] bool knows_latin(std::u32string_view word) const;
    [[nodiscard]] bool knows_hangul(std::u32string_view word) const;
    [[nodiscard]] bool is_abbreviation(std::u32string_view word) const;

    HashSet latin_;
    HashSet syllables_;
    HashSet pairs_;  // neighbouring syllables
    bool has_hangul_ = false;
    bool has_latin_ = false;
};

}  // namespace maru::nlu
