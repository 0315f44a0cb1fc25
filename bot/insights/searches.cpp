#include "bot/insights/searches.hpp"

#include <array>
#include <utility>
#include <vector>

#include "bot/insights/tables.hpp"

namespace maru::insights {
namespace {

using nlohmann::json;

constexpr std::array counted{"asked", "nothing", "relaxed", "followed", "clicked", "carted"};

json numbers(const store::SearchCount& row) {
    return {{"asked", row.asked},       {"nothing", row.nothing}, {"relaxed", row.relaxed},
            {"followed", row.followed}, {"clicked", row.clicked}, {"carted", row.carted}};
}

std::vector<std::vector<std::string>> cells(const json& report) {
    std::vector<std::vector<std::string>> table{{"words", "locale"}};
    for (const auto* name : counted) table.front().emplace_back(name);
    table.front().emplace_back("last_at");
    table.front().emplace_back("example");
    for (const auto& row : report["rows"]) {
        std::vector<std::string> line{row["words"], row["locale"]};
        for (const auto* name : counted) line.push_back(row[name].dump());
        line.push_back(row["last_at"]);
        line.push_back(row["example"]);
        table.push_back(std::move(line));
    }
    return table;
}

}  // namespace

std::optional<store::SearchFilter::Only> searches_only(std::string_view name) {
    using Only = store::SearchFilter::Only;
    constexpr std::array<std::pair<std::string_view, Only>, 3> names{
        {{"all", Only::all}, {"nothing", Only::nothing}, {"unfollowed", Only::unfollowed}}};
    for (const auto& [known, only] : names)
        if (known == name) return only;
    return std::nullopt;
}

json searches(store::Store& store, const store::SearchFilter& filter) {
    const auto ledger = store.searches(filter);
    json out{{"rows", json::array()}, {"total", numbers(ledger.total)}};
    out["total"]["distinct"] = ledger.distinct;
    for (const auto& row : ledger.rows) {
        auto one = numbers(row);
        one["words"] = row.words;
        one["locale"] = row.locale;
        one["example"] = row.example;
        one["last_at"] = to_rfc3339(row.at);
        out["rows"].push_back(std::move(one));
    }
    return out;
}

std::string searches_csv(const json& report) {
    std::string out;
    for (const auto& row : cells(report)) out += csv_line(row);
    return out;
}

std::string searches_table(const json& report) {
    return aligned(cells(report));
}

}  // namespace maru::insights
