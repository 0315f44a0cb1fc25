// placeholder
#pragma once
#include <optional>

#include "bot/net/http.hpp"
namespace maru::net {
class Auth {
  public:
    [[nodiscard]] std::optional<Staff> who(const Request&) { return std::nullopt; }
};
}  // namespace maru::net
