#include "shop.hpp"

using namespace maru::catalog;
using maru::catalog::test::ids;
using maru::catalog::test::shop;
using Ids = std::vector<std::string>;

namespace {

// A visitor's sentences one after another, each refining what came before.
struct Talk {
    Query query;
    Results results;
    explicit Talk(std::string_view first)
        : query(shop()->interpret(first).query), results(shop()->search(query)) {}
    Talk& then(std::string_view sentence) {
        query = shop()->refine(query, sentence, ids(results.matches)).query;
        results = shop()->search(query);
        return *this;
    }
    Ids found() const { return ids(results.matches); }
};

}  // namespace

TEST_CASE("cheaper and dearer are measured by what the visitor sees") {
    Talk talk("무선 헤드폰");
    CHECK(Talk("노트북").then("더 싼 거").found().front() == "n3");  // nothing is cheaper: the cheapest first
    Query one;
    one.types = {"노트북"};
    const Ids shown{"n2"};
    const auto cheaper = shop()->refine(one, "좀 더 저렴한 거 없어요?", shown).query;
    CHECK(cheaper.price_max == 1889999);
    CHECK(ids(shop()->search(cheaper).matches) == Ids{"n1", "n3"});
    const auto too_dear = shop()->refine(one, "that's too expensive", shown).query;
    CHECK(too_dear.price_max == 1889999);
    const Ids cheap{"n3"};
    CHECK(shop()->refine(one, "more expensive ones", cheap).query.price_min == 549001);
}

TEST_CASE("a follow-up adds, replaces and refuses") {
    CHECK(Talk("마우스").then("흰색으로").query.colors == Ids{"white"});
    CHECK(Talk("white mouse").then("in black").query.colors == Ids{"black"});
    CHECK(Talk("이어폰").then("삼성 말고").query.not_brands == Ids{"삼성전자"});
    CHECK(Talk("삼성 이어폰").then("삼성 말고").query.brands.empty());
    CHECK(Talk("mouse").then("with Bluetooth").found() == Ids{"m6", "m3"});
    CHECK(Talk("마우스").then("2만원 이하로").query.price_max == 20000);
    CHECK(Talk("5만원 이하 마우스").then("3만원 이하").query.price_max == 30000);
    CHECK(Talk("모니터").then("평점 좋은 걸로").query.sort == Sort::rating);
    CHECK(Talk("노트북").then("더 가벼운 거").query.sort == Sort::lightest);
    CHECK(Talk("노트북").then("LG 걸로 보여줘").found() == Ids{"n2"});
    CHECK(Talk("무선 마우스").then("무선 말고").query.text.empty());
}

TEST_CASE("what is taken back leaves the search, and no condition that nobody sees the use of comes in") {
    CHECK(Talk("wireless mouse").then("remove the wireless").query == Talk("mouse").query);
    CHECK(Talk("무선 마우스").then("wireless 빼줘").query.text.empty());
    CHECK(Talk("white mouse").then("forget the white").query == Talk("mouse").query);
    CHECK(Talk("흰색 마우스").then("흰색은 됐고").query == Talk("마우스").query);
    CHECK(Talk("마우스").then("삼성 빼줘").query.not_brands == Ids{"삼성전자"});
    CHECK(Talk("삼성 말고 마우스").then("삼성 빼줘").query.not_brands.empty());  // the refusal itself
    CHECK(Talk("마우스").then("키보드 말고").query == Talk("마우스").query);
    CHECK(Talk("마우스").then("키보드 아닌데요").query == Talk("마우스").query);
    CHECK(Talk("mouse").then("no no, I am not complaining").query.not_words.empty());
    const auto mice = shop()->interpret("마우스").query;
    CHECK(shop()->refine(mice, "삼성 말고", {}).constrains);
    CHECK_FALSE(shop()->refine(mice, "키보드 아닌데요", {}).constrains);
    const auto others = Talk("마우스").then("마우스 말고 다른 거");
    CHECK(others.query.types == Ids{"컴퓨터"});
    REQUIRE_FALSE(others.results.matches.empty());
    for (const auto& match : others.results.matches)
        CHECK(match.product->text.product_type != "컴퓨터 > 마우스");
}

TEST_CASE("what is no longer needed leaves the search") {
    CHECK(Talk("wireless mouse").then("not only wireless ones, a mouse").query == Talk("mouse").query);
    CHECK(Talk("wireless mouse").then("it doesn't have to be wireless").query.text.empty());
    CHECK(Talk("wireless mouse").then("a mouse, it does not have to be wireless").query.text.empty());
    CHECK(Talk("무선 마우스").then("무선 아니어도 돼요").query == Talk("마우스").query);
    CHECK_FALSE(Talk("mouse").then("not only wireless but also white").query.text.empty());
    CHECK(Talk("무선 마우스").then("그냥 일반 마우스중에 싼 거").query.text.empty());
    CHECK(Talk("wireless mouse").then("just a regular mouse").query == Talk("mouse").query);
    CHECK(Talk("무선 마우스").then("흰색 마우스로").query.text == "무선");
}

TEST_CASE("a price that is found too high is an upper limit") {
    const auto cheaper = Talk("마우스").then("10만원 넘는데 더 싼 건 없나요");
    CHECK(cheaper.query.price_max == 99999);
    CHECK_FALSE(cheaper.query.price_min.has_value());
    CHECK(Talk("마우스").then("5만원보다 싼 거요").query.price_max == 49999);
    CHECK(Talk("keyboard").then("i want cheaper, 60000 maximum").query.price_max == 60000);
}

TEST_CASE("what is shown is put in order by what it is compared for") {
    CHECK(Talk("노트북").then("which is the quietest?").query.sort == Sort::quietest);
    CHECK(Talk("노트북").then("whats lighter").found().front() == "n2");
    CHECK(Talk("스피커").then("더 오래 가는 거").query.sort == Sort::longest_lasting);
    CHECK(Talk("노트북").then("which is faster").query == Talk("노트북").query);
}

TEST_CASE("more shows what was not shown") {
    Query query;
    query.types = {"마우스"};
    query.limit = 2;
    const auto first = ids(shop()->search(query).matches);
    for (const auto* more : {"더 보여줘", "다른 거 없어요?", "show me more", "any others?"}) {
        CAPTURE(more);
        const auto second = ids(shop()->search(shop()->refine(query, more, first).query).matches);
        REQUIRE(second.size() == 2);
        for (const auto& id : second) CHECK(std::find(first.begin(), first.end(), id) == first.end());
    }
}

TEST_CASE("other goods begin a new search") {
    const auto other = Talk("5만원 이하 흰색 마우스").then("키보드 보여줘");
    CHECK(other.query.types == Ids{"키보드"});
    CHECK_FALSE(other.query.price_max.has_value());
    CHECK(other.query.colors.empty());
    CHECK(Talk("laptop").then("show me air fryers").query.types == Ids{"에어프라이어"});
}
