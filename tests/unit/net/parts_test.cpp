// Addresses, rates, delays, routes, metrics: the parts that need no socket.
#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "bot/base/metrics.hpp"
#include "bot/net/address.hpp"
#include "bot/net/delays.hpp"
#include "bot/net/http.hpp"
#include "bot/net/rates.hpp"
#include "bot/net/router.hpp"

using namespace maru;
using namespace maru::net;
using namespace std::chrono_literals;
namespace ip = boost::asio::ip;

TEST_CASE("where to listen") {
    struct Row {
        const char* text;
        const char* host;  // null: refused
        unsigned port;
    };
    for (const auto& row :
         {Row{"127.0.0.1:8080", "127.0.0.1", 8080}, Row{"[::1]:0", "::1", 0},
          Row{"localhost:80", "localhost", 80}, Row{":8080", "::", 8080}, Row{"::1:80", nullptr, 0},
          Row{"[::1]", nullptr, 0}, Row{"[]:1", nullptr, 0}, Row{"a:65536", nullptr, 0},
          Row{"a:-1", nullptr, 0}, Row{"a:", nullptr, 0}, Row{"8080", nullptr, 0}, Row{"", nullptr, 0}}) {
        CAPTURE(row.text);
        const auto parsed = parse_listen(row.text);
        CHECK(parsed.has_value() == (row.host != nullptr));
        if (!parsed || row.host == nullptr) continue;
        CHECK(parsed->host == row.host);
        CHECK(parsed->port == row.port);
    }
}

TEST_CASE("networks hold their addresses, and wrong ones are named") {
    std::string culprit;
    const auto networks = Networks::parse({"10.0.0.0/8", "192.168.1.128/25", "::1", "fd00::/9"}, culprit);
    REQUIRE(networks);
    struct Row {
        const char* address;
        bool in;
    };
    for (const auto& row :
         {Row{"10.255.0.1", true}, Row{"11.0.0.1", false}, Row{"192.168.1.129", true},
          Row{"192.168.1.127", false}, Row{"::ffff:10.0.0.1", true}, Row{"::1", true}, Row{"::2", false},
          Row{"fd7f::1", true}, Row{"fd80::1", false}, Row{"127.0.0.1", false}}) {
        CAPTURE(row.address);
        CHECK(networks->hold(ip::make_address(row.address)) == row.in);
    }
    for (const char* bad : {"10.0.0.0/33", "::/129", "shop.example", "10.0.0.0/", "10.0.0.0/x", ""}) {
        CHECK_FALSE(Networks::parse({"::1", bad}, culprit));
        CHECK(culprit == bad);
    }
}

TEST_CASE("the client behind proxies is the last address that is none of ours") {
    std::string culprit;
    const auto trusted = *Networks::parse({"10.0.0.0/8", "::1"}, culprit);
    struct Row {
        const char* peer;
        const char* forwarded;
        const char* client;
    };
    for (const auto& row : {
             Row{"198.51.100.7", "203.0.113.9", "198.51.100.7"},  // no proxy of ours: believed nothing
             Row{"10.0.0.1", "203.0.113.9", "203.0.113.9"},
             Row{"10.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"},  // what came before us is hearsay
             Row{"10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"},
             Row{"10.0.0.1", "10.0.0.3,10.0.0.2", "10.0.0.3"},
             Row{"10.0.0.1", "", "10.0.0.1"},
             Row{"10.0.0.1", "1.2.3.4, unknown", "10.0.0.1"},
             Row{"10.0.0.1", "203.0.113.9:4711", "203.0.113.9"},
             Row{"::1", "2001:db8::5", "2001:db8::5"},
             Row{"::1", "[2001:db8::5]:80", "2001:db8::5"},
             Row{"::ffff:10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"},
         }) {
        CAPTURE(row.forwarded);
        CHECK(client_behind(ip::make_address(row.peer), row.forwarded, trusted).to_string() == row.client);
    }
}

TEST_CASE("an IPv6 client is its /64 network where rates are counted") {
    CHECK(key_of(ip::make_address("2001:db8::1")) == key_of(ip::make_address("2001:db8::ffff:1")));
    CHECK(key_of(ip::make_address("2001:db8::1")) != key_of(ip::make_address("2001:db8:0:1::1")));
    CHECK(key_of(ip::make_address("10.0.0.1")) != key_of(ip::make_address("10.0.0.2")));
    CHECK(key_of(ip::make_address("10.0.0.1")) == key_of(ip::make_address("::ffff:10.0.0.1")));
}

TEST_CASE("an origin is the same when host and port are") {
    struct Row {
        const char* origin;
        const char* host;
        bool same;
    };
    for (const auto& row :
         {Row{"http://127.0.0.1:8080", "127.0.0.1:8080", true},
          Row{"https://shop.example", "shop.example", true},
          Row{"https://shop.example", "shop.example:443", true},
          Row{"http://shop.example:80", "shop.example", true},
          Row{"HTTPS://Shop.Example", "shop.example", true}, Row{"http://[::1]:8080", "[::1]:8080", true},
          Row{"http://shop.example", "shop.example:8080", false},
          Row{"https://evil.example", "shop.example", false},
          Row{"https://shop.example.evil.example", "shop.example", false}, Row{"null", "null", false},
          Row{"https://shop.example@evil.example", "shop.example", false}, Row{"file://", "", false},
          Row{"http://", "", false}, Row{"ws://shop.example", "shop.example", false}}) {
        CAPTURE(row.origin);
        CHECK(same_origin(row.origin, row.host) == row.same);
    }
    CHECK(origin_of("https://chat.example:8443/x?y") == "https://chat.example:8443");
    CHECK(origin_of("ftp://chat.example").empty());
    CHECK(origin_of("chat.example").empty());
}

TEST_CASE("a bucket lets a burst through, then its rate, and refills no further than the burst") {
    Bucket bucket;
    const Rate rate{10, 5};
    auto now = Steady::time_point(1000s);
    const auto taken = [&] {
        int n = 0;
        while (bucket.take(rate, now) && n < 100) ++n;
        return n;
    };
    CHECK(taken() == 5);
    now += 99ms;
    CHECK(taken() == 0);
    now += 1ms;
    CHECK(taken() == 1);
    now += 350ms;
    CHECK(taken() == 3);
    now += 1h;
    CHECK(bucket.full(now));
    CHECK(taken() == 5);
    CHECK(!bucket.full(now));
    CHECK(bucket.take({0, 0}, now));  // no rate: unlimited
}

TEST_CASE("a bucket shared by threads gives out no token twice") {
    Bucket bucket;
    const Rate rate{0.001, 1000};
    const auto now = Steady::now();
    std::atomic<int> taken{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i)
                if (bucket.take(rate, now)) ++taken;
        });
    for (auto& thread : threads) thread.join();
    CHECK(taken == 1000);
}

TEST_CASE("the book of addresses stays bounded and keeps those who wait") {
    AddressBook book(2000);
    auto now = Steady::time_point(1000s);
    const auto key = [](unsigned i) {
        AddressKey k{};
        k[0] = static_cast<unsigned char>(i >> 16U);
        k[1] = static_cast<unsigned char>(i >> 8U);
        k[2] = static_cast<unsigned char>(i);
        return k;
    };
    const auto held = book.of(key(1), now);
    for (unsigned i = 0; i < 100'000; ++i) {
        auto state = book.of(key(i), now);
        (void)state->requests.take({1, 1}, now);
        CHECK_UNARY(book.size() <= 2000);
    }
    CHECK(book.of(key(1), now) == held);
}

TEST_CASE("waits grow with failures, count attempts made at once, and end with success") {
    Delays delays(3, 30s, 1000);
    Time now{1'000'000s};
    for (int i = 0; i < 4; ++i) CHECK(delays.attempt("kim", now) == 0ms);  // the fourth starts the wait
    CHECK(delays.attempt("kim", now) == 1s);
    CHECK(delays.attempt("lee", now) == 0ms);
    now += 999ms;
    CHECK(delays.attempt("kim", now) == 1ms);
    now += 1ms;
    CHECK(delays.attempt("kim", now) == 0ms);
    CHECK(delays.attempt("kim", now) == 2s);
    for (int i = 0; i < 40; ++i) {
        now += 30s;
        CHECK(delays.attempt("kim", now) == 0ms);
    }
    CHECK(delays.attempt("kim", now) == 30s);  // never longer
    delays.succeeded("kim");
    CHECK(delays.attempt("kim", now) == 0ms);
    delays.took_back("kim");
    for (int i = 0; i < 4; ++i) CHECK(delays.attempt("kim", now) == 0ms);
    CHECK(delays.attempt("kim", now) == 1s);
    now += 31min;
    for (int i = 0; i < 4; ++i) CHECK(delays.attempt("kim", now) == 0ms);  // forgotten
}

TEST_CASE("routes are found by method and path, the most literal first") {
    Router router;
    const auto named = [](std::string name) { return [name](const Request&) { return text(name); }; };
    router.get("/api/v1/flows/{file}", Access::open, named("one"));
    router.get("/api/v1/flows/versions", Access::open, named("versions"));
    router.put("/api/v1/flows/{file}", Access::open, named("put"));
    router.get("/media/{path*}", Access::open, named("media"));
    router.get("/api/v1/conversations/{id}/transcript", Access::open, named("transcript"));
    router.otherwise(named("page"));
    struct Row {
        Method method;
        const char* path;
        const char* body;  // null: no route
        const char* value = "";
        const char* allow = "";
    };
    for (const auto& row : {
             Row{Method::get, "/api/v1/flows/versions", "versions"},
             Row{Method::get, "/api/v1/flows/faq%2Fa%20b.yaml", "one", "faq/a b.yaml"},
             Row{Method::put, "/api/v1/flows/%ED%95%9C.yaml", "put", "한.yaml"},
             Row{Method::get, "/api/v1/flows/%FF", "page"},
             Row{Method::get, "/api/v1/flows/%00", "page"},
             Row{Method::get, "/api/v1/flows/", "page"},
             Row{Method::get, "/media/a/b/c.svg", "media", "a/b/c.svg"},
             Row{Method::get, "/media/", "page"},
             Row{Method::get, "/api/v1/conversations/x/transcript", "transcript", "x"},
             Row{Method::get, "/anything", "page"},
             Row{Method::post, "/anything", nullptr},
             Row{Method::post, "/api/v1/flows/x", nullptr, "", "GET, HEAD, PUT"},
             Row{Method::del, "/media/x", nullptr, "", "GET, HEAD"},
         }) {
        CAPTURE(row.path);
        const auto match = router.find(row.method, row.path);
        CHECK((match.route != nullptr) == (row.body != nullptr));
        CHECK((match.route != nullptr ? "" : match.allow) == row.allow);
        if (match.route == nullptr) continue;
        CHECK(match.route->handler({}).body == row.body);
        CHECK((match.parameters.empty() ? "" : match.parameters.front().second) == row.value);
    }
    CHECK_THROWS_AS(router.get("/media/{path*}", Access::open, named("again")), std::invalid_argument);
    CHECK_THROWS_AS(router.get("no-slash", Access::open, named("x")), std::invalid_argument);
}

TEST_CASE("queries, cookies and escapes") {
    Request request;
    request.query = "q=5%EB%A7%8C+%EC%9B%90&limit=3&empty=&bad=%ff&flag&q=second";
    CHECK(request.argument("q") == "5만 원");
    CHECK(request.argument("limit") == "3");
    CHECK(request.argument("empty") == "");
    CHECK(request.argument("flag") == "");
    CHECK(!request.argument("bad"));
    CHECK(!request.argument("none"));
    request.headers = {{"cookie", "a=1; maru_session=abc=; b=2"}, {"cookie", "c=3"}};
    CHECK(request.cookie("maru_session") == "abc=");
    CHECK(request.cookie("c") == "3");
    CHECK(request.cookie("session").empty());
    CHECK(!percent_decode("%"));
    CHECK(!percent_decode("%2"));
    CHECK(!percent_decode("%zz"));
    CHECK(percent_decode("a+b") == "a+b");
}

TEST_CASE("UTF-8 is checked to the letter of the standard") {
    for (const char* good : {"", "a", "\x7f", "\xc2\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xf0\x90\x80\x80",
                             "\xf4\x8f\xbf\xbf", "한글"})
        CHECK(valid_utf8(good));
    for (const char* bad : {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80",
                            "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe1\x80", "a\xff"})
        CHECK_FALSE(valid_utf8(bad));
}

TEST_CASE("metrics are written as Prometheus reads them") {
    metrics::Registry registry;
    auto& plain = registry.counter("maru_a_total", "As\nof all");
    registry.counter("maru_b_total", "Bs", {{"kind", "x\"\\\n"}}).add(2);
    auto& gauge = registry.gauge("maru_c", "Cs");
    registry.gauge_of("maru_d", "Ds", [] { return std::numeric_limits<double>::infinity(); });
    auto& histogram = registry.histogram("maru_e_seconds", "Es", {0.1, 1}, {{"k", "v"}});
    plain.add();
    gauge.set(5);
    gauge.sub(7);
    for (const double v : {0.05, 0.1, 0.5, 3.0}) histogram.observe(v);
    std::string out;
    registry.write(out);
    CHECK(out ==
          "# HELP maru_a_total As\\nof all\n# TYPE maru_a_total counter\nmaru_a_total 1\n"
          "# HELP maru_b_total Bs\n# TYPE maru_b_total counter\nmaru_b_total{kind=\"x\\\"\\\\\\n\"} 2\n"
          "# HELP maru_c Cs\n# TYPE maru_c gauge\nmaru_c -2\n"
          "# HELP maru_d Ds\n# TYPE maru_d gauge\nmaru_d +Inf\n"
          "# HELP maru_e_seconds Es\n# TYPE maru_e_seconds histogram\n"
          "maru_e_seconds_bucket{k=\"v\",le=\"0.1\"} 2\nmaru_e_seconds_bucket{k=\"v\",le=\"1\"} 3\n"
          "maru_e_seconds_bucket{k=\"v\",le=\"+Inf\"} 4\nmaru_e_seconds_sum{k=\"v\"} 3.65\n"
          "maru_e_seconds_count{k=\"v\"} 4\n");
    CHECK(&registry.counter("maru_a_total", "As") == &plain);
    CHECK_THROWS_AS(registry.gauge("maru_a_total", ""), std::invalid_argument);
    CHECK_THROWS_AS(registry.counter("maru-a", ""), std::invalid_argument);
    CHECK_THROWS_AS(registry.counter("maru_f_total", "", {{"9", "x"}}), std::invalid_argument);
}
