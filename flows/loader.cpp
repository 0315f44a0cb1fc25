#include "flows/loader.hpp"

#include <algorithm>
#include <utility>

#include "flows/compile.hpp"

namespace maru::flows {
namespace {

using yaml::Node;
using yaml::Reader;

// Beyond what a shop writes by far; keeps the checks over the whole bounded.
constexpr std::size_t most_flows = 2000;
constexpr std::size_t most_steps = 20'000;
// A choice on the wire has at most 200 characters.
constexpr std::size_t longest_choice = 200;

// Paths are what a conversation's state and the wire's choices hold: names where there are some, else
// positions.
void name_steps(Draft& draft, const Context& context) {
    Flow& flow = draft.flow;
    std::vector<std::size_t> order(flow.steps.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto key = [&](std::size_t i) {
            return std::tuple(!draft.notes[i].labelled, flow.steps[i].at.line, flow.steps[i].at.column);
        };
        return key(a) < key(b);
    });
    for (const std::size_t i : order) {
        const StepNotes& notes = draft.notes[i];
        if (!notes.name.empty() && flow.by_path.try_emplace(notes.name, static_cast<int>(i)).second)
            flow.steps[i].path = notes.name;
    }
    for (const std::size_t i : order) {
        Step& step = flow.steps[i];
        if (const auto found = flow.by_path.find(step.path); found != flow.by_path.end()) {
            if (found->second == static_cast<int>(i)) continue;
            step.path += "+";  // a name took a position's place; positions hold no `+`
        }
        flow.by_path.emplace(step.path, static_cast<int>(i));
    }
    for (const Step& step : flow.steps) {
        const auto* choose = std::get_if<Choose>(&step.what);
        const auto* ask = std::get_if<Ask>(&step.what);
        if (choose == nullptr && ask == nullptr) continue;
        for (const Option& option : choose != nullptr ? choose->options : ask->options)
            if (flow_choice(flow.id, step.path, option.value).size() > longest_choice)
                context.error(option.at,
                              "the names of flow, step and value are too long together; shorten them");
    }
}

std::vector<std::string> known_strings(Reader& r, std::string_view key, std::string_view what,
                                       const std::optional<std::vector<std::string>>& known) {
    std::vector<std::string> out = r.optional_strings(key);
    if (!known) return out;
    for (const std::string& each : out)
        if (std::find(known->begin(), known->end(), each) == known->end())
            r.error(key, "there is no " + std::string(what) + " `" + yaml::shown(each) + "`" +
                             yaml::suggestion(each, *known));
    return out;
}

std::optional<Draft> read_flow(const Node& node, const Context& context, const World& world) {
    Reader r(node, context, "a flow");
    if (!r.is_map()) return std::nullopt;
    Draft draft;
    Flow& flow = draft.flow;
    flow.where = {context.file, node.at};
    flow.id = r.required_id("id");
    flow.title = r.optional_text("title");
    if (flow.title.empty()) flow.title = LocalText::everywhere(flow.id);
    flow.triggers = known_strings(r, "triggers", "intent", world.intents);
    flow.takes = r.optional_strings("takes");
    flow.interruptible = r.optional_bool("interruptible", true);
    if (const Node* steps = r.required_list("steps")) {
        if (steps->items.empty()) context.error(steps->at, "the flow has no steps; add one");
        StepReader reader(draft, context, world);
        flow.entry = reader.block(*steps, "", Step::end);
        reader.finish();
    }
    r.finish();
    if (flow.id.empty()) return std::nullopt;
    name_steps(draft, context);
    return draft;
}

void read_file(const SourceFile& source, const World& world, Problems& problems, std::vector<Draft>& drafts) {
    const Context context{source.file, problems, world.locales};
    const auto root = parse_file(source.text, context);
    if (!root) return;
    Reader file(*root, context, "the file");
    file.version(1);
    const Node* list = file.required_list("flows");
    file.finish();
    if (list == nullptr) return;
    for (const Node& node : list->items) {
        auto draft = read_flow(node, context, world);
        if (!draft) continue;
        std::size_t steps = draft->flow.steps.size();
        for (const Draft& other : drafts) steps += other.flow.steps.size();
        if (drafts.size() >= most_flows || steps > most_steps) {
            context.error(node.at, "there are more than " + std::to_string(most_flows) + " flows or " +
                                       std::to_string(most_steps) + " steps; remove some");
            return;
        }
        const auto twin = std::find_if(drafts.begin(), drafts.end(),
                                       [&](const Draft& other) { return other.flow.id == draft->flow.id; });
        if (twin != drafts.end()) {
            const Where& where = twin->flow.where;
            context.error(node.at, "the flow `" + draft->flow.id + "` exists already at " + where.file + ":" +
                                       std::to_string(where.at.line) + "; give it another id");
            continue;
        }
        drafts.push_back(std::move(*draft));
    }
}

// A slot's values are named by the options that set it, in any flow.
void collect_labels(const Flow& flow, FlowSet& set) {
    for (const Step& step : flow.steps) {
        const auto* choose = std::get_if<Choose>(&step.what);
        const auto* ask = std::get_if<Ask>(&step.what);
        if (choose == nullptr && (ask == nullptr || ask->entity == "yes_no")) continue;
        auto& labels = set.labels[choose != nullptr ? choose->slot : ask->slot];
        for (const Option& option : choose != nullptr ? choose->options : ask->options)
            if (!option.label_is_value) labels.emplace_back(option.value, option.label);
    }
}

}  // namespace

const std::vector<std::string_view>& built_in_entities() {
    static const std::vector<std::string_view> types = {
        "text",  "yes_no", "number", "money", "quantity",     "duration", "datetime",    "ordinal",
        "email", "phone",  "color",  "size",  "order_number", "product",  "comparative", "negation"};
    return types;
}

const std::vector<std::string_view>& built_in_names() {
    static const std::vector<std::string_view> names = {"locale",  "message",        "shown",
                                                        "results", "search.relaxed", "search.dropped"};
    return names;
}

std::shared_ptr<const FlowSet> load_flows(const std::vector<SourceFile>& files, const World& world,
                                          Problems& problems) {
    std::vector<Draft> drafts;
    for (const SourceFile& file : files) read_file(file, world, problems, drafts);
    check_flows(drafts, world, problems);

    auto set = std::make_shared<FlowSet>();
    for (Draft& draft : drafts) {
        collect_labels(draft.flow, *set);
        set->by_id.emplace(draft.flow.id, set->flows.size());
        for (const std::string& intent : draft.flow.triggers)
            set->by_intent.try_emplace(intent, set->flows.size());
        set->flows.push_back(std::move(draft.flow));
    }
    return set;
}

}  // namespace maru::flows
