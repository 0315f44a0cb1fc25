// Text → index terms: the one place that decides what counts as a word, for products and for queries alike.
// Internal to catalog/. Pure, any thread; linear in the text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maru::catalog {

enum class Script : std::uint8_t { latin, digits, hangul, jamo, other };

// A word of normalised text. "27인치" is two glued tokens; "rtx2060" and "15.6" are one each; "1,000" is
// "1000".
struct Token {
    std::string text;
    Script script = Script::other;
    bool glued = false;       // nothing stood between it and the token before
    bool hyphened = false;    // only a hyphen, dot, slash or plus did
    std::uint32_t begin = 0;  // bytes in the text it was read from
    std::uint32_t end = 0;
    char32_t before =
        0;  // the last character other than a blank between the token before and this one, 0: none
};

// `normalised` must come from text::normalise (its case folding and composing are relied on).
[[nodiscard]] std::vector<Token> tokenize(std::string_view normalised);

// The tokens of a product's text: repetitions and stray letters mean something there ("1000", "ㄱ자 선반").
[[nodiscard]] std::vector<Token> tokens_of(std::string_view original);

// A number with a physical unit, in the base unit of its kind, so that 1 TB = 1024 GB and 15" = 38 cm.
struct Measure {
    enum class Kind : std::uint8_t {
        bytes,
        length,
        volume,
        mass,
        frequency,
        power,
        charge,
        area,
        duration,
        pixels
    };
    Kind kind = Kind::bytes;
    double value = 0;  // MB, mm, ml, g, MHz, W, mAh, m², s, megapixels
    bool operator==(const Measure&) const = default;
};
// The measure that begins at tokens[at], and how many tokens it took.
struct MeasureAt {
    Measure measure;
    std::size_t tokens = 1;
};
[[nodiscard]] std::optional<MeasureAt> measure_at(const std::vector<Token>& tokens, std::size_t at);
// All that a text states, in its order.
[[nodiscard]] std::vector<Measure> measures_in(std::string_view original);
// Sizes within half a percent are the same word: the bucket of a value, and queries look at its neighbours
// too.
[[nodiscard]] int measure_bucket(double value) noexcept;
[[nodiscard]] std::string measure_term(Measure::Kind kind, int bucket);

// English word → stem ("speakers" → "speaker"). Not thread-safe: one per thread or per call.
class Stemmer {
  public:
    Stemmer();
    ~Stemmer();
    Stemmer(const Stemmer&) = delete;
    Stemmer& operator=(const Stemmer&) = delete;
    [[nodiscard]] std::string stem(std::string_view word) const;

  private:
    void* stemmer_;
};

// The term a token is looked up by: latin words stemmed, all else as written.
[[nodiscard]] std::string term_of(const Token& token, const Stemmer& stemmer);

// Terms of two neighbouring syllables: what finds a Korean word inside a longer one. Empty for one syllable.
void append_bigrams(std::string_view hangul, std::vector<std::string>& terms);
// The term of two words in a row.
[[nodiscard]] std::string pair_term(std::string_view first, std::string_view second);
// The term of a word in an attribute's name, of a product that has it: "keep warm: 60 minutes".
[[nodiscard]] std::string label_term(std::string_view term);

}  // namespace maru::catalog
