#include <stdexcept>
#include <thread>

#include "tests/bench/load/process.hpp"
#include "tests/bench/load/runs.hpp"

namespace maru::load {
namespace {

class Silent final : public Driver {
  public:
    void on_frame(Visitor&, std::string_view) override {}
};

// Memory is read when it has stopped moving, so that work still queued behind the welcomes is in the figure.
std::int64_t settled_rss(int pid) {
    std::int64_t last = -1;
    for (int i = 0; i < 40; ++i) {
        const auto use = process_use(pid);
        if (!use) throw std::runtime_error("no process " + std::to_string(pid));
        if (use->rss_bytes == last) return last;
        last = use->rss_bytes;
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
    return last;
}

}  // namespace

nlohmann::json run_idle(const RunOptions& options) {
    if (options.pid <= 0) throw std::runtime_error("idle needs --pid, the server's process id");
    const std::int64_t files = raise_file_limit();
    if (files < static_cast<std::int64_t>(options.visitors) + 64)
        throw std::runtime_error("only " + std::to_string(files) +
                                 " open files are allowed; raise `ulimit -n` or lower --connections");

    Silent silent;
    // The first visitors pay for what the server sets up once; the figure is the growth after them.
    Fleet first(options.target, options.threads, 16);
    first.open(std::chrono::seconds(30));
    first.start(silent);
    const std::int64_t before = settled_rss(options.pid);

    Fleet fleet(options.target, options.threads, options.visitors);
    const SteadyTime from = std::chrono::steady_clock::now();
    fleet.open(std::chrono::seconds(120));
    fleet.start(silent);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    const std::int64_t after = settled_rss(options.pid);
    return {{"connections", fleet.size()},
            {"rss_before", before},
            {"rss_after", after},
            {"bytes_per_visitor", static_cast<double>(after - before) / static_cast<double>(fleet.size())},
            {"seconds_to_open", seconds},
            {"lost", fleet.lost()}};
}

}  // namespace maru::load
