// Who a page says its visitor is, and whether it proved it. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "bot/content/settings.hpp"
#include "bot/conversation/turn.hpp"

namespace maru {

// `known` with what `identity` adds. An identity is verified when the site has a secret and `hmac` is the hex
// HMAC-SHA256 of the id under it; where a site has a secret, an identity that fails is not taken over.
[[nodiscard]] Visitor identified(const wire::Identity& identity, const std::string& site,
                                 const Settings& settings, Visitor known);

// A `survey` frame.
[[nodiscard]] nlohmann::json survey_frame(const SurveyNotice& survey, std::string_view locale);

}  // namespace maru
