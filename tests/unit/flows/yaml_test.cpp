#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "flows/yaml/node.hpp"
#include "flows/yaml/reader.hpp"

using namespace maru::flows;
using namespace maru::flows::yaml;

namespace {

std::string messages(const Problems& problems) {
    std::string out;
    for (const Problem& problem : problems.sorted()) out += to_string(problem) + "\n";
    return out;
}

struct Case {
    std::string name;
    std::string text;
    const char* message;  // a part of it
};

}  // namespace

TEST_CASE("a tree knows the place of every key and value, in characters") {
    Problems problems;
    const auto root =
        parse("a: 1\n이름: {ko: 가방, en: \"bag\"}\nlist:\n  - x\n  - y: |\n      two\n      lines\nnone:\n",
              "f.yaml", problems);
    REQUIRE(root);
    CHECK(messages(problems) == "");
    REQUIRE(root->is_map());
    CHECK(root->find("a")->value.scalar == "1");
    CHECK(root->find("a")->value.at == Position{1, 4});
    const Entry* name = root->find("이름");
    REQUIRE(name != nullptr);
    CHECK(name->key_at == Position{2, 1});
    CHECK(name->value.find("ko")->value.at == Position{2, 10});
    CHECK_FALSE(name->value.find("ko")->value.quoted);
    CHECK(name->value.find("en")->key_at == Position{2, 14});
    CHECK(name->value.find("en")->value.quoted);
    const Node& list = root->find("list")->value;
    REQUIRE(list.items.size() == 2);
    CHECK(list.items[1].find("y")->value.scalar == "two\nlines\n");
    CHECK(root->find("none")->value.is_null());
    CHECK(root->find("none")->value.at == Position{8, 1});
    CHECK(root->find("absent") == nullptr);
}

TEST_CASE("an empty file is nothing, JSON is YAML, a byte order mark is skipped") {
    Problems problems;
    CHECK(parse("", "f", problems)->is_null());
    CHECK(parse("# only a comment\n", "f", problems)->is_null());
    CHECK(parse("{\"a\": [1, 2, {\"b\": null}]}", "f", problems)->find("a")->value.items.size() == 3);
    const auto marked = parse(
        "\xEF\xBB\xBF"
        "a: b",
        "f", problems);
    REQUIRE(marked);
    CHECK(marked->find("a")->key_at == Position{1, 1});
    CHECK(parse("a: b\r\nc: d\r\n", "f", problems)->find("c")->value.scalar == "d");
    CHECK(messages(problems) == "");
}

TEST_CASE("questions need no quotes, not even in brackets") {
    Problems problems;
    const auto root =
        parse("q: [언제 와요?, really??, \"a?\", http://x/?y=1]\nm: {a: why? because, b: c?}\n? k\n: v\n",
              "f", problems);
    CHECK(messages(problems) == "");
    REQUIRE(root);
    const auto& items = root->find("q")->value.items;
    REQUIRE(items.size() == 4);
    CHECK(items[0].scalar == "언제 와요?");
    CHECK(items[1].scalar == "really??");
    CHECK(items[2].scalar == "a?");
    CHECK(items[3].scalar == "http://x/?y=1");
    CHECK(root->find("m")->value.find("a")->value.scalar == "why? because");
    CHECK(root->find("m")->value.find("b")->value.scalar == "c?");
    CHECK(root->find("k")->value.scalar == "v");
}

TEST_CASE("aliases are copies") {
    Problems problems;
    const auto root = parse("a: &x {k: [1, 2]}\nb: *x\n", "f", problems);
    REQUIRE(root);
    CHECK(root->find("b")->value.find("k")->value.items.size() == 2);
    CHECK(messages(problems) == "");
}

TEST_CASE("what cannot be read is explained with its place") {
    std::string deep(40, '[');
    deep += std::string(40, ']');
    std::string aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string last = "*a" + std::to_string(i - 1);
        aliases += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
        for (int k = 0; k < 9; ++k) aliases += ", " + last;
        aliases += "]\n";
    }
    const std::vector<Case> cases = {
        {"duplicate key", "a: 1\nb: 2\na: 3\n",
         "f:3:1: error: `a` stands here a second time (first at line 1)"},
        {"tab", "a:\n\tb: 1\n", "f:2:1: error: a tab is used to indent"},
        {"open quote", "a: \"x\n", "never closed"},
        {"open bracket", "a: [1, 2\n", "is not closed"},
        {"colon in text", "say: one: two\n", "put quotes around the whole text"},
        {"indentation", "a:\n    b: 1\n  c: 2\n", "f:3:3: error"},
        {"unknown alias", "a: *nope\n", "`*name` refers to an anchor"},
        {"alias in itself", "a: &a [1, *a]\n", "inside the part that it names"},
        {"alias bomb", aliases, "repeat too much text"},
        {"depth", deep, "nested more than 32 levels"},
        {"map as key", "? {a: b}\n: c\n", "f:1:3: error: a key must be a text"},
        {"two documents", "a: 1\n---\nb: 2\n", "f:3:1: error: a second document"},
        {"tag", "a: !include other.yaml\n", "the tag `!include` has no meaning"},
        {"not UTF-8", "a: 1\nb: \xFF\n", "f:2:1: error: this line is not UTF-8"},
        {"control character", std::string("a: 1\nb: x\x04y\n"),
         "f:2:5: error: an invisible control character"},
        {"NUL", std::string("a: \0x\n", 6), "f:1:4: error: an invisible control character"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.name);
        Problems problems;
        const auto root = parse(c.text, "f", problems);
        CHECK(problems.has_errors());
        CHECK_MESSAGE(messages(problems).find(c.message) != std::string::npos, messages(problems));
    }
    Problems problems;
    CHECK_FALSE(parse("a: [1, 2, 3]", "f", problems, {.bytes = 5}));
    CHECK_FALSE(parse("a: [1, 2, 3]", "f", problems, {.nodes = 3}));
    CHECK(problems.errors() == 2);
}

TEST_CASE("the first of two equal keys is kept") {
    Problems problems;
    const auto root = parse("a: 1\na: {b: 2}\nc: 3\n", "f", problems);
    REQUIRE(root);
    CHECK(root->find("a")->value.scalar == "1");
    CHECK(root->find("c")->value.scalar == "3");
}

TEST_CASE("a reader types what it is asked for and reports all that is wrong at once") {
    Problems problems;
    const Context context{"f", problems, {"ko", "en"}};
    const auto root = parse(
        "version: 1\nname: Maru\nid: my shop\nport: 80808\nopen: maybe\nratio: x\nwait: 5 apples\nmode: "
        "fsat\n"
        "tags: one\nlines: [a, {b: c}]\nmap: []\nnmae: x\n",
        "f", problems);
    REQUIRE(root);
    Reader r(*root, context, "the shop");
    CHECK(r.version(1) == 1);
    CHECK(r.required_string("name") == "Maru");
    CHECK(r.required_id("id") == "");
    CHECK(r.optional_int("port", 80, 1, 65535) == 80);
    CHECK(r.optional_bool("open", true));
    CHECK(r.optional_number("ratio", 0.5) == 0.5);
    CHECK(r.optional_duration("wait", std::chrono::seconds(3)) == std::chrono::seconds(3));
    CHECK(r.optional_enum("mode", 7, {{"fast", 1}, {"slow", 2}}) == 7);
    CHECK(r.optional_strings("tags") == std::vector<std::string>{"one"});
    CHECK(r.required_strings("lines") == std::vector<std::string>{"a"});
    CHECK(r.map("map") == nullptr);
    CHECK(r.required_list("none") == nullptr);
    r.finish();
    CHECK(messages(problems) ==
          "f:1:1: error: the shop has no `none`; add it\n"
          "f:3:5: error: `my shop` is no name; use letters, digits, `_`, `-` and `.`, at most 64\n"
          "f:4:7: error: `port` must be a whole number from 1 to 65535, here is `80808`\n"
          "f:5:7: error: `open` must be true or false, here is `maybe`\n"
          "f:6:8: error: `ratio` must be a number, here is `x`\n"
          "f:7:7: error: `wait` must be a duration such as 500ms, 90s, 30m, 8h or 7d, here is `5 apples`\n"
          "f:8:7: error: `mode` cannot be `fsat`; did you mean `fast`?\n"
          "f:10:12: error: `lines` must be a text (if it is one, put quotes around it), here is a map\n"
          "f:11:6: error: `map` must be a map of `key: value` lines, here is a list\n"
          "f:12:1: error: unknown key `nmae`; did you mean `name`?\n");
}

TEST_CASE("durations have units") {
    Problems problems;
    const Context context{"f", problems, {}};
    const auto root = parse("a: 90\nb: 500ms\nc: 1.5m\nd: 8h\ne: 7d\n", "f", problems);
    Reader r(*root, context);
    using namespace std::chrono_literals;
    CHECK(r.optional_duration("a", 0s) == 90s);
    CHECK(r.optional_duration("b", 0s) == 500ms);
    CHECK(r.optional_duration("c", 0s) == 90s);
    CHECK(r.optional_duration("d", 0s) == 8h);
    CHECK(r.optional_duration("e", 0s) == 168h);
    CHECK(r.optional_duration("f", 4s) == 4s);
    CHECK(problems.empty());
}

TEST_CASE("texts come in locales and variants") {
    Problems problems;
    const Context context{"f", problems, {"ko", "en"}};
    const auto root = parse(
        "both: {ko: 안녕하세요, en: [Hello, Hi]}\nplain: OK\nlist: [\"1\", \"2\"]\nmissing: {ko: 네}\n"
        "other: {ko: 네, en: yes, ja: はい}\nsentence: Please wait here\nkorean: 기다려 주세요\nempty: "
        "\"\"\n",
        "f", problems);
    REQUIRE(root);
    Reader r(*root, context);
    const LocalText both = r.required_text("both");
    CHECK(both.pick("ko", 5) == "안녕하세요");
    CHECK(both.pick("en", 0) == "Hello");
    CHECK(both.pick("en", 1) == "Hi");
    CHECK(both.pick("ja", 0) == "안녕하세요");
    CHECK(both.at == Position{1, 7});
    CHECK(r.required_text("plain").pick("ko") == "OK");
    CHECK(r.required_text("list").pick("en", 1) == "2");
    CHECK(problems.empty());
    const LocalText missing = r.required_text("missing");
    CHECK(missing.covers("ko"));
    CHECK_FALSE(missing.covers("en"));
    CHECK(missing.pick("en") == "네");
    (void)r.required_text("other");
    (void)r.required_text("sentence");
    (void)r.required_text("korean");
    CHECK(r.optional_text("empty").empty());
    CHECK(
        messages(problems) ==
        "f:4:10: warning: `missing` has no text for `en`; add it\n"
        "f:5:25: error: `ja` is not a locale of this bot; known are ko, en\n"
        "f:6:11: warning: `sentence` is in one language only; write it once for each, as in {ko: …, en: …}\n"
        "f:7:9: warning: `korean` is in one language only; write it once for each, as in {ko: …, en: …}\n"
        "f:8:8: error: `empty` is empty; write a text or remove it\n");
}

TEST_CASE("a reader over something else than a map says so once") {
    Problems problems;
    const Context context{"f", problems, {}};
    const auto root = parse("[a, b]", "f", problems);
    Reader r(*root, context, "a store");
    CHECK(r.required_string("id") == "");
    r.finish();
    CHECK(messages(problems) ==
          "f:1:1: error: a store must be a map of `key: value` lines, here is a list\n");
}

TEST_CASE("problems beyond what a person reads are counted") {
    Problems problems;
    for (std::uint32_t i = 0; i < 700; ++i) problems.error("f", {i + 1, 1}, "x");
    const auto all = problems.sorted();
    CHECK(all.size() == Problems::most_kept + 1);
    CHECK(all.back().message == "200 more problems are not shown");
}

TEST_CASE("the nearest name is suggested") {
    const std::vector<std::string> names = {"required", "optional", "choices", "say"};
    CHECK(nearest("requierd", names) == "required");
    CHECK(nearest("Choices", names) == "choices");
    CHECK(nearest("sya", names) == "say");
    CHECK(nearest("banana", names) == "");
    CHECK(nearest(std::string(100000, 'a'), names) == "");
    CHECK(suggestion("banana", names) == "; known are required, optional, choices, say");
}

TEST_CASE("hostile input ends in a problem or a tree, soon") {
    const std::vector<std::string> inputs = {
        std::string(500'000, '['),         std::string(500'000, '{'),
        std::string(500'000, '-'),         std::string(500'000, ' '),
        std::string(100'000, 'a') + ": b", "a: \"" + std::string(500'000, '\\') + "\"",
        std::string(500'000, '&'),         std::string(500'000, '?'),
        std::string(500'000, ':'),         std::string(500'000, '\n'),
        std::string(500'000, '\t'),        std::string(500'000, '|'),
        std::string(500'000, '%'),
    };
    for (const std::string& input : inputs) {
        CAPTURE(input.substr(0, 4));
        Problems problems;
        const auto root = parse(input, "f", problems);
        CHECK((root.has_value() || problems.has_errors()));
    }
    std::string dashes;
    for (int i = 0; i < 100'000; ++i) dashes += "- ";
    std::string questions;
    for (int i = 0; i < 100'000; ++i) questions += "? ";
    std::string pairs = "a: {";
    for (int i = 0; i < 50'000; ++i) pairs += "k" + std::to_string(i) + ": v, ";
    for (const std::string& input : {dashes, questions, pairs + "}"}) {
        Problems problems;
        const auto root = parse(input, "f", problems);
        CHECK((root.has_value() || problems.has_errors()));
    }
}
