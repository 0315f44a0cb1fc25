#include <doctest/doctest.h>

#include "flows/testing/conversation_test.hpp"
#include "tests/unit/flows/support.hpp"

using namespace maru::flows;
using namespace maru::flows::testing;

namespace {

// Answers by a fixed script, whatever is said.
class Scripted : public BotUnderTest {
  public:
    std::vector<TestReply> greeting;
    std::vector<TestReply> answer;
    std::vector<std::string> heard;

    std::vector<TestReply> begin(const ConversationTest& /*test*/) override { return greeting; }
    std::vector<TestReply> say(std::string_view text) override {
        heard.push_back("say " + std::string(text));
        return answer;
    }
    std::vector<TestReply> choose(std::string_view choice, std::string_view label) override {
        heard.push_back("choose " + std::string(choice) + " " + std::string(label));
        return answer;
    }
    std::vector<TestReply> event(std::string_view name, std::string_view product,
                                 std::optional<std::int64_t> amount) override {
        heard.push_back("event " + std::string(name) + " " + std::string(product) + " " +
                        std::to_string(amount.value_or(-1)));
        return answer;
    }
    std::string state() override { return "queued"; }
};

std::vector<ConversationTest> tests_from(const std::string& steps, std::string* problems_text = nullptr) {
    Problems problems;
    const Context context{"t.yaml", problems, {"ko", "en"}};
    std::vector<ConversationTest> out;
    read_conversation_tests("version: 1\ntests:\n- name: T\n  steps:\n" + steps, context, out);
    if (problems_text != nullptr) {
        *problems_text = messages(problems);
    } else {
        CHECK(messages(problems) == "");
    }
    return out;
}

TestReply reply() {
    TestReply r;
    r.text = "무선 마우스 2개를 찾았어요. 이틀 걸립니다.";
    r.buttons = {{"더 보기", "say:more"}, {"상담원", "handoff"}};
    r.products = {{"m1", "무선 마우스 A", "Sorimo", 15000, true},
                  {"m2", "게이밍 마우스", "Klikka", 45000, false}};
    r.source = "catalog";
    r.handoff = "ready";
    return r;
}

}  // namespace

TEST_CASE("expectations hold or fail with what came instead") {
    struct Case {
        std::string expectation;
        std::string failure;  // "" none
    };
    const std::vector<Case> cases = {
        {"무선마우스", ""},
        {"[이틀, 찾았어요]", ""},
        {"사흘", "no message contains it\n      expected: \"사흘\"\n      got:      \"무선 마우스 2개를"},
        {"{not_contains: 사흘}", ""},
        {"{not_contains: 이틀}", "a message contains what it must not"},
        {"{any_of: [사흘, 이틀]}", ""},
        {"{any_of: [사흘, 나흘]}", "no message contains any of them\n      expected: 사흘, 나흘"},
        {"{matches: '\\d개'}", ""},
        {"{matches: '^\\d개'}", "no message matches"},
        {"{source: catalog}", ""},
        {"{source: \"cat*\"}", ""},
        {"{source: \"faq:*\"}",
         "the answer comes from elsewhere\n      expected: faq:*\n      got:      catalog"},
        {"{language: ko}", ""},
        {"{language: en}", "a message is not in `en`"},
        {"{quick_replies: [더보기, handoff]}", ""},
        {"{quick_replies: [반품]}",
         "a quick reply is missing\n      expected: 반품\n      got:      더 보기, 상담원"},
        {"{handoff: ready}", ""},
        {"{handoff: any}", ""},
        {"{handoff: none}", "expected: none\n      got:      ready"},
        {"{survey: none}", ""},
        {"{survey: csat}", "expected: csat\n      got:      none"},
        {"{state: queued}", ""},
        {"{state: bot}", "expected: bot\n      got:      queued"},
        {"{silent: false}", ""},
        {"{silent: true}", "no message was expected"},
        {"{products: {count: 2, max_price: 45000, min_price: 15000, ids: [m1], all_contain: [마우스]}}", ""},
        {"{products: {count: 3}}", "another number of products\n      expected: 3 to 3\n      got:      2"},
        {"{products: {at_least: 3}}", "expected: 3 or more"},
        {"{products: {at_most: 0}}", "expected: 0 to 0"},
        {"{products: {max_price: 20000}}",
         "a product is dearer than allowed\n      expected: at most 20000\n      got:      게이밍 마우스, "
         "45000"},
        {"{products: {min_price: 20000}}", "a product is cheaper than asked for"},
        {"{products: {all_contain: [무선, 유선]}}", "a product's title has none of the words"},
        {"{products: {all_contain: [sorimo, klikka]}}", ""},
        {"{products: {ids: [m3]}}", "the product `m3` is missing"},
        {"{products: {in_stock: true}}", "a product is not in stock"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.expectation);
        Scripted bot;
        bot.answer = {reply()};
        const auto tests = tests_from("  - user: 안녕\n  - bot: " + c.expectation + "\n");
        REQUIRE(tests.size() == 1);
        const TestResult result = run_conversation_test(tests[0], bot);
        CHECK(result.passed() == c.failure.empty());
        const std::string all = report({result});
        if (!c.failure.empty()) {
            CHECK_MESSAGE(all.find(c.failure) != std::string::npos, all);
            CHECK(all.find("t.yaml:6:") != std::string::npos);
        }
    }
}

TEST_CASE("no message fails what expects one, and cards are wanted where they are described") {
    for (const char* expectation :
         {"x", "{language: ko}", "{source: catalog}", "{handoff: any}", "{silent: false}",
          "{products: {max_price: 100}}", "{matches: x}", "{any_of: [x]}"}) {
        CAPTURE(expectation);
        Scripted bot;
        const auto tests = tests_from("  - user: 안녕\n  - bot: " + std::string(expectation) + "\n");
        CHECK_FALSE(run_conversation_test(tests[0], bot).passed());
    }
}

TEST_CASE("a conversation is played in order: greeting, words, buttons by label or choice, events") {
    Scripted bot;
    TestReply greeting;
    greeting.text = "어서 오세요";
    greeting.buttons = {{"배송 조회", "flow:track"}};
    bot.greeting = {greeting};
    bot.answer = {reply()};
    const auto tests = tests_from(
        "  - bot: 어서\n  - choice: 배송조회\n  - user: \"  \"\n  - choice: say:more\n  - event: {name: "
        "add_to_cart, product: m1, amount: 5}\n"
        "  - event: page_view\n  - bot: {silent: false}\n  - choice: 없는 버튼\n");
    const TestResult result = run_conversation_test(tests[0], bot);
    CHECK(bot.heard == std::vector<std::string>{"choose flow:track 배송 조회", "say   ",
                                                "choose say:more 더 보기", "event add_to_cart m1 5",
                                                "event page_view  -1"});
    REQUIRE(result.failures.size() == 1);
    CHECK(result.failures[0].message ==
          "there is no button \"없는 버튼\"; the last ones were: 더 보기, 상담원");
    CHECK(result.failures[0].transcript.find("  choice: 배송조회\n  bot:  무선 마우스") != std::string::npos);
}

TEST_CASE("a skipped test says why and does not pass") {
    Problems problems;
    const Context context{"t.yaml", problems, {"ko", "en"}};
    std::vector<ConversationTest> tests;
    read_conversation_tests(
        "version: 1\ntests:\n- name: T\n  locale: en\n  skip: later\n  given: {hours.open: true, "
        "agents.online: 2, visitor.name: Kim}\n"
        "  steps: [user: x, bot: y]\n",
        context, tests);
    REQUIRE(tests.size() == 1);
    CHECK(tests[0].given.get("agents.online") == Value{2.0});
    CHECK(tests[0].given.get("hours.open") == Value{true});
    CHECK(tests[0].given.get("visitor.name") == Value{std::string("Kim")});
    Scripted bot;
    const TestResult result = run_conversation_test(tests[0], bot);
    CHECK_FALSE(result.passed());
    CHECK(report({result}) ==
          "t.yaml:3: SKIPPED T: later\n1 conversation tests: 0 passed, 0 failed, 1 skipped\n");
}

TEST_CASE("what is wrong in a test file is named with its place") {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"  - usr: x\n  - bot: y\n", "t.yaml:5:5: error: unknown key `usr`; did you mean `user`?"},
        {"  - user: x\n", "t.yaml:3:3: error: the test `T` expects nothing"},
        {"  - user: x\n    bot: y\n", "t.yaml:5:5: error: a step is one of"},
        {"  - bot: {}\n", "`bot` expects nothing"},
        {"  - bot: {contain: x}\n", "unknown key `contain`; did you mean `contains`?"},
        {"  - bot: {matches: '('}\n", "t.yaml:5:20: error: `(` is not a valid pattern"},
        {"  - bot: {handoff: angry}\n", "`handoff` cannot be `angry`"},
        {"  - event: add_to_car\n  - bot: x\n",
         "there is no event `add_to_car`; did you mean `add_to_cart`?"},
        {"  - bot: {products: {count: many}}\n",
         "`count` must be a whole number of at least 0, here is `many`"},
    };
    for (const auto& [steps, message] : cases) {
        CAPTURE(steps);
        std::string all;
        (void)tests_from(steps, &all);
        CHECK_MESSAGE(all.find(message) != std::string::npos, all);
    }
}
