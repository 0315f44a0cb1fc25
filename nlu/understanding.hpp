// What the engine understood of one message: a plain value, cheap to move, safe to keep and to share between
// threads.
//
// Everything here owns its text: nothing points into the message it came from. Spans are byte offsets into
// the original UTF-8 message, half open, and always on code point boundaries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace maru::nlu {

enum class Language : std::uint8_t { unknown, en, ko, mixed };
[[nodiscard]] std::string_view to_string(Language language) noexcept;  // "unknown", "en", "ko", "mixed"

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

// A number with what it counts or measures: "두 개" {2,"개"}, "256 GB" {256,"gb"}, durations {3,"day"}.
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

// A day or a time of day as said, without a clock: whoever knows the time resolves it. Offsets count from now
// ("내일" day_offset 1, "다음 주 금요일" week_offset 1 + weekday 5); the others are calendar fields.
struct DateTime {
    std::optional<int> year, month, day;
    std::optional<int> weekday;  // 1 Monday … 7 Sunday
    std::optional<int> day_offset, week_offset, month_offset;
    std::optional<int> hour, minute;  // 24 hours; an hour said without am/pm stays 1…12
    bool half_day_known = false;      // am/pm (오전/오후, 저녁 …) or a 24 hour time was said
    bool operator==(const DateTime&) const = default;
};

// monostate: the entity's text says it all. string: the canonical form (e-mail lower-cased, phone as digits,
// a gazetteer's canonical entry, "cheaper", "white" …).
using Value = std::variant<std::monostate, bool, double, std::string, Money, Quantity, Ordinal, DateTime>;

// Built-in types: number, money, quantity, duration, datetime, email, phone, ordinal, yes_no, order_number,
// comparative, negation, color, size; plus every named capture of a rule and every gazetteer's name. A
// negation's value is what is not wanted, as normalised text ("삼성 말고" → "삼성"); its span covers both.
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

// Why it came out so, as data: kept with every result and made readable only when somebody asks.
struct Trace {
    // A part of the normalised text that spoke for (or, below zero, against) the best label over the next.
    struct Evidence {
        Span part;
        float weight = 0;
    };
    // A word of the normalised text that no example has, and the one of the examples it was read as.
    struct Respelled {
        Span part;
        std::string as;
    };
    std::vector<Evidence> evidence;  // strongest first, at most six
    std::vector<Respelled> respelled;
    float threshold = 0;
    float coverage = 1;         // how much of the message's words the training examples know, 0 … 1
    bool layout_fixed = false;  // typed in the wrong keyboard layout and put right
    bool truncated = false;     // longer than the engine reads
};

// What a message is taken for.
struct Recognition {
    std::vector<RuleHit> rules;  // highest priority first
    std::vector<Ranked> ranked;  // best first, at most EngineOptions::top_k
    bool in_scope = false;       // the best class reaches the model's threshold
};

// … and everything else that stands in it.
struct Understanding : Recognition {
    std::string text;  // normalised
    Language language = Language::unknown;
    std::vector<Entity> entities;  // by position, a few hundred at most
    Feeling feeling;
    Trace trace;
};

// For people: what was read, which rules hit, the best labels and what decided, the entities, the feeling.
// Several lines, without a final line break.
[[nodiscard]] std::string explain(const Understanding& understanding);
// One entity's value in words: "2 개", "KRW ≤ 50000", "#-1".
[[nodiscard]] std::string to_string(const Value& value);

}  // namespace maru::nlu
