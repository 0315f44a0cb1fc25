#include "bot/handoff/summary.hpp"

#include <algorithm>

#include "bot/conversation/shelf.hpp"
#include "catalog/money.hpp"

namespace maru::handoff {
namespace {

constexpr std::size_t most_interests = 5;

// Products that say something about what the visitor wants, the strongest sign first.
std::vector<std::string> interesting(const Conversation& c) {
    std::vector<std::string> ids;
    const auto add = [&](const std::string& id) {
        if (!id.empty() && ids.size() < most_interests && std::find(ids.begin(), ids.end(), id) == ids.end())
            ids.push_back(id);
    };
    for (const char* name : {"add_to_cart", "says_so", "chooses"})
        for (const auto& signal : c.signals)
            if (signal.name == name) add(signal.detail);
    add(c.dialogue.focus);
    for (const auto& signal : c.signals) add(signal.detail);
    for (const auto& id : c.dialogue.shown) add(id);
    return ids;
}

}  // namespace

std::string summary(const Conversation& c, const Bot& bot) {
    const bool ko = c.row.locale == "ko";
    std::string asked;
    for (const auto& topic : c.dialogue.topics) asked += (asked.empty() ? "" : " → ") + topic;
    std::string known;
    const auto add = [&](const std::string& part) { known += (known.empty() ? "" : " · ") + part; };
    std::string cart;
    for (const auto& signal : c.signals) {
        if (signal.name != "add_to_cart" || !bot.catalog) continue;
        if (const auto* product = bot.catalog->find(signal.detail))
            cart += (cart.empty() ? "" : ", ") + product->texts(c.row.locale).title;
    }
    if (!cart.empty()) add((ko ? "장바구니: " : "In cart: ") + cart);
    if (const auto* focus =
            bot.catalog && !c.dialogue.focus.empty() ? bot.catalog->find(c.dialogue.focus) : nullptr)
        add((ko ? "관심 상품: " : "Looking at: ") + focus->texts(c.row.locale).title + " (" +
            catalog::format_price(focus->price, c.row.locale) + ")");
    if (!c.visitor.name.empty()) add((ko ? "이름: " : "Name: ") + c.visitor.name);
    if (!c.visitor.page_title.empty()) add((ko ? "보던 페이지: " : "On page: ") + c.visitor.page_title);
    if (asked.empty()) asked = ko ? "아직 특별한 문의 없음" : "Nothing specific yet";
    return (ko ? "문의: " : "Asked: ") + asked + (known.empty() ? "" : "\n" + known);
}

nlohmann::json interests(const Conversation& c, const Bot& bot) {
    if (!bot.catalog) return nlohmann::json::array();
    std::vector<flows::ProductRef> products;
    for (const auto& id : interesting(c)) products.push_back({id, {}});
    return nlohmann::json::parse(cards(products, c.row.locale, bot));
}

}  // namespace maru::handoff
