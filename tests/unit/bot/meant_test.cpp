#include "bot/conversation/meant.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using maru::meant;

TEST_CASE("what a message sets aside is not what it is about") {
    const struct {
        const char *said, *left;
    } cases[] = {
        {"앱은 됐고.. 토요일에도 전화 받아요?", "토요일에도 전화 받아요?"},
        {"아니 용도변경이 아니고 카드결제도 현금영수증 되냐고요", "카드결제도 현금영수증 되냐고요"},
        {"선물하기 말고 그냥 일반 주문으로 보낼게요", "그냥 일반 주문으로 보낼게요"},
        {"밥은 잘 안해먹어서 밥솥은 됐고 이불부터요", "이불부터요"},
        {"환불말고 교환해 주세요", "교환해 주세요"},
        {"계산서 말고 영수증 주세요", "영수증 주세요"},
        {"가면 말고 모자 주세요", "모자 주세요"},
        {"배터리에서 불이 났는데 됐고 환불해줘", "배터리에서 불이 났는데 환불해줘"},
        {"여기 서울 아니고 제주라니까요", "제주라니까요"},
        {"what?? i asked about the induction cooker not a parcel", "i asked about the induction cooker"},
        {"??? nothing is broken, i asked about delivery by thursday", "i asked about delivery by thursday"},
        {"cancel that repair thing. i want to buy the kettle", "i want to buy the kettle"},
        {"stop with the courier. can i get my money back", "can i get my money back"},
        {"안녕하세요 토스터 있어요?", "토스터 있어요?"},
        {"hi, do you sell toasters?", "do you sell toasters?"},
        {"no i need UNDER 1000w", "i need UNDER 1000w"},
        {"ok thx. last thing, can i change the drop off", "can i change the drop off"},
        {"nevermind the lamp. do u have night lights? 1,000 won or 3.5",
         "do u have night lights? 1,000 won or 3.5"},
    };
    for (const auto& one : cases) {
        CAPTURE(one.said);
        CHECK(meant(one.said).words == one.left);
    }
}

TEST_CASE("where nothing is set aside, or nothing would be left, the message stands as it is") {
    for (const auto* text : {"",
                             " ",
                             "안녕하세요",
                             "무선 마우스 보여 주세요",
                             "말고",
                             "이거 말고",
                             "삼성 말고요",
                             "됐고요",
                             "no",
                             "no thanks",
                             "forget the mouse",
                             "아니요",
                             "아니에요 괜찮아요",
                             "is it not a gas one",
                             "why is it not working",
                             "no smoking sign please",
                             "what is the delivery fee",
                             "비밀번호가 맞다고 나오는데 아니라고 해요",
                             "ㅋㅋㅋㅋ",
                             "👍👍",
                             "\xff\xfe"}) {
        CAPTURE(text);
        CHECK(meant(text).words.empty());
    }
}

TEST_CASE("who insists says so") {
    for (const auto* text :
         {"카드결제도 되냐고요", "제주라니까요", "that's not what I asked, is it waterproof?",
          "you didn't answer, how long is it?"}) {
        CAPTURE(text);
        CHECK(meant(text).insists);
    }
    for (const auto* text : {"카드결제도 되나요?", "how long is it?", "no"}) {
        CAPTURE(text);
        CHECK_FALSE(meant(text).insists);
    }
    CHECK(meant("nothing is broken! how long is delivery?").ends);
    CHECK_FALSE(meant("환불말고 교환해 주세요").ends);
}

TEST_CASE("hostile messages are read without harm") {
    const std::vector<std::string> parts{
        "말고 ", "아니 ", "no ",    "not a ",  "됐고, ", "i asked ", ". ",
        ",",     "?!",    "\u202E", "e\u0301", "가",     "\xE1",     "nothing is broken. "};
    for (const auto& part : parts) {
        std::string text;
        while (text.size() < 100000) text += part;
        static_cast<void>(meant(text));
        const auto some = text.substr(0, 990);
        const auto read = meant(some);
        CHECK(read.words.size() <= some.size() + 2 * part.size());
    }
}
