// Realistic feeds with faults in them, one of each format: what is good comes in whole, what is bad is named.
#include "shop.hpp"

using namespace maru::catalog;

namespace {

struct File {
    const char* name;
    FeedFormat format;
    const char* currency;
    std::uint32_t rows;
    std::vector<const char*> ids;
    std::vector<std::pair<std::uint32_t, const char*>> faults;  // line, a piece of the reason
};

const std::vector<File>& files() {
    static const std::vector<File> all{
        {"goods.jsonl",
         FeedFormat::json_lines,
         "KRW",
         11,
         {"kt-100", "kt-200", "kt-300", "ts-1", "ts-3", "ts-4", "mx-1"},
         {{4, "price"}, {6, "not valid JSON"}, {8, "already used in line 1"}, {10, "id is missing"}}},
        {"chairs-cp949.csv",
         FeedFormat::csv,
         "KRW",
         9,
         {"ch-1", "ch-3", "ch-4", "ch-5", "ch-7"},
         {{3, "price"}, {7, "already used in line 2"}, {8, "id is missing"}, {10, "price"}}},
        {"google.tsv",
         FeedFormat::tsv,
         "USD",
         6,
         {"LMP-01", "LMP-02", "LMP-06"},
         {{4, "title is missing"}, {5, "availability"}, {6, "EUR"}}},
        {"google.xml",
         FeedFormat::google_xml,
         "USD",
         6,
         {"TT-1", "TT-2", "TT-5"},
         {{15, "price is missing"}, {18, "id is missing"}, {21, "already used in line 11"}}},
        {"shopify.csv",
         FeedFormat::shopify_csv,
         "USD",
         5,
         {"LS-S-W", "LS-M-W", "WS-1"},
         {{4, "forty"}, {8, "Handle is missing"}}},
    };
    return all;
}

FeedResult read(const File& file, double share) {
    FeedOptions options;
    options.currency = file.currency;
    options.max_bad_share = share;
    return read_feed(test::data_file(std::string("feeds/") + file.name), options);
}

}  // namespace

TEST_CASE("each format's file comes in with its faults named by line") {
    for (const auto& file : files()) {
        INFO(file.name);
        const auto feed = read(file, 1);
        REQUIRE(feed.has_value());
        CHECK(feed->format == file.format);
        CHECK(feed->rows == file.rows);
        CHECK(feed->skipped == file.faults.size());
        std::vector<std::string> ids;
        for (const auto& product : feed->products) ids.push_back(product.id);
        CHECK(ids == std::vector<std::string>(file.ids.begin(), file.ids.end()));
        REQUIRE(feed->errors.size() == file.faults.size());
        for (std::size_t i = 0; i < file.faults.size(); ++i) {
            CHECK(feed->errors[i].line == file.faults[i].first);
            INFO(feed->errors[i].reason);
            CHECK(feed->errors[i].reason.find(file.faults[i].second) != std::string::npos);
        }
    }
}

TEST_CASE("the same files are refused where fewer faults are allowed, with the rows that led to it") {
    for (const auto& file : files()) {
        INFO(file.name);
        const auto feed = read(file, 0.1);
        REQUIRE(feed.has_error());
        CHECK(feed.error().errors.size() == file.faults.size());
        CHECK(feed.error().message.find("refused") != std::string::npos);
    }
}

TEST_CASE("the values of the files are read as their formats mean them") {
    const auto chairs = read(files()[1], 1);
    REQUIRE(chairs.has_value());
    CHECK(chairs->products[0].text.title == "원목 책상 의자, 높이 조절");
    CHECK(chairs->products[1].text.title == "접이식 의자 (2개 묶음)");
    CHECK(chairs->products[2].text.title == "이중 \"따옴표\" 스툴");
    CHECK(chairs->products[2].availability == "out_of_stock");
    CHECK(chairs->products[0].attributes == Attributes{{"소재", "참나무"}});
    const auto camp = read(files()[3], 1);
    REQUIRE(camp.has_value());
    CHECK(camp->products[0].price.amount == 15900);
    CHECK(camp->products[0].list_price->amount == 18900);
    CHECK(camp->products[1].text.title == "Sleeping bag <-5 °C>");
    REQUIRE(camp->products[2].attributes.size() == 1);
    CHECK(camp->products[2].attributes[0].first == "Weight");
    CHECK(camp->products[2].attributes[0].second == "85 g");
    const auto clothes = read(files()[4], 1);
    REQUIRE(clothes.has_value());
    CHECK(clothes->products[0].item_group_id == clothes->products[1].item_group_id);
    CHECK(clothes->products[1].availability == "out_of_stock");
}
