// The goods that are live: the config folder's catalog, or the feed that was imported over HTTP since, with
// the prices and stock that were patched on top. An import or patch is on disk before it is live, so that a
// restart serves the same; a refused one changes nothing.
//
// Files in `folder`: `live.json` says which feed is live, and taking its place is what accepts one: the feed
// itself, as it was sent, is `feed-HASH`, and what was patched since, in order, `patches-HASH.jsonl`
// (`patches.jsonl` while the config folder's goods are live). A kill or a full disk at any point leaves
// either the old goods with all their patches, or the new ones.
//
// Threads: any. Imports, patches and content changes wait for one another; readers of the BotHolder never
// wait. Building happens on a thread of the lowest priority, and an old catalog is freed there too, never
// inside a turn.
#pragma once

#include <atomic>
#include <boost/system/result.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/content/holder.hpp"
#include "bot/store/rows.hpp"
#include "catalog/feed.hpp"

namespace maru {

// What a backup needs of a goods folder: the live feed and what was patched since, as they were at one
// moment, while a server may be changing them. Throws std::runtime_error when they cannot be read.
[[nodiscard]] std::vector<store::CarriedFile> goods_files(const std::filesystem::path& folder);
// Makes `files` the folder's goods, instead of any it has. Done again, it does the same. Before a Goods opens
// the folder.
void restore_goods(const std::filesystem::path& folder, const std::vector<store::CarriedFile>& files);

class Goods {
  public:
    // Throws std::runtime_error when `folder` cannot be made. `bots` outlives it.
    Goods(std::filesystem::path folder, BotHolder& bots);

    // Makes `bot` live, with the imported goods instead of its own where there are some, and with the
    // patches.
    void publish(std::shared_ptr<const Bot> bot);

    struct Imported {
        bool unchanged = false;  // the same bytes as last time: nothing was done
        catalog::FeedFormat format = catalog::FeedFormat::detect;
        std::size_t products = 0;
        std::uint32_t rows = 0, skipped = 0;
        std::vector<catalog::RowError> errors;
        double seconds = 0;
    };
    // What visitors put into one basket: live with the goods from now on.
    void set_baskets(insights::Baskets baskets);

    using ImportResult = boost::system::result<Imported, catalog::FeedError>;
    // A new feed takes the place of all goods and of earlier patches.
    [[nodiscard]] ImportResult import(std::string_view feed, catalog::FeedOptions options);

    struct Patched {
        std::size_t patched = 0;
        std::vector<std::string> unknown;  // ids
        std::vector<catalog::RowError> errors;
    };
    // Prices and stock alone; what is wrong is listed and left out. The error is a message: it could not be
    // kept.
    [[nodiscard]] boost::system::result<Patched, std::string> patch(std::string_view patches);

    struct Progress {
        std::string_view stage = "idle";  // idle | reading | indexing | saving
        std::uint32_t rows = 0;           // read so far
    };
    [[nodiscard]] Progress progress() const;

  private:
    enum class Stage : std::uint8_t { idle, reading, indexing, saving };

    [[nodiscard]] ImportResult import_now(std::string_view feed, catalog::FeedOptions options);
    [[nodiscard]] std::shared_ptr<const catalog::Index> imported_index(const Bot& bot);
    [[nodiscard]] std::shared_ptr<const catalog::Index> with_patches(
        std::shared_ptr<const catalog::Index> index) const;
    void go_live(const Bot& bot, std::shared_ptr<const catalog::Index> index);
    void save(std::string_view feed, catalog::FeedFormat format, std::uint64_t hash);
    [[nodiscard]] std::filesystem::path feed_file(std::uint64_t hash) const;
    [[nodiscard]] std::filesystem::path patches_file() const;  // of the live goods
    void compact_patches(std::string_view currency);

    const std::filesystem::path folder_;
    BotHolder& bots_;
    std::mutex mutex_;  // held by whoever changes the goods
    std::uint64_t hash_ = 0;
    std::size_t size_ = 0;  // bytes of the live feed; 0: none was imported
    catalog::FeedFormat format_ = catalog::FeedFormat::detect;  // as it was read
    std::optional<catalog::IndexOptions> indexed_;              // what the imported goods were indexed with
    std::shared_ptr<const insights::Baskets> baskets_;
    std::uintmax_t compact_at_;  // bytes of patches
    std::atomic<Stage> stage_{Stage::idle};
    std::atomic<std::uint32_t> rows_{0};
};

}  // namespace maru
