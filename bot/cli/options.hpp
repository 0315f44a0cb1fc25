// What several commands share in reading their options. Throws CLI::ValidationError with a message for
// people.
#pragma once

#include <string>
#include <vector>

#include "bot/content/settings.hpp"

namespace maru::cli {

// "KEY=VALUE" each.
[[nodiscard]] std::vector<Override> overrides(const std::vector<std::string>& sets);

}  // namespace maru::cli
