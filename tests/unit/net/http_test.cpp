// HTTP: heads that must be refused, bodies, limits, headers, and an acceptor that nothing stops.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <nlohmann/json.hpp>

#include "bot/net/http_head.hpp"
#include "bot/net/http_session.hpp"
#include "bot/net/ops.hpp"
#include "tests/unit/net/harness.hpp"

using namespace maru;
using namespace maru::test;

namespace {

void routes(net::Options&, net::Router& router) {
    router.get("/hello", net::Access::open, [](const net::Request& r) {
        return net::text("hello " + r.argument("name").value_or("you"));
    });
    router.post("/echo", net::Access::open, [](const net::Request& r) { return net::text(r.body); });
    router.get("/throws", net::Access::open,
               [](const net::Request&) -> net::Response { throw std::runtime_error("no"); });
    router.get("/secret", net::Access::admin, [](const net::Request&) { return net::text("secret"); });
    net::Route small;
    small.method = net::Method::post;
    small.pattern = "/small";
    small.access = net::Access::open;
    small.body_bytes = 10;
    small.types = {"text/csv"};
    small.handler = [](const net::Request& r) { return net::text(std::to_string(r.body.size())); };
    router.add(std::move(small));
}

auto with_limits(const std::function<void(net::Limits&)>& change) {
    return [change](net::Options& options, net::Router& router) {
        routes(options, router);
        change(options.limits);
    };
}

std::string post(const std::string& path, const std::string& body, const std::string& extra = {}) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n" + extra + "\r\n" + body;
}

const std::string get_hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

}  // namespace

TEST_CASE("heads that two parsers could read differently are refused, and the connection closed") {
    TestServer server(with_limits([](net::Limits& l) { l.rates = false; }));
    struct Row {
        const char* name;
        std::string request;
        unsigned status;
    };
    const std::string p = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    const std::vector<Row> table{
        {"both framings", p + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"both framings, other order", p + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
         400},
        {"two lengths", p + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde", 400},
        {"the same length twice", p + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd", 400},
        {"a list of lengths", p + "Content-Length: 4, 4\r\n\r\nabcd", 400},
        {"a signed length", p + "Content-Length: +4\r\n\r\nabcd", 400},
        {"a negative length", p + "Content-Length: -1\r\n\r\n", 400},
        {"a hexadecimal length", p + "Content-Length: 0x4\r\n\r\nabcd", 400},
        {"a length with a space inside", p + "Content-Length: 1 0\r\n\r\nabcd", 400},
        {"an empty length", p + "Content-Length:\r\n\r\n", 400},
        {"a length past 64 bits", p + "Content-Length: 99999999999999999999\r\n\r\n", 400},
        {"chunked twice", p + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"an unknown coding", p + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501},
        {"a coding before chunked", p + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
        {"chunked with a tab", p + "Transfer-Encoding:\x0b chunked\r\n\r\n0\r\n\r\n", 400},
        {"a space before the colon", p + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400},
        {"a space before the name", p + " Transfer-Encoding: chunked\r\n\r\n", 400},
        {"a folded line", p + "X-A: 1\r\n two\r\n\r\n", 400},
        {"a bare LF", p + "X-A: 1\nContent-Length: 4\r\n\r\nabcd", 400},
        {"a bare CR", p + "X-A: 1\rContent-Length: 4\r\n\r\nabcd", 400},
        {"a NUL", p + std::string("X-A: 1\0", 7) + "\r\n\r\n", 400},
        {"a name that is none", p + "X(A): 1\r\n\r\n", 400},
        {"a line without a colon", p + "nonsense\r\n\r\n", 400},
        {"an empty name", p + ": 1\r\n\r\n", 400},
        {"chunked in HTTP/1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"no Host", "GET /hello HTTP/1.1\r\n\r\n", 400},
        {"two Hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"a Host that is none", "GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        {"an absolute target of another host", "GET http://b/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"an absolute target with a user", "GET http://a@a/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"another scheme", "GET ftp://a/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"a fragment", "GET /hello#x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"a space in the target", "GET /hel lo HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"a tab after the method", "GET\t/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"raw UTF-8 in the target", "GET /\xed\x95\x9c HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"no slash", "GET hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"HTTP/0.9", "GET /hello\r\n\r\n", 400},
        {"HTTP/2", "GET /hello HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        {"HTTP/1.1 misspelt", "GET /hello http/1.1\r\nHost: a\r\n\r\n", 400},
        {"HTTP/1.10", "GET /hello HTTP/1.10\r\nHost: a\r\n\r\n", 400},
        {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 405},
        {"TLS", "\x16\x03\x01\x02\x01\x01\xfc\x03\x03", 400},
        {"an unknown expectation", p + "Expect: miracles\r\nContent-Length: 2\r\n\r\n{}", 417},
        {"a garbled chunk", p + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", 400},
        {"a chunk without its end", p + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n", 400},
        {"a chunk's bare LF", p + "Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n", 400},
        {"a negative chunk", p + "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n", 400},
        {"a chunk past 64 bits",
         p + "Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\nabc\r\n0\r\n\r\n", 400},
    };
    for (const auto& row : table) {
        CAPTURE(row.name);
        Peer peer(server.port);
        // The smuggled second request must never be answered.
        const auto answer = peer.ask(row.request + "GET /hello?name=smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
        CHECK(answer.status == row.status);
        CHECK(answer.header("connection") == "close");
        CHECK(answer.header("content-type") == "application/problem+json");
        CHECK(peer.receive_all().empty());
    }
}

TEST_CASE("requests that are fine are answered, one after the other on one connection") {
    TestServer server(routes);
    Peer peer(server.port);
    CHECK(peer.ask(get_hello).body == "hello you");
    CHECK(peer.ask("GET http://x/hello?name=%EB%AF%BC%EC%88%98 HTTP/1.1\r\nHost: x\r\n\r\n").body ==
          "hello 민수");
    CHECK(peer.ask(post("/echo", R"({"a":1})")).body == R"({"a":1})");
    CHECK(peer.ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json; charset=utf-8\r\n"
                   "Transfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n")
              .body == "abcde");
    // Pipelined, and with the stray line end some clients leave.
    peer.send(get_hello + "\r\n" + get_hello + get_hello);
    for (int i = 0; i < 3; ++i) CHECK(peer.answer().body == "hello you");
    const auto head = peer.ask("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n", true);
    CHECK(head.status == 200);
    CHECK(head.header("content-length") == "9");
    CHECK(peer.ask(get_hello).status == 200);
    const auto last = peer.ask("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(last.header("connection") == "close");
    CHECK(peer.closed());
    Peer old(server.port);
    CHECK(old.ask("GET /hello HTTP/1.0\r\n\r\n").body == "hello you");
    CHECK(old.closed());
}

TEST_CASE("paths and methods that are not there") {
    TestServer server(routes);
    Peer peer(server.port);
    const auto none = peer.ask("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(none.status == 404);
    const auto problem = nlohmann::json::parse(none.body);
    CHECK(problem["status"] == 404);
    CHECK(problem["title"] == "Not Found");
    CHECK(problem["type"] == "about:blank");
    const auto wrong = peer.ask("DELETE /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(wrong.status == 405);
    CHECK(wrong.header("allow") == "GET, HEAD");
    const auto options = peer.ask("OPTIONS /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(options.status == 204);
    CHECK(options.header("allow") == "POST");
    CHECK(peer.ask("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").status == 204);
    CHECK(peer.ask("BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 405);
    CHECK(peer.ask("GET /throws HTTP/1.1\r\nHost: x\r\n\r\n").status == 500);
    CHECK(peer.ask("GET /secret HTTP/1.1\r\nHost: x\r\n\r\n").status == 401);
    CHECK(peer.ask(get_hello).status == 200);
}

TEST_CASE("security headers stand on every answer, errors included") {
    TestServer server([](net::Options& options, net::Router& router) {
        routes(options, router);
        options.public_url = "https://chat.example";
    });
    Peer peer(server.port);
    for (const char* path : {"/hello", "/nothing", "/throws", "/secret"}) {
        CAPTURE(path);
        const auto answer = peer.ask(std::string("GET ") + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto policy = answer.header("content-security-policy");
        CHECK(policy.find("default-src 'none'") == 0);
        CHECK(policy.find("unsafe") == std::string::npos);
        CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
        CHECK(answer.header("x-content-type-options") == "nosniff");
        CHECK(answer.header("referrer-policy") == "same-origin");
        CHECK(answer.header("cross-origin-opener-policy") == "same-origin");
        CHECK(answer.header("cross-origin-resource-policy") == "same-origin");
        CHECK(answer.header("cache-control") == "no-store");
        CHECK(answer.header("strict-transport-security") == "max-age=31536000");
        CHECK(!answer.header("date").empty());
    }
    Peer bad(server.port);
    CHECK(bad.ask("nonsense\r\n\r\n").header("x-content-type-options") == "nosniff");
}

TEST_CASE("a handler cannot break out of its header") {
    const auto head =
        net::answer_head(net::text("x").with("X-Good", "fine").with("X-Bad", "a\r\nSet-Cookie: b"), 1, {});
    CHECK(head.find("X-Good: fine\r\n") != std::string::npos);
    CHECK(head.find("Set-Cookie") == std::string::npos);
}

TEST_CASE("calls that change something need our own origin and JSON") {
    TestServer server([](net::Options& options, net::Router& router) {
        routes(options, router);
        options.public_url = "https://chat.example/";
    });
    Peer peer(server.port);
    const auto status = [&](const std::string& extra) { return peer.ask(post("/echo", "{}", extra)).status; };
    CHECK(status("") == 200);
    CHECK(status("Origin: http://x\r\n") == 200);
    CHECK(status("Origin: https://chat.example\r\n") == 200);
    CHECK(Peer(server.port).ask(post("/echo", "{}", "Origin: https://evil.example\r\n")).status == 403);
    CHECK(Peer(server.port).ask(post("/echo", "{}", "Origin: null\r\n")).status == 403);
    const auto typed = [&](const std::string& path, const std::string& type) {
        return Peer(server.port)
            .ask("POST " + path + " HTTP/1.1\r\nHost: x\r\n" + type + "Content-Length: 2\r\n\r\n{}")
            .status;
    };
    CHECK(typed("/echo", "Content-Type: text/plain\r\n") == 415);
    CHECK(typed("/echo", "Content-Type: application/x-www-form-urlencoded\r\n") == 415);
    CHECK(typed("/echo", "") == 415);
    CHECK(typed("/echo", "Content-Type: text/csv\r\n") == 415);
    CHECK(typed("/small", "Content-Type: text/csv\r\n") == 200);
}

TEST_CASE("a body over its limit is refused before it is read, chunked or not") {
    TestServer server(with_limits([](net::Limits& l) { l.body_bytes = 1000; }));
    CHECK(Peer(server.port).ask(post("/echo", std::string(1000, ' '))).status == 200);
    CHECK(Peer(server.port).ask(post("/echo", std::string(1001, ' '))).status == 413);
    CHECK(Peer(server.port).ask(post("/small", std::string(10, ' '))).status == 200);
    CHECK(Peer(server.port).ask(post("/small", std::string(11, ' '))).status == 413);
    const std::string chunked =
        "POST /small HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: "
        "chunked\r\n\r\n";
    CHECK(Peer(server.port).ask(chunked + "a\r\n0123456789\r\n0\r\n\r\n").body == "10");
    CHECK(Peer(server.port).ask(chunked + "a\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n").status == 413);
    CHECK(Peer(server.port).ask(chunked + "ffffffff\r\n").status == 413);
    // Who asks first is told before sending.
    Peer polite(server.port);
    polite.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
        "Content-Length: 2\r\n\r\n");
    CHECK(polite.receive(25) == "HTTP/1.1 100 Continue\r\n\r\n");
    CHECK(polite.ask("{}").body == "{}");
    CHECK(
        Peer(server.port)
            .ask(
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
                "Content-Length: 2000\r\n\r\n")
            .status == 413);
}

TEST_CASE("heads have a size: 431, and 414 for the target") {
    TestServer server(with_limits([](net::Limits& l) {
        l.header_bytes = 2000;
        l.target_bytes = 500;
    }));
    const auto with_header = [&](std::size_t n) {
        return Peer(server.port)
            .ask("GET /hello HTTP/1.1\r\nHost: x\r\nX-A: " + std::string(n, 'a') + "\r\n\r\n")
            .status;
    };
    const std::size_t rest = get_hello.size() + 7;
    CHECK(with_header(2000 - rest) == 200);
    CHECK(with_header(2001 - rest) == 431);
    CHECK(with_header(100'000) == 431);
    CHECK(Peer(server.port)
              .ask("GET /hello?" + std::string(493, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n")
              .status == 200);
    CHECK(Peer(server.port)
              .ask("GET /hello?" + std::string(494, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n")
              .status == 414);
    CHECK(Peer(server.port).ask("GET /" + std::string(100'000, 'a')).status == 414);
}

TEST_CASE("slow heads and slow bodies get 408, silent sockets are closed") {
    TestServer server(with_limits([](net::Limits& l) {
        l.header_time = 200ms;
        l.body_time = 200ms;
        l.idle_time = 200ms;
    }));
    Peer head(server.port);
    CHECK(head.ask("GET /hello HTTP/1.1\r\nHo").status == 408);
    CHECK(head.closed());
    // Bytes that keep trickling do not buy time.
    Peer drip(server.port);
    CHECK(eventually([&] { return !drip.send("G"); }));
    Peer body(server.port);
    CHECK(body.ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                   "9\r\n\r\n{")
              .status == 408);
    Peer silent(server.port);
    CHECK(silent.receive_all().empty());
    Peer between(server.port);
    CHECK(between.ask(get_hello).status == 200);
    CHECK(between.receive_all().empty());
}

TEST_CASE("an answer that nobody takes is cut off") {
    TestServer server([](net::Options& options, net::Router& router) {
        options.limits.write_time = 200ms;
        router.get("/large", net::Access::open,
                   [](const net::Request&) { return net::text(std::string(30'000'000, 'x')); });
    });
    Peer peer(server.port);
    peer.shrink_receive_buffer();
    peer.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    REQUIRE(eventually([&] { return server.counted("maru_http_requests_total{status=\"2xx_3xx\"}") == 1; }));
    CHECK(eventually([&] { return server.counted("maru_sockets") == 0; }));
}

TEST_CASE("a connection has a number of requests") {
    TestServer server(with_limits([](net::Limits& l) { l.requests_per_connection = 3; }));
    Peer peer(server.port);
    for (int i = 0; i < 2; ++i) CHECK(peer.ask(get_hello).header("connection") == "keep-alive");
    CHECK(peer.ask(get_hello).header("connection") == "close");
    CHECK(peer.closed());
}

TEST_CASE("an address has a rate of requests and a number of connections; all have one number together") {
    {
        TestServer server(with_limits([](net::Limits& l) { l.requests = {0.001, 3}; }));
        Peer peer(server.port);
        for (int i = 0; i < 3; ++i) CHECK(peer.ask(get_hello).status == 200);
        const auto refused = peer.ask(get_hello);
        CHECK(refused.status == 429);
        CHECK(refused.header("retry-after") == "1");
        CHECK(server.counted("maru_refused_total{limit=\"rate\"}") == 1);
    }
    {
        TestServer server(with_limits([](net::Limits& l) { l.connections_per_address = 2; }));
        {
            Peer one(server.port), two(server.port);
            CHECK(one.ask(get_hello).status == 200);
            CHECK(two.ask(get_hello).status == 200);
            Peer three(server.port);
            CHECK(three.answer().status == 429);
            CHECK(three.closed());
        }
        CHECK(eventually([&] { return Peer(server.port).ask(get_hello).status == 200; }));
    }
    {
        TestServer server(with_limits([](net::Limits& l) { l.connections = 2; }));
        Peer one(server.port), two(server.port);
        CHECK(one.ask(get_hello).status == 200);
        CHECK(two.ask(get_hello).status == 200);
        Peer three(server.port);
        CHECK(three.ask(get_hello).status == 503);
        CHECK(server.counted("maru_refused_total{limit=\"connections\"}") == 1);
    }
}

TEST_CASE("requests beyond what the workers may hold are answered 503 at once") {
    std::mutex mutex;
    std::condition_variable released;
    bool go = false;
    std::atomic<int> inside{0};
    TestServer server([&](net::Options& options, net::Router& router) {
        routes(options, router);
        options.limits.workers = 1;
        options.limits.waiting_requests = 1;
        router.get("/block", net::Access::open, [&](const net::Request&) {
            ++inside;
            std::unique_lock lock(mutex);
            released.wait_for(lock, patience, [&] { return go; });
            return net::text("done");
        });
    });
    Peer blocked(server.port);
    blocked.send("GET /block HTTP/1.1\r\nHost: x\r\n\r\n");
    REQUIRE(eventually([&] { return inside == 1; }));
    CHECK(Peer(server.port).ask(get_hello).status == 503);
    {
        const std::lock_guard lock(mutex);
        go = true;
    }
    released.notify_all();
    CHECK(blocked.answer().body == "done");
    CHECK(Peer(server.port).ask(get_hello).status == 200);
}

TEST_CASE("aborted and half-open connections never stop the acceptor") {
    TestServer server(routes);
    std::vector<std::unique_ptr<Peer>> silent;
    for (int i = 0; i < 100; ++i) {
        Peer(server.port).reset();
        Peer half(server.port);
        half.send("GET /hel");
        half.half_close();
        if (i % 10 == 0) silent.push_back(std::make_unique<Peer>(server.port));
    }
    CHECK(Peer(server.port).ask(get_hello).status == 200);
}

TEST_CASE("out of descriptors, the acceptor turns peers away and goes on when there are some again") {
    TestServer server(routes);
    Peer before(server.port);
    CHECK(before.ask(get_hello).status == 200);
    // Only the lowest free descriptor is left for the client's own end: nothing remains to accept with.
    rlimit old{};
    REQUIRE(getrlimit(RLIMIT_NOFILE, &old) == 0);
    const int next = dup(0);
    close(next);
    rlimit tight = old;
    tight.rlim_cur = static_cast<rlim_t>(next) + 1;
    REQUIRE(setrlimit(RLIMIT_NOFILE, &tight) == 0);
    bool turned_away = false;
    {
        Peer refused(server.port);
        turned_away = refused.closed();
    }
    const bool counted = eventually([&] { return server.counted("maru_accept_errors_total") > 0; });
    setrlimit(RLIMIT_NOFILE, &old);
    CHECK(turned_away);
    CHECK(counted);
    CHECK(Peer(server.port).ask(get_hello).status == 200);
    CHECK(before.ask(get_hello).status == 200);
}

TEST_CASE("the server listens where it is told, on IPv6 too, and says why it cannot") {
    const auto start = [](const std::string& where) {
        TestServer server([&](net::Options& options, net::Router&) { options.listen = where; });
        return server.port;
    };
    try {
        TestServer six([&](net::Options& options, net::Router& router) {
            routes(options, router);
            options.listen = "[::1]:0";
        });
        CHECK(Peer(six.port, "::1").ask(get_hello).body == "hello you");
    } catch (const std::exception& e) {
        MESSAGE("no IPv6 here: ", e.what());
    }
    CHECK(start("localhost:0") != 0);
    CHECK_THROWS_WITH(start("8080"), doctest::Contains("HOST:PORT"));
    TestServer first(routes);
    CHECK_THROWS_WITH(start(first.host), doctest::Contains("--listen"));
    CHECK_THROWS_WITH(TestServer([](net::Options& o, net::Router&) { o.trusted_proxies = {"here"}; }),
                      doctest::Contains("'here'"));
}

TEST_CASE("alive, ready, figures") {
    metrics::Registry registry;
    registry.counter("maru_test_total", "x").add(3);
    std::atomic<bool> ready{true};
    TestServer server([&](net::Options&, net::Router& router) {
        net::add_ops_routes(router, registry, [&] { return net::Readiness{ready, R"({"store":"ok"})"}; });
    });
    Peer peer(server.port);
    CHECK(peer.ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").status == 200);
    const auto good = peer.ask("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(good.status == 200);
    CHECK(nlohmann::json::parse(good.body)["details"]["store"] == "ok");
    ready = false;
    CHECK(peer.ask("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n").status == 503);
    const auto figures = peer.ask("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(figures.header("content-type") == "text/plain; version=0.0.4; charset=utf-8");
    CHECK(figures.body.find("maru_test_total 3") != std::string::npos);
}
