// The policy's part with flows: into them, through them, out of them.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "bot/conversation/clauses.hpp"
#include "bot/conversation/responding.hpp"
#include "bot/conversation/shelf.hpp"

namespace maru {

void Responding::fill_environment(Environment& own) const {
    own.facts.set("hours.open", event_.facts.open);
    own.facts.set("agents.online", static_cast<double>(event_.facts.agents_online));
    own.facts.set("queue.length", static_cast<double>(event_.facts.queue_length));
    own.facts.set("visitor.name", c_.visitor.name);
    own.facts.set("visitor.email", c_.visitor.email);
    own.facts.set("site", c_.row.site);
    own.facts.set("page.url", c_.visitor.page_url);
    own.facts.set("page.title", c_.visitor.page_title);
    own.env.locale = c_.row.locale;
    own.env.currency = bot_.settings.currency;
    own.env.catalog = bot_.catalog.get();
    // "A vacuum for cat hair, but no robot": a flow's searches leave out what the message refuses.
    own.env.said = reading_.goods_words();
    own.env.faqs = &bot_.faqs;
    own.env.tables = &bot_.tables;
    own.env.rates.assign(bot_.settings.rates.begin(), bot_.settings.rates.end());
    own.env.seed = static_cast<std::size_t>(event_.id);
}

std::optional<flows::RunState> Responding::flow_state() const {
    if (c_.dialogue.flow.is_null()) return std::nullopt;
    return flows::RunState::from_json(c_.dialogue.flow);
}

void Responding::flow_choice(const std::string& choice) {
    const auto label = bot_.flows->choice_label(choice, c_.row.locale);
    const flows::Input input{label, choice, nullptr};
    const auto parsed = flows::parse_flow_choice(choice);
    if (!parsed || parsed->step.empty()) {
        const auto id = std::string_view(choice).substr(5);
        if (bot_.flows->find(id) != nullptr) return start_flow(std::string(id));
        return fallback();
    }
    auto state = flow_state();
    Environment env;
    fill_environment(env);
    // A button of another flow, still on the page from before, answers nothing here: it leads where it says.
    if (state && std::none_of(state->stack.begin(), state->stack.end(),
                              [&](const auto& frame) { return frame.flow == parsed->flow; }))
        state.reset();
    const auto run = state ? flows::resume(*bot_.flows, *state, input, env.env)
                           : flows::enter(*bot_.flows, choice, known_slots(), input, env.env);
    if (run.outcome == flows::Outcome::failed && state) {
        const auto again = flows::enter(*bot_.flows, choice, known_slots(), input, env.env);
        if (again.outcome == flows::Outcome::failed) return fallback();
        return perform(again);
    }
    if (run.outcome == flows::Outcome::failed) return fallback();
    perform(run);
}

bool Responding::in_flow() {
    auto state = flow_state();
    if (!state) {
        drop_flow();
        return false;
    }
    Environment env;
    fill_environment(env);
    const auto waits = flows::awaiting(*bot_.flows, *state, c_.row.locale);
    // "Oh, misread it, 20261119-0003" is the answer.
    const bool open_question = waits && !waits->choice && waits->entity == "text";
    const bool answers = waits && mentions(waits->entity);
    // What was wrong with a thing may be told in any words; only what is surely another matter is none of it.
    const float least = open_question ? sure : hesitant;
    if (!answers && ((reading_.ends_it() && (!open_question || reading_.confidence() >= sure)) ||
                     (reading_.label() == "intent:misread" && reading_.confidence() >= least))) {
        drop_flow();
        return false;
    }
    if (!answers && cancels_flow()) {
        drop_flow();
        if (goes_on_behind_cancelling()) return false;
        // "Forget it. Do you ship at weekends?", "그만요, 도어락 좀 보여 주세요"
        answer_in_passing();
        if (out_.replies.empty() && reading_.names_goods() && reading_.goods() >= goods_evidence)
            search(reading_.asked());
        if (out_.replies.empty()) phrase("flow_cancelled", "flow");
        return true;
    }
    const flows::Input input{reading_.words(), {}, &reading_.whole()};
    // "Anything goes" questions would swallow a question of the visitor's own.
    if (open_question && waits->interruptible && interrupts() && serve_interruption(*state, env.env))
        return true;
    const auto run = flows::resume(*bot_.flows, *state, input, env.env);
    if (run.outcome == flows::Outcome::failed) {
        drop_flow();
        return false;
    }
    if (run.understood) {
        // "I don't have the number. Can used ones go back?": what the flow says stands last.
        if (!open_question) answer_in_passing(sure);
        return perform(run), true;
    }
    // Who has gone on to other things is not held to the question; its answer is still welcome.
    if (c_.dialogue.asides > 1 && !says_more_of_flow()) return false;
    if (waits && waits->interruptible && (interrupts() || asks_something_else()) &&
        serve_interruption(*state, env.env))
        return true;
    // "No", "아니 그냥 물어본 거예요": it was no answer, so the visitor does not want to go on.
    if (const auto yes = reading_.bare_yes_or_no(); yes && !*yes) {
        drop_flow();
        phrase("flow_cancelled", "flow");
        return true;
    }
    perform(run);
    return true;
}

bool Responding::mentions(std::string_view entity) const {
    const auto& all = reading_.whole().entities;
    return !entity.empty() &&
           std::any_of(all.begin(), all.end(), [&](const nlu::Entity& one) { return one.type == entity; });
}

// "I ordered it ten minutes ago, is it too late to stop it?" goes on with the order.
bool Responding::cancels_flow() const {
    constexpr std::string_view cancel = "intent:cancel_flow";
    if (reading_.label() == cancel) return reading_.known();
    const bool other_matter = reading_.known() && reading_.confidence() >= hesitant;
    return reading_.says(cancel, other_matter ? certain : 0);
}

// "Forget it, I'd rather exchange them. What do you have?": what stands behind is read for itself. False:
// nothing that is understood.
bool Responding::goes_on_behind_cancelling() {
    constexpr std::size_t most_parts = 6, least = 8;  // bytes
    const auto all = reading_.words();
    nlu::Context context;
    context.in_flow = context.waiting = true;
    std::size_t begin = 0;
    for (const auto& part : clauses_of(all, most_parts)) {
        begin = static_cast<std::size_t>(part.text.data() - all.data());
        const auto read = bot_.understanding->recognise(part.text, context);
        const auto label = Reading::label_of(read);
        if (label != "intent:cancel_flow" && label != "intent:deny" && label != "intent:thanks") break;
        begin += part.text.size() + part.mark.size();
    }
    const auto from = all.find_first_not_of(' ', begin);
    if (begin == 0 || from == std::string_view::npos || all.size() - from < least) return false;
    understand(all.substr(from), nullptr);
    told_.reset();
    product_ = reading_.pointed_at();
    return reading_.known() || (reading_.names_goods() && reading_.goods() >= goods_evidence);
}

// Is the message something of its own, rather than an answer?
bool Responding::interrupts() const {
    if (says_more_of_flow()) return false;
    if (!reading_.whole().rules.empty()) return true;
    if (reading_.known() && reading_.confidence() >= sure && reading_.label() != "intent:affirm" &&
        reading_.label() != "intent:deny")
        return true;
    if (std::any_of(reading_.clauses().begin(), reading_.clauses().end(), [&](const nlu::Recognition& one) {
            return reading_.faq_of(Reading::label_of(one)) != nullptr && Reading::confidence_of(one) >= sure;
        }))
        return true;
    return reading_.goods() >= strong_goods;
}

// "I put in my old address by mistake", to who has just asked for the order to change it in: no new start.
bool Responding::says_more_of_flow() const {
    const auto intent = Reading::intent_of(reading_.label());
    const auto* flow = intent.empty() || !reading_.known() ? nullptr : bot_.flows->triggered_by(intent);
    const auto state = flow != nullptr ? flow_state() : std::nullopt;
    return state && !state->stack.empty() && state->stack.front().flow == flow->id;
}

// What is no answer to the flow's question may be a question, even one that is recognised less surely.
bool Responding::asks_something_else() const {
    constexpr float likely = 0.4F;
    return reading_.faq_of(reading_.label()) != nullptr && reading_.known() &&
           reading_.confidence() >= likely;
}

bool Responding::serve_interruption(const flows::RunState& state, const flows::Env& env) {
    const auto before = out_.replies.size();
    const auto kept = c_.dialogue.flow;
    if (!answer_known() && !clause_answer(sure)) {
        if (reading_.goods() < strong_goods) return false;
        search(reading_.asked());
    }
    if (out_.replies.size() == before) return true;
    // Another flow took over: the first is left behind.
    if (c_.dialogue.flow == kept && !out_.handoff) ask_again(state, env);
    return true;
}

// After the first interruption a flow's question is asked again. After another one, or a "thank you", it
// waits without a word: who comes back to it need only answer.
void Responding::ask_again(const flows::RunState& state, const flows::Env& env) {
    const auto intent = Reading::intent_of(reading_.label());
    const bool courtesy = intent == "thanks" || intent == "goodbye" || intent == "greet";
    const auto asides = c_.dialogue.asides + 1;
    if (asides < 2 && !courtesy) perform(flows::reprompt(*bot_.flows, state, env));
    c_.dialogue.asides = courtesy ? std::max(asides, 2) : asides;
    // Anything would be taken for the answer to an open question, and "yes" for one to its buttons.
    const auto waits = flows::awaiting(*bot_.flows, state, c_.row.locale);
    if (c_.dialogue.asides > 1 &&
        (!waits || waits->choice || waits->entity == "text" || waits->entity == "yes_no"))
        drop_flow();
}

bool Responding::start_triggered(std::string_view intent) {
    const auto* flow = bot_.flows->triggered_by(intent);
    if (flow == nullptr) return false;
    start_flow(flow->id);
    return true;
}

void Responding::start_flow(const std::string& id) {
    Environment own;
    fill_environment(own);
    const flows::Input input{reading_.words(), {}, reading_.empty() ? nullptr : &reading_.whole()};
    const auto* flow = bot_.flows->find(id);
    if (flow != nullptr) topic(std::string(flow->title.pick(c_.row.locale)));
    perform(flows::start(*bot_.flows, id, known_slots(), input, own.env));
}

// What an earlier flow has found ("which order?"), unless the message names another.
flows::Slots Responding::known_slots() const {
    auto slots = flows::Slots::from_json(c_.dialogue.slots).value_or(flows::Slots());
    if (!reading_.empty())
        for (const auto& entity : reading_.whole().entities) slots.clear(entity.type);
    return slots;
}

void Responding::drop_flow() {
    c_.dialogue.asides = 0;
    c_.dialogue.flow = nullptr;
    c_.dialogue.pinned.clear();
}

void Responding::perform(const flows::Run& run) {
    for (const auto& effect : run.effects) {
        if (const auto* said = std::get_if<flows::SayEffect>(&effect)) {
            auto& own = reply(said->text, said->source, !said->question);
            for (const auto& button : said->buttons)
                own.quick_replies.push_back({button.label, button.choice});
            if (said->products.empty()) continue;
            own.products = cards(said->products, c_.row.locale, bot_);
            c_.dialogue.shown.clear();
            for (const auto& product : said->products) c_.dialogue.shown.push_back(product.id);
            // "Cheaper ones" goes on from what the flow had searched for.
            c_.dialogue.query =
                nlohmann::json::parse(flows::as_text(run.state.slots.get("search.query")), nullptr, false);
            if (!c_.dialogue.query.is_object()) c_.dialogue.query = nullptr;
            c_.dialogue.focus = said->products.size() == 1 ? said->products.front().id : std::string();
        } else if (const auto* handoff = std::get_if<flows::HandoffEffect>(&effect)) {
            if (handoff->reason == "bot_failed" && run.effects.size() == 1)
                phrase("fallback_person", "handoff");
            out_.handoff = HandoffRequest{handoff->reason, handoff->team, handoff->note};
        }
    }
    if (!run.product.empty() && bot_.catalog && bot_.catalog->find(run.product) != nullptr)
        c_.dialogue.ordered = run.product;
    if (!run.state.known.empty()) {
        auto slots = flows::Slots::from_json(c_.dialogue.slots).value_or(flows::Slots());
        for (const auto& name : run.state.known) slots.set(name, run.state.slots.get(name));
        c_.dialogue.slots = slots.to_json();
    }
    c_.dialogue.asides = 0;
    if (run.outcome == flows::Outcome::waiting || run.outcome == flows::Outcome::not_understood) {
        c_.dialogue.flow = run.state.to_json();
        c_.dialogue.pinned = bot_.version;
    } else {
        drop_flow();
        if (run.effects.empty()) phrase("flow_cancelled", "flow");
    }
}

}  // namespace maru
