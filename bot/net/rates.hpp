// Token buckets, and what is remembered of each client address.
//
// Thread-safe: a bucket is one atomic, so sockets of one address on several threads share it without a lock;
// the book is locked only when a socket comes or goes.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "bot/net/address.hpp"
#include "bot/net/limits.hpp"

namespace maru::net {

using Steady = std::chrono::steady_clock;

// The generic cell rate algorithm (ITU-T I.371): the bucket is the time at which it would be full again.
class Bucket {
  public:
    // Takes one token; false: there is none, and nothing changes.
    [[nodiscard]] bool take(const Rate& rate, Steady::time_point now) noexcept;
    // Whether it is full, so that nothing is lost by forgetting it.
    [[nodiscard]] bool full(Steady::time_point now) const noexcept;

  private:
    std::atomic<std::int64_t> full_at_{INT64_MIN};  // nanoseconds of the steady clock
};

struct AddressState {
    std::atomic<std::size_t> sockets{0};
    Bucket requests, frames, handshakes;
};

class AddressBook {
  public:
    explicit AddressBook(std::size_t remembered) : remembered_(remembered) {}
    [[nodiscard]] std::shared_ptr<AddressState> of(const AddressKey& key, Steady::time_point now);
    [[nodiscard]] std::size_t size() const;

  private:
    struct Hash {
        std::size_t operator()(const AddressKey& key) const noexcept;
    };
    void forget(Steady::time_point now);

    const std::size_t remembered_;
    mutable std::mutex mutex_;
    std::unordered_map<AddressKey, std::shared_ptr<AddressState>, Hash> states_;
    std::size_t forget_at_ = 1024;
};

}  // namespace maru::net
