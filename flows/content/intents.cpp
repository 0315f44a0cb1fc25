#include "flows/content/intents.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "nlu/text/normalise.hpp"

namespace maru::flows {
namespace {

using yaml::Node;
using yaml::Reader;

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// The value of "value" in {"entity": "city", "value": "Seoul"}; these maps are short and flat.
std::string field(const Node& map, std::string_view key) {
    const yaml::Entry* entry = map.find(key);
    return entry != nullptr ? entry->value.scalar : std::string{};
}

// Takes [text](type), [text](type:value) and [text]{"entity": …, "value": …} apart.
void unmark(Example& example, const Context& context) {
    const std::string marked = std::move(example.text);
    example.text.clear();
    std::size_t at = 0;
    while (at < marked.size()) {
        const std::size_t open = marked.find('[', at);
        const std::size_t close = open == std::string::npos ? open : marked.find(']', open);
        if (close == std::string::npos || close + 1 >= marked.size() ||
            (marked[close + 1] != '(' && marked[close + 1] != '{')) {
            const std::size_t end = close == std::string::npos ? marked.size() : close + 1;
            example.text.append(marked, at, end - at);
            at = end;
            continue;
        }
        const bool round = marked[close + 1] == '(';
        const std::size_t end = marked.find(round ? ')' : '}', close + 1);
        if (end == std::string::npos) {
            context.error(example.at, std::string("an entity's mark is not closed here; add the `") +
                                          (round ? ")`" : "}`"));
            example.text.append(marked, at, std::string::npos);
            return;
        }
        example.text.append(marked, at, open - at);
        Mention mention;
        mention.begin = example.text.size();
        example.text.append(marked, open + 1, close - open - 1);
        mention.end = example.text.size();
        if (round) {
            const std::string inside = marked.substr(close + 2, end - close - 2);
            const std::size_t colon = inside.find(':');
            mention.type = inside.substr(0, colon);
            if (colon != std::string::npos) mention.value = inside.substr(colon + 1);
        } else {
            const auto map =
                yaml::parse(marked.substr(close + 1, end - close), context.file, context.problems);
            if (map && map->is_map()) {
                mention.type = field(*map, "entity");
                mention.value = field(*map, "value");
            }
        }
        if (mention.type.empty()) {
            context.error(example.at, "a marked part has no entity; write it as [text](entity)");
        } else {
            example.mentions.push_back(std::move(mention));
        }
        at = end + 1;
    }
}

void add_example(std::string_view text, Position at, const std::string& locale, const Context& context,
                 Intent& intent) {
    Example example{std::string(text), locale, {}, at};
    unmark(example, context);
    if (trimmed(example.text).empty()) {
        context.error(at, "an example is empty; write what a visitor would say, or remove the line");
        return;
    }
    intent.examples.push_back(std::move(example));
    intent.files.push_back(context.file);
}

void read_examples(const Node& node, const std::string& locale, const Context& context, Intent& intent) {
    if (node.is_sequence()) {
        for (const Node& item : node.items)
            if (const auto text = yaml::read_string(item, "an example", context))
                add_example(*text, item.at, locale, context, intent);
        return;
    }
    const auto text = yaml::read_string(node, "`examples`", context);
    if (!text) return;
    // A block's lines begin below its `|`. Its indentation is gone by now, so only the line is known.
    Position at{node.at.line + 1, 0};
    std::string_view rest = *text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.size() > 1 && line[0] == '-' && line[1] == ' ') {
            add_example(trimmed(line.substr(2)), at, locale, context, intent);
        } else if (!line.empty() && line[0] != '#') {
            context.error(at, "an example must start with `- `, here is `" + yaml::shown(line) + "`");
        }
        ++at.line;
    }
}

void read_rule(const Node& node, const Context& context, Intent& intent) {
    Reader r(node, context, "a rule");
    if (!r.is_map()) return;
    IntentRule rule;
    rule.where = {context.file, node.at};
    rule.phrases = r.optional_strings("phrases");
    rule.patterns = r.optional_strings("patterns");
    rule.priority = static_cast<int>(r.optional_int("priority", 0, -1000, 1000));
    using Scope = IntentRule::Scope;
    rule.scope = r.optional_enum<Scope>("scope", Scope::always,
                                        {{"always", Scope::always},
                                         {"in_flow", Scope::in_flow},
                                         {"waiting", Scope::waiting},
                                         {"outside_flow", Scope::outside_flow}});
    r.finish();
    if (!r.has("phrases") && !r.has("patterns"))
        context.error(node.at, "a rule needs `phrases` or `patterns`; add one");
    const auto bad = [&](const std::string& pattern) {
        RE2::Options options;
        options.set_log_errors(false);
        const RE2 compiled(pattern, options);
        if (!compiled.ok())
            r.error("patterns", "`" + yaml::shown(pattern) + "` is not a valid pattern: " + compiled.error());
        return !compiled.ok();
    };
    rule.patterns.erase(std::remove_if(rule.patterns.begin(), rule.patterns.end(), bad), rule.patterns.end());
    if (!rule.patterns.empty() || !rule.phrases.empty()) intent.rules.push_back(std::move(rule));
}

void check_locale(const Reader& r, const std::string& locale, const Context& context) {
    if (locale.empty() || context.locales.empty()) return;
    if (std::find(context.locales.begin(), context.locales.end(), locale) == context.locales.end())
        r.error("locale", "`" + yaml::shown(locale) + "` is not a locale of this bot" +
                              yaml::suggestion(locale, context.locales));
}

// `version: "3.1"` stands in files made for Rasa, whose `nlu:` part is read as it is.
bool made_for_rasa(const Node& root) {
    const yaml::Entry* version = root.find("version");
    return version != nullptr && version->value.is_scalar() &&
           (version->value.scalar.rfind("3.", 0) == 0 || version->value.scalar.rfind("2.", 0) == 0);
}

}  // namespace

const Intent* Intents::find(std::string_view name) const noexcept {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Intent& i) { return i.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> Intents::names() const {
    std::vector<std::string> out;
    out.reserve(all.size());
    for (const Intent& intent : all) out.push_back(intent.name);
    return out;
}

void read_intents(std::string_view text, const Context& context, Intents& into) {
    const auto root = parse_file(text, context);
    if (!root) return;
    Reader file(*root, context, "the file");
    if (made_for_rasa(*root)) {
        file.allow("version");
    } else {
        file.version(1);
    }
    const std::string file_locale = file.optional_string("locale");
    check_locale(file, file_locale, context);
    const Node* list = file.required_list("nlu");
    file.finish();
    if (list == nullptr) return;
    for (const Node& item : list->items) {
        if (item.is_map() && item.find("intent") == nullptr) {
            if (item.find("synonym") != nullptr || item.find("lookup") != nullptr ||
                item.find("regex") != nullptr) {
                context.error(item.at,
                              "only intents stand here; write synonyms and word lists into synonyms.yaml");
                continue;
            }
        }
        Reader r(item, context, "an intent");
        if (!r.is_map()) continue;
        const std::string name = r.required_id("intent");
        const std::string locale = r.optional_string("locale", file_locale);
        if (r.has("locale")) check_locale(r, locale, context);
        const Node* examples = r.child("examples");
        const Node* rules = r.list("rules");
        r.finish();
        if (name.empty()) continue;
        auto found =
            std::find_if(into.all.begin(), into.all.end(), [&](const Intent& i) { return i.name == name; });
        if (found == into.all.end()) {
            into.all.push_back({name, {context.file, item.at}, {}, {}, {}});
            found = std::prev(into.all.end());
        }
        if (examples == nullptr && rules == nullptr)
            context.error(item.at, "the intent `" + name + "` has neither `examples` nor `rules`; add some");
        if (examples != nullptr) read_examples(*examples, locale, context, *found);
        if (rules != nullptr)
            for (const Node& rule : rules->items) read_rule(rule, context, *found);
    }
}

void check_intents(const Intents& intents, Problems& problems) {
    std::unordered_map<std::string, std::pair<const Intent*, std::size_t>> seen;
    for (const Intent& intent : intents.all) {
        for (std::size_t i = 0; i < intent.examples.size(); ++i) {
            const Example& example = intent.examples[i];
            const auto [entry, fresh] = seen.try_emplace(text::normalised(example.text), &intent, i);
            if (fresh || entry->second.first == &intent) continue;
            const Intent& other = *entry->second.first;
            const std::size_t j = entry->second.second;
            problems.warning(intent.files[i], example.at,
                             "`" + yaml::shown(example.text) + "` is an example of `" + other.name +
                                 "` too (" + other.files[j] + ":" +
                                 std::to_string(other.examples[j].at.line) + "); keep it in one of them");
        }
    }
}

}  // namespace maru::flows
