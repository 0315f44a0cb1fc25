#include "nlu/rules.hpp"

#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_map>

#include "nlu/text/normalise.hpp"

namespace maru::nlu {
namespace {

RE2::Options quiet() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(std::int64_t{64} << 20);
    return options;
}

bool in_scope(RuleScope scope, const Context& context) {
    switch (scope) {
        case RuleScope::always:
            return true;
        case RuleScope::in_flow:
            return context.in_flow;
        case RuleScope::waiting:
            return context.waiting;
        case RuleScope::outside_flow:
            return !context.in_flow;
    }
    return false;
}

bool meet(RuleScope a, RuleScope b) {
    for (const bool in_flow : {false, true})
        for (const bool waiting : {false, true}) {
            Context context;
            context.in_flow = in_flow, context.waiting = waiting;
            if (in_scope(a, context) && in_scope(b, context)) return true;
        }
    return false;
}

// The same pattern or phrase for two labels, neither before the other.
void find_contradictions(const std::vector<RuleSource>& rules, std::vector<Problem>& problems) {
    std::unordered_map<std::string, std::vector<std::size_t>> said;
    const auto say = [&](std::string key, const std::string& written, std::size_t r) {
        auto& list = said[std::move(key)];
        for (const auto other : list)
            if (rules[other].label != rules[r].label && rules[other].priority == rules[r].priority &&
                meet(rules[other].scope, rules[r].scope)) {
                problems.push_back({Problem::Kind::warning, rules[r].place,
                                    "\"" + written + "\" means \"" + rules[r].label + "\" here and \"" +
                                        rules[other].label + "\" at " + to_string(rules[other].place) +
                                        "; give one of the rules a higher priority or remove it"});
                break;
            }
        list.push_back(r);
    };
    for (std::size_t r = 0; r < rules.size(); ++r) {
        for (const auto& pattern : rules[r].patterns) say("/" + pattern, pattern, r);
        for (const auto& phrase : rules[r].phrases) say(text::normalised(phrase), phrase, r);
    }
}

}  // namespace

// The patterns are not run as one automaton: one that looks for sixty of them at once meets new states with
// every sentence, and building them took half of the time in which a bot's files are taken over. What a
// pattern cannot do without is looked for instead (by an automaton of plain words, which is small), and only
// patterns that have all of it are tried. A message costs the same either way.
struct RuleSet::Compiled {
    // Bytes: shorter pieces are in every message.
    static constexpr int shortest_atom = 3;

    struct Pattern {
        std::vector<std::string> names;  // by group, empty when unnamed
        std::size_t rule = 0;
    };
    std::vector<RuleSource> rules;
    std::vector<Pattern> patterns;  // by their number in `expressions`
    re2::FilteredRE2 expressions{shortest_atom};
    std::unique_ptr<RE2::Set> atoms;  // null: no pattern needs any
    PhraseTrie phrases;

    // The patterns worth trying on `text`, in written order.
    [[nodiscard]] std::vector<int> candidates(std::string_view text) const {
        std::vector<int> present, list;
        RE2::Set::ErrorInfo info{};
        if (atoms && !atoms->Match(text, &present, &info) && info.kind != RE2::Set::kNoError) {
            // The automaton ran out of memory on this text: every pattern is tried.
            list.resize(patterns.size());
            std::iota(list.begin(), list.end(), 0);
            return list;
        }
        expressions.AllPotentials(present, &list);
        std::sort(list.begin(), list.end());
        return list;
    }
};

RuleSet::RuleSet() : compiled_(std::make_unique<Compiled>()) {}
RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

RuleSet RuleSet::compile(const std::vector<RuleSource>& rules, std::vector<Problem>& problems) {
    RuleSet out;
    auto& compiled = *out.compiled_;
    compiled.rules = rules;
    for (std::size_t r = 0; r < rules.size(); ++r) {
        const auto& rule = rules[r];
        if (rule.patterns.empty() && rule.phrases.empty())
            problems.push_back(
                {Problem::Kind::error, rule.place,
                 "the rule for \"" + rule.label + "\" has neither patterns nor phrases; give it one"});
        for (const auto& phrase : rule.phrases) {
            if (text::normalised(phrase).empty()) {
                problems.push_back(
                    {Problem::Kind::error, rule.place,
                     "a phrase of the rule for \"" + rule.label + "\" is empty; write words or remove it"});
            } else {
                compiled.phrases.add(phrase, static_cast<std::uint32_t>(r));
            }
        }
        for (const auto& pattern : rule.patterns) {
            const RE2 expression(pattern, quiet());
            std::string error = expression.ok() ? "" : expression.error();
            if (error.empty() && RE2::PartialMatch("", expression))
                error = "it matches every message, even an empty one; require at least one word";
            int number = 0;
            if (error.empty() && compiled.expressions.Add(pattern, quiet(), &number) != RE2::NoError)
                error = "it cannot be compiled";
            if (!error.empty()) {
                problems.push_back({Problem::Kind::error, rule.place,
                                    "pattern \"" + pattern + "\" of \"" + rule.label + "\": " + error});
                continue;
            }
            std::vector<std::string> names(static_cast<std::size_t>(expression.NumberOfCapturingGroups()) +
                                           1);
            for (const auto& [index, name] : expression.CapturingGroupNames())
                names[static_cast<std::size_t>(index)] = name;
            compiled.patterns.push_back({std::move(names), r});
        }
    }
    find_contradictions(rules, problems);
    if (compiled.patterns.empty()) return out;
    std::vector<std::string> atoms;
    compiled.expressions.Compile(&atoms);
    if (atoms.empty()) return out;
    compiled.atoms = std::make_unique<RE2::Set>(quiet(), RE2::UNANCHORED);
    for (const auto& atom : atoms) compiled.atoms->Add(RE2::QuoteMeta(atom), nullptr);
    if (!compiled.atoms->Compile())
        problems.push_back({Problem::Kind::error, rules.front().place,
                            "the rules together are too big to compile; shorten repetitions like {1,1000}"});
    return out;
}

void RuleSet::match(std::string_view text, const Reading& reading, const Context& context,
                    std::vector<Hit>& hits, std::vector<Capture>* captures) const {
    const auto& compiled = *compiled_;
    if (!compiled.patterns.empty()) {
        std::vector<re2::StringPiece> groups;
        for (const auto number : compiled.candidates(text)) {
            const auto& pattern = compiled.patterns[static_cast<std::size_t>(number)];
            const auto& rule = compiled.rules[pattern.rule];
            if (!in_scope(rule.scope, context)) continue;
            groups.assign(captures != nullptr ? pattern.names.size() : 1, {});
            if (!compiled.expressions.GetRE2(number).Match(text, 0, text.size(), RE2::UNANCHORED,
                                                           groups.data(), static_cast<int>(groups.size())))
                continue;
            const auto offset = [&](const re2::StringPiece& piece) {
                return static_cast<std::size_t>(piece.data() - text.data());
            };
            hits.push_back({&rule, offset(groups[0]), offset(groups[0]) + groups[0].size()});
            for (std::size_t g = 1; g < groups.size(); ++g)
                if (!pattern.names[g].empty() && !groups[g].empty())
                    captures->push_back(
                        {pattern.names[g], offset(groups[g]), offset(groups[g]) + groups[g].size()});
        }
    }
    if (!compiled.phrases.empty()) {
        for (std::size_t i = 0; i < reading.size(); ++i) {
            compiled.phrases.walk(reading, i, [&](const PhraseTrie::Match& match) {
                const auto& rule = compiled.rules[match.id];
                if (in_scope(rule.scope, context) && PhraseTrie::on_borders(reading, match.begin, match.end))
                    hits.push_back({&rule, reading.byte[match.begin], reading.byte[match.end]});
            });
        }
    }
    // One hit per rule, then by priority.
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        if (a.rule->priority != b.rule->priority) return a.rule->priority > b.rule->priority;
        return a.rule < b.rule;
    });
    hits.erase(
        std::unique(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.rule == b.rule; }),
        hits.end());
}

std::vector<Problem> RuleSet::find_ambiguities(const std::vector<Example>& examples) const {
    std::vector<Problem> out;
    std::set<std::pair<const RuleSource*, std::string_view>> told;
    std::vector<Hit> hits;
    for (const auto& example : examples) {
        const auto text = text::normalised(example.text);
        const Reading reading(text);
        hits.clear();
        match(text, reading, {}, hits, nullptr);
        // The first hit decides; one of the example's own at the same height is as good.
        if (hits.empty()) continue;
        const auto* rule = hits.front().rule;
        const bool own = std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
            return hit.rule->label == example.label && hit.rule->priority == rule->priority;
        });
        if (own || !told.insert({rule, example.label}).second) continue;
        out.push_back({Problem::Kind::warning, example.place,
                       "\"" + example.text + "\" (" + example.label + ") is taken by the rule of \"" +
                           rule->label + "\" at " + to_string(rule->place) +
                           "; narrow the rule or move the example"});
    }
    return out;
}

}  // namespace maru::nlu
