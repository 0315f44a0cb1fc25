// What a file is called on the wire, by its extension. Pure.
#pragma once

#include <string_view>

namespace maru::net {

// "text/html; charset=utf-8" for "index.html"; empty: unknown.
[[nodiscard]] std::string_view type_of_file(std::string_view path);
// With the dot, in lower case as far as known types go; empty: none.
[[nodiscard]] std::string_view extension_of(std::string_view path);

}  // namespace maru::net
