// An actor's side towards the agents who look at its conversation or own it.
#include <fmt/format.h>

#include <algorithm>

#include "bot/conversation/actor.hpp"
#include "bot/handoff/readiness.hpp"
#include "bot/handoff/summary.hpp"
#include "bot/wire/encode.hpp"

namespace maru {
namespace {

using nlohmann::json;

constexpr std::uint32_t history_limit = 200;

}  // namespace

void Actor::show(const std::shared_ptr<Client>& client, Id agent, std::int64_t after, bool quiet) {
    if (client->closed) return;
    const auto known =
        std::find_if(agents_.begin(), agents_.end(), [&](const Viewer& one) { return one.client == client; });
    if (known == agents_.end())
        agents_.push_back({client, agent, true});
    else
        known->open = true;
    if (!quiet) client->send(make_frame(conversation_frame(after)));
}

std::string Actor::conversation_frame(std::int64_t after) {
    auto messages = world_.store.messages(id_, after, shown_.seq, history_limit + 1);
    const bool more = messages.size() > history_limit;
    if (more) messages.erase(messages.begin());
    const auto& c = *state_;
    const auto bot = world_.bots.get();
    json head{
        {"type", "conversation"},
        {"conversation", to_text(id_)},
        {"epoch", shown_.epoch},
        {"state", shown_.state},
        {"locale", shown_.locale},
        {"seq", shown_.seq},
        {"visitor",
         {{"id", c.visitor.id},
          {"name", c.visitor.name},
          {"email", c.visitor.email},
          {"verified", c.visitor.verified},
          {"locale", shown_.locale},
          {"page", {{"url", c.visitor.page_url}, {"title", c.visitor.page_title}}}}},
        // As of now, whoever owns it: a person may look in before anybody has been asked for.
        {"summary", handoff::summary(c, *bot)},
        {"readiness", handoff::to_json(handoff::readiness(c, world_.clock.now(), bot->settings.readiness))},
        {"interests", handoff::interests(c, *bot)},
        {"labels", world_.store.labels(id_)}};
    if (shown_.agent != 0)
        head["agent"] = {{"id", to_text(shown_.agent)}, {"name", shown_.agent_name}};
    else
        head["agent"] = nullptr;
    if (!shown_.handoff_reason.empty()) head["reason"] = shown_.handoff_reason, head["team"] = shown_.team;
    if (more) head["more"] = true;
    auto text = head.dump();
    text.pop_back();
    text += R"(,"notes":[)";
    bool first = true;
    for (const auto& note : world_.store.notes(id_)) {
        if (note.seq > shown_.note_seq) break;
        if (!first) text += ',';
        first = false;
        text += wire::note_frame(note, to_text(id_));
    }
    text += R"(],"history":)";
    text += wire::messages_array(messages);
    text += '}';
    return text;
}

std::string Actor::messages_after(std::int64_t after) {
    return R"(,"missed":)" +
           wire::messages_array(world_.store.messages(id_, after, shown_.seq, history_limit));
}

void Actor::frame(const std::shared_ptr<Client>& client, const Staff& who, wire::AgentFrame frame,
                  std::chrono::steady_clock::time_point arrived) {
    used_ = std::chrono::steady_clock::now();
    const auto named = fmt::format(R"(,"conversation":"{}")", to_text(id_));
    Request plain{client, {}, false, {}, named, false, arrived};
    if (const auto* open = std::get_if<wire::Open>(&frame)) {
        show(client, who.id, open->after, false);
    } else if (std::holds_alternative<wire::Leave>(frame)) {
        // The owner only closes the view: the conversation is still theirs, and so is what is said in it.
        for (auto& viewer : agents_)
            if (viewer.client == client) viewer.open = false;
        drop_viewers();
    } else if (std::holds_alternative<wire::Accept>(frame)) {
        plain.id = to_text(id_);
        plain.accepts = who;
        run(AgentAccepted{who.id, who.name, who.team}, std::move(plain));
    } else if (auto* message = std::get_if<wire::AgentMessage>(&frame)) {
        Request request{client, message->id, true, {"agent", who.id, message->id}, named, true, arrived};
        on_agent_message(who, std::move(*message), std::move(request));
    } else if (auto* note = std::get_if<wire::Note>(&frame)) {
        Request request{client, note->id, true, {"note", who.id, note->id}, named, true, arrived};
        if (answered_before(request)) return;
        run(AgentNoted{who.id, who.name, note->id, std::move(note->text)}, std::move(request));
    } else if (const auto* typing = std::get_if<wire::AgentTyping>(&frame)) {
        if (shown_.agent != who.id) return;
        std::string name;
        wire::append_json(name, who.name);
        to_visitors(make_frame(fmt::format(
            R"({{"type":"typing","from":{{"role":"agent","name":{}}},"on":{}}})", name, typing->on)));
        to_agents(
            make_frame(fmt::format(
                R"({{"type":"typing","conversation":"{}","from":{{"role":"agent","name":{}}},"on":{}}})",
                to_text(id_), name, typing->on)),
            client.get());
    } else if (auto* transfer = std::get_if<wire::Transfer>(&frame)) {
        hand_over(who, std::move(*transfer), std::move(plain));
    } else if (auto* close = std::get_if<wire::Close>(&frame)) {
        run(AgentClosed{who.id, who.name, std::move(close->resolution)}, std::move(plain));
    } else if (auto* label = std::get_if<wire::Label>(&frame)) {
        run(Labelled{who.id, std::move(label->add), std::move(label->remove)}, std::move(plain));
    } else if (const auto* read = std::get_if<wire::AgentRead>(&frame)) {
        // Looking on is not reading in the visitor's eyes: only who will answer counts.
        if (shown_.agent != who.id) return;
        const auto seq = std::min(read->seq, shown_.seq);
        if (seq <= state_->agent_read) return;
        state_->agent_read = seq;
        to_visitors(make_frame(fmt::format(R"({{"type":"read","seq":{}}})", seq)));
        to_agents(make_frame(fmt::format(
                      R"({{"type":"read","conversation":"{}","from":{{"role":"agent"}},"seq":{}}})",
                      to_text(id_), seq)),
                  client.get());
    }
}

void Actor::hand_over(const Staff& who, wire::Transfer transfer, Request request) {
    AgentTransferred what{who.id, who.name, 0, {}, transfer.team, transfer.bot, std::move(transfer.note)};
    if (!transfer.team.empty() && world_.desk != nullptr && !world_.desk->has_team(transfer.team))
        return answer_error(request, wire::ErrorCode::not_found,
                            fmt::format("there is no team \"{}\"", transfer.team));
    if (!transfer.agent.empty()) {
        const auto to = world_.desk != nullptr ? world_.desk->find(transfer.agent) : std::nullopt;
        if (!to)
            return answer_error(request, wire::ErrorCode::not_found,
                                fmt::format("there is no agent \"{}\"", transfer.agent));
        if (to->id != who.id && !world_.desk->is_here(to->id))
            return answer_error(request, wire::ErrorCode::unavailable,
                                fmt::format("{} is not online; hand over to a team instead", to->name));
        what.to_agent = to->id;
        what.to_agent_name = to->name;
    }
    run(std::move(what), std::move(request));
}

void Actor::on_agent_message(const Staff& who, wire::AgentMessage message, Request request) {
    if (answered_before(request)) return;
    const auto& c = *state_;
    if (message.epoch && *message.epoch != c.row.epoch)
        return answer_error(
            request, wire::ErrorCode::conflict,
            "this conversation has changed hands since; read what was missed",
            fmt::format(R"(,"epoch":{}{})", c.row.epoch, messages_after(message.after.value_or(0))));
    if (message.after && *message.after < c.visitor_seq) request.more += messages_after(*message.after);
    run(AgentSaid{who.id, who.name, message.id, std::move(message.text), std::move(message.products)},
        std::move(request));
}

}  // namespace maru
