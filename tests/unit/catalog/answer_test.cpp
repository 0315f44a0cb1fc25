#include <algorithm>
#include <optional>

#include "shop.hpp"

using namespace maru::catalog;
using maru::catalog::test::shop;
using Kind = Answer::Kind;

TEST_CASE("questions about a product are answered from its attributes") {
    struct Case {
        const char *id, *question, *locale;
        std::optional<Kind> kind;  // none: the feed does not say
        const char* value;
    };
    const Case cases[] = {
        {"sp1", "방수 돼요?", "ko", Kind::yes, "예"},
        {"sp1", "is it waterproof?", "en", Kind::yes, "Yes"},
        {"m1", "이거 방수 되나요?", "ko", Kind::no, "아니요"},
        {"m1", "is it waterproof", "en", Kind::no, "No"},
        {"e2", "방수 등급이 어떻게 돼요?", "ko", Kind::value, "IPX4"},
        {"kt1", "방수 되나요?", "ko", std::nullopt, ""},
        {"n1", "무게가 얼마나 돼요?", "ko", Kind::value, "1.55kg"},
        {"n1", "how heavy is it?", "en", Kind::value, "1.55kg"},
        {"n2", "화면 크기는요?", "ko", Kind::value, "17인치"},
        {"cl1", "배터리 얼마나 가요?", "ko", Kind::value, "60분"},
        {"cl1", "what's the battery life", "en", Kind::value, "60 minutes"},
        {"k1", "블루투스 되나요?", "ko", Kind::value, "블루투스"},
        {"hp2", "재고 있나요?", "ko", Kind::no, "품절"},
        {"hp1", "is it in stock?", "en", Kind::yes, "In stock"},
        {"mo2", "얼마예요?", "ko", Kind::value, "289,000원"},
        {"mo2", "how much is it?", "en", Kind::value, "₩289,000"},
        {"m1", "흰색도 있어요?", "ko", Kind::yes, "블랙, 화이트"},
        {"m1", "does it come in red?", "en", Kind::no, "Black, White"},
        {"m1", "what colors are there?", "en", Kind::value, "Black, White"},
        {"ds1", "생활 방수 되나요?", "ko", Kind::sentence, "생활 방수 코팅이 되어 있습니다."},
        {"m1", "is it black or white?", "en", Kind::value, "Black, White"},
        {"hm1", "수리 얼마나 걸려요?", "ko", std::nullopt, ""},
        {"mo2", "얼마나 해요?", "ko", Kind::value, "289,000원"},
        {"rc1", "몇 인용이에요?", "ko", Kind::value, "10"},
        {"kt2", "몇 인용이에요?", "ko", std::nullopt, ""},
        {"pan1", "식기세척기 되나요?", "ko", std::nullopt, ""},
        {"nobody", "방수 돼요?", "ko", std::nullopt, ""},
    };
    for (const auto& one : cases) {
        CAPTURE(one.id);
        CAPTURE(one.question);
        const auto answers = shop()->about(one.id, one.question, one.locale).answers;
        REQUIRE(answers.empty() == !one.kind);
        if (answers.empty()) continue;
        CHECK(static_cast<int>(answers.front().kind) == static_cast<int>(*one.kind));
        CHECK(answers.front().value == one.value);
    }
}

TEST_CASE("each thing asked of a product gets its answer") {
    const auto told = [](const char* id, const char* question, const char* locale = "ko") {
        std::string all;
        for (const auto& one : shop()->about(id, question, locale).answers)
            all +=
                (all.empty() ? "" : " | ") + (one.attribute.empty() ? "" : one.attribute + " ") + one.value;
        return all;
    };
    CHECK(told("e2", "방수 등급이랑 색상 알려주세요").find("IPX4") != std::string::npos);
    CHECK(told("n1", "무게가 얼마예요? 가격은요?") == "무게 1.55kg | 가격 1,190,000원");
    CHECK(told("n1", "how heavy is it? is it in stock?", "en") == "Weight 1.55kg | Availability In stock");
    // Which product is meant answers nothing.
    CHECK(told("rc1", "10인용 그거 예약 되나요?").empty());
}

TEST_CASE("what a thing is called, how often and what goes in ask for nothing of their own") {
    const auto feed = read_feed(
        R"json({"id":"w","title":"포근 전기요 싱글","price":"1 KRW",)json"
        R"json("attributes":{"소비전력":"60 W (전기료 하루 8시간)","배터리":"없음","크기":"90 cm"}})json"
        "\n",
        {});
    REQUIRE(feed.has_value());
    const auto index = Index::build(feed->products);
    const auto told = [&](const char* question) {
        std::string all;
        for (const auto& answer : index->about("w", question, "ko").answers)
            all += (all.empty() ? "" : ", ") + answer.attribute;
        return all;
    };
    CHECK(told("전기요 그거 전자파 괜찮은 거예요?").empty());
    CHECK(told("물 하루 몇 번 채워야 돼요?").empty());
    CHECK(told("건전지 들어가나요?") == "배터리");
    CHECK(told("침대에 들어가나요?") == "크기");
    CHECK(told("전기 많이 먹어요?") == "소비전력");
}

TEST_CASE("what comes after a product is not asked of the product") {
    for (const char* question :
         {"필터 얼마예요?", "배터리만 따로 살 수 있나요?", "교체 비용이 얼마나 들어요?",
          "how much is a replacement battery?", "수리비 얼마예요?"}) {
        CAPTURE(question);
        const auto told = shop()->about("cl1", question, "ko");
        CHECK(told.beside);
        CHECK(told.answers.empty());
    }
    CHECK_FALSE(shop()->about("cl1", "배터리 얼마나 가요?", "ko").beside);
}

TEST_CASE("a question may concern a product that says nothing of it") {
    CHECK(shop()->about("pan1", "식기세척기 되나요?", "ko").concerns);
    CHECK_FALSE(shop()->about("pan1", "오늘 기분이 어때요?", "ko").concerns);
}

TEST_CASE("a word that one product alone is called names it") {
    const auto& products = shop()->products();
    CHECK_FALSE(shop()->named("무선 마우스 있어요?"));
    CHECK_FALSE(shop()->named("얼마예요?"));
    CHECK_FALSE(shop()->named(""));
    std::size_t named = 0;
    for (const auto& product : products) {
        const auto id = shop()->named(product.text.title);
        if (!id) continue;
        ++named;
        CAPTURE(product.id);
        const auto* own = shop()->find(*id);
        REQUIRE(own != nullptr);
        if (product.item_group_id.empty())
            CHECK(*id == product.id);
        else
            CHECK(own->item_group_id == product.item_group_id);
    }
    CHECK(named * 4 > products.size());
}

TEST_CASE("the one of several that has most of what is asked") {
    const std::vector<std::string> both{"n1", "n2"};
    const auto lighter = shop()->best(both, "which one is lighter?", "en");
    REQUIRE(lighter);
    CHECK(lighter->id == "n2");
    CHECK(lighter->value == "1.35kg");
    CHECK(shop()->best(both, "둘 중에 뭐가 더 싸요?", "ko")->id == "n1");
    CHECK(shop()->best(both, "which is the most expensive", "en")->id == "n2");
    CHECK_FALSE(shop()->best(both, "which is quieter?", "en"));  // neither says
    CHECK_FALSE(shop()->best(both, "which do people like?", "en"));
    const std::vector<std::string> same{"n1", "n1"};
    CHECK_FALSE(shop()->best(same, "which is lighter", "en"));
}

TEST_CASE("a comparison shows what differs first") {
    const std::vector<std::string> both{"n1", "n2"};
    const auto comparison = shop()->compare(both, "en");
    REQUIRE(comparison.products.size() == 2);
    REQUIRE_FALSE(comparison.rows.empty());
    CHECK(comparison.rows.front().name == "Price");
    CHECK(comparison.rows.front().values == std::vector<std::string>{"₩1,190,000", "₩1,890,000"});
    const auto row = [&](std::string_view name) {
        return std::find_if(comparison.rows.begin(), comparison.rows.end(),
                            [&](const auto& r) { return r.name == name; });
    };
    REQUIRE(row("Weight") != comparison.rows.end());
    CHECK(row("Weight")->differs);
    REQUIRE(row("memory") != comparison.rows.end());
    CHECK_FALSE(row("memory")->differs);
    CHECK(row("Weight") < row("memory"));
    const std::vector<std::string> five{"n1", "n2", "n3", "m1", "m3"};
    CHECK(shop()->compare(five, "ko").products.size() == 4);
}
