#include "tests/bench/load/frame.hpp"

#include <charconv>

namespace maru::load {
namespace {

// A cursor over JSON that was written by a serializer: it relies on well-formed input and stops at the end of
// the bytes otherwise.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : text_(text) {}

    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
    void step() { ++at_; }
    void blanks() {
        while (!done() && (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r')) step();
    }

    // The content between the quotes, escapes left as they are.
    std::string_view string() {
        step();
        const std::size_t from = at_;
        while (!done() && peek() != '"') at_ += peek() == '\\' ? 2 : 1;
        const std::string_view content = text_.substr(from, std::min(at_, text_.size()) - from);
        step();
        return content;
    }

    // One whole value as it stands; for a string, its content.
    std::string_view value() {
        if (peek() == '"') return string();
        const std::size_t from = at_;
        int depth = 0;
        while (!done()) {
            const char c = peek();
            if (c == '"') {
                (void)string();
                continue;
            }
            if (depth == 0 && (c == ',' || c == '}' || c == ']')) break;
            if (c == '{' || c == '[') ++depth;
            step();
            if ((c == '}' || c == ']') && --depth == 0) break;
        }
        return text_.substr(from, at_ - from);
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{}) return std::nullopt;
    return value;
}

}  // namespace

Answer read_frame(std::string_view frame) {
    Answer answer;
    Cursor cursor(frame);
    cursor.blanks();
    if (cursor.peek() != '{') return answer;
    cursor.step();
    while (!cursor.done()) {
        cursor.blanks();
        if (cursor.peek() != '"') break;
        const std::string_view key = cursor.string();
        cursor.blanks();
        cursor.step();  // the colon
        cursor.blanks();
        const std::string_view value = cursor.value();
        if (key == "type") {
            answer.type = value;
        } else if (key == "id") {
            answer.id = value;
        } else if (key == "seq") {
            answer.seq = number(value);
        } else if (key == "reply_to") {
            answer.reply_to = number(value);
        } else if (key == "code") {
            answer.code = value;
        } else if (key == "explain") {
            answer.explain = value;
        }
        cursor.blanks();
        if (cursor.peek() != ',') break;
        cursor.step();
    }
    return answer;
}

}  // namespace maru::load
