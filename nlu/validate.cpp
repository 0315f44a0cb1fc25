#include "nlu/validate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <unordered_map>

#include "nlu/calibration.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/training_texts.hpp"

namespace maru::nlu {
namespace {

constexpr double weak_below = 0.6;
constexpr std::size_t few_examples = 5;
constexpr float suspect_from = 0.75F;
// Share of features two questions have in common from which they are one question.
constexpr float same_from = 0.9F;
// Beyond this many examples only equal ones are looked for; comparing all pairs grows too fast.
constexpr std::size_t compare_up_to = 20000;
constexpr std::size_t rare_features = 12;
constexpr std::ptrdiff_t compared_at_most = 200;

std::string letters_only(const Words& words) {
    std::string out;
    for (const auto& word : words.list)
        if (word.script != Script::symbol) out += text::to_utf8(words[word]);
    return out;
}

std::string pair_message(const Example& example, const Example& other, const char* how) {
    return "\"" + example.text + "\" (" + example.label + ") " + how + " \"" + other.text + "\" (" +
           other.label + ", " + to_string(other.place) + "); keep it under one label or make them differ";
}

}  // namespace

std::vector<Problem> find_duplicates(const std::vector<Example>& examples) {
    std::vector<Problem> out;
    const MeaningLexicon meanings;
    FeatureOptions options;
    options.meanings = false;  // likeness of wording, not of subject
    Vocabulary vocabulary;
    std::vector<std::vector<RawFeature>> raws(examples.size());
    std::unordered_map<std::string, std::vector<std::size_t>> by_letters;
    std::vector<std::vector<std::size_t>> equal(examples.size());
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const auto words = split_words(text::normalised(examples[i].text));
        extract(words, meanings, options, raws[i]);
        vocabulary.learn(raws[i]);
        auto& same = by_letters[letters_only(words)];
        for (const auto other : same)
            if (examples[other].label != examples[i].label && !words.list.empty()) {
                out.push_back({Problem::Kind::warning, examples[i].place,
                               pair_message(examples[i], examples[other], "is also")});
                equal[i].push_back(other);
                break;
            }
        same.push_back(i);
    }
    if (examples.size() > compare_up_to) return out;
    vocabulary.freeze(1);
    std::vector<Vectorised> vectors(examples.size());
    std::vector<std::vector<std::uint32_t>> postings(vocabulary.size());
    for (std::size_t i = 0; i < examples.size(); ++i) {
        vocabulary.vectorise(raws[i], options, vectors[i]);
        for (const auto& d : vectors[i].dimensions) postings[d.row].push_back(static_cast<std::uint32_t>(i));
    }
    // Texts that share nearly everything share their rarest features; only such pairs are compared in full.
    std::vector<float> dense(vocabulary.size(), 0.F);
    std::vector<std::uint8_t> meetings(examples.size(), 0);
    std::vector<std::uint32_t> met;
    std::vector<std::uint32_t> rows;
    const auto length = [](const Vectorised& vector) {
        float sum = 0;
        for (const auto& d : vector.dimensions) sum += d.value * d.value;
        return sum;
    };
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const auto& own = vectors[i];
        if (!equal[i].empty() || own.dimensions.empty()) continue;
        rows.clear();
        for (const auto& d : own.dimensions) rows.push_back(d.row);
        // Rare, but not its own alone.
        const auto rank = [&](std::uint32_t row) {
            return postings[row].size() < 2 ? SIZE_MAX : postings[row].size();
        };
        const auto kept = std::min<std::size_t>(rare_features, rows.size());
        std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end(),
                          [&](auto x, auto y) { return rank(x) < rank(y); });
        rows.resize(kept);
        met.clear();
        for (const auto row : rows) {
            const auto& list = postings[row];
            const auto upto = std::lower_bound(list.begin(), list.end(), i);
            const auto from = upto - list.begin() > compared_at_most ? upto - compared_at_most : list.begin();
            for (auto at = from; at != upto; ++at)
                if (examples[*at].label != examples[i].label && meetings[*at]++ == 0) met.push_back(*at);
        }
        for (const auto& d : own.dimensions) dense[d.row] = d.value;
        std::size_t nearest = examples.size();
        float most = same_from;
        for (const auto other : met) {
            if (meetings[other] * 2U >= kept) {
                float shared = 0;
                for (const auto& d : vectors[other].dimensions) shared += d.value * dense[d.row];
                const auto likeness =
                    shared / std::sqrt(std::max(length(own) * length(vectors[other]), 1e-9F));
                if (likeness >= most) most = likeness, nearest = other;
            }
            meetings[other] = 0;
        }
        for (const auto& d : own.dimensions) dense[d.row] = 0;
        if (nearest < examples.size())
            out.push_back({Problem::Kind::warning, examples[i].place,
                           pair_message(examples[i], examples[nearest], "is nearly the same as")});
    }
    return out;
}

Validation validate(const EngineSource& source, std::size_t folds) {
    Validation out;
    out.duplicates = find_duplicates(source.examples);
    const auto labels = number_labels(source.examples);
    const auto count = static_cast<std::uint32_t>(labels.names.size());
    std::vector<TrainingText> texts;
    std::vector<std::size_t> origin;
    std::vector<std::size_t> per_label(count, 0);
    std::vector<std::size_t> fold_of;
    for (std::size_t i = 0; i < source.examples.size(); ++i) {
        auto words = split_words(text::normalised(source.examples[i].text));
        if (words.list.empty()) continue;
        const auto id = labels.ids.find(source.examples[i].label)->second;
        fold_of.push_back(per_label[id]++ % std::max<std::size_t>(folds, 2));
        texts.push_back({std::move(words), id, 1});
        origin.push_back(i);
    }
    const auto enough =
        std::count_if(per_label.begin(), per_label.end(), [](std::size_t n) { return n >= 2; });
    if (enough < 2) return out;
    out.folds = std::max<std::size_t>(folds, 2);
    auto options = training_options(source.options);
    options.progress = nullptr;
    {
        auto all = texts;
        append_label_names(labels, all);
        out.suggested_threshold = Calibration::fit(all, count, options).threshold();
    }
    std::vector<std::map<std::uint32_t, std::size_t>> taken_for(count);
    std::vector<std::size_t> predicted(count, 0), right(count, 0);
    std::size_t rights = 0;
    Classifier::Scratch scratch;
    for (std::size_t fold = 0; fold < out.folds; ++fold) {
        std::vector<TrainingText> kept;
        for (std::size_t i = 0; i < texts.size(); ++i)
            if (fold_of[i] != fold) kept.push_back(texts[i]);
        append_label_names(labels, kept);
        const auto model = Classifier::train(kept, count, options);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (fold_of[i] != fold) continue;
            model.classify(texts[i].words, scratch);
            const auto top = static_cast<std::uint32_t>(
                std::max_element(scratch.scores.begin(), scratch.scores.begin() + count) -
                scratch.scores.begin());
            ++predicted[top];
            if (top == texts[i].label) {
                ++right[top], ++rights;
                continue;
            }
            ++taken_for[texts[i].label][top];
            if (scratch.scores[top] >= suspect_from)
                out.suspects.push_back({source.examples[origin[i]], labels.names[top], scratch.scores[top]});
        }
    }
    out.accuracy = static_cast<double>(rights) / static_cast<double>(texts.size());
    for (std::uint32_t c = 0; c < count; ++c) {
        LabelReport report;
        report.label = labels.names[c];
        report.examples = per_label[c];
        const auto of = [](std::size_t a, std::size_t b) {
            return b == 0 ? 0 : static_cast<double>(a) / static_cast<double>(b);
        };
        report.precision = of(right[c], predicted[c]);
        report.recall = of(right[c], per_label[c]);
        const auto sum = report.precision + report.recall;
        report.f1 = sum > 0 ? 2 * report.precision * report.recall / sum : 0;
        for (const auto& [other, times] : taken_for[c])
            report.confusions.emplace_back(labels.names[other], times);
        std::stable_sort(report.confusions.begin(), report.confusions.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        report.weak =
            report.recall < weak_below || report.precision < weak_below || report.examples < few_examples;
        out.labels.push_back(std::move(report));
    }
    std::stable_sort(out.labels.begin(), out.labels.end(),
                     [](const auto& a, const auto& b) { return a.f1 < b.f1; });
    std::stable_sort(out.suspects.begin(), out.suspects.end(),
                     [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
    return out;
}

std::string to_text(const Validation& validation) {
    std::string out;
    char line[256];
    std::snprintf(line, sizeof line, "%zu-fold accuracy %.1f %%, suggested threshold %.2f\n",
                  validation.folds, 100 * validation.accuracy,
                  static_cast<double>(validation.suggested_threshold));
    out += line;
    out += "  precision  recall     f1  examples  label\n";
    for (const auto& report : validation.labels) {
        std::snprintf(line, sizeof line, "%s %8.1f  %6.1f  %5.1f  %8zu  ", report.weak ? " !" : "  ",
                      100 * report.precision, 100 * report.recall, 100 * report.f1, report.examples);
        out += line + report.label;
        for (std::size_t i = 0; i < report.confusions.size() && i < 3; ++i)
            out += (i == 0 ? "  taken for " : ", ") + report.confusions[i].first + " ×" +
                   std::to_string(report.confusions[i].second);
        out += '\n';
    }
    for (const auto& suspect : validation.suspects) {
        std::snprintf(line, sizeof line, " (%.2f)", static_cast<double>(suspect.confidence));
        out += to_string(suspect.example.place) + ": \"" + suspect.example.text + "\" of " +
               suspect.example.label + " looks like " + suspect.predicted + line + '\n';
    }
    for (const auto& problem : validation.duplicates)
        out += to_string(problem.place) + ": " + problem.message + '\n';
    return out;
}

}  // namespace maru::nlu
