// Keys: 63-bit integers that grow with time (good rowids), with a node tag so that several processes never
// collide.
//
//   41 bits milliseconds since 2025-01-01 | 6 bits node | 16 bits counter
//
// Outside they are opaque strings: 13 characters of Crockford's base 32, lower case.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bot/base/time.hpp"

namespace maru {

using Id = std::int64_t;  // 0 is "none"

[[nodiscard]] std::string to_text(Id id);
// nullopt: not something to_text made.
[[nodiscard]] std::optional<Id> parse_id(std::string_view text);

// Makes ids; thread-safe. Never repeats one while the process lives, even when the clock steps back.
class IdSource {
  public:
    explicit IdSource(const Clock& clock, unsigned node = 0) : clock_(clock), node_(node & 63U) {}
    [[nodiscard]] Id next();

  private:
    const Clock& clock_;
    const unsigned node_;
    std::atomic<std::int64_t> last_{0};  // (milliseconds << 16) | counter
};

// 256 random bits from the operating system as 43 characters of URL-safe base 64.
[[nodiscard]] std::string random_token();
// What the store keeps of a token: its BLAKE2b-256, 32 bytes.
[[nodiscard]] std::string hash_token(std::string_view token);

}  // namespace maru
