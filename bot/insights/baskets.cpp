#include "bot/insights/baskets.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <set>

namespace maru::insights {
namespace {

using namespace std::chrono_literals;

constexpr auto basket_gap = 24h;
constexpr std::size_t most_in_basket =
    20;  // a basket of hundreds is a machine's, and pairs grow by the square
constexpr std::size_t most_companions = 12;
constexpr std::uint32_t least_visitors = 2;

}  // namespace

Baskets Baskets::of(std::span<const store::BasketRow> rows) {
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::vector<const std::string*> names;
    std::vector<std::uint32_t> baskets_with;  // by product
    struct Pair {
        std::uint32_t baskets = 0, visitors = 0;
        Id last_visitor = 0;
    };
    std::unordered_map<std::uint64_t, Pair> pairs;
    const auto close = [&](std::set<std::uint32_t>& basket, Id visitor) {
        if (basket.size() <= most_in_basket)
            for (auto a = basket.begin(); a != basket.end(); ++a) {
                ++baskets_with[*a];
                for (auto b = std::next(a); b != basket.end(); ++b) {
                    auto& pair = pairs[(std::uint64_t{*a} << 32U) | *b];
                    ++pair.baskets;
                    if (pair.visitors == 0 || pair.last_visitor != visitor) ++pair.visitors;
                    pair.last_visitor = visitor;
                }
            }
        basket.clear();
    };
    std::set<std::uint32_t> basket;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        if (i > 0 && (row.conversation != rows[i - 1].conversation || row.at - rows[i - 1].at > basket_gap))
            close(basket, rows[i - 1].conversation);
        if (row.product.empty()) continue;
        const auto [known, fresh] =
            numbers.try_emplace(row.product, static_cast<std::uint32_t>(numbers.size()));
        if (fresh) {
            names.push_back(&known->first);
            baskets_with.push_back(0);
        }
        if (row.name == "remove_from_cart")
            basket.erase(known->second);
        else
            basket.insert(known->second);
    }
    if (!rows.empty()) close(basket, rows.back().conversation);

    Baskets out;
    for (const auto& [key, pair] : pairs) {
        if (pair.visitors < least_visitors) continue;
        const auto a = static_cast<std::uint32_t>(key >> 32U), b = static_cast<std::uint32_t>(key);
        const double weight =
            pair.baskets / std::sqrt(static_cast<double>(baskets_with[a]) * baskets_with[b]);
        out.with_[*names[a]].emplace_back(*names[b], weight);
        out.with_[*names[b]].emplace_back(*names[a], weight);
    }
    for (auto& [product, list] : out.with_) {
        std::sort(list.begin(), list.end(), [](const auto& x, const auto& y) {
            return x.second != y.second ? x.second > y.second : x.first < y.first;
        });
        if (list.size() > most_companions) list.resize(most_companions);
    }
    return out;
}

std::span<const std::pair<std::string, double>> Baskets::with(std::string_view product) const {
    const auto found = with_.find(std::string(product));
    if (found == with_.end()) return {};
    return found->second;
}

}  // namespace maru::insights
