#include <algorithm>

#include "catalog/core.hpp"
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
    const auto first = [](const Index& index, std::string_view words) {
        Query query;
        query.text = words;
        const auto matches = index.search(query).matches;
        return matches.empty() ? std::string() : matches.front().product->id;
    };
    // Each has a rare word that is said of the thing, and a common one that names it.
    CHECK(first(*shop(), "스탠리 이어폰").starts_with("e"));
    CHECK(first(*shop(), "템퍼 노트북").starts_with("n"));
    IndexOptions all_alike;
    Ranking ranking;
    ranking.partial_head = 1;
    all_alike.ranking = std::make_shared<const Ranking>(ranking);
    const auto index = Index::build(shop()->products(), all_alike);
    CHECK(first(*index, "스탠리 이어폰") == "cup1");
    CHECK(first(*index, "템퍼 노트북") == "pl1");
}

TEST_CASE("words that none of the matches has are told") {
    Query query;
    query.types = {"마우스"};
    query.text = "무선 인덕션";
    const auto results = shop()->search(query);
    CHECK(results.relaxed == Ids{"words"});
    CHECK(results.unmatched == Ids{"인덕션"});
}

TEST_CASE("the quietest, the longest running and the largest come first") {
    std::vector<Product> products(4);
    for (std::size_t i = 0; i < products.size(); ++i) {
        products[i].id = std::string(1, static_cast<char>('a' + i));
        products[i].text.title = "Tower fan " + products[i].id;
        products[i].text.product_type = "Home > Fans";
        products[i].price = {1000, "USD"};
    }
    products[0].attributes = {{"Noise", "20-52 dB"}, {"Battery life", "4 hours"}, {"Tank", "2 L"}};
    products[1].attributes = {{"Noise cancelling", "5 dB"}, {"Battery life", "9 hours"}, {"Tank", "5 L"}};
    products[2].attributes = {{"Noise", "14 dB"}, {"Battery life", "90 minutes"}, {"Tank", "3 L"}};
    products[3].text.title = "Quiet tower fan d";
    const auto index = Index::build(products);
    Query query;
    query.types = {"Fans"};
    query.sort = Sort::quietest;
    CHECK(ids(index->search(query).matches) == Ids{"c", "a", "d", "b"});
    query.sort = Sort::longest_lasting;
    CHECK(ids(index->search(query).matches) == Ids{"b", "a", "c", "d"});
    query.sort = Sort::largest;
    CHECK(ids(index->search(query).matches) == Ids{"b", "c", "a", "d"});
}

TEST_CASE("of several kinds in an order each has its turn") {
    Query query;
    query.types = {"키보드", "마우스"};
    query.sort = Sort::price_ascending;
    query.limit = 4;
    CHECK(ids(shop()->search(query).matches) == Ids{"m4", "k3", "m6", "k1"});
}

TEST_CASE("the name of goods refuses those goods, not what is for them") {
    Query query;
    query.text = "노트북";
    query.not_words = {"노트북"};
    const auto found = ids(shop()->search(query).matches);
    CHECK(std::find(found.begin(), found.end(), "n1") == found.end());
    CHECK(std::find(found.begin(), found.end(), "bag1") != found.end());
}

TEST_CASE("all but one word at the asked price is nearer than every word at another") {
    Query query;
    query.types = {"마우스"};
    query.text = "로지텍 마스터 무선";
    query.price_max = 40000;
    auto results = shop()->search(query);
    CHECK(results.relaxed == Ids{"words"});
    REQUIRE_FALSE(results.matches.empty());
    for (const auto& match : results.matches) CHECK(match.product->price.amount <= 40000);
    // Of two words one is half of what was said.
    query.text = "마스터 무선";
    results = shop()->search(query);
    CHECK(results.relaxed == Ids{"price"});
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

namespace {

std::vector<Reason::Kind> kinds(const Match& match) {
    std::vector<Reason::Kind> all;
    for (const auto& reason : match.reasons) all.push_back(reason.kind);
    return all;
}
bool has(const std::vector<Reason::Kind>& all, Reason::Kind one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

TEST_CASE("goes with: the shop's own rule stands instead of the built-in one, and every card says why") {
    IndexOptions options;
    options.companions = {{"laptop", {"책상 스탠드", "시간 여행", "USB 허브"}}};
    const auto index = Index::build(shop()->products(), options);
    const auto found = index->goes_with("n1", 5);
    CHECK(ids(found) == Ids{"l1", "h1"});
    for (const auto& match : found) CHECK(has(kinds(match), Reason::Kind::goes_with));
    // Other kinds keep the built-in rules.
    CHECK(ids(index->goes_with("kt1", 5)) == ids(shop()->goes_with("kt1", 5)));
    const std::vector<std::pair<std::string, double>> bought{{"cup1", 0.5}, {"hp2", 0.9}, {"nobody", 1}};
    const auto learned = index->goes_with("n1", 5, bought);
    CHECK(ids(learned) == Ids{"cup1", "l1", "h1"});  // what is sold out or unknown is left out
    CHECK(has(kinds(learned[0]), Reason::Kind::bought_together));
    CHECK(index->sells("노트북"));
    CHECK(index->sells("laptop"));
    CHECK_FALSE(index->sells("시간 여행"));
    CHECK_FALSE(index->sells(""));
}

TEST_CASE("taste shifts the order among goods that fit, never what fits nor an order that was asked for") {
    Query query;
    query.types = {"마우스"};
    query.limit = 20;
    const auto usual = shop()->search(query);
    const auto place = [](const Results& results, std::string_view id) {
        const auto all = ids(results.matches);
        return std::find(all.begin(), all.end(), id) - all.begin();
    };
    const auto last = usual.matches.back().product->id;
    auto own = query;
    own.liked_ids = {last};
    const auto liked = shop()->search(own);
    CHECK(liked.total == usual.total);
    CHECK(place(liked, last) < place(usual, last));
    CHECK(has(kinds(liked.matches[static_cast<std::size_t>(place(liked, last))]), Reason::Kind::viewed));
    const auto first = usual.matches.front().product->id;
    own.liked_ids.clear();
    own.disliked_ids = {first};
    CHECK(place(shop()->search(own), first) > 0);
    own.sort = query.sort = Sort::price_ascending;
    own.liked_ids = {last};
    CHECK(ids(shop()->search(own).matches) == ids(shop()->search(query).matches));
    // Goods of other kinds say nothing here.
    query.sort = own.sort = Sort::relevance;
    own.liked_ids = {"kt1", "nobody"};
    own.disliked_ids.clear();
    CHECK(ids(shop()->search(own).matches) == ids(usual.matches));
    CHECK(Query{}.empty());
    CHECK(own.empty() == query.empty());
}

TEST_CASE("a narrow kind of which nothing fits is widened to the kind above it, never to a department") {
    const auto product = [](const char* id, const char* type, std::int64_t price, const char* color) {
        Product one;
        one.id = id;
        one.text.title = id;
        one.text.product_type = type;
        one.text.color = color;
        one.price = {price, "KRW"};
        one.availability = "in_stock";
        return one;
    };
    const auto index = Index::build({product("w1", "컴퓨터 > 마우스 > 무선 마우스", 30000, "black"),
                                     product("w2", "컴퓨터 > 마우스 > 무선 마우스", 20000, "black"),
                                     product("c1", "컴퓨터 > 마우스 > 유선 마우스", 9000, "pink"),
                                     product("k1", "컴퓨터 > 키보드", 9000, "pink")});
    Query query;
    query.types = {"무선 마우스"};
    query.colors = {"pink"};
    const auto wider = index->widened(query);
    REQUIRE(wider.has_value());
    CHECK(wider->types == Ids{"마우스"});
    CHECK(ids(index->search(*wider).matches) == Ids{"c1"});
    query.price_max = 5000;
    CHECK_FALSE(index->widened(query).has_value());  // nothing above it fits either
    query = {};
    query.types = {"마우스"};
    query.price_max = 5000;
    CHECK_FALSE(index->widened(query).has_value());
    query.types = {"키보드"};
    query.price_max.reset();
    query.colors = {"black"};
    CHECK_FALSE(index->widened(query).has_value());  // "컴퓨터" is no kind of goods
    query.types = {"nothing of the kind"};
    CHECK_FALSE(index->widened(query).has_value());
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
