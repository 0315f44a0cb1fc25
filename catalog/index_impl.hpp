// What an Index holds, for the files that implement it. Internal to catalog/.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "catalog/core.hpp"
#include "catalog/query_words.hpp"
#include "catalog/retrieve.hpp"
#include "catalog/search.hpp"

namespace maru::catalog {

struct Index::Impl {
    std::vector<Product> products;
    std::shared_ptr<const Core> core;  // shared by patched copies
    std::shared_ptr<const QueryWords> words;
    IndexOptions options;
    std::string currency;

    // Live columns by product.
    std::vector<std::int64_t> price;
    std::int64_t lowest_price = 0, highest_price = 0;
    std::vector<float> prior;   // popularity, rating and stock, 0 … 1
    std::vector<float> rating;  // 0: not rated
    std::vector<bool> in_stock;
    std::vector<std::uint32_t> newest;  // rank: larger is newer

    void fill_columns();
    // The type nodes a name stands for; empty: none.
    [[nodiscard]] std::vector<std::uint32_t> nodes_of(std::string_view type_name) const;
    // A type level's name in another language, as the products under it say; the name itself when they do
    // not.
    [[nodiscard]] std::string type_label(std::string_view type_name, std::string_view locale) const;
    [[nodiscard]] std::optional<std::uint32_t> index_of(std::string_view id) const;
};

// Constraints of a query compiled against an index; each can be lifted by itself.
class Filter {
  public:
    enum Part : std::uint32_t {
        in_stock = 1U << 0U,
        rating = 1U << 1U,
        color = 1U << 2U,
        measure = 1U << 3U,
        brand = 1U << 4U,
        price = 1U << 5U,
        words = 1U << 6U,  // lifted by the caller
        type = 1U << 7U
    };
    Filter(const Index::Impl& index, const Query& query);
    [[nodiscard]] bool operator()(std::uint32_t product, std::uint32_t lifted = 0) const;
    [[nodiscard]] std::uint32_t parts() const noexcept { return parts_; }  // what the query constrains
    // At most how many products pass, as far as makers and types tell.
    [[nodiscard]] std::size_t most(std::uint32_t lifted) const;
    // Those that pass, in order.
    [[nodiscard]] std::vector<std::uint32_t> passing(std::uint32_t lifted) const;
    // Does what the query refuses leave out any product that passes `among`? Looks only where one may be.
    [[nodiscard]] bool leaves_out_some(const Filter& among) const;
    // Does it leave out anything that cannot be lifted?
    [[nodiscard]] bool excludes() const noexcept { return excludes_; }
    [[nodiscard]] static std::string_view part_name(std::uint32_t part) noexcept;

  private:
    void read_types(const std::vector<std::string>& names, std::vector<bool>& types,
                    std::vector<std::uint32_t>& products);

    [[nodiscard]] bool fits(std::uint32_t product, std::uint32_t active) const;
    [[nodiscard]] bool is_excluded(std::uint32_t product) const;

    const Index::Impl& index_;
    const Query& query_;
    std::uint32_t parts_ = 0;
    bool excludes_ = false;
    std::vector<std::uint32_t> brands_, not_brands_;
    std::uint32_t colors_ = 0, not_colors_ = 0;
    std::vector<bool> types_, not_types_;                // by type path
    std::vector<std::uint32_t> type_products_, unused_;  // sorted: their head noun says the type
    std::vector<std::uint32_t> excluded_;                // sorted
    std::vector<TermId> not_terms_, not_goods_;
};

}  // namespace maru::catalog
