// The two inner loops of training and scoring, in the widest form the processor has.
//
// Each element is multiplied and added by itself and in the same order everywhere, without fused operations,
// so a model trained on one machine is the model trained on another.
#pragma once

#include <cstddef>
#include <cstdint>

namespace maru::nlu {

struct Kernels {
    // sums[i] += x * row[i]
    void (*add_scaled)(float* sums, const float* row, float x, std::size_t n) = nullptr;
    void (*add_scaled_bytes)(float* sums, const std::int8_t* row, float x, std::size_t n) = nullptr;
    // Eight partial sums, added up in a fixed order; n must be a multiple of 8.
    float (*dot)(const float* a, const float* b, std::size_t n) = nullptr;
};
[[nodiscard]] Kernels pick_kernels() noexcept;

// Row lengths are rounded up to this, so that loops need no remainder.
inline constexpr std::size_t lane = 8;
[[nodiscard]] constexpr std::size_t padded(std::size_t n) {
    return (n + lane - 1) / lane * lane;
}

}  // namespace maru::nlu
