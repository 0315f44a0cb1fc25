// The rows the store keeps, as plain structs, and the one change a turn makes to them.
//
// Times are UTC milliseconds in the database; ids are the 63-bit keys of bot/base/id.hpp; JSON columns hold
// objects.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/base/id.hpp"
#include "bot/base/time.hpp"

namespace maru::store {

struct ConversationRow {
    Id id = 0;
    std::int64_t version = 0;  // grows by one with every committed change; guards against lost updates
    Time created_at{};
    Time updated_at{};
    std::string site;
    std::string channel;
    std::string locale;
    std::string state = "bot";  // bot | queued | agent | closed
    Id agent = 0;               // the owner while state is agent
    std::string team;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;       // last visible message
    std::int64_t note_seq = 0;  // last note
    std::string token_hash;     // 32 bytes; written once
    std::string data;           // JSON: what only the conversation itself reads
};

struct MessageRow {
    Id conversation = 0;
    std::int64_t seq = 0;
    Time at{};
    std::string role;           // visitor | bot | agent | system
    Id agent = 0;               // who, for role agent
    std::string name;           // the sender's name as it was shown
    std::string client_id;      // the sender's own id for it; empty for the bot and the system
    std::int64_t reply_to = 0;  // 0: answers nothing
    std::string text;
    std::string extra;  // JSON object with quick_replies, products, explain …; empty: none
};

struct NoteRow {
    Id conversation = 0;
    std::int64_t seq = 0;
    Time at{};
    Id agent = 0;
    std::string name;
    std::string client_id;
    std::string text;
};

// What happened, in order, with everything outside that the turn depended on: replaying these gives the
// transcript.
struct EventRow {
    Id id = 0;
    Id conversation = 0;
    Time at{};
    std::string kind;
    std::string bot_version;
    std::string body;  // JSON
};

// One inquiry and its clocks. Unset times have not happened.
struct InquiryRow {
    Id id = 0;
    Id conversation = 0;
    std::int64_t opened_seq = 0;
    Time opened_at{};
    std::optional<Time> bot_first_at;    // first substantive bot reply
    std::optional<Time> handoff_at;      // first request
    std::optional<Time> accepted_at;     // first pick-up
    std::optional<Time> agent_first_at;  // first public agent message after the request
    std::optional<Time> closed_at;
    std::string closed_by;  // agent | visitor | idle
    std::string resolution;
    std::string channel, site, locale, team;
    Id agent = 0;          // who accepted first
    std::string schedule;  // hash of the business hours in force when it opened
};

struct HandoffRow {
    Id id = 0;
    Id conversation = 0;
    Id inquiry = 0;
    Time requested_at{};
    std::string reason;  // ready | asked | upset | bot_failed | rule
    std::string state;   // queued | offline | accepted | returned | closed
    std::string team;
    Id agent = 0;
    std::optional<Time> accepted_at;
    std::optional<Time> closed_at;
    std::string context;  // JSON: summary, readiness {score, signals}, interests
};

struct StorefrontEventRow {
    Id id = 0;
    Id conversation = 0;
    std::string client_id;
    Time at{};
    std::string name;
    std::string product;
    std::optional<std::int64_t> amount;
    std::string currency;
};

struct TimerRow {
    Id conversation = 0;
    std::string kind;
    std::optional<Time> due_at;  // unset: delete
};

struct LabelChange {
    std::string label;
    bool add = true;
};

struct ContactRow {
    Id id = 0;
    Id conversation = 0;
    Time at{};
    std::string name, email, phone, text;
    std::string consent;  // the consent text that was shown
    Time delete_after{};
};

struct SurveyRow {
    Id id = 0;
    Id conversation = 0;
    Id inquiry = 0;
    std::string kind;  // csat
    Time sent_at{};
    std::optional<Time> answered_at;
    std::optional<int> score;
    std::string comment;
};

// What is added to a row of the search ledger: one row a UTC day, language and wording. No conversation and
// no person stands behind it.
struct SearchCount {
    std::int64_t day = 0;  // since 1970, UTC
    std::string locale;
    std::string words;    // what was looked for, normalised and masked
    std::string example;  // a sentence that asked for it, masked; empty: the last one stays
    Time at{};
    int asked = 0;     // 0: only what became of a search that was counted before
    int nothing = 0;   // … of them found nothing
    int relaxed = 0;   // … found only what misses a condition
    int followed = 0;  // … were followed by a click, a cart or a choice among what was shown
    int clicked = 0, carted = 0;
};

// A file of the data folder that a backup carries beside the database.
struct CarriedFile {
    std::string name;
    std::string bytes;
};

// Everything one event changed in one conversation: committed whole or not at all.
struct Transition {
    bool created = false;          // the conversation is new: insert instead of update
    ConversationRow conversation;  // as it is after; `version` is the new one
    std::vector<MessageRow> messages;
    std::vector<NoteRow> notes;
    std::vector<EventRow> events;
    std::vector<InquiryRow> inquiries;
    std::vector<HandoffRow> handoffs;
    std::vector<StorefrontEventRow> storefront_events;
    std::vector<TimerRow> timers;
    std::vector<LabelChange> labels;
    std::vector<ContactRow> contacts;
    std::vector<SurveyRow> surveys;
    std::vector<SearchCount> searches;

    // Roughly what it takes in memory, for the writer's bound.
    [[nodiscard]] std::size_t bytes() const;
};

}  // namespace maru::store
