// Words of which one says that a thing has not what the other says: "wired" and "wireless". Where goods that
// lack a word of the query are listed, too, those that are called its contrary are not: "a wireless mouse
// for the office" is no wired one, though that is said to be for the office. Pure, any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "catalog/core.hpp"
#include "catalog/slots.hpp"

namespace maru::catalog {

// The terms of the contraries of what the slots ask for; empty where they ask for none, or for both.
[[nodiscard]] std::vector<std::uint32_t> contrary_terms(const Core& core, const std::vector<Slot>& slots);

// Has the product's title one of the terms?
[[nodiscard]] bool is_called_one_of(const Core& core, std::uint32_t product,
                                    const std::vector<std::uint32_t>& terms);

}  // namespace maru::catalog
