// Unicode at the byte and code point level: validity, iteration, truncation, classes.
//
// Pure functions, any thread; nothing here keeps a reference to its input. Positions are byte offsets. Input
// may be any bytes: what is not well-formed UTF-8 (RFC 3629) reads as U+FFFD, one byte at a time, so every
// loop is linear.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace maru::text {

inline constexpr char32_t replacement = 0xFFFD;

// True when `bytes` is well-formed UTF-8 (no surrogates, no overlong forms, at most U+10FFFF).
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

// One step of a walk over UTF-8: the code point and how many bytes it took (1 for an ill-formed byte).
struct Decoded {
    char32_t code = replacement;
    std::uint32_t size = 1;
};

// The code point at `at` (must be < bytes.size()).
[[nodiscard]] Decoded decode(std::string_view bytes, std::size_t at) noexcept;

// Appends `code` as UTF-8; a surrogate or a value beyond U+10FFFF becomes U+FFFD.
void append(std::string& out, char32_t code);

[[nodiscard]] std::u32string to_code_points(std::string_view bytes);
[[nodiscard]] std::string to_utf8(std::u32string_view codes);

[[nodiscard]] std::size_t count_code_points(std::string_view bytes) noexcept;

// The longest prefix of at most `max` code points; never cuts a code point.
[[nodiscard]] std::string_view truncate(std::string_view bytes, std::size_t max) noexcept;

// `bytes` with every ill-formed byte replaced by U+FFFD; always valid UTF-8.
[[nodiscard]] std::string sanitise(std::string_view bytes);

[[nodiscard]] constexpr bool is_ascii_digit(char32_t c) noexcept {
    return c >= U'0' && c <= U'9';
}
[[nodiscard]] constexpr bool is_ascii_alpha(char32_t c) noexcept {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}
// A complete syllable, 가 … 힣.
[[nodiscard]] constexpr bool is_syllable(char32_t c) noexcept {
    return c >= 0xAC00 && c <= 0xD7A3;
}
// A stand-alone letter as typed, ㄱ … ㅣ (the compatibility block).
[[nodiscard]] constexpr bool is_jamo(char32_t c) noexcept {
    return c >= 0x3131 && c <= 0x3163;
}
[[nodiscard]] constexpr bool is_hangul(char32_t c) noexcept {
    return is_syllable(c) || is_jamo(c);
}
[[nodiscard]] bool has_hangul(std::string_view bytes) noexcept;
// Invisible: zero-width spaces and joiners, direction marks, variation selectors, fillers, tags, skin tones.
[[nodiscard]] bool is_ignorable(char32_t c) noexcept;
[[nodiscard]] bool is_space(char32_t c) noexcept;
[[nodiscard]] bool is_letter(char32_t c) noexcept;  // any script, Hangul included
[[nodiscard]] bool is_mark(char32_t c) noexcept;    // combining marks
[[nodiscard]] bool is_emoji(char32_t c) noexcept;   // pictographs; not digits, # or *

}  // namespace maru::text
