// What the engine understood of one message: a plain value, cheap to move, safe to keep and to share between threads.
//
// Everything here owns its text: nothing points into the message it came from. Spans are byte offsets into the
// original UTF-8 message, half open, and always on code point boundaries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace maru::nlu {

enum class Language : std::uint8_t { unknown, en, ko, mixed };

struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool operator==(const Span&) const = default;
};

// A sum or a range of money. An exact sum has min == max; "under 50,000 won" has only max. Amounts are in the
// currency's minor unit (KRW has none, USD has cents).
struct Money {
    std::optional<std::int64_t> min;
    std::optional<std::int64_t> max;
    std::string currency;      // ISO 4217, upper case; empty when the message named none
    bool approximate = false;  // "about", "정도", "쯤"
    bool operator==(const Money&) const = default;
};

// A number with what it counts or measures: "두 개" {2,"개"}, "256 GB" {256,"GB"}.
struct Quantity {
    double value = 0;
    std::string unit;
    bool operator==(const Quantity&) const = default;
};

// A reference by position: 1 is the first, -1 the last.
struct Ordinal {
    int index = 0;
    bool operator==(const Ordinal&) const = default;
};

// monostate: the entity's text says it all. string: the canonical form (e-mail lower-cased, phone as digits, …).
using Value = std::variant<std::monostate, bool, double, std::string, Money, Quantity, Ordinal>;

// Built-in types: number, money, quantity, email, phone, ordinal, yes_no, order_number, comparative, negation, color, …
// plus every named capture of a rule and every gazetteer's name.
struct Entity {
    std::string type;
    Value value;
    Span span;
    std::string text;  // as the visitor wrote it
};

// A class of the trained model with its calibrated probability. Labels are opaque here; the runtime uses
// "intent:NAME" and "faq:ID".
struct Ranked {
    std::string label;
    float confidence = 0;
};

// A rule that matched; its captures are among the entities.
struct RuleHit {
    std::string label;
    int priority = 0;
    Span span;
};

struct Feeling {
    float sentiment = 0;  // -1 … 1
    float anger = 0;      // 0 … 1
    float urgency = 0;    // 0 … 1
    bool profanity = false;
};

struct Understanding {
    std::string text;  // normalised
    Language language = Language::unknown;
    std::vector<RuleHit> rules;     // highest priority first
    std::vector<Ranked> ranked;     // best first, at most Options::top_k
    bool in_scope = false;          // the best class reaches the model's threshold
    std::vector<Entity> entities;   // by position
    Feeling feeling;
    std::string trace;              // for people: why this came out
};

}  // namespace maru::nlu
