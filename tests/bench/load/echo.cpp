#include "tests/bench/load/echo.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <csignal>
#include <iostream>
#include <memory>
#include <thread>
#include <vector>

namespace maru::load {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;

namespace {

asio::awaitable<void> echo(tcp::socket socket) {
    websocket::stream<beast::tcp_stream> stream(std::move(socket));
    stream.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    try {
        co_await stream.async_accept(asio::use_awaitable);
        beast::flat_buffer buffer;
        for (;;) {
            co_await stream.async_read(buffer, asio::use_awaitable);
            stream.text(stream.got_text());
            co_await stream.async_write(buffer.data(), asio::use_awaitable);
            buffer.consume(buffer.size());
        }
    } catch (const beast::system_error&) {
        // The peer went away: how every connection of a load run ends.
    }
}

asio::awaitable<void> serve(tcp::acceptor& acceptor,
                            std::vector<std::unique_ptr<asio::io_context>>& contexts) {
    for (std::size_t turn = 0;; ++turn) {
        asio::io_context& context = *contexts[turn % contexts.size()];
        tcp::socket socket = co_await acceptor.async_accept(context, asio::use_awaitable);
        socket.set_option(tcp::no_delay(true));
        asio::co_spawn(context, echo(std::move(socket)), asio::detached);
    }
}

}  // namespace

int run_echo_server(const EchoOptions& options) {
    std::vector<std::unique_ptr<asio::io_context>> contexts;
    std::vector<asio::executor_work_guard<asio::io_context::executor_type>> work;
    for (unsigned i = 0; i < std::max(1U, options.threads); ++i) {
        contexts.push_back(std::make_unique<asio::io_context>(1));
        work.push_back(asio::make_work_guard(*contexts.back()));
    }

    tcp::acceptor acceptor(*contexts.front(), {asio::ip::make_address(options.host), options.port});
    std::cout << "listening on http://" << options.host << ':' << acceptor.local_endpoint().port()
              << std::endl;
    asio::co_spawn(*contexts.front(), serve(acceptor, contexts), asio::detached);

    asio::signal_set signals(*contexts.front(), SIGINT, SIGTERM);
    signals.async_wait([&](const boost::system::error_code&, int) {
        for (auto& context : contexts) context->stop();
    });

    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < contexts.size(); ++i)
        threads.emplace_back([&context = *contexts[i]] { context.run(); });
    contexts.front()->run();
    for (std::thread& thread : threads) thread.join();
    return 0;
}

}  // namespace maru::load
