#include "bot/content/watcher.hpp"

#include <pthread.h>
#include <spdlog/spdlog.h>

#include <chrono>

#include "flows/yaml/problem.hpp"

namespace maru {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto look_every = 300ms;

}  // namespace

Watcher::Watcher(fs::path folder, LoadOptions options, Calls calls)
    : folder_(std::move(folder)), options_(std::move(options)), calls_(std::move(calls)) {
    thread_ = std::thread([this] {
        pthread_setname_np(pthread_self(), "maru-content");
        run();
    });
}

Watcher::~Watcher() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

std::vector<std::string> Watcher::problems() const {
    const std::lock_guard lock(mutex_);
    return problems_;
}

std::string Watcher::fingerprint() const {
    std::string all;
    std::error_code error;
    for (fs::recursive_directory_iterator i(folder_, error), end; !error && i != end; i.increment(error)) {
        std::error_code own;
        if (i->is_directory(own) &&
            (i->path().filename() == "media" || i->path().filename().string().starts_with('.'))) {
            i.disable_recursion_pending();
            continue;
        }
        if (!i->is_regular_file(own)) continue;
        all += i->path().string();
        all += ':' + std::to_string(i->file_size(own)) + ':' +
               std::to_string(i->last_write_time(own).time_since_epoch().count()) + '\n';
    }
    return all;
}

void Watcher::run() {
    auto live = fingerprint();
    auto seen = live;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, look_every, [&] { return stopping_; })) {
        lock.unlock();
        auto now = fingerprint();
        // Two looks in a row that agree: an editor or a copy is not half-way through.
        if (now != live && now == seen) {
            live = now;
            reload();
        }
        seen = std::move(now);
        lock.lock();
    }
}

void Watcher::reload() {
    flows::Problems problems;
    std::shared_ptr<const Bot> bot;
    std::optional<Bundle> bundle;
    try {
        bundle = read_bundle(folder_, problems);
        if (bundle) bot = load_bot(*bundle, options_, problems);
    } catch (const std::exception& e) {
        problems.error(folder_.string(), {}, e.what());
    }
    std::vector<std::string> lines;
    if (!bot) {
        for (const auto& problem : problems.sorted())
            if (problem.severity == flows::yaml::Severity::error)
                lines.push_back(flows::yaml::to_string(problem));
    }
    {
        const std::lock_guard lock(mutex_);
        problems_ = lines;
    }
    if (bot) {
        spdlog::info("content: version {} is live", bot->version);
        calls_.taken(std::move(bot), *bundle);
        return;
    }
    spdlog::error("content: {} problem(s); the old version stays", lines.size());
    for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 20); ++i)
        spdlog::error("content: {}", lines[i]);
    calls_.refused(lines);
}

}  // namespace maru
