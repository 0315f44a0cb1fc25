// First response times, from the inquiries' own clocks. Pure.
//
// A clock is started, answered or still unanswered; means, median and 90th percentile (nearest rank) are over
// the answered ones, `mean_all` is the sum over all inquiries of the row. Seconds.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bot/insights/hours.hpp"
#include "bot/store/store.hpp"

namespace maru::insights {

// What rows are grouped by. nullopt: not a known grouping.
[[nodiscard]] bool is_grouping(std::string_view by);

struct ReportContext {
    std::function<std::optional<Hours>(const std::string& schedule)>
        hours;  // in force when an inquiry opened
    std::function<std::string(Id agent)> agent_name;
};

// The object of the contract: {"from","to","by","rows":[…],"total":{…}}.
[[nodiscard]] nlohmann::json response_times(const std::vector<store::InquiryRow>& inquiries, Time from,
                                            Time to, const std::string& by, const ReportContext& context);

// The same over what the store holds of [from, to).
[[nodiscard]] nlohmann::json response_times(store::Store& store, Time from, Time to, const std::string& by);

// The same as comma-separated values (one line a row, total last) and as a table for people.
[[nodiscard]] std::string to_csv(const nlohmann::json& report);
[[nodiscard]] std::string to_table(const nlohmann::json& report);

}  // namespace maru::insights
