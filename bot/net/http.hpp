// Requests and answers as handlers see them: plain values, no sockets.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/bus/ports.hpp"

namespace maru::net {

enum class Method : std::uint8_t { get, post, put, patch, del, other };
[[nodiscard]] std::string_view to_text(Method method);

struct Request {
    Method method = Method::get;
    bool head = false;    // asked with HEAD; `method` is get, and the body will not be sent
    std::string path;     // as sent, percent-encoded, without the query
    std::string query;    // as sent, without the '?'
    std::string address;  // the client's, after trusted proxies
    std::vector<std::pair<std::string, std::string>> headers;     // names in lower case, in order
    std::vector<std::pair<std::string, std::string>> parameters;  // from the route's pattern, decoded
    std::string body;
    std::optional<Staff> staff;  // who is logged in; always set behind Access::agent and Access::admin

    // Empty when there is none. Header names in lower case.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] std::string_view parameter(std::string_view name) const;
    // One decoded field of the query ("a+b%20c" is "a b c"); nullopt: not there, or not valid UTF-8.
    [[nodiscard]] std::optional<std::string> argument(std::string_view name) const;
    // A cookie's value; empty when there is none.
    [[nodiscard]] std::string_view cookie(std::string_view name) const;
};

struct Response {
    unsigned status = 200;
    std::string type = "application/json";  // empty: no Content-Type
    std::string body;
    // Bytes that outlive every request (embedded files); used instead of `body` when not empty.
    std::string_view fixed;
    std::vector<std::pair<std::string, std::string>> headers;
    // Whether the usual `Cache-Control: no-store` is left out because the handler sets its own.
    bool cacheable = false;

    Response&& with(std::string name, std::string value) &&;
};

[[nodiscard]] Response json(const nlohmann::json& value, unsigned status = 200);
[[nodiscard]] Response text(std::string body, std::string type = "text/plain; charset=utf-8",
                            unsigned status = 200);
[[nodiscard]] Response no_content();

// RFC 9457. `type` is a short name ("password-change-required"), written as urn:maru:problem:NAME; empty:
// about:blank, where the status says it all. `detail` is for people: what is wrong and what would be right.
[[nodiscard]] Response problem(unsigned status, std::string_view type = {}, std::string_view detail = {});

// The body as JSON, or the problem to answer with: 415 when the request does not say application/json, 400
// when it is not JSON. Depth is limited.
[[nodiscard]] std::optional<Response> body_json(const Request& request, nlohmann::json& out);

[[nodiscard]] std::string_view reason(unsigned status);

// nullopt: a broken escape, U+0000 or invalid UTF-8. `plus` reads '+' as a space (queries, not paths).
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, bool plus = false);
[[nodiscard]] bool valid_utf8(std::string_view text);

}  // namespace maru::net
