// From a sentence to a query, and from a query to products.
//
// `Index` is immutable once built: any number of threads may search one at the same time, and a live server swaps
// whole indexes behind a shared_ptr. Nothing here knows sockets, databases or clocks.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/product.hpp"

namespace maru::catalog {

enum class Sort : std::uint8_t { relevance, price_ascending, price_descending, rating, newest, popularity };

// Typed constraints. What the language understanding already knows (price, quantity …) is filled in by the caller;
// `Index::interpret` adds what the catalog's own vocabulary recognises.
struct Query {
    std::string text;  // free words that are left
    std::optional<std::int64_t> price_min;  // minor units of the shop's currency
    std::optional<std::int64_t> price_max;
    std::vector<std::string> brands, not_brands;
    std::vector<std::string> colors, not_colors;  // canonical English names
    std::vector<std::string> types, not_types;    // product_type leaves, in the feed's own language
    bool in_stock_only = false;
    Sort sort = Sort::relevance;
    std::vector<std::string> exclude_ids;  // already shown or rejected
    std::uint32_t offset = 0;
    std::uint32_t limit = 5;
};

// Why a product is on a card; `reason_text` says it in a few words.
struct Reason {
    enum class Kind : std::uint8_t { matches_words, type, brand, color, within_price, on_sale, well_rated, popular, in_stock, similar, goes_with, cheapest };
    Kind kind = Kind::matches_words;
    std::string detail;
};

struct Match {
    const Product* product = nullptr;  // lives as long as the Index
    float score = 0;
    std::vector<Reason> reasons;  // best first
};

struct Results {
    std::vector<Match> matches;
    std::uint32_t total = 0;             // before offset and limit
    std::vector<std::string> relaxed;    // names of the constraints that had to be given up, in order
    std::vector<std::pair<std::string, std::string>> corrected;  // (as written, as searched)
};

struct Interpretation {
    Query query;
    // How strongly the sentence speaks of goods on these shelves: 0 none, 1 every content word is in the vocabulary
    // and a product type, brand or model is among them.
    float evidence = 0;
    bool names_type = false;
    bool names_brand = false;
    bool names_product = false;  // a title or model number, nearly whole
};

class Index {
  public:
    [[nodiscard]] static std::shared_ptr<const Index> build(std::vector<Product> products);
    ~Index();
    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;

    // Reads brand, colour, type, sort words, negations and free words out of `sentence` (UTF-8, any case, Korean with
    // or without spaces) and adds them to `known`. Never fails: what is not understood stays free text.
    [[nodiscard]] Interpretation interpret(std::string_view sentence, Query known = {}) const;

    // Ranked products; an empty query lists by popularity. Constraints that leave nothing are relaxed one at a time.
    [[nodiscard]] Results search(const Query& query) const;

    [[nodiscard]] std::vector<Match> similar(std::string_view id, std::uint32_t limit) const;
    [[nodiscard]] std::vector<Match> popular(std::uint32_t limit) const;
    [[nodiscard]] const Product* find(std::string_view id) const;  // nullptr: no such product
    [[nodiscard]] const std::vector<Product>& products() const;

  private:
    struct Impl;
    explicit Index(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// A few words for a card in `locale` ("ko" or "en").
[[nodiscard]] std::string reason_text(const Reason& reason, std::string_view locale);

}  // namespace maru::catalog
