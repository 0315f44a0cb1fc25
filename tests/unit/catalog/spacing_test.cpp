#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "catalog/spacing.hpp"

using maru::catalog::spaced_requests;

TEST_CASE("a blank goes before what asks, and around a sum in words") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"무선이어폰추천해주세요", "무선이어폰 추천해주세요"},
        {"기계식키보드있어요?", "기계식키보드 있어요?"},
        {"로봇청소기얼마예요", "로봇청소기 얼마예요"},
        {"무선마우스오만원이하", "무선마우스 오만원이하"},
        {"이만원이하머그컵", "이만원이하 머그컵"},
        {"이십만원대공기청정기보여주세요", "이십만원대 공기청정기 보여주세요"},
        {"보조배터리하나주세요", "보조배터리 하나주세요"},
        // What is spaced already, short, or something else stays.
        {"무선 이어폰 추천해 주세요", "무선 이어폰 추천해 주세요"},
        {"추천해주세요", "추천해주세요"},
        {"있어요", "있어요"},
        {"how much is this", "how much is this"},
        {"공기청정기 200,000원 이하", "공기청정기 200,000원 이하"},
        {"", ""},
    };
    for (const auto& [written, spaced] : cases) CHECK(spaced_requests(written) == spaced);
}

TEST_CASE("nothing but blanks is added, whatever comes in") {
    const auto bare = [](std::string text) {
        std::erase(text, ' ');
        return text;
    };
    const std::string hostile[] = {"\xED\x95",
                                   "가\xFF나\x80다",
                                   std::string(3000, '\xEA'),
                                   "👋추천👋추천",
                                   "원원원원원원",
                                   "만만만만원만원원만원이하이하대",
                                   "추천추천추천추천추천추천있어있어얼마"};
    for (const auto& text : hostile) CHECK(bare(spaced_requests(text)) == bare(text));
    std::string run;
    for (int i = 0; i < 33'000; ++i) run += "추천원";
    CHECK(bare(spaced_requests(run)) == run);
}
