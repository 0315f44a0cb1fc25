// What visitors put into one basket, as what goes with what: from the storefront's own events. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bot/store/store.hpp"

namespace maru::insights {

// Immutable once built; any thread.
class Baskets {
  public:
    // `rows` by conversation and time. A basket is what one visitor put into the cart (and did not take out
    // again) or bought with less than a day between one thing and the next.
    [[nodiscard]] static Baskets of(std::span<const store::BasketRow> rows);

    // Products that were in a basket with `product`, strongest first: the cosine of the two's baskets (how
    // many they share, over the root of how many each is in). Pairs that only one visitor made say nothing.
    [[nodiscard]] std::span<const std::pair<std::string, double>> with(std::string_view product) const;

    [[nodiscard]] bool empty() const { return with_.empty(); }
    bool operator==(const Baskets&) const = default;

  private:
    std::unordered_map<std::string, std::vector<std::pair<std::string, double>>> with_;
};

}  // namespace maru::insights
