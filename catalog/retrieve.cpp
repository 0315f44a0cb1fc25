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

}  // namespace

SlotLists::SlotLists(const Core& core, const std::vector<Slot>& slots, const std::vector<Slot>& favoured)
    : partial_(core.ranking.partial) {
    lists_.reserve(slots.size());
    for (const auto& slot : slots) {
        auto hits = hits_of(core, slot);
        complete_ = complete_ && !hits.empty();
        const float weight = idf(core.products, hits.size());
        for (auto& hit : hits) hit.score *= weight;
        weights_.push_back(weight);
        lists_.push_back(std::move(hits));
    }
    add_pairs(core, slots);
    add_favoured(core, favoured);
}

SlotLists::Hits SlotLists::hits_of(const Core& core, const Slot& slot) {
    const float k1 = slot.head ? core.ranking.head_k1 : core.ranking.k1;
    Hits result;
    for (const auto& way : slot.ways) {
        Hits own;
        const auto saturate = [&](float weight) {
            const float w = weight / 1024;
            return way.weight * w / (k1 + w);
        };
        // From the rarest term on, so that the others are only looked up.
        auto terms = way.terms;
        std::sort(terms.begin(), terms.end(),
                  [&](TermId a, TermId b) { return core.list(a).size() < core.list(b).size(); });
        const auto first = core.list(terms.front());
        own.reserve(first.size());
        std::vector<std::size_t> at(terms.size(), 0);
        for (const auto& posting : first) {
            float least = posting.weight;
            bool all = true;
            for (std::size_t t = 1; t < terms.size() && all; ++t) {
                const auto list = core.list(terms[t]);
                const auto found = std::lower_bound(
                    list.begin() + static_cast<std::ptrdiff_t>(at[t]), list.end(), posting.product,
                    [](const Posting& p, std::uint32_t value) { return p.product < value; });
                at[t] = static_cast<std::size_t>(found - list.begin());
                all = found != list.end() && found->product == posting.product;
                if (all) least = std::min(least, static_cast<float>(found->weight));
            }
            if (all) own.push_back({posting.product, saturate(least)});
        }
        if (result.empty()) {
            result = std::move(own);
            continue;
        }
        Hits merged;
        merged.reserve(result.size() + own.size());
        auto a = result.begin();
        auto b = own.begin();
        while (a != result.end() || b != own.end()) {
            if (b == own.end() || (a != result.end() && a->product < b->product)) {
                merged.push_back(*a++);
            } else if (a == result.end() || b->product < a->product) {
                merged.push_back(*b++);
            } else {
                merged.push_back({a->product, std::max(a->score, b->score)});
                ++a;
                ++b;
            }
        }
        result = std::move(merged);
    }
    return result;
}

void SlotLists::add_pairs(const Core& core, const std::vector<Slot>& slots) {
    for (std::size_t i = 0; i + 1 < slots.size(); ++i) {
        if (slots[i].term == no_term || slots[i + 1].term == no_term) continue;
        const auto id = core.terms.find(pair_term(core.terms[slots[i].term], core.terms[slots[i + 1].term]));
        if (id == no_term) continue;
        Hits hits;
        const float weight = core.ranking.pair * (weights_[i] + weights_[i + 1]) / 2;
        for (const auto& posting : core.list(id)) {
            const float w = static_cast<float>(posting.weight) / 1024;
            hits.push_back({posting.product, weight * w / (core.ranking.k1 + w)});
        }
        bonus_.push_back(std::move(hits));
    }
}

void SlotLists::add_favoured(const Core& core, const std::vector<Slot>& favoured) {
    for (const auto& slot : favoured) {
        auto hits = hits_of(core, slot);
        const float weight = idf(core.products, hits.size()) * core.ranking.favoured;
        for (auto& hit : hits) hit.score *= weight;
        bonus_.push_back(std::move(hits));
    }
}

void SlotLists::add_bonus(std::vector<Scored>& scored) const {
    for (const auto& pair : bonus_) {
        auto at = pair.begin();
        for (auto& candidate : scored) {
            while (at != pair.end() && at->product < candidate.product) ++at;
            if (at == pair.end()) break;
            if (at->product == candidate.product) candidate.score += at->score;
        }
    }
}

std::vector<Scored> SlotLists::every() const {
    std::vector<Scored> found;
    if (lists_.empty() || !complete_) return found;
    std::vector<std::size_t> order(lists_.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return lists_[a].size() < lists_[b].size(); });
    const auto bits = static_cast<std::uint32_t>((1ULL << lists_.size()) - 1);
    found.reserve(lists_[order[0]].size());
    for (const auto& hit : lists_[order[0]]) found.push_back({hit.product, hit.score, bits});
    for (std::size_t k = 1; k < order.size() && !found.empty(); ++k) {
        const auto& list = lists_[order[k]];
        auto at = list.begin();
        auto kept = found.begin();
        const bool sparse = list.size() / found.size() > 16;
        for (const auto& candidate : found) {
            if (sparse) {
                at = std::lower_bound(at, list.end(), candidate.product,
                                      [](const Hit& h, std::uint32_t value) { return h.product < value; });
            } else {
                while (at != list.end() && at->product < candidate.product) ++at;
            }
            if (at == list.end()) break;
            if (at->product != candidate.product) continue;
            *kept = candidate;
            kept->score += at->score;
            ++kept;
        }
        found.erase(kept, found.end());
    }
    add_bonus(found);
    return found;
}

std::vector<Scored> SlotLists::any() const {
    std::vector<Scored> found;
    for (std::size_t k = 0; k < lists_.size(); ++k) {
        std::vector<Scored> merged;
        merged.reserve(found.size() + lists_[k].size());
        auto a = found.begin();
        auto b = lists_[k].begin();
        const auto bit = 1U << k;
        while (a != found.end() || b != lists_[k].end()) {
            if (b == lists_[k].end() || (a != found.end() && a->product < b->product)) {
                merged.push_back(*a++);
            } else if (a == found.end() || b->product < a->product) {
                merged.push_back({b->product, b->score, bit});
                ++b;
            } else {
                merged.push_back({a->product, a->score + b->score, a->slots | bit});
                ++a;
                ++b;
            }
        }
        found = std::move(merged);
    }
    add_bonus(found);
    const float total = std::accumulate(weights_.begin(), weights_.end(), 0.0F);
    for (auto& candidate : found) {
        float had = 0;
        for (std::size_t k = 0; k < lists_.size(); ++k)
            if ((candidate.slots >> k & 1U) != 0) had += weights_[k];
        if (total > 0) candidate.score *= std::pow(had / total, partial_);
    }
    return found;
}

}  // namespace maru::catalog
