// What visitors may call the makers, the shelves and the goods of a catalog: the last step of building its
// Core. Internal to catalog/.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/core.hpp"

namespace maru::catalog {

// What the products told about names while they were read.
struct NameSources {
    const std::unordered_map<std::string, std::uint32_t>& brands;        // key → id
    const std::unordered_map<std::string, std::uint32_t>& other_brands;  // in other languages
    const std::vector<std::set<std::string>>& type_texts;  // by type − 1: its paths in other languages
};

// Fills names and synonyms; terms, heads and columns must be complete.
void add_names(Core& core, const NameSources& sources, const CoreOptions& options);

}  // namespace maru::catalog
