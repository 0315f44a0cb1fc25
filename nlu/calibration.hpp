// From raw scores to a confidence that means something, and the threshold below which a message is out of
// scope.
//
// Out-of-scope messages are never among the examples. So some labels are left out of training in turn and
// their examples play visitors who ask for something the bot does not know, beside held-out examples of the
// labels that stayed. A logistic regression over a few signals learns to tell "right" from "wrong or
// unknown"; with few examples it stays close to weights measured on public data sets.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "nlu/classifier.hpp"

namespace maru::nlu {

class Calibration {
  public:
    static constexpr std::size_t signals = 5;
    using Signals = std::array<float, signals>;

    // `top` is the label to be judged.
    [[nodiscard]] static Signals signals_of(const Classifier::Scratch& scratch, std::uint32_t labels,
                                            std::uint32_t top);

    // Probability that the top label is what was meant.
    [[nodiscard]] float confidence(const Signals& seen) const noexcept;
    [[nodiscard]] float threshold() const noexcept { return threshold_; }

    // Cross-validates on `texts`. Sizes it cannot learn from leave the built-in weights. Of options.progress
    // only the wish to stop counts: the share done is that of one training of several.
    [[nodiscard]] static Calibration fit(const std::vector<TrainingText>& texts, std::uint32_t labels,
                                         const TrainingOptions& options);

    void save(std::string& out) const;
    [[nodiscard]] bool load(std::string_view& in);

  private:
    Signals weights_{-0.6F, 0.55F, 0.15F, 1.6F, 0.F};
    float threshold_ = 0.4F;
};

}  // namespace maru::nlu
