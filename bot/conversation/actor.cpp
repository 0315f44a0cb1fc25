#include "bot/conversation/actor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/conversation/commit.hpp"
#include "bot/conversation/identity.hpp"
#include "bot/wire/encode.hpp"

namespace maru {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

constexpr auto rest_after = 20s;

}  // namespace

bool Actor::load() {
    used_ = std::chrono::steady_clock::now();
    if (state_) return true;
    auto row = world_.store.load(id_);
    if (!row) return false;
    state_ = std::make_unique<Conversation>(from_row(std::move(*row)));
    shown_ = shown_of(*state_);
    seen_.forget();
    return true;
}

Actor::Shown Actor::shown_of(const Conversation& c) {
    Shown s;
    s.state = c.row.state;
    s.locale = c.row.locale;
    s.agent = c.row.agent;
    s.agent_name = c.agent_name;
    s.epoch = c.row.epoch;
    s.seq = c.row.seq;
    s.note_seq = c.row.note_seq;
    s.visitor_seq = c.visitor_seq;
    s.survey = c.survey;
    if (c.handoff) {
        s.handoff_state = c.handoff->state;
        s.handoff_reason = c.handoff->reason;
        s.team = c.handoff->team;
        s.requested_at = c.handoff->requested_at;
    } else if (c.dialogue.awaiting == "handoff_offer") {
        s.handoff_state = "offered";
        s.handoff_reason = c.dialogue.offer_reason;
    }
    return s;
}

std::shared_ptr<const Bot> Actor::bot_for(const Conversation& c) const {
    auto bot = world_.bots.get();
    if (c.dialogue.pinned.empty() || c.dialogue.pinned == bot->version || !world_.old_bot) return bot;
    if (auto old = world_.old_bot(c.dialogue.pinned)) return old;
    return bot;
}

Facts Actor::facts() const {
    auto now = world_.desk != nullptr ? world_.desk->facts() : Facts{};
    now.open = world_.bots.get()->settings.hours.open_at(world_.clock.now());
    return now;
}

// ---- turns

bool Actor::run(decltype(Event::what) what, Request request) {
    used_ = std::chrono::steady_clock::now();
    auto bot = bot_for(*state_);
    Event event{world_.ids.next(), world_.clock.now(), std::move(what), facts()};
    Turn turn = take_turn(*state_, event, *bot);
    if (turn.refused) {
        world_.counters.refused.fetch_add(1, std::memory_order_relaxed);
        answer_error(request, turn.refused->code, std::move(turn.refused->message));
        return false;
    }
    submit(std::move(turn), std::move(request));
    return true;
}

void Actor::submit(Turn turn, Request request) {
    auto commit = std::make_unique<Commit>(*this);
    auto& changes = turn.changes;
    commit->ack_at = turn.after.last_at;
    for (const auto& message : changes.messages) {
        const bool own =
            !request.key.empty() && !message.client_id.empty() && message.client_id == request.id;
        if (own) commit->ack_seq = message.seq;
        commit->messages.push_back({make_frame(wire::message_frame(message, true)), own});
        auto& counter = message.role == "visitor" ? world_.counters.visitor_messages
                        : message.role == "agent" ? world_.counters.agent_messages
                                                  : world_.counters.bot_messages;
        counter.fetch_add(1, std::memory_order_relaxed);
    }
    for (const auto& note : changes.notes) {
        const bool own = !request.key.empty() && note.client_id == request.id;
        if (own) commit->ack_seq = note.seq;
        commit->notes.push_back({make_frame(wire::note_frame(note, to_text(id_))), own});
    }
    commit->notices = std::move(turn.notices);
    commit->timers = changes.timers;
    commit->labels_changed = !changes.labels.empty();
    seen_.add(request.key, commit->ack_seq, commit->ack_at);
    *state_ = std::move(turn.after);
    commit->shown = shown_of(*state_);
    if (turn.ownership_changed) commit->item = item();
    commit->request = std::move(request);
    send_to_store(std::move(changes), std::move(commit));
}

void Actor::send_to_store(store::Transition changes, std::unique_ptr<Commit> commit) {
    ++pending_;
    std::unique_ptr<store::Waiter> waiter = std::move(commit);
    if (!world_.store.submit(std::move(changes), world_.shard, waiter))
        waiter->done(store::CommitResult::failed);
}

void Actor::committed(Commit& commit) {
    if (commit.incarnation != incarnation_) return;
    const auto& request = commit.request;
    shown_ = std::move(commit.shown);
    seen_.settle(request.key);
    for (const auto& timer : commit.timers) world_.set_timer(timer.conversation, timer.kind, timer.due_at);
    if (commit.joins && !commit.joins->closed) {
        visitors_.push_back(commit.joins);
        commit.joins->send(make_frame(welcome(commit.token, false, 0)));
    }
    if (request.client && request.acked) {
        request.client->send(
            make_frame(wire::ack_frame(request.id, commit.ack_seq, commit.ack_at, request.more)));
        if (request.windowed) request.client->settled();
    }
    for (auto i = waiting_acks_.begin(); i != waiting_acks_.end();) {
        if (!(i->key == request.key)) {
            ++i;
            continue;
        }
        i->client->send(make_frame(wire::ack_frame(i->id, commit.ack_seq, commit.ack_at)));
        if (i->windowed) i->client->settled();
        i = waiting_acks_.erase(i);
    }
    if (!commit.joins) {
        for (const auto& line : commit.messages)
            to_visitors(line.frame, line.own ? request.client.get() : nullptr);
    }
    if (!agents_.empty()) {
        const auto conversation = to_text(id_);
        for (const auto& line : commit.messages) {
            // The visitor's frame with the conversation named.
            static constexpr std::string_view head = R"({"type":"message",)";
            std::string text(head);
            text += R"("conversation":")" + conversation + R"(",)";
            text += std::string_view(*line.frame).substr(head.size());
            to_agents(make_frame(std::move(text)), line.own ? request.client.get() : nullptr);
        }
        for (const auto& line : commit.notes)
            to_agents(line.frame, line.own ? request.client.get() : nullptr);
    }
    for (const auto& notice : commit.notices) {
        json frame;
        if (const auto* handoff = std::get_if<HandoffNotice>(&notice)) {
            frame = {{"type", "handoff"}, {"state", handoff->state}};
            if (!handoff->reason.empty()) frame["reason"] = handoff->reason;
            if (!handoff->agent.empty()) frame["agent"] = {{"name", handoff->agent}};
            if (handoff->state == "queued" && world_.desk != nullptr) {
                const auto place = world_.desk->place(shown_.team, shown_.requested_at);
                frame["position"] = place.position;
                frame["wait_s"] = place.wait_s;
                if (commit.item) commit.item->told_position = place.position;
            }
            if (handoff->state == "queued" || handoff->state == "offline")
                world_.counters.handoffs.fetch_add(1, std::memory_order_relaxed);
        } else if (const auto* survey = std::get_if<SurveyNotice>(&notice)) {
            frame = survey_frame(*survey, shown_.locale);
        }
        const auto text = frame.dump();
        if (!commit.joins) to_visitors(make_frame(text));
        frame["conversation"] = to_text(id_);
        to_agents(make_frame(frame.dump()));
    }
    if (commit.labels_changed && !agents_.empty())
        to_agents(make_frame(
            json{{"type", "labels"}, {"conversation", to_text(id_)}, {"labels", world_.store.labels(id_)}}
                .dump()));
    // After the messages of its own acceptance: those are in the history it gets.
    if (request.accepts) show(request.client, request.accepts->id, 0, false);
    drop_viewers();
    if (commit.item && world_.desk != nullptr) world_.desk->changed(std::move(*commit.item));
    if (pending_ == 0) seen_.trim();
    if (request.arrived.time_since_epoch().count() != 0 && world_.turn_latency)
        world_.turn_latency(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - request.arrived).count());
}

void Actor::failed(Commit& commit, store::CommitResult result) {
    world_.counters.unavailable.fetch_add(1, std::memory_order_relaxed);
    answer_error(commit.request, wire::ErrorCode::unavailable,
                 result == store::CommitResult::stale
                     ? "this conversation has just changed elsewhere; send it again"
                     : "this could not be stored right now; nothing was lost, send it again in a moment");
    if (commit.joins) {
        // Never opened.
        commit.joins->send(make_frame(wire::encode(
            {wire::ErrorCode::unavailable, "the conversation could not be stored; say hello again"})));
        commit.joins->hello_refused();
    }
    for (auto i = waiting_acks_.begin(); i != waiting_acks_.end();) {
        if (!(i->key == commit.request.key)) {
            ++i;
            continue;
        }
        answer_error(*i, wire::ErrorCode::unavailable,
                     "this could not be stored right now; send it again in a moment");
        i = waiting_acks_.erase(i);
    }
    if (commit.incarnation != incarnation_) return;
    // What ran ahead in memory never happened: the next event reads the conversation as it is on the disk.
    ++incarnation_;
    state_.reset();
    seen_.forget();
}

void Actor::answer_error(const Request& request, wire::ErrorCode code, std::string message,
                         std::string_view further) {
    if (!request.client) return;
    auto text = wire::encode({code, std::move(message), request.id});
    text.pop_back();
    text += request.more;
    text += further;
    text += '}';
    request.client->send(make_frame(std::move(text)));
    if (request.windowed) request.client->settled();
}

bool Actor::answered_before(const Request& request) {
    const auto seen = seen_.find(request.key);
    if (!seen) return false;
    if (!seen->durable) {
        // The commit that is on its way carries the answer.
        waiting_acks_.push_back(request);
        return true;
    }
    request.client->send(make_frame(wire::ack_frame(request.id, seen->seq, seen->at, request.more)));
    if (request.windowed) request.client->settled();
    return true;
}

// ---- the world

void Actor::timer(const std::string& kind) {
    run(TimerDue{kind}, {});
}

void Actor::owner_lost(Id agent) {
    run(AgentLost{agent}, {});
}

void Actor::queue_position(int position, double wait_s) {
    if (shown_.handoff_state != "queued") return;
    to_visitors(make_frame(json{{"type", "handoff"},
                                {"state", "queued"},
                                {"position", position},
                                {"wait_s", wait_s},
                                {"reason", shown_.handoff_reason}}
                               .dump()));
}

handoff::Item Actor::item() const {
    const auto& c = *state_;
    handoff::Item item;
    item.conversation = id_;
    item.state = c.row.state;
    item.agent = c.row.agent;
    item.agent_name = c.agent_name;
    item.epoch = c.row.epoch;
    item.locale = c.row.locale;
    item.visitor = c.visitor.name;
    if (c.handoff) {
        item.waiting = c.row.state != "agent";
        item.handoff_state = c.handoff->state;
        item.reason = c.handoff->reason;
        item.team = c.handoff->team;
        item.since = c.handoff->requested_at;
        item.context = c.handoff->context;
    }
    return item;
}

void Actor::to_visitors(const Frame& frame, const Client* but) {
    for (const auto& client : visitors_)
        if (client.get() != but) client->send(frame);
}

void Actor::to_agents(const Frame& frame, const Client* but) {
    for (const auto& viewer : agents_)
        if (viewer.client.get() != but) viewer.client->send(frame);
}

void Actor::drop_viewers() {
    std::erase_if(agents_, [&](const Viewer& one) { return !one.open && one.agent != shown_.agent; });
}

bool Actor::rest(std::chrono::steady_clock::time_point now) {
    if (pending_ > 0 || now - used_ < rest_after) return false;
    state_.reset();
    seen_.forget();
    return !watched();
}

}  // namespace maru
