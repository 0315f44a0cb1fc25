// Notices changed content and takes it over whole: the folder is looked at once a second (by size and time of
// every file, which also works on network and container mounts where notifications do not), left alone until
// it has been quiet for a moment, then loaded and checked. On any error the old content stays and the
// problems are kept for whoever asks.
//
// Threads: construct and destroy from one thread; `problems` from any. `taken` and `refused` are called on
// the watcher's own thread.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "bot/content/load.hpp"

namespace maru {

class Watcher {
  public:
    struct Calls {
        std::function<void(std::shared_ptr<const Bot> bot, const Bundle& bundle)> taken;
        std::function<void(const std::vector<std::string>& problems)> refused;
    };
    Watcher(std::filesystem::path folder, LoadOptions options, Calls calls);
    ~Watcher();
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    // What keeps the newest content from going live; empty: nothing does.
    [[nodiscard]] std::vector<std::string> problems() const;

  private:
    void run();
    void reload();
    [[nodiscard]] std::string fingerprint() const;

    const std::filesystem::path folder_;
    const LoadOptions options_;
    const Calls calls_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::vector<std::string> problems_;
    std::thread thread_;
};

}  // namespace maru
