// Slots → scored products: which products have what was asked for, and how well. Internal to catalog/.
// Everything here reads a Core and nothing else; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "catalog/core.hpp"
#include "catalog/slots.hpp"

namespace maru::catalog {

struct Scored {
    std::uint32_t product;
    float score;
};

// The products that have each slot. The Core must outlive it.
class SlotLists {
  public:
    // `favoured`: words that no product needs, but that raise those that have them.
    SlotLists(const Core& core, const std::vector<Slot>& slots, const std::vector<Slot>& favoured = {});

    // Products with every slot, by product.
    [[nodiscard]] std::vector<Scored> every() const;
    // Products with at least one slot, by product; those with few of them score less.
    [[nodiscard]] std::vector<Scored> any() const;
    // The same among `products` (sorted) only.
    [[nodiscard]] std::vector<Scored> every_of(const std::vector<std::uint32_t>& products) const;
    [[nodiscard]] std::vector<Scored> any_of(const std::vector<std::uint32_t>& products) const;
    // Products of the shortest slot: every() has at most as many.
    [[nodiscard]] std::size_t shortest() const noexcept;
    // Adds what favoured words and words side by side give; `scored` by product.
    void add_bonus(std::vector<Scored>& scored) const;

  private:
    struct Partial {
        std::uint32_t product;
        float score;
        std::uint32_t slots;  // a bit per slot that it has
    };
    // A slot with one way of one term is read straight from the postings and scored as it is met, so that the
    // longest lists, those of common words, are never copied; all others are merged into hits first.
    struct List {
        std::span<const Posting> postings;
        std::vector<Scored> hits;
        bool merged = false;
        float scale = 1;
        float k1 = 0;
        [[nodiscard]] std::size_t size() const noexcept { return merged ? hits.size() : postings.size(); }
    };
    static List list_of(const Core& core, const Slot& slot);
    void add_pairs(const Core& core, const std::vector<Slot>& slots);
    void add_favoured(const Core& core, const std::vector<Slot>& favoured);
    [[nodiscard]] std::vector<Scored> weakened(std::vector<Partial> partial) const;
    [[nodiscard]] std::vector<Partial> merge_all() const;
    [[nodiscard]] std::vector<Partial> sum_all() const;
    [[nodiscard]] std::vector<float> partial_factors() const;
    [[nodiscard]] float partial_factor(std::uint32_t slots) const;

    template <class Visit>
    static void with(const List& list, Visit visit);
    template <class View>
    static void keep_common(std::vector<Scored>& found, const View& list);
    template <class Row, class View>
    static void add_to(Row& scored, const View& list);

    std::vector<List> lists_;     // by slot
    std::vector<float> weights_;  // by slot: how much it tells products apart
    std::vector<float> shares_;   // by slot: how much it counts to have it, when not all are had
    std::vector<List> bonus_;     // favoured words, and two words side by side: never a condition
    std::uint32_t products_;
    float partial_;
    bool complete_ = true;  // some product has each of the slots (each by itself)
};

}  // namespace maru::catalog
