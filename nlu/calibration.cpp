#include "nlu/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace maru::nlu {
namespace {

struct Outcome {
    Calibration::Signals signals{};
    bool right = false;
    bool known = false;  // its label was among the trained ones
};

float logistic(float x) {
    return 1 / (1 + std::exp(-x));
}

float product(const Calibration::Signals& a, const Calibration::Signals& b) {
    float sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

// Share of correct answers on known labels that may fall to the threshold.
constexpr double given_up = 0.022;

}  // namespace

Calibration::Signals Calibration::signals_of(const Classifier::Scratch& scratch, std::uint32_t labels,
                                             std::uint32_t top) {
    const auto& p = scratch.linear;
    float second = 1e-6F;
    for (std::uint32_t c = 0; c < labels; ++c)
        if (c != top) second = std::max(second, p[c]);
    const auto first = std::clamp(p[top], 1e-4F, 1 - 1e-4F);
    return {1, std::log(first / (1 - first)), std::clamp(std::log(first / second), -4.F, 9.F),
            scratch.vector.coverage, std::clamp(scratch.energy, -2.F, 20.F)};
}

float Calibration::confidence(const Signals& seen) const noexcept {
    return std::clamp(logistic(product(weights_, seen)), 0.F, 1.F);
}

Calibration Calibration::fit(const std::vector<TrainingText>& texts, std::uint32_t labels,
                             const TrainingOptions& options) {
    Calibration out;
    if (labels < 2 || texts.size() < 3 * std::size_t{labels}) return out;
    // The linear part alone: it ranks scope as well as both together and trains in a fraction of the time.
    auto training = options;
    training.hidden = 0;
    training.epochs = std::max(8, options.epochs / 2);
    const std::uint32_t folds = texts.size() > 6000 ? 1 : texts.size() > 2500 ? 3 : 5;
    std::vector<Outcome> outcomes;
    Classifier::Scratch scratch;
    for (std::uint32_t fold = 0; fold < folds; ++fold) {
        // Every fifth label or so plays the unknown.
        const auto is_unknown = [&](std::uint32_t label) {
            return labels >= 4 && mix(label * 7919 + options.seed) % 5 == fold % 5;
        };
        std::vector<TrainingText> kept;
        std::vector<const TrainingText*> asked;
        std::vector<std::uint32_t> turn(labels, 0);
        for (const auto& text : texts) {
            const bool held = text.weight >= 1 && (turn[text.label]++ % std::max(folds, 3U)) == fold;
            if (is_unknown(text.label)) {
                if (text.weight >= 1 && (held || texts.size() < 2500)) asked.push_back(&text);
            } else if (held) {
                asked.push_back(&text);
            } else {
                kept.push_back(text);
            }
        }
        if (kept.empty()) continue;
        const auto model = Classifier::train(kept, labels, training);
        for (const auto* text : asked) {
            model.classify(text->words, scratch);
            // Labels nobody trained have scores of their own near zero; they never win.
            const auto top = static_cast<std::uint32_t>(
                std::max_element(scratch.linear.begin(), scratch.linear.begin() + labels) -
                scratch.linear.begin());
            outcomes.push_back(
                {signals_of(scratch, labels, top), top == text->label, !is_unknown(text->label)});
        }
    }
    if (outcomes.size() < 40) return out;

    // Logistic regression by gradient descent, drawn to the built-in weights as if they had seen 200
    // messages.
    const auto prior = out.weights_;
    auto weights = prior;
    Signals scale{1, 3, 3, .5F, 5};
    const auto n = static_cast<float>(outcomes.size());
    for (int round = 0; round < 400; ++round) {
        Signals gradient{};
        for (const auto& outcome : outcomes) {
            const auto error = (outcome.right ? 1.F : 0.F) - logistic(product(weights, outcome.signals));
            for (std::size_t i = 0; i < signals; ++i) gradient[i] += error * outcome.signals[i];
        }
        for (std::size_t i = 0; i < signals; ++i)
            weights[i] += 0.5F / (scale[i] * scale[i]) *
                          (gradient[i] / n - 200.F / n * 0.05F * (weights[i] - prior[i]));
    }
    out.weights_ = weights;
    std::vector<float> right;
    for (const auto& outcome : outcomes)
        if (outcome.right) right.push_back(out.confidence(outcome.signals));
    if (right.size() >= 20) {
        std::sort(right.begin(), right.end());
        out.threshold_ = std::clamp(
            right[static_cast<std::size_t>(static_cast<double>(right.size()) * given_up)], 0.05F, 0.9F);
    }
    return out;
}

void Calibration::save(std::string& out) const {
    out.append(reinterpret_cast<const char*>(weights_.data()), sizeof weights_);
    out.append(reinterpret_cast<const char*>(&threshold_), sizeof threshold_);
}

bool Calibration::load(std::string_view& in) {
    if (in.size() < sizeof weights_ + sizeof threshold_) return false;
    std::memcpy(weights_.data(), in.data(), sizeof weights_);
    in.remove_prefix(sizeof weights_);
    std::memcpy(&threshold_, in.data(), sizeof threshold_);
    in.remove_prefix(sizeof threshold_);
    return std::isfinite(threshold_) &&
           std::all_of(weights_.begin(), weights_.end(), [](float x) { return std::isfinite(x); });
}

}  // namespace maru::nlu
