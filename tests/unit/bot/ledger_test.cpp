#include <doctest/doctest.h>

#include "bot/content/synonym_edit.hpp"
#include "bot/conversation/ledger.hpp"
#include "bot/insights/masked.hpp"
#include "bot/insights/tables.hpp"

using namespace maru;

TEST_CASE("what says who somebody is does not stay in a text; amounts and models do") {
    struct Case {
        std::string text, masked;
    };
    for (const auto& one : {
             Case{"무선 마우스 있어요?", "무선 마우스 있어요?"},
             Case{"call 010-1234-5678 please", "call [number] please"},
             Case{"010 1234 5678로 전화", "[number]로 전화"},
             Case{"01012345678", "[number]"},
             Case{"+82 10 1234 5678", "[number]"},
             Case{"(02)123-4567", "[number]"},
             Case{"order 20261121-0042", "order [number]"},
             Case{"card 4111-1111-1111-1111.", "card [number]."},
             Case{"kim.lee+shop@example.co.kr 로", "[email] 로"},
             Case{"01012345678@naver.com", "[email]"},
             Case{"a@b", "[email]"},
             Case{"2000000원 이하 노트북", "2000000원 이하 노트북"},
             Case{"20000000 mAh", "20000000 mAh"},
             Case{"rtx 4090, 860 evo 1tb", "rtx 4090, 860 evo 1tb"},
             Case{"모니터 27 2024 120", "모니터 27 2024 120"},
             Case{"@", "@"},
             Case{"", ""},
         })
        CHECK(insights::masked(one.text) == one.masked);
    CHECK(insights::masked("가나다라", 3) == "가나다");
    const std::string hostile(100'000, '@'), digits(100'000, '7');
    CHECK(insights::masked(hostile).size() <= 80);
    CHECK(insights::masked(digits) == "[number]");
}

TEST_CASE("a search is counted once, and what becomes of it once") {
    Conversation c;
    c.row.locale = "ko";
    const Time now = from_millis(1'800'000'000'000);
    const auto noted = [&](const Searched& found, bool choice = false, Time at = {}) {
        store::Transition changes;
        note_search(c, found, "마우스 있어요? 김철수 A-77", choice, {"A-77"}, at == Time{} ? now : at,
                    changes);
        return changes.searches;
    };
    const auto taken = [&](const char* product, Taken how) {
        store::Transition changes;
        note_taken(c, product, how, changes);
        return changes.searches;
    };
    auto rows = noted({"마우스 A 77", false, false, {"a", "b"}});
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].asked == 1);
    CHECK(rows[0].nothing == 0);
    CHECK(rows[0].words == "마우스");
    CHECK(rows[0].example == "마우스 있어요? 김철수 …");
    CHECK(noted({"마우스 A 77", false, false, {"c"}}).empty());
    CHECK(noted({"마우스 빨강", false, false, {"d"}}, true).empty());  // a button goes on
    rows = noted({"마우스 A 77", false, true, {}});
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].asked == 0);
    CHECK(rows[0].relaxed == 1);
    CHECK(noted({"마우스 A 77", false, true, {}}).empty());

    CHECK(taken("z", Taken::clicked).empty());
    rows = taken("d", Taken::chosen);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].followed == 1);
    CHECK(rows[0].clicked == 0);
    rows = taken("c", Taken::clicked);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].followed == 0);
    CHECK(rows[0].clicked == 1);
    CHECK(taken("a", Taken::clicked).empty());
    CHECK(taken("a", Taken::carted).at(0).carted == 1);

    // Another day is another ask; of many searches the last few are remembered.
    CHECK(noted({"마우스 A 77", true, false, {}}, false, now + std::chrono::days{1}).at(0).nothing == 1);
    for (int i = 0; i < 10; ++i) CHECK(noted({"kind " + std::to_string(i), false, false, {}}).size() == 1);
    CHECK(c.dialogue.searches.size() == 3);
    const auto again = [&] {
        auto row = c.row;
        row.data = to_data(c);
        return from_row(row).dialogue.searches;
    }();
    REQUIRE(again.size() == 3);
    CHECK(again[2].words == c.dialogue.searches[2].words);
    CHECK(noted({"", true, false, {}}).empty());
}

TEST_CASE("a synonym is added where an admin would write it, and the rest stays as it was") {
    struct Case {
        std::string before, word, means, after;
    };
    const std::string head = "version: 1\n# Words that mean the same.\nsynonyms:\n";
    for (const auto& one : {
             Case{"", "랩탑", "노트북", "version: 1\nsynonyms:\n  - [노트북, 랩탑]\n"},
             Case{head + "  - [노트북, laptop]  # computers\n  - [b, c]\n", "랩탑", "Laptop",
                  head + "  - [노트북, laptop, 랩탑]  # computers\n  - [b, c]\n"},
             Case{head + "  - ['it''s', \"노트북\"]\n", "a: b", "노트북",
                  head + "  - ['it''s', \"노트북\", \"a: b\"]\n"},
             Case{head + "  - [노트북,\n     laptop\n    ]\n", "랩탑", "노트북",
                  head + "  - [노트북,\n     laptop, 랩탑\n    ]\n"},
             Case{head + "  -\n    - 노트북 # first\n    - laptop # second\n  - [b, c]\n", "랩탑", "노트북",
                  head + "  -\n    - 노트북 # first\n    - laptop # second\n    - 랩탑\n  - [b, c]\n"},
             Case{head + "  - - 노트북\n    - laptop", "랩탑", "노트북",
                  head + "  - - 노트북\n    - laptop\n    - 랩탑\n"},
             Case{head + "- [b, c]\n# the end\n", "랩탑", "노트북",
                  head + "- [b, c]\n- [노트북, 랩탑]\n# the end\n"},
             Case{head + "  - [b,\n     c\n    ]\nentities:\n  - type: pay\n    values: [card]\n", "랩탑",
                  "노트북",
                  head + "  - [b,\n     c\n    ]\n  - [노트북, 랩탑]\nentities:\n  - type: pay\n    values: "
                         "[card]\n"},
             Case{"version: 1\n", "랩탑", "노트북", "version: 1\nsynonyms:\n  - [노트북, 랩탑]\n"},
             Case{"version: 1\r\nsynonyms:\r\n  - [b, c]\r\n", "랩탑", "노트북",
                  "version: 1\r\nsynonyms:\r\n  - [b, c]\r\n  - [노트북, 랩탑]\r\n"},
         }) {
        const auto edit = with_synonym(one.before, one.word, one.means);
        REQUIRE_MESSAGE(edit.has_value(), edit.error().message);
        CHECK_FALSE(edit->known);
        CHECK(edit->text == one.after);
        CHECK(edit->group.size() >= 2);
        const auto again = with_synonym(edit->text, one.word, one.means);
        REQUIRE(again.has_value());
        CHECK(again->known);
        CHECK(again->text == edit->text);
    }
    for (const auto& [text, word] : {std::pair{head + "  - [a\n", "x"}, std::pair{head, "a"},
                                     std::pair{head, " "}, std::pair{head, "\xff"}, std::pair{head, "x\ny"}})
        CHECK(with_synonym(text, word, "a").has_error());
}

TEST_CASE("tables line up, also with Hangul; cells that are formulas or have signs are quoted") {
    CHECK(insights::aligned({{"words", "n"}, {"마우스", "12"}, {"a", "3"}}) ==
          "words    n\n마우스  12\na        3\n");
    CHECK(insights::csv_line({"", "a,b", "=1+1", "say \"hi\"", "x\ny"}) ==
          ",\"a,b\",'=1+1,\"say \"\"hi\"\"\",\"x\ny\"\r\n");
}
