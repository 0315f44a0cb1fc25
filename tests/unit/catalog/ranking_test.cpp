#include <zlib.h>

#include <cmath>
#include <cstdlib>

#include "catalog/eval.hpp"
#include "shop.hpp"

using namespace maru::catalog;

namespace {

std::string data_folder() {
    if (const char* set = std::getenv("MARU_DATA")) return set;
    return std::string(MARU_SOURCE_DIR) + "/../shared/data";
}

std::string unzip(const std::string& path) {
    std::string text;
    gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr) return text;
    char buffer[1 << 16];
    for (int read = 0; (read = gzread(file, buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(read));
    gzclose(file);
    return text;
}

}  // namespace

TEST_CASE("ratings are read, and bad lines named") {
    const auto ratings = read_ratings("query,docid,rating\nmouse,1,3\n\"pad, mouse\",2,0\nmouse,3,1\n");
    REQUIRE(ratings.has_value());
    REQUIRE(ratings->queries.size() == 2);
    CHECK(ratings->queries[0].second.at("3") == 1);
    CHECK(ratings->queries[1].first == "pad, mouse");
    CHECK(read_ratings("query,docid,rating\nmouse,1,7\n").error().find("line 2") == 0);
}

TEST_CASE("the measures are those of their definitions") {
    std::vector<Product> products(3);
    for (std::size_t i = 0; i < 3; ++i) {
        products[i].id = std::string(1, static_cast<char>('a' + i));
        products[i].text.title = "mouse";
        products[i].price = {1, "KRW"};
        products[i].popularity = 0.9 - 0.3 * static_cast<double>(i);  // a, b, c
    }
    // Ranked a, b, c; only b (3) and c (1) are judged; the second query has nothing relevant.
    const auto ratings = read_ratings("mouse,b,3\nmouse,c,1\nnothing,a,0\n");
    const auto result = evaluate(products, *ratings);
    const double ideal = 7 / std::log2(2) + 1 / std::log2(3);
    CHECK(result.ndcg10 == doctest::Approx((7 / std::log2(3) + 1 / std::log2(4)) / ideal / 2));
    CHECK(result.ndcg10_judged == doctest::Approx(0.5));
    CHECK(result.p10 == doctest::Approx(0.1 / 2));
    CHECK(result.mrr == doctest::Approx(0.5 / 2));
    CHECK(result.rankings_csv().find("mouse,1,a\nmouse,2,b\n") != std::string::npos);
    CHECK(result.json().find("\"ndcg@10\"") != std::string::npos);
}

TEST_CASE("judged searches rank as well as measured before") {
    const auto feed_text = unzip(data_folder() + "/icecat-products.jsonl.gz");
    const auto ratings_text = test::read_file(data_folder() + "/icecat-ratings-dev.csv");
    if (feed_text.empty() || ratings_text.empty()) {
        MESSAGE(
            "skipped: set MARU_DATA to the folder with icecat-products.jsonl.gz and icecat-ratings-dev.csv");
        return;
    }
    auto feed = read_feed(feed_text);
    const auto ratings = read_ratings(ratings_text);
    REQUIRE(feed.has_value());
    REQUIRE(ratings.has_value());
    const auto result = evaluate(std::move(feed->products), *ratings);
    CHECK(result.products == 19406);
    CHECK(result.ndcg10 >= 0.655);
    CHECK(result.ndcg10_judged >= 0.70);
}
