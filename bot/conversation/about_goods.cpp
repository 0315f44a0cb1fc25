#include "bot/conversation/about_goods.hpp"
#include "bot/conversation/named_goods.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "bot/conversation/comparing.hpp"
#include "bot/conversation/say.hpp"
#include "bot/conversation/seen_goods.hpp"
#include "bot/conversation/shelf.hpp"
#include "bot/conversation/taste.hpp"
#include "catalog/money.hpp"
#include "catalog/question.hpp"
#include "flows/pointing.hpp"
#include "nlu/text/normalise.hpp"

namespace maru {
namespace {

// "두번째거 자세히", "tell me more about it": everything there is to say, rather than one attribute.
bool wants_overview(std::string_view question) {
    constexpr std::array words{"자세",
                               "상세",
                               "설명",
                               "소개",
                               "스펙",
                               "사양",
                               "어떤 제품",
                               "어떤 상품",
                               "more about",
                               "about this",
                               "about it",
                               "detail",
                               "describe",
                               "spec",
                               "more info",
                               "tell me about",
                               "information",
                               "tell me more",
                               "know more",
                               "more detail",
                               "괜찮나",
                               "괜찮아요",
                               "괜찮은가",
                               "좋나요",
                               "좋은가요",
                               "쓸만한",
                               "쓸 만한",
                               "any good",
                               "is it good",
                               "worth",
                               "what's in it",
                               "whats in it",
                               "what is in it",
                               "what's in the set",
                               "whats in the set"};
    const auto text = text::normalised(question);
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return text.find(word) != std::string::npos; });
}

// A line for each; the sum is in the shop's own currency.
Reply prices_of(const std::vector<std::string>& ids, std::string_view locale, const Bot& bot,
                std::int64_t& sum) {
    Reply reply;
    reply.source = "catalog";
    reply.substantive = true;
    int place = 0;
    for (const auto& id : ids) {
        const auto* product = bot.catalog->find(id);
        if (product == nullptr) continue;
        if (place > 0) reply.text += '\n';
        reply.text += fmt::format("{}. {} — {}", ++place, product->texts(locale).title,
                                  catalog::format_price(product->price, locale));
        sum += product->price.amount;
    }
    return reply;
}

// "편백숲 그거 향 오래가요?", "the linen ones, are they …": those of the shown that are called so.
std::vector<std::string> spoken_of(const Conversation& c, std::string_view question, const Bot& bot) {
    static const RE2 pointing(
        R"((?:^| )([가-힣a-z0-9]+) ?(?:그거|그것|꺼|것들|거는|건) |(?:^|[^a-z])the ([a-z0-9-]+) ones?(?:[^a-z]|$))");
    const auto plain = text::normalised(question);
    std::string korean, english;
    if (!RE2::PartialMatch(plain, pointing, &korean, &english)) return c.dialogue.shown;
    auto match =
        flows::match_shown(korean.empty() ? english : korean, nullptr, c.dialogue.shown, bot.catalog.get());
    if (match.among.size() > 1) return std::move(match.among);
    return c.dialogue.shown;
}

std::string told(const catalog::Answer& answer, const std::string& title, std::string_view locale,
                 const Bot& bot) {
    const Fillings with{{"product", title}, {"attribute", answer.attribute}, {"value", answer.value}};
    switch (answer.kind) {
        case catalog::Answer::Kind::yes:
            return fill(bot.settings.phrases("attribute_yes", locale), with);
        case catalog::Answer::Kind::no:
            return fill(bot.settings.phrases("attribute_no", locale), with);
        case catalog::Answer::Kind::value:
            return fill(bot.settings.phrases("attribute_is", locale), with);
        case catalog::Answer::Kind::sentence:
            break;
    }
    return title + "\n" + answer.value;
}

}  // namespace

Reply prices_of_shown(const Conversation& c, const Bot& bot) {
    std::int64_t sum = 0;
    return prices_of(c.dialogue.shown, c.row.locale, bot, sum);
}

std::optional<Reply> price_together(const Conversation& c, const Reading& reading, const Bot& bot) {
    constexpr std::size_t few = 3;
    const auto& taste = c.taste;
    auto ids = listed_goods(c, reading.words(), bot);
    // "All together with the wrapping?" is about the one in hand.
    if (ids.empty() && !c.dialogue.focus.empty() && reading.asks_service_cost()) return std::nullopt;
    if (ids.empty() && taste.cart.size() > 1)
        ids = taste.cart;
    else if (ids.empty() && c.dialogue.shown.size() > 1 && c.dialogue.shown.size() <= few)
        ids = c.dialogue.shown;
    else if (ids.empty() && taste.viewed.size() > 1)
        ids.assign(taste.viewed.end() - 2, taste.viewed.end());
    std::erase_if(ids, [&](const std::string& id) { return bot.catalog->find(id) == nullptr; });
    if (ids.size() < 2) return std::nullopt;
    std::int64_t sum = 0;
    auto reply = prices_of(ids, c.row.locale, bot, sum);
    reply.text +=
        "\n" + fill(bot.settings.phrases("price_total", c.row.locale),
                    {{"total", catalog::format_price({sum, bot.catalog->currency()}, c.row.locale)}});
    if (reading.asks_delivery_cost())
        if (const auto delivery = with_delivery(sum, c.row.locale, bot); !delivery.empty())
            reply.text += "\n" + delivery;
    return reply;
}

std::optional<Reply> about_shown(const Conversation& c, std::string_view question, const Bot& bot) {
    const auto& locale = c.row.locale;
    Reply reply;
    reply.source = "catalog";
    reply.substantive = true;
    int told = 0;
    int place = 0;
    for (const auto& id : spoken_of(c, question, bot)) {
        const auto* product = bot.catalog->find(id);
        if (product == nullptr) continue;
        const auto about = bot.catalog->about(id, question, locale);
        // A sentence that happens to have a word of the question is no answer for a list.
        const bool known = about.surely();
        told += known ? 1 : 0;
        const auto answer = known ? about.answers.front() : catalog::Answer();
        // "재고 있음" says it all.
        const bool tells = answer.value.find(answer.attribute) != std::string::npos;
        const auto value = !known  ? std::string("–")
                           : tells ? answer.value
                                   : answer.attribute + ": " + answer.value;
        reply.text += fmt::format("{}{}. {} — {}", place > 0 ? "\n" : "", place + 1,
                                  product->texts(locale).title, value);
        ++place;
    }
    // "Which ones fold up?" asks which of them do.
    const auto plain = text::normalised(question);
    const bool which =
        plain.starts_with("which ") || plain.starts_with("어떤 ") || plain.starts_with("어느 ");
    if (place < 2 || told == 0 || (!which && told * 2 < place)) return std::nullopt;
    return reply;
}

std::optional<Reply> best_shown(Conversation& c, const Reading& reading, const Bot& bot) {
    // "더 가벼운 거 있어요?" asks for others.
    constexpr auto others = std::to_array<std::string_view>(
        {"있", "없", "보여", "추천", "show", "any ", "do you have", "find", "looking for"});
    const auto& plain = reading.plain();
    if (!bot.catalog || c.dialogue.shown.size() < 2 || !reading.asks_something() || reading.refuses() ||
        std::any_of(others.begin(), others.end(),
                    [&](std::string_view word) { return plain.find(word) != std::string::npos; }))
        return std::nullopt;
    // "싼거 흡입력 얼마나 돼요?": of the one that is meant so.
    constexpr auto pointing = std::to_array<std::string_view>(
        {"싼거 ", "싼 거 ", "비싼거 ", "비싼 거 ", "the cheap one", "the cheaper one", "the expensive one"});
    if (reading.pointed_at().by_visitor &&
        std::any_of(pointing.begin(), pointing.end(), [&](std::string_view word) {
            const auto at = plain.find(word);
            return at != std::string::npos && !std::string_view(plain).substr(0, at).ends_with("제일 ") &&
                   !std::string_view(plain).substr(0, at).ends_with("가장 ");
        }))
        return std::nullopt;
    // "The cheapest keyboard?" is no mouse.
    auto ids = c.dialogue.shown;
    if (const auto& types = reading.asked().query.types; !types.empty())
        std::erase_if(ids, [&](const std::string& id) { return !is_of_kind(id, types, bot); });
    auto best = bot.catalog->best(ids, reading.question(), c.row.locale);
    // "V6랑 V3 중에 뭐가 흡입력이 세요?": of those two.
    const auto weighed = best ? goods_weighed(c, plain, bot) : std::vector<std::string>();
    if (weighed.size() > 1) best = bot.catalog->best(weighed, reading.question(), c.row.locale);
    // "U3가 더 조용한가요?": of that one.
    if (weighed.size() == 1) return std::nullopt;
    const auto* product = best ? bot.catalog->find(best->id) : nullptr;
    if (product == nullptr) return std::nullopt;
    const auto title = product->texts(c.row.locale).title;
    Reply reply;
    reply.source = "catalog";
    reply.substantive = true;
    reply.text = fill(bot.settings.phrases("best_of_shown", c.row.locale),
                      {{"product", title}, {"attribute", best->attribute}, {"value", best->value}});
    reply.products = cards(std::vector<flows::ProductRef>{{product->id, {}}}, c.row.locale, bot);
    c.dialogue.focus = product->id;
    note_viewed(c, product->id);
    return reply;
}

Reply about_product(Conversation& c, const catalog::Product& product, Asked what, std::string_view question,
                    const std::vector<catalog::Answer>& answers, const Bot& bot) {
    const auto& say = bot.settings.phrases;
    const auto& locale = c.row.locale;
    const auto title = product.texts(locale).title;
    c.dialogue.focus = product.id;
    note_viewed(c, product.id);
    Reply reply;
    reply.source = "catalog";
    reply.substantive = true;
    const std::vector<flows::ProductRef> own{{product.id, {}}};
    if (what == Asked::price) {
        reply.text = fill(say("price_is", locale),
                          {{"product", title}, {"price", catalog::format_price(product.price, locale)}});
        reply.products = cards(own, locale, bot);
        (void)add_alternatives(c, reply, product, bot);
        return reply;
    }
    if (what == Asked::stock) {
        if (product.availability == "in_stock") {
            reply.text = fill(say("stock_yes", locale), {{"product", title}});
            reply.products = cards(own, locale, bot);
        } else if (product.availability == "out_of_stock") {
            (void)add_alternatives(c, reply, product, bot);
        } else {
            reply.text = fill(say("stock_preorder", locale), {{"product", title}});
            reply.products = cards(own, locale, bot);
        }
        return reply;
    }
    if (what == Asked::overview) {
        const auto texts = product.texts(locale);
        reply.text = texts.description.empty() ? std::string(title) : title + "\n" + texts.description;
        reply.products = cards(own, locale, bot);
        return reply;
    }
    if (answers.size() == 1) {
        reply.text = told(answers.front(), title, locale, bot);
    } else if (!answers.empty()) {
        reply.text = title;
        for (const auto& one : answers)
            if (one.value.empty())
                reply.text += "\n" + fill(say("unknown_half", locale), {{"attribute", one.attribute}});
            else
                reply.text += "\n" + (one.attribute.empty() ? one.value : one.attribute + ": " + one.value);
    } else if (const auto texts = product.texts(locale);
               !texts.description.empty() &&
               (wants_overview(question) || catalog::only_names(product, question, locale))) {
        reply.text = title + "\n" + texts.description;
        reply.products = cards(own, locale, bot);
    } else {
        reply.text = fill(say("unknown_attribute", locale), {{"product", title}});
        reply.quick_replies.push_back({std::string(say("talk_to_person", locale)), "handoff"});
    }
    return reply;
}

}  // namespace maru
