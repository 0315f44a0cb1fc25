// What the bot says of goods it has shown: of one, of all of them, what they cost together. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "bot/conversation/reading.hpp"
#include "bot/conversation/respond.hpp"
#include "catalog/search.hpp"

namespace maru {

// The prices of what is on the last cards.
[[nodiscard]] Reply prices_of_shown(const Conversation& c, const Bot& bot);
// What several products cost together: those that the message names, else those in the cart, else the few
// shown, else the two looked at last. nullopt: there are not two it could mean.
[[nodiscard]] std::optional<Reply> price_together(const Conversation& c, const Reading& reading,
                                                  const Bot& bot);
// What is asked of them all, where nobody said of which ("그거 배터리 얼마나 가?"); nullopt: none of them
// says.
[[nodiscard]] std::optional<Reply> about_shown(const Conversation& c, std::string_view question,
                                               const Bot& bot);

// "Which one is the lightest?", "둘 중에 뭐가 더 조용해요?": the one of those in view, and what the others
// have. nullopt: nothing of the kind is asked, or the data does not tell.
[[nodiscard]] std::optional<Reply> best_shown(Conversation& c, const Reading& reading, const Bot& bot);

enum class Asked : std::uint8_t { price, stock, detail, overview };
// `answers`: what the catalog tells of the product when asked `question`; read for `Asked::detail`.
[[nodiscard]] Reply about_product(Conversation& c, const catalog::Product& product, Asked what,
                                  std::string_view question, const std::vector<catalog::Answer>& answers,
                                  const Bot& bot);

}  // namespace maru
