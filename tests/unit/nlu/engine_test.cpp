#include "nlu/engine.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "tests/unit/nlu/bot.hpp"

using namespace maru;

namespace {

const nlu::Entity* find(const nlu::Understanding& meaning, std::string_view type) {
    const auto at = std::find_if(meaning.entities.begin(), meaning.entities.end(),
                                 [&](const auto& e) { return e.type == type; });
    return at == meaning.entities.end() ? nullptr : &*at;
}

std::string best(std::string_view text) {
    const auto meaning = test::shop_engine()->understand(text);
    return meaning.ranked.empty() ? "" : meaning.ranked.front().label;
}

}  // namespace

TEST_CASE("unseen wordings find their label in both languages") {
    struct Case {
        const char* text;
        const char* label;
    };
    const Case cases[] = {
        {"택배 언제쯤 와요??", "faq:delivery_time"},
        {"배송언제와", "faq:delivery_time"},
        {"how long until my parcel gets here", "faq:delivery_time"},
        {"wen wil my order arive", "faq:delivery_time"},
        {"qothd djswp dhkdy", "faq:delivery_time"},
        {"택배비 따로 있나요?", "faq:delivery_fee"},
        {"is shipping free of charge?", "faq:delivery_fee"},
        {"ㅎㅘㄴ불 ㅎㅐ줘", "intent:refund"},
        {"돈 돌려받고 싶습니다", "intent:refund"},
        {"can you give my money back", "intent:refund"},
        {"REFUND PLEASE", "intent:refund"},
        {"상담원이랑 통화 좀", "intent:human"},
        {"i need a real person", "intent:human"},
        {"오늘 몇시까지 영업해요", "intent:hours"},
        {"whatre ur business hours", "intent:hours"},
    };
    for (const auto& c : cases) CHECK_MESSAGE(best(c.text) == c.label, c.text);
}

TEST_CASE("what nobody taught it stays out of scope") {
    const auto engine = test::shop_engine();
    for (const auto* text :
         {"오늘 날씨가 참 좋네요", "sing me a song about the moon", "asdf", "🙂", "", "ㅋㅋㅋㅋ", "12345"})
        CHECK_MESSAGE(!engine->understand(text).in_scope, text);
}

TEST_CASE("confidences are ordered and within 0 … 1") {
    for (const auto* text : {"배송", "refund", "hello there", "환불 배송 상담원"}) {
        const auto meaning = test::shop_engine()->understand(text);
        REQUIRE(meaning.ranked.size() == 5);
        for (std::size_t i = 0; i < meaning.ranked.size(); ++i) {
            CHECK(meaning.ranked[i].confidence >= 0);
            CHECK(meaning.ranked[i].confidence <= 1);
            if (i > 1) CHECK(meaning.ranked[i].confidence <= meaning.ranked[i - 1].confidence);
        }
    }
}

TEST_CASE("languages") {
    const auto engine = test::shop_engine();
    CHECK(engine->understand("배송 언제 와요").language == nlu::Language::ko);
    CHECK(engine->understand("when does it ship").language == nlu::Language::en);
    CHECK(engine->understand("오늘 order 하면 언제 ship 돼요?").language == nlu::Language::mixed);
    CHECK(engine->understand("삼성 tv 얼마예요").language == nlu::Language::ko);
    CHECK(engine->understand("123").language == nlu::Language::unknown);
    nlu::Context korean;
    korean.locale = nlu::Language::ko;
    CHECK(engine->understand("123", korean).language == nlu::Language::ko);
}

TEST_CASE("rules hit by priority and scope, captures become entities") {
    auto source = test::shop_source();
    source.rules = {
        {"intent:human", {}, {"상담원 연결", "talk to a human"}, 10, nlu::RuleScope::always, {}},
        {"intent:track", {R"(order (?P<ref>[a-z]+\d+))"}, {}, 5, nlu::RuleScope::always, {}},
        {"intent:stop", {R"(^stop$)"}, {}, 20, nlu::RuleScope::in_flow, {}},
        {"intent:any", {R"(\border\b)"}, {}, 1, nlu::RuleScope::always, {}},
        {"intent:answer", {R"(^\d+$)"}, {}, 1, nlu::RuleScope::waiting, {}},
    };
    const auto built = nlu::Engine::build(source);
    REQUIRE(built.engine);
    const auto& engine = *built.engine;

    auto meaning = engine.understand("Where is ORDER abc123?");
    REQUIRE(meaning.rules.size() == 2);
    CHECK(meaning.rules[0].label == "intent:track");
    CHECK(meaning.rules[1].label == "intent:any");
    REQUIRE(find(meaning, "ref"));
    CHECK(std::get<std::string>(find(meaning, "ref")->value) == "abc123");
    CHECK(find(meaning, "ref")->text == "abc123");

    for (const auto* text :
         {"상담원 연결", "상담원연결해주세요", "빨리상담원연결좀", "can i talk to a human?"}) {
        meaning = engine.understand(text);
        REQUIRE_MESSAGE(meaning.rules.size() == 1, text);
        CHECK(meaning.rules[0].label == "intent:human");
    }
    CHECK(engine.understand("talk to a humanoid").rules.empty());
    CHECK(engine.understand("stop").rules.empty());
    nlu::Context context;
    context.in_flow = true;
    CHECK(engine.understand("stop", context).rules.size() == 1);
    context.waiting = true;
    CHECK(engine.understand("42", context).rules.size() == 1);
}

TEST_CASE("what cannot work is reported with its place") {
    auto source = test::shop_source();
    source.rules = {{"intent:a", {"(unclosed"}, {}, 0, nlu::RuleScope::always, {"rules.yaml", 7, 9}},
                    {"intent:b", {"x*"}, {}, 0, nlu::RuleScope::always, {"rules.yaml", 8, 9}},
                    {"intent:c", {}, {" "}, 0, nlu::RuleScope::always, {"rules.yaml", 9, 9}}};
    source.order_number_pattern = "[";
    const auto built = nlu::Engine::build(source);
    CHECK_FALSE(built.engine);
    REQUIRE(built.problems.size() == 4);
    CHECK(to_string(built.problems[0].place) == "rules.yaml:7:9");
    CHECK(built.problems[0].message.find("(unclosed") != std::string::npos);
    CHECK(to_string(built.problems[1].place) == "rules.yaml:8:9");
    CHECK(built.problems[1].message.find("every message") != std::string::npos);
    CHECK(to_string(built.problems[2].place) == "rules.yaml:9:9");
    CHECK(built.problems[3].message.find("order_number_pattern") != std::string::npos);
}

TEST_CASE("the same example under two labels is a warning with both places") {
    auto source = test::shop_source();
    source.examples.push_back({"환불해 주세요!", "faq:delivery_fee", {"faq.yaml", 3, 5}});
    const auto built = nlu::Engine::build(source);
    REQUIRE(built.engine);
    const auto at = std::find_if(built.problems.begin(), built.problems.end(), [](const auto& problem) {
        return to_string(problem.place) == "faq.yaml:3:5";
    });
    REQUIRE(at != built.problems.end());
    CHECK(at->kind == nlu::Problem::Kind::warning);
    CHECK(at->message.find("shop.yaml:1:3") != std::string::npos);
}

TEST_CASE("training is deterministic and a kept model gives the same answers") {
    const auto source = test::shop_source();
    const auto first = nlu::Engine::build(source).engine;
    const auto second = nlu::Engine::build(source).engine;
    CHECK(first->model().size() > 1000);
    CHECK(first->model() == second->model());
    auto cached = source;
    cached.cached_model = first->model();
    int trained = 0;
    cached.options.progress = [&](double) { return ++trained, true; };
    const auto third = nlu::Engine::build(cached).engine;
    CHECK(trained == 0);
    for (const auto* text : {"배송 언제 와", "refund please", "영업 시간", "아무 말"}) {
        const auto a = first->understand(text);
        const auto b = third->understand(text);
        CHECK(a.in_scope == b.in_scope);
        REQUIRE(a.ranked.size() == b.ranked.size());
        for (std::size_t i = 0; i < a.ranked.size(); ++i) {
            CHECK(a.ranked[i].label == b.ranked[i].label);
            CHECK(a.ranked[i].confidence == b.ranked[i].confidence);
        }
    }
    SUBCASE("another source trains anew") {
        cached.examples.push_back({"한 문장 더", "intent:refund", {}});
        const auto fourth = nlu::Engine::build(cached).engine;
        CHECK(trained > 0);
        CHECK(fourth);
    }
    SUBCASE("a damaged model trains anew") {
        cached.cached_model.resize(cached.cached_model.size() / 2);
        CHECK(nlu::Engine::build(cached).engine);
        CHECK(trained > 0);
    }
    SUBCASE("training can be abandoned") {
        cached.cached_model.clear();
        cached.options.progress = [](double) { return false; };
        const auto built = nlu::Engine::build(cached);
        CHECK_FALSE(built.engine);
        CHECK(built.problems.size() == 1);
    }
}

TEST_CASE("one engine serves many threads") {
    const auto engine = test::shop_engine();
    const auto expected = explain(engine->understand("삼성 말고 5만원 이하, 배송 언제 와요"));
    std::vector<std::thread> threads;
    std::vector<int> wrong(4, 0);
    for (std::size_t t = 0; t < wrong.size(); ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i)
                wrong[t] += explain(engine->understand("삼성 말고 5만원 이하, 배송 언제 와요")) != expected;
        });
    for (auto& thread : threads) thread.join();
    CHECK(std::count(wrong.begin(), wrong.end(), 0) == 4);
}

TEST_CASE("feelings are read with their negation") {
    const auto engine = test::shop_engine();
    const auto feel = [&](const char* text) { return engine->understand(text).feeling; };
    CHECK(feel("정말 좋아요 감사합니다").sentiment > 0.4F);
    CHECK(feel("안 좋아요").sentiment < 0);
    CHECK(feel("마음에 들지 않아요").sentiment < 0);
    CHECK(feel("not good").sentiment < 0);
    CHECK(feel("this is great, thank you").sentiment > 0.4F);
    CHECK(feel("최악이에요 화나네요").anger > 0.7F);
    CHECK(feel("THIS IS RIDICULOUS AND UNACCEPTABLE!!").anger > 0.8F);
    CHECK(feel("급해요 오늘 안에 받아야 해요").urgency > 0.8F);
    CHECK(feel("need it asap").urgency > 0.8F);
    CHECK(feel("배송 언제 와요").anger == 0);
    CHECK(feel("배송 언제 와요").sentiment == 0);
    CHECK(feel("what the fuck").profanity);
    CHECK_FALSE(feel("시발점이 어디인가요").anger > 1);
}

TEST_CASE("swear words are masked in place") {
    const auto engine = test::shop_engine();
    CHECK(engine->mask_profanity("야 씨발 배송 왜 안와") == "야 ** 배송 왜 안와");
    CHECK(engine->mask_profanity("What the FUCK is this") == "What the **** is this");
    CHECK(engine->mask_profanity("classic shitake is fine") == "classic shitake is fine");
    CHECK(engine->mask_profanity("") == "");
}

TEST_CASE("explain tells what happened in words") {
    const auto said = explain(test::shop_engine()->understand("삼성 티비 배송 언제 와요"));
    CHECK(said.find("language  ko") != std::string::npos);
    CHECK(said.find("faq:delivery_time") != std::string::npos);
    CHECK(said.find("because") != std::string::npos);
    CHECK(said.find("brand \"삼성\" = Samsung") != std::string::npos);
    const auto unknown = explain(test::shop_engine()->understand("zzz qqq"));
    CHECK(unknown.find("not recognised") != std::string::npos);
}

TEST_CASE("layout slips are undone only when they are slips") {
    const auto engine = test::shop_engine();
    CHECK(engine->understand("ghksqnf gowntpdy").text == "환불 해주세요");
    CHECK(engine->understand("ㄱㄷ려ㅜㅇ").text == "refund");
    for (const auto* text :
         {"work", "refund", "mac mini", "네ㅋㅋ", "ㅇㅇ", "ㅠㅠ 언제 와요", "bluetooth speaker"})
        CHECK_MESSAGE(!engine->understand(text).trace.layout_fixed, text);
}

TEST_CASE("an English word that spells Korean syllables by chance stays what it is among English words") {
    auto source = test::shop_source();
    // 얀, 셔 and 규, apart: "disturb" on the other keyboard is 얀셔규.
    for (const auto* text : {"하얀 상자", "가셔도 돼요", "규격이 뭐예요"})
        source.examples.push_back({text, "intent:hours", {"d.yaml", 1, 1}});
    const auto engine = nlu::Engine::build(source).engine;
    REQUIRE(engine);
    const auto mixed = engine->understand("i am looking for a refund so that i don't disturb my order");
    CHECK_FALSE(mixed.trace.layout_fixed);
    CHECK(mixed.language == nlu::Language::en);
    CHECK(engine->understand("ghksqnf gowntpdy").text == "환불 해주세요");
}

TEST_CASE("rules that contradict each other or an example are named at load, with both places") {
    auto source = test::shop_source();
    source.rules.push_back(
        {"intent:human", {"person"}, {"상담원"}, 0, nlu::RuleScope::always, {"a.yaml", 3, 1}});
    source.rules.push_back({"intent:refund", {}, {"상담원"}, 0, nlu::RuleScope::always, {"b.yaml", 7, 1}});
    source.rules.push_back({"intent:refund", {}, {"상담원"}, 5, nlu::RuleScope::in_flow, {"c.yaml", 9, 1}});
    source.examples.push_back({"a person came to my door", "intent:hours", {"d.yaml", 4, 2}});
    const auto built = nlu::Engine::build(source);
    REQUIRE(built.engine);
    std::string said;
    for (const auto& problem : built.problems) {
        CHECK(problem.kind == nlu::Problem::Kind::warning);
        said += to_string(problem.place) + ' ' + problem.message + '\n';
    }
    CHECK_MESSAGE(said.find("b.yaml:7:1 \"상담원\"") != std::string::npos, said);
    CHECK_MESSAGE(said.find("at a.yaml:3:1") != std::string::npos, said);
    CHECK_MESSAGE(said.find("c.yaml") == std::string::npos, said);
    CHECK_MESSAGE(said.find("d.yaml:4:2 \"a person came to my door\"") != std::string::npos, said);
}

TEST_CASE("words run together are known by their parts, strangers are not") {
    const auto engine = test::shop_engine();
    const auto known = engine->understand("주문하면며칠걸려요").trace.coverage;
    CHECK(known > 0.4F);
    CHECK(engine->understand("우주의나이는몇억년인가").trace.coverage < 0.3F);
    CHECK(engine->understand("주문하면며칠걸려요").in_scope);
}
