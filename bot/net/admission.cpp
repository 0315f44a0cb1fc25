#include "bot/net/admission.hpp"

#include <spdlog/spdlog.h>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include "bot/net/auth.hpp"

namespace maru::net {
namespace {

// Sixteen bytes in base 64 (RFC 6455, 4.1).
bool valid_key(std::string_view key) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return key.size() == 24 && key.substr(22) == "==" && key.find_first_not_of(letters) == 22;
}

bool lists(const Request& request, std::string_view header, const char* word) {
    for (const auto& [name, value] : request.headers)
        if (name == header && boost::beast::http::token_list(value).exists(word)) return true;
    return false;
}

}  // namespace

boost::asio::ip::address client_of(const Core& core, const boost::asio::ip::address& peer, const Head& head) {
    auto client = plain(peer);
    if (!core.trusted.hold(client)) return client;
    std::string forwarded;
    for (const auto& [name, value] : head.headers) {
        if (name != "x-forwarded-for") continue;
        if (!forwarded.empty()) forwarded += ',';
        forwarded += value;
    }
    return client_behind(peer, forwarded, core.trusted);
}

bool own_origin(const Core& core, std::string_view origin, std::string_view host) {
    const auto& url = core.options.public_url;
    return same_origin(origin, host) || (!url.empty() && origin == origin_of(url));
}

std::optional<Response> guard(const Core& core, const Route& route, const Request& request,
                              const Head& head) {
    const auto origin = request.header("origin");
    if (!origin.empty() && !own_origin(core, origin, head.host))
        return problem(403, "foreign-origin", "the Origin header names another host");
    if (!head.has_body()) return std::nullopt;
    auto type = request.header("content-type");
    type = type.substr(0, type.find(';'));
    while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
    if (boost::beast::iequals(type, "application/json")) return std::nullopt;
    std::string known = "application/json";
    for (const auto& other : route.types) {
        if (boost::beast::iequals(type, other)) return std::nullopt;
        if (!other.empty()) known += ", " + other;
    }
    return problem(
        415, {},
        (route.types.empty() ? "send the body as " : "name the body's type in Content-Type: ") + known);
}

std::optional<Response> admit_staff(const Core& core, Request& request, Access access) {
    try {
        if (core.auth) request.staff = core.auth->who(request);
    } catch (const std::exception& failure) {
        core.log->error("sessions cannot be read error={}", failure.what());
        return problem(503, {}, "sessions cannot be read at the moment").with("Retry-After", "2");
    }
    if (!request.staff) return problem(401, "login-required", "log in first");
    if (access == Access::staff) return std::nullopt;
    if (request.staff->must_change_password)
        return problem(403, "password-change-required", "the one-time password must be changed first");
    if (access == Access::admin && request.staff->role != "admin")
        return problem(403, "admin-required", "only an admin may do this");
    return std::nullopt;
}

std::optional<Response> check_handshake(const Core& core, const Request& request, const Head& head,
                                        bool agent) {
    if (request.method != Method::get || head.head) return problem(405).with("Allow", "GET");
    if (head.minor == 0 || !head.upgrade_websocket || !lists(request, "connection", "upgrade") ||
        request.header("sec-websocket-version") != "13") {
        return problem(426, {}, "this is a WebSocket (RFC 6455, version 13)")
            .with("Upgrade", "websocket")
            .with("Sec-WebSocket-Version", "13");
    }
    if (!valid_key(request.header("sec-websocket-key")))
        return problem(400, {}, "Sec-WebSocket-Key is not 16 bytes in base 64");
    const auto origin = request.header("origin");
    if (origin.empty()) return std::nullopt;  // no browser: an app, a script
    if (agent) {
        if (!own_origin(core, origin, head.host))
            return problem(403, "foreign-origin", "agents connect from the console's own pages");
    } else if (core.options.origin_allowed && !core.options.origin_allowed(origin, head.host)) {
        return problem(403, "foreign-origin", "this origin is not among the sites' origins");
    }
    return std::nullopt;
}

std::string offered_protocol(const Request& request) {
    return lists(request, "sec-websocket-protocol", "maru.v1") ? "maru.v1" : "";
}

}  // namespace maru::net
