// What a visitor's doings say of their taste: looked at, put into the cart, turned down. It shifts the order
// of goods that fit about as well, and never decides what fits. Pure.
#pragma once

#include <string>
#include <vector>

#include "bot/conversation/conversation.hpp"
#include "bot/wire/frames.hpp"
#include "catalog/search.hpp"

namespace maru {

void note_did(Conversation& c, const wire::StorefrontEvent& event);
void note_viewed(Conversation& c, const std::string& product);
void note_rejected(Conversation& c, const std::vector<std::string>& products);

// Fills in what the query likes and dislikes.
void prefer(const Conversation& c, catalog::Query& query);

}  // namespace maru
