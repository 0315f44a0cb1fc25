// From a sentence to a query, and from a query to products.
//
// `Index` is immutable once built: any number of threads may search one at the same time, and a live server
// swaps whole indexes behind a shared_ptr. Nothing here knows sockets, databases or clocks. Every function is
// total: hostile text costs time linear in its length and never throws.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/feed.hpp"
#include "catalog/product.hpp"

namespace maru::catalog {

struct Ranking;

enum class Sort : std::uint8_t {
    relevance,
    price_ascending,
    price_descending,
    rating,
    newest,
    popularity,
    lightest,
    smallest,
    largest,
    quietest,        // by the noise in dB that an attribute states
    longest_lasting  // by the hours or minutes it runs
};

// A limit on something measured: "256GB 이상", "under 1 kg". Values are in the kind's base unit.
struct Limit {
    std::string kind;  // bytes (MB) | length (mm) | volume (ml) | mass (g) | power (W) | charge (mAh) | …
    std::optional<double> min;
    std::optional<double> max;
    std::string written;  // as the visitor wrote it, for the chip
    bool operator==(const Limit&) const = default;
};

// Typed constraints. What the language understanding already knows (price, quantity …) is filled in by the
// caller; `Index::interpret` adds what the catalog's own vocabulary recognises.
struct Query {
    std::string text;                       // free words that are left
    std::optional<std::int64_t> price_min;  // minor units of the shop's currency
    std::optional<std::int64_t> price_max;
    std::vector<std::string> brands, not_brands;  // as the feed writes them
    std::vector<std::string> colors, not_colors;  // canonical English names
    std::vector<std::string> types, not_types;    // names of product_type levels, in the feed's own language
    std::vector<std::string> not_words;           // "without", "말고": words that a title must not have
    std::vector<Limit> limits;
    std::optional<double> rating_min;
    bool in_stock_only = false;
    Sort sort = Sort::relevance;
    std::vector<std::string> exclude_ids;  // already shown or rejected
    // What this visitor looked at, and what they turned down: ids that shift the order a little among goods
    // that fit about as well. They never add or take away a product, and say nothing against an order that
    // was asked for.
    std::vector<std::string> liked_ids, disliked_ids;
    // After the products that have every word, also list those that have only some (a search page wants that,
    // a conversation does not).
    bool fill = false;
    std::uint32_t offset = 0;
    std::uint32_t limit = 5;

    bool operator==(const Query&) const = default;
    // Does it ask for anything at all (besides an order and a page)?
    [[nodiscard]] bool empty() const noexcept;
};

// Why a product is on a card; `reason_text` says it in a few words.
struct Reason {
    enum class Kind : std::uint8_t {
        matches_words,
        type,
        brand,
        color,
        within_price,
        on_sale,
        well_rated,
        popular,
        in_stock,
        similar,
        goes_with,
        cheapest,
        nearest_price,
        newest,
        feature,
        cheaper,
        bought_together,
        viewed,       // this visitor looked at it
        viewed_brand  // … at another of its maker
    };
    Kind kind = Kind::matches_words;
    std::string detail;  // a name, "30000..50000 KRW", "4.7", "23" (percent off), a canonical colour
};

struct Match {
    const Product* product = nullptr;  // lives as long as the Index
    float score = 0;
    std::vector<Reason> reasons;  // best first
    bool partial = false;         // has only some of the words
    // Where words had to be given up, or the goods are absent: how many of the words it has, and whether its
    // title has one.
    std::uint32_t words = 0;
    bool titled = false;
};

// What may be given up when nothing fits, in this order; the names in Results::relaxed.
// in_stock, rating, color, measure, brand, price, words, type
struct Results {
    std::vector<Match> matches;
    std::uint32_t total = 0;           // before offset and limit; variants of one product count once
    std::vector<std::string> relaxed;  // constraints that had to be given up, in order. "price" means that
                                       // every match is outside the asked price, nearest first: say so
    std::vector<std::pair<std::string, std::string>> corrected;  // (as written, as searched)
    // Words that no product has. Beside others that tell products apart they are no condition: `relaxed` does
    // not name them.
    std::vector<std::string> unknown;
    // Where words had to be given up: those that none of `matches` has.
    std::vector<std::string> unmatched;
    // Of these, what other goods here are called: "4k" where larger monitors have it.
    std::vector<std::string> missed;
    std::uint32_t words = 0;  // how many there were to be found; see Match::words
    // The goods that were asked for, as written, when there are none of them here: what `matches` has is at
    // best something about them ("laptop" where only stands for laptops are sold). Empty: nothing of the
    // kind.
    std::string absent;
};

struct Span {
    std::uint32_t begin = 0;  // bytes of the sentence, half open
    std::uint32_t end = 0;
};

struct Titled {
    std::string id;
    Span title;  // in the sentence
};

struct Interpretation {
    Query query;
    // How strongly the sentence speaks of goods on these shelves: 0 none, 1 every content word is in the
    // vocabulary and a product type, brand or model is among them.
    float evidence = 0;
    bool names_type = false;
    bool names_brand = false;
    bool names_product = false;  // a title or model number, nearly whole
    bool constrains = false;     // it said something about price, colour, order, rating, size …
    // A price was given in a currency that the shop does not sell in and no rate is known for; not in
    // `query`.
    std::string foreign_currency;
    // Well-known makers whose goods were asked for and that are none of this shop's ("Samsung", "로지텍").
    std::vector<std::string> other_makers;
};

// A thing understood, as a chip that can be taken away.
struct Chip {
    std::string kind;  // price | brand | not_brand | color | not_color | type | not_type | not_word | measure
                       // | rating | in_stock | sort | words
    std::string value;  // tells it apart from others of its kind
    std::string label;  // for people
};

// Something that a shown product was asked: "방수 돼요?", "is it in stock?", "무게가 얼마예요?".
struct Answer {
    enum class Kind : std::uint8_t {
        yes,
        no,
        value,
        sentence  // of the product's description: it stands in `value`, `attribute` is empty
    };
    Kind kind = Kind::value;
    std::string attribute;  // as the feed names it, localised where it is
    std::string value;
};

struct Told {
    // One for each thing asked ("is it loud, and does it have a remote?"), in the question's order, at most
    // three. Empty: the feed does not say, and so must the bot.
    std::vector<Answer> answers;
    // It asks for a part of the product, its upkeep or its repair ("필터 얼마예요?"), which is another
    // matter.
    bool beside = false;
    // It asks for something that goods have: size, noise, washing … Then it is about the product, even where
    // there is no answer.
    bool concerns = false;

    // A field of the data answers it, rather than a sentence that shares a word with the question.
    [[nodiscard]] bool surely() const noexcept {
        return !answers.empty() && answers.front().kind != Answer::Kind::sentence;
    }
};

// The one of several products that stands out.
struct Best {
    std::string id;
    std::string attribute;  // localised
    std::string value;
};

// Products side by side.
struct Comparison {
    struct Row {
        std::string name;                 // localised
        std::vector<std::string> values;  // one per product, "" where the feed does not say
        bool differs = false;
    };
    std::vector<const Product*> products;
    std::vector<Row> rows;  // those that differ first
};

// A question that narrows many results down, and the ways to answer it.
struct Narrowing {
    std::string facet;  // type | brand | color | price | attribute name
    struct Option {
        std::string label;    // localised
        Query query;          // the query with that answer
        std::uint32_t count;  // products left
    };
    std::vector<Option> options;  // 2 to 4, biggest first (prices ascending)
};

// What to offer beside goods of a kind. Kinds are words as visitors say them; any other name will do.
struct Companions {
    std::string of;
    std::vector<std::string> with;  // best first
    bool operator==(const Companions&) const = default;
};

struct IndexOptions {
    std::string currency;  // of the shop; empty: the first product's
    std::vector<std::vector<std::string>>
        synonyms;  // groups of words that mean the same, before the built-in ones
    bool builtin_synonyms = true;
    // Normalised words that the shop's visitors use of other things ("changed", 서울), sorted: they are spelt
    // as they are meant, and never read as the name of goods a letter away ("charger", 거울).
    std::vector<std::string> other_words;
    // The shop's own rules of what goes with what; a kind that has one is left alone by the built-in ones.
    std::vector<Companions> companions;
    // Currency → how many of the shop's major units one of its major units is worth ("USD", 1350.0 in a KRW
    // shop).
    std::vector<std::pair<std::string, double>> rates;
    std::shared_ptr<const Ranking> ranking;  // for experiments; null: the built-in numbers

    bool operator==(const IndexOptions&) const = default;
};

class Index {
  public:
    [[nodiscard]] static std::shared_ptr<const Index> build(std::vector<Product> products,
                                                            const IndexOptions& options = {});
    // The same goods with other prices or stock: shares everything that does not depend on them. Unknown ids
    // are returned in `unknown` when given.
    [[nodiscard]] std::shared_ptr<const Index> patched(std::span<const Patch> patches,
                                                       std::vector<std::string>* unknown = nullptr) const;
    ~Index();
    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;

    // Reads price, brand, colour, type, order, negations and free words out of `sentence` (UTF-8, any case,
    // Korean with or without spaces) and adds them to `known`. Text in `ignore` (what the caller understood
    // already) is left alone. Never fails: what is not understood stays free text.
    [[nodiscard]] Interpretation interpret(std::string_view sentence, Query known = {},
                                           std::span<const Span> ignore = {}) const;

    // A follow-up on an earlier query: "더 싼 거", "in white", "삼성 말고", "with Bluetooth", "the rest". A
    // sentence that names another kind of goods starts afresh. `shown`: ids of the products the visitor sees.
    [[nodiscard]] Interpretation refine(const Query& previous, std::string_view sentence,
                                        std::span<const std::string> shown,
                                        std::span<const Span> ignore = {}) const;

    // Ranked products; an empty query lists by popularity. Constraints that leave nothing are relaxed one at
    // a time.
    [[nodiscard]] Results search(const Query& query) const;

    [[nodiscard]] std::vector<Chip> chips(const Query& query, std::string_view locale) const;
    [[nodiscard]] Query without(const Query& query, const Chip& chip) const;
    // A few words each for a card, best first.
    [[nodiscard]] std::vector<std::string> why(const Match& match, std::string_view locale,
                                               std::size_t most = 2) const;

    [[nodiscard]] std::vector<Match> similar(std::string_view id, std::uint32_t limit) const;
    // What to offer instead of a product that is out of stock (or was rejected): the same kind, in stock,
    // near in price.
    [[nodiscard]] std::vector<Match> alternatives(std::string_view id, std::uint32_t limit) const;
    // Goods of other kinds that go with it. `bought_with`: (id, weight) of what others put in one basket with
    // it, from the shop's own events; what category rules say fills up.
    [[nodiscard]] std::vector<Match> goes_with(
        std::string_view id, std::uint32_t limit,
        std::span<const std::pair<std::string, double>> bought_with = {}) const;
    [[nodiscard]] std::vector<Match> popular(std::uint32_t limit) const;
    // Whether some product is of a kind, under any of its names.
    [[nodiscard]] bool sells(std::string_view kind) const;

    [[nodiscard]] Comparison compare(std::span<const std::string> ids, std::string_view locale) const;
    // Is the word, in lower case, one that goods are called or described with in their data?
    [[nodiscard]] bool has_word(std::string_view word) const;
    // The product (one of its variants) that a word of the sentence alone names: no other product, and no
    // data or description, has that word. nullopt: none, or two.
    [[nodiscard]] std::optional<std::string> named(std::string_view sentence) const;
    // The product whose title stands in the sentence, from its first word to its last or to its comma
    // ("…, Black"), and where. nullopt: none does, or the title is no more than what several are called.
    [[nodiscard]] std::optional<Titled> titled(std::string_view sentence) const;
    // What the feed says to a question about a product; an unknown id is told nothing of.
    [[nodiscard]] Told about(std::string_view id, std::string_view question, std::string_view locale) const;
    // Which of several products has the most of what is asked: "which is lighter?", "제일 조용한 건?".
    // nullopt: the question does not compare, the feed does not say it of all of them, or two are alike.
    [[nodiscard]] std::optional<Best> best(std::span<const std::string> ids, std::string_view question,
                                           std::string_view locale) const;
    // The same query for the kind of goods above the one it asks for ("마우스" for "무선 마우스"), when that
    // finds what the query itself does not; never the topmost kind, which is a department. nullopt: there is
    // none.
    [[nodiscard]] std::optional<Query> widened(const Query& query) const;
    // One question that splits the query's results best; nullopt when they are few or nothing splits them
    // clearly.
    [[nodiscard]] std::optional<Narrowing> narrowing(const Query& query, std::string_view locale) const;

    // The query as read, what each word meant, and the parts of the scores: JSON for people and tools.
    [[nodiscard]] std::string explain(const Query& query) const;

    [[nodiscard]] const Product* find(std::string_view id) const;  // nullptr: no such product
    [[nodiscard]] const std::vector<Product>& products() const;
    [[nodiscard]] const std::string& currency() const;
    [[nodiscard]] std::size_t bytes() const;  // of the index, without the products themselves

    struct Impl;

  private:
    explicit Index(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// May the word, in lower case, say what goods are like? Not so verbs, people, and words of a shop's service.
[[nodiscard]] bool may_describe_goods(std::string_view word);

// A few words for a card in `locale` ("ko" or "en").
[[nodiscard]] std::string reason_text(const Reason& reason, std::string_view locale);

}  // namespace maru::catalog
