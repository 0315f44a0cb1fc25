#include "bot/net/server.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>
#include <thread>

#include "bot/net/auth.hpp"
#include "bot/net/http_session.hpp"

namespace maru::net {
namespace {

using tcp = asio::ip::tcp;
using Error = boost::system::error_code;
using Timer = asio::basic_waitable_timer<Steady, asio::wait_traits<Steady>, Executor>;
constexpr asio::use_awaitable_t<Executor> awaiting{};
const auto quietly = asio::as_tuple(awaiting);

// How often agents' sockets are checked against the store: a session that expired, a user who was removed.
constexpr unsigned check_agents_every = 60;  // seconds

// Refused sockets that may be told so at one time; beyond, they are closed without a word.
constexpr std::size_t most_refusals = 64;

// Runs `f` on every shard's thread and waits until all have.
template <class F>
void on_shards(Core& core, F f) {
    std::vector<std::future<void>> done;
    for (auto& state : core.states) {
        auto promise = std::make_shared<std::promise<void>>();
        done.push_back(promise->get_future());
        asio::post(state->io, [&state = *state, f, promise] {
            f(state);
            promise->set_value();
        });
    }
    for (auto& one : done) one.wait();
}

}  // namespace

struct Server::Listener {
    Listener(Options options, Shards& shards, VisitorPort& visitors, AgentPort& agents, Router router,
             std::shared_ptr<Auth> auth, metrics::Registry& metrics);

    std::variant<std::uint16_t, ListenError> start();
    Stopped stop(std::chrono::milliseconds deadline);

    Awaitable<> accept_all();
    void take(Socket socket, std::size_t shard);
    void make_room();
    static void check_agents(const std::shared_ptr<Core>& core, ShardState& state);
    Awaitable<> tick(ShardState& state);

    std::string bad_proxy;
    std::shared_ptr<Core> core;
    std::optional<asio::basic_socket_acceptor<tcp, Executor>> acceptor;  // on shard 0's thread
    std::vector<std::unique_ptr<Timer>> timers;
    std::atomic<std::size_t> refusals{0};
    std::size_t next_shard = 0;
    int reserve = -1;  // a descriptor to give up when there are no others
    bool running = false;
};

Server::Listener::Listener(Options options, Shards& shards, VisitorPort& visitors, AgentPort& agents,
                           Router router, std::shared_ptr<Auth> auth, metrics::Registry& metrics) {
    auto proxies = Networks::parse(options.trusted_proxies, bad_proxy);
    core = std::make_shared<Core>(std::move(options), shards, visitors, agents, std::move(router),
                                  std::move(auth), metrics, proxies.value_or(Networks{}));
}

std::variant<std::uint16_t, ListenError> Server::Listener::start() {
    if (!bad_proxy.empty())
        return ListenError{"trusted_proxies: '" + bad_proxy + "' is no network; write 10.0.0.0/8 or ::1"};
    const auto& listen = core->options.listen;
    const auto where = parse_listen(listen);
    if (!where)
        return ListenError{"cannot listen on '" + listen +
                           "': write HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080"};
    auto& io = core->states.front()->io;
    Error ec;
    tcp::resolver resolver(io);
    const auto found = resolver.resolve(where->host, std::to_string(where->port),
                                        tcp::resolver::numeric_service | tcp::resolver::passive, ec);
    if (ec || found.empty()) return ListenError{"cannot listen on '" + listen + "': " + ec.message()};
    const auto fail = [&](const char* what) {
        acceptor.reset();
        std::string message = "cannot listen on " + listen + " (" + what + "): " + ec.message();
        if (ec == asio::error::address_in_use)
            message += "; stop what uses the port or take another one with --listen";
        if (ec == asio::error::access_denied) message += "; ports below 1024 need a privilege";
        return ListenError{std::move(message)};
    };
    tcp::endpoint endpoint = found.begin()->endpoint();
    acceptor.emplace(io.get_executor());
    if (acceptor->open(endpoint.protocol(), ec); ec) return fail("socket");
    acceptor->set_option(tcp::acceptor::reuse_address(true), ec);
    if (endpoint.address() == asio::ip::address_v6::any()) acceptor->set_option(asio::ip::v6_only(false), ec);
    if (acceptor->bind(endpoint, ec); ec) return fail("bind");
    if (acceptor->listen(core->limits.backlog, ec); ec) return fail("listen");
    const auto port = acceptor->local_endpoint(ec).port();
    reserve = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    running = true;
    if (core->auth) {
        core->auth->on_ended([weak = std::weak_ptr(core)](const Auth::Ended& ended) {
            const auto held = weak.lock();
            if (!held) return;
            for (auto& state : held->states) {
                asio::post(state->io, [held, &state = *state, ended] {
                    for (auto& agent : state.agents) {
                        const Staff& staff = agent.staff();
                        const bool hit = ended.others
                                             ? staff.id == ended.staff && staff.session != ended.session
                                             : staff.session == ended.session;
                        if (hit) agent.close(Closing::replaced);
                    }
                });
            }
        });
    }
    // Everything the coroutines use is there before the first of them runs.
    for (auto& state : core->states) timers.push_back(std::make_unique<Timer>(state->io.get_executor()));
    asio::co_spawn(
        io, [this] { return accept_all(); }, asio::detached);
    for (auto& state : core->states) {
        asio::co_spawn(
            state->io, [this, &state = *state] { return tick(state); }, asio::detached);
    }
    core->log->info("listening address={} port={}", endpoint.address().to_string(), port);
    return port;
}

// Nothing that a peer or the machine does may end this loop but the acceptor's own closing.
Awaitable<> Server::Listener::accept_all() {
    const auto keep = core;  // the loop may outlive the listener by one turn
    Timer pause(keep->states.front()->io.get_executor());
    for (;;) {
        const auto shard = next_shard++ % keep->states.size();
        auto [ec, socket] = co_await acceptor->async_accept(keep->states[shard]->io, quietly);
        if (keep->stopping) co_return;
        if (!ec) {
            keep->metrics.accepted.add();
            take(std::move(socket), shard);
            continue;
        }
        if (ec == asio::error::operation_aborted || ec == asio::error::bad_descriptor) co_return;
        // The peer went away before we came: nothing is wrong here.
        if (ec == asio::error::connection_aborted || ec == asio::error::connection_reset) continue;
        keep->metrics.accept_errors.add();
        keep->log->warn("accept failed error={}", ec.message());
        make_room();
        pause.expires_after(std::chrono::milliseconds(50));
        co_await pause.async_wait(quietly);
        if (keep->stopping) co_return;
    }
}

// Out of descriptors, the waiting connection would make the acceptor spin: take it with the spare one and
// close it, so that its peer knows at once.
void Server::Listener::make_room() {
    if (reserve < 0) return;
    ::close(reserve);
    const int refused = ::accept4(acceptor->native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (refused >= 0) {
        ::close(refused);
        core->metrics.refused_sockets.add();
    }
    reserve = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

void Server::Listener::take(Socket socket, std::size_t shard) {
    Error ec;
    const auto peer = socket.remote_endpoint(ec).address();
    if (ec) return;  // it is gone already
    socket.set_option(tcp::no_delay(true), ec);
    socket.non_blocking(true, ec);
    if (ec) return;
    ShardState& state = *core->states[shard];
    const bool proxy = core->trusted.hold(peer);
    auto address = core->addresses.of(key_of(peer), Steady::now());
    unsigned refusal = 0;
    if (core->sockets.load() >= core->limits.connections) {
        core->metrics.refused_sockets.add();
        refusal = 503;
    } else if (core->limits.rates && !proxy &&
               address->sockets.load() >= core->limits.connections_per_address) {
        core->metrics.refused_address.add();
        refusal = 429;
    }
    if (refusal != 0) {
        if (refusals.load() >= most_refusals) return;
        asio::post(state.io, [&state, refusal, s = std::move(socket)]() mutable {
            turn_away(state, std::move(s), refusal,
                      refusal == 503 ? "too many connections" : "too many connections from this address");
        });
        return;
    }
    asio::post(state.io, [&state, s = std::move(socket), peer,
                          ticket = Ticket(core, std::move(address), !proxy)]() mutable {
        if (state.winding_down) return;
        serve_http(state, std::move(s), std::move(ticket), peer);
    });
}

Awaitable<> Server::Listener::tick(ShardState& state) {
    const auto keep = core;  // as in accept_all
    Timer& timer = *timers[state.index];
    for (unsigned second = 1; !state.winding_down; ++second) {
        timer.expires_after(std::chrono::seconds(1));
        auto [ec] = co_await timer.async_wait(quietly);
        if (ec) co_return;
        const auto now = Steady::now();
        for (auto it = state.newcomers.begin(); it != state.newcomers.end();) (it++)->check_newcomer(now);
        for (auto it = state.stalled.begin(); it != state.stalled.end();) (it++)->check_stalled(now);
        if (second % check_agents_every == 0) check_agents(keep, state);
    }
}

void Server::Listener::check_agents(const std::shared_ptr<Core>& core, ShardState& state) {
    if (!core->auth || state.agents.empty()) return;
    std::vector<std::pair<std::weak_ptr<Client>, std::string>> open;
    for (auto& agent : state.agents) open.emplace_back(agent.client(), agent.staff().session);
    asio::post(core->workers, [core, open = std::move(open)] {
        for (const auto& [client, session] : open) {
            try {
                if (core->auth->who_of_session(session)) continue;
            } catch (const std::exception& failure) {
                core->log->warn("agents' sessions cannot be checked error={}", failure.what());
                return;
            }
            if (const auto held = client.lock()) held->close(Closing::replaced);
        }
    });
}

Server::Stopped Server::Listener::stop(std::chrono::milliseconds deadline) {
    if (!running) return {};
    running = false;
    const auto until = Steady::now() + deadline;
    core->stopping = true;
    core->log->info("stopping sockets={}", core->sockets.load());
    on_shards(*core, [this](ShardState& state) {
        state.winding_down = true;
        if (state.index == 0) {
            Error ignored;
            acceptor->close(ignored);
        }
        timers[state.index]->cancel();
        for (auto it = state.http.begin(); it != state.http.end();) (it++)->wind_down();
        for (auto it = state.visitors.begin(); it != state.visitors.end();) (it++)->wind_down();
        for (auto it = state.agents.begin(); it != state.agents.end();) (it++)->wind_down();
    });
    Stopped result;
    while (core->sockets.load() > 0 && Steady::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    result.cut = core->sockets.load();
    if (result.cut > 0) {
        core->log->warn("stopping: sockets cut at the deadline count={}", result.cut);
        on_shards(*core, [](ShardState& state) {
            for (auto it = state.http.begin(); it != state.http.end();) (it++)->cut();
            for (auto it = state.visitors.begin(); it != state.visitors.end();) (it++)->cut();
            for (auto it = state.agents.begin(); it != state.agents.end();) (it++)->cut();
        });
    }
    core->workers.join();
    // Whatever the cuts posted runs before this returns.
    for (int turn = 0; turn < 3; ++turn) on_shards(*core, [](ShardState&) {});
    if (reserve >= 0) ::close(reserve);
    reserve = -1;
    return result;
}

Server::Server(Options options, Shards& shards, VisitorPort& visitors, AgentPort& agents, Router router,
               std::shared_ptr<Auth> auth, metrics::Registry& metrics)
    : listener_(std::make_unique<Listener>(std::move(options), shards, visitors, agents, std::move(router),
                                           std::move(auth), metrics)) {}

Server::~Server() {
    if (listener_) listener_->stop(std::chrono::milliseconds(0));
}

std::variant<std::uint16_t, ListenError> Server::start() {
    return listener_->start();
}

Server::Stopped Server::stop(std::chrono::milliseconds deadline) {
    return listener_->stop(deadline);
}

}  // namespace maru::net
