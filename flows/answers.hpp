// How a visitor's words become the answer to a flow's question. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/search.hpp"
#include "flows/flow.hpp"
#include "flows/value.hpp"
#include "nlu/understanding.hpp"

namespace maru::flows {

// Which option typed words mean: its label (any locale), value or other words, its number ("2", "2번", "the
// second"), one of its intents, a near spelling, or its label among other words. nullopt: none, or not
// clearly one.
[[nodiscard]] std::optional<std::size_t> match_option(const std::vector<Option>& options,
                                                      std::string_view text,
                                                      const nlu::Understanding* understanding);

// A value of this entity type in what was understood, leaving out entities already used (`used`, by index, is
// extended).
[[nodiscard]] std::optional<Value> entity_value(std::string_view type,
                                                const nlu::Understanding& understanding,
                                                std::vector<std::size_t>& used);

// One of the products last shown: "the second one", its title or a part of it.
struct ShownMatch {
    std::optional<std::string> product;  // its id
    bool several = false;                // words of more than one title: which one is open
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
