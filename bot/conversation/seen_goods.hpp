// The goods a conversation has seen, and which of them words mean: "아까 그 흰색 키보드", "the moon lamp and
// this one". Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/content/bot.hpp"
#include "bot/conversation/conversation.hpp"

namespace maru {

// What is in view joins what was seen; the last two dozen are kept.
void note_seen(Dialogue& dialogue);

// The one product seen in this conversation that the words describe; nullopt: none, or not clearly one.
[[nodiscard]] std::optional<std::string> seen_as(const Conversation& c, std::string_view words,
                                                 const Bot& bot);

// The products that a list of things names, in its order: those seen, the one in hand ("이거"), else the only
// one on the shelves that fits. What is not clear is left out; empty when fewer than two remain.
[[nodiscard]] std::vector<std::string> listed_goods(const Conversation& c, std::string_view words,
                                                    const Bot& bot);

}  // namespace maru
