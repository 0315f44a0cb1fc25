// The head of an HTTP/1 request, checked byte by byte before any parser interprets it.
//
// Why: request smuggling lives on heads that two parsers read differently. Whatever RFC 9112 forbids or lets
// a recipient repair is refused here: bare CR or LF, folded lines, white space around names, both framings,
// lengths that are garbled or given twice, transfer codings other than one "chunked", a Host that is missing,
// repeated or unlike an absolute target's. Pure and thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/net/http.hpp"

namespace maru::net {

struct Head {
    Method method = Method::other;
    bool head = false;
    bool options = false;
    unsigned minor = 1;  // HTTP/1.minor
    std::string path;    // begins with '/', or is "*"
    std::string query;
    std::string host;                                          // empty only in HTTP/1.0
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    bool chunked = false;
    std::optional<std::size_t> length;
    bool keep_alive = true;
    bool expects_continue = false;
    bool upgrade_websocket = false;

    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] bool has_body() const { return chunked || length.value_or(0) > 0; }
};

struct HeadError {
    unsigned status = 400;
    std::string detail;
};

// How many bytes of `bytes` are a whole head (its empty line included); 0: more is needed.
[[nodiscard]] std::size_t head_size(std::string_view bytes);

// `head` ends with its empty line. nullopt: `out` is filled.
[[nodiscard]] std::optional<HeadError> read_head(std::string_view head, std::size_t target_bytes, Head& out);

}  // namespace maru::net
