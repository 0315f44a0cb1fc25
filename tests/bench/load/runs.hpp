// The three ways of loading a server. Each runs to its end on its own and returns one JSON object.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/bench/load/fleet.hpp"

namespace maru::load {

struct RunOptions {
    Target target;
    unsigned threads = 1;  // of the client
    std::size_t visitors = 200;
    std::chrono::milliseconds warmup{1000};  // not counted
    std::chrono::milliseconds length{8000};  // counted
    std::string questions;                   // file of templates; empty: built in
    int pid = 0;                             // the server's, for its CPU time and memory; 0: not measured
    double rate = 2000;                      // open loop: messages per second over all visitors
};

// Closed loop: every visitor asks, waits for the ack and the first answer (an echo: for the echo), asks
// again. Keys: turns, seconds, rate, latency_ms, errors, lost, from_faq (share, when the server explains
// itself), server_cpu_us_per_turn, client_cpu_us_per_turn.
[[nodiscard]] nlohmann::json run_closed(const RunOptions& options);

// Open loop: messages leave on a fixed timetable whatever the server does, and a latency counts from the time
// the message should have left, so that a stall is charged to every message it delayed ("coordinated
// omission", G. Tene, How NOT to Measure Latency, 2013).
// Keys: sent, answered, unanswered, rate_wanted, rate_got, ack_ms, answer_ms, late_sends_ms, errors, lost.
[[nodiscard]] nlohmann::json run_open(const RunOptions& options);

// Opens connections that say hello and then stay silent. Keys: connections, rss_before, rss_after,
// bytes_per_visitor, seconds_to_open.
[[nodiscard]] nlohmann::json run_idle(const RunOptions& options);

}  // namespace maru::load
