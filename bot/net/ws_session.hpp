// One WebSocket: the handshake, its frames in and out, its end. Internal to bot/net.
//
// Reading is a chain of callbacks rather than a coroutine: an idle visitor is then one pending read and one
// object, which is what thousands of them cost. The session owns itself until it ends.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <string>

#include "bot/net/core.hpp"

namespace maru::net {

struct Welcome {
    bool agent = false;
    Staff staff;  // of an agent
    Origin from;
    std::string protocol;  // to echo; empty: none
};

// Answers the handshake `request` (already checked) on `socket` and lives on by itself. On the shard's
// thread.
void start_websocket(ShardState& shard, Ticket ticket, Socket socket,
                     const boost::beast::http::request<boost::beast::http::string_body>& request,
                     Welcome welcome);

}  // namespace maru::net
