// One TCP connection speaking HTTP/1, until it ends or becomes a WebSocket. Internal to bot/net.
#pragma once

#include <boost/asio/ip/address.hpp>

#include "bot/net/core.hpp"

namespace maru::net {

// Takes the socket over; on its shard's thread. `ticket` counts it.
void serve_http(ShardState& shard, Socket socket, Ticket ticket, boost::asio::ip::address peer);

// Answers `status` to whoever knocks when there is no room, and lets go of the socket.
void turn_away(ShardState& shard, Socket socket, unsigned status, const char* detail);

// The head of an answer. Exposed for tests: names and values with CR, LF or NUL in them are left out.
struct AnswerContext {
    bool keep_alive = true;
    bool https = false;
};
[[nodiscard]] std::string answer_head(const Response& response, std::size_t body_size,
                                      const AnswerContext& context);

}  // namespace maru::net
