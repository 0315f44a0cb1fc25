#include <nlohmann/json.hpp>

#include "catalog/query_json.hpp"
#include "shop.hpp"

using namespace maru::catalog;
using maru::catalog::test::shop;

TEST_CASE("sentences become the queries of the table") {
    const auto rows = test::table("queries.tsv");
    REQUIRE(rows.size() >= 150);
    for (const auto& row : rows) {
        REQUIRE(row.size() == 3);
        CAPTURE(row[0]);
        const auto read = shop()->interpret(row[0]);
        auto json = query_to_json(read.query);
        if (!read.foreign_currency.empty()) json["foreign"] = read.foreign_currency;
        CHECK(json.dump() == nlohmann::json::parse(row[1]).dump());
        if (row[2][0] == '>') CHECK(read.evidence > std::stof(row[2].substr(1)));
        if (row[2][0] == '<') CHECK(read.evidence < std::stof(row[2].substr(1)));
    }
}

TEST_CASE("what the caller understood already is left alone") {
    const std::string sentence = "5만원 이하 무선 마우스";
    Query known;
    known.price_max = 47000;
    const Span price{0, static_cast<std::uint32_t>(std::string("5만원 이하").size())};
    const auto read = shop()->interpret(sentence, known, {&price, 1});
    CHECK(read.query.price_max == 47000);
    CHECK(read.query.text == "무선");
    CHECK(read.query.types == std::vector<std::string>{"마우스"});
    CHECK(read.names_type);
}

TEST_CASE("a price in another currency is converted by the shop's rate, or said to be foreign") {
    IndexOptions options;
    options.rates = {{"USD", 1300.0}};
    const auto index = Index::build(shop()->products(), options);
    CHECK(index->interpret("mouse up to $20").query.price_max == 26000);
    CHECK(index->interpret("mouse up to $20").foreign_currency.empty());
    const auto euro = index->interpret("mouse up to 20 euros");
    CHECK_FALSE(euro.query.price_max.has_value());
    CHECK(euro.foreign_currency == "EUR");
    struct Case {
        const char *sentence, *currency;
    };
    const Case cases[] = {{"mouse under ¥3000", "JPY"},           {"마우스 30파운드 이하", "GBP"},
                          {"200위안 이하 마우스", "CNY"},         {"mouse under 200 CNY", "CNY"},
                          {"마우스 100홍콩달러 이하", "HKD"},     {"mouse for at most 50 francs", "CHF"},
                          {"마우스 20유로 아래로", "EUR"},        {"mouse under 30 quid", "GBP"},
                          {"mouse, no more than 900 baht", "THB"}};
    for (const auto& one : cases) {
        CAPTURE(one.sentence);
        const auto said = index->interpret(one.sentence);
        CHECK(said.foreign_currency == one.currency);
        CHECK_FALSE(said.query.price_max.has_value());
    }
}

TEST_CASE("a shop in dollars reads cents and bare numbers") {
    std::vector<Product> products(2);
    products[0].id = "a";
    products[0].text.title = "Wireless mouse";
    products[0].price = {1999, "USD"};
    products[1].id = "b";
    products[1].text.title = "Gaming mouse";
    products[1].price = {8999, "USD"};
    const auto index = Index::build(products);
    CHECK(index->interpret("mouse under $50").query.price_max == 4999);
    CHECK(index->interpret("mouse under 50").query.price_max == 4999);
    CHECK(index->interpret("mouse for at most 49.95 dollars").query.price_max == 4995);
    CHECK(index->interpret("$20-$40 mouse").query.price_min == 2000);
    CHECK(index->interpret("$20-$40 mouse").query.price_max == 4000);
}

TEST_CASE("chatter, and a refusal of nothing on the shelves, are no conditions") {
    const auto read = [](std::string_view text) { return shop()->interpret(text).query; };
    for (const auto* sentence : {"마우스 ㅋㅋ", "마우스 추천 ㄱㄱ", "마우스 없나요 ㅠㅠ", "ㅎㅇ 마우스"}) {
        CAPTURE(sentence);
        CHECK(read(sentence).text.empty());
    }
    CHECK_FALSE(read("ㄴㅌㅂ").text.empty());  // the initials of a word
    for (const auto* sentence :
         {"I don't care about the mouse", "무선 마우스는 이거밖에 없는 거죠", "마우스 한번 빼야 되나요"}) {
        CAPTURE(sentence);
        CHECK(read(sentence).not_words.empty());
    }
    CHECK(read("a mouse, but I don't want pink").not_colors == std::vector<std::string>{"pink"});
    CHECK(read("a mouse, but I don't want red").not_colors.empty());  // none is red
    CHECK(read("god bless the mouse").colors.empty());
    CHECK(read("마우스 로지텍 빼고").not_brands == std::vector<std::string>{"로지텍"});
}

TEST_CASE("what the shop's visitors say of other things is no misspelt name of goods") {
    CHECK(shop()->interpret("my headphonse").names_type);
    CHECK(shop()->interpret("a charged account").names_type);
    IndexOptions options;
    options.other_words = {"account", "charged"};
    const auto index = Index::build(shop()->products(), options);
    CHECK_FALSE(index->interpret("a charged account").names_type);
    CHECK(index->interpret("my headphonse").names_type);
}

TEST_CASE("a word that ends the names of several shelves names them all, if it is what the things are") {
    const auto feed = read_feed(
        R"({"id":"a","title":"가나 로봇청소기","price":"1 KRW","product_type":"청소용품 > 로봇청소기",)"
        R"("locales":{"en":{"title":"Gana Robot Vacuum","product_type":"Cleaning > Robot Vacuums"}}})"
        "\n"
        R"({"id":"b","title":"다라 무선 청소기","price":"1 KRW","product_type":"청소용품 > 무선 청소기",)"
        R"("locales":{"en":{"title":"Dara Cordless Vacuum","product_type":"Cleaning > Cordless Vacuums"}}})"
        "\n"
        R"({"id":"c","title":"마바 청소기 거치대","price":"1 KRW","product_type":"청소용품 > 벽 거치대",)"
        R"("locales":{"en":{"title":"Maba Holder","product_type":"Cleaning > Wall Things"}}})"
        "\n"
        R"({"id":"d","title":"사아 걸이","price":"1 KRW","product_type":"청소용품 > 문 거치대",)"
        R"("locales":{"en":{"title":"Saa Hook","product_type":"Cleaning > Door Things"}}})"
        "\n",
        {});
    REQUIRE(feed.has_value());
    const auto index = Index::build(feed->products);
    for (const auto* asked : {"청소기 추천해줘", "a good vacuum"}) {
        CAPTURE(asked);
        auto types = index->interpret(asked).query.types;
        std::sort(types.begin(), types.end());
        CHECK(types == std::vector<std::string>{"로봇청소기", "무선 청소기"});
    }
    CHECK(index->interpret("로봇청소기").query.types == std::vector<std::string>{"로봇청소기"});
    // "Things" is what no product is called.
    CHECK(index->interpret("things").query.types.empty());
}
