// What the bot shows of the shelves: searches and refinements, their buttons, cards. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/respond.hpp"
#include "catalog/search.hpp"
#include "flows/machine.hpp"

namespace maru {

// A JSON array of the wire's product cards.
[[nodiscard]] std::string cards(const std::vector<catalog::Match>& matches, std::string_view locale,
                                const Bot& bot);
[[nodiscard]] std::string cards(const std::vector<flows::ProductRef>& products, std::string_view locale,
                                const Bot& bot);

// What a query looks for, in words for the search ledger; its conditions only when there is nothing else.
[[nodiscard]] std::string searched_words(const catalog::Query& query, std::string_view locale,
                                         const Bot& bot);

// The answer to a search; remembers the query and what was shown.
// `said`: the visitor's message, normalised; words of earlier ones in the search are not told to be missing.
[[nodiscard]] Reply show_products(Conversation& c, const catalog::Interpretation& asked, const Bot& bot,
                                  std::string_view said = {});
// What a button under products means: the next page, an answer to the narrowing question, a condition taken
// away. nullopt: the choice is none of these.
[[nodiscard]] std::optional<Reply> shelf_choice(Conversation& c, std::string_view choice, const Bot& bot);
[[nodiscard]] Reply show_recommended(Conversation& c, const Bot& bot);

// What could be had instead of a product that is out of stock: says so below the reply's text and adds their
// cards behind its own. False: it can be had.
bool add_alternatives(Conversation& c, Reply& reply, const catalog::Product& product, const Bot& bot);
// The cards that the next message may point at.
void remember_shown(Conversation& c, const std::vector<catalog::Match>& matches);

}  // namespace maru
