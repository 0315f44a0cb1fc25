#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "tests/unit/nlu/bot.hpp"

using namespace maru;

namespace {

std::string described(const nlu::Understanding& meaning) {
    std::string out;
    for (const auto& entity : meaning.entities)
        out += '\t' + entity.type + '=' + nlu::to_string(entity.value) + " [" + entity.text + ']';
    return out;
}

}  // namespace

TEST_CASE("entities are found as the table says") {
    std::ifstream in(MARU_SOURCE_DIR "/tests/data/nlu/entities.tsv");
    REQUIRE(in.good());
    const auto engine = test::shop_engine();
    std::string line;
    std::string failures;
    int cases = 0;
    int failed = 0;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line[0] == '#') continue;
        ++cases;
        const auto tab = line.find('\t');
        const auto text = line.substr(0, tab);
        const auto expected = tab == std::string::npos ? std::string() : line.substr(tab);
        const auto actual = described(engine->understand(text));
        if (actual == expected) continue;
        ++failed;
        failures += "\n  entities.tsv:" + std::to_string(number) + ": " + text + "\n    expected" + expected +
                    "\n    found   " + actual;
    }
    INFO(failures);
    CHECK(failed == 0);
    CHECK(cases >= 400);
}

TEST_CASE("spans cover the original bytes, whatever was normalised in between") {
    const auto engine = test::shop_engine();
    const std::string text = "  ＳＡＭＳＵＮＧ 말고,   ５만원\xE2\x80\x8B 이하!!!!!!";
    const auto meaning = engine->understand(text);
    REQUIRE(meaning.entities.size() == 3);
    for (const auto& entity : meaning.entities) {
        CHECK(text.substr(entity.span.begin, entity.span.end - entity.span.begin) == entity.text);
    }
    CHECK(meaning.entities[2].type == "money");
    CHECK(meaning.entities[2].text == "５만원\xE2\x80\x8B 이하");
}
