#include <doctest/doctest.h>

#include <random>
#include <string>

#include "nlu/text/unicode.hpp"
#include "tests/unit/nlu/bot.hpp"

using namespace maru;

namespace {

std::string repeated(std::string_view part, std::size_t bytes) {
    std::string out;
    while (out.size() < bytes) out += part;
    return out;
}

void check_sound(const std::string& text, const nlu::Understanding& meaning) {
    REQUIRE(text::is_utf8(meaning.text));
    for (const auto& entity : meaning.entities) {
        REQUIRE(entity.span.begin < entity.span.end);
        REQUIRE(entity.span.end <= text.size());
        REQUIRE(text.substr(entity.span.begin, entity.span.end - entity.span.begin) == entity.text);
    }
    for (const auto& evidence : meaning.trace.evidence) REQUIRE(evidence.part.end <= meaning.text.size());
    REQUIRE_FALSE(explain(meaning).empty());
}

}  // namespace

TEST_CASE("floods of anything are read to the limit and no further") {
    const auto engine = test::shop_engine();
    for (const auto* part : {"a",
                             "가",
                             "ㅋ",
                             "ㄱㅏ",
                             "1",
                             "1 ",
                             "1,",
                             "(1",
                             "만",
                             "천만",
                             "일이",
                             "😀",
                             "\xCC\x81",
                             "\xE2\x80\x8B",
                             "\xFF",
                             "@a.b",
                             "a@",
                             "(",
                             "+",
                             "01",
                             "010-",
                             "삼성 ",
                             "삼성말고",
                             "삼성말고 ",
                             "not ",
                             "두 ",
                             "두 개",
                             "두 개 ",
                             "네 ",
                             "$",
                             "~",
                             "5~",
                             "내일 ",
                             "3시 ",
                             "next ",
                             "\xD0\xB0"
                             "a",
                             "\xE2\x80\xAE",
                             "씨발 ",
                             "first ",
                             "더 ",
                             "MR-1234",
                             "dkssud",
                             "delivvery ",
                             "ㅗㅗㅏ",
                             "12/"}) {
        const auto text = repeated(part, 100'000);
        CAPTURE(part);
        const auto meaning = engine->understand(text);
        check_sound(text, meaning);
        CHECK(meaning.trace.truncated);
        CHECK(meaning.entities.size() <= 200);
    }
}

TEST_CASE("random bytes and random pieces never break a result") {
    const auto engine = test::shop_engine();
    std::mt19937 random(11);
    const char* parts[] = {
        "삼성",  "말고", " ",  "5만원", "이하", "010-1234-5678", "a@b.co", "내일",         "3시",
        "not ",  "red",  "ㅋ", "ㅏ",    "\xFF", "\xE1\x85\xA1",  "😀",      "\xCC\x81",     "두 개",
        "1,299", ".",    "-",  "~",     "$",    "MR-12345678",   "dkssud", "\xE2\x80\x8B", "첫 번째",
        "네",    "x",    "만"};
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (unsigned i = random() % 20; i > 0; --i) {
            if (random() % 5 == 0) {
                text.push_back(static_cast<char>(random() % 256));
            } else {
                text += parts[random() % std::size(parts)];
            }
        }
        CAPTURE(text);
        check_sound(text, engine->understand(text));
        (void)engine->mask_profanity(text);
    }
}
