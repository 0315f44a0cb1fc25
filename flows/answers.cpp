#include "flows/answers.hpp"

#include <algorithm>
#include <array>

#include "flows/folded.hpp"
#include "nlu/text/distance.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::flows {
namespace {

// Beyond this many words a message says more than an option's name.
constexpr std::size_t most_words_with_typo = 4;

// "말고", "not …": an option that is named to be left out.
bool negated(const Folded& message, std::size_t begin, std::size_t end) {
    static constexpr std::array<std::string_view, 6> behind = {"말고",   "빼고",   "제외",
                                                               "아니고", "아니라", "은아니"};
    static constexpr std::array<std::string_view, 3> before = {"not", "except", "without"};
    const std::string_view rest = std::string_view(message.text).substr(end);
    for (const std::string_view word : behind)
        if (rest.rfind(word, 0) == 0) return true;
    for (const Word& word : message.words) {
        if (word.end > begin) break;
        const std::string_view text =
            std::string_view(message.text).substr(word.begin, word.end - word.begin);
        const std::size_t gap = begin - word.end;
        if (gap <= 3 && std::find(before.begin(), before.end(), text) != before.end()) return true;
    }
    return false;
}

// Whether `name` stands in the message: whole words in Latin script; in Korean from a word's start, with
// whatever particle behind. Nowhere, or only to be left out: npos.
std::size_t find_name(const Folded& message, const std::string& name) {
    if (text::count_code_points(name) < 2) return std::string::npos;
    for (std::size_t at = message.text.find(name); at != std::string::npos;
         at = message.text.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if (!at_word_start(message, at) || (is_ascii(name) && !at_word_end(message, end))) continue;
        if (!negated(message, at, end)) return at;
    }
    return std::string::npos;
}

struct Names {
    std::size_t option = 0;
    std::vector<Folded> all;
};

std::vector<Names> names_of(const std::vector<Option>& options) {
    std::vector<Names> out;
    for (std::size_t i = 0; i < options.size(); ++i) {
        Names names{i, {}};
        for (const auto& [locale, variants] : options[i].label.locales)
            for (const std::string& label : variants) names.all.push_back(fold(label));
        for (const std::string& word : options[i].words) names.all.push_back(fold(word));
        names.all.push_back(fold(options[i].value));
        names.all.erase(std::remove_if(names.all.begin(), names.all.end(),
                                       [](const Folded& f) { return f.text.empty(); }),
                        names.all.end());
        out.push_back(std::move(names));
    }
    return out;
}

// Names inside the message. A name inside a longer one that is there too ("환불" in "환불 취소") does not
// count.
std::optional<std::size_t> contained(const std::vector<Names>& options, const Folded& message,
                                     bool& several) {
    struct Hit {
        std::size_t option, begin, end;
    };
    std::vector<Hit> hits;
    for (const Names& names : options)
        for (const Folded& name : names.all)
            if (const std::size_t at = find_name(message, name.text); at != std::string::npos)
                hits.push_back({names.option, at, at + name.text.size()});
    Only only;
    for (const Hit& hit : hits) {
        const bool covered = std::any_of(hits.begin(), hits.end(), [&](const Hit& other) {
            return other.begin <= hit.begin && other.end >= hit.end &&
                   other.end - other.begin > hit.end - hit.begin;
        });
        if (!covered) only.add(hit.option);
    }
    several = only.many();
    return only.get();
}

std::optional<std::size_t> misspelt(const std::vector<Names>& options, const Folded& message) {
    if (message.words.size() > most_words_with_typo) return std::nullopt;
    std::optional<std::size_t> best;
    int best_distance = 100;
    bool tie = false;
    for (const Names& names : options) {
        for (const Folded& name : names.all) {
            const std::size_t letters = text::count_code_points(name.text) * (is_ascii(name.text) ? 1 : 2);
            if (letters < 4) continue;
            const int allowed = letters < 8 ? 1 : 2;
            const int distance = text::letter_distance(message.text, name.text, allowed);
            if (distance > allowed || distance > best_distance) continue;
            if (distance == best_distance && best != names.option) tie = true;
            if (distance < best_distance) tie = false;
            best_distance = distance;
            best = names.option;
        }
    }
    return tie ? std::nullopt : best;
}

// A short message with a telling word of one option's name: "색상" for "색상이 달라요", "it was the colour"
// for "Wrong colour". Short words ("it", "is") tell nothing unless they are the whole message.
std::optional<std::size_t> abbreviated(const std::vector<Names>& options, const Folded& message) {
    if (message.words.size() > most_words_with_typo) return std::nullopt;
    Only only;
    for (const Word& said : message.words) {
        const std::string_view whole =
            std::string_view(message.text).substr(said.begin, said.end - said.begin);
        const std::string word(text::strip_endings(whole));
        const std::size_t least = is_ascii(word) && message.words.size() > 1 ? 4 : 2;
        if (text::count_code_points(word) < least || negated(message, said.begin, said.begin + word.size()))
            continue;
        for (const Names& names : options)
            for (const Folded& name : names.all)
                for (std::size_t at = name.text.find(word); at != std::string::npos;
                     at = name.text.find(word, at + 1))
                    if (at_word_start(name, at) && (!is_ascii(word) || at_word_end(name, at + word.size()))) {
                        only.add(names.option);
                        break;
                    }
    }
    return only.get();
}

std::optional<std::size_t> intended(const std::vector<Option>& options,
                                    const nlu::Understanding* understanding) {
    if (understanding == nullptr) return std::nullopt;
    const auto named = [&](std::string_view label) -> std::optional<std::size_t> {
        constexpr std::string_view prefix = "intent:";
        if (label.rfind(prefix, 0) == 0) label.remove_prefix(prefix.size());
        for (std::size_t i = 0; i < options.size(); ++i)
            for (const std::string& intent : options[i].intents)
                if (intent == label) return i;
        return std::nullopt;
    };
    for (const nlu::RuleHit& hit : understanding->rules)
        if (const auto option = named(hit.label)) return option;
    if (understanding->in_scope && !understanding->ranked.empty())
        return named(understanding->ranked.front().label);
    return std::nullopt;
}

}  // namespace

std::optional<std::size_t> match_option(const std::vector<Option>& options, std::string_view text,
                                        const nlu::Understanding* understanding) {
    const Folded message = fold(text);
    if (message.text.empty()) return std::nullopt;
    const std::vector<Names> names = names_of(options);
    Only exact;
    const std::string bare(text::strip_josa(message.text));
    for (const Names& each : names)
        for (const Folded& name : each.all)
            if (name.text == message.text || (name.text == bare && text::count_code_points(bare) > 1))
                exact.add(each.option);
    if (const auto option = exact.get()) return option;
    if (const auto option = spoken_number(message, options.size())) return option;
    bool several = false;
    if (const auto option = contained(names, message, several)) return option;
    if (several) return std::nullopt;
    if (const auto option = ordinal(text, understanding, options.size())) return option;
    if (const auto option = misspelt(names, message)) return option;
    if (const auto option = abbreviated(names, message)) return option;
    return intended(options, understanding);
}

std::optional<std::size_t> named_option(const std::vector<Option>& options, std::string_view text) {
    const Folded message = fold(text);
    bool several = false;
    const auto option = contained(names_of(options), message, several);
    return several ? std::nullopt : option;
}

bool counts_things(const nlu::Quantity& quantity) {
    constexpr auto counters = std::to_array<std::string_view>(
        {"",   "개", "대", "장", "켤레", "벌",   "세트",  "박스", "상자", "병",   "권",     "자루", "쌍",
         "롤", "캔", "통", "팩", "봉지", "묶음", "piece", "set",  "box",  "pair", "bottle", "pack"});
    return std::find(counters.begin(), counters.end(), quantity.unit) != counters.end();
}

std::optional<Value> entity_value(std::string_view type, const nlu::Understanding& understanding,
                                  std::vector<std::size_t>& used) {
    const auto is_used = [&](std::size_t i) {
        return std::any_of(used.begin(), used.end(), [&](std::size_t other) {
            const nlu::Span& a = understanding.entities[i].span;
            const nlu::Span& b = understanding.entities[other].span;
            return i == other || (a.begin < b.end && b.begin < a.end);
        });
    };
    const auto value_of = [](const nlu::Entity& entity) -> Value {
        struct Visitor {
            const nlu::Entity& entity;
            Value operator()(std::monostate) const { return entity.text; }
            Value operator()(bool v) const { return v; }
            Value operator()(double v) const { return v; }
            Value operator()(const std::string& v) const { return v; }
            Value operator()(const nlu::Money& v) const { return v; }
            Value operator()(const nlu::Quantity& v) const { return v.value; }
            Value operator()(const nlu::Ordinal& v) const { return static_cast<double>(v.index); }
            // Kept as said: what day it is would need a clock, and the agent reads it as the visitor wrote
            // it.
            Value operator()(const nlu::DateTime& /*v*/) const { return entity.text; }
        };
        return std::visit(Visitor{entity}, entity.value);
    };
    // What also answers when the exact type is missing: "두 개" is a number, "3" a quantity.
    const std::string_view second = type == "number" ? "quantity" : (type == "quantity" ? "number" : "");
    // "모니터 27인치로 10대": how many, before how large.
    for (std::size_t i = 0; !second.empty() && i < understanding.entities.size(); ++i) {
        const auto* quantity = std::get_if<nlu::Quantity>(&understanding.entities[i].value);
        if (quantity == nullptr || quantity->unit.empty() || !counts_things(*quantity) || is_used(i))
            continue;
        used.push_back(i);
        return quantity->value;
    }
    for (const std::string_view wanted : {type, second}) {
        if (wanted.empty()) continue;
        for (std::size_t i = 0; i < understanding.entities.size(); ++i) {
            if (understanding.entities[i].type != wanted || is_used(i)) continue;
            used.push_back(i);
            return value_of(understanding.entities[i]);
        }
    }
    return std::nullopt;
}

}  // namespace maru::flows
