// Reads the few members a load client needs from a server's frame, without building a JSON tree: the client
// shares the machine with the server it measures, so its own cost per frame must stay small and equal for
// every server. Pure functions, any thread; the views returned point into the frame.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace maru::load {

struct Answer {
    std::string_view type;            // "ack", "message", "welcome", …; empty: not an object with a type
    std::string_view id;              // of an ack or an error
    std::optional<std::int64_t> seq;  // of an ack or a message
    std::optional<std::int64_t> reply_to;  // of a bot's message
    std::string_view code;                 // of an error
    std::string_view explain;              // the raw object, when the server explains itself
};

// Members of nested values are skipped, so a `seq` inside a history is not taken for the frame's own.
[[nodiscard]] Answer read_frame(std::string_view frame);

}  // namespace maru::load
