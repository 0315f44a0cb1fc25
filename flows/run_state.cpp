// What a running flow is kept as between two messages.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "flows/machine.hpp"

namespace maru::flows {
namespace {

nlohmann::json strings(const std::vector<std::string>& list) {
    return list;
}

bool read_strings(const nlohmann::json& json, const char* key, std::vector<std::string>& into) {
    const auto found = json.find(key);
    if (found == json.end()) return true;
    if (!found->is_array()) return false;
    for (const auto& item : *found) {
        if (!item.is_string()) return false;
        into.push_back(item.get<std::string>());
    }
    return true;
}

}  // namespace

nlohmann::json RunState::to_json() const {
    nlohmann::json frames = nlohmann::json::array();
    for (const Frame& frame : stack) frames.push_back({frame.flow, frame.step});
    nlohmann::json out = {{"stack", std::move(frames)}, {"slots", slots.to_json()}};
    if (!asked.empty()) out["asked"] = strings(asked);
    if (!shown.empty()) out["shown"] = strings(shown);
    if (!seen.empty()) out["seen"] = strings(seen);
    if (!known.empty()) out["known"] = strings(known);
    if (attempts > 0) out["attempts"] = attempts;
    return out;
}

std::optional<RunState> RunState::from_json(const nlohmann::json& json) {
    if (!json.is_object()) return std::nullopt;
    RunState state;
    const auto stack = json.find("stack");
    const auto slots = json.find("slots");
    if (stack == json.end() || !stack->is_array() || slots == json.end()) return std::nullopt;
    for (const auto& frame : *stack) {
        if (!frame.is_array() || frame.size() != 2 || !frame[0].is_string() || !frame[1].is_string())
            return std::nullopt;
        state.stack.push_back({frame[0].get<std::string>(), frame[1].get<std::string>()});
    }
    auto read = Slots::from_json(*slots);
    if (!read) return std::nullopt;
    state.slots = std::move(*read);
    if (!flows::read_strings(json, "asked", state.asked) ||
        !flows::read_strings(json, "shown", state.shown) || !flows::read_strings(json, "seen", state.seen) ||
        !flows::read_strings(json, "known", state.known))
        return std::nullopt;
    if (const auto attempts = json.find("attempts"); attempts != json.end()) {
        if (!attempts->is_number_integer()) return std::nullopt;
        state.attempts = static_cast<int>(std::clamp<std::int64_t>(attempts->get<std::int64_t>(), 0, 100));
    }
    return state;
}

}  // namespace maru::flows
