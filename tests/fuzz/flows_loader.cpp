// Any bytes as each of the content files: loading ends with problems or with content, and what loads can be
// run.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "flows/content/faqs.hpp"
#include "flows/content/intents.hpp"
#include "flows/content/shop.hpp"
#include "flows/content/tables.hpp"
#include "flows/loader.hpp"
#include "flows/machine.hpp"
#include "flows/testing/conversation_test.hpp"

using namespace maru::flows;

namespace {

void play(const FlowSet& flows, const Faqs& faqs, const Tables& tables) {
    Env env;
    env.faqs = &faqs;
    env.tables = &tables;
    for (const Flow& flow : flows.flows) {
        Run run = start(flows, flow.id, {}, {.text = "1 a-1", .choice = {}, .understanding = nullptr}, env);
        for (int turn = 0;
             turn < 4 && (run.outcome == Outcome::waiting || run.outcome == Outcome::not_understood);
             ++turn) {
            const auto state = RunState::from_json(run.state.to_json());
            if (!state) __builtin_trap();
            const auto what = awaiting(flows, *state, "ko");
            if (!what) __builtin_trap();
            const std::string choice =
                turn % 2 == 0 && !what->buttons.empty() ? what->buttons.front().choice : "";
            run = resume(flows, *state, {.text = "a-1", .choice = choice, .understanding = nullptr}, env);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    Problems problems;
    const Context context{data[0] % 8 == 6 ? "f.csv" : "f.yaml", problems, {"ko", "en"}};
    Intents intents;
    Faqs faqs;
    Stores stores;
    std::vector<Canned> canned;
    Vocabulary vocabulary;
    Tables tables;
    std::vector<ConversationTest> tests;
    switch (data[0] % 8) {
        case 0:
            read_intents(text, context, intents);
            check_intents(intents, problems);
            break;
        case 1:
            read_faqs(text, context, faqs);
            check_faqs(faqs, {}, {}, problems);
            break;
        case 2:
            read_stores(text, context, stores);
            (void)stores_table(stores);
            break;
        case 3:
            read_canned(text, context, canned);
            break;
        case 4:
            read_vocabulary(text, context, vocabulary);
            break;
        case 5:
            read_conversation_tests(text, context, tests);
            break;
        case 6:
            read_table(text, "t", context, tables);
            break;
        default: {
            World world;
            world.locales = {"ko", "en"};
            world.entities.emplace();
            world.tables = &tables;
            const auto flows = load_flows({{"f.yaml", text}}, world, problems);
            play(*flows, faqs, tables);
        }
    }
    for (const Problem& problem : problems.sorted()) (void)yaml::to_string(problem);
    return 0;
}
