// Unicode at the byte level: UTF-8 validity. Pure functions, any thread.
#pragma once

#include <string_view>

namespace maru::text {

// True when `bytes` is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF).
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

}  // namespace maru::text
