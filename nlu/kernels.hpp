// The inner loops of training and scoring, in the widest form the processor has.
//
// Each element is multiplied and added by itself and in the same order everywhere, without fused operations,
// so a model trained on one machine is the model trained on another.
#pragma once

#include <cstddef>
#include <cstdint>

namespace maru::nlu {

// x times a row of a matrix.
struct Term {
    std::uint32_t row = 0;
    float x = 0;
};

struct Kernels {
    // sums[i] += x * row[i]
    void (*add_scaled)(float* sums, const float* row, float x, std::size_t n) = nullptr;
    // The same with rows of bytes, for all terms: sums[i] += x * cells[row * width + i]. `width` must be a
    // multiple of 8.
    void (*add_rows)(float* sums, const std::int8_t* cells, std::size_t width, const Term* terms,
                     std::size_t count) = nullptr;
    // Eight partial sums, added up in a fixed order; n must be a multiple of 8.
    float (*dot)(const float* a, const float* b, std::size_t n) = nullptr;
    // Scores to shares, in place; returns log-sum-exp. n > 0.
    float (*softmax)(float* scores, std::size_t n) = nullptr;
};
[[nodiscard]] Kernels pick_kernels() noexcept;

// Row lengths are rounded up to this, so that loops need no remainder.
inline constexpr std::size_t lane = 8;
[[nodiscard]] constexpr std::size_t padded(std::size_t n) {
    return (n + lane - 1) / lane * lane;
}

}  // namespace maru::nlu
