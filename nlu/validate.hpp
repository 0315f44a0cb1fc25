// Judging what an admin wrote before visitors do: cross-validation by label and examples that get in each
// other's way.
//
// Blocking and about as long as `folds` trainings; call it off the serving threads. Deterministic for the
// source.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "nlu/engine.hpp"

namespace maru::nlu {

struct LabelReport {
    std::string label;
    std::size_t examples = 0;
    double precision = 0, recall = 0, f1 = 0;
    std::vector<std::pair<std::string, std::size_t>> confusions;  // taken for these instead, most often first
    bool weak = false;  // recall or precision below 0.6, or fewer than five examples
};

// An example that every model trained without it takes for another label with confidence.
struct Suspect {
    Example example;
    std::string predicted;
    float confidence = 0;
};

struct Validation {
    std::size_t folds = 0;
    double accuracy = 0;
    float suggested_threshold = 0;
    std::vector<LabelReport> labels;  // weakest first
    std::vector<Suspect> suspects;    // surest first
    std::vector<Problem> duplicates;  // as find_duplicates()
};

// Needs at least two labels with two examples; otherwise labels and accuracy stay empty.
[[nodiscard]] Validation validate(const EngineSource& source, std::size_t folds = 5);

// Pairs of examples under different labels that ask the same: equal after normalisation without blanks and
// punctuation, or sharing nearly all their features. Each is a warning at the later place that names the
// other.
[[nodiscard]] std::vector<Problem> find_duplicates(const std::vector<Example>& examples);

// A table for people: labels from the weakest, confusions, suspects, duplicates, the threshold.
[[nodiscard]] std::string to_text(const Validation& validation);

}  // namespace maru::nlu
