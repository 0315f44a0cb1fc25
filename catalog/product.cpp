#include "catalog/product.hpp"

namespace maru::catalog {

Texts Product::texts(std::string_view locale) const {
    Texts result = text;
    result.brand = brand;
    result.attributes = attributes;
    for (const auto& [name, own] : localized) {
        if (name != locale) continue;
        const auto take = [](const std::string& from, std::string& to) {
            if (!from.empty()) to = from;
        };
        take(own.title, result.title);
        take(own.description, result.description);
        take(own.product_type, result.product_type);
        take(own.color, result.color);
        take(own.brand, result.brand);
        if (!own.attributes.empty()) result.attributes = own.attributes;
        break;
    }
    return result;
}

std::string_view type_leaf(std::string_view product_type) noexcept {
    const auto at = product_type.rfind('>');
    auto leaf = at == std::string_view::npos ? product_type : product_type.substr(at + 1);
    while (!leaf.empty() && leaf.front() == ' ') leaf.remove_prefix(1);
    while (!leaf.empty() && leaf.back() == ' ') leaf.remove_suffix(1);
    return leaf;
}

}  // namespace maru::catalog
