// How ready a visitor is to buy: a sum of named signals, each with a configured weight that halves with time.
// Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bot/content/settings.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/wire/frames.hpp"

namespace maru::handoff {

// The signals there are, with their default weights.
struct SignalKind {
    std::string_view name;
    double weight;
};
[[nodiscard]] const std::vector<SignalKind>& signal_kinds();

struct Readiness {
    struct Part {
        std::string name;
        double score = 0;  // what is left of its weight
        std::string detail;
    };
    double score = 0;
    double threshold = 0;
    std::vector<Part> signals;  // largest first
};

// A signal seen again with the same detail is refreshed, not counted twice.
void note(Conversation& c, std::string_view name, std::string detail, Time at,
          const ReadinessSettings& settings);
void note_storefront(Conversation& c, const wire::StorefrontEvent& event, Time at,
                     const ReadinessSettings& settings);

[[nodiscard]] Readiness readiness(const Conversation& c, Time at, const ReadinessSettings& settings);
[[nodiscard]] nlohmann::json to_json(const Readiness& readiness);

}  // namespace maru::handoff
