#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "bot/conversation/named_goods.hpp"
#include "bot/conversation/responding.hpp"
#include "bot/conversation/say.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

// Shares of the threshold.
constexpr float likely = 0.4F;  // worth a question
constexpr float faint = 0.1F;   // … where the message speaks of such things

}  // namespace

// ---- small talk

bool Responding::small_talk(std::string_view intent) {
    constexpr std::array<std::string_view, 6> small_words{"greet",  "thanks", "goodbye",
                                                          "affirm", "deny",   "bot_identity"};
    if (std::find(small_words.begin(), small_words.end(), intent) != small_words.end()) {
        // "없으면 5만원까지 괜찮아": a condition on what was shown.
        const auto& said = reading_.asked().query;
        if (reading_.confidence() < certain && reading_.refined() &&
            (said.price_min || said.price_max || !said.colors.empty() || !said.brands.empty()))
            return search(*reading_.refined()), true;
        // A named kind of goods weighs more than a small word beside it: "hi, do you have kettles?"
        // Where nothing else than the small word was meant, what looks like goods is a slip of spelling.
        // "Thank you so much, the speaker is wonderful!"
        static const RE2 asks(
            R"(\?|(?:^|[.,!] ?)(?:(?:and|but|so|also|oh) )?(?:is|are|do|does|did|can|could|will|would|what|how|when|where|which|who|why|any)\b)");
        const bool told =
            intent == "thanks" && !RE2::PartialMatch(reading_.plain(), asks) && !reading_.wishes();
        const bool only_small = reading_.confidence() >= certain && (told || !reading_.seeks_goods());
        if (reading_.clauses().size() > 1 && clause_answer(certain)) return true;
        // "OK thank you, and does it come in grey?"
        if (reading_.clauses().size() > 1 && product_.product != nullptr && reading_.asks_something() &&
            asked_of_product().surely())
            return about("ask_product_detail");
        if (!only_small && reading_.goods() >= goods_evidence && reading_.asked().names_type)
            return search(reading_.asked()), true;
        if (reading_.clauses().size() > 1 && clause_answer(only_small ? certain : 0)) return true;
    }
    if (more_than_small_talk()) return missed(), true;
    if (intent == "greet") return phrase("greet", "greeting").quick_replies = greeting_replies(), true;
    if (intent == "goodbye") return phrase("goodbye", "smalltalk"), true;
    if (intent == "thanks") return phrase("thanks", "smalltalk"), true;
    if (intent == "affirm" || intent == "deny" || intent == "cancel_flow")
        return phrase("acknowledged", "smalltalk"), true;
    if (intent == "bot_identity") {
        auto& own =
            reply(fill(say("bot_identity"), {{"name", std::string(bot_.settings.name.pick(c_.row.locale))}}),
                  "smalltalk", true);
        own.quick_replies = greeting_replies();
        return true;
    }
    if (intent != "out_of_scope_chitchat") return false;
    if (clause_answer()) return true;
    if (reading_.confidence() < sure && reading_.asked().names_type && reading_.goods() >= strong_goods &&
        reading_.seeks_goods())
        return search(reading_.asked()), true;
    if (reading_.confidence() < sure) return fallback(), true;
    auto& own = phrase("out_of_scope", "fallback");
    own.quick_replies = quick(bot_.settings.fallback_replies);
    return true;
}

// "Free even though it was my mistake?", "그럼 2인용은 압력 아니에요?": a small word is only where it begins.
bool Responding::more_than_small_talk() const {
    constexpr auto small = std::to_array<std::string_view>(
        {"intent:affirm", "intent:deny", "intent:cancel_flow", "intent:goodbye"});
    constexpr std::size_t short_question = 8, short_remark = 40;  // characters
    if (reading_.confidence() >= certain ||
        std::find(small.begin(), small.end(), reading_.label()) == small.end())
        return false;
    const auto length = text::count_code_points(text::normalised(reading_.meant_words()));
    return length > (reading_.asks_something() ? short_question : short_remark);
}

// ---- not understood

// The best guess among the FAQs, when it is worth a question.
const flows::Faq* Responding::likely_faq(float least) const {
    const auto& u = reading_.whole();
    for (const auto& guess : u.ranked) {
        if (guess.confidence < u.trace.threshold * least) break;
        if (const auto* faq = reading_.faq_of(guess.label)) return faq;
    }
    return nullptr;
}

void Responding::missed() {
    ++c_.dialogue.missed;
    if (c_.dialogue.missed >= bot_.settings.handoff.bot_failed_after && !c_.handoff) {
        auto offer = offer_reply(bot_, c_.row.locale, "offer_failed");
        offer.source = "fallback";
        out_.replies.push_back(std::move(offer));
        c_.dialogue.awaiting = "handoff_offer";
        c_.dialogue.offer_reason = "bot_failed";
        return;
    }
    const auto& u = reading_.whole();
    // What nothing else explains is asked of the product in hand.
    if (product_.product != nullptr && c_.dialogue.flow.is_null() && reading_.asks_something() &&
        (asked_of_product().concerns || (reading_.seeks_goods() && likely_faq(likely) == nullptr))) {
        c_.dialogue.missed = 0;
        about("ask_product_detail");
        return;
    }
    // A person is one thing nobody should have to ask for twice.
    if (reading_.label() == "intent:talk_to_human" && reading_.confidence() >= u.trace.threshold * 0.6F) {
        c_.dialogue.missed = 0;
        return ask_person("asked");
    }
    // Two or three guesses, when the best of them are worth a question.
    std::vector<QuickReply> guesses;
    // A word of the shop's ("return") makes even a faint guess worth it.
    const float least = asks_of_service(reading_.plain()) ? faint : likely;
    for (const auto& guess : u.ranked) {
        if (guess.confidence < u.trace.threshold * least || guesses.size() == 3) break;
        if (const auto* faq = reading_.faq_of(guess.label); faq != nullptr && !was_just_said(*faq))
            guesses.push_back({std::string(faq->title(c_.row.locale)), "faq:" + faq->id});
        else if (const auto* flow = bot_.flows->triggered_by(Reading::intent_of(guess.label)))
            guesses.push_back({std::string(flow->title.pick(c_.row.locale)), "flow:" + flow->id});
    }
    if (!guesses.empty()) {
        auto& own = phrase("clarify", "clarify");
        own.quick_replies = std::move(guesses);
        own.quick_replies.push_back({std::string(say("talk_to_person")), "handoff"});
        return;
    }
    fallback();
}

void Responding::fallback() {
    if (!c_.dialogue.shown.empty() && c_.dialogue.flow.is_null()) {
        // Something about the goods in view that their data cannot tell.
        auto& own = phrase("fallback_goods", "fallback");
        own.quick_replies = {{std::string(say("products_more")), "products:more"},
                             {std::string(say("talk_to_person")), "handoff"}};
        return;
    }
    auto& own = phrase("fallback", "fallback");
    own.quick_replies = quick(bot_.settings.fallback_replies);
    if (own.quick_replies.empty())
        own.quick_replies.push_back({std::string(say("talk_to_person")), "handoff"});
}

// The very same answer to another question helps nobody: the second time says so, and offers a person. Who
// asks in the same words again wants to read it again.
void Responding::not_twice() {
    constexpr std::uint64_t basis = 14695981039346656037ULL;  // FNV-1a: the same wherever it goes on
    const auto add = [](std::uint64_t hash, std::string_view text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        return hash;
    };
    auto answer = basis;
    for (const auto& one : out_.replies) answer = add(answer, one.text);
    const auto now = out_.replies.empty() ? std::string() : std::to_string(answer) + ":";
    const auto asked = std::to_string(add(basis, reading_.plain()));
    if (!by_button_ && !now.empty() && said_before_.starts_with(now) && c_.row.state == "bot" &&
        !out_.handoff && c_.dialogue.flow.is_null() && out_.replies.size() == 1 &&
        !out_.replies.front().searched) {
        auto& own = out_.replies.front();
        const bool missed = own.source == "fallback" || own.source == "clarify";
        const bool same_words = said_before_.substr(now.size()) == asked;
        if (missed || own.source.starts_with("faq:")) {
            if (missed || !same_words) own.text = say(missed ? "fallback_again" : "said_all");
            std::erase_if(own.quick_replies, [](const QuickReply& one) { return one.choice == "handoff"; });
            own.quick_replies.push_back({std::string(say("talk_to_person")), "handoff"});
        }
    }
    if (!now.empty()) ((c_.dialogue.asked += said_mark) += now) += asked;
}

}  // namespace maru
