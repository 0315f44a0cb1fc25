// The frames of the wire contract as typed values, without sockets: what a client may say, and errors.
//
// Decoding is pure and thread-safe; it checks shapes and lengths, never permissions. Views never leave it:
// every value owns its text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bot/base/id.hpp"

namespace maru::wire {

enum class ErrorCode : std::uint8_t {
    bad_json,
    bad_frame,
    unknown_type,
    too_long,
    rate_limited,
    not_found,
    forbidden,
    conflict,
    unavailable
};
[[nodiscard]] std::string_view to_text(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::bad_frame;
    std::string message;                         // for people: what is wrong and what would be right
    std::string id = {};                         // the frame's own id; empty when it had none
    std::optional<std::int64_t> number_id = {};  // … where it was a number, which no frame's may be
};

// What a decoded frame may hold at most. Lengths are in Unicode code points.
struct TextLimits {
    std::size_t text = 4000;  // a message, note or comment
    std::size_t id = 64;      // a client-made id
    std::size_t name = 200;   // names, titles, labels, choices, e-mail
    std::size_t url = 2000;
};

struct Amount {
    std::int64_t amount = 0;  // minor units
    std::string currency;
};

struct Page {
    std::string url;
    std::string title;
};

struct Identity {
    std::string id, name, email, hmac;
};

struct Hello {
    std::string token, conversation;  // empty: none
    std::int64_t after = 0;
    std::string locale;  // "en", "ko" or empty
    std::string site;
    std::optional<Page> page;
    std::optional<Identity> identity;
};

// Exactly one of text and choice is set.
struct VisitorMessage {
    std::string id;
    std::optional<std::string> text;
    std::optional<std::string> choice;
};

struct StorefrontEvent {
    std::string id;
    std::string name;  // one of storefront_events
    std::string product;
    std::optional<Amount> value;
};

struct HistoryRequest {
    std::int64_t before = 0;
    std::uint32_t limit = 50;  // 1 … 200; more is cut to that
};

struct Typing {
    bool on = false;
};
struct Read {
    std::int64_t seq = 0;
};
struct SurveyAnswer {
    std::string survey;
    int score = 0;
    std::string comment;
};
struct End {};

using VisitorFrame =
    std::variant<Hello, VisitorMessage, StorefrontEvent, HistoryRequest, Typing, Read, SurveyAnswer, End>;

// ---- agents
// -----------------------------------------------------------------------------------------------------

struct AgentHello {};
struct Presence {
    std::string status;  // online | away | offline
};
struct Open {
    std::string conversation;
    std::int64_t after = 0;
};
struct Leave {
    std::string conversation;
};
struct Accept {
    std::string conversation;
};
struct AgentMessage {
    std::string conversation, id, text;
    std::vector<std::string> products;  // product ids
    std::optional<std::int64_t> epoch, after;
};
struct Note {
    std::string conversation, id, text;
};
struct AgentTyping {
    std::string conversation;
    bool on = false;
};
struct Transfer {
    std::string conversation;
    std::string agent, team;  // exactly one of agent, team and bot is set
    bool bot = false;
    std::string note;
};
struct Close {
    std::string conversation, resolution;
};
struct Label {
    std::string conversation;
    std::vector<std::string> add, remove;
};
struct AgentRead {
    std::string conversation;
    std::int64_t seq = 0;
};

using AgentFrame = std::variant<AgentHello, Presence, Open, Leave, Accept, AgentMessage, Note, AgentTyping,
                                Transfer, Close, Label, AgentRead>;

template <class Frame>
using Decoded = std::variant<Frame, Error>;

// `bytes` is one WebSocket text message. bad_json: not JSON; bad_frame: not an object, a missing field or a
// wrong type (the message names the field); unknown_type; too_long. Fields that are not known are ignored, as
// the contract allows additions.
[[nodiscard]] Decoded<VisitorFrame> decode_visitor(std::string_view bytes, const TextLimits& limits);
[[nodiscard]] Decoded<AgentFrame> decode_agent(std::string_view bytes, const TextLimits& limits);

// {"type":"error","code":…,"message":…,"id":…}
[[nodiscard]] std::string encode(const Error& error);

}  // namespace maru::wire
