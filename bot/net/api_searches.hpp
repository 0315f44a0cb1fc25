// What visitors looked for, over HTTP, and the word that lets the next one find it.
#pragma once

#include <filesystem>

#include "bot/content/holder.hpp"
#include "bot/net/router.hpp"
#include "bot/store/store.hpp"

namespace maru::net {

// For admins:
//   GET  /api/v1/reports/searches?from=&to=&locale=&only=all|nothing|unfollowed&limit=
//   POST /api/v1/catalog/synonyms {"word", "means"}: writes into `config`'s synonyms.yaml, whose watcher
//   takes
//        it live; {"status": "added"|"known", "file", "line", "group", "products"}. 422 when the words are
//        wrong or `means` finds nothing, 409 when the file stands in the way.
// `store` and `bots` outlive the server.
void add_searches_api(Router& router, store::Store& store, const BotHolder& bots,
                      const std::filesystem::path& config);

}  // namespace maru::net
