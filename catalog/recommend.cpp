#include <algorithm>

#include "catalog/index_impl.hpp"
#include "catalog/reasons.hpp"

namespace maru::catalog {

std::vector<Match> Index::popular(std::uint32_t limit) const {
    Query query;
    query.limit = limit;
    return search(query).matches;
}

std::vector<Match> Index::similar(std::string_view id, std::uint32_t limit) const {
    const auto at = impl_->index_of(id);
    if (!at) return {};
    const auto& product = impl_->products[*at];
    Query query;
    query.text = product.text.title;
    query.fill = true;
    query.limit = limit;
    query.exclude_ids = {product.id};
    if (const auto leaf = type_leaf(product.text.product_type); !leaf.empty())
        query.types = {std::string(leaf)};
    auto found = search(query).matches;
    for (auto& match : found) {
        match.reasons.clear();
        add_own_reasons(*match.product, match.reasons);
        match.reasons.push_back({Reason::Kind::similar, {}});
    }
    return found;
}

}  // namespace maru::catalog
