// Numbers as people write them in Korean and English: digits, digits with 만/천/k, words, mixtures ("20만
// 5천").
//
// Pure, any thread, one pass over the message.
#pragma once

#include <cstdint>
#include <vector>

#include "nlu/reading.hpp"

namespace maru::nlu {

struct NumberSpan {
    enum class How : std::uint8_t {
        digits,   // 5, 1,299.99, 20만, 1.2k
        sino,     // 이십만, 오천 …
        native,   // 두, 세, 열 … (before counters)
        english,  // two hundred
    };
    std::size_t begin = 0;
    std::size_t end = 0;
    double value = 0;
    double multiplier = 1;  // the last 만/천/k/thousand that was said; what "5~10만" shares
    How how = How::digits;
    bool whole = true;  // no decimal point
    bool weak = false;  // may be another word (만, 이, one, 한); only believed with a unit behind it
};

// In order of position, never overlapping.
[[nodiscard]] std::vector<NumberSpan> find_numbers(const Reading& reading);

}  // namespace maru::nlu
