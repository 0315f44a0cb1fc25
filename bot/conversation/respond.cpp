#include "bot/conversation/respond.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "bot/conversation/about_goods.hpp"
#include "bot/conversation/comparing.hpp"
#include "bot/conversation/named_goods.hpp"
#include "bot/conversation/recommending.hpp"
#include "bot/conversation/responding.hpp"
#include "bot/conversation/seen_goods.hpp"
#include "bot/conversation/shelf.hpp"
#include "bot/handoff/readiness.hpp"
#include "flows/answers.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

constexpr std::size_t most_topics = 6;

// Runs of two Latin letters and more that no digit touches.
std::size_t latin_words(std::string_view text) {
    std::size_t words = 0, letters = 0;
    bool digit = false;
    const auto end = [&] {
        words += letters > 1 && !digit ? 1 : 0;
        letters = 0;
        digit = false;
    };
    for (const char c : text) {
        const auto lower = static_cast<char>(c | 0x20);
        if (lower >= 'a' && lower <= 'z')
            ++letters;
        else if ((c >= '0' && c <= '9') || c == '-')
            digit = true;
        else
            end();
    }
    end();
    return words;
}

}  // namespace

Responding::Responding(Conversation& c, const Event& event, const Bot& bot)
    : c_(c), event_(event), bot_(bot), now_(std::max(event.at, c.last_at)), reading_(bot, c) {
    asked_before_ = std::move(c_.dialogue.asked);
    // Behind the question stands what was answered.
    if (const auto mark = asked_before_.find(said_mark); mark != std::string::npos) {
        said_before_ = asked_before_.substr(mark + 1);
        asked_before_.resize(mark);
    }
    answered_before_ = c_.dialogue.missed == 0;
    c_.dialogue.asked.clear();
}

Response Responding::operator()(const VisitorSaid& said, std::string_view text) {
    if (!bot_.understanding || !bot_.flows) return fallback(), std::move(out_);
    by_button_ = !said.choice.empty();
    if (!said.choice.empty() && choice(said.choice)) return finish();
    // Its own value is all the text it has: nobody offered it, and there is nothing to read in it.
    if (!said.choice.empty() && text == said.choice && c_.row.state != "queued") return fallback(), finish();
    // Who types what stands on a button means the button.
    const auto typed = said.choice.empty() ? typed_choice(text) : said.choice;
    constexpr std::string_view words = "say:";  // a button that stands for words
    if (said.choice.empty() && !typed.empty() && !typed.starts_with(words) && choice(typed)) return finish();
    const auto meant = typed.starts_with(words) ? std::string_view(typed).substr(words.size()) : text;
    const bool in_flow = !c_.dialogue.flow.is_null();
    // What a title is made of asks for nothing: "… Quiet Wireless Keyboard: can I return it?"
    written_ = meant;
    if (!in_flow) titled_ = titled(meant, bot_);
    const bool alone = titled_ && titled_->products.size() == 1;
    understand(without_refusal(titled_ && !titled_->words.empty() ? titled_->words : meant),
               alone ? titled_->products.front() : nullptr);
    if (said.choice.empty()) follow_language();
    note_signals();
    decide();
    if (!in_flow) also_asked();
    return finish();
}

std::string Responding::typed_choice(std::string_view words) const {
    const auto plain = text::normalised(words);
    for (const auto& button : c_.dialogue.choices)
        if (text::normalised(button.label) == plain) return button.choice;
    return {};
}

// ---- saying

std::string_view Responding::say(std::string_view key) const {
    return bot_.settings.phrases(key, c_.row.locale, static_cast<std::size_t>(event_.id));
}

Reply& Responding::reply(std::string text, std::string source, bool substantive) {
    out_.replies.push_back({std::move(text), {}, {}, std::move(source), substantive, {}});
    return out_.replies.back();
}

Reply& Responding::phrase(std::string_view key, std::string source, bool substantive) {
    return reply(std::string(say(key)), std::move(source), substantive);
}

std::vector<QuickReply> Responding::greeting_replies() const {
    return quick(bot_.settings.greeting_replies);
}

std::vector<QuickReply> Responding::quick(const std::vector<flows::QuickReply>& from) const {
    std::vector<QuickReply> list;
    for (const auto& button : flows::buttons(from, c_.row.locale))
        list.push_back({button.label, button.choice});
    return list;
}

Response Responding::finish() {
    not_twice();
    note_seen(c_.dialogue);
    const bool missed = std::any_of(out_.replies.begin(), out_.replies.end(), [](const Reply& one) {
        return one.source == "fallback" || one.source == "clarify";
    });
    if (!missed) c_.dialogue.missed = 0;
    note_unmet(missed);
    for (const auto& entity : reading_.whole().entities)
        if (entity.type == "email" || entity.type == "phone" || entity.type == "order_number")
            out_.personal.push_back(entity.text);
    if (bot_.settings.explain) out_.trace = reading_.trace();
    offer_when_ready();
    // Nobody is left without a word.
    if (out_.replies.empty() && !out_.handoff && !out_.cancel_handoff && c_.row.state == "bot") fallback();
    return std::move(out_);
}

// Goods that were asked for and never searched: a flow said that they are not sold, or nothing was
// understood.
void Responding::note_unmet(bool missed) {
    constexpr std::array<std::string_view, 4> seeking{"intent:not_sold", "intent:find_product",
                                                      "intent:ask_stock", "intent:recommend"};
    if (reading_.empty() || out_.replies.empty() || !bot_.catalog || !c_.dialogue.flow.is_null()) return;
    if (std::any_of(out_.replies.begin(), out_.replies.end(),
                    [](const Reply& one) { return one.searched || !one.products.empty(); }))
        return;
    const bool sought = std::find(seeking.begin(), seeking.end(), reading_.label()) != seeking.end();
    if (!reading_.says("intent:not_sold") && !(missed && sought)) return;
    out_.replies.front().searched =
        Searched{searched_words(reading_.asked().query, c_.row.locale, bot_), true, false, {}};
}

// ---- reading

void Responding::understand(std::string_view words, const catalog::Product* titled) {
    reading_.read(words, titled);
    out_.intent = reading_.label();
    out_.confidence = reading_.confidence();
    out_.language = reading_.language().empty() ? c_.row.locale : reading_.language();
}

// Replies in the language the visitor writes.
void Responding::follow_language() {
    // An address is in no language, and nor is a number ("MR-10293") or a name in a conversation that has
    // one.
    if (reading_.language() == "en" && c_.visitor_messages > 1 && latin_words(reading_.plain()) < 2) return;
    const auto& entities = reading_.whole().entities;
    if (std::any_of(entities.begin(), entities.end(), [&](const nlu::Entity& one) {
            return (one.type == "email" || one.type == "url") &&
                   one.text.size() * 2 > reading_.words().size();
        }))
        return;
    const auto& locales = bot_.settings.locales;
    const auto wanted = reading_.language() == "mixed" ? "ko" : reading_.language();
    if (!wanted.empty() && std::find(locales.begin(), locales.end(), wanted) != locales.end())
        c_.row.locale = wanted;
}

void Responding::note(std::string_view name, std::string detail) {
    handoff::note(c_, name, std::move(detail), now_, bot_.settings.readiness);
}

void Responding::note_signals() {
    product_ = reading_.pointed_at();
    offered_here_ =
        c_.dialogue.offered && std::any_of(c_.signals.begin(), c_.signals.end(), [&](const Signal& one) {
            const auto& shown = c_.dialogue.shown;
            return one.name == "says_so" &&
                   (one.detail.empty() || one.detail == c_.dialogue.focus ||
                    std::find(shown.begin(), shown.end(), one.detail) != shown.end());
        });
    if (turns_down()) return;
    if (product_.owned) return;
    const auto about = product_.product != nullptr ? product_.product->id : std::string();
    const bool of_goods = product_.product != nullptr || !c_.dialogue.shown.empty();
    if (product_.by_visitor && product_.product != nullptr) c_.dialogue.focus = about, note("chooses", about);
    if (!of_goods) return;
    if (reading_.says("intent:ready_to_buy")) note("says_so", about);
    if (reading_.says("intent:ask_price")) note("asks_price", about);
    if (reading_.says("intent:ask_stock")) note("asks_stock", about);
    shows_ready_ = reading_.says("intent:ask_price") || reading_.says("intent:ready_to_buy") ||
                   (reading_.says("intent:ask_stock") &&
                    (product_.product == nullptr || product_.product->availability != "out_of_stock"));
    reading_.each_label([&](std::string_view label) {
        const auto* faq = reading_.faq_of(label);
        if (faq == nullptr) return;
        if (faq->category == "delivery") note("asks_delivery", about), shows_ready_ = true;
        if (faq->category == "payment") note("asks_payment", about), shows_ready_ = true;
    });
    for (const auto& entity : reading_.whole().entities) {
        if (const auto* quantity = std::get_if<nlu::Quantity>(&entity.value);
            quantity != nullptr && product_.product != nullptr && flows::counts_things(*quantity))
            note("quantity", about), shows_ready_ = true;
        if (entity.type == "datetime" && product_.product != nullptr) note("date", about);
    }
}

void Responding::topic(std::string text) {
    auto& topics = c_.dialogue.topics;
    std::erase(topics, text);
    topics.push_back(std::move(text));
    if (topics.size() > most_topics) topics.erase(topics.begin());
}

void Responding::topic_is_message() {
    constexpr std::size_t longest = 60;  // characters
    topic(std::string(text::truncate(titled_ ? written_ : reading_.words(), longest)));
}

// ---- deciding

bool Responding::choice(const std::string& choice) {
    if (choice == "handoff") return ask_person("asked"), true;
    if (choice == "handoff:yes") return accept_offer(), true;
    if (choice == "handoff:no") return decline_offer(), true;
    if (choice == "handoff:cancel") return cancel_queue(), true;
    if (choice == "contact:skip") return decline_contact(), true;
    if (auto goods = shelf_choice(c_, choice, bot_)) return out_.replies.push_back(std::move(*goods)), true;
    if (const auto* faq = reading_.faq_of(choice)) return answer(*faq), true;
    if (choice.starts_with("flow:") && c_.row.state != "queued") return flow_choice(choice), true;
    return false;
}

void Responding::decide() {
    if (c_.row.state == "queued") return while_queued();
    // "What do people buy with it?" asks for no person.
    const bool free =
        c_.dialogue.flow.is_null() && (c_.dialogue.awaiting.empty() || c_.dialogue.awaiting == contact_later);
    if (free && (show_titled() || about_titles())) return;
    if (auto beside = free ? goes_with(c_, reading_, product_, bot_) : std::nullopt)
        return out_.replies.push_back(std::move(*beside));
    if (auto similar = free ? similar_to(c_, reading_, product_, bot_) : std::nullopt)
        return out_.replies.push_back(std::move(*similar));
    // Who turns down what is shown takes no offer to order it.
    if (c_.dialogue.awaiting == "handoff_offer" && turns_down()) {
        c_.dialogue.awaiting.clear();
        return turned_down() ? void() : decline_offer();
    }
    // "010-1234-5678, call me after six": the number is what was waited for.
    const bool contact = c_.dialogue.awaiting == "contact" || c_.dialogue.awaiting == contact_later;
    if (contact && contact_left()) return;
    // Nobody is handed over for a guess at half a sentence.
    if (reading_.says("intent:talk_to_human", sure))
        return c_.dialogue.awaiting == "handoff_offer" ? accept_offer() : ask_person("asked");
    if (contact && contact_refused()) return;
    if (offer_answered()) return;
    if (reading_.whole().feeling.anger >= static_cast<float>(bot_.settings.handoff.upset_at) && !c_.handoff) {
        phrase("sorry_upset", "handoff");
        return ask_person("upset");
    }
    if (free && volunteers_contact()) return ask_person("asked");
    if (!c_.dialogue.flow.is_null() && in_flow()) return;
    if (auto best = best_shown(c_, reading_, bot_)) return out_.replies.push_back(std::move(*best));
    if (reading_.asks_which() && !reading_.asks_to_choose() && c_.dialogue.shown.size() > 1)
        if (auto all = about_shown(c_, reading_.question(), bot_))
            return out_.replies.push_back(std::move(*all));
    const bool most = c_.dialogue.shown.size() > 1 && reading_.asks_which() && reading_.asks_most();
    if (auto compared = compare_shown(c_, reading_, bot_)) {
        if (most && !compared->comparison.empty())
            compared->text.replace(0, compared->text.find('\n'), say("which_unknown"));
        return out_.replies.push_back(std::move(*compared));
    }
    if (about_own()) return;
    if (sums() || sum_of_goods()) return;
    if (price_of_many() || price_with_delivery()) return;
    if (auto sum = reading_.asks_for_total() ? price_together(c_, reading_, bot_) : std::nullopt) {
        out_.replies.push_back(std::move(*sum));
        return reading_.asks_delivery_cost() && bot_.settings.delivery.fee >= 0 ? void()
                                                                                : answer_in_passing();
    }
    if (about_named()) return;
    if (about_it()) return;
    if (picked()) return;
    if (auto beside = free ? std::nullopt : goes_with(c_, reading_, product_, bot_))
        return out_.replies.push_back(std::move(*beside));
    if (turned_down()) return;
    if (answer_known()) return;
    if (refine()) return;
    if (!reading_.known() && about_in_view()) return;
    if (lists_what_there_is()) return;
    if (reading_.tells_of_own()) return missed();
    if (reading_.names_goods() ? reading_.goods() >= goods_evidence
                               : reading_.goods() >= strong_goods && reading_.seeks_goods())
        return search(reading_.asked());
    missed();
}

void Responding::while_queued() {
    const auto yes = reading_.bare_yes_or_no();
    if (reading_.says("intent:cancel_flow") || (yes && !*yes)) return cancel_queue();
    // Confident answers help while waiting; everything else is the colleague's.
    const auto* faq = reading_.faq_of(reading_.label());
    if (faq != nullptr && reading_.known() && reading_.confidence() >= sure) answer(*faq);
}

// Whatever is recognised: small talk, flows, FAQs, questions about goods. False when nothing is.
bool Responding::answer_known() {
    if (!reading_.known()) return clause_answer();
    const float confidence = reading_.confidence();
    if (const auto* faq = reading_.faq_of(reading_.label())) {
        if (several_questions()) return true;
        // "Let's do the return then. I don't have the order number right now"
        if (confidence < certain && !reading_.asks_something() && clause_starts_flow(sure)) return true;
        if (names_only_a_kind()) return search(reading_.asked()), true;
        if (confidence < sure && about_kind()) return true;
        // "Is there a monthly fee?" of the camera in hand.
        if (confidence < hesitant && product_.product != nullptr && asked_of_product().surely())
            return about("ask_product_detail");
        if (reading_.insists() && was_just_said(*faq)) return missed(), true;
        if (!reading_.plain_question() && reading_.goods() >= strong_goods &&
            ((confidence < sure && reading_.names_goods() && reading_.seeks_goods()) ||
             (reading_.asked().constrains && reading_.asked().names_type)) &&
            !names_service())
            return search(reading_.asked()), true;
        answer(*faq);
        return true;
    }
    const auto name = Reading::intent_of(reading_.label());
    if (name == "find_product") {
        const auto& asked = reading_.asked();
        // "압력 아닌 거 6인용이요": of what was searched for.
        const bool goes_on =
            reading_.goods() < goods_evidence || (!reading_.names_goods() && !asked.query.not_words.empty());
        if (reading_.refined() && reading_.refined()->constrains && goes_on)
            return search(*reading_.refined()), true;
        if (asked.evidence < goods_evidence && !asked.constrains && !asked.names_type) {
            if (start_triggered(name)) return true;
            // Words that no shelf knows find only what shares a letter with them.
            constexpr float hardly = 0.2F;
            if (asked.evidence < hardly && !c_.dialogue.shown.empty()) return false;
        }
        // "She's got a kettle. Maybe something to keep her warm in the evening"
        if (!reading_.names_goods() && clause_starts_flow(hesitant)) return true;
        search(asked);
        return true;
    }
    if (name == "recommend") {
        const auto& asked = reading_.asked();
        const bool narrowed = asked.names_type || asked.names_brand || asked.query.price_min ||
                              asked.query.price_max || !asked.query.colors.empty();
        if (narrowed ? asked.names_type || asked.evidence >= goods_evidence || asked.constrains
                     : asked.evidence >= goods_evidence && !asked.query.text.empty())
            return search(asked), true;
        if (pick_of_shown()) return true;
        if (auto beside = beside_cart(c_, bot_)) return out_.replies.push_back(std::move(*beside)), true;
        if (start_triggered(name)) return true;
        out_.replies.push_back(show_recommended(c_, bot_));
        topic_is_message();
        return true;
    }
    // "Clear is good. I'll take it": the colour of the one in hand.
    const bool courtesy = name == "affirm" || name == "praise" || name == "thanks" || name == "no_preference";
    if ((name == "refine_search" || courtesy) && product_.product != nullptr &&
        reading_.says("intent:ready_to_buy", sure))
        return buy();
    if (name == "refine_search") {
        if (about_in_view()) return true;
        // "60도로 세탁해도 괜찮아요?"
        if (product_.product != nullptr && reading_.asks_something() && !reading_.asks_for_others() &&
            !reading_.names_goods() && !reading_.asked().constrains && asked_of_product().surely())
            return about("ask_product_detail");
        if (another_wish()) return search(reading_.asked()), true;
        if (reading_.refined() && reading_.refined()->constrains) return search(*reading_.refined()), true;
        if (reading_.goods() >= goods_evidence && reading_.names_goods())
            return search(reading_.asked()), true;
        constexpr float hardly = 0.2F;
        if (reading_.refined() && reading_.asks_for_others() && reading_.goods() < hardly) return others();
        if (reading_.refined()) return search(*reading_.refined()), true;
        // Goods nobody had searched for: "20만원" after what is popular.
        if (reading_.asked().constrains) return search(reading_.asked()), true;
        if (!c_.dialogue.shown.empty()) return choice("products:more");
        return start_triggered("find_product");
    }
    if (name == "ask_price" || name == "ask_stock" || name == "ask_product_detail") return about(name);
    if (name == "ready_to_buy") return buy();
    // "Carpet?" of the vacuum cleaner in hand.
    if (name == "not_sold" && product_.product != nullptr && reading_.is_bare_word() &&
        asked_of_product().surely())
        return about("ask_product_detail");
    if (name == "not_sold" && stocked()) return search(reading_.asked()), true;
    if (name == "not_sold" && stocked_here()) return search(*reading_.refined()), true;
    // "보온 기능이 있냐고요", of the kettle in hand, asks nothing of the bot.
    if (name == "bot_identity" && confidence < certain && product_.product != nullptr &&
        (asked_of_product().concerns || asked_of_product().surely()))
        return about("ask_product_detail");
    // "표 말고 그냥 하나만 찍어 줘" is no mere yes.
    if ((name == "affirm" || name == "deny" || name == "cancel_flow") && pick_of_shown()) return true;
    if (small_talk(name)) return true;
    if (confidence < sure && seeks_named_goods()) return search(reading_.asked()), true;
    if (confidence < sure && reading_.refined() && reading_.goods() >= goods_evidence &&
        !c_.dialogue.query.is_null())
        return search(*reading_.refined()), true;
    // "The cheapest humidifier" wants that one, and no advice on the kinds there are; "can I swap it for a
    // bigger one" and "I saw it cheaper, do you match prices" ask the shop.
    const auto& asked = reading_.asked();
    static const RE2 may(R"((?:^|[.,] )(?:can|could|may) (?:i|we) )");
    const auto& parts = reading_.clauses();
    const bool of_shop =
        RE2::PartialMatch(reading_.plain(), may) ||
        std::any_of(parts.begin(), parts.end(), [&](const nlu::Recognition& one) {
            return Reading::label_of(one) == reading_.label() && Reading::confidence_of(one) >= sure;
        });
    if (asked.names_type && asked.query.sort != catalog::Sort::relevance && !of_shop &&
        reading_.goods() >= strong_goods && reading_.whole().rules.empty() && !names_service())
        return search(asked), true;
    // A flow takes the conversation over; a guess only asks whether it should.
    if (reading_.whole().rules.empty() && confidence < hesitant) return false;
    return start_triggered(name);
}

Response respond(Conversation& c, const VisitorSaid& said, std::string_view text, const Event& event,
                 const Bot& bot) {
    return Responding(c, event, bot)(said, text);
}

}  // namespace maru
