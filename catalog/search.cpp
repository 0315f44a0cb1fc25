#include "catalog/search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "catalog/contraries.hpp"
#include "catalog/index_impl.hpp"
#include "catalog/labels.hpp"
#include "catalog/lexicon.hpp"
#include "catalog/measures.hpp"
#include "catalog/reasons.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::catalog {
namespace {

// "충전되는거": what a thing is like, not what it is called.
bool is_description(std::string_view written) {
    constexpr auto endings = std::to_array<std::string_view>({"거", "것", "걸", "게", "거로", "것으로"});
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view ending) { return written.ends_with(ending); });
}

// How far a price is from what was asked for; 0 inside.
std::int64_t price_gap(const Query& query, std::int64_t amount) {
    if (query.price_min && amount < *query.price_min) return *query.price_min - amount;
    if (query.price_max && amount > *query.price_max) return amount - *query.price_max;
    return 0;
}

// Not known: last. Mice state no dB: the one that is called quiet is meant.
double noise_of(const Product& product) {
    if (const auto stated = stated_noise(product)) return *stated;
    constexpr auto quiet = std::to_array<std::string_view>({"저소음", "무소음", "quiet", "Quiet", "ilent"});
    constexpr double low = 30;
    const bool called = std::any_of(quiet.begin(), quiet.end(), [&](std::string_view word) {
        return product.text.title.find(word) != std::string::npos;
    });
    return called ? low : 1e300;
}

bool may_name_goods(std::string_view word) {
    if (const auto bare = text::strip_josa(word); ends_like_a_verb(bare) && bare.size() < word.size())
        return false;
    return !ends_like_a_verb(word) && !is_service_word(word) && !is_asking_word(word) &&
           !is_description(word);
}

class Searcher {
  public:
    Searcher(const Index::Impl& index, const Query& query)
        : index_(index),
          query_(query),
          filter_(index, query),
          slots_(told(read_slots(*index.core, query.text))),
          lists_(*index.core, slots_, favoured()) {}

    Results run() {
        for (const auto& slot : slots_) {
            if (!slot.corrected.empty()) results_.corrected.emplace_back(slot.written, slot.corrected);
            if (slot.ways.empty()) results_.unknown.push_back(slot.written);
        }
        results_.unknown.insert(results_.unknown.end(), untold_.begin(), untold_.end());
        auto parts = filter_.parts();
        if (!slots_.empty()) parts |= Filter::words;
        std::uint32_t lifted = 0;
        auto found = pick(lifted);
        if (found.empty()) {
            // One constraint alone first, the least dear one that helps; only then several.
            // Other kinds of goods are nobody's answer while anything else can be given up.
            for (std::uint32_t part = 1; part < Filter::type && found.empty(); part <<= 1U) {
                if ((parts & part) == 0 || parts == part) continue;
                if (part == Filter::price && most_words_without_price(found)) {
                    lifted = Filter::words;
                    break;
                }
                lifted = part;
                found = pick(lifted);
            }
            std::uint32_t sum = 0;
            for (std::uint32_t part = 1; part <= Filter::type && found.empty(); part <<= 1U) {
                if ((parts & part) == 0) continue;
                sum |= part;
                // Everything lifted would be an answer to another question, except that words alone may be
                // loosened.
                if (sum == parts && (parts & ~static_cast<std::uint32_t>(Filter::words)) != 0) break;
                lifted = sum;
                found = pick(lifted);
            }
            if (!found.empty())
                for (std::uint32_t part = 1; part <= Filter::type; part <<= 1U)
                    if ((lifted & part) != 0) results_.relaxed.emplace_back(Filter::part_name(part));
        }
        note_absent();
        const bool loose = (lifted & Filter::words) != 0;
        if (loose) drop_contraries(found, 0);
        const auto whole = found.size();
        if (query_.fill && !loose && slots_.size() > 1) {
            add_partial(found, lifted);
            drop_contraries(found, whole);
        }
        finish(found, whole, lifted);
        if (loose) note_unmatched();
        if (loose || !results_.absent.empty()) count_words();
        return std::move(results_);
    }

  private:
    // "A quiet wireless keyboard for the office under 50,000": one that has all but a word of it at that
    // price is nearer than one that costs twice as much.
    bool most_words_without_price(std::vector<Scored>& found) {
        constexpr std::size_t least = 3;  // words; of two, one is half of what was said
        const bool in_passing =
            std::all_of(slots_.begin(), slots_.end(), [&](const Slot& slot) { return is_in_passing(slot); });
        // "A quiet keyboard for the office": what it is for comes behind what it is.
        const auto head =
            std::find_if(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.head; });
        const bool purpose = slots_.size() > 1 && head != slots_.end() && head + 1 != slots_.end();
        if (query_.types.empty() || (slots_.size() < least && !in_passing && !purpose)) return false;
        auto near = pick(Filter::words);
        std::size_t most = 0;
        const auto told = [&](const Scored& one) {
            return static_cast<std::size_t>(std::count_if(
                slots_.begin(), slots_.end(), [&](const Slot& slot) { return has(slot, one.product); }));
        };
        for (const auto& one : near) most = std::max(most, told(one));
        if (most + 1 < slots_.size()) return false;
        std::erase_if(near, [&](const Scored& one) {
            return told(one) < most || (purpose && !in_passing && !has(*head, one.product));
        });
        if (near.empty()) return false;
        found = std::move(near);
        return true;
    }

    // "For the office": of the asked goods some are but described with it, and none is called so.
    [[nodiscard]] bool is_in_passing(const Slot& slot) const {
        const auto other = ~static_cast<std::uint32_t>(Filter::type);
        return std::none_of(slot.ways.begin(), slot.ways.end(), [&](const Slot::Way& way) {
            return std::any_of(way.terms.begin(), way.terms.end(), [&](std::uint32_t term) {
                const auto list = index_.core->list(term);
                return std::any_of(list.begin(), list.end(), [&](const Posting& posting) {
                    return (posting.fields & ~field_bit(Field::description)) != 0 &&
                           filter_(posting.product, other);
                });
            });
        });
    }

    // Words that no product has are no condition ("살 건데", "if possible") beside others that tell products
    // apart; what may name goods stays, so that it can be said that there are none.
    std::vector<Slot> told(std::vector<Slot> slots) {
        const bool named = !query_.types.empty() || !query_.brands.empty();
        const auto known = [](const Slot& slot) { return !slot.ways.empty() || slot.absent; };
        if (!named && std::none_of(slots.begin(), slots.end(), known)) return slots;
        std::vector<Slot> kept;
        for (auto& slot : slots) {
            if (known(slot) || (slot.head && !named && may_name_goods(slot.written))) {
                kept.push_back(std::move(slot));
                continue;
            }
            // "2학년": a number of what is not told says nothing either.
            if (!kept.empty() && kept.back().written.find_first_not_of("0123456789") == std::string::npos &&
                query_.text.find(kept.back().written + slot.written) != std::string::npos) {
                untold_.push_back(kept.back().written + slot.written);
                kept.pop_back();
            } else {
                untold_.push_back(std::move(slot.written));
            }
        }
        return kept;
    }

    // Makers and types are conditions; as words they also tell the products that are about them from the
    // others.
    [[nodiscard]] std::vector<Slot> favoured() const {
        std::vector<Slot> slots;
        const auto add = [&](const std::vector<std::string>& names) {
            if (names.size() != 1) return;  // of several any will do
            for (auto& slot : read_slots(*index_.core, names.front())) slots.push_back(std::move(slot));
        };
        add(query_.brands);
        add(query_.types);
        return slots;
    }

    [[nodiscard]] std::vector<Scored> pick(std::uint32_t lifted) {
        if (slots_.empty()) return conditions_alone(lifted);
        const bool whole = (lifted & Filter::words) == 0;
        std::vector<Scored> found;
        if (filter_.most(lifted) < lists_.shortest()) {
            const auto few = filter_.passing(lifted);
            found = whole ? lists_.every_of(few) : lists_.any_of(few);
        } else if (whole && filter_.parts() == 0 && !filter_.excludes()) {
            return lists_.every();  // nothing will be tried again, so the list need not be kept
        } else {
            for (const auto& candidate : whole ? every() : any())
                if (filter_(candidate.product, lifted)) found.push_back(candidate);
        }
        // No product has any of the words: the other conditions still say something.
        if (found.empty() && !whole && (filter_.parts() & ~lifted) != 0) return conditions_alone(lifted);
        return found;
    }
    [[nodiscard]] std::vector<Scored> conditions_alone(std::uint32_t lifted) const {
        std::vector<Scored> found;
        for (const auto product : filter_.passing(lifted)) found.push_back({product, 0});
        lists_.add_bonus(found);
        return found;
    }
    const std::vector<Scored>& every() {
        if (!every_) every_ = lists_.every();
        return *every_;
    }
    const std::vector<Scored>& any() {
        if (!any_) any_ = lists_.any();
        return *any_;
    }

    void note_absent() {
        if (!query_.types.empty()) return;
        for (const auto& slot : slots_) {
            if (slot.head && slot.absent) results_.absent = slot.written;
        }
    }

    void count_words() {
        results_.words = static_cast<std::uint32_t>(slots_.size());
        for (auto& match : results_.matches) {
            const auto product = static_cast<std::uint32_t>(match.product - index_.products.data());
            for (const auto& slot : slots_) {
                if (!has(slot, product)) continue;
                ++match.words;
                match.titled = match.titled || is_titled(slot, product);
            }
        }
    }
    [[nodiscard]] bool is_titled(const Slot& slot, std::uint32_t product) const {
        const auto in_title = [&](std::uint32_t term) {
            const auto* own = posting(term, product);
            return own != nullptr && (own->fields & field_bit(Field::title)) != 0;
        };
        return std::any_of(slot.ways.begin(), slot.ways.end(), [&](const Slot::Way& way) {
            // "러그" is but inside of 플러그.
            return way.weight != index_.core->ranking.bigram &&
                   std::any_of(way.terms.begin(), way.terms.end(), in_title);
        });
    }

    void note_unmatched() {
        for (const auto& slot : slots_) {
            const bool told =
                std::any_of(results_.matches.begin(), results_.matches.end(), [&](const Match& match) {
                    return has(slot, static_cast<std::uint32_t>(match.product - index_.products.data()));
                });
            if (told) continue;
            results_.unmatched.push_back(slot.written);
            if (is_called(slot)) results_.missed.push_back(slot.written);
        }
    }
    [[nodiscard]] bool is_called(const Slot& slot) const {
        const auto in_title = [](const Posting& posting) {
            return (posting.fields & field_bit(Field::title)) != 0;
        };
        if (slot.term != no_term && slot.corrected.empty()) {
            const auto list = index_.core->list(slot.term);
            return std::any_of(list.begin(), list.end(), in_title);
        }
        // "Noise cancelling" is two words and one thing.
        if (slot.tokens < 2 || !slot.corrected.empty() || slot.ways.empty()) return false;
        const auto list = index_.core->list(slot.ways.front().terms.front());
        return std::any_of(list.begin(), list.end(),
                           [&](const Posting& one) { return in_title(one) && has(slot, one.product); });
    }
    [[nodiscard]] bool has(const Slot& slot, std::uint32_t product) const {
        return std::any_of(slot.ways.begin(), slot.ways.end(), [&](const Slot::Way& way) {
            return std::all_of(way.terms.begin(), way.terms.end(),
                               [&](std::uint32_t term) { return posting(term, product) != nullptr; });
        });
    }
    // nullptr: the product does not have the term.
    [[nodiscard]] const Posting* posting(std::uint32_t term, std::uint32_t product) const {
        const auto list = index_.core->list(term);
        const auto at =
            std::lower_bound(list.begin(), list.end(), product,
                             [](const Posting& p, std::uint32_t value) { return p.product < value; });
        return at != list.end() && at->product == product ? &*at : nullptr;
    }

    void add_partial(std::vector<Scored>& found, std::uint32_t lifted) {
        std::vector<std::uint32_t> have;
        have.reserve(found.size());
        for (const auto& one : found) have.push_back(one.product);
        for (const auto& candidate : any())
            if (!std::binary_search(have.begin(), have.end(), candidate.product) &&
                filter_(candidate.product, lifted))
                found.push_back(candidate);
    }

    // Of those that lack some of the words, from `first` on.
    void drop_contraries(std::vector<Scored>& found, std::size_t first) const {
        const auto terms = contrary_terms(*index_.core, slots_);
        if (terms.empty()) return;
        const auto from = found.begin() + static_cast<std::ptrdiff_t>(first);
        const auto kept = std::stable_partition(from, found.end(), [&](const Scored& one) {
            return !is_called_one_of(*index_.core, one.product, terms);
        });
        if (kept != found.begin()) found.erase(kept, found.end());
    }

    void finish(std::vector<Scored>& found, std::size_t whole, std::uint32_t lifted) {
        const float prior = index_.core->ranking.prior;
        for (auto& one : found) one.score += prior * index_.prior[one.product];
        if (query_.sort == Sort::relevance) add_taste(found);
        const auto better = [&](const Scored& a, const Scored& b) {
            return a.score != b.score ? a.score > b.score : a.product < b.product;
        };
        const auto middle = found.begin() + static_cast<std::ptrdiff_t>(whole);
        const auto wanted = static_cast<std::size_t>(query_.offset) + query_.limit;
        const bool by_price_gap = (lifted & Filter::price) != 0;
        if (query_.sort != Sort::relevance || by_price_gap) {
            keep_good(found, whole);
            order(found, by_price_gap, better);
        } else {
            // Only the head of the list is needed in order, with room for variants that fold into one.
            const auto head = std::min(found.size(), wanted * 4 + 16);
            if (whole >= head) {
                std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(head), middle,
                                  better);
            } else {
                std::sort(found.begin(), middle, better);
                const auto rest = static_cast<std::ptrdiff_t>(std::min(found.size(), head));
                std::partial_sort(middle, found.begin() + std::max(rest, static_cast<std::ptrdiff_t>(whole)),
                                  found.end(), better);
            }
        }
        // Variants of one product count once; which were seen is a bit a product, as results may be very
        // many.
        const auto& group = index_.core->group;
        std::vector<bool> seen(index_.core->groups < group.size() ? index_.core->groups : 0);
        std::uint32_t total = 0;
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (!seen.empty()) {
                auto bit = seen[group[found[i].product]];
                if (bit) continue;
                bit = true;
            } else if (i >= wanted) {
                total = static_cast<std::uint32_t>(found.size());
                break;
            }
            if (total >= query_.offset && total < wanted) {
                Match match;
                match.product = &index_.products[found[i].product];
                match.score = found[i].score;
                match.partial = i >= whole || (lifted & Filter::words) != 0;
                results_.matches.push_back(std::move(match));
            }
            ++total;
        }
        results_.total = total;
        add_reasons(index_, query_, lifted, results_);
    }

    // What the visitor looked at draws goods of the same kind a little forward, by maker and price; what they
    // turned down goes back. Less than one more word that fits is worth.
    void add_taste(std::vector<Scored>& found) const {
        if (query_.liked_ids.empty() && query_.disliked_ids.empty()) return;
        constexpr float same = 0.06F, maker = 0.03F, near = 0.03F, refused = 0.2F;
        constexpr std::size_t most = 16;
        const auto& core = *index_.core;
        const auto read = [&](const std::vector<std::string>& ids) {
            std::vector<std::uint32_t> products;
            for (const auto& id : ids)
                if (const auto at = index_.index_of(id); at && products.size() < most)
                    products.push_back(*at);
            return products;
        };
        const auto liked = read(query_.liked_ids), disliked = read(query_.disliked_ids);
        // Other kinds of goods are passed over by a look at one bit: results may be very many.
        std::vector<bool> kinds(core.type_paths.size());
        for (const auto product : liked) kinds[core.type[product]] = true;
        for (const auto product : disliked) kinds[core.type[product]] = true;
        for (auto& one : found) {
            if (!kinds[core.type[one.product]]) continue;
            float bonus = 0;
            for (const auto product : liked) {
                if (core.type[product] != core.type[one.product]) continue;
                float own = core.group[product] == core.group[one.product] ? same : 0;
                if (core.brand[product] != 0 && core.brand[product] == core.brand[one.product]) own += maker;
                const auto low = std::min(index_.price[product], index_.price[one.product]);
                const auto high = std::max(index_.price[product], index_.price[one.product]);
                if (high > 0) own += near * static_cast<float>(low) / static_cast<float>(high);
                bonus = std::max(bonus, own);
            }
            for (const auto product : disliked)
                if (core.group[product] == core.group[one.product]) bonus -= refused;
            one.score += bonus;
        }
    }

    // An order by price says nothing of what fits: products far worse than the best are left out first.
    void keep_good(std::vector<Scored>& found, std::size_t& whole) const {
        if (slots_.empty() || found.empty()) return;
        float best = 0;
        for (const auto& one : found) best = std::max(best, one.score);
        const auto bad = [&](const Scored& one) { return one.score < 0.6F * best; };
        found.erase(std::remove_if(found.begin(), found.end(), bad), found.end());
        // Nor is a bag for a laptop the cheapest laptop: where titles are about the asked thing, the others
        // go.
        for (const auto& slot : slots_) {
            if (!slot.head) continue;
            const auto other = [&](const Scored& one) { return !is_about(slot, one.product); };
            if (!std::all_of(found.begin(), found.end(), other))
                found.erase(std::remove_if(found.begin(), found.end(), other), found.end());
        }
        whole = std::min(whole, found.size());
    }

    [[nodiscard]] bool is_about(const Slot& slot, std::uint32_t product) const {
        return std::any_of(slot.ways.begin(), slot.ways.end(), [&](const Slot::Way& way) {
            const auto list = index_.core->list(way.terms.back());
            const auto at =
                std::lower_bound(list.begin(), list.end(), product,
                                 [](const Posting& p, std::uint32_t value) { return p.product < value; });
            return at != list.end() && at->product == product && (at->fields & field_bit(Field::head)) != 0;
        });
    }

    template <typename Better>
    void order(std::vector<Scored>& found, bool by_price_gap, const Better& better) const {
        const auto by = [&](auto&& key) {
            std::sort(found.begin(), found.end(), [&](const Scored& a, const Scored& b) {
                const auto x = key(a.product);
                const auto y = key(b.product);
                return x != y ? x < y : better(a, b);
            });
        };
        const auto measured = [&](Measure::Kind kind, double sign) {
            by([&, kind, sign](std::uint32_t i) {
                for (const auto& measure : index_.core->measures_of(i))
                    if (measure.kind == kind) return sign * measure.value;
                return 1e300;  // not known: last either way
            });
        };
        if (by_price_gap) return by([&](std::uint32_t i) { return price_gap(query_, index_.price[i]); });
        switch (query_.sort) {
            case Sort::relevance:
                break;
            case Sort::price_ascending:
                by([&](std::uint32_t i) { return index_.price[i]; });
                break;
            case Sort::price_descending:
                by([&](std::uint32_t i) { return -index_.price[i]; });
                break;
            case Sort::rating:
                by([&](std::uint32_t i) { return -index_.rating[i]; });
                break;
            case Sort::newest:
                by([&](std::uint32_t i) { return -static_cast<std::int64_t>(index_.newest[i]); });
                break;
            case Sort::popularity:
                by([&](std::uint32_t i) { return -index_.products[i].popularity; });
                break;
            case Sort::lightest:
                measured(Measure::Kind::mass, 1);
                break;
            case Sort::smallest:
                measured(size_kind(found), 1);
                break;
            case Sort::largest:
                measured(size_kind(found), -1);
                break;
            case Sort::quietest:
                by([&](std::uint32_t i) { return noise_of(index_.products[i]); });
                break;
            case Sort::longest_lasting:
                measured(Measure::Kind::duration, -1);
                break;
        }
        if (query_.types.size() > 1) take_turns(found);
    }

    // What most of these are measured by: cookers by litres, air purifiers by the room, desks by length.
    [[nodiscard]] Measure::Kind size_kind(const std::vector<Scored>& found) const {
        constexpr std::size_t looked_at = 200;
        const auto some = std::min(found.size(), looked_at);
        const auto share = [&](Measure::Kind kind) {
            return std::count_if(
                found.begin(), found.begin() + static_cast<std::ptrdiff_t>(some), [&](const Scored& one) {
                    const auto own = index_.core->measures_of(one.product);
                    return std::any_of(own.begin(), own.end(),
                                       [&](const Measure& measure) { return measure.kind == kind; });
                });
        };
        const auto lengths = share(Measure::Kind::length);
        for (const auto kind : {Measure::Kind::volume, Measure::Kind::area, Measure::Kind::charge})
            if (const auto own = share(kind);
                own > lengths || own * 3 > static_cast<std::ptrdiff_t>(some) * 2)
                return kind;
        return Measure::Kind::length;
    }

    // "A keyboard and a mouse, cheap ones": the best of each kind before the second of any.
    void take_turns(std::vector<Scored>& found) const {
        std::vector<std::uint32_t> count(query_.types.size() + 1);
        std::vector<Filter> kinds;
        std::vector<Query> queries(query_.types.size());
        kinds.reserve(queries.size());
        for (std::size_t k = 0; k < queries.size(); ++k) {
            queries[k].types = {query_.types[k]};
            kinds.emplace_back(index_, queries[k]);
        }
        std::vector<std::pair<std::uint32_t, std::size_t>> turns(found.size());
        std::vector<std::uint32_t> groups;  // variants of one product take one turn
        for (std::size_t i = 0; i < found.size(); ++i) {
            std::size_t kind = 0;
            while (kind < kinds.size() && !kinds[kind](found[i].product)) ++kind;
            const auto group = index_.core->group[found[i].product];
            const bool seen = std::find(groups.begin(), groups.end(), group) != groups.end();
            constexpr std::size_t most = 64;  // nobody looks further down for the other kind
            if (groups.size() < most && !seen) groups.push_back(group);
            turns[i] = {seen && count[kind] > 0 ? count[kind] - 1 : count[kind]++, i};
        }
        std::stable_sort(turns.begin(), turns.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<Scored> mixed;
        mixed.reserve(found.size());
        for (const auto& turn : turns) mixed.push_back(found[turn.second]);
        found = std::move(mixed);
    }

    const Index::Impl& index_;
    const Query& query_;
    Filter filter_;
    std::vector<std::string> untold_;  // words left out of the search
    std::vector<Slot> slots_;
    SlotLists lists_;
    std::optional<std::vector<Scored>> every_, any_;
    Results results_;
};

}  // namespace

bool may_describe_goods(std::string_view word) {
    if (word.empty()) return false;
    constexpr auto passing = std::to_array<std::string_view>(
        {"range",    "price",   "아픈",   "좋은",   "많은",    "싶은",     "필요한",   "괜찮은", "예쁜",
         "있는",     "없는",    "쓰는",   "쓸",     "엄마",    "아빠",     "어머니",   "아버지", "할머니",
         "할아버지", "부모님",  "남편",   "아내",   "와이프",  "남친",     "여친",     "친구",   "동생",
         "언니",     "누나",    "오빠",   "딸",     "아들",    "시어머니", "장모님",   "선생님", "사람",
         "분",       "집",      "우리집", "가족",   "mom",     "mum",      "dad",      "mother", "father",
         "wife",     "husband", "friend", "sister", "brother", "son",      "daughter", "boss",   "parents",
         "people",   "grandma", "grandpa"});
    constexpr std::size_t syllable = 3;  // bytes: "눈", "손" alone say nothing
    const bool short_korean = static_cast<unsigned char>(word.front()) >= 0x80 && word.size() <= syllable;
    return may_name_goods(word) && !is_stop_word(word) && !short_korean &&
           std::find(passing.begin(), passing.end(), text::strip_josa(word)) == passing.end();
}

Results Index::search(const Query& query) const {
    return Searcher(*impl_, query).run();
}

}  // namespace maru::catalog
