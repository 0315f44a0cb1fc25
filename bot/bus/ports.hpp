// The seam between sockets (bot/net) and the runtime behind them: what each calls on the other.
//
// Threads: `VisitorPort` and `AgentPort` are called on the socket's own io_context thread, one call at a time
// for one client, in the order of its frames. `Client`'s functions may be called from any thread; frames sent
// from one thread leave in the order they were sent.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "bot/wire/frames.hpp"

namespace maru {

// One shared immutable text frame: encoded once, sent to any number of sockets.
using Frame = std::shared_ptr<const std::string>;
[[nodiscard]] inline Frame make_frame(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

// Why the runtime closes a socket.
enum class Closing : std::uint8_t {
    going_away,  // 1001: shutting down or evicted; the client reconnects and resumes
    policy,      // 1008
    replaced,    // 1008: the session behind it ended (logout, password changed)
};

// A connected socket as the runtime sees it. The runtime keeps weak_ptrs; the socket owns itself.
class Client {
  public:
    virtual ~Client() = default;

    // Queues a frame. A client whose queue is over its limit is dropped (it resumes by `seq`). Does nothing
    // when the socket is gone.
    virtual void send(Frame frame) noexcept = 0;

    // One message or event of this client has been answered by an ack or an error: its window opens by one.
    virtual void settled() noexcept = 0;

    virtual void close(Closing why) noexcept = 0;

    // The hello was answered with an error: the client may try another one. (Without this call, a second
    // hello is answered `bad_frame` before it gets to the runtime.)
    virtual void hello_refused() noexcept {}

    // Set by the runtime when the socket has closed, before it forgets the client: whoever holds on to it
    // sees that nothing more will come of it.
    std::atomic<bool> closed{false};

    // The runtime's own data about this client; touched only on the socket's thread, from within a port's
    // calls.
    std::shared_ptr<void> attachment;
};

// Where a visitor's connection comes from.
struct Origin {
    std::string address;  // the client's, after trusted proxies
    std::string origin;   // the Origin header; empty for an app or a script
    std::string user_agent;
};

class VisitorPort {
  public:
    virtual ~VisitorPort() = default;
    // The first frame. Answers with `welcome` or an error (then the client may try again).
    virtual void hello(const std::shared_ptr<Client>& client, wire::Hello hello, const Origin& from) = 0;
    // Every later frame but hello. Messages and events end in exactly one `settled`.
    virtual void frame(const std::shared_ptr<Client>& client, wire::VisitorFrame frame) = 0;
    // The socket is closing; called once, also when no hello came.
    virtual void gone(const std::shared_ptr<Client>& client) = 0;
};

// Who is logged in behind a request or a socket.
struct Staff {
    Id id = 0;
    std::string name;
    std::string role;  // agent | admin
    std::string team;
    bool must_change_password = false;
    std::string session;  // hash of the session's token
};

class AgentPort {
  public:
    virtual ~AgentPort() = default;
    virtual void hello(const std::shared_ptr<Client>& client, const Staff& who) = 0;
    virtual void frame(const std::shared_ptr<Client>& client, wire::AgentFrame frame) = 0;
    virtual void gone(const std::shared_ptr<Client>& client) = 0;
};

}  // namespace maru
