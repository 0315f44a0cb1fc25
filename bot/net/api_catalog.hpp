// Feeds and patches over HTTP: thin shells over Goods.
#pragma once

#include "bot/content/goods.hpp"
#include "bot/net/router.hpp"

namespace maru::net {

// POST /api/v1/catalog/import (a feed as the body; `?format=` and `?max_bad_share=`), GET the same for its
// progress, POST /api/v1/catalog/patch (JSON lines or a JSON array). Admins only. `goods` outlives the
// server.
void add_catalog_api(Router& router, Goods& goods);

}  // namespace maru::net
