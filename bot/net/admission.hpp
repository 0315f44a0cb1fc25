// Who may make a request: where it comes from, whether a foreign page sent it, who of the staff it is.
// Internal to bot/net; thread-safe.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>

#include "bot/net/core.hpp"
#include "bot/net/http_head.hpp"

namespace maru::net {

// The client's address, through the proxies we trust.
[[nodiscard]] boost::asio::ip::address client_of(const Core& core, const boost::asio::ip::address& peer,
                                                 const Head& head);

// Whether `origin` is one of our own pages': the Host's, or the public URL's.
[[nodiscard]] bool own_origin(const Core& core, std::string_view origin, std::string_view host);

// Calls that change something come from our own pages or from programs, and carry JSON: a foreign page can
// send neither with the staff's cookie. nullopt: go on.
[[nodiscard]] std::optional<Response> guard(const Core& core, const Route& route, const Request& request,
                                            const Head& head);

// Fills `request.staff`, or says why not. Blocks; does not throw.
[[nodiscard]] std::optional<Response> admit_staff(const Core& core, Request& request, Access access);

// What a WebSocket handshake must hold beyond what the head's check saw. nullopt: go on.
[[nodiscard]] std::optional<Response> check_handshake(const Core& core, const Request& request,
                                                      const Head& head, bool agent);
// "maru.v1" when the client offers it; else empty.
[[nodiscard]] std::string offered_protocol(const Request& request);

}  // namespace maru::net
