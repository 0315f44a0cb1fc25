#include <doctest/doctest.h>

#include "bot/insights/report.hpp"

using namespace maru;
using nlohmann::json;

namespace {

const Time start = parse_time("2026-11-23T01:00:00Z").value();

store::InquiryRow inquiry(int n, std::optional<int> bot, std::optional<int> handoff,
                          std::optional<int> accepted, std::optional<int> agent) {
    const auto after = [&](std::optional<int> seconds) {
        return seconds ? std::optional(start + std::chrono::seconds{*seconds}) : std::nullopt;
    };
    store::InquiryRow row;
    row.id = n;
    row.opened_at = start;
    row.bot_first_at = after(bot);
    row.handoff_at = after(handoff);
    row.accepted_at = after(accepted);
    row.agent_first_at = after(agent);
    row.site = "demo";
    row.team = n % 2 == 0 ? "care" : "sales";
    return row;
}

json report(const std::vector<store::InquiryRow>& rows, const std::string& by = "day") {
    insights::ReportContext context;
    context.hours = [](const std::string&) { return std::optional<insights::Hours>(insights::Hours{}); };
    context.agent_name = [](Id id) { return std::to_string(id); };
    return insights::response_times(rows, start, start + std::chrono::hours{24}, by, context);
}

}  // namespace

TEST_CASE("first response times by hand: four inquiries") {
    // Bot: 1, 3 and 8 s, one never. Handed over after 10, 20 and 30 s: answered 5, 15 s later, one never.
    const auto out = report({inquiry(1, 1, 10, 12, 15), inquiry(2, 3, 20, 26, 35),
                             inquiry(3, 8, 30, std::nullopt, std::nullopt),
                             inquiry(4, std::nullopt, std::nullopt, std::nullopt, std::nullopt)});
    const auto& bot = out["total"]["bot"];
    CHECK(bot["count"] == 4);
    CHECK(bot["answered"] == 3);
    CHECK(bot["unanswered"] == 1);
    CHECK(bot["mean"].get<double>() == doctest::Approx(4));
    CHECK(bot["mean_all"].get<double>() == doctest::Approx(3));  // 12 s over four inquiries
    CHECK(bot["median"].get<double>() == doctest::Approx(3));
    CHECK(bot["p90"].get<double>() == doctest::Approx(8));
    const auto& agent = out["total"]["agent"];
    CHECK(agent["count"] == 3);
    CHECK(agent["answered"] == 2);
    CHECK(agent["unanswered"] == 1);
    CHECK(agent["mean"].get<double>() == doctest::Approx(10));
    CHECK(agent["mean_all"].get<double>() == doctest::Approx(5));  // 20 s over four inquiries
    CHECK(agent["median"].get<double>() == doctest::Approx(10));   // of 5 and 15
    CHECK(agent["pickup_median"].get<double>() == doctest::Approx(4));
    CHECK(agent["business"]["mean"].get<double>() == doctest::Approx(10));
}

TEST_CASE("nothing answered is a sum of nothing over all inquiries; no inquiries have no mean") {
    const auto out = report({inquiry(1, std::nullopt, std::nullopt, std::nullopt, std::nullopt)});
    CHECK(out["total"]["bot"]["mean"].is_null());
    CHECK(out["total"]["bot"]["mean_all"] == 0);
    CHECK(report({})["total"]["bot"]["mean_all"].is_null());
}

TEST_CASE("the 90th percentile is the nearest rank") {
    std::vector<store::InquiryRow> rows;
    for (int i = 1; i <= 10; ++i) rows.push_back(inquiry(i, i, std::nullopt, std::nullopt, std::nullopt));
    CHECK(report(rows)["total"]["bot"]["p90"] == 9);
    rows.push_back(inquiry(11, 11, std::nullopt, std::nullopt, std::nullopt));
    CHECK(report(rows)["total"]["bot"]["p90"] == 10);
}

TEST_CASE("rows by team, nothing at all, and the forms for people and spreadsheets") {
    const auto teams =
        report({inquiry(1, 1, {}, {}, {}), inquiry(2, 2, {}, {}, {}), inquiry(3, 3, {}, {}, {})}, "team");
    REQUIRE(teams["rows"].size() == 2);
    CHECK(teams["rows"][0]["key"] == "care");
    CHECK(teams["rows"][0]["inquiries"] == 1);
    CHECK(teams["rows"][1]["inquiries"] == 2);
    const auto none = report({});
    CHECK(none["rows"].empty());
    CHECK(none["total"]["inquiries"] == 0);
    CHECK(none["total"]["bot"]["mean"].is_null());
    CHECK(insights::to_csv(teams).find("team,inquiries,bot_count") == 0);
    const auto csv = insights::to_csv(report({inquiry(1, 2, {}, {}, {})}));
    CHECK(csv.find(",agent_pickup_median,bot_business_mean,bot_business_mean_all,bot_business_median") !=
          std::string::npos);
    CHECK(csv.find(",,2.000,2.000,2.000,2.000,,") != std::string::npos);
    CHECK(insights::to_table(teams).find("sales") != std::string::npos);
    CHECK(insights::is_grouping("hour"));
    CHECK_FALSE(insights::is_grouping("moon"));
}
