// Texts of visitors without what would tell who they are: for what is kept and shown apart from
// conversations.
#pragma once

#include <string>
#include <string_view>

namespace maru::insights {

// `text` with e-mail addresses, and numbers long enough to be a telephone's, an order's or a card's, replaced
// by [email] and [number]; amounts and sizes stay. At most `most` characters of it. Linear.
[[nodiscard]] std::string masked(std::string_view text, std::size_t most = 80);

}  // namespace maru::insights
