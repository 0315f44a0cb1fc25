// What the README and the schemas promise is what the loader does.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "flows/testing/conversation_test.hpp"
#include "tests/unit/flows/support.hpp"

using namespace maru::flows;
using namespace maru::flows::testing;

namespace {

std::string file_text(const std::string& path) {
    std::ifstream in(std::string(MARU_SOURCE_DIR) + "/" + path, std::ios::binary);
    REQUIRE_MESSAGE(in.good(), path);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<std::string> yaml_blocks(const std::string& text) {
    constexpr std::string_view fence = "```yaml\n";
    std::vector<std::string> out;
    for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
        at += fence.size();
        const std::size_t end = text.find("```", at);
        out.push_back(text.substr(at, end - at));
        at = end;
    }
    return out;
}

std::string indented(const std::string& text) {
    std::istringstream lines(text);
    std::string out;
    for (std::string line; std::getline(lines, line);) out += "    " + line + "\n";
    return out;
}

}  // namespace

TEST_CASE("the README's examples are right") {
    int flows = 0;
    int tests = 0;
    for (const std::string& block : yaml_blocks(file_text("flows/README.md"))) {
        CAPTURE(block);
        Problems problems;
        World world;
        world.locales = {"ko", "en"};
        if (block.find("\ntests:") != std::string::npos) {
            const Context context{"README", problems, world.locales};
            std::vector<ConversationTest> read;
            read_conversation_tests(block, context, read);
            CHECK(messages(problems) == "");
            CHECK(read.size() == 1);
            ++tests;
            continue;
        }
        const bool whole = block.rfind("version:", 0) == 0;
        std::string text = whole ? block : "version: 1\nflows:\n- id: x\n  steps:\n" + indented(block);
        (void)load_flows({{"README", text}}, world, problems);
        ++flows;
        // Parts of flows name labels, flows and slots that stand elsewhere; all else must be right.
        for (const Problem& problem : problems.sorted()) {
            const auto about = [&](const char* words) {
                return problem.message.find(words) != std::string::npos;
            };
            const bool elsewhere = about("there is no label") || about("there is no flow") ||
                                   about("nothing ever sets") || about("may not be set yet");
            CHECK_MESSAGE((!whole && elsewhere), yaml::to_string(problem));
        }
    }
    CHECK(flows >= 8);
    CHECK(tests == 1);
}

TEST_CASE("the schemas are JSON and know every step") {
    for (const char* name :
         {"canned", "faq", "flows", "goes-with", "intents", "stores", "synonyms", "table", "tests"}) {
        CAPTURE(name);
        const auto schema =
            nlohmann::json::parse(file_text(std::string("flows/schema/") + name + ".schema.json"));
        CHECK(schema.at("properties").contains("version"));
    }
    const auto schema = nlohmann::json::parse(file_text("flows/schema/flows.schema.json"));
    std::string known;
    for (const auto& step : schema.at("$defs").at("step").at("anyOf"))
        if (step.contains("required") && step.at("required").at(0) != "label")
            known += (known.empty() ? "" : ", ") + step.at("required").at(0).get<std::string>();
    // The loader lists its steps, in the same order, when it is given none of them.
    const Loaded loaded(one_flow("    - Hello\n"));
    CHECK_MESSAGE(loaded.all().find("known steps are " + known + "\n") != std::string::npos, loaded.all()
                                                                                                 << known);
}
