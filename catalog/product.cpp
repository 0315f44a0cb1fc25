#include "catalog/product.hpp"

namespace maru::catalog {

Texts Product::texts(std::string_view locale) const {
    for (const auto& [name, own] : localized) {
        if (name != locale) continue;
        const auto pick = [](const std::string& first, const std::string& second) { return first.empty() ? second : first; };
        return {pick(own.title, text.title), pick(own.description, text.description),
                pick(own.product_type, text.product_type), pick(own.color, text.color)};
    }
    return text;
}

}  // namespace maru::catalog
