#include "nlu/words.hpp"

#include <optional>

#include "nlu/text/unicode.hpp"

namespace maru::nlu {
namespace {

std::optional<Script> script_of(char32_t c) {
    if (c < 0x80) {
        if (text::is_ascii_alpha(c)) return Script::latin;
        if (text::is_ascii_digit(c)) return Script::digits;
        return std::nullopt;
    }
    if (text::is_hangul(c)) return Script::hangul;
    if (text::is_letter(c) || text::is_mark(c)) return Script::latin;
    if (text::is_emoji(c)) return Script::symbol;
    return std::nullopt;
}

}  // namespace

Words split_words(std::string_view text) {
    Words out;
    out.codes.reserve(text.size());
    out.list.reserve(text.size() / 4 + 1);
    bool open = false;
    std::uint32_t last_end = UINT32_MAX;
    for (std::size_t at = 0; at < text.size();) {
        const auto [code, size] = text::decode(text, at);
        auto script = script_of(code);
        const auto begin = static_cast<std::uint32_t>(at);
        at += size;
        const auto end = static_cast<std::uint32_t>(at);
        if (!script) {
            // Inside a word: don't, 1,299.99
            const bool joins = open && at < text.size() &&
                               ((code == U'\'' && out.list.back().script == Script::latin &&
                                 script_of(text::decode(text, at).code) == Script::latin) ||
                                ((code == U',' || code == U'.') && out.list.back().script == Script::digits &&
                                 text::is_ascii_digit(text::decode(text, at).code)));
            if (!joins) {
                open = false;
                continue;
            }
            script = out.list.back().script;
            if (code == U'\'') {
                out.list.back().end = end;
                last_end = end;
                continue;  // "don't" and "dont" are one spelling
            }
        }
        if (!open || out.list.back().script != *script || *script == Script::symbol) {
            out.list.push_back(
                {begin, end, static_cast<std::uint32_t>(out.codes.size()), 0, *script, begin == last_end});
            open = true;
        }
        auto& word = out.list.back();
        out.codes.push_back(code);
        ++word.count;
        word.end = end;
        last_end = end;
    }
    return out;
}

Language detect_language(const Words& words) {
    std::size_t latin = 0;
    std::size_t hangul = 0;
    for (const auto& word : words.list) {
        if (word.script == Script::latin) latin += word.count;
        if (word.script == Script::hangul)
            hangul += 2 * std::size_t{word.count};  // a syllable is two or three letters
    }
    if (latin + hangul == 0) return Language::unknown;
    if (hangul == 0) return Language::en;
    // A brand or a model number in a Korean sentence does not make it mixed; words do.
    if (latin * 4 < hangul) return Language::ko;
    return Language::mixed;
}

}  // namespace maru::nlu
