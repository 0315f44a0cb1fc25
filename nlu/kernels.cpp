#include "nlu/kernels.hpp"

namespace maru::nlu {
namespace {

#define MARU_INLINE inline __attribute__((always_inline))

MARU_INLINE void add_scaled_loop(float* __restrict sums, const float* __restrict row, float x,
                                 std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) sums[i] += x * row[i];
}
MARU_INLINE void add_scaled_bytes_loop(float* __restrict sums, const std::int8_t* __restrict row, float x,
                                       std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) sums[i] += x * static_cast<float>(row[i]);
}
MARU_INLINE float dot_loop(const float* __restrict a, const float* __restrict b, std::size_t n) {
    float part[lane] = {};
    for (std::size_t i = 0; i < n; i += lane)
        for (std::size_t k = 0; k < lane; ++k) part[k] += a[i + k] * b[i + k];
    return ((part[0] + part[4]) + (part[1] + part[5])) + ((part[2] + part[6]) + (part[3] + part[7]));
}

void add_scaled(float* sums, const float* row, float x, std::size_t n) {
    add_scaled_loop(sums, row, x, n);
}
void add_scaled_bytes(float* sums, const std::int8_t* row, float x, std::size_t n) {
    add_scaled_bytes_loop(sums, row, x, n);
}
float dot(const float* a, const float* b, std::size_t n) {
    return dot_loop(a, b, n);
}

#if defined(__x86_64__)
#define MARU_AVX2 __attribute__((target("avx2")))
MARU_AVX2 void add_scaled_avx2(float* sums, const float* row, float x, std::size_t n) {
    add_scaled_loop(sums, row, x, n);
}
MARU_AVX2 void add_scaled_bytes_avx2(float* sums, const std::int8_t* row, float x, std::size_t n) {
    add_scaled_bytes_loop(sums, row, x, n);
}
MARU_AVX2 float dot_avx2(const float* a, const float* b, std::size_t n) {
    return dot_loop(a, b, n);
}
#endif

}  // namespace

Kernels pick_kernels() noexcept {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return {add_scaled_avx2, add_scaled_bytes_avx2, dot_avx2};
#endif
    return {add_scaled, add_scaled_bytes, dot};
}

}  // namespace maru::nlu
