// From examples to what the classifier is trained on, the same way for building and for validating.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "nlu/classifier.hpp"
#include "nlu/engine.hpp"

namespace maru::nlu {

struct LabelIds {
    std::vector<std::string> names;  // sorted
    std::map<std::string, std::uint32_t, std::less<>> ids;
};
[[nodiscard]] LabelIds number_labels(const std::vector<Example>& examples);

// What the labels' own names say ("faq:delivery_time"), as light examples.
void append_label_names(const LabelIds& labels, std::vector<TrainingText>& texts);

[[nodiscard]] TrainingOptions training_options(const EngineOptions& options);

}  // namespace maru::nlu
