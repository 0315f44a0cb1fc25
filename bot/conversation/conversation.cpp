#include "bot/conversation/conversation.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "bot/wire/object_text.hpp"

namespace maru {
namespace {

using nlohmann::json;
using wire::ObjectText;

constexpr std::size_t usual_data = 1024;  // bytes

// Members are written only when they say something: an idle visitor's row stays small.
void put(ObjectText& to, std::string_view key, const std::string& value) {
    if (!value.empty()) to.put(key, value);
}
void put(ObjectText& to, std::string_view key, std::int64_t value) {
    if (value != 0) to.put(key, value);
}
void put(ObjectText& to, std::string_view key, bool value) {
    if (value) to.put(key, true);
}
void put(ObjectText& to, std::string_view key, const std::optional<Time>& value) {
    if (value) to.put(key, to_millis(*value));
}
void put(ObjectText& to, std::string_view key, const json& value) {
    if (!value.is_null()) to.put_raw(key, value.dump());
}
void put(ObjectText& to, std::string_view key, const std::vector<std::string>& value) {
    if (value.empty()) return;
    std::string& out = to.open(key);
    char before = '[';
    for (const auto& one : value) {
        out += before;
        wire::append_json(out, one);
        before = ',';
    }
    out += ']';
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

void put_inquiry(ObjectText& to, const store::InquiryRow& row) {
    to.put("id", row.id);
    to.put("seq", row.opened_seq);
    to.put("opened", to_millis(row.opened_at));
    put(to, "bot_first", row.bot_first_at);
    put(to, "handoff", row.handoff_at);
    put(to, "accepted", row.accepted_at);
    put(to, "agent_first", row.agent_first_at);
    put(to, "channel", row.channel);
    put(to, "site", row.site);
    put(to, "locale", row.locale);
    put(to, "team", row.team);
    put(to, "agent", row.agent);
    put(to, "schedule", row.schedule);
    put(to, "closed", row.closed_at);
    put(to, "closed_by", row.closed_by);
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
    row.closed_at = time(from, "closed");
    row.closed_by = text(from, "closed_by");
    return row;
}

void put_handoff(ObjectText& to, const store::HandoffRow& row) {
    to.put("id", row.id);
    to.put("inquiry", row.inquiry);
    to.put("requested", to_millis(row.requested_at));
    to.put("reason", row.reason);
    to.put("state", row.state);
    put(to, "team", row.team);
    put(to, "agent", row.agent);
    put(to, "accepted", row.accepted_at);
    put(to, "context", row.context);
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

void put_searches(ObjectText& to, const std::vector<NotedSearch>& searches) {
    if (searches.empty()) return;
    std::string& list = to.open("searches");
    char before = '[';
    for (const auto& one : searches) {
        list += before;
        ObjectText own(list);
        own.put("day", one.day);
        own.put("locale", one.locale);
        own.put("words", one.words);
        put(own, "shown", one.shown);
        put(own, "relaxed", one.relaxed);
        put(own, "followed", one.followed);
        put(own, "clicked", one.clicked);
        put(own, "carted", one.carted);
        own.close();
        before = ',';
    }
    list += ']';
}

void put_dialogue(ObjectText& to, const Dialogue& d) {
    put(to, "flow", d.flow);
    put(to, "pinned", d.pinned);
    if (d.asides > 0) put(to, "asides", static_cast<std::int64_t>(d.asides));
    put(to, "query", d.query);
    put(to, "shown", d.shown);
    put(to, "seen", d.seen);
    put(to, "compared", d.compared);
    put(to, "focus", d.focus);
    put(to, "ordered", d.ordered);
    put(to, "asked", d.asked);
    put(to, "beside", d.beside);
    put(to, "awaiting", d.awaiting);
    put(to, "offer_reason", d.offer_reason);
    put(to, "missed", static_cast<std::int64_t>(d.missed));
    put(to, "contact_left", d.contact_left);
    put(to, "offered", d.offered);
    put(to, "suggested", d.suggested);
    put(to, "topics", d.topics);
    put(to, "slots", d.slots);
    put_searches(to, d.searches);
    if (d.choices.empty()) return;
    std::string& out = to.open("choices");
    char before = '[';
    for (const auto& choice : d.choices) {
        out += before;
        out += '[';
        wire::append_json(out, choice.label);
        out += ',';
        wire::append_json(out, choice.choice);
        out += ']';
        before = ',';
    }
    out += ']';
}

Dialogue dialogue_from(const json& from) {
    Dialogue d;
    d.flow = any(from, "flow");
    d.pinned = text(from, "pinned");
    d.asides = static_cast<int>(number(from, "asides"));
    d.query = any(from, "query");
    d.shown = from.value("shown", std::vector<std::string>());
    d.seen = from.value("seen", std::vector<std::string>());
    d.compared = from.value("compared", std::vector<std::string>());
    d.focus = text(from, "focus");
    d.ordered = text(from, "ordered");
    d.asked = text(from, "asked");
    d.beside = text(from, "beside");
    d.awaiting = text(from, "awaiting");
    d.offer_reason = text(from, "offer_reason");
    d.missed = static_cast<int>(number(from, "missed"));
    d.contact_left = from.value("contact_left", false);
    d.offered = from.value("offered", false);
    d.suggested = from.value("suggested", false);
    d.topics = from.value("topics", std::vector<std::string>());
    d.slots = any(from, "slots");
    for (const auto& one : from.value("searches", json::array()))
        d.searches.push_back({number(one, "day"), text(one, "locale"), text(one, "words"),
                              one.value("shown", std::vector<std::string>()), one.value("relaxed", false),
                              one.value("followed", false), one.value("clicked", false),
                              one.value("carted", false)});
    for (const auto& choice : from.value("choices", json::array()))
        d.choices.push_back({choice.at(0), choice.at(1)});
    return d;
}

}  // namespace

std::string to_data(const Conversation& c) {
    std::string out;
    out.reserve(usual_data);
    ObjectText to(out);
    to.put("last_at", to_millis(c.last_at));
    put(to, "visitor_messages", c.visitor_messages);
    put(to, "visitor_seq", c.visitor_seq);
    put(to, "visitor_read", c.visitor_read);
    put(to, "agent_read", c.agent_read);
    put(to, "agent_name", c.agent_name);
    const auto inner = [&](std::string_view key, const auto& write) {
        ObjectText own(to.open(key));
        write(own);
        own.close();
    };
    inner("visitor", [&](ObjectText& own) {
        put(own, "id", c.visitor.id);
        put(own, "name", c.visitor.name);
        put(own, "email", c.visitor.email);
        put(own, "verified", c.visitor.verified);
        put(own, "url", c.visitor.page_url);
        put(own, "title", c.visitor.page_title);
    });
    inner("dialogue", [&](ObjectText& own) { put_dialogue(own, c.dialogue); });
    const auto& taste = c.taste;
    if (!taste.viewed.empty() || !taste.rejected.empty() || !taste.cart.empty())
        inner("taste", [&](ObjectText& own) {
            put(own, "viewed", taste.viewed);
            put(own, "rejected", taste.rejected);
            put(own, "cart", taste.cart);
        });
    if (!c.signals.empty()) {
        std::string& list = to.open("signals");
        char before = '[';
        for (const auto& signal : c.signals) {
            list += before;
            ObjectText own(list);
            own.put("name", signal.name);
            own.put("at", to_millis(signal.at));
            own.put("weight", signal.weight);
            put(own, "detail", signal.detail);
            own.close();
            before = ',';
        }
        list += ']';
    }
    if (c.inquiry) inner("inquiry", [&](ObjectText& own) { put_inquiry(own, *c.inquiry); });
    if (c.handoff) inner("handoff", [&](ObjectText& own) { put_handoff(own, *c.handoff); });
    if (!c.unanswered.empty()) {
        std::string& list = to.open("unanswered");
        char before = '[';
        for (const auto& one : c.unanswered) {
            list += before;
            ObjectText own(list);
            put_inquiry(own, one);
            own.close();
            before = ',';
        }
        list += ']';
    }
    if (c.survey)
        inner("survey", [&](ObjectText& own) {
            own.put("id", c.survey->id);
            own.put("kind", c.survey->kind);
        });
    to.close();
    return out;
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
        if (const auto taste = from.find("taste"); taste != from.end()) {
            const auto ids = [&](const char* key) { return taste->value(key, std::vector<std::string>()); };
            c.taste = {ids("viewed"), ids("rejected"), ids("cart")};
        }
        for (const auto& one : from.value("signals", json::array()))
            c.signals.push_back({text(one, "name"), from_millis(number(one, "at")), one.value("weight", 0.0),
                                 text(one, "detail")});
        if (const auto inquiry = from.find("inquiry"); inquiry != from.end())
            c.inquiry = inquiry_from(*inquiry, id);
        if (const auto handoff = from.find("handoff"); handoff != from.end())
            c.handoff = handoff_from(*handoff, id);
        for (const auto& inquiry : from.value("unanswered", json::array()))
            c.unanswered.push_back(inquiry_from(inquiry, id));
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
