#include "bot/base/file_clock.hpp"

#include <fstream>

namespace maru {

Time FileClock::now() const {
    std::ifstream in(file_);
    std::int64_t at = 0;
    if (in >> at) last_.store(at, std::memory_order_relaxed);
    return from_millis(last_.load(std::memory_order_relaxed));
}

}  // namespace maru
