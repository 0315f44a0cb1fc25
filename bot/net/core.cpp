#include "bot/net/core.hpp"

#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include "bot/net/auth.hpp"

namespace maru::net {
namespace {

metrics::Counter& refused(metrics::Registry& r, const char* limit) {
    return r.counter("maru_refused_total", "Sockets and requests refused because a limit was reached",
                     {{"limit", limit}});
}
metrics::Counter& dropped(metrics::Registry& r, const char* why) {
    return r.counter("maru_clients_dropped_total", "WebSocket clients the server let go of",
                     {{"reason", why}});
}
metrics::Counter& answered(metrics::Registry& r, const char* status) {
    return r.counter("maru_http_requests_total", "HTTP requests answered, by class of status",
                     {{"status", status}});
}

}  // namespace

NetMetrics::NetMetrics(metrics::Registry& r)
    : sockets(r.gauge("maru_sockets", "Open TCP connections")),
      visitors(r.gauge("maru_connections", "Open WebSocket connections", {{"side", "visitor"}})),
      agents(r.gauge("maru_connections", "Open WebSocket connections", {{"side", "agent"}})),
      accepted(r.counter("maru_sockets_accepted_total", "TCP connections accepted")),
      accept_errors(r.counter("maru_accept_errors_total", "Failed attempts to accept a connection")),
      frames_in(r.counter("maru_frames_in_total", "WebSocket messages received")),
      frames_out(r.counter("maru_frames_out_total", "WebSocket messages handed to the kernel or its queue")),
      bytes_out(r.counter("maru_frame_bytes_out_total", "Bytes of those messages")),
      frame_errors(r.counter("maru_frame_errors_total",
                             "Received messages answered with an error by the server's edge")),
      dropped_slow(dropped(r, "queue_full")),
      dropped_stalled(dropped(r, "stalled")),
      refused_sockets(refused(r, "connections")),
      refused_address(refused(r, "connections_per_address")),
      refused_rate(refused(r, "rate")),
      refused_workers(refused(r, "workers")),
      closed_rate(dropped(r, "rate_limited")),
      closed_silent(dropped(r, "no_hello")),
      http_ok(answered(r, "2xx_3xx")),
      http_client(answered(r, "4xx")),
      http_server(answered(r, "5xx")),
      http_seconds(r.histogram("maru_http_seconds", "From a request's header to its answer, in seconds")) {}

void ShardState::push(Parcel parcel) {
    bool post = false;
    {
        const std::lock_guard lock(mutex_);
        parcels_.push_back(std::move(parcel));
        post = !posted_;
        posted_ = true;
    }
    if (post) asio::post(io, [this] { drain(); });
}

void ShardState::drain() {
    {
        const std::lock_guard lock(mutex_);
        working_.swap(parcels_);
        posted_ = false;
    }
    // Chain the parcels of each socket, so that interleaved frames still leave in one write per socket.
    const auto count = static_cast<std::uint32_t>(working_.size());
    for (std::uint32_t i = 0; i < count; ++i) {
        Outlet& to = *working_[i].to;
        if (to.first_parcel == 0)
            to.first_parcel = i + 1;
        else
            working_[to.last_parcel - 1].next = i + 1;
        to.last_parcel = i + 1;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        Outlet& to = *working_[i].to;
        if (to.first_parcel != i + 1) continue;
        to.first_parcel = 0;
        to.last_parcel = 0;
        to.deliver(working_, i);
    }
    working_.clear();
    constexpr std::size_t keep = 4096;
    if (working_.capacity() > keep) working_ = {};
}

Core::Core(Options o, Shards& s, VisitorPort& v, AgentPort& a, Router r, std::shared_ptr<Auth> au,
           metrics::Registry& m, Networks proxies)
    : options(std::move(o)),
      limits(options.limits),
      shards(s),
      visitors(v),
      agents(a),
      router(std::move(r)),
      auth(std::move(au)),
      metrics(m),
      trusted(std::move(proxies)),
      log(options.log
              ? options.log
              : std::make_shared<spdlog::logger>("net", std::make_shared<spdlog::sinks::null_sink_mt>())),
      addresses(limits.addresses_remembered),
      workers(limits.workers) {
    for (std::size_t i = 0; i < shards.size(); ++i)
        states.push_back(std::make_unique<ShardState>(shards.io(i), i));
}

Ticket::Ticket(std::shared_ptr<Core> core, std::shared_ptr<AddressState> address, bool counted)
    : core_(std::move(core)), address_(std::move(address)), counted_(counted) {
    core_->sockets.fetch_add(1);
    core_->metrics.sockets.add();
    if (counted_) address_->sockets.fetch_add(1);
}

Ticket::~Ticket() {
    release();
}

void Ticket::release() {
    if (!core_ || released_) return;  // moved from, or done
    released_ = true;
    if (counted_) address_->sockets.fetch_sub(1);
    core_->metrics.sockets.sub();
    core_->sockets.fetch_sub(1);
}

bool Ticket::move_to(std::shared_ptr<AddressState> address) {
    // Its own place is given back first: the address may be the same.
    if (counted_) address_->sockets.fetch_sub(1);
    const bool room = address->sockets.fetch_add(1) < core_->limits.connections_per_address;
    address_ = std::move(address);
    counted_ = true;
    return room || !core_->limits.rates;
}

}  // namespace maru::net
