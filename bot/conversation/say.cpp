#include "bot/conversation/say.hpp"

#include "bot/conversation/shelf.hpp"
#include "catalog/money.hpp"
#include "flows/template.hpp"

namespace maru {

std::string fill(std::string_view text, const Fillings& with) {
    const auto parsed = flows::Template::parse(text).first;
    if (!parsed) return std::string(text);
    const auto value_of = [&](std::string_view name) -> flows::Value {
        for (const auto& [key, value] : with)
            if (key == name) return value;
        return std::string("{").append(name).append("}");
    };
    const auto no_label = [](std::string_view, const flows::Value&) { return std::string(); };
    return parsed->render({}, value_of, no_label);
}

std::string product_cards(const std::vector<std::string>& ids, std::string_view locale, const Bot& bot) {
    std::vector<flows::ProductRef> products;
    products.reserve(ids.size());
    for (const auto& id : ids) products.push_back({id, {}});
    return cards(products, locale, bot);
}

std::string with_delivery(std::int64_t sum, std::string_view locale, const Bot& bot) {
    const auto& delivery = bot.settings.delivery;
    if (delivery.fee < 0) return {};
    const auto& say = bot.settings.phrases;
    if (delivery.fee == 0 || (delivery.free_from >= 0 && sum >= delivery.free_from))
        return std::string(say("delivery_free", locale));
    const auto price = [&](std::int64_t amount) {
        return catalog::format_price({amount, bot.settings.currency}, locale);
    };
    auto said = fill(say("delivery_added", locale),
                     {{"fee", price(delivery.fee)}, {"sum", price(sum + delivery.fee)}});
    if (delivery.free_from >= 0)
        said += " " + fill(say("delivery_free_from", locale), {{"free_from", price(delivery.free_from)}});
    return said;
}

Reply offer_reply(const Bot& bot, std::string_view locale, std::string_view phrase) {
    const auto& say = bot.settings.phrases;
    return {std::string(say(phrase, locale)),
            {{std::string(say("offer_yes", locale)), "handoff:yes"},
             {std::string(say("offer_no", locale)), "handoff:no"}},
            {},
            "handoff",
            false,
            {}};
}

}  // namespace maru
