// Questions of a flow: how they are put, and what counts as an answer.
#include <re2/re2.h>

#include <array>
#include <cmath>

#include "catalog/money.hpp"
#include "flows/answers.hpp"
#include "flows/pointing.hpp"
#include "flows/runner.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::flows {

void Runner::question(const Flow& flow, const Step& step, const LocalTemplate* instead) {
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

void Runner::choose(const FlowSet::Chosen& chosen) {
    answered_ = true;
    if (const auto* ask = std::get_if<Ask>(&chosen.step->what)) {
        accept(*chosen.flow, *chosen.step, *ask, option_value(*ask, *chosen.option));
    } else {
        accept(*chosen.flow, *chosen.step, std::get<Choose>(chosen.step->what), *chosen.option);
    }
}

Value Runner::option_value(const Ask& ask, const Option& option) const {
    if (ask.entity == "yes_no") return option.value == "yes";
    if (option.label_is_value) return std::string(option.label.pick(env_.locale));
    return option.value;
}

void Runner::answer_choose(const Flow& flow, const Step& step, const Choose& choose) {
    const auto option = match_option(choose.options, input_.text, input_.understanding);
    if (!option) return miss(flow, step, choose.retry);
    answered_ = true;
    accept(flow, step, choose, choose.options[*option]);
}

void Runner::answer_ask(const Flow& flow, const Step& step, const Ask& ask) {
    auto value = read_answer(ask);
    if (!value) return miss(flow, step, ask.retry);
    answered_ = true;
    accept(flow, step, ask, std::move(*value));
}

std::optional<Value> Runner::read_answer(const Ask& ask) {
    const std::string_view text = trimmed(input_.text);
    if (text.empty()) return std::nullopt;
    if (ask.entity == "text") return clean(text);
    if (auto value = find_value(ask)) return value;
    const auto option = match_option(ask.options, text, input_.understanding);
    if (!option) return std::nullopt;
    return option_value(ask, ask.options[*option]);
}

std::optional<Value> Runner::find_value(const Ask& ask) {
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
            if (!ask.pattern->Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED, found.data(),
                                    groups))
                continue;
            const re2::StringPiece piece = found[static_cast<std::size_t>(groups - 1)];
            if (piece.empty()) continue;
            return clean(std::string_view(piece.data(), piece.size()));
        }
        return std::nullopt;
    }
    if (input_.understanding == nullptr) return std::nullopt;
    auto value = entity_value(ask.entity, *input_.understanding, used_);
    // "It says …-0003, maybe it is …-0002?": what was tried already is not the answer.
    if (value && is_set(state_.slots.get(ask.slot)) && same(*value, state_.slots.get(ask.slot)))
        if (auto other = entity_value(ask.entity, *input_.understanding, used_)) value = std::move(other);
    if (!value && ask.entity == "money") value = bare_amount();
    return value;
}

// "60000", "300", "30": a number as the answer to a question for a sum. Nobody counts won below a thousand:
// Koreans leave out the 만, others the thousand.
std::optional<Value> Runner::bare_amount() {
    const auto& entities = input_.understanding->entities;
    const auto number = std::find_if(entities.begin(), entities.end(),
                                     [](const nlu::Entity& one) { return one.type == "number"; });
    const auto* value = number == entities.end() ? nullptr : std::get_if<double>(&number->value);
    constexpr double most = 1e12;
    if (value == nullptr || *value <= 0 || *value > most) return std::nullopt;
    // A number in a longer sentence counts something else.
    if (number->text.size() * 3 < trimmed(input_.text).size()) return std::nullopt;
    double units = *value;
    if (env_.currency == "KRW" && units < 1000) units *= env_.locale == "ko" ? 10'000 : 1'000;
    nlu::Money money;
    money.min = money.max = std::llround(units * std::pow(10, catalog::minor_digits(env_.currency)));
    money.currency = env_.currency;
    return money;
}

void Runner::accept(const Flow& flow, const Step& step, const Ask& ask, Value value) {
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

void Runner::accept(const Flow& flow, const Step& step, const Choose& choose, const Option& option) {
    set(choose.slot, option.value);
    passed(flow, step);
    go(flow, option.target);
}

void Runner::miss(const Flow& flow, const Step& step, const Retry& retry) {
    understood_ = false;
    if (++state_.attempts > retry.limit) return give_up(flow, step, retry);
    question(flow, step, &retry.text);
    outcome_ = Outcome::not_understood;
}

void Runner::give_up(const Flow& flow, const Step& step, const Retry& retry) {
    understood_ = false;
    state_.attempts = 0;
    if (retry.otherwise == Retry::hand_over) {
        hand_over({"bot_failed", "", "flow " + flow.id + ", question " + step.path});
        return;
    }
    passed(flow, step);
    go(flow, retry.otherwise);
}

bool Runner::known(const Flow& flow, const Step& step, const Ask& ask) {
    if (ask.always || holds(state_.asked, question_key(flow, step))) return false;
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

// "The lamp came smashed" says what went wrong before it is asked: one option's words stand in the message,
// and no other's. An answer to another question says nothing here.
const Option* Runner::said(const Choose& choose) const {
    if (answered_ || input_.text.empty() || !input_.choice.empty()) return nullptr;
    const auto option = named_option(choose.options, input_.text);
    return option ? &choose.options[*option] : nullptr;
}

const Option* Runner::known(const Flow& flow, const Step& step, const Choose& choose) const {
    if (choose.always || holds(state_.asked, question_key(flow, step))) return nullptr;
    const Value& value = state_.slots.get(choose.slot);
    if (!is_set(value)) return said(choose);
    const auto found = std::find_if(choose.options.begin(), choose.options.end(),
                                    [&](const Option& option) { return same(value, option.value); });
    return found == choose.options.end() ? nullptr : &*found;
}

}  // namespace maru::flows
