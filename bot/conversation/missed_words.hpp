// What a search was asked for and none of its results has: how it is told, and what is forgotten of it.
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/search.hpp"

namespace maru {

// Takes `unknown` words out of a search's text: what no product has is nothing that the next search should go
// on from.
void drop_words(std::string& text, const std::vector<std::string>& unknown);

// The size that was asked for and that none of `results` has: "50 inch", "6인용". Empty: none.
[[nodiscard]] std::string size_missed(const catalog::Query& query, const catalog::Results& results);

// Two or three sizes and figures that one of `results` has each, and none all: "27 inch" + "4k". Empty: not
// so.
[[nodiscard]] std::string not_together(const catalog::Query& query, const catalog::Results& results);

// Which of the words that describe the asked kind of goods none of `results` has: "gaming" of "monitors for
// gaming". Empty: none, or too many to be what was asked for. `said`: the message, normalised; where it is
// given, words of earlier messages are missed by nobody, and of a long message only what other goods are
// called is told.
[[nodiscard]] std::string untold(const catalog::Query& query, const catalog::Results& results,
                                 std::string_view said = {});

}  // namespace maru
