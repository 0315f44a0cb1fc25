// Products side by side: which of those shown a message wants compared, and what the bot says. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "bot/conversation/respond.hpp"

namespace maru {

// The comparison that `text` asks for ("1번이랑 2번 비교해줘", "compare the first two", "what's the
// difference?"); nullopt: it asks for none, or there are not two products it could mean.
[[nodiscard]] std::optional<Reply> compare_shown(Conversation& c, std::string_view text,
                                                 const nlu::Understanding& u, const Bot& bot);

}  // namespace maru
