// The built-in sentences of the bot and their keys. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "bot/content/settings.hpp"

namespace maru {

[[nodiscard]] Phrases default_phrases();
[[nodiscard]] std::vector<std::string_view> phrase_keys();

}  // namespace maru
