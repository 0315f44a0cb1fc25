#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <future>
#include <numeric>

#include "nlu/classifier.hpp"
#include "nlu/text/hangul.hpp"

namespace maru::nlu {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every platform, unlike the standard
// distributions.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        auto z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::uint32_t below(std::size_t n) { return static_cast<std::uint32_t>(next() % n); }
    float unit() { return static_cast<float>(next() >> 40) * (1.F / 16777216.F); }
    float normal() {  // sum of uniforms, close enough for initial weights
        float sum = 0;
        for (int i = 0; i < 12; ++i) sum += unit();
        return sum - 6;
    }

  private:
    std::uint64_t state_;
};

void shuffle(std::vector<std::uint32_t>& order, Random& random) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
}

void type_badly(std::u32string& word, Script script, Random& random) {
    if (script == Script::hangul) {
        // A slip within a syllable: another vowel, or a tail lost.
        const auto at = random.below(word.size());
        if (auto parts = text::split_syllable(word[at])) {
            if (random.below(2) == 0) {
                parts->vowel = static_cast<int>(random.below(21));
            } else {
                parts->tail = 0;
            }
            word[at] = text::join_syllable(*parts);
        }
        return;
    }
    const auto at = random.below(word.size());
    const auto letter = static_cast<char32_t>(U'a' + random.below(26));
    switch (random.below(4)) {
        case 0:
            word[at] = letter;
            break;
        case 1:
            word.erase(at, 1);
            break;
        case 2:
            word.insert(word.begin() + at, letter);
            break;
        default:
            if (at + 1 < word.size()) std::swap(word[at], word[at + 1]);
    }
}

// A copy as somebody in a hurry would have written it; false when nothing was changed.
bool vary(const Words& words, const TrainingOptions& options, Random& random, Words& out) {
    bool changed = false;
    out.codes.clear();
    out.list.clear();
    const bool glue = options.glue > 0 && random.unit() < options.glue;
    std::u32string letters;
    for (const auto& word : words.list) {
        letters = words[word];
        const std::size_t longer_than = word.script == Script::hangul ? 1 : 3;
        if (letters.size() > longer_than && word.script != Script::digits && random.unit() < options.typo) {
            type_badly(letters, word.script, random);
            changed = true;
        }
        if (glue && word.script == Script::hangul && !out.list.empty() &&
            out.list.back().script == Script::hangul) {
            out.codes += letters;
            out.list.back().count += static_cast<std::uint32_t>(letters.size());
            changed = true;
            continue;
        }
        out.list.push_back(word);
        out.list.back().first = static_cast<std::uint32_t>(out.codes.size());
        out.list.back().count = static_cast<std::uint32_t>(letters.size());
        out.codes += letters;
    }
    return changed;
}

// Visits every example once per epoch in random order, with typing errors, as vectors.
class Visits {
  public:
    Visits(const std::vector<TrainingText>& texts, const std::vector<Vectorised>& clean,
           const MeaningLexicon& meanings, const Vocabulary& vocabulary, const TrainingOptions& options,
           std::uint64_t seed)
        : texts_(texts),
          clean_(clean),
          meanings_(meanings),
          vocabulary_(vocabulary),
          options_(options),
          random_(seed),
          order_(texts.size()) {
        std::iota(order_.begin(), order_.end(), 0U);
    }
    template <typename Visit>
    void epoch(Visit&& visit) {
        shuffle(order_, random_);
        for (const auto index : order_) {
            const auto* vector = &clean_[index];
            if (vary(texts_[index].words, options_, random_, varied_)) {
                raw_.clear();
                extract(varied_, meanings_, options_.features, raw_);
                vocabulary_.vectorise(raw_, options_.features, vector_);
                vector = &vector_;
            }
            visit(texts_[index], vector->dimensions);
        }
    }

  private:
    const std::vector<TrainingText>& texts_;
    const std::vector<Vectorised>& clean_;
    const MeaningLexicon& meanings_;
    const Vocabulary& vocabulary_;
    const TrainingOptions& options_;
    Random random_;
    std::vector<std::uint32_t> order_;
    Words varied_;
    std::vector<RawFeature> raw_;
    Vectorised vector_;
};

// Gradients below this teach nothing any more.
constexpr float idle = 0.03F;
// Share of the gradient that the biases take.
constexpr float bias_share = 0.1F;

struct Course {
    const std::vector<TrainingText>& texts;
    const std::vector<Vectorised>& clean;  // by text, without typing errors
    const MeaningLexicon& meanings;
    const Vocabulary& vocabulary;
    const TrainingOptions& options;
    Kernels kernels;
    std::uint32_t labels;
    std::size_t width;

    // scores: probabilities in, what they lack of the target out. Returns the largest of it.
    float lacking(std::vector<float>& scores, std::uint32_t label) const {
        const auto smooth = options.smoothing / static_cast<float>(labels);
        float most = 0;
        for (std::uint32_t c = 0; c < labels; ++c) {
            scores[c] = smooth + (c == label ? 1 - options.smoothing : 0.F) - scores[c];
            most = std::max(most, std::abs(scores[c]));
        }
        for (std::size_t c = labels; c < width; ++c) scores[c] = 0;
        return most;
    }
};

struct Linear {
    std::vector<float> weights, bias;
};

// `tell` is called before each epoch with the share done and may throw to stop.
Linear train_linear(const Course& course, const std::function<void(double)>& tell) {
    const auto& options = course.options;
    const auto& kernels = course.kernels;
    const auto width = course.width;
    Linear out{std::vector<float>(std::size_t{course.vocabulary.size()} * width), std::vector<float>(width)};
    std::vector<float> scores(width);
    std::vector<std::uint32_t> moved;
    Visits visits(course.texts, course.clean, course.meanings, course.vocabulary, options, options.seed);
    const auto steps = static_cast<float>(course.texts.size()) * static_cast<float>(options.epochs);
    float done = 0;
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
        tell(static_cast<double>(epoch) / options.epochs);
        visits.epoch([&](const TrainingText& text, const std::vector<Dimension>& vector) {
            const auto rate = options.rate * (1 - done / steps) * text.weight;
            done += 1;
            std::copy(out.bias.begin(), out.bias.end(), scores.begin());
            for (const auto& d : vector)
                kernels.add_scaled(scores.data(), out.weights.data() + d.row * width, d.value, width);
            kernels.softmax(scores.data(), course.labels);
            course.lacking(scores, text.label);
            moved.clear();
            for (std::uint32_t c = 0; c < course.labels; ++c)
                if (std::abs(scores[c]) > 2e-4F) moved.push_back(c);
            if (moved.size() * 6 < course.labels) {
                for (const auto& d : vector) {
                    auto* row = out.weights.data() + d.row * width;
                    const auto x = rate * d.value;
                    for (const auto c : moved) row[c] += x * scores[c];
                }
                for (const auto c : moved) out.bias[c] += rate * bias_share * scores[c];
            } else {
                for (const auto& d : vector)
                    kernels.add_scaled(out.weights.data() + d.row * width, scores.data(), rate * d.value,
                                       width);
                kernels.add_scaled(out.bias.data(), scores.data(), rate * bias_share, width);
            }
        });
    }
    return out;
}

struct Network {
    std::vector<float> inner, inner_bias, outer, outer_bias;
};

// A label's share of all (softmax) and each label's own yes or no (one against the rest) err in different
// places, so one network learns the one and a second, which meets the examples in another order and with
// other typing errors, learns the other.
struct Lesson {
    std::size_t units;
    float rate;
    bool one_against_rest;
    std::uint64_t seed;
};

Network train_network(const Course& course, const Lesson& lesson, const std::function<void(double)>& tell) {
    const auto& options = course.options;
    const auto& kernels = course.kernels;
    const auto width = course.width;
    const auto units = lesson.units;
    Random random(lesson.seed + 77);
    Network out;
    out.inner.resize(std::size_t{course.vocabulary.size()} * units);
    const auto spread = 0.5F / std::sqrt(8.F);
    for (auto& w : out.inner) w = spread * (random.unit() - 0.5F);
    out.inner_bias.resize(units);
    out.outer.resize(units * width);
    for (std::size_t h = 0; h < units; ++h)
        for (std::uint32_t c = 0; c < course.labels; ++c)
            out.outer[h * width + c] = random.normal() * (1.F / std::sqrt(static_cast<float>(units)));
    // At the start every label is as unlikely as any.
    const auto unlikely = -std::log(static_cast<float>(std::max(course.labels, 2U) - 1));
    out.outer_bias.assign(width, lesson.one_against_rest ? unlikely : 0.F);
    std::vector<float> scores(width), h(units), gh(units);
    Visits visits(course.texts, course.clean, course.meanings, course.vocabulary, options, lesson.seed);
    const auto steps = static_cast<float>(course.texts.size()) * static_cast<float>(options.hidden_epochs);
    float done = 0;
    for (int epoch = 0; epoch < options.hidden_epochs; ++epoch) {
        tell(static_cast<double>(epoch) / options.hidden_epochs);
        visits.epoch([&](const TrainingText& text, const std::vector<Dimension>& vector) {
            const auto rate = lesson.rate * (1 - done / steps) * text.weight;
            done += 1;
            std::copy(out.inner_bias.begin(), out.inner_bias.end(), h.begin());
            for (const auto& d : vector)
                kernels.add_scaled(h.data(), out.inner.data() + d.row * units, d.value, units);
            std::copy(out.outer_bias.begin(), out.outer_bias.end(), scores.begin());
            for (std::size_t u = 0; u < units; ++u)
                if (h[u] > 0) kernels.add_scaled(scores.data(), out.outer.data() + u * width, h[u], width);
            if (lesson.one_against_rest) {
                for (std::uint32_t c = 0; c < course.labels; ++c) scores[c] = 1 / (1 + std::exp(-scores[c]));
            } else {
                kernels.softmax(scores.data(), course.labels);
            }
            if (course.lacking(scores, text.label) < idle) return;
            for (std::size_t u = 0; u < units; ++u) {
                gh[u] = 0;
                if (h[u] <= 0) continue;
                gh[u] = kernels.dot(out.outer.data() + u * width, scores.data(), width);
                kernels.add_scaled(out.outer.data() + u * width, scores.data(), rate * h[u], width);
            }
            kernels.add_scaled(out.outer_bias.data(), scores.data(), rate * bias_share, width);
            for (const auto& d : vector)
                kernels.add_scaled(out.inner.data() + d.row * units, gh.data(), rate * d.value, units);
            kernels.add_scaled(out.inner_bias.data(), gh.data(), rate * bias_share, units);
        });
    }
    return out;
}

// Two networks as one whose outputs are their average. The second's units are brought to the scale of the
// first's (which the rectifier lets pass), because a row of bytes has one scale.
Network joined(const Network& a, std::size_t a_units, const Network& b, std::size_t b_units,
               std::size_t width) {
    const auto size_of = [](const std::vector<float>& weights) {
        double squares = 0;
        for (const auto w : weights) squares += static_cast<double>(w) * static_cast<double>(w);
        return std::sqrt(squares / static_cast<double>(std::max<std::size_t>(weights.size(), 1)));
    };
    const auto b_size = size_of(b.inner);
    const auto scale = b_size > 0 ? static_cast<float>(size_of(a.inner) / b_size) : 1.F;
    Network out;
    out.inner.reserve(a.inner.size() + b.inner.size());
    const auto append = [](std::vector<float>& to, const std::vector<float>& from, std::size_t first,
                           std::size_t count, float factor) {
        for (std::size_t i = 0; i < count; ++i) to.push_back(factor * from[first + i]);
    };
    for (std::size_t row = 0; row * a_units < a.inner.size(); ++row) {
        append(out.inner, a.inner, row * a_units, a_units, 1);
        append(out.inner, b.inner, row * b_units, b_units, scale);
    }
    append(out.inner_bias, a.inner_bias, 0, a_units, 1);
    append(out.inner_bias, b.inner_bias, 0, b_units, scale);
    append(out.outer, a.outer, 0, a.outer.size(), 0.5F);
    append(out.outer, b.outer, 0, b.outer.size(), 0.5F / scale);
    for (std::size_t c = 0; c < width; ++c)
        out.outer_bias.push_back(0.5F * (a.outer_bias[c] + b.outer_bias[c]));
    return out;
}

}  // namespace

void Classifier::Packed::pack(const std::vector<float>& rows, std::size_t row_width) {
    width = row_width;
    const auto count = width == 0 ? 0 : rows.size() / width;
    cells.resize(rows.size());
    scales.resize(count);
    for (std::size_t r = 0; r < count; ++r) {
        const auto* row = rows.data() + r * width;
        float top = 0;
        for (std::size_t i = 0; i < width; ++i) top = std::max(top, std::abs(row[i]));
        scales[r] = top / 127;
        const auto inverse = top > 0 ? 127 / top : 0;
        for (std::size_t i = 0; i < width; ++i)
            cells[r * width + i] = static_cast<std::int8_t>(std::lround(row[i] * inverse));
    }
}

Classifier Classifier::train(const std::vector<TrainingText>& texts, std::uint32_t labels,
                             const TrainingOptions& given) {
    Classifier model;
    model.features_ = given.features;
    // With few examples a feature of one text is all there is, and there is nothing to learn large parts
    // from.
    constexpr std::size_t many = 30;  // examples a label
    auto options = given;
    if (texts.size() < many * labels) {
        options.min_texts = 1;
        options.features.skips = false;
        options.hidden /= 2;
    }
    model.meanings_ = options.meanings ? options.meanings : std::make_shared<const MeaningLexicon>();
    model.labels_ = labels;
    std::vector<RawFeature> raw;
    for (const auto& text : texts) {
        raw.clear();
        extract(text.words, *model.meanings_, options.features, raw);
        model.vocabulary_.learn(raw);
        if (options.spelling) model.speller_.learn(text.words);
    }
    model.vocabulary_.freeze(options.min_texts);
    if (options.spelling) model.speller_.freeze();
    std::vector<Vectorised> clean(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        raw.clear();
        extract(texts[i].words, *model.meanings_, options.features, raw);
        model.vocabulary_.vectorise(raw, options.features, clean[i]);
    }
    const Course course{texts,   clean,          *model.meanings_, model.vocabulary_,
                        options, model.kernels_, labels,           padded(labels)};
    const auto tell = [&](double done) {
        if (options.progress && !options.progress(done)) throw TrainingAbandoned();
    };

    // The parts know nothing of each other, so they learn side by side.
    std::atomic<bool> abandoned = false;
    const auto half = padded(options.hidden / 2);
    const auto learn = [&](const Lesson& lesson) {
        return std::async(std::launch::async, [&course, &abandoned, lesson] {
            return train_network(course, lesson, [&](double) {
                if (abandoned.load()) throw TrainingAbandoned();
            });
        });
    };
    std::array<std::future<Network>, 2> networks;
    if (half > 0)
        networks = {learn({half, options.hidden_rate, false, options.seed + 1}),
                    learn({half, options.hidden_rate / 2, true, options.seed + 2})};
    try {
        auto linear = train_linear(course, [&](double done) { tell(0.6 * done); });
        model.linear_.pack(linear.weights, course.width);
        model.linear_bias_ = std::move(linear.bias);
        double done = 0.6;
        for (const auto& network : networks)
            for (; network.valid() &&
                   network.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready;
                 done += 0.05 * (1 - done))
                tell(done);
    } catch (...) {
        abandoned = true;  // the futures' destructors wait for the others to notice
        throw;
    }
    if (half > 0) {
        auto learned = joined(networks[0].get(), half, networks[1].get(), half, course.width);
        model.hidden_ = static_cast<std::uint32_t>(2 * half);
        model.hidden_share_ = options.hidden_share;
        model.inner_.pack(learned.inner, 2 * half);
        model.inner_bias_ = std::move(learned.inner_bias);
        model.outer_.pack(learned.outer, course.width);
        model.outer_bias_ = std::move(learned.outer_bias);
    }
    return model;
}

}  // namespace maru::nlu
