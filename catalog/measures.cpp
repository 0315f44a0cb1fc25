#include "catalog/measures.hpp"

#include <algorithm>
#include <array>

#include "nlu/text/normalise.hpp"

namespace maru::catalog {
namespace {

constexpr std::array<std::string_view, 10> kNames{"bytes", "length", "volume", "mass",     "frequency",
                                                  "power", "charge", "area",   "duration", "pixels"};

}  // namespace

std::string_view measure_name(Measure::Kind kind) noexcept {
    return kNames[static_cast<std::size_t>(kind)];
}

std::optional<Measure::Kind> measure_kind(std::string_view name) noexcept {
    const auto at = std::find(kNames.begin(), kNames.end(), name);
    if (at == kNames.end()) return std::nullopt;
    return static_cast<Measure::Kind>(at - kNames.begin());
}

std::vector<Measure> measures_in(std::string_view original) {
    std::vector<Measure> found;
    if (original.find_first_of("0123456789") == std::string_view::npos) return found;
    const auto tokens = tokens_of(original);
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (const auto measure = measure_at(tokens, i)) {
            found.push_back(measure->measure);
            i += measure->tokens - 1;
        }
    return found;
}

std::vector<Measure> measures_of(const Product& product) {
    std::vector<Measure> found;
    constexpr std::size_t most = 16;  // a spec sheet of hundreds would drown what the product is about
    const auto read = [&](std::string_view text) {
        if (found.size() >= most) return;
        for (const auto& measure : measures_in(text))
            if (found.size() < most && std::find(found.begin(), found.end(), measure) == found.end())
                found.push_back(measure);
    };
    read(product.text.title);
    for (const auto& [name, value] : product.attributes) read(value);
    for (const auto& [locale, own] : product.localized) {
        read(own.title);
        for (const auto& [name, value] : own.attributes) read(value);
    }
    return found;
}

bool within_limits(const Core& core, std::uint32_t product, const std::vector<Limit>& limits) {
    const auto measures = core.measures_of(product);
    return std::all_of(limits.begin(), limits.end(), [&](const Limit& limit) {
        const auto kind = measure_kind(limit.kind);
        // Written sizes are rounded; a 1 % margin keeps 15" and 38 cm the same.
        constexpr double margin = 0.01;
        return kind && std::any_of(measures.begin(), measures.end(), [&](const Measure& measure) {
                   return measure.kind == *kind &&
                          (!limit.min || measure.value >= *limit.min * (1 - margin)) &&
                          (!limit.max || measure.value <= *limit.max * (1 + margin));
               });
    });
}

}  // namespace maru::catalog
