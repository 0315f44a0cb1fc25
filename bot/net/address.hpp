// Where connections come from and where the server listens: addresses, networks, proxies, origins.
// Pure and thread-safe.
#pragma once

#include <array>
#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maru::net {

struct HostPort {
    std::string host;  // without brackets
    std::uint16_t port = 0;
};
// "127.0.0.1:8080", "[::1]:8080", "localhost:0", ":8080" (all addresses). nullopt: none of these.
[[nodiscard]] std::optional<HostPort> parse_listen(std::string_view text);

// The 16 bytes that stand for a client where rates are counted: an IPv4 address, or the /64 network of an
// IPv6 one (a single customer usually holds a whole /64, and could change addresses within it for ever).
using AddressKey = std::array<unsigned char, 16>;
[[nodiscard]] AddressKey key_of(const boost::asio::ip::address& address);

// IPv4 addresses mapped into IPv6 become IPv4 again, so that one client has one name.
[[nodiscard]] boost::asio::ip::address plain(const boost::asio::ip::address& address);

// Networks in CIDR notation ("10.0.0.0/8", "::1", "fd00::/8").
class Networks {
  public:
    // nullopt: an entry is no network; `culprit` then names it.
    [[nodiscard]] static std::optional<Networks> parse(const std::vector<std::string>& cidrs,
                                                       std::string& culprit);
    [[nodiscard]] bool hold(const boost::asio::ip::address& address) const;
    [[nodiscard]] bool empty() const { return networks_.empty(); }

  private:
    struct Network {
        std::array<unsigned char, 16> bytes;
        unsigned bits;  // of the 128, IPv4 mapped
    };
    std::vector<Network> networks_;
};

// The client behind `peer`: the last address of X-Forwarded-For (all its fields joined by commas) that is not
// itself a trusted proxy. A peer that is no trusted proxy is believed nothing; neither is what stands before
// an entry that is no address.
[[nodiscard]] boost::asio::ip::address client_behind(const boost::asio::ip::address& peer,
                                                     std::string_view forwarded, const Networks& trusted);

// Whether an Origin header's value ("https://shop.example:8443") names the host of the Host header. A port
// left out on one side is the scheme's default.
[[nodiscard]] bool same_origin(std::string_view origin, std::string_view host);

// "https://a.example/x" → "https://a.example"; empty: not an http or https URL.
[[nodiscard]] std::string origin_of(std::string_view url);

}  // namespace maru::net
