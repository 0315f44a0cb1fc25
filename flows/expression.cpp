#include "flows/expression.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::flows {
namespace {

constexpr std::size_t longest = 1000;
constexpr int deepest = 32;

struct Token {
    enum class Kind : std::uint8_t { end, number, string, word, symbol };
    Kind kind = Kind::end;
    std::string text;
    std::size_t at = 0;
    double number = 0;
};

bool word_start(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

struct Failure {
    ExpressionError error;
};

}  // namespace

class ExpressionParser {
  public:
    explicit ExpressionParser(std::string_view text) : text_(text) {}

    Expression run() {
        if (text_.size() > longest) fail(0, "the condition is longer than 1,000 bytes; split it");
        next();
        if (token_.kind == Token::Kind::end) fail(0, "the condition is empty");
        out_.root_ = either();
        if (token_.kind != Token::Kind::end) unexpected();
        return std::move(out_);
    }

  private:
    using Op = Expression::Op;

    [[noreturn]] static void fail(std::size_t at, std::string message) {
        throw Failure{{at, std::move(message)}};
    }

    [[noreturn]] void unexpected() const {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> instead = {
            {{"=", "=="}, {"&", "and"}, {"|", "or"}, {"!", "not"}, {"{", "the name alone, without braces"}}};
        if (token_.kind == Token::Kind::end)
            fail(token_.at, "the condition ends too early; something is missing here");
        for (const auto& [wrong, right] : instead)
            if (token_.text == wrong)
                fail(token_.at, "`" + token_.text + "` is not known here; write " + std::string(right));
        fail(token_.at, "`" + token_.text + "` is not expected here");
    }

    void next() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
        token_ = {};
        token_.at = at_;
        if (at_ >= text_.size()) return;
        const char c = text_[at_];
        if (digit(c)) {
            const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(),
                                                      token_.number, std::chars_format::fixed);
            if (error != std::errc{}) fail(at_, "this number cannot be read");
            token_.kind = Token::Kind::number;
            take(static_cast<std::size_t>(end - (text_.data() + at_)));
            if (at_ < text_.size() && word_start(text_[at_]))
                fail(token_.at, "a name cannot start with a digit");
        } else if (c == '\'' || c == '"') {
            const std::size_t close = text_.find(c, at_ + 1);
            if (close == std::string_view::npos) fail(at_, "a quote is opened and never closed");
            token_.kind = Token::Kind::string;
            token_.text = text_.substr(at_ + 1, close - at_ - 1);
            at_ = close + 1;
        } else if (word_start(c)) {
            std::size_t end = at_;
            while (end < text_.size() && (word_start(text_[end]) || digit(text_[end]) || text_[end] == '.'))
                ++end;
            token_.kind = Token::Kind::word;
            take(end - at_);
        } else {
            static constexpr std::array<std::string_view, 4> pairs = {"==", "!=", "<=", ">="};
            token_.kind = Token::Kind::symbol;
            const bool pair = std::find(pairs.begin(), pairs.end(), text_.substr(at_, 2)) != pairs.end();
            take(pair ? 2 : 1);
        }
    }

    void take(std::size_t size) {
        token_.text = text_.substr(at_, size);
        at_ += size;
    }

    [[nodiscard]] bool symbol(std::string_view s) const {
        return token_.kind == Token::Kind::symbol && token_.text == s;
    }
    [[nodiscard]] bool word(std::string_view s) const {
        return token_.kind == Token::Kind::word && token_.text == s;
    }

    std::uint32_t add(Op op, std::size_t at, std::vector<std::uint32_t> children = {}) {
        // In place: moving a fresh node makes GCC 12 warn of members that it takes for uninitialised.
        Expression::Node& node = out_.nodes_.emplace_back();
        node.op = op;
        node.at = at;
        node.children = std::move(children);
        return static_cast<std::uint32_t>(out_.nodes_.size() - 1);
    }

    struct Level {
        explicit Level(ExpressionParser& parser) : parser_(parser) {
            if (++parser_.depth_ > deepest) fail(parser_.token_.at, "nested too deeply; split the condition");
        }
        ~Level() { --parser_.depth_; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;
        ExpressionParser& parser_;
    };

    std::uint32_t either() {
        const Level level(*this);
        std::uint32_t left = both();
        while (word("or")) {
            const std::size_t at = token_.at;
            next();
            left = add(Op::or_, at, {left, both()});
            grown(at);
        }
        return left;
    }

    std::uint32_t both() {
        std::uint32_t left = negation();
        while (word("and")) {
            const std::size_t at = token_.at;
            next();
            left = add(Op::and_, at, {left, negation()});
            grown(at);
        }
        return left;
    }

    std::uint32_t negation() {
        if (!word("not")) return comparison();
        const Level level(*this);
        const std::size_t at = token_.at;
        next();
        return add(Op::not_, at, {negation()});
    }

    std::uint32_t comparison() {
        static constexpr std::array<std::pair<std::string_view, Op>, 6> operators = {{{"==", Op::equal},
                                                                                      {"!=", Op::unequal},
                                                                                      {"<", Op::less},
                                                                                      {"<=", Op::at_most},
                                                                                      {">", Op::more},
                                                                                      {">=", Op::at_least}}};
        const std::uint32_t left = sum();
        const std::size_t at = token_.at;
        if (word("in")) {
            next();
            return add(Op::in, at, {left, sum()});
        }
        for (const auto& [text, op] : operators) {
            if (!symbol(text)) continue;
            next();
            return add(op, at, {left, sum()});
        }
        return left;
    }

    std::uint32_t sum() {
        std::uint32_t left = product();
        while (symbol("+") || symbol("-")) {
            const Op op = symbol("+") ? Op::add : Op::subtract;
            const std::size_t at = token_.at;
            next();
            left = add(op, at, {left, product()});
            grown(at);
        }
        return left;
    }

    std::uint32_t product() {
        std::uint32_t left = unary();
        while (symbol("*") || symbol("/")) {
            const Op op = symbol("*") ? Op::multiply : Op::divide;
            const std::size_t at = token_.at;
            next();
            left = add(op, at, {left, unary()});
            grown(at);
        }
        return left;
    }

    std::uint32_t unary() {
        if (!symbol("-")) return primary();
        const Level level(*this);
        const std::size_t at = token_.at;
        next();
        return add(Op::negate, at, {unary()});
    }

    std::vector<std::uint32_t> items(std::string_view close) {
        std::vector<std::uint32_t> out;
        next();
        while (!symbol(close)) {
            out.push_back(either());
            if (symbol(",")) {
                next();
            } else if (!symbol(close)) {
                unexpected();
            }
        }
        next();
        return out;
    }

    std::uint32_t literal(Value value) {
        const std::uint32_t node = add(Op::literal, token_.at);
        out_.nodes_[node].value = std::move(value);
        next();
        return node;
    }

    std::uint32_t primary() {
        const std::size_t at = token_.at;
        if (token_.kind == Token::Kind::number) return literal(token_.number);
        if (token_.kind == Token::Kind::string) return literal(token_.text);
        if (word("true")) return literal(true);
        if (word("false")) return literal(false);
        if (word("none")) return literal({});
        if (symbol("(")) {
            next();
            const std::uint32_t inner = either();
            if (!symbol(")")) unexpected();
            next();
            return inner;
        }
        if (symbol("[")) {
            const Level level(*this);
            return add(Op::list, at, items("]"));
        }
        if (token_.kind != Token::Kind::word || word("and") || word("or") || word("in") || word("not"))
            unexpected();
        const std::string name = token_.text;
        next();
        if (symbol("(")) return call(name, at);
        const std::uint32_t node = add(Op::name, at);
        out_.nodes_[node].name = name;
        return node;
    }

    std::uint32_t call(const std::string& name, std::size_t at) {
        struct Function {
            std::string_view name;
            Op op;
            std::size_t arguments;
        };
        static constexpr std::array<Function, 4> functions = {{{"known", Op::known, 1},
                                                               {"contains", Op::contains, 2},
                                                               {"length", Op::length, 1},
                                                               {"lower", Op::lower, 1}}};
        const Level level(*this);
        const auto* function = std::find_if(functions.begin(), functions.end(),
                                            [&](const Function& f) { return f.name == name; });
        if (function == functions.end())
            fail(at, "there is no function `" + name + "`; known are known, contains, length, lower");
        auto arguments = items(")");
        if (arguments.size() != function->arguments)
            fail(at, name + "() takes " + std::to_string(function->arguments) + " value" +
                         (function->arguments == 1 ? "" : "s") + ", here are " +
                         std::to_string(arguments.size()));
        return add(function->op, at, std::move(arguments));
    }

    // Chains such as a + b + … lean to the left; each link is one level when they are evaluated.
    void grown(std::size_t at) {
        if (++links_ > 4 * deepest) fail(at, "too many parts; split the condition");
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Token token_;
    int depth_ = 0;
    int links_ = 0;
    Expression out_;
};

Expression::Parsed Expression::parse(std::string_view text) {
    try {
        return {ExpressionParser(text).run(), {}};
    } catch (const Failure& failure) {
        return {std::nullopt, failure.error};
    }
}

Value Expression::evaluate(const Lookup& lookup) const {
    return nodes_.empty() ? Value{} : evaluate(root_, lookup);
}

Value Expression::evaluate(std::uint32_t index, const Lookup& lookup) const {
    const Node& node = nodes_[index];
    const auto child = [&](std::size_t i) { return evaluate(node.children[i], lookup); };
    const auto compare = [&](auto&& accept) -> Value {
        const Value a = child(0);
        const Value b = child(1);
        if (!is_set(a) || !is_set(b)) return false;
        const auto x = as_number(a);
        const auto y = as_number(b);
        if (x && y) return accept(*x < *y ? -1 : (*x > *y ? 1 : 0));
        const int order = as_text(a).compare(as_text(b));
        return accept(order);
    };
    const auto arithmetic = [&](auto&& compute) -> Value {
        const auto x = as_number(child(0));
        const auto y = as_number(child(1));
        if (!x || !y) return {};
        const double result = compute(*x, *y);
        return std::isfinite(result) ? Value{result} : Value{};
    };
    switch (node.op) {
        case Op::literal:
            return node.value;
        case Op::name:
            return lookup(node.name);
        case Op::list: {
            std::vector<std::string> out;
            for (std::size_t i = 0; i < node.children.size(); ++i) out.push_back(as_text(child(i)));
            return out;
        }
        case Op::negate: {
            const auto x = as_number(child(0));
            return x ? Value{-*x} : Value{};
        }
        case Op::not_:
            return !is_true(child(0));
        case Op::and_:
            return is_true(child(0)) && is_true(child(1));
        case Op::or_:
            return is_true(child(0)) || is_true(child(1));
        case Op::equal:
            return same(child(0), child(1));
        case Op::unequal:
            return !same(child(0), child(1));
        case Op::less:
            return compare([](int order) { return order < 0; });
        case Op::at_most:
            return compare([](int order) { return order <= 0; });
        case Op::more:
            return compare([](int order) { return order > 0; });
        case Op::at_least:
            return compare([](int order) { return order >= 0; });
        case Op::in:
        case Op::contains: {
            const Value needle = child(node.op == Op::in ? 0 : 1);
            const Value hay = child(node.op == Op::in ? 1 : 0);
            if (!is_set(needle) || !is_set(hay)) return false;
            if (const auto* list = std::get_if<std::vector<std::string>>(&hay))
                return std::any_of(list->begin(), list->end(),
                                   [&](const std::string& v) { return same(v, needle); });
            // A blank at an end of it is a word's border: ' if ' is not in "gift".
            const auto written = as_text(needle);
            const auto word = text::normalised(written);
            if (word.empty()) return false;
            std::string wanted = written.starts_with(' ') ? " " : "";
            wanted += word;
            if (written.ends_with(' ')) wanted += ' ';
            return (" " + text::normalised(as_text(hay)) + " ").find(wanted) != std::string::npos;
        }
        case Op::add: {
            const Value a = child(0);
            const Value b = child(1);
            const auto x = as_number(a);
            const auto y = as_number(b);
            if (x && y) return std::isfinite(*x + *y) ? Value{*x + *y} : Value{};
            // A loop that appends to itself must not grow a conversation without end.
            return std::string(text::truncate(as_text(a) + as_text(b), 4000));
        }
        case Op::subtract:
            return arithmetic([](double x, double y) { return x - y; });
        case Op::multiply:
            return arithmetic([](double x, double y) { return x * y; });
        case Op::divide:
            return arithmetic([](double x, double y) { return y == 0 ? NAN : x / y; });
        case Op::known:
            return is_set(child(0));
        case Op::length: {
            const Value value = child(0);
            if (const auto* list = std::get_if<std::vector<std::string>>(&value))
                return static_cast<double>(list->size());
            return static_cast<double>(text::count_code_points(as_text(value)));
        }
        case Op::lower:
            return text::normalised(as_text(child(0)), {.shorten_repeats = false});
    }
    return {};
}

std::vector<Expression::Name> Expression::names() const {
    std::vector<Name> out;
    for (const Node& node : nodes_)
        if (node.op == Op::name) out.push_back({node.name, node.at});
    return out;
}

std::vector<std::string> Expression::implies_known(bool truth) const {
    return nodes_.empty() ? std::vector<std::string>{} : implied(root_, truth);
}

std::vector<std::string> Expression::implied(std::uint32_t index, bool truth) const {
    const Node& node = nodes_[index];
    const auto name_of = [&](std::uint32_t child) {
        const Node& n = nodes_[child];
        return n.op == Op::name ? std::vector<std::string>{n.name} : std::vector<std::string>{};
    };
    const auto none_of = [&](std::uint32_t child) {
        return nodes_[child].op == Op::literal && !is_set(nodes_[child].value);
    };
    switch (node.op) {
        case Op::name:
            return truth ? std::vector<std::string>{node.name} : std::vector<std::string>{};
        case Op::known:
            return truth ? name_of(node.children[0]) : std::vector<std::string>{};
        case Op::not_:
            return implied(node.children[0], !truth);
        case Op::and_:
        case Op::or_: {
            auto left = implied(node.children[0], truth);
            const auto right = implied(node.children[1], truth);
            if ((node.op == Op::and_) == truth) {
                left.insert(left.end(), right.begin(), right.end());
            } else {
                left.erase(std::remove_if(left.begin(), left.end(),
                                          [&](const std::string& name) {
                                              return std::find(right.begin(), right.end(), name) ==
                                                     right.end();
                                          }),
                           left.end());
            }
            return left;
        }
        case Op::equal:
        case Op::unequal: {
            // x == 'a' implies x is set; so does x != none.
            const bool equal = (node.op == Op::equal) == truth;
            const bool nothing = none_of(node.children[0]) || none_of(node.children[1]);
            if (equal == nothing) return {};
            if (!nothing && nodes_[node.children[0]].op == Op::name &&
                nodes_[node.children[1]].op == Op::name)
                return {};
            auto left = name_of(node.children[0]);
            return left.empty() ? name_of(node.children[1]) : left;
        }
        case Op::less:
        case Op::at_most:
        case Op::more:
        case Op::at_least:
        case Op::in:
        case Op::contains: {
            if (!truth) return {};
            auto left = name_of(node.children[0]);
            const auto right = name_of(node.children[1]);
            left.insert(left.end(), right.begin(), right.end());
            return left;
        }
        default:
            return {};
    }
}

std::optional<bool> Expression::constant() const {
    if (!names().empty()) return std::nullopt;
    return holds([](std::string_view) { return Value{}; });
}

}  // namespace maru::flows
