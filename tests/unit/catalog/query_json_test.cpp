#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "catalog/query_json.hpp"

using namespace maru::catalog;

TEST_CASE("a query survives its JSON") {
    Query query;
    query.text = "무선";
    query.price_min = 10000;
    query.price_max = 49999;
    query.brands = {"로지텍"};
    query.not_brands = {"삼성전자"};
    query.colors = {"white"};
    query.not_colors = {"red"};
    query.types = {"마우스"};
    query.not_types = {"키보드"};
    query.not_words = {"유선"};
    query.limits = {{"mass", std::nullopt, 100.0, "100g 이하"}};
    query.rating_min = 4.5;
    query.in_stock_only = true;
    query.sort = Sort::lightest;
    query.exclude_ids = {"m1"};
    query.liked_ids = {"m2", "m3"};
    query.disliked_ids = {"m4"};
    query.fill = true;
    query.offset = 5;
    query.limit = 3;
    const auto back = query_from_json(query_to_json(query));
    REQUIRE(back.has_value());
    CHECK(*back == query);
    CHECK(query_to_json(Query{}).dump() == "{}");
    CHECK(query_from_json(nlohmann::json::object()) == Query{});
}

TEST_CASE("what is no query is refused") {
    for (const auto* text : {"[]", "3", R"({"text": 3})", R"({"brands": "x"})", R"({"brands": [1]})",
                             R"({"sort": "best"})", R"({"limit": -1})", R"({"limit": 99999999999})",
                             R"({"price_max": "5"})", R"({"limits": [3]})", R"({"in_stock_only": 1})"}) {
        CAPTURE(text);
        CHECK_FALSE(query_from_json(nlohmann::json::parse(text)).has_value());
    }
    CHECK(query_from_json(nlohmann::json::parse(R"({"later": 1})")) == Query{});
}
