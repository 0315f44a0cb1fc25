// A Query as JSON: what a conversation remembers between turns. Pure functions, any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "catalog/search.hpp"

namespace maru::catalog {

// Only what differs from a default Query is written.
[[nodiscard]] nlohmann::json query_to_json(const Query& query);
// nullopt: not a query (a wrong type somewhere). Unknown members are ignored, missing ones take their
// default.
[[nodiscard]] std::optional<Query> query_from_json(const nlohmann::json& json);

[[nodiscard]] std::string_view sort_name(Sort sort) noexcept;  // "relevance", "price_ascending", …
[[nodiscard]] std::optional<Sort> sort_from_name(std::string_view name) noexcept;

}  // namespace maru::catalog
