// A turn: (Conversation, Event, Bot) → what becomes of it. Pure: no clock, no socket, no database; the same
// turn runs in the server, in `maru chat` and in conversation tests.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bot/conversation/conversation.hpp"
#include "bot/conversation/event.hpp"

namespace maru {

struct Bot;

// What clients are told besides messages. The frames carry no seq, but leave after the commit all the same.
struct HandoffNotice {
    std::string state;  // offered | queued | accepted | returned | closed | offline
    std::string reason;
    std::string agent;  // the agent's name
};
struct SurveyNotice {
    Id id = 0;
    std::string kind;
    std::string question;
};
using Notice = std::variant<HandoffNotice, SurveyNotice>;

struct Turn {
    Conversation after;
    store::Transition changes;  // everything but the conversation's own row, which is made of `after`
    std::vector<Notice> notices;
    bool ownership_changed = false;  // state, owner or the open handoff: the agents' lists must hear of it
    std::optional<wire::Error> refused;  // then nothing changed
};

[[nodiscard]] Turn take_turn(Conversation before, const Event& event, const Bot& bot);

}  // namespace maru
