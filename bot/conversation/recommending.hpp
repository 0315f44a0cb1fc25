// What goes with a product: asked for ("이거랑 같이 쓸 만한 거", "what goes with this?"), after something was
// put into the cart, or as an answer to "recommend something" from somebody with a cart. What visitors buy
// together comes first, then the shop's rules. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "bot/conversation/reading.hpp"
#include "bot/conversation/respond.hpp"

namespace maru {

// nullopt: the message asks no such thing, or it cannot be told with what.
[[nodiscard]] std::optional<Reply> goes_with(Conversation& c, const Reading& reading,
                                             const Reading::Pointed& pointed, const Bot& bot);

// "비슷한 거 있어요?", "anything similar to the first one?". nullopt: asks no such thing, says more than that
// ("but cheaper"), or it cannot be told of what.
[[nodiscard]] std::optional<Reply> similar_to(Conversation& c, const Reading& reading,
                                              const Reading::Pointed& pointed, const Bot& bot);

// Others that go with what the last cards went with; empty cards when there are none.
[[nodiscard]] Reply others_beside(Conversation& c, const catalog::Product& product, const Bot& bot);

// Beside the newest thing in the cart. nullopt: the cart is empty, or there is nothing to go with it.
[[nodiscard]] std::optional<Reply> beside_cart(Conversation& c, const Bot& bot);

}  // namespace maru
