#include <doctest/doctest.h>

#include "bot/insights/baskets.hpp"

using namespace maru;

namespace {

struct Rows {
    std::vector<store::BasketRow> all;
    Rows& operator()(Id visitor, const char* name, const char* product, int hour = 0) {
        all.push_back({visitor, Time{std::chrono::hours{hour}}, name, product});
        return *this;
    }
    Rows& basket(Id visitor, std::initializer_list<const char*> products, int hour = 0) {
        for (const auto* product : products) (*this)(visitor, "add_to_cart", product, hour);
        return *this;
    }
    [[nodiscard]] std::vector<std::string> with(const char* product) const {
        std::vector<std::string> ids;
        const auto baskets = insights::Baskets::of(all);
        for (const auto& [id, weight] : baskets.with(product)) ids.push_back(id);
        return ids;
    }
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("what two visitors put together goes together; one visitor's habit says nothing") {
    Rows rows;
    rows.basket(1, {"a", "b"}).basket(1, {"a", "b"}, 100).basket(1, {"a", "b"}, 200);
    CHECK(rows.with("a").empty());
    rows.basket(2, {"b", "a", "c"});
    CHECK(rows.with("a") == Ids{"b"});
    CHECK(rows.with("b") == Ids{"a"});
    CHECK(rows.with("c").empty());
    CHECK(rows.with("nobody").empty());
    CHECK(insights::Baskets::of({}).empty());
}

TEST_CASE("what was taken out again was not wanted, unless it was bought; days apart are two baskets") {
    Rows rows;
    for (Id visitor = 1; visitor <= 3; ++visitor)
        rows(visitor, "add_to_cart", "a")(visitor, "add_to_cart", "x")(visitor, "remove_from_cart", "x")(
            visitor, "purchase", "b");
    CHECK(rows.with("a") == Ids{"b"});
    Rows apart;
    for (Id visitor = 1; visitor <= 3; ++visitor)
        apart.basket(visitor, {"a"}, 0).basket(visitor, {"b"}, 20).basket(visitor, {"c"}, 50);
    CHECK(apart.with("a") == Ids{"b"});
    CHECK(apart.with("c").empty());
}

TEST_CASE("what everybody buys does not go with everything") {
    Rows rows;
    Id visitor = 0;
    for (int i = 0; i < 3; ++i) rows.basket(++visitor, {"kettle", "mug", "bag"});
    for (int i = 0; i < 30; ++i) rows.basket(++visitor, {"bag", i % 2 == 0 ? "lamp" : "pan"});
    CHECK(rows.with("kettle") == Ids{"mug", "bag"});
}

TEST_CASE("a machine's basket of hundreds is passed over") {
    Rows rows;
    std::vector<std::string> names;
    for (int i = 0; i < 500; ++i) names.push_back("p" + std::to_string(i));
    for (Id visitor = 1; visitor <= 3; ++visitor)
        for (const auto& name : names) rows(visitor, "add_to_cart", name.c_str());
    CHECK(rows.with("p0").empty());
}
