// Counters, gauges and histograms, and their text for Prometheus (exposition format 0.0.4).
//
// Why our own: Debian's prometheus-cpp development package brings an HTTP server and libcurl along; what is
// needed here is a few atomics and one loop.
//
// Threads: making a metric takes a lock and belongs to start-up; the returned references live as long as the
// registry and are updated by any thread without one (relaxed atomics: each figure is exact, figures read
// together may be a few events apart). `write` may be called at any time.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maru::metrics {

class Counter {
  public:
    void add(std::uint64_t n = 1) noexcept { value_.fetch_add(n, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_{0};
};

class Gauge {
  public:
    void set(std::int64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
    void add(std::int64_t n = 1) noexcept { value_.fetch_add(n, std::memory_order_relaxed); }
    void sub(std::int64_t n = 1) noexcept { value_.fetch_sub(n, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::int64_t> value_{0};
};

class Histogram {
  public:
    // Upper bounds, growing; the last bucket (+Inf) is added.
    explicit Histogram(std::vector<double> bounds);
    void observe(double value) noexcept;
    [[nodiscard]] std::uint64_t count() const noexcept;
    [[nodiscard]] double sum() const noexcept { return sum_.load(std::memory_order_relaxed); }
    [[nodiscard]] const std::vector<double>& bounds() const noexcept { return bounds_; }
    // Observations in bucket `i` alone, not cumulated.
    [[nodiscard]] std::uint64_t in_bucket(std::size_t i) const noexcept;

  private:
    const std::vector<double> bounds_;
    const std::unique_ptr<std::atomic<std::uint64_t>[]> buckets_;
    std::atomic<double> sum_{0};
};

// Seconds, from 100 µs to 10 s, for latencies.
[[nodiscard]] std::vector<double> latency_bounds();

using Labels = std::vector<std::pair<std::string, std::string>>;

class Registry {
  public:
    Registry();
    ~Registry();
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;

    // Names as Prometheus wants them (maru_messages_total, maru_turn_seconds). The same name and labels give
    // the same metric again; the same name as another kind, or a name or label that is none, throws
    // std::invalid_argument.
    Counter& counter(std::string name, std::string help, Labels labels = {});
    Gauge& gauge(std::string name, std::string help, Labels labels = {});
    Histogram& histogram(std::string name, std::string help, std::vector<double> bounds = latency_bounds(),
                         Labels labels = {});
    // Asked at every `write`, on the writing thread, under the registry's lock: it must not make metrics.
    void gauge_of(std::string name, std::string help, std::function<double()> read, Labels labels = {});

    // Appends everything, in the order it was made.
    void write(std::string& out) const;

  private:
    struct Series;
    struct Family;
    Family& family(std::string name, std::string help, int kind);
    Series* find(Family& family, const Labels& labels);

    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<Family>> families_;
};

}  // namespace maru::metrics
