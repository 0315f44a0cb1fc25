#include "nlu/eval.hpp"

#include <algorithm>
#include <chrono>
#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>

namespace maru::nlu {
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

double percentile(std::vector<double>& sorted, double p) {
    if (sorted.empty()) return 0;
    const auto at = static_cast<std::size_t>(p * static_cast<double>(sorted.size() - 1) + 0.5);
    return sorted[at];
}

}  // namespace

LabelledTexts read_labelled(std::istream& in, const std::string& file) {
    LabelledTexts out;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        std::string_view body = line;
        if (number == 1 && body.starts_with(byte_order_mark)) body.remove_prefix(byte_order_mark.size());
        if (body.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto row = Json::parse(body, nullptr, false);
        const auto problem = [&](const char* what) {
            out.problems.push_back({Problem::Kind::error, {file, number, 0}, what});
        };
        if (!row.is_object()) {
            problem(R"(not a JSON object; a line is {"text": "…", "intent": "name"})");
        } else if (!row.contains("text") || !row["text"].is_string()) {
            problem("\"text\" is missing or not a string");
        } else if (!row.contains("intent") || !(row["intent"].is_string() || row["intent"].is_null())) {
            problem("\"intent\" is missing; write its name, or null for out of scope");
        } else {
            auto& added = out.rows.emplace_back();
            added.text = row["text"].get<std::string>();
            if (row["intent"].is_string()) added.label = row["intent"].get<std::string>();
            added.line = number;
            added.source = body;
        }
    }
    return out;
}

Latency measure_latency(const Engine& engine, const std::vector<std::string_view>& texts) {
    Latency out;
    if (texts.empty()) return out;
    std::vector<double> microseconds;
    microseconds.reserve(texts.size());
    for (const bool timed : {false, true})
        for (const auto text : texts) {
            const auto begin = Clock::now();
            const auto meaning = engine.understand(text);
            const std::chrono::duration<double, std::micro> taken = Clock::now() - begin;
            if (timed) microseconds.push_back(taken.count());
        }
    std::sort(microseconds.begin(), microseconds.end());
    out.p50_us = percentile(microseconds, 0.5);
    out.p99_us = percentile(microseconds, 0.99);
    out.worst_us = microseconds.back();
    return out;
}

EvaluationResult evaluate(const std::vector<LabelledText>& train, const std::vector<LabelledText>& test,
                          EngineSource source) {
    EvaluationResult out;
    for (const auto& row : train)
        if (row.label) source.examples.push_back({row.text, *row.label, {"", row.line, 0}});
    source.options.top_k = std::max<std::size_t>(source.options.top_k, 3);
    const auto start = Clock::now();
    auto built = Engine::build(source);
    const std::chrono::duration<double> trained = Clock::now() - start;
    out.problems = std::move(built.problems);
    if (!built.engine) return out;

    Evaluation e;
    e.train = source.examples.size();
    e.test = test.size();
    e.intents = built.engine->labels().size();
    e.threshold = static_cast<double>(built.engine->threshold());
    e.train_seconds = trained.count();
    e.model_bytes = built.engine->model_bytes();
    std::size_t right = 0, in_scope = 0, in_scope_right = 0, top1 = 0, top3 = 0, oos = 0, oos_right = 0,
                rejected = 0;
    for (const auto& row : test) {
        const auto meaning = built.engine->understand(row.text);
        auto& prediction = e.predictions.emplace_back();
        prediction.accepted = meaning.in_scope;
        prediction.ranked.assign(meaning.ranked.begin(),
                                 meaning.ranked.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(
                                                              3, meaning.ranked.size())));
        rejected += !prediction.accepted;
        if (!row.label) {
            ++oos;
            oos_right += !prediction.accepted;
            right += !prediction.accepted;
            continue;
        }
        ++in_scope;
        const auto& ranked = prediction.ranked;
        const bool best = !ranked.empty() && ranked.front().label == *row.label;
        top1 += best;
        top3 += std::any_of(ranked.begin(), ranked.end(),
                            [&](const Ranked& label) { return label.label == *row.label; });
        in_scope_right += best && prediction.accepted;
        right += best && prediction.accepted;
    }
    e.accuracy = share(right, test.size());
    e.in_scope_accuracy = share(in_scope_right, in_scope);
    e.top1_accuracy = share(top1, in_scope);
    e.top3_accuracy = share(top3, in_scope);
    e.oos_recall = share(oos_right, oos);
    e.oos_precision = share(oos_right, rejected);

    const std::vector<std::string_view> texts = [&] {
        std::vector<std::string_view> all;
        all.reserve(test.size());
        for (const auto& row : test) all.emplace_back(row.text);
        return all;
    }();
    const auto latency = measure_latency(*built.engine, texts);
    e.latency_p50_us = latency.p50_us;
    e.latency_p99_us = latency.p99_us;
    out.evaluation = std::move(e);
    return out;
}

std::string to_json(const Evaluation& e) {
    const Json json{{"train", e.train},
                    {"test", e.test},
                    {"intents", e.intents},
                    {"threshold", e.threshold},
                    {"accuracy", e.accuracy},
                    {"in_scope_accuracy", e.in_scope_accuracy},
                    {"top1_accuracy", e.top1_accuracy},
                    {"top3_accuracy", e.top3_accuracy},
                    {"oos_recall", e.oos_recall},
                    {"oos_precision", e.oos_precision},
                    {"train_seconds", e.train_seconds},
                    {"model_bytes", e.model_bytes},
                    {"latency_us", {{"p50", e.latency_p50_us}, {"p99", e.latency_p99_us}}}};
    return json.dump();
}

void write_predictions(std::ostream& out, const std::vector<LabelledText>& test,
                       const Evaluation& evaluation) {
    for (std::size_t i = 0; i < test.size(); ++i) {
        const auto& prediction = evaluation.predictions[i];
        auto ranked = Json::array();
        for (const auto& label : prediction.ranked) ranked.push_back({label.label, label.confidence});
        auto row = test[i].source.empty()
                       ? Json{{"text", test[i].text},
                              {"intent", test[i].label ? Json(*test[i].label) : Json(nullptr)}}
                       : Json::parse(test[i].source);
        row["ranked"] = std::move(ranked);
        row["accepted"] = prediction.accepted;
        out << row.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    }
}

}  // namespace maru::nlu
