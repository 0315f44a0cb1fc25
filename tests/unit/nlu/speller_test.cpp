#include "nlu/speller.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "nlu/text/unicode.hpp"
#include "tests/unit/nlu/bot.hpp"

using namespace maru;

namespace {

nlu::Speller taught(std::initializer_list<const char*> texts) {
    nlu::Speller speller;
    for (const auto* text : texts) speller.learn(nlu::split_words(text));
    speller.freeze();
    return speller;
}

// The words as they are read, with blanks between.
std::string read(const nlu::Speller& speller, const char* text) {
    const auto words = nlu::split_words(text);
    nlu::Words corrected;
    const auto& result = speller.correct(words, corrected) ? corrected : words;
    std::string out;
    for (const auto& word : result.list) {
        if (!out.empty()) out += ' ';
        out += text::to_utf8(result[word]);
    }
    return out;
}

}  // namespace

TEST_CASE("a word one slip away from a trained one is read as it") {
    const auto speller = taught({"when will my order arrive", "what is the balance of my account", "refund"});
    const struct {
        const char *typed, *read;
    } cases[] = {
        {"ballance", "balance"},  // one too many
        {"blance", "balance"},    // one too few
        {"balence", "balance"},   // a wrong one
        {"baalnce", "balance"},   // two swapped
        {"valance", "balance"},   // the first one wrong, in a long word
        {"balnace of my acount", "balance of my account"},
        {"balance", "balance"},  // right as it is
        {"blnce", "blnce"},      // two slips
        {"border", "border"},    // longer, but begins as another word does
        {"whxt", "what"},
        {"whe", "whe"},    // too short to tell
        {"환볼", "환볼"},  // only letters that stand alone
        {"", ""},
    };
    for (const auto& c : cases) CHECK_MESSAGE(read(speller, c.typed) == c.read, c.typed);
}

TEST_CASE("of several the word written most often wins, and a short word keeps its first letter") {
    const auto speller = taught({"cart", "cart", "carp", "long song", "soon"});
    CHECK(read(speller, "carx") == "cart");
    CHECK(read(speller, "moon") == "moon");
    CHECK(read(speller, "lonng") == "long");
    CHECK(read(speller, "carp") == "carp");
}

TEST_CASE("what is put right keeps the place where it was typed") {
    const auto speller = taught({"refund please"});
    const auto words = nlu::split_words("a refnud, pleese");
    nlu::Words corrected;
    REQUIRE(speller.correct(words, corrected));
    REQUIRE(corrected.list.size() == words.list.size());
    for (std::size_t i = 0; i < words.list.size(); ++i) {
        CHECK(corrected.list[i].begin == words.list[i].begin);
        CHECK(corrected.list[i].end == words.list[i].end);
    }
}

TEST_CASE("a stored speller reads the same, and a cut one is refused") {
    const auto speller = taught({"when will my order arrive", "balance of my account"});
    std::string stored;
    speller.save(stored);
    nlu::Speller loaded;
    std::string_view in = stored;
    REQUIRE(loaded.load(in));
    CHECK(in.empty());
    for (const auto* text : {"ballance", "acount", "ordr arive", "xxxx"})
        CHECK(read(loaded, text) == read(speller, text));
    for (std::size_t size = 0; size < stored.size(); ++size) {
        nlu::Speller cut;
        in = std::string_view(stored).substr(0, size);
        CHECK_FALSE(cut.load(in));
    }
    nlu::Speller nothing;
    stored.clear();
    nothing.save(stored);
    in = stored;
    CHECK(nothing.load(in));
    CHECK(read(nothing, "ballance") == "ballance");
}

TEST_CASE("an intent survives a slip in each of its words") {
    const auto engine = test::shop_engine();
    for (const auto* text : {"i want a refnud", "conect me to an agnet", "what time do you cloose"}) {
        const auto slipped = engine->understand(text);
        REQUIRE_FALSE(slipped.ranked.empty());
        CHECK_MESSAGE(slipped.in_scope, text);
    }
    CHECK(engine->understand("i want a refnud").ranked.front().label == "intent:refund");
    CHECK(explain(engine->understand("i want a refnud")).find("\"refnud\" read as \"refund\"") !=
          std::string::npos);
    CHECK(engine->understand("conect me to an agnet").ranked.front().label == "intent:human");
    CHECK(engine->understand("what time do you cloose").ranked.front().label == "intent:hours");
}

TEST_CASE("a word of the shelves is no slip of another") {
    class Shelf : public nlu::KnownWords {
      public:
        [[nodiscard]] bool has(std::string_view word) const override { return word == "vesa"; }
    };
    const auto speller = taught({"can I pay with visa", "the balance"});
    const Shelf shelf;
    nlu::Words corrected;
    CHECK(speller.correct(nlu::split_words("vesa"), corrected));
    CHECK_FALSE(speller.correct(nlu::split_words("vesa"), corrected, &shelf));
    CHECK(speller.correct(nlu::split_words("vesa balence"), corrected, &shelf));
    CHECK(text::to_utf8(corrected[corrected.list[0]]) == "vesa");
    CHECK(text::to_utf8(corrected[corrected.list[1]]) == "balance");
}
