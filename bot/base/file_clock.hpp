// A clock that reads its time from a file: for tests that script time. Thread-safe.
#pragma once

#include <atomic>
#include <string>

#include "bot/base/time.hpp"

namespace maru {

class FileClock final : public Clock {
  public:
    // The file holds one integer, milliseconds since 1970. While it cannot be read, the last time read stays.
    explicit FileClock(std::string file) : file_(std::move(file)) {}
    [[nodiscard]] Time now() const override;

  private:
    const std::string file_;
    mutable std::atomic<std::int64_t> last_{0};
};

}  // namespace maru
