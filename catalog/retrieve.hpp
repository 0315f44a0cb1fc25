// Slots → scored products: which products have what was asked for, and how well. Internal to catalog/.
// Everything here reads a Core and nothing else; any thread.
#pragma once

#include <vector>

#include "catalog/core.hpp"
#include "catalog/slots.hpp"

namespace maru::catalog {

struct Scored {
    std::uint32_t product;
    float score;
    std::uint32_t slots;  // a bit per slot that it has
};

// The products that have each slot.
class SlotLists {
  public:
    // `favoured`: words that no product needs, but that raise those that have them.
    SlotLists(const Core& core, const std::vector<Slot>& slots, const std::vector<Slot>& favoured = {});

    // Products with every slot, by product.
    [[nodiscard]] std::vector<Scored> every() const;
    // Products with at least one slot, by product; those with few of them score less.
    [[nodiscard]] std::vector<Scored> any() const;
    // Has some product each of the slots (each by itself)?
    [[nodiscard]] bool complete() const noexcept { return complete_; }

  private:
    struct Hit {
        std::uint32_t product;
        float score;
    };
    using Hits = std::vector<Hit>;
    static Hits hits_of(const Core& core, const Slot& slot);
    void add_pairs(const Core& core, const std::vector<Slot>& slots);
    void add_favoured(const Core& core, const std::vector<Slot>& favoured);

  public:
    // Adds what favoured words and words side by side give; `scored` by product.
    void add_bonus(std::vector<Scored>& scored) const;

  private:
    std::vector<Hits> lists_;     // by slot
    std::vector<float> weights_;  // by slot: how much it tells products apart
    std::vector<Hits> bonus_;     // favoured words, and two words side by side: never a condition
    float partial_;
    bool complete_ = true;
};

}  // namespace maru::catalog
