// Which trained word an unknown one was probably meant to be.
//
// Every Latin word of the examples is filed under itself and under itself less one letter (the deletion
// neighbourhood of SymSpell, Garbe 2012); an unknown word that meets one there, a single slip away (a letter
// too many, too few, wrong, or two swapped), is read as it. Of several the most frequent one wins. Immutable
// after freeze(), safe to share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/known_words.hpp"
#include "nlu/words.hpp"

namespace maru::nlu {

class Speller {
  public:
    // Counts the words of one training text.
    void learn(const Words& words);
    // Ends learning.
    void freeze();

    // The words with what is misspelt put right, in `out`; false, and `out` unused, when nothing is. Places
    // in the text stay those of the word as typed. `known`: others that are right; may be null.
    bool correct(const Words& words, Words& out, const KnownWords* known = nullptr) const;

    [[nodiscard]] std::size_t bytes() const noexcept;
    void save(std::string& out) const;
    // Takes what save() wrote off the front of `in`; false when it is not whole.
    [[nodiscard]] bool load(std::string_view& in);

  private:
    struct Entry {
        std::uint32_t first = 0;  // letters in pool_
        std::uint32_t count = 0;
        std::uint32_t times = 0;  // in the examples
    };
    struct Slot {
        std::uint32_t key = 0;
        std::uint32_t word = free_slot;
    };
    static constexpr std::uint32_t free_slot = UINT32_MAX;
    [[nodiscard]] std::u32string_view letters(const Entry& entry) const {
        return {pool_.data() + entry.first, entry.count};
    }
    // Where `word` is, or would be, among own_.
    [[nodiscard]] std::size_t find(std::u32string_view word) const;
    void rehash(std::size_t slots);
    [[nodiscard]] const Entry* near(std::u32string_view word) const;

    std::vector<char32_t> pool_;
    std::vector<Entry> words_;
    std::vector<Slot> own_;         // words by themselves
    std::vector<Slot> neighbours_;  // words by themselves less one letter
};

}  // namespace maru::nlu
