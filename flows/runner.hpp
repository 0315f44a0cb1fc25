// One turn of the running flows: what the functions of flows/machine.hpp have in common. Internal to flows/.
//
// A Runner lives for one call of those functions and is used by one thread; everything it refers to must
// outlive it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/machine.hpp"

namespace maru::flows {

class Runner {
  public:
    Runner(const FlowSet& flows, RunState state, const Input& input, const Env& env);

    Run begin(const Flow& flow);
    Run answer();  // of the waiting question
    Run again();   // puts the waiting question once more
    Run enter(const FlowSet::Chosen& chosen);

  private:
    struct Place {
        const Flow* flow = nullptr;
        const Step* step = nullptr;
    };

    // ---- the way through the steps (runner.cpp)
    // The waiting question; fails when the state does not fit these flows.
    Place waiting();
    // Makes `flow` the running one when it is among the running; its later questions are open again.
    bool return_to(const Flow& flow);
    void go(const Flow& start_flow, int index);
    void passed(const Flow& flow, const Step& step);
    const Flow* enter_call(const Flow& flow, const Step& step, const Call& call);
    // A step that neither waits nor calls; the next one's index.
    int run(const Flow& flow, const Step& step);
    void say_step(const Flow& flow, const Say& what);
    void answer_step(const Answer& what);
    bool look_up(const LookUp& what);
    void assign(const std::vector<Assign>& assigns);

    // ---- questions and their answers (runner_questions.cpp)
    void question(const Flow& flow, const Step& step, const LocalTemplate* instead = nullptr);
    void choose(const FlowSet::Chosen& chosen);
    [[nodiscard]] Value option_value(const Ask& ask, const Option& option) const;
    void answer_choose(const Flow& flow, const Step& step, const Choose& choose);
    void answer_ask(const Flow& flow, const Step& step, const Ask& ask);
    std::optional<Value> read_answer(const Ask& ask);
    // What in the message answers the question without doubt.
    std::optional<Value> find_value(const Ask& ask);
    std::optional<Value> bare_amount();
    void accept(const Flow& flow, const Step& step, const Ask& ask, Value value);
    void accept(const Flow& flow, const Step& step, const Choose& choose, const Option& option);
    void miss(const Flow& flow, const Step& step, const Retry& retry);
    void give_up(const Flow& flow, const Step& step, const Retry& retry);
    // Whether the question need not be asked: its slot is set and it was not passed before (coming back to a
    // question means to ask it again), or the visitor has just said it.
    bool known(const Flow& flow, const Step& step, const Ask& ask);
    const Option* known(const Flow& flow, const Step& step, const Choose& choose) const;
    [[nodiscard]] const Option* said(const Choose& choose) const;

    // ---- goods (runner_goods.cpp)
    bool search(const Search& what);
    [[nodiscard]] catalog::Query as_said(catalog::Query query) const;
    void limit_price(const Value& value, bool lower, bool upper, catalog::Query& query);
    bool recommend(const Recommend& what);
    // Keeps the products as the shown ones and, when they fit, says so; false when there is nothing to say.
    bool offer(const std::vector<catalog::Match>& matches, const LocalTemplate& intro, bool fits);
    void show(const std::vector<ProductRef>& products);

    // ---- values
    void set(std::string_view slot, Value value);
    [[nodiscard]] Value value(std::string_view name) const;
    [[nodiscard]] Lookup lookup() const;
    [[nodiscard]] Display display() const { return {env_.locale, env_.currency, env_.catalog}; }
    [[nodiscard]] Value resolve(const Template& text) const { return text.resolve(display(), lookup()); }
    [[nodiscard]] std::string render(const LocalTemplate& text) const;

    // ---- results
    void say(SayEffect what) { effect(std::move(what)); }
    void effect(Effect what);
    void hand_over(HandoffEffect what);
    void fail(std::string why);
    Run finish();

    const FlowSet& flows_;
    RunState state_;
    const Input& input_;
    const Env& env_;
    std::vector<Effect> effects_;
    std::vector<std::size_t> used_;  // entities of the message that have answered something
    Outcome outcome_ = Outcome::ended;
    std::string fault_;
    std::string product_;
    int steps_ = 0;
    bool understood_ = true;
    bool answered_ = false;  // the message has answered the waiting question
    bool done_ = false;
};

// ---- what its parts share

[[nodiscard]] inline bool holds(const std::vector<std::string>& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}
// The question's name among those already asked.
[[nodiscard]] std::string question_key(const Flow& flow, const Step& step);
[[nodiscard]] std::string_view trimmed(std::string_view text);
// Cut to what a conversation may carry along, and made whole: state is kept as JSON, which bad bytes break.
[[nodiscard]] std::string clean(std::string_view text);
[[nodiscard]] std::vector<std::string> ids_of(const Value& value);
[[nodiscard]] std::vector<Button> option_buttons(const std::vector<Option>& options, const Flow& flow,
                                                 const Step& step, std::string_view locale);

}  // namespace maru::flows
