#include "bot/content/goods.hpp"
#include "bot/content/load.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace maru {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using nlohmann::json;

std::optional<std::string> read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

// Throws std::runtime_error unless the bytes are on the disk.
void write_through(const fs::path& path, std::string_view bytes, int flags) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0640);
    if (file < 0) throw std::runtime_error(path.string() + " cannot be written");
    // Piece by piece: conversations are committed to the same disk and would wait behind one large write.
    constexpr std::size_t piece = 256 * 1024;
    bool good = true;
    for (auto rest = bytes; good && !rest.empty();) {
        const auto written = ::write(file, rest.data(), std::min(piece, rest.size()));
        good = written > 0 && (rest.size() <= piece || ::fdatasync(file) == 0);
        if (good) rest.remove_prefix(static_cast<std::size_t>(written));
    }
    good = good && ::fsync(file) == 0;
    good = ::close(file) == 0 && good;
    if (!good) throw std::runtime_error(path.string() + " cannot be written");
}

void replace_file(const fs::path& path, std::string_view bytes) {
    const auto part = path.string() + ".part";
    write_through(part, bytes, O_TRUNC);
    fs::rename(part, path);
    const int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        (void)::fsync(folder);
        (void)::close(folder);
    }
}

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

}  // namespace

Goods::Goods(fs::path folder, BotHolder& bots) : folder_(std::move(folder)), bots_(bots) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw std::runtime_error(folder_.string() + " cannot be made: " + error.message());
    const auto about = read_file(folder_ / "feed.json");
    if (!about) return;
    const auto parsed = json::parse(*about, nullptr, false);
    hash_ = parsed.is_object() ? parsed.value("hash", std::uint64_t{0}) : 0;
    size_ = parsed.is_object() ? parsed.value("bytes", std::size_t{0}) : 0;
}

void Goods::publish(std::shared_ptr<const Bot> bot) {
    const std::lock_guard lock(mutex_);
    auto index = with_patches(size_ > 0 ? imported_index(*bot) : bot->catalog);
    if (index == bot->catalog)
        bots_.set(std::move(bot));
    else
        go_live(*bot, std::move(index));
}

std::shared_ptr<const catalog::Index> Goods::imported_index(const Bot& bot) const {
    const auto bytes = read_file(folder_ / "feed");
    catalog::FeedOptions options;
    options.currency = bot.settings.currency;
    options.max_bad_share = 1;  // it was accepted once
    if (bytes && bytes->size() == size_)
        if (auto feed = catalog::read_feed(*bytes, options))
            return in_background(
                [&] { return catalog::Index::build(std::move(feed->products), index_options(bot)); });
    spdlog::error("goods: the imported feed in {} cannot be read; the config folder's goods are served",
                  folder_.string());
    return bot.catalog;
}

std::shared_ptr<const catalog::Index> Goods::with_patches(std::shared_ptr<const catalog::Index> index) const {
    const auto bytes = index ? read_file(folder_ / "patches.jsonl") : std::nullopt;
    if (!bytes || bytes->empty()) return index;
    const auto read = catalog::read_patches(*bytes, index->currency());
    return read.patches.empty() ? index : index->patched(read.patches);
}

void Goods::go_live(const Bot& bot, std::shared_ptr<const catalog::Index> index) {
    const auto old = bots_.get()->catalog;
    auto next = std::make_shared<Bot>(bot);
    next->catalog = std::move(index);
    bots_.set(std::move(next));
    // A turn that began with the old goods ends within milliseconds; freeing them is this thread's work, not
    // the turn's.
    constexpr int patience = 200;
    for (int i = 0; i < patience && old.use_count() > 1; ++i) std::this_thread::sleep_for(1ms);
}

void Goods::save(std::string_view feed, const catalog::Feed& read, std::uint64_t hash) const {
    // Patches first: a crash in between leaves the old feed without them rather than the new one with stale
    // ones.
    replace_file(folder_ / "patches.jsonl", "");
    replace_file(folder_ / "feed", feed);
    replace_file(folder_ / "feed.json", json{{"hash", hash},
                                             {"bytes", feed.size()},
                                             {"format", catalog::feed_format_name(read.format)},
                                             {"products", read.products.size()}}
                                            .dump());
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
    stage_ = Stage::saving;
    try {
        save(bytes, *feed, hash);
    } catch (const std::exception& e) {
        return catalog::FeedError{
            std::string("the feed could not be kept, so the old goods stay: ") + e.what(), {}};
    }
    hash_ = hash;
    size_ = bytes.size();
    stage_ = Stage::indexing;
    auto index = catalog::Index::build(std::move(feed->products), index_options(*bot));
    imported.products = index->products().size();
    go_live(*bot, std::move(index));
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
        json line{{"id", patch.id}};
        const auto written = [](const catalog::Price& price) { return feed_price(price); };
        if (patch.price) line["price"] = written(patch.list_price ? *patch.list_price : *patch.price);
        if (patch.price && patch.list_price) line["sale_price"] = written(*patch.price);
        if (patch.availability) line["availability"] = *patch.availability;
        lines += line.dump() + '\n';
        ++done.patched;
    }
    if (done.patched == 0) return done;
    try {
        write_through(folder_ / "patches.jsonl", lines, O_APPEND);
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
