#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
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

// Message n is due at start + n / rate and belongs to visitor n mod V; each thread paces its own visitors.
class OpenLoop final : public Driver {
  public:
    OpenLoop(const RunOptions& options, Fleet& fleet)
        : rate_(options.rate),
          total_(static_cast<std::uint64_t>(
              options.rate * std::chrono::duration<double>(options.warmup + options.length).count())),
          fleet_(fleet),
          texts_(options.questions),
          pending_(options.visitors) {
        for (std::size_t i = 0; i < fleet.threads(); ++i)
            lanes_.push_back(std::make_unique<Lane>(fleet.context(i), i));
    }

    void begin(SteadyTime start, SteadyTime counted) {
        start_ = start;
        counted_ = counted;
        for (auto& lane : lanes_)
            boost::asio::post(fleet_.context(lane->thread), [this, &lane] { pace(*lane); });
    }

    void on_frame(Visitor& visitor, std::string_view bytes) override {
        const SteadyTime now = steady_clock::now();
        Lane& lane = *lanes_[fleet_.thread_of(visitor.number())];
        const Answer answer = read_frame(bytes);
        if (answer.type == "error") {
            ++lane.errors;
            if (lane.first_error.empty()) lane.first_error = bytes;
            return;
        }
        const Pending::Done done = pending_[visitor.number()].got(answer);
        if (done.acked && *done.acked >= counted_) lane.acks.add(microseconds_since(*done.acked, now));
        if (done.answered && *done.answered >= counted_)
            lane.answers.add(microseconds_since(*done.answered, now));
        if (done.answered) open_.fetch_sub(1, std::memory_order_relaxed);
    }

    [[nodiscard]] std::int64_t open() const { return open_.load(); }

    // Call when the fleet has stopped.
    nlohmann::json result(double seconds) {
        Lane all(fleet_.context(0), 0);
        std::size_t unanswered = 0;
        for (const auto& lane : lanes_) {
            all.acks.merge(lane->acks);
            all.answers.merge(lane->answers);
            all.late.merge(lane->late);
            all.errors += lane->errors;
            if (all.first_error.empty()) all.first_error = lane->first_error;
        }
        for (const Pending& pending : pending_) unanswered += pending.size();
        nlohmann::json result{{"sent", all.late.count()},
                              {"answered", all.answers.count()},
                              {"unanswered", unanswered},
                              {"rate_wanted", rate_},
                              {"rate_got", static_cast<double>(all.answers.count()) / seconds},
                              {"ack", all.acks.summary()},
                              {"answer", all.answers.summary()},
                              {"late_sends", all.late.summary()},
                              {"errors", all.errors}};
        if (!all.first_error.empty()) result["first_error"] = all.first_error;
        return result;
    }

  private:
    struct Lane {
        Lane(boost::asio::io_context& context, std::size_t number) : timer(context), thread(number) {}
        boost::asio::steady_timer timer;
        std::size_t thread;
        std::uint64_t next = 0;  // number of the next message to look at
        Latencies acks, answers, late;
        std::size_t errors = 0;
        std::string first_error;
    };

    [[nodiscard]] SteadyTime due(std::uint64_t number) const {
        return start_ + std::chrono::duration_cast<steady_clock::duration>(
                            std::chrono::duration<double>(static_cast<double>(number) / rate_));
    }

    void pace(Lane& lane) {
        for (; lane.next < total_; ++lane.next) {
            const std::size_t visitor = lane.next % fleet_.size();
            if (fleet_.thread_of(visitor) != lane.thread) continue;
            const SteadyTime when = due(lane.next);
            const SteadyTime now = steady_clock::now();
            if (when > now) {
                lane.timer.expires_at(when);
                lane.timer.async_wait([this, &lane](const boost::system::error_code& error) {
                    if (!error) pace(lane);
                });
                return;
            }
            Texts::Draw draw = texts_.next();
            pending_[visitor].sent(draw.number, when);
            open_.fetch_add(1, std::memory_order_relaxed);
            fleet_.visitor(visitor).send(message_frame(draw.number, draw.text));
            if (when >= counted_) lane.late.add(microseconds_since(when, now));
        }
    }

    double rate_;
    std::uint64_t total_;
    Fleet& fleet_;
    Texts texts_;
    std::vector<Pending> pending_;
    std::vector<std::unique_ptr<Lane>> lanes_;
    SteadyTime start_, counted_;
    std::atomic<std::int64_t> open_{0};
};

}  // namespace

nlohmann::json run_open(const RunOptions& options) {
    Fleet fleet(options.target, options.threads, options.visitors);
    OpenLoop loop(options, fleet);
    fleet.open(std::chrono::seconds(60));
    fleet.start(loop);

    const SteadyTime start = steady_clock::now() + std::chrono::milliseconds(50);
    const SteadyTime counted = start + options.warmup;
    const SteadyTime end = counted + options.length;
    loop.begin(start, counted);
    std::this_thread::sleep_until(counted);
    const auto before = options.pid > 0 ? process_use(options.pid) : std::nullopt;
    std::this_thread::sleep_until(end);
    const auto after = options.pid > 0 ? process_use(options.pid) : std::nullopt;

    // The last answers may still be on their way.
    const SteadyTime patience = end + std::chrono::seconds(5);
    while (loop.open() > 0 && steady_clock::now() < patience)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    fleet.stop();

    const double seconds = std::chrono::duration<double>(options.length).count();
    nlohmann::json result = loop.result(seconds);
    result["lost"] = fleet.lost();
    if (before && after) result["server_cpu_share"] = (after->cpu_seconds - before->cpu_seconds) / seconds;
    return result;
}

}  // namespace maru::load
