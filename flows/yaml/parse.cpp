#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <istream>
#include <streambuf>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "flows/yaml/node.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::flows::yaml {
namespace {

// The parser wants a stream; this one reads the caller's bytes in place.
class ViewBuffer : public std::streambuf {
  public:
    explicit ViewBuffer(std::string_view text) {
        char* begin =
            const_cast<char*>(text.data());  // streambuf has no read-only form; nothing writes through it
        setg(begin, begin, begin + text.size());
    }
};

// yaml-cpp counts columns in bytes; people and editors count characters.
class Places {
  public:
    explicit Places(std::string_view text) : text_(text) {
        starts_.push_back(0);
        for (std::size_t i = 0; i < text.size(); ++i)
            if (text[i] == '\n') starts_.push_back(i + 1);
    }

    [[nodiscard]] Position of(const YAML::Mark& mark) {
        if (mark.is_null() || mark.line < 0) return {};
        const std::size_t line =
            std::min<std::size_t>(static_cast<std::size_t>(mark.line), starts_.size() - 1);
        const std::size_t end =
            std::min(starts_[line] + static_cast<std::size_t>(std::max(mark.column, 0)), text_.size());
        // Marks mostly move forward, so counting goes on from the last one: a long line costs one pass, not
        // one per node.
        if (line != last_line_ || end < last_end_) {
            last_line_ = line;
            last_end_ = starts_[line];
            last_column_ = 1;
        }
        for (; last_end_ < end; ++last_end_)
            if ((static_cast<unsigned char>(text_[last_end_]) & 0xC0U) != 0x80U) ++last_column_;
        return {static_cast<std::uint32_t>(line + 1), last_column_};
    }

  private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
    std::size_t last_line_ = static_cast<std::size_t>(-1);
    std::size_t last_end_ = 0;
    std::uint32_t last_column_ = 1;
};

// yaml-cpp ends an unquoted text inside [ ] and { } at any `?`, though YAML lets it stand after another
// character: a list of questions could not be written. A `?` that can be no indicator is carried through as a
// control character, which no accepted file contains.
constexpr char stand_in = '\x01';

std::string hide_question_marks(std::string_view text) {
    constexpr std::string_view before_indicator = "[{,:-?";
    std::string out(text);
    char last = '?';  // the last character on the line that is no blank; at its start, as if an indicator
    for (char& c : out) {
        if (c == '\n') {
            last = '?';
        } else if (c == '?' && before_indicator.find(last) == std::string_view::npos) {
            c = stand_in;
        } else if (c != ' ' && c != '\t') {
            last = c;
        }
    }
    return out;
}

std::string show_question_marks(std::string text) {
    std::replace(text.begin(), text.end(), stand_in, '?');
    return text;
}

struct Stop {};  // leaves yaml-cpp's parser once a limit is reached; the problem has been reported

struct Size {
    std::size_t nodes = 0;
    std::size_t bytes = 0;
    std::size_t height = 0;
};

Size measure(const Node& node) {
    Size size{1, node.scalar.size(), 0};
    const auto add = [&](const Node& child) {
        const Size s = measure(child);
        size.nodes += s.nodes;
        size.bytes += s.bytes;
        size.height = std::max(size.height, s.height + 1);
    };
    for (const Node& item : node.items) add(item);
    for (const Entry& entry : node.entries) {
        size.bytes += entry.key.size();
        add(entry.value);
    }
    return size;
}

bool known_tag(const std::string& tag) {
    static constexpr std::array<std::string_view, 7> core = {"str",  "int", "float", "bool",
                                                             "null", "seq", "map"};
    if (tag.empty() || tag == "?" || tag == "!") return true;
    constexpr std::string_view prefix = "tag:yaml.org,2002:";
    if (tag.rfind(prefix, 0) != 0) return false;
    return std::find(core.begin(), core.end(), std::string_view(tag).substr(prefix.size())) != core.end();
}

class Builder : public YAML::EventHandler {
  public:
    Builder(std::string_view file, Places& places, Problems& problems, const Limits& limits)
        : file_(file), places_(places), problems_(problems), limits_(limits) {}

    [[nodiscard]] Node take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        Node node;
        node.at = places_.of(mark);
        complete(std::move(node), anchor);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        Node node;
        node.kind = Node::Kind::scalar;
        node.at = places_.of(mark);
        node.quoted = tag != "?";
        node.scalar = show_question_marks(value);
        check_tag(tag, node.at);
        complete(std::move(node), anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const Position at = places_.of(mark);
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end())
            stop(at, "this alias stands inside the part that it names; repeat the text instead");
        const auto& [node, size] = found->second;
        nodes_ += size.nodes;
        alias_bytes_ += size.bytes;
        if (alias_bytes_ > limits_.alias_bytes || nodes_ > limits_.nodes)
            stop(at, "anchors and aliases (`&name`, `*name`) repeat too much text here; write it out once");
        if (open_.size() + size.height > limits_.depth) too_deep(at);
        complete(Node(node), YAML::NullAnchor);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        open(Node::Kind::sequence, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        open(Node::Kind::map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

  private:
    struct Frame {
        Node node;
        YAML::anchor_t anchor = YAML::NullAnchor;
        bool has_key = false;
        bool drop_value = false;  // the key was refused
        std::string key;
        Position key_at;
        std::unordered_set<std::string> keys;
    };

    [[noreturn]] void stop(Position at, std::string message) {
        problems_.error(file_, at, std::move(message));
        throw Stop{};
    }
    [[noreturn]] void too_deep(Position at) {
        stop(at, "nested more than " + std::to_string(limits_.depth) + " levels deep; flatten this part");
    }

    void check_tag(const std::string& tag, Position at) {
        if (!known_tag(tag))
            problems_.error(file_, at, "the tag `" + shown(tag) + "` has no meaning here; remove it");
    }

    void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        Frame frame;
        frame.node.kind = kind;
        frame.node.at = places_.of(mark);
        frame.anchor = anchor;
        check_tag(tag, frame.node.at);
        if (open_.size() >= limits_.depth) too_deep(frame.node.at);
        open_.push_back(std::move(frame));
    }

    void close() {
        Frame frame = std::move(open_.back());
        open_.pop_back();
        complete(std::move(frame.node), frame.anchor);
    }

    void complete(Node node, YAML::anchor_t anchor) {
        if (++nodes_ > limits_.nodes)
            stop(node.at, "the file holds too many entries; split it into several files");
        if (anchor != YAML::NullAnchor) {
            const Size size = measure(node);
            // Every anchored part is kept a second time, so it counts like an alias does.
            alias_bytes_ += size.bytes;
            nodes_ += size.nodes;
            if (alias_bytes_ > limits_.alias_bytes || nodes_ > limits_.nodes)
                stop(node.at,
                     "anchors and aliases (`&name`, `*name`) repeat too much text here; write it out once");
            anchors_.insert_or_assign(anchor, std::pair{node, size});
        }
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Frame& frame = open_.back();
        if (frame.node.is_sequence()) {
            frame.node.items.push_back(std::move(node));
        } else if (!frame.has_key) {
            take_key(frame, std::move(node));
        } else {
            frame.has_key = false;
            if (frame.drop_value) return;
            if (node.is_null()) node.at = frame.key_at;
            frame.node.entries.push_back({std::move(frame.key), frame.key_at, std::move(node)});
        }
    }

    void take_key(Frame& frame, Node node) {
        frame.has_key = true;
        frame.drop_value = false;
        frame.key_at = node.at;
        if (!node.is_scalar()) {
            problems_.error(
                file_, node.at,
                "a key must be a text; if this `{…}` or `[…]` is meant as text, put quotes around it");
            frame.drop_value = true;
        } else if (!frame.keys.insert(node.scalar).second) {
            const Entry* first = frame.node.find(node.scalar);
            problems_.error(file_, node.at,
                            "`" + shown(node.scalar) + "` stands here a second time (first at line " +
                                std::to_string(first != nullptr ? first->key_at.line : 0) +
                                "); remove one of them");
            frame.drop_value = true;
        }
        frame.key = std::move(node.scalar);
    }

    std::string_view file_;
    Places& places_;
    Problems& problems_;
    const Limits& limits_;
    std::vector<Frame> open_;
    std::unordered_map<YAML::anchor_t, std::pair<Node, Size>> anchors_;
    Node root_;
    std::size_t nodes_ = 0;
    std::size_t alias_bytes_ = 0;
};

// yaml-cpp's messages are written for programmers; these are what usually lies behind them.
std::string explained(const std::string& message) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> hints = {{
        {"illegal map value",
         "a `:` followed by a space is not allowed here; put quotes around the whole text, or check the "
         "indentation"},
        {"end of map not found", "this line does not line up with the ones above it; check its indentation"},
        {"end of sequence not found",
         "this line does not line up with the list above it; check its indentation"},
        {"end of map flow not found", "a `{` is not closed; add the `}` or put quotes around the text"},
        {"end of sequence flow not found", "a `[` is not closed; add the `]` or put quotes around the text"},
        {"illegal tab", "a tab is used to indent; use spaces"},
        {"EOF in scalar", "a quote is opened and never closed; add the closing quote"},
        {"unknown escape character",
         "after a backslash inside double quotes only \\n, \\t, \\\" and the like may stand; use single "
         "quotes or write \\\\"},
        {"the referenced anchor is not defined",
         "`*name` refers to an anchor that was not defined before (`&name`); a text that starts with * needs "
         "quotes"},
        {"illegal block entry",
         "a `- ` list entry is not allowed here; put the list on its own lines below the key"},
        {"illegal map key",
         "a key is not allowed here; check the indentation, or put quotes around the text"},
        {"unknown token", "this character cannot start a text; put quotes around the text"},
    }};
    for (const auto& [needle, hint] : hints)
        if (message.find(needle) != std::string::npos) return std::string(hint);
    return "not valid YAML: " + message;
}

// yaml-cpp would stop silently at U+0004 and replace broken bytes; a file that lost its tail must not load as
// half.
bool readable(std::string_view text, std::string_view file, Problems& problems, const Limits& limits) {
    if (text.size() > limits.bytes) {
        problems.error(file, {},
                       "the file has " + std::to_string(text.size()) + " bytes, more than the " +
                           std::to_string(limits.bytes) + " allowed; split it into several files");
        return false;
    }
    if (!text::is_utf8(text)) {
        std::uint32_t line = 1;
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            if (!text::is_utf8(text.substr(0, end))) break;
            text.remove_prefix(std::min(end + 1, text.size()));
            ++line;
        }
        problems.error(file, {line, 1}, "this line is not UTF-8; save the file with the encoding UTF-8");
        return false;
    }
    std::uint32_t line = 1;
    std::uint32_t column = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) != 0x80U) ++column;
        if (c == '\n') {
            ++line;
            column = 0;
        } else if ((byte < 0x20 && c != '\t' && c != '\r') || byte == 0x7F) {
            problems.error(file, {line, column}, "an invisible control character stands here; remove it");
            return false;
        } else if (c == '\t' && column == 1) {
            // yaml-cpp takes some of these for a space and then reads the line as something else than what it
            // looks like.
            problems.error(file, {line, column}, "a tab is used to indent; use spaces");
            return false;
        }
    }
    return true;
}

}  // namespace

const Entry* Node::find(std::string_view key) const noexcept {
    for (const Entry& entry : entries)
        if (entry.key == key) return &entry;
    return nullptr;
}

std::string_view kind_name(const Node& node) noexcept {
    switch (node.kind) {
        case Node::Kind::null:
            return "nothing";
        case Node::Kind::scalar:
            return "text";
        case Node::Kind::sequence:
            return "list";
        case Node::Kind::map:
            return "map";
    }
    return "nothing";
}

std::optional<Node> parse(std::string_view text, std::string_view file, Problems& problems,
                          const Limits& limits) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.rfind(byte_order_mark, 0) == 0) text.remove_prefix(byte_order_mark.size());
    if (!readable(text, file, problems, limits)) return std::nullopt;
    // yaml-cpp notices a quote that is never closed only when the file does not end with a line break.
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.remove_suffix(1);

    const std::string hidden = hide_question_marks(text);
    Places places(text);
    Builder builder(file, places, problems, limits);
    try {
        ViewBuffer buffer(hidden);
        std::istream stream(&buffer);
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder)) return Node{};
        Node root = builder.take();
        Builder rest(file, places, problems, limits);
        if (parser.HandleNextDocument(rest)) {
            problems.error(file, rest.take().at,
                           "a second document starts here (`---`); use one file for each");
            return std::nullopt;
        }
        return root;
    } catch (const Stop&) {
        return std::nullopt;
    } catch (const YAML::Exception& error) {
        problems.error(file, places.of(error.mark), show_question_marks(explained(error.msg)));
        return std::nullopt;
    }
}

}  // namespace maru::flows::yaml
