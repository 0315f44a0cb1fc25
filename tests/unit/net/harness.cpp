#include "tests/unit/net/harness.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <thread>

#include "bot/net/auth.hpp"

namespace maru::test {

bool eventually(const std::function<bool()>& condition) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

void FakeVisitors::hello(const std::shared_ptr<Client>& client, wire::Hello hello, const Origin& from) {
    if (accept_hello && !accept_hello(hello)) {
        client->hello_refused();
        client->send(make_frame(wire::encode({wire::ErrorCode::not_found, "no such conversation"})));
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        clients_.push_back(client);
        origins_.push_back(from);
    }
    client->send(make_frame(R"({"type":"welcome"})"));
}

void FakeVisitors::frame(const std::shared_ptr<Client>& client, wire::VisitorFrame frame) {
    {
        const std::lock_guard lock(mutex_);
        ++frames_;
    }
    if (on_frame) return on_frame(client, frame);
    if (const auto* message = std::get_if<wire::VisitorMessage>(&frame)) {
        client->send(make_frame(R"({"type":"ack","id":")" + message->id + "\"}"));
        client->settled();
    }
}

void FakeVisitors::gone(const std::shared_ptr<Client>&) {
    const std::lock_guard lock(mutex_);
    ++goodbyes_;
}

std::size_t FakeVisitors::frames() const {
    const std::lock_guard lock(mutex_);
    return frames_;
}
std::size_t FakeVisitors::hellos() const {
    const std::lock_guard lock(mutex_);
    return clients_.size();
}
std::size_t FakeVisitors::goodbyes() const {
    const std::lock_guard lock(mutex_);
    return goodbyes_;
}
std::shared_ptr<Client> FakeVisitors::client(std::size_t i) const {
    const std::lock_guard lock(mutex_);
    return clients_.at(i).lock();
}
Origin FakeVisitors::origin(std::size_t i) const {
    const std::lock_guard lock(mutex_);
    return origins_.at(i);
}

void FakeAgents::hello(const std::shared_ptr<Client>& client, const Staff& who) {
    client->send(make_frame(R"({"type":"welcome","agent":")" + who.name + "\"}"));
}
void FakeAgents::frame(const std::shared_ptr<Client>& client, wire::AgentFrame frame) {
    if (const auto* message = std::get_if<wire::AgentMessage>(&frame)) {
        client->send(make_frame(R"({"type":"ack","id":")" + message->id + "\"}"));
        client->settled();
    }
}
void FakeAgents::gone(const std::shared_ptr<Client>&) {}

TestServer::TestServer(const std::function<void(net::Options&, net::Router&)>& adjust,
                       std::shared_ptr<net::Auth> auth, std::size_t threads)
    : shards(threads) {
    net::Options options;
    options.listen = "127.0.0.1:0";
    options.limits.workers = 2;
    net::Router router;
    if (adjust) adjust(options, router);
    shards.start();
    server.emplace(std::move(options), shards, visitors, agents, std::move(router), std::move(auth), metrics);
    const auto started = server->start();
    if (const auto* error = std::get_if<net::ListenError>(&started)) throw std::runtime_error(error->message);
    port = std::get<std::uint16_t>(started);
    host = "127.0.0.1:" + std::to_string(port);
}

TestServer::~TestServer() {
    server.reset();
    shards.finish();
}

std::uint64_t TestServer::counted(std::string_view series) const {
    std::string all;
    metrics.write(all);
    const auto at = all.find("\n" + std::string(series) + " ");
    return at == std::string::npos ? 0 : std::strtoull(all.c_str() + at + series.size() + 2, nullptr, 10);
}

Peer::Peer(std::uint16_t port, const char* address) {
    const bool six = std::string_view(address).find(':') != std::string_view::npos;
    fd_ = ::socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd_ < 0) throw std::runtime_error("no socket");
    int result = 0;
    if (six) {
        sockaddr_in6 to{};
        to.sin6_family = AF_INET6;
        to.sin6_port = htons(port);
        inet_pton(AF_INET6, address, &to.sin6_addr);
        result = ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    } else {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        inet_pton(AF_INET, address, &to.sin_addr);
        result = ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    }
    if (result != 0) throw std::runtime_error("cannot connect");
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    timeval limit{};
    limit.tv_sec = patience.count();
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

Peer::~Peer() {
    if (fd_ >= 0) ::close(fd_);
}

bool Peer::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string Peer::receive(std::size_t most) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (rest_.size() < most) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        pollfd waiting{fd_, POLLIN, 0};
        if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) break;
        std::array<char, 16384> chunk{};
        const auto got = ::recv(fd_, chunk.data(), chunk.size(), 0);
        if (got <= 0) break;
        rest_.append(chunk.data(), static_cast<std::size_t>(got));
    }
    std::string result = rest_.substr(0, most);
    rest_.erase(0, result.size());
    return result;
}

std::string Peer::receive_all() {
    return receive(std::size_t(1) << 40U);
}

bool Peer::closed() {
    for (;;) {
        pollfd waiting{fd_, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(patience.count()) * 1000) <= 0) return false;
        std::array<char, 16384> chunk{};
        if (::recv(fd_, chunk.data(), chunk.size(), 0) <= 0) return true;
    }
}

void Peer::half_close() {
    ::shutdown(fd_, SHUT_WR);
}

void Peer::reset() {
    const linger hard{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(fd_);
    fd_ = -1;
}

void Peer::shrink_receive_buffer() {
    const int small = 4096;
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
}

std::string Peer::Answer::header(std::string_view name) const {
    const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
    std::string_view rest = head;
    while (!rest.empty()) {
        const auto end = std::min(rest.find("\r\n"), rest.size());
        const auto line = rest.substr(0, end);
        if (line.size() > name.size() + 1 && line[name.size()] == ':' &&
            std::equal(name.begin(), name.end(), line.begin(), same))
            return std::string(line.substr(name.size() + 2));
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    return {};
}

Peer::Answer Peer::answer(bool head_only) {
    Answer result;
    do {
        result = {};
        while (result.head.find("\r\n\r\n") == std::string::npos) {
            const auto one = receive(1);
            if (one.empty()) return {};
            result.head += one;
        }
        result.status = static_cast<unsigned>(std::atoi(result.head.c_str() + 9));
    } while (result.status == 100);
    const auto length = result.header("content-length");
    if (!head_only && !length.empty()) result.body = receive(std::stoul(length));
    return result;
}

Peer::Answer Peer::ask(std::string_view request, bool head_only) {
    send(request);
    return answer(head_only);
}

bool Peer::upgrade(std::string_view path, std::string_view host, std::string_view extra) {
    std::string request = "GET ";
    request.append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    request.append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n").append(extra).append("\r\n");
    return ask(request, true).status == 101;
}

void Peer::send_text(std::string_view text) {
    send_frame(1, text);
}

void Peer::send_frame(unsigned opcode, std::string_view payload, bool fin) {
    std::string frame;
    frame += static_cast<char>((fin ? 0x80U : 0U) | opcode);
    if (payload.size() < 126) {
        frame += static_cast<char>(0x80U | payload.size());
    } else if (payload.size() < 65536) {
        frame += static_cast<char>(0x80U | 126U);
        frame += static_cast<char>(payload.size() >> 8U);
        frame += static_cast<char>(payload.size() & 255U);
    } else {
        frame += static_cast<char>(0x80U | 127U);
        for (int shift = 56; shift >= 0; shift -= 8)
            frame += static_cast<char>(payload.size() >> shift & 255U);
    }
    constexpr std::array<char, 4> mask{0x12, 0x34, 0x56, 0x78};
    frame.append(mask.data(), mask.size());
    for (std::size_t i = 0; i < payload.size(); ++i) frame += static_cast<char>(payload[i] ^ mask[i % 4]);
    send(frame);
}

Peer::Message Peer::next() {
    for (;;) {
        const auto head = receive(2);
        if (head.size() < 2) return {};
        const auto first = static_cast<unsigned char>(head[0]);
        std::size_t size = static_cast<unsigned char>(head[1]) & 127U;
        if (size > 125) {
            const auto more = receive(size == 126 ? 2 : 8);
            size = 0;
            for (const char c : more) size = size << 8U | static_cast<unsigned char>(c);
        }
        Message message{first & 15U, size > 0 ? receive(size) : std::string()};
        if (message.opcode == 10) continue;
        if (message.opcode == 9) {
            send_frame(10, message.payload);
            continue;
        }
        return message;
    }
}

std::string Peer::text() {
    const auto message = next();
    return message.opcode == 1 ? message.payload : std::string();
}

Peer::Message Peer::last() {
    for (;;) {
        auto message = next();
        if (message.opcode == 0 || message.opcode == 8) return message;
    }
}

unsigned Peer::Message::close_code() const {
    if (opcode != 8 || payload.size() < 2) return 0;
    return static_cast<unsigned>(static_cast<unsigned char>(payload[0])) << 8U |
           static_cast<unsigned char>(payload[1]);
}

}  // namespace maru::test
