// Makers, kinds and colours in a sentence, longest first, and which of them are wanted. Internal to catalog/.
// Pure; for one thread and one sentence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "catalog/core.hpp"
#include "catalog/refusals.hpp"
#include "catalog/sentence.hpp"

namespace maru::catalog {

// A maker, kind or colour where it stands.
struct Name {
    enum class Of : std::uint8_t { type, brand, color } of = Of::type;
    std::size_t from = 0, count = 0;  // tokens
    std::vector<std::string> values;
    std::vector<std::uint32_t> nodes;  // of a type
    Refusal refusal = Refusal::none;
    bool part = false;  // of a shelf of several kinds ("Keyboards & Mice")
    bool gone = false;
};

struct Names {
    std::vector<Name> list;
    std::vector<Refusal> word_refusals;  // by token: of words that go with a refused name
    std::vector<std::size_t>
        phrase_from;  // by token: words refused as one ("number pad") begin here; or its own
};

// Marks the states of the words that name something; the sentence's terms must have been read.
[[nodiscard]] Names find_names(const Core& core, Sentence& sentence);

}  // namespace maru::catalog
