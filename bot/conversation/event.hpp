// What can happen to a conversation, with everything outside that its turn depends on: recorded, so that
// replaying the events gives the same transcript.
#pragma once

#include <string>
#include <variant>

#include "bot/base/id.hpp"
#include "bot/base/time.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/wire/frames.hpp"

namespace maru {

// The world as the turn may know it.
struct Facts {
    bool open = true;       // within business hours
    int agents_online = 0;  // ready to take a conversation
    int queue_length = 0;   // open requests of others
    double wait_s = 0;      // expected, from the last pick-ups
};

struct Opened {
    std::string site, channel, locale, token_hash;
    wire::Page page;
};
// The page told who the visitor is, or where they are, on a resumed conversation.
struct Identified {
    Visitor visitor;
};
struct VisitorSaid {
    std::string client_id;
    std::string text;  // empty when a choice was made
    std::string choice;
};
struct VisitorDid {
    wire::StorefrontEvent event;
};
struct VisitorEnded {};
struct SurveyAnswered {
    Id survey = 0;
    int score = 0;
    std::string comment;
};

struct AgentAccepted {
    Id agent = 0;
    std::string name, team;
};
struct AgentSaid {
    Id agent = 0;
    std::string name, client_id, text;
    std::vector<std::string> products;
};
struct AgentNoted {
    Id agent = 0;
    std::string name, client_id, text;
};
struct AgentTransferred {
    Id agent = 0;  // who does it
    std::string name;
    Id to_agent = 0;  // exactly one of these three
    std::string to_agent_name;
    std::string to_team;
    bool to_bot = false;
    std::string note;
};
struct AgentClosed {
    Id agent = 0;
    std::string name, resolution;
};
struct Labelled {
    Id agent = 0;
    std::vector<std::string> add, remove;
};
// The owner has been away too long: back into the queue.
struct AgentLost {
    Id agent = 0;
};
struct TimerDue {
    std::string kind;  // inquiry
};

struct Event {
    Id id = 0;
    Time at{};
    std::variant<Opened, Identified, VisitorSaid, VisitorDid, VisitorEnded, SurveyAnswered, AgentAccepted,
                 AgentSaid, AgentNoted, AgentTransferred, AgentClosed, Labelled, AgentLost, TimerDue>
        what;
    Facts facts;
};

}  // namespace maru
