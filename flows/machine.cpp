#include "flows/machine.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "catalog/money.hpp"
#include "flows/answers.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::flows {
namespace {

// Per turn; far beyond what a visitor wants to read. A loop without a wait is refused when loading, so these
// only stop what nobody thought of.
constexpr int most_steps = 200;
constexpr std::size_t most_effects = 20;
constexpr std::size_t deepest_calls = 16;
// What a conversation may carry along.
constexpr std::size_t longest_value = 1000;  // code points
constexpr std::size_t most_seen = 50;

bool holds(const std::vector<std::string>& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// State and slots are kept as JSON, which bad bytes would break.
std::string clean(std::string_view text) {
    const std::string_view cut = text::truncate(text, longest_value);
    return text::is_utf8(cut) ? std::string(cut) : text::sanitise(cut);
}

std::vector<std::string> ids_of(const Value& value) {
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return *list;
    const std::string one = as_text(value);
    return one.empty() ? std::vector<std::string>{} : std::vector<std::string>{one};
}

// In minor units of the shop's currency; nullopt when there is no rate.
std::optional<std::int64_t> converted(std::int64_t amount, const std::string& currency, const Env& env) {
    if (currency.empty() || currency == env.currency) return amount;
    for (const auto& [name, rate] : env.rates) {
        if (name != currency) continue;
        const double units = static_cast<double>(amount) / std::pow(10, catalog::minor_digits(currency));
        const double own = units * rate * std::pow(10, catalog::minor_digits(env.currency));
        if (std::isfinite(own) && std::abs(own) < 1e15) return std::llround(own);
    }
    return std::nullopt;
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

class Runner {
  public:
    Runner(const FlowSet& flows, RunState state, const Input& input, const Env& env)
        : flows_(flows), state_(std::move(state)), input_(input), env_(env) {
        if (const auto text = trimmed(input.text); !text.empty()) state_.slots.set("message", clean(text));
    }

    Run begin(const Flow& flow) {
        state_.stack = {{flow.id, ""}};
        go(flow, flow.entry);
        return finish();
    }

    Run answer() {
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

    Run again() {
        const auto [flow, step] = waiting();
        if (step != nullptr) question(*flow, *step);
        return finish();
    }

    Run enter(const FlowSet::Chosen& chosen) {
        state_.stack = {{chosen.flow->id, chosen.step->path}};
        choose(chosen);
        return finish();
    }

  private:
    struct Place {
        const Flow* flow = nullptr;
        const Step* step = nullptr;
    };

    // The waiting question; fails when the state does not fit these flows.
    Place waiting() {
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

    // Makes `flow` the running one when it is among the running; its later questions are open again.
    bool return_to(const Flow& flow) {
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

    void choose(const FlowSet::Chosen& chosen) {
        answered_ = true;
        if (const auto* ask = std::get_if<Ask>(&chosen.step->what)) {
            accept(*chosen.flow, *chosen.step, *ask, option_value(*ask, *chosen.option));
        } else {
            accept(*chosen.flow, *chosen.step, std::get<Choose>(chosen.step->what), *chosen.option);
        }
    }

    [[nodiscard]] Value option_value(const Ask& ask, const Option& option) const {
        if (ask.entity == "yes_no") return option.value == "yes";
        if (option.label_is_value) return std::string(option.label.pick(env_.locale));
        return option.value;
    }

    // ---- answers

    void answer_choose(const Flow& flow, const Step& step, const Choose& choose) {
        const auto option = match_option(choose.options, input_.text, input_.understanding);
        if (!option) return miss(flow, step, choose.retry);
        answered_ = true;
        accept(flow, step, choose, choose.options[*option]);
    }

    void answer_ask(const Flow& flow, const Step& step, const Ask& ask) {
        auto value = read_answer(ask);
        if (!value) return miss(flow, step, ask.retry);
        answered_ = true;
        accept(flow, step, ask, std::move(*value));
    }

    std::optional<Value> read_answer(const Ask& ask) {
        const std::string_view text = trimmed(input_.text);
        if (text.empty()) return std::nullopt;
        if (ask.entity == "text") return clean(text);
        if (auto value = find_value(ask)) return value;
        const auto option = match_option(ask.options, text, input_.understanding);
        if (!option) return std::nullopt;
        return option_value(ask, ask.options[*option]);
    }

    // What in the message answers the question without doubt.
    std::optional<Value> find_value(const Ask& ask) {
        if (ask.entity == "product") {
            auto id = match_product(input_.text, input_.understanding, state_.shown, env_.catalog);
            return id ? std::optional<Value>(std::move(*id)) : std::nullopt;
        }
        if (ask.pattern != nullptr) {
            // As written, then with widths and cases evened out.
            const std::string normal = text::normalised(input_.text, {.shorten_repeats = false});
            for (const std::string_view text : {input_.text, std::string_view(normal)}) {
                std::array<re2::StringPiece, 2> found;
                const int groups = ask.pattern->NumberOfCapturingGroups() > 0 ? 2 : 1;
                if (!ask.pattern->Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED,
                                        found.data(), groups))
                    continue;
                const re2::StringPiece piece = found[static_cast<std::size_t>(groups - 1)];
                if (piece.empty()) continue;
                return clean(std::string_view(piece.data(), piece.size()));
            }
            return std::nullopt;
        }
        if (input_.understanding == nullptr) return std::nullopt;
        return entity_value(ask.entity, *input_.understanding, used_);
    }

    void accept(const Flow& flow, const Step& step, const Ask& ask, Value value) {
        const Value before = state_.slots.get(ask.slot);
        set(ask.slot, std::move(value));
        for (const Check& check : ask.checks) {
            if (check.condition.holds(lookup())) continue;
            const std::string message = render(check.message);
            set(ask.slot, before);
            state_.stack.back().step = step.path;
            if (++state_.attempts > ask.retry.limit) return give_up(flow, step, ask.retry);
            say({message, option_buttons(ask.options, flow, step, env_.locale), {}, "flow:" + flow.id, true});
            outcome_ = Outcome::waiting;
            return;
        }
        passed(flow, step);
        go(flow, step.next);
    }

    void accept(const Flow& flow, const Step& step, const Choose& choose, const Option& option) {
        set(choose.slot, option.value);
        passed(flow, step);
        go(flow, option.target);
    }

    void miss(const Flow& flow, const Step& step, const Retry& retry) {
        understood_ = false;
        if (++state_.attempts > retry.limit) return give_up(flow, step, retry);
        question(flow, step, &retry.text);
        outcome_ = Outcome::not_understood;
    }

    void give_up(const Flow& flow, const Step& step, const Retry& retry) {
        understood_ = false;
        state_.attempts = 0;
        if (retry.otherwise == Retry::hand_over) {
            hand_over({"bot_failed", "", "flow " + flow.id + ", question " + step.path});
            return;
        }
        passed(flow, step);
        go(flow, retry.otherwise);
    }

    [[nodiscard]] static std::string key(const Flow& flow, const Step& step) {
        return flow.id + "/" + step.path;
    }

    void passed(const Flow& flow, const Step& step) {
        state_.attempts = 0;
        if (std::string name = key(flow, step); !holds(state_.asked, name))
            state_.asked.push_back(std::move(name));
    }

    // ---- running

    void go(const Flow& start_flow, int index) {
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

    // Whether the question need not be asked: its slot is set and it was not passed before (coming back to a
    // question means to ask it again), or the visitor has just said it.
    bool known(const Flow& flow, const Step& step, const Ask& ask) {
        if (ask.always || holds(state_.asked, key(flow, step))) return false;
        const auto checked = [&] {
            return std::all_of(ask.checks.begin(), ask.checks.end(),
                               [&](const Check& check) { return check.condition.holds(lookup()); });
        };
        if (state_.slots.has(ask.slot)) return checked();
        // "Yes" and free text answer the question that was asked, not the next one.
        if (ask.entity == "text" || ask.entity == "yes_no" || input_.text.empty()) return false;
        if (answered_ && ask.entity == "product") return false;
        auto value = find_value(ask);
        if (!value) return false;
        set(ask.slot, std::move(*value));
        if (checked()) return true;
        set(ask.slot, {});
        return false;
    }

    const Option* known(const Flow& flow, const Step& step, const Choose& choose) const {
        if (choose.always || holds(state_.asked, key(flow, step))) return nullptr;
        const Value& value = state_.slots.get(choose.slot);
        if (!is_set(value)) return nullptr;
        const auto found = std::find_if(choose.options.begin(), choose.options.end(),
                                        [&](const Option& option) { return same(value, option.value); });
        return found == choose.options.end() ? nullptr : &*found;
    }

    void question(const Flow& flow, const Step& step, const LocalTemplate* instead = nullptr) {
        state_.stack.back().step = step.path;
        outcome_ = Outcome::waiting;
        const auto* ask = std::get_if<Ask>(&step.what);
        const auto& own = ask != nullptr ? ask->text : std::get<Choose>(step.what).text;
        const auto& options = ask != nullptr ? ask->options : std::get<Choose>(step.what).options;
        say({render(instead != nullptr && !instead->empty() ? *instead : own),
             option_buttons(options, flow, step, env_.locale),
             {},
             "flow:" + flow.id,
             true});
    }

    const Flow* enter_call(const Flow& flow, const Step& step, const Call& call) {
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

    // A step that neither waits nor calls; the next one's index.
    int run(const Flow& flow, const Step& step) {
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
            int operator()(const Search& what) const {
                return self.search(what) ? step.next : what.not_found;
            }
            int operator()(const Recommend& what) const {
                return self.recommend(what) ? step.next : what.not_found;
            }
            int operator()(const LookUp& what) const {
                return self.look_up(what) ? step.next : what.not_found;
            }
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

    void say_step(const Flow& flow, const Say& what) {
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

    void answer_step(const Answer& what) {
        const Faq* faq = env_.faqs == nullptr ? nullptr : env_.faqs->find(what.faq);
        if (faq == nullptr) return fail("there is no FAQ `" + what.faq + "`");
        say({std::string(faq->answer(env_.locale, env_.store, env_.seed)),
             buttons(faq->quick_replies, env_.locale),
             {},
             "faq:" + faq->id,
             false});
    }

    bool search(const Search& what) {
        state_.slots.set("results", 0.0);
        state_.slots.clear("search.relaxed");
        state_.slots.clear("search.dropped");
        if (env_.catalog == nullptr) return false;
        catalog::Query known;
        known.limit = what.limit;
        known.in_stock_only = what.in_stock;
        known.sort = sort_of(what.sort);
        if (what.more) known.exclude_ids = state_.seen;
        limit_price(resolve(what.price), true, true, known);
        limit_price(resolve(what.price_min), true, false, known);
        limit_price(resolve(what.price_max), false, true, known);
        // The catalog's own vocabulary reads brands, colours and kinds in either language, so they go in as
        // words.
        std::string words;
        for (const Template* part : {&what.text, &what.brand, &what.color, &what.type}) {
            const std::string text = as_text(resolve(*part));
            if (!text.empty()) words += (words.empty() ? "" : " ") + text;
        }
        catalog::Query query = env_.catalog->interpret(words, known).query;
        query.limit = what.limit;
        const catalog::Results results = env_.catalog->search(query);
        state_.slots.set("results", static_cast<double>(results.total));
        if (!results.relaxed.empty()) state_.slots.set("search.relaxed", results.relaxed);
        // Goods outside the price that was asked for are no answer; a flow may still offer them as {shown}.
        const bool fits = !holds(results.relaxed, "price");
        return offer(results.matches, what.intro, fits);
    }

    void limit_price(const Value& value, bool lower, bool upper, catalog::Query& query) {
        if (!is_set(value)) return;
        nlu::Money money;
        if (const auto* given = std::get_if<nlu::Money>(&value)) {
            money = *given;
            // "About 100,000" leaves a fifth to either side, as a search in words does.
            if (money.approximate && money.min && money.min == money.max) {
                money.min = *money.min * 4 / 5;
                money.max = *money.max * 6 / 5;
            }
            // An exact sum as a budget is the most one wants to pay.
            if (lower && upper && money.min == money.max && !money.approximate) money.min.reset();
            if (!upper) money.min = money.min ? money.min : money.max;
            if (!lower) money.max = money.max ? money.max : money.min;
        } else if (const auto number = as_number(value); number && *number >= 0 && *number < 1e15) {
            if (upper) money.max = std::llround(*number);
            if (lower && !upper) money.min = std::llround(*number);
        }
        const auto take = [&](const std::optional<std::int64_t>& amount, std::optional<std::int64_t>& into) {
            if (!amount) return;
            if (const auto own = converted(*amount, money.currency, env_)) {
                into = own;
            } else {
                state_.slots.set("search.dropped", std::string("price"));
            }
        };
        if (lower) take(money.min, query.price_min);
        if (upper) take(money.max, query.price_max);
    }

    static catalog::Sort sort_of(const std::string& name) {
        using Sort = catalog::Sort;
        static const std::array<std::pair<std::string_view, Sort>, 5> names = {
            {{"price_ascending", Sort::price_ascending},
             {"price_descending", Sort::price_descending},
             {"rating", Sort::rating},
             {"newest", Sort::newest},
             {"popularity", Sort::popularity}}};
        for (const auto& [known, sort] : names)
            if (known == name) return sort;
        return Sort::relevance;
    }

    bool recommend(const Recommend& what) {
        state_.slots.set("results", 0.0);
        if (env_.catalog == nullptr) return false;
        std::vector<catalog::Match> matches;
        if (what.kind == Recommend::Kind::popular) {
            matches = env_.catalog->popular(what.limit);
        } else {
            const auto of = ids_of(resolve(what.of));
            if (of.empty()) return false;
            matches = what.kind == Recommend::Kind::similar ? env_.catalog->similar(of.front(), what.limit)
                                                            : env_.catalog->goes_with(of.front(), what.limit);
        }
        state_.slots.set("results", static_cast<double>(matches.size()));
        return offer(matches, what.intro, true);
    }

    // Keeps the products as the shown ones and, when they fit, says so; false when there is nothing to say.
    bool offer(const std::vector<catalog::Match>& matches, const LocalTemplate& intro, bool fits) {
        SayEffect out;
        for (const catalog::Match& match : matches)
            if (match.product != nullptr) out.products.push_back({match.product->id, match.reasons});
        if (out.products.empty()) return false;
        show(out.products);
        if (!fits) return false;
        out.text = render(intro);
        out.source = "catalog";
        say(std::move(out));
        return true;
    }

    void show(const std::vector<ProductRef>& products) {
        if (products.empty()) return;
        state_.shown.clear();
        for (const ProductRef& product : products) {
            state_.shown.push_back(product.id);
            if (!holds(state_.seen, product.id)) state_.seen.push_back(product.id);
        }
        if (state_.seen.size() > most_seen)
            state_.seen.erase(state_.seen.begin(),
                              state_.seen.end() - static_cast<std::ptrdiff_t>(most_seen));
    }

    bool look_up(const LookUp& what) {
        const Table* table = env_.tables == nullptr ? nullptr : env_.tables->find(what.table);
        if (table == nullptr) return false;
        const std::string wanted = as_text(resolve(what.key));
        const auto* row = wanted.empty() ? nullptr : table->find(what.by, wanted);
        for (std::size_t i = 0; i < table->columns.size(); ++i) {
            const std::string_view cell =
                row == nullptr ? std::string_view{} : (*row)[i].pick(env_.locale, 0);
            set(what.into + "." + table->columns[i], cell.empty() ? Value{} : Value{std::string(cell)});
        }
        return row != nullptr;
    }

    void assign(const std::vector<Assign>& assigns) {
        for (const Assign& each : assigns)
            set(each.slot, each.is_expression ? each.expression.evaluate(lookup()) : resolve(each.text));
    }

    // ---- values

    void set(std::string_view slot, Value value) {
        if (auto* text = std::get_if<std::string>(&value)) {
            *text = clean(*text);
            if (text->empty()) value = {};
        }
        state_.slots.set(slot, std::move(value));
    }

    [[nodiscard]] Value value(std::string_view name) const {
        if (name == "locale") return env_.locale;
        if (name == "shown") return state_.shown.empty() ? Value{} : Value{state_.shown};
        if (const Value& own = state_.slots.get(name); is_set(own)) return own;
        return env_.facts == nullptr ? Value{} : env_.facts->get(name);
    }

    [[nodiscard]] Lookup lookup() const {
        return [this](std::string_view name) { return value(name); };
    }
    [[nodiscard]] Display display() const { return {env_.locale, env_.currency, env_.catalog}; }
    [[nodiscard]] Value resolve(const Template& text) const { return text.resolve(display(), lookup()); }

    [[nodiscard]] std::string render(const LocalTemplate& text) const {
        const Template* variant = text.pick(env_.locale, env_.seed);
        if (variant == nullptr) return {};
        return variant->render(display(), lookup(), [this](std::string_view slot, const Value& v) {
            return std::string(flows_.label(slot, as_text(v), env_.locale));
        });
    }

    // ---- results

    void say(SayEffect what) { effect(std::move(what)); }

    void effect(Effect what) {
        if (effects_.size() >= most_effects)
            return fail("more than " + std::to_string(most_effects) + " messages in one turn");
        effects_.push_back(std::move(what));
    }

    void hand_over(HandoffEffect what) {
        effect(std::move(what));
        if (done_) return;
        outcome_ = Outcome::handed_off;
        done_ = true;
    }

    void fail(std::string why) {
        if (fault_.empty()) fault_ = std::move(why);
        outcome_ = Outcome::failed;
        done_ = true;
    }

    Run finish() {
        if (outcome_ != Outcome::waiting && outcome_ != Outcome::not_understood) state_.stack.clear();
        return {std::move(state_), std::move(effects_), outcome_, understood_, std::move(fault_)};
    }

    const FlowSet& flows_;
    RunState state_;
    const Input& input_;
    const Env& env_;
    std::vector<Effect> effects_;
    std::vector<std::size_t> used_;  // entities of the message that have answered something
    Outcome outcome_ = Outcome::ended;
    std::string fault_;
    int steps_ = 0;
    bool understood_ = true;
    bool answered_ = false;  // the message has answered the waiting question
    bool done_ = false;
};

Run failed(std::string why) {
    Run run;
    run.outcome = Outcome::failed;
    run.fault = std::move(why);
    return run;
}

nlohmann::json strings(const std::vector<std::string>& list) {
    return list;
}

bool read_strings(const nlohmann::json& json, const char* key, std::vector<std::string>& into) {
    const auto found = json.find(key);
    if (found == json.end()) return true;
    if (!found->is_array()) return false;
    for (const auto& item : *found) {
        if (!item.is_string()) return false;
        into.push_back(item.get<std::string>());
    }
    return true;
}

}  // namespace

nlohmann::json RunState::to_json() const {
    nlohmann::json frames = nlohmann::json::array();
    for (const Frame& frame : stack) frames.push_back({frame.flow, frame.step});
    nlohmann::json out = {{"stack", std::move(frames)}, {"slots", slots.to_json()}};
    if (!asked.empty()) out["asked"] = strings(asked);
    if (!shown.empty()) out["shown"] = strings(shown);
    if (!seen.empty()) out["seen"] = strings(seen);
    if (attempts > 0) out["attempts"] = attempts;
    return out;
}

std::optional<RunState> RunState::from_json(const nlohmann::json& json) {
    if (!json.is_object()) return std::nullopt;
    RunState state;
    const auto stack = json.find("stack");
    const auto slots = json.find("slots");
    if (stack == json.end() || !stack->is_array() || slots == json.end()) return std::nullopt;
    for (const auto& frame : *stack) {
        if (!frame.is_array() || frame.size() != 2 || !frame[0].is_string() || !frame[1].is_string())
            return std::nullopt;
        state.stack.push_back({frame[0].get<std::string>(), frame[1].get<std::string>()});
    }
    auto read = Slots::from_json(*slots);
    if (!read) return std::nullopt;
    state.slots = std::move(*read);
    if (!flows::read_strings(json, "asked", state.asked) ||
        !flows::read_strings(json, "shown", state.shown) || !flows::read_strings(json, "seen", state.seen))
        return std::nullopt;
    if (const auto attempts = json.find("attempts"); attempts != json.end()) {
        if (!attempts->is_number_integer()) return std::nullopt;
        state.attempts = static_cast<int>(std::clamp<std::int64_t>(attempts->get<std::int64_t>(), 0, 100));
    }
    return state;
}

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
