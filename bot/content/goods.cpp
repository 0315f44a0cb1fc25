#include "bot/content/goods.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <thread>

#include "bot/base/durable_file.hpp"
#include "bot/content/load.hpp"

namespace maru {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using nlohmann::json;

// Runs `work` on a thread that yields to every other: importing must not slow a conversation down.
template <class Work>
auto in_background(Work work) {
    decltype(work()) result;
    std::exception_ptr failed;
    std::thread thread([&] {
        (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 19);
        try {
            result = work();
        } catch (...) {
            failed = std::current_exception();
        }
    });
    thread.join();
    if (failed) std::rethrow_exception(failed);
    return result;
}

// As a feed writes it: "12900 KRW", "12.99 USD".
std::string feed_price(const catalog::Price& price) {
    const auto digits = static_cast<std::size_t>(catalog::minor_digits(price.currency));
    auto text = std::to_string(price.amount);
    if (digits > 0) {
        if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
        text.insert(text.size() - digits, 1, '.');
    }
    return text + ' ' + price.currency;
}

std::string patch_line(const catalog::Patch& patch) {
    json line{{"id", patch.id}};
    if (patch.price) line["price"] = feed_price(patch.list_price ? *patch.list_price : *patch.price);
    if (patch.price && patch.list_price) line["sale_price"] = feed_price(*patch.price);
    if (patch.availability) line["availability"] = *patch.availability;
    return line.dump() + '\n';
}

std::string hex(std::uint64_t hash) {
    return fmt::format("{:016x}", hash);
}

// Patches are kept as they came until they fill this much; then only the last word on each product is.
constexpr std::uintmax_t compact_least = 4U << 20U;

constexpr std::string_view live_file = "live.json";

std::string feed_name(std::uint64_t hash) {
    return "feed-" + hex(hash);
}
std::string patches_name(std::uint64_t hash) {
    return "patches-" + hex(hash) + ".jsonl";
}
constexpr std::string_view config_patches = "patches.jsonl";  // while the config folder's goods are live

bool is_goods_file(std::string_view name) {
    return name.find('/') == std::string_view::npos &&
           (name == live_file || name.starts_with("feed-") || name.starts_with("patches"));
}

}  // namespace

std::vector<store::CarriedFile> goods_files(const fs::path& folder) {
    // An import in between takes the old feed away: then the new one is read.
    constexpr int most_tries = 20;
    for (int i = 0; i < most_tries; ++i) {
        std::vector<store::CarriedFile> files;
        const auto add = [&](std::string name) {
            auto bytes = read_file(folder / name);
            if (bytes) files.push_back({std::move(name), std::move(*bytes)});
            return bytes.has_value();
        };
        const auto about = read_file(folder / live_file);
        const auto live = about ? json::parse(*about, nullptr, false) : json();
        std::string patches(config_patches);
        if (live.is_object() && live.contains("hash") && live["hash"].is_number_unsigned()) {
            const auto hash = live["hash"].get<std::uint64_t>();
            patches = patches_name(hash);
            if (!add(feed_name(hash))) continue;
        }
        if (add(patches)) {
            // A line may just be being written.
            auto& lines = files.back().bytes;
            lines.resize(lines.rfind('\n') + 1);
        }
        if (read_file(folder / live_file) != about) continue;
        if (about) files.push_back({std::string(live_file), *about});
        return files;
    }
    throw std::runtime_error(folder.string() + ": the imported feed cannot be read");
}

void restore_goods(const fs::path& folder, const std::vector<store::CarriedFile>& files) {
    fs::create_directories(folder);
    // `live.json` goes first and comes last: in between, nothing here counts.
    fs::remove(folder / live_file);
    std::vector<fs::path> old;
    for (const auto& entry : fs::directory_iterator(folder))
        if (is_goods_file(entry.path().filename().string())) old.push_back(entry.path());
    for (const auto& path : old) fs::remove(path);
    for (const bool last : {false, true})
        for (const auto& file : files)
            if (is_goods_file(file.name) && (file.name == live_file) == last)
                replace_file(folder / file.name, file.bytes);
}

Goods::Goods(fs::path folder, BotHolder& bots)
    : folder_(std::move(folder)), bots_(bots), compact_at_(compact_least) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw std::runtime_error(folder_.string() + " cannot be made: " + error.message());
    const auto about = read_file(folder_ / live_file);
    if (!about) return;
    const auto live = json::parse(*about, nullptr, false);
    try {
        hash_ = live.at("hash").get<std::uint64_t>();
        size_ = live.at("bytes").get<std::size_t>();
        format_ =
            catalog::feed_format(live.at("format").get<std::string>()).value_or(catalog::FeedFormat::detect);
    } catch (const json::exception& e) {
        size_ = 0;
        spdlog::error("goods: {} cannot be read ({}); the config folder's goods are served",
                      (folder_ / live_file).string(), e.what());
    }
}

fs::path Goods::feed_file(std::uint64_t hash) const {
    return folder_ / feed_name(hash);
}

fs::path Goods::patches_file() const {
    return folder_ / (size_ > 0 ? patches_name(hash_) : std::string(config_patches));
}

void Goods::publish(std::shared_ptr<const Bot> bot) {
    const std::lock_guard lock(mutex_);
    auto index = size_ == 0                        ? with_patches(bot->catalog)
                 : indexed_ == index_options(*bot) ? bots_.get()->catalog
                                                   : with_patches(imported_index(*bot));
    if (index == bot->catalog && bot->baskets == baskets_)
        bots_.set(std::move(bot));
    else
        go_live(*bot, std::move(index));
}

std::shared_ptr<const catalog::Index> Goods::imported_index(const Bot& bot) {
    const auto bytes = read_file(feed_file(hash_));
    catalog::FeedOptions options;
    options.format = format_;
    options.currency = bot.settings.currency;
    options.max_bad_share = 1;  // it was accepted once
    if (bytes && bytes->size() == size_)
        if (auto feed = catalog::read_feed(*bytes, options)) {
            indexed_ = index_options(bot);
            return in_background([&] { return catalog::Index::build(std::move(feed->products), *indexed_); });
        }
    indexed_.reset();
    spdlog::error("goods: the imported feed in {} cannot be read; the config folder's goods are served",
                  folder_.string());
    return bot.catalog;
}

std::shared_ptr<const catalog::Index> Goods::with_patches(std::shared_ptr<const catalog::Index> index) const {
    const auto bytes = index ? read_file(patches_file()) : std::nullopt;
    if (!bytes || bytes->empty()) return index;
    const auto read = catalog::read_patches(*bytes, index->currency());
    return read.patches.empty() ? index : index->patched(read.patches);
}

void Goods::go_live(const Bot& bot, std::shared_ptr<const catalog::Index> index) {
    const auto old = bots_.get()->catalog;
    auto next = std::make_shared<Bot>(bot);
    next->catalog = std::move(index);
    next->baskets = baskets_;
    bots_.set(std::move(next));
    // A turn that began with the old goods ends within milliseconds; freeing them is this thread's work, not
    // the turn's.
    constexpr int patience = 200;
    for (int i = 0; i < patience && old.use_count() > 1; ++i) std::this_thread::sleep_for(1ms);
}

// Until `live.json` names the new feed, everything of the old one stays as it is.
void Goods::save(std::string_view feed, catalog::FeedFormat format, std::uint64_t hash) {
    std::error_code ignored;
    const auto name = hex(hash);
    // What an earlier life of the same feed may have left behind.
    fs::remove(folder_ / patches_name(hash), ignored);
    replace_file(feed_file(hash), feed);
    replace_file(
        folder_ / live_file,
        json{{"hash", hash}, {"bytes", feed.size()}, {"format", catalog::feed_format_name(format)}}.dump());
    hash_ = hash;
    size_ = feed.size();
    format_ = format;
    for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
        const auto file = entry.path().filename().string();
        if ((file.starts_with("feed-") || file.starts_with("patches")) &&
            file.find(name) == std::string::npos)
            fs::remove(entry.path(), ignored);
    }
}

// A shop that patches its stock every minute for years still starts quickly.
void Goods::compact_patches(std::string_view currency) {
    std::error_code error;
    const auto path = patches_file();
    if (fs::file_size(path, error) < compact_at_ || error) return;
    const auto bytes = read_file(path);
    if (!bytes) return;
    std::map<std::string, catalog::Patch> last;
    for (auto& patch : catalog::read_patches(*bytes, currency).patches) {
        auto& known = last[patch.id];
        known.id = patch.id;
        if (patch.price) known.price = patch.price, known.list_price = patch.list_price;
        if (patch.availability) known.availability = std::move(patch.availability);
    }
    std::string lines;
    for (const auto& [id, patch] : last) lines += patch_line(patch);
    compact_at_ = std::max<std::uintmax_t>(compact_least, 2 * lines.size());
    try {
        replace_file(path, lines);
    } catch (const std::exception& e) {
        spdlog::warn("goods: patches stay as long as they are: {}", e.what());
    }
}

void Goods::set_baskets(insights::Baskets baskets) {
    const std::lock_guard lock(mutex_);
    if (baskets_ ? *baskets_ == baskets : baskets.empty()) return;
    baskets_ = std::make_shared<const insights::Baskets>(std::move(baskets));
    const auto bot = bots_.get();
    auto next = std::make_shared<Bot>(*bot);
    next->baskets = baskets_;
    bots_.set(std::move(next));
}

Goods::ImportResult Goods::import(std::string_view feed, catalog::FeedOptions options) {
    const std::lock_guard lock(mutex_);
    struct Done {
        std::atomic<Stage>& stage;
        ~Done() { stage = Stage::idle; }
    } done{stage_};
    std::optional<ImportResult> result;
    in_background([&] { return result.emplace(import_now(feed, std::move(options))), true; });
    return std::move(*result);
}

Goods::ImportResult Goods::import_now(std::string_view bytes, catalog::FeedOptions options) {
    const auto start = std::chrono::steady_clock::now();
    const auto hash = catalog::feed_hash(bytes);
    Imported imported;
    if (size_ > 0 && hash == hash_ && bytes.size() == size_) {
        imported.unchanged = true;
        imported.products = bots_.get()->catalog->products().size();
        return imported;
    }
    rows_ = 0;
    stage_ = Stage::reading;
    const auto bot = bots_.get();
    options.currency = bot->settings.currency;
    options.progress = [this](std::uint32_t rows) { rows_ = rows; };
    auto feed = catalog::read_feed(bytes, options);
    if (feed.has_error()) return feed.error();
    imported.format = feed->format;
    imported.rows = feed->rows;
    imported.skipped = feed->skipped;
    imported.errors = feed->errors;
    rows_ = feed->rows;
    stage_ = Stage::indexing;
    const auto indexing = index_options(*bot);
    const auto index = catalog::Index::build(std::move(feed->products), indexing);
    stage_ = Stage::saving;
    try {
        save(bytes, imported.format, hash);
    } catch (const std::exception& e) {
        std::error_code ignored;
        fs::remove(feed_file(hash), ignored);
        return catalog::FeedError{
            std::string("the feed could not be kept, so the old goods stay: ") + e.what(), {}};
    }
    indexed_ = indexing;
    imported.products = index->products().size();
    go_live(*bot, index);
    imported.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    spdlog::info("goods: {} products are live, {} of {} rows left out", imported.products, imported.skipped,
                 imported.rows);
    return imported;
}

boost::system::result<Goods::Patched, std::string> Goods::patch(std::string_view bytes) {
    const std::lock_guard lock(mutex_);
    const auto bot = bots_.get();
    Patched done;
    const auto read = catalog::read_patches(bytes, bot->settings.currency);
    done.errors = read.errors;
    std::string lines;
    for (const auto& patch : read.patches) {
        if (bot->catalog->find(patch.id) == nullptr) {
            done.unknown.push_back(patch.id);
            continue;
        }
        lines += patch_line(patch);
        ++done.patched;
    }
    if (done.patched == 0) return done;
    try {
        append_lines(patches_file(), lines);
        compact_patches(bot->settings.currency);
    } catch (const std::exception& e) {
        return std::string(e.what());
    }
    in_background([&] { return go_live(*bot, bot->catalog->patched(read.patches)), true; });
    return done;
}

Goods::Progress Goods::progress() const {
    constexpr std::string_view names[] = {"idle", "reading", "indexing", "saving"};
    return {names[static_cast<std::size_t>(stage_.load())], rows_.load()};
}

}  // namespace maru
