#include "flows/machine.hpp"

#include <utility>

#include "flows/runner.hpp"

namespace maru::flows {
namespace {

Run failed(std::string why) {
    Run run;
    run.outcome = Outcome::failed;
    run.fault = std::move(why);
    return run;
}

}  // namespace

Run start(const FlowSet& flows, std::string_view flow, Slots vars, const Input& input, const Env& env) {
    const Flow* found = flows.find(flow);
    if (found == nullptr) return failed("there is no flow `" + std::string(flow) + "`");
    RunState state;
    state.slots = std::move(vars);
    // Products shown before the flow, for "the second one".
    if (const auto* shown = std::get_if<std::vector<std::string>>(&state.slots.get("shown")))
        state.shown = *shown;
    state.slots.clear("shown");
    return Runner(flows, std::move(state), input, env).begin(*found);
}

Run resume(const FlowSet& flows, RunState state, const Input& input, const Env& env) {
    return Runner(flows, std::move(state), input, env).answer();
}

Run reprompt(const FlowSet& flows, RunState state, const Env& env) {
    const Input nothing;
    return Runner(flows, std::move(state), nothing, env).again();
}

Run enter(const FlowSet& flows, std::string_view choice, Slots vars, const Input& input, const Env& env) {
    const FlowSet::Chosen chosen = flows.find_choice(choice);
    if (chosen.option == nullptr)
        return failed("there is no choice `" + std::string(choice) + "` (any more)");
    RunState state;
    state.slots = std::move(vars);
    return Runner(flows, std::move(state), input, env).enter(chosen);
}

std::optional<Awaiting> awaiting(const FlowSet& flows, const RunState& state, std::string_view locale) {
    if (state.stack.empty()) return std::nullopt;
    const Flow* flow = flows.find(state.stack.back().flow);
    const Step* step = flow == nullptr ? nullptr : flow->find(state.stack.back().step);
    if (step == nullptr) return std::nullopt;
    Awaiting out;
    out.flow = flow;
    out.interruptible = flow->interruptible;
    if (const auto* ask = std::get_if<Ask>(&step->what)) {
        out.slot = ask->slot;
        out.entity = ask->entity;
        out.buttons = option_buttons(ask->options, *flow, *step, locale);
        return out;
    }
    if (const auto* choose = std::get_if<Choose>(&step->what)) {
        out.slot = choose->slot;
        out.choice = true;
        out.buttons = option_buttons(choose->options, *flow, *step, locale);
        return out;
    }
    return std::nullopt;
}

}  // namespace maru::flows
