// Points in time as the store and the wire carry them. Pure functions, any thread; nothing here reads a
// clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace maru {

using Millis = std::chrono::milliseconds;
using Time = std::chrono::sys_time<Millis>;  // UTC; the store keeps it as milliseconds since 1970

[[nodiscard]] constexpr std::int64_t to_millis(Time at) {
    return at.time_since_epoch().count();
}
[[nodiscard]] constexpr Time from_millis(std::int64_t at) {
    return Time{Millis{at}};
}

// The UTC day, counted from 1970.
[[nodiscard]] constexpr std::int64_t day_of(Time at) {
    return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

// Milliseconds as the wire's seconds.
[[nodiscard]] constexpr double to_seconds(Millis span) {
    return static_cast<double>(span.count()) / 1000.0;
}

// RFC 3339 in UTC with milliseconds: 2026-11-21T09:30:00.125Z
[[nodiscard]] std::string to_rfc3339(Time at);
void append_rfc3339(std::string& out, Time at);

// Accepts RFC 3339 with any offset and fraction, and a bare date (its first millisecond, UTC). nullopt:
// neither.
[[nodiscard]] std::optional<Time> parse_time(std::string_view text);

// Where "now" comes from; tests inject their own. Thread-safe.
class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Time now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Time now() const override;
};

}  // namespace maru
