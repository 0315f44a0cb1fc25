#include "bot/handoff/readiness.hpp"

#include <algorithm>
#include <cmath>

namespace maru::handoff {
namespace {

constexpr std::size_t most_signals = 32;  // older ones have faded

double rounded(double value) {
    return std::round(value * 1000) / 1000;
}

}  // namespace

const std::vector<SignalKind>& signal_kinds() {
    static const std::vector<SignalKind> kinds{
        {"says_so", 1.0},       // "I'll take it"
        {"asks_payment", 0.4},  // of the product spoken of, and so on
        {"asks_stock", 0.35},  {"asks_delivery", 0.3},
        {"asks_price", 0.25},  {"quantity", 0.35},  // names how many
        {"date", 0.2},                              // names a day
        {"chooses", 0.3},                           // points at one of the shown
        {"product_view", 0.1}, {"product_click", 0.15},
        {"add_to_cart", 0.5},  {"checkout_start", 0.8},
    };
    return kinds;
}

void note(Conversation& c, std::string_view name, std::string detail, Time at,
          const ReadinessSettings& settings) {
    const auto weight = settings.weights.find(name);
    if (weight == settings.weights.end() || weight->second == 0) return;
    for (auto& signal : c.signals) {
        if (signal.name != name || signal.detail != detail) continue;
        signal.at = at;
        signal.weight = weight->second;
        return;
    }
    if (c.signals.size() >= most_signals) c.signals.erase(c.signals.begin());
    c.signals.push_back({std::string(name), at, weight->second, std::move(detail)});
}

void note_storefront(Conversation& c, const wire::StorefrontEvent& event, Time at,
                     const ReadinessSettings& settings) {
    if (event.name == "purchase") {
        c.signals.clear();  // done: the next sale starts anew
    } else if (event.name == "remove_from_cart") {
        std::erase_if(c.signals, [&](const Signal& one) {
            return one.name == "add_to_cart" && one.detail == event.product;
        });
    } else if (event.name != "page_view") {
        note(c, event.name, event.product, at, settings);
    }
}

Readiness readiness(const Conversation& c, Time at, const ReadinessSettings& settings) {
    Readiness sum;
    sum.threshold = settings.threshold;
    for (const auto& signal : c.signals) {
        const auto age = std::max(Millis{0}, at - signal.at);
        const double left = signal.weight * std::exp2(-static_cast<double>(age.count()) /
                                                      static_cast<double>(settings.half_life.count()));
        if (left < 0.01) continue;
        sum.score += left;
        sum.signals.push_back({signal.name, left, signal.detail});
    }
    std::stable_sort(sum.signals.begin(), sum.signals.end(),
                     [](const auto& a, const auto& b) { return a.score > b.score; });
    return sum;
}

nlohmann::json to_json(const Readiness& readiness) {
    auto signals = nlohmann::json::array();
    for (const auto& part : readiness.signals) {
        nlohmann::json one{{"name", part.name}, {"score", rounded(part.score)}};
        if (!part.detail.empty()) one["detail"] = part.detail;
        signals.push_back(std::move(one));
    }
    return {{"score", rounded(readiness.score)},
            {"threshold", readiness.threshold},
            {"signals", std::move(signals)}};
}

}  // namespace maru::handoff
