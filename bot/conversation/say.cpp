#include "bot/conversation/say.hpp"

namespace maru {

std::string fill(std::string_view text, const Fillings& with) {
    std::string out;
    out.reserve(text.size() + 32);
    while (!text.empty()) {
        const auto open = text.find('{');
        out.append(text.substr(0, open));
        if (open == std::string_view::npos) break;
        text.remove_prefix(open);
        const auto close = text.find('}');
        const auto key = close == std::string_view::npos ? std::string_view() : text.substr(1, close - 1);
        const auto* found = static_cast<const std::string*>(nullptr);
        for (const auto& [name, value] : with)
            if (name == key) found = &value;
        if (found != nullptr) {
            out += *found;
            text.remove_prefix(close + 1);
        } else {
            out += '{';
            text.remove_prefix(1);
        }
    }
    return out;
}

std::string product_cards(const std::vector<std::string>&, std::string_view, const Bot&) {
    return "[]";
}

Reply offer_reply(const Bot& bot, std::string_view locale) {
    const auto& say = bot.settings.phrases;
    return {std::string(say("offer", locale)),
            {{std::string(say("offer_yes", locale)), "handoff:yes"},
             {std::string(say("offer_no", locale)), "handoff:no"}},
            {},
            "handoff",
            false};
}

}  // namespace maru
