// The policy's part about answers: which clause gets one, and that it is not the one just given.
#include <re2/re2.h>

#include <algorithm>

#include "bot/conversation/named_goods.hpp"
#include "bot/conversation/responding.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {

// "And something scented, up to 30,000", after lamps: their shelf has none of it, and others do.
bool Responding::another_wish() const {
    static const RE2 some(R"((?:^|[^a-z])(?:something|anything) [a-z]|(?:^| )뭔가 )");
    if (!reading_.refined() || reading_.asks_for_others() || !RE2::PartialMatch(reading_.plain(), some))
        return false;
    const auto missing = [&](const catalog::Query& query) {
        const auto found = bot_.catalog->search(query);
        return found.matches.empty() ? query.text.size() : found.unmatched.size() + found.unknown.size();
    };
    const auto& afresh = reading_.asked().query;
    return !afresh.text.empty() && missing(afresh) < missing(reading_.refined()->query);
}

// "하나만 추천해 줘요", "just pick one for me", of the kind in view: the one that is liked best.
bool Responding::pick_of_shown() {
    if (!reading_.how_few() || c_.dialogue.shown.empty()) return false;
    const auto kind = reading_.query_of_shown();
    if (!kind || kind->types.empty()) return false;
    catalog::Interpretation best;
    best.query = *kind;
    best.query.sort = catalog::Sort::rating;
    best.constrains = best.names_type = true;
    search(best);
    return true;
}

// "Need a bedside lamp she can switch on in the dark": goods are named, and looked for.
bool Responding::seeks_named_goods() const {
    if (!reading_.names_goods()) return false;
    // "A quiet blender, i make smoothies at six"
    static const RE2 thing(R"(^(?:a|an|some) [a-z])");
    const bool wishes = reading_.wishes() || RE2::PartialMatch(reading_.plain(), thing);
    return (reading_.seeks_goods() && reading_.goods() >= strong_goods) ||
           (wishes && !reading_.tells_of_own() && reading_.goods() >= goods_evidence);
}

// The message as a whole said nothing known, but a part of it does.
bool Responding::clause_answer(float least) {
    if (several_questions()) return true;
    for (const auto& clause : reading_.clauses()) {
        const auto label = Reading::label_of(clause);
        if (const auto* faq = reading_.faq_of(label);
            faq != nullptr && Reading::confidence_of(clause) >= hesitant)
            return answer(*faq), true;
        if (label == "intent:ready_to_buy") return buy();
        const auto intent = Reading::intent_of(label);
        // Nobody is led into a flow for a guess at half a sentence, nor from a wish for goods.
        if (!intent.empty() && !(seeks_named_goods() && Reading::confidence_of(clause) < certain) &&
            Reading::confidence_of(clause) >= std::max(least, hesitant) && start_triggered(intent))
            return true;
    }
    return false;
}

// "An air purifier": the kind and nothing else is a wish for some, whatever question it is a part of.
bool Responding::names_only_a_kind() const {
    constexpr std::size_t longest = 24;  // characters
    if (text::count_code_points(reading_.plain()) > longest || reading_.asks_something() ||
        asks_of_service(reading_.plain()))
        return false;
    const auto& asked = reading_.asked();
    return asked.names_type && asked.evidence >= strong_goods && asked.query.text.empty();
}

bool Responding::clause_starts_flow(float least) {
    for (const auto& clause : reading_.clauses())
        if (const auto intent = Reading::intent_of(Reading::label_of(clause));
            !intent.empty() && intent != "after_purchase" && intent != "gives_name" &&
            Reading::confidence_of(clause) >= least && start_triggered(intent))
            return true;
    return false;
}

// Two questions of the FAQ in one message get both answers.
bool Responding::several_questions() {
    constexpr std::size_t most_answers = 3;
    std::vector<const flows::Faq*> asked;
    for (const auto& clause : reading_.clauses()) {
        const auto* faq = reading_.faq_of(Reading::label_of(clause));
        if (faq == nullptr) {
            // A sentence that says something else is not passed over for the sake of two others.
            if (!clause.rules.empty() || clause.in_scope) return false;
            continue;
        }
        if (Reading::confidence_of(clause) < sure) return false;
        if (std::find(asked.begin(), asked.end(), faq) == asked.end()) asked.push_back(faq);
    }
    if (asked.size() < 2 || asked.size() > most_answers) return false;
    for (const auto* faq : asked) answer(*faq);
    return true;
}

// Words of service rather than of goods, where both are named: "무선 마우스 배송 얼마나 걸려요?"
bool Responding::names_service() const {
    return reading_.confidence() >= certain && !(reading_.asked().constrains && reading_.asked().names_type);
}

// ---- answering

void Responding::answer(const flows::Faq& faq) {
    auto& own = reply(std::string(faq.answer(c_.row.locale, {}, static_cast<std::size_t>(event_.id))),
                      "faq:" + faq.id, true);
    own.quick_replies = quick(faq.quick_replies);
    topic(std::string(faq.title(c_.row.locale)));
}

// Who says that an answer missed the point is not given it again.
bool Responding::was_just_said(const flows::Faq& faq) const {
    return answered_before_ && !c_.dialogue.topics.empty() &&
           c_.dialogue.topics.back() == faq.title(c_.row.locale);
}

// Of the questions that a short message may mean, the one that belongs with what was answered before.
const flows::Faq* Responding::of_same_matter() const {
    constexpr std::size_t longest = 40;  // characters
    const auto& topics = c_.dialogue.topics;
    if (!answered_before_ || topics.empty() || text::count_code_points(reading_.plain()) > longest)
        return nullptr;
    const auto& all = bot_.faqs.all;
    const auto last = std::find_if(all.begin(), all.end(), [&](const flows::Faq& one) {
        return one.title(c_.row.locale) == topics.back();
    });
    if (last == all.end()) return nullptr;
    for (const auto& guess : reading_.whole().ranked)
        if (const auto* faq = reading_.faq_of(guess.label);
            faq != nullptr && faq->category == last->category && faq->id != last->id)
            return faq;
    return nullptr;
}

// A question of the FAQ in the same breath: it is answered, whatever the rest of the message leads to.
void Responding::answer_in_passing(float least) {
    for (const auto& clause : reading_.clauses())
        if (const auto* faq = reading_.faq_of(Reading::label_of(clause));
            faq != nullptr && Reading::confidence_of(clause) >= least)
            return answer(*faq);
}

}  // namespace maru
