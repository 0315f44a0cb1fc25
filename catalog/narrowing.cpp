// Which single question would split many results best: the facet whose answers tell most, in bits, over the
// results it covers (Shannon entropy).
#include <algorithm>
#include <cmath>
#include <map>

#include "catalog/index_impl.hpp"
#include "catalog/lexicon.hpp"

namespace maru::catalog {
namespace {

constexpr std::size_t kMostOptions = 4;
constexpr std::uint32_t kFewResults = 6;  // these can simply be shown
constexpr std::uint32_t kLookedAt = 300;

struct Facet {
    std::string name;
    std::vector<Narrowing::Option> options;
    double bits = 0;
};

// Rates options by what their answer would tell; 0 when they do not split clearly.
double information(const std::vector<Narrowing::Option>& options, std::uint32_t total) {
    if (options.size() < 2) return 0;
    double covered = 0;
    double most = 0;
    for (const auto& option : options) {
        covered += option.count;
        most = std::max(most, static_cast<double>(option.count));
    }
    if (covered < 0.6 * total || most > 0.85 * total) return 0;
    double bits = 0;
    for (const auto& option : options) {
        const double share = option.count / covered;
        if (share > 0) bits -= share * std::log2(share);
    }
    return bits * std::min(1.0, covered / total);
}

// "10만원" rather than "103,700원".
std::int64_t rounded(std::int64_t amount) {
    std::int64_t step = 1;
    while (step * 10 <= amount) step *= 10;
    if (amount / step < 3 && step >= 10) step /= 2;
    return (amount + step / 2) / step * step;
}

}  // namespace

std::optional<Narrowing> Index::narrowing(const Query& query, std::string_view locale) const {
    auto wide = query;
    wide.offset = 0;
    wide.limit = kLookedAt;
    wide.fill = false;
    const auto results = search(wide);
    if (results.total <= kFewResults || !results.relaxed.empty()) return std::nullopt;
    const auto& core = *impl_->core;
    const auto seen = static_cast<std::uint32_t>(results.matches.size());
    const auto at = [&](const Match& match) {
        return static_cast<std::size_t>(match.product - impl_->products.data());
    };

    std::vector<Facet> facets;
    const auto add = [&](std::string name, const std::map<std::string, std::uint32_t>& counts, double liking,
                         auto&& make) {
        Facet facet;
        facet.name = std::move(name);
        std::vector<std::pair<std::string, std::uint32_t>> order(counts.begin(), counts.end());
        std::stable_sort(order.begin(), order.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        for (const auto& [value, count] : order) {
            if (facet.options.size() == kMostOptions || count < 2) break;
            Narrowing::Option option;
            option.count = count;
            option.query = query;
            option.query.offset = 0;
            make(value, option);
            facet.options.push_back(std::move(option));
        }
        facet.bits = information(facet.options, seen) * liking;
        facets.push_back(std::move(facet));
    };

    std::map<std::string, std::uint32_t> types, brands, colors;
    std::map<std::string, std::map<std::string, std::uint32_t>> attributes;
    for (const auto& match : results.matches) {
        const auto& product = *match.product;
        if (const auto leaf = type_leaf(product.text.product_type); !leaf.empty()) ++types[std::string(leaf)];
        if (!product.brand.empty()) ++brands[product.brand];
        for (unsigned color = 0; color < color_names().size(); ++color)
            if ((core.colors[at(match)] >> color & 1U) != 0) ++colors[std::string(color_names()[color])];
        for (const auto& [name, value] : product.texts(locale).attributes)
            if (value.size() <= 30) ++attributes[name][value];
    }
    // A question about the kind of thing is the most natural one, a maker's name the least telling.
    add("type", types, 1.3, [&](const std::string& value, Narrowing::Option& option) {
        option.label = impl_->type_label(value, locale);
        option.query.types = {value};
    });
    if (query.brands.empty())
        add("brand", brands, 0.8, [&](const std::string& value, Narrowing::Option& option) {
            for (const auto& match : results.matches)
                if (match.product->brand == value) option.label = match.product->texts(locale).brand;
            option.query.brands = {value};
        });
    if (query.colors.empty())
        add("color", colors, 0.7, [&](const std::string& value, Narrowing::Option& option) {
            option.label = color_label(*color_index(value), locale);
            option.query.colors = {value};
        });
    for (const auto& [name, values] : attributes) {
        constexpr std::size_t distinct = 6;
        if (values.size() > distinct) continue;
        // Numbers are for comparing: hardly anybody knows how many buttons a mouse should have.
        const bool numbers = std::any_of(values.begin(), values.end(), [](const auto& one) {
            return !one.first.empty() && one.first.front() >= '0' && one.first.front() <= '9';
        });
        if (numbers) continue;
        add(name, values, 0.7, [&, &label = name](const std::string& value, Narrowing::Option& option) {
            const bool yes = value == "true";
            option.label = yes ? label : value;
            std::replace(option.label.begin(), option.label.end(), '_', ' ');
            option.query.text += (option.query.text.empty() ? "" : " ") + option.label;
            if (value == "false") option.count = 0;
        });
    }
    if (!query.price_min && !query.price_max) {
        std::vector<std::int64_t> prices;
        for (const auto& match : results.matches) prices.push_back(match.product->price.amount);
        std::sort(prices.begin(), prices.end());
        const auto low = rounded(prices[prices.size() / 3]);
        const auto high = rounded(prices[prices.size() * 2 / 3]);
        if (low < high && low > prices.front() && high < prices.back()) {
            Facet facet;
            facet.name = "price";
            const auto option = [&](std::optional<std::int64_t> from, std::optional<std::int64_t> to) {
                Narrowing::Option one;
                one.query = query;
                one.query.offset = 0;
                one.query.price_min = from;
                one.query.price_max = to;
                one.count = static_cast<std::uint32_t>(std::count_if(
                    prices.begin(), prices.end(),
                    [&](std::int64_t price) { return (!from || price >= *from) && (!to || price <= *to); }));
                for (const auto& chip : chips(one.query, locale))
                    if (chip.kind == "price") one.label = chip.label;
                facet.options.push_back(std::move(one));
            };
            option(std::nullopt, low);
            option(low, high);
            option(high, std::nullopt);
            facet.bits = information(facet.options, seen) * 0.85;
            facets.push_back(std::move(facet));
        }
    }
    const auto best = std::max_element(facets.begin(), facets.end(),
                                       [](const Facet& a, const Facet& b) { return a.bits < b.bits; });
    constexpr double clear = 0.75;  // bits: less is hardly a question worth a visitor's time
    if (best == facets.end() || best->bits < clear) return std::nullopt;
    return Narrowing{best->name, std::move(best->options)};
}

}  // namespace maru::catalog
