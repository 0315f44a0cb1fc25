#include "nlu/text/normalise.hpp"

#include <doctest/doctest.h>

#include <random>

#include "nlu/text/unicode.hpp"

using namespace maru::text;

TEST_CASE("equal meanings get one spelling") {
    struct Case {
        const char* from;
        const char* to;
    };
    const Case cases[] = {
        {"", ""},
        {"Hello World", "hello world"},
        {"  a\t\n b  ", "a b"},
        {"ＷＩＲＥＬＥＳＳ　ｍｏｕｓｅ", "wireless mouse"},
        {"soooo goood", "so god"},
        {"cool", "cool"},
        {"AAA battery", "aaa battery"},
        {"xxxl shirt", "xxxl shirt"},
        {"1000000", "1000000"},
        {"ㅋㅋㅋㅋㅋ", "ㅋㅋ"},
        {"ㅠㅠㅠㅠ", "ㅠㅠ"},
        {"네네네네", "네네"},
        {"wow!!!!!!", "wow!!!"},
        {"\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8", "각"},  // decomposed
        {"가\xE1\x86\xA8", "각"},                        // half composed
        {"ㅅㅓㅂ스", "섭스"},
        {"안녀ㅇ", "안녕"},
        {"ㅎㅏ세요", "하세요"},
        {"하하ㅋㅋ", "하하ㅋㅋ"},
        {"네ㅠ", "네ㅠ"},
        {"응ㅇㅇ", "응ㅇㅇ"},
        {"\xEF\xBE\xB2\xEF\xBE\xB2", "ㅂㅂ"},
        {"a\xE2\x80\x8B\xE2\x80\x8D"
         "b",
         "ab"},
        {"caf\x65\xCC\x81", "café"},
        {"ﬁne", "fine"},
        {"Straße", "strasse"},
        {"don’t “quote” – it", "don't \"quote\" - it"},
        {"￦5,000", "₩5,000"},
        {"５만원", "5만원"},
        {"❤️", "❤"},
        {"bad\xFFutf", "bad utf"},
        {"①", "1"},
    };
    for (const auto& c : cases) CHECK_MESSAGE(normalised(c.from) == c.to, c.from);
}

TEST_CASE("offsets lead back to the original bytes") {
    const std::string original = "  Ｈi,\xE2\x80\x8B ㅅㅓㅂ스 soooo";
    const auto norm = normalise(original);
    const auto piece = [&](std::string_view part) {
        const auto at = norm.text.find(part);
        REQUIRE(at != std::string::npos);
        const auto [begin, end] = norm.original(at, at + part.size());
        return original.substr(begin, end - begin);
    };
    CHECK(norm.text == "hi, 섭스 so");
    CHECK(piece("h") == "Ｈ");
    CHECK(piece("섭") == "ㅅㅓㅂ");
    CHECK(piece("스") == "스");
    CHECK(piece("so") == "soooo");
}

TEST_CASE("any bytes normalise to valid, stable text with ordered offsets") {
    std::mt19937 random(7);
    const char* parts[] = {"a",
                           "Z",
                           " ",
                           "가",
                           "ㄱ",
                           "ㅏ",
                           "ㅋ",
                           "\xCC\x81",
                           "\xE2\x80\x8B",
                           "\xFF",
                           "\xE1\x84\x80",
                           "\xE1\x85\xA1",
                           "\xE1\x86\xA8",
                           "😀",
                           "Ａ",
                           "한",
                           "\xED\xA0\x80",
                           "1",
                           "!",
                           "ß"};
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        const auto length = random() % 24;
        for (unsigned i = 0; i < length; ++i) text += parts[random() % std::size(parts)];
        const auto norm = normalise(text);
        REQUIRE(is_utf8(norm.text));
        REQUIRE(norm.begin.size() == norm.text.size());
        REQUIRE(norm.end.size() == norm.text.size());
        for (std::size_t i = 0; i < norm.text.size(); ++i) {
            REQUIRE(norm.begin[i] < norm.end[i]);
            REQUIRE(norm.end[i] <= text.size());
            if (i > 0) REQUIRE(norm.begin[i - 1] <= norm.begin[i]);
        }
    }
}

TEST_CASE("floods stay linear and small") {
    std::string marks = "a";
    for (int i = 0; i < 50000; ++i) marks += "\xCC\x81";
    CHECK(normalised(marks).size() < 40);
    std::string zero;
    for (int i = 0; i < 30000; ++i) zero += "\xE2\x80\x8B";
    CHECK(normalised(zero).empty());
    CHECK(normalised(std::string(100000, 'a')) == "a");
}

TEST_CASE("UTF-8 is checked, walked and cut on code points") {
    CHECK(is_utf8("가a😀"));
    CHECK_FALSE(is_utf8("\xC0\xAF"));          // overlong
    CHECK_FALSE(is_utf8("\xED\xA0\x80"));      // surrogate
    CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));  // beyond the last plane
    CHECK_FALSE(is_utf8("가\xEA\xB0"));        // cut short
    CHECK(is_utf8("\xEF\xBF\xBD"));            // U+FFFD itself is fine
    CHECK(count_code_points("가나다") == 3);
    CHECK(truncate("가나다", 2) == "가나");
    CHECK(truncate("abc", 9) == "abc");
    CHECK(sanitise("a\xFFz") == "a\xEF\xBF\xBDz");
}
