// One spelling for what looks or means the same, with the way back to the original bytes.
//
// What it does: NFKC and full case folding (Unicode UAX #15; through utf8proc), half and full width,
// decomposed Hangul (as macOS sends it) composed, zero-width and direction characters dropped, any white
// space one blank, typographic quotes and dashes plain, long repetitions shortened ("soooo" → "so",
// "ㅋㅋㅋㅋ" → "ㅋㅋ"), at most four combining marks kept per character. Text without these comes back as it
// is, lower case.
//
// Pure, any thread, linear in the input. Invalid UTF-8 is accepted; each bad byte becomes a blank.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maru::text {

struct Normalised {
    std::string text;
    // For every byte of `text` the original bytes that its code point came from: [begin[i], end[i]).
    std::vector<std::uint32_t> begin;
    std::vector<std::uint32_t> end;

    // The original bytes behind text[from, to); from < to <= text.size(). Covers everything between, also
    // what was dropped inside.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> original(std::size_t from, std::size_t to) const {
        return {begin[from], end[to - 1]};
    }
};

struct NormaliseOptions {
    bool shorten_repeats = true;
    bool compose_letters = true;  // stray Hangul letters, see compose_letters()
};

[[nodiscard]] Normalised normalise(std::string_view original, NormaliseOptions options = {});

// The text alone, for index terms and keys.
[[nodiscard]] std::string normalised(std::string_view original, NormaliseOptions options = {});

}  // namespace maru::text
