#include <doctest/doctest.h>

#include "tests/unit/flows/support.hpp"

using namespace maru::flows;
using namespace maru::flows::testing;

namespace {

struct Case {
    std::string name;
    std::string text;
    std::string message;  // among the problems; "" none at all
};

void check(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
        CAPTURE(c.name);
        const Loaded loaded(c.text);
        if (c.message.empty()) {
            CHECK(loaded.all() == "");
        } else {
            CHECK_MESSAGE(loaded.all().find(c.message) != std::string::npos, c.message << "\nnot in\n"
                                                                                       << loaded.all());
        }
    }
}

}  // namespace

TEST_CASE("every step is understood without a word of complaint") {
    const Loaded loaded(
        "version: 1\n"
        "flows:\n"
        "- id: return\n"
        "  title: {ko: 반품, en: Returns}\n"
        "  triggers: [return_item]\n"
        "  takes: [product]\n"
        "  interruptible: false\n"
        "  steps:\n"
        "    - say: {ko: [도와드릴게요, 안녕하세요], en: I will help}\n"
        "      quick_replies:\n"
        "        - {label: {ko: 배송, en: Delivery}, faq: delivery}\n"
        "        - {label: {ko: 처음부터, en: Again}, flow: return}\n"
        "      products: \"{product}\"\n"
        "    - ask: number\n"
        "      label: again\n"
        "      text: {ko: 주문번호?, en: Order number?}\n"
        "      pattern: '[A-Z]-\\d+'\n"
        "      retries: 1\n"
        "      retry: {ko: A-1처럼 써 주세요, en: Like A-1 please}\n"
        "      check: {if: length(number) < 10, message: {ko: 길어요, en: Too long}}\n"
        "      quick_replies: [{ko: 하나, en: One}, {label: {ko: 둘, en: Two}, value: two}]\n"
        "      otherwise:\n"
        "        - handoff: bot_failed\n"
        "          team: support\n"
        "    - lookup: orders\n"
        "      key: \"{number}\"\n"
        "      into: order\n"
        "      not_found:\n"
        "        - say: {ko: 없어요, en: Not found}\n"
        "        - goto: again\n"
        "    - say: {ko: \"{order.status}, {order.total|price}\", en: \"{order.status}\"}\n"
        "    - choose: reason\n"
        "      text: {ko: 이유?, en: Why?}\n"
        "      options:\n"
        "        - {value: defect, label: {ko: 불량, en: Defect}, intents: [defective], then: [answer: "
        "delivery]}\n"
        "        - {value: color, label: {ko: 색상, en: Colour}, words: [색깔], goto: again}\n"
        "        - {value: other, label: {ko: 기타, en: Other}, call: other}\n"
        "    - if: reason == 'defect' and hours.open\n"
        "      then: {survey: csat}\n"
        "      else:\n"
        "        - set: {count: \"= 1 + 2\", note: \"{reason}!\"}\n"
        "        - clear: [count]\n"
        "    - branch:\n"
        "        - if: agents.online > 0\n"
        "          then: end\n"
        "        - else: [recommend: popular, text: {ko: 인기, en: Popular}]\n"
        "    - search: {text: \"{message}\", price: 50000, sort: rating, limit: 3}\n"
        "      text: {ko: 찾았어요, en: Found}\n"
        "      not_found: []\n"
        "    - recommend: similar\n"
        "      of: \"{product}\"\n"
        "      text: {ko: 비슷해요, en: Similar}\n"
        "    - call: other\n"
        "      with: {note: x}\n"
        "- id: other\n"
        "  steps:\n"
        "    - ask: fine\n"
        "      text: {ko: 괜찮아요?, en: Fine?}\n"
        "      entity: yes_no\n"
        "    - handoff: asked\n"
        "      note: {ko: \"{fine}\", en: \"{fine}\"}\n");
    // `- else: [recommend: popular, text: …]` is a list of two, which YAML reads as two steps.
    CHECK(loaded.all() ==
          "f.yaml:46:18: error: the step has no `text`; add it\n"
          "f.yaml:46:38: error: there is no step `text`; known are say, ask, choose, if, branch, answer, "
          "search, recommend, lookup, handoff, survey, set, clear, call, goto, end\n");
    const Flow* flow = loaded.set->find("return");
    REQUIRE(flow != nullptr);
    CHECK(loaded.set->triggered_by("return_item") == flow);
    CHECK_FALSE(flow->interruptible);
    CHECK(flow->find("again") != nullptr);
    CHECK(flow->find("reason") != nullptr);
    CHECK(loaded.set->choice_label("flow:return/reason/defect", "ko") == "불량");
    CHECK(loaded.set->choice_label("flow:return/reason/nothing", "ko") == "");
    CHECK(loaded.set->choice_label("flow:return/again/two", "en") == "Two");
    CHECK(loaded.set->label("reason", "color", "en") == "Colour");
}

TEST_CASE("what is wrong in a step is named with its place and remedy") {
    check({
        {"unknown step", one_flow("    - sya: Hi\n"),
         "f.yaml:5:7: error: there is no step `sya`; did you mean `say`?"},
        {"two steps in one", one_flow("    - say: Hi\n      goto: x\n"),
         "f.yaml:6:7: error: a step does one thing, here are `say` and `goto`"},
        {"unknown key", one_flow("    - say: Hi\n      quick_reply: []\n"),
         "f.yaml:6:7: error: unknown key `quick_reply`; did you mean `quick_replies`?"},
        {"not a step", one_flow("    - Hello\n"), "f.yaml:5:7: error: a step must look like `- say: …`"},
        {"no steps", one_flow("    []\n"), "the flow has no steps; add one"},
        {"unknown label", one_flow("    - say: Hi\n      label: start\n    - goto: strat\n"),
         "f.yaml:7:13: error: there is no label `strat` in this flow; did you mean `start`?"},
        {"label twice", one_flow("    - {say: A, label: x}\n    - {say: B, label: x}\n"),
         "the label `x` stands at line"},
        {"unknown flow", one_flow("    - call: g\n"), "f.yaml:5:7: error: there is no flow `g`; known are f"},
        {"unknown FAQ", one_flow("    - answer: delivry\n"),
         "f.yaml:5:15: error: there is no FAQ `delivry`; did you mean `delivery`?"},
        {"unknown table", one_flow("    - lookup: order\n      key: x\n      not_found: end\n"),
         "f.yaml:5:15: error: there is no table `order`; did you mean `orders`?"},
        {"unknown column",
         one_flow("    - lookup: orders\n      key: x\n      by: staus\n      not_found: end\n"),
         "f.yaml:7:11: error: the table `orders` has no column `staus`; did you mean `status`?"},
        {"lookup without not_found", one_flow("    - lookup: orders\n      key: x\n"), "add `not_found:`"},
        {"unknown team", one_flow("    - handoff: asked\n      team: sale\n"),
         "f.yaml:6:13: error: there is no team `sale`; did you mean `sales`?"},
        {"unknown reason", one_flow("    - handoff: angry\n"), "`handoff` cannot be `angry`"},
        {"unknown intent", one_flow("    - say: Hi\n", "  triggers: [return_itm]\n"),
         "there is no intent `return_itm`; did you mean `return_item`?"},
        {"unknown entity", one_flow("    - ask: x\n      text: X?\n      entity: numbr\n"),
         "f.yaml:7:15: error: there is no entity `numbr`; did you mean `number`?"},
        {"no way to answer", one_flow("    - ask: x\n      text: X?\n"), "say what answers this"},
        {"bad pattern", one_flow("    - ask: x\n      text: X?\n      pattern: '('\n"),
         "f.yaml:7:16: error: `(` is not a valid pattern"},
        {"bad condition", one_flow("    - if: x = 1\n      then: end\n"),
         "f.yaml:5:13: error: `=` is not known here; write =="},
        {"bad condition in quotes", one_flow("    - if: 'locale == \"ko\" and'\n      then: end\n"),
         "f.yaml:5:30: error: the condition ends too early"},
        {"bad template", one_flow("    - say: \"Hi {na me}\"\n"),
         "f.yaml:5:16: error: `{na me}` is no slot's name"},
        {"bad filter", one_flow("    - say: \"{message|prize}\"\n"),
         "there is no filter `prize`; did you mean `price`?"},
        {"one option", one_flow("    - choose: x\n      text: X?\n      options: [{value: a, label: A}]\n"),
         "a choice needs two options or more"},
        {"option twice",
         one_flow("    - choose: x\n      text: X?\n      options: [{value: a, label: A}, {value: a, label: "
                  "B}]\n"),
         "the value `a` stands here twice"},
        {"option to two places",
         one_flow("    - choose: x\n      text: X?\n      options: [{value: a, label: A, goto: x, call: f}, "
                  "{value: b, "
                  "label: B}]\n"),
         "this option goes to several places"},
        {"quick reply without target",
         one_flow("    - say: Hi\n      quick_replies: [{label: {ko: 네, en: Yes}}]\n"),
         "f.yaml:6:23: error: this quick reply leads nowhere"},
        {"quick reply to nothing",
         one_flow("    - say: Hi\n      quick_replies: [{label: {ko: 네, en: Yes}, flow: g}]\n"),
         "f.yaml:6:23: error: there is no flow `g`"},
        {"missing locale", one_flow("    - say: {ko: 네}\n"),
         "f.yaml:5:12: warning: `say` has no text for `en`; add it"},
        {"reserved slot", one_flow("    - set: {message: x}\n"), "`message` is a name of the program"},
        {"slot like a word", one_flow("    - set: {not: x}\n"), "`not` is a word of conditions"},
        {"slot with a dash", one_flow("    - set: {a-b: x}\n"), "`a-b` cannot name a slot"},
        {"after else", one_flow("    - branch:\n        - else: end\n        - {if: 'true', then: end}\n"),
         "f.yaml:7:11: error: nothing comes after `else`"},
        {"no version", "flows: []\n", "f.yaml:1:1: error: the file has no `version`; add it"},
        {"empty file", "", "f.yaml: error: the file is empty; start it with `version: 1`"},
        {"flow twice", one_flow("    - say: Hi\n") + "- id: f\n  steps: [say: Hi]\n",
         "f.yaml:6:3: error: the flow `f` exists already at f.yaml:3"},
        {"trigger twice",
         one_flow("    - say: Hi\n", "  triggers: return_item\n") +
             "- id: g\n  triggers: [return_item]\n  steps: [say: Hi]\n",
         "the intent `return_item` starts the flow `f` already"},
    });
}

TEST_CASE("what only the whole shows: unknown names, dead steps, endless loops, holes") {
    const std::string ask = "    - ask: x\n      text: X?\n      entity: text\n";
    check({
        {"never set", one_flow("    - say: \"{nmae}\"\n"), "f.yaml:5:14: error: nothing ever sets `nmae`"},
        {"never set, near",
         one_flow(ask + "    - if: rason\n      then: end\n") +
             "- id: g\n  takes: [reason]\n  steps: [end]\n",
         "f.yaml:8:11: error: nothing ever sets `rason`; did you mean `reason`?"},
        {"facts are known",
         one_flow("    - if: hours.open and visitor.name\n      then: [say: \"{visitor.name}\"]\n"), ""},
        {"unknown column",
         one_flow("    - lookup: orders\n      key: x\n      into: order\n      not_found: end\n"
                  "    - say: \"{order.statsu}\"\n"),
         "nothing ever sets `order.statsu`; did you mean `order.status`?"},
        {"set before", one_flow(ask + "    - say: \"{x}\"\n"), ""},
        {"maybe not set",
         one_flow(
             "    - if: hours.open\n      then:\n      - ask: x\n        text: X?\n        entity: text\n"
             "    - say: \"{x}\"\n"),
         "f.yaml:10:14: warning: `x` may not be set yet here"},
        {"set on both ways",
         one_flow("    - if: hours.open\n      then: [set: {x: a}]\n      else: [set: {x: b}]\n    - say: "
                  "\"{x}\"\n"),
         ""},
        {"known by the condition",
         one_flow(
             "    - if: known(x) and hours.open\n      then: [say: \"{x}\"]\n      else: [set: {x: b}]\n"),
         ""},
        {"known by the opposite",
         one_flow("    - if: not known(x)\n      then: [set: {x: b}]\n    - say: \"{x}\"\n"), ""},
        {"with a fallback",
         one_flow("    - if: hours.open\n      then: [set: {x: a}]\n    - say: \"{x|or:you}\"\n"), ""},
        {"not set after giving up",
         one_flow(
             "    - ask: x\n      text: X?\n      entity: text\n      otherwise: []\n    - say: \"{x}\"\n"),
         "`x` may not be set yet here"},
        {"not set after clear", one_flow(ask + "    - clear: x\n    - say: \"{x}\"\n"),
         "`x` may not be set yet here"},
        {"taken by the flow", one_flow("    - say: \"{x}\"\n", "  takes: [x]\n"), ""},
        {"set by the caller", one_flow(ask + "    - call: g\n") + "- id: g\n  steps: [say: \"{x}\"]\n", ""},
        {"not set by one caller",
         one_flow(ask + "    - call: g\n") +
             "- id: g\n  steps: [say: \"{x}\"]\n- id: h\n  steps: [call: g]\n",
         "f.yaml:10:18: warning: `x` may not be set yet here"},
        {"set by the called",
         one_flow("    - call: g\n    - say: \"{x}\"\n") + "- id: g\n  steps: [set: {x: 1}]\n", ""},
        {"dead after end", one_flow("    - end\n    - say: A\n    - say: B\n"),
         "f.yaml:6:7: warning: nothing leads to this step"},
        {"dead after handoff", one_flow("    - handoff: asked\n    - say: A\n"),
         "f.yaml:6:7: warning: nothing leads to this step"},
        {"loop", one_flow("    - say: A\n      label: x\n    - goto: x\n"),
         "f.yaml:5:7: error: from here the flow comes back here without ever waiting"},
        {"loop through a question",
         one_flow("    - ask: x\n      label: again\n      text: X?\n      entity: text\n"
                  "    - goto: again\n"),
         ""},
        {"loop through a flow", one_flow("    - call: g\n") + "- id: g\n  steps: [call: f]\n",
         "without ever waiting"},
        {"loop over a flow that asks",
         one_flow("    - call: g\n      label: x\n    - goto: x\n") +
             "- id: g\n  steps: [{ask: y, text: Y?, entity: text}]\n",
         ""},
        {"loop over a flow that may not ask",
         one_flow("    - call: g\n      label: x\n    - goto: x\n") +
             "- id: g\n  steps: [{if: hours.open, then: end}, {ask: y, text: Y?, entity: text}]\n",
         "without ever waiting"},
        {"recursion", one_flow(ask + "    - call: f\n    - say: A\n"),
         "f.yaml:8:7: error: this comes back to the flow `f` and would go on here each time"},
        {"recursion as the last step", one_flow(ask + "    - call: f\n"), ""},
    });
}

TEST_CASE("a dead stretch is reported once, at its beginning") {
    const Loaded loaded(one_flow("    - end\n    - say: A\n    - say: B\n    - say: C\n"));
    CHECK(loaded.problems.warnings() == 1);
}

TEST_CASE("many steps and deep nesting stay bounded") {
    std::string many = "version: 1\nflows:\n- id: f\n  steps:\n";
    for (int i = 0; i < 5000; ++i)
        many += "  - set: {s" + std::to_string(i) + ": \"{s" + std::to_string(i / 2) + "}\"}\n";
    const Loaded loaded(many);
    CHECK(loaded.all().find("more than 512 slots") != std::string::npos);
    CHECK_FALSE(loaded.problems.has_errors());

    std::string deep = "version: 1\nflows:\n- id: f\n  steps:\n";
    std::string indent = "  ";
    for (int i = 0; i < 40; ++i) {
        deep += indent + "- if: hours.open\n" + indent + "  then:\n";
        indent += "  ";
    }
    const Loaded nested(deep + indent + "- end\n");
    CHECK(nested.all().find("levels deep") != std::string::npos);
}
