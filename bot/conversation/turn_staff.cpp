// What a turn makes of what agents do, and the handoffs that lead to them.
#include <fmt/format.h>

#include <algorithm>

#include "bot/conversation/say.hpp"
#include "bot/conversation/turning.hpp"
#include "bot/handoff/readiness.hpp"
#include "bot/handoff/summary.hpp"

namespace maru {

using nlohmann::json;

namespace {

// A phone number or an e-mail address among what is personal in a message, which may be an order's number,
// too; empty: none.
std::string contact_in(const std::vector<std::string>& personal) {
    constexpr std::ptrdiff_t least = 9;  // digits of a phone number
    for (const auto& one : personal) {
        const auto digits =
            std::count_if(one.begin(), one.end(), [](char c) { return c >= '0' && c <= '9'; });
        const bool dialled = (one.starts_with('0') || one.starts_with('+')) && digits >= least;
        if (dialled || one.find('@') != std::string::npos) return one;
    }
    return {};
}

}  // namespace

Turn Turning::on(const AgentAccepted& e) {
    auto& c = turn_.after;
    // Asked again, from a second tab or because the first answer got lost: it is theirs, and they are shown
    // it.
    if (c.row.state == "agent" && c.row.agent == e.agent)
        return finish("agent_accepted", {{"agent", e.agent}, {"again", true}});
    if (c.row.state == "agent")
        return refuse(wire::ErrorCode::conflict,
                      fmt::format("{} has this conversation already", c.agent_name));
    if (!c.handoff)
        return refuse(wire::ErrorCode::conflict, "nobody is waiting in this conversation any more");
    c.handoff->state = "accepted";
    c.handoff->agent = e.agent;
    if (!c.handoff->accepted_at) c.handoff->accepted_at = now_;
    handoff_changed_ = true;
    if (!c.inquiry && !c.unanswered.empty()) {
        // The matter that went quiet while nobody was there goes on with the agent.
        c.inquiry = std::move(c.unanswered.back());
        c.unanswered.pop_back();
        c.inquiry->closed_at.reset();
        c.inquiry->closed_by.clear();
        inquiry_changed_ = true;
    }
    each_asked([&](store::InquiryRow& inquiry) {
        if (inquiry.accepted_at) return false;
        inquiry.accepted_at = now_;
        inquiry.agent = e.agent;
        if (inquiry.team.empty()) inquiry.team = e.team;
        return true;
    });
    give_to_agent(e.agent, e.name);
    return finish("agent_accepted", {{"agent", e.agent}});
}

Turn Turning::on(const AgentSaid& e) {
    auto& c = turn_.after;
    if (c.row.state != "agent")
        return refuse(wire::ErrorCode::forbidden, "accept this conversation before writing in it");
    if (c.row.agent != e.agent)
        return refuse(wire::ErrorCode::forbidden, fmt::format("{} has this conversation", c.agent_name));
    for (const auto& product : e.products)
        if (!bot_.catalog || bot_.catalog->find(product) == nullptr)
            return refuse(wire::ErrorCode::not_found,
                          fmt::format("there is no product \"{}\"; nothing was sent", product));
    json extra = json::object();
    if (!e.products.empty()) extra["products"] = json::parse(product_cards(e.products, c.row.locale, bot_));
    store::MessageRow said{c.row.id, ++c.row.seq, now_, "agent", e.agent,
                           e.name,   e.client_id, 0,    e.text,  extra.empty() ? "" : extra.dump()};
    turn_.changes.messages.push_back(std::move(said));
    each_asked([&](store::InquiryRow& inquiry) {
        if (!inquiry.handoff_at || inquiry.agent_first_at) return false;
        inquiry.agent_first_at = now_;
        return true;
    });
    return finish("agent_said", {{"agent", e.agent}, {"seq", c.row.seq}});
}

Turn Turning::on(const AgentNoted& e) {
    note(e.agent, e.name, e.client_id, e.text);
    return finish("agent_noted", {{"agent", e.agent}, {"seq", turn_.after.row.note_seq}});
}

Turn Turning::on(const AgentTransferred& e) {
    auto& c = turn_.after;
    if (c.row.state != "agent" || c.row.agent != e.agent)
        return refuse(wire::ErrorCode::forbidden,
                      "only the agent who has this conversation can hand it over");
    if (e.to_agent == e.agent) return refuse(wire::ErrorCode::conflict, "you have this conversation already");
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

Turn Turning::on(const AgentClosed& e) {
    auto& c = turn_.after;
    if (c.row.state == "agent" && c.row.agent != e.agent)
        return refuse(wire::ErrorCode::forbidden, fmt::format("{} has this conversation", c.agent_name));
    if (!c.handoff && (c.row.state == "closed" || !c.inquiry))
        return refuse(wire::ErrorCode::conflict, "this conversation is closed already");
    const auto inquiry = c.inquiry ? c.inquiry->id : c.handoff->inquiry;
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

Turn Turning::on(const Labelled& e) {
    for (const auto& label : e.add) turn_.changes.labels.push_back({label, true});
    for (const auto& label : e.remove) turn_.changes.labels.push_back({label, false});
    return finish("labelled", {{"agent", e.agent}, {"add", e.add}, {"remove", e.remove}});
}

Turn Turning::on(const AgentLost& e) {
    auto& c = turn_.after;
    if (c.row.state != "agent" || c.row.agent != e.agent)
        return refuse(wire::ErrorCode::conflict, "another owner has it already");
    back_to_queue("agent_requeued");
    return finish("agent_lost", {{"agent", e.agent}});
}

void Turning::each_asked(const std::function<bool(store::InquiryRow&)>& change) {
    auto& c = turn_.after;
    if (c.inquiry && change(*c.inquiry)) inquiry_changed_ = true;
    for (auto& inquiry : c.unanswered)
        if (change(inquiry)) turn_.changes.inquiries.push_back(inquiry);
}

void Turning::offer(std::int64_t reply_to) {
    auto& c = turn_.after;
    bot_says(offer_reply(bot_, c.row.locale), reply_to, {});
    c.dialogue.offered = true;
    c.dialogue.awaiting = "handoff_offer";
    c.dialogue.offer_reason = "ready";
    was_offered_ = true;
    turn_.notices.push_back(HandoffNotice{"offered", "ready", {}});
}

void Turning::request_handoff(const HandoffRequest& request, std::int64_t reply_to, const Response* why) {
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
        c.dialogue.contact_left = false;
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
    const auto contact = why != nullptr ? contact_in(why->personal) : std::string();
    Reply reply;
    reply.source = "handoff";
    if (available) {
        c.row.state = "queued";
        ++c.row.epoch;
        c.dialogue.awaiting.clear();
        reply.text = phrase("queued");
        reply.quick_replies = {{std::string(phrase("queue_cancel")), "handoff:cancel"}};
    } else if (c.dialogue.contact_left && contact.empty()) {
        reply.text = phrase("contact_known");
    } else {
        const auto days = std::chrono::duration_cast<std::chrono::days>(bot_.settings.contact.retain).count();
        const auto consent = fill(phrase("consent"), {{"days", std::to_string(days)}});
        reply.text =
            fill(phrase(event_.facts.open ? "offline_busy" : "offline_hours"), {{"consent", consent}});
        reply.quick_replies = {{std::string(phrase("contact_skip")), "contact:skip"}};
        // "Call me at 010-…": consent needs no second typing of it.
        if (!contact.empty())
            reply.quick_replies.insert(
                reply.quick_replies.begin(),
                {fill(phrase("contact_use"), {{"contact", contact}}), "say:" + contact});
        c.dialogue.awaiting = "contact";
    }
    std::string explain;
    if (bot_.settings.explain && why != nullptr) explain = explain_json(reply, why);
    bot_says(reply, reply_to, explain);
    turn_.notices.push_back(HandoffNotice{c.handoff->state, request.reason, {}});
    turn_.ownership_changed = true;
}

void Turning::give_to_agent(Id agent, const std::string& name) {
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

void Turning::back_to_queue(std::string_view why) {
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

void Turning::close_handoff(const std::string& state) {
    auto& c = turn_.after;
    if (!c.handoff) return;
    c.handoff->state = state;
    c.handoff->closed_at = now_;
    turn_.changes.handoffs.push_back(*c.handoff);
    turn_.notices.push_back(HandoffNotice{state, c.handoff->reason, {}});
    c.handoff.reset();
    c.unanswered.clear();
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

}  // namespace maru
