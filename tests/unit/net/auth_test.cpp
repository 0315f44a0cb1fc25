// Log-in, sessions, passwords and who may call what, over HTTP and on agents' sockets.
#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "bot/net/auth.hpp"
#include "tests/unit/net/harness.hpp"

using namespace maru;
using namespace maru::test;

namespace {

struct SettableClock final : Clock {
    std::atomic<std::int64_t> at{1'800'000'000'000};
    [[nodiscard]] Time now() const override { return from_millis(at); }
    void pass(Millis span) { at += span.count(); }
};

class FakeStaff final : public store::StaffStore {
  public:
    std::optional<store::StaffRow> staff_by_name(std::string_view name) override {
        const std::lock_guard lock(mutex);
        for (const auto& row : rows)
            if (row.name == name) return row;
        return std::nullopt;
    }
    std::optional<store::StaffRow> staff_by_session(std::string_view hash, Time now,
                                                    Millis lifetime) override {
        const std::lock_guard lock(mutex);
        if (broken) throw std::runtime_error("disk I/O error");
        const auto found = sessions.find(std::string(hash));
        if (found == sessions.end() || found->second.second <= now) return std::nullopt;
        found->second.second = now + lifetime;
        for (const auto& row : rows)
            if (row.id == found->second.first) return row;
        return std::nullopt;
    }
    void add_session(std::string_view hash, Id staff, Time, Time expires) override {
        const std::lock_guard lock(mutex);
        sessions[std::string(hash)] = {staff, expires};
    }
    void end_session(std::string_view hash) override {
        const std::lock_guard lock(mutex);
        sessions.erase(std::string(hash));
    }
    void set_password(Id staff, std::string_view hash, std::string_view keep) override {
        const std::lock_guard lock(mutex);
        for (auto& row : rows)
            if (row.id == staff) {
                row.password_hash = hash;
                row.must_change_password = false;
            }
        std::erase_if(sessions, [&](const auto& s) { return s.second.first == staff && s.first != keep; });
    }

    std::mutex mutex;
    std::atomic<bool> broken{false};
    std::vector<store::StaffRow> rows;
    std::map<std::string, std::pair<Id, Time>> sessions;
};

// Hashes once for all tests: it is meant to be slow.
const std::string& hash_of_secret() {
    static const std::string hash = net::hash_password("correct horse").value();
    return hash;
}

struct Office {
    explicit Office(std::string url = {}) {
        staff.rows = {{1, "kim", "agent", "sales", hash_of_secret(), false},
                      {2, "boss", "admin", "", hash_of_secret(), false},
                      {3, "new", "agent", "", hash_of_secret(), true}};
        net::AuthOptions options;
        options.public_url = url;
        auth = std::make_shared<net::Auth>(staff, clock, options);
        server.emplace(
            [&](net::Options& o, net::Router& router) {
                o.public_url = url;
                auth->add_routes(router);
                router.get("/agents", net::Access::agent,
                           [](const net::Request& r) { return net::text(r.staff->name); });
                router.get("/admins", net::Access::admin,
                           [](const net::Request& r) { return net::text(r.staff->name); });
            },
            auth);
    }

    Peer::Answer call(const std::string& method, const std::string& path, const std::string& body = {},
                      const std::string& cookie = {}) {
        std::string request = method + " " + path + " HTTP/1.1\r\nHost: " + server->host + "\r\n";
        if (!cookie.empty()) request += "Cookie: maru_session=" + cookie + "\r\n";
        if (!body.empty())
            request +=
                "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        return Peer(server->port).ask(request + "\r\n" + body);
    }
    Peer::Answer login(const std::string& user, const std::string& password) {
        return call("POST", "/api/v1/login", nlohmann::json{{"user", user}, {"password", password}}.dump());
    }
    std::string cookie_of(const Peer::Answer& answer) {
        const auto header = answer.header("set-cookie");
        const auto begin = header.find('=') + 1;
        return header.substr(begin, header.find(';') - begin);
    }
    std::string session(const std::string& user) { return cookie_of(login(user, "correct horse")); }

    SettableClock clock;
    FakeStaff staff;
    std::shared_ptr<net::Auth> auth;
    std::optional<TestServer> server;
};

std::string type_of(const Peer::Answer& answer) {
    return nlohmann::json::parse(answer.body).value("type", "");
}

}  // namespace

TEST_CASE("a session begins with the right password and ends with logout") {
    Office office;
    const auto answer = office.login("kim", "correct horse");
    REQUIRE(answer.status == 200);
    const auto body = nlohmann::json::parse(answer.body);
    CHECK(body["name"] == "kim");
    CHECK(body["role"] == "agent");
    CHECK(body["team"] == "sales");
    CHECK(body["must_change_password"] == false);
    const auto header = answer.header("set-cookie");
    CHECK(header.find("; HttpOnly") != std::string::npos);
    CHECK(header.find("; SameSite=Strict") != std::string::npos);
    CHECK(header.find("; Path=/") != std::string::npos);
    CHECK(header.find("Secure") == std::string::npos);
    const auto cookie = office.cookie_of(answer);
    CHECK(cookie.size() == 43);
    CHECK(office.staff.sessions.count(cookie) == 0);  // kept hashed
    CHECK(office.call("GET", "/api/v1/me", "", cookie).status == 200);
    CHECK(office.call("GET", "/agents", "", cookie).body == "kim");
    CHECK(type_of(office.call("GET", "/admins", "", cookie)) == "urn:maru:problem:admin-required");
    CHECK(office.call("GET", "/agents").status == 401);
    CHECK(office.call("GET", "/agents", "", "forged").status == 401);
    CHECK(office.call("GET", "/admins", "", office.session("boss")).body == "boss");

    const auto out = office.call("POST", "/api/v1/logout", "", cookie);
    CHECK(out.status == 204);
    CHECK(out.header("set-cookie").find("Max-Age=0") != std::string::npos);
    CHECK(office.call("GET", "/api/v1/me", "", cookie).status == 401);

    const auto idle = office.session("kim");
    office.clock.pass(std::chrono::hours(13));
    CHECK(office.call("GET", "/api/v1/me", "", idle).status == 401);
}

TEST_CASE("behind https the cookie is Secure") {
    Office office("https://chat.example");
    CHECK(office.login("kim", "correct horse").header("set-cookie").find("; Secure") != std::string::npos);
}

TEST_CASE("a wrong name cannot be told from a wrong password, and both are slowed down") {
    Office office;
    const auto wrong_name = office.login("nobody", "x");
    const auto wrong_password = office.login("kim", "x");
    CHECK(wrong_name.status == 401);
    CHECK(wrong_name.body == wrong_password.body);
    for (const char* name : {"nobody", "kim"}) {
        for (int i = 0; i < 4; ++i) CHECK(office.login(name, "x").status == 401);
        const auto waiting = office.login(name, "correct horse");
        CHECK(waiting.status == 429);
        CHECK(waiting.header("retry-after") == "1");
    }
    // Another name from the same address goes on, until the address has had its share.
    CHECK(office.login("boss", "correct horse").status == 200);
    CHECK(office.login("x1", "x").status == 401);
    CHECK(office.login("x2", "x").status == 401);
    CHECK(office.login("x3", "x").status == 401);
    CHECK(office.login("boss", "correct horse").status == 429);
    office.clock.pass(std::chrono::seconds(2));
    CHECK(office.login("kim", "correct horse").status == 200);
}

TEST_CASE("log-in bodies that are none are refused without a count") {
    Office office;
    for (int i = 0; i < 10; ++i) {
        CHECK(office.call("POST", "/api/v1/login", "{").status == 400);
        CHECK(office.call("POST", "/api/v1/login", "[]").status == 400);
        CHECK(office.call("POST", "/api/v1/login", R"({"user":"kim","password":5})").status == 400);
        CHECK(office.call("POST", "/api/v1/login", std::string(10'000, '[')).status == 400);
    }
    CHECK(office.login("kim", "correct horse").status == 200);
}

TEST_CASE("a one-time password must be changed before anything else") {
    Office office;
    const auto cookie = office.session("new");
    CHECK(nlohmann::json::parse(office.call("GET", "/api/v1/me", "", cookie).body)["must_change_password"] ==
          true);
    const auto refused = office.call("GET", "/agents", "", cookie);
    CHECK(refused.status == 403);
    CHECK(type_of(refused) == "urn:maru:problem:password-change-required");
    {
        Peer socket(office.server->port);
        CHECK_FALSE(
            socket.upgrade("/ws/agent", office.server->host, "Cookie: maru_session=" + cookie + "\r\n"));
    }
    const auto change = [&](const std::string& old, const std::string& fresh) {
        return office.call("POST", "/api/v1/password", nlohmann::json{{"old", old}, {"new", fresh}}.dump(),
                           cookie);
    };
    CHECK(change("wrong", "a new password").status == 403);
    CHECK(change("correct horse", "short").status == 422);
    CHECK(change("correct horse", "correct horse").status == 422);
    CHECK(change("correct horse", "새로운 비밀번호").status == 204);
    CHECK(office.call("GET", "/agents", "", cookie).body == "new");
    CHECK(office.login("new", "correct horse").status == 401);
    CHECK(office.login("new", "새로운 비밀번호").status == 200);
    CHECK(office.call("POST", "/api/v1/password", R"({"old":"a","new":"b"})").status == 401);
}

TEST_CASE("agents' sockets need a session and our own origin, and end with the session") {
    Office office;
    const auto& host = office.server->host;
    const auto with = [&](const std::string& cookie) { return "Cookie: maru_session=" + cookie + "\r\n"; };
    const auto cookie = office.session("kim"), second = office.session("kim");
    {
        Peer none(office.server->port);
        CHECK_FALSE(none.upgrade("/ws/agent", host));
        Peer foreign(office.server->port);
        CHECK_FALSE(foreign.upgrade("/ws/agent", host, with(cookie) + "Origin: https://evil.example\r\n"));
    }
    Peer one(office.server->port), two(office.server->port);
    REQUIRE(one.upgrade("/ws/agent", host, with(cookie) + "Origin: http://" + host + "\r\n"));
    REQUIRE(two.upgrade("/ws/agent", host, with(second)));
    for (Peer* peer : {&one, &two}) {
        peer->send_text(R"({"type":"hello"})");
        CHECK(peer->text() == R"({"type":"welcome","agent":"kim"})");
    }
    one.send_text(R"({"type":"message","conversation":"c","id":"1","text":"네"})");
    CHECK(one.text() == R"({"type":"ack","id":"1"})");
    one.send_text(R"({"type":"event","id":"1","name":"purchase"})");
    CHECK(one.text().find("unknown_type") != std::string::npos);

    // A new password ends every other session at once, and its sockets.
    CHECK(office.call("POST", "/api/v1/password", R"({"old":"correct horse","new":"battery staple"})", cookie)
              .status == 204);
    CHECK(two.next().close_code() == 1008);
    one.send_text(R"({"type":"message","conversation":"c","id":"2","text":"네"})");
    CHECK(one.text() == R"({"type":"ack","id":"2"})");
    CHECK(office.call("POST", "/api/v1/logout", "", cookie).status == 204);
    CHECK(one.next().close_code() == 1008);
}

TEST_CASE("a store that fails is answered 503, and nothing else suffers") {
    Office office;
    const auto cookie = office.session("kim");
    office.staff.broken = true;
    CHECK(office.call("GET", "/agents", "", cookie).status == 503);
    Peer socket(office.server->port);
    CHECK_FALSE(socket.upgrade("/ws/agent", office.server->host, "Cookie: maru_session=" + cookie + "\r\n"));
    office.staff.broken = false;
    CHECK(office.call("GET", "/agents", "", cookie).body == "kim");
}

TEST_CASE("one-time passwords differ and are easy to read") {
    const auto one = net::new_one_time_password(), two = net::new_one_time_password();
    CHECK(one.size() == 16);
    CHECK(one != two);
    CHECK((one + two).find_first_of("01ilou") == std::string::npos);
}
