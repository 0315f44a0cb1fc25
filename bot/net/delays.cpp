#include "bot/net/delays.hpp"

#include <algorithm>

namespace maru::net {
namespace {

// Failures older than this no longer count, so that a typing error a day does not add up.
constexpr auto memory = std::chrono::minutes(30);

}  // namespace

Millis Delays::attempt(std::string_view key, Time now) {
    const std::lock_guard lock(mutex_);
    if (failures_.size() >= std::min(forget_at_, remembered_)) forget(now);
    auto& entry = failures_[std::string(key)];
    if (now < entry.until) return entry.until - now;
    if (now - entry.last > memory) entry.count = 0;
    ++entry.count;
    entry.last = now;
    if (entry.count > free_) {
        constexpr unsigned most_doublings = 20;
        const auto wait = std::chrono::seconds(1) * (1U << std::min(entry.count - free_ - 1, most_doublings));
        entry.until = now + std::min<Millis>(wait, longest_);
    }
    return Millis{0};
}

void Delays::succeeded(std::string_view key) {
    const std::lock_guard lock(mutex_);
    failures_.erase(std::string(key));
}

void Delays::took_back(std::string_view key) {
    const std::lock_guard lock(mutex_);
    const auto entry = failures_.find(std::string(key));
    if (entry == failures_.end()) return;
    if (--entry->second.count == 0)
        failures_.erase(entry);
    else
        entry->second.until = {};
}

void Delays::forget(Time now) {
    std::erase_if(failures_, [now](const auto& entry) { return now - entry.second.last > memory; });
    // Under a flood of names bounded memory comes first: those that need not wait now go, then all.
    if (failures_.size() >= remembered_)
        std::erase_if(failures_, [now](const auto& entry) { return entry.second.until <= now; });
    if (failures_.size() >= remembered_) failures_.clear();
    forget_at_ = std::max<std::size_t>(1024, failures_.size() * 2);
}

}  // namespace maru::net
