#include <algorithm>
#include <cmath>
#include <numeric>

#include "catalog/index_impl.hpp"

namespace maru::catalog {

bool Query::empty() const noexcept {
    return text.empty() && !price_min && !price_max && brands.empty() && not_brands.empty() &&
           colors.empty() && not_colors.empty() && types.empty() && not_types.empty() && not_words.empty() &&
           limits.empty() && !rating_min && !in_stock_only;
}

Index::Index(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Index::~Index() = default;

std::shared_ptr<const Index> Index::build(std::vector<Product> products, const IndexOptions& options) {
    auto impl = std::make_unique<Impl>();
    impl->products = std::move(products);
    impl->options = options;
    impl->currency = options.currency;
    if (impl->currency.empty() && !impl->products.empty())
        impl->currency = impl->products.front().price.currency;
    CoreOptions core;
    if (options.ranking) core.ranking = *options.ranking;
    core.synonyms = options.synonyms;
    core.builtin_synonyms = options.builtin_synonyms;
    core.other_words = options.other_words;
    impl->core = build_core(impl->products, core);
    impl->words = std::make_shared<const QueryWords>();
    impl->fill_columns();
    return std::shared_ptr<const Index>(new Index(std::move(impl)));
}

std::shared_ptr<const Index> Index::patched(std::span<const Patch> patches,
                                            std::vector<std::string>* unknown) const {
    auto impl = std::make_unique<Impl>(*impl_);
    for (const auto& patch : patches) {
        const auto at = impl->index_of(patch.id);
        if (!at) {
            if (unknown != nullptr) unknown->push_back(patch.id);
            continue;
        }
        auto& product = impl->products[*at];
        if (patch.price) {
            product.price = *patch.price;
            product.list_price = patch.list_price;
        }
        if (patch.availability) product.availability = *patch.availability;
    }
    impl->fill_columns();
    return std::shared_ptr<const Index>(new Index(std::move(impl)));
}

void Index::Impl::fill_columns() {
    price.resize(products.size());
    prior.resize(products.size());
    rating.resize(products.size());
    in_stock.resize(products.size());
    for (std::size_t i = 0; i < products.size(); ++i) {
        const auto& product = products[i];
        price[i] = product.price.amount;
        rating[i] = static_cast<float>(product.rating.value_or(0));
        in_stock[i] = product.in_stock();
        const auto stars = static_cast<float>(product.rating.value_or(3.0));
        prior[i] = 0.5F * static_cast<float>(product.popularity) +
                   0.3F * std::clamp((stars - 2.5F) / 2.5F, 0.0F, 1.0F) +
                   (product.availability == "out_of_stock" ? 0.0F : 0.2F);
    }
    if (!price.empty()) {
        const auto [low, high] = std::minmax_element(price.begin(), price.end());
        lowest_price = *low;
        highest_price = *high;
    }
    std::vector<std::uint32_t> order(products.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return products[a].added < products[b].added; });
    newest.resize(products.size());
    for (std::uint32_t rank = 0; rank < order.size(); ++rank) newest[order[rank]] = rank;
}

std::optional<std::uint32_t> Index::Impl::index_of(std::string_view id) const {
    const auto at = std::lower_bound(
        core->by_id.begin(), core->by_id.end(), id,
        [&](std::uint32_t product, std::string_view value) { return products[product].id < value; });
    if (at == core->by_id.end() || products[*at].id != id) return std::nullopt;
    return *at;
}

std::vector<std::uint32_t> Index::Impl::nodes_of(std::string_view type_name) const {
    std::vector<std::uint32_t> nodes;
    for (std::uint32_t i = 0; i < core->type_nodes.size(); ++i)
        if (core->type_nodes[i].name == type_name) nodes.push_back(i);
    if (nodes.empty())
        if (const auto at = core->type_names.find(phrase_key(type_name)); at != core->type_names.end())
            nodes = at->second;
    return nodes;
}

std::string Index::Impl::type_label(std::string_view type_name, std::string_view locale) const {
    const auto level_of = [](std::string_view path, std::string_view name) {
        std::size_t level = 0;
        for (; !path.empty(); ++level) {
            const auto end = std::min(path.find('>'), path.size());
            if (type_leaf(path.substr(0, end)) == name) return level;
            path.remove_prefix(std::min(end + 1, path.size()));
        }
        return ~std::size_t{0};
    };
    for (const auto node : nodes_of(type_name)) {
        for (std::uint32_t i = 0; i < products.size(); ++i) {
            const auto& types = core->type_nodes[node].types;
            if (!std::binary_search(types.begin(), types.end(), core->type[i])) continue;
            const auto level = level_of(products[i].text.product_type, core->type_nodes[node].name);
            const auto own = products[i].texts(locale).product_type;
            std::string_view path = own;
            for (std::size_t k = 0; k < level && path.find('>') != std::string_view::npos; ++k)
                path.remove_prefix(path.find('>') + 1);
            return std::string(type_leaf(path.substr(0, path.find('>'))));
        }
    }
    return std::string(type_name);
}

const Product* Index::find(std::string_view id) const {
    const auto at = impl_->index_of(id);
    return at ? &impl_->products[*at] : nullptr;
}

const std::vector<Product>& Index::products() const {
    return impl_->products;
}
const std::string& Index::currency() const {
    return impl_->currency;
}

std::size_t Index::bytes() const {
    return impl_->core->bytes() + impl_->price.capacity() * sizeof(std::int64_t) +
           impl_->prior.capacity() * sizeof(float) + impl_->newest.capacity() * sizeof(std::uint32_t);
}

}  // namespace maru::catalog
