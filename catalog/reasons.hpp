// Why a product is on a card. Internal to catalog/.
#pragma once

#include "catalog/index_impl.hpp"

namespace maru::catalog {

// Fills the matches' reasons; `lifted` are the Filter parts that were given up.
void add_reasons(const Index::Impl& index, const Query& query, std::uint32_t lifted, Results& results);
// The reasons that hold for a product without any query: a sale, a good rating, popularity.
void add_own_reasons(const Product& product, std::vector<Reason>& reasons);

}  // namespace maru::catalog
