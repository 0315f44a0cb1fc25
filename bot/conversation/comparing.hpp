// Products side by side: which of those shown a message wants compared, and what the bot says. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/reading.hpp"
#include "bot/conversation/respond.hpp"

namespace maru {

// The comparison that a message asks for ("1번이랑 2번 비교해줘", "compare the first two", "what's the
// difference?"); nullopt: it asks for none, or there are not two products it could mean.
[[nodiscard]] std::optional<Reply> compare_shown(Conversation& c, const Reading& reading, const Bot& bot);

// These products side by side, and in view from then on; nullopt: fewer than two of them are known.
[[nodiscard]] std::optional<Reply> compare_goods(Conversation& c, const std::vector<std::string>& ids,
                                                 const Bot& bot);

// Does a message ask for goods to be compared, or weigh them against each other? (`text` normalised, with a
// blank at either end)
[[nodiscard]] bool asks_comparison(std::string_view text);

// What a message weighs against each other, by model ("비질 R8 R3") or by a part of a title in view ("d5랑
// 롱암중에"): the ids, at most four.
[[nodiscard]] std::vector<std::string> goods_weighed(const Conversation& c, std::string_view text,
                                                     const Bot& bot);

}  // namespace maru
