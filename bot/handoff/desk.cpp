#include "bot/handoff/desk.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "bot/wire/encode.hpp"

namespace maru::handoff {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr auto coalesce = 40ms;  // between two queue frames
constexpr auto tick_interval = 500ms;
constexpr std::size_t most_listed = 200;
constexpr std::size_t short_list = 50;

// What a place in the queue waits when each of `agents` takes a request every `pickup_s`.
double expected_wait(double pickup_s, int position, int agents) {
    return std::round(pickup_s * std::ceil(static_cast<double>(position) / std::max(1, agents)));
}

json agent_json(const Staff& who) {
    return {{"id", to_text(who.id)}, {"name", who.name}, {"role", who.role}, {"team", who.team}};
}

}  // namespace

Desk::Desk(boost::asio::io_context& io, const Clock& clock, const BotHolder& bots, store::Store& store,
           Conversations& conversations)
    : io_(io),
      clock_(clock),
      bots_(bots),
      store_(store),
      conversations_(conversations),
      tick_(io),
      queue_timer_(io) {}

void Desk::start() {
    for (const auto& [conversation, handoff] : store_.open_handoffs()) {
        Item item;
        item.conversation = conversation.id;
        item.state = conversation.state;
        item.agent = conversation.agent;
        item.epoch = conversation.epoch;
        item.waiting = conversation.state != "agent";
        item.handoff_state = handoff.state;
        item.reason = handoff.reason;
        item.team = handoff.team;
        item.locale = conversation.locale;
        item.since = handoff.requested_at;
        item.context = handoff.context;
        items_[conversation.id] = std::move(item);
    }
    // Owners of before a restart have the same grace to come back as those whose connection drops.
    for (const auto& row : store_.staff()) (void)know({row.id, row.name, row.role, row.team, false, {}});
    for (auto& [id, item] : items_)
        if (const auto owner = agents_.find(item.agent); owner != agents_.end())
            item.agent_name = owner->second.who.name;
    publish();
    tick();
}

void Desk::stop() {
    boost::asio::post(io_, [this] {
        stopped_ = true;
        tick_.cancel();
        queue_timer_.cancel();
        for (auto& [id, agent] : agents_) agent.clients.clear();
    });
}

Facts Desk::facts() const {
    const std::lock_guard lock(published_mutex_);
    return published_;
}

std::size_t Desk::waiting() const {
    return static_cast<std::size_t>(facts().queue_length);
}

std::size_t Desk::online() const {
    return static_cast<std::size_t>(facts().agents_online);
}

Desk::Place Desk::place(const std::string& team, Time since) const {
    const std::lock_guard lock(published_mutex_);
    Place place;
    if (const auto queue = published_queues_.find(team); queue != published_queues_.end())
        place.position += static_cast<int>(
            std::lower_bound(queue->second.begin(), queue->second.end(), since) - queue->second.begin());
    place.wait_s = expected_wait(published_pickup_s_, place.position, published_.agents_online);
    return place;
}

std::optional<Staff> Desk::find(std::string_view agent) {
    const auto named = [agent](const auto& who) { return who.name == agent || to_text(who.id) == agent; };
    {
        const std::lock_guard lock(published_mutex_);
        const auto known = std::find_if(published_staff_.begin(), published_staff_.end(), named);
        if (known != published_staff_.end()) return *known;
    }
    const auto staff = store_.staff();
    const auto row = std::find_if(staff.begin(), staff.end(), named);
    if (row == staff.end()) return std::nullopt;
    Staff who{row->id, row->name, row->role, row->team, false, {}};
    boost::asio::post(io_, [this, who] {
        (void)know(who);
        publish();
    });
    return who;
}

// Somebody of the staff who has not connected yet: away since they were first heard of.
Desk::Agent& Desk::know(const Staff& who) {
    const auto [known, fresh] = agents_.try_emplace(who.id);
    if (fresh) {
        known->second.who = who;
        known->second.gone_since = clock_.now();
    }
    return known->second;
}

bool Desk::is_here(Id agent) const {
    const std::lock_guard lock(published_mutex_);
    return published_here_.count(agent) != 0;
}

bool Desk::has_team(std::string_view team) const {
    const std::lock_guard lock(published_mutex_);
    return published_teams_.find(team) != published_teams_.end();
}

void Desk::changed(Item item) {
    boost::asio::post(io_, [this, item = std::move(item)]() mutable { on_changed(std::move(item)); });
}

void Desk::hello(std::shared_ptr<Client> client, Staff who) {
    boost::asio::post(io_,
                      [this, client = std::move(client), who = std::move(who)] { on_hello(client, who); });
}

void Desk::presence(std::shared_ptr<Client> client, Staff who, std::string status) {
    boost::asio::post(io_,
                      [this, client = std::move(client), who = std::move(who), status = std::move(status)] {
                          const auto found = agents_.find(who.id);
                          if (found == agents_.end()) return;
                          found->second.status = status;
                          publish();
                          tell_presence(found->second);
                      });
}

void Desk::gone(std::shared_ptr<Client> client, Staff who) {
    boost::asio::post(io_, [this, client = std::move(client), who = std::move(who)] {
        const auto found = agents_.find(who.id);
        if (found == agents_.end()) return;
        auto& agent = found->second;
        if (std::erase(agent.clients, client) == 0 || !agent.clients.empty()) return;
        agent.gone_since = clock_.now();
        publish();
        tell_presence(agent);
    });
}

void Desk::content_changed(std::string frame) {
    boost::asio::post(io_, [this, frame = make_frame(std::move(frame))] {
        content_ = frame;
        for (const auto& [id, agent] : agents_)
            if (agent.who.role == "admin")
                for (const auto& client : agent.clients) client->send(frame);
    });
}

void Desk::on_changed(Item item) {
    const auto before = items_.find(item.conversation);
    const bool was_waiting = before != items_.end() && before->second.waiting;
    const bool newly_owned =
        item.state == "agent" &&
        (before == items_.end() || before->second.agent != item.agent || before->second.epoch != item.epoch);
    const bool owner_changed =
        before == items_.end() ? item.state == "agent" : before->second.epoch != item.epoch;
    if (was_waiting && newly_owned) {
        const double took = to_seconds(clock_.now() - item.since);
        pickup_s_ = 0.8 * pickup_s_ + 0.2 * std::clamp(took, 1.0, 3600.0);
    }
    if (owner_changed) {
        json frame{{"type", "assigned"},
                   {"conversation", to_text(item.conversation)},
                   {"epoch", item.epoch},
                   {"state", item.state},
                   {"agent", nullptr}};
        if (item.agent != 0) frame["agent"] = {{"id", to_text(item.agent)}, {"name", item.agent_name}};
        broadcast(frame.dump());
    }
    if (newly_owned) {
        auto& owner = know({item.agent, item.agent_name, "agent", {}, false, {}});
        for (const auto& client : owner.clients)
            conversations_.show(item.conversation, client, owner.who, false);
        // Who was handed a conversation while away has as long to come as whose connection drops.
        if (owner.clients.empty()) owner.gone_since = clock_.now();
    }
    if (item.handoff_state != "queued" || !item.waiting)
        told_positions_.erase(item.conversation);
    else if (item.told_position != 0)
        told_positions_[item.conversation] = item.told_position;
    if (item.state == "agent" || item.waiting)
        items_[item.conversation] = std::move(item);
    else
        items_.erase(item.conversation);
    publish();
    send_queue_soon();
}

void Desk::on_hello(const std::shared_ptr<Client>& client, const Staff& who) {
    auto& agent = agents_[who.id];
    agent.who = who;
    if (agent.status == "offline") agent.status = "online";
    agent.gone_since.reset();
    agent.clients.push_back(client);
    publish();

    const auto bot = bots_.get();
    const auto locale = bot->settings.locales.front();
    json frame{{"type", "welcome"}, {"agent", agent_json(who)}, {"status", agent.status}};
    std::set<std::string> teams(bot->settings.handoff.teams.begin(), bot->settings.handoff.teams.end());
    auto& others = frame["agents"] = json::array();
    for (const auto& row : store_.staff()) {
        if (!row.team.empty()) teams.insert(row.team);
        const auto& known = know({row.id, row.name, row.role, row.team, false, {}});
        others.push_back({{"id", to_text(row.id)},
                          {"name", row.name},
                          {"team", row.team},
                          {"status", known.clients.empty() ? "offline" : known.status}});
    }
    frame["teams"] = teams;
    auto& canned = frame["canned"] = json::array();
    for (const auto& one : bot->canned) {
        if (!one.team.empty() && !who.team.empty() && one.team != who.team) continue;
        json entry{{"id", one.id}, {"title", json::object()}, {"text", json::object()}};
        for (const auto& each : bot->settings.locales) {
            entry["title"][each] = one.title.pick(each);
            entry["text"][each] = one.text.pick(each);
        }
        canned.push_back(std::move(entry));
    }
    frame["locale"] = locale;
    frame["queue"] = json::parse(queue_json(who));
    auto& mine = frame["mine"] = json::array();
    for (const auto& [id, item] : items_)
        if (item.agent == who.id && item.state == "agent") mine.push_back(json::parse(item_json(item)));
    client->send(make_frame(frame.dump()));
    if (content_ && who.role == "admin") client->send(content_);
    for (const auto& [id, item] : items_)
        if (item.agent == who.id && item.state == "agent") conversations_.show(id, client, who, true);
    tell_presence(agent);
}

std::vector<const Item*> Desk::queue_of(const Staff& who) const {
    std::vector<const Item*> list;
    for (const auto& [id, item] : items_)
        if (item.waiting &&
            (who.team.empty() || item.team.empty() || item.team == who.team || who.role == "admin"))
            list.push_back(&item);
    std::stable_sort(list.begin(), list.end(),
                     [](const Item* a, const Item* b) { return a->since < b->since; });
    if (list.size() > most_listed) list.resize(most_listed);
    return list;
}

std::string Desk::item_json(const Item& item) const {
    const auto now = clock_.now();
    json out{{"conversation", to_text(item.conversation)},
             {"waiting_s", to_seconds(std::max(Millis{0}, now - item.since))},
             {"since", to_rfc3339(item.since)},
             {"reason", item.reason},
             {"state", item.handoff_state},
             {"team", item.team},
             {"locale", item.locale},
             {"epoch", item.epoch},
             {"visitor", item.visitor},
             {"sla_due", to_rfc3339(item.since + bots_.get()->settings.handoff.sla)}};
    const auto context = json::parse(item.context, nullptr, false);
    out["summary"] = context.is_object() ? context.value("summary", "") : "";
    out["readiness"] = context.is_object() && context.contains("readiness")
                           ? context["readiness"]
                           : json{{"score", 0}, {"signals", json::array()}};
    if (context.is_object() && context.contains("interests")) out["interests"] = context["interests"];
    return out.dump();
}

std::string Desk::queue_json(const Staff& who) const {
    std::string out = "[";
    for (const auto* item : queue_of(who)) {
        if (out.size() > 1) out += ',';
        out += item_json(*item);
    }
    return out + "]";
}

void Desk::send_queue_soon() {
    if (queue_dirty_ || stopped_) return;
    queue_dirty_ = true;
    // A short list is told at once; a long one, in a rush, not for each of its changes.
    queue_timer_.expires_after(items_.size() <= short_list ? 0ms : coalesce);
    queue_timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error && !stopped_) send_queue();
    });
}

void Desk::send_queue() {
    queue_dirty_ = false;
    for (const auto& [id, agent] : agents_) {
        if (agent.clients.empty()) continue;
        const auto frame = make_frame(R"({"type":"queue","items":)" + queue_json(agent.who) + "}");
        for (const auto& client : agent.clients) client->send(frame);
    }
    // Visitors hear when their place changes.
    std::vector<const Item*> waiting;
    for (const auto& [id, item] : items_)
        if (item.waiting && item.handoff_state == "queued") waiting.push_back(&item);
    std::stable_sort(waiting.begin(), waiting.end(),
                     [](const Item* a, const Item* b) { return a->since < b->since; });
    std::map<std::string, int> last;
    std::map<Id, int> now_told;
    const int agents = facts().agents_online;
    for (const auto* item : waiting) {
        const int position = ++last[item->team];
        if (const auto before = told_positions_.find(item->conversation);
            before == told_positions_.end() || before->second != position)
            conversations_.queue_position(item->conversation, position,
                                          expected_wait(pickup_s_, position, agents));
        now_told.emplace(item->conversation, position);
    }
    told_positions_ = std::move(now_told);
}

void Desk::tick() {
    if (stopped_) return;
    tick_.expires_after(tick_interval);
    tick_.async_wait([this](const boost::system::error_code& error) {
        if (error || stopped_) return;
        const auto limit = bots_.get()->settings.handoff.requeue_after;
        const auto now = clock_.now();
        for (const auto& [id, item] : items_) {
            if (item.state != "agent") continue;
            const auto owner = agents_.find(item.agent);
            if (owner == agents_.end() ||
                (owner->second.gone_since && now - *owner->second.gone_since >= limit))
                conversations_.owner_lost(id, item.agent);
        }
        publish();  // business hours begin and end by the clock
        tick();
    });
}

void Desk::publish() {
    Facts facts;
    facts.open = bots_.get()->settings.hours.open_at(clock_.now());
    std::vector<Staff> staff;
    std::set<Id> here;
    for (const auto& [id, agent] : agents_) {
        staff.push_back(agent.who);
        if (agent.clients.empty() || agent.status == "offline") continue;
        here.insert(id);
        if (agent.status == "online") ++facts.agents_online;
    }
    std::map<std::string, std::vector<Time>> queues;
    for (const auto& [id, item] : items_) {
        if (!item.waiting) continue;
        ++facts.queue_length;
        if (item.handoff_state == "queued") queues[item.team].push_back(item.since);
    }
    for (auto& [team, queue] : queues) std::sort(queue.begin(), queue.end());
    facts.wait_s = expected_wait(pickup_s_, facts.queue_length + 1, facts.agents_online);
    const auto& configured = bots_.get()->settings.handoff.teams;
    std::set<std::string, std::less<>> teams(configured.begin(), configured.end());
    for (const auto& who : staff)
        if (!who.team.empty()) teams.insert(who.team);
    const std::lock_guard lock(published_mutex_);
    published_ = facts;
    published_queues_ = std::move(queues);
    published_pickup_s_ = pickup_s_;
    published_teams_ = std::move(teams);
    published_staff_ = std::move(staff);
    published_here_ = std::move(here);
}

void Desk::broadcast(const std::string& text) {
    const auto frame = make_frame(text);
    for (const auto& [id, agent] : agents_)
        for (const auto& client : agent.clients) client->send(frame);
}

void Desk::tell_presence(const Agent& agent) {
    const auto& status = agent.clients.empty() ? std::string("offline") : agent.status;
    broadcast(json{
        {"type", "presence"},
        {"agent", {{"id", to_text(agent.who.id)}, {"name", agent.who.name}}},
        {"status",
         status}}.dump());
}

}  // namespace maru::handoff
