// The parts of steps that name or compute values: slots, templates, expressions, references.
#include <algorithm>
#include <array>
#include <utility>

#include "flows/compile.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::flows {

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

Position inside(const yaml::Node& scalar, std::size_t offset) noexcept {
    const std::string_view text = scalar.scalar;
    if (text.find('\n') != std::string_view::npos || text.find('\\') != std::string_view::npos)
        return scalar.at;
    const std::size_t characters = text::count_code_points(text.substr(0, std::min(offset, text.size())));
    return {scalar.at.line,
            scalar.at.column + static_cast<std::uint32_t>(characters) + (scalar.quoted ? 1U : 0U)};
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
