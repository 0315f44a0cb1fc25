#include "nlu/text/unicode.hpp"

#include <utf8proc.h>

namespace maru::text {

Decoded decode(std::string_view bytes, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const auto first = byte(at);
    if (first < 0x80) return {first, 1};
    const auto left = bytes.size() - at;
    const auto follows = [&](std::size_t i) { return (byte(at + i) & 0xC0) == 0x80; };
    const auto bits = [&](std::size_t i) { return static_cast<char32_t>(byte(at + i) & 0x3F); };
    if (first >= 0xC2 && first <= 0xDF && left >= 2 && follows(1))
        return {(static_cast<char32_t>(first & 0x1F) << 6) | bits(1), 2};
    if (first >= 0xE0 && first <= 0xEF && left >= 3 && follows(1) && follows(2)) {
        const char32_t code = (static_cast<char32_t>(first & 0x0F) << 12) | (bits(1) << 6) | bits(2);
        if (code >= 0x800 && !(code >= 0xD800 && code <= 0xDFFF)) return {code, 3};
    }
    if (first >= 0xF0 && first <= 0xF4 && left >= 4 && follows(1) && follows(2) && follows(3)) {
        const char32_t code =
            (static_cast<char32_t>(first & 0x07) << 18) | (bits(1) << 12) | (bits(2) << 6) | bits(3);
        if (code >= 0x10000 && code <= 0x10FFFF) return {code, 4};
    }
    return {replacement, 1};
}

bool is_utf8(std::string_view bytes) noexcept {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto [code, size] = decode(bytes, at);
        if (size == 1 && code == replacement) return false;
        at += size;
    }
    return true;
}

void append(std::string& out, char32_t code) {
    if ((code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) code = replacement;
    const auto put = [&](char32_t byte) {
        out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
    };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6)), put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12)), put(0x80 | ((code >> 6) & 0x3F)), put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18)), put(0x80 | ((code >> 12) & 0x3F)), put(0x80 | ((code >> 6) & 0x3F)),
            put(0x80 | (code & 0x3F));
    }
}

std::u32string to_code_points(std::string_view bytes) {
    std::u32string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const auto [code, size] = decode(bytes, at);
        out.push_back(code);
        at += size;
    }
    return out;
}

std::string to_utf8(std::u32string_view codes) {
    std::string out;
    out.reserve(codes.size() * 3);
    for (const auto code : codes) append(out, code);
    return out;
}

bool has_hangul(std::string_view bytes) noexcept {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto [code, size] = decode(bytes, at);
        if (is_hangul(code)) return true;
        at += size;
    }
    return false;
}

std::size_t count_code_points(std::string_view bytes) noexcept {
    std::size_t count = 0;
    for (std::size_t at = 0; at < bytes.size(); ++count) at += decode(bytes, at).size;
    return count;
}

std::string_view truncate(std::string_view bytes, std::size_t max) noexcept {
    if (bytes.size() <= max) return bytes;
    std::size_t at = 0;
    for (std::size_t count = 0; count < max && at < bytes.size(); ++count) at += decode(bytes, at).size;
    return bytes.substr(0, at);
}

std::string sanitise(std::string_view bytes) {
    if (is_utf8(bytes)) return std::string(bytes);
    return to_utf8(to_code_points(bytes));
}

bool is_ignorable(char32_t c) noexcept {
    if (c < 0xAD) return false;
    return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x115F || c == 0x1160 ||
           (c >= 0x17B4 && c <= 0x17B5) || (c >= 0x180B && c <= 0x180F) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0x3164 ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0xFFA0 || (c >= 0xFFF0 && c <= 0xFFFB) ||
           (c >= 0x1F3FB && c <= 0x1F3FF) || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool is_space(char32_t c) noexcept {
    if (c < 0x80) return c == U' ' || (c >= 0x09 && c <= 0x0D);
    if (c == 0x85) return true;
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

bool is_letter(char32_t c) noexcept {
    if (c < 0x80) return is_ascii_alpha(c);
    if (is_hangul(c)) return true;
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
            return true;
        default:
            return false;
    }
}

bool is_mark(char32_t c) noexcept {
    if (c < 0x300) return false;
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ME:
            return true;
        default:
            return false;
    }
}

bool is_emoji(char32_t c) noexcept {
    return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || (c >= 0x1F1E6 && c <= 0x1F1FF) ||
           (c >= 0x2B05 && c <= 0x2B55);
}

}  // namespace maru::text
