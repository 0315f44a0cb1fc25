// A small shop bot for tests: a few intents in both languages, brands, won.
#pragma once

#include <memory>
#include <string>

#include "nlu/engine.hpp"

namespace maru::test {

inline nlu::EngineSource shop_source() {
    nlu::EngineSource source;
    source.default_currency = "KRW";
    source.order_number_pattern = R"(\bMR-?\d{8}\b)";
    source.gazetteers.push_back(
        {"brand",
         {{"Samsung", {"삼성", "삼성전자"}}, {"LG", {"엘지"}}, {"Sony", {"소니"}}, {"Apple", {"애플"}}},
         true});
    const auto add = [&](const char* label, std::initializer_list<const char*> texts) {
        int line = 0;
        for (const auto* text : texts) source.examples.push_back({text, label, {"shop.yaml", ++line, 3}});
    };
    add("faq:delivery_time",
        {"배송은 얼마나 걸려요", "언제 도착하나요", "주문하면 며칠 걸려요", "배송 기간이 어떻게 되나요",
         "언제 받을 수 있어요", "how long does delivery take", "when will my order arrive",
         "how many days for shipping", "what is the delivery time", "when can i get it"});
    add("faq:delivery_fee",
        {"배송비 얼마예요", "배송료가 있나요", "무료배송 되나요", "택배비는 누가 내나요",
         "배송비 무료 조건이 뭐예요", "how much is shipping", "is delivery free",
         "what are the shipping costs", "do i pay for delivery", "free shipping threshold"});
    add("intent:refund", {"환불해 주세요", "환불 받고 싶어요", "돈 돌려주세요", "환불은 어떻게 하나요",
                          "환불 신청할게요", "i want a refund", "give me my money back",
                          "how do i get a refund", "please refund my order", "refund me"});
    add("intent:human",
        {"상담원 연결해 주세요", "사람이랑 얘기할래요", "직원 바꿔주세요", "상담사와 통화하고 싶어요",
         "사람 상담원 있나요", "i want to talk to a person", "connect me to an agent",
         "can i speak to a human", "live agent please", "talk to customer service"});
    add("intent:hours", {"영업시간이 어떻게 되나요", "몇 시에 열어요", "몇 시까지 하나요", "주말에도 하나요",
                         "언제 문 닫아요", "what are your opening hours", "when do you open",
                         "what time do you close", "are you open on sunday", "business hours please"});
    return source;
}

inline std::shared_ptr<const nlu::Engine> shop_engine() {
    static const auto engine = nlu::Engine::build(shop_source()).engine;
    return engine;
}

}  // namespace maru::test
