// Sizes, weights and capacities of products, as numbers that limits can be held against. Internal to
// catalog/.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "catalog/core.hpp"
#include "catalog/search.hpp"

namespace maru::catalog {

[[nodiscard]] std::string_view measure_name(Measure::Kind kind) noexcept;  // "bytes", "length", …
[[nodiscard]] std::optional<Measure::Kind> measure_kind(std::string_view name) noexcept;

// The measures a product's title and attributes give, in a fixed order of trust: title first.
[[nodiscard]] std::vector<Measure> measures_of(const Product& product);

// The least noise in dB that an attribute states. What cancels noise is not noisy.
[[nodiscard]] std::optional<double> stated_noise(const Product& product);

// Has the product, for each limit, a measure of its kind within it? One without any measure of that kind has
// not.
[[nodiscard]] bool within_limits(const Core& core, std::uint32_t product, const std::vector<Limit>& limits);

}  // namespace maru::catalog
