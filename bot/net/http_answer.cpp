#include <algorithm>
#include <array>
#include <ctime>

#include "bot/net/http_session.hpp"

namespace maru::net {
namespace {

// Pages load only what the binary itself serves; nothing inline, nothing framed.
constexpr std::string_view content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

struct Default {
    std::string_view name, value;
};
constexpr std::array defaults{
    Default{"Content-Security-Policy", content_policy},
    Default{"X-Content-Type-Options", "nosniff"},
    Default{"X-Frame-Options", "DENY"},
    Default{"Referrer-Policy", "same-origin"},
    Default{"Cross-Origin-Opener-Policy", "same-origin"},
    Default{"Cross-Origin-Resource-Policy", "same-origin"},
};

bool plain_text(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
               return lower(x) == lower(y);
           });
}

void append(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

std::string http_date() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 40> text{};
    const auto size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return std::string(text.data(), size);
}

}  // namespace

std::string answer_head(const Response& response, std::size_t body_size, const AnswerContext& context) {
    std::string out;
    out.reserve(700);
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(reason(response.status)).append("\r\n");
    append(out, "Date", http_date());
    if (!response.type.empty() && plain_text(response.type)) append(out, "Content-Type", response.type);
    if (response.status != 204 && response.status != 304)
        append(out, "Content-Length", std::to_string(body_size));
    append(out, "Connection", context.keep_alive ? "keep-alive" : "close");
    if (!response.cacheable) append(out, "Cache-Control", "no-store");
    if (context.https) append(out, "Strict-Transport-Security", "max-age=31536000");
    for (const auto& usual : defaults) {
        const bool given =
            std::any_of(response.headers.begin(), response.headers.end(),
                        [&](const auto& header) { return same_name(header.first, usual.name); });
        if (!given) append(out, usual.name, usual.value);
    }
    for (const auto& [name, value] : response.headers)
        if (plain_text(name) && plain_text(value)) append(out, name, value);
    out.append("\r\n");
    return out;
}

}  // namespace maru::net
