// Conditions and sums in flow files: a small language without side effects, loops or ways to fail while
// running.
//
//   hours.open and agents.online > 0        reason == 'defect' or reason in ['wrong', 'late']
//   not known(order_number)                 quantity * 2 <= 10
//
// Names are slots and facts; what is not set compares to nothing but `none`. Words: and or not in true false
// none; functions: known(x) contains(text or list, x) length(x) lower(x). Parsed once, immutable, safe to
// share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/value.hpp"

namespace maru::flows {

struct ExpressionError {
    std::size_t at = 0;  // byte offset into the text
    std::string message;
};

// Gives a name's value; monostate when it is not set.
using Lookup = std::function<Value(std::string_view)>;

class Expression {
  public:
    struct Parsed;

    // Texts beyond 1,000 bytes or 32 levels of nesting are refused.
    [[nodiscard]] static Parsed parse(std::string_view text);

    Expression() = default;  // not set

    [[nodiscard]] Value evaluate(const Lookup& lookup) const;
    [[nodiscard]] bool holds(const Lookup& lookup) const { return is_true(evaluate(lookup)); }

    // Every name in it, with its offset.
    struct Name {
        std::string name;
        std::size_t at = 0;
    };
    [[nodiscard]] std::vector<Name> names() const;

    // The names that are certainly set when the expression came out as `truth`.
    [[nodiscard]] std::vector<std::string> implies_known(bool truth) const;

    // Whether it is the same without looking at anything: then its value.
    [[nodiscard]] std::optional<bool> constant() const;

  private:
    friend class ExpressionParser;
    enum class Op : std::uint8_t {
        literal,
        name,
        list,
        negate,
        not_,
        and_,
        or_,
        equal,
        unequal,
        less,
        at_most,
        more,
        at_least,
        in,
        add,
        subtract,
        multiply,
        divide,
        known,
        contains,
        length,
        lower
    };
    struct Node {
        Op op = Op::literal;
        std::size_t at = 0;
        Value value;       // literal
        std::string name;  // name
        std::vector<std::uint32_t> children;
    };

    [[nodiscard]] Value evaluate(std::uint32_t node, const Lookup& lookup) const;
    [[nodiscard]] std::vector<std::string> implied(std::uint32_t node, bool truth) const;

    std::vector<Node> nodes_;
    std::uint32_t root_ = 0;
};

struct Expression::Parsed {
    std::optional<Expression> expression;
    ExpressionError error;  // when there is none
};

}  // namespace maru::flows
