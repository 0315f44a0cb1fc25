// Visitors' sockets: the first frame, errors, limits, slow and vanishing peers, the end.
#include <doctest/doctest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/unit/net/harness.hpp"

using namespace maru;
using namespace maru::test;

namespace {

const char* const hello = R"({"type":"hello"})";
const char* const welcome = R"({"type":"welcome"})";

std::string message(const std::string& id, std::string_view text = "안녕") {
    return R"({"type":"message","id":")" + id + R"(","text":")" + std::string(text) + "\"}";
}
std::string ack(const std::string& id) {
    return R"({"type":"ack","id":")" + id + "\"}";
}

// The code of an error frame, or what came instead.
std::string code_of(const std::string& frame) {
    const auto json = nlohmann::json::parse(frame, nullptr, false);
    if (!json.is_object() || json.value("type", "") != "error") return frame;
    const auto& id = json.contains("id") ? json["id"] : nlohmann::json("");
    const auto told = id.is_string() ? id.get<std::string>() : id.dump();
    return json.value("code", "") + (told.empty() ? "" : " " + told);
}

// A visitor's socket that has been welcomed.
struct Visitor : Peer {
    explicit Visitor(TestServer& server, bool small = false) : Peer(server.port) {
        if (small) shrink_receive_buffer();
        REQUIRE(upgrade("/ws/visitor", server.host));
        send_text(hello);
        REQUIRE(text() == welcome);
    }
};

auto limits(const std::function<void(net::Limits&)>& change) {
    return [change](net::Options& options, net::Router&) { change(options.limits); };
}

}  // namespace

TEST_CASE("a visitor says hello, is welcomed, and every message is acked in order") {
    TestServer server;
    Visitor peer(server);
    for (int i = 0; i < 50; ++i) peer.send_text(message("m" + std::to_string(i)));
    for (int i = 0; i < 50; ++i) CHECK(peer.text() == ack("m" + std::to_string(i)));
    CHECK(server.counted("maru_frames_in_total") == 51);
}

TEST_CASE("the first frame is a hello, and the only one unless it was refused") {
    TestServer server;
    server.visitors.accept_hello = [](const wire::Hello& h) { return h.token != "wrong"; };
    Peer peer(server.port);
    REQUIRE(peer.upgrade("/ws/visitor", server.host));
    peer.send_text(message("early"));
    CHECK(code_of(peer.text()) == "bad_frame early");
    peer.send_text(R"({"type":"hello","token":"wrong"})");
    CHECK(code_of(peer.text()) == "not_found");
    peer.send_text(hello);
    CHECK(peer.text() == welcome);
    peer.send_text(hello);
    CHECK(code_of(peer.text()) == "bad_frame");
    peer.send_text(message("late"));
    CHECK(peer.text() == ack("late"));
}

TEST_CASE("the subprotocol is echoed when it was offered, and only then") {
    TestServer server;
    const auto ask = [&](const std::string& extra) {
        Peer peer(server.port);
        return peer.ask(
            "GET /ws/visitor HTTP/1.1\r\nHost: " + server.host +
                "\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                extra + "\r\n",
            true);
    };
    const auto offered = ask("Sec-WebSocket-Protocol: other, maru.v1\r\n");
    CHECK(offered.status == 101);
    CHECK(offered.header("sec-websocket-protocol") == "maru.v1");
    CHECK(offered.header("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    CHECK(ask("").header("sec-websocket-protocol").empty());
    CHECK(ask("Sec-WebSocket-Protocol: other\r\n").header("sec-websocket-protocol").empty());
}

TEST_CASE("handshakes that are none are told so") {
    TestServer server;
    const auto status = [&](const std::string& head) {
        Peer peer(server.port);
        return peer.ask(head + "Host: " + server.host + "\r\n\r\n").status;
    };
    const std::string up = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    CHECK(status("GET /ws/visitor HTTP/1.1\r\n") == 426);
    CHECK(status("GET /ws/visitor HTTP/1.1\r\n" + up + key) == 426);
    CHECK(status("GET /ws/visitor HTTP/1.1\r\n" + up + key + "Sec-WebSocket-Version: 8\r\n") == 426);
    CHECK(status("GET /ws/visitor HTTP/1.1\r\n" + up +
                 "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n") == 400);
    CHECK(status("GET /ws/visitor HTTP/1.1\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" + key) ==
          426);
    CHECK(status("POST /ws/visitor HTTP/1.1\r\n" + up + key + "Sec-WebSocket-Version: 13\r\n") == 405);
    CHECK(status("GET /ws/visitor HTTP/1.0\r\n" + up + key + "Sec-WebSocket-Version: 13\r\n") == 426);
    CHECK(status("GET /ws/agent HTTP/1.1\r\n" + up + key + "Sec-WebSocket-Version: 13\r\n") == 401);
    CHECK(status("GET /ws/nothing HTTP/1.1\r\n" + up + key + "Sec-WebSocket-Version: 13\r\n") == 404);
}

TEST_CASE("garbage gets its error and the connection stays open") {
    TestServer server;
    Visitor peer(server);
    const std::vector<std::pair<std::string, std::string>> table{
        {"{", "bad_json"},
        {"", "bad_json"},
        {"[]", "bad_frame"},
        {R"({"type":"nonsense","id":"n"})", "unknown_type n"},
        {R"({"type":"message","id":1,"text":"x"})", "bad_frame 1"},
        {message("long", std::string(4001, 'x')), "too_long long"},
    };
    for (const auto& [frame, code] : table) {
        peer.send_text(frame);
        CHECK(code_of(peer.text()) == code);
    }
    peer.send_frame(2, message("binary"));
    CHECK(code_of(peer.text()) == "bad_frame");
    peer.send_text(message("fine"));
    CHECK(peer.text() == ack("fine"));
}

TEST_CASE("a message may come in fragments with a ping in between") {
    TestServer server;
    Visitor peer(server);
    const auto whole = message("f");
    peer.send_frame(1, whole.substr(0, 10), false);
    peer.send_frame(9, "are you there");
    peer.send_frame(0, whole.substr(10, 10), false);
    peer.send_frame(0, whole.substr(20), true);
    CHECK(peer.text() == ack("f"));
}

TEST_CASE("a message over the limit closes with 1009, invalid UTF-8 with 1007, a broken frame with 1002") {
    TestServer server;
    {
        Visitor peer(server);
        peer.send_frame(1, std::string(64 * 1024 + 1, ' '));
        CHECK(peer.last().close_code() == 1009);
    }
    {
        Visitor peer(server);
        for (int i = 0; i < 17; ++i) peer.send_frame(i == 0 ? 1 : 0, std::string(4096, ' '), false);
        CHECK(peer.last().close_code() == 1009);
    }
    {
        Visitor peer(server);
        auto fits = message("fits");
        fits.append(64 * 1024 - fits.size(), ' ');
        peer.send_text(fits);
        CHECK(peer.text() == ack("fits"));
        peer.send_text("{\"type\":\"message\",\"id\":\"a\",\"text\":\"\xff\"}");
        CHECK(peer.last().close_code() == 1007);
    }
    {
        Visitor peer(server);
        peer.send_frame(3, "reserved");
        CHECK(peer.last().close_code() == 1002);
    }
    CHECK(eventually([&] { return server.visitors.goodbyes() == 4; }));
}

TEST_CASE("after eight messages without an answer the socket is not read until one is settled") {
    TestServer server(limits([](net::Limits& l) { l.rates = false; }));
    std::mutex mutex;
    std::vector<std::string> held;
    server.visitors.on_frame = [&](const std::shared_ptr<Client>&, const wire::VisitorFrame& frame) {
        const std::lock_guard lock(mutex);
        held.push_back(std::get<wire::VisitorMessage>(frame).id);
    };
    Visitor peer(server);
    for (int i = 0; i < 20; ++i) peer.send_text(message(std::to_string(i)));
    REQUIRE(eventually([&] { return server.visitors.frames() >= 8; }));
    // Another socket's whole exchange gives the server every chance to read too much.
    Visitor other(server);
    CHECK(server.visitors.frames() == 8);
    const auto client = server.visitors.client(0);
    for (std::size_t settled = 1; settled <= 12; ++settled) {
        std::thread([&] { client->settled(); }).join();  // from any thread
        REQUIRE(eventually([&] { return server.visitors.frames() == 8 + settled; }));
    }
    const std::lock_guard lock(mutex);
    for (std::size_t i = 0; i < 20; ++i) CHECK(held[i] == std::to_string(i));
}

TEST_CASE("too many frames are refused by name, and the stubborn are closed with 1008") {
    TestServer server(limits([](net::Limits& l) {
        l.frames = {0.001, 10};
        l.strikes = {0.001, 5};
    }));
    Visitor peer(server);
    for (int i = 0; i < 30; ++i) peer.send_text(message(std::to_string(i)));
    for (int i = 0; i < 9; ++i) CHECK(peer.text() == ack(std::to_string(i)));
    for (int i = 9; i < 15; ++i) CHECK(code_of(peer.text()) == "rate_limited " + std::to_string(i));
    CHECK(peer.last().close_code() == 1008);
    CHECK(server.visitors.frames() == 9);
}

TEST_CASE("one address has one allowance for all its sockets") {
    TestServer server(limits([](net::Limits& l) { l.address_frames = {0.001, 10}; }));
    Visitor one(server), two(server);
    for (int i = 0; i < 4; ++i) {
        one.send_text(message("1"));
        CHECK(one.text() == ack("1"));
        two.send_text(message("2"));
        CHECK(two.text() == ack("2"));
    }
    one.send_text(message("1"));
    CHECK(code_of(one.text()) == "rate_limited 1");
    two.send_text(message("2"));
    CHECK(code_of(two.text()) == "rate_limited 2");
}

TEST_CASE("limits.rate=off lifts every rate") {
    TestServer server(limits([](net::Limits& l) {
        l.frames = l.address_frames = l.handshakes = l.requests = l.strikes = {0.001, 1};
        l.connections_per_address = 1;
        l.rates = false;
    }));
    Visitor one(server), two(server);
    for (int i = 0; i < 200; ++i) {
        one.send_text(message(std::to_string(i)));
        CHECK(one.text() == ack(std::to_string(i)));
    }
}

TEST_CASE("handshakes have a rate of their own") {
    TestServer server(limits([](net::Limits& l) { l.handshakes = {0.001, 2}; }));
    Visitor one(server), two(server);
    Peer three(server.port);
    CHECK_FALSE(three.upgrade("/ws/visitor", server.host));
}

TEST_CASE("a client that does not read is dropped when its queue is full; others are not touched") {
    TestServer server(limits([](net::Limits& l) { l.outbound_bytes = 256 * 1024; }));
    Visitor slow(server, true), quick(server);
    const auto client = server.visitors.client(0);
    const auto frame = make_frame(std::string(16 * 1024, 'x'));
    const auto small = make_frame("{}");
    REQUIRE(eventually([&] {
        client->send(frame);
        return server.counted("maru_clients_dropped_total{reason=\"queue_full\"}") == 1;
    }));
    CHECK(eventually([&] { return server.visitors.goodbyes() == 1; }));
    server.visitors.client(1)->send(small);
    CHECK(quick.text() == "{}");
}

TEST_CASE("frames are counted as well as bytes") {
    TestServer server(limits([](net::Limits& l) { l.outbound_frames = 10; }));
    // On the socket's own thread nothing leaves before the call returns.
    server.visitors.on_frame = [](const std::shared_ptr<Client>& client, const wire::VisitorFrame& frame) {
        const auto n = std::stoi(std::get<wire::VisitorMessage>(frame).id);
        for (int i = 0; i < n; ++i) client->send(make_frame("{}"));
        client->settled();
    };
    Visitor peer(server);
    peer.send_text(message("10"));
    for (int i = 0; i < 10; ++i) CHECK(peer.text() == "{}");
    peer.send_text(message("11"));
    CHECK(peer.closed());
    CHECK(server.counted("maru_clients_dropped_total{reason=\"queue_full\"}") == 1);
}

TEST_CASE("one frame of any size goes to an empty queue") {
    TestServer server(limits([](net::Limits& l) { l.outbound_bytes = 1000; }));
    Visitor peer(server);
    const std::string large(3'000'000, 'x');
    server.visitors.client(0)->send(make_frame(large));
    CHECK(peer.text() == large);
    peer.send_text(message("a"));
    CHECK(peer.text() == ack("a"));
}

TEST_CASE("a client that takes nothing at all is dropped after a while") {
    TestServer server(limits([](net::Limits& l) { l.stalled_time = 1ms; }));
    Visitor slow(server, true);
    server.visitors.client(0)->send(make_frame(std::string(20'000'000, 'x')));
    CHECK(eventually([&] { return server.counted("maru_clients_dropped_total{reason=\"stalled\"}") == 1; }));
    CHECK(eventually([&] { return server.visitors.goodbyes() == 1; }));
}

TEST_CASE("frames from many threads arrive whole, and in order for each thread") {
    TestServer server(limits([](net::Limits& l) {
        l.outbound_frames = 100'000;
        l.outbound_bytes = 100'000'000;
    }));
    Visitor peer(server);
    const auto client = server.visitors.client(0);
    constexpr int threads = 4, each = 2000;
    std::vector<std::thread> senders;
    for (int t = 0; t < threads; ++t)
        senders.emplace_back([&, t] {
            for (int i = 0; i < each; ++i)
                client->send(
                    make_frame(nlohmann::json{{"t", t}, {"i", i}, {"x", std::string(t * 50, 'x')}}.dump()));
        });
    std::array<int, threads> next{};
    for (int i = 0; i < threads * each; ++i) {
        const auto frame = nlohmann::json::parse(peer.text(), nullptr, false);
        REQUIRE(frame.is_object());
        auto& expected = next[frame["t"].get<std::size_t>()];
        REQUIRE(frame["i"] == expected);
        ++expected;
    }
    for (auto& sender : senders) sender.join();
}

TEST_CASE("an end that drags on is cut") {
    TestServer server(limits([](net::Limits& l) { l.close_time = 1ms; }));
    Visitor deaf(server), broken(server);
    server.visitors.client(0)->close(Closing::policy);
    CHECK(deaf.next().close_code() == 1008);  // and is never answered
    broken.send_frame(3, "reserved");
    CHECK(broken.next().close_code() == 1002);
    CHECK(eventually([&] { return server.visitors.goodbyes() == 2; }));
}

TEST_CASE("whoever says no hello is closed with 1008") {
    TestServer server(limits([](net::Limits& l) {
        l.hello_time = 1ms;
        l.close_time = 100ms;
    }));
    Peer peer(server.port);
    REQUIRE(peer.upgrade("/ws/visitor", server.host));
    CHECK(peer.last().close_code() == 1008);
    CHECK(eventually([&] { return server.visitors.goodbyes() == 1; }));
}

TEST_CASE("an idle client is pinged; one that answers stays, one that does not is cut") {
    TestServer server(limits([](net::Limits& l) { l.ping_after = 200ms; }));
    Visitor mute(server);
    Visitor alive(server);
    std::atomic<bool> mute_gone{false};
    std::thread watcher([&] { mute_gone = mute.closed(); });
    // `next` answers pings; the message comes after the mute one is gone.
    std::thread sender([&] {
        CHECK(eventually([&] { return server.visitors.goodbyes() == 1; }));
        server.visitors.client(1)->send(make_frame("{}"));
    });
    CHECK(alive.text() == "{}");
    sender.join();
    watcher.join();
    CHECK(mute_gone);
}

TEST_CASE("a client's ping is answered, its close is echoed") {
    TestServer server;
    Visitor peer(server);
    peer.send_frame(9, "abc");
    CHECK(peer.receive(5) == std::string("\x8a\x03"
                                         "abc"));
    peer.send_frame(8, std::string("\x03\xe8"
                                   "bye"));
    CHECK(peer.last().close_code() == 1000);
    CHECK(peer.closed());
    CHECK(eventually([&] { return server.visitors.goodbyes() == 1; }));
}

TEST_CASE("resets, half-closed and vanished peers end with exactly one goodbye each") {
    TestServer server;
    for (int i = 0; i < 10; ++i) {
        Visitor peer(server);
        peer.send_text(message("a"));
        if (i % 3 == 0)
            peer.reset();
        else if (i % 3 == 1)
            peer.half_close();
        else
            peer.send("\x81");  // half a header, then gone
    }
    CHECK(eventually([&] { return server.visitors.goodbyes() == 10; }));
    CHECK(eventually([&] { return server.counted("maru_connections{side=\"visitor\"}") == 0; }));
    CHECK(eventually([&] { return server.counted("maru_sockets") == 0; }));
    // The runtime may still hold the client: nothing happens.
    Visitor peer(server);
    const auto client = server.visitors.client(10);
    peer.reset();
    REQUIRE(eventually([&] { return server.visitors.goodbyes() == 11; }));
    client->send(make_frame("{}"));
    client->settled();
    client->close(Closing::policy);
    Visitor(server).send_text(hello);
}

TEST_CASE("foreign origins are refused at the handshake, foreign sites at hello") {
    TestServer server([](net::Options& options, net::Router&) {
        options.origin_allowed = [](std::string_view origin, std::string_view host) {
            return origin == "https://shop.example" || origin == "http://" + std::string(host);
        };
        options.site_allowed = [](std::string_view, std::string_view site) { return site == "demo"; };
    });
    Peer evil(server.port);
    CHECK_FALSE(evil.upgrade("/ws/visitor", server.host, "Origin: https://evil.example\r\n"));
    Peer null(server.port);
    CHECK_FALSE(null.upgrade("/ws/visitor", server.host, "Origin: null\r\n"));
    Peer same(server.port);
    CHECK(same.upgrade("/ws/visitor", server.host, "Origin: http://" + server.host + "\r\n"));
    Peer shop(server.port);
    REQUIRE(shop.upgrade("/ws/visitor", server.host, "Origin: https://shop.example\r\n"));
    shop.send_text(R"({"type":"hello","site":"other"})");
    CHECK(code_of(shop.text()) == "forbidden");
    shop.send_text(R"({"type":"hello","site":"demo"})");
    CHECK(shop.text() == welcome);
    Peer app(server.port);  // no Origin: not a browser
    REQUIRE(app.upgrade("/ws/visitor", server.host));
    app.send_text(R"({"type":"hello","site":"other"})");
    CHECK(app.text() == welcome);
}

TEST_CASE("the runtime learns where a connection comes from, behind trusted proxies too") {
    TestServer server([](net::Options& options, net::Router&) { options.trusted_proxies = {"127.0.0.0/8"}; });
    Peer peer(server.port);
    REQUIRE(peer.upgrade(
        "/ws/visitor", server.host,
        "X-Forwarded-For: 1.1.1.1, 203.0.113.9\r\nOrigin: https://a.example\r\nUser-Agent: Test/1\r\n"));
    peer.send_text(hello);
    REQUIRE(peer.text() == welcome);
    const auto origin = server.visitors.origin(0);
    CHECK(origin.address == "203.0.113.9");
    CHECK(origin.origin == "https://a.example");
    CHECK(origin.user_agent == "Test/1");
}

TEST_CASE("the runtime closes a client with the reason's code, behind what was sent before") {
    TestServer server;
    for (const auto& [why, code] : {std::pair{Closing::going_away, 1001U}, std::pair{Closing::policy, 1008U},
                                    std::pair{Closing::replaced, 1008U}}) {
        const auto before = server.visitors.hellos();
        Visitor peer(server);
        const auto client = server.visitors.client(before);
        client->send(make_frame("{}"));
        client->close(why);
        client->send(make_frame("late"));
        CHECK(peer.text() == "{}");
        const auto end = peer.next();
        CHECK(end.close_code() == code);
    }
}

TEST_CASE("a stop tells clients to reconnect once their messages are settled") {
    TestServer server(limits([](net::Limits& l) { l.close_time = patience; }));
    server.visitors.on_frame = [](const std::shared_ptr<Client>&, const wire::VisitorFrame&) {};
    Visitor idle(server), busy(server);
    busy.send_text(message("b"));
    REQUIRE(eventually([&] { return server.visitors.frames() == 1; }));
    const auto client = server.visitors.client(1);
    Peer waiting(server.port);  // a keep-alive connection between two requests
    CHECK(waiting.ask("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n").status == 404);

    net::Server::Stopped stopped;
    std::thread stopper([&] { stopped = server.server->stop(2 * patience); });
    CHECK(idle.next().close_code() == 1001);
    idle.send_frame(8, "\x03\xe9");
    CHECK(idle.closed());
    CHECK(waiting.closed());
    CHECK(eventually([&] { return server.visitors.goodbyes() == 1; }));  // `busy` is waited for
    client->send(make_frame(ack("b")));
    client->settled();
    CHECK(busy.text() == ack("b"));
    CHECK(busy.next().close_code() == 1001);
    busy.send_frame(8, "\x03\xe9");
    CHECK(busy.closed());
    stopper.join();
    CHECK(stopped.cut == 0);
    CHECK(server.visitors.goodbyes() == 2);
    CHECK_THROWS(Peer(server.port));  // nobody listens
}

TEST_CASE("a stop cuts at its deadline whoever has not ended by then") {
    TestServer server;
    server.visitors.on_frame = [](const std::shared_ptr<Client>&, const wire::VisitorFrame&) {};
    Visitor unsettled(server);
    unsettled.send_text(message("u"));
    REQUIRE(eventually([&] { return server.visitors.frames() == 1; }));
    CHECK(server.server->stop(10ms).cut == 1);
    CHECK(unsettled.closed());
    CHECK(server.visitors.goodbyes() == 1);
}
