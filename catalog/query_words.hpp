// The parts of a shopping sentence that need no catalog to be understood: price limits, sizes, ratings,
// orders, stock. Compiled once, then immutable and safe from any thread; RE2 keeps every look linear in the
// text. Internal to catalog/.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/search.hpp"

namespace maru::catalog {

// Where something was said: bytes of the normalised text.
struct Said {
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct PriceSaid : Said {
    // In minor units of `currency`; empty currency: none was named, the shop's is meant and the amounts are
    // in its major unit's digits as written (`bare`).
    std::optional<double> min, max;  // major units
    bool under = false;              // strictly below max ("under", "미만")
    bool over = false;               // strictly above min
    bool plain = false;              // no word says whether it is a limit
    bool told = false;               // what was spent or is added up: no wish
    std::string currency;
};

struct SortSaid : Said {
    Sort sort = Sort::relevance;
};

struct LimitSaid : Said {
    Limit limit;
};

struct RatingSaid : Said {
    double min = 0;
};

class QueryWords {
  public:
    QueryWords();
    ~QueryWords();
    QueryWords(const QueryWords&) = delete;
    QueryWords& operator=(const QueryWords&) = delete;

    // `text` normalised. `plausible` tells whether a bare number could be a price here (major units).
    [[nodiscard]] std::vector<PriceSaid> prices(std::string_view text, double least, double most) const;
    // Is any rating, order or stock named? When not, `rating`, `sort` and `in_stock` find nothing.
    [[nodiscard]] bool names_any(std::string_view text) const;
    [[nodiscard]] std::optional<RatingSaid> rating(std::string_view text) const;
    [[nodiscard]] std::vector<LimitSaid> limits(std::string_view text) const;
    [[nodiscard]] std::optional<SortSaid> sort(std::string_view text) const;
    // A comparative where nothing is shown to compare with ("which is lighter"): an order, or
    // Sort::relevance when goods are not ordered by it ("faster"). Never the name of goods.
    [[nodiscard]] std::optional<SortSaid> comparative(std::string_view text) const;
    [[nodiscard]] std::optional<Said> in_stock(std::string_view text) const;
    // "cheaper", "더 싼", "좀 더 저렴한"; "bigger"…: comparisons with what is shown.
    enum class Compared : std::uint8_t {
        cheaper,
        dearer,
        better,
        lighter,
        smaller,
        bigger,
        quieter,
        longer,  // runs longer
        newer,
        more
    };
    [[nodiscard]] std::optional<std::pair<Compared, Said>> compared(std::string_view text) const;

  private:
    struct Patterns;
    std::unique_ptr<const Patterns> patterns_;
};

// "5만", "1.5만", "3만5천", "만", "십오만", "12,900", "50k" → a number; nullopt: not one.
[[nodiscard]] std::optional<double> parse_amount(std::string_view text);

}  // namespace maru::catalog
