// The bot that is live now. Readers take a snapshot; a reload swaps it whole.
//
// Threads: any.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "bot/content/bot.hpp"

namespace maru {

class BotHolder {
  public:
    explicit BotHolder(std::shared_ptr<const Bot> bot) : bot_(std::move(bot)) {}

    [[nodiscard]] std::shared_ptr<const Bot> get() const {
        const std::lock_guard lock(mutex_);
        return bot_;
    }
    void set(std::shared_ptr<const Bot> bot) {
        const std::lock_guard lock(mutex_);
        bot_.swap(bot);
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Bot> bot_;
};

}  // namespace maru
