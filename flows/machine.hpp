// Runs flows, one turn at a time, as a pure function: state and input in, state and effects out. Nothing is
// sent, stored or looked up outside of what `Env` gives; the same arguments give the same answer.
//
//     Run run = start(flows, "return", {}, {.text = "반품할래요", .understanding = &u}, env);
//     perform(run.effects);                         // say, hand over, survey
//     if (run.outcome == Outcome::waiting) keep(run.state.to_json());
//     …
//     Run run = resume(flows, *RunState::from_json(kept), {.choice = "flow:return/reason/defect"}, env);
//
// Everything `Env` and `Input` point to must live for the duration of the call. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "catalog/search.hpp"
#include "flows/content/faqs.hpp"
#include "flows/content/tables.hpp"
#include "flows/flow.hpp"
#include "flows/value.hpp"
#include "nlu/understanding.hpp"

namespace maru::flows {

// What a flow may see of the world, as of the event that is being handled.
struct Env {
    std::string locale = "ko";
    std::string currency = "KRW";             // the shop's, ISO 4217
    std::string store;                        // whose own FAQ answers count; "" none
    const catalog::Index* catalog = nullptr;  // null: searches find nothing
    // The visitor's words: what they refuse ("no robot") searches leave out where others are left. Lives as
    // long as the run; "" nothing.
    std::string_view said;
    const Faqs* faqs = nullptr;
    const Tables* tables = nullptr;
    const Slots* facts = nullptr;  // "hours.open", "agents.online", …
    // Units of the shop's currency for one unit of another ("USD" → 1400.0). A limit in a currency that is
    // not here is dropped from a search and the slot `search.dropped` is set to "price".
    std::vector<std::pair<std::string, double>> rates;
    // Chooses among a text's variants; derive it from the event's id, so that a replay chooses the same.
    std::size_t seed = 0;
};

// What the visitor did: wrote something (with what was understood of it) or pressed a button.
struct Input {
    std::string_view text;
    std::string_view choice;                            // "" none
    const nlu::Understanding* understanding = nullptr;  // may be null: then only the text counts
};

// ---- effects

struct ProductRef {
    std::string id;
    std::vector<catalog::Reason> reasons;  // why it is shown, best first
};

struct SayEffect {
    std::string text;
    std::vector<Button> buttons;
    std::vector<ProductRef> products;
    std::string source;     // "flow:ID", "faq:ID" or "catalog"
    bool question = false;  // asks for something: does not count as a substantive answer
};

struct HandoffEffect {
    std::string reason;  // ready, asked, upset, bot_failed, rule
    std::string team;
    std::string note;  // for the agent
};

struct SurveyEffect {
    std::string kind;  // csat, ces, nps
};

using Effect = std::variant<SayEffect, HandoffEffect, SurveyEffect>;

// ---- state

// Where a conversation stands inside flows. Small; refers to steps by path, so it fits the content it was
// made with.
struct RunState {
    struct Frame {
        std::string flow;
        std::string step;  // the one waiting, or the call to come back to
        bool operator==(const Frame&) const = default;
    };
    std::vector<Frame> stack;  // the last one runs
    Slots slots;
    std::vector<std::string>
        asked;  // "flow/step": questions that were passed, to be asked again when reached again
    std::vector<std::string> shown;  // ids of the products last shown
    std::vector<std::string>
        known;  // slots by which a lookup has found its row: later flows may start with them
    std::vector<std::string> seen;  // and of all shown in this run, for `more`
    int attempts = 0;               // answers to the waiting question that did not fit
    bool operator==(const RunState&) const = default;

    [[nodiscard]] nlohmann::json to_json() const;
    // nullopt when the JSON was not made by to_json().
    [[nodiscard]] static std::optional<RunState> from_json(const nlohmann::json& json);
};

enum class Outcome : std::uint8_t {
    waiting,         // for the visitor's answer; keep the state
    ended,           // nothing is left to do; drop the state
    handed_off,      // the last effect hands over; drop the state
    not_understood,  // the message did not answer the question. The effects ask again and the state has
                     // counted it; to serve the message otherwise, drop this run, keep the old state and
                     // reprompt() afterwards
    failed           // the state does not fit the flows, or a limit was hit; see `fault`, drop the state
};

struct Run {
    RunState state;
    std::vector<Effect> effects;
    Outcome outcome = Outcome::ended;
    // False when the message did not answer the question, also when the question was then given up (outcome
    // ended, waiting elsewhere or handed_off).
    bool understood = true;
    std::string fault;    // for the log
    std::string product;  // id of the product that the last row found by a lookup names; empty: none
};

// Starts a flow. `vars` are slots known already; entities of the message answer questions before they are
// asked.
[[nodiscard]] Run start(const FlowSet& flows, std::string_view flow, Slots vars, const Input& input,
                        const Env& env);

// Goes on with an answer. A choice of another question of the running flows goes back there.
[[nodiscard]] Run resume(const FlowSet& flows, RunState state, const Input& input, const Env& env);

// Asks the waiting question again, after something else was served in between.
[[nodiscard]] Run reprompt(const FlowSet& flows, RunState state, const Env& env);

// A button of a flow that does not run any more: starts the flow at that answer. failed when the choice is
// unknown.
[[nodiscard]] Run enter(const FlowSet& flows, std::string_view choice, Slots vars, const Input& input,
                        const Env& env);

// What a waiting run waits for.
struct Awaiting {
    const Flow* flow = nullptr;
    std::string slot;
    std::string entity;   // of an `ask`; "text" takes any message, so look for an interruption first
    bool choice = false;  // a `choose`
    bool interruptible = true;
    std::vector<Button> buttons;
};
[[nodiscard]] std::optional<Awaiting> awaiting(const FlowSet& flows, const RunState& state,
                                               std::string_view locale);

}  // namespace maru::flows
