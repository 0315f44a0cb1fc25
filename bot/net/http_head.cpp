#include "bot/net/http_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace maru::net {
namespace {

// RFC 9110, 5.6.2
bool token_char(char c) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}
bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), token_char);
}
bool value_char(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return result;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// Whether a comma-separated list holds `word` (given in lower case).
bool lists(std::string_view value, std::string_view word) {
    while (!value.empty()) {
        const auto comma = value.find(',');
        if (lower(trim(value.substr(0, comma))) == word) return true;
        if (comma == std::string_view::npos) break;
        value.remove_prefix(comma + 1);
    }
    return false;
}

std::optional<HeadError> bad(std::string detail, unsigned status = 400) {
    return HeadError{status, std::move(detail)};
}

std::optional<HeadError> read_request_line(std::string_view line, std::size_t target_bytes, Head& out,
                                           std::string& authority) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return bad("the request line is not METHOD TARGET HTTP/1.1");
    const auto method = line.substr(0, first);
    auto target = line.substr(first + 1, last - first - 1);
    const auto version = line.substr(last + 1);
    if (!is_token(method)) return bad("the method holds characters that none may");
    if (version.size() != 8 || version.substr(0, 5) != "HTTP/" || version[6] != '.')
        return bad("the request line does not end in an HTTP version");
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return bad("only HTTP/1.1 and 1.0 are spoken here", 505);
    out.minor = version[7] == '1' ? 1 : 0;
    if (target.size() > target_bytes)
        return bad("the target is longer than " + std::to_string(target_bytes) + " bytes", 414);
    if (target.empty() || std::any_of(target.begin(), target.end(), [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return byte <= 0x20 || byte >= 0x7f;
        }))
        return bad("the target holds characters that must be percent-encoded");
    if (target.find('#') != std::string_view::npos) return bad("a target has no fragment");

    if (method == "GET" || method == "HEAD") {
        out.method = Method::get;
        out.head = method == "HEAD";
    } else if (method == "POST") {
        out.method = Method::post;
    } else if (method == "PUT") {
        out.method = Method::put;
    } else if (method == "PATCH") {
        out.method = Method::patch;
    } else if (method == "DELETE") {
        out.method = Method::del;
    } else {
        out.method = Method::other;
        out.options = method == "OPTIONS";
    }

    if (const auto scheme = target.find("://"); target.front() != '/' && scheme != std::string_view::npos) {
        const auto name = lower(target.substr(0, scheme));
        if (name != "http" && name != "https") return bad("the target's scheme is not http");
        target.remove_prefix(scheme + 3);
        const auto end = target.find_first_of("/?");
        authority = lower(target.substr(0, end));
        if (authority.empty() || authority.find('@') != std::string::npos)
            return bad("the target names no host");
        target = end == std::string_view::npos ? std::string_view() : target.substr(end);
    } else if (target == "*" && out.options) {
        out.path = "*";
        return std::nullopt;
    } else if (method == "CONNECT") {
        return bad("this is no proxy", 405);
    } else if (target.front() != '/') {
        return bad("the target must begin with a slash");
    }
    const auto question = target.find('?');
    out.path = target.substr(0, question);
    if (out.path.empty()) out.path = "/";
    if (question != std::string_view::npos) out.query = target.substr(question + 1);
    return std::nullopt;
}

std::optional<HeadError> read_framing(Head& out) {
    bool seen_length = false, seen_coding = false;
    for (const auto& [name, value] : out.headers) {
        if (name == "content-length") {
            if (seen_length) return bad("Content-Length is given twice");
            seen_length = true;
            std::size_t length = 0;
            const auto [end, ec] = std::from_chars(value.data(), value.data() + value.size(), length);
            if (ec != std::errc{} || end != value.data() + value.size() || value.empty() || value.size() > 15)
                return bad("Content-Length is not a number");
            out.length = length;
        } else if (name == "transfer-encoding") {
            if (seen_coding) return bad("Transfer-Encoding is given twice");
            seen_coding = true;
            if (lower(value) != "chunked") return bad("the only transfer coding is chunked", 501);
            if (out.minor == 0) return bad("HTTP/1.0 has no transfer codings");
            out.chunked = true;
        }
    }
    if (seen_length && seen_coding) return bad("Content-Length and Transfer-Encoding exclude each other");
    return std::nullopt;
}

}  // namespace

std::string_view Head::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (key == name) return value;
    return {};
}

std::size_t head_size(std::string_view bytes) {
    const auto end = bytes.find("\r\n\r\n");
    // A line feed of its own ends the head as well: read_head refuses it at once, instead of waiting for
    // more.
    for (auto feed = bytes.find('\n'); feed < end && feed != std::string_view::npos;
         feed = bytes.find('\n', feed + 1))
        if (feed == 0 || bytes[feed - 1] != '\r') return feed + 1;
    return end == std::string_view::npos ? 0 : end + 4;
}

std::optional<HeadError> read_head(std::string_view head, std::size_t target_bytes, Head& out) {
    for (std::size_t i = 0; i < head.size(); ++i) {
        const bool cr = head[i] == '\r';
        if ((cr && (i + 1 == head.size() || head[i + 1] != '\n')) ||
            (head[i] == '\n' && (i == 0 || head[i - 1] != '\r')))
            return bad("lines end in CR LF, and neither stands alone");
        if (head[i] == '\0') return bad("the header holds a NUL");
    }
    head.remove_suffix(2);  // the empty line
    const auto first = head.find("\r\n");
    std::string authority;
    if (auto error = read_request_line(head.substr(0, first), target_bytes, out, authority)) return error;
    head.remove_prefix(first + 2);

    constexpr std::array once{std::string_view{"host"},
                              std::string_view{"origin"},
                              std::string_view{"content-type"},
                              std::string_view{"authorization"},
                              std::string_view{"expect"},
                              std::string_view{"sec-websocket-key"},
                              std::string_view{"sec-websocket-version"}};
    while (!head.empty()) {
        const auto end = head.find("\r\n");
        const auto line = head.substr(0, end);
        head.remove_prefix(end + 2);
        if (line.front() == ' ' || line.front() == '\t')
            return bad("folded header lines are obsolete (RFC 9112, 5.2)");
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
            return bad("a header line is not NAME: VALUE");
        const auto value = trim(line.substr(colon + 1));
        if (!std::all_of(value.begin(), value.end(), value_char))
            return bad("a header's value holds control characters");
        auto name = lower(line.substr(0, colon));
        if (std::find(once.begin(), once.end(), name) != once.end() && !out.header(name).empty())
            return bad("the header " + name + " is given twice");
        out.headers.emplace_back(std::move(name), value);
    }

    std::size_t hosts = 0;
    for (const auto& [name, value] : out.headers) {
        if (name == "host") {
            ++hosts;
            out.host = lower(value);
            if (value.find_first_of(" \t,/@?#\\") != std::string::npos) return bad("Host is not a host");
        } else if (name == "connection") {
            if (lists(value, "close")) out.keep_alive = false;
        } else if (name == "expect") {
            if (lower(value) != "100-continue") return bad("the only expectation is 100-continue", 417);
            out.expects_continue = out.minor == 1;
        } else if (name == "upgrade") {
            out.upgrade_websocket = lists(value, "websocket");
        }
    }
    if (hosts > 1) return bad("the header host is given twice");
    if (out.minor == 1 && (hosts == 0 || out.host.empty())) return bad("HTTP/1.1 needs a Host header");
    if (!authority.empty() && !out.host.empty() && authority != out.host)
        return bad("the target's host and the Host header differ");
    if (out.minor == 0) out.keep_alive = false;
    return read_framing(out);
}

}  // namespace maru::net
