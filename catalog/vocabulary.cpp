#include "catalog/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "nlu/text/distance.hpp"
#include "nlu/text/hangul.hpp"
#include "nlu/text/keyboard.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

std::uint64_t hash(std::string_view text) noexcept {
    std::uint64_t value = 0x9E3779B97F4A7C15ULL ^ text.size();
    for (const char c : text) {
        value ^= static_cast<unsigned char>(c);
        value *= 0xff51afd7ed558ccdULL;
        value ^= value >> 32U;
    }
    return value;
}

// One bit per letter; different letters may share one, which only makes the bound weaker.
std::uint64_t letter_set(std::u32string_view letters) noexcept {
    std::uint64_t set = 0;
    for (const char32_t c : letters) set |= std::uint64_t{1} << (c % 63U);
    return set;
}

// More than `most` bits? Without counting them all: an edit changes two letters at most.
bool has_more_bits(std::uint64_t bits, int most) noexcept {
    for (; most > 0 && bits != 0; --most) bits &= bits - 1;
    return bits != 0;
}

// What a word takes on the keyboard: Hangul by its letters.
std::u32string letters_of(std::string_view word, bool hangul) {
    return text::to_code_points(hangul ? text::to_letters(word) : std::string(word));
}

// Where a Latin letter lies on the keyboard, in thirds of a key.
struct Key {
    int x = 0;
    int y = 0;
};
Key key_of(char32_t letter) noexcept {
    constexpr std::array<std::u32string_view, 3> rows{U"qwertyuiop", U"asdfghjkl", U"zxcvbnm"};
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (const auto at = rows[row].find(letter); at != std::u32string_view::npos)
            return {static_cast<int>(3 * at + row), static_cast<int>(row)};
    return {-100, -100};
}
bool are_neighbours(char32_t a, char32_t b) noexcept {
    const auto x = key_of(a);
    const auto y = key_of(b);
    return x.x >= 0 && y.x >= 0 && std::abs(x.x - y.x) <= 4 && std::abs(x.y - y.y) <= 1;
}

// How unlikely the one slip is that made `meant` into `typed`, in nats (a noisy channel: Kernighan, Church
// and Gale, "A spelling correction program based on a noisy channel model", 1990). Which letter was left out
// or swapped follows from the word; which wrong letter was hit is one of many, and most likely a neighbour.
float slip_cost(std::u32string_view typed, std::u32string_view meant) noexcept {
    constexpr float plain = 0.0F;
    constexpr float near_key = 1.0F;
    constexpr float any_key = 2.5F;
    std::size_t at = 0;
    while (at < typed.size() && at < meant.size() && typed[at] == meant[at]) ++at;
    if (typed.size() < meant.size()) return plain;
    if (typed.size() > meant.size()) {
        const auto letter = typed[at];
        if (at > 0 && typed[at - 1] == letter) return plain;
        const bool near = (at > 0 && are_neighbours(letter, typed[at - 1])) ||
                          (at + 1 < typed.size() && are_neighbours(letter, typed[at + 1]));
        return near ? near_key : any_key;
    }
    if (at + 1 < typed.size() && typed[at] == meant[at + 1] && typed[at + 1] == meant[at]) return plain;
    return at < typed.size() && are_neighbours(typed[at], meant[at]) ? near_key : any_key;
}

}  // namespace

StringTable::StringTable() : starts_{0}, slots_(1024, no_term) {}

std::uint32_t StringTable::find(std::string_view text) const noexcept {
    const auto mask = slots_.size() - 1;
    for (auto at = hash(text) & mask;; at = (at + 1) & mask) {
        const auto id = slots_[at];
        if (id == no_term || (*this)[id] == text) return id;
    }
}

std::uint32_t StringTable::add(std::string_view text) {
    if ((size() + 1) * 2ULL > slots_.size()) grow();
    const auto mask = slots_.size() - 1;
    auto at = hash(text) & mask;
    while (slots_[at] != no_term) {
        if ((*this)[slots_[at]] == text) return slots_[at];
        at = (at + 1) & mask;
    }
    const auto id = size();
    slots_[at] = id;
    arena_.insert(arena_.end(), text.begin(), text.end());
    starts_.push_back(arena_.size());
    return id;
}

void StringTable::grow() {
    std::vector<std::uint32_t> larger(slots_.size() * 2, no_term);
    const auto mask = larger.size() - 1;
    for (std::uint32_t id = 0; id < size(); ++id) {
        auto at = hash((*this)[id]) & mask;
        while (larger[at] != no_term) at = (at + 1) & mask;
        larger[at] = id;
    }
    slots_.swap(larger);
}

std::size_t StringTable::bytes() const noexcept {
    return arena_.capacity() + starts_.capacity() * sizeof(std::uint64_t) +
           slots_.capacity() * sizeof(std::uint32_t);
}

std::uint32_t Vocabulary::add(std::string_view word, TermId term) {
    const auto id = table_.add(word);
    if (id == words_.size()) words_.push_back({term, 0, false});
    return id;
}

void Vocabulary::count(std::uint32_t word, bool correctable) {
    ++words_[word].products;
    words_[word].correctable = words_[word].correctable || correctable;
}

void Vocabulary::seal() {
    for (std::uint32_t id = 0; id < words_.size(); ++id) {
        const auto word = table_[id];
        const bool hangul = text::has_hangul(word);
        if (hangul && words_[id].products > 0) initials_.emplace_back(text::choseong(word), id);
        if (!words_[id].correctable) continue;
        const auto letters = letters_of(word, hangul);
        const bool digits =
            std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
        // A model number one digit away is another product, never a misspelling.
        if (digits || letters.size() < 3 || letters.size() > 60) continue;
        candidates_.push_back({letter_set(letters), id, static_cast<std::uint16_t>(letters.size()), hangul});
    }
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Candidate& a, const Candidate& b) { return a.length < b.length; });
    std::sort(initials_.begin(), initials_.end());
}

std::vector<Correction> Vocabulary::corrections(std::string_view unknown, std::size_t most) const {
    std::vector<Correction> found;
    const bool hangul = text::has_hangul(unknown);

    // Right keys, wrong layout: only a word the catalog knows is believed.
    const auto other = hangul ? text::qwerty_from_hangul(unknown) : text::hangul_from_qwerty(unknown);
    if (const auto id = find(other); id != no_term && words_[id].products > 0)
        found.push_back({id, 0, 100.0F + std::log1p(static_cast<float>(words_[id].products))});

    const auto letters = letters_of(unknown, hangul);
    const auto length = static_cast<int>(letters.size());
    const bool digits =
        std::any_of(unknown.begin(), unknown.end(), [](char c) { return c >= '0' && c <= '9'; });
    // One syllable is one letter away from half the language.
    constexpr std::size_t syllable = 3;  // bytes
    if (!digits && length >= 3 && length <= 60 && !(hangul && unknown.size() <= syllable)) {
        // Hangul words have about 2.5 letters a syllable: what is two letters off in three syllables is
        // another word ("아이폰", "이어폰").
        const int allowed = length <= (hangul ? 8 : 6) ? 1 : 2;
        const auto set = letter_set(letters);
        const auto first = std::lower_bound(candidates_.begin(), candidates_.end(), length - allowed,
                                            [](const Candidate& c, int value) { return c.length < value; });
        for (auto at = first; at != candidates_.end() && at->length <= length + allowed; ++at) {
            if (at->hangul != hangul || has_more_bits(at->letters ^ set, 2 * allowed)) continue;
            const auto word = table_[at->word];
            const int distance = hangul ? text::letter_distance(unknown, word, allowed)
                                        : text::edit_distance(unknown, word, allowed);
            if (distance > allowed) continue;
            const auto frequency = std::log1p(static_cast<float>(words_[at->word].products));
            const bool same_start = word.front() == unknown.front();
            const float slips = distance == 1 ? slip_cost(letters, letters_of(word, hangul))
                                              : 2.5F * static_cast<float>(distance);
            found.push_back(
                {at->word, distance,
                 frequency - 2.5F * static_cast<float>(distance) - slips + (same_start ? 1.5F : 0.0F)});
        }
    }
    std::sort(found.begin(), found.end(), [](const Correction& a, const Correction& b) {
        return a.score != b.score ? a.score > b.score : a.word < b.word;
    });
    if (found.size() > most) found.resize(most);
    return found;
}

std::vector<std::uint32_t> Vocabulary::split(std::string_view unknown) const {
    constexpr std::size_t longest = 20;  // code points; more is not a compound but a sentence without spaces
    const auto codes = text::to_code_points(unknown);
    if (codes.size() < 3 || codes.size() > 2 * longest) return {};
    const bool hangul = text::is_syllable(codes.front());
    const std::size_t least = hangul ? 1 : 3;
    std::vector<std::size_t> offsets{0};
    for (const char32_t c : codes) {
        std::string one;
        text::append(one, c);
        offsets.push_back(offsets.back() + one.size());
    }
    struct Best {
        float cost = std::numeric_limits<float>::infinity();
        std::size_t from = 0;
        std::uint32_t word = no_term;
    };
    std::vector<Best> best(codes.size() + 1);
    best[0].cost = 0;
    for (std::size_t end = least; end <= codes.size(); ++end) {
        for (std::size_t from = end > longest ? end - longest : 0; from + least <= end; ++from) {
            if (from == 0 && end == codes.size()) continue;
            if (!std::isfinite(best[from].cost)) continue;
            const auto id = table_.find(unknown.substr(offsets[from], offsets[end] - offsets[from]));
            if (id == no_term || words_[id].products == 0) continue;
            // One syllable is a word of its own only when the shelves are full of it ("컵").
            const auto size = end - from;
            if (hangul && size == 1 && words_[id].products < 3) continue;
            const float cost = best[from].cost + (hangul && size == 1 ? 3.0F : 1.0F) -
                               0.01F * std::log1p(static_cast<float>(words_[id].products));
            if (cost < best[end].cost) best[end] = {cost, from, id};
        }
    }
    std::vector<std::uint32_t> words;
    if (!std::isfinite(best.back().cost) || best.back().cost > 4.0F) return words;
    for (auto end = codes.size(); end > 0; end = best[end].from) words.push_back(best[end].word);
    std::reverse(words.begin(), words.end());
    return words;
}

std::vector<std::uint32_t> Vocabulary::by_initials(std::string_view consonants, std::size_t most) const {
    std::vector<std::uint32_t> found;
    std::string key(consonants);
    auto at = std::lower_bound(initials_.begin(), initials_.end(), std::pair{key, std::uint32_t{0}});
    constexpr std::size_t scanned = 4096;  // two consonants begin very many words
    for (std::size_t i = 0; i < scanned && at != initials_.end() && at->first.starts_with(consonants);
         ++i, ++at)
        found.push_back(at->second);
    std::sort(found.begin(), found.end(), [&](std::uint32_t a, std::uint32_t b) {
        const bool exact_a = table_[a].size() == consonants.size();
        const bool exact_b = table_[b].size() == consonants.size();
        if (exact_a != exact_b) return exact_a;
        return words_[a].products != words_[b].products ? words_[a].products > words_[b].products : a < b;
    });
    if (found.size() > most) found.resize(most);
    return found;
}

std::size_t Vocabulary::bytes() const noexcept {
    auto total =
        table_.bytes() + words_.capacity() * sizeof(Word) + candidates_.capacity() * sizeof(Candidate);
    for (const auto& [key, id] : initials_)
        total += sizeof(key) + sizeof(id) + (key.size() > 15 ? key.size() + 1 : 0);
    return total;
}

}  // namespace maru::catalog
