// The words a catalog knows, and what an unknown word may have meant: a misspelling, two words run together,
// initial consonants only, or the right keys on the wrong keyboard layout. Internal to catalog/.
//
// Filled by one thread while an index is built, then `seal()`ed; after that everything const is safe from any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace maru::catalog {

using TermId = std::uint32_t;
inline constexpr TermId no_term = 0xFFFFFFFF;

// Strings ↔ dense ids, kept in one arena: 8 bytes a string beside its bytes.
class StringTable {
  public:
    StringTable();
    [[nodiscard]] std::uint32_t find(std::string_view text) const noexcept;  // no_term: absent
    std::uint32_t add(std::string_view text);                                // the old id when present
    [[nodiscard]] std::string_view operator[](std::uint32_t id) const noexcept {
        return {arena_.data() + starts_[id], starts_[id + 1] - starts_[id]};
    }
    [[nodiscard]] std::uint32_t size() const noexcept {
        return static_cast<std::uint32_t>(starts_.size() - 1);
    }
    [[nodiscard]] std::size_t bytes() const noexcept;

  private:
    void grow();
    std::vector<char> arena_;
    std::vector<std::uint64_t> starts_;
    std::vector<std::uint32_t> slots_;
};

struct Correction {
    std::uint32_t word = no_term;  // surface id
    int distance = 0;              // edits; a wrong layout counts 0
    float score = 0;               // higher is likelier
};

class Vocabulary {
  public:
    struct Word {
        TermId term = no_term;
        std::uint32_t products = 0;  // products with it in title, brand, type or a known attribute's value
        bool correctable = false;    // may be offered as a correction
    };

    std::uint32_t add(std::string_view word, TermId term);
    void count(std::uint32_t word, bool correctable);
    void seal();

    [[nodiscard]] std::uint32_t find(std::string_view word) const noexcept { return table_.find(word); }
    [[nodiscard]] std::string_view text(std::uint32_t word) const noexcept { return table_[word]; }
    [[nodiscard]] const Word& word(std::uint32_t id) const noexcept { return words_[id]; }
    [[nodiscard]] std::uint32_t size() const noexcept { return table_.size(); }

    // Likely meanings of a word that is not in the vocabulary, best first, at most `most`. Cost: a scan of
    // packed letter sets (about a nanosecond a word) and an edit distance for the few that pass.
    [[nodiscard]] std::vector<Correction> corrections(std::string_view unknown, std::size_t most) const;

    // A run-together word as known words of two syllables (four letters) or more, fewest first; empty: it is
    // none.
    [[nodiscard]] std::vector<std::uint32_t> split(std::string_view unknown) const;

    // Words whose initial consonants are (or begin with) `consonants`; exact ones and frequent ones first.
    [[nodiscard]] std::vector<std::uint32_t> by_initials(std::string_view consonants, std::size_t most) const;

    [[nodiscard]] std::size_t bytes() const noexcept;

  private:
    struct Candidate {
        std::uint64_t letters;  // a bit per letter, for a quick lower bound of the distance
        std::uint32_t word;
        std::uint16_t length;  // letters
        bool hangul;
    };
    StringTable table_;
    std::vector<Word> words_;
    std::vector<Candidate> candidates_;                            // by length
    std::vector<std::pair<std::string, std::uint32_t>> initials_;  // sorted
};

}  // namespace maru::catalog
