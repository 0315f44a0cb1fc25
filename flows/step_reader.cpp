#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "flows/compile.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::flows {
namespace {

constexpr std::array<std::string_view, 16> step_keys = {
    "say",    "ask",     "choose", "if",  "branch", "answer", "search", "recommend",
    "lookup", "handoff", "survey", "set", "clear",  "call",   "goto",   "end"};

std::string listed_steps() {
    std::string out;
    for (const std::string_view key : step_keys) out += (out.empty() ? "" : ", ") + std::string(key);
    return out;
}

}  // namespace

Position inside(const yaml::Node& scalar, std::size_t offset) noexcept {
    const std::string_view text = scalar.scalar;
    if (text.find('\n') != std::string_view::npos || text.find('\\') != std::string_view::npos)
        return scalar.at;
    const std::size_t characters = text::count_code_points(text.substr(0, std::min(offset, text.size())));
    return {scalar.at.line,
            scalar.at.column + static_cast<std::uint32_t>(characters) + (scalar.quoted ? 1U : 0U)};
}

template <typename What>
int StepReader::add(const std::string& path, Position at, What what, int next) {
    Step step;
    step.path = path;
    step.at = at;
    step.next = next;
    step.what = std::move(what);
    draft_.flow.steps.push_back(std::move(step));
    draft_.notes.push_back(std::exchange(notes_, {}));
    return static_cast<int>(draft_.flow.steps.size() - 1);
}

int StepReader::jump(const std::string& path, Position at, int next, bool written) {
    StepNotes outer = std::exchange(notes_, {});
    notes_.written = written;
    const int index = add(path, at, Jump{}, next);
    notes_ = std::move(outer);
    return index;
}

int StepReader::block(const Node& node, const std::string& path, int after) {
    if (node.is_map() || node.is_scalar()) return item(node, path + "/0", after);
    if (!node.is_sequence()) {
        context_.error(node.at, "steps are missing here; write a list of `- …` lines");
        return after;
    }
    // From the last to the first, so that every step knows what follows it.
    int next = after;
    for (std::size_t i = node.items.size(); i-- > 0;) {
        const std::string number = std::to_string(i);
        next = item(node.items[i], path.empty() ? number : path + "/" + number, next);
    }
    return next;
}

int StepReader::item(const Node& node, const std::string& path, int after) {
    if (node.is_scalar() && node.scalar == "end") return jump(path, node.at, Step::end, true);
    if (!node.is_map()) {
        context_.error(node.at, "a step must look like `- say: …`, here is a " +
                                    std::string(kind_name(node)) + "; known steps are " + listed_steps());
        return after;
    }
    return map_item(node, path, after);
}

int StepReader::map_item(const Node& node, const std::string& path, int after) {
    const yaml::Entry* kind = nullptr;
    for (const yaml::Entry& entry : node.entries) {
        if (std::find(step_keys.begin(), step_keys.end(), entry.key) == step_keys.end()) continue;
        if (kind != nullptr) {
            context_.error(entry.key_at, "a step does one thing, here are `" + kind->key + "` and `" +
                                             entry.key + "`; start a new line with `- `");
            return after;
        }
        kind = &entry;
    }
    Reader r(node, context_, "the step");
    const std::string label = r.optional_id("label");
    if (kind == nullptr) {
        const bool label_only = node.entries.size() == 1 && r.has("label");
        if (!label_only) {
            const yaml::Entry& first =
                node.entries.empty() ? yaml::Entry{"", node.at, {}} : node.entries.front();
            const std::vector<std::string_view> keys(step_keys.begin(), step_keys.end());
            context_.error(first.key_at, "there is no step `" + yaml::shown(first.key) + "`" +
                                             yaml::suggestion(first.key, keys));
            return after;
        }
    }
    const std::string key = kind == nullptr ? "label" : kind->key;
    const Position at = kind == nullptr ? node.at : kind->key_at;

    int index = after;
    StepNotes outer = std::exchange(notes_, {});
    if (key == "say") {
        auto what = say(r);
        index = add(path, at, std::move(what), after);
    } else if (key == "ask") {
        auto what = ask(r, path, after);
        index = add(path, at, std::move(what), after);
    } else if (key == "choose") {
        auto what = choose(r, path, after);
        index = add(path, at, std::move(what), after);
    } else if (key == "if") {
        auto what = if_then(r, path, after);
        index = add(path, at, std::move(what), after);
    } else if (key == "branch") {
        Branch what;
        if (const Node* cases = r.list("branch")) what = branch(*cases, path, after);
        index = add(path, at, std::move(what), after);
    } else if (key == "answer") {
        index = add(path, at, Answer{reference(r, "answer", "FAQ", world_.faqs)}, after);
    } else if (key == "search") {
        auto what = search(r, path, after);
        index = add(path, at, std::move(what), after);
    } else if (key == "recommend") {
        auto what = recommend(r, path, after);
        index = add(path, at, std::move(what), after);
    } else if (key == "lookup") {
        auto what = look_up(r, path, after);
        index = add(path, at, std::move(what), after);
    } else if (key == "handoff") {
        auto what = hand_over(r);
        index = add(path, at, std::move(what), Step::end);
    } else if (key == "survey") {
        AskOpinion what;
        what.kind = r.optional_enum<std::string>("survey", "csat",
                                                 {{"csat", "csat"}, {"ces", "ces"}, {"nps", "nps"}});
        index = add(path, at, std::move(what), after);
    } else if (key == "set") {
        auto what = set(r);
        index = add(path, at, std::move(what), after);
    } else if (key == "clear") {
        index = add(path, at, clear(r), after);
    } else if (key == "call") {
        auto what = call(r);
        index = add(path, at, std::move(what), after);
    } else if (key == "goto") {
        const std::string target = r.required_id("goto");
        index = jump(path, at, Step::end, true);
        if (!target.empty()) draft_.gotos.push_back({index, target, r.at("goto")});
    } else if (key == "end") {
        r.allow("end");
        index = jump(path, at, Step::end, true);
    } else {
        index = jump(path, at, after, false);
    }
    r.finish();
    notes_ = std::move(outer);
    if (index == after) return index;

    // Questions are named after their slot, for readable choices on the wire.
    StepNotes& notes = draft_.notes[static_cast<std::size_t>(index)];
    notes.labelled = !label.empty();
    if (notes.labelled) {
        notes.name = label;
    } else if ((key == "ask" || key == "choose") && kind->value.is_scalar()) {
        notes.name = kind->value.scalar;
    }
    if (!label.empty() && label[0] >= '0' && label[0] <= '9')
        context_.error(r.at("label"), "a label cannot start with a digit; put a letter first");
    if (!label.empty()) {
        if (const auto [other, fresh] = draft_.labels.try_emplace(label, index); !fresh) {
            const Step& first = draft_.flow.steps[static_cast<std::size_t>(other->second)];
            context_.error(r.at("label"), "the label `" + label + "` stands at line " +
                                              std::to_string(first.at.line) + " too; rename one of them");
        }
    }
    return index;
}

void StepReader::finish() {
    for (const Draft::Goto& each : draft_.gotos) {
        const auto found = draft_.labels.find(each.label);
        if (found != draft_.labels.end()) {
            draft_.flow.steps[static_cast<std::size_t>(each.step)].next = found->second;
            continue;
        }
        std::vector<std::string> names;
        for (const auto& [name, index] : draft_.labels) names.push_back(name);
        std::sort(names.begin(), names.end());
        const std::string remedy = names.empty() ? "; give the step to go to a `label: " + each.label + "`"
                                                 : yaml::suggestion(each.label, names);
        context_.error(each.at, "there is no label `" + each.label + "` in this flow" + remedy);
    }
}

// ---- the steps

Say StepReader::say(Reader& r) {
    Say out;
    out.text = local_template(r, "say", true);
    if (const Node* replies = r.child("quick_replies"))
        out.quick_replies = read_quick_replies(*replies, context_);
    out.products = optional_template(r, "products", false);
    return out;
}

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

int StepReader::optional_block(Reader& r, std::string_view key, const std::string& path, int after) {
    const Node* node = r.child(key);
    if (node == nullptr) return after;
    StepNotes outer = std::exchange(notes_, {});
    const int entry = block(*node, path + "/" + std::string(key), after);
    notes_ = std::move(outer);
    return entry;
}

Branch StepReader::branch(const Node& cases, const std::string& path, int after) {
    Branch out;
    out.otherwise = after;
    bool closed = false;
    for (std::size_t i = 0; i < cases.items.size(); ++i) {
        const Node& entry = cases.items[i];
        Reader r(entry, context_, "a case");
        if (!r.is_map()) continue;
        const std::string below = path + "/" + std::to_string(i);
        if (closed) {
            context_.error(entry.at, "nothing comes after `else`; move this case above it");
            break;
        }
        if (r.has("else")) {
            out.otherwise = optional_block(r, "else", below, after);
            closed = true;
        } else {
            Branch::Case one;
            if (const Node* condition = r.required_child("if")) one.condition = expression(*condition);
            one.target = after;
            if (r.required_child("then") != nullptr) one.target = optional_block(r, "then", below, after);
            out.cases.push_back(std::move(one));
        }
        r.finish();
    }
    if (out.cases.empty())
        context_.error(cases.at, "a branch needs at least one case `- if: …` with `then: …`");
    return out;
}

Branch StepReader::if_then(Reader& r, const std::string& path, int after) {
    Branch out;
    Branch::Case one;
    if (const Node* condition = r.required_child("if")) one.condition = expression(*condition);
    one.target = after;
    if (r.required_child("then") != nullptr) one.target = optional_block(r, "then", path, after);
    out.otherwise = optional_block(r, "else", path, after);
    out.cases.push_back(std::move(one));
    return out;
}

Search StepReader::search(Reader& r, const std::string& path, int after) {
    Search out;
    if (const Node* query = r.required_map("search")) {
        Reader q(*query, context_, "the search");
        out.text = optional_template(q, "text", false);
        out.price = optional_template(q, "price", false);
        out.price_min = optional_template(q, "price_min", false);
        out.price_max = optional_template(q, "price_max", false);
        out.brand = optional_template(q, "brand", false);
        out.color = optional_template(q, "color", false);
        out.type = optional_template(q, "type", false);
        out.sort = q.optional_enum<std::string>("sort", "",
                                                {{"relevance", ""},
                                                 {"price_ascending", "price_ascending"},
                                                 {"price_descending", "price_descending"},
                                                 {"rating", "rating"},
                                                 {"newest", "newest"},
                                                 {"popularity", "popularity"}});
        out.limit = static_cast<std::uint32_t>(q.optional_int("limit", 5, 1, 10));
        out.in_stock = q.optional_bool("in_stock", false);
        out.more = q.optional_bool("more", false);
        q.finish();
    }
    out.intro = local_template(r, "text", true);
    if (!r.has("not_found"))
        r.warning("search", "nothing is said when no product fits; add `not_found:` with steps");
    out.not_found = optional_block(r, "not_found", path, after);
    return out;
}

Recommend StepReader::recommend(Reader& r, const std::string& path, int after) {
    Recommend out;
    using Kind = Recommend::Kind;
    out.kind = r.optional_enum<Kind>(
        "recommend", Kind::popular,
        {{"similar", Kind::similar}, {"popular", Kind::popular}, {"goes_with", Kind::goes_with}});
    out.of = optional_template(r, "of", false);
    if (out.of.empty() != (out.kind == Kind::popular) && !r.has("of"))
        r.error("recommend", "say to which product, as in `of: \"{product}\"`");
    out.limit = static_cast<std::uint32_t>(r.optional_int("limit", 5, 1, 10));
    out.intro = local_template(r, "text", true);
    out.not_found = optional_block(r, "not_found", path, after);
    return out;
}

LookUp StepReader::look_up(Reader& r, const std::string& path, int after) {
    LookUp out;
    std::optional<std::vector<std::string>> tables;
    if (world_.tables != nullptr) tables = world_.tables->names();
    out.table = reference(r, "lookup", "table", tables);
    out.by = r.optional_string("by");
    if (const Node* key = r.required_child("key")) out.key = one_template(*key, "`key`", false);
    out.into = r.has("into") ? slot_name(r, "into") : out.table;
    out.not_found = optional_block(r, "not_found", path, after);
    if (!r.has("not_found"))
        r.error("lookup", "say what happens when the table has no such row: add `not_found:` with steps");
    const Table* table = world_.tables == nullptr ? nullptr : world_.tables->find(out.table);
    if (table == nullptr) {
        if (!out.into.empty()) notes_.sets.push_back(out.into + ".*");
        return out;
    }
    if (!out.by.empty() && table->column(out.by) == table->columns.size())
        r.error("by", "the table `" + out.table + "` has no column `" + yaml::shown(out.by) + "`" +
                          yaml::suggestion(out.by, table->columns));
    for (const std::string& column : table->columns) notes_.sets.push_back(out.into + "." + column);
    return out;
}

HandOver StepReader::hand_over(Reader& r) {
    HandOver out;
    out.reason = r.optional_enum<std::string>("handoff", "asked",
                                              {{"asked", "asked"},
                                               {"ready", "ready"},
                                               {"upset", "upset"},
                                               {"bot_failed", "bot_failed"},
                                               {"rule", "rule"}});
    if (r.has("team")) out.team = reference(r, "team", "team", world_.teams);
    out.note = local_template(r, "note", false);
    return out;
}

std::vector<Assign> StepReader::assigns(const Node& map) {
    std::vector<Assign> out;
    for (const yaml::Entry& entry : map.entries) {
        if (!slot_fits(entry.key, entry.key_at)) continue;
        Assign assign;
        assign.slot = entry.key;
        if (!entry.value.is_scalar()) {
            context_.error(entry.value.at, "`" + entry.key +
                                               "` must be a text such as \"{other}\" or a sum such as " +
                                               "\"= quantity + 1\"; to empty a slot use `clear`");
            continue;
        }
        const std::string& text = entry.value.scalar;
        assign.is_expression = !text.empty() && text[0] == '=';
        if (assign.is_expression) {
            Node rest = entry.value;
            const std::size_t skip = std::min(text.find_first_not_of("= "), text.size());
            rest.scalar = text.substr(skip);
            rest.at = inside(entry.value, skip);
            rest.quoted = false;
            assign.expression = expression(rest);
        } else {
            assign.text = one_template(entry.value, "`" + entry.key + "`", false);
        }
        out.push_back(std::move(assign));
    }
    return out;
}

Set StepReader::set(Reader& r) {
    Set out;
    if (const Node* map = r.required_map("set")) out.assigns = assigns(*map);
    for (const Assign& assign : out.assigns) notes_.sets.push_back(assign.slot);
    return out;
}

Clear StepReader::clear(Reader& r) {
    return {r.required_strings("clear")};
}

Call StepReader::call(Reader& r) {
    Call out;
    out.flow = r.required_id("call");
    if (const Node* with = r.map("with")) out.with = assigns(*with);
    for (const Assign& assign : out.with) notes_.sets.push_back(assign.slot);
    return out;
}

// ---- their parts

std::string StepReader::slot_name(Reader& r, std::string_view key) {
    std::string name = r.required_id(key);
    return !name.empty() && slot_fits(name, r.at(key)) ? name : std::string{};
}

bool StepReader::slot_fits(std::string_view name, Position at) const {
    const auto& reserved = built_in_names();
    if (std::find(reserved.begin(), reserved.end(), name) != reserved.end()) {
        context_.error(
            at, "`" + std::string(name) + "` is a name of the program; choose another one for the slot");
        return false;
    }
    static constexpr std::array<std::string_view, 7> words = {"and",  "or",    "not", "in",
                                                              "true", "false", "none"};
    if (std::find(words.begin(), words.end(), name) != words.end()) {
        context_.error(
            at, "`" + std::string(name) + "` is a word of conditions; choose another one for the slot");
        return false;
    }
    if (name.empty() || (name[0] >= '0' && name[0] <= '9') || name.find('-') != std::string_view::npos) {
        context_.error(at, "`" + yaml::shown(name) +
                               "` cannot name a slot; start with a letter and use `_` rather than `-`");
        return false;
    }
    return true;
}

LocalTemplate StepReader::local_template(Reader& r, std::string_view key, bool required) {
    LocalTemplate out;
    const LocalText text = required ? r.required_text(key) : r.optional_text(key);
    const Node* node = r.child(key);
    out.at = text.at;
    for (const auto& [locale, variants] : text.locales) {
        const Node* list = node->is_map() ? &node->find(locale)->value : node;
        std::vector<Template> templates;
        for (std::size_t i = 0; i < variants.size(); ++i) {
            const Node& scalar = list->is_sequence() ? list->items[i] : *list;
            Node written = scalar;
            written.scalar = variants[i];
            templates.push_back(one_template(written, "the text", true));
        }
        out.locales.emplace_back(locale, std::move(templates));
    }
    return out;
}

Template StepReader::one_template(const Node& node, std::string_view what, bool leaves_hole) {
    const auto text = yaml::read_string(node, what, context_);
    if (!text) return {};
    auto [parsed, error] = Template::parse(*text);
    if (!parsed) {
        context_.error(inside(node, error.at), error.message);
        return {};
    }
    note_template(*parsed, node, leaves_hole);
    return std::move(*parsed);
}

void StepReader::note_template(const Template& text, const Node& node, bool leaves_hole) {
    for (const Template::Part& part : text.parts()) {
        if (!part.slot) continue;
        const bool filled = std::any_of(part.filters.begin(), part.filters.end(), [](const auto& filter) {
            return filter.first == Template::Filter::otherwise || filter.first == Template::Filter::count;
        });
        notes_.uses.push_back({part.text, inside(node, part.at), leaves_hole && !filled});
    }
}

Template StepReader::optional_template(Reader& r, std::string_view key, bool leaves_hole) {
    const Node* node = r.child(key);
    return node == nullptr ? Template{} : one_template(*node, "`" + std::string(key) + "`", leaves_hole);
}

Expression StepReader::expression(const Node& node) {
    const auto text = yaml::read_string(node, "the condition", context_);
    if (!text) return {};
    auto parsed = Expression::parse(*text);
    if (!parsed.expression) {
        context_.error(inside(node, parsed.error.at), parsed.error.message);
        return {};
    }
    for (const Expression::Name& name : parsed.expression->names())
        notes_.uses.push_back({name.name, inside(node, name.at), false});
    return std::move(*parsed.expression);
}

std::string StepReader::reference(Reader& r, std::string_view key, std::string_view what,
                                  const std::optional<std::vector<std::string>>& known) {
    std::string id = r.required_id(key);
    if (!id.empty() && known && std::find(known->begin(), known->end(), id) == known->end())
        r.error(key, "there is no " + std::string(what) + " `" + id + "`" + yaml::suggestion(id, *known));
    return id;
}

}  // namespace maru::flows
