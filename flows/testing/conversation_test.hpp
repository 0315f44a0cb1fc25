// tests/*.yaml: conversations as they should go, and the runner that plays them against a bot.
//
//   version: 1
//   tests:
//     - name: a broken lamp is sent back
//       locale: ko
//       given: {hours.open: true, agents.online: 1}
//       steps:
//         - user: 반품하고 싶어요
//         - bot: 주문번호                     # some message of this answer contains it
//         - user: A-1
//         - bot: {contains: [접수, 이틀], source: "flow:return", quick_replies: [불량, 변심]}
//         - choice: 불량                      # a button's label or value
//         - event: {name: add_to_cart, product: p1}
//         - bot: {handoff: ready}
//
// `bot:` looks at all messages since the last thing the visitor did. Reading and running are pure but for the
// bot given.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/content/common.hpp"
#include "flows/value.hpp"

namespace maru::flows {

// What an answer should be like; whatever is not written is not looked at.
struct Expectation {
    Position at;
    std::vector<std::string> contains, not_contains;  // letters' case and spaces aside
    std::vector<std::string> any_of;                  // at least one of them
    std::vector<std::string> matches;                 // RE2, over each message
    std::string source;                               // "faq:delivery"; "catalog"; "flow:*": any flow
    std::string language;                             // ko or en: what the messages are written in
    std::vector<std::string> quick_replies;           // labels or choices that must be there
    std::optional<std::string> handoff;               // reason; "none": there must be none; "any"
    std::optional<std::string> survey;                // csat, ces, nps or "none"
    std::string state;                                // bot, queued, agent, closed
    std::optional<bool> silent;                       // no message at all
    struct Products {
        Position at;
        std::optional<std::int64_t> least, most;           // how many cards
        std::optional<std::int64_t> min_price, max_price;  // every card, minor units
        std::vector<std::string> ids;                      // must all be among them
        std::vector<std::string> all_contain;              // every title (or brand) contains one of these
        std::optional<bool> in_stock;                      // every card
    };
    std::optional<Products> products;
};

struct TestStep {
    enum class Kind : std::uint8_t { user, choice, event, bot };
    Kind kind = Kind::user;
    Position at;
    std::string text;  // what is written; the button; the event's name
    std::string product;
    std::optional<std::int64_t> amount;
    Expectation expected;  // of bot
};

struct ConversationTest {
    std::string name;
    Where where;
    std::string locale;
    std::string site;
    std::string skip;  // the reason, "" none
    Slots given;       // facts
    std::vector<TestStep> steps;
};

// Adds a file's tests to `into`; problems go to the context.
void read_conversation_tests(std::string_view text, const Context& context,
                             std::vector<ConversationTest>& into);

// ---- running

// A message of the bot, as a visitor would see it.
struct TestReply {
    struct Card {
        std::string id, title, brand;
        std::int64_t price = 0;  // minor units
        bool in_stock = true;
    };
    std::string text;
    std::vector<Button> buttons;
    std::vector<Card> products;
    std::string source;
    std::string handoff;  // the reason, when this hands over
    std::string survey;   // the kind, when this is one
};

// What runs the conversation: the real turn without sockets, or a fake. One conversation at a time.
class BotUnderTest {
  public:
    virtual ~BotUnderTest() = default;
    // A new conversation; the greeting, if any, is the answer.
    virtual std::vector<TestReply> begin(const ConversationTest& test) = 0;
    virtual std::vector<TestReply> say(std::string_view text) = 0;
    virtual std::vector<TestReply> choose(std::string_view choice, std::string_view label) = 0;
    virtual std::vector<TestReply> event(std::string_view name, std::string_view product,
                                         std::optional<std::int64_t> amount) = 0;
    virtual std::string state() = 0;  // bot, queued, agent, closed
};

struct TestFailure {
    Position at;
    std::string message;     // what was expected and what came
    std::string transcript;  // the conversation up to here
};

struct TestResult {
    const ConversationTest* test = nullptr;
    std::vector<TestFailure>
        failures;  // a test goes on after a failed expectation, so that one run shows all
    bool skipped = false;
    [[nodiscard]] bool passed() const noexcept { return failures.empty() && !skipped; }
};

[[nodiscard]] TestResult run_conversation_test(const ConversationTest& test, BotUnderTest& bot);

// For people: every failure as "file:line:col: FAILED name" with the difference and the transcript, then one
// line of counts.
[[nodiscard]] std::string report(const std::vector<TestResult>& results);

}  // namespace maru::flows
