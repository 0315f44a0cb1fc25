// Text from files that do not say how they are encoded.
//
// Pure, any thread, linear in the input.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace maru::text {

// `bytes` as UTF-8 without byte order mark: UTF-16 when a mark says so, UTF-8 when it is well-formed, else
// CP949, which Korean spreadsheets still write. nullopt when it is none of these.
[[nodiscard]] std::optional<std::string> decoded(std::string_view bytes);

}  // namespace maru::text
