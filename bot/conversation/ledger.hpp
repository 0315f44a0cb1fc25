// What a turn adds to the search ledger: what was looked for, whether it was found, and whether somebody took
// something of what was shown. Pure; the rows are written in the turn's own commit.
//
// A search is counted once a conversation and day: asking again, refining and paging only add to what was
// shown. Texts are normalised, shortened and masked here, before anything keeps them.
#pragma once

#include <string_view>
#include <vector>

#include "bot/conversation/conversation.hpp"
#include "bot/conversation/respond.hpp"

namespace maru {

// `sentence` is the visitor's own, `personal` its parts that say who somebody is. A `choice` (a button under
// products) goes on from the search before it.
void note_search(Conversation& c, const Searched& found, std::string_view sentence, bool choice,
                 const std::vector<std::string>& personal, Time at, store::Transition& changes);

enum class Taken : std::uint8_t { chosen, clicked, carted };
// `product` was opened, put into the cart or spoken of: the newest search that showed it was of use.
void note_taken(Conversation& c, std::string_view product, Taken how, store::Transition& changes);

}  // namespace maru
