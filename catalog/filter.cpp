#include <algorithm>

#include "catalog/index_impl.hpp"
#include "catalog/lexicon.hpp"
#include "catalog/measures.hpp"

namespace maru::catalog {
namespace {

// Products that have the term in their title or as what they are.
std::size_t titles_with(const Core& core, TermId term) {
    const auto list = core.list(term);
    constexpr auto named = static_cast<std::uint16_t>(field_bit(Field::title) | field_bit(Field::head));
    return static_cast<std::size_t>(std::count_if(
        list.begin(), list.end(), [](const Posting& posting) { return (posting.fields & named) != 0; }));
}

}  // namespace

Filter::Filter(const Index::Impl& index, const Query& query) : index_(index), query_(query) {
    const auto& core = *index.core;
    const auto read_brands = [&](const std::vector<std::string>& names, std::vector<std::uint32_t>& ids) {
        for (const auto& name : names)
            if (const auto at = core.brand_names.find(phrase_key(name)); at != core.brand_names.end())
                ids.push_back(at->second);
    };
    const auto read_colors = [](const std::vector<std::string>& names) {
        std::uint32_t bits = 0;
        for (const auto& name : names)
            if (const auto named = color_of(name)) bits |= 1U << *named;
        return bits;
    };
    read_brands(query.brands, brands_);
    read_brands(query.not_brands, not_brands_);
    colors_ = read_colors(query.colors);
    not_colors_ = read_colors(query.not_colors);
    if (!query.types.empty()) read_types(query.types, types_, type_products_);
    if (!query.not_types.empty()) read_types(query.not_types, not_types_, unused_);
    for (const auto& id : query.exclude_ids)
        if (const auto at = index.index_of(id)) excluded_.push_back(*at);
    std::sort(excluded_.begin(), excluded_.end());
    for (const auto& word : query.not_words)
        for (const auto& slot : read_slots(core, word))
            for (const auto& way : slot.ways)
                if (way.terms.size() == 1 && slot.corrected.empty()) {
                    // The name of goods refuses those goods, not what is for them: a stand for a monitor is
                    // no monitor.
                    const auto term = way.terms.front();
                    const bool goods = core.heads[term] * 2 > titles_with(core, term);
                    (goods ? not_goods_ : not_terms_).push_back(term);
                }

    if (query.in_stock_only) parts_ |= in_stock;
    if (query.rating_min) parts_ |= rating;
    if (colors_ != 0) parts_ |= color;
    if (!query.limits.empty()) parts_ |= measure;
    if (!brands_.empty()) parts_ |= brand;
    if (query.price_min || query.price_max) parts_ |= price;
    if (!types_.empty()) parts_ |= type;
    excludes_ = !not_brands_.empty() || not_colors_ != 0 || !not_types_.empty() || !not_terms_.empty() ||
                !not_goods_.empty() || !excluded_.empty();
}

void Filter::read_types(const std::vector<std::string>& names, std::vector<bool>& types,
                        std::vector<std::uint32_t>& products) {
    const auto& core = *index_.core;
    types.assign(core.type_paths.size(), false);
    for (const auto& name : names) {
        for (const auto node : index_.nodes_of(name))
            for (const auto path : core.type_nodes[node].types) types[path] = true;
        // A title may say what a vague shelf ("gaming gear") does not. A shelf whose name is itself a kind of
        // goods is believed: a set of keyboard and mouse among the keyboards is no mouse.
        const auto slots = read_slots(core, name);
        if (slots.size() != 1 || slots[0].term == no_term || !slots[0].corrected.empty()) continue;
        for (const auto& posting : core.list(slots[0].term))
            if ((posting.fields & field_bit(Field::head)) != 0 &&
                core.vague_types[core.type[posting.product]])
                products.push_back(posting.product);
    }
    std::sort(products.begin(), products.end());
    products.erase(std::unique(products.begin(), products.end()), products.end());
}

std::size_t Filter::most(std::uint32_t lifted) const {
    const auto& core = *index_.core;
    std::size_t count = core.products;
    const auto active = parts_ & ~lifted;
    if ((active & type) != 0) {
        std::size_t own = type_products_.size();
        for (std::uint32_t path = 0; path < types_.size(); ++path)
            if (types_[path]) own += core.of_type[path].size();
        count = std::min(count, own);
    }
    if ((active & brand) != 0) {
        std::size_t own = 0;
        for (const auto id : brands_) own += core.of_brand[id].size();
        count = std::min(count, own);
    }
    return count;
}

std::vector<std::uint32_t> Filter::passing(std::uint32_t lifted) const {
    const auto& core = *index_.core;
    const auto active = parts_ & ~lifted;
    std::vector<std::uint32_t> found;
    const auto add = [&](std::span<const std::uint32_t> row) {
        for (const auto product : row)
            if ((*this)(product, lifted)) found.push_back(product);
    };
    const auto without_brand = most(lifted | brand);
    if ((active & brand) != 0 && most(lifted | type) <= without_brand) {
        for (const auto id : brands_) add(core.of_brand[id]);
    } else if ((active & type) != 0) {
        for (std::uint32_t path = 0; path < types_.size(); ++path)
            if (types_[path]) add(core.of_type[path]);
        add(type_products_);
    } else {
        for (std::uint32_t product = 0; product < core.products; ++product)
            if ((*this)(product, lifted)) found.push_back(product);
        return found;
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

bool Filter::operator()(std::uint32_t product, std::uint32_t lifted) const {
    const auto active = parts_ & ~lifted & ~static_cast<std::uint32_t>(words);
    if (active != 0 && !fits(product, active)) return false;
    return !excludes_ || !is_excluded(product);
}

bool Filter::fits(std::uint32_t product, std::uint32_t active) const {
    const auto& core = *index_.core;
    const auto on = [&](Part part) { return (active & part) != 0; };
    if (on(price)) {
        const auto amount = index_.price[product];
        if (query_.price_min && amount < *query_.price_min) return false;
        if (query_.price_max && amount > *query_.price_max) return false;
    }
    if (on(type) && !types_[core.type[product]] &&
        !std::binary_search(type_products_.begin(), type_products_.end(), product))
        return false;
    if (on(brand) && std::find(brands_.begin(), brands_.end(), core.brand[product]) == brands_.end())
        return false;
    if (on(color) && (core.colors[product] & colors_) == 0) return false;
    if (on(in_stock) && !index_.in_stock[product]) return false;
    if (on(rating) && index_.rating[product] < *query_.rating_min) return false;
    if (on(measure) && !within_limits(core, product, query_.limits)) return false;
    return true;
}

bool Filter::is_excluded(std::uint32_t product) const {
    const auto& core = *index_.core;
    // What a visitor does not want is never shown, whatever else is lifted.
    if (!not_brands_.empty() &&
        std::find(not_brands_.begin(), not_brands_.end(), core.brand[product]) != not_brands_.end())
        return true;
    // A black-and-red one is not what "not red" asks for; unless red is all that "not red" leaves it.
    if (not_colors_ != 0 && (core.colors[product] & not_colors_) != 0) return true;
    if (!not_types_.empty() && not_types_[core.type[product]]) return true;
    const auto fields_of = [&](TermId term) -> std::uint16_t {
        const auto list = core.list(term);
        const auto at =
            std::lower_bound(list.begin(), list.end(), product,
                             [](const Posting& p, std::uint32_t value) { return p.product < value; });
        return at != list.end() && at->product == product ? at->fields : std::uint16_t{0};
    };
    for (const auto term : not_terms_)
        if ((fields_of(term) & ~field_bit(Field::description)) != 0) return true;
    for (const auto term : not_goods_)
        if ((fields_of(term) & field_bit(Field::head)) != 0) return true;
    return std::binary_search(excluded_.begin(), excluded_.end(), product);
}

bool Filter::leaves_out_some(const Filter& among) const {
    const auto& core = *index_.core;
    const auto gone = [&](std::uint32_t product) { return is_excluded(product) && among(product); };
    const auto any_of = [&](std::span<const std::uint32_t> row) {
        return std::any_of(row.begin(), row.end(), gone);
    };
    const auto any_with = [&](TermId term) {
        const auto list = core.list(term);
        return std::any_of(list.begin(), list.end(),
                           [&](const Posting& posting) { return gone(posting.product); });
    };
    for (const auto id : not_brands_)
        if (any_of(core.of_brand[id])) return true;
    for (std::uint32_t path = 0; path < not_types_.size(); ++path)
        if (not_types_[path] && any_of(core.of_type[path])) return true;
    if (any_of(excluded_) || std::any_of(not_terms_.begin(), not_terms_.end(), any_with) ||
        std::any_of(not_goods_.begin(), not_goods_.end(), any_with))
        return true;
    if (not_colors_ == 0) return false;
    for (std::uint32_t product = 0; product < core.products; ++product)
        if (gone(product)) return true;
    return false;
}

std::string_view Filter::part_name(std::uint32_t part) noexcept {
    switch (part) {
        case in_stock:
            return "in_stock";
        case rating:
            return "rating";
        case color:
            return "color";
        case measure:
            return "measure";
        case brand:
            return "brand";
        case price:
            return "price";
        case words:
            return "words";
        case type:
            return "type";
        default:
            return "";
    }
}

}  // namespace maru::catalog
