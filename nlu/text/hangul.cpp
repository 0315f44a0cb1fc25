#include "nlu/text/hangul.hpp"

#include <array>

#include "nlu/text/unicode.hpp"

namespace maru::text {
namespace {

constexpr std::array<char32_t, 19> leads{U'ㄱ', U'ㄲ', U'ㄴ', U'ㄷ', U'ㄸ', U'ㄹ', U'ㅁ', U'ㅂ', U'ㅃ', U'ㅅ',
                                         U'ㅆ', U'ㅇ', U'ㅈ', U'ㅉ', U'ㅊ', U'ㅋ', U'ㅌ', U'ㅍ', U'ㅎ'};
constexpr std::array<char32_t, 28> tails{0,     U'ㄱ', U'ㄲ', U'ㄳ', U'ㄴ', U'ㄵ', U'ㄶ', U'ㄷ', U'ㄹ', U'ㄺ',
                                         U'ㄻ', U'ㄼ', U'ㄽ', U'ㄾ', U'ㄿ', U'ㅀ', U'ㅁ', U'ㅂ', U'ㅄ', U'ㅅ',
                                         U'ㅆ', U'ㅇ', U'ㅈ', U'ㅊ', U'ㅋ', U'ㅌ', U'ㅍ', U'ㅎ'};
constexpr char32_t first_vowel = U'ㅏ';

struct Pair {
    char32_t whole, first, second;
};
constexpr std::array<Pair, 7> vowel_pairs{{{U'ㅘ', U'ㅗ', U'ㅏ'},
                                           {U'ㅙ', U'ㅗ', U'ㅐ'},
                                           {U'ㅚ', U'ㅗ', U'ㅣ'},
                                           {U'ㅝ', U'ㅜ', U'ㅓ'},
                                           {U'ㅞ', U'ㅜ', U'ㅔ'},
                                           {U'ㅟ', U'ㅜ', U'ㅣ'},
                                           {U'ㅢ', U'ㅡ', U'ㅣ'}}};
constexpr std::array<Pair, 11> tail_pairs{{{U'ㄳ', U'ㄱ', U'ㅅ'},
                                           {U'ㄵ', U'ㄴ', U'ㅈ'},
                                           {U'ㄶ', U'ㄴ', U'ㅎ'},
                                           {U'ㄺ', U'ㄹ', U'ㄱ'},
                                           {U'ㄻ', U'ㄹ', U'ㅁ'},
                                           {U'ㄼ', U'ㄹ', U'ㅂ'},
                                           {U'ㄽ', U'ㄹ', U'ㅅ'},
                                           {U'ㄾ', U'ㄹ', U'ㅌ'},
                                           {U'ㄿ', U'ㄹ', U'ㅍ'},
                                           {U'ㅀ', U'ㄹ', U'ㅎ'},
                                           {U'ㅄ', U'ㅂ', U'ㅅ'}}};

template <std::size_t N>
const Pair* whole_of(const std::array<Pair, N>& pairs, char32_t whole) {
    for (const auto& pair : pairs)
        if (pair.whole == whole) return &pair;
    return nullptr;
}
template <std::size_t N>
char32_t joined(const std::array<Pair, N>& pairs, char32_t first, char32_t second) {
    for (const auto& pair : pairs)
        if (pair.first == first && pair.second == second) return pair.whole;
    return 0;
}

void append_vowel(std::u32string& out, char32_t vowel) {
    if (const auto* pair = whole_of(vowel_pairs, vowel)) {
        out.push_back(pair->first), out.push_back(pair->second);
    } else {
        out.push_back(vowel);
    }
}
void append_tail(std::u32string& out, char32_t tail) {
    if (const auto* pair = whole_of(tail_pairs, tail)) {
        out.push_back(pair->first), out.push_back(pair->second);
    } else {
        out.push_back(tail);
    }
}

// Written alone these laugh, cry or sigh; nobody means them as a lost tail.
bool speaks_alone(char32_t c) {
    return c == U'ㅋ' || c == U'ㅎ' || c == U'ㅠ' || c == U'ㅜ' || c == U'ㅡ' || c == U'ㅉ';
}

}  // namespace

std::optional<Syllable> split_syllable(char32_t code) noexcept {
    if (!is_syllable(code)) return std::nullopt;
    const int index = static_cast<int>(code - 0xAC00);
    return Syllable{index / 588, index % 588 / 28, index % 28};
}

char32_t join_syllable(Syllable parts) noexcept {
    return static_cast<char32_t>(0xAC00 + parts.lead * 588 + parts.vowel * 28 + parts.tail);
}

int lead_index(char32_t jamo) noexcept {
    for (std::size_t i = 0; i < leads.size(); ++i)
        if (leads[i] == jamo) return static_cast<int>(i);
    return -1;
}
int vowel_index(char32_t jamo) noexcept {
    return jamo >= first_vowel && jamo <= U'ㅣ' ? static_cast<int>(jamo - first_vowel) : -1;
}
int tail_index(char32_t jamo) noexcept {
    for (std::size_t i = 1; i < tails.size(); ++i)
        if (tails[i] == jamo) return static_cast<int>(i);
    return -1;
}
char32_t lead_letter(int index) noexcept {
    return leads[static_cast<std::size_t>(index)];
}
char32_t vowel_letter(int index) noexcept {
    return first_vowel + static_cast<char32_t>(index);
}
char32_t tail_letter(int index) noexcept {
    return tails[static_cast<std::size_t>(index)];
}

void append_letters(std::u32string& out, char32_t code) {
    if (const auto parts = split_syllable(code)) {
        out.push_back(lead_letter(parts->lead));
        append_vowel(out, vowel_letter(parts->vowel));
        if (parts->tail != 0) append_tail(out, tail_letter(parts->tail));
    } else if (vowel_index(code) >= 0) {
        append_vowel(out, code);
    } else if (is_jamo(code)) {
        append_tail(out, code);
    } else {
        out.push_back(code);
    }
}

std::string to_letters(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto [code, size] = decode(text, at);
        append_letters(out, code);
        at += size;
    }
    return to_utf8(out);
}

void LetterComposer::flush() {
    if (lead_ >= 0 && vowel_ >= 0) {
        out_.push_back(join_syllable({lead_, vowel_, tail_}));
    } else if (lead_ >= 0) {
        out_.push_back(lead_letter(lead_));
    } else if (vowel_ >= 0) {
        out_.push_back(vowel_letter(vowel_));
    }
    lead_ = vowel_ = -1;
    tail_ = 0;
}

void LetterComposer::finish() {
    flush();
}

void LetterComposer::resume(Syllable parts) {
    flush();
    lead_ = parts.lead, vowel_ = parts.vowel, tail_ = parts.tail;
}

void LetterComposer::put(char32_t code) {
    if (const int vowel = vowel_index(code); vowel >= 0) {
        if (vowel_ < 0) {
            vowel_ = vowel;
        } else if (tail_ != 0) {
            // The last consonant of the tail was the next syllable's lead after all.
            const auto letter = tail_letter(tail_);
            const auto* pair = whole_of(tail_pairs, letter);
            const auto moved = pair ? pair->second : letter;
            tail_ = pair ? tail_index(pair->first) : 0;
            flush();
            lead_ = lead_index(moved), vowel_ = vowel;
        } else if (const auto both = joined(vowel_pairs, vowel_letter(vowel_), code)) {
            vowel_ = vowel_index(both);
        } else {
            flush();
            vowel_ = vowel;
        }
        return;
    }
    const int lead = lead_index(code);
    const int tail = tail_index(code);
    if (lead < 0 && tail < 0) {
        flush();
        out_.push_back(code);
        return;
    }
    if (lead_ >= 0 && vowel_ >= 0 && tail >= 0) {
        if (tail_ == 0) {
            tail_ = tail;
            return;
        }
        if (const auto both = joined(tail_pairs, tail_letter(tail_), code)) {
            tail_ = tail_index(both);
            return;
        }
    }
    flush();
    if (lead >= 0) {
        lead_ = lead;
    } else {
        out_.push_back(code);
    }
}

std::u32string compose_letters(std::u32string_view text) {
    std::u32string out;
    out.reserve(text.size());
    LetterComposer composer(out);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = text[i];
        const auto at = [&](std::size_t k) { return k < text.size() ? text[k] : U'\0'; };
        if (const auto parts = split_syllable(c)) {
            const auto next = at(i + 1);
            const bool stray = is_jamo(next) && !speaks_alone(next) && at(i + 2) != next;
            // "가ㅅㅏ": the stray consonant begins a syllable of its own, which the composer finds by itself.
            if (stray && (tail_index(next) >= 0 || vowel_index(next) >= 0)) {
                composer.resume(*parts);
            } else {
                composer.finish();
                out.push_back(c);
            }
        } else if (is_jamo(c) && (speaks_alone(c) || at(i + 1) == c || (i > 0 && text[i - 1] == c)) &&
                   !(lead_index(c) >= 0 && vowel_index(at(i + 1)) >= 0)) {
            if (vowel_index(c) >= 0 && i > 0 && lead_index(text[i - 1]) >= 0 && at(i + 1) != c) {
                composer.put(c);
            } else {
                composer.finish();
                out.push_back(c);
            }
        } else {
            composer.put(c);
        }
    }
    composer.finish();
    return out;
}

std::string compose_letters(std::string_view text) {
    return to_utf8(compose_letters(std::u32string_view(to_code_points(text))));
}

std::string choseong(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto [code, size] = decode(text, at);
        const auto parts = split_syllable(code);
        append(out, parts ? lead_letter(parts->lead) : code);
        at += size;
    }
    return out;
}

}  // namespace maru::text
