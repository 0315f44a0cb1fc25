#include <algorithm>
#include <array>
#include <utility>

#include "flows/compile.hpp"

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

}  // namespace maru::flows
