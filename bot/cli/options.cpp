#include "bot/cli/options.hpp"

#include <CLI/CLI.hpp>

namespace maru::cli {

std::vector<Override> overrides(const std::vector<std::string>& sets) {
    std::vector<Override> all;
    for (const auto& one : sets) {
        const auto equals = one.find('=');
        if (equals == std::string::npos || equals == 0)
            throw CLI::ValidationError("--set",
                                       "\"" + one + "\" is not KEY=VALUE, such as --set limits.rate=off");
        all.push_back({one.substr(0, equals), one.substr(equals + 1)});
    }
    return all;
}

}  // namespace maru::cli
