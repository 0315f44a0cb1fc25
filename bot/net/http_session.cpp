#include "bot/net/http_session.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include "bot/net/admission.hpp"
#include "bot/net/http_head.hpp"
#include "bot/net/ws_session.hpp"

namespace maru::net {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using Error = boost::system::error_code;
constexpr asio::use_awaitable_t<Executor> awaiting{};
const auto quietly = asio::as_tuple(awaiting);

constexpr std::size_t read_at_once = 4096;

class Session final : public HttpPeer, public std::enable_shared_from_this<Session> {
  public:
    Session(ShardState& shard, Socket socket, Ticket ticket, asio::ip::address peer)
        : shard_(shard),
          socket_(std::move(socket)),
          ticket_(std::move(ticket)),
          core_(*ticket_.core()),
          peer_(std::move(peer)),
          timer_(socket_.get_executor()),
          buffer_(core_.limits.header_bytes + 64 * 1024) {}

    void start() {
        shard_.http.push_back(*this);
        asio::co_spawn(
            socket_.get_executor(), [self = shared_from_this()] { return self->run(); },
            [self = shared_from_this()](std::exception_ptr failure) {
                if (failure) self->log_failure(failure);
                self->timer_.cancel();
                if (self->HttpHook::is_linked()) self->HttpHook::unlink();
                Error ignored;
                self->socket_.close(ignored);
            });
    }

    void wind_down() override {
        if (idle_) cut();
    }
    void cut() override {
        Error ignored;
        socket_.close(ignored);
    }

  private:
    enum class Next : std::uint8_t { request, linger, gone };

    Awaitable<> run() {
        for (std::size_t served = 1;; ++served) {
            last_ = served >= core_.limits.requests_per_connection;
            const Next next = co_await serve_one(served == 1);
            if (next == Next::gone) co_return;
            // A stop that came while the answer was on its way found this connection busy.
            if (next == Next::linger || shard_.winding_down) break;
        }
        co_await linger();
    }

    // ---- one request

    Awaitable<Next> serve_one(bool first) {
        const std::size_t size = co_await await_head(first);
        if (size == 0) {
            if (refused_.status == 0) co_return Next::gone;
            co_return co_await refuse(problem(refused_.status, {}, refused_.detail));
        }
        started_ = Steady::now();
        Head head;
        const std::string_view bytes(static_cast<const char*>(buffer_.cdata().data()), size);
        if (auto error = read_head(bytes, core_.limits.target_bytes, head))
            co_return co_await refuse(problem(error->status, {}, error->detail));

        http::request_parser<http::string_body> parser;
        parser.header_limit(static_cast<std::uint32_t>(core_.limits.header_bytes + 1));
        parser.body_limit(boost::none);  // set below, where the route is known
        Error ec;
        buffer_.consume(parser.put(asio::buffer(bytes.data(), bytes.size()), ec));
        if (ec == http::error::need_more) ec = {};
        if (ec || !parser.is_header_done())
            co_return co_await refuse(problem(400, {}, "the request's head cannot be read"));

        keep_alive_ = head.keep_alive && !last_ && !shard_.winding_down;
        head_only_ = head.head;
        unread_body_ = head.has_body();
        Request request;
        request.method = head.method;
        request.head = head.head;
        request.path = std::move(head.path);
        request.query = std::move(head.query);
        const auto client = client_of(core_, peer_, head);
        address_ = core_.addresses.of(key_of(client), Steady::now());
        request.address = client.to_string();
        request.headers = std::move(head.headers);
        route_name_ = "-";

        if (core_.limits.rates && !address_->requests.take(core_.limits.requests, Steady::now())) {
            core_.metrics.refused_rate.add();
            co_return co_await answer(
                problem(429, {}, "too many requests from this address").with("Retry-After", "1"));
        }
        if (request.path == "/ws/visitor" || request.path == "/ws/agent")
            co_return co_await upgrade(parser.get(), head, std::move(request));

        auto match = core_.router.find(request.method, request.path);
        if (match.route == nullptr) {
            if (match.allow.empty() && request.path != "*") co_return co_await answer(problem(404));
            const std::string allow = match.allow.empty() ? "GET, HEAD, POST, PUT" : match.allow;
            if (head.options) co_return co_await answer(no_content().with("Allow", allow));
            co_return co_await answer(problem(405).with("Allow", allow));
        }
        const Route& route = *match.route;
        route_name_ = route.pattern.empty() ? "page" : route.pattern.c_str();
        request.parameters = std::move(match.parameters);
        if (request.method != Method::get && route.guarded) {
            if (auto refusal = guard(core_, route, request, head))
                co_return co_await answer(std::move(*refusal));
        }
        const auto body_limit = route.body_bytes != 0 ? route.body_bytes : core_.limits.body_bytes;
        if (head.length.value_or(0) > body_limit) co_return co_await answer(too_large(body_limit));
        if (route.access != Access::open) {
            if (auto refusal = co_await admit(route, request)) co_return co_await answer(std::move(*refusal));
        }
        if (head.has_body()) {
            if (head.expects_continue && !co_await say_continue()) co_return Next::gone;
            parser.body_limit(body_limit);
            if (auto refusal = co_await read_body(parser, body_limit))
                co_return co_await refuse(std::move(*refusal));
            if (gone_) co_return Next::gone;
            unread_body_ = false;
            request.body = std::move(parser.get().body());
        }
        Response response = co_await handle(route, request);
        co_return co_await answer(std::move(response));
    }

    // The size of a whole head at the front of the buffer; 0: see refused_ (status 0: just gone).
    Awaitable<std::size_t> await_head(bool first) {
        refused_ = {0, {}};
        bool begun = buffer_.size() > 0;
        idle_ = !begun;
        arm(begun || first ? core_.limits.header_time : core_.limits.idle_time);
        for (;;) {
            // Some clients end a body with one CR LF too many (RFC 9112, 2.2).
            std::string_view bytes(static_cast<const char*>(buffer_.cdata().data()), buffer_.size());
            if (bytes.substr(0, 2) == "\r\n") {
                buffer_.consume(2);
                bytes.remove_prefix(2);
            }
            const auto size = head_size(bytes);
            if (size > core_.limits.header_bytes || (size == 0 && bytes.size() > core_.limits.header_bytes)) {
                const bool line = bytes.find("\r\n") == std::string_view::npos ||
                                  bytes.find("\r\n") > core_.limits.target_bytes;
                refused_ = {line ? 414U : 431U, "the request's head is longer than " +
                                                    std::to_string(core_.limits.header_bytes) + " bytes"};
                co_return 0;
            }
            if (size != 0) {
                idle_ = false;
                disarm();
                co_return size;
            }
            if (begun && !plausible(bytes)) {
                refused_ = {400, "this is not HTTP/1"};
                co_return 0;
            }
            auto space = buffer_.prepare(read_at_once);
            auto [ec, got] = co_await socket_.async_read_some(space, quietly);
            if (ec) {
                if (timed_out_ && begun) refused_ = {408, "the request's head took too long"};
                co_return 0;
            }
            buffer_.commit(got);
            if (!begun) {
                begun = true;
                idle_ = false;
                if (!first) arm(core_.limits.header_time);
            }
        }
    }

    // A request line begins with a method; refusing the rest early keeps TLS and noise from lingering.
    static bool plausible(std::string_view bytes) {
        for (const char c : bytes.substr(0, 16)) {
            if (c == ' ') return true;
            if ((c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '-' && c != '_') return false;
        }
        return bytes.size() < 16;
    }

    Awaitable<std::optional<Response>> admit(const Route& route, Request& request) {
        std::optional<Response> refusal;
        const bool room = co_await work([&] { refusal = admit_staff(core_, request, route.access); });
        if (!room) refusal = busy();
        co_return refusal;
    }

    Awaitable<bool> say_continue() {
        arm(core_.limits.write_time);
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        auto [ec, sent] = co_await asio::async_write(socket_, asio::buffer(go_on), quietly);
        disarm();
        co_return !ec;
    }

    Awaitable<std::optional<Response>> read_body(http::request_parser<http::string_body>& parser,
                                                 std::size_t body_limit) {
        arm(core_.limits.body_time);
        auto [ec, got] = co_await http::async_read(socket_, buffer_, parser, quietly);
        disarm();
        std::optional<Response> refusal;
        if (ec == http::error::body_limit) {
            refusal = too_large(body_limit);
        } else if (ec && timed_out_) {
            refusal = problem(408, {}, "the body took too long");
        } else if (ec && ec.category() == http::make_error_code(http::error::bad_chunk).category() &&
                   ec != http::error::partial_message && ec != http::error::end_of_stream) {
            refusal = problem(400, {}, "the body's chunks are garbled");
        } else if (ec) {
            gone_ = true;
        }
        co_return refusal;
    }

    static Response too_large(std::size_t limit) {
        return problem(413, {}, "the body may have " + std::to_string(limit) + " bytes");
    }
    Response busy() {
        core_.metrics.refused_workers.add();
        return problem(503, {}, "too many requests at once").with("Retry-After", "1");
    }

    Awaitable<Response> handle(const Route& route, const Request& request) {
        Response response;
        if (route.in_place) {
            response = call(route, request);
        } else {
            const bool room = co_await work([&] { response = call(route, request); });
            if (!room) response = busy();
        }
        co_return response;
    }

    Response call(const Route& route, const Request& request) const {
        try {
            return route.handler(request);
        } catch (const std::exception& failure) {
            core_.log->error("http handler failed route={} error={}", route_name_, failure.what());
        } catch (...) {
            core_.log->error("http handler failed route={} error=unknown", route_name_);
        }
        return problem(500);
    }

    // Runs `job` on a worker, then goes on here. False: too many wait already.
    Awaitable<bool> work(std::function<void()> job) {
        if (core_.waiting.fetch_add(1) >= core_.limits.waiting_requests) {
            core_.waiting.fetch_sub(1);
            co_return false;
        }
        auto start = [this, &job](auto handler) {
            asio::post(core_.workers, [&job, back = std::move(handler)]() mutable {
                job();
                auto executor = asio::get_associated_executor(back);
                asio::post(executor, std::move(back));
            });
        };
        co_await asio::async_initiate<decltype(awaiting), void()>(std::move(start), awaiting);
        core_.waiting.fetch_sub(1);
        co_return true;
    }

    // ---- WebSockets

    Awaitable<Next> upgrade(const http::request<http::string_body>& handshake, const Head& head,
                            Request request) {
        Welcome welcome;
        welcome.agent = request.path == "/ws/agent";
        route_name_ = welcome.agent ? "/ws/agent" : "/ws/visitor";
        if (auto refusal = check_handshake(core_, request, head, welcome.agent))
            co_return co_await answer(std::move(*refusal));
        if (head.has_body() || buffer_.size() > 0)
            co_return co_await refuse(problem(400, {}, "nothing follows a handshake before its answer"));
        if (core_.limits.rates && !address_->handshakes.take(core_.limits.handshakes, Steady::now())) {
            core_.metrics.refused_rate.add();
            co_return co_await answer(
                problem(429, {}, "too many connections from this address").with("Retry-After", "2"));
        }
        if (welcome.agent) {
            std::optional<Response> refusal;
            const bool room = co_await work([&] { refusal = admit_staff(core_, request, Access::agent); });
            if (!room) refusal = busy();
            if (refusal) co_return co_await answer(std::move(*refusal));
            welcome.staff = std::move(*request.staff);
        }
        if (shard_.winding_down) co_return co_await answer(problem(503, {}, "the server is stopping"));
        if (!ticket_.move_to(address_)) {
            core_.metrics.refused_address.add();
            co_return co_await answer(problem(429, {}, "too many connections from this address"));
        }
        constexpr std::size_t longest_agent = 200;
        welcome.from = {std::move(request.address), std::string(request.header("origin")),
                        std::string(request.header("user-agent").substr(0, longest_agent))};
        welcome.protocol = offered_protocol(request);
        HttpHook::unlink();
        timer_.cancel();
        note(101);
        start_websocket(shard_, std::move(ticket_), std::move(socket_), handshake, std::move(welcome));
        co_return Next::gone;
    }

    // ---- answers

    // An answer after which nothing on this connection can be trusted.
    Awaitable<Next> refuse(Response response) {
        keep_alive_ = false;
        co_return co_await answer(std::move(response));
    }

    Awaitable<Next> answer(Response response) {
        if (unread_body_) keep_alive_ = false;  // its bytes would be read as the next request
        const std::string_view body =
            response.fixed.empty() ? std::string_view(response.body) : response.fixed;
        const bool bare = head_only_ || response.status == 204 || response.status == 304;
        const std::string head = answer_head(
            response, body.size(), {keep_alive_, core_.options.public_url.substr(0, 8) == "https://"});
        note(response.status);
        const std::array<asio::const_buffer, 2> parts{
            asio::buffer(head), bare ? asio::const_buffer() : asio::buffer(body.data(), body.size())};
        arm(core_.limits.write_time);
        auto [ec, sent] = co_await asio::async_write(socket_, parts, quietly);
        disarm();
        if (ec) co_return Next::gone;
        co_return keep_alive_ ? Next::request : Next::linger;
    }

    // Closing at once with unread bytes resets the connection and may take the answer with it: what is still
    // coming is read for a while, and thrown away.
    Awaitable<> linger() {
        constexpr std::size_t most = std::size_t{16} << 20;
        Error ignored;
        socket_.shutdown(Socket::shutdown_send, ignored);
        idle_ = true;
        arm(std::chrono::seconds(2));
        std::array<char, 16384> sink;
        for (std::size_t read = 0; read < most;) {
            auto [ec, got] = co_await socket_.async_read_some(asio::buffer(sink), quietly);
            if (ec) break;
            read += got;
        }
    }

    void note(unsigned status) {
        auto& m = core_.metrics;
        (status < 400 ? m.http_ok : status < 500 ? m.http_client : m.http_server).add();
        const auto took = std::chrono::duration<double>(Steady::now() - started_).count();
        m.http_seconds.observe(took);
        core_.log->debug("http route={} status={} seconds={:.4f}", route_name_, status, took);
    }

    void arm(Limits::Span span) {
        timed_out_ = false;
        timer_.expires_after(span);
        timer_.async_wait([weak = weak_from_this()](Error ec) {
            const auto self = weak.lock();
            if (ec || !self || self->timer_.expiry() > Steady::now()) return;
            self->timed_out_ = true;
            self->socket_.cancel(ec);
        });
    }
    void disarm() { timer_.cancel(); }

    void log_failure(const std::exception_ptr& failure) const {
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& e) {
            core_.log->error("http session failed error={}", e.what());
        }
    }

    ShardState& shard_;
    Socket socket_;
    Ticket ticket_;
    Core& core_;
    const asio::ip::address peer_;
    asio::basic_waitable_timer<Steady, asio::wait_traits<Steady>, Executor> timer_;
    beast::flat_buffer buffer_;
    std::shared_ptr<AddressState> address_;
    HeadError refused_{0, {}};
    Steady::time_point started_ = Steady::now();
    const char* route_name_ = "-";
    bool timed_out_ = false;
    bool idle_ = true;
    bool last_ = false;
    bool keep_alive_ = false;
    bool head_only_ = false;
    bool unread_body_ = false;
    bool gone_ = false;
};

Awaitable<> say_no(Socket socket, std::string answer) {
    asio::basic_waitable_timer<Steady, asio::wait_traits<Steady>, Executor> timer(socket.get_executor());
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([&socket](Error ec) {
        if (!ec) socket.cancel(ec);
    });
    auto [failed, sent] = co_await asio::async_write(socket, asio::buffer(answer), quietly);
    Error ignored;
    if (!failed) socket.shutdown(Socket::shutdown_send, ignored);
    std::array<char, 1024> sink;
    while (!failed) {
        auto [ec, got] = co_await socket.async_read_some(asio::buffer(sink), quietly);
        if (ec) break;
    }
    timer.cancel();
}

}  // namespace

void serve_http(ShardState& shard, Socket socket, Ticket ticket, asio::ip::address peer) {
    std::make_shared<Session>(shard, std::move(socket), std::move(ticket), std::move(peer))->start();
}

void turn_away(ShardState& shard, Socket socket, unsigned status, const char* detail) {
    const Response response = problem(status, {}, detail).with("Retry-After", "5");
    asio::co_spawn(shard.io,
                   say_no(std::move(socket),
                          answer_head(response, response.body.size(), {false, false}) + response.body),
                   asio::detached);
}

}  // namespace maru::net
