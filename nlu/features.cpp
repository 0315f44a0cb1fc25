#include "nlu/features.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

#include "nlu/stored.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::nlu {
namespace {

constexpr std::uint64_t step(std::uint64_t h, char32_t c) noexcept {
    h = (h ^ c) * 0x9E3779B97F4A7C15ULL;
    return h ^ (h >> 29);
}

constexpr std::uint64_t seed_of(Block block, unsigned kind) noexcept {
    return mix(0x51ED270B7F1A3C4DULL + 16 * static_cast<unsigned>(block) + kind);
}

std::uint64_t hash_word(std::u32string_view word, std::uint64_t seed) noexcept {
    auto h = seed;
    for (const auto c : word) h = step(h, c);
    return mix(h);
}

bool is_vowel(char32_t c) {
    return c == U'a' || c == U'e' || c == U'i' || c == U'o' || c == U'u' || c == U'y';
}

// What is left of an English word without plural, -ed, -ing and a silent e, so that "arrive", "arrived" and
// "arriving" are one. Lighter than Porter's: it joins forms of one word and leaves derivations apart.
std::u32string_view light_stem(std::u32string_view word) {
    const auto ends = [&](std::u32string_view tail) { return word.ends_with(tail); };
    const auto has_vowel = [](std::u32string_view part) {
        return std::any_of(part.begin(), part.end(), is_vowel);
    };
    if (word.size() > 4 && ends(U"ies")) {
        word.remove_suffix(2);  // deliveries, delivery: deliver + i or y
    } else if (word.size() > 3 && ends(U"s") && !ends(U"ss") && !ends(U"us") && !ends(U"is")) {
        word.remove_suffix(1);
    }
    bool cut = false;
    if (word.size() > 5 && ends(U"ing") && has_vowel(word.substr(0, word.size() - 3))) {
        word.remove_suffix(3), cut = true;
    } else if (word.size() > 4 && ends(U"ed") && has_vowel(word.substr(0, word.size() - 2))) {
        word.remove_suffix(2), cut = true;
    }
    if (cut && word.size() > 3 && word.back() == word[word.size() - 2] && !is_vowel(word.back()) &&
        word.back() != U'l' && word.back() != U's')
        word.remove_suffix(1);
    if (word.size() > 3 && (word.back() == U'e' || word.back() == U'y' || word.back() == U'i'))
        word.remove_suffix(1);
    return word;
}

// Longest word whose letters are looked at; longer ones are noise or an attack.
constexpr std::size_t max_letters = 40;
constexpr std::size_t max_words = 600;

}  // namespace

void extract(const Words& words, const MeaningLexicon& meanings, const FeatureOptions& options,
             std::vector<RawFeature>& out) {
    const auto count = std::min(words.list.size(), max_words);
    const auto put = [&](std::uint64_t hash, Block block, std::size_t first, std::size_t last) {
        out.push_back({hash, static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last), block});
    };
    std::uint64_t before = seed_of(Block::word, 1);
    std::uint64_t before2 = before;
    for (std::size_t w = 0; w < count; ++w) {
        const auto& word = words.list[w];
        auto codes = words[word];
        // Numbers differ in every message; that there is one, and how long, is what tells.
        char32_t shape[8];
        if (word.script == Script::digits) {
            const auto length = std::min<std::size_t>(codes.size(), std::size(shape));
            std::fill_n(shape, length, U'0');
            codes = {shape, length};
        }
        const auto whole = hash_word(codes, seed_of(Block::word, 0));
        put(whole, Block::word, w, w);
        auto joint = whole;
        if (options.stems && word.script == Script::latin) {
            joint = hash_word(light_stem(codes), seed_of(Block::word, 2));
            put(joint, Block::word, w, w);
        }
        if (options.pairs) put(mix(before * 31 + joint), Block::word, w > 0 ? w - 1 : 0, w);
        if (options.skips && w > 1) put(mix(before2 * 37 + joint + 1), Block::word, w - 2, w);
        before2 = before;
        before = joint;
        if (word.script == Script::digits || word.script == Script::symbol) continue;

        const auto letters = codes.substr(0, max_letters);
        const bool hangul = word.script == Script::hangul;
        const int from = hangul ? 1 : options.letters_min;
        const int to = hangul ? 2 : options.letters_max;
        const auto seed = seed_of(Block::letters, hangul ? 1 : 0);
        // The word stands between borders, so that beginnings and endings are features of their own.
        const auto length = static_cast<int>(letters.size());
        const auto at = [&](int i) {
            return i < 0 || i >= length ? U' ' : letters[static_cast<std::size_t>(i)];
        };
        for (int i = -1; i <= length; ++i) {
            auto h = seed;
            for (int n = 1; n <= to && i + n <= length + 1; ++n) {
                h = step(h, at(i + n - 1));
                if (n < from || (n == 1 && (i < 0 || i == length))) continue;
                put(mix(h + static_cast<unsigned>(n)), Block::letters, w, w);
            }
        }
    }
    if (options.meanings) {
        std::vector<MeaningLexicon::Mention> mentions;
        meanings.find(words, mentions);
        const auto single = seed_of(Block::meaning, 0);
        const auto pair = seed_of(Block::meaning, 1);
        for (std::size_t i = 0; i < mentions.size() && i < 24; ++i) {
            const auto& mention = mentions[i];
            put(mix(step(single, mention.meaning)), Block::meaning, mention.first_word, mention.last_word);
            // What is asked about what: order differs between the languages, so pairs have none.
            for (std::size_t k = 0; k < i; ++k) {
                const auto low = std::min(mentions[k].meaning, mention.meaning);
                const auto high = std::max(mentions[k].meaning, mention.meaning);
                put(mix(step(step(pair, low), high)), Block::meaning, mention.first_word, mention.last_word);
            }
        }
    }
    // Syllables across blanks.
    char32_t last = 0;
    char32_t last2 = 0;
    std::size_t word1 = 0;
    std::size_t word2 = 0;
    for (std::size_t w = 0; w < count; ++w) {
        const auto& word = words.list[w];
        if (word.script != Script::hangul) {
            last = last2 = 0;
            continue;
        }
        for (const auto c : words[word]) {
            if (last != 0)
                put(mix(step(step(seed_of(Block::syllables, 2), last), c)), Block::syllables, word1, w);
            if (last2 != 0)
                put(mix(step(step(step(seed_of(Block::syllables, 3), last2), last), c)), Block::syllables,
                    word2, w);
            last2 = last, word2 = word1;
            last = c, word1 = w;
        }
    }
}

std::size_t Vocabulary::find(std::uint64_t hash) const noexcept {
    const auto mask = slots_.size() - 1;
    const auto key = static_cast<std::uint32_t>(hash >> 32);
    auto at = static_cast<std::size_t>(hash) & mask;
    while (slots_[at].row != unknown && slots_[at].key != key) at = (at + 1) & mask;
    return at;
}

std::uint32_t Vocabulary::row(std::uint64_t hash) const noexcept {
    return slots_.empty() ? unknown : slots_[find(hash)].row;
}

void Vocabulary::rehash(std::size_t slots) {
    slots_.assign(slots, {});
    for (std::uint32_t row = 0; row < hashes_.size(); ++row)
        slots_[find(hashes_[row])] = {static_cast<std::uint32_t>(hashes_[row] >> 32), row};
}

void Vocabulary::learn(const std::vector<RawFeature>& features) {
    ++count_;
    for (const auto& feature : features) {
        if ((hashes_.size() + 1) * 2 > slots_.size()) rehash(std::max<std::size_t>(1024, slots_.size() * 2));
        auto& slot = slots_[find(feature.hash)];
        if (slot.row == unknown) {
            slot = {static_cast<std::uint32_t>(feature.hash >> 32),
                    static_cast<std::uint32_t>(hashes_.size())};
            hashes_.push_back(feature.hash);
            texts_.push_back(0);
            last_.push_back(0);
        }
        if (last_[slot.row] != count_) {
            last_[slot.row] = count_;
            ++texts_[slot.row];
        }
    }
}

void Vocabulary::freeze(std::uint32_t min_texts) {
    std::vector<std::uint64_t> kept;
    for (std::size_t row = 0; row < hashes_.size(); ++row) {
        if (texts_[row] < min_texts) continue;
        kept.push_back(hashes_[row]);
        idf_.push_back(
            std::log((1.F + static_cast<float>(count_)) / (1.F + static_cast<float>(texts_[row]))) + 1.F);
    }
    unknown_idf_ = std::log(1.F + static_cast<float>(count_)) + 1.F;
    hashes_ = std::move(kept);
    std::size_t slots = 16;
    while (slots < hashes_.size() * 2) slots *= 2;
    rehash(slots);
    hashes_ = {};
    texts_ = {};
    last_ = {};
}

std::size_t Vocabulary::bytes() const noexcept {
    return slots_.size() * sizeof(Slot) + idf_.size() * sizeof(float);
}

void Vocabulary::vectorise(const std::vector<RawFeature>& features, const FeatureOptions& options,
                           Vectorised& out) const {
    out.dimensions.clear();
    out.coverage = 1;
    if (slots_.empty()) return;
    // Counting duplicates: a small table of places, grown with the message.
    struct Seen {
        std::uint32_t row;
        std::uint32_t place;
    };
    std::size_t size = 256;
    while (size < features.size() * 2) size *= 2;
    thread_local std::vector<Seen> seen;
    seen.assign(size, {unknown, 0});
    thread_local std::vector<Block> blocks;
    blocks.clear();
    float known_words = 0;
    float all_words = 0;
    // Korean written without blanks makes words nobody wrote before of parts that everybody writes: a long
    // unknown one is known as far as its pairs and triples of syllables are.
    struct Glued {
        bool unknown = false;
        std::uint16_t parts = 0;
        std::uint16_t known = 0;
    };
    constexpr std::uint16_t glued_from = 7;  // parts of five syllables
    thread_local std::vector<Glued> glued;
    glued.clear();
    // The places of the next features are on their way from memory while this one is looked at.
    constexpr std::size_t ahead = 12;
    const auto mask = slots_.size() - 1;
    for (std::size_t f = 0; f < features.size(); ++f) {
        if (f + ahead < features.size()) __builtin_prefetch(&slots_[features[f + ahead].hash & mask]);
        const auto& feature = features[f];
        const auto id = row(feature.hash);
        const bool word = feature.block == Block::word && feature.first_word == feature.last_word;
        if (word) {
            all_words += id == unknown ? unknown_idf_ : idf_[id];
            if (glued.size() <= feature.first_word) glued.resize(feature.first_word + std::size_t{1});
            glued[feature.first_word].unknown = id == unknown;
        } else if (feature.block == Block::syllables && feature.first_word == feature.last_word &&
                   feature.first_word < glued.size()) {
            auto& parts = glued[feature.first_word];
            ++parts.parts;
            parts.known = static_cast<std::uint16_t>(parts.known + (id != unknown));
        }
        if (id == unknown) continue;
        if (word) known_words += idf_[id];
        auto at = (id * 2654435761U) & (size - 1);
        while (seen[at].row != unknown && seen[at].row != id) at = (at + 1) & (size - 1);
        if (seen[at].row == unknown) {
            seen[at] = {id, static_cast<std::uint32_t>(out.dimensions.size())};
            out.dimensions.push_back({id, 1, feature.first_word, feature.last_word});
            blocks.push_back(feature.block);
        } else {
            out.dimensions[seen[at].place].value += 1;
        }
    }
    for (const auto& word : glued)
        if (word.unknown && word.parts >= glued_from)
            known_words += unknown_idf_ * static_cast<float>(word.known) / static_cast<float>(word.parts);
    if (all_words > 0) out.coverage = known_words / all_words;
    std::array<float, block_count> squares{};
    for (std::size_t i = 0; i < out.dimensions.size(); ++i) {
        auto& dimension = out.dimensions[i];
        const auto tf = dimension.value > 1 ? 1 + std::log(dimension.value) : 1.F;
        dimension.value = tf * idf_[dimension.row];
        squares[static_cast<std::size_t>(blocks[i])] += dimension.value * dimension.value;
    }
    std::array<float, block_count> scale{};
    for (std::size_t b = 0; b < block_count; ++b)
        scale[b] = squares[b] > 0 ? options.weight[b] / std::sqrt(squares[b]) : 0;
    for (std::size_t i = 0; i < out.dimensions.size(); ++i)
        out.dimensions[i].value *= scale[static_cast<std::size_t>(blocks[i])];
}

void Vocabulary::save(std::string& out) const {
    put_values(out, slots_);
    put_values(out, idf_);
    out.append(reinterpret_cast<const char*>(&unknown_idf_), sizeof unknown_idf_);
}

bool Vocabulary::load(std::string_view& in) {
    if (!take_values(in, slots_) || !take_values(in, idf_) || in.size() < sizeof unknown_idf_) return false;
    std::memcpy(&unknown_idf_, in.data(), sizeof unknown_idf_);
    in.remove_prefix(sizeof unknown_idf_);
    if ((slots_.size() & (slots_.size() - 1)) != 0 ||
        idf_.size() * 2 > std::max<std::size_t>(slots_.size(), 2))
        return false;
    // Half of the slots free, or looking for a missing one would not end.
    const auto used = static_cast<std::size_t>(
        std::count_if(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.row != unknown; }));
    return used <= idf_.size() && std::isfinite(unknown_idf_) &&
           std::all_of(idf_.begin(), idf_.end(), [](float idf) { return std::isfinite(idf); }) &&
           std::all_of(slots_.begin(), slots_.end(),
                       [&](const Slot& slot) { return slot.row == unknown || slot.row < idf_.size(); });
}

}  // namespace maru::nlu
