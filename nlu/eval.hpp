// Measuring an engine against a labelled test set, as `maru nlu eval` prints it.
//
// Reads JSON lines {"text": "…", "intent": "name" | null}; null is out of scope. Blocking; call it off the
// serving threads. Latencies are wall-clock of this machine, everything else is reproducible.
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "nlu/engine.hpp"

namespace maru::nlu {

struct LabelledText {
    std::string text;
    std::optional<std::string> label;  // nullopt: out of scope
    int line = 0;
    std::string source = {};  // the whole row, a JSON object, as it was read; empty: it was not
};

// Lines that are no such object are problems named by `file` and line; blank lines are skipped.
struct LabelledTexts {
    std::vector<LabelledText> rows;
    std::vector<Problem> problems;
};
[[nodiscard]] LabelledTexts read_labelled(std::istream& in, const std::string& file);

struct Evaluation {
    std::size_t train = 0, test = 0, intents = 0;
    double threshold = 0;
    double accuracy = 0;           // all rows at the threshold
    double in_scope_accuracy = 0;  // in-scope rows recognised rightly at the threshold
    double top1_accuracy = 0, top3_accuracy = 0;
    double oos_recall = 0, oos_precision = 0;  // 0 when nothing was out of scope or rejected
    double train_seconds = 0;
    std::size_t model_bytes = 0;
    double latency_p50_us = 0, latency_p99_us = 0;

    struct Prediction {
        std::vector<Ranked> ranked;  // at most three
        bool accepted = false;
    };
    std::vector<Prediction> predictions;  // by test row
};

// What one message takes, in wall-clock microseconds: every text is understood once to warm the caches and
// once for the clock.
struct Latency {
    double p50_us = 0, p99_us = 0, worst_us = 0;
};
[[nodiscard]] Latency measure_latency(const Engine& engine, const std::vector<std::string_view>& texts);

// Trains on the in-scope rows of `train` and understands every row of `test`. `source` gives everything but
// the examples (rules, names, options).
struct EvaluationResult {
    std::optional<Evaluation> evaluation;
    std::vector<Problem> problems;
};
[[nodiscard]] EvaluationResult evaluate(const std::vector<LabelledText>& train,
                                        const std::vector<LabelledText>& test, EngineSource source);

// The one JSON object of `maru nlu eval`, and the JSON lines of its --predictions: every row as it was read,
// whatever else it holds, with `ranked` and `accepted` beside it.
[[nodiscard]] std::string to_json(const Evaluation& evaluation);
void write_predictions(std::ostream& out, const std::vector<LabelledText>& test,
                       const Evaluation& evaluation);

}  // namespace maru::nlu
