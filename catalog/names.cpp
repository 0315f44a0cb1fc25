// What a sentence names of the shelves.
#include "catalog/names.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "catalog/lexicon.hpp"
#include "catalog/passing.hpp"
#include "nlu/text/josa.hpp"

namespace maru::catalog {
namespace {

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class NameReader {
  public:
    NameReader(const Core& core, Sentence& sentence) : core_(core), s_(sentence) {}

    Names read() {
        read_names();
        names_.word_refusals.assign(s_.tokens.size(), Refusal::none);
        names_.phrase_from.resize(s_.tokens.size());
        for (std::size_t i = 0; i < s_.tokens.size(); ++i) names_.phrase_from[i] = i;
        settle_parts();
        settle_phrases();
        return std::move(names_);
    }

  private:
    using State = WordState;

    void read_names() {
        for (std::size_t i = 0; i < s_.tokens.size();) {
            std::size_t taken = 0;
            const auto longest = std::min(std::max<std::size_t>(core_.longest_name, 2), s_.tokens.size() - i);
            for (auto count = longest; count >= 1 && taken == 0; --count)
                if (s_.all_open(i, count)) taken = read_name(i, count);
            i += std::max<std::size_t>(taken, 1);
        }
    }

    std::size_t read_name(std::size_t from, std::size_t count) {
        if (count == 1 && (is_stop_word(s_.tokens[from].text) || is_asking_word(s_.tokens[from].text)))
            return 0;
        // "Easy to clean" names no cleaning things.
        constexpr auto able =
            std::to_array<std::string_view>({"easy", "easier", "hard", "simple", "safe", "quick"});
        if (count == 1 && from > 1 && s_.tokens[from - 1].text == "to" &&
            std::find(able.begin(), able.end(), s_.tokens[from - 2].text) != able.end())
            return 0;
        if (count == 1 && is_weight(from)) return 0;
        // A "10-cup coffee maker" is none of the cups.
        constexpr auto cups = std::to_array<std::string_view>({"cup", "cups", "컵", "잔"});
        if (count == 1 && from > 0 && s_.tokens[from - 1].script == Script::digits &&
            !s_.begins_clause(from) && is_one_of(cups, s_.tokens[from].text))
            return 0;
        // "Microwave safe mugs" are no microwaves.
        constexpr auto fit = std::to_array<std::string_view>({"safe", "proof", "friendly", "compatible"});
        if (count == 1 && !s_.begins_clause(from + 1) && is_one_of(fit, s_.tokens[from + 1].text)) return 0;
        // "A vacuum that mops", "… that can mop", "something that stands on the floor".
        constexpr auto which = std::to_array<std::string_view>({"which", "also", "it"});
        if (count == 1 && from > 0 && !s_.begins_clause(from)) {
            const auto& before = s_.tokens[from - 1].text;
            const bool does = s_.tokens[from].text.ends_with('s');
            if (does && before == "that") return 0;
            if (!names_.list.empty() && (before == "can" || (does && is_one_of(which, before)))) return 0;
        }
        for (const auto& key : s_.keys_of(from, count)) {
            Name name;
            name.from = from;
            name.count = count;
            if (const auto type = core_.type_names.find(key);
                type != core_.type_names.end() && s_.is_head(from, count) && !is_told_of(from, count) &&
                (whole_name(key, type->second) || names_things(key))) {
                name.part = !whole_name(key, best_nodes(type->second));
                name.nodes = best_nodes(type->second);
                for (const auto node : name.nodes) name.values.push_back(core_.type_nodes[node].name);
            } else if (const auto brand = core_.brand_names.find(key); brand != core_.brand_names.end()) {
                name.of = Name::Of::brand;
                name.values.push_back(core_.brands[brand->second]);
            } else if (const auto color = color_of(key);
                       color && !s_.is_guess(from, count) && !part_of_another(from, count)) {
                name.of = Name::Of::color;
                name.values.emplace_back(color_names()[*color]);
            } else {
                continue;
            }
            name.refusal = refusal_of(s_, from, count);
            for (std::size_t i = from; i < from + count; ++i)
                s_.states[i] = name.refusal == Refusal::none ? State::named : State::refused;
            names_.list.push_back(std::move(name));
            return count;
        }
        return 0;
    }

    [[nodiscard]] bool part_of_another(std::size_t from, std::size_t count) const {
        const auto word = [&](std::size_t i) {
            return i < s_.tokens.size() ? std::string_view(s_.tokens[i].text) : std::string_view();
        };
        return count == 1 && is_no_color(from > 0 ? word(from - 1) : "", word(from), word(from + 1));
    }

    // "Seasonal & air": goods are no season.
    bool names_things(const std::string& key) const {
        if (key.find(' ') != std::string::npos || core_.synonyms_of.count(key) != 0) return true;
        const auto id = core_.terms.find(key);
        if (id == no_term) return false;
        const auto list = core_.list(id);
        constexpr auto named = static_cast<std::uint16_t>(field_bit(Field::title) | field_bit(Field::type));
        const auto having = std::count_if(
            list.begin(), list.end(), [](const Posting& posting) { return (posting.fields & named) != 0; });
        return core_.heads[id] > 0 && static_cast<std::ptrdiff_t>(core_.heads[id]) * 4 >= having;
    }

    // "후라이팬 인덕션 되는 거", "로봇청소기 찾아요, 물걸레 되는 걸로": a kind that only says what the goods
    // named before it are for.
    bool is_told_of(std::size_t from, std::size_t count) const {
        return std::any_of(names_.list.begin(), names_.list.end(),
                           [](const Name& name) {
                               return name.of == Name::Of::type && name.refusal == Refusal::none;
                           }) &&
               is_said_of_it(s_, from + count - 1);
    }

    // Nodes of the broadest meaning only: "kitchen" is the level, not also a leaf of that name below it.
    std::vector<std::uint32_t> best_nodes(std::vector<std::uint32_t> nodes) const {
        if (nodes.size() < 2) return nodes;
        // "Monitors" rather than the shelf of "Monitors & Stands".
        const auto of_several = [&](std::uint32_t node) {
            return is_of_several(core_.type_nodes[node].name);
        };
        if (!std::all_of(nodes.begin(), nodes.end(), of_several)) std::erase_if(nodes, of_several);
        std::vector<std::uint32_t> best;
        for (const auto node : nodes) {
            const auto& own = core_.type_nodes[node].types;
            const bool covered = std::any_of(nodes.begin(), nodes.end(), [&](std::uint32_t other) {
                const auto& types = core_.type_nodes[other].types;
                return other != node && types.size() > own.size() &&
                       std::includes(types.begin(), types.end(), own.begin(), own.end());
            });
            if (!covered) best.push_back(node);
        }
        return best;
    }

    // "Keyboards & Mice"
    static bool is_of_several(std::string_view name) {
        return name.find_first_of("&/,") != std::string_view::npos ||
               name.find("·") != std::string_view::npos;
    }

    bool whole_name(const std::string& key, const std::vector<std::uint32_t>& nodes) const {
        return std::all_of(nodes.begin(), nodes.end(), [&](std::uint32_t node) {
            const auto& name = core_.type_nodes[node].name;
            return !is_of_several(name) || phrase_key(name) == key;
        });
    }

    // "게이밍 마우스 말고": mice that are not for gaming. Where other goods are wanted instead, the whole of
    // it goes.
    void settle_phrases() {
        const bool wanted = std::any_of(names_.list.begin(), names_.list.end(), [](const Name& name) {
            return name.of == Name::Of::type && name.refusal == Refusal::none;
        });
        for (auto& name : names_.list) {
            if (name.of != Name::Of::type || name.refusal == Refusal::none || name.gone) continue;
            auto first = name.from;
            while (first > 0 && !s_.begins_clause(first) && is_modifier(first - 1)) --first;
            if (first == name.from) continue;
            for (auto i = first; i < name.from; ++i) {
                if (wanted) s_.states[i] = State::used;
                if (!wanted && s_.states[i] == State::open) names_.word_refusals[i] = name.refusal;
            }
            for (auto& other : names_.list) {
                if (other.from < first || other.from >= name.from) continue;
                other.gone = wanted;
                other.refusal = name.refusal;
            }
            if (!wanted) name.refusal = Refusal::none;
        }
    }
    bool is_modifier(std::size_t i) const {
        const auto& token = s_.tokens[i];
        const auto state = s_.states[i];
        if (state != State::open && state != State::named) return false;
        const bool digits = token.script == Script::digits;
        return (token.script == Script::hangul || digits) && !is_stop_word(token.text) &&
               !is_asking_word(token.text) && !is_service_word(token.text) && !is_refusing(s_, i) &&
               text::strip_josa(token.text).size() == token.text.size() && !ends_like_a_verb(token.text);
    }

    // "A light blanket", "something light": not heavy, and no lamp.
    bool is_weight(std::size_t i) const {
        if (s_.tokens[i].text != "light") return false;
        constexpr auto measured =
            std::to_array<std::string_view>({"something", "anything", "very", "really", "so", "too", "is",
                                             "be", "super", "pretty", "quite", "as", "its", "more"});
        if (i > 0 && !s_.begins_clause(i) && is_one_of(measured, s_.tokens[i - 1].text)) return true;
        const auto next = i + 1;
        if (s_.begins_clause(next) || s_.states[next] != State::open) return false;
        const auto& word = s_.tokens[next];
        return word.text == "one" || word.text == "ones" ||
               (word.script == Script::latin && !is_stop_word(word.text) && !is_asking_word(word.text) &&
                !is_service_word(word.text) && !is_refusing(s_, next));
    }

    // What is said of the wanted goods names no others: "a vacuum with a mop", "boxes for under the bed",
    // "인덕션 되는 프라이팬", "a keyboard without a number pad".
    void settle_parts() {
        auto& list = names_.list;
        for (std::size_t k = 0; k < list.size(); ++k) {
            auto& name = list[k];
            if (name.of != Name::Of::type || name.gone) continue;
            const auto wanted = [&](const Name& other) {
                return &other != &name && other.of == Name::Of::type && !other.gone &&
                       other.refusal == Refusal::none && !shares_shelf(name, other);
            };
            const auto here = list.begin() + static_cast<std::ptrdiff_t>(k);
            const bool before = std::any_of(list.begin(), here, wanted);
            const bool after = std::any_of(here, list.end(), wanted);
            // "A coffee maker, tiny kitchen": where it is to stand.
            const bool room = name.refusal == Refusal::none && name.count == 1 &&
                              is_room(s_.bare(name.from)) &&
                              std::any_of(list.begin(), list.end(), [&](const Name& other) {
                                  return &other != &name && other.of == Name::Of::type && !other.gone &&
                                         other.refusal == Refusal::none && !is_room(s_.bare(other.from));
                              });
            if (room) {
                name.gone = true;
                s_.states[name.from] = State::stop;
                continue;
            }
            if (name.refusal == Refusal::none && (before || after) && is_owned(name)) {
                name.gone = true;
                for (auto i = name.from; i < name.from + name.count; ++i) s_.states[i] = State::stop;
            } else if (name.refusal == Refusal::without && before) {
                release(name);
                for (auto i = name.from; i < name.from + name.count; ++i) {
                    names_.word_refusals[i] = name.refusal;
                    names_.phrase_from[i] = name.from;
                }
            } else if (name.refusal == Refusal::none &&
                       ((before && is_beside(name.from)) || is_under(name.from) ||
                        (after && is_place_of(name.from + name.count)) ||
                        (after && is_said_of_it(s_, name.from + name.count - 1)))) {
                release(name);
            }
        }
        std::erase_if(list, [](const Name& name) { return name.gone; });
    }
    static bool is_room(std::string_view word) {
        constexpr auto rooms =
            std::to_array<std::string_view>({"kitchen", "bathroom", "bedroom", "office", "주방", "부엌",
                                             "욕실", "화장실", "침실", "거실", "사무실"});
        return is_one_of(rooms, word);
    }
    // "집에 밥솥은 있고", "I have a kettle already": beside other goods, what somebody has is not asked for.
    bool is_owned(const Name& name) const {
        auto next = name.from + name.count;
        if (next < s_.tokens.size() && (s_.tokens[next].text == "이미" || s_.tokens[next].text == "벌써"))
            ++next;
        if (next >= s_.tokens.size()) return false;
        constexpr auto having = std::to_array<std::string_view>(
            {"있음", "있고", "있구", "있어서", "있으니", "있으시", "있으셔", "있거든"});
        std::string_view word = s_.tokens[next].text;
        for (const std::string_view particle : {"은", "는"})
            if (word.size() > particle.size() && word.starts_with(particle))
                word.remove_prefix(particle.size());
        const bool has = std::any_of(having.begin(), having.end(),
                                     [&](std::string_view stem) { return word.starts_with(stem); });
        return (has && !s_.asks(next)) || (word == "already" && !s_.begins_clause(next));
    }
    void release(Name& name) {
        name.gone = true;
        for (auto i = name.from; i < name.from + name.count; ++i) s_.states[i] = State::open;
    }
    // "With", or a place: "on my", "under the".
    bool is_beside(std::size_t from) const {
        constexpr auto articles = std::to_array<std::string_view>(
            {"the", "a", "an", "my", "our", "your", "his", "her", "their", "just", "one", "only", "single"});
        constexpr auto places =
            std::to_array<std::string_view>({"with", "under", "underneath", "on", "in", "inside", "behind",
                                             "beside", "near", "above", "below"});
        for (auto i = from; i > 0 && !s_.begins_clause(i); --i) {
            const auto& word = s_.tokens[i - 1].text;
            if (is_one_of(places, word) || (word == "to" && i > 1 && s_.tokens[i - 2].text == "next"))
                return true;
            if (!is_one_of(articles, word)) return false;
        }
        return false;
    }
    // "Under the bed": a place, whatever else is named.
    bool is_under(std::size_t from) const {
        constexpr auto places =
            std::to_array<std::string_view>({"under", "underneath", "beneath", "behind", "above", "below"});
        return from > 1 && is_place(s_, from - 2) && is_one_of(places, s_.tokens[from - 2].text);
    }
    // "침대 옆에 둘 무드등", "책상 위".
    bool is_place_of(std::size_t next) const {
        constexpr auto sides = std::to_array<std::string_view>(
            {"옆", "옆에", "위", "위에", "밑", "밑에", "아래", "아래에", "뒤", "뒤에", "앞", "앞에", "근처"});
        return next < s_.tokens.size() && !s_.begins_clause(next) && is_one_of(sides, s_.tokens[next].text);
    }
    bool shares_shelf(const Name& a, const Name& b) const {
        const auto passes = [&](const Name& name, std::uint32_t path) {
            return std::any_of(name.nodes.begin(), name.nodes.end(), [&](std::uint32_t node) {
                const auto& types = core_.type_nodes[node].types;
                return std::binary_search(types.begin(), types.end(), path);
            });
        };
        return std::any_of(a.nodes.begin(), a.nodes.end(), [&](std::uint32_t node) {
            const auto& types = core_.type_nodes[node].types;
            return std::any_of(types.begin(), types.end(),
                               [&](std::uint32_t path) { return passes(b, path); });
        });
    }

    const Core& core_;
    Sentence& s_;
    Names names_;
};

}  // namespace

Names find_names(const Core& core, Sentence& sentence) {
    return NameReader(core, sentence).read();
}

}  // namespace maru::catalog
