#include "bot/conversation/actor.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "bot/conversation/identity.hpp"
#include "bot/wire/encode.hpp"

namespace maru {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

constexpr std::uint32_t history_limit = 200;
constexpr std::uint32_t most_known = 4096;  // ids kept in memory per conversation
constexpr auto rest_after = 20s;

std::string visitor_key(std::string_view id) {
    return "v:" + std::string(id);
}
std::string event_key(std::string_view id) {
    return "e:" + std::string(id);
}
std::string agent_key(Id agent, std::string_view id) {
    return fmt::format("a{}:{}", agent, id);
}
std::string note_key(Id agent, std::string_view id) {
    return fmt::format("n{}:{}", agent, id);
}

}  // namespace

// A change on its way to the disk, and what is told when it got there.
struct Actor::Commit final : store::Waiter {
    explicit Commit(Actor& a) : actor(a), incarnation(a.incarnation_) {}
    void done(store::CommitResult result) noexcept override {
        --actor.pending_;
        try {
            if (result == store::CommitResult::committed)
                actor.committed(*this);
            else
                actor.failed(*this, result);
        } catch (const std::exception& e) {
            spdlog::error("conversation {}: after a commit: {}", to_text(actor.id_), e.what());
            actor.failed(*this, store::CommitResult::failed);
        }
    }

    Actor& actor;
    const int incarnation;
    Request request;
    std::int64_t ack_seq = 0;
    Time ack_at{};
    struct Line {
        Frame frame;
        bool own = false;  // the requester has it already: it gets the ack
    };
    std::vector<Line> messages, notes;
    std::vector<Notice> notices;
    std::vector<store::TimerRow> timers;
    Shown shown;
    std::optional<handoff::Item> item;
    Facts facts;
    std::shared_ptr<Client> joins;  // gets the welcome of a new conversation
    std::string token;
};

bool Actor::load() {
    used_ = std::chrono::steady_clock::now();
    if (state_) return true;
    auto row = world_.store.load(id_);
    if (!row) return false;
    state_ = std::make_unique<Conversation>(from_row(std::move(*row)));
    shown_ = shown_of(*state_);
    forget_ids();
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
// -----------------------------------------------------------------------------------------------------------

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
    if (!request.key.empty()) known_.emplace(request.key, Known{commit->ack_seq, commit->ack_at, false});
    *state_ = std::move(turn.after);
    commit->shown = shown_of(*state_);
    commit->facts = facts();
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
    if (const auto known = known_.find(request.key); known != known_.end()) known->second.durable = true;
    for (const auto& timer : commit.timers) world_.set_timer(timer.conversation, timer.kind, timer.due_at);
    if (commit.joins && !commit.joins->closed) {
        visitors_.push_back(commit.joins);
        commit.joins->send(make_frame(welcome(commit.token, false, 0)));
    }
    if (request.client && request.acked) {
        request.client->send(
            make_frame(wire::ack_frame(request.id, commit.ack_seq, commit.ack_at, request.ack_more)));
        if (request.windowed) request.client->settled();
    }
    for (auto i = waiting_acks_.begin(); i != waiting_acks_.end();) {
        if (i->key != request.key) {
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
            if (handoff->state == "queued") {
                frame["position"] = commit.facts.queue_length + 1;
                frame["wait_s"] = commit.facts.wait_s;
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
    // After the messages of its own acceptance: those are in the history it gets.
    if (request.accepts) show(request.client, 0, false);
    if (commit.item && world_.desk != nullptr) world_.desk->changed(std::move(*commit.item));
    if (known_.size() > most_known && pending_ == 0) forget_ids();
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
        // Never opened: the client says hello again.
        commit.joins->send(make_frame(wire::encode(
            {wire::ErrorCode::unavailable, "the conversation could not be stored; say hello again"})));
        commit.joins->close(Closing::going_away);
    }
    for (auto i = waiting_acks_.begin(); i != waiting_acks_.end();) {
        if (i->key != commit.request.key) {
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
    forget_ids();
}

void Actor::answer_error(const Request& request, wire::ErrorCode code, std::string message,
                         std::string_view more) {
    if (!request.client) return;
    auto text = wire::encode({code, std::move(message), request.id});
    if (!more.empty()) text.insert(text.size() - 1, more);
    request.client->send(make_frame(std::move(text)));
    if (request.windowed) request.client->settled();
}

void Actor::forget_ids() {
    known_.clear();
    known_loaded_ = known_complete_ = false;
}

// One read per loaded conversation instead of one per message.
void Actor::learn_ids() {
    known_loaded_ = true;
    const auto ids = world_.store.client_ids(id_, most_known);
    known_complete_ = ids.size() < most_known;
    for (const auto& one : ids) {
        const auto key = one.kind == "visitor" ? visitor_key(one.client_id)
                         : one.kind == "event" ? event_key(one.client_id)
                         : one.kind == "note"  ? note_key(one.agent, one.client_id)
                                               : agent_key(one.agent, one.client_id);
        known_.emplace(key, Known{one.seq, one.at, true});
    }
}

bool Actor::answered_before(const Request& request, std::string_view role, Id agent) {
    if (!known_loaded_) learn_ids();
    if (const auto known = known_.find(request.key); known != known_.end()) {
        // A later commit carries the answer when the first is still on its way.
        if (!known->second.durable) {
            waiting_acks_.push_back(request);
            return true;
        }
        request.client->send(make_frame(wire::ack_frame(request.id, known->second.seq, known->second.at)));
        if (request.windowed) request.client->settled();
        return true;
    }
    if (known_complete_) return false;
    std::int64_t seq = 0;
    Time at = world_.clock.now();
    if (role == "event") {
        if (!world_.store.has_storefront_event(id_, request.id)) return false;
    } else if (role == "note") {
        const auto notes = world_.store.notes(id_);
        const auto found = std::find_if(notes.begin(), notes.end(), [&](const store::NoteRow& one) {
            return one.agent == agent && one.client_id == request.id;
        });
        if (found == notes.end()) return false;
        seq = found->seq, at = found->at;
    } else {
        const auto found = world_.store.message_by_client_id(id_, role, agent, request.id);
        if (!found) return false;
        seq = found->seq, at = found->at;
    }
    request.client->send(make_frame(wire::ack_frame(request.id, seq, at)));
    if (request.windowed) request.client->settled();
    return true;
}

// ---- visitors
// --------------------------------------------------------------------------------------------------------

void Actor::open(const std::shared_ptr<Client>& client, const wire::Hello& hello, const std::string& site) {
    state_ = std::make_unique<Conversation>();
    state_->row.id = id_;
    known_loaded_ = known_complete_ = true;
    const auto bot = world_.bots.get();
    const auto& locales = bot->settings.locales;
    const auto token = random_token();
    Opened opened;
    opened.site = site;
    opened.channel = "web";
    opened.locale = std::find(locales.begin(), locales.end(), hello.locale) != locales.end()
                        ? hello.locale
                        : locales.front();
    opened.token_hash = hash_token(token);
    if (hello.page) opened.page = *hello.page;
    Event event{world_.ids.next(), world_.clock.now(), std::move(opened), facts()};
    Turn turn = take_turn(*state_, event, *bot);
    if (hello.identity)
        turn.after.visitor = identified(*hello.identity, site, bot->settings, turn.after.visitor);
    turn.changes.conversation.data = to_data(turn.after);

    auto commit = std::make_unique<Commit>(*this);
    commit->joins = client;
    commit->token = token;
    commit->ack_at = turn.after.last_at;
    *state_ = std::move(turn.after);
    commit->shown = shown_of(*state_);
    send_to_store(std::move(turn.changes), std::move(commit));
}

bool Actor::resume(const std::shared_ptr<Client>& client, const wire::Hello& hello) {
    const auto hash = hash_token(hello.token);
    const auto& own = state_->row.token_hash;
    if (own.size() != hash.size() || sodium_memcmp(own.data(), hash.data(), hash.size()) != 0) return false;
    const auto bot = world_.bots.get();
    if (hello.page) {
        // Kept with the next change; a reload alone is not worth a commit.
        state_->visitor.page_url = hello.page->url;
        state_->visitor.page_title = hello.page->title;
    }
    if (hello.identity) {
        auto visitor = identified(*hello.identity, state_->row.site, bot->settings, state_->visitor);
        if (visitor.id != state_->visitor.id || visitor.name != state_->visitor.name ||
            visitor.email != state_->visitor.email)
            (void)run(Identified{std::move(visitor)}, {});
    }
    if (client->closed) return true;
    if (std::find(visitors_.begin(), visitors_.end(), client) == visitors_.end()) visitors_.push_back(client);
    client->send(make_frame(welcome(hello.token, true, hello.after)));
    return true;
}

std::string Actor::welcome(const std::string& token, bool resumed, std::int64_t after) {
    const auto bot = world_.bots.get();
    auto messages = world_.store.messages(id_, after, shown_.seq, history_limit + 1);
    const bool more = messages.size() > history_limit;
    if (more) messages.erase(messages.begin());
    json head{{"type", "welcome"},
              {"conversation", to_text(id_)},
              {"token", token},
              {"resumed", resumed},
              {"state", shown_.state},
              {"locale", shown_.locale},
              {"bot", {{"name", bot->settings.name.pick(shown_.locale)}}},
              {"seq", shown_.seq}};
    if (!bot->settings.avatar.empty()) head["bot"]["avatar"] = bot->settings.avatar;
    if (shown_.agent != 0) head["agent"] = {{"name", shown_.agent_name}};
    if (!shown_.handoff_state.empty()) {
        head["handoff"] = {{"state", shown_.handoff_state}, {"reason", shown_.handoff_reason}};
        if (shown_.agent != 0) head["handoff"]["agent"] = {{"name", shown_.agent_name}};
    }
    if (shown_.survey)
        head["survey"] = survey_frame({shown_.survey->id, shown_.survey->kind,
                                       std::string(bot->settings.phrases("csat", shown_.locale))},
                                      shown_.locale);
    if (more) head["more"] = true;
    auto text = head.dump();
    text.pop_back();
    text += R"(,"history":)";
    text += wire::messages_array(messages);
    text += '}';
    return text;
}

std::string Actor::history(std::int64_t before, std::uint32_t limit) {
    const auto upto = std::min(before - 1, shown_.seq);
    auto messages =
        upto < 1 ? std::vector<store::MessageRow>() : world_.store.messages(id_, 0, upto, limit + 1);
    const bool more = messages.size() > limit;
    if (more) messages.erase(messages.begin());
    return fmt::format(R"("messages":{},"more":{}}})", wire::messages_array(messages), more);
}

void Actor::frame(const std::shared_ptr<Client>& client, wire::VisitorFrame frame,
                  std::chrono::steady_clock::time_point arrived) {
    used_ = std::chrono::steady_clock::now();
    if (auto* message = std::get_if<wire::VisitorMessage>(&frame)) {
        Request request{client, message->id, true, visitor_key(message->id), {}, true, arrived};
        if (answered_before(request, "visitor", 0)) return;
        run(VisitorSaid{message->id, message->text.value_or(""), message->choice.value_or("")},
            std::move(request));
    } else if (auto* event = std::get_if<wire::StorefrontEvent>(&frame)) {
        Request request{client, event->id, true, event_key(event->id), {}, true, arrived};
        if (answered_before(request, "event", 0)) return;
        world_.counters.events.fetch_add(1, std::memory_order_relaxed);
        run(VisitorDid{std::move(*event)}, std::move(request));
    } else if (const auto* wanted = std::get_if<wire::HistoryRequest>(&frame)) {
        client->send(make_frame(R"({"type":"history",)" + history(wanted->before, wanted->limit)));
    } else if (const auto* typing = std::get_if<wire::Typing>(&frame)) {
        to_agents(make_frame(
            fmt::format(R"({{"type":"typing","conversation":"{}","from":{{"role":"visitor"}},"on":{}}})",
                        to_text(id_), typing->on)));
    } else if (const auto* read = std::get_if<wire::Read>(&frame)) {
        const auto seq = std::min(read->seq, shown_.seq);
        if (seq <= state_->visitor_read) return;
        state_->visitor_read = seq;
        to_agents(make_frame(
            fmt::format(R"({{"type":"read","conversation":"{}","from":{{"role":"visitor"}},"seq":{}}})",
                        to_text(id_), seq)));
    } else if (auto* answer = std::get_if<wire::SurveyAnswer>(&frame)) {
        run(SurveyAnswered{parse_id(answer->survey).value_or(0), answer->score, std::move(answer->comment)},
            {client, answer->survey, false, {}, {}, true, arrived});
    } else if (std::holds_alternative<wire::End>(frame)) {
        run(VisitorEnded{}, {client, {}, false, {}, {}, false, arrived});
    }
}

void Actor::gone(const std::shared_ptr<Client>& client) {
    std::erase(visitors_, client);
    std::erase(agents_, client);
}

// ---- agents
// ----------------------------------------------------------------------------------------------------------

void Actor::show(const std::shared_ptr<Client>& client, std::int64_t after, bool quiet) {
    if (client->closed) return;
    if (!shows(client)) agents_.push_back(client);
    if (!quiet) client->send(make_frame(conversation_frame(after)));
}

std::string Actor::conversation_frame(std::int64_t after) {
    auto messages = world_.store.messages(id_, after, shown_.seq, history_limit + 1);
    const bool more = messages.size() > history_limit;
    if (more) messages.erase(messages.begin());
    const auto& c = *state_;
    const auto bot = world_.bots.get();
    json context = c.handoff ? json::parse(c.handoff->context, nullptr, false) : json();
    json head{{"type", "conversation"},
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
              {"summary", context.is_object() ? context.value("summary", "") : ""},
              {"readiness", context.is_object() && context.contains("readiness")
                                ? context["readiness"]
                                : json{{"score", 0}, {"signals", json::array()}}},
              {"interests",
               context.is_object() && context.contains("interests") ? context["interests"] : json::array()},
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
    Request plain{client, {}, false, {}, {}, false, arrived};
    if (const auto* open = std::get_if<wire::Open>(&frame)) {
        show(client, open->after, false);
    } else if (std::holds_alternative<wire::Leave>(frame)) {
        std::erase(agents_, client);
    } else if (std::holds_alternative<wire::Accept>(frame)) {
        Event event{world_.ids.next(), world_.clock.now(), AgentAccepted{who.id, who.name, who.team},
                    facts()};
        auto bot = world_.bots.get();
        Turn turn = take_turn(*state_, event, *bot);
        if (turn.refused) {
            plain.id = to_text(id_);
            answer_error(plain, turn.refused->code, std::move(turn.refused->message),
                         fmt::format(R"(,"conversation":"{}")", to_text(id_)));
            return;
        }
        plain.accepts = who;
        submit(std::move(turn), std::move(plain));
    } else if (auto* message = std::get_if<wire::AgentMessage>(&frame)) {
        Request request{client,
                        message->id,
                        true,
                        agent_key(who.id, message->id),
                        fmt::format(R"(,"conversation":"{}")", to_text(id_)),
                        true,
                        arrived};
        on_agent_message(who, std::move(*message), std::move(request));
    } else if (auto* note = std::get_if<wire::Note>(&frame)) {
        Request request{client,
                        note->id,
                        true,
                        note_key(who.id, note->id),
                        fmt::format(R"(,"conversation":"{}")", to_text(id_)),
                        true,
                        arrived};
        if (answered_before(request, "note", who.id)) return;
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
        AgentTransferred what{
            who.id, who.name, 0, {}, transfer->team, transfer->bot, std::move(transfer->note)};
        if (!transfer->team.empty() && world_.desk != nullptr && !world_.desk->has_team(transfer->team))
            return answer_error(plain, wire::ErrorCode::not_found,
                                fmt::format("there is no team \"{}\"", transfer->team));
        if (!transfer->agent.empty()) {
            const auto to = world_.desk != nullptr ? world_.desk->find(transfer->agent) : std::nullopt;
            if (!to)
                return answer_error(plain, wire::ErrorCode::not_found,
                                    fmt::format("there is no agent \"{}\"", transfer->agent));
            what.to_agent = to->id;
            what.to_agent_name = to->name;
        }
        run(std::move(what), std::move(plain));
    } else if (auto* close = std::get_if<wire::Close>(&frame)) {
        run(AgentClosed{who.id, who.name, std::move(close->resolution)}, std::move(plain));
    } else if (auto* label = std::get_if<wire::Label>(&frame)) {
        run(Labelled{who.id, std::move(label->add), std::move(label->remove)}, std::move(plain));
    } else if (const auto* read = std::get_if<wire::AgentRead>(&frame)) {
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

void Actor::on_agent_message(const Staff& who, wire::AgentMessage message, Request request) {
    if (answered_before(request, "agent", who.id)) return;
    const auto& c = *state_;
    if (message.epoch && *message.epoch != c.row.epoch)
        return answer_error(request, wire::ErrorCode::conflict,
                            "this conversation has changed hands since; read what was missed",
                            fmt::format(R"(,"conversation":"{}","epoch":{}{})", to_text(id_), c.row.epoch,
                                        messages_after(message.after.value_or(0))));
    if (message.after && *message.after < c.visitor_seq) request.ack_more += messages_after(*message.after);
    run(AgentSaid{who.id, who.name, message.id, std::move(message.text), std::move(message.products)},
        std::move(request));
}

// ---- the world
// -------------------------------------------------------------------------------------------------------

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
    for (const auto& client : agents_)
        if (client.get() != but) client->send(frame);
}

bool Actor::rest(std::chrono::steady_clock::time_point now) {
    if (pending_ > 0 || now - used_ < rest_after) return false;
    state_.reset();
    forget_ids();
    return !watched();
}

}  // namespace maru
