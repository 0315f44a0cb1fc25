// What all content files share: where a thing was written, and quick replies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/text.hpp"
#include "flows/yaml/reader.hpp"

namespace maru::flows {

using yaml::Context;
using yaml::Position;
using yaml::Problem;
using yaml::Problems;

// The place of a thing in the content folder, for messages that come later than reading.
struct Where {
    std::string file;
    Position at;
};

// A button below a message outside of a flow's own choices. In YAML one of
//   {label: TEXT, faq: ID}   {label: TEXT, flow: ID}   {label: TEXT, say: TEXT}   {label: TEXT, handoff:
//   true}
// where a `say` sends its text as if the visitor had typed it. A plain text is a `say` of itself.
struct QuickReply {
    enum class Target : std::uint8_t { say, faq, flow, handoff };
    LocalText label;
    Target target = Target::say;
    std::string id;   // of the FAQ or flow
    LocalText words;  // of `say`
    Position at;

    // The wire's `choice`: "faq:ID", "flow:ID", "handoff" or "say:WORDS" in this locale.
    [[nodiscard]] std::string choice(std::string_view locale) const;
};

// A button as it goes out with a message.
struct Button {
    std::string label;
    std::string choice;
    bool operator==(const Button&) const = default;
};

[[nodiscard]] std::vector<QuickReply> read_quick_replies(const yaml::Node& node, const Context& context);
[[nodiscard]] std::vector<Button> buttons(const std::vector<QuickReply>& replies, std::string_view locale);

// The tree of a content file; nullopt after reporting why there is none (an empty file is reported too).
[[nodiscard]] std::optional<yaml::Node> parse_file(std::string_view text, const Context& context);

}  // namespace maru::flows
