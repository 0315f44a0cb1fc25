// What everyday words of shop visitors mean, across spellings and both languages.
//
// A bot learns from a handful of sentences; "택배", "배송" and "shipping" share no letter. The lexicon files
// words that stand for one idea under one number, so that the classifier can carry what it learned from one
// of them over to the others. It decides nothing by itself.
//
// Immutable after construction, safe to share.
#pragma once

#include <cstdint>
#include <vector>

#include "nlu/phrase_trie.hpp"
#include "nlu/words.hpp"

namespace maru::nlu {

class MeaningLexicon {
  public:
    struct Mention {
        std::uint16_t meaning = 0;
        std::uint16_t first_word = 0;
        std::uint16_t last_word = 0;
    };

    MeaningLexicon();

    // Appends the meanings mentioned, in order; each meaning once.
    void find(const Words& words, std::vector<Mention>& out) const;

    // Changes with the lexicon's content: models trained with another one are of no use.
    [[nodiscard]] std::uint64_t fingerprint() const noexcept;

    [[nodiscard]] std::size_t bytes() const noexcept { return trie_.bytes(); }

  private:
    PhraseTrie trie_;
    std::vector<bool> open_;  // by phrase: letters may follow ("deliver*", all Korean)
    std::vector<std::uint16_t> meaning_;
};

}  // namespace maru::nlu
