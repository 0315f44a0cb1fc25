#include "bot/conversation/recommending.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "bot/conversation/say.hpp"
#include "bot/conversation/shelf.hpp"

namespace maru {
namespace {

constexpr std::uint32_t most_cards = 4;

struct Asking {
    std::string before, after;  // what is said on either side of the asking words
    bool english = false;
};

bool has(std::string_view text, std::string_view piece) {
    return text.find(piece) != std::string_view::npos;
}

// "이거랑 같이 쓸 만한 거", "what goes with this?"; not "둘을 같이 사면 할인되나요?" nor "I'll go with this
// one".
std::optional<Asking> asking(std::string_view text) {
    constexpr auto korean = std::to_array<std::string_view>(
        {"같이 쓸",        "함께 쓸",          "같이 쓰면 좋",     "함께 쓰면 좋", "같이 쓰기 좋",
         "함께 쓰기 좋",   "같이 쓰는",        "함께 쓰는",        "같이 살",      "함께 살",
         "같이 사면 좋",   "함께 사면 좋",     "같이 많이 사",     "함께 많이 사", "같이 구매할",
         "함께 구매할",    "같이 구매하면 좋", "함께 구매하면 좋", "같이 둘",      "함께 둘",
         "같이 있으면 좋", "함께 있으면 좋",   "같이 필요한",      "함께 필요한",  "랑 어울리",
         "와 어울리",      "과 어울리",        "하고 어울리",      "랑 어울릴",    "와 어울릴",
         "과 어울릴",      "랑 잘 맞",         "와 잘 맞",         "과 잘 맞",     "랑 세트로",
         "같이쓸",         "함께쓸",           "랑어울리",         "같이사면좋",   "같이살만"});
    constexpr auto english =
        std::to_array<std::string_view>({"goes with",           "goes well with",       "to go with",
                                         "go well with",        "to go along with",     "pairs with",
                                         "pairs well with",     "to pair with",         "use together with",
                                         "to use with",         "bought together",      "buy together with",
                                         "buy along with",      "accessories for",      "accessory for",
                                         "what else do i need", "anything else i need", "complements",
                                         "would go with",       "can go with",          "should i get with",
                                         "usually buy with",    "do people buy with",   "else should i buy"});
    // Asked of the price, the delivery or the wrapping of two things, or chosen.
    constexpr auto other = std::to_array<std::string_view>(
        {"할인", "배송", "포장", "합배송", "discount", "ship", "deliver", "i'll go with", "i will go with",
         "let's go with", "going to go with"});
    if (std::any_of(other.begin(), other.end(), [&](std::string_view one) { return has(text, one); }))
        return std::nullopt;
    const auto find = [&](const auto& patterns, bool is_english) -> std::optional<Asking> {
        for (const auto pattern : patterns)
            if (const auto at = text.find(pattern); at != std::string::npos)
                return Asking{std::string(text.substr(0, at)), std::string(text.substr(at + pattern.size())),
                              is_english};
        return std::nullopt;
    };
    if (auto found = find(korean, false)) return found;
    return find(english, true);
}

bool names_kind(std::string_view words, const Bot& bot) {
    if (words.find_first_not_of(' ') == std::string_view::npos) return false;
    const auto asked = bot.catalog->interpret(words);
    return asked.names_type || asked.names_brand;
}

// A product that the words name by its kind: "전기포트랑 같이 쓸 만한 거".
const catalog::Product* of_kind(std::string_view words, const Bot& bot) {
    const auto asked = bot.catalog->interpret(words);
    if (!asked.names_type && !asked.names_product) return nullptr;
    const auto results = bot.catalog->search(asked.query);
    return results.matches.empty() || !results.relaxed.empty() ? nullptr : results.matches.front().product;
}

std::vector<catalog::Match> companions(const Conversation& c, const catalog::Product& product,
                                       const Bot& bot) {
    std::span<const std::pair<std::string, double>> bought;
    if (bot.baskets) bought = bot.baskets->with(product.id);
    const auto& taste = c.taste;
    auto found = bot.catalog->goes_with(
        product.id, most_cards + static_cast<std::uint32_t>(taste.cart.size() + taste.rejected.size()),
        bought);
    std::erase_if(found, [&](const catalog::Match& match) {
        const auto in = [&](const std::vector<std::string>& list) {
            return std::find(list.begin(), list.end(), match.product->id) != list.end();
        };
        return in(taste.cart) || in(taste.rejected);
    });
    if (found.size() > most_cards) found.resize(most_cards);
    return found;
}

Reply shown_beside(Conversation& c, const catalog::Product& product, std::string_view phrase,
                   const std::vector<catalog::Match>& found, const Bot& bot) {
    const auto& say = bot.settings.phrases;
    const auto& locale = c.row.locale;
    Reply reply;
    reply.source = "catalog";
    reply.substantive = true;
    reply.text = fill(say(found.empty() ? "goes_with_none" : phrase, locale),
                      {{"product", product.texts(locale).title}});
    if (!found.empty()) {
        reply.products = cards(found, locale, bot);
        remember_shown(c, found);
    }
    c.dialogue.focus = product.id;
    c.dialogue.beside = product.id;
    return reply;
}

const catalog::Product* newest_in_cart(const Conversation& c, const Bot& bot) {
    for (auto id = c.taste.cart.rbegin(); id != c.taste.cart.rend(); ++id)
        if (const auto* product = bot.catalog->find(*id)) return product;
    return nullptr;
}

}  // namespace

std::optional<Reply> goes_with(Conversation& c, const Reading& reading, const Reading::Pointed& pointed,
                               const Bot& bot) {
    if (!bot.catalog || bot.catalog->products().empty()) return std::nullopt;
    const auto asked = asking(reading.plain());
    if (!asked) return std::nullopt;
    // The wanted goods stand behind the asking words in Korean and before them in English, what they go with
    // on the other side. Who names what they want is looking for that.
    const auto& wanted = asked->english ? asked->before : asked->after;
    const auto& beside = asked->english ? asked->after : asked->before;
    if (names_kind(wanted, bot)) {
        const auto search = bot.catalog->interpret(wanted);
        return show_products(c, search, bot);
    }
    const auto* product = pointed.by_visitor ? pointed.product : nullptr;
    if (product == nullptr && (has(beside, "장바구니") || has(beside, "cart")))
        product = newest_in_cart(c, bot);
    if (product == nullptr) {
        const auto* named = of_kind(beside, bot);
        // "이 마우스랑": the one in hand, when it is one.
        if (named != nullptr && pointed.product != nullptr &&
            named->text.product_type == pointed.product->text.product_type)
            named = pointed.product;
        product = named != nullptr ? named : pointed.product;
    }
    if (product == nullptr) product = newest_in_cart(c, bot);
    if (product == nullptr && !c.dialogue.shown.empty())
        product = bot.catalog->find(c.dialogue.shown.front());
    if (product == nullptr) return std::nullopt;
    return shown_beside(c, *product, "goes_with", companions(c, *product, bot), bot);
}

std::optional<Reply> similar_to(Conversation& c, const Reading& reading, const Reading::Pointed& pointed,
                                const Bot& bot) {
    constexpr auto asking_words =
        std::to_array<std::string_view>({"비슷한", "유사한", "similar", "alternatives"});
    constexpr std::uint32_t most = 5;
    constexpr auto cheaper_words =
        std::to_array<std::string_view>({"더 싼", "더 저렴", "cheaper", "less expensive"});
    const auto* product = pointed.product;
    if (product == nullptr && bot.catalog && !c.dialogue.shown.empty())
        product = bot.catalog->find(c.dialogue.shown.front());
    if (product == nullptr) return std::nullopt;
    const auto& text = reading.plain();
    const auto says = [&](const auto& words) {
        return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return has(text, one); });
    };
    // "아니 비슷한 거 말고, 몇 분 걸리냐고요"
    static const RE2 refused(
        R"(비슷한 ?(?:거|것|제품|상품)? ?(?:는|은)? ?(?:말고|말구|아니)|not (?:a |the )?similar)");
    if (RE2::PartialMatch(text, refused)) return std::nullopt;
    // "‹Title› 말고 다른 거", "anything other than the ‹title›".
    static const RE2 others(R"(이거 ?(?:말고|말구|대신)|(?:other than|instead of|besides|apart from) it\b)");
    if (!says(asking_words) && !(pointed.outright && reading.has_title() && RE2::PartialMatch(text, others)))
        return std::nullopt;
    const bool cheaper = says(cheaper_words);
    const auto& asked = reading.asked();
    if ((asked.constrains && !cheaper) || (!pointed.by_visitor && (asked.names_type || asked.names_brand)))
        return std::nullopt;
    auto found =
        bot.catalog->similar(product->id, most + static_cast<std::uint32_t>(c.taste.rejected.size()));
    std::erase_if(found, [&](const catalog::Match& match) {
        const auto& rejected = c.taste.rejected;
        if (cheaper && match.product->price.amount >= product->price.amount) return true;
        return std::find(rejected.begin(), rejected.end(), match.product->id) != rejected.end();
    });
    if (found.size() > most) found.resize(most);
    Reply reply;
    reply.source = "catalog";
    reply.substantive = true;
    reply.text = fill(bot.settings.phrases(found.empty() ? "similar_none" : "similar_to", c.row.locale),
                      {{"product", product->texts(c.row.locale).title}});
    if (found.empty()) return reply;
    reply.products = cards(found, c.row.locale, bot);
    remember_shown(c, found);
    c.dialogue.focus = product->id;
    return reply;
}

Reply others_beside(Conversation& c, const catalog::Product& product, const Bot& bot) {
    return shown_beside(c, product, "goes_with", companions(c, product, bot), bot);
}

std::optional<Reply> beside_cart(Conversation& c, const Bot& bot) {
    const auto* product = bot.catalog ? newest_in_cart(c, bot) : nullptr;
    if (product == nullptr) return std::nullopt;
    const auto found = companions(c, *product, bot);
    if (found.empty()) return std::nullopt;
    return shown_beside(c, *product, "goes_with_cart", found, bot);
}

}  // namespace maru
