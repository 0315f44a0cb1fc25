// A product that a message names by itself, whatever is in view: "does the Bijil R8 mop", "H3 헤드폰 …".
// Pure, any thread; the products live as long as the bot.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/content/bot.hpp"

namespace maru {

// By its maker and its name, by a model no other has, or by nearly all of its title; nullopt: none.
[[nodiscard]] std::optional<std::string> named_outright(std::string_view words, const Bot& bot);

// Its own words ask for a search: "추천", "show me", "do you sell".
[[nodiscard]] bool asks_for_goods(std::string_view plain);
// "향나는 거는 뭐 있어요", "what over-ear ones do you have": which there are of a kind.
[[nodiscard]] bool asks_what_there_is(std::string_view plain);

// … for one like the one it names, or for another: "비슷한 거", "other than".
[[nodiscard]] bool asks_for_alike(std::string_view plain);

// Is the product, by its id, of one of these kinds? No: it is unknown, or `types` is empty.
[[nodiscard]] bool is_of_kind(const std::string& id, const std::vector<std::string>& types, const Bot& bot);

// It has a word of what a shop does with goods: "delivery", 반품, "warranty".
[[nodiscard]] bool asks_of_service(std::string_view plain);

// A message that has whole titles of products, four at most.
struct Titled {
    std::vector<const catalog::Product*> products;  // as they are named
    // The message with "@1@", "@2@" … for the titles.
    std::string marked;
    // … with "it" for a title and "them" for a list of titles, as it is read best; empty: beside them there
    // is nothing, or the wish to see them ("… 보여줘", "do you have …").
    std::string words;
};
[[nodiscard]] std::optional<Titled> titled(std::string_view words, const Bot& bot);

}  // namespace maru
