#include "bot/insights/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "bot/insights/tables.hpp"

namespace maru::insights {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 6> groupings{"day", "hour", "agent", "team", "channel", "site"};

struct Clock {
    std::size_t count = 0;
    std::vector<double> seconds;  // of the answered ones
};

double median(const std::vector<double>& sorted) {
    const auto n = sorted.size();
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

// Nearest rank: the smallest value that at least this share of all are not above.
double percentile(const std::vector<double>& sorted, double share) {
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

json figures(Clock clock, std::size_t inquiries) {
    json out{{"count", clock.count},
             {"answered", clock.seconds.size()},
             {"unanswered", clock.count - clock.seconds.size()},
             {"mean", nullptr},
             {"mean_all", nullptr},
             {"median", nullptr},
             {"p90", nullptr}};
    double sum = 0;
    for (const double one : clock.seconds) sum += one;
    if (inquiries > 0) out["mean_all"] = sum / static_cast<double>(inquiries);
    if (clock.seconds.empty()) return out;
    std::sort(clock.seconds.begin(), clock.seconds.end());
    out["mean"] = sum / static_cast<double>(clock.seconds.size());
    out["median"] = median(clock.seconds);
    out["p90"] = percentile(clock.seconds, 0.9);
    return out;
}

struct Group {
    std::size_t inquiries = 0;
    Clock bot, agent, pickup, bot_business, agent_business;

    void add(const store::InquiryRow& row, const Hours& hours) {
        ++inquiries;
        const auto measure = [&](Clock& clock, Clock* business, Time start, const std::optional<Time>& end) {
            ++clock.count;
            if (business != nullptr) ++business->count;
            if (!end) return;
            clock.seconds.push_back(to_seconds(std::max(Millis{0}, *end - start)));
            if (business != nullptr) business->seconds.push_back(to_seconds(hours.between(start, *end)));
        };
        measure(bot, &bot_business, row.opened_at, row.bot_first_at);
        if (row.handoff_at) {
            measure(agent, &agent_business, *row.handoff_at, row.agent_first_at);
            measure(pickup, nullptr, *row.handoff_at, row.accepted_at);
        }
    }

    [[nodiscard]] json to_json() const {
        json out{
            {"inquiries", inquiries}, {"bot", figures(bot, inquiries)}, {"agent", figures(agent, inquiries)}};
        out["bot"]["business"] = figures(bot_business, inquiries);
        out["agent"]["business"] = figures(agent_business, inquiries);
        auto taken = pickup.seconds;
        std::sort(taken.begin(), taken.end());
        out["agent"]["pickup_median"] = taken.empty() ? json() : json(median(taken));
        return out;
    }
};

std::string key_of(const store::InquiryRow& row, const std::string& by, const Hours& hours,
                   const ReportContext& context) {
    const auto local = to_rfc3339(row.opened_at + hours.utc_offset);
    if (by == "day") return local.substr(0, 10);
    if (by == "hour") return local.substr(11, 2) + ":00";
    if (by == "agent") return row.agent == 0 ? "" : context.agent_name(row.agent);
    if (by == "team") return row.team;
    if (by == "channel") return row.channel;
    return row.site;
}

std::string cell(const json& value) {
    if (value.is_null()) return "";
    return value.is_number_float() ? fmt::format("{:.3f}", value.get<double>()) : value.dump();
}

// One row's cells in the order of `columns`.
constexpr std::array columns{"count", "answered", "unanswered", "mean", "mean_all", "median", "p90"};
// What the opening hours change; how many there are is the same.
constexpr std::array business_columns{"mean", "mean_all", "median", "p90"};

// A table on a screen has no room for the figures in business hours.
enum class Shown : bool { clock, business_too };

std::vector<std::string> cells(const std::string& key, const json& row, Shown shown) {
    std::vector<std::string> out{key, cell(row["inquiries"])};
    for (const char* who : {"bot", "agent"})
        for (const char* column : columns) out.push_back(cell(row[who][column]));
    out.push_back(cell(row["agent"]["pickup_median"]));
    if (shown == Shown::business_too)
        for (const char* who : {"bot", "agent"})
            for (const char* column : business_columns) out.push_back(cell(row[who]["business"][column]));
    return out;
}

std::vector<std::vector<std::string>> all_cells(const json& report, Shown shown) {
    std::vector<std::string> head{report["by"], "inquiries"};
    for (const char* who : {"bot", "agent"})
        for (const char* column : columns) head.push_back(fmt::format("{}_{}", who, column));
    head.emplace_back("agent_pickup_median");
    if (shown == Shown::business_too)
        for (const char* who : {"bot", "agent"})
            for (const char* column : business_columns)
                head.push_back(fmt::format("{}_business_{}", who, column));
    std::vector<std::vector<std::string>> table{head};
    for (const auto& row : report["rows"]) table.push_back(cells(row["key"], row, shown));
    table.push_back(cells("total", report["total"], shown));
    return table;
}

}  // namespace

bool is_grouping(std::string_view by) {
    return std::find(groupings.begin(), groupings.end(), by) != groupings.end();
}

json response_times(const std::vector<store::InquiryRow>& inquiries, Time from, Time to,
                    const std::string& by, const ReportContext& context) {
    std::map<std::string, std::optional<Hours>> schedules;
    std::map<std::string, Group> groups;
    Group total;
    static const Hours always;
    for (const auto& row : inquiries) {
        auto known = schedules.find(row.schedule);
        if (known == schedules.end())
            known = schedules.emplace(row.schedule, context.hours(row.schedule)).first;
        const auto& hours = known->second ? *known->second : always;
        groups[key_of(row, by, hours, context)].add(row, hours);
        total.add(row, hours);
    }
    json out{{"from", to_rfc3339(from)},
             {"to", to_rfc3339(to)},
             {"by", by},
             {"rows", json::array()},
             {"total", total.to_json()}};
    for (const auto& [key, group] : groups) {
        auto row = group.to_json();
        row["key"] = key;
        out["rows"].push_back(std::move(row));
    }
    return out;
}

json response_times(store::Store& store, Time from, Time to, const std::string& by) {
    std::map<Id, std::string> names;
    for (const auto& row : store.staff()) names[row.id] = row.name;
    ReportContext context;
    context.hours = [&](const std::string& schedule) -> std::optional<Hours> {
        const auto text = store.document("schedule", schedule);
        return text ? std::optional(Hours::from_json(*text)) : std::nullopt;
    };
    context.agent_name = [&](Id agent) { return names[agent]; };
    return response_times(store.inquiries(from, to), from, to, by, context);
}

std::string to_csv(const json& report) {
    std::string out;
    for (const auto& row : all_cells(report, Shown::business_too)) out += csv_line(row);
    return out;
}

std::string to_table(const json& report) {
    return aligned(all_cells(report, Shown::clock));
}

}  // namespace maru::insights
