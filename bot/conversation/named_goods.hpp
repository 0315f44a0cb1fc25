// A product that a message names by itself, whatever is in view: "does the Bijil R8 mop", "H3 헤드폰 …".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/content/bot.hpp"

namespace maru {

// By its maker and its name, by a model no other has, or by nearly all of its title; nullopt: none.
[[nodiscard]] std::optional<std::string> named_outright(std::string_view words, const Bot& bot);

// Its own words ask for a search: "추천", "show me", "do you sell".
[[nodiscard]] bool asks_for_goods(std::string_view plain);

}  // namespace maru
