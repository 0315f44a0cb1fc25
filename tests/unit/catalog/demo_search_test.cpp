// Searches of the demo shop's own goods, as its visitors type them.
#include <algorithm>

#include "shop.hpp"

using namespace maru::catalog;

namespace {

std::shared_ptr<const Index> demo_shop() {
    static const auto index = [] {
        const auto text =
            test::read_file(std::string(MARU_SOURCE_DIR) + "/config/demo/catalog/products.jsonl");
        auto feed = read_feed(text);
        REQUIRE(feed.has_value());
        return Index::build(std::move(feed->products));
    }();
    return index;
}

bool is_same_goods(const Product& a, const Product& b) {
    return a.id == b.id || (!a.item_group_id.empty() && a.item_group_id == b.item_group_id);
}

std::vector<std::string> split(const std::string& list) {
    std::istringstream text(list);
    std::vector<std::string> parts;
    for (std::string part; std::getline(text, part, ',');) parts.push_back(part);
    return parts;
}

}  // namespace

TEST_CASE("searches of the demo shop find what they mean") {
    const auto index = demo_shop();
    const auto rows = test::table("demo_searches.tsv");
    REQUIRE(rows.size() >= 60);
    for (const auto& row : rows) {
        REQUIRE(row.size() == 2);
        CAPTURE(row[0]);
        auto query = index->interpret(row[0]).query;
        query.limit = 3;
        const auto found = index->search(query);
        if (row[1].starts_with('-')) {
            CHECK(found.absent == row[1].substr(1));
            continue;
        }
        CHECK(found.absent.empty());
        CHECK(found.relaxed.empty());
        CAPTURE(test::ids(found.matches).size());
        for (const auto& id : split(row[1])) {
            const auto* wanted = index->find(id);
            CAPTURE(id);
            REQUIRE(wanted != nullptr);
            CHECK(std::any_of(found.matches.begin(), found.matches.end(),
                              [&](const Match& match) { return is_same_goods(*match.product, *wanted); }));
        }
    }
}
