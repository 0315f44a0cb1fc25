// What all sockets of a server share, and what those of one thread share. Internal to bot/net.
//
// Lifetime: every socket holds a shared_ptr to the Core, so the last of them (destroyed with the io_contexts
// at the latest) takes it down.
#pragma once

#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bot/net/rates.hpp"
#include "bot/net/server.hpp"

namespace maru::net {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
template <class T = void>
using Awaitable = asio::awaitable<T, Executor>;

struct NetMetrics {
    explicit NetMetrics(metrics::Registry& registry);

    metrics::Gauge &sockets, &visitors, &agents;
    metrics::Counter &accepted, &accept_errors;
    metrics::Counter &frames_in, &frames_out, &bytes_out, &frame_errors;
    metrics::Counter &dropped_slow, &dropped_stalled;
    metrics::Counter &refused_sockets, &refused_address, &refused_rate, &refused_workers;
    metrics::Counter &closed_rate, &closed_silent;
    metrics::Counter &http_ok, &http_client, &http_server;
    metrics::Histogram& http_seconds;
};

struct Core;

// A socket that frames can be delivered to, as its thread sees it.
class Outlet;
struct Parcel {
    enum class What : std::uint8_t { frame, wake, close, cut };
    std::shared_ptr<Outlet> to;
    Frame frame;
    What what = What::frame;
    Closing why = Closing::going_away;
    std::uint32_t next = 0;  // the same socket's next parcel of this round + 1; 0: none
};

struct HttpHook
    : boost::intrusive::list_base_hook<boost::intrusive::tag<struct HttpTag>,
                                       boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {};
struct SocketHook
    : boost::intrusive::list_base_hook<boost::intrusive::tag<struct SocketTag>,
                                       boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {};
struct NewcomerHook
    : boost::intrusive::list_base_hook<boost::intrusive::tag<struct NewTag>,
                                       boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {};
struct StalledHook
    : boost::intrusive::list_base_hook<boost::intrusive::tag<struct StalledTag>,
                                       boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {};

class Outlet : public Client, public SocketHook, public NewcomerHook, public StalledHook {
  public:
    // This round's parcels, from `first` on along `next`.
    virtual void deliver(std::vector<Parcel>& parcels, std::uint32_t first) = 0;
    // The server stops: close once settled.
    virtual void wind_down() = 0;
    virtual void cut() = 0;
    // Called once a second for those on the list.
    virtual void check_newcomer(Steady::time_point now) = 0;
    virtual void check_stalled(Steady::time_point now) = 0;
    [[nodiscard]] virtual const Staff& staff() const = 0;  // without an id for visitors
    virtual std::shared_ptr<Client> client() = 0;

    std::uint32_t first_parcel = 0, last_parcel = 0;  // + 1; of the round being delivered
};

class HttpPeer : public HttpHook {
  public:
    virtual ~HttpPeer() = default;
    virtual void wind_down() = 0;
    virtual void cut() = 0;
};

template <class T, class Hook>
using Members =
    boost::intrusive::list<T, boost::intrusive::base_hook<Hook>, boost::intrusive::constant_time_size<false>>;

// One per thread. Everything but `push` belongs to that thread.
class ShardState {
  public:
    ShardState(asio::io_context& context, std::size_t number) : io(context), index(number) {}

    // Any thread. Parcels of one thread are delivered in order; a burst costs one wake-up, and all frames a
    // socket got in it leave in one write.
    void push(Parcel parcel);

    asio::io_context& io;
    const std::size_t index;
    std::string scratch;  // frames of one socket gathered for one write
    Members<Outlet, SocketHook> visitors, agents;
    Members<Outlet, NewcomerHook> newcomers;  // no hello yet; the oldest first
    Members<Outlet, StalledHook> stalled;     // bytes the kernel did not take, or ends that drag on
    Members<HttpPeer, HttpHook> http;
    bool winding_down = false;

  private:
    void drain();

    std::mutex mutex_;
    std::vector<Parcel> parcels_;
    bool posted_ = false;
    std::vector<Parcel> working_;
};

struct Core {
    Core(Options o, Shards& s, VisitorPort& v, AgentPort& a, Router r, std::shared_ptr<Auth> au,
         metrics::Registry& m, Networks proxies);

    const Options options;
    const Limits& limits;
    Shards& shards;
    VisitorPort& visitors;
    AgentPort& agents;
    const Router router;
    const std::shared_ptr<Auth> auth;
    NetMetrics metrics;
    const Networks trusted;
    const std::shared_ptr<spdlog::logger> log;
    AddressBook addresses;
    std::vector<std::unique_ptr<ShardState>> states;
    std::atomic<std::size_t> sockets{0};
    std::atomic<std::size_t> waiting{0};  // requests at or before the workers
    std::atomic<bool> stopping{false};
    asio::thread_pool workers;
};

// One open socket in the books; gives its places back when it dies.
class Ticket {
  public:
    Ticket(std::shared_ptr<Core> core, std::shared_ptr<AddressState> address, bool counted);
    Ticket(Ticket&& other) noexcept = default;
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket();

    [[nodiscard]] const std::shared_ptr<Core>& core() const { return core_; }
    [[nodiscard]] AddressState& address() const { return *address_; }
    // The socket turned out to belong to another address (behind a proxy). False: that one has too many.
    [[nodiscard]] bool move_to(std::shared_ptr<AddressState> address);
    // Gives the places back now; the core is kept.
    void release();

  private:
    std::shared_ptr<Core> core_;
    std::shared_ptr<AddressState> address_;
    bool counted_;  // against the address
    bool released_ = false;
};

}  // namespace maru::net
