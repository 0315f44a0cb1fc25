// Flows as they run: compiled from flow files by flows/loader.hpp, immutable, shared between threads.
//
// A flow is a graph of steps. `next` and every branch name the step that follows by its index in the flow;
// `Step::end` leaves the flow (to its caller, if there is one). A step's `path` ("3", "reason",
// "5/not_found/1") names it in a conversation's state and on the wire, and stays the same as long as the flow
// file does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "flows/content/common.hpp"
#include "flows/expression.hpp"
#include "flows/template.hpp"

namespace re2 {
class RE2;
}

namespace maru::flows {

struct Say {
    LocalTemplate text;
    std::vector<QuickReply> quick_replies;
    Template products;  // ids to show as cards; empty: none
};

// An answer that the visitor may give: a button, and what they may type for it.
struct Option {
    std::string value;  // what the slot holds then; part of the wire's choice
    LocalText label;
    bool label_is_value = false;       // a suggestion without a value: the slot holds the label's words
    std::vector<std::string> words;    // other ways to say it, any language
    std::vector<std::string> intents;  // of which any means it
    int target = -1;
    Position at;
};

struct Check {
    Expression condition;  // over the slots, the candidate among them
    LocalTemplate message;
};

// How often a question is asked again, and what then. The default hands the conversation over.
struct Retry {
    static constexpr int hand_over = -2;
    int limit = 2;       // re-prompts before giving up
    LocalTemplate text;  // empty: the question again
    int otherwise = hand_over;
};

struct Ask {
    std::string slot;
    LocalTemplate text;
    std::string entity;  // the type that answers; "text": anything goes
    std::shared_ptr<const re2::RE2>
        pattern;  // or this, found in the message: its first group, else all of it
    std::vector<Check> checks;
    std::vector<Option> options;  // suggestions; targets unused. For yes_no the two answers
    Retry retry;
    bool always = false;  // ask although the slot is set
};

struct Choose {
    std::string slot;
    LocalTemplate text;
    std::vector<Option> options;
    Retry retry;
    bool always = false;
};

struct Branch {
    struct Case {
        Expression condition;
        int target = 0;
    };
    std::vector<Case> cases;
    int otherwise = 0;
};

struct Answer {
    std::string faq;
};

// Each template empty: no such constraint.
struct Search {
    Template text, price, price_min, price_max, brand, color, type;
    std::string sort;  // "", price_ascending, price_descending, rating, newest, popularity
    std::uint32_t limit = 5;
    bool in_stock = false;
    bool more = false;  // leave out what was shown in this conversation's run
    LocalTemplate intro;
    int not_found = 0;
};

struct Recommend {
    enum class Kind : std::uint8_t { similar, popular, goes_with };
    Kind kind = Kind::popular;
    Template of;
    std::uint32_t limit = 5;
    LocalTemplate intro;
    int not_found = 0;
};

struct LookUp {
    std::string table;
    std::string by;  // column; empty: the table's key
    Template key;
    std::string into;  // columns become the slots INTO.COLUMN
    int not_found = 0;
};

struct HandOver {
    std::string reason = "asked";  // ready, asked, upset, bot_failed, rule
    std::string team;
    LocalTemplate note;
};

struct AskOpinion {
    std::string kind;  // csat, ces, nps
};

struct Assign {
    std::string slot;
    Expression expression;  // one of the two
    Template text;
    bool is_expression = false;
};
struct Set {
    std::vector<Assign> assigns;
};

struct Clear {
    std::vector<std::string> slots;
};

struct Call {
    std::string flow;
    std::vector<Assign> with;
};

struct Jump {};  // a label, goto or end: only its `next` matters

struct Step {
    static constexpr int end = -1;

    std::string path;
    Position at;
    int next = end;
    std::variant<Jump, Say, Ask, Choose, Branch, Answer, Search, Recommend, LookUp, HandOver, AskOpinion, Set,
                 Clear, Call>
        what;
};

struct Flow {
    std::string id;
    Where where;
    LocalText title;                    // the id when it was not given
    std::vector<std::string> triggers;  // intents that start it
    std::vector<std::string> takes;     // slots that may be set before it starts
    bool interruptible = true;          // another intent may be served in between
    std::vector<Step> steps;
    int entry = Step::end;
    std::unordered_map<std::string, int> by_path;

    [[nodiscard]] const Step* find(std::string_view path) const;
};

// A quick reply's `choice` taken apart: "flow:return/reason/defect".
struct FlowChoice {
    std::string flow;
    std::string step;
    std::string option;
};
[[nodiscard]] std::optional<FlowChoice> parse_flow_choice(std::string_view choice);
[[nodiscard]] std::string flow_choice(std::string_view flow, std::string_view step, std::string_view option);

struct FlowSet {
    std::vector<Flow> flows;
    std::unordered_map<std::string, std::size_t> by_id;
    std::unordered_map<std::string, std::size_t> by_intent;
    // What a slot's values are called, from the options that set it.
    std::unordered_map<std::string, std::vector<std::pair<std::string, LocalText>>> labels;

    [[nodiscard]] const Flow* find(std::string_view id) const;
    [[nodiscard]] const Flow* triggered_by(std::string_view intent) const;
    [[nodiscard]] std::vector<std::string> ids() const;

    // The step and option that a choice names; nullptr when there is none (any more).
    struct Chosen {
        const Flow* flow = nullptr;
        const Step* step = nullptr;
        const Option* option = nullptr;
    };
    [[nodiscard]] Chosen find_choice(std::string_view choice) const;
    // What a button said, to show as the visitor's message; "" when the choice is unknown.
    [[nodiscard]] std::string choice_label(std::string_view choice, std::string_view locale) const;
    // "" when the value has no name.
    [[nodiscard]] std::string_view label(std::string_view slot, std::string_view value,
                                         std::string_view locale) const;
};

}  // namespace maru::flows
