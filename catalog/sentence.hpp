// A sentence cut into words, and what each of them may be known by: what reading a search begins with.
// Internal to catalog/. For one thread and one sentence; the Core must outlive it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/core.hpp"
#include "catalog/evidence.hpp"
#include "catalog/slots.hpp"
#include "catalog/terms.hpp"

namespace maru::catalog {

struct Sentence {
    Sentence(const Core& index, std::string_view normalised);

    // "삼성노트북 추천" → 삼성 노트북: a word nobody knows, made of words that are known.
    void split_compounds();
    // Fills `terms`, and what unknown words may have meant, for looking up names only: the free words keep
    // their spelling, as the search corrects them the same way.
    void read_terms();

    [[nodiscard]] bool is_known(std::string_view word) const;
    [[nodiscard]] bool is_name(const std::string& key) const;
    // The keys by which words [from, from+count) may be known: as written, without a particle, without
    // blanks.
    [[nodiscard]] std::vector<std::string> keys_of(std::size_t from, std::size_t count) const;
    // In both languages the last noun says what a thing is: "mouse" is no type in "mouse pad", nor 노트북 in
    // "노트북 가방".
    [[nodiscard]] bool is_head(std::size_t from, std::size_t count) const;
    // "god" is not "gold": of so few letters every word has a neighbour.
    [[nodiscard]] bool is_guess(std::size_t from, std::size_t count) const;
    // The word as it is searched for: without particles and what else hangs on it.
    [[nodiscard]] std::string_view bare(std::size_t i) const;
    // Does a clause end before word `i`? True also past the last word.
    [[nodiscard]] bool begins_clause(std::size_t i) const;
    // Is the clause of word `i` a question?
    [[nodiscard]] bool asks(std::size_t i) const;
    [[nodiscard]] bool all_open(std::size_t from, std::size_t count) const;

    const Core& core;
    std::string_view text;  // normalised
    std::vector<Token> tokens;
    std::vector<WordState> states;
    std::vector<std::string> terms;
    std::vector<std::string> corrected;  // the term a word may have meant, or empty
    std::vector<Slot> slots;             // what the words mean together, read when some are unknown
    Stemmer stemmer;

  private:
    [[nodiscard]] std::vector<std::string> split_by_names(const std::string& word) const;
    [[nodiscard]] bool is_unknown(std::size_t i) const;
    [[nodiscard]] bool is_known_or_like(std::string_view word) const;
    void correct_words();
    void correct_together(const Slot& slot);
};

}  // namespace maru::catalog
