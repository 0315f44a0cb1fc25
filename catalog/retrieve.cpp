#include "catalog/retrieve.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maru::catalog {
namespace {

float idf(std::size_t products, std::size_t having) {
    const auto n = static_cast<float>(products);
    const auto df = static_cast<float>(having);
    return std::log(1 + (n - std::min(df, n) + 0.5F) / (df + 0.5F));
}

struct PostingView {
    std::span<const Posting> list;
    float scale;
    float k1;
    [[nodiscard]] std::size_t size() const noexcept { return list.size(); }
    [[nodiscard]] std::uint32_t product(std::size_t i) const noexcept { return list[i].product; }
    [[nodiscard]] float score(std::size_t i) const noexcept {
        const float w = static_cast<float>(list[i].weight) / 1024;
        return scale * w / (k1 + w);
    }
};

// The first place at or after `at` whose product is not below `product`: doubling steps, then halving, so
// that a short list meets a long one in time linear in the short one.
template <class View>
std::size_t seek(const View& list, std::size_t at, std::uint32_t product) {
    std::size_t step = 1;
    auto low = at;
    while (at < list.size() && list.product(at) < product) {
        low = at + 1;
        at += step;
        step *= 2;
    }
    auto high = std::min(at, list.size());
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        if (list.product(middle) < product)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

}  // namespace

template <class Visit>
void SlotLists::with(const List& list, Visit visit) {
    struct HitView {
        const std::vector<Scored>& list;
        float scale;
        [[nodiscard]] std::size_t size() const noexcept { return list.size(); }
        [[nodiscard]] std::uint32_t product(std::size_t i) const noexcept { return list[i].product; }
        [[nodiscard]] float score(std::size_t i) const noexcept { return scale * list[i].score; }
    };
    if (list.merged)
        visit(HitView{list.hits, list.scale});
    else
        visit(PostingView{list.postings, list.scale, list.k1});
}

SlotLists::SlotLists(const Core& core, const std::vector<Slot>& slots, const std::vector<Slot>& favoured)
    : products_(core.products), partial_(core.ranking.partial) {
    lists_.reserve(slots.size());
    for (const auto& slot : slots) {
        auto list = list_of(core, slot);
        complete_ = complete_ && list.size() > 0;
        weights_.push_back(idf(core.products, list.size()));
        list.scale *= weights_.back();
        shares_.push_back(weights_.back() * (slot.head ? core.ranking.partial_head : 1));
        lists_.push_back(std::move(list));
    }
    add_pairs(core, slots);
    add_favoured(core, favoured);
}

SlotLists::List SlotLists::list_of(const Core& core, const Slot& slot) {
    List result;
    result.k1 = slot.head ? core.ranking.head_k1 : core.ranking.k1;
    if (slot.ways.size() == 1 && slot.ways.front().terms.size() == 1) {
        result.postings = core.list(slot.ways.front().terms.front());
        result.scale = slot.ways.front().weight;
        return result;
    }
    result.merged = true;
    std::vector<Scored> own;
    std::vector<Scored> both;
    for (const auto& way : slot.ways) {
        // From the rarest term on, so that the others are only looked up.
        auto terms = way.terms;
        std::sort(terms.begin(), terms.end(),
                  [&](TermId a, TermId b) { return core.list(a).size() < core.list(b).size(); });
        own.clear();
        std::vector<std::size_t> at(terms.size(), 0);
        for (const auto& posting : core.list(terms.front())) {
            auto least = posting.weight;
            bool all = true;
            for (std::size_t t = 1; t < terms.size() && all; ++t) {
                const PostingView list{core.list(terms[t]), 1, 1};
                at[t] = seek(list, at[t], posting.product);
                all = at[t] < list.size() && list.product(at[t]) == posting.product;
                if (all) least = std::min(least, list.list[at[t]].weight);
            }
            const float w = static_cast<float>(least) / 1024;
            if (all) own.push_back({posting.product, way.weight * w / (result.k1 + w)});
        }
        if (result.hits.empty()) {
            result.hits.swap(own);
            continue;
        }
        both.clear();
        both.reserve(result.hits.size() + own.size());
        auto a = result.hits.begin();
        auto b = own.begin();
        while (a != result.hits.end() || b != own.end()) {
            if (b == own.end() || (a != result.hits.end() && a->product < b->product)) {
                both.push_back(*a++);
            } else if (a == result.hits.end() || b->product < a->product) {
                both.push_back(*b++);
            } else {
                both.push_back({a->product, std::max(a->score, b->score)});
                ++a;
                ++b;
            }
        }
        result.hits.swap(both);
    }
    return result;
}

void SlotLists::add_pairs(const Core& core, const std::vector<Slot>& slots) {
    for (std::size_t i = 0; i + 1 < slots.size(); ++i) {
        if (slots[i].term == no_term || slots[i + 1].term == no_term) continue;
        const auto id = core.terms.find(pair_term(core.terms[slots[i].term], core.terms[slots[i + 1].term]));
        if (id == no_term) continue;
        List list;
        list.postings = core.list(id);
        list.scale = core.ranking.pair * (weights_[i] + weights_[i + 1]) / 2;
        list.k1 = core.ranking.k1;
        bonus_.push_back(std::move(list));
    }
}

void SlotLists::add_favoured(const Core& core, const std::vector<Slot>& favoured) {
    for (const auto& slot : favoured) {
        auto list = list_of(core, slot);
        list.scale *= idf(core.products, list.size()) * core.ranking.favoured;
        bonus_.push_back(std::move(list));
    }
}

template <class Row, class View>
void SlotLists::add_to(Row& scored, const View& list) {
    std::size_t at = 0;
    for (auto& candidate : scored) {
        at = seek(list, at, candidate.product);
        if (at == list.size()) break;
        if (list.product(at) == candidate.product) candidate.score += list.score(at);
    }
}

void SlotLists::add_bonus(std::vector<Scored>& scored) const {
    for (const auto& list : bonus_) with(list, [&](const auto& view) { add_to(scored, view); });
}

template <class View>
void SlotLists::keep_common(std::vector<Scored>& found, const View& list) {
    std::size_t at = 0;
    auto kept = found.begin();
    for (const auto& candidate : found) {
        at = seek(list, at, candidate.product);
        if (at == list.size()) break;
        if (list.product(at) != candidate.product) continue;
        *kept = candidate;
        kept->score += list.score(at);
        ++kept;
    }
    found.erase(kept, found.end());
}

std::vector<Scored> SlotLists::every() const {
    std::vector<Scored> found;
    if (lists_.empty() || !complete_) return found;
    std::vector<std::size_t> order(lists_.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return lists_[a].size() < lists_[b].size(); });
    with(lists_[order[0]], [&](const auto& view) {
        found.reserve(view.size());
        for (std::size_t i = 0; i < view.size(); ++i) found.push_back({view.product(i), view.score(i)});
    });
    for (std::size_t k = 1; k < order.size() && !found.empty(); ++k)
        with(lists_[order[k]], [&](const auto& view) { keep_common(found, view); });
    add_bonus(found);
    return found;
}

// List by list into a sorted row: for few products out of many.
std::vector<SlotLists::Partial> SlotLists::merge_all() const {
    std::vector<Partial> found;
    std::vector<Partial> both;
    for (std::size_t k = 0; k < lists_.size(); ++k) {
        const auto bit = 1U << k;
        with(lists_[k], [&](const auto& view) {
            both.clear();
            both.reserve(found.size() + view.size());
            auto a = found.begin();
            std::size_t b = 0;
            while (a != found.end() || b < view.size()) {
                if (b == view.size() || (a != found.end() && a->product < view.product(b))) {
                    both.push_back(*a++);
                } else if (a == found.end() || view.product(b) < a->product) {
                    both.push_back({view.product(b), view.score(b), bit});
                    ++b;
                } else {
                    both.push_back({a->product, a->score + view.score(b), a->slots | bit});
                    ++a;
                    ++b;
                }
            }
        });
        found.swap(both);
    }
    return found;
}

// Into a sum for every product there is: for lists that together name a good part of them.
std::vector<SlotLists::Partial> SlotLists::sum_all() const {
    struct Sum {
        float score = 0;
        std::uint32_t slots = 0;
    };
    std::vector<Sum> sums(products_);
    for (std::size_t k = 0; k < lists_.size(); ++k)
        with(lists_[k], [&](const auto& view) {
            for (std::size_t i = 0; i < view.size(); ++i) {
                auto& sum = sums[view.product(i)];
                sum.score += view.score(i);
                sum.slots |= 1U << k;
            }
        });
    std::vector<Partial> found;
    for (std::uint32_t product = 0; product < products_; ++product)
        if (sums[product].slots != 0) found.push_back({product, sums[product].score, sums[product].slots});
    return found;
}

std::vector<Scored> SlotLists::any() const {
    const auto hits = std::accumulate(lists_.begin(), lists_.end(), std::size_t{0},
                                      [](std::size_t sum, const List& list) { return sum + list.size(); });
    return weakened(hits > products_ / 8 ? sum_all() : merge_all());
}

std::size_t SlotLists::shortest() const noexcept {
    std::size_t least = products_;
    for (const auto& list : lists_) least = std::min(least, list.size());
    return least;
}

std::vector<Scored> SlotLists::every_of(const std::vector<std::uint32_t>& products) const {
    std::vector<Scored> found;
    if (lists_.empty() || !complete_) return found;
    found.reserve(products.size());
    for (const auto product : products) found.push_back({product, 0});
    for (const auto& list : lists_) with(list, [&](const auto& view) { keep_common(found, view); });
    add_bonus(found);
    return found;
}

std::vector<Scored> SlotLists::any_of(const std::vector<std::uint32_t>& products) const {
    std::vector<Partial> found;
    found.reserve(products.size());
    for (const auto product : products) found.push_back({product, 0, 0});
    for (std::size_t k = 0; k < lists_.size(); ++k)
        with(lists_[k], [&](const auto& view) {
            std::size_t at = 0;
            for (auto& one : found) {
                at = seek(view, at, one.product);
                if (at == view.size()) break;
                if (view.product(at) != one.product) continue;
                one.score += view.score(at);
                one.slots |= 1U << k;
            }
        });
    std::erase_if(found, [](const Partial& one) { return one.slots == 0; });
    return weakened(std::move(found));
}

std::vector<Scored> SlotLists::weakened(std::vector<Partial> partial) const {
    for (const auto& list : bonus_) with(list, [&](const auto& view) { add_to(partial, view); });
    const auto factors = partial_factors();
    std::vector<Scored> found;
    found.reserve(partial.size());
    for (const auto& one : partial)
        found.push_back(
            {one.product, one.score * (factors.empty() ? partial_factor(one.slots) : factors[one.slots])});
    return found;
}

float SlotLists::partial_factor(std::uint32_t slots) const {
    float total = 0;
    float had = 0;
    for (std::size_t k = 0; k < lists_.size(); ++k) {
        total += shares_[k];
        if ((slots >> k & 1U) != 0) had += shares_[k];
    }
    return total > 0 ? std::pow(had / total, partial_) : 1;
}

// By combination of slots, where those are few: a power is dear.
std::vector<float> SlotLists::partial_factors() const {
    constexpr std::size_t tabled = 8;
    std::vector<float> table;
    if (lists_.size() <= tabled)
        for (std::uint32_t slots = 0; slots < 1U << lists_.size(); ++slots)
            table.push_back(partial_factor(slots));
    return table;
}

}  // namespace maru::catalog
