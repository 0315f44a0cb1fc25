// Expressions, templates and values.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "flows/expression.hpp"
#include "flows/template.hpp"
#include "flows/value.hpp"

using namespace maru::flows;
namespace nlu = maru::nlu;

namespace {

Slots example_slots() {
    Slots slots;
    slots.set("n", 3.0);
    slots.set("text", std::string("Hello World"));
    slots.set("digits", std::string(" 12 "));
    slots.set("yes", true);
    slots.set("no", false);
    slots.set("list", std::vector<std::string>{"a", "b"});
    slots.set("budget", nlu::Money{std::nullopt, 50000, "KRW", false});
    slots.set("고객", std::string("민수"));
    return slots;
}

std::string rendered(const std::string& text, const Slots& slots, const std::string& locale = "ko") {
    const auto [parsed, error] = Template::parse(text);
    if (!parsed) return "error at " + std::to_string(error.at) + ": " + error.message;
    const Display display{locale, "KRW", nullptr};
    return parsed->render(
        display, [&](std::string_view name) { return slots.get(name); },
        [](std::string_view, const Value&) { return std::string{}; });
}

}  // namespace

TEST_CASE("conditions come out as an admin means them") {
    const Slots slots = example_slots();
    const Lookup lookup = [&](std::string_view name) { return slots.get(name); };
    const std::vector<std::pair<std::string, bool>> cases = {
        {"n == 3", true},
        {"n == '3'", true},
        {"n != 3", false},
        {"n >= 3 and n < 4", true},
        {"n > 3 or n < 3", false},
        {"not n == 4", true},
        {"digits > 11", true},
        {"text == 'hello world'", true},
        {"text in ['x', 'hello world']", true},
        {"text in ['x']", false},
        {"'b' in list", true},
        {"contains(text, 'WORLD')", true},
        {"contains('a gift for her', ' if ')", false},
        {"contains('if it is free', ' if ')", true},
        {"contains('and if it is', ' if ')", true},
        {"contains('if it is free', 'if ')", true},
        {"contains('is it free', ' free ')", true},
        {"contains(list, 'c')", false},
        {"length(list) == 2", true},
        {"length(고객) == 2", true},
        {"고객 == '민수'", true},
        {"known(missing)", false},
        {"not known(missing)", true},
        {"missing == none", true},
        {"n == none", false},
        {"missing < 5", false},
        {"missing > 5", false},
        {"missing == 5", false},
        {"missing != 5", true},
        {"yes", true},
        {"no", false},
        {"yes == true", true},
        {"no == true", false},
        {"budget <= 50000", true},
        {"budget > 49999", true},
        {"1 + 2 * 3 == 7", true},
        {"(1 + 2) * 3 == 9", true},
        {"-n == 0 - 3", true},
        {"n / 0 == none", true},
        {"'a' + 'b' == 'ab'", true},
        {"lower('ABC') == 'abc'", true},
        {"yes and no or yes", true},
        {"not (yes and no)", true},
    };
    for (const auto& [text, expected] : cases) {
        CAPTURE(text);
        const auto parsed = Expression::parse(text);
        REQUIRE_MESSAGE(parsed.expression.has_value(), parsed.error.message);
        CHECK(parsed.expression->holds(lookup) == expected);
    }
}

TEST_CASE("what is wrong in a condition is named with its offset") {
    struct Case {
        std::string text;
        std::size_t at;
        std::string message;
    };
    const std::vector<Case> cases = {
        {"", 0, "the condition is empty"},
        {"n = 3", 2, "`=` is not known here; write =="},
        {"n && m", 2, "`&` is not known here; write and"},
        {"n ==", 4, "the condition ends too early; something is missing here"},
        {"(n", 2, "the condition ends too early; something is missing here"},
        {"n 3", 2, "`3` is not expected here"},
        {"3n", 0, "a name cannot start with a digit"},
        {"'abc", 0, "a quote is opened and never closed"},
        {"knwon(n)", 0, "there is no function `knwon`; known are known, contains, length, lower"},
        {"known(a, b)", 0, "known() takes 1 value, here are 2"},
        {"{n} == 3", 0, "`{` is not known here; write the name alone, without braces"},
        {std::string(100, '('), 32, "nested too deeply; split the condition"},
        {std::string(2000, 'x'), 0, "the condition is longer than 1,000 bytes; split it"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.text);
        const auto parsed = Expression::parse(c.text);
        REQUIRE_FALSE(parsed.expression.has_value());
        CHECK(parsed.error.at == c.at);
        CHECK(parsed.error.message == c.message);
    }
    std::string chain = "1";
    for (int i = 0; i < 300; ++i) chain += "+1";
    CHECK_FALSE(Expression::parse(chain).expression.has_value());
}

TEST_CASE("what a condition says about which names are set") {
    using Names = std::vector<std::string>;
    const auto implied = [](const std::string& text, bool truth) {
        return Expression::parse(text).expression->implies_known(truth);
    };
    CHECK(implied("known(a) and b > 3", true) == Names{"a", "b"});
    CHECK(implied("known(a) and b > 3", false).empty());
    CHECK(implied("known(a) or b > 3", true).empty());
    CHECK(implied("known(a) or a == 3", true) == Names{"a"});
    CHECK(implied("not known(a)", false) == Names{"a"});
    CHECK(implied("not known(a)", true).empty());
    CHECK(implied("a == 'x'", true) == Names{"a"});
    CHECK(implied("a == 'x'", false).empty());
    CHECK(implied("a != none", true) == Names{"a"});
    CHECK(implied("a == none", false) == Names{"a"});
    CHECK(implied("a == none", true).empty());
    CHECK(implied("a in ['x']", true) == Names{"a"});
}

TEST_CASE("texts are filled in, with Korean particles that fit") {
    Slots slots = example_slots();
    slots.set("item", std::string("가방"));
    slots.set("item2", std::string("모자"));
    slots.set("sum", 1234567.0);
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"{고객}님, 안녕하세요", "민수님, 안녕하세요"},
        {"{item}을(를) 찾았어요", "가방을 찾았어요"},
        {"{item2}을(를) 찾았어요", "모자를 찾았어요"},
        {"{item2}은(는) {item}와(과)", "모자는 가방과"},
        {"{n}", "3"},
        {"{sum|number}", "1,234,567"},
        {"{sum|price}", "1,234,567원"},
        {"{budget}", "50,000원"},
        {"{budget|price}", "50,000원"},
        {"{list}", "a, b"},
        {"{list|count}", "2"},
        {"{missing|count}", "0"},
        {"{missing}", ""},
        {"{missing|or:고객}님", "고객님"},
        {"{고객|or:고객}님", "민수님"},
        {"{text|upper}", "HELLO WORLD"},
        {"{{n}}", "{n}"},
        {"은(는) 그대로", "은(는) 그대로"},
        {"{ n | number }", "3"},
        {"{", "error at 0: a `{` is not closed; for a brace write `{{`"},
        {"x } y", "error at 2: a `}` without its `{`; for a brace write `}}`"},
        {"{}", "error at 0: `{}` is no slot's name; for braces write `{{` and `}}`"},
        {"{n|prize}", "error at 0: there is no filter `prize`; did you mean `price`?"},
    };
    for (const auto& [text, expected] : cases) {
        CAPTURE(text);
        CHECK(rendered(text, slots) == expected);
    }
    CHECK(rendered("{sum|price}", slots, "en") == "₩1,234,567");
}

TEST_CASE("a bare slot keeps its type, a text around it makes a text") {
    const Slots slots = example_slots();
    const Display display{"ko", "KRW", nullptr};
    const auto resolve = [&](const std::string& text) {
        return Template::parse(text).first->resolve(display,
                                                    [&](std::string_view name) { return slots.get(name); });
    };
    CHECK(resolve("{n}") == Value{3.0});
    CHECK(resolve("{n}개") == Value{std::string("3개")});
    CHECK(resolve("50000") == Value{std::string("50000")});
    CHECK(resolve("{missing}") == Value{});
}

TEST_CASE("slots survive JSON") {
    const Slots slots = example_slots();
    CHECK(Slots::from_json(nlohmann::json::parse(slots.to_json().dump())) == slots);
    for (const char* bad : {"[]", "3", "{\"a\": [1]}", "{\"a\": {\"b\": 1}}"})
        CHECK_FALSE(Slots::from_json(nlohmann::json::parse(bad)).has_value());
}
