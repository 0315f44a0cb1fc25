#include "bot/bus/shards.hpp"

#include <pthread.h>

#include <limits>
#include <string>

namespace maru {
namespace {

constexpr auto nowhere = std::numeric_limits<std::size_t>::max();
thread_local std::size_t current_shard = nowhere;

}  // namespace

Shards::Shards(std::size_t count) {
    for (std::size_t i = 0; i < (count == 0 ? 1 : count); ++i) {
        shards_.push_back(std::make_unique<Shard>());
        shards_.back()->work.emplace(shards_.back()->io.get_executor());
    }
}

Shards::~Shards() {
    stop();
}

void Shards::start() {
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        auto& shard = *shards_[i];
        shard.thread = std::thread([&shard, i] {
            current_shard = i;
            pthread_setname_np(pthread_self(), ("maru-io-" + std::to_string(i)).c_str());
            shard.io.run();
        });
    }
}

void Shards::finish() {
    for (auto& shard : shards_) shard->work.reset();
    for (auto& shard : shards_) {
        if (shard->thread.joinable()) shard->thread.join();
    }
}

void Shards::stop() {
    for (auto& shard : shards_) {
        shard->work.reset();
        shard->io.stop();
    }
    for (auto& shard : shards_) {
        if (shard->thread.joinable()) shard->thread.join();
    }
}

std::size_t Shards::of(Id conversation) const {
    // The low bits count up; mixed, so that ids made in a row spread over the shards.
    auto x = static_cast<std::uint64_t>(conversation);
    x ^= x >> 33U;
    x *= 0xff51afd7ed558ccdULL;
    x ^= x >> 33U;
    return static_cast<std::size_t>(x % shards_.size());
}

std::size_t Shards::current() {
    return current_shard;
}

}  // namespace maru
