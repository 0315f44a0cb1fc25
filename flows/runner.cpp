#include "flows/runner.hpp"

#include "nlu/text/unicode.hpp"

namespace maru::flows {
namespace {

// Per turn; far beyond what a visitor wants to read. A loop without a wait is refused when loading, so these
// only stop what nobody thought of.
constexpr int most_steps = 200;
constexpr std::size_t most_effects = 20;
constexpr std::size_t deepest_calls = 16;
// An order that was found is the one meant later too, until another is named; a place or a date is asked
// anew.
constexpr std::string_view remembered = "order_number";
// What a conversation may carry along.
constexpr std::size_t longest_value = 1000;  // code points

}  // namespace

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string clean(std::string_view text) {
    const std::string_view cut = text::truncate(text, longest_value);
    return text::is_utf8(cut) ? std::string(cut) : text::sanitise(cut);
}

std::vector<std::string> ids_of(const Value& value) {
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return *list;
    const std::string one = as_text(value);
    return one.empty() ? std::vector<std::string>{} : std::vector<std::string>{one};
}

std::vector<Button> option_buttons(const std::vector<Option>& options, const Flow& flow, const Step& step,
                                   std::string_view locale) {
    std::vector<Button> out;
    out.reserve(options.size());
    for (const Option& option : options)
        out.push_back(
            {std::string(option.label.pick(locale)), flow_choice(flow.id, step.path, option.value)});
    return out;
}

std::string question_key(const Flow& flow, const Step& step) {
    return flow.id + "/" + step.path;
}

Runner::Runner(const FlowSet& flows, RunState state, const Input& input, const Env& env)
    : flows_(flows), state_(std::move(state)), input_(input), env_(env) {
    if (const auto text = trimmed(input.text); !text.empty()) state_.slots.set("message", clean(text));
}

Run Runner::begin(const Flow& flow) {
    state_.stack = {{flow.id, ""}};
    go(flow, flow.entry);
    return finish();
}

Run Runner::answer() {
    const auto [flow, step] = waiting();
    if (step == nullptr) return finish();
    if (!input_.choice.empty()) {
        const FlowSet::Chosen chosen = flows_.find_choice(input_.choice);
        if (chosen.option != nullptr && return_to(*chosen.flow)) {
            choose(chosen);
            return finish();
        }
    }
    if (const auto* ask = std::get_if<Ask>(&step->what)) {
        answer_ask(*flow, *step, *ask);
    } else {
        answer_choose(*flow, *step, std::get<Choose>(step->what));
    }
    return finish();
}

Run Runner::again() {
    const auto [flow, step] = waiting();
    if (step != nullptr) question(*flow, *step);
    return finish();
}

Run Runner::enter(const FlowSet::Chosen& chosen) {
    state_.stack = {{chosen.flow->id, chosen.step->path}};
    choose(chosen);
    return finish();
}

Runner::Place Runner::waiting() {
    if (state_.stack.empty() || state_.stack.size() > deepest_calls) {
        fail("the state names no running flow");
        return {};
    }
    for (const RunState::Frame& frame : state_.stack) {
        const Flow* flow = flows_.find(frame.flow);
        if (flow == nullptr || flow->find(frame.step) == nullptr) {
            fail("there is no step `" + frame.flow + "/" + frame.step + "` (any more)");
            return {};
        }
    }
    const Flow* flow = flows_.find(state_.stack.back().flow);
    const Step* step = flow->find(state_.stack.back().step);
    if (!std::holds_alternative<Ask>(step->what) && !std::holds_alternative<Choose>(step->what)) {
        fail("the step `" + flow->id + "/" + step->path + "` does not wait for an answer");
        return {};
    }
    return {flow, step};
}

bool Runner::return_to(const Flow& flow) {
    for (std::size_t i = state_.stack.size(); i-- > 0;) {
        if (state_.stack[i].flow != flow.id) continue;
        state_.stack.resize(i + 1);
        const std::string prefix = flow.id + "/";
        auto& asked = state_.asked;
        asked.erase(std::remove_if(asked.begin(), asked.end(),
                                   [&](const std::string& key) { return key.rfind(prefix, 0) == 0; }),
                    asked.end());
        return true;
    }
    return false;
}

void Runner::passed(const Flow& flow, const Step& step) {
    state_.attempts = 0;
    if (std::string name = question_key(flow, step); !holds(state_.asked, name))
        state_.asked.push_back(std::move(name));
}

// ---- running

void Runner::go(const Flow& start_flow, int index) {
    const Flow* flow = &start_flow;
    while (!done_) {
        if (index < 0) {
            state_.stack.pop_back();
            if (state_.stack.empty()) {
                outcome_ = Outcome::ended;
                return;
            }
            const RunState::Frame& frame = state_.stack.back();
            flow = flows_.find(frame.flow);
            const Step* call = flow == nullptr ? nullptr : flow->find(frame.step);
            if (call == nullptr) return fail("there is no step to come back to");
            index = call->next;
            continue;
        }
        if (++steps_ > most_steps)
            return fail("more than " + std::to_string(most_steps) + " steps in one turn");
        const Step& step = flow->steps[static_cast<std::size_t>(index)];
        if (const auto* ask = std::get_if<Ask>(&step.what)) {
            if (!known(*flow, step, *ask)) return question(*flow, step);
            passed(*flow, step);
            index = step.next;
        } else if (const auto* choose = std::get_if<Choose>(&step.what)) {
            const Option* option = known(*flow, step, *choose);
            if (option == nullptr) return question(*flow, step);
            passed(*flow, step);
            index = option->target;
        } else if (const auto* call = std::get_if<Call>(&step.what)) {
            flow = enter_call(*flow, step, *call);
            if (flow == nullptr) return;
            index = flow->entry;
        } else {
            index = run(*flow, step);
        }
    }
}

const Flow* Runner::enter_call(const Flow& flow, const Step& step, const Call& call) {
    const Flow* called = flows_.find(call.flow);
    if (called == nullptr) {
        fail("there is no flow `" + call.flow + "`");
        return nullptr;
    }
    assign(call.with);
    // As a flow's last step a call does not come back, so flows may follow each other for ever.
    int next = step.next;
    for (int hops = 0; next >= 0 && hops < most_steps; ++hops) {
        const Step& follower = flow.steps[static_cast<std::size_t>(next)];
        if (!std::holds_alternative<Jump>(follower.what)) break;
        next = follower.next;
    }
    if (next < 0) {
        state_.stack.back() = {called->id, ""};
        const std::string prefix = called->id + "/";
        auto& asked = state_.asked;
        asked.erase(std::remove_if(asked.begin(), asked.end(),
                                   [&](const std::string& name) { return name.rfind(prefix, 0) == 0; }),
                    asked.end());
        return called;
    }
    if (state_.stack.size() >= deepest_calls) {
        fail("flows call each other more than " + std::to_string(deepest_calls) + " deep");
        return nullptr;
    }
    state_.stack.back().step = step.path;
    state_.stack.push_back({called->id, ""});
    return called;
}

int Runner::run(const Flow& flow, const Step& step) {
    struct Visitor {
        Runner& self;
        const Flow& flow;
        const Step& step;
        int operator()(const Jump& /*what*/) const { return step.next; }
        int operator()(const Ask& /*what*/) const { return step.next; }
        int operator()(const Choose& /*what*/) const { return step.next; }
        int operator()(const Call& /*what*/) const { return step.next; }
        int operator()(const Say& what) const {
            self.say_step(flow, what);
            return step.next;
        }
        int operator()(const Branch& what) const {
            for (const Branch::Case& one : what.cases)
                if (one.condition.holds(self.lookup())) return one.target;
            return what.otherwise;
        }
        int operator()(const Answer& what) const {
            self.answer_step(what);
            return step.next;
        }
        int operator()(const Search& what) const { return self.search(what) ? step.next : what.not_found; }
        int operator()(const Recommend& what) const {
            return self.recommend(what) ? step.next : what.not_found;
        }
        int operator()(const LookUp& what) const { return self.look_up(what) ? step.next : what.not_found; }
        int operator()(const HandOver& what) const {
            self.hand_over({what.reason, what.team, self.render(what.note)});
            return Step::end;
        }
        int operator()(const AskOpinion& what) const {
            self.effect(SurveyEffect{what.kind});
            return step.next;
        }
        int operator()(const Set& what) const {
            self.assign(what.assigns);
            return step.next;
        }
        int operator()(const Clear& what) const {
            for (const std::string& slot : what.slots) self.state_.slots.clear(slot);
            return step.next;
        }
    };
    return std::visit(Visitor{*this, flow, step}, step.what);
}

void Runner::say_step(const Flow& flow, const Say& what) {
    SayEffect out;
    out.text = render(what.text);
    out.buttons = buttons(what.quick_replies, env_.locale);
    out.source = "flow:" + flow.id;
    if (!what.products.empty())
        for (std::string& id : ids_of(what.products.resolve(display(), lookup())))
            if (env_.catalog == nullptr || env_.catalog->find(id) != nullptr)
                out.products.push_back({std::move(id), {}});
    show(out.products);
    say(std::move(out));
}

void Runner::answer_step(const Answer& what) {
    const Faq* faq = env_.faqs == nullptr ? nullptr : env_.faqs->find(what.faq);
    if (faq == nullptr) return fail("there is no FAQ `" + what.faq + "`");
    say({std::string(faq->answer(env_.locale, env_.store, env_.seed)),
         buttons(faq->quick_replies, env_.locale),
         {},
         "faq:" + faq->id,
         false});
}

bool Runner::look_up(const LookUp& what) {
    const Table* table = env_.tables == nullptr ? nullptr : env_.tables->find(what.table);
    if (table == nullptr) return false;
    const std::string wanted = as_text(resolve(what.key));
    const auto* row = wanted.empty() ? nullptr : table->find(what.by, wanted);
    for (std::size_t i = 0; i < table->columns.size(); ++i) {
        const std::string_view cell = row == nullptr ? std::string_view{} : (*row)[i].pick(env_.locale, 0);
        set(what.into + "." + table->columns[i], cell.empty() ? Value{} : Value{std::string(cell)});
    }
    if (row == nullptr) return false;
    for (const auto& part : what.key.parts())
        if (part.slot && part.text == remembered && !holds(state_.known, part.text))
            state_.known.push_back(part.text);
    if (const auto column = table->column("product"); column < table->columns.size())
        product_ = (*row)[column].pick(env_.locale, 0);
    return true;
}

void Runner::assign(const std::vector<Assign>& assigns) {
    for (const Assign& each : assigns)
        set(each.slot, each.is_expression ? each.expression.evaluate(lookup()) : resolve(each.text));
}

// ---- values

void Runner::set(std::string_view slot, Value value) {
    if (auto* text = std::get_if<std::string>(&value)) {
        *text = clean(*text);
        if (text->empty()) value = {};
    }
    state_.slots.set(slot, std::move(value));
}

Value Runner::value(std::string_view name) const {
    if (name == "locale") return env_.locale;
    if (name == "shown") return state_.shown.empty() ? Value{} : Value{state_.shown};
    if (const Value& own = state_.slots.get(name); is_set(own)) return own;
    return env_.facts == nullptr ? Value{} : env_.facts->get(name);
}

Lookup Runner::lookup() const {
    return [this](std::string_view name) { return value(name); };
}

std::string Runner::render(const LocalTemplate& text) const {
    const Template* variant = text.pick(env_.locale, env_.seed);
    if (variant == nullptr) return {};
    return variant->render(display(), lookup(), [this](std::string_view slot, const Value& v) {
        return std::string(flows_.label(slot, as_text(v), env_.locale));
    });
}

// ---- results

void Runner::effect(Effect what) {
    if (effects_.size() >= most_effects)
        return fail("more than " + std::to_string(most_effects) + " messages in one turn");
    effects_.push_back(std::move(what));
}

void Runner::hand_over(HandoffEffect what) {
    effect(std::move(what));
    if (done_) return;
    outcome_ = Outcome::handed_off;
    done_ = true;
}

void Runner::fail(std::string why) {
    if (fault_.empty()) fault_ = std::move(why);
    outcome_ = Outcome::failed;
    done_ = true;
}

Run Runner::finish() {
    if (outcome_ != Outcome::waiting && outcome_ != Outcome::not_understood) state_.stack.clear();
    return {std::move(state_), std::move(effects_), outcome_,
            understood_,       std::move(fault_),   std::move(product_)};
}

}  // namespace maru::flows
