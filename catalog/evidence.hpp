// How strongly a sentence that has been read speaks of goods on these shelves. Internal to catalog/.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/core.hpp"
#include "catalog/search.hpp"
#include "catalog/slots.hpp"

namespace maru::catalog {

// What a word of a sentence was read as.
enum class WordState : std::uint8_t {
    open,     // not yet anything
    used,     // part of a price, a size, an order …
    stop,     // grammar
    asking,   // "find", "추천"
    service,  // "delivery", "환불"
    named,    // a maker, a kind, a colour
    word,     // a free word of the search
    refused   // "not samsung"
};

struct ReadSentence {
    const Core& core;
    const std::vector<Token>& tokens;
    const std::vector<WordState>& states;       // by token
    const std::vector<std::string>& terms;      // by token
    const std::vector<std::string>& corrected;  // by token: the term it may have meant; or empty
    const std::vector<Slot>& slots;             // what the words mean together, when some are unknown
};

// Fills `evidence`, and `names_product` when a model number was said.
void weigh(const ReadSentence& sentence, Interpretation& result);

}  // namespace maru::catalog
