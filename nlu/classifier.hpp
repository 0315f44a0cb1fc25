// Which of the trained labels a message means, and how sure that is.
//
// A softmax regression on sparse features, averaged (in log space) with two small one-hidden-layer networks
// on the same features, one that learns shares of all labels and one that learns each label against the rest;
// all trained by stochastic gradient descent on examples that are visited with random typing errors, side by
// side on threads of their own, then stored as bytes with one scale per row. Words nobody trained are read as
// the trained word they are one slip away from. Deterministic for a seed, whatever the processor.
//
// A trained Classifier is immutable and safe to share; a Scratch belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/features.hpp"
#include "nlu/huge_pages.hpp"
#include "nlu/kernels.hpp"
#include "nlu/speller.hpp"

namespace maru::nlu {

struct TrainingText {
    Words words;
    std::uint32_t label = 0;
    float weight = 1;
};

struct TrainingOptions {
    std::uint64_t seed = 1;
    int epochs = 14;
    float rate = 1.5F;
    float typo = 0.1F;    // chance per word of more than three letters, per visit
    float glue = 0.1F;    // chance per visit that a Korean text loses its blanks
    float smoothing = 0;  // of the target distribution
    // Where examples are few (under 30 a label) min_texts is 1, half of the units do, and pairs of words with
    // one between are not learned.
    std::uint32_t min_texts = 2;  // features of fewer texts are left out
    std::uint32_t hidden = 256;   // units of both networks together; 0: none
    int hidden_epochs = 14;
    float hidden_rate = 0.2F;      // of the first; the second learns at half of it
    float hidden_share = 2.F / 3;  // of the network in the joint opinion
    bool spelling = true;          // unknown words are read as the known one they nearly are
    FeatureOptions features;
    std::shared_ptr<const MeaningLexicon> meanings;  // made when null
    std::function<bool(double)> progress;            // share done; false abandons with TrainingAbandoned;
                                                     // called on the thread that called train()
};

// Thrown out of train() when the caller's progress function asks to stop.
struct TrainingAbandoned {};

class Classifier {
  public:
    struct Scratch {
        Words corrected;         // the message's words with slips put right…
        bool respelled = false;  // …when there were any
        std::vector<RawFeature> raw;
        Vectorised vector;
        std::vector<float> scores;  // probabilities by label after classify()
        std::vector<float> linear;  // probabilities of the linear part alone
        std::vector<float> second;
        std::vector<float> hidden;
        std::vector<Term> terms;
        float energy = 0;  // log-sum-exp of the linear scores: how much the message says at all
    };

    [[nodiscard]] static Classifier train(const std::vector<TrainingText>& texts, std::uint32_t labels,
                                          const TrainingOptions& options);

    // Probabilities of all labels for `words`, in scratch.scores.
    // `known`: words to be left as they are, besides those of the examples; may be null.
    void classify(const Words& words, Scratch& scratch, const KnownWords* known = nullptr) const;
    // What one dimension of scratch.vector adds to `label` over `other` (linear part).
    [[nodiscard]] float support(const Dimension& dimension, std::uint32_t label,
                                std::uint32_t other) const noexcept;

    [[nodiscard]] std::uint32_t labels() const noexcept { return labels_; }
    [[nodiscard]] std::size_t bytes() const noexcept;
    [[nodiscard]] const Vocabulary& vocabulary() const noexcept { return vocabulary_; }

    void save(std::string& out) const;
    // Takes what save() wrote off the front of `in`; false when it is not whole.
    [[nodiscard]] bool load(std::string_view& in, const FeatureOptions& features,
                            std::shared_ptr<const MeaningLexicon> meanings);

  private:
    // Rows of signed bytes, each with its scale.
    struct Packed {
        std::size_t width = 0;
        HugeVector<std::int8_t> cells;
        std::vector<float> scales;
        void pack(const std::vector<float>& rows, std::size_t row_width);
        // sums += x · row, over the terms, whose x are brought to the rows' scales.
        void add_rows(std::vector<Term>& terms, float* sums, const Kernels& kernels) const;
    };

    std::shared_ptr<const MeaningLexicon> meanings_;
    Speller speller_;
    Vocabulary vocabulary_;
    FeatureOptions features_;
    std::uint32_t labels_ = 0;
    Packed linear_;
    std::vector<float> linear_bias_;
    std::uint32_t hidden_ = 0;
    float hidden_share_ = 0;
    Packed inner_;
    std::vector<float> inner_bias_;
    Packed outer_;  // hidden × labels
    std::vector<float> outer_bias_;
    Kernels kernels_ = pick_kernels();
};

}  // namespace maru::nlu
