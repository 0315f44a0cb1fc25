// What several commands share. Throws CLI::ValidationError with a message for people.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bot/content/load.hpp"
#include "bot/store/store.hpp"

namespace maru::cli {

// "KEY=VALUE" each.
[[nodiscard]] std::vector<Override> overrides(const std::vector<std::string>& sets);

// The store of a data folder, beside a server that may be running: short transactions, no lock.
struct Beside {
    // A mistyped folder has nothing to report and nothing to back up; only who adds the first user may make
    // it.
    enum class Folder : bool { must_exist, made };
    explicit Beside(const std::string& data, Folder folder = Folder::must_exist);
    SystemClock clock;
    IdSource ids;
    std::unique_ptr<store::Store> store;
};

// Loads a config folder and prints its problems as file:line:col to stderr; nullptr when one is an error.
[[nodiscard]] std::shared_ptr<const Bot> load_or_complain(const std::string& folder,
                                                          const std::vector<Override>& overrides,
                                                          Bundle* bundle = nullptr);

// A whole file. Throws std::runtime_error naming it.
[[nodiscard]] std::string read_or_complain(const std::string& file);

}  // namespace maru::cli
