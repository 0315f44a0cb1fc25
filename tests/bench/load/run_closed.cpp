#include <thread>

#include "tests/bench/load/pending.hpp"
#include "tests/bench/load/process.hpp"
#include "tests/bench/load/runs.hpp"
#include "tests/bench/load/stats.hpp"
#include "tests/bench/load/texts.hpp"

namespace maru::load {
namespace {

using std::chrono::steady_clock;

std::int64_t microseconds_since(SteadyTime from, SteadyTime now) {
    return std::chrono::duration_cast<std::chrono::microseconds>(now - from).count();
}

class ClosedLoop final : public Driver {
  public:
    ClosedLoop(const RunOptions& options, std::size_t threads)
        : echo_(options.target.echo),
          texts_(options.questions),
          pending_(options.visitors),
          tallies_(threads),
          threads_(threads) {}

    void count_between(SteadyTime from, SteadyTime to) {
        from_.store(from.time_since_epoch().count());
        to_.store(to.time_since_epoch().count());
    }

    void on_start(Visitor& visitor) override { ask(visitor); }

    void on_frame(Visitor& visitor, std::string_view bytes) override {
        const SteadyTime now = steady_clock::now();
        Tally& tally = tallies_[visitor.number() % threads_];
        const Answer answer = read_frame(bytes);
        if (answer.type == "error") {
            ++tally.errors;
            if (tally.first_error.empty()) tally.first_error = bytes;
            return;
        }
        Pending& pending = pending_[visitor.number()];
        std::optional<SteadyTime> since;
        if (echo_)
            since = pending.echoed();
        else
            since = pending.got(answer).answered;
        if (!since) return;
        const auto at = now.time_since_epoch().count();
        if (at >= from_.load(std::memory_order_relaxed) && at < to_.load(std::memory_order_relaxed)) {
            tally.latencies.add(microseconds_since(*since, now));
            if (!answer.explain.empty()) {
                ++tally.explained;
                if (answer.explain.find("\"source\":\"faq:") != std::string_view::npos) ++tally.from_faq;
            }
        }
        ask(visitor);
    }

    // Call when the fleet has stopped.
    nlohmann::json result(double seconds) {
        Tally all;
        for (const Tally& tally : tallies_) {
            all.latencies.merge(tally.latencies);
            all.errors += tally.errors;
            all.explained += tally.explained;
            all.from_faq += tally.from_faq;
            if (all.first_error.empty()) all.first_error = tally.first_error;
        }
        const auto turns = static_cast<double>(all.latencies.count());
        nlohmann::json result{{"turns", all.latencies.count()},
                              {"seconds", seconds},
                              {"rate", turns / seconds},
                              {"latency_ms", all.latencies.summary()},
                              {"errors", all.errors}};
        if (!all.first_error.empty()) result["first_error"] = all.first_error;
        if (all.explained > 0)
            result["from_faq"] = static_cast<double>(all.from_faq) / static_cast<double>(all.explained);
        return result;
    }

  private:
    struct alignas(64) Tally {
        Latencies latencies;
        std::size_t errors = 0, explained = 0, from_faq = 0;
        std::string first_error;
    };

    void ask(Visitor& visitor) {
        Texts::Draw draw = texts_.next();
        pending_[visitor.number()].sent(draw.number, steady_clock::now());
        visitor.send(message_frame(draw.number, draw.text));
    }

    bool echo_;
    Texts texts_;
    std::vector<Pending> pending_;  // each on its visitor's thread
    std::vector<Tally> tallies_;    // one per thread
    std::size_t threads_;
    std::atomic<SteadyTime::rep> from_{0}, to_{0};
};

}  // namespace

nlohmann::json run_closed(const RunOptions& options) {
    Fleet fleet(options.target, options.threads, options.visitors);
    ClosedLoop loop(options, fleet.threads());
    fleet.open(std::chrono::seconds(30));

    const SteadyTime from = steady_clock::now() + options.warmup;
    loop.count_between(from, from + options.length);
    fleet.start(loop);
    std::this_thread::sleep_until(from);
    const auto server_before = options.pid > 0 ? process_use(options.pid) : std::nullopt;
    const auto client_before = process_use(0);
    std::this_thread::sleep_until(from + options.length);
    const auto server_after = options.pid > 0 ? process_use(options.pid) : std::nullopt;
    const auto client_after = process_use(0);
    fleet.stop();

    nlohmann::json result = loop.result(std::chrono::duration<double>(options.length).count());
    result["lost"] = fleet.lost();
    const double turns = std::max(1.0, result["turns"].get<double>());
    if (server_before && server_after)
        result["server_cpu_us_per_turn"] =
            (server_after->cpu_seconds - server_before->cpu_seconds) * 1e6 / turns;
    if (client_before && client_after)
        result["client_cpu_us_per_turn"] =
            (client_after->cpu_seconds - client_before->cpu_seconds) * 1e6 / turns;
    return result;
}

}  // namespace maru::load
