// Pieces of what the bot says: filled-in phrases, product cards, the offer of a colleague. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/conversation/respond.hpp"

namespace maru {

using Fillings = std::vector<std::pair<std::string_view, std::string>>;

// `text` with every {key} replaced; Korean particles written in both forms after a filling ("{agent}이(가)")
// take the form the filling's last sound asks for. Unknown keys stay as they are.
[[nodiscard]] std::string fill(std::string_view text, const Fillings& with);

// A JSON array of the wire's product cards for these ids; ids the catalog does not know are left out.
[[nodiscard]] std::string product_cards(const std::vector<std::string>& ids, std::string_view locale,
                                        const Bot& bot);

// What delivery adds to `sum` (minor units), as the shop's settings say; empty: they do not.
[[nodiscard]] std::string with_delivery(std::int64_t sum, std::string_view locale, const Bot& bot);

// `phrase` is what it says: "offer", "offer_failed".
[[nodiscard]] Reply offer_reply(const Bot& bot, std::string_view locale, std::string_view phrase = "offer");

}  // namespace maru
