#include "bot/handoff/summary.hpp"

namespace maru::handoff {

std::string summary(const Conversation& c, const Bot&) {
    std::string out;
    for (const auto& topic : c.dialogue.topics) {
        if (!out.empty()) out += " · ";
        out += topic;
    }
    return out;
}

nlohmann::json interests(const Conversation&, const Bot&) {
    return nlohmann::json::array();
}

}  // namespace maru::handoff
