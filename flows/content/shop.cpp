#include "flows/content/shop.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "nlu/text/normalise.hpp"

namespace maru::flows {
namespace {

using yaml::Node;
using yaml::Reader;

std::string already(std::string_view what, std::string_view id, const Where& where) {
    return std::string("the ") + std::string(what) + " `" + std::string(id) + "` exists already at " +
           where.file + ":" + std::to_string(where.at.line) + "; give it another id or remove one";
}

template <typename T>
const T* find_id(const std::vector<T>& all, std::string_view id) noexcept {
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& each) { return each.id == id; });
    return found == all.end() ? nullptr : &*found;
}

Shop read_store(const Node& node, const Context& context) {
    Shop shop;
    shop.where = {context.file, node.at};
    Reader r(node, context, "a store");
    if (!r.is_map()) return shop;
    shop.id = r.required_id("id");
    shop.name = r.required_text("name");
    shop.aliases = r.optional_strings("aliases");
    shop.address = r.optional_text("address");
    shop.hours = r.optional_text("hours");
    shop.directions = r.optional_text("directions");
    shop.note = r.optional_text("note");
    shop.phone = r.optional_string("phone");
    shop.region = r.optional_string("region");
    shop.services = r.optional_strings("services");
    if (const Node* location = r.map("location")) {
        Reader l(*location, context, "`location`");
        const bool both = l.required_child("lat") != nullptr && l.required_child("lon") != nullptr;
        const double latitude = l.optional_number("lat", 0, -90, 90);
        const double longitude = l.optional_number("lon", 0, -180, 180);
        if (both) {
            shop.latitude = latitude;
            shop.longitude = longitude;
        }
        l.finish();
    }
    r.finish();
    return shop;
}

void read_synonyms(const Node& list, const Context& context, Vocabulary& into) {
    for (const Node& item : list.items) {
        SynonymGroup group;
        group.where = {context.file, item.at};
        if (!item.is_sequence()) {
            context.error(item.at,
                          "a group of synonyms must be a list, as in [laptop, notebook, 노트북], here is a " +
                              std::string(kind_name(item)));
            continue;
        }
        group.words = yaml::read_strings(item, "a synonym", context).value_or(std::vector<std::string>{});
        if (group.words.size() < 2) {
            context.error(item.at, "a group of synonyms needs two words or more; add one");
            continue;
        }
        into.synonyms.push_back(std::move(group));
    }
}

void read_word_list(const Node& item, const Context& context, Vocabulary& into) {
    Reader r(item, context, "an entity");
    if (!r.is_map()) return;
    WordList list;
    list.where = {context.file, item.at};
    list.type = r.required_id("type");
    const Node* values = r.required_list("values");
    r.finish();
    if (values == nullptr || list.type.empty()) return;
    std::unordered_map<std::string, std::string> seen;
    for (const Node& entry : values->items) {
        WordList::Value value;
        value.at = entry.at;
        if (entry.is_scalar()) {
            value.value = yaml::read_string(entry, "a value", context).value_or("");
            value.words = {value.value};
        } else {
            Reader v(entry, context, "a value");
            if (!v.is_map()) continue;
            value.value = v.required_string("value");
            value.words = v.required_strings("words");
            v.finish();
        }
        if (value.value.empty()) continue;
        for (const std::string& word : value.words) {
            const auto [other, fresh] = seen.try_emplace(text::normalised(word), value.value);
            if (!fresh && other->second != value.value)
                context.error(entry.at, "`" + yaml::shown(word) + "` is a word of `" +
                                            yaml::shown(other->second) +
                                            "` too; a word can mean one value only");
        }
        list.values.push_back(std::move(value));
    }
    const auto other = std::find_if(into.entities.begin(), into.entities.end(),
                                    [&](const WordList& e) { return e.type == list.type; });
    if (other != into.entities.end()) {
        context.error(item.at, already("entity", list.type, other->where));
        return;
    }
    into.entities.push_back(std::move(list));
}

}  // namespace

const Shop* Stores::find(std::string_view id) const noexcept {
    return find_id(all, id);
}

std::vector<std::string> Stores::ids() const {
    std::vector<std::string> out;
    for (const Shop& shop : all) out.push_back(shop.id);
    return out;
}

void read_stores(std::string_view text, const Context& context, Stores& into) {
    const auto root = parse_file(text, context);
    if (!root) return;
    Reader file(*root, context, "the file");
    file.version(1);
    const Node* list = file.required_list("stores");
    file.finish();
    if (list == nullptr) return;
    for (const Node& item : list->items) {
        Shop shop = read_store(item, context);
        if (shop.id.empty()) continue;
        if (const Shop* other = into.find(shop.id)) {
            context.error(item.at, already("store", shop.id, other->where));
            continue;
        }
        into.all.push_back(std::move(shop));
    }
}

void read_canned(std::string_view text, const Context& context, std::vector<Canned>& into) {
    const auto root = parse_file(text, context);
    if (!root) return;
    Reader file(*root, context, "the file");
    file.version(1);
    const Node* list = file.required_list("canned");
    file.finish();
    if (list == nullptr) return;
    for (const Node& item : list->items) {
        Reader r(item, context, "a canned answer");
        if (!r.is_map()) continue;
        Canned canned;
        canned.where = {context.file, item.at};
        canned.id = r.required_id("id");
        canned.title = r.optional_text("title");
        canned.team = r.optional_string("team");
        canned.text = r.required_text("text");
        r.finish();
        if (canned.id.empty() || canned.text.empty()) continue;
        if (canned.title.empty()) canned.title = LocalText::everywhere(canned.id);
        if (const Canned* other = find_id(into, canned.id)) {
            context.error(item.at, already("canned answer", canned.id, other->where));
            continue;
        }
        into.push_back(std::move(canned));
    }
}

std::vector<std::string> Vocabulary::entity_types() const {
    std::vector<std::string> out;
    for (const WordList& list : entities) out.push_back(list.type);
    return out;
}

void read_companions(std::string_view text, const Context& context, std::vector<CompanionRule>& into) {
    const auto root = parse_file(text, context);
    if (!root) return;
    Reader file(*root, context, "the file");
    file.version(1);
    const Node* list = file.required_list("goes_with");
    file.finish();
    if (list == nullptr) return;
    for (const Node& item : list->items) {
        Reader r(item, context, "a rule");
        if (!r.is_map()) continue;
        CompanionRule rule;
        rule.where = {context.file, r.at("kind")};
        rule.kind = r.required_string("kind");
        rule.with = r.required_strings("with");
        const Node* with = r.child("with");
        r.finish();
        if (rule.with.empty() && with != nullptr)
            context.error(with->at, "a rule needs a kind to offer; name one or more in `with`");
        if (rule.kind.empty() || rule.with.empty()) continue;
        for (std::size_t i = 0; i < rule.with.size(); ++i)
            rule.with_at.push_back(with != nullptr && with->is_sequence() && i < with->items.size()
                                       ? with->items[i].at
                                       : r.at("with"));
        const auto other = std::find_if(into.begin(), into.end(), [&](const CompanionRule& one) {
            return text::normalised(one.kind) == text::normalised(rule.kind);
        });
        if (other != into.end()) {
            context.error(rule.where.at, already("rule for", rule.kind, other->where));
            continue;
        }
        into.push_back(std::move(rule));
    }
}

void read_vocabulary(std::string_view text, const Context& context, Vocabulary& into) {
    const auto root = parse_file(text, context);
    if (!root) return;
    Reader file(*root, context, "the file");
    file.version(1);
    const Node* synonyms = file.list("synonyms");
    const Node* entities = file.list("entities");
    file.finish();
    if (synonyms != nullptr) read_synonyms(*synonyms, context, into);
    if (entities != nullptr)
        for (const Node& item : entities->items) read_word_list(item, context, into);
}

}  // namespace maru::flows
