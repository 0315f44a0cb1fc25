// Many phrases looked up at one place of a message in one walk.
//
// Phrases are normalised text. A blank between two Hangul syllables may be present or absent in the message,
// whatever the phrase has. Immutable after freeze(); safe to share. A walk is bounded by the longest phrase.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/reading.hpp"

namespace maru::nlu {

class PhraseTrie {
  public:
    struct Match {
        std::uint32_t id = 0;
        std::size_t begin = 0;  // code points
        std::size_t end = 0;
    };

    PhraseTrie();
    // `phrase` is normalised here. Empty phrases are ignored; the same phrase may have several ids.
    void add(std::string_view phrase, std::uint32_t id);

    // Calls visit(Match) for every phrase that begins at `begin`, shortest first, borders unchecked.
    template <typename Visit>
    void walk(const Reading& reading, std::size_t begin, Visit&& visit) const {
        // Most places begin no phrase; the filter says so without a look into the edges.
        if (begin >= reading.size() || !begins_[reading.codes[begin] & filter_mask]) return;
        std::uint32_t state = 0;
        auto at = begin;
        while (at < reading.size()) {
            auto next = step(state, reading.codes[at]);
            if (next == 0) {
                const bool blank =
                    reading.codes[at] == U' ' && reading.hangul_before(at) && reading.hangul_at(at + 1);
                if (!blank || state == 0) return;
                next = step(state, reading.codes[at + 1]);
                if (next == 0) return;
                ++at;
            }
            ++at;
            state = next;
            for (auto place = first_[state]; place != none; place = ids_[place].next)
                visit(Match{ids_[place].id, begin, at});
        }
    }

    // Borders as a reader would see them: not inside a Latin word; Hangul behind a short phrase must be
    // particles or an ending, before it nothing.
    [[nodiscard]] static bool on_borders(const Reading& reading, std::size_t begin, std::size_t end);

    // The longest phrase at `begin` that stands on borders; end == begin when there is none.
    [[nodiscard]] Match longest(const Reading& reading, std::size_t begin) const;

    [[nodiscard]] bool empty() const noexcept { return ids_.empty(); }
    [[nodiscard]] std::size_t bytes() const noexcept;

  private:
    static constexpr std::uint32_t none = UINT32_MAX;
    struct Edge {
        std::uint64_t key = 0;  // state and code point; 0 is free
        std::uint32_t to = 0;
    };
    struct Id {
        std::uint32_t id = 0;
        std::uint32_t next = none;
    };
    [[nodiscard]] std::uint32_t step(std::uint32_t state, char32_t code) const noexcept;
    [[nodiscard]] std::size_t slot(std::uint64_t key) const noexcept;
    std::uint32_t grow(std::uint32_t state, char32_t code);

    static constexpr char32_t filter_mask = 4095;
    std::bitset<filter_mask + 1> begins_;  // by low bits of the first letters
    std::vector<Edge> edges_;
    std::size_t used_ = 0;
    std::vector<std::uint32_t> first_;
    std::vector<Id> ids_;
};

}  // namespace maru::nlu
