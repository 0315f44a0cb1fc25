// Business hours: which moments count as open, and how many open seconds lie between two of them.
//
// Plain value, immutable once loaded. Local time is UTC plus a fixed offset (Korea has no daylight saving; a
// shop that has it changes the offset with the season).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/base/time.hpp"

namespace maru::insights {

struct Hours {
    std::chrono::minutes utc_offset{9 * 60};
    bool always = true;
    // Per weekday (0 = Sunday) half-open spans in minutes of the local day; a span may not pass midnight.
    std::array<std::vector<std::pair<int, int>>, 7> weekly{};
    std::vector<std::chrono::sys_days> holidays;  // local dates, closed all day

    [[nodiscard]] bool open_at(Time at) const;
    // Open time within [from, to).
    [[nodiscard]] Millis between(Time from, Time to) const;
    // When it opens next; `at` itself when open. nullopt: not within four weeks.
    [[nodiscard]] std::optional<Time> next_opening(Time at) const;

    // A stable text form: kept with every inquiry, so that reports use the hours that were in force.
    [[nodiscard]] std::string to_json() const;
    [[nodiscard]] static Hours from_json(std::string_view text);  // throws std::runtime_error
};

}  // namespace maru::insights
