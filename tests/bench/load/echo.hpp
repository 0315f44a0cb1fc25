// The baseline: a WebSocket server that sends every message back, with Beast's coroutines and nothing else.
#pragma once

#include <cstdint>
#include <string>

namespace maru::load {

struct EchoOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free one
    unsigned threads = 1;    // one io_context each, connections dealt in turn
};

// Prints `listening on http://HOST:PORT` and serves until SIGTERM or SIGINT; then returns 0.
int run_echo_server(const EchoOptions& options);

}  // namespace maru::load
