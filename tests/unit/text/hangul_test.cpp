#include "nlu/text/hangul.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "nlu/text/distance.hpp"
#include "nlu/text/keyboard.hpp"
#include "nlu/text/unicode.hpp"

using namespace maru::text;

TEST_CASE("every syllable comes apart and together again") {
    for (char32_t c = 0xAC00; c <= 0xD7A3; ++c) {
        REQUIRE(join_syllable(*split_syllable(c)) == c);
        std::u32string letters;
        append_letters(letters, c);
        std::u32string out;
        LetterComposer composer(out);
        for (const auto letter : letters) composer.put(letter);
        composer.finish();
        REQUIRE(out == std::u32string(1, c));
    }
    CHECK_FALSE(split_syllable(U'a'));
    CHECK(to_letters("값의 tv") == "ㄱㅏㅂㅅㅇㅡㅣ tv");
    CHECK(choseong("삼성 tv") == "ㅅㅅ tv");
}

TEST_CASE("keyboard layouts are undone both ways") {
    struct Case {
        const char* latin;
        const char* hangul;
    };
    const Case cases[] = {
        {"dkssud", "안녕"},    {"qothd", "배송"},   {"ghksqnf", "환불"},      {"dkssudgktpdy", "안녕하세요"},
        {"Tkdy", "싸요"},      {"rkqtdl", "값이"},  {"ekfrqhRdma", "닭볶음"}, {"dmldhk", "의와"},
        {"answprk", "문제가"}, {"snrk 3", "누가 3"}};
    for (const auto& c : cases) CHECK(hangul_from_qwerty(c.latin) == c.hangul);
    CHECK(qwerty_from_hangul("ㅗㄷㅣㅣㅐ") == "hello");
    CHECK(qwerty_from_hangul("ㅡㅐㅕㄴㄷ 1") == "mouse 1");
    CHECK(qwerty_from_hangul("안녕") == "dkssud");
}

TEST_CASE("edit distance is bounded and counts swaps once") {
    CHECK(edit_distance("kitten", "sitting", 5) == 3);
    CHECK(edit_distance("kitten", "sitting", 2) == 3);
    CHECK(edit_distance("ab", "ba", 2) == 1);
    CHECK(edit_distance("", "abc", 5) == 3);
    CHECK(edit_distance("", "", 0) == 0);
    CHECK(edit_distance("same", "same", 0) == 0);
    CHECK(edit_distance("samsung", "samsnug", 1) == 1);
    CHECK(letter_distance("삼승", "삼성", 2) == 1);
    CHECK(letter_distance("에어팟", "애어팟", 2) == 1);
    CHECK(edit_distance(std::string(50000, 'a'), std::string(50001, 'b'), 2) == 3);
}

TEST_CASE("edit distance agrees with the full table") {
    const auto slow = [](std::string_view a, std::string_view b) {
        std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
        for (std::size_t i = 0; i <= a.size(); ++i) {
            for (std::size_t j = 0; j <= b.size(); ++j) {
                if (i == 0 || j == 0) {
                    d[i][j] = static_cast<int>(i + j);
                    continue;
                }
                d[i][j] =
                    std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
        return d[a.size()][b.size()];
    };
    unsigned state = 1;
    const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 16; };
    for (int round = 0; round < 4000; ++round) {
        std::string a, b;
        for (unsigned i = next() % 9; i > 0; --i) a += static_cast<char>('a' + next() % 3);
        for (unsigned i = next() % 9; i > 0; --i) b += static_cast<char>('a' + next() % 3);
        const int max = static_cast<int>(next() % 5);
        CAPTURE(a);
        CAPTURE(b);
        CAPTURE(max);
        REQUIRE(edit_distance(a, b, max) == std::min(slow(a, b), max + 1));
    }
}
