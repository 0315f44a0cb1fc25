#include "bot/conversation/turn.hpp"

#include <algorithm>

#include "bot/conversation/turning.hpp"
#include "bot/handoff/readiness.hpp"
#include "bot/wire/object_text.hpp"

namespace maru {

using nlohmann::json;

Turning::Turning(Conversation before, const Event& event, const Bot& bot) : event_(event), bot_(bot) {
    turn_.after = std::move(before);
    auto& c = turn_.after;
    now_ = std::max(event.at, c.last_at);
    c.last_at = now_;
    was_offered_ = c.dialogue.awaiting == "handoff_offer";
}

Turn Turning::finish(std::string kind, json body) {
    auto& c = turn_.after;
    if (turn_.refused) return std::move(turn_);
    if (event_.facts.agents_online != 0 || !event_.facts.open || event_.facts.queue_length != 0)
        body["facts"] = {{"open", event_.facts.open},
                         {"agents_online", event_.facts.agents_online},
                         {"queue_length", event_.facts.queue_length},
                         {"wait_s", event_.facts.wait_s}};
    turn_.changes.events.push_back({event_.id, c.row.id, now_, std::move(kind), bot_.version, body.dump()});
    if (inquiry_changed_ && c.inquiry) turn_.changes.inquiries.push_back(*c.inquiry);
    if (handoff_changed_ && c.handoff) turn_.changes.handoffs.push_back(*c.handoff);
    return std::move(turn_);
}

Turn Turning::refuse(wire::ErrorCode code, std::string message) {
    turn_.refused = wire::Error{code, std::move(message)};
    return std::move(turn_);
}

Turn Turning::on(const TimerDue& e) {
    auto& c = turn_.after;
    if (e.kind == "inquiry") {
        const auto idle_at = last_message_at() + bot_.settings.inquiry_idle;
        if (!c.inquiry || c.row.state != "bot") {
            // What a person owns or is waited for is closed by a person; the clock starts anew when the bot
            // gets it back.
            set_timer("inquiry", std::nullopt);
        } else if (now_ < idle_at) {
            set_timer("inquiry", idle_at);
        } else {
            close_idle_inquiry(idle_at);
        }
    } else {
        set_timer(e.kind, std::nullopt);
    }
    return finish("timer", {{"kind", e.kind}});
}

std::string_view Turning::phrase(std::string_view key) const {
    return bot_.settings.phrases(key, turn_.after.row.locale, static_cast<std::size_t>(event_.id));
}

void Turning::bot_says(const Reply& reply, std::int64_t reply_to, const std::string& explain) {
    auto& c = turn_.after;
    std::string extra;
    wire::ObjectText members(extra);
    if (!reply.quick_replies.empty()) {
        std::string& list = members.open("quick_replies");
        char before = '[';
        for (const auto& one : reply.quick_replies) {
            list += before;
            wire::ObjectText own(list);
            own.put("label", one.label);
            own.put("choice", one.choice);
            own.close();
            before = ',';
        }
        list += ']';
    }
    if (!reply.products.empty()) members.put_raw("products", reply.products);
    if (!reply.comparison.empty()) members.put_raw("comparison", reply.comparison);
    if (!explain.empty())
        members.put_raw("explain", explain);
    else if (bot_.settings.explain)
        members.put_raw("explain", explain_json(reply, nullptr));
    if (members.empty())
        extra.clear();
    else
        members.close();
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

void Turning::system_says(std::string_view text) {
    auto& c = turn_.after;
    turn_.changes.messages.push_back(
        {c.row.id, ++c.row.seq, now_, "system", 0, {}, {}, 0, std::string(text), {}});
}

void Turning::note(Id agent, const std::string& name, const std::string& client_id, const std::string& text) {
    auto& c = turn_.after;
    turn_.changes.notes.push_back({c.row.id, ++c.row.note_seq, now_, agent, name, client_id, text});
}

void Turning::set_timer(std::string kind, std::optional<Time> due) {
    turn_.changes.timers.push_back({turn_.after.row.id, std::move(kind), due});
}

void Turning::open_inquiry(std::int64_t seq) {
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
    c.dialogue.suggested = false;
    c.dialogue.topics.clear();
    inquiry_changed_ = true;
    set_timer("inquiry", now_ + bot_.settings.inquiry_idle);
}

void Turning::close_inquiry(std::string by, std::string resolution, std::optional<Time> at) {
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

// What was asked of people who were not there outlives the visitor's silence: the request stays in the
// agents' queue with its clock, and a way to call back is still taken when it comes late.
void Turning::close_idle_inquiry(Time at) {
    auto& c = turn_.after;
    const bool wants_contact = c.handoff && c.dialogue.awaiting.starts_with("contact");
    const bool waits = c.handoff && c.inquiry->handoff_at && !c.inquiry->agent_first_at;
    close_inquiry("idle", {}, at);
    if (waits) c.unanswered.push_back(turn_.changes.inquiries.back());
    if (wants_contact) c.dialogue.awaiting = "contact";
}

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
