// How long somebody must wait after wrong passwords. Thread-safe; time is handed in.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bot/base/time.hpp"

namespace maru::net {

class Delays {
  public:
    Delays(unsigned free_failures, Millis longest, std::size_t remembered)
        : free_(free_failures), longest_(longest), remembered_(remembered) {}

    // Zero: the attempt may go on, and counts as a failure until `succeeded` or `took_back` (so that many
    // attempts at one time cannot slip through together). Else: how long to wait; nothing changes.
    [[nodiscard]] Millis attempt(std::string_view key, Time now);
    void succeeded(std::string_view key);  // forgets all failures
    void took_back(std::string_view key);  // forgets this one

  private:
    struct Failures {
        unsigned count = 0;
        Time until{};
        Time last{};
    };
    void forget(Time now);

    const unsigned free_;
    const Millis longest_;
    const std::size_t remembered_;
    std::mutex mutex_;
    std::unordered_map<std::string, Failures> failures_;
    std::size_t forget_at_ = 1024;
};

}  // namespace maru::net
