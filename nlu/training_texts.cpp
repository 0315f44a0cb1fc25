#include "nlu/training_texts.hpp"

#include "nlu/text/normalise.hpp"

namespace maru::nlu {
namespace {

// A name says less than a sentence and may be an id that says nothing.
constexpr float name_weight = 0.5F;

std::string label_words(std::string_view label) {
    if (const auto colon = label.find(':'); colon != std::string_view::npos) label.remove_prefix(colon + 1);
    std::string out(label);
    for (auto& c : out)
        if (c == '_' || c == '-' || c == '/' || c == '.') c = ' ';
    return out;
}

}  // namespace

LabelIds number_labels(const std::vector<Example>& examples) {
    LabelIds out;
    for (const auto& example : examples) out.ids.emplace(example.label, 0);
    for (auto& [label, id] : out.ids) {
        id = static_cast<std::uint32_t>(out.names.size());
        out.names.push_back(label);
    }
    return out;
}

void append_label_names(const LabelIds& labels, std::vector<TrainingText>& texts) {
    for (const auto& [label, id] : labels.ids)
        if (auto words = split_words(text::normalised(label_words(label))); !words.list.empty())
            texts.push_back({std::move(words), id, name_weight});
}

TrainingOptions training_options(const EngineOptions& options) {
    TrainingOptions training;
    training.seed = options.seed;
    training.progress = options.progress;
    training.meanings = std::make_shared<const MeaningLexicon>();
    return training;
}

}  // namespace maru::nlu
