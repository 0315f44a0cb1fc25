#include "catalog/core_names.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "catalog/lexicon.hpp"
#include "catalog/product.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

class Namer {
  public:
    Namer(Core& core, const NameSources& sources, const CoreOptions& options)
        : core_(core), sources_(sources), options_(options) {}

    void run() {
        name_brands();
        name_types();
        name_families();
        add_synonyms();
    }

  private:
    void note_length(std::size_t& longest, std::string_view key) {
        longest = std::max(longest, static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')) + 1);
    }

    void name_brands() {
        for (const auto& [key, id] : sources_.brands)
            if (!key.empty()) core_.brand_names.emplace(key, id);
        for (const auto& [key, id] : sources_.other_brands)
            if (!key.empty()) core_.brand_names.emplace(key, id);
        for (const auto& [key, id] : core_.brand_names) note_length(core_.longest_name, key);
    }

    void name_types() {
        std::unordered_map<std::string, std::uint32_t> nodes;
        const auto levels = [](std::string_view path) {
            std::vector<std::string> names;
            while (!path.empty()) {
                const auto end = std::min(path.find('>'), path.size());
                names.emplace_back(type_leaf(path.substr(0, end)));
                path.remove_prefix(std::min(end + 1, path.size()));
            }
            return names;
        };
        const auto alias = [&](std::string_view name, std::uint32_t node) {
            const auto key = phrase_key(name);
            if (key.empty()) return;
            auto& known = core_.type_names[key];
            if (std::find(known.begin(), known.end(), node) == known.end()) known.push_back(node);
            note_length(core_.longest_name, key);
        };
        const auto aliases = [&](const std::string& name, std::uint32_t node) {
            alias(name, node);
            // "Keyboards & Mice" answers to either.
            std::string part;
            const auto flush = [&] {
                if (!part.empty() && part.size() != name.size()) alias(part, node);
                part.clear();
            };
            for (std::size_t at = 0; at < name.size();) {
                const auto [code, size] = text::decode(name, at);
                if (code == U'&' || code == U'/' || code == U',' || code == U'·' || code == U'・') {
                    flush();
                } else {
                    part.append(name, at, size);
                }
                at += size;
            }
            flush();
        };
        core_.vague_types.assign(core_.type_paths.size(), true);
        for (std::uint32_t type = 1; type < core_.type_paths.size(); ++type) {
            for (const auto& token : tokens_of(type_leaf(core_.type_paths[type]))) {
                const auto term = core_.terms.find(term_of(token, stemmer_));
                if (term != no_term && core_.heads[term] > 0) core_.vague_types[type] = false;
            }
            const auto names = levels(core_.type_paths[type]);
            for (std::size_t level = 0; level < names.size(); ++level) {
                if (names[level].empty()) continue;
                const auto [at, fresh] =
                    nodes.emplace(names[level], static_cast<std::uint32_t>(core_.type_nodes.size()));
                if (fresh) core_.type_nodes.push_back({names[level], {}});
                auto& own = core_.type_nodes[at->second].types;
                if (own.empty() || own.back() != type) own.push_back(type);
                aliases(names[level], at->second);
                for (const auto& path : sources_.type_texts[type - 1]) {
                    const auto other = levels(path);
                    if (other.size() == names.size()) aliases(other[level], at->second);
                }
            }
        }
    }

    // "Vacuum" where there are shelves of robot vacuums, cordless vacuums and handheld ones, and none of
    // vacuums: it names them all. So does 청소기, of 로봇청소기 and 무선 청소기.
    void name_families() {
        constexpr std::size_t most_kinds = 4;  // a word that ends more says little: "accessories"
        constexpr std::size_t longest = 60;    // bytes of a name that is looked into
        const auto add = [](std::vector<std::uint32_t>& list, std::uint32_t node) {
            if (list.size() <= most_kinds && std::find(list.begin(), list.end(), node) == list.end())
                list.push_back(node);
        };
        std::unordered_map<std::string, std::vector<std::uint32_t>> families;
        for (const auto& [key, nodes] : core_.type_names) {
            const auto blank = key.rfind(' ');
            if (blank == std::string::npos || nodes.size() > 1 || !is_leaf(nodes.front())) continue;
            add(families[key.substr(blank + 1)], nodes.front());
        }
        constexpr std::size_t syllable = 3;  // bytes
        for (const auto& [key, nodes] : core_.type_names) {
            if (key.size() > longest || key.find(' ') != std::string::npos || !text::has_hangul(key) ||
                nodes.size() > 1 || !is_leaf(nodes.front()))
                continue;
            for (auto at = syllable; at < key.size(); ++at)
                if (const auto family = families.find(key.substr(at)); family != families.end())
                    add(family->second, nodes.front());
        }
        std::vector<std::size_t> products(core_.type_paths.size());
        for (const auto type : core_.type) ++products[type];
        for (auto& [last, family] : families) {
            std::sort(family.begin(), family.end());
            if (family.size() > 1 && family.size() <= most_kinds && is_what_they_are(last, family, products))
                core_.type_names.emplace(last, family);
        }
    }

    // Most of what is called so stands on these shelves ("vacuum tumblers" elsewhere), and most of what
    // stands there is called so. `products`: how many stand on each shelf.
    bool is_what_they_are(const std::string& word, const std::vector<std::uint32_t>& family,
                          const std::vector<std::size_t>& products) const {
        const auto id = core_.terms.find(word);
        if (id == no_term) return false;
        std::vector<std::uint32_t> shelves;
        shelves.reserve(family.size());
        for (const auto node : family) shelves.push_back(core_.type_nodes[node].types.front());
        std::size_t called = 0, there = 0, all = 0;
        for (const auto shelf : shelves) all += products[shelf];
        for (const auto& posting : core_.list(id)) {
            if ((posting.fields & field_bit(Field::title)) == 0) continue;
            ++called;
            if (std::find(shelves.begin(), shelves.end(), core_.type[posting.product]) != shelves.end())
                ++there;
        }
        return 3 * there >= 2 * called && 2 * there >= all;
    }

    bool is_leaf(std::uint32_t node) const { return core_.type_nodes[node].types.size() == 1; }

    void add_synonyms() {
        std::vector<WordGroup> groups;
        for (const auto& words : options_.synonyms) groups.push_back({WordGroup::Of::qualities, words});
        if (options_.builtin_synonyms) {
            auto builtin = builtin_synonyms();
            groups.insert(groups.end(), std::make_move_iterator(builtin.begin()),
                          std::make_move_iterator(builtin.end()));
        }
        for (const auto& group : groups) {
            SynonymGroup own;
            std::vector<std::string> keys;
            for (const auto& phrase : group.words) {
                auto key = phrase_key(phrase);
                if (key.empty() || std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
                std::vector<std::string> parts;
                for (const auto& token : tokens_of(phrase)) parts.push_back(token.text);
                own.phrases.push_back(std::move(parts));
                note_length(core_.longest_synonym, key);
                keys.push_back(std::move(key));
            }
            if (keys.size() < 2) continue;
            const auto id = static_cast<std::uint32_t>(core_.synonyms.size());
            own.absent =
                group.of == WordGroup::Of::goods &&
                std::none_of(keys.begin(), keys.end(), [&](const auto& key) { return is_carried(key); });
            core_.synonyms.push_back(std::move(own));
            for (const auto& key : keys) core_.synonyms_of[key].push_back(id);
            lend_names(keys);
        }
    }

    // Is some product a thing of that name, or some shelf called so?
    bool is_carried(const std::string& key) const {
        if (core_.type_names.count(key) != 0 || core_.brand_names.count(key) != 0) return true;
        // The last word says what it is; that some other lamp is sold is reason enough not to deny desk
        // lamps.
        const auto blank = key.rfind(' ');
        const auto last = core_.terms.find(blank == std::string::npos ? key : key.substr(blank + 1));
        return last != no_term && core_.heads[last] > 0;
    }

    // The other words for a maker or a type name it too, unless they already name another.
    void lend_names(const std::vector<std::string>& keys) {
        std::optional<std::uint32_t> brand;
        std::vector<std::uint32_t> types;
        for (const auto& key : keys) {
            if (const auto at = core_.brand_names.find(key); at != core_.brand_names.end() && !brand)
                brand = at->second;
            if (const auto at = core_.type_names.find(key); at != core_.type_names.end())
                types.insert(types.end(), at->second.begin(), at->second.end());
        }
        std::sort(types.begin(), types.end());
        types.erase(std::unique(types.begin(), types.end()), types.end());
        for (const auto& key : keys) {
            if (brand && core_.brand_names.emplace(key, *brand).second) note_length(core_.longest_name, key);
            if (!types.empty() && core_.type_names.emplace(key, types).second)
                note_length(core_.longest_name, key);
        }
    }

    Core& core_;
    const NameSources& sources_;
    const CoreOptions& options_;
    Stemmer stemmer_;
};

}  // namespace

void add_names(Core& core, const NameSources& sources, const CoreOptions& options) {
    Namer(core, sources, options).run();
}

}  // namespace maru::catalog
