// Steps that put a question: what may be asked, the options, the checks, what happens when it is not
// answered.
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "flows/compile.hpp"

namespace maru::flows {

Ask StepReader::ask(Reader& r, const std::string& path, int after) {
    Ask out;
    out.slot = slot_name(r, "ask");
    out.text = local_template(r, "text", true);
    out.entity = r.optional_id("entity");
    const std::string pattern = r.optional_string("pattern");
    out.always = r.optional_bool("always", false);
    if (r.has("entity") == r.has("pattern")) {
        r.error("ask", r.has("entity")
                           ? "an answer is found by `entity` or by `pattern`; keep one of them"
                           : "say what answers this: `entity: number`, `pattern: '…'`, or `entity: text` for "
                             "whatever the visitor writes");
    }
    if (!out.entity.empty()) {
        std::vector<std::string> known(built_in_entities().begin(), built_in_entities().end());
        if (world_.entities) known.insert(known.end(), world_.entities->begin(), world_.entities->end());
        if (std::find(known.begin(), known.end(), out.entity) == known.end() && world_.entities)
            r.error("entity",
                    "there is no entity `" + out.entity + "`" + yaml::suggestion(out.entity, known));
    }
    if (!pattern.empty()) {
        RE2::Options options;
        options.set_log_errors(false);
        options.set_case_sensitive(false);
        options.set_max_mem(1 << 20);
        auto compiled = std::make_shared<const RE2>(pattern, options);
        if (compiled->ok()) {
            out.pattern = std::move(compiled);
        } else {
            r.error("pattern", "`" + yaml::shown(pattern) + "` is not a valid pattern: " + compiled->error());
        }
    }
    if (const Node* node = r.child("check")) out.checks = checks(*node);
    if (out.entity == "yes_no") {
        const auto answer = [&](const char* key, const char* ko, const char* en) {
            Option option;
            option.value = key;
            option.at = r.at();
            option.label = r.optional_text(key);
            if (option.label.empty()) option.label.locales = {{"ko", {ko}}, {"en", {en}}};
            return option;
        };
        out.options.push_back(answer("yes", "네", "Yes"));
        out.options.push_back(answer("no", "아니요", "No"));
    } else if (const Node* node = r.list("quick_replies")) {
        out.options = suggestions(*node);
    }
    notes_.sets.push_back(out.slot);
    out.retry = retry(r, path, after);
    return out;
}

Choose StepReader::choose(Reader& r, const std::string& path, int after) {
    Choose out;
    out.slot = slot_name(r, "choose");
    out.text = local_template(r, "text", true);
    out.always = r.optional_bool("always", false);
    notes_.sets.push_back(out.slot);
    out.retry = retry(r, path, after);
    if (const Node* node = r.required_list("options")) {
        out.options = options(*node, path, after);
        if (out.options.size() < 2 && node->items.size() < 2)
            context_.error(node->at, "a choice needs two options or more; add one");
        if (out.options.size() > 13)
            context_.warning(node->at, std::to_string(out.options.size()) +
                                           " options are more than fit on a phone; split the question");
    }
    return out;
}

std::vector<Option> StepReader::options(const Node& node, const std::string& path, int after) {
    std::vector<Option> out;
    for (const Node& entry : node.items) {
        Reader r(entry, context_, "an option");
        if (!r.is_map()) continue;
        Option option;
        option.at = entry.at;
        option.value = r.required_id("value");
        option.label = r.required_text("label");
        option.words = r.optional_strings("words");
        option.intents = r.optional_strings("intents");
        if (world_.intents) {
            for (const std::string& intent : option.intents)
                if (std::find(world_.intents->begin(), world_.intents->end(), intent) ==
                    world_.intents->end())
                    r.error("intents", "there is no intent `" + yaml::shown(intent) + "`" +
                                           yaml::suggestion(intent, *world_.intents));
        }
        option.target = after;
        const std::string below = path + "/" + option.value;
        const int targets = (r.has("then") ? 1 : 0) + (r.has("goto") ? 1 : 0) + (r.has("call") ? 1 : 0);
        if (targets > 1)
            context_.error(entry.at,
                           "this option goes to several places; keep one of `then`, `goto`, `call`");
        if (const Node* then = r.child("then")) option.target = block(*then, below, after);
        if (const std::string label = r.optional_id("goto"); !label.empty()) {
            option.target = jump(below + "/goto", entry.at, Step::end, false);
            draft_.gotos.push_back({option.target, label, r.at("goto")});
        }
        if (const std::string flow = r.optional_id("call"); !flow.empty()) {
            StepNotes outer = std::exchange(notes_, {});
            notes_.written = false;
            option.target = add(below + "/call", r.at("call"), Call{flow, {}}, after);
            notes_ = std::move(outer);
        }
        r.finish();
        if (option.value.empty() || option.label.empty()) continue;
        if (std::any_of(out.begin(), out.end(), [&](const Option& o) { return o.value == option.value; })) {
            r.error("value", "the value `" + option.value + "` stands here twice; values must differ");
            continue;
        }
        out.push_back(std::move(option));
    }
    return out;
}

std::vector<Option> StepReader::suggestions(const Node& node) {
    std::vector<Option> out;
    for (const Node& entry : node.items) {
        Option option;
        option.at = entry.at;
        option.value = std::to_string(out.size() + 1);
        if (yaml::looks_like_text(entry)) {
            option.label = yaml::read_text(entry, "the quick reply", context_).value_or(LocalText{});
            option.label_is_value = true;
        } else {
            Reader r(entry, context_, "a quick reply");
            if (!r.is_map()) continue;
            option.label = r.required_text("label");
            option.value = r.required_id("value");
            r.finish();
        }
        if (!option.label.empty() && !option.value.empty()) out.push_back(std::move(option));
    }
    return out;
}

std::vector<Check> StepReader::checks(const Node& node) {
    std::vector<Check> out;
    const auto read = [&](const Node& entry) {
        Reader r(entry, context_, "a check");
        if (!r.is_map()) return;
        Check check;
        if (const Node* condition = r.required_child("if")) check.condition = expression(*condition);
        check.message = local_template(r, "message", true);
        r.finish();
        out.push_back(std::move(check));
    };
    if (node.is_sequence()) {
        for (const Node& entry : node.items) read(entry);
    } else {
        read(node);
    }
    return out;
}

Retry StepReader::retry(Reader& r, const std::string& path, int after) {
    Retry out;
    out.limit = static_cast<int>(r.optional_int("retries", out.limit, 0, 10));
    out.text = local_template(r, "retry", false);
    if (r.has("otherwise")) out.otherwise = optional_block(r, "otherwise", path, after);
    return out;
}

}  // namespace maru::flows
