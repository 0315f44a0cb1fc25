#include "bot/net/rates.hpp"

#include <algorithm>
#include <string_view>

namespace maru::net {
namespace {

std::int64_t nanos(Steady::time_point at) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(at.time_since_epoch()).count();
}

}  // namespace

bool Bucket::take(const Rate& rate, Steady::time_point now) noexcept {
    if (rate.per_second <= 0) return true;
    const auto cost = static_cast<std::int64_t>(1e9 / rate.per_second);
    const auto whole = static_cast<std::int64_t>(1e9 / rate.per_second * rate.burst);
    const auto at = nanos(now);
    auto full_at = full_at_.load(std::memory_order_relaxed);
    for (;;) {
        const auto next = std::max(full_at, at) + cost;
        if (next - at > whole) return false;
        if (full_at_.compare_exchange_weak(full_at, next, std::memory_order_relaxed)) return true;
    }
}

bool Bucket::full(Steady::time_point now) const noexcept {
    return full_at_.load(std::memory_order_relaxed) <= nanos(now);
}

std::size_t AddressBook::Hash::operator()(const AddressKey& key) const noexcept {
    return std::hash<std::string_view>()({reinterpret_cast<const char*>(key.data()), key.size()});
}

std::shared_ptr<AddressState> AddressBook::of(const AddressKey& key, Steady::time_point now) {
    const std::lock_guard lock(mutex_);
    if (states_.size() >= std::min(forget_at_, remembered_)) forget(now);
    auto& state = states_[key];
    if (!state) state = std::make_shared<AddressState>();
    return state;
}

std::size_t AddressBook::size() const {
    const std::lock_guard lock(mutex_);
    return states_.size();
}

void AddressBook::forget(Steady::time_point now) {
    // Only the book itself holds an address without sockets.
    std::erase_if(states_, [now](const auto& entry) {
        const auto& state = *entry.second;
        return entry.second.use_count() == 1 && state.requests.full(now) && state.frames.full(now) &&
               state.handshakes.full(now);
    });
    // Under a flood of addresses even the busy ones are forgotten: bounded memory comes first.
    if (states_.size() >= remembered_)
        std::erase_if(states_, [](const auto& entry) { return entry.second.use_count() == 1; });
    forget_at_ = std::max<std::size_t>(1024, states_.size() * 2);
}

}  // namespace maru::net
