#include "bot/wire/encode.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace maru::wire {

void append_json(std::string& out, std::string_view text) {
    static constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, plain, i - plain);
        plain = i + 1;
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                out.append("\\u00").append(1, hex[c >> 4U]).append(1, hex[c & 15U]);
        }
    }
    out.append(text, plain);
    out += '"';
}

void append_message(std::string& out, const store::MessageRow& m, bool with_client_id) {
    fmt::format_to(std::back_inserter(out), R"("seq":{},"at":")", m.seq);
    append_rfc3339(out, m.at);
    fmt::format_to(std::back_inserter(out), R"(","from":{{"role":"{}")", m.role);
    if (!m.name.empty()) {
        out += R"(,"name":)";
        append_json(out, m.name);
    }
    out += R"(},"text":)";
    append_json(out, m.text);
    if (m.reply_to != 0) fmt::format_to(std::back_inserter(out), R"(,"reply_to":{})", m.reply_to);
    if (with_client_id && !m.client_id.empty()) {
        out += R"(,"id":)";
        append_json(out, m.client_id);
    }
    if (m.extra.size() > 2) {
        // An object of our own making: its members are spliced in.
        out += ',';
        out.append(m.extra, 1, m.extra.size() - 2);
    }
}

namespace {

void open_frame(std::string& out, std::string_view type, std::string_view conversation) {
    out += R"({"type":")";
    out += type;
    out += '"';
    if (!conversation.empty()) {
        out += R"(,"conversation":")";
        out += conversation;
        out += '"';
    }
    out += ',';
}

}  // namespace

std::string message_frame(const store::MessageRow& message, bool with_client_id,
                          std::string_view conversation) {
    std::string out;
    out.reserve(192 + message.text.size() + message.extra.size());
    open_frame(out, "message", conversation);
    append_message(out, message, with_client_id);
    out += '}';
    return out;
}

std::string note_frame(const store::NoteRow& note, std::string_view conversation) {
    std::string out;
    open_frame(out, "note", conversation);
    fmt::format_to(std::back_inserter(out), R"("seq":{},"at":"{}","from":{{"role":"agent","name":)", note.seq,
                   to_rfc3339(note.at));
    append_json(out, note.name);
    out += R"(},"id":)";
    append_json(out, note.client_id);
    out += R"(,"text":)";
    append_json(out, note.text);
    out += '}';
    return out;
}

std::string ack_frame(std::string_view id, std::int64_t seq, Time at, std::string_view more) {
    std::string out = R"({"type":"ack","id":)";
    append_json(out, id);
    if (seq != 0) fmt::format_to(std::back_inserter(out), R"(,"seq":{})", seq);
    out += R"(,"at":")";
    append_rfc3339(out, at);
    out += '"';
    out += more;
    out += '}';
    return out;
}

std::string messages_array(const std::vector<store::MessageRow>& messages) {
    std::string out = "[";
    for (const auto& message : messages) {
        if (out.size() > 1) out += ',';
        out += '{';
        append_message(out, message, true);
        out += '}';
    }
    out += ']';
    return out;
}

}  // namespace maru::wire
