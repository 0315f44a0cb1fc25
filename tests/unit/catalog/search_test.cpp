#include <algorithm>

#include "shop.hpp"

using namespace maru::catalog;
using maru::catalog::test::ids;
using maru::catalog::test::shop;
using Ids = std::vector<std::string>;

TEST_CASE("searches of the table find their products first") {
    const auto rows = test::table("searches.tsv");
    REQUIRE(rows.size() >= 60);
    for (const auto& row : rows) {
        REQUIRE(row.size() == 2);
        CAPTURE(row[0]);
        const auto found = ids(shop()->search(shop()->interpret(row[0]).query).matches);
        std::string first;
        for (std::size_t i = 0; i < found.size() && i < 3; ++i) first += (i > 0 ? "," : "") + found[i];
        CHECK(first == row[1]);
    }
}

TEST_CASE("a price bound is kept, or given up aloud with the nearest first") {
    Query query;
    query.types = {"마우스"};
    query.price_max = 20000;
    auto results = shop()->search(query);
    CHECK(results.relaxed.empty());
    REQUIRE_FALSE(results.matches.empty());
    for (const auto& match : results.matches) CHECK(match.product->price.amount <= 20000);

    query.price_max = 10000;
    results = shop()->search(query);
    CHECK(results.relaxed == Ids{"price"});
    CHECK(ids(results.matches).front() == "m4");  // 12,900 is the nearest
    CHECK(shop()->why(results.matches.front(), "en", 1).front() == "nearest in price");
}

TEST_CASE("constraints are given up one at a time, the dearest last") {
    Query query;
    query.types = {"헤드폰"};
    query.brands = {"소니"};
    query.colors = {"white"};
    const auto results = shop()->search(query);
    CHECK(results.relaxed == Ids{"color"});
    CHECK(ids(results.matches) == Ids{"hp1"});

    Query words;
    words.text = "무선 잠수함";
    words.types = {"마우스"};
    const auto loose = shop()->search(words);
    CHECK(loose.relaxed.empty());  // what no product has is no condition
    CHECK(loose.unknown == Ids{"잠수함"});
    CHECK_FALSE(loose.matches.empty());

    words.text = "무선 방수";  // both are known, and no mouse has both
    const auto partial = shop()->search(words);
    CHECK(partial.relaxed == Ids{"words"});
    CHECK(partial.unknown.empty());
    CHECK_FALSE(partial.matches.empty());
    for (const auto& match : partial.matches) CHECK(match.partial);
}

TEST_CASE("another kind of goods is shown only when nothing else can be given up") {
    Query query;
    query.types = {"키보드"};
    query.colors = {"pink"};
    query.price_max = 100000;
    const auto results = shop()->search(query);
    CHECK(results.relaxed == Ids{"color"});
    REQUIRE_FALSE(results.matches.empty());
    for (const auto& match : results.matches) CHECK(match.product->text.product_type == "컴퓨터 > 키보드");
}

TEST_CASE("where nothing has all words, the thing asked for counts more than what is said of it") {
    const auto first = [](std::string_view asked) {
        const auto matches = shop()->search(shop()->interpret(asked).query).matches;
        return matches.empty() ? std::string() : matches.front().product->id;
    };
    CHECK(first("바퀴 달린 사무용 헤드폰").starts_with("hp"));
    CHECK(first("headphones for the office").starts_with("hp"));
    CHECK(first("office chair with bluetooth").starts_with("ch"));
}

TEST_CASE("one syllable is never taken for another") {
    Query query;
    query.text = "털 청소기";
    const auto results = shop()->search(query);
    CHECK(results.corrected.empty());
    CHECK(results.unknown == Ids{"털"});
}

TEST_CASE("a model's name is a product's name; a number of something is not") {
    CHECK(shop()->interpret("T7 무게가 어떻게 돼요").names_product);
    CHECK(shop()->interpret("is the V12 loud").names_product);
    CHECK_FALSE(shop()->interpret("15인치 노트북").names_product);
    CHECK_FALSE(shop()->interpret("2kg").names_product);
}

TEST_CASE("what was refused is never shown, whatever else gives way") {
    Query query;
    query.types = {"이어폰"};
    query.not_brands = {"삼성전자", "소니", "샤오미"};
    CHECK(shop()->search(query).matches.empty());
}

TEST_CASE("variants of one product take one place") {
    Query query;
    query.text = "M331";
    const auto results = shop()->search(query);
    CHECK(results.total == 1);
    query.colors = {"white"};
    CHECK(ids(shop()->search(query).matches) == Ids{"m2"});
}

TEST_CASE("pages do not overlap and together are the whole") {
    Query query;
    query.types = {"컴퓨터"};
    query.limit = 4;
    Ids all;
    const auto total = shop()->search(query).total;
    for (query.offset = 0; query.offset < total; query.offset += query.limit)
        for (const auto& id : ids(shop()->search(query).matches)) all.push_back(id);
    CHECK(all.size() == total);
    std::sort(all.begin(), all.end());
    CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
}

TEST_CASE("orders") {
    Query query;
    query.types = {"마우스"};
    query.limit = 10;
    query.sort = Sort::price_ascending;
    auto results = shop()->search(query);
    const auto prices = [&] {
        std::vector<std::int64_t> list;
        for (const auto& match : results.matches) list.push_back(match.product->price.amount);
        return list;
    };
    auto list = prices();
    CHECK(std::is_sorted(list.begin(), list.end()));
    query.sort = Sort::price_descending;
    results = shop()->search(query);
    list = prices();
    CHECK(std::is_sorted(list.rbegin(), list.rend()));
    query.sort = Sort::newest;
    CHECK(ids(shop()->search(query).matches).front() == "m6");
    query.sort = Sort::rating;
    CHECK(ids(shop()->search(query).matches).front() == "m3");
    query.types = {"노트북"};
    query.sort = Sort::lightest;
    CHECK(ids(shop()->search(query).matches).front() == "n2");
    query.sort = Sort::largest;
    CHECK(ids(shop()->search(query).matches).front() == "n2");
}

TEST_CASE("an order by price does not put what hardly fits first") {
    Query query;
    query.text = "노트북";
    query.sort = Sort::price_ascending;
    CHECK(ids(shop()->search(query).matches).front() == "n3");  // not the bag for one
}

TEST_CASE("limits on sizes hold across units") {
    Query query;
    query.types = {"외장 SSD"};
    query.limits = {{"bytes", 2.0 * 1024 * 1024, std::nullopt, "2TB 이상"}};
    CHECK(ids(shop()->search(query).matches) == Ids{"s2"});
    query.limits = {{"bytes", std::nullopt, 1024.0 * 1024, "1024GB 이하"}};
    CHECK(ids(shop()->search(query).matches) == Ids{"s1"});
}

TEST_CASE("the shop's own synonyms and feed words") {
    IndexOptions options;
    options.synonyms = {{"집콕템", "가습기"}};
    const auto index = Index::build(shop()->products(), options);
    CHECK(ids(index->search(index->interpret("집콕템").query).matches) == Ids{"hm1"});
    CHECK(ids(shop()->search(shop()->interpret("집콕템").query).matches).empty());
}

TEST_CASE("a patch changes price and stock and nothing else") {
    std::vector<Patch> patches(2);
    patches[0].id = "m4";
    patches[0].price = Price{9900, "KRW"};
    patches[0].availability = "out_of_stock";
    patches[1].id = "nobody";
    Ids unknown;
    const auto index = shop()->patched(patches, &unknown);
    CHECK(unknown == Ids{"nobody"});
    CHECK(index->find("m4")->price.amount == 9900);
    CHECK_FALSE(index->find("m4")->in_stock());
    CHECK(shop()->find("m4")->price.amount == 12900);
    Query query;
    query.types = {"마우스"};
    query.price_max = 10000;
    CHECK(ids(index->search(query).matches) == Ids{"m4"});
    CHECK(index->search(query).relaxed.empty());
}

TEST_CASE("similar things are of the same kind, and alternatives are in stock") {
    const auto similar = ids(shop()->similar("hp1", 5));
    CHECK(similar == Ids{"hp2"});
    CHECK(shop()->alternatives("hp1", 5).empty());  // the other one is sold out
    CHECK(ids(shop()->alternatives("hp2", 5)) == Ids{"hp1"});
    for (const auto& match : shop()->similar("m1", 5))
        CHECK(match.product->text.product_type == "컴퓨터 > 마우스");
    CHECK(shop()->similar("nobody", 5).empty());
}

TEST_CASE("goes with: what others bought first, then what fits") {
    const auto rules = ids(shop()->goes_with("n1", 4));
    REQUIRE_FALSE(rules.empty());
    CHECK(std::find(rules.begin(), rules.end(), "bag1") != rules.end());
    for (const auto& id : rules) CHECK(shop()->find(id)->text.product_type != "컴퓨터 > 노트북");
    const std::vector<std::pair<std::string, double>> bought{{"l1", 2.0}, {"cup1", 7.0}};
    const auto learned = ids(shop()->goes_with("n1", 4, bought));
    CHECK(learned[0] == "cup1");
    CHECK(learned[1] == "l1");
}

TEST_CASE("a narrowing question splits many results, and its options keep their promise") {
    Query query;
    query.types = {"컴퓨터"};
    const auto narrowing = shop()->narrowing(query, "ko");
    REQUIRE(narrowing.has_value());
    CHECK(narrowing->facet == "type");
    REQUIRE(narrowing->options.size() >= 2);
    for (const auto& option : narrowing->options) {
        CAPTURE(option.label);
        CHECK_FALSE(option.label.empty());
        CHECK(shop()->search(option.query).total == option.count);
    }
    query.types = {"베개"};
    CHECK_FALSE(shop()->narrowing(query, "ko").has_value());
}

TEST_CASE("why: short, in the visitor's language, with the promise that was kept") {
    const auto ko = shop()->search(shop()->interpret("5만원 이하 흰색 마우스").query);
    REQUIRE_FALSE(ko.matches.empty());
    CHECK(shop()->why(ko.matches[0], "ko", 2) == Ids{"50,000원 이하", "흰색"});
    CHECK(shop()->why(ko.matches[0], "en", 2) == Ids{"up to ₩50,000", "white"});
    const auto sale = shop()->search(shop()->interpret("게이밍 모니터").query);
    CHECK(shop()->why(sale.matches[0], "en", 1) == Ids{"12% off"});
}

TEST_CASE("chips say what was understood and can be taken away one by one") {
    const auto query = shop()->interpret("5만원 이하 삼성 말고 흰색 무선 마우스 평점 4.5 이상").query;
    Ids ko;
    Ids en;
    for (const auto& chip : shop()->chips(query, "ko")) ko.push_back(chip.label);
    for (const auto& chip : shop()->chips(query, "en")) en.push_back(chip.label);
    CHECK(ko == Ids{"마우스", "흰색", "무선", "50,000원 이하", "평점 4.5 이상", "삼성전자 제외"});
    CHECK(en == Ids{"Mice", "white", "무선", "up to ₩50,000", "4.5 stars or more", "no Samsung"});
    auto rest = query;
    for (const auto& chip : shop()->chips(query, "ko")) rest = shop()->without(rest, chip);
    CHECK(rest.empty());
}
