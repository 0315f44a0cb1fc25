#include "nlu/kernels.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace maru::nlu {
namespace {

#define MARU_INLINE inline __attribute__((always_inline))

// Rows lie anywhere in megabytes; asking for them early hides most of the wait.
constexpr std::size_t ahead = 6;

MARU_INLINE void add_scaled_loop(float* __restrict sums, const float* __restrict row, float x,
                                 std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) sums[i] += x * row[i];
}
MARU_INLINE float dot_loop(const float* __restrict a, const float* __restrict b, std::size_t n) {
    float part[lane] = {};
    for (std::size_t i = 0; i < n; i += lane)
        for (std::size_t k = 0; k < lane; ++k) part[k] += a[i + k] * b[i + k];
    return ((part[0] + part[4]) + (part[1] + part[5])) + ((part[2] + part[6]) + (part[3] + part[7]));
}

// e^x for x ≤ 0 to within 2 ulp, e^-87 below: x = k·ln 2 + r, and a polynomial for e^r (S. L. Moshier, Cephes
// Mathematical Library, expf). Without branches, so that many are done at once.
MARU_INLINE float exp_of(float x) {
    constexpr float log2_e = 1.44269504F, ln2_high = 0.693359375F, ln2_low = -2.12194440e-4F;
    constexpr float round = 12582912.F;  // 1.5 · 2^23: adding it leaves whole numbers
    constexpr float least = -87;
    const float in = x < least ? least : x;
    const float k = (in * log2_e + round) - round;
    const float r = (in - k * ln2_high) - k * ln2_low;
    float y = 1.9875691500e-4F;
    y = y * r + 1.3981999507e-3F;
    y = y * r + 8.3334519073e-3F;
    y = y * r + 4.1665795894e-2F;
    y = y * r + 1.6666665459e-1F;
    y = y * r + 5.0000001201e-1F;
    y = y * (r * r) + r + 1;
    return y * std::bit_cast<float>((static_cast<std::int32_t>(k) + 127) << 23);
}

MARU_INLINE float softmax_loop(float* __restrict scores, std::size_t n) {
    const std::size_t whole = n / lane * lane;
    float part[lane];
    std::fill(part, part + lane, scores[0]);
    for (std::size_t i = 0; i < whole; i += lane)
        for (std::size_t k = 0; k < lane; ++k) part[k] = scores[i + k] > part[k] ? scores[i + k] : part[k];
    float top = part[0];
    for (const auto one : part) top = std::max(top, one);
    for (std::size_t i = whole; i < n; ++i) top = std::max(top, scores[i]);
    for (std::size_t i = 0; i < n; ++i) scores[i] = exp_of(scores[i] - top);
    std::fill(part, part + lane, 0.F);
    for (std::size_t i = 0; i < whole; i += lane)
        for (std::size_t k = 0; k < lane; ++k) part[k] += scores[i + k];
    float sum = ((part[0] + part[4]) + (part[1] + part[5])) + ((part[2] + part[6]) + (part[3] + part[7]));
    for (std::size_t i = whole; i < n; ++i) sum += scores[i];
    for (std::size_t i = 0; i < n; ++i) scores[i] /= sum;
    return top + std::log(sum);
}

void add_scaled(float* sums, const float* row, float x, std::size_t n) {
    add_scaled_loop(sums, row, x, n);
}
void add_rows(float* sums, const std::int8_t* cells, std::size_t width, const Term* terms,
              std::size_t count) {
    for (std::size_t t = 0; t < count; ++t) {
        if (t + ahead < count)
            for (std::size_t at = 0; at < width; at += 64)
                __builtin_prefetch(cells + terms[t + ahead].row * width + at);
        const auto* __restrict row = cells + terms[t].row * width;
        const auto x = terms[t].x;
        for (std::size_t i = 0; i < width; ++i) sums[i] += x * static_cast<float>(row[i]);
    }
}
float dot(const float* a, const float* b, std::size_t n) {
    return dot_loop(a, b, n);
}
float softmax(float* scores, std::size_t n) {
    return softmax_loop(scores, n);
}

#if defined(__x86_64__)
#define MARU_AVX2 __attribute__((target("avx2")))
MARU_AVX2 void add_scaled_avx2(float* sums, const float* row, float x, std::size_t n) {
    add_scaled_loop(sums, row, x, n);
}
MARU_AVX2 float dot_avx2(const float* a, const float* b, std::size_t n) {
    return dot_loop(a, b, n);
}
MARU_AVX2 float softmax_avx2(float* scores, std::size_t n) {
    return softmax_loop(scores, n);
}

// Eight registers of sums at a time, which stay where they are while all rows go by: a row's piece is one
// line of the cache.
template <std::size_t Lanes>
MARU_AVX2 void add_rows_tile(float* sums, const std::int8_t* cells, std::size_t width, const Term* terms,
                             std::size_t count) {
    __m256 sum[Lanes];
    for (std::size_t k = 0; k < Lanes; ++k) sum[k] = _mm256_loadu_ps(sums + k * lane);
    for (std::size_t t = 0; t < count; ++t) {
        if (t + ahead < count) {
            const auto* next = cells + terms[t + ahead].row * width;
            __builtin_prefetch(next);
            __builtin_prefetch(next + Lanes * lane - 1);
        }
        const auto* row = cells + terms[t].row * width;
        const auto x = _mm256_set1_ps(terms[t].x);
        for (std::size_t k = 0; k < Lanes; ++k) {
            const auto bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(row + k * lane));
            const auto values = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes));
            sum[k] = _mm256_add_ps(sum[k], _mm256_mul_ps(x, values));
        }
    }
    for (std::size_t k = 0; k < Lanes; ++k) _mm256_storeu_ps(sums + k * lane, sum[k]);
}
MARU_AVX2 void add_rows_avx2(float* sums, const std::int8_t* cells, std::size_t width, const Term* terms,
                             std::size_t count) {
    constexpr std::size_t lanes = 8;
    std::size_t at = 0;
    for (; at + lanes * lane <= width; at += lanes * lane)
        add_rows_tile<lanes>(sums + at, cells + at, width, terms, count);
    for (; at + 4 * lane <= width; at += 4 * lane)
        add_rows_tile<4>(sums + at, cells + at, width, terms, count);
    for (; at < width; at += lane) add_rows_tile<1>(sums + at, cells + at, width, terms, count);
}
#endif

}  // namespace

Kernels pick_kernels() noexcept {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return {add_scaled_avx2, add_rows_avx2, dot_avx2, softmax_avx2};
#endif
    return {add_scaled, add_rows, dot, softmax};
}

}  // namespace maru::nlu
