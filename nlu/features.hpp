// From words to a sparse vector: what the classifier sees of a message.
//
// Blocks, each scaled to length one: words and pairs of words; letters inside words (2–5-grams, in Korean
// syllables 1–2); Korean syllables across blanks (so spacing does not matter); meanings from the lexicon.
// Inside a block a feature weighs (1 + ln count) · idf.
//
// Extractor and Vocabulary are immutable once made and safe to share; the scratch values are one per thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "nlu/huge_pages.hpp"
#include "nlu/meanings.hpp"
#include "nlu/words.hpp"

namespace maru::nlu {

enum class Block : std::uint8_t { word, letters, syllables, meaning };
inline constexpr std::size_t block_count = 4;

// A feature as it stands in a message: its hash and the words it spans.
struct RawFeature {
    std::uint64_t hash = 0;
    std::uint16_t first_word = 0;
    std::uint16_t last_word = 0;
    Block block = Block::word;
};

// The switches are there to measure what each ingredient adds.
struct FeatureOptions {
    std::array<float, block_count> weight{1.F, 1.F, 1.F, 0.6F};
    int letters_min = 2;
    int letters_max = 5;
    bool stems = true;     // English words also without their endings
    bool pairs = true;     // of neighbouring words
    bool skips = true;     // pairs with a word between
    bool meanings = true;  // from MeaningLexicon
};

// Appends the features of `words`. The same words give the same features in every process.
void extract(const Words& words, const MeaningLexicon& meanings, const FeatureOptions& options,
             std::vector<RawFeature>& out);

// One dimension of a vector: the feature's row and its value.
struct Dimension {
    std::uint32_t row = 0;
    float value = 0;
    std::uint16_t first_word = 0;  // where it stands first
    std::uint16_t last_word = 0;
};

struct Vectorised {
    std::vector<Dimension> dimensions;
    float coverage =
        1;  // share of the words (by weight) that the vocabulary knows; of long Korean ones, in part
};

// The features seen in training, with their rows and idf.
class Vocabulary {
  public:
    Vocabulary() = default;
    // Counts one training text's features.
    void learn(const std::vector<RawFeature>& features);
    // Ends learning: drops features in fewer than `min_texts` texts and weighs the rest.
    void freeze(std::uint32_t min_texts);

    static constexpr std::uint32_t unknown = UINT32_MAX;
    [[nodiscard]] std::uint32_t row(std::uint64_t hash) const noexcept;
    [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(idf_.size()); }
    [[nodiscard]] std::size_t bytes() const noexcept;

    void vectorise(const std::vector<RawFeature>& features, const FeatureOptions& options,
                   Vectorised& out) const;

    void save(std::string& out) const;
    [[nodiscard]] bool load(std::string_view& in);

  private:
    struct Slot {
        std::uint32_t key = 0;  // upper half of the hash; the lower half places it
        std::uint32_t row = unknown;
    };
    void rehash(std::size_t slots);
    [[nodiscard]] std::size_t find(std::uint64_t hash) const noexcept;

    HugeVector<Slot> slots_;
    std::vector<std::uint64_t> hashes_;  // by row; only while learning
    std::vector<std::uint32_t> texts_;   // by row; only while learning
    std::vector<std::uint32_t> last_;    // by row: the last text that had it; only while learning
    std::vector<float> idf_;
    std::uint32_t count_ = 0;
    float unknown_idf_ = 1;
};

[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t h) noexcept {
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93ULL;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93ULL;
    return h ^ (h >> 32);
}

}  // namespace maru::nlu
