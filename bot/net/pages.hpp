// The web pages inside the binary, and the media files beside the configuration.
//
// Thread-safe; the assets live as long as the program.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

#include "bot/net/router.hpp"

namespace maru::net {

// One file of web/dist, with what was compressed at build time. An empty variant is not there.
struct Asset {
    std::string_view path;  // "shop/index.html", "widget.js"
    std::string_view etag;  // of the content, without quotes
    std::string_view bytes, gzip, brotli;
};

// What the build embedded, sorted by path; empty when the pages were not built.
[[nodiscard]] std::span<const Asset> embedded_assets();

// `/` the shop, `/console…`, `/studio…`, `/docs/…`, `/widget.js`; answers every GET no other route matches.
//   - variants by Accept-Encoding, strong ETags (one for each variant), 304 for If-None-Match;
//   - files with a hash in their name are cached for ever, others are asked for again;
//   - paths without an extension fall back to their application's index.html when HTML is accepted, and those
//     that `is_page` knows always do: a program that follows a link finds what a browser finds.
using IsPage = std::function<bool(std::string_view path)>;  // the path without its first slash; any thread
void add_pages(Router& router, std::span<const Asset> assets, IsPage is_page = {});

// GET /media/{path*} from `folder`, which may be missing. Nothing outside of it is ever served, not through
// "..", encoded slashes or symbolic links; hidden files are not either.
void add_media(Router& router, std::filesystem::path folder);

}  // namespace maru::net
