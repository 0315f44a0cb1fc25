#include "flows/flow.hpp"

#include <algorithm>

namespace maru::flows {
namespace {

const std::vector<Option>* options_of(const Step& step) noexcept {
    if (const auto* choose = std::get_if<Choose>(&step.what)) return &choose->options;
    if (const auto* ask = std::get_if<Ask>(&step.what)) return &ask->options;
    return nullptr;
}

constexpr std::string_view prefix = "flow:";

}  // namespace

const Step* Flow::find(std::string_view path) const {
    const auto found = by_path.find(std::string(path));
    return found == by_path.end() ? nullptr : &steps[static_cast<std::size_t>(found->second)];
}

// A step's path may hold slashes itself, so the option is what stands behind the last one.
std::optional<FlowChoice> parse_flow_choice(std::string_view choice) {
    if (choice.rfind(prefix, 0) != 0) return std::nullopt;
    choice.remove_prefix(prefix.size());
    const std::size_t first = choice.find('/');
    const std::size_t last = choice.rfind('/');
    if (first == std::string_view::npos || first == last || first == 0 || last + 1 == choice.size())
        return std::nullopt;
    return FlowChoice{std::string(choice.substr(0, first)),
                      std::string(choice.substr(first + 1, last - first - 1)),
                      std::string(choice.substr(last + 1))};
}

std::string flow_choice(std::string_view flow, std::string_view step, std::string_view option) {
    std::string out(prefix);
    out.append(flow).append(1, '/').append(step).append(1, '/').append(option);
    return out;
}

const Flow* FlowSet::find(std::string_view id) const {
    const auto found = by_id.find(std::string(id));
    return found == by_id.end() ? nullptr : &flows[found->second];
}

const Flow* FlowSet::triggered_by(std::string_view intent) const {
    const auto found = by_intent.find(std::string(intent));
    return found == by_intent.end() ? nullptr : &flows[found->second];
}

std::vector<std::string> FlowSet::ids() const {
    std::vector<std::string> out;
    out.reserve(flows.size());
    for (const Flow& flow : flows) out.push_back(flow.id);
    return out;
}

FlowSet::Chosen FlowSet::find_choice(std::string_view choice) const {
    const auto parts = parse_flow_choice(choice);
    if (!parts) return {};
    const Flow* flow = find(parts->flow);
    const Step* step = flow == nullptr ? nullptr : flow->find(parts->step);
    const std::vector<Option>* options = step == nullptr ? nullptr : options_of(*step);
    if (options == nullptr) return {};
    const auto found = std::find_if(options->begin(), options->end(),
                                    [&](const Option& o) { return o.value == parts->option; });
    if (found == options->end()) return {};
    return {flow, step, &*found};
}

std::string FlowSet::choice_label(std::string_view choice, std::string_view locale) const {
    const Chosen chosen = find_choice(choice);
    return chosen.option == nullptr ? std::string{} : std::string(chosen.option->label.pick(locale));
}

std::string_view FlowSet::label(std::string_view slot, std::string_view value,
                                std::string_view locale) const {
    const auto found = labels.find(std::string(slot));
    if (found == labels.end()) return {};
    for (const auto& [name, text] : found->second)
        if (name == value) return text.pick(locale);
    return {};
}

}  // namespace maru::flows
