// Which product a message points at: one of those shown, by its place, its name or what sets it apart, or one
// that it names. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/search.hpp"
#include "nlu/understanding.hpp"

namespace maru::flows {

// One of the products last shown: "the second one", its title or a part of it.
struct ShownMatch {
    std::optional<std::string> product;  // its id
    bool several = false;                // words of more than one title: which one is open
    std::vector<std::string> among;      // … of these, in the order of the list
};
[[nodiscard]] ShownMatch match_shown(std::string_view text, const nlu::Understanding* understanding,
                                     const std::vector<std::string>& shown, const catalog::Index* catalog);

// The words that only a model is called, of letters and then figures ("r3", "온3"), with a blank between;
// empty: none.
[[nodiscard]] std::string model_names(std::string_view words);

// The product that a message names by title or model number; nullopt: none.
[[nodiscard]] std::optional<std::string> named_product(const catalog::Interpretation& meaning,
                                                       const catalog::Index& catalog);

// One of the products last shown, else one that the message names.
[[nodiscard]] std::optional<std::string> match_product(std::string_view text,
                                                       const nlu::Understanding* understanding,
                                                       const std::vector<std::string>& shown,
                                                       const catalog::Index* catalog);

}  // namespace maru::flows
