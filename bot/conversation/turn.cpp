#include "bot/conversation/turn.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/content/bot.hpp"
#include "bot/conversation/respond.hpp"
#include "bot/conversation/say.hpp"
#include "bot/handoff/readiness.hpp"
#include "bot/handoff/summary.hpp"
#include "bot/wire/encode.hpp"

namespace maru {
namespace {

using nlohmann::json;

constexpr int csat_least = 1, csat_most = 5;

// One turn in progress: the conversation as it becomes, and what is told and stored of it.
class Turning {
  public:
    Turning(Conversation before, const Event& event, const Bot& bot) : event_(event), bot_(bot) {
        turn_.after = std::move(before);
        auto& c = turn_.after;
        now_ = std::max(event.at, c.last_at);
        c.last_at = now_;
        was_offered_ = c.dialogue.awaiting == "handoff_offer";
    }

    Turn finish(std::string kind, json body) {
        auto& c = turn_.after;
        if (turn_.refused) return std::move(turn_);
        if (event_.facts.agents_online != 0 || !event_.facts.open || event_.facts.queue_length != 0)
            body["facts"] = {{"open", event_.facts.open},
                             {"agents_online", event_.facts.agents_online},
                             {"queue_length", event_.facts.queue_length},
                             {"wait_s", event_.facts.wait_s}};
        turn_.changes.events.push_back(
            {event_.id, c.row.id, now_, std::move(kind), bot_.version, body.dump()});
        if (inquiry_changed_ && c.inquiry) turn_.changes.inquiries.push_back(*c.inquiry);
        if (handoff_changed_ && c.handoff) turn_.changes.handoffs.push_back(*c.handoff);
        return std::move(turn_);
    }

    Turn refuse(wire::ErrorCode code, std::string message) {
        turn_.refused = wire::Error{code, std::move(message)};
        return std::move(turn_);
    }

    // ---- the visitor

    Turn on(const Opened& e) {
        auto& c = turn_.after;
        c.row.created_at = now_;
        c.row.site = e.site;
        c.row.channel = e.channel;
        c.row.locale = e.locale;
        c.row.token_hash = e.token_hash;
        c.visitor.page_url = e.page.url;
        c.visitor.page_title = e.page.title;
        turn_.changes.created = true;
        Reply greeting{std::string(phrase("greeting")), {}, {}, "greeting", false};
        for (const auto& button : flows::buttons(bot_.settings.greeting_replies, c.row.locale))
            greeting.quick_replies.push_back({button.label, button.choice});
        bot_says(greeting, 0, {});
        return finish("opened", {{"site", e.site}, {"locale", e.locale}});
    }

    Turn on(const Identified& e) {
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

    Turn on(const VisitorSaid& e) {
        auto& c = turn_.after;
        std::string text = e.text;
        // The half hour may have passed without its timer having fired yet.
        if (const auto idle_at = last_message_at() + bot_.settings.inquiry_idle;
            c.inquiry && !c.handoff && now_ >= idle_at)
            close_inquiry("idle", {}, idle_at);
        json extra = json::object();
        if (!e.choice.empty()) {
            text = label_of(e.choice);
            extra["choice"] = e.choice;
        }
        store::MessageRow said{
            c.row.id,       ++c.row.seq, now_, "visitor", 0,
            c.visitor.name, e.client_id, 0,    text,      extra.empty() ? "" : extra.dump()};
        c.visitor_seq = said.seq;
        ++c.visitor_messages;
        turn_.changes.messages.push_back(std::move(said));
        open_inquiry(c.visitor_seq);
        json body{{"seq", c.visitor_seq}};
        if (!e.choice.empty()) body["choice"] = e.choice;
        if (c.row.state == "agent") return finish("visitor_said", std::move(body));

        const auto response = respond(c, e, text, event_, bot_);
        body["source"] = response.replies.empty() ? "" : response.replies.front().source;
        if (!response.intent.empty())
            body["intent"] = response.intent, body["confidence"] = response.confidence;
        const auto seq = c.visitor_seq;
        std::string explain;
        for (const auto& reply : response.replies) {
            if (bot_.settings.explain) explain = explain_json(reply, response);
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

    Turn on(const VisitorDid& e) {
        auto& c = turn_.after;
        store::StorefrontEventRow row{event_.id,    c.row.id,        e.event.id,   now_,
                                      e.event.name, e.event.product, std::nullopt, {}};
        if (e.event.value) row.amount = e.event.value->amount, row.currency = e.event.value->currency;
        turn_.changes.storefront_events.push_back(std::move(row));
        if (!e.event.product.empty() && e.event.name != "remove_from_cart")
            c.dialogue.focus = e.event.product;
        handoff::note_storefront(c, e.event, now_, bot_.settings.readiness);
        // A shopper who has asked something and now goes to the checkout is offered help; one who never wrote
        // is left alone.
        if (c.inquiry && c.row.state == "bot" && !c.handoff && !c.dialogue.offered &&
            c.dialogue.flow.is_null() && e.event.name != "purchase" &&
            handoff::readiness(c, now_, bot_.settings.readiness).score >= bot_.settings.readiness.threshold) {
            offer(0);
        }
        return finish("visitor_did", {{"name", e.event.name}, {"product", e.event.product}});
    }

    Turn on(const VisitorEnded&) {
        auto& c = turn_.after;
        if (c.row.state == "closed" || !c.inquiry) return finish("visitor_ended", json::object());
        close_handoff("closed");
        if (turn_.notices.empty()) turn_.notices.push_back(HandoffNotice{"closed", {}, {}});
        system_says(phrase("closed_visitor"));
        close_inquiry("visitor", {});
        return finish("visitor_ended", json::object());
    }

    Turn on(const SurveyAnswered& e) {
        auto& c = turn_.after;
        if (!c.survey || c.survey->id != e.survey)
            return refuse(wire::ErrorCode::not_found,
                          "this survey is not open; it may have been answered already");
        if (e.score < csat_least || e.score > csat_most)
            return refuse(wire::ErrorCode::bad_frame,
                          fmt::format("`score` is from {} to {}", csat_least, csat_most));
        turn_.changes.surveys.push_back(
            {e.survey, c.row.id, 0, c.survey->kind, now_, now_, e.score, e.comment});
        c.survey.reset();
        return finish("survey_answered", {{"survey", to_text(e.survey)}, {"score", e.score}});
    }

    // ---- the staff

    Turn on(const AgentAccepted& e) {
        auto& c = turn_.after;
        if (c.row.state == "agent" && c.row.agent == e.agent)
            return refuse(wire::ErrorCode::conflict, "you have this conversation already");
        if (c.row.state == "agent")
            return refuse(wire::ErrorCode::conflict,
                          fmt::format("{} has this conversation already", c.agent_name));
        if (!c.handoff)
            return refuse(wire::ErrorCode::conflict, "nobody is waiting in this conversation any more");
        c.handoff->state = "accepted";
        c.handoff->agent = e.agent;
        if (!c.handoff->accepted_at) c.handoff->accepted_at = now_;
        handoff_changed_ = true;
        if (c.inquiry && !c.inquiry->accepted_at) {
            c.inquiry->accepted_at = now_;
            c.inquiry->agent = e.agent;
            if (c.inquiry->team.empty()) c.inquiry->team = e.team;
            inquiry_changed_ = true;
        }
        give_to_agent(e.agent, e.name);
        return finish("agent_accepted", {{"agent", e.agent}});
    }

    Turn on(const AgentSaid& e) {
        auto& c = turn_.after;
        if (c.row.state != "agent")
            return refuse(wire::ErrorCode::forbidden, "accept this conversation before writing in it");
        if (c.row.agent != e.agent)
            return refuse(wire::ErrorCode::forbidden, fmt::format("{} has this conversation", c.agent_name));
        json extra = json::object();
        if (!e.products.empty())
            extra["products"] = json::parse(product_cards(e.products, c.row.locale, bot_));
        store::MessageRow said{c.row.id, ++c.row.seq, now_, "agent", e.agent,
                               e.name,   e.client_id, 0,    e.text,  extra.empty() ? "" : extra.dump()};
        turn_.changes.messages.push_back(std::move(said));
        if (c.inquiry && c.inquiry->handoff_at && !c.inquiry->agent_first_at) {
            c.inquiry->agent_first_at = now_;
            inquiry_changed_ = true;
        }
        return finish("agent_said", {{"agent", e.agent}, {"seq", c.row.seq}});
    }

    Turn on(const AgentNoted& e) {
        note(e.agent, e.name, e.client_id, e.text);
        return finish("agent_noted", {{"agent", e.agent}, {"seq", turn_.after.row.note_seq}});
    }

    Turn on(const AgentTransferred& e) {
        auto& c = turn_.after;
        if (c.row.state != "agent" || c.row.agent != e.agent)
            return refuse(wire::ErrorCode::forbidden,
                          "only the agent who has this conversation can hand it over");
        if (!e.note.empty()) note(e.agent, e.name, "transfer-" + to_text(event_.id), e.note);
        if (e.to_bot) {
            close_handoff("returned");
            system_says(phrase("returned"));
        } else if (e.to_agent != 0) {
            c.handoff->agent = e.to_agent;
            handoff_changed_ = true;
            give_to_agent(e.to_agent, e.to_agent_name);
        } else {
            c.handoff->team = e.to_team;
            back_to_queue("transferred_team");
        }
        return finish(
            "agent_transferred",
            {{"agent", e.agent}, {"to_agent", e.to_agent}, {"to_team", e.to_team}, {"to_bot", e.to_bot}});
    }

    Turn on(const AgentClosed& e) {
        auto& c = turn_.after;
        if (c.row.state == "agent" && c.row.agent != e.agent)
            return refuse(wire::ErrorCode::forbidden, fmt::format("{} has this conversation", c.agent_name));
        if (c.row.state == "closed" || !c.inquiry)
            return refuse(wire::ErrorCode::conflict, "this conversation is closed already");
        const auto inquiry = c.inquiry->id;
        const bool helped = c.row.state == "agent";
        close_handoff("closed");
        if (turn_.notices.empty()) turn_.notices.push_back(HandoffNotice{"closed", {}, {}});
        system_says(phrase("closed_agent"));
        close_inquiry("agent", e.resolution);
        if (helped && bot_.settings.handoff.survey) {
            c.survey = OpenSurvey{event_.id, "csat"};
            turn_.changes.surveys.push_back(
                {event_.id, c.row.id, inquiry, "csat", now_, std::nullopt, std::nullopt, {}});
            turn_.notices.push_back(SurveyNotice{event_.id, "csat", std::string(phrase("csat"))});
        }
        return finish("agent_closed", {{"agent", e.agent}, {"resolution", e.resolution}});
    }

    Turn on(const Labelled& e) {
        for (const auto& label : e.add) turn_.changes.labels.push_back({label, true});
        for (const auto& label : e.remove) turn_.changes.labels.push_back({label, false});
        return finish("labelled", {{"agent", e.agent}, {"add", e.add}, {"remove", e.remove}});
    }

    Turn on(const AgentLost& e) {
        auto& c = turn_.after;
        if (c.row.state != "agent" || c.row.agent != e.agent)
            return refuse(wire::ErrorCode::conflict, "another owner has it already");
        back_to_queue("agent_requeued");
        return finish("agent_lost", {{"agent", e.agent}});
    }

    Turn on(const TimerDue& e) {
        auto& c = turn_.after;
        if (e.kind == "inquiry") {
            const auto idle_at = last_message_at() + bot_.settings.inquiry_idle;
            if (!c.inquiry || c.handoff) {
                // What a person was asked for is closed by a person; the clock starts anew when the bot gets
                // it back.
                set_timer("inquiry", std::nullopt);
            } else if (now_ < idle_at) {
                set_timer("inquiry", idle_at);
            } else {
                set_timer("inquiry", std::nullopt);
                close_inquiry("idle", {}, idle_at);
            }
        } else {
            set_timer(e.kind, std::nullopt);
        }
        return finish("timer", {{"kind", e.kind}});
    }

  private:
    [[nodiscard]] std::string_view phrase(std::string_view key) const {
        return bot_.settings.phrases(key, turn_.after.row.locale, static_cast<std::size_t>(event_.id));
    }

    // The label of a quick reply that was offered, as the visitor's own words in the transcript.
    [[nodiscard]] std::string label_of(const std::string& choice) const {
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
            if (const auto label = bot_.flows->choice_label(choice, turn_.after.row.locale); !label.empty())
                return label;
            if (const auto* flow = bot_.flows->find(std::string_view(choice).substr(5)))
                return std::string(flow->title.pick(turn_.after.row.locale));
        }
        return choice;
    }

    [[nodiscard]] std::string explain_json(const Reply& reply, const Response& response) const {
        json out{{"source", reply.source}, {"language", response.language}};
        if (!response.intent.empty())
            out["intent"] = response.intent, out["confidence"] = response.confidence;
        out["readiness"] = handoff::to_json(handoff::readiness(turn_.after, now_, bot_.settings.readiness));
        out["trace"] = response.trace.empty() ? json::object() : json::parse(response.trace);
        return out.dump();
    }

    void bot_says(const Reply& reply, std::int64_t reply_to, const std::string& explain) {
        auto& c = turn_.after;
        std::string extra;
        const auto add = [&](std::string_view key, std::string_view value) {
            extra += extra.empty() ? "{\"" : ",\"";
            extra.append(key).append("\":").append(value);
        };
        if (!reply.quick_replies.empty()) {
            std::string list = "[";
            for (const auto& one : reply.quick_replies) {
                if (list.size() > 1) list += ',';
                list += "{\"label\":";
                wire::append_json(list, one.label);
                list += ",\"choice\":";
                wire::append_json(list, one.choice);
                list += '}';
            }
            add("quick_replies", list + "]");
        }
        if (!reply.products.empty()) add("products", reply.products);
        if (!explain.empty()) {
            add("explain", explain);
        } else if (bot_.settings.explain) {
            add("explain",
                json{{"source", reply.source},
                     {"language", c.row.locale},
                     {"trace", json::object()},
                     {"readiness", handoff::to_json(handoff::readiness(c, now_, bot_.settings.readiness))}}
                    .dump());
        }
        if (!extra.empty()) extra += '}';
        c.dialogue.choices = reply.quick_replies;
        turn_.changes.messages.push_back({c.row.id,
                                          ++c.row.seq,
                                          now_,
                                          "bot",
                                          0,
                                          std::string(bot_.settings.name.pick(c.row.locale)),
                                          {},
                                          reply_to,
                                          reply.text,
                                          std::move(extra)});
    }

    void system_says(std::string_view text) {
        auto& c = turn_.after;
        turn_.changes.messages.push_back(
            {c.row.id, ++c.row.seq, now_, "system", 0, {}, {}, 0, std::string(text), {}});
    }

    void note(Id agent, const std::string& name, const std::string& client_id, const std::string& text) {
        auto& c = turn_.after;
        turn_.changes.notes.push_back({c.row.id, ++c.row.note_seq, now_, agent, name, client_id, text});
    }

    void set_timer(std::string kind, std::optional<Time> due) {
        turn_.changes.timers.push_back({turn_.after.row.id, std::move(kind), due});
    }

    [[nodiscard]] Time last_message_at() const { return turn_.after.row.updated_at; }

    // ---- inquiries

    void open_inquiry(std::int64_t seq) {
        auto& c = turn_.after;
        if (c.row.state == "closed") {
            c.row.state = "bot";
            ++c.row.epoch;
            turn_.ownership_changed = true;
        }
        if (c.inquiry) return;
        store::InquiryRow row;
        row.id = event_.id;
        row.conversation = c.row.id;
        row.opened_seq = seq;
        row.opened_at = now_;
        row.channel = c.row.channel;
        row.site = c.row.site;
        row.locale = c.row.locale;
        row.schedule = bot_.schedule;
        c.inquiry = std::move(row);
        c.dialogue.offered = false;
        c.dialogue.topics.clear();
        c.survey.reset();
        inquiry_changed_ = true;
        set_timer("inquiry", now_ + bot_.settings.inquiry_idle);
    }

    void close_inquiry(std::string by, std::string resolution, std::optional<Time> at = {}) {
        auto& c = turn_.after;
        if (c.inquiry) {
            c.inquiry->closed_at = at ? std::max(*at, c.inquiry->opened_at) : now_;
            c.inquiry->closed_by = std::move(by);
            c.inquiry->resolution = std::move(resolution);
            c.inquiry->locale = c.row.locale;
            turn_.changes.inquiries.push_back(*c.inquiry);
            c.inquiry.reset();
            inquiry_changed_ = false;
        }
        c.row.state = "closed";
        c.row.agent = 0;
        c.agent_name.clear();
        c.dialogue.flow = nullptr;
        c.dialogue.pinned.clear();
        c.dialogue.awaiting.clear();
        c.dialogue.missed = 0;
        c.signals.clear();
        ++c.row.epoch;
        turn_.ownership_changed = true;
        set_timer("inquiry", std::nullopt);
    }

    // ---- handoffs

    void offer(std::int64_t reply_to) {
        auto& c = turn_.after;
        bot_says(offer_reply(bot_, c.row.locale), reply_to, {});
        c.dialogue.offered = true;
        c.dialogue.awaiting = "handoff_offer";
        c.dialogue.offer_reason = "ready";
        was_offered_ = true;
        turn_.notices.push_back(HandoffNotice{"offered", "ready", {}});
    }

    void request_handoff(const HandoffRequest& request, std::int64_t reply_to, const Response* why) {
        auto& c = turn_.after;
        const bool available = event_.facts.open && event_.facts.agents_online > 0;
        const auto score = handoff::readiness(c, now_, bot_.settings.readiness);
        if (!c.handoff) {
            store::HandoffRow row;
            row.id = event_.id;
            row.conversation = c.row.id;
            row.inquiry = c.inquiry ? c.inquiry->id : 0;
            row.requested_at = now_;
            row.reason = request.reason;
            row.team = request.team;
            c.handoff = std::move(row);
        }
        c.handoff->context = json{{"summary", handoff::summary(c, bot_)},
                                  {"readiness", handoff::to_json(score)},
                                  {"interests", handoff::interests(c, bot_)}}
                                 .dump();
        c.handoff->state = available ? "queued" : "offline";
        handoff_changed_ = true;
        if (!request.note.empty()) note(0, "bot", "handoff-" + to_text(event_.id), request.note);
        if (c.inquiry && !c.inquiry->handoff_at) {
            c.inquiry->handoff_at = now_;
            c.inquiry->team = request.team;
            inquiry_changed_ = true;
        }
        c.dialogue.flow = nullptr;
        c.dialogue.pinned.clear();
        Reply reply;
        reply.source = "handoff";
        if (available) {
            c.row.state = "queued";
            ++c.row.epoch;
            c.dialogue.awaiting.clear();
            reply.text = phrase("queued");
            reply.quick_replies = {{std::string(phrase("queue_cancel")), "handoff:cancel"}};
        } else {
            const auto days =
                std::chrono::duration_cast<std::chrono::days>(bot_.settings.contact.retain).count();
            const auto consent = fill(phrase("consent"), {{"days", std::to_string(days)}});
            reply.text =
                fill(phrase(event_.facts.open ? "offline_busy" : "offline_hours"), {{"consent", consent}});
            reply.quick_replies = {{std::string(phrase("contact_skip")), "contact:skip"}};
            c.dialogue.awaiting = "contact";
        }
        std::string explain;
        if (bot_.settings.explain && why != nullptr) explain = explain_json(reply, *why);
        bot_says(reply, reply_to, explain);
        turn_.notices.push_back(HandoffNotice{c.handoff->state, request.reason, {}});
        turn_.ownership_changed = true;
    }

    void give_to_agent(Id agent, const std::string& name) {
        auto& c = turn_.after;
        c.row.state = "agent";
        c.row.agent = agent;
        c.agent_name = name;
        ++c.row.epoch;
        c.dialogue.awaiting.clear();
        c.dialogue.choices.clear();
        c.dialogue.flow = nullptr;
        c.dialogue.pinned.clear();
        system_says(fill(phrase("agent_joined"), {{"agent", name}}));
        turn_.notices.push_back(HandoffNotice{"accepted", c.handoff ? c.handoff->reason : "", name});
        turn_.ownership_changed = true;
    }

    void back_to_queue(std::string_view why) {
        auto& c = turn_.after;
        c.row.state = "queued";
        c.row.agent = 0;
        c.agent_name.clear();
        ++c.row.epoch;
        c.handoff->state = "queued";
        c.handoff->agent = 0;
        handoff_changed_ = true;
        system_says(phrase(why));
        turn_.notices.push_back(HandoffNotice{"queued", c.handoff->reason, {}});
        turn_.ownership_changed = true;
    }

    // Ends the open handoff, if there is one; the bot becomes the owner unless the inquiry closes with it.
    void close_handoff(const std::string& state) {
        auto& c = turn_.after;
        if (!c.handoff) return;
        c.handoff->state = state;
        c.handoff->closed_at = now_;
        turn_.changes.handoffs.push_back(*c.handoff);
        turn_.notices.push_back(HandoffNotice{state, c.handoff->reason, {}});
        c.handoff.reset();
        handoff_changed_ = false;
        turn_.ownership_changed = true;
        if (state != "returned") return;
        if (c.row.state != "bot") ++c.row.epoch;
        c.row.state = "bot";
        c.row.agent = 0;
        c.agent_name.clear();
        c.dialogue.offered = true;  // it was just there: not offered again
        c.dialogue.awaiting.clear();
        c.dialogue.missed = 0;
        set_timer("inquiry", now_ + bot_.settings.inquiry_idle);
    }

    const Event& event_;
    const Bot& bot_;
    Turn turn_;
    Time now_{};
    bool inquiry_changed_ = false;
    bool handoff_changed_ = false;
    bool was_offered_ = false;
};

}  // namespace

Turn take_turn(Conversation before, const Event& event, const Bot& bot) {
    Turning turning(std::move(before), event, bot);
    Turn turn = std::visit([&](const auto& what) { return turning.on(what); }, event.what);
    if (turn.refused) return turn;
    auto& row = turn.after.row;
    ++row.version;
    // `updated_at` is when somebody last wrote: what the idle clock and the lists go by.
    if (!turn.changes.messages.empty()) row.updated_at = turn.after.last_at;
    turn.changes.conversation = row;
    turn.changes.conversation.data = to_data(turn.after);
    return turn;
}

}  // namespace maru
