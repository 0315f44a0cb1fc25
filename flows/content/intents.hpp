// intents/*.yaml: what visitors want, by example, in the shape that users of Rasa know.
//
//   version: 1
//   locale: en                       # for the whole file; an entry may have its own
//   nlu:
//     - intent: order_status
//       examples: |
//         - where is my order
//         - has [20261101-0001](order_number) been shipped?
//     - intent: talk_to_human
//       rules:
//         - phrases: [talk to a human, agent please]
//         - patterns: '(?:real|live) (?:person|agent)'
//           priority: 10
//           scope: always
//
// An intent may be spread over entries and files; its parts are joined. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "flows/content/common.hpp"

namespace maru::flows {

// A part of an example marked as an entity: [text](type). Bytes of Example::text, half open.
struct Mention {
    std::string type;
    std::string value;  // the canonical form, when one was given
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct Example {
    std::string text;    // without the marks
    std::string locale;  // "" when none was given: any
    std::vector<Mention> mentions;
    Position at;
};

// Recognises an intent without training, for certain. Phrases are plain text, patterns RE2 syntax over the
// normalised message (lower case); one of them is never empty.
struct IntentRule {
    enum class Scope : std::uint8_t {
        always,
        in_flow,      // only while a flow runs
        waiting,      // only while a question of a flow waits for its answer
        outside_flow  // only while no flow runs
    };
    std::vector<std::string> phrases;
    std::vector<std::string> patterns;
    int priority = 0;  // higher wins
    Scope scope = Scope::always;
    Where where;
};

struct Intent {
    std::string name;
    Where where;  // of its first entry
    std::vector<Example> examples;
    std::vector<IntentRule> rules;
    std::vector<std::string> files;  // of `examples`, parallel
};

struct Intents {
    std::vector<Intent> all;  // by first appearance

    [[nodiscard]] const Intent* find(std::string_view name) const noexcept;
    [[nodiscard]] std::vector<std::string> names() const;
};

// Adds a file's intents to `into`; problems go to the context.
void read_intents(std::string_view text, const Context& context, Intents& into);

// What only shows when all files are read: intents without examples or rules, one example in two intents.
void check_intents(const Intents& intents, Problems& problems);

}  // namespace maru::flows
