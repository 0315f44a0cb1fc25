#include "bot/conversation/conversation.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace maru {
namespace {

using nlohmann::json;

// Written only when it says something: an idle visitor's row stays small.
void put(json& to, const char* key, const std::string& value) {
    if (!value.empty()) to[key] = value;
}
void put(json& to, const char* key, std::int64_t value) {
    if (value != 0) to[key] = value;
}
void put(json& to, const char* key, bool value) {
    if (value) to[key] = true;
}
void put(json& to, const char* key, const std::optional<Time>& value) {
    if (value) to[key] = to_millis(*value);
}
void put(json& to, const char* key, const json& value) {
    if (!value.is_null()) to[key] = value;
}
void put(json& to, const char* key, const std::vector<std::string>& value) {
    if (!value.empty()) to[key] = value;
}

std::string text(const json& from, const char* key) {
    return from.value(key, std::string());
}
std::int64_t number(const json& from, const char* key) {
    return from.value(key, std::int64_t{0});
}
std::optional<Time> time(const json& from, const char* key) {
    const auto found = from.find(key);
    if (found == from.end()) return std::nullopt;
    return from_millis(found->get<std::int64_t>());
}
json any(const json& from, const char* key) {
    const auto found = from.find(key);
    return found == from.end() ? json() : *found;
}

json inquiry_json(const store::InquiryRow& row) {
    json out{{"id", row.id}, {"seq", row.opened_seq}, {"opened", to_millis(row.opened_at)}};
    put(out, "bot_first", row.bot_first_at);
    put(out, "handoff", row.handoff_at);
    put(out, "accepted", row.accepted_at);
    put(out, "agent_first", row.agent_first_at);
    put(out, "channel", row.channel);
    put(out, "site", row.site);
    put(out, "locale", row.locale);
    put(out, "team", row.team);
    put(out, "agent", row.agent);
    put(out, "schedule", row.schedule);
    return out;
}

store::InquiryRow inquiry_from(const json& from, Id conversation) {
    store::InquiryRow row;
    row.id = number(from, "id");
    row.conversation = conversation;
    row.opened_seq = number(from, "seq");
    row.opened_at = from_millis(number(from, "opened"));
    row.bot_first_at = time(from, "bot_first");
    row.handoff_at = time(from, "handoff");
    row.accepted_at = time(from, "accepted");
    row.agent_first_at = time(from, "agent_first");
    row.channel = text(from, "channel");
    row.site = text(from, "site");
    row.locale = text(from, "locale");
    row.team = text(from, "team");
    row.agent = number(from, "agent");
    row.schedule = text(from, "schedule");
    return row;
}

json handoff_json(const store::HandoffRow& row) {
    json out{{"id", row.id},
             {"inquiry", row.inquiry},
             {"requested", to_millis(row.requested_at)},
             {"reason", row.reason},
             {"state", row.state}};
    put(out, "team", row.team);
    put(out, "agent", row.agent);
    put(out, "accepted", row.accepted_at);
    put(out, "context", row.context);
    return out;
}

store::HandoffRow handoff_from(const json& from, Id conversation) {
    store::HandoffRow row;
    row.id = number(from, "id");
    row.conversation = conversation;
    row.inquiry = number(from, "inquiry");
    row.requested_at = from_millis(number(from, "requested"));
    row.reason = text(from, "reason");
    row.state = text(from, "state");
    row.team = text(from, "team");
    row.agent = number(from, "agent");
    row.accepted_at = time(from, "accepted");
    row.context = text(from, "context");
    return row;
}

json dialogue_json(const Dialogue& d) {
    json out = json::object();
    put(out, "flow", d.flow);
    put(out, "pinned", d.pinned);
    put(out, "query", d.query);
    put(out, "shown", d.shown);
    put(out, "focus", d.focus);
    put(out, "awaiting", d.awaiting);
    put(out, "offer_reason", d.offer_reason);
    put(out, "missed", static_cast<std::int64_t>(d.missed));
    put(out, "offered", d.offered);
    put(out, "topics", d.topics);
    put(out, "slots", d.slots);
    for (const auto& choice : d.choices) out["choices"].push_back({choice.label, choice.choice});
    return out;
}

Dialogue dialogue_from(const json& from) {
    Dialogue d;
    d.flow = any(from, "flow");
    d.pinned = text(from, "pinned");
    d.query = any(from, "query");
    d.shown = from.value("shown", std::vector<std::string>());
    d.focus = text(from, "focus");
    d.awaiting = text(from, "awaiting");
    d.offer_reason = text(from, "offer_reason");
    d.missed = static_cast<int>(number(from, "missed"));
    d.offered = from.value("offered", false);
    d.topics = from.value("topics", std::vector<std::string>());
    d.slots = any(from, "slots");
    for (const auto& choice : from.value("choices", json::array()))
        d.choices.push_back({choice.at(0), choice.at(1)});
    return d;
}

}  // namespace

std::string to_data(const Conversation& c) {
    json out = json::object();
    out["last_at"] = to_millis(c.last_at);
    put(out, "visitor_messages", c.visitor_messages);
    put(out, "visitor_seq", c.visitor_seq);
    put(out, "visitor_read", c.visitor_read);
    put(out, "agent_read", c.agent_read);
    put(out, "agent_name", c.agent_name);
    json visitor = json::object();
    put(visitor, "id", c.visitor.id);
    put(visitor, "name", c.visitor.name);
    put(visitor, "email", c.visitor.email);
    put(visitor, "verified", c.visitor.verified);
    put(visitor, "url", c.visitor.page_url);
    put(visitor, "title", c.visitor.page_title);
    if (!visitor.empty()) out["visitor"] = std::move(visitor);
    if (json dialogue = dialogue_json(c.dialogue); !dialogue.empty()) out["dialogue"] = std::move(dialogue);
    for (const auto& signal : c.signals) {
        json one{{"name", signal.name}, {"at", to_millis(signal.at)}, {"weight", signal.weight}};
        put(one, "detail", signal.detail);
        out["signals"].push_back(std::move(one));
    }
    if (c.inquiry) out["inquiry"] = inquiry_json(*c.inquiry);
    if (c.handoff) out["handoff"] = handoff_json(*c.handoff);
    if (c.survey) out["survey"] = {{"id", c.survey->id}, {"kind", c.survey->kind}};
    return out.dump();
}

Conversation from_row(store::ConversationRow row) {
    Conversation c;
    const Id id = row.id;
    try {
        const json from = json::parse(row.data);
        c.last_at = from_millis(number(from, "last_at"));
        c.visitor_messages = number(from, "visitor_messages");
        c.visitor_seq = number(from, "visitor_seq");
        c.visitor_read = number(from, "visitor_read");
        c.agent_read = number(from, "agent_read");
        c.agent_name = text(from, "agent_name");
        if (const auto visitor = from.find("visitor"); visitor != from.end()) {
            c.visitor = {text(*visitor, "id"),    text(*visitor, "name"),
                         text(*visitor, "email"), visitor->value("verified", false),
                         text(*visitor, "url"),   text(*visitor, "title")};
        }
        if (const auto dialogue = from.find("dialogue"); dialogue != from.end())
            c.dialogue = dialogue_from(*dialogue);
        for (const auto& one : from.value("signals", json::array()))
            c.signals.push_back({text(one, "name"), from_millis(number(one, "at")), one.value("weight", 0.0),
                                 text(one, "detail")});
        if (const auto inquiry = from.find("inquiry"); inquiry != from.end())
            c.inquiry = inquiry_from(*inquiry, id);
        if (const auto handoff = from.find("handoff"); handoff != from.end())
            c.handoff = handoff_from(*handoff, id);
        if (const auto survey = from.find("survey"); survey != from.end())
            c.survey = OpenSurvey{number(*survey, "id"), text(*survey, "kind")};
    } catch (const json::exception& e) {
        throw std::runtime_error(
            fmt::format("conversation {}: its stored state cannot be read ({})", to_text(id), e.what()));
    }
    row.data.clear();
    c.row = std::move(row);
    return c;
}

}  // namespace maru
