// How a visitor's words become the answer to a flow's question. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// The one option whose label, value or words stand in the text; nullopt: none, or several.
[[nodiscard]] std::optional<std::size_t> named_option(const std::vector<Option>& options,
                                                      std::string_view text);

// "세 개" counts things; "6인용" and "27인치" say how large one is.
[[nodiscard]] bool counts_things(const nlu::Quantity& quantity);

// A value of this entity type in what was understood, leaving out entities already used (`used`, by index, is
// extended).
[[nodiscard]] std::optional<Value> entity_value(std::string_view type,
                                                const nlu::Understanding& understanding,
                                                std::vector<std::size_t>& used);

}  // namespace maru::flows
