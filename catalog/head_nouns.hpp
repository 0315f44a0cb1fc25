// The noun that a title is about: in both languages of this catalog's world it comes last in its phrase, and
// sizes, colours and "for …" follow. Internal to catalog/. Pure, any thread.
#pragma once

#include <cstddef>
#include <vector>

#include "catalog/terms.hpp"

namespace maru::catalog {

// Places in `title` of the words that name the thing, of its first two phrases; the first `brand_words` are
// the maker's name.
[[nodiscard]] std::vector<std::size_t> head_words(const std::vector<Token>& title, std::size_t brand_words);

}  // namespace maru::catalog
