// Every limit of the server in one place: default, unit, and what happens when it is broken.
//
// A limit protects the others' service, so none is optional; only the rates can be lifted as a whole
// (`limits.rate=off`), for load tests. Immutable once the server is built.
#pragma once

#include <chrono>
#include <cstddef>

#include "bot/wire/frames.hpp"

namespace maru::net {

// A rate as a token bucket: `burst` at once, then `per_second` (0: unlimited).
struct Rate {
    double per_second = 0;
    double burst = 0;
};

struct Limits {
    using Seconds = std::chrono::seconds;

    // ---- connections
    std::size_t connections = 20'000;           // sockets in all; one more is answered 503 and closed
    std::size_t connections_per_address = 200;  // one more is answered 429 and closed. An address is an IPv4
                                                // address or an IPv6 /64, after trusted proxies for
                                                // WebSockets, of the peer (when it is no trusted proxy) for
                                                // sockets
    int backlog = 1024;                         // waiting to be accepted; beyond, the kernel refuses

    // ---- HTTP
    std::size_t header_bytes = 16 * 1024;  // request line and header together; beyond: 431
    std::size_t target_bytes = 8 * 1024;   // the request's target; beyond: 414
    std::size_t body_bytes = 1024 * 1024;  // where a route names no limit of its own; beyond: 413
    Seconds header_time{10};  // from the first byte (or the connect) to the end of the header; beyond: 408
    Seconds body_time{60};    // for the whole body; beyond: 408
    Seconds write_time{60};   // for a whole answer; beyond, the socket is cut
    Seconds idle_time{20};    // between two requests; beyond, the socket is closed
    std::size_t requests_per_connection = 1000;  // then the answer says `Connection: close`
    Rate requests{50, 200};                      // per address; beyond: 429 with Retry-After
    std::size_t workers = 4;                     // threads for handlers that block
    std::size_t waiting_requests = 256;  // requests at or before the workers; one more is answered 503

    // ---- WebSocket
    std::size_t frame_bytes = 64 * 1024;  // one message, in fragments or whole; beyond: close 1009
    wire::TextLimits text;                // inside frames; beyond: error too_long
    unsigned unacked = 8;      // messages and events without an ack or an error; then the socket is not read
    Seconds hello_time{10};    // from the handshake to the first frame; beyond: close 1008
    Seconds ping_after{25};    // without a byte from the client, a ping is sent; after as much again without
                               // an answer, the socket is cut
    Seconds close_time{5};     // for the handshakes that open and close a WebSocket; then it is cut
    Seconds stalled_time{30};  // that a client may leave waiting bytes unread; then it is dropped
    std::size_t outbound_bytes = 1024 * 1024;  // waiting for a client to read. Over it the client is dropped
    std::size_t outbound_frames = 2048;        // (cut; it resumes by `seq`). One frame is always let through
                                               // to an empty queue, so memory is bound by limit + one frame
    Rate frames{20, 60};                       // per socket; beyond: error rate_limited, nothing is done
    Rate address_frames{100, 400};             // per address, all sockets together; the same
    Rate handshakes{10, 100};                  // WebSocket handshakes per address; beyond: 429
    Rate strikes{0.2, 20};                     // rate_limited errors on one socket; beyond: close 1008

    // ---- log-in
    std::size_t addresses_remembered = 50'000;  // buckets and delays; the longest idle are forgotten first

    bool rates = true;  // false (`limits.rate=off`): no Rate above is enforced
};

}  // namespace maru::net
