#include "nlu/validate.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/unit/nlu/bot.hpp"

using namespace maru;

TEST_CASE("validation names what is weak, mislabelled or said twice") {
    auto source = test::shop_source();
    source.examples.push_back(
        {"환불 해주세요", "intent:hours", {"shop.yaml", 90, 3}});  // a refund, filed wrongly
    source.examples.push_back({"can i pay by card", "faq:payment", {"shop.yaml", 91, 3}});
    const auto validation = nlu::validate(source);
    CHECK(validation.folds == 5);
    CHECK(validation.accuracy > 0.5);
    CHECK(validation.accuracy < 1);
    CHECK(validation.suggested_threshold > 0);
    CHECK(validation.suggested_threshold < 1);
    REQUIRE(validation.labels.size() == 6);
    CHECK(validation.labels.front().label == "faq:payment");
    CHECK(validation.labels.front().weak);
    const bool suspected =
        std::any_of(validation.suspects.begin(), validation.suspects.end(), [](const auto& suspect) {
            return suspect.example.place.line == 90 && suspect.predicted == "intent:refund";
        });
    CHECK(suspected);
    REQUIRE(validation.duplicates.size() == 1);
    CHECK(to_string(validation.duplicates[0].place) == "shop.yaml:90:3");
    const auto text = to_text(validation);
    CHECK(text.find("faq:payment") != std::string::npos);
    CHECK(text.find("looks like intent:refund") != std::string::npos);
}

TEST_CASE("the same question under two labels is found through blanks, particles and case") {
    const auto pairs = [](const char* a, const char* b) {
        return nlu::find_duplicates(
                   {{a, "x", {"f", 1, 1}}, {"전혀 다른 문장입니다", "z", {"f", 2, 1}}, {b, "y", {"f", 3, 1}}})
            .size();
    };
    CHECK(pairs("배송비는 얼마인가요?", "배송비는얼마인가요") == 1);
    CHECK(pairs("How much is shipping?", "how much is shipping") == 1);
    CHECK(pairs("how much is the shipping fee for large items",
                "how much is the shipping fee for large item") == 1);
    CHECK(pairs("how much is shipping", "how long is shipping") == 0);
    CHECK(pairs("배송비 얼마예요", "환불 얼마나 걸려요") == 0);
    CHECK(nlu::find_duplicates({{"same", "x", {}}, {"same", "x", {}}}).empty());
}

TEST_CASE("too little to validate gives an empty report") {
    nlu::EngineSource source;
    source.examples = {{"only one", "a", {}}};
    const auto validation = nlu::validate(source);
    CHECK(validation.labels.empty());
    CHECK(nlu::validate({}).labels.empty());
}
