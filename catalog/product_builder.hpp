// Puts one product together from the named values of a feed row, whatever format the row came in. Internal to
// catalog/.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "catalog/product.hpp"

namespace maru::catalog {

// "g:Image Link" → "image_link": the name a value is known by.
[[nodiscard]] std::string field_name(std::string_view raw);

// "In Stock", "https://schema.org/InStock" → "in_stock"; nullopt: no known availability.
[[nodiscard]] std::optional<std::string> parse_availability(std::string_view text);

class ProductBuilder {
  public:
    explicit ProductBuilder(std::string_view currency) : currency_(currency) {}

    void set(std::string_view name, std::string value);
    void attribute(std::string_view name, std::string value);
    void localized(std::string_view locale, std::string_view name, std::string value);
    void localized_attribute(std::string_view locale, std::string_view name, std::string value);

    // The product, or nullopt with the first thing that was wrong in `error()`.
    [[nodiscard]] std::optional<Product> finish();
    [[nodiscard]] const std::string& error() const noexcept { return error_; }
    [[nodiscard]] const std::string& id() const noexcept { return product_.id; }

  private:
    void fail(std::string reason);
    Texts& texts(std::string_view locale);

    std::string currency_;
    Product product_;
    std::string price_, sale_price_, category_, sheet_type_;
    std::string error_;
};

}  // namespace maru::catalog
