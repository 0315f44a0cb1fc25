// A sentence as read, with what it takes back of a search before it. Internal to catalog/.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/index_impl.hpp"
#include "catalog/search.hpp"

namespace maru::catalog {

struct Withdrawn {
    std::vector<std::string> types, brands, colors, words;
    [[nodiscard]] bool empty() const noexcept {
        return types.empty() && brands.empty() && colors.empty() && words.empty();
    }
};

struct ReadQuery {
    Interpretation said;
    Withdrawn removed;    // "remove the quiet": refused, unless there is one to take out
    Withdrawn forgotten;  // "forget the mouse": never more than taken out
};

// Refusals are all in the query, whether or not they are of use there.
[[nodiscard]] ReadQuery read_query(const Index::Impl& index, std::string_view sentence, Query known,
                                   std::span<const Span> ignore);

// Adds what was removed to what the query refuses.
void refuse(const Withdrawn& removed, Query& query);

// "A quiet fan" where fans state their noise: an order by it, rather than a word to look for.
void prefer_measured(const Index::Impl& index, Interpretation& said);

// The level above a kind of goods ("마우스" for "무선 마우스"); nullopt: there is none, or it is a whole
// department and that is too much (`departments` false).
[[nodiscard]] std::optional<std::string> kind_above(const Index::Impl& index, std::string_view type,
                                                    bool departments);

}  // namespace maru::catalog
