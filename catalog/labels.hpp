// What people read for the names and values of a product's data. Internal to catalog/. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace maru::catalog {

// "available_sizes" → "available sizes".
[[nodiscard]] std::string spaced_name(std::string_view name);
// The name of a field that every feed has ("price", "color") in the locale's language; others as the feed
// writes them.
[[nodiscard]] std::string name_label(std::string_view name, std::string_view locale);
// "Noise cancelling": what it takes away, which is not what it has. `name` in lower case.
[[nodiscard]] bool takes_away(std::string_view name);
// A value that only says yes or no ("지원", "없음 (압력식이 아닌 밥솥)"); what it adds in brackets is not
// read.
[[nodiscard]] std::optional<bool> yes_or_no(std::string_view value);
[[nodiscard]] std::string availability_label(std::string_view availability, std::string_view locale);
// "4.7"; empty: not rated.
[[nodiscard]] std::string rating_label(const std::optional<double>& rating);
[[nodiscard]] std::string value_label(std::string_view value, std::string_view locale);

}  // namespace maru::catalog
