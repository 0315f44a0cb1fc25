// A server on a loopback port with scripted ports behind it, and peers that speak to it byte by byte.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/metrics.hpp"
#include "bot/bus/ports.hpp"
#include "bot/bus/shards.hpp"
#include "bot/net/router.hpp"
#include "bot/net/server.hpp"

namespace maru::test {

using namespace std::chrono_literals;
// How long a test waits for what must happen. Never how long something takes.
constexpr auto patience = std::chrono::seconds(20);

// Waits until `condition` holds; false: patience ended.
[[nodiscard]] bool eventually(const std::function<bool()>& condition);

// Answers hello with a welcome and, unless told otherwise, every message with an ack. Thread-safe.
class FakeVisitors final : public VisitorPort {
  public:
    void hello(const std::shared_ptr<Client>& client, wire::Hello hello, const Origin& from) override;
    void frame(const std::shared_ptr<Client>& client, wire::VisitorFrame frame) override;
    void gone(const std::shared_ptr<Client>& client) override;

    // Replaces the ack; called on the socket's thread.
    std::function<void(const std::shared_ptr<Client>&, const wire::VisitorFrame&)> on_frame;
    std::function<bool(const wire::Hello&)> accept_hello;

    [[nodiscard]] std::size_t frames() const;
    [[nodiscard]] std::size_t hellos() const;
    [[nodiscard]] std::size_t goodbyes() const;
    [[nodiscard]] std::shared_ptr<Client> client(std::size_t i) const;  // in order of their hellos
    [[nodiscard]] Origin origin(std::size_t i) const;

  private:
    mutable std::mutex mutex_;
    std::vector<std::weak_ptr<Client>> clients_;
    std::vector<Origin> origins_;
    std::size_t frames_ = 0, goodbyes_ = 0;
};

class FakeAgents final : public AgentPort {
  public:
    void hello(const std::shared_ptr<Client>& client, const Staff& who) override;
    void frame(const std::shared_ptr<Client>& client, wire::AgentFrame frame) override;
    void gone(const std::shared_ptr<Client>& client) override;
};

struct TestServer {
    // `adjust` changes options and routes before the start.
    explicit TestServer(const std::function<void(net::Options&, net::Router&)>& adjust = {},
                        std::shared_ptr<net::Auth> auth = nullptr, std::size_t threads = 2);
    ~TestServer();

    [[nodiscard]] std::uint64_t counted(
        std::string_view series) const;  // a metric's value by its exposed name

    metrics::Registry metrics;
    Shards shards;
    FakeVisitors visitors;
    FakeAgents agents;
    std::optional<net::Server> server;
    std::uint16_t port = 0;
    std::string host;  // "127.0.0.1:PORT"
};

// A blocking TCP client whose every wait ends.
class Peer {
  public:
    explicit Peer(std::uint16_t port, const char* address = "127.0.0.1");
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    bool send(std::string_view bytes);  // false: the other side closed
    // Up to `most` bytes, or whatever came until the other side closed, or until patience ends.
    std::string receive(std::size_t most);
    std::string receive_all();    // until closed
    [[nodiscard]] bool closed();  // waits for the other side's end
    void half_close();
    void reset();  // closes with RST
    void shrink_receive_buffer();
    [[nodiscard]] int descriptor() const { return fd_; }

    struct Answer {
        unsigned status = 0;  // 0: none came
        std::string head, body;
        [[nodiscard]] std::string header(std::string_view name) const;  // empty: absent
    };
    // One HTTP answer; `head_only` for HEAD.
    Answer answer(bool head_only = false);
    Answer ask(std::string_view request, bool head_only = false);

    // A WebSocket client on top: masks, no checks.
    bool upgrade(std::string_view path, std::string_view host, std::string_view extra = {});
    void send_text(std::string_view text);
    void send_frame(unsigned opcode, std::string_view payload, bool fin = true);
    struct Message {
        unsigned opcode = 0;  // 0: the connection ended
        std::string payload;
        [[nodiscard]] unsigned close_code() const;
    };
    Message next();      // pongs are skipped, pings answered
    std::string text();  // the next text message; empty: none came
    Message last();      // reads on until the close frame or the end

  private:
    std::string rest_;
    int fd_ = -1;
};

}  // namespace maru::test
