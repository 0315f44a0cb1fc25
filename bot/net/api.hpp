// The HTTP API behind the console, reports and the demo shop: thin shells over the store and the catalog.
#pragma once

#include "bot/content/holder.hpp"
#include "bot/net/router.hpp"
#include "bot/store/store.hpp"

namespace maru::net {

// Recorded conversations and transcripts (agent), reports (admin), catalog search (agent), the demo shop's
// goods (open). `store`, `bots` and `clock` outlive the server.
void add_api(Router& router, store::Store& store, const BotHolder& bots, const Clock& clock);

}  // namespace maru::net
