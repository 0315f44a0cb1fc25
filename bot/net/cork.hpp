// The stream below a WebSocket: reads go straight to the socket, writes are gathered.
//
// Why: a WebSocket stream writes every frame by itself, and an answer is usually two or three frames (ack,
// message, typing). Here a write only appends bytes and always succeeds at once; `flush` hands everything to
// the kernel in one non-blocking call. What the kernel does not take stays in `unsent` until the socket is
// writable again. So frames can be written with the synchronous calls, in whole frames and in order with the
// control frames that reading sends, and an idle connection owns no write buffer at all.
//
// One thread: the socket's.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <string>

#include "bot/net/core.hpp"

namespace maru::net {

class Cork {
  public:
    using executor_type = Executor;
    using next_layer_type = Socket;
    using Error = boost::system::error_code;

    class Owner {
      public:
        // Bytes stayed behind outside of a `gather`: somebody must wait for the socket.
        virtual void blocked() = 0;
        // The WebSocket is over. True: nothing more will come, so the socket can be closed at once. False:
        // unread bytes may still arrive, and closing now would reset the connection and might take our close
        // frame with it; the owner sees to it that this does not last.
        virtual bool end_now() = 0;

      protected:
        ~Owner() = default;
    };

    // The socket must be in non-blocking mode. `owner` outlives the cork.
    Cork(Socket socket, Owner& owner) : socket_(std::move(socket)), owner_(owner) {}

    executor_type get_executor() noexcept { return socket_.get_executor(); }
    next_layer_type& next_layer() noexcept { return socket_; }
    const next_layer_type& next_layer() const noexcept { return socket_; }

    [[nodiscard]] Owner& owner() noexcept { return owner_; }

    // From here to `flush`, writes gather in `scratch` (empty; the thread's own) instead of going out one by
    // one.
    void gather(std::string& scratch) { gathering_ = unsent_.empty() ? &scratch : &unsent_; }
    // Hands over what was gathered and what was left; false: the socket is broken. `unsent` may stay.
    bool flush();
    [[nodiscard]] std::size_t unsent() const { return unsent_.size() - sent_; }

    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, Error& ec) {
        return socket_.read_some(buffers, ec);
    }
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers) {
        return socket_.read_some(buffers);
    }
    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return socket_.async_read_some(buffers, std::forward<Token>(token));
    }

    template <class Buffers>
    std::size_t write_some(const Buffers& buffers, Error& ec) {
        if (broken_) {
            ec = broken_;
            return 0;
        }
        std::string& out = gathering_ != nullptr ? *gathering_ : unsent_;
        std::size_t size = 0;
        for (auto it = asio::buffer_sequence_begin(buffers); it != asio::buffer_sequence_end(buffers); ++it) {
            const asio::const_buffer part(*it);
            out.append(static_cast<const char*>(part.data()), part.size());
            size += part.size();
        }
        ec = {};
        if (gathering_ == nullptr && flush() && unsent() > 0) owner_.blocked();
        return size;
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& buffers) {
        Error ec;
        const auto size = write_some(buffers, ec);
        if (ec) throw boost::system::system_error(ec);
        return size;
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(Error, std::size_t)>(
            [this](auto handler, const Buffers& parts) {
                Error ec;
                const auto size = write_some(parts, ec);
                asio::post(get_executor(), boost::beast::bind_front_handler(std::move(handler), ec, size));
            },
            token, buffers);
    }

  private:
    std::size_t hand_over(const char* data, std::size_t size);

    Socket socket_;
    Owner& owner_;
    std::string unsent_;
    std::size_t sent_ = 0;  // of unsent_
    std::string* gathering_ = nullptr;
    Error broken_;
};

// The closing of the TCP connection, which a WebSocket stream asks of the layer below.
inline void teardown(boost::beast::role_type role, Cork& cork, boost::system::error_code& ec) {
    boost::beast::websocket::teardown(role, cork.next_layer(), ec);
}
// Reads away what the peer still sends, until it closes too; the owner's clock ends it otherwise.
// Beast's own teardown (as of 1.81) gives up after the first 2 KiB, which resets the connection below a
// client that is in the middle of a large frame, before it has seen why.
template <class Handler>
void read_away(Cork& cork, Handler handler) {
    std::array<char, 16 * 1024> scrap;  // NOLINT(cppcoreguidelines-pro-type-member-init): never looked at
    boost::system::error_code ec;
    for (int pieces = 0; !ec && pieces < 16; ++pieces)  // then it is somebody else's turn
        cork.next_layer().read_some(asio::buffer(scrap), ec);
    if (ec && ec != asio::error::would_block) {
        asio::post(cork.get_executor(),
                   boost::beast::bind_front_handler(std::move(handler), boost::system::error_code()));
        return;
    }
    cork.next_layer().async_wait(
        Socket::wait_read, [&cork, handler = std::move(handler)](boost::system::error_code error) mutable {
            if (error) return handler(error);
            read_away(cork, std::move(handler));
        });
}
template <class Handler>
void async_teardown(boost::beast::role_type, Cork& cork, Handler&& handler) {
    boost::system::error_code ec;
    if (!cork.owner().end_now()) {
        cork.next_layer().shutdown(Socket::shutdown_send, ec);
        return read_away(cork, std::forward<Handler>(handler));
    }
    cork.next_layer().close(ec);
    asio::post(cork.get_executor(), boost::beast::bind_front_handler(std::forward<Handler>(handler), ec));
}

}  // namespace maru::net
