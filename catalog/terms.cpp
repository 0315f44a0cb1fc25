#include "catalog/terms.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

// Index terms that are not words begin with a control character, which no token contains.
constexpr char kBigram = '\x02';
constexpr char kMeasure = '\x03';
constexpr char kPair = '\x04';
constexpr char kLabel = '\x05';

Script script_of(char32_t code) {
    if (text::is_ascii_digit(code)) return Script::digits;
    if (text::is_syllable(code)) return Script::hangul;
    if (text::is_jamo(code)) return Script::jamo;
    if (text::is_ascii_alpha(code)) return Script::latin;
    return Script::other;
}

struct Unit {
    std::string_view name;
    Measure::Kind kind;
    double factor;
};
using K = Measure::Kind;
constexpr std::array<Unit, 80> kUnits{{{"tb", K::bytes, 1048576},
                                       {"테라", K::bytes, 1048576},
                                       {"테라바이트", K::bytes, 1048576},
                                       {"terabyte", K::bytes, 1048576},
                                       {"terabytes", K::bytes, 1048576},
                                       {"gb", K::bytes, 1024},
                                       {"기가", K::bytes, 1024},
                                       {"기가바이트", K::bytes, 1024},
                                       {"gig", K::bytes, 1024},
                                       {"gigs", K::bytes, 1024},
                                       {"gigabyte", K::bytes, 1024},
                                       {"gigabytes", K::bytes, 1024},
                                       {"mb", K::bytes, 1},
                                       {"메가바이트", K::bytes, 1},
                                       {"\"", K::length, 25.4},
                                       {"in", K::length, 25.4},
                                       {"inch", K::length, 25.4},
                                       {"inches", K::length, 25.4},
                                       {"인치", K::length, 25.4},
                                       {"형", K::length, 25.4},
                                       {"mm", K::length, 1},
                                       {"밀리", K::length, 1},
                                       {"밀리미터", K::length, 1},
                                       {"cm", K::length, 10},
                                       {"센치", K::length, 10},
                                       {"센티", K::length, 10},
                                       {"센티미터", K::length, 10},
                                       {"m", K::length, 1000},
                                       {"미터", K::length, 1000},
                                       {"meter", K::length, 1000},
                                       {"meters", K::length, 1000},
                                       {"metre", K::length, 1000},
                                       {"metres", K::length, 1000},
                                       {"ft", K::length, 304.8},
                                       {"foot", K::length, 304.8},
                                       {"feet", K::length, 304.8},
                                       {"피트", K::length, 304.8},
                                       {"ml", K::volume, 1},
                                       {"밀리리터", K::volume, 1},
                                       {"cc", K::volume, 1},
                                       {"l", K::volume, 1000},
                                       {"리터", K::volume, 1000},
                                       {"liter", K::volume, 1000},
                                       {"liters", K::volume, 1000},
                                       {"litre", K::volume, 1000},
                                       {"litres", K::volume, 1000},
                                       {"oz", K::volume, 29.5735},
                                       {"g", K::mass, 1},
                                       {"그램", K::mass, 1},
                                       {"gram", K::mass, 1},
                                       {"grams", K::mass, 1},
                                       {"kg", K::mass, 1000},
                                       {"킬로", K::mass, 1000},
                                       {"킬로그램", K::mass, 1000},
                                       {"lb", K::mass, 453.592},
                                       {"lbs", K::mass, 453.592},
                                       {"mhz", K::frequency, 1},
                                       {"ghz", K::frequency, 1000},
                                       {"hz", K::frequency, 0.000001},
                                       {"헤르츠", K::frequency, 0.000001},
                                       {"w", K::power, 1},
                                       {"와트", K::power, 1},
                                       {"watt", K::power, 1},
                                       {"watts", K::power, 1},
                                       {"kw", K::power, 1000},
                                       {"mah", K::charge, 1},
                                       {"밀리암페어", K::charge, 1},
                                       {"평", K::area, 3.3058},
                                       {"pyeong", K::area, 3.3058},
                                       {"pyong", K::area, 3.3058},
                                       {"제곱미터", K::area, 1},
                                       {"m2", K::area, 1},
                                       {"sqm", K::area, 1},
                                       {"분", K::duration, 60},
                                       {"시간", K::duration, 3600},
                                       {"minutes", K::duration, 60},
                                       {"hours", K::duration, 3600},
                                       {"mp", K::pixels, 1},
                                       {"megapixel", K::pixels, 1},
                                       {"화소", K::pixels, 0.000001}}};

const Unit* unit(std::string_view name) {
    const auto at = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) { return u.name == name; });
    return at == kUnits.end() ? nullptr : &*at;
}

// "5.5리터로", "27인치짜리": with what Korean hangs on it.
const Unit* unit_of(const Token& token) {
    const auto* own = unit(token.text);
    if (own != nullptr || token.script != Script::hangul) return own;
    constexpr auto tails =
        std::to_array<std::string_view>({"로", "으로", "는", "은", "도", "가", "이", "를", "을", "짜리",
                                         "짜리로", "짜리는", "요", "로요", "인데", "인데요", "이고", "이라"});
    for (const auto tail : tails)
        if (token.text.size() > tail.size() && token.text.ends_with(tail))
            if (const auto* base =
                    unit(std::string_view(token.text).substr(0, token.text.size() - tail.size())))
                return base;
    return nullptr;
}

}  // namespace

std::vector<Token> tokenize(std::string_view normalised) {
    std::vector<Token> tokens;
    std::size_t at = 0;
    std::size_t last_end = 0;  // of the token before
    char32_t between = 0;
    bool only_joiners = true;
    while (at < normalised.size()) {
        const auto [code, size] = text::decode(normalised, at);
        auto script = script_of(code);
        if (script == Script::other && !text::is_letter(code)) {
            // An apostrophe inside a word joins it ("men's"); an inch sign is a token of its own.
            if (code == U'"' && !tokens.empty() && last_end == at && tokens.back().script == Script::digits) {
                const auto place = static_cast<std::uint32_t>(at);
                tokens.push_back({"\"", Script::other, true, false, place, place + 1, 0});
                last_end = at + 1;
                between = 0;
                only_joiners = true;
                ++at;
                continue;
            }
            if (!text::is_space(code)) between = code;
            only_joiners = only_joiners &&
                           (code == U'-' || code == U'.' || code == U'/' || code == U'+' || code == U'_');
            at += size;
            continue;
        }
        Token token;
        token.begin = static_cast<std::uint32_t>(at);
        token.glued = !tokens.empty() && last_end == at;
        token.hyphened = !tokens.empty() && !token.glued && only_joiners && at == last_end + 1;
        token.before = between;
        token.script = script;
        bool letters = script == Script::latin;
        while (at < normalised.size()) {
            const auto [next, bytes] = text::decode(normalised, at);
            const auto kind = script_of(next);
            const bool alnum = kind == Script::latin || kind == Script::digits;
            if (script == Script::latin || script == Script::digits) {
                if (alnum) {
                    letters = letters || kind == Script::latin;
                    token.text += static_cast<char>(next);
                } else if ((next == U'.' || next == U',') && !letters && at + 1 < normalised.size() &&
                           text::is_ascii_digit(static_cast<unsigned char>(normalised[at + 1]))) {
                    if (next == U'.' && token.text.find('.') != std::string::npos) break;
                    if (next == U'.') token.text += '.';
                } else if (next == U'\'' && letters && at + 1 < normalised.size() &&
                           text::is_ascii_alpha(static_cast<unsigned char>(normalised[at + 1]))) {
                    // dropped
                } else if (kind == Script::other && letters && text::is_letter(next)) {
                    token.text.append(normalised.substr(at, bytes));  // é and its like
                } else {
                    break;
                }
            } else if (kind == script &&
                       (kind != Script::other || text::is_letter(next) || text::is_mark(next))) {
                token.text.append(normalised.substr(at, bytes));
            } else {
                break;
            }
            at += bytes;
        }
        if (letters) token.script = Script::latin;
        token.end = static_cast<std::uint32_t>(at);
        last_end = at;
        between = 0;
        only_joiners = true;
        // Nobody's word is this long; a flood of letters must not become one huge term.
        constexpr std::size_t longest = 96;
        if (token.text.size() > longest) token.text.assign(text::truncate(token.text, longest / 4));
        if (!token.text.empty()) tokens.push_back(std::move(token));
    }
    return tokens;
}

std::vector<Token> tokens_of(std::string_view original) {
    return tokenize(text::normalised(original, {.shorten_repeats = false, .compose_letters = false}));
}

std::optional<MeasureAt> measure_at(const std::vector<Token>& tokens, std::size_t at) {
    const auto& token = tokens[at];
    if (token.text.empty() || token.text[0] < '0' || token.text[0] > '9') return std::nullopt;
    double value = 0;
    const auto* const end = token.text.data() + token.text.size();
    const auto [stop, code] = std::from_chars(token.text.data(), end, value, std::chars_format::fixed);
    if (code != std::errc{} || value <= 0 || value > 1e12) return std::nullopt;
    if (stop != end) {  // "256gb"
        const auto* own = unit({stop, static_cast<std::size_t>(end - stop)});
        if (own == nullptr) return std::nullopt;
        return MeasureAt{{own->kind, value * own->factor}, 1};
    }
    if (at + 1 >= tokens.size()) return std::nullopt;
    const auto& next = tokens[at + 1];
    if (next.before != 0 && !(next.hyphened && next.before == U'-')) return std::nullopt;
    // "20 square metres"
    if ((next.text == "square" || next.text == "sq") && at + 2 < tokens.size() && tokens[at + 2].before == 0)
        if (const auto* side = unit(tokens[at + 2].text); side != nullptr && side->kind == K::length)
            return MeasureAt{{K::area, value * (side->factor / 1000) * (side->factor / 1000)}, 3};
    const auto* own = unit_of(next);
    // "in" and "m" alone are words far more often than units.
    if (own == nullptr || (!next.glued && !next.hyphened && next.text == "in")) return std::nullopt;
    return MeasureAt{{own->kind, value * own->factor}, 2};
}

int measure_bucket(double value) noexcept {
    return static_cast<int>(std::lround(std::log(value) / std::log(1.01)));
}

std::string measure_term(Measure::Kind kind, int bucket) {
    std::string term{kMeasure, static_cast<char>('a' + static_cast<int>(kind))};
    return term += std::to_string(bucket);
}

Stemmer::Stemmer() : stemmer_(sb_stemmer_new("english", nullptr)) {
    if (stemmer_ == nullptr) throw std::runtime_error("libstemmer has no English stemmer");
}

Stemmer::~Stemmer() {
    sb_stemmer_delete(static_cast<sb_stemmer*>(stemmer_));
}

std::string Stemmer::stem(std::string_view word) const {
    auto* const own = static_cast<sb_stemmer*>(stemmer_);
    const auto* result =
        sb_stemmer_stem(own, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    if (result == nullptr) return std::string(word);
    return {reinterpret_cast<const char*>(result), static_cast<std::size_t>(sb_stemmer_length(own))};
}

std::string term_of(const Token& token, const Stemmer& stemmer) {
    if (token.script != Script::latin) return token.text;
    const bool plain = std::all_of(token.text.begin(), token.text.end(), [](char c) {
        return text::is_ascii_alpha(static_cast<unsigned char>(c));
    });
    return plain && token.text.size() > 2 ? stemmer.stem(token.text) : token.text;
}

void append_bigrams(std::string_view hangul, std::vector<std::string>& terms) {
    constexpr std::size_t syllable = 3;  // bytes in UTF-8
    for (std::size_t at = 0; at + 2 * syllable <= hangul.size(); at += syllable)
        terms.push_back(kBigram + std::string(hangul.substr(at, 2 * syllable)));
}

std::string label_term(std::string_view term) {
    return kLabel + std::string(term);
}

std::string pair_term(std::string_view first, std::string_view second) {
    std::string term(1, kPair);
    return term.append(first).append(1, ' ').append(second);
}

}  // namespace maru::catalog
