#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/flows/support.hpp"

using namespace maru::flows;
using namespace maru::flows::testing;
namespace nlu = maru::nlu;
namespace catalog = maru::catalog;

namespace {

// A conversation with one flow; the state goes through JSON between turns, as it does in the store.
struct Talk {
    explicit Talk(const std::string& text) : loaded(text) {
        // Most texts here are in one language, which is a warning.
        CHECK_MESSAGE(!loaded.problems.has_errors(), loaded.all());
        env.faqs = &loaded.faqs;
        env.tables = &loaded.tables;
        env.facts = &facts;
        env.locale = "en";
    }

    static nlu::Understanding understood(const std::string& text, std::vector<nlu::Entity> entities) {
        nlu::Understanding out;
        out.text = text;
        out.entities = std::move(entities);
        return out;
    }

    Run keep(Run next) {
        run = std::move(next);
        const auto state = RunState::from_json(nlohmann::json::parse(run.state.to_json().dump()));
        REQUIRE(state.has_value());
        CHECK(*state == run.state);
        return run;
    }
    Run begin(const std::string& text = "", std::vector<nlu::Entity> entities = {}, Slots vars = {}) {
        const auto u = understood(text, std::move(entities));
        return keep(
            start(*loaded.set, "f", std::move(vars), {.text = text, .choice = {}, .understanding = &u}, env));
    }
    Run say(const std::string& text, std::vector<nlu::Entity> entities = {}) {
        const auto u = understood(text, std::move(entities));
        return keep(resume(*loaded.set, run.state, {.text = text, .choice = {}, .understanding = &u}, env));
    }
    Run press(const std::string& choice) {
        return keep(
            resume(*loaded.set, run.state, {.text = {}, .choice = choice, .understanding = nullptr}, env));
    }
    [[nodiscard]] std::string slot(const std::string& name) const {
        return as_text(run.state.slots.get(name));
    }

    Loaded loaded;
    Slots facts;
    Env env;
    Run run;
};

std::string texts(const Run& run) {
    std::string out;
    for (const Effect& effect : run.effects) {
        if (!out.empty()) out += " | ";
        if (const auto* say = std::get_if<SayEffect>(&effect)) out += say->text;
        if (const auto* handoff = std::get_if<HandoffEffect>(&effect))
            out += "HANDOFF " + handoff->reason + "/" + handoff->team + "/" + handoff->note;
        if (const auto* survey = std::get_if<SurveyEffect>(&effect)) out += "SURVEY " + survey->kind;
    }
    return out;
}

const SayEffect& last_say(const Run& run) {
    return std::get<SayEffect>(run.effects.back());
}

nlu::Entity entity(const std::string& type, nlu::Value value, std::uint32_t begin = 0,
                   std::uint32_t end = 1) {
    return {type, std::move(value), {begin, end}, "as said"};
}

}  // namespace

TEST_CASE("say: locale, variants by seed, quick replies, source") {
    Talk talk(
        one_flow("    - say: {ko: [하나, 둘], en: One}\n      quick_replies: [{label: {ko: 배송, en: "
                 "Delivery}, faq: delivery}]\n"));
    CHECK(texts(talk.begin()) == "One");
    CHECK(talk.run.outcome == Outcome::ended);
    CHECK(last_say(talk.run).source == "flow:f");
    CHECK_FALSE(last_say(talk.run).question);
    CHECK(last_say(talk.run).buttons == std::vector<Button>{{"Delivery", "faq:delivery"}});
    talk.env.locale = "ko";
    talk.env.seed = 3;
    CHECK(texts(talk.begin()) == "둘");
}

TEST_CASE("ask: an entity, a pattern, any text; what does not fit is asked again, then given up") {
    Talk talk(
        one_flow("    - ask: n\n      text: How many?\n      entity: number\n      retries: 1\n      retry: "
                 "A number please\n"
                 "    - ask: code\n      text: Code?\n      pattern: '[A-Z]-(\\d+)'\n      retries: 0\n      "
                 "otherwise: [set: {code: none_given}]\n"
                 "    - ask: note\n      text: Note?\n      entity: text\n"
                 "    - say: \"{n} {code} {note}\"\n"));
    CHECK(texts(talk.begin()) == "How many?");
    CHECK(talk.run.outcome == Outcome::waiting);
    CHECK(last_say(talk.run).question);

    CHECK(texts(talk.say("what?")) == "A number please");
    CHECK(talk.run.outcome == Outcome::not_understood);
    CHECK_FALSE(talk.run.understood);
    CHECK(talk.run.state.attempts == 1);

    CHECK(texts(talk.say("2 boxes", {entity("quantity", nlu::Quantity{2, "box"})})) == "Code?");
    CHECK(talk.run.understood);
    CHECK(talk.slot("n") == "2");
    CHECK(talk.run.state.attempts == 0);

    SUBCASE("found in the message, whatever its case") {
        CHECK(texts(talk.say("it is a-77 I think")) == "Note?");
        CHECK(texts(talk.say("  thank you ")) == "2 77 thank you");
        CHECK(talk.run.outcome == Outcome::ended);
        CHECK(talk.run.state.stack.empty());
    }
    SUBCASE("given up: goes on at `otherwise`") {
        CHECK(texts(talk.say("no idea")) == "Note?");
        CHECK_FALSE(talk.run.understood);
        CHECK(talk.run.outcome == Outcome::waiting);
        CHECK(talk.slot("code") == "none_given");
    }
}

TEST_CASE("ask: without `otherwise` a person takes over") {
    Talk talk(one_flow("    - ask: n\n      text: How many?\n      entity: number\n      retries: 0\n"));
    talk.begin();
    CHECK(texts(talk.say("hm")) == "HANDOFF bot_failed//flow f, question n");
    CHECK(talk.run.outcome == Outcome::handed_off);
    CHECK_FALSE(talk.run.understood);
    CHECK(talk.run.state.stack.empty());
}

TEST_CASE("ask: a check that fails says why, keeps the old value and counts as a try") {
    Talk talk(one_flow(
        "    - ask: n\n      text: How many?\n      entity: number\n      retries: 1\n"
        "      check: [{if: n > 0, message: At least one}, {if: n <= 10, message: \"{n} is too many\"}]\n"
        "      otherwise: [say: Never mind]\n"));
    talk.begin();
    CHECK(texts(talk.say("50", {entity("number", 50.0)})) == "50 is too many");
    CHECK(talk.run.outcome == Outcome::waiting);
    CHECK(talk.run.understood);
    CHECK(talk.slot("n") == "");
    CHECK(texts(talk.say("0", {entity("number", 0.0)})) == "Never mind");
    CHECK(talk.run.outcome == Outcome::ended);
}

TEST_CASE("ask: what the visitor has said already is not asked") {
    const std::string flow = one_flow(
        "    - ask: n\n      text: How many?\n      entity: number\n      check: {if: n < 10, message: Too "
        "many}\n"
        "    - ask: m\n      text: How many more?\n      entity: number\n"
        "    - ask: sure\n      text: Sure?\n      entity: yes_no\n");
    Talk talk(flow);
    CHECK(texts(talk.begin("3 please, then 4", {entity("number", 3.0, 0, 1), entity("number", 4.0, 15, 16),
                                                entity("yes_no", true, 2, 8)})) == "Sure?");
    CHECK(talk.slot("n") == "3");
    CHECK(talk.slot("m") == "4");
    CHECK(texts(talk.begin("50 please", {entity("number", 50.0)})) == "How many?");
    CHECK(talk.slot("n") == "");
    Slots vars;
    vars.set("n", 5.0);
    CHECK(texts(talk.begin("", {}, vars)) == "How many more?");
    // One answer fills the next question too, but not with the same words.
    talk.begin();
    CHECK(texts(talk.say("1 and 2", {entity("number", 1.0, 0, 1), entity("number", 2.0, 6, 7)})) == "Sure?");
    talk.begin();
    CHECK(texts(talk.say("1", {entity("number", 1.0, 0, 1),
                               entity("quantity", nlu::Quantity{1, "x"}, 0, 1)})) == "How many more?");
}

TEST_CASE("ask: a question that is come back to is asked again") {
    Talk talk(
        one_flow("    - ask: n\n      label: again\n      text: Number?\n      pattern: '[A-Z]-\\d'\n"
                 "    - lookup: orders\n      key: \"{n}\"\n      into: order\n"
                 "      not_found:\n        - say: \"No order {n}\"\n        - goto: again\n"
                 "    - say: \"{order.status}, {order.total|price}\"\n"));
    CHECK(texts(talk.begin("where is B-9?")) == "No order B-9 | Number?");
    CHECK(texts(talk.say("B-8")) == "No order B-8 | Number?");
    CHECK(texts(talk.say("a-1")) == "on its way, ₩12,000");
    talk.env.locale = "ko";
    CHECK(texts(talk.begin("A-1")) == "배송 중, 12,000원");
}

TEST_CASE("ask: of two answers the one that was not tried before") {
    Talk talk(
        one_flow("    - ask: n\n      label: again\n      text: Number?\n      entity: number\n"
                 "    - if: n == 7\n      then: [say: Found]\n      else: [say: \"No {n}\", goto: again]\n"));
    talk.begin("3", {entity("number", 3.0, 0, 1)});
    CHECK(texts(talk.say("3, or maybe 7", {entity("number", 3.0, 0, 1), entity("number", 7.0, 12, 13)})) ==
          "Found");
}

TEST_CASE("ask: yes and no, by entity, button, word and number") {
    Talk talk(
        one_flow("    - ask: ok\n      text: Ok?\n      entity: yes_no\n      no: {ko: 싫어요, en: Nope}\n"
                 "    - if: ok\n      then: [say: Good]\n      else: [say: Bad]\n"));
    talk.begin();
    CHECK(last_say(talk.run).buttons ==
          std::vector<Button>{{"Yes", "flow:f/ok/yes"}, {"Nope", "flow:f/ok/no"}});
    CHECK(texts(talk.press("flow:f/ok/no")) == "Bad");
    talk.begin();
    CHECK(texts(talk.say("ok", {entity("yes_no", true)})) == "Good");
    talk.begin();
    CHECK(texts(talk.say("nope!")) == "Bad");
    talk.begin();
    CHECK(texts(talk.say("2")) == "Bad");
    talk.begin();
    CHECK(talk.say("perhaps").outcome == Outcome::not_understood);
}

TEST_CASE("ask: suggestions set their value, or their words") {
    Talk talk(one_flow(
        "    - ask: when\n      text: When?\n      entity: datetime\n"
        "      quick_replies: [{ko: 오늘, en: Today}, {label: {ko: 나중에, en: Later}, value: later}]\n"
        "    - say: \"{when}\"\n"));
    talk.begin();
    CHECK(texts(talk.press("flow:f/when/1")) == "Today");
    talk.begin();
    // A value is shown by its label.
    CHECK(texts(talk.press("flow:f/when/later")) == "Later");
    CHECK(talk.slot("when") == "later");
    talk.begin();
    CHECK(texts(talk.say("later")) == "Later");
    talk.begin();
    CHECK(texts(talk.say("Friday", {{"datetime", nlu::DateTime{}, {0, 6}, "Friday"}})) == "Friday");
}

TEST_CASE("choose: buttons with stable choices, targets, the slot's label in texts") {
    const std::string flow =
        one_flow(
            "    - choose: reason\n      text: Why?\n      options:\n"
            "        - {value: defect, label: {ko: 불량이에요, en: It is broken}, words: [고장], intents: "
            "[defective], then: [say: \"Broken: {reason}\"]}\n"
            "        - {value: color, label: {ko: 색상이 달라요, en: Wrong colour}}\n"
            "        - {value: refund, label: {ko: 환불 취소, en: Cancel the refund}, goto: out}\n"
            "        - {value: back, label: {ko: 환불, en: Refund}, call: g}\n"
            "    - say: \"Chosen {reason}\"\n"
            "    - say: Out\n      label: out\n") +
        "- id: g\n  steps: [say: Called]\n";
    Talk talk(flow);
    talk.begin();
    CHECK(last_say(talk.run).buttons == std::vector<Button>{{"It is broken", "flow:f/reason/defect"},
                                                            {"Wrong colour", "flow:f/reason/color"},
                                                            {"Cancel the refund", "flow:f/reason/refund"},
                                                            {"Refund", "flow:f/reason/back"}});
    CHECK(texts(talk.press("flow:f/reason/defect")) == "Broken: It is broken | Chosen It is broken | Out");
    CHECK(talk.slot("reason") == "defect");
    talk.begin();
    CHECK(texts(talk.press("flow:f/reason/refund")) == "Out");
    talk.begin();
    CHECK(texts(talk.press("flow:f/reason/back")) == "Called | Chosen Refund | Out");
    talk.begin();
    CHECK(talk.press("flow:f/reason/nothing").outcome == Outcome::not_understood);

    const std::vector<std::pair<std::string, std::string>> typed = {
        {"it is broken", "defect"},
        {"IT IS BROKEN!!", "defect"},
        {"broken", "defect"},
        {"it is brokn", "defect"},
        {"불량이에요", "defect"},
        {"고장났어요", "defect"},
        {"defect", "defect"},
        {"1", "defect"},
        {"1번이요", "defect"},
        {"２번", "color"},
        {"wrong color", "color"},
        {"색상", "color"},
        {"색상이 달라여", "color"},
        {"색상이달라요", "color"},
        {"환불 취소", "refund"},
        {"환불취소할게요", "refund"},
        {"환불", "back"},
        {"환불이요", "back"},
        {"환불 말고 고장", "defect"},
        {"not refund but broken", "defect"},
        {"9", ""},
        {"banana", ""},
        {"", ""},
        {"고장 색상이 달라요", ""},
        {"the wrong colour I think", "color"},
    };
    for (const auto& [text, expected] : typed) {
        CAPTURE(text);
        talk.begin();
        talk.say(text);
        CHECK((talk.run.outcome == Outcome::not_understood) == expected.empty());
        if (!expected.empty()) CHECK(talk.slot("reason") == expected);
    }
    talk.begin();
    talk.say("the last one", {entity("ordinal", nlu::Ordinal{-1})});
    CHECK(talk.slot("reason") == "back");
    talk.begin();
    nlu::Understanding meaning;
    meaning.in_scope = true;
    meaning.ranked = {{"intent:defective", 0.9F}};
    const Run run = resume(*talk.loaded.set, talk.run.state,
                           {.text = "does not switch on", .choice = {}, .understanding = &meaning}, talk.env);
    CHECK(as_text(run.state.slots.get("reason")) == "defect");
}

TEST_CASE("choose: an earlier button goes back, a known slot is not asked for") {
    const std::string flow = one_flow(
        "    - choose: a\n      text: A?\n      options: [{value: x, label: X1}, {value: y, label: Y1}]\n"
        "    - choose: b\n      text: \"B for {a}?\"\n      options: [{value: p, label: P1}, {value: q, "
        "label: Q1}]\n"
        "    - say: \"{a} {b}\"\n");
    Talk talk(flow);
    talk.begin();
    CHECK(texts(talk.press("flow:f/a/x")) == "B for X1?");
    CHECK(texts(talk.press("flow:f/a/y")) == "B for Y1?");
    CHECK(texts(talk.press("flow:f/b/q")) == "Y1 Q1");
    Slots vars;
    vars.set("a", std::string("y"));
    CHECK(texts(talk.begin("", {}, vars)) == "B for Y1?");
    vars.set("a", std::string("something else"));
    CHECK(texts(talk.begin("", {}, vars)) == "A?");
    // The flow is over; its buttons still stand in the visitor's window.
    const Run late = enter(*talk.loaded.set, "flow:f/b/p", vars, {}, talk.env);
    CHECK(texts(late) == "something else P1");
    CHECK(enter(*talk.loaded.set, "flow:f/b/z", {}, {}, talk.env).outcome == Outcome::failed);
}

TEST_CASE("branch, if, set, clear, goto, end") {
    Talk talk(
        one_flow("    - set: {n: \"= 1 + 1\", t: \"{n}!\"}\n"
                 "    - branch:\n        - if: n > 2\n          then: [say: Many]\n        - if: "
                 "hours.open\n          then: [say: \"Open {t}\"]\n"
                 "        - else: [say: Closed]\n"
                 "    - clear: [n]\n"
                 "    - if: known(n)\n      then: [say: Known]\n"
                 "    - if: agents.online > 0\n      then: {goto: last}\n"
                 "    - end\n"
                 "    - say: Last\n      label: last\n"));
    CHECK(texts(talk.begin()) == "Closed");
    talk.facts.set("hours.open", true);
    talk.facts.set("agents.online", 2.0);
    CHECK(texts(talk.begin()) == "Open 2! | Last");
    CHECK(talk.run.outcome == Outcome::ended);
}

TEST_CASE("answer, survey, handoff with a note") {
    Talk talk(
        one_flow("    - answer: delivery\n    - survey: nps\n    - set: {who: Kim}\n    - handoff: ready\n   "
                 "   team: sales\n"
                 "      note: \"{who} wants it\"\n"));
    CHECK(texts(talk.begin()) == "Two days. | SURVEY nps | HANDOFF ready/sales/Kim wants it");
    CHECK(std::get<SayEffect>(talk.run.effects[0]).source == "faq:delivery");
    CHECK(talk.run.outcome == Outcome::handed_off);
}

TEST_CASE("call: waits inside, comes back, passes slots on; a last call follows for ever") {
    Talk talk(
        one_flow("    - say: Before\n    - call: g\n      with: {x: 1}\n    - say: \"After {y}\"\n    - "
                 "call: h\n") +
        "- id: g\n  steps:\n  - ask: y\n    text: \"Y for {x}?\"\n    entity: text\n"
        "- id: h\n  steps:\n  - ask: z\n    text: Z?\n    entity: text\n    always: true\n  - call: h\n");
    CHECK(texts(talk.begin()) == "Before | Y for 1?");
    CHECK(talk.run.state.stack.size() == 2);
    CHECK(texts(talk.say("why")) == "After why | Z?");
    for (int i = 0; i < 50; ++i) CHECK(texts(talk.say("zzz")) == "Z?");
    CHECK(talk.run.state.stack.size() == 1);
}

TEST_CASE("an interruption in between: the question is asked again without counting") {
    Talk talk(one_flow("    - ask: n\n      text: How many?\n      entity: number\n"));
    talk.begin();
    const RunState before = talk.run.state;
    CHECK(talk.say("배송은요?").outcome == Outcome::not_understood);
    const Run again = reprompt(*talk.loaded.set, before, talk.env);
    CHECK(texts(again) == "How many?");
    CHECK(again.outcome == Outcome::waiting);
    CHECK(again.state == before);
    const auto what = awaiting(*talk.loaded.set, before, "en");
    REQUIRE(what.has_value());
    CHECK(what->entity == "number");
    CHECK(what->slot == "n");
    CHECK(what->interruptible);
    CHECK_FALSE(what->choice);
}

TEST_CASE("products: search, recommend, the second one") {
    std::vector<catalog::Product> products;
    for (int i = 1; i <= 6; ++i) {
        catalog::Product p;
        p.id = "m" + std::to_string(i);
        p.text.title = (i % 2 == 0 ? "Silent Mouse " : "Gaming Mouse ") + std::to_string(i);
        p.text.product_type = "Computers > Mice";
        p.brand = i % 2 == 0 ? "Sorimo" : "Klikka";
        p.price = {10000 * i, "KRW"};
        p.popularity = 0.1 * i;
        products.push_back(p);
    }
    const auto index = catalog::Index::build(std::move(products));
    Talk talk(one_flow(
        "    - ask: budget\n      text: Budget?\n      entity: money\n"
        "    - search: {text: mouse, price: \"{budget}\", limit: 3}\n      text: \"{results} found\"\n"
        "      not_found:\n        - say: Nothing\n        - end\n"
        "    - ask: pick\n      text: Which?\n      entity: product\n"
        "    - say: \"{pick|title} {pick|price}\"\n      products: \"{pick}\"\n"
        "    - recommend: similar\n      of: \"{pick}\"\n      text: Similar\n      limit: 2\n"
        "    - search: {text: mouse, more: true}\n      text: More\n      not_found: [say: No more]\n"));
    talk.env.catalog = index.get();
    talk.begin();
    talk.say("under 45000", {entity("money", nlu::Money{std::nullopt, 45000, "KRW", false})});
    REQUIRE(talk.run.effects.size() == 2);
    const SayEffect found = std::get<SayEffect>(talk.run.effects[0]);
    CHECK(found.text == "4 found");
    CHECK(found.source == "catalog");
    REQUIRE(found.products.size() == 3);
    for (const ProductRef& product : found.products) CHECK(index->find(product.id)->price.amount <= 45000);
    const std::string second = found.products[1].id;
    CHECK(talk.run.state.shown.size() == 3);

    talk.say("the second", {entity("ordinal", nlu::Ordinal{2})});
    REQUIRE(talk.run.effects.size() == 3);
    CHECK(talk.slot("pick") == second);
    const auto& card = std::get<SayEffect>(talk.run.effects[0]);
    CHECK(card.text.find(index->find(second)->text.title) == 0);
    CHECK(card.products.at(0).id == second);
    const auto& more = std::get<SayEffect>(talk.run.effects[2]);
    for (const ProductRef& product : more.products)
        for (const ProductRef& before : found.products) CHECK(product.id != before.id);

    talk.begin();
    CHECK(texts(talk.say("1000", {entity("money", nlu::Money{1000, 1000, "KRW", false})})) == "Nothing");
    // A currency with a rate, and one without.
    talk.env.rates = {{"USD", 1000.0}};
    talk.begin();
    talk.say("$25", {entity("money", nlu::Money{2500, 2500, "USD", false})});
    for (const ProductRef& product : std::get<SayEffect>(talk.run.effects[0]).products)
        CHECK(index->find(product.id)->price.amount <= 25000);
    CHECK(talk.slot("search.dropped") == "");
    talk.begin();
    talk.say("€25", {entity("money", nlu::Money{2500, 2500, "EUR", false})});
    CHECK(talk.slot("search.dropped") == "price");
    // No catalog at all.
    talk.env.catalog = nullptr;
    talk.begin();
    CHECK(texts(talk.say("1000", {entity("money", nlu::Money{1000, 1000, "KRW", false})})) == "Nothing");
}

TEST_CASE("a state that does not fit the flows fails, whatever it holds") {
    Talk talk(one_flow("    - ask: n\n      text: How many?\n      entity: number\n    - say: Done\n"));
    talk.begin();
    for (const char* json :
         {R"({"stack": [], "slots": {}})", R"({"stack": [["g", "n"]], "slots": {}})",
          R"({"stack": [["f", "m"]], "slots": {}})", R"({"stack": [["f", "1"]], "slots": {}})",
          R"({"stack": [["g", "x"], ["f", "n"]], "slots": {}})"}) {
        CAPTURE(json);
        const auto state = RunState::from_json(nlohmann::json::parse(json));
        REQUIRE(state.has_value());
        const Run run =
            resume(*talk.loaded.set, *state, {.text = "1", .choice = {}, .understanding = nullptr}, talk.env);
        CHECK(run.outcome == Outcome::failed);
        CHECK_FALSE(run.fault.empty());
        CHECK(reprompt(*talk.loaded.set, *state, talk.env).outcome == Outcome::failed);
    }
    for (const char* json : {"3", "{}", R"({"stack": 1, "slots": {}})", R"({"stack": [["f"]], "slots": {}})",
                             R"({"stack": [], "slots": []})", R"({"stack": [], "slots": {}, "asked": [1]})",
                             R"({"stack": [], "slots": {}, "attempts": "x"})"})
        CHECK_FALSE(RunState::from_json(nlohmann::json::parse(json)).has_value());
    CHECK(start(*talk.loaded.set, "nothing", {}, {}, talk.env).outcome == Outcome::failed);
}

TEST_CASE("hostile messages neither hang nor grow the state") {
    Talk talk(
        one_flow("    - choose: a\n      text: A?\n      options: [{value: x, label: 불량이에요}, {value: y, "
                 "label: Wrong colour}]\n"
                 "    - ask: t\n      text: T?\n      entity: text\n"
                 "    - ask: p\n      text: P?\n      pattern: '(a+)+b'\n      retries: 10\n"));
    std::string combining = "a";
    for (int i = 0; i < 30000; ++i) combining += "\xCC\x81";
    std::string zero_width;
    for (int i = 0; i < 30000; ++i) zero_width += "\xE2\x80\x8B";
    const std::vector<std::string> messages = {std::string(100000, 'a'),
                                               combining,
                                               zero_width,
                                               "\xFF\xFE\xC0",
                                               std::string(1000, '\0'),
                                               "👩‍👩‍👧‍👦🏽",
                                               "\xE2\x80\xAE"
                                               "abc",
                                               ""};
    for (const std::string& message : messages) {
        talk.begin(message);
        CHECK(talk.run.outcome == Outcome::waiting);
        talk.say(message);
        talk.press("flow:f/a/x");
        CHECK(talk.say(message).state.to_json().dump().size() < 20000);
        talk.say(message);
    }
}

TEST_CASE("a bare number answers a question for a sum") {
    const auto asked =
        one_flow("    - ask: budget\n      text: Budget?\n      entity: money\n    - say: \"{budget}\"\n");
    struct Case {
        std::string locale, text, number;
        double value;
        std::int64_t won;  // 0: no answer
    };
    for (const auto& one :
         {Case{"en", "60000", "60000", 60000, 60000}, Case{"en", "300", "300", 300, 300'000},
          Case{"ko", "30", "30", 30, 300'000}, Case{"ko", "한 30", "30", 30, 300'000},
          Case{"en", "we are 3 people and 2 dogs", "3", 3, 0}, Case{"en", "-5", "-5", -5, 0}}) {
        CAPTURE(one.text);
        Talk talk(asked);
        talk.env.locale = one.locale;
        talk.begin();
        auto number = entity("number", one.value);
        number.text = one.number;
        talk.say(one.text, {number});
        const auto* money = std::get_if<nlu::Money>(&talk.run.state.slots.get("budget"));
        CHECK((money != nullptr) == (one.won > 0));
        if (money != nullptr) CHECK(money->max == one.won);
    }
}
