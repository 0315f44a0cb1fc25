// A product as the shop's feed describes it (Google product attribute names), and money as the wire knows it.
// Plain values: safe to copy and to share between threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maru::catalog {

// `amount` is in the currency's minor unit (KRW has none: 12900 is ₩12,900; USD 1299 is $12.99).
struct Price {
    std::int64_t amount = 0;
    std::string currency;  // ISO 4217
    bool operator==(const Price&) const = default;
};

// The texts of a product in one language.
struct Texts {
    std::string title;
    std::string description;
    std::string product_type;  // "Home > Kitchen > Kettles"
    std::string color;
};

struct Product {
    std::string id;
    Texts text;                                            // the feed's own language
    std::vector<std::pair<std::string, Texts>> localized;  // ("en", …): overrides, empty fields fall back to `text`
    std::string brand;
    std::string mpn;   // model number
    std::string gtin;
    std::string item_group_id;
    Price price;                     // what a buyer pays now (sale_price where there is one)
    std::optional<Price> list_price;  // the crossed-out one, when it is higher
    std::string availability = "in_stock";  // in_stock | out_of_stock | preorder | backorder
    std::string image_link;
    std::string link;
    std::optional<double> rating;  // 0 … 5
    double popularity = 0;         // 0 … 1, a prior
    std::vector<std::pair<std::string, std::string>> attributes;  // everything else, in feed order

    // The texts for a locale ("ko", "en"), field by field falling back to the feed's own language.
    [[nodiscard]] Texts texts(std::string_view locale) const;
};

}  // namespace maru::catalog
