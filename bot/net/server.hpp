// The server: HTTP and WebSocket on one port, in front of the runtime.
//
// Wiring: construct it with everything it calls, `start`, and `stop` before any of that dies. Construct,
// start, stop and destroy from one thread that is none of the shards'. What it was given by reference must
// outlive the shards' threads (sessions refer to it until they end); the shards must run from before `start`
// until after `stop`.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bot/base/metrics.hpp"
#include "bot/bus/ports.hpp"
#include "bot/bus/shards.hpp"
#include "bot/net/limits.hpp"
#include "bot/net/router.hpp"

namespace spdlog {
class logger;
}

namespace maru::net {

class Auth;

struct Options {
    std::string listen = "127.0.0.1:8080";  // "[::1]:8080"; port 0 takes a free one
    Limits limits;
    std::string public_url;  // what the outside calls us, e.g. "https://chat.shop.example"; may be empty
    std::vector<std::string> trusted_proxies;  // CIDR; only their X-Forwarded-For is believed

    // Called on the shards' threads: thread-safe and cheap. `origin` is never empty.
    // Whether a page of this origin may open a visitor's socket; `host` is the Host header.
    std::function<bool(std::string_view origin, std::string_view host)> origin_allowed;
    // The same again at `hello`, for the site it names (may be empty).
    std::function<bool(std::string_view origin, std::string_view site)> site_allowed;

    std::shared_ptr<spdlog::logger> log;  // null: silent
};

struct ListenError {
    std::string message;  // names the address and the remedy
};

class Server {
  public:
    // `auth` may be null: then nobody of the staff can log in, and their calls are answered 401.
    Server(Options options, Shards& shards, VisitorPort& visitors, AgentPort& agents, Router router,
           std::shared_ptr<Auth> auth, metrics::Registry& metrics);
    ~Server();  // stops at once when it still runs
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Binds and starts to accept; the port it listens on.
    [[nodiscard]] std::variant<std::uint16_t, ListenError> start();

    struct Stopped {
        std::size_t cut = 0;  // sockets that did not end by themselves in time
    };
    // In steps: stops accepting; lets running requests end; tells WebSocket clients to reconnect (close 1001)
    // once what they sent is settled and what waits for them is sent; cuts what is left at the deadline.
    // Blocks until every socket is gone. The runtime behind must keep working meanwhile.
    Stopped stop(std::chrono::milliseconds deadline);

  private:
    struct Listener;
    std::unique_ptr<Listener> listener_;
};

}  // namespace maru::net
