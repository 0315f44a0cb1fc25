#include "nlu/text/josa.hpp"

#include <algorithm>
#include <array>

#include "nlu/text/hangul.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::text {
namespace {

bool is_closing(char32_t c) {
    return c == U')' || c == U']' || c == U'"' || c == U'\'' || c == U'}' || c == U'>' || c == 0x2019 ||
           c == 0x201D || c == 0x300D || c == 0x300F || c == 0x3011 || c == U'*' || c == U'_' || c == U' ' ||
           c == U'.' || c == U'!';
}

char32_t lower(char32_t c) {
    return c >= U'A' && c <= U'Z' ? c + 32 : c;
}
bool is_vowel(char32_t c) {
    return c == U'a' || c == U'e' || c == U'i' || c == U'o' || c == U'u' || c == U'y';
}

// How an English word or an acronym ends when a Korean reads it. A heuristic over spelling; names may differ.
Coda latin_coda(std::u32string_view word) {
    std::size_t begin = word.size();
    while (begin > 0 && is_ascii_alpha(word[begin - 1])) --begin;
    const auto letters = word.substr(begin);
    const auto last = lower(letters.back());
    const auto at = [&](std::size_t back) {
        return letters.size() > back ? lower(letters[letters.size() - 1 - back]) : U'\0';
    };
    const bool capitals = std::all_of(letters.begin(), letters.end(), [](char32_t c) { return c <= U'Z'; });
    const bool no_vowel =
        std::none_of(letters.begin(), letters.end(), [](char32_t c) { return is_vowel(lower(c)); });
    if (letters.size() == 1 || (capitals && letters.size() <= 4) || no_vowel) {
        if (last == U'g' && at(1) == U'k') return Coda::other;  // kg: 킬로그램
        if (at(1) == U'm' || at(1) == U'c' || at(1) == U'k') {
            if (last == U'm' && !capitals) return Coda::none;  // mm, cm, km: 미터
        }
        if (last == U'l' || last == U'r') return Coda::rieul;
        return last == U'm' || last == U'n' ? Coda::other : Coda::none;
    }
    switch (last) {
        case U'l':
            return Coda::rieul;
        case U'm':
        case U'n':
        case U'c':
            return Coda::other;
        case U'g':
            return at(1) == U'n' ? Coda::other : Coda::none;
        case U'k':
        case U'p':
        case U't':
            return is_vowel(at(1)) || at(1) == U'c' ? Coda::other : Coda::none;
        case U'e':
            if (at(1) == U'l' && !is_vowel(at(2))) return Coda::rieul;                    // apple
            if ((at(1) == U'n' || at(1) == U'm') && is_vowel(at(2))) return Coda::other;  // phone, game
            if (at(1) == U'l' && is_vowel(at(2))) return Coda::rieul;                     // file
            return Coda::none;
        default:
            return Coda::none;
    }
}

Coda digit_coda(char32_t digit) {
    switch (digit) {
        case U'1':
        case U'7':
        case U'8':
            return Coda::rieul;
        case U'0':
        case U'3':
        case U'6':
            return Coda::other;
        default:
            return Coda::none;
    }
}

struct Forms {
    std::string_view closed, open;
};
constexpr std::array<Forms, 10> forms{{{"은", "는"},
                                       {"이", "가"},
                                       {"을", "를"},
                                       {"과", "와"},
                                       {"으로", "로"},
                                       {"이랑", "랑"},
                                       {"이나", "나"},
                                       {"아", "야"},
                                       {"이에요", "예요"},
                                       {"이라고", "라고"}}};

struct Open {
    std::string_view written;
    Josa josa;
};
// Longest first where one is a prefix of another.
constexpr std::array<Open, 24> open_forms{{
    {"은(는)", Josa::topic},   {"는(은)", Josa::topic},   {"은/는", Josa::topic},
    {"는/은", Josa::topic},    {"이(가)", Josa::subject}, {"가(이)", Josa::subject},
    {"이/가", Josa::subject},  {"가/이", Josa::subject},  {"을(를)", Josa::object},
    {"를(을)", Josa::object},  {"을/를", Josa::object},   {"를/을", Josa::object},
    {"과(와)", Josa::with},    {"와(과)", Josa::with},    {"과/와", Josa::with},
    {"와/과", Josa::with},     {"(으)로", Josa::toward},  {"으로/로", Josa::toward},
    {"(이)랑", Josa::along},   {"(이)나", Josa::or_},     {"(이)에요", Josa::is},
    {"이에요/예요", Josa::is}, {"(이)라고", Josa::quote}, {"아(야)", Josa::vocative},
}};

struct Particle {
    std::u32string_view written;
    enum class After { any, closed, open, open_or_rieul } after;
    std::size_t min_stem;  // syllables that must remain
};
using After = Particle::After;
// Longest first.
constexpr std::array<Particle, 59> particles{{
    {U"에서부터", After::any, 1},
    {U"으로부터", After::closed, 1},
    {U"에서까지", After::any, 1},
    {U"이라든지", After::closed, 1},
    {U"에서는", After::any, 1},
    {U"에서도", After::any, 1},
    {U"에서만", After::any, 1},
    {U"에게서", After::any, 1},
    {U"한테서", After::any, 1},
    {U"한테는", After::any, 1},
    {U"이라는", After::closed, 1},
    {U"이라도", After::closed, 1},
    {U"까지는", After::any, 1},
    {U"까지도", After::any, 1},
    {U"까지만", After::any, 1},
    {U"부터는", After::any, 1},
    {U"으로는", After::closed, 1},
    {U"으로도", After::closed, 1},
    {U"으로만", After::closed, 1},
    {U"로부터", After::open_or_rieul, 1},
    {U"이라고", After::closed, 1},
    {U"이고요", After::closed, 1},
    {U"에는", After::any, 1},
    {U"에도", After::any, 1},
    {U"에만", After::any, 1},
    {U"에서", After::any, 1},
    {U"에게", After::any, 1},
    {U"한테", After::any, 1},
    {U"까지", After::any, 1},
    {U"부터", After::any, 1},
    {U"처럼", After::any, 1},
    {U"보다", After::any, 1},
    {U"마다", After::any, 1},
    {U"밖에", After::any, 1},
    {U"조차", After::any, 1},
    {U"마저", After::any, 1},
    {U"이요", After::closed, 2},
    {U"이랑", After::closed, 1},
    {U"이나", After::closed, 1},
    {U"으로", After::closed, 1},
    {U"라도", After::open, 2},
    {U"이든", After::closed, 1},
    {U"께서", After::any, 1},
    {U"로는", After::open_or_rieul, 2},
    {U"로도", After::open_or_rieul, 2},
    {U"은", After::closed, 1},
    {U"는", After::open, 1},
    {U"이", After::closed, 2},
    {U"가", After::open, 2},
    {U"을", After::closed, 1},
    {U"를", After::open, 1},
    {U"의", After::any, 2},
    {U"에", After::any, 1},
    {U"도", After::any, 2},
    {U"만", After::any, 2},
    {U"로", After::open_or_rieul, 2},
    {U"와", After::open, 2},
    {U"과", After::closed, 2},
    {U"랑", After::open, 2},
}};

// Nouns that only look as if a particle ended them.
constexpr std::array<std::u32string_view, 10> whole_nouns{U"양이", U"걸이", U"린이", U"상도", U"명도",
                                                          U"랑이", U"하의", U"상의", U"쟁이", U"밝기"};

constexpr std::array<std::u32string_view, 63> endings{
    U"했는데요",     U"하는데요",   U"됐는데요", U"되는데요", U"하고싶어요", U"해주실래요", U"해주시겠어요",
    U"부탁드립니다", U"부탁드려요", U"부탁해요", U"해주세요", U"하겠습니다", U"했습니다",   U"하셨나요",
    U"되었나요",     U"할게요",     U"할께요",   U"할까요",   U"될까요",     U"하나요",     U"되나요",
    U"인가요",       U"일까요",     U"있나요",   U"있을까요", U"없나요",     U"이에요",     U"입니다",
    U"입니까",       U"합니다",     U"합니까",   U"됩니다",   U"됩니까",     U"습니다",     U"습니까",
    U"했어요",       U"됐어요",     U"했는데",   U"하는데",   U"되는데",     U"는데요",     U"은데요",
    U"인데요",       U"해줘요",     U"할래요",   U"주세요",   U"려고요",     U"해줘",       U"하고",
    U"해서",         U"하면",       U"되면",     U"돼요",     U"되요",       U"해요",       U"세요",
    U"어요",         U"아요",       U"네요",     U"나요",     U"까요",       U"고요",       U"예요"};

// Nearly always the last letter already differs.
inline bool ends_with(std::u32string_view word, std::u32string_view end) {
    return !word.empty() && word.back() == end.back() && word.ends_with(end);
}

std::string_view without_last(std::string_view word, std::u32string_view tail) {
    return word.substr(0, word.size() - tail.size() * 3);  // every syllable is three bytes
}

}  // namespace

Coda coda(std::string_view word) {
    const auto codes = to_code_points(word);
    std::u32string_view rest = codes;
    while (!rest.empty() && is_closing(rest.back())) rest.remove_suffix(1);
    if (rest.empty()) return Coda::none;
    const auto last = rest.back();
    if (const auto parts = split_syllable(last)) {
        if (parts->tail == 0) return Coda::none;
        return parts->tail == tail_index(U'ㄹ') ? Coda::rieul : Coda::other;
    }
    if (is_ascii_digit(last)) return digit_coda(last);
    if (is_ascii_alpha(last)) return latin_coda(rest);
    if (lead_index(last) >= 0) return Coda::other;  // ㄱ is read 기역, all end closed
    return Coda::none;
}

std::string_view select_josa(std::string_view word, Josa josa) {
    const auto sound = coda(word);
    const auto& pair = forms[static_cast<std::size_t>(josa)];
    const bool open = sound == Coda::none || (josa == Josa::toward && sound == Coda::rieul);
    return open ? pair.open : pair.closed;
}

std::string with_josa(std::string_view word, Josa josa) {
    return std::string(word).append(select_josa(word, josa));
}

std::string resolve_josa(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        const auto found = std::find_if(open_forms.begin(), open_forms.end(),
                                        [&](const Open& form) { return rest.starts_with(form.written); });
        if (found != open_forms.end() && !out.empty() && out.back() != ' ') {
            const auto line = std::string_view(out);
            const auto start = line.find_last_of(" \n");
            const auto word = start == std::string_view::npos ? line : line.substr(start + 1);
            out += select_josa(word, found->josa);
            at += found->written.size();
        } else {
            const auto size = decode(text, at).size;
            out += text.substr(at, size);
            at += size;
        }
    }
    return out;
}

std::string_view strip_josa(std::string_view word) {
    if (word.size() > 120) return word;
    const auto codes = to_code_points(word);
    for (const auto noun : whole_nouns)
        if (ends_with(codes, noun)) return word;
    for (const auto& particle : particles) {
        if (!ends_with(codes, particle.written)) continue;
        const auto rest = codes.size() - particle.written.size();
        if (rest < particle.min_stem) continue;
        const auto stem = without_last(word, particle.written);
        const auto sound = coda(stem);
        const bool fits = particle.after == After::any ||
                          (particle.after == After::closed && sound != Coda::none) ||
                          (particle.after == After::open && sound == Coda::none) ||
                          (particle.after == After::open_or_rieul && sound != Coda::other);
        if (fits) return stem;
    }
    return word;
}

std::string_view strip_endings(std::string_view word) {
    if (word.size() > 120) return word;
    const auto codes = to_code_points(word);
    for (const auto ending : endings)
        if (codes.size() > ending.size() && ends_with(codes, ending)) return without_last(word, ending);
    return strip_josa(word);
}

}  // namespace maru::text
