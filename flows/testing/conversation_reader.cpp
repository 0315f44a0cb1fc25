#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "flows/testing/conversation_test.hpp"

namespace maru::flows {
namespace {

using yaml::Node;
using yaml::Reader;

Expectation::Products read_products(const Node& node, const Context& context) {
    Expectation::Products out;
    out.at = node.at;
    Reader r(node, context, "`products`");
    if (!r.is_map()) return out;
    const auto number = [&](std::string_view key, std::optional<std::int64_t>& into) {
        if (r.has(key)) into = r.optional_int(key, 0, 0);
    };
    if (r.has("count")) {
        number("count", out.least);
        out.most = out.least;
    }
    number("at_least", out.least);
    number("at_most", out.most);
    number("min_price", out.min_price);
    number("max_price", out.max_price);
    out.ids = r.optional_strings("ids");
    out.all_contain = r.optional_strings("all_contain");
    if (r.has("in_stock")) out.in_stock = r.optional_bool("in_stock", true);
    r.finish();
    return out;
}

Expectation read_expectation(const Node& node, const Context& context) {
    Expectation out;
    out.at = node.at;
    if (!node.is_map()) {
        out.contains = yaml::read_strings(node, "`bot`", context).value_or(std::vector<std::string>{});
        return out;
    }
    Reader r(node, context, "`bot`");
    out.contains = r.optional_strings("contains");
    out.not_contains = r.optional_strings("not_contains");
    out.any_of = r.optional_strings("any_of");
    out.matches = r.optional_strings("matches");
    for (const std::string& pattern : out.matches) {
        RE2::Options options;
        options.set_log_errors(false);
        if (const RE2 compiled(pattern, options); !compiled.ok())
            r.error("matches", "`" + yaml::shown(pattern) + "` is not a valid pattern: " + compiled.error());
    }
    out.source = r.optional_string("source");
    out.language = r.optional_enum<std::string>("language", "", {{"ko", "ko"}, {"en", "en"}});
    out.quick_replies = r.optional_strings("quick_replies");
    if (r.has("handoff"))
        out.handoff = r.optional_enum<std::string>("handoff", "any",
                                                   {{"any", "any"},
                                                    {"none", "none"},
                                                    {"asked", "asked"},
                                                    {"ready", "ready"},
                                                    {"upset", "upset"},
                                                    {"bot_failed", "bot_failed"},
                                                    {"rule", "rule"}});
    if (r.has("survey"))
        out.survey = r.optional_enum<std::string>(
            "survey", "none", {{"none", "none"}, {"csat", "csat"}, {"ces", "ces"}, {"nps", "nps"}});
    out.state = r.optional_enum<std::string>(
        "state", "", {{"bot", "bot"}, {"queued", "queued"}, {"agent", "agent"}, {"closed", "closed"}});
    if (r.has("silent")) out.silent = r.optional_bool("silent", true);
    if (const Node* products = r.child("products")) out.products = read_products(*products, context);
    if (node.entries.empty())
        context.error(node.at, "`bot` expects nothing; write what it should say, or remove it");
    r.finish();
    return out;
}

std::optional<TestStep> read_step(const Node& node, const Context& context) {
    static constexpr std::array<std::pair<std::string_view, TestStep::Kind>, 4> kinds = {
        {{"user", TestStep::Kind::user},
         {"choice", TestStep::Kind::choice},
         {"event", TestStep::Kind::event},
         {"bot", TestStep::Kind::bot}}};
    Reader r(node, context, "a test's step");
    if (!r.is_map()) return std::nullopt;
    TestStep out;
    out.at = node.at;
    const std::pair<std::string_view, TestStep::Kind>* found = nullptr;
    for (const auto& kind : kinds) {
        if (!r.has(kind.first)) continue;
        if (found != nullptr) {
            context.error(node.at,
                          "a step is one of `user`, `choice`, `event` and `bot`; start a new line with `- `");
            return std::nullopt;
        }
        found = &kind;
    }
    for (const auto& [name, kind] : kinds) r.allow(name);
    if (found == nullptr) {
        r.finish();
        context.error(node.at, "a step is one of `user: …`, `choice: …`, `event: …` and `bot: …`");
        return std::nullopt;
    }
    out.kind = found->second;
    const Node& value = *r.child(found->first);
    if (out.kind == TestStep::Kind::bot) {
        out.expected = read_expectation(value, context);
    } else if (out.kind == TestStep::Kind::event && value.is_map()) {
        Reader e(value, context, "the event");
        out.text = e.required_string("name");
        out.product = e.optional_string("product");
        if (e.has("amount")) out.amount = e.optional_int("amount", 0, 0);
        e.finish();
    } else {
        // What a visitor writes may well be blank or odd; only its being a text matters.
        out.text =
            value.is_scalar() && value.quoted
                ? value.scalar
                : yaml::read_string(value, "`" + std::string(found->first) + "`", context).value_or("");
    }
    if (out.kind == TestStep::Kind::event) {
        static const std::vector<std::string_view> events = {
            "page_view",        "product_view",   "product_click", "add_to_cart",
            "remove_from_cart", "checkout_start", "purchase"};
        if (!out.text.empty() && std::find(events.begin(), events.end(), out.text) == events.end())
            context.error(value.at, "there is no event `" + yaml::shown(out.text) + "`" +
                                        yaml::suggestion(out.text, events));
    }
    r.finish();
    return out;
}

Slots read_given(const Node& map, const Context& context) {
    Slots out;
    for (const yaml::Entry& entry : map.entries) {
        const auto text = yaml::read_string(entry.value, "`" + entry.key + "`", context);
        if (!text) continue;
        Value value = *text;
        if (!entry.value.quoted) {
            if (*text == "true" || *text == "false") {
                value = *text == "true";
            } else if (const auto number = as_number(value)) {
                value = *number;
            }
        }
        out.set(entry.key, std::move(value));
    }
    return out;
}

}  // namespace

void read_conversation_tests(std::string_view text, const Context& context,
                             std::vector<ConversationTest>& into) {
    const auto root = parse_file(text, context);
    if (!root) return;
    Reader file(*root, context, "the file");
    file.version(1);
    const Node* list = file.required_list("tests");
    file.finish();
    if (list == nullptr) return;
    for (const Node& item : list->items) {
        Reader r(item, context, "a test");
        if (!r.is_map()) continue;
        ConversationTest test;
        test.where = {context.file, item.at};
        test.name = r.required_string("name");
        test.locale = r.optional_string("locale", context.locales.empty() ? "ko" : context.locales.front());
        if (!context.locales.empty() &&
            std::find(context.locales.begin(), context.locales.end(), test.locale) == context.locales.end())
            r.error("locale", "`" + yaml::shown(test.locale) + "` is not a locale of this bot" +
                                  yaml::suggestion(test.locale, context.locales));
        test.site = r.optional_string("site");
        test.skip = r.optional_string("skip");
        if (const Node* given = r.map("given")) test.given = read_given(*given, context);
        if (const Node* steps = r.required_list("steps")) {
            for (const Node& step : steps->items)
                if (auto read = read_step(step, context)) test.steps.push_back(std::move(*read));
            const bool expects = std::any_of(test.steps.begin(), test.steps.end(), [](const TestStep& step) {
                return step.kind == TestStep::Kind::bot;
            });
            if (!expects)
                context.error(item.at, "the test `" + test.name + "` expects nothing; add a `- bot: …`");
        }
        r.finish();
        into.push_back(std::move(test));
    }
}

}  // namespace maru::flows
