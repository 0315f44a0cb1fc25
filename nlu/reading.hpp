// A normalised message laid out for scanning: code points, where each stands in the text, and what was found
// so far.
//
// Plain values, any thread. Indices count code points.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/text/unicode.hpp"
#include "nlu/understanding.hpp"

namespace maru::nlu {

struct Reading {
    std::u32string codes;
    std::vector<std::uint32_t> byte;  // codes.size() + 1 offsets into the normalised text

    explicit Reading(std::string_view text);
    // Without the way back to bytes, for what only needs places.
    explicit Reading(std::u32string text) : codes(std::move(text)) {}

    [[nodiscard]] std::size_t size() const noexcept { return codes.size(); }
    // The code point at `i`, 0 outside.
    [[nodiscard]] char32_t at(std::size_t i) const noexcept { return i < codes.size() ? codes[i] : U'\0'; }
    [[nodiscard]] std::u32string_view from(std::size_t i) const noexcept {
        return std::u32string_view(codes).substr(i < codes.size() ? i : codes.size());
    }
    // `what` stands at `i`. Nearly always the first letter already differs.
    [[nodiscard]] bool starts(std::size_t i, std::u32string_view what) const noexcept {
        if (what.empty()) return true;
        return i < codes.size() && codes[i] == what.front() && stands(i, what);
    }
    // `what` ends right before `i`.
    [[nodiscard]] bool ends(std::size_t i, std::u32string_view what) const noexcept {
        if (what.empty()) return true;
        return i >= what.size() && i <= codes.size() && codes[i - 1] == what.back() &&
               stands(i - what.size(), what);
    }
    [[nodiscard]] std::size_t skip_blank(std::size_t i) const noexcept { return at(i) == U' ' ? i + 1 : i; }
    [[nodiscard]] std::size_t unskip_blank(std::size_t i) const noexcept {
        return i > 0 && at(i - 1) == U' ' ? i - 1 : i;
    }
    // No Latin letter or digit on the other side of the border at `i`.
    [[nodiscard]] bool latin_border_before(std::size_t i) const noexcept {
        return i == 0 || !is_alnum(codes[i - 1]);
    }
    [[nodiscard]] bool latin_border(std::size_t i) const noexcept { return !is_alnum(at(i)); }
    [[nodiscard]] bool hangul_before(std::size_t i) const noexcept {
        return i > 0 && text::is_hangul(codes[i - 1]);
    }
    [[nodiscard]] bool hangul_at(std::size_t i) const noexcept { return text::is_hangul(at(i)); }
    // Where the run of Hangul around `i` ends.
    [[nodiscard]] std::size_t hangul_end(std::size_t i) const noexcept {
        while (hangul_at(i)) ++i;
        return i;
    }

  private:
    // Out of line, so that the look at one letter is all that is repeated in the callers' loops.
    [[nodiscard]] bool stands(std::size_t i, std::u32string_view what) const noexcept;
    [[nodiscard]] static bool is_alnum(char32_t c) noexcept {
        return text::is_ascii_digit(c) || (!text::is_hangul(c) && text::is_letter(c));
    }
};

// An entity before its span is mapped to the original: [begin, end) are code point indices.
struct Found {
    std::string type;
    Value value;
    std::size_t begin = 0;
    std::size_t end = 0;
};

}  // namespace maru::nlu
