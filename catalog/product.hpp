// A product as the shop's feed describes it (Google product attribute names), and money as the wire knows it.
// Plain values: safe to copy and to share between threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/money.hpp"

namespace maru::catalog {

using Attributes = std::vector<std::pair<std::string, std::string>>;

// The texts of a product in one language.
struct Texts {
    std::string title;
    std::string description;
    std::string product_type;  // "Home > Kitchen > Kettles", broadest first
    std::string color;
    std::string brand;      // only in `localized`: the name as written in that language
    Attributes attributes;  // only in `localized`
};

struct Product {
    std::string id;
    Texts text;  // the feed's own language
    std::vector<std::pair<std::string, Texts>>
        localized;  // ("en", …): overrides, empty fields fall back to `text`
    std::string brand;
    std::string mpn;  // model number
    std::string gtin;
    std::string item_group_id;              // variants of one product share it
    Price price;                            // what a buyer pays now (sale_price where there is one)
    std::optional<Price> list_price;        // the crossed-out one, when it is higher
    std::string availability = "in_stock";  // in_stock | out_of_stock | preorder | backorder
    std::string image_link;
    std::string link;
    std::string added;             // "2026-03-01" or empty: what "newest" sorts by (feed order breaks ties)
    std::optional<double> rating;  // 0 … 5
    double popularity = 0;         // 0 … 1, a prior
    Attributes attributes;         // everything else, in feed order; yes/no attributes are "true" / "false"

    // The texts for a locale ("ko", "en"), field by field falling back to the feed's own language; brand and
    // attributes are filled from the product itself where the locale has none.
    [[nodiscard]] Texts texts(std::string_view locale) const;

    [[nodiscard]] bool in_stock() const noexcept { return availability == "in_stock"; }
};

// The last part of a product type path: "Home > Kitchen > Kettles" → "Kettles".
[[nodiscard]] std::string_view type_leaf(std::string_view product_type) noexcept;

}  // namespace maru::catalog
