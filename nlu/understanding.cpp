#include "nlu/understanding.hpp"

#include <cmath>
#include <cstdio>

namespace maru::nlu {
namespace {

std::string plain(double value) {
    char buffer[64];
    if (value == std::floor(value) && std::abs(value) < 1e15) {
        std::snprintf(buffer, sizeof buffer, "%.0f", value);
    } else {
        std::snprintf(buffer, sizeof buffer, "%g", value);
    }
    return buffer;
}

struct InWords {
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(bool yes) const { return yes ? "yes" : "no"; }
    std::string operator()(double value) const { return plain(value); }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const Money& money) const {
        std::string out = money.currency.empty() ? "?" : money.currency;
        if (money.approximate) out += " ~";
        if (money.min && money.max) {
            out += ' ' + std::to_string(*money.min);
            if (*money.min != *money.max) out += "…" + std::to_string(*money.max);
        } else if (money.min) {
            out += " ≥ " + std::to_string(*money.min);
        } else if (money.max) {
            out += " ≤ " + std::to_string(*money.max);
        }
        return out;
    }
    std::string operator()(const Quantity& quantity) const {
        return plain(quantity.value) + ' ' + quantity.unit;
    }
    std::string operator()(Ordinal ordinal) const { return '#' + std::to_string(ordinal.index); }
    std::string operator()(const DateTime& when) const {
        std::string out;
        const auto field = [&](const char* name, const std::optional<int>& value) {
            if (!value) return;
            if (!out.empty()) out += ' ';
            out += name + std::to_string(*value);
        };
        field("y", when.year), field("m", when.month), field("d", when.day), field("wd", when.weekday);
        field("day+", when.day_offset), field("week+", when.week_offset), field("month+", when.month_offset);
        field("h", when.hour), field("min", when.minute);
        if (when.hour && !when.half_day_known) out += "?";
        return out;
    }
};

}  // namespace

std::string_view to_string(Language language) noexcept {
    switch (language) {
        case Language::en:
            return "en";
        case Language::ko:
            return "ko";
        case Language::mixed:
            return "mixed";
        case Language::unknown:
            break;
    }
    return "unknown";
}

std::string to_string(const Value& value) {
    return std::visit(InWords{}, value);
}

std::string explain(const Understanding& understanding) {
    char number[32];
    const auto decimal = [&](float value) {
        std::snprintf(number, sizeof number, "%.2f", static_cast<double>(value));
        return std::string(number);
    };
    const auto& trace = understanding.trace;
    std::string out = "text      " + understanding.text + "\nlanguage  ";
    out += to_string(understanding.language);
    if (trace.layout_fixed) out += "\nlayout    put right from the other keyboard layout";
    if (trace.truncated) out += "\nlength    only the beginning was read";
    for (const auto& word : trace.respelled)
        out += "\nspelling  \"" +
               understanding.text.substr(word.part.begin, word.part.end - word.part.begin) + "\" read as \"" +
               word.as + '"';
    for (const auto& rule : understanding.rules)
        out += "\nrule      " + rule.label + " (priority " + std::to_string(rule.priority) + ")";
    for (const auto& label : understanding.ranked)
        out += "\nlabel     " + decimal(label.confidence) + ' ' + label.label;
    if (!trace.evidence.empty()) {
        out += "\nbecause  ";
        for (const auto& evidence : trace.evidence) {
            const auto size = evidence.part.end - evidence.part.begin;
            out += (evidence.weight < 0 ? " −" : " +") + decimal(std::abs(evidence.weight)) + " \"" +
                   understanding.text.substr(evidence.part.begin, size) + '"';
        }
    }
    if (understanding.in_scope) {
        out += "\nscope     recognised (threshold " + decimal(trace.threshold) + ")";
    } else if (understanding.ranked.empty()) {
        out += "\nscope     nothing to compare with";
    } else {
        out += "\nscope     not recognised: " + decimal(understanding.ranked.front().confidence) +
               " is below the threshold " + decimal(trace.threshold) + "; " + decimal(trace.coverage * 100) +
               " % of the words are known";
    }
    for (const auto& entity : understanding.entities) {
        out += "\nentity    " + entity.type + " \"" + entity.text + '"';
        if (const auto value = to_string(entity.value); !value.empty()) out += " = " + value;
    }
    const auto& feeling = understanding.feeling;
    out += "\nfeeling   sentiment " + decimal(feeling.sentiment) + ", anger " + decimal(feeling.anger) +
           ", urgency " + decimal(feeling.urgency) + (feeling.profanity ? ", profanity" : "");
    return out;
}

}  // namespace maru::nlu
