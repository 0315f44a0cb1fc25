// Every limit of the server in one place: default, unit, and what happens when it is broken.
//
// A limit protects the others' service. Only what is counted per client can be lifted, as a whole
// (`limits.rate=off`), for load tests. Immutable once the server is built.
#pragma once

#include <chrono>
#include <cstddef>

#include "bot/wire/frames.hpp"

namespace maru::net {

using namespace std::chrono_literals;

// A rate as a token bucket: `burst` at once, then `per_second` (0: unlimited).
struct Rate {
    double per_second = 0;
    double burst = 0;
};

struct Limits {
    using Span = std::chrono::milliseconds;

    // ---- connections

    // Sockets in all. One more is answered 503 and closed.
    std::size_t connections = 20'000;
    // Sockets of one address. One more is answered 429 and closed. An address is an IPv4 address or an IPv6
    // /64; behind a trusted proxy only WebSockets are counted, by the address the proxy names.
    std::size_t connections_per_address = 500;
    // Sockets waiting to be accepted; beyond, the kernel lets them wait or refuses them.
    int backlog = 1024;

    // ---- HTTP

    // Request line and header together, in bytes. Beyond: 431 (414 when the line alone is too long).
    std::size_t header_bytes = 16 * 1024;
    // The request's target, in bytes. Beyond: 414.
    std::size_t target_bytes = 8 * 1024;
    // A body, in bytes, where the route names no limit of its own. Beyond: 413.
    std::size_t body_bytes = 1024 * 1024;
    // From the first byte (on a new socket: from its start) to the end of the header. Beyond: 408 and closed;
    // a socket that never sent a byte is closed without a word.
    Span header_time = 10s;
    // For a whole body. Beyond: 408 and closed.
    Span body_time = 60s;
    // For a whole answer to be taken. Beyond: cut.
    Span write_time = 60s;
    // Between two requests. Beyond: closed.
    Span idle_time = 20s;
    // Requests on one socket; the last one's answer says `Connection: close`.
    std::size_t requests_per_connection = 1000;
    // Requests of one address. Beyond: 429 with Retry-After.
    Rate requests{50, 200};
    // Threads for handlers that block.
    std::size_t workers = 4;
    // Requests on the workers or waiting for one. One more is answered 503 with Retry-After.
    std::size_t waiting_requests = 256;

    // ---- WebSocket

    // One message, whole or in fragments, in bytes. Beyond: close 1009. (Invalid UTF-8: close 1007.)
    std::size_t frame_bytes = 64 * 1024;
    // Texts inside frames, in code points. Beyond: error `too_long`.
    wire::TextLimits text;
    // Messages, events and notes that have got neither ack nor error. At the limit the socket is not read.
    unsigned unacked = 8;
    // From the handshake to the first hello (looked at once a second). Beyond: close 1008.
    Span hello_time = 10s;
    // Without a byte from the client a ping is sent; after as much again without an answer the socket is cut.
    Span ping_after = 25s;
    // For the handshakes that open and close a WebSocket. Beyond: cut.
    Span close_time = 5s;
    // That bytes may wait for a client who takes none of them (looked at once a second). Beyond: dropped.
    Span stalled_time = 30s;
    // Bytes and frames waiting for a client to take them. Beyond: dropped, that is cut; it resumes by `seq`.
    // An empty queue takes one frame of any size, so memory is bound by the limit plus one frame.
    std::size_t outbound_bytes = 1024 * 1024;
    std::size_t outbound_frames = 2048;
    // Frames of one socket, and of all sockets of one address. Beyond: error `rate_limited` with the frame's
    // id; nothing else happens to it.
    Rate frames{20, 60};
    Rate address_frames{100, 400};
    // WebSocket handshakes of one address. Beyond: 429 with Retry-After.
    Rate handshakes{10, 100};
    // `rate_limited` errors on one socket. Beyond: close 1008.
    Rate strikes{0.2, 20};

    // ---- memory

    // Addresses whose rates are remembered. Beyond, those at rest are forgotten, then those without sockets.
    std::size_t addresses_remembered = 50'000;

    // False (`limits.rate=off`): no Rate above is enforced, nor connections_per_address.
    bool rates = true;
};

}  // namespace maru::net
