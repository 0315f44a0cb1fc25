// What people read for the names and values of a product's data. Internal to catalog/. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace maru::catalog {

// "available_sizes" → "available sizes".
[[nodiscard]] std::string spaced_name(std::string_view name);
// The name of a field that every feed has ("price", "color") in the locale's language; others as the feed
// writes them.
[[nodiscard]] std::string name_label(std::string_view name, std::string_view locale);
[[nodiscard]] std::string availability_label(std::string_view availability, std::string_view locale);
[[nodiscard]] std::string value_label(std::string_view value, std::string_view locale);

}  // namespace maru::catalog
