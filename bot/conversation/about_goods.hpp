// What the bot says of goods it has shown: of one, of all of them, what they cost together. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "bot/conversation/respond.hpp"
#include "catalog/search.hpp"

namespace maru {

// The prices of what is on the last cards.
[[nodiscard]] Reply prices_of_shown(const Conversation& c, const Bot& bot);
// What several products cost together: those that `words` name, else those in the cart, else the few shown,
// else the two looked at last. nullopt: there are not two it could mean.
[[nodiscard]] std::optional<Reply> price_together(const Conversation& c, std::string_view words,
                                                  const Bot& bot);
// What is asked of them all, where nobody said of which ("그거 배터리 얼마나 가?"); nullopt: none of them
// says.
[[nodiscard]] std::optional<Reply> about_shown(const Conversation& c, std::string_view question,
                                               const Bot& bot);

enum class Asked : std::uint8_t { price, stock, detail };
[[nodiscard]] Reply about_product(Conversation& c, const catalog::Product& product, Asked what,
                                  std::string_view question, const Bot& bot);

}  // namespace maru
