#include "bot/conversation/taste.hpp"

#include <algorithm>

namespace maru {
namespace {

constexpr std::size_t most_remembered = 12;

// The newest last; what is named again is new again.
void remember(std::vector<std::string>& list, const std::string& id) {
    std::erase(list, id);
    list.push_back(id);
    if (list.size() > most_remembered) list.erase(list.begin());
}

}  // namespace

void note_viewed(Conversation& c, const std::string& product) {
    if (!product.empty()) remember(c.taste.viewed, product);
}

void note_rejected(Conversation& c, const std::vector<std::string>& products) {
    for (const auto& id : products) {
        std::erase(c.taste.viewed, id);
        remember(c.taste.rejected, id);
    }
}

void note_did(Conversation& c, const wire::StorefrontEvent& event) {
    auto& taste = c.taste;
    if (event.name == "purchase" && event.product.empty()) taste.cart.clear();
    if (event.product.empty()) return;
    if (event.name == "remove_from_cart" || event.name == "purchase") {
        std::erase(taste.cart, event.product);
        return;
    }
    // Who looks again at what they turned down has thought better of it.
    std::erase(taste.rejected, event.product);
    if (event.name == "add_to_cart") remember(taste.cart, event.product);
    if (event.name == "product_view" || event.name == "product_click" || event.name == "add_to_cart")
        note_viewed(c, event.product);
}

void prefer(const Conversation& c, catalog::Query& query) {
    query.liked_ids = c.taste.viewed;
    query.disliked_ids = c.taste.rejected;
}

}  // namespace maru
