#include "nlu/text/keyboard.hpp"

#include <array>

#include "nlu/text/hangul.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::text {
namespace {

// The letter on each key a … z, without and with Shift.
constexpr std::array<char32_t, 26> plain{U'ㅁ', U'ㅠ', U'ㅊ', U'ㅇ', U'ㄷ', U'ㄹ', U'ㅎ', U'ㅗ', U'ㅑ',
                                         U'ㅓ', U'ㅏ', U'ㅣ', U'ㅡ', U'ㅜ', U'ㅐ', U'ㅔ', U'ㅂ', U'ㄱ',
                                         U'ㄴ', U'ㅅ', U'ㅕ', U'ㅍ', U'ㅈ', U'ㅌ', U'ㅛ', U'ㅋ'};

char32_t shifted(char32_t letter) {
    switch (letter) {
        case U'ㅂ':
            return U'ㅃ';
        case U'ㅈ':
            return U'ㅉ';
        case U'ㄷ':
            return U'ㄸ';
        case U'ㄱ':
            return U'ㄲ';
        case U'ㅅ':
            return U'ㅆ';
        case U'ㅐ':
            return U'ㅒ';
        case U'ㅔ':
            return U'ㅖ';
        default:
            return letter;
    }
}

char key_of(char32_t letter) {
    for (std::size_t i = 0; i < plain.size(); ++i)
        if (plain[i] == letter || shifted(plain[i]) == letter) return static_cast<char>('a' + i);
    return 0;
}

}  // namespace

std::string hangul_from_qwerty(std::string_view typed) {
    std::u32string out;
    out.reserve(typed.size());
    LetterComposer composer(out);
    for (std::size_t at = 0; at < typed.size();) {
        const auto [code, size] = decode(typed, at);
        if (code >= U'a' && code <= U'z') {
            composer.put(plain[code - U'a']);
        } else if (code >= U'A' && code <= U'Z') {
            composer.put(shifted(plain[code - U'A']));
        } else {
            composer.put(code);
        }
        at += size;
    }
    composer.finish();
    return to_utf8(out);
}

std::string qwerty_from_hangul(std::string_view typed) {
    std::string out;
    out.reserve(typed.size());
    std::u32string letters;
    for (std::size_t at = 0; at < typed.size();) {
        const auto [code, size] = decode(typed, at);
        letters.clear();
        append_letters(letters, code);
        for (const auto letter : letters) {
            if (const char key = key_of(letter)) {
                out.push_back(key);
            } else {
                append(out, letter);
            }
        }
        at += size;
    }
    return out;
}

}  // namespace maru::text
