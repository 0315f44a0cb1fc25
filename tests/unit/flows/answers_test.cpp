#include "flows/answers.hpp"
#include "flows/pointing.hpp"

#include <doctest/doctest.h>

#include "support.hpp"

using namespace maru;
using namespace maru::flows;

namespace {

std::shared_ptr<const catalog::Index> shelf() {
    std::vector<catalog::Product> products;
    const auto add = [&](std::string id, std::string title, std::int64_t won) {
        catalog::Product p;
        p.id = std::move(id);
        p.text.title = std::move(title);
        p.price = {won, "KRW"};
        products.push_back(std::move(p));
    };
    add("dear", "Ttogak M87 mechanical keyboard with cream caps", 119000);
    add("cheap", "Ttogak Q30 silent mouse in white", 24900);
    add("middle", "또각 슬림7 무선 마우스", 39900);
    return catalog::Index::build(std::move(products));
}

const std::vector<std::string> all{"dear", "cheap", "middle"};

// "" where none is meant.
std::string meant(std::string_view text, const nlu::Understanding* understanding = nullptr) {
    static const auto index = shelf();
    return match_shown(text, understanding, all, index.get()).product.value_or("");
}

}  // namespace

TEST_CASE("one of the shown by its price") {
    CHECK(meant("I'll take the cheap one") == "cheap");
    CHECK(meant("the cheapest please") == "cheap");
    CHECK(meant("the most expensive") == "dear");
    CHECK(meant("제일 싼 걸로 할게요") == "cheap");
    CHECK(meant("젤 비싼거요") == "dear");
    // These ask for others.
    CHECK(meant("더 싼 걸로 보여 주세요").empty());
    CHECK(meant("anything cheaper?").empty());
}

TEST_CASE("one of the shown by its title, not by words that every sentence has") {
    CHECK(meant("the keyboard") == "dear");
    CHECK(meant("슬림7 주세요") == "middle");
    CHECK(meant("add it to my cart").empty());
    CHECK(meant("is it in stock with you").empty());
    CHECK(meant("hit me").empty());
}

TEST_CASE("a place that is named to be left out is not the one") {
    const std::string text = "두번째꺼 말고 첫번째꺼 무슨 색이에요";
    const auto place = [&](std::string_view word, int index) {
        const auto at = static_cast<std::uint32_t>(text.find(word));
        nlu::Entity entity;
        entity.type = "ordinal";
        entity.value = nlu::Ordinal{index};
        entity.span = {at, at + static_cast<std::uint32_t>(word.size())};
        entity.text = word;
        return entity;
    };
    nlu::Understanding understanding;
    understanding.entities = {place("두번째", 2), place("첫번째", 1)};
    CHECK(meant(text, &understanding) == "dear");
}
