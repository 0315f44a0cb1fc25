#include "nlu/classifier.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

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

// In place; returns log-sum-exp.
float softmax(float* scores, std::size_t n) {
    const auto top = *std::max_element(scores, scores + n);
    float sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        scores[i] = std::exp(scores[i] - top);
        sum += scores[i];
    }
    for (std::size_t i = 0; i < n; ++i) scores[i] /= sum;
    return top + std::log(sum);
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
                             const TrainingOptions& options) {
    Classifier model;
    model.features_ = options.features;
    model.meanings_ = options.meanings ? options.meanings : std::make_shared<const MeaningLexicon>();
    model.labels_ = labels;
    std::vector<RawFeature> raw;
    for (const auto& text : texts) {
        raw.clear();
        extract(text.words, *model.meanings_, options.features, raw);
        model.vocabulary_.learn(raw);
    }
    model.vocabulary_.freeze(options.min_texts);
    std::vector<Vectorised> clean(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        raw.clear();
        extract(texts[i].words, *model.meanings_, options.features, raw);
        model.vocabulary_.vectorise(raw, options.features, clean[i]);
    }

    const auto tell = [&](double done) {
        if (options.progress && !options.progress(done)) throw TrainingAbandoned();
    };
    const auto kernels = model.kernels_;
    const auto rows = model.vocabulary_.size();
    const auto width = padded(labels);
    std::vector<float> scores(width);
    std::vector<std::uint32_t> moved;
    const auto smooth = options.smoothing / static_cast<float>(labels);
    {
        std::vector<float> weights(std::size_t{rows} * width);
        std::vector<float> bias(width);
        Visits visits(texts, clean, *model.meanings_, model.vocabulary_, options, options.seed);
        const auto steps = static_cast<float>(texts.size()) * static_cast<float>(options.epochs);
        float done = 0;
        for (int epoch = 0; epoch < options.epochs; ++epoch) {
            tell(0.4 * epoch / options.epochs);
            visits.epoch([&](const TrainingText& text, const std::vector<Dimension>& vector) {
                const auto rate = options.rate * (1 - done / steps) * text.weight;
                done += 1;
                std::copy(bias.begin(), bias.end(), scores.begin());
                for (const auto& d : vector)
                    kernels.add_scaled(scores.data(), weights.data() + d.row * width, d.value, width);
                softmax(scores.data(), labels);
                moved.clear();
                for (std::uint32_t c = 0; c < labels; ++c) {
                    const auto target = smooth + (c == text.label ? 1 - options.smoothing : 0.F);
                    scores[c] = target - scores[c];
                    if (std::abs(scores[c]) > 2e-4F) moved.push_back(c);
                }
                for (std::size_t c = labels; c < width; ++c) scores[c] = 0;
                if (moved.size() * 6 < labels) {
                    for (const auto& d : vector) {
                        auto* row = weights.data() + d.row * width;
                        const auto x = rate * d.value;
                        for (const auto c : moved) row[c] += x * scores[c];
                    }
                    for (const auto c : moved) bias[c] += rate * 0.1F * scores[c];
                } else {
                    for (const auto& d : vector)
                        kernels.add_scaled(weights.data() + d.row * width, scores.data(), rate * d.value,
                                           width);
                    kernels.add_scaled(bias.data(), scores.data(), rate * 0.1F, width);
                }
            });
        }
        model.linear_.pack(weights, width);
        model.linear_bias_ = bias;
    }

    if (options.hidden > 0) {
        const auto units = padded(options.hidden);
        model.hidden_ = static_cast<std::uint32_t>(units);
        model.hidden_share_ = options.hidden_share;
        Random random(options.seed + 77);
        std::vector<float> inner(std::size_t{rows} * units);
        const auto spread = 0.5F / std::sqrt(8.F);
        for (auto& w : inner) w = spread * (random.unit() - 0.5F);
        std::vector<float> inner_bias(units, 0.F);
        std::vector<float> outer(units * width);
        for (std::size_t h = 0; h < units; ++h)
            for (std::uint32_t c = 0; c < labels; ++c)
                outer[h * width + c] = random.normal() * (1.F / std::sqrt(static_cast<float>(units)));
        std::vector<float> outer_bias(width, 0.F);
        std::vector<float> h(units), gh(units);
        Visits visits(texts, clean, *model.meanings_, model.vocabulary_, options, options.seed + 1);
        const auto steps = static_cast<float>(texts.size()) * static_cast<float>(options.hidden_epochs);
        float done = 0;
        for (int epoch = 0; epoch < options.hidden_epochs; ++epoch) {
            tell(0.4 + 0.6 * epoch / options.hidden_epochs);
            visits.epoch([&](const TrainingText& text, const std::vector<Dimension>& vector) {
                const auto rate = options.hidden_rate * (1 - done / steps) * text.weight;
                done += 1;
                std::copy(inner_bias.begin(), inner_bias.end(), h.begin());
                for (const auto& d : vector)
                    kernels.add_scaled(h.data(), inner.data() + d.row * units, d.value, units);
                for (auto& x : h) x = x > 0 ? x : 0;
                std::copy(outer_bias.begin(), outer_bias.end(), scores.begin());
                for (std::size_t u = 0; u < units; ++u)
                    if (h[u] > 0) kernels.add_scaled(scores.data(), outer.data() + u * width, h[u], width);
                softmax(scores.data(), labels);
                float big = 0;
                for (std::uint32_t c = 0; c < labels; ++c) {
                    const auto target = smooth + (c == text.label ? 1 - options.smoothing : 0.F);
                    scores[c] = target - scores[c];
                    big = std::max(big, std::abs(scores[c]));
                }
                for (std::size_t c = labels; c < width; ++c) scores[c] = 0;
                if (big < 0.03F) return;
                for (std::size_t u = 0; u < units; ++u) {
                    gh[u] = 0;
                    if (h[u] <= 0) continue;
                    gh[u] = kernels.dot(outer.data() + u * width, scores.data(), width);
                    kernels.add_scaled(outer.data() + u * width, scores.data(), rate * h[u], width);
                }
                kernels.add_scaled(outer_bias.data(), scores.data(), rate * 0.1F, width);
                for (const auto& d : vector)
                    kernels.add_scaled(inner.data() + d.row * units, gh.data(), rate * d.value, units);
                kernels.add_scaled(inner_bias.data(), gh.data(), rate * 0.1F, units);
            });
        }
        model.inner_.pack(inner, units);
        model.inner_bias_ = inner_bias;
        model.outer_ = outer;
        model.outer_bias_ = outer_bias;
    }
    return model;
}

void Classifier::classify(const Words& words, Scratch& scratch) const {
    scratch.raw.clear();
    extract(words, *meanings_, features_, scratch.raw);
    vocabulary_.vectorise(scratch.raw, features_, scratch.vector);
    const auto width = linear_.width;
    scratch.scores.assign(linear_bias_.begin(), linear_bias_.end());
    for (const auto& d : scratch.vector.dimensions)
        kernels_.add_scaled_bytes(scratch.scores.data(), linear_.cells.data() + d.row * width,
                                  d.value * linear_.scales[d.row], width);
    if (labels_ == 0) return;
    scratch.energy = softmax(scratch.scores.data(), labels_);
    scratch.linear = scratch.scores;
    if (hidden_ == 0) return;
    scratch.hidden.assign(inner_bias_.begin(), inner_bias_.end());
    for (const auto& d : scratch.vector.dimensions)
        kernels_.add_scaled_bytes(scratch.hidden.data(), inner_.cells.data() + d.row * hidden_,
                                  d.value * inner_.scales[d.row], hidden_);
    scratch.second.assign(outer_bias_.begin(), outer_bias_.end());
    for (std::size_t u = 0; u < hidden_; ++u)
        if (scratch.hidden[u] > 0)
            kernels_.add_scaled(scratch.second.data(), outer_.data() + u * width, scratch.hidden[u], width);
    softmax(scratch.second.data(), labels_);
    for (std::uint32_t c = 0; c < labels_; ++c)
        scratch.scores[c] = (1 - hidden_share_) * scratch.scores[c] + hidden_share_ * scratch.second[c];
}

float Classifier::support(const Dimension& dimension, std::uint32_t label,
                          std::uint32_t other) const noexcept {
    const auto* row = linear_.cells.data() + dimension.row * linear_.width;
    return dimension.value * linear_.scales[dimension.row] * static_cast<float>(row[label] - row[other]);
}

namespace {

template <typename T>
void put(std::string& out, const std::vector<T>& values) {
    const std::uint64_t size = values.size();
    out.append(reinterpret_cast<const char*>(&size), sizeof size);
    out.append(reinterpret_cast<const char*>(values.data()), size * sizeof(T));
}
template <typename T>
bool take(std::string_view& in, std::vector<T>& values, std::size_t expected) {
    std::uint64_t size = 0;
    if (in.size() < sizeof size) return false;
    std::memcpy(&size, in.data(), sizeof size);
    in.remove_prefix(sizeof size);
    if (size != expected || size > in.size() / sizeof(T)) return false;
    values.resize(size);
    std::memcpy(values.data(), in.data(), size * sizeof(T));
    in.remove_prefix(size * sizeof(T));
    return true;
}

}  // namespace

void Classifier::save(std::string& out) const {
    vocabulary_.save(out);
    const std::uint32_t head[2] = {labels_, hidden_};
    out.append(reinterpret_cast<const char*>(head), sizeof head);
    out.append(reinterpret_cast<const char*>(&hidden_share_), sizeof hidden_share_);
    put(out, linear_.cells), put(out, linear_.scales), put(out, linear_bias_);
    put(out, inner_.cells), put(out, inner_.scales), put(out, inner_bias_);
    put(out, outer_), put(out, outer_bias_);
}

bool Classifier::load(std::string_view& in, const FeatureOptions& features,
                      std::shared_ptr<const MeaningLexicon> meanings) {
    features_ = features;
    meanings_ = std::move(meanings);
    std::uint32_t head[2];
    if (!vocabulary_.load(in) || in.size() < sizeof head + sizeof hidden_share_) return false;
    std::memcpy(head, in.data(), sizeof head);
    in.remove_prefix(sizeof head);
    std::memcpy(&hidden_share_, in.data(), sizeof hidden_share_);
    in.remove_prefix(sizeof hidden_share_);
    labels_ = head[0], hidden_ = head[1];
    if (labels_ > 1'000'000 || hidden_ > 65536 || hidden_ % lane != 0) return false;
    const std::size_t rows = vocabulary_.size();
    const auto width = padded(labels_);
    linear_.width = width, inner_.width = hidden_;
    const std::size_t inner_rows = hidden_ > 0 ? rows : 0;
    const std::size_t outer_cells = std::size_t{hidden_} * width;
    return take(in, linear_.cells, rows * width) && take(in, linear_.scales, width > 0 ? rows : 0) &&
           take(in, linear_bias_, width) && take(in, inner_.cells, inner_rows * hidden_) &&
           take(in, inner_.scales, inner_rows) && take(in, inner_bias_, hidden_) &&
           take(in, outer_, outer_cells) && take(in, outer_bias_, hidden_ > 0 ? width : 0);
}

std::size_t Classifier::bytes() const noexcept {
    return vocabulary_.bytes() + linear_.cells.size() + inner_.cells.size() +
           sizeof(float) * (linear_.scales.size() + inner_.scales.size() + linear_bias_.size() +
                            inner_bias_.size() + outer_.size() + outer_bias_.size());
}

}  // namespace maru::nlu
