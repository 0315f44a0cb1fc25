#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "bot/cli/cli.hpp"
#include "bot/cli/options.hpp"
#include "bot/conversation/rehearsal.hpp"
#include "bot/conversation/shelf.hpp"
#include "bot/conversation/shelf_words.hpp"
#include "catalog/money.hpp"

namespace maru::cli {
namespace {

using nlohmann::json;

int check(const std::string& folder, const std::vector<std::string>& sets) {
    Bundle bundle;
    const auto bot = load_or_complain(folder, overrides(sets), &bundle);
    if (!bot) return 1;
    flows::Problems problems;
    std::vector<flows::ConversationTest> tests;
    for (const auto& [name, text] : bundle.files)
        if (name.starts_with("tests/"))
            flows::read_conversation_tests(text, {name, problems, bot->settings.locales}, tests);
    for (const auto& problem : problems.sorted()) fmt::print(stderr, "{}\n", flows::yaml::to_string(problem));
    if (problems.has_errors()) return 1;
    fmt::print("{}: {} intents, {} FAQs, {} flows, {} products, {} tests; no errors\n", folder,
               bot->intents.all.size(), bot->faqs.all.size(), bot->flows->flows.size(),
               bot->catalog->products().size(), tests.size());
    return 0;
}

int test(const std::string& folder, std::vector<std::string> sets) {
    sets.emplace_back("explain=true");  // expectations look at what a message came from
    Bundle bundle;
    const auto bot = load_or_complain(folder, overrides(sets), &bundle);
    if (!bot) return 1;
    flows::Problems problems;
    std::vector<flows::ConversationTest> tests;
    for (const auto& [name, text] : bundle.files)
        if (name.starts_with("tests/"))
            flows::read_conversation_tests(text, {name, problems, bot->settings.locales}, tests);
    for (const auto& problem : problems.sorted()) fmt::print(stderr, "{}\n", flows::yaml::to_string(problem));
    if (problems.has_errors()) return 1;
    Rehearsal rehearsal(bot);
    std::vector<flows::TestResult> results;
    bool passed = true;
    for (const auto& one : tests) {
        results.push_back(flows::run_conversation_test(one, rehearsal));
        passed = passed && results.back().failures.empty();
    }
    fmt::print("{}", flows::report(results));
    return passed ? 0 : 1;
}

void print_indented(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) fmt::print("     | {}\n", line);
}

// What of the message decided, where that is not all of it; where an answer came from and how ready to buy
// the visitor seems.
void print_reason(const json& explain) {
    const auto meant = explain.value("trace", json::object()).value("meant", "");
    if (!meant.empty())
        fmt::print("     | read as \"{}\": {:.2f} {}\n", meant, explain.value("confidence", 0.0),
                   explain.value("intent", "?"));
    std::string signals;
    for (const auto& one : explain["readiness"]["signals"])
        signals += fmt::format(" {} {:.2f}", one.value("name", ""), one.value("score", 0.0));
    fmt::print("     | from {}; ready to buy {:.2f} of {:.2f}{}{}\n", explain.value("source", "?"),
               explain["readiness"].value("score", 0.0), explain["readiness"].value("threshold", 0.0),
               signals.empty() ? "" : ":", signals);
}

int chat(const std::string& folder, bool explain, const std::string& locale, std::vector<std::string> sets) {
    if (explain) sets.emplace_back("explain=true");
    const auto bot = load_or_complain(folder, overrides(sets));
    if (!bot) return 1;
    Rehearsal rehearsal(bot);
    std::vector<QuickReply> choices;
    const auto show = [&](const std::vector<store::MessageRow>& messages) {
        for (const auto& message : messages) {
            fmt::print("{}: {}\n", message.role, message.text);
            const auto extra = json::parse(message.extra.empty() ? "{}" : message.extra);
            for (const auto& card : extra.value("products", json::array())) {
                std::string why;
                for (const auto& reason : card["why"])
                    why += (why.empty() ? "" : ", ") + reason.get<std::string>();
                fmt::print("     - {} ({}{}{})\n", card["title"].get<std::string>(),
                           catalog::format_price({card["price"]["amount"], card["price"]["currency"]},
                                                 rehearsal.conversation().row.locale),
                           why.empty() ? "" : "; ", why);
            }
            choices.clear();
            for (const auto& one : extra.value("quick_replies", json::array())) {
                choices.push_back({one["label"], one["choice"]});
                fmt::print("     [{}] {}\n", choices.size(), choices.back().label);
            }
            if (explain && extra.contains("explain")) print_reason(extra["explain"]);
        }
        for (const auto& notice : rehearsal.notices())
            if (const auto* handoff = std::get_if<HandoffNotice>(&notice))
                fmt::print("     (handoff: {} {})\n", handoff->state, handoff->reason);
    };
    Facts facts;
    facts.agents_online = 1;
    show(rehearsal.open(locale, facts));
    std::string line;
    while (fmt::print("> "), std::fflush(stdout), std::getline(std::cin, line)) {
        if (line.empty()) continue;
        const bool number = line.size() == 2 && line[0] == '/' && line[1] >= '1' && line[1] <= '9';
        const auto index = number ? static_cast<std::size_t>(line[1] - '1') : choices.size();
        if (index < choices.size())
            show(rehearsal.said({}, std::string(choices[index].choice)));
        else {
            if (explain) {
                const ShelfWords shelf(bot->catalog.get());
                nlu::Context context;
                context.locale =
                    rehearsal.conversation().row.locale == "ko" ? nlu::Language::ko : nlu::Language::en;
                context.words = &shelf;
                print_indented(nlu::explain(bot->understanding->understand(line, context)));
            }
            show(rehearsal.said(line, {}));
        }
    }
    fmt::print("\n");
    return 0;
}

}  // namespace

void add_check(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("check", "Check a config folder; every problem as file:line:col");
    auto folder = std::make_shared<std::string>();
    auto sets = std::make_shared<std::vector<std::string>>();
    command->add_option("CONFIG_DIR", *folder)->required();
    command->add_option("--set", *sets, "KEY=VALUE: overrides a setting of bot.yaml")
        ->allow_extra_args(false);
    command->callback([=, &chosen] { chosen = [=] { return check(*folder, *sets); }; });
}

void add_talk(CLI::App& app, Chosen& chosen) {
    auto folder = std::make_shared<std::string>();
    auto locale = std::make_shared<std::string>();
    auto explain = std::make_shared<bool>(false);
    auto sets = std::make_shared<std::vector<std::string>>();
    auto* test_command = app.add_subcommand("test", "Run a config folder's conversation tests");
    test_command->add_option("CONFIG_DIR", *folder)->required();
    test_command->add_option("--set", *sets, "KEY=VALUE: overrides a setting of bot.yaml")
        ->allow_extra_args(false);
    test_command->callback([=, &chosen] { chosen = [=] { return test(*folder, *sets); }; });
    auto* chat_command = app.add_subcommand("chat", "Talk to the bot here; /1 presses the first button");
    chat_command->add_option("CONFIG_DIR", *folder)->required();
    chat_command->add_flag("--explain", *explain, "Show why the bot said what it said");
    chat_command->add_option("--locale", *locale, "ko or en");
    chat_command->add_option("--set", *sets, "KEY=VALUE: overrides a setting of bot.yaml")
        ->allow_extra_args(false);
    chat_command->callback(
        [=, &chosen] { chosen = [=] { return chat(*folder, *explain, *locale, *sets); }; });
}

}  // namespace maru::cli
