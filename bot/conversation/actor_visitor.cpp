// An actor's side towards the visitor's tabs.
#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "bot/conversation/actor.hpp"
#include "bot/conversation/commit.hpp"
#include "bot/conversation/identity.hpp"
#include "bot/wire/encode.hpp"

namespace maru {
namespace {

using nlohmann::json;

constexpr std::uint32_t history_limit = 200;

}  // namespace

void Actor::open(const std::shared_ptr<Client>& client, const wire::Hello& hello, const std::string& site) {
    state_ = std::make_unique<Conversation>();
    state_->row.id = id_;
    seen_.start_empty();
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
        if (shown_.handoff_state == "queued" && world_.desk != nullptr) {
            const auto place = world_.desk->place(shown_.team, shown_.requested_at);
            head["handoff"]["position"] = place.position;
            head["handoff"]["wait_s"] = place.wait_s;
        }
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
        Request request{client, message->id, true, {"visitor", 0, message->id}, {}, true, arrived};
        if (answered_before(request)) return;
        run(VisitorSaid{message->id, message->text.value_or(""), message->choice.value_or("")},
            std::move(request));
    } else if (auto* event = std::get_if<wire::StorefrontEvent>(&frame)) {
        Request request{client, event->id, true, {"event", 0, event->id}, {}, true, arrived};
        if (answered_before(request)) return;
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
    std::erase_if(agents_, [&](const Viewer& one) { return one.client == client; });
}

}  // namespace maru
