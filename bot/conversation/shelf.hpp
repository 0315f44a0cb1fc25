// What the bot says about goods: searches and refinements, answers about a product, cards. Pure.
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
[[nodiscard]] Reply show_products(Conversation& c, const catalog::Interpretation& asked, const Bot& bot);
// What a button under products means: the next page, an answer to the narrowing question, a condition taken
// away. nullopt: the choice is none of these.
[[nodiscard]] std::optional<Reply> shelf_choice(Conversation& c, std::string_view choice, const Bot& bot);
[[nodiscard]] Reply show_recommended(Conversation& c, const Bot& bot);

// What could be had instead of a product that is out of stock: says so below the reply's text and adds their
// cards behind its own. False: it can be had.
bool add_alternatives(Conversation& c, Reply& reply, const catalog::Product& product, const Bot& bot);
// The cards that the next message may point at.
void remember_shown(Conversation& c, const std::vector<catalog::Match>& matches);

// The prices of what is on the last cards.
// What several products cost together: those in the cart, else the few shown, else the two looked at last.
// nullopt: there are not two it could mean.
[[nodiscard]] std::optional<Reply> price_together(const Conversation& c, const Bot& bot);
[[nodiscard]] Reply prices_of_shown(const Conversation& c, const Bot& bot);
// What is asked of them all, where nobody said of which ("그거 배터리 얼마나 가?"); nullopt: none of them
// says.
[[nodiscard]] std::optional<Reply> about_shown(const Conversation& c, std::string_view question,
                                               const Bot& bot);

enum class Asked : std::uint8_t { price, stock, detail };
[[nodiscard]] Reply about_product(Conversation& c, const catalog::Product& product, Asked what,
                                  std::string_view question, const Bot& bot);

}  // namespace maru
