// The softmax function, shared by training and scoring.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace maru::nlu {

// In place; returns log-sum-exp. n > 0.
inline float softmax(float* scores, std::size_t n) {
    const auto top = *std::max_element(scores, scores + n);
    float sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        scores[i] = std::exp(scores[i] - top);
        sum += scores[i];
    }
    for (std::size_t i = 0; i < n; ++i) scores[i] /= sum;
    return top + std::log(sum);
}

}  // namespace maru::nlu
