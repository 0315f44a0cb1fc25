#include "tests/bench/load/fleet.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/bench/load/frame.hpp"

namespace maru::load {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;

namespace {
// Handshakes in flight per thread: enough to be quick, few enough not to overflow a listen backlog.
constexpr std::size_t handshakes_at_once = 32;
}  // namespace

Target parse_target(const std::string& url, bool echo) {
    Target target;
    target.echo = echo;
    std::string rest = url;
    if (const std::size_t scheme = rest.find("://"); scheme != std::string::npos) rest.erase(0, scheme + 3);
    if (const std::size_t slash = rest.find('/'); slash != std::string::npos) {
        if (slash + 1 < rest.size()) target.path = rest.substr(slash);
        rest.erase(slash);
    }
    const std::size_t colon = rest.rfind(':');
    if (colon == std::string::npos) throw std::runtime_error("no port in the address: " + url);
    target.host = rest.substr(0, colon);
    target.port = rest.substr(colon + 1);
    return target;
}

void Visitor::send(std::string frame) {
    queue_.push_back(std::move(frame));
    if (queue_.size() == 1) write_next();
}

void Visitor::write_next() {
    stream_.async_write(asio::buffer(queue_.front()), [this](beast::error_code error, std::size_t) {
        if (error || lost_) return;  // the reader reports the loss
        queue_.pop_front();
        if (!queue_.empty()) write_next();
    });
}

Fleet::Fleet(Target target, unsigned threads, std::size_t visitors) : target_(std::move(target)) {
    for (unsigned i = 0; i < std::max(1U, threads); ++i) {
        contexts_.push_back(std::make_unique<asio::io_context>(1));
        work_.push_back(asio::make_work_guard(*contexts_.back()));
        next_.push_back(i);
    }
    for (std::size_t i = 0; i < visitors; ++i)
        visitors_.push_back(std::make_unique<Visitor>(*contexts_[thread_of(i)], i));
    tcp::resolver resolver(*contexts_.front());
    endpoint_ = resolver.resolve(target_.host, target_.port).begin()->endpoint();
}

Fleet::~Fleet() {
    stop();
    visitors_.clear();  // the streams go before their io_contexts
}

void Fleet::stop() {
    for (auto& context : contexts_) context->stop();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void Fleet::fail(const std::string& what) {
    if (bool expected = false; failed_.compare_exchange_strong(expected, true)) failure_ = what;
    ready_.notify_all();
}

void Fleet::open(std::chrono::seconds patience) {
    for (std::size_t thread = 0; thread < contexts_.size(); ++thread) {
        for (std::size_t i = 0; i < handshakes_at_once; ++i)
            asio::post(*contexts_[thread], [this, thread] { connect_next(thread); });
        threads_.emplace_back([&context = *contexts_[thread]] { context.run(); });
    }
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (ready_.load() < visitors_.size() && !failed_.load()) {
        if (std::chrono::steady_clock::now() > deadline)
            fail("only " + std::to_string(ready_.load()) + " of " + std::to_string(visitors_.size()) +
                 " visitors were welcomed in time");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    if (failed_.load()) {
        stop();
        throw std::runtime_error(failure_);
    }
}

void Fleet::connect_next(std::size_t thread) {
    const std::size_t number = next_[thread];
    if (number >= visitors_.size()) return;
    next_[thread] += contexts_.size();
    asio::co_spawn(
        *contexts_[thread],
        [this, number, thread]() -> asio::awaitable<void> {
            Visitor& visitor = *visitors_[number];
            try {
                co_await visitor.stream_.next_layer().async_connect(endpoint_, asio::use_awaitable);
                visitor.stream_.next_layer().set_option(tcp::no_delay(true));
                co_await visitor.stream_.async_handshake(target_.host + ':' + target_.port, target_.path,
                                                         asio::use_awaitable);
                visitor.stream_.text(true);
                if (!target_.echo) {
                    nlohmann::json hello{{"type", "hello"}, {"locale", target_.locale}};
                    if (!target_.site.empty()) hello["site"] = target_.site;
                    const std::string frame = hello.dump();
                    co_await visitor.stream_.async_write(asio::buffer(frame), asio::use_awaitable);
                    co_await visitor.stream_.async_read(visitor.buffer_, asio::use_awaitable);
                    const std::string_view got(static_cast<const char*>(visitor.buffer_.data().data()),
                                               visitor.buffer_.size());
                    if (read_frame(got).type != "welcome")
                        throw std::runtime_error("hello was answered by " + std::string(got));
                    visitor.buffer_.consume(visitor.buffer_.size());
                }
                read(visitor);
                ready_.fetch_add(1);
                connect_next(thread);
            } catch (const std::exception& error) {
                fail("visitor " + std::to_string(number) + " cannot connect: " + error.what());
            }
        },
        asio::detached);
}

void Fleet::read(Visitor& visitor) {
    visitor.stream_.async_read(visitor.buffer_, [this, &visitor](beast::error_code error, std::size_t) {
        if (error) {
            visitor.lost_ = true;
            lost_.fetch_add(1);
            return;
        }
        if (Driver* driver = driver_.load(std::memory_order_acquire))
            driver->on_frame(
                visitor, {static_cast<const char*>(visitor.buffer_.data().data()), visitor.buffer_.size()});
        visitor.buffer_.consume(visitor.buffer_.size());
        read(visitor);
    });
}

void Fleet::start(Driver& driver) {
    driver_.store(&driver, std::memory_order_release);
    for (std::size_t thread = 0; thread < contexts_.size(); ++thread)
        asio::post(*contexts_[thread], [this, &driver, thread] {
            for (std::size_t i = thread; i < visitors_.size(); i += contexts_.size())
                driver.on_start(*visitors_[i]);
        });
}

}  // namespace maru::load
