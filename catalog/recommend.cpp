#include <algorithm>
#include <cmath>
#include <set>

#include "catalog/index_impl.hpp"
#include "catalog/interpret.hpp"
#include "catalog/lexicon.hpp"
#include "catalog/reasons.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::catalog {
namespace {

// What people buy beside a thing, until a shop's own baskets say it better. Any of a word's other names will
// do.
struct BuiltinRule {
    std::string_view of;
    std::array<std::string_view, 5> with;
};
constexpr std::array<BuiltinRule, 30> kCompanions{{
    {"laptop", {"mouse", "laptop stand", "usb hub", "laptop bag", "keyboard"}},
    {"desktop", {"monitor", "keyboard", "mouse", "power strip", "webcam"}},
    {"monitor", {"monitor arm", "hdmi cable", "keyboard", "webcam", "desk lamp"}},
    {"keyboard", {"mouse", "wrist rest", "mouse pad", "usb hub", ""}},
    {"mouse", {"mouse pad", "keyboard", "battery", "wrist rest", ""}},
    {"tablet", {"stylus", "tablet case", "charger", "keyboard", "tablet stand"}},
    {"smartphone", {"phone case", "charger", "power bank", "earphones", "cable"}},
    {"charger", {"cable", "power strip", "power bank", "", ""}},
    {"power bank", {"cable", "charger", "", "", ""}},
    {"headphones", {"headphone stand", "cable", "dac", "", ""}},
    {"earphones", {"earphone case", "charger", "power bank", "", ""}},
    {"speaker", {"cable", "speaker stand", "microphone", "", ""}},
    {"tv", {"soundbar", "hdmi cable", "wall mount", "projector screen", ""}},
    {"projector", {"projector screen", "hdmi cable", "speaker", "tripod", ""}},
    {"camera", {"memory card", "tripod", "camera bag", "battery", ""}},
    {"printer", {"ink", "toner", "paper", "usb cable", ""}},
    {"external ssd", {"usb hub", "cable", "case", "", ""}},
    {"coffee machine", {"coffee beans", "grinder", "mug", "tumbler", "milk frother"}},
    {"kettle", {"mug", "tea", "teapot", "coffee dripper", ""}},
    {"air fryer", {"baking paper", "tongs", "oven glove", "pot", ""}},
    {"rice cooker", {"rice storage", "ladle", "bowl", "", ""}},
    {"frying pan", {"spatula", "pot", "cutting board", "knife", ""}},
    {"vacuum", {"dust bag", "filter", "mop", "", ""}},
    {"robot vacuum", {"dust bag", "filter", "mop", "", ""}},
    {"air purifier", {"filter", "humidifier", "", "", ""}},
    {"humidifier", {"filter", "diffuser", "aroma oil", "", ""}},
    {"desk", {"chair", "desk lamp", "desk mat", "monitor arm", "power strip"}},
    {"chair", {"desk", "cushion", "footrest", "", ""}},
    {"bed", {"mattress", "pillow", "duvet", "mood light", ""}},
    {"pillow", {"pillow cover", "duvet", "blanket", "mattress", ""}},
}};

// Does a product's head noun say that it is a `kind`, under any of its names?
bool is_kind(const Core& core, std::uint32_t product, const Slot& slot) {
    const auto mask = field_bit(Field::head);
    return std::any_of(slot.ways.begin(), slot.ways.end(), [&](const Slot::Way& way) {
        if (!slot.corrected.empty()) return false;
        bool named = false;
        for (std::size_t t = 0; t < way.terms.size(); ++t) {
            const auto list = core.list(way.terms[t]);
            const auto at =
                std::lower_bound(list.begin(), list.end(), product,
                                 [](const Posting& p, std::uint32_t value) { return p.product < value; });
            if (at == list.end() || at->product != product) return false;
            named = (at->fields & mask) != 0;  // the last word must name it
        }
        return named;
    });
}

bool is_kind(const Core& core, std::uint32_t product, std::string_view kind) {
    if (const auto type = core.type_names.find(phrase_key(kind)); type != core.type_names.end())
        for (const auto node : type->second) {
            const auto& types = core.type_nodes[node].types;
            if (std::binary_search(types.begin(), types.end(), core.type[product])) return true;
        }
    const auto slots = read_slots(core, kind);
    return !slots.empty() && std::all_of(slots.begin(), slots.end(), [&](const Slot& slot) {
        return !slot.head || is_kind(core, product, slot);
    }) && std::all_of(slots.begin(), slots.end(), [](const Slot& slot) { return !slot.ways.empty(); });
}

constexpr std::uint32_t most_of_kind = 10;  // looked at, to find one that is of it

double price_distance(const Product& a, const Product& b) {
    const auto x = static_cast<double>(std::max<std::int64_t>(a.price.amount, 1));
    const auto y = static_cast<double>(std::max<std::int64_t>(b.price.amount, 1));
    return std::abs(std::log(x / y));
}

// A title's words without maker, model numbers and colours: what kind of thing it is and what it can.
std::string kind_words(const Product& product) {
    std::string words;
    const auto brand = phrase_key(product.brand);
    for (const auto& token : tokenize(text::normalised(product.text.title, {.shorten_repeats = false}))) {
        const bool digits = token.text.find_first_of("0123456789") != std::string::npos;
        if (digits || color_of(token.text) ||
            (" " + brand + " ").find(" " + token.text + " ") != std::string::npos)
            continue;
        words += (words.empty() ? "" : " ") + token.text;
    }
    return words;
}

}  // namespace

std::vector<Match> Index::popular(std::uint32_t limit) const {
    Query query;
    query.limit = limit;
    return search(query).matches;
}

std::vector<Match> Index::similar(std::string_view id, std::uint32_t limit) const {
    const auto at = impl_->index_of(id);
    if (!at) return {};
    const auto& product = impl_->products[*at];
    Query query;
    query.text = kind_words(product);
    query.fill = true;
    query.exclude_ids = {product.id};
    constexpr std::uint32_t looked_at = 60;
    query.limit = looked_at;
    if (const auto leaf = type_leaf(product.text.product_type); !leaf.empty())
        query.types = {std::string(leaf)};
    auto found = search(query);
    // Another kind of thing is not similar, however well its words fit.
    if (std::find(found.relaxed.begin(), found.relaxed.end(), "type") != found.relaxed.end())
        found.matches.clear();
    auto& matches = found.matches;
    const auto group = impl_->core->group[*at];
    std::erase_if(matches, [&](const Match& match) {
        return impl_->core->group[static_cast<std::size_t>(match.product - impl_->products.data())] == group;
    });
    float best = 0.001F;
    for (const auto& match : matches) best = std::max(best, match.score);
    for (auto& match : matches) {
        const auto nearness = static_cast<float>(std::exp(-price_distance(product, *match.product)));
        match.score = 0.6F * match.score / best + 0.3F * nearness +
                      0.1F * impl_->prior[static_cast<std::size_t>(match.product - impl_->products.data())];
        match.reasons.clear();
        if (match.product->price.amount < product.price.amount)
            match.reasons.push_back({Reason::Kind::cheaper, {}});
        add_own_reasons(*match.product, match.reasons);
        match.reasons.push_back({Reason::Kind::similar, {}});
        match.partial = false;
    }
    std::stable_sort(matches.begin(), matches.end(),
                     [](const Match& a, const Match& b) { return a.score > b.score; });
    if (matches.size() > limit) matches.resize(limit);
    return std::move(matches);
}

std::vector<Match> Index::alternatives(std::string_view id, std::uint32_t limit) const {
    auto matches = similar(id, limit + 20);
    std::erase_if(matches, [](const Match& match) { return !match.product->in_stock(); });
    if (matches.size() > limit) matches.resize(limit);
    for (auto& match : matches) match.reasons.insert(match.reasons.begin(), {Reason::Kind::in_stock, {}});
    return matches;
}

bool Index::sells(std::string_view kind) const {
    Query query;
    query.text = kind;
    query.limit = most_of_kind;
    const auto results = search(query);
    return results.relaxed.empty() &&
           std::any_of(results.matches.begin(), results.matches.end(), [&](const Match& match) {
               return is_kind(*impl_->core,
                              static_cast<std::uint32_t>(match.product - impl_->products.data()), kind);
           });
}

std::vector<Match> Index::goes_with(std::string_view id, std::uint32_t limit,
                                    std::span<const std::pair<std::string, double>> bought_with) const {
    const auto at = impl_->index_of(id);
    if (!at) return {};
    std::vector<Match> found;
    std::set<std::uint32_t> groups{impl_->core->group[*at]};
    const auto add = [&](std::uint32_t index, float score, Reason::Kind why) {
        const auto& product = impl_->products[index];
        if (found.size() >= limit || product.availability == "out_of_stock") return false;
        if (!groups.insert(impl_->core->group[index]).second) return false;
        Match match;
        match.product = &product;
        match.score = score;
        match.reasons.push_back({why, {}});
        add_own_reasons(product, match.reasons);
        found.push_back(std::move(match));
        return true;
    };
    std::vector<std::pair<std::string, double>> bought(bought_with.begin(), bought_with.end());
    std::stable_sort(bought.begin(), bought.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [other, weight] : bought)
        if (const auto index = impl_->index_of(other); index && weight > 0)
            add(*index, static_cast<float>(weight), Reason::Kind::bought_together);
    const auto add_kind = [&](std::string_view of, std::string_view kind) {
        if (kind.empty() || found.size() >= limit) return;
        Query query;
        query.text = kind;
        query.limit = most_of_kind;
        const auto results = search(query);
        if (!results.relaxed.empty() || !results.corrected.empty()) return;
        for (const auto& match : results.matches) {
            const auto index = static_cast<std::uint32_t>(match.product - impl_->products.data());
            if (is_kind(*impl_->core, index, kind) && !is_kind(*impl_->core, index, of) &&
                add(index, match.score, Reason::Kind::goes_with))
                break;
        }
    };
    bool ruled = false;
    for (const auto& rule : impl_->options.companions) {
        if (found.size() >= limit) return found;
        if (!is_kind(*impl_->core, *at, rule.of)) continue;
        ruled = true;
        for (const auto& kind : rule.with) add_kind(rule.of, kind);
    }
    if (ruled) return found;
    for (const auto& rule : kCompanions) {
        if (found.size() >= limit) break;
        if (!is_kind(*impl_->core, *at, rule.of)) continue;
        for (const auto kind : rule.with) add_kind(rule.of, kind);
    }
    return found;
}

std::optional<std::string> kind_above(const Index::Impl& index, std::string_view type, bool departments) {
    const auto& core = *index.core;
    for (const auto node : index.nodes_of(type)) {
        const auto& types = core.type_nodes[node].types;
        if (types.empty() || core.of_type[types.front()].empty()) continue;
        std::string_view path = index.products[core.of_type[types.front()].front()].text.product_type;
        std::vector<std::string_view> levels;  // down to the node's own
        while (!path.empty()) {
            const auto end = std::min(path.find('>'), path.size());
            levels.push_back(type_leaf(path.substr(0, end)));
            if (levels.back() == core.type_nodes[node].name) break;
            path.remove_prefix(std::min(end + 1, path.size()));
        }
        const std::size_t least_levels = departments ? 2 : 3;  // a department, a kind, and the narrower kind
        if (levels.size() < least_levels || levels.back() != core.type_nodes[node].name) continue;
        return std::string(levels[levels.size() - 2]);
    }
    return std::nullopt;
}

std::optional<Query> Index::widened(const Query& query) const {
    if (query.types.size() != 1) return std::nullopt;
    auto above = kind_above(*impl_, query.types.front(), false);
    if (!above) return std::nullopt;
    auto wider = query;
    wider.types = {std::move(*above)};
    wider.offset = 0;
    const auto results = search(wider);
    if (!results.matches.empty() && results.relaxed.empty()) return wider;
    return std::nullopt;
}

}  // namespace maru::catalog
