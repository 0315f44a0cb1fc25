// Names from lists (brands, categories, products, places) found in messages, with tolerance for a typing
// error.
//
// Exact forms are walked in a trie. For the rest, every form is filed under itself and under itself less one
// letter (the deletion neighbourhood of SymSpell); words of the message that meet there are verified by edit
// distance over typed letters. Immutable after construction, safe to share.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "nlu/engine.hpp"
#include "nlu/hash_set.hpp"
#include "nlu/phrase_trie.hpp"
#include "nlu/words.hpp"

namespace maru::nlu {

class GazetteerIndex {
  public:
    explicit GazetteerIndex(const std::vector<Gazetteer>& gazetteers);

    // Appends what was found, longest first at each place, not overlapping each other. `known` tells words
    // that are right as they are and must not be taken for a misspelt name.
    void find(const Reading& reading, std::string_view text, const Words& words, const HashSet& known,
              std::vector<Found>& out) const;

  private:
    struct Form {
        std::uint32_t list = 0;
        std::uint32_t entry = 0;
        std::u32string letters;  // without blanks, Hangul taken apart; only for fuzzy forms
    };
    void file(const std::u32string& letters, std::uint32_t form);
    [[nodiscard]] const Form* near(std::u32string_view letters) const;

    std::vector<std::string> names_;
    std::vector<std::vector<std::string>> entries_;
    std::vector<Form> forms_;
    PhraseTrie trie_;
    std::unordered_multimap<std::uint64_t, std::uint32_t> neighbours_;
};

}  // namespace maru::nlu
