// What a value of a data sheet states of one thing that stands in it: that it comes with the goods or has to
// be bought, and how much there is. Internal to catalog/. Pure functions of lower-case text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace maru::catalog {

// What a question wants a figure of: "how many", "몇 개"; "how long", "몇 분".
enum class Amount : std::uint8_t { none, figure, time };

// "USB-C cable (adapter sold separately)": is the adapter there? nullopt: the value does not say.
[[nodiscard]] std::optional<bool> comes_with(std::string_view value, std::string_view word);
// "Sold separately", "별매": what the whole value is about has to be bought.
[[nodiscard]] bool is_extra(std::string_view value);
[[nodiscard]] bool states(std::string_view value, Amount amount);
[[nodiscard]] Amount asked_amount(std::string_view question);

}  // namespace maru::catalog
