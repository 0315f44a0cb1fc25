#include "bot/cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <stdexcept>

#include "bot/base/durable_file.hpp"

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

Beside::Beside(const std::string& data, Folder folder) : ids(clock, 1) {
    if (folder == Folder::must_exist && !std::filesystem::exists(std::filesystem::path(data) / "maru.db"))
        throw std::runtime_error(fmt::format(
            "{}: there is no Maru database in this folder; name the server's data folder with --data", data));
    store::SqliteOptions options;
    options.directory = data;
    options.exclusive = false;
    store = store::open_sqlite(options, clock, ids, [](std::size_t, std::vector<store::Finished> batch) {
        for (const auto& one : batch) one.waiter->done(one.result);
    });
}

std::shared_ptr<const Bot> load_or_complain(const std::string& folder, const std::vector<Override>& overrides,
                                            Bundle* into) {
    flows::Problems problems;
    auto bundle = read_bundle(folder, problems);
    LoadOptions options;
    options.overrides = overrides;
    auto bot = bundle ? load_bot(*bundle, options, problems) : nullptr;
    for (const auto& problem : problems.sorted()) fmt::print(stderr, "{}\n", flows::yaml::to_string(problem));
    if (into != nullptr && bundle) *into = std::move(*bundle);
    return bot;
}

std::string read_or_complain(const std::string& file) {
    auto text = read_file(file);
    if (!text) throw std::runtime_error(fmt::format("{}: cannot be read", file));
    return std::move(*text);
}

}  // namespace maru::cli
