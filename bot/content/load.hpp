// From a folder of files to a Bot: read whole, checked whole, compiled.
//
// Threads: any; loading takes about a second for a shop's content (the understanding is trained) and belongs
// off the serving threads.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bot/content/bot.hpp"

namespace maru {

// The folder's files as text, by path relative to it, sorted: what a bot is made of and what its version is
// the hash of.
struct Bundle {
    std::vector<std::pair<std::string, std::string>> files;
    [[nodiscard]] const std::string* find(std::string_view name) const;
    [[nodiscard]] std::string hash() const;
};

// Reads what belongs to a bot (bot.yaml, stores.yaml, canned.yaml, synonyms.yaml, intents/, faq/, flows/,
// tables/, tests/, catalog/). nullopt and a problem when the folder or a file cannot be read.
[[nodiscard]] std::optional<Bundle> read_bundle(const std::filesystem::path& folder,
                                                flows::Problems& problems);

struct LoadOptions {
    std::vector<Override> overrides;
    std::filesystem::path models;  // the folder that keeps trained models between runs; empty: none
    bool train = true;             // false: checks only what needs no training
};

// How the bot's goods are indexed: its currency, its synonyms, its exchange rates.
[[nodiscard]] catalog::IndexOptions index_options(const Bot& bot);

// What the understanding is trained and compiled from.
[[nodiscard]] nlu::EngineSource understanding_source(const Bot& bot);

// nullptr when a problem is an error.
[[nodiscard]] std::shared_ptr<const Bot> load_bot(const Bundle& bundle, const LoadOptions& options,
                                                  flows::Problems& problems);

}  // namespace maru
