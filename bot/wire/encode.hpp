// Frames to clients, as text. Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/store/rows.hpp"

namespace maru::wire {

// Appends `text` as a JSON string with its quotes. `text` must be UTF-8.
void append_json(std::string& out, std::string_view text);

// The members of a message, without type and braces: "seq":…,"at":…,"from":{…},"text":…
// `with_client_id`: for the sender's other clients, and in histories.
void append_message(std::string& out, const store::MessageRow& message, bool with_client_id);

// A `message` frame; with `conversation` for agents.
[[nodiscard]] std::string message_frame(const store::MessageRow& message, bool with_client_id,
                                        std::string_view conversation = {});
[[nodiscard]] std::string note_frame(const store::NoteRow& note, std::string_view conversation);
[[nodiscard]] std::string ack_frame(std::string_view id, std::int64_t seq, Time at,
                                    std::string_view more = {});
[[nodiscard]] std::string messages_array(const std::vector<store::MessageRow>& messages);

}  // namespace maru::wire
