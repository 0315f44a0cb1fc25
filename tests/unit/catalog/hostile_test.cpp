#include "catalog/terms.hpp"
#include "shop.hpp"

using namespace maru::catalog;
using maru::catalog::test::shop;

TEST_CASE("hostile sentences are read, searched and answered without harm") {
    const auto repeat = [](std::string_view text, std::size_t bytes) {
        std::string result;
        while (result.size() < bytes) result += text;
        return result;
    };
    const std::vector<std::string> sentences{"",
                                             " ",
                                             "\"",
                                             "\xFF\xFE\x80",
                                             std::string("\0\0", 2),
                                             "👨‍👩‍👧‍👦🖱️",
                                             "\u202Eesuom",
                                             repeat("a", 100000),
                                             repeat("마우스", 100000),
                                             repeat("마우스 ", 100000),
                                             repeat("ㄴ", 100000),
                                             repeat("1", 100000),
                                             repeat("1만원 이하 ", 100000),
                                             repeat("9,", 100000),
                                             repeat("e\u0301\u0301\u0301", 100000),
                                             repeat("\u200B", 100000),
                                             repeat("not ", 100000),
                                             repeat("mouse 말고 ", 100000),
                                             repeat("-", 100000),
                                             repeat("x1y2", 100000),
                                             repeat("qwxz ", 100000)};
    for (const auto& sentence : sentences) {
        CAPTURE(sentence.substr(0, 12));
        const auto read = shop()->interpret(sentence);
        CHECK(read.evidence >= 0);
        CHECK(read.evidence <= 1);
        const auto results = shop()->search(read.query);
        CHECK(results.matches.size() <= read.query.limit);
        static_cast<void>(shop()->refine(read.query, sentence, {}));
        static_cast<void>(shop()->about("m1", sentence, "ko"));
        static_cast<void>(shop()->named(sentence));
        static_cast<void>(shop()->best(std::vector<std::string>{"n1", "n2"}, sentence, "en"));
        CHECK_FALSE(shop()->explain(read.query).empty());
        Query raw;
        raw.text = sentence;
        raw.brands = raw.types = raw.colors = {sentence.substr(0, 1000)};
        static_cast<void>(shop()->search(raw));
    }
}

TEST_CASE("refusing every word there is costs a look at a few of them") {
    std::string sentence;
    for (const auto& product : shop()->products()) {
        for (const auto& token : tokens_of(product.text.title)) sentence += token.text + " 말고 ";
        sentence += product.text.brand + " 말고 " + product.text.color + " 말고 ";
    }
    auto query = shop()->interpret(sentence).query;
    CHECK(query.not_words.size() + query.not_brands.size() + query.not_colors.size() > 0);
    const auto is_bounded = [](const Query& one, std::size_t most) {
        return one.not_words.size() <= most && one.not_brands.size() <= most &&
               one.not_colors.size() <= most && one.not_types.size() <= most;
    };
    CHECK(is_bounded(query, 8));
    // Nor does a long conversation pile them up.
    for (const auto& product : shop()->products())
        for (const auto& token : tokens_of(product.text.title))
            query = shop()->refine(query, token.text + " 말고", {}).query;
    CHECK(is_bounded(query, 24));
}

TEST_CASE("an empty catalog finds nothing and says so calmly") {
    const auto index = Index::build({});
    CHECK(index->search(index->interpret("무선 마우스").query).matches.empty());
    CHECK(index->popular(5).empty());
    CHECK(index->interpret("마우스").evidence < 0.3F);
    CHECK_FALSE(index->narrowing({}, "ko").has_value());
}
