#include "bot/net/ws_session.hpp"

#include <spdlog/spdlog.h>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "bot/net/cork.hpp"

namespace maru::net {
namespace {

namespace beast = boost::beast;
namespace ws = beast::websocket;
using Error = boost::system::error_code;

// What a buffer may keep between two messages; above, it is given back.
constexpr std::size_t idle_buffer = 1024;
// What is set aside for a message that may come (most fit), and for each further piece of a larger one.
constexpr std::size_t first_read = 512;
constexpr std::size_t next_read = 16 * 1024;

// Which frames end in an ack or an error, and the id they carry.
const std::string* acked_id(const wire::VisitorFrame& frame) {
    if (const auto* message = std::get_if<wire::VisitorMessage>(&frame)) return &message->id;
    if (const auto* event = std::get_if<wire::StorefrontEvent>(&frame)) return &event->id;
    return nullptr;
}
const std::string* acked_id(const wire::AgentFrame& frame) {
    if (const auto* message = std::get_if<wire::AgentMessage>(&frame)) return &message->id;
    if (const auto* note = std::get_if<wire::Note>(&frame)) return &note->id;
    return nullptr;
}

class Session final : public Outlet, private Cork::Owner, public std::enable_shared_from_this<Session> {
  public:
    Session(ShardState& shard, Ticket ticket, Socket socket, Welcome welcome)
        : shard_(shard),
          ticket_(std::move(ticket)),
          core_(*ticket_.core()),
          ws_(std::move(socket), static_cast<Cork::Owner&>(*this)),
          who_(std::make_unique<Welcome>(std::move(welcome))),
          agent_(who_->agent) {}

    void start(const beast::http::request<beast::http::string_body>& request) {
        const auto& limits = core_.limits;
        ws::stream_base::timeout timeout{};
        timeout.handshake_timeout = limits.close_time;
        timeout.idle_timeout = 2 * limits.ping_after;  // the ping goes out after half of it
        timeout.keep_alive_pings = true;
        ws_.set_option(timeout);
        ws_.auto_fragment(false);
        ws_.read_message_max(limits.frame_bytes);
        ws_.control_callback([this](ws::frame_type kind, beast::string_view) {
            if (kind == ws::frame_type::close) peer_closed_ = true;
        });
        if (!who_->protocol.empty()) {
            ws_.set_option(
                ws::stream_base::decorator([protocol = who_->protocol](ws::response_type& response) {
                    response.set(beast::http::field::sec_websocket_protocol, protocol);
                }));
        }
        ws_.async_accept(request, [self = shared_from_this()](Error ec) { self->on_open(ec); });
    }

    // ---- Client: any thread

    void send(Frame frame) noexcept override {
        if (deaf_.load(std::memory_order_relaxed)) return;
        const auto bytes = frame->size();
        const auto waiting = queued_bytes_.fetch_add(bytes, std::memory_order_relaxed) +
                             unsent_.load(std::memory_order_relaxed);
        const auto frames = queued_frames_.fetch_add(1, std::memory_order_relaxed);
        if ((waiting > 0 && waiting + bytes > core_.limits.outbound_bytes) ||
            frames >= core_.limits.outbound_frames) {
            if (deaf_.exchange(true)) return;
            core_.metrics.dropped_slow.add();
            shard_.push({shared_from_this(), nullptr, Parcel::What::cut});
            return;
        }
        shard_.push({shared_from_this(), std::move(frame)});
    }

    void settled() noexcept override {
        auto before = unacked_.load(std::memory_order_relaxed);
        do {
            if (before == 0) return;
        } while (!unacked_.compare_exchange_weak(before, before - 1, std::memory_order_acq_rel));
        if (before >= core_.limits.unacked || (before == 1 && core_.stopping.load()))
            shard_.push({shared_from_this(), nullptr, Parcel::What::wake});
    }

    void hello_refused() noexcept override {
        greeted_.store(false);
        shard_.push({shared_from_this(), nullptr, Parcel::What::wake});
    }

    void close(Closing why) noexcept override {
        if (deaf_.load(std::memory_order_relaxed)) return;
        shard_.push({shared_from_this(), nullptr, Parcel::What::close, why});
    }

    // ---- Outlet: the shard's thread

    void deliver(std::vector<Parcel>& parcels, std::uint32_t first) override {
        ws_.next_layer().gather(shard_.scratch);
        std::size_t bytes = 0, frames = 0;
        bool wake = false, cut_now = false;
        const Parcel* close_with = nullptr;
        for (std::uint32_t i = first;; i = parcels[i].next - 1) {
            Parcel& parcel = parcels[i];
            switch (parcel.what) {
                case Parcel::What::frame: {
                    Error ec;
                    if (open() && close_with == nullptr) ws_.write(asio::buffer(*parcel.frame), ec);
                    bytes += parcel.frame->size();
                    ++frames;
                    break;
                }
                case Parcel::What::wake:
                    wake = true;
                    break;
                case Parcel::What::close:
                    close_with = &parcel;
                    break;
                case Parcel::What::cut:
                    cut_now = true;
                    break;
            }
            if (parcel.next == 0) break;
        }
        if (frames > 0) {
            core_.metrics.frames_out.add(frames);
            core_.metrics.bytes_out.add(bytes);
            queued_frames_.fetch_sub(frames, std::memory_order_relaxed);
            queued_bytes_.fetch_sub(bytes, std::memory_order_relaxed);
        }
        if (cut_now) return cut();
        flush();
        if (close_with != nullptr) {
            if (close_with->why == Closing::going_away)
                start_close(ws::close_code::going_away, "reconnect");
            else if (close_with->why == Closing::replaced)
                start_close(ws::close_code::policy_error, "the session ended");
            else
                start_close(ws::close_code::policy_error, "closed by the server");
        }
        if (wake) resume();
    }

    void wind_down() override {
        // Queued, so that it leaves behind the frames that wait already.
        if (unacked_.load() == 0) close(Closing::going_away);
    }

    void cut() override {
        Error ignored;
        ws_.next_layer().next_layer().close(ignored);
        finish();
    }

    void check_newcomer(Steady::time_point now) override {
        if (now - since_ < core_.limits.hello_time) return;
        NewcomerHook::unlink();
        core_.metrics.closed_silent.add();
        start_close(ws::close_code::policy_error, "no hello");
    }

    void check_stalled(Steady::time_point now) override {
        if (ending_) {
            if (now - stalled_since_ >= core_.limits.close_time) cut();
            return;
        }
        if (now - stalled_since_ < core_.limits.stalled_time) return;
        core_.metrics.dropped_stalled.add();
        core_.log->info("websocket dropped reason=stalled unsent={}", ws_.next_layer().unsent());
        cut();
    }

    [[nodiscard]] const Staff& staff() const override { return who_->staff; }
    std::shared_ptr<Client> client() override { return shared_from_this(); }

  private:
    [[nodiscard]] bool open() const { return ws_.is_open() && !closing_ && !finished_; }

    void on_open(Error ec) {
        if (ec) {
            deaf_ = true;
            finished_ = true;
            return;
        }
        opened_ = true;
        hold_ = shared_from_this();
        ws_.set_option(ws::stream_base::decorator([](ws::response_type&) {}));
        (agent_ ? core_.metrics.agents : core_.metrics.visitors).add();
        (agent_ ? shard_.agents : shard_.visitors).push_back(*this);
        since_ = Steady::now();
        shard_.newcomers.push_back(*this);
        read();
        if (shard_.winding_down) wind_down();
    }

    void read() {
        const auto most = buffer_.size() == 0 ? first_read : next_read;
        ws_.async_read_some(buffer_, most,
                            [self = shared_from_this()](Error ec, std::size_t) { self->on_read(ec); });
    }

    void on_read(Error ec) {
        if (finished_) return;
        if (ec) {
            // Everything that ends a connection comes here: the client's close, a reset, no pong, a broken
            // limit (1007, 1009; Beast has sent the close frame).
            core_.log->debug("websocket ended side={} reason={}", agent_ ? "agent" : "visitor", ec.message());
            return finish();
        }
        if (!ws_.is_message_done()) return read();
        if (!closing_ && !shard_.winding_down) receive();
        buffer_.consume(buffer_.size());
        if (buffer_.capacity() > idle_buffer) buffer_.shrink_to_fit();
        if (closing_ || finished_) return;
        if (unacked_.load(std::memory_order_acquire) >= core_.limits.unacked) {
            paused_ = true;  // `settled` wakes us
            return;
        }
        read();
    }

    void resume() {
        if (finished_ || closing_) return;
        if (shard_.winding_down) return wind_down();
        if (!greeted_.load() && !NewcomerHook::is_linked()) {
            since_ = Steady::now();
            shard_.newcomers.push_back(*this);
        }
        if (!paused_ || unacked_.load(std::memory_order_acquire) >= core_.limits.unacked) return;
        paused_ = false;
        read();
    }

    void receive() {
        core_.metrics.frames_in.add();
        if (!ws_.got_text()) return refuse({wire::ErrorCode::bad_frame, "frames are text, not binary"});
        const auto data = buffer_.cdata();
        const std::string_view bytes(static_cast<const char*>(data.data()), data.size());
        if (agent_)
            take(wire::decode_agent(bytes, core_.limits.text));
        else
            take(wire::decode_visitor(bytes, core_.limits.text));
    }

    template <class Frames>
    void take(std::variant<Frames, wire::Error> decoded) {
        auto* const error = std::get_if<wire::Error>(&decoded);
        if (!within_rates()) {
            std::string id;
            if (error != nullptr)
                id = std::move(error->id);
            else if (const auto* known = acked_id(std::get<Frames>(decoded)))
                id = *known;
            refuse({wire::ErrorCode::rate_limited, "too many frames; slow down and send it again",
                    std::move(id)});
            if (!strikes_.take(core_.limits.strikes, Steady::now())) {
                core_.metrics.closed_rate.add();
                core_.log->info("websocket closed reason=rate_limited address={}", who_->from.address);
                close(Closing::policy);  // behind the error frames that are still queued
            }
            return;
        }
        if (error != nullptr) return refuse(std::move(*error));
        auto& frame = std::get<Frames>(decoded);
        if constexpr (std::is_same_v<Frames, wire::VisitorFrame>) {
            if (auto* hello = std::get_if<wire::Hello>(&frame)) return greet(std::move(*hello));
        } else {
            if (std::holds_alternative<wire::AgentHello>(frame)) return greet(wire::AgentHello{});
        }
        if (!greeted_.load(std::memory_order_relaxed)) {
            const auto* id = acked_id(frame);
            return refuse(
                {wire::ErrorCode::bad_frame, "the first frame must be a hello", id != nullptr ? *id : ""});
        }
        if (acked_id(frame) != nullptr) unacked_.fetch_add(1, std::memory_order_acq_rel);
        if constexpr (std::is_same_v<Frames, wire::VisitorFrame>)
            core_.visitors.frame(shared_from_this(), std::move(frame));
        else
            core_.agents.frame(shared_from_this(), std::move(frame));
    }

    template <class Hello>
    void greet(Hello hello) {
        if (greeted_.load(std::memory_order_relaxed))
            return refuse(
                {wire::ErrorCode::bad_frame, "this socket has said hello already; open another one"});
        if constexpr (std::is_same_v<Hello, wire::Hello>) {
            const auto& allowed = core_.options.site_allowed;
            if (!who_->from.origin.empty() && allowed && !allowed(who_->from.origin, hello.site))
                return refuse({wire::ErrorCode::forbidden, "this page's origin is not one of the site's"});
        }
        // Before the call: the runtime may refuse it from within.
        greeted_.store(true);
        if (NewcomerHook::is_linked()) NewcomerHook::unlink();
        if constexpr (std::is_same_v<Hello, wire::Hello>)
            core_.visitors.hello(shared_from_this(), std::move(hello), who_->from);
        else
            core_.agents.hello(shared_from_this(), who_->staff);
    }

    [[nodiscard]] bool within_rates() {
        if (!core_.limits.rates) return true;
        const auto now = Steady::now();
        return frames_.take(core_.limits.frames, now) &&
               ticket_.address().frames.take(core_.limits.address_frames, now);
    }

    void refuse(wire::Error error) {
        core_.metrics.frame_errors.add();
        send(make_frame(wire::encode(error)));
    }

    void start_close(ws::close_code code, const char* why) {
        if (closing_ || finished_) return;
        closing_ = true;
        deaf_ = true;
        ws_.async_close(ws::close_reason(code, why), [self = shared_from_this()](Error) { self->finish(); });
    }

    void flush() {
        if (!ws_.next_layer().flush()) return;  // the pending read fails too and ends the session
        blocked();
    }

    bool end_now() override {
        // When we closed first, this comes after the client's answer.
        if (peer_closed_ || closing_) return true;
        ending_ = true;
        stalled_since_ = Steady::now();
        if (!finished_ && opened_ && !StalledHook::is_linked()) shard_.stalled.push_back(*this);
        return false;
    }

    void blocked() override {
        auto& cork = ws_.next_layer();
        unsent_.store(cork.unsent(), std::memory_order_relaxed);
        if (cork.unsent() == 0 || waiting_to_write_ || finished_) return;
        if (!StalledHook::is_linked()) {
            stalled_since_ = Steady::now();
            shard_.stalled.push_back(*this);
        }
        waiting_to_write_ = true;
        cork.next_layer().async_wait(Socket::wait_write, [self = shared_from_this()](Error ec) {
            self->waiting_to_write_ = false;
            if (ec || self->finished_) return;
            const auto before = self->ws_.next_layer().unsent();
            self->flush();
            const auto left = self->ws_.next_layer().unsent();
            if (left < before && !self->ending_) self->stalled_since_ = Steady::now();
            if (left == 0 && !self->ending_ && self->StalledHook::is_linked()) self->StalledHook::unlink();
        });
    }

    void finish() {
        if (finished_) return;
        finished_ = true;
        deaf_ = true;
        const auto self = std::move(hold_);
        Error ignored;
        ws_.next_layer().next_layer().close(ignored);
        if (SocketHook::is_linked()) SocketHook::unlink();
        if (NewcomerHook::is_linked()) NewcomerHook::unlink();
        if (StalledHook::is_linked()) StalledHook::unlink();
        ticket_.release();  // the runtime may hold on to us for a while
        if (!opened_) return;
        (agent_ ? core_.metrics.agents : core_.metrics.visitors).sub();
        if (agent_)
            core_.agents.gone(self);
        else
            core_.visitors.gone(self);
        attachment.reset();
    }

    ShardState& shard_;
    Ticket ticket_;
    Core& core_;
    ws::stream<Cork, false> ws_;
    beast::flat_buffer buffer_;
    std::unique_ptr<Welcome> who_;
    Steady::time_point since_, stalled_since_;
    Bucket frames_, strikes_;

    std::atomic<std::size_t> queued_bytes_{0};  // sent, not yet delivered to the cork
    std::atomic<std::size_t> queued_frames_{0};
    std::atomic<std::size_t> unsent_{0};  // the cork's
    std::atomic<unsigned> unacked_{0};
    std::atomic<bool> deaf_{false};     // nothing more is sent
    std::atomic<bool> greeted_{false};  // a hello was passed on and not refused

    const bool agent_;
    // While open: a session that pauses has no pending operation that owns it.
    std::shared_ptr<Session> hold_;
    bool opened_ = false;
    bool paused_ = false;
    bool closing_ = false;
    bool finished_ = false;
    bool waiting_to_write_ = false;
    bool peer_closed_ = false;  // its close frame came
    bool ending_ = false;       // ours went out, and what may still come is read away
};

}  // namespace

void start_websocket(ShardState& shard, Ticket ticket, Socket socket,
                     const beast::http::request<beast::http::string_body>& request, Welcome welcome) {
    std::make_shared<Session>(shard, std::move(ticket), std::move(socket), std::move(welcome))
        ->start(request);
}

}  // namespace maru::net
