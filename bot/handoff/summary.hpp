// What an agent reads instead of the transcript. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "bot/content/bot.hpp"
#include "bot/conversation/conversation.hpp"

namespace maru::handoff {

// Two lines in the conversation's locale: what the visitor wants, and what is known.
[[nodiscard]] std::string summary(const Conversation& c, const Bot& bot);

// [{id, title, price…, why}]: products looked at, asked about or in the cart.
[[nodiscard]] nlohmann::json interests(const Conversation& c, const Bot& bot);

}  // namespace maru::handoff
