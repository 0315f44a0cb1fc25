// Free words → what each may mean to a catalog: its terms, other names, compounds, corrected spellings.
// Internal to catalog/. Everything here reads a Core and nothing else; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/core.hpp"

namespace maru::catalog {

// One thing that was asked for, with every way a product may have it.
struct Slot {
    struct Way {
        std::vector<TermId> terms;  // all of them
        float weight = 1;
    };
    std::string written;     // as in the query
    std::string corrected;   // as searched, when another word was taken instead
    std::vector<Way> ways;   // none: nothing in the catalog has it
    TermId term = no_term;   // its word, when it is one
    std::size_t tokens = 1;  // of the query, that it covers
    bool absent = false;     // it names goods that nobody here sells
    bool head = false;       // the noun that the query is about: its last, or the last before "for" or "with"
};

// What the words of `text` mean to this catalog; at most 24 slots (what follows is dropped).
[[nodiscard]] std::vector<Slot> read_slots(const Core& core, std::string_view text);

}  // namespace maru::catalog
