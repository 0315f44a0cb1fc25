#include "nlu/classifier.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "nlu/stored.hpp"

namespace maru::nlu {

void Classifier::Packed::add_rows(std::vector<Term>& terms, float* sums, const Kernels& kernels) const {
    for (auto& term : terms) term.x *= scales[term.row];
    kernels.add_rows(sums, cells.data(), width, terms.data(), terms.size());
}

void Classifier::classify(const Words& words, Scratch& scratch, const KnownWords* known) const {
    scratch.raw.clear();
    scratch.respelled = speller_.correct(words, scratch.corrected, known);
    extract(scratch.respelled ? scratch.corrected : words, *meanings_, features_, scratch.raw);
    vocabulary_.vectorise(scratch.raw, features_, scratch.vector);
    auto& terms = scratch.terms;
    const auto of_message = [&] {
        terms.clear();
        for (const auto& d : scratch.vector.dimensions) terms.push_back({d.row, d.value});
    };
    scratch.scores.assign(linear_bias_.begin(), linear_bias_.end());
    of_message();
    linear_.add_rows(terms, scratch.scores.data(), kernels_);
    if (labels_ == 0) return;
    scratch.linear = scratch.scores;
    scratch.energy = kernels_.softmax(scratch.linear.data(), labels_);
    if (hidden_ == 0) {
        scratch.scores = scratch.linear;
        return;
    }
    scratch.hidden.assign(inner_bias_.begin(), inner_bias_.end());
    of_message();
    inner_.add_rows(terms, scratch.hidden.data(), kernels_);
    scratch.second.assign(outer_bias_.begin(), outer_bias_.end());
    terms.clear();
    for (std::uint32_t u = 0; u < hidden_; ++u)
        if (scratch.hidden[u] > 0) terms.push_back({u, scratch.hidden[u]});
    outer_.add_rows(terms, scratch.second.data(), kernels_);
    // Averaged in the exponents: a label must convince both.
    for (std::uint32_t c = 0; c < labels_; ++c)
        scratch.scores[c] += hidden_share_ * (scratch.second[c] - scratch.scores[c]);
    kernels_.softmax(scratch.scores.data(), labels_);
}

float Classifier::support(const Dimension& dimension, std::uint32_t label,
                          std::uint32_t other) const noexcept {
    const auto* row = linear_.cells.data() + dimension.row * linear_.width;
    return dimension.value * linear_.scales[dimension.row] * static_cast<float>(row[label] - row[other]);
}

namespace {

template <typename Values>
bool take(std::string_view& in, Values& values, std::size_t expected) {
    return take_values(in, values) && values.size() == expected;
}

}  // namespace

void Classifier::save(std::string& out) const {
    speller_.save(out);
    vocabulary_.save(out);
    const std::uint32_t head[2] = {labels_, hidden_};
    out.append(reinterpret_cast<const char*>(head), sizeof head);
    out.append(reinterpret_cast<const char*>(&hidden_share_), sizeof hidden_share_);
    put_values(out, linear_.cells), put_values(out, linear_.scales), put_values(out, linear_bias_);
    put_values(out, inner_.cells), put_values(out, inner_.scales), put_values(out, inner_bias_);
    put_values(out, outer_.cells), put_values(out, outer_.scales), put_values(out, outer_bias_);
}

bool Classifier::load(std::string_view& in, const FeatureOptions& features,
                      std::shared_ptr<const MeaningLexicon> meanings) {
    features_ = features;
    meanings_ = std::move(meanings);
    std::uint32_t head[2];
    if (!speller_.load(in) || !vocabulary_.load(in) || in.size() < sizeof head + sizeof hidden_share_)
        return false;
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
    outer_.width = width;
    const bool whole = take(in, linear_.cells, rows * width) &&
                       take(in, linear_.scales, width > 0 ? rows : 0) && take(in, linear_bias_, width) &&
                       take(in, inner_.cells, inner_rows * hidden_) && take(in, inner_.scales, inner_rows) &&
                       take(in, inner_bias_, hidden_) &&
                       take(in, outer_.cells, std::size_t{hidden_} * width) &&
                       take(in, outer_.scales, hidden_) && take(in, outer_bias_, hidden_ > 0 ? width : 0);
    const auto finite = [](const std::vector<float>& values) {
        return std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); });
    };
    return whole && std::isfinite(hidden_share_) && finite(linear_.scales) && finite(linear_bias_) &&
           finite(inner_.scales) && finite(inner_bias_) && finite(outer_.scales) && finite(outer_bias_);
}

std::size_t Classifier::bytes() const noexcept {
    return speller_.bytes() + vocabulary_.bytes() + linear_.cells.size() + inner_.cells.size() +
           outer_.cells.size() +
           sizeof(float) * (linear_.scales.size() + inner_.scales.size() + linear_bias_.size() +
                            inner_bias_.size() + outer_.scales.size() + outer_bias_.size());
}

}  // namespace maru::nlu
