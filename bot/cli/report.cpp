#include "bot/insights/report.hpp"

#include <fmt/format.h>

#include "bot/cli/cli.hpp"
#include "bot/cli/options.hpp"
#include "bot/content/goods.hpp"
#include "bot/insights/searches.hpp"

namespace maru::cli {
namespace {

struct Wanted {
    std::string from, to, by = "day", format = "table", data = "./maru-data";
};

Time time_of(const std::string& option, const std::string& text, Time fallback) {
    if (text.empty()) return fallback;
    const auto at = parse_time(text);
    if (!at)
        throw CLI::ValidationError(
            option, "\"" + text + "\" is no time; write it like 2026-11-21 or 2026-11-21T09:30:00Z");
    return *at;
}

int response_times(const Wanted& wanted) {
    Beside beside(wanted.data);
    const auto from = time_of("--from", wanted.from, Time{});
    const auto to = time_of("--to", wanted.to, beside.clock.now() + std::chrono::minutes{1});
    const auto report = insights::response_times(*beside.store, from, to, wanted.by);
    if (wanted.format == "json")
        fmt::print("{}\n", report.dump());
    else if (wanted.format == "csv")
        fmt::print("{}", insights::to_csv(report));
    else
        fmt::print("{}", insights::to_table(report));
    return 0;
}

struct WantedSearches {
    std::string from, to, locale, only = "all", format = "table", data = "./maru-data";
    std::uint32_t limit = 50;
};

int searches(const WantedSearches& wanted) {
    Beside beside(wanted.data);
    store::SearchFilter filter;
    if (!wanted.from.empty()) filter.from = time_of("--from", wanted.from, Time{});
    if (!wanted.to.empty()) filter.to = time_of("--to", wanted.to, Time{});
    filter.locale = wanted.locale;
    filter.only = insights::searches_only(wanted.only).value_or(filter.only);
    filter.limit = wanted.limit;
    const auto report = insights::searches(*beside.store, filter);
    if (wanted.format == "json")
        fmt::print("{}\n", report.dump());
    else if (wanted.format == "csv")
        fmt::print("{}", insights::searches_csv(report));
    else
        fmt::print("{}", insights::searches_table(report));
    return 0;
}

void add_searches(CLI::App& reports, Chosen& chosen) {
    auto* command = reports.add_subcommand(
        "searches", "What visitors looked for, what was not found and what nobody took");
    auto wanted = std::make_shared<WantedSearches>();
    command->add_option("--from", wanted->from, "Asked on this day (UTC) or later");
    command->add_option("--to", wanted->to, "… and before this one");
    command->add_option("--locale", wanted->locale, "Only in this language");
    command
        ->add_option("--only", wanted->only,
                     "all, nothing (found) or unfollowed (nobody took what was shown)")
        ->check(CLI::IsMember({"all", "nothing", "unfollowed"}))
        ->capture_default_str();
    command->add_option("--limit", wanted->limit, "Rows at most")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    command->add_option("--format", wanted->format, "table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->capture_default_str();
    command->add_option("--data", wanted->data, "The server's data folder")->capture_default_str();
    command->callback([wanted, &chosen] { chosen = [wanted] { return searches(*wanted); }; });
}

}  // namespace

void add_report(CLI::App& app, Chosen& chosen) {
    auto* reports = app.add_subcommand("report", "Figures from the store; works beside a running server")
                        ->require_subcommand(1);
    auto* times = reports->add_subcommand("response-times", "First response times of the bot and of agents");
    auto wanted = std::make_shared<Wanted>();
    times->add_option("--from", wanted->from, "Inquiries opened at or after this time");
    times->add_option("--to", wanted->to, "… and before this one");
    times->add_option("--by", wanted->by, "day, hour, agent, team, channel or site")
        ->check(CLI::IsMember({"day", "hour", "agent", "team", "channel", "site"}))
        ->capture_default_str();
    times->add_option("--format", wanted->format, "table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->capture_default_str();
    times->add_option("--data", wanted->data, "The server's data folder")->capture_default_str();
    times->callback([wanted, &chosen] { chosen = [wanted] { return response_times(*wanted); }; });

    add_searches(*reports, chosen);

    auto* backup =
        app.add_subcommand("backup", "A consistent copy of everything in the data folder, while serving");
    auto file = std::make_shared<std::string>();
    auto data = std::make_shared<std::string>("./maru-data");
    backup->add_option("FILE", *file, "A new file")->required();
    backup->add_option("--data", *data, "The server's data folder")->capture_default_str();
    backup->callback([file, data, &chosen] {
        chosen = [file, data] {
            Beside beside(*data);
            beside.store->backup(*file, goods_files(std::filesystem::path(*data) / "catalog"));
            return 0;
        };
    });
}

}  // namespace maru::cli
