#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "flows/testing/conversation_test.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::flows {
namespace {

// What two texts have in common beyond case, width and spacing.
std::string even(std::string_view text) {
    std::string out = text::normalised(text, {.shorten_repeats = false, .compose_letters = false});
    out.erase(std::remove(out.begin(), out.end(), ' '), out.end());
    return out;
}

bool has(std::string_view text, std::string_view part) {
    return even(text).find(even(part)) != std::string::npos;
}

std::string quoted(std::string_view text) {
    return "\"" + yaml::shown(text, 300) + "\"";
}

std::string joined(const std::vector<std::string>& list) {
    std::string out;
    for (const std::string& each : list) out += (out.empty() ? "" : ", ") + each;
    return out.empty() ? "nothing" : out;
}

bool is_korean(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const text::Decoded next = text::decode(text, at);
        if (text::is_hangul(next.code)) return true;
        at += next.size;
    }
    return false;
}

// A name with a star at its end stands for all that begin so.
bool names(std::string_view pattern, std::string_view value) {
    if (!pattern.empty() && pattern.back() == '*')
        return value.substr(0, pattern.size() - 1) == pattern.substr(0, pattern.size() - 1);
    return pattern == value;
}

class Player {
  public:
    Player(const ConversationTest& test, BotUnderTest& bot) : test_(test), bot_(bot) { result_.test = &test; }

    TestResult play() {
        if (!test_.skip.empty()) {
            result_.skipped = true;
            return std::move(result_);
        }
        heard(bot_.begin(test_));
        for (const TestStep& step : test_.steps) {
            switch (step.kind) {
                case TestStep::Kind::user:
                    transcript_ += "  user: " + step.text + "\n";
                    heard(bot_.say(step.text));
                    break;
                case TestStep::Kind::choice:
                    press(step);
                    break;
                case TestStep::Kind::event:
                    transcript_ +=
                        "  event: " + step.text + (step.product.empty() ? "" : " " + step.product) + "\n";
                    heard(bot_.event(step.text, step.product, step.amount));
                    break;
                case TestStep::Kind::bot:
                    expect(step.expected);
                    break;
            }
        }
        return std::move(result_);
    }

  private:
    void heard(std::vector<TestReply> replies) {
        replies_ = std::move(replies);
        for (const TestReply& reply : replies_) {
            if (!reply.buttons.empty()) buttons_ = reply.buttons;
            transcript_ += "  bot:  " + yaml::shown(reply.text, 400);
            if (!reply.source.empty()) transcript_ += "  (" + reply.source + ")";
            if (!reply.handoff.empty()) transcript_ += "  [hands over: " + reply.handoff + "]";
            if (!reply.survey.empty()) transcript_ += "  [survey: " + reply.survey + "]";
            transcript_ += '\n';
            for (const TestReply::Card& card : reply.products)
                transcript_ += "        ▪ " + card.title + "  " + std::to_string(card.price) + "\n";
            std::string labels;
            for (const Button& button : reply.buttons) labels += " [" + button.label + "]";
            if (!labels.empty()) transcript_ += "       " + labels + "\n";
        }
    }

    void fail(Position at, std::string message) {
        result_.failures.push_back({at, std::move(message), transcript_});
    }

    void press(const TestStep& step) {
        transcript_ += "  choice: " + step.text + "\n";
        const auto button = std::find_if(buttons_.begin(), buttons_.end(), [&](const Button& b) {
            return b.choice == step.text || even(b.label) == even(step.text);
        });
        if (button == buttons_.end()) {
            std::vector<std::string> labels;
            for (const Button& each : buttons_) labels.push_back(each.label);
            replies_.clear();
            return fail(step.at, "there is no button " + quoted(step.text) +
                                     "; the last ones were: " + joined(labels));
        }
        const Button pressed = *button;
        heard(bot_.choose(pressed.choice, pressed.label));
    }

    [[nodiscard]] std::vector<std::string> texts() const {
        std::vector<std::string> out;
        for (const TestReply& reply : replies_)
            if (!reply.text.empty()) out.push_back(reply.text);
        return out;
    }

    [[nodiscard]] bool some_has(std::string_view part) const {
        return std::any_of(replies_.begin(), replies_.end(),
                           [&](const TestReply& r) { return has(r.text, part); });
    }

    [[nodiscard]] std::string said() const {
        std::string out;
        for (const std::string& text : texts()) out += "\n      got:      " + quoted(text);
        return out.empty() ? "\n      got:      no message" : out;
    }

    void expect(const Expectation& e) {
        if (e.silent) {
            if (*e.silent && !replies_.empty()) fail(e.at, "no message was expected" + said());
            if (!*e.silent && replies_.empty()) fail(e.at, "a message was expected" + said());
        }
        for (const std::string& part : e.contains)
            if (!some_has(part))
                fail(e.at, "no message contains it\n      expected: " + quoted(part) + said());
        for (const std::string& part : e.not_contains)
            if (some_has(part))
                fail(e.at, "a message contains what it must not\n      unwanted: " + quoted(part) + said());
        if (!e.any_of.empty() && std::none_of(e.any_of.begin(), e.any_of.end(),
                                              [&](const std::string& part) { return some_has(part); }))
            fail(e.at, "no message contains any of them\n      expected: " + joined(e.any_of) + said());
        for (const std::string& pattern : e.matches) match(e, pattern);
        if (!e.source.empty()) source(e);
        if (!e.language.empty()) {
            for (const std::string& text : texts())
                if (is_korean(text) != (e.language == "ko"))
                    fail(e.at, "a message is not in `" + e.language + "`\n      got:      " + quoted(text));
            if (texts().empty()) fail(e.at, "a message in `" + e.language + "` was expected" + said());
        }
        quick_replies(e);
        one_of_the_turn(e, "a handoff", e.handoff, &TestReply::handoff);
        one_of_the_turn(e, "a survey", e.survey, &TestReply::survey);
        if (!e.state.empty())
            if (const std::string state = bot_.state(); state != e.state)
                fail(e.at, "the conversation is in another state\n      expected: " + e.state +
                               "\n      got:      " + state);
        if (e.products) products(*e.products);
    }

    void match(const Expectation& e, const std::string& pattern) {
        RE2::Options options;
        options.set_log_errors(false);
        const RE2 compiled(pattern, options);
        const bool found = std::any_of(replies_.begin(), replies_.end(), [&](const TestReply& r) {
            return RE2::PartialMatch(r.text, compiled);
        });
        if (!found) fail(e.at, "no message matches\n      expected: " + pattern + said());
    }

    void source(const Expectation& e) {
        std::vector<std::string> sources;
        for (const TestReply& reply : replies_)
            if (!reply.source.empty()) sources.push_back(reply.source);
        const auto fits = [&](const std::string& each) { return names(e.source, each); };
        if (std::none_of(sources.begin(), sources.end(), fits))
            fail(e.at, "the answer comes from elsewhere\n      expected: " + e.source +
                           "\n      got:      " + joined(sources) + said());
    }

    void quick_replies(const Expectation& e) {
        std::vector<std::string> labels;
        for (const TestReply& reply : replies_)
            for (const Button& button : reply.buttons) labels.push_back(button.label);
        for (const std::string& wanted : e.quick_replies) {
            const bool there = std::any_of(replies_.begin(), replies_.end(), [&](const TestReply& reply) {
                return std::any_of(reply.buttons.begin(), reply.buttons.end(), [&](const Button& button) {
                    return button.choice == wanted || even(button.label) == even(wanted);
                });
            });
            if (!there)
                fail(e.at, "a quick reply is missing\n      expected: " + wanted +
                               "\n      got:      " + joined(labels));
        }
    }

    void one_of_the_turn(const Expectation& e, const std::string& what,
                         const std::optional<std::string>& wanted, std::string TestReply::*field) {
        if (!wanted) return;
        std::string got = "none";
        for (const TestReply& reply : replies_)
            if (!(reply.*field).empty()) got = reply.*field;
        if (*wanted == got || (*wanted == "any" && got != "none")) return;
        fail(e.at, what + " was expected to be otherwise\n      expected: " + *wanted +
                       "\n      got:      " + got + said());
    }

    void products(const Expectation::Products& wanted) {
        std::vector<TestReply::Card> cards;
        for (const TestReply& reply : replies_)
            cards.insert(cards.end(), reply.products.begin(), reply.products.end());
        const auto count = static_cast<std::int64_t>(cards.size());
        // A condition on every card holds for no card at all; without a count, at least one is meant.
        const std::int64_t least = wanted.least.value_or(wanted.most == 0 ? 0 : 1);
        if (count < least || (wanted.most && count > *wanted.most)) {
            std::string range =
                std::to_string(least) + (wanted.most ? " to " + std::to_string(*wanted.most) : " or more");
            fail(wanted.at, "another number of products\n      expected: " + range +
                                "\n      got:      " + std::to_string(count) + said());
        }
        for (const TestReply::Card& card : cards) {
            const std::string shown = "\n      got:      " + card.title + ", " + std::to_string(card.price);
            if (wanted.max_price && card.price > *wanted.max_price)
                fail(wanted.at, "a product is dearer than allowed\n      expected: at most " +
                                    std::to_string(*wanted.max_price) + shown);
            if (wanted.min_price && card.price < *wanted.min_price)
                fail(wanted.at, "a product is cheaper than asked for\n      expected: at least " +
                                    std::to_string(*wanted.min_price) + shown);
            if (wanted.in_stock && card.in_stock != *wanted.in_stock)
                fail(wanted.at,
                     std::string("a product is ") + (card.in_stock ? "" : "not ") + "in stock" + shown);
            if (!wanted.all_contain.empty() &&
                std::none_of(
                    wanted.all_contain.begin(), wanted.all_contain.end(),
                    [&](const std::string& part) { return has(card.title + " " + card.brand, part); }))
                fail(wanted.at, "a product's title has none of the words\n      expected: " +
                                    joined(wanted.all_contain) + shown);
        }
        for (const std::string& id : wanted.ids)
            if (std::none_of(cards.begin(), cards.end(),
                             [&](const TestReply::Card& card) { return card.id == id; }))
                fail(wanted.at, "the product `" + id + "` is missing" + said());
    }

    const ConversationTest& test_;
    BotUnderTest& bot_;
    TestResult result_;
    std::vector<TestReply> replies_;
    std::vector<Button> buttons_;  // the last ones that were shown
    std::string transcript_;
};

}  // namespace

TestResult run_conversation_test(const ConversationTest& test, BotUnderTest& bot) {
    return Player(test, bot).play();
}

std::string report(const std::vector<TestResult>& results) {
    std::string out;
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t skipped = 0;
    for (const TestResult& result : results) {
        const ConversationTest& test = *result.test;
        if (result.skipped) {
            ++skipped;
            out += test.where.file + ":" + std::to_string(test.where.at.line) + ": SKIPPED " + test.name +
                   ": " + test.skip + "\n";
            continue;
        }
        ++(result.passed() ? passed : failed);
        for (std::size_t i = 0; i < result.failures.size(); ++i) {
            const TestFailure& failure = result.failures[i];
            out += test.where.file + ":" + std::to_string(failure.at.line) + ":" +
                   std::to_string(failure.at.column) + ": FAILED " + test.name + ": " + failure.message +
                   "\n";
            // One transcript per test, up to its last failure, shows the way to all of them.
            if (i + 1 == result.failures.size()) out += "    the conversation:\n" + failure.transcript;
        }
    }
    out += std::to_string(results.size()) + " conversation tests: " + std::to_string(passed) + " passed, " +
           std::to_string(failed) + " failed";
    if (skipped > 0) out += ", " + std::to_string(skipped) + " skipped";
    return out + "\n";
}

}  // namespace maru::flows
