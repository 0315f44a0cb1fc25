// What a turn makes of what visitors do.
#include <fmt/format.h>

#include <algorithm>

#include "bot/conversation/ledger.hpp"
#include "bot/conversation/recommending.hpp"
#include "bot/conversation/say.hpp"
#include "bot/conversation/taste.hpp"
#include "bot/conversation/turning.hpp"
#include "bot/handoff/readiness.hpp"

namespace maru {
namespace {

constexpr int csat_least = 1, csat_most = 5;

}  // namespace

using nlohmann::json;

Turn Turning::on(const Opened& e) {
    auto& c = turn_.after;
    c.row.created_at = now_;
    c.row.site = e.site;
    c.row.channel = e.channel;
    c.row.locale = e.locale;
    c.row.token_hash = e.token_hash;
    c.visitor.page_url = e.page.url;
    c.visitor.page_title = e.page.title;
    turn_.changes.created = true;
    Reply greeting{std::string(phrase("greeting")), {}, {}, "greeting", false, {}};
    for (const auto& button : flows::buttons(bot_.settings.greeting_replies, c.row.locale))
        greeting.quick_replies.push_back({button.label, button.choice});
    bot_says(greeting, 0, {});
    return finish("opened", {{"site", e.site}, {"locale", e.locale}});
}

Turn Turning::on(const Identified& e) {
    auto& c = turn_.after;
    if (!e.visitor.page_url.empty()) {
        c.visitor.page_url = e.visitor.page_url;
        c.visitor.page_title = e.visitor.page_title;
    }
    if (!e.visitor.id.empty() || !e.visitor.email.empty() || !e.visitor.name.empty()) {
        auto page_url = std::move(c.visitor.page_url), page_title = std::move(c.visitor.page_title);
        c.visitor = e.visitor;
        c.visitor.page_url = std::move(page_url);
        c.visitor.page_title = std::move(page_title);
    }
    return finish("identified",
                  {{"id", c.visitor.id}, {"verified", c.visitor.verified}, {"url", c.visitor.page_url}});
}

Turn Turning::on(const VisitorSaid& e) {
    auto& c = turn_.after;
    std::string text = e.text;
    // The half hour may have passed without its timer having fired yet.
    if (const auto idle_at = last_message_at() + bot_.settings.inquiry_idle;
        c.inquiry && c.row.state == "bot" && now_ >= idle_at)
        close_idle_inquiry(idle_at);
    json extra = json::object();
    if (!e.choice.empty()) {
        text = label_of(e.choice);
        extra["choice"] = e.choice;
    }
    store::MessageRow said{c.row.id,       ++c.row.seq, now_, "visitor", 0,
                           c.visitor.name, e.client_id, 0,    text,      extra.empty() ? "" : extra.dump()};
    c.visitor_seq = said.seq;
    ++c.visitor_messages;
    turn_.changes.messages.push_back(std::move(said));
    open_inquiry(c.visitor_seq);
    json body{{"seq", c.visitor_seq}};
    if (!e.choice.empty()) body["choice"] = e.choice;
    if (c.row.state == "agent") return finish("visitor_said", std::move(body));

    const auto focus = c.dialogue.focus;
    const auto response = respond(c, e, text, event_, bot_);
    bool searched = false;
    for (const auto& reply : response.replies)
        if (reply.searched) {
            note_search(c, *reply.searched, text, e.choice.starts_with("products:"), response.personal, now_,
                        turn_.changes);
            searched = true;
        }
    if (!searched && c.dialogue.focus != focus) note_taken(c, c.dialogue.focus, Taken::chosen, turn_.changes);
    body["source"] = response.replies.empty() ? "" : response.replies.front().source;
    if (!response.intent.empty()) body["intent"] = response.intent, body["confidence"] = response.confidence;
    const auto seq = c.visitor_seq;
    std::string explain;
    for (const auto& reply : response.replies) {
        if (bot_.settings.explain) explain = explain_json(reply, &response);
        bot_says(reply, seq, explain);
        if (reply.substantive && c.inquiry && !c.inquiry->bot_first_at) {
            c.inquiry->bot_first_at = now_;
            inquiry_changed_ = true;
        }
    }
    for (const auto& contact : response.contacts) turn_.changes.contacts.push_back(contact);
    if (response.cancel_handoff) close_handoff("returned");
    if (response.handoff) request_handoff(*response.handoff, seq, &response);
    if (!response.handoff && c.dialogue.awaiting == "handoff_offer" && !was_offered_)
        turn_.notices.push_back(HandoffNotice{"offered", c.dialogue.offer_reason, {}});
    return finish("visitor_said", std::move(body));
}

Turn Turning::on(const VisitorDid& e) {
    auto& c = turn_.after;
    store::StorefrontEventRow row{event_.id,    c.row.id,        e.event.id,   now_,
                                  e.event.name, e.event.product, std::nullopt, {}};
    if (e.event.value) row.amount = e.event.value->amount, row.currency = e.event.value->currency;
    turn_.changes.storefront_events.push_back(std::move(row));
    if (e.event.name == "product_click" || e.event.name == "product_view")
        note_taken(c, e.event.product, Taken::clicked, turn_.changes);
    else if (e.event.name == "add_to_cart" || e.event.name == "purchase")
        note_taken(c, e.event.product, Taken::carted, turn_.changes);
    if (!e.event.product.empty() && e.event.name != "remove_from_cart") c.dialogue.focus = e.event.product;
    note_did(c, e.event);
    handoff::note_storefront(c, e.event, now_, bot_.settings.readiness);
    // A shopper who has asked something and now goes to the checkout is offered help; one who never wrote
    // is left alone.
    if (c.inquiry && c.row.state == "bot" && !c.handoff && !c.dialogue.offered && c.dialogue.flow.is_null() &&
        e.event.name != "purchase" &&
        handoff::readiness(c, now_, bot_.settings.readiness).score >= bot_.settings.readiness.threshold) {
        offer(0);
    } else if (e.event.name == "add_to_cart" && bot_.settings.recommend.after_cart && c.inquiry &&
               c.row.state == "bot" && !c.handoff && !c.dialogue.suggested && c.dialogue.flow.is_null() &&
               c.dialogue.awaiting.empty()) {
        // Once, and only to somebody who has been talking to the bot.
        if (const auto beside = beside_cart(c, bot_)) {
            c.dialogue.suggested = true;
            bot_says(*beside, 0, {});
        }
    }
    return finish("visitor_did", {{"name", e.event.name}, {"product", e.event.product}});
}

Turn Turning::on(const VisitorEnded&) {
    auto& c = turn_.after;
    if (c.row.state == "closed" || (!c.inquiry && !c.handoff)) {
        // Nothing is open, or not any more: who ends it twice hears so all the same.
        if (c.row.state != "closed") close_inquiry("visitor", {});
        turn_.notices.push_back(HandoffNotice{"closed", {}, {}});
        return finish("visitor_ended", json::object());
    }
    close_handoff("closed");
    if (turn_.notices.empty()) turn_.notices.push_back(HandoffNotice{"closed", {}, {}});
    system_says(phrase("closed_visitor"));
    close_inquiry("visitor", {});
    return finish("visitor_ended", json::object());
}

Turn Turning::on(const SurveyAnswered& e) {
    auto& c = turn_.after;
    if (!c.survey || c.survey->id != e.survey)
        return refuse(wire::ErrorCode::not_found,
                      "this survey is not open; it may have been answered already");
    if (e.score < csat_least || e.score > csat_most)
        return refuse(wire::ErrorCode::bad_frame,
                      fmt::format("`score` is from {} to {}", csat_least, csat_most));
    turn_.changes.surveys.push_back({e.survey, c.row.id, 0, c.survey->kind, now_, now_, e.score, e.comment});
    c.survey.reset();
    return finish("survey_answered", {{"survey", to_text(e.survey)}, {"score", e.score}});
}

std::string Turning::label_of(const std::string& choice) const {
    for (const auto& one : turn_.after.dialogue.choices)
        if (one.choice == choice) return one.label;
    for (const auto& one : flows::buttons(bot_.settings.greeting_replies, turn_.after.row.locale))
        if (one.choice == choice) return one.label;
    if (choice.starts_with("say:")) return choice.substr(4);
    // Buttons that clients may have without an offer.
    if (choice == "handoff" || choice == "handoff:yes") return std::string(phrase("talk_to_person"));
    if (choice == "handoff:no") return std::string(phrase("offer_no"));
    if (choice == "handoff:cancel") return std::string(phrase("queue_cancel"));
    if (choice == "contact:skip") return std::string(phrase("contact_skip"));
    if (choice == "products:more") return std::string(phrase("products_more"));
    if (choice.starts_with("faq:"))
        if (const auto* faq = bot_.faqs.find(std::string_view(choice).substr(4)))
            return std::string(faq->title(turn_.after.row.locale));
    if (choice.starts_with("flow:") && bot_.flows) {
        if (auto label = bot_.flows->choice_label(choice, turn_.after.row.locale); !label.empty())
            return label;
        if (const auto* flow = bot_.flows->find(std::string_view(choice).substr(5)))
            return std::string(flow->title.pick(turn_.after.row.locale));
    }
    return choice;
}

std::string Turning::explain_json(const Reply& reply, const Response* response) const {
    json out{{"source", reply.source}, {"language", turn_.after.row.locale}, {"trace", json::object()}};
    out["readiness"] = handoff::to_json(handoff::readiness(turn_.after, now_, bot_.settings.readiness));
    if (response != nullptr) {
        if (!response->language.empty()) out["language"] = response->language;
        if (!response->intent.empty())
            out["intent"] = response->intent, out["confidence"] = response->confidence;
        if (!response->trace.empty()) out["trace"] = json::parse(response->trace);
    }
    return out.dump();
}

}  // namespace maru
