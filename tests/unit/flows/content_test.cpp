#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "flows/content/faqs.hpp"
#include "flows/content/intents.hpp"
#include "flows/content/shop.hpp"
#include "flows/content/tables.hpp"

using namespace maru::flows;

namespace {

std::string messages(const Problems& problems) {
    std::string out;
    for (const Problem& problem : problems.sorted()) out += to_string(problem) + "\n";
    return out;
}

struct Loading {
    Problems problems;
    Context context{"f.yaml", problems, {"ko", "en"}};
};

}  // namespace

TEST_CASE("intents: examples by line or list, locales, marks, rules, spread over entries") {
    Loading l;
    Intents intents;
    read_intents(
        "version: 1\nlocale: en\nnlu:\n"
        "- intent: order_status\n"
        "  examples: |\n"
        "    - where is my order\n"
        "    - has [20261101-0001](order_number) been [shipped](state:sent)?\n"
        "    # a comment\n"
        "    - [the blue one]{\"entity\": \"color\", \"value\": \"blue\"} please [sic]\n"
        "- intent: order_status\n"
        "  locale: ko\n"
        "  examples: [주문 어디쯤 왔어요, 배송 조회]\n"
        "- intent: human\n"
        "  rules:\n"
        "  - {phrases: [agent please, talk to a human], priority: 10, scope: waiting}\n"
        "  - {patterns: '상담[원사]', phrases: 사람}\n",
        l.context, intents);
    CHECK(messages(l.problems) == "");
    REQUIRE(intents.all.size() == 2);
    const Intent& status = *intents.find("order_status");
    REQUIRE(status.examples.size() == 5);
    CHECK(status.examples[0].text == "where is my order");
    CHECK(status.examples[0].at.line == 6);
    CHECK(status.examples[0].locale == "en");
    CHECK(status.examples[1].text == "has 20261101-0001 been shipped?");
    REQUIRE(status.examples[1].mentions.size() == 2);
    CHECK(status.examples[1].mentions[0].type == "order_number");
    CHECK(status.examples[1].text.substr(status.examples[1].mentions[0].begin, 13) == "20261101-0001");
    CHECK(status.examples[1].mentions[1].value == "sent");
    CHECK(status.examples[2].text == "the blue one please [sic]");
    CHECK(status.examples[2].mentions.at(0).value == "blue");
    CHECK(status.examples[2].at.line == 9);
    CHECK(status.examples[4].text == "배송 조회");
    CHECK(status.examples[4].locale == "ko");
    const Intent& human = *intents.find("human");
    REQUIRE(human.rules.size() == 2);
    CHECK(human.rules[0].phrases.size() == 2);
    CHECK(human.rules[0].priority == 10);
    CHECK(human.rules[0].scope == IntentRule::Scope::waiting);
    CHECK(human.rules[1].scope == IntentRule::Scope::always);
    CHECK(human.rules[1].patterns == std::vector<std::string>{"상담[원사]"});
    CHECK(human.rules[1].phrases == std::vector<std::string>{"사람"});
}

TEST_CASE("intents: files made for Rasa are read as they are") {
    Loading l;
    Intents intents;
    read_intents("version: \"3.1\"\nnlu:\n- intent: greet\n  examples: |\n    - hey\n", l.context, intents);
    CHECK(messages(l.problems) == "");
    CHECK(intents.find("greet") != nullptr);
}

TEST_CASE("intents: what is wrong is named with its line") {
    Loading l;
    Intents intents;
    read_intents(
        "version: 1\nnlu:\n"
        "- intent: a\n  examples: |\n    - one\n    two\n"
        "- intent: b\n  examples: [one, '[x](']\n"
        "- intent: c\n"
        "- intent: d\n  rules: [{patterns: '('}, {priority: 1}, {phrases: z, scope: al}]\n"
        "- synonym: e\n  examples: x\n"
        "- intent: f\n  locale: jp\n  examples: [f]\n",
        l.context, intents);
    check_intents(intents, l.problems);
    CHECK(messages(l.problems) ==
          "f.yaml:6: error: an example must start with `- `, here is `two`\n"
          "f.yaml:8:14: warning: `one` is an example of `a` too (f.yaml:5); keep it in one of them\n"
          "f.yaml:8:19: error: an entity's mark is not closed here; add the `)`\n"
          "f.yaml:9:3: error: the intent `c` has neither `examples` nor `rules`; add some\n"
          "f.yaml:11:22: error: `(` is not a valid pattern: missing ): (\n"
          "f.yaml:11:28: error: a rule needs `phrases` or `patterns`; add one\n"
          "f.yaml:11:63: error: `scope` cannot be `al`; known are always, in_flow, waiting, outside_flow\n"
          "f.yaml:12:3: error: only intents stand here; write synonyms and word lists into synonyms.yaml\n"
          "f.yaml:15:11: error: `jp` is not a locale of this bot; known are ko, en\n");
}

TEST_CASE("FAQs: an answer per locale, per store, in variants") {
    Loading l;
    Faqs faqs;
    read_faqs(
        "version: 1\nfaqs:\n"
        "- id: delivery\n  category: shipping\n"
        "  locales:\n"
        "    ko: {questions: [배송 얼마나 걸려요?, 언제 와요?], answer: [하루나 이틀이요., 이틀 안에 "
        "갑니다.]}\n"
        "    en: {questions: [How long?], answer: Two days.}\n"
        "  stores:\n    jeju: {ko: 나흘이요., en: Four days.}\n"
        "  quick_replies:\n"
        "  - {label: {ko: 조회, en: Track}, flow: order_status}\n"
        "  - {ko: 고마워요, en: Thanks}\n"
        "  - {label: {ko: 상담원, en: Agent}, handoff: true}\n",
        l.context, faqs);
    CHECK(messages(l.problems) == "");
    const Faq* faq = faqs.find("delivery");
    REQUIRE(faq != nullptr);
    CHECK(faq->answer("ko", "", 1) == "이틀 안에 갑니다.");
    CHECK(faq->answer("en", "jeju") == "Four days.");
    CHECK(faq->answer("en", "seoul") == "Two days.");
    CHECK(faq->answer("ja") == "하루나 이틀이요.");
    CHECK(faq->title("en") == "How long?");
    CHECK(buttons(faq->quick_replies, "en") == std::vector<Button>{{"Track", "flow:order_status"},
                                                                   {"Thanks", "say:Thanks"},
                                                                   {"Agent", "handoff"}});
    check_faqs(faqs, {"order_state"}, {"seoul"}, l.problems);
    CHECK(messages(l.problems) ==
          "f.yaml:9:11: error: there is no store `jeju`; known are seoul\n"
          "f.yaml:11:5: error: there is no flow `order_status`; did you mean `order_state`?\n");
}

TEST_CASE("FAQs: what is wrong is named with its place") {
    Loading l;
    Faqs faqs;
    read_faqs(
        "version: 2\nfaqs:\n"
        "- id: a\n  locales: {ko: {questions: [가?], answer: 네}, fr: {questions: [x], answer: y}}\n"
        "- id: a\n  locales: {}\n"
        "- id: b\n  locales: {ko: {question: [가 ?], answer: 네}, en: {questions: [], answer: x}}\n"
        "  quick_replies: [{label: {ko: 가, en: a}}, {label: {ko: 가, en: a}, faq: a, flow: b}]\n"
        "- id: c\n  locales: {ko: {questions: [가?], answer: 네}, en: {questions: x, answer: y}}\n",
        l.context, faqs);
    check_faqs(faqs, {}, {}, l.problems);
    const std::string all = messages(l.problems);
    for (const std::string expected : {
             "f.yaml:1:10: error: version 2 is newer than this program knows (1)",
             "f.yaml:4:12: warning: the FAQ `a` has no text for `en`; add it",
             "f.yaml:4:47: error: `fr` is not a locale of this bot",
             "f.yaml:5:3: error: the FAQ `a` exists already at f.yaml:3",
             "f.yaml:8:17: error: the FAQ's text for `ko` has no `questions`; add it",
             "f.yaml:8:18: error: unknown key `question`; did you mean `questions`?",
             "`questions` is empty",
             "f.yaml:9:19: error: this quick reply leads nowhere",
             "this quick reply leads to several places",
             "warning: `가?` is a question of the FAQ `a` too",
         })
        CHECK_MESSAGE(all.find(expected) != std::string::npos, expected << "\nnot in\n" << all);
}

TEST_CASE("stores, canned answers and vocabulary") {
    Loading l;
    Stores stores;
    read_stores(
        "version: 1\nstores:\n"
        "- {id: gangnam, name: {ko: 강남점, en: Gangnam}, aliases: [강남역], phone: 02-123-4567,\n"
        "   hours: {ko: 매일, en: daily}, location: {lat: 37.5, lon: 127.0}, services: [pickup]}\n",
        l.context, stores);
    std::vector<Canned> canned;
    read_canned("version: 1\ncanned: [{id: thanks, text: {ko: 감사합니다, en: Thanks}}]\n", l.context,
                canned);
    Vocabulary vocabulary;
    read_vocabulary(
        "version: 1\nsynonyms:\n- [노트북, 랩탑, laptop]\n"
        "entities:\n- type: payment\n  values:\n  - {value: card, words: [카드, card]}\n  - cash\n",
        l.context, vocabulary);
    CHECK(messages(l.problems) == "");
    REQUIRE(stores.find("gangnam") != nullptr);
    CHECK(stores.find("gangnam")->latitude == 37.5);
    CHECK(canned.at(0).title.pick("ko") == "thanks");
    CHECK(vocabulary.synonyms.at(0).words.size() == 3);
    CHECK(vocabulary.entity_types() == std::vector<std::string>{"payment"});
    CHECK(vocabulary.entities[0].values[1].words == std::vector<std::string>{"cash"});

    const Table table = stores_table(stores);
    const auto* row = table.find("Gangnam");
    REQUIRE(row != nullptr);
    CHECK((*row)[table.column("name")].pick("en") == "Gangnam");
    CHECK(table.find("name", "강남점") == row);

    read_stores("version: 1\nstores: [{id: gangnam, name: X}]\n", l.context, stores);
    read_canned("version: 1\ncanned: [{id: thanks, text: X}]\n", l.context, canned);
    read_vocabulary(
        "version: 1\nsynonyms: [one, [two]]\nentities:\n- {type: payment, values: [x]}\n"
        "- {type: size, values: [{value: s, words: [small]}, {value: m, words: [Small]}]}\n",
        l.context, vocabulary);
    const std::string all = messages(l.problems);
    for (const std::string expected : {"f.yaml:2:10: error: the store `gangnam` exists already",
                                       "f.yaml:2:10: error: the canned answer `thanks` exists",
                                       "f.yaml:2:12: error: a group of synonyms must be a list",
                                       "f.yaml:2:17: error: a group of synonyms needs two",
                                       "f.yaml:4:3: error: the entity `payment` exists already",
                                       "f.yaml:5:53: error: `Small` is a word of `s` too"})
        CHECK_MESSAGE(all.find(expected) != std::string::npos, expected << "\nnot in\n" << all);
}

TEST_CASE("what goes with what: rules, and what is wrong with them") {
    Loading l;
    std::vector<CompanionRule> rules;
    read_companions(
        "version: 1\ngoes_with:\n  - kind: 키보드\n    with: [마우스, USB 허브]\n  - {kind: desk, with: "
        "chair}\n",
        l.context, rules);
    CHECK_MESSAGE(l.problems.empty(), messages(l.problems));
    REQUIRE(rules.size() == 2);
    CHECK(rules[0].with == std::vector<std::string>{"마우스", "USB 허브"});
    CHECK(rules[0].with_at[1] == Position{4, 17});
    CHECK(rules[1].with == std::vector<std::string>{"chair"});
    read_companions(
        "version: 1\ngoes_with:\n  - {kind: 키보드, with: [a]}\n  - {kind: x, wth: [a]}\n  - {kind: y, with: "
        "[]}\n  - z\n",
        l.context, rules);
    const auto all = messages(l.problems);
    for (const char* wanted :
         {"f.yaml:3:12: error: the rule for `키보드` exists", "f.yaml:4:15: error: unknown key `wth`",
          "f.yaml:4:5: error", "f.yaml:6:5: error"}) {
        CAPTURE(wanted);
        CHECK_MESSAGE(all.find(wanted) != std::string::npos, all);
    }
    CHECK(rules.size() == 2);
}

TEST_CASE("tables: YAML rows and CSV, found by key however it is written") {
    Loading l;
    Tables tables;
    read_table(
        "version: 1\nkey: order_number\nrows:\n"
        "- {order_number: 20261101-0001, status: {ko: 배송 중, en: on its way}, eta: 2026-11-24}\n"
        "- {order_number: B-2, eta: null, note: x}\n",
        "orders", l.context, tables);
    Context csv{"stock.csv", l.problems, {"ko", "en"}};
    read_table(
        "\xEF\xBB\xBFsku,status.ko,status.en,note\r\nA-1,있음,in stock,\"one, "
        "\"\"two\"\"\nthree\"\r\nA-2,없음,,\r\n",
        "stock", csv, tables);
    CHECK(messages(l.problems) == "");
    const Table* orders = tables.find("orders");
    REQUIRE(orders != nullptr);
    CHECK(orders->columns == std::vector<std::string>{"order_number", "status", "eta", "note"});
    const auto* row = orders->find("２０２６１１０１ 0001");
    REQUIRE(row != nullptr);
    CHECK((*row)[1].pick("en") == "on its way");
    CHECK(orders->find("b2") != nullptr);
    CHECK(orders->find("") == nullptr);
    CHECK(orders->find("B-3") == nullptr);
    const Table* stock = tables.find("stock");
    REQUIRE(stock != nullptr);
    CHECK(stock->columns == std::vector<std::string>{"sku", "status", "note"});
    CHECK((*stock->find("a1"))[2].pick("ko") == "one, \"two\"\nthree");
    CHECK((*stock->find("a1"))[1].pick("en") == "in stock");
    CHECK((*stock->find("a2"))[1].pick("en") == "없음");
}

TEST_CASE("tables: what is wrong is named with its place") {
    Loading l;
    Tables tables;
    read_table("version: 1\nkey: id\nrows:\n- {id: a}\n- {id: A}\n- {x: 1}\n- text\n", "t", l.context,
               tables);
    Context csv{"t.csv", l.problems, {}};
    read_table("id,a,a\n1,2\n1,2,3\n1,4,5\n\"x\"y,1,2\n", "u", csv, tables);
    Context open{"v.csv", l.problems, {}};
    read_table("id\n\"x", "v", open, tables);
    const std::string all = messages(l.problems);
    for (const std::string expected :
         {"f.yaml:5:3: error: the key `A` stands at line 4 already",
          "f.yaml:6:3: error: this row has no `id`", "f.yaml:7:3: error: a row must be a map",
          "t.csv:1:6: error: the column `a` stands here twice",
          "t.csv:2:1: error: this row has 2 cells, the first line has 3",
          "t.csv:4:1: error: the key `1` stands at line 3", "t.csv:5:4: error: after a closing quote",
          "v.csv:2:1: error: a quote is opened and never closed"})
        CHECK_MESSAGE(all.find(expected) != std::string::npos, expected << "\nnot in\n" << all);
}
