#include "bot/net/address.hpp"

#include <algorithm>
#include <charconv>

namespace maru::net {
namespace {

namespace ip = boost::asio::ip;

std::array<unsigned char, 16> bytes_of(const ip::address& address) {
    if (address.is_v6()) return address.to_v6().to_bytes();
    return ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes();
}

bool equal_text(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value{};
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

// host and port of an authority; the port is empty when it is left out.
struct Authority {
    std::string_view host, port;
};
std::optional<Authority> split(std::string_view authority) {
    if (authority.empty() || authority.find('@') != std::string_view::npos) return std::nullopt;
    std::size_t host_end = 0;
    if (authority.front() == '[') {
        host_end = authority.find(']');
        if (host_end == std::string_view::npos) return std::nullopt;
        ++host_end;
    } else {
        host_end = std::min(authority.find(':'), authority.size());
    }
    Authority parts{authority.substr(0, host_end), authority.substr(host_end)};
    if (parts.host.empty()) return std::nullopt;
    if (!parts.port.empty()) {
        if (parts.port.front() != ':') return std::nullopt;
        parts.port.remove_prefix(1);
        if (!number<std::uint16_t>(parts.port)) return std::nullopt;
    }
    return parts;
}

}  // namespace

std::optional<HostPort> parse_listen(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto port = number<std::uint16_t>(text.substr(colon + 1));
    if (!port) return std::nullopt;
    auto host = text.substr(0, colon);
    if (!host.empty() && host.front() == '[') {
        if (host.back() != ']') return std::nullopt;
        host = host.substr(1, host.size() - 2);
        if (host.empty()) return std::nullopt;
    } else if (host.find(':') != std::string_view::npos) {
        return std::nullopt;  // an IPv6 address needs its brackets
    }
    return HostPort{std::string(host.empty() ? "::" : host), *port};
}

AddressKey key_of(const ip::address& address) {
    auto bytes = bytes_of(plain(address));
    if (plain(address).is_v6()) std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return bytes;
}

ip::address plain(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return ip::make_address_v4(ip::v4_mapped, address.to_v6());
    return address;
}

std::optional<Networks> Networks::parse(const std::vector<std::string>& cidrs, std::string& culprit) {
    Networks result;
    for (const auto& cidr : cidrs) {
        culprit = cidr;
        const auto slash = cidr.find('/');
        boost::system::error_code ec;
        const auto address = ip::make_address(cidr.substr(0, slash), ec);
        if (ec) return std::nullopt;
        const unsigned width = address.is_v4() ? 32 : 128;
        unsigned bits = width;
        if (slash != std::string::npos) {
            const auto given = number<unsigned>(std::string_view(cidr).substr(slash + 1));
            if (!given || *given > width) return std::nullopt;
            bits = *given;
        }
        result.networks_.push_back({bytes_of(address), bits + (128 - width)});
    }
    culprit.clear();
    return result;
}

bool Networks::hold(const ip::address& address) const {
    const auto bytes = bytes_of(address);
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        const std::size_t whole = network.bits / 8;
        if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                        network.bytes.begin()))
            return false;
        const unsigned rest = network.bits % 8;
        return rest == 0 || ((bytes[whole] ^ network.bytes[whole]) >> (8 - rest)) == 0;
    });
}

ip::address client_behind(const ip::address& peer, std::string_view forwarded, const Networks& trusted) {
    auto client = plain(peer);
    while (trusted.hold(client) && !forwarded.empty()) {
        const auto comma = forwarded.rfind(',');
        const auto entry = trim(comma == std::string_view::npos ? forwarded : forwarded.substr(comma + 1));
        forwarded = comma == std::string_view::npos ? std::string_view() : forwarded.substr(0, comma);
        boost::system::error_code ec;
        auto address = ip::make_address(std::string(entry), ec);
        if (ec) {
            // Some proxies add the port.
            const auto with_port = split(entry);
            if (!with_port) return client;
            auto host = with_port->host;
            if (host.front() == '[') host = host.substr(1, host.size() - 2);
            address = ip::make_address(std::string(host), ec);
            if (ec) return client;
        }
        client = plain(address);
    }
    return client;
}

bool same_origin(std::string_view origin, std::string_view host) {
    std::string_view default_port;
    if (equal_text(origin.substr(0, 7), "http://")) {
        default_port = "80";
        origin.remove_prefix(7);
    } else if (equal_text(origin.substr(0, 8), "https://")) {
        default_port = "443";
        origin.remove_prefix(8);
    } else {
        return false;
    }
    const auto theirs = split(origin), ours = split(host);
    if (!theirs || !ours || !equal_text(theirs->host, ours->host)) return false;
    return (theirs->port.empty() ? default_port : theirs->port) ==
           (ours->port.empty() ? default_port : ours->port);
}

std::string origin_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    if (!equal_text(url.substr(0, scheme), "http") && !equal_text(url.substr(0, scheme), "https")) return {};
    const auto end = url.find_first_of("/?#", scheme + 3);
    const auto origin = url.substr(0, end);
    if (!split(origin.substr(scheme + 3))) return {};
    return std::string(origin);
}

}  // namespace maru::net
