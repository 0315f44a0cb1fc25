// How a message sounds: sentiment, anger, urgency and swearing, from a lexicon in both languages.
//
// Negation turns sentiment ("not good", "안 좋아요"); exclamation marks, capitals and crying letters
// strengthen it. Immutable after construction, safe to share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nlu/phrase_trie.hpp"
#include "nlu/reading.hpp"
#include "nlu/understanding.hpp"

namespace maru::nlu {

class FeelingLexicon {
  public:
    FeelingLexicon();

    // `original` is the message as written, for its capitals.
    [[nodiscard]] Feeling read(const Reading& reading, std::string_view original) const;

    // Code point ranges of swear words.
    [[nodiscard]] std::vector<PhraseTrie::Match> profanity(const Reading& reading) const;

  private:
    PhraseTrie trie_;
};

}  // namespace maru::nlu
