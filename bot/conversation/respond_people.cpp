// The policy's part with people: asking for one, the offer of one, the contact left for one.
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "bot/conversation/responding.hpp"
#include "bot/conversation/say.hpp"
#include "bot/handoff/readiness.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

constexpr std::size_t longest_contact_text = 1000;  // characters

// "010 안남길래요", "I'd rather not leave my number"
const RE2& keeps_contact() {
    static const RE2 keeps(
        R"((?i)(?:안 ?남기|(?:번호|연락처|메일)(?:는|은)? ?(?:됐고|됐구|됐어|싫)|안 ?(?:남길|줄|알려 ?줄|알려 ?드릴|적을) ?(?:래|게|거|꺼)|남기지 ?(?:는 |않)|남기기 ?(?:는 )?싫|(?:not|n't|n’t|no need to) (?:want to |going to |wanna )?(?:leave|give|share)(?:ing)?(?: you| my| a| any| the)* (?:number|phone|contact|e-?mail|it|that|details))[^ .,!?\n]*)");
    return keeps;
}

}  // namespace

void Responding::ask_person(std::string reason) {
    c_.dialogue.awaiting.clear();
    c_.dialogue.offered = true;
    drop_flow();
    if (c_.handoff && c_.row.state == "bot") {
        // Asked already while nobody was there: what is missing is a way to call back.
        out_.handoff = HandoffRequest{c_.handoff->reason, c_.handoff->team, {}};
        return;
    }
    out_.handoff = HandoffRequest{std::move(reason), {}, {}};
}

// True when the message was the answer to the offer of a colleague.
bool Responding::offer_answered() {
    if (c_.dialogue.awaiting != "handoff_offer") return false;
    // A question of its own is not the answer to the offer.
    const auto yes = reading_.bare_yes_or_no();
    if (yes && reading_.goods() < goods_evidence) {
        *yes ? accept_offer() : decline_offer();
        return true;
    }
    if (!reading_.says("intent:ready_to_buy") || c_.dialogue.offer_reason != "ready" ||
        reading_.asks_something())
        return false;
    accept_offer();
    return true;
}

void Responding::accept_offer() {
    ask_person(c_.dialogue.offer_reason.empty() ? "ready" : c_.dialogue.offer_reason);
}

void Responding::offer_when_ready() {
    if (c_.row.state != "bot" || c_.handoff || out_.handoff) return;
    if (!c_.dialogue.flow.is_null() && !ready_) return;
    if (c_.dialogue.offered && !ready_) return;
    // Once for what is in view, and only to who shows to be ready in this very message.
    if (ready_ ? offered_here_ && !out_.replies.empty() : !shows_ready_) return;
    // "I don't want to buy, mine is defective!"
    const auto& feeling = reading_.whole().feeling;
    constexpr float displeased = 0.3F;
    static const RE2 refused(
        R"((?:do not|don ?'?t|dont|won ?'?t|wont|not) (?:want to |wanna |going to |gonna )?(?:buy|order|purchas)|안 ?살|안 ?사요|안 ?산다|사지 ?않|사려는 ?(?:게|거) ?아니)");
    const bool complains =
        reading_.tells_of_own() || feeling.anger > displeased || feeling.sentiment < -displeased;
    if ((!ready_ && complains) || RE2::PartialMatch(reading_.plain(), refused)) return;
    // "I don't know that, shall I ask a colleague?" is offer enough.
    if (!ready_ && std::any_of(out_.replies.begin(), out_.replies.end(), [](const Reply& one) {
            return std::any_of(one.quick_replies.begin(), one.quick_replies.end(),
                               [](const QuickReply& button) { return button.choice == "handoff"; }) &&
                   one.products.empty();
        }))
        return;
    // Nor does it follow on what missed, on small talk, or on a word about what is not sold.
    constexpr auto about_goods = std::to_array<std::string_view>({"catalog", "faq:"});
    if (!ready_ && (out_.replies.empty() ||
                    std::none_of(about_goods.begin(), about_goods.end(), [&](std::string_view source) {
                        return out_.replies.back().source.starts_with(source);
                    })))
        return;
    if (!ready_) {
        const auto score = handoff::readiness(c_, now_, bot_.settings.readiness);
        if (score.score < score.threshold) return;
    }
    out_.replies.push_back(offer_reply(bot_, c_.row.locale));
    c_.dialogue.offered = true;
    c_.dialogue.awaiting = "handoff_offer";
    c_.dialogue.offer_reason = "ready";
}

void Responding::decline_offer() {
    c_.dialogue.awaiting.clear();
    c_.dialogue.missed = 0;
    phrase("offer_declined", "handoff");
}

void Responding::cancel_queue() {
    if (!c_.handoff) return decline_offer();
    out_.cancel_handoff = true;
    phrase("queue_cancelled", "handoff");
}

// "My name is Joana and my phone is 010-…", of their own accord and with no other question.
bool Responding::volunteers_contact() const {
    if (c_.handoff || reading_.asks_something() || (reading_.known() && reading_.confidence() >= sure))
        return false;
    const auto& entities = reading_.whole().entities;
    return std::any_of(entities.begin(), entities.end(), [](const nlu::Entity& one) {
        return (one.type == "email" || one.type == "phone") && std::holds_alternative<std::string>(one.value);
    });
}

// A number or an address to call back at. What else is said beside it is for the colleague, who reads all of
// it; a question gets its answer.
bool Responding::contact_left() {
    store::ContactRow row;
    for (const auto& entity : reading_.whole().entities) {
        if (!std::holds_alternative<std::string>(entity.value)) continue;
        if (entity.type == "email") row.email = std::get<std::string>(entity.value);
        if (entity.type == "phone") row.phone = std::get<std::string>(entity.value);
    }
    if (row.email.empty() && row.phone.empty()) return false;
    row.id = event_.id;
    row.conversation = c_.row.id;
    row.at = now_;
    row.name = c_.visitor.name;
    row.text = text::truncate(reading_.words(), longest_contact_text);
    const auto days = std::chrono::duration_cast<std::chrono::days>(bot_.settings.contact.retain).count();
    row.consent = fill(say("consent"), {{"days", std::to_string(days)}});
    row.delete_after = now_ + bot_.settings.contact.retain;
    c_.dialogue.awaiting.clear();
    c_.dialogue.contact_left = true;
    reply(fill(say("contact_thanks"), {{"contact", row.email.empty() ? row.phone : row.email}}), "handoff",
          false);
    out_.contacts.push_back(std::move(row));
    // "… ask for Mr. Park" asks for no car park.
    if (!reading_.asks_something()) return true;
    if (const auto* faq = reading_.faq_of(reading_.label());
        faq != nullptr && reading_.known() && reading_.confidence() >= sure)
        answer(*faq);
    else
        answer_in_passing();
    return true;
}

// What is said behind the refusal to leave a contact ("… 안 남길게요. 배송만 알려 주세요") is read for
// itself.
std::string_view Responding::without_refusal(std::string_view words) {
    if (c_.dialogue.awaiting != "contact" && c_.dialogue.awaiting != contact_later) return words;
    const re2::StringPiece all(words.data(), words.size());
    re2::StringPiece refusal;
    if (!keeps_contact().Match(all, 0, all.size(), RE2::UNANCHORED, &refusal, 1)) return words;
    auto rest = words.substr(static_cast<std::size_t>(refusal.data() + refusal.size() - words.data()));
    rest.remove_prefix(std::min(rest.find_first_not_of(" .,!?~\n"), rest.size()));
    constexpr std::size_t least = 4;  // characters
    if (text::count_code_points(rest) < least) return words;
    decline_contact();
    return rest;
}

// Is a message that holds no contact meant to be one?
bool Responding::tries_contact() const {
    constexpr std::size_t digits = 6, name = 20;  // characters; who is called something writes no more
    const auto& plain = reading_.plain();
    const auto count = std::count_if(plain.begin(), plain.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (plain.find('@') != std::string::npos || static_cast<std::size_t>(count) >= digits) return true;
    static const RE2 speaks_of_it(
        R"(번호|전화|메일|연락|폰|카톡|phone|number|mail|call|text me|reach me|contact)");
    if (RE2::PartialMatch(plain, speaks_of_it)) return true;
    return count == 0 && text::count_code_points(plain) <= name && !reading_.says("intent:refine_search");
}

bool Responding::contact_refused() {
    if (RE2::PartialMatch(reading_.plain(), keeps_contact())) return decline_contact(), true;
    const bool waits = c_.dialogue.awaiting == "contact";
    if (const auto yes = reading_.bare_yes_or_no(); waits && yes && !*yes) return decline_contact(), true;
    // Who has gone on to something else is served, and not held to the number afterwards.
    const bool other = reading_.known() || reading_.goods() >= goods_evidence || reading_.asks_something();
    if (!waits || other || !tries_contact()) {
        c_.dialogue.awaiting = contact_later;
        return false;
    }
    phrase("contact_retry", "handoff").quick_replies = {{std::string(say("contact_skip")), "contact:skip"}};
    return true;
}

void Responding::decline_contact() {
    c_.dialogue.awaiting.clear();
    phrase(c_.handoff ? "contact_declined" : "offer_declined", "handoff");
}

}  // namespace maru
