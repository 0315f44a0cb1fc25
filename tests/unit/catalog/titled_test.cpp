// Whole titles, as visitors paste them from the shop's page.
#include "tests/unit/catalog/shop.hpp"

using namespace maru::catalog;
using namespace maru::catalog::test;

TEST_CASE("a title in a sentence is found, with its place in what was written") {
    struct Case {
        std::string said, title, id;
    };
    for (const auto& one : {
             Case{"로지텍 K380 블루투스 키보드 배송 얼마나 걸려요?", "로지텍 K380 블루투스 키보드", "k1"},
             Case{"혹시 소니 WF-1000XM5 노이즈캔슬링 이어폰은 방수 돼요?",
                  "소니 WF-1000XM5 노이즈캔슬링 이어폰은", "e2"},
             Case{"소니 WH-1000XM5 무선 헤드폰 재고 있나요", "소니 WH-1000XM5 무선 헤드폰", "hp1"},
             Case{"does the Logitech MX Master 3S Wireless Mouse work with a mac",
                  "Logitech MX Master 3S Wireless Mouse", "m3"},
             Case{"👍 쿠쿠 IH 압력밥솥 10인용 주세요", "쿠쿠 IH 압력밥솥 10인용", "rc1"},
         }) {
        const auto found = shop()->titled(one.said);
        REQUIRE_MESSAGE(found, one.said);
        CHECK_MESSAGE(found->id == one.id, one.said);
        CHECK(one.said.substr(found->title.begin, found->title.end - found->title.begin) == one.title);
    }
}

TEST_CASE("of variants with one title, the one in the colour that was said") {
    const auto colors = {std::pair{"m1", "블랙"}, std::pair{"m2", "화이트"}};
    for (const auto& [id, color] : colors) {
        const auto found = shop()->titled(std::string("로지텍 M331 무소음 무선 마우스 ") + color + " 주세요");
        REQUIRE(found);
        CHECK_MESSAGE(found->id == id, color);
    }
}

TEST_CASE("a kind, a part of a title, or its words in another order are no title") {
    for (const std::string said : {"무선 마우스", "무선 마우스 추천해 주세요", "wireless mouse", "로지텍",
                                   "키보드 블루투스 로지텍 K380", "", "마우스", "로지텍 무선 제품",
                                   "방수 되는 블루투스 스피커 있나요"})
        CHECK_MESSAGE(!shop()->titled(said), said);
}
