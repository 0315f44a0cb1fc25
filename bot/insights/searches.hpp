// What visitors looked for, how often it was not there and how often nobody took what was shown, from the
// search ledger.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "bot/store/store.hpp"

namespace maru::insights {

// "all", "nothing", "unfollowed". nullopt: none of these.
[[nodiscard]] std::optional<store::SearchFilter::Only> searches_only(std::string_view name);

// {"rows":[{"words","locale","example","asked","nothing","relaxed","followed","clicked","carted","last_at"}],
//  "total":{"distinct","asked","nothing","relaxed","followed","clicked","carted"}}; counts are of asks: a
// visitor who asks the same twice on a day counts once.
[[nodiscard]] nlohmann::json searches(store::Store& store, const store::SearchFilter& filter);

// The same as comma-separated values (a head, then one line a row) and as a table for people.
[[nodiscard]] std::string searches_csv(const nlohmann::json& report);
[[nodiscard]] std::string searches_table(const nlohmann::json& report);

}  // namespace maru::insights
