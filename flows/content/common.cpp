#include "flows/content/common.hpp"

#include <utility>

namespace maru::flows {
namespace {

// The wire allows 200 characters in a choice; what a button says for the visitor must fit with its prefix.
constexpr std::size_t longest_words = 150;

QuickReply read_quick_reply(const yaml::Node& node, const Context& context) {
    QuickReply reply;
    reply.at = node.at;
    if (yaml::looks_like_text(node)) {
        reply.label = yaml::read_text(node, "the quick reply", context).value_or(LocalText{});
        reply.words = reply.label;
    } else {
        yaml::Reader r(node, context, "a quick reply");
        if (!r.is_map()) return reply;
        reply.label = r.required_text("label");
        const std::string faq = r.optional_id("faq");
        const std::string flow = r.optional_id("flow");
        reply.words = r.optional_text("say");
        const bool handoff = r.optional_bool("handoff", false);
        r.finish();
        const int targets = (r.has("faq") ? 1 : 0) + (r.has("flow") ? 1 : 0) + (r.has("say") ? 1 : 0) +
                            (r.has("handoff") ? 1 : 0);
        if (targets != 1) {
            context.error(
                node.at,
                targets == 0
                    ? "this quick reply leads nowhere; give it one of `faq`, `flow`, `say` or `handoff: true`"
                    : "this quick reply leads to several places; keep one of `faq`, `flow`, `say`, "
                      "`handoff`");
        }
        if (r.has("faq")) {
            reply.target = QuickReply::Target::faq;
            reply.id = faq;
        } else if (r.has("flow")) {
            reply.target = QuickReply::Target::flow;
            reply.id = flow;
        } else if (handoff) {
            reply.target = QuickReply::Target::handoff;
        }
    }
    for (const auto& [locale, variants] : reply.words.locales) {
        for (const std::string& words : variants)
            if (words.size() > longest_words)
                context.error(reply.at, "what a quick reply says must be at most " +
                                            std::to_string(longest_words) +
                                            " bytes long; shorten it, or lead to a `flow` or `faq`");
    }
    return reply;
}

}  // namespace

std::string QuickReply::choice(std::string_view locale) const {
    switch (target) {
        case Target::faq:
            return "faq:" + id;
        case Target::flow:
            return "flow:" + id;
        case Target::handoff:
            return "handoff";
        case Target::say:
            break;
    }
    return "say:" + std::string(words.pick(locale));
}

std::vector<QuickReply> read_quick_replies(const yaml::Node& node, const Context& context) {
    std::vector<QuickReply> out;
    if (!node.is_sequence()) {
        context.error(node.at, "`quick_replies` must be a list of `- …` lines, here is a " +
                                   std::string(kind_name(node)));
        return out;
    }
    for (const yaml::Node& item : node.items) out.push_back(read_quick_reply(item, context));
    if (out.size() > 13)
        context.warning(node.at, std::to_string(out.size()) +
                                     " quick replies are more than fit on a phone; keep the best");
    return out;
}

std::vector<Button> buttons(const std::vector<QuickReply>& replies, std::string_view locale) {
    std::vector<Button> out;
    out.reserve(replies.size());
    for (const QuickReply& reply : replies)
        out.push_back({std::string(reply.label.pick(locale)), reply.choice(locale)});
    return out;
}

std::optional<yaml::Node> parse_file(std::string_view text, const Context& context) {
    auto root = yaml::parse(text, context.file, context.problems);
    if (!root) return std::nullopt;
    if (root->is_null()) {
        context.error({}, "the file is empty; start it with `version: 1`");
        return std::nullopt;
    }
    return root;
}

}  // namespace maru::flows
