// Latencies of one run: collected per thread without locks, merged and summed up at the end.
#pragma once

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

namespace maru::load {

class Latencies {
  public:
    void add(std::int64_t microseconds) { values_.push_back(microseconds); }
    void merge(const Latencies& other) {
        values_.insert(values_.end(), other.values_.begin(), other.values_.end());
    }
    [[nodiscard]] std::size_t count() const { return values_.size(); }

    // {"count", "mean_ms", "p50_ms", "p90_ms", "p99_ms", "max_ms"}: nearest-rank percentiles of every value,
    // not of a histogram's buckets.
    [[nodiscard]] nlohmann::json summary() {
        std::sort(values_.begin(), values_.end());
        if (values_.empty()) return {{"count", 0}};
        double sum = 0;
        for (const std::int64_t value : values_) sum += static_cast<double>(value);
        return {{"count", values_.size()}, {"mean_ms", sum / static_cast<double>(values_.size()) / 1000.0},
                {"p50_ms", at(0.50)},      {"p90_ms", at(0.90)},
                {"p99_ms", at(0.99)},      {"max_ms", static_cast<double>(values_.back()) / 1000.0}};
    }

  private:
    [[nodiscard]] double at(double share) const {
        const auto rank = static_cast<std::size_t>(share * static_cast<double>(values_.size()) + 0.999999);
        return static_cast<double>(values_[std::clamp<std::size_t>(rank, 1, values_.size()) - 1]) / 1000.0;
    }
    std::vector<std::int64_t> values_;
};

}  // namespace maru::load
