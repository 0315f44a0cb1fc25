// A fleet of WebSocket visitors on a few threads, the same for every server measured.
//
// Threads: each visitor belongs to one single-threaded io_context; its Visitor object and its Driver calls
// stay on that thread. `open`, `start` and `stop` are called from the main thread.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace maru::load {

using SteadyTime = std::chrono::steady_clock::time_point;

struct Target {
    std::string host = "127.0.0.1";
    std::string port;
    std::string path = "/ws/visitor";
    bool echo = false;  // no hello: the peer only sends back what it gets
    std::string site;   // named in hello when not empty
    std::string locale = "en";
};

// "http://127.0.0.1:8080", "ws://…" or "HOST:PORT". Throws std::runtime_error naming what is wrong.
[[nodiscard]] Target parse_target(const std::string& url, bool echo);

class Visitor {
  public:
    Visitor(boost::asio::io_context& context, std::size_t number) : number_(number), stream_(context) {}

    // Queues one text frame; they leave one at a time, in order.
    void send(std::string frame);

    [[nodiscard]] std::size_t number() const { return number_; }

  private:
    friend class Fleet;
    void write_next();

    std::size_t number_;
    boost::beast::websocket::stream<boost::asio::ip::tcp::socket> stream_;
    boost::beast::flat_buffer buffer_;
    std::deque<std::string> queue_;  // the front one is being written
    bool lost_ = false;
};

// What a run does with its visitors.
class Driver {
  public:
    virtual ~Driver() = default;
    virtual void on_start(Visitor&) {}
    virtual void on_frame(Visitor&, std::string_view frame) = 0;
};

class Fleet {
  public:
    Fleet(Target target, unsigned threads, std::size_t visitors);
    ~Fleet();  // stops
    Fleet(const Fleet&) = delete;
    Fleet& operator=(const Fleet&) = delete;

    // Connects every visitor, says hello and waits for the welcomes; at most `patience`. Throws
    // std::runtime_error with the first failure.
    void open(std::chrono::seconds patience);

    // Calls on_start for each visitor, then on_frame for each frame. The driver outlives `stop`.
    void start(Driver& driver);
    void stop();

    [[nodiscard]] std::size_t threads() const { return contexts_.size(); }
    [[nodiscard]] boost::asio::io_context& context(std::size_t thread) { return *contexts_[thread]; }
    [[nodiscard]] std::size_t size() const { return visitors_.size(); }
    [[nodiscard]] Visitor& visitor(std::size_t number) { return *visitors_[number]; }
    [[nodiscard]] std::size_t thread_of(std::size_t number) const { return number % contexts_.size(); }
    // Connections that broke after they were open.
    [[nodiscard]] std::size_t lost() const { return lost_.load(); }

  private:
    void connect_next(std::size_t thread);
    void fail(const std::string& what);
    void read(Visitor& visitor);

    Target target_;
    std::vector<std::unique_ptr<boost::asio::io_context>> contexts_;
    std::vector<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work_;
    std::vector<std::unique_ptr<Visitor>> visitors_;
    std::vector<std::size_t> next_;  // per thread: the next visitor to connect
    std::vector<std::thread> threads_;
    boost::asio::ip::tcp::endpoint endpoint_;
    std::atomic<Driver*> driver_{nullptr};
    std::atomic<std::size_t> ready_{0};
    std::atomic<std::size_t> lost_{0};
    std::atomic<bool> failed_{false};
    std::string failure_;  // written once, before failed_
};

}  // namespace maru::load
