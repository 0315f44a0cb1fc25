// Products side by side.
#include <algorithm>
#include <cmath>

#include "catalog/index_impl.hpp"
#include "catalog/labels.hpp"

namespace maru::catalog {
namespace {

std::string stars(const std::optional<double>& rating) {
    if (!rating) return {};
    const auto tenths = std::lround(*rating * 10);
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

}  // namespace

Comparison Index::compare(std::span<const std::string> ids, std::string_view locale) const {
    Comparison comparison;
    constexpr std::size_t most = 4;
    for (const auto& id : ids)
        if (const auto* product = find(id); product != nullptr && comparison.products.size() < most)
            comparison.products.push_back(product);
    std::vector<Texts> texts;
    for (const auto* product : comparison.products) texts.push_back(product->texts(locale));
    const auto add = [&](std::string name, auto&& value_of) {
        Comparison::Row row;
        row.name = std::move(name);
        bool any = false;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            row.values.push_back(value_of(*comparison.products[i], texts[i]));
            any = any || !row.values.back().empty();
            row.differs = row.differs || row.values.back() != row.values.front();
        }
        if (any) comparison.rows.push_back(std::move(row));
    };
    add(name_label("price", locale),
        [&](const Product& p, const Texts&) { return format_price(p.price, locale); });
    add(name_label("brand", locale), [](const Product&, const Texts& t) { return t.brand; });
    add(name_label("rating", locale), [](const Product& p, const Texts&) { return stars(p.rating); });
    add(name_label("color", locale), [](const Product&, const Texts& t) { return t.color; });
    add(name_label("availability", locale),
        [&](const Product& p, const Texts&) { return availability_label(p.availability, locale); });
    std::vector<std::string> names;
    constexpr std::size_t longest = 40;  // rows; a data sheet of hundreds is no comparison
    for (const auto& text : texts)
        for (const auto& [name, value] : text.attributes)
            if (names.size() < longest && std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
    for (const auto& name : names)
        add(name_label(name, locale), [&](const Product&, const Texts& t) -> std::string {
            for (const auto& [own, value] : t.attributes)
                if (own == name) return value_label(value, locale);
            return {};
        });
    std::stable_partition(comparison.rows.begin(), comparison.rows.end(),
                          [](const auto& row) { return row.differs; });
    return comparison;
}

}  // namespace maru::catalog
