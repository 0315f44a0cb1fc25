#include "nlu/text/josa.hpp"

#include <doctest/doctest.h>

using namespace maru::text;

TEST_CASE("particles follow the sound of the word") {
    struct Case {
        const char* word;
        Josa josa;
        const char* expected;
    };
    const Case cases[] = {
        {"마우스", Josa::topic, "마우스는"},
        {"키보드", Josa::object, "키보드를"},
        {"책", Josa::subject, "책이"},
        {"서울", Josa::toward, "서울로"},
        {"부산", Josa::toward, "부산으로"},
        {"집", Josa::with, "집과"},
        {"TV", Josa::object, "TV를"},
        {"USB", Josa::topic, "USB는"},
        {"LED", Josa::topic, "LED는"},
        {"iPhone", Josa::topic, "iPhone은"},
        {"Galaxy", Josa::subject, "Galaxy가"},
        {"apple", Josa::toward, "apple로"},
        {"10", Josa::subject, "10이"},
        {"2", Josa::topic, "2는"},
        {"7", Josa::toward, "7로"},
        {"3", Josa::toward, "3으로"},
        {"'세트'", Josa::object, "'세트'를"},
        {"Sony", Josa::topic, "Sony는"},
        {"XM5", Josa::topic, "XM5는"},
        {"Google", Josa::subject, "Google이"},
        {"감사", Josa::is, "감사예요"},
        {"선물", Josa::is, "선물이에요"},
    };
    for (const auto& c : cases) CHECK(with_josa(c.word, c.josa) == c.expected);
}

TEST_CASE("open choices in replies are settled") {
    CHECK(resolve_josa("마우스은(는) 5만원이에요") == "마우스는 5만원이에요");
    CHECK(resolve_josa("책을(를) 서울(으)로 보냈어요") == "책을 서울로 보냈어요");
    CHECK(resolve_josa("부산(으)로") == "부산으로");
    CHECK(resolve_josa("LG이(가) 좋아요. 삼성이(가)요?") == "LG가 좋아요. 삼성이요?");
    CHECK(resolve_josa("사과을/를") == "사과를");
    CHECK(resolve_josa("plain (text) stays / here") == "plain (text) stays / here");
}

TEST_CASE("particles come off, nouns stay whole") {
    struct Case {
        const char* word;
        const char* stem;
    };
    const Case cases[] = {{"배송은", "배송"},
                          {"배송이", "배송"},
                          {"강남점에서도", "강남점"},
                          {"마우스를", "마우스"},
                          {"삼성으로", "삼성"},
                          {"서울로", "서울"},
                          {"고양이", "고양이"},
                          {"목걸이", "목걸이"},
                          {"온도", "온도"},
                          {"휴가", "휴가"},
                          {"책", "책"},
                          {"은", "은"},
                          {"mouse는", "mouse"},
                          {"tv가", "tv"},
                          {"어린이", "어린이"},
                          {"해상도", "해상도"},
                          {"저한테", "저"},
                          {"카드로", "카드"},
                          {"", ""}};
    for (const auto& c : cases) CHECK_MESSAGE(strip_josa(c.word) == c.stem, c.word);
    CHECK(strip_endings("주문했는데요") == "주문");
    CHECK(strip_endings("교환되나요") == "교환");
    CHECK(strip_endings("배송은") == "배송");
}
