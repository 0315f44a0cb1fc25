// A set of words by their 64-bit hashes: one look in one array, nothing allocated to ask.
//
// Two words fall together once in 2^64 / size askings, which nothing here minds. Safe to share once filled.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace maru::nlu {

class HashSet {
  public:
    void insert(std::uint64_t hash) {
        if ((used_ + 1) * 2 > slots_.size()) grow();
        auto& slot = slots_[find(hash)];
        used_ += slot == 0;
        slot = keyed(hash);
    }
    void insert(std::u32string_view word) { insert(hash_of(word)); }
    [[nodiscard]] bool contains(std::uint64_t hash) const noexcept {
        return !slots_.empty() && slots_[find(hash)] != 0;
    }
    [[nodiscard]] bool contains(std::u32string_view word) const noexcept { return contains(hash_of(word)); }

    [[nodiscard]] static constexpr std::uint64_t hash_of(std::u32string_view word) noexcept {
        std::uint64_t h = 0x9E3779B97F4A7C15ULL + word.size();
        for (const auto c : word) h = (h ^ c) * 0xD6E8FEB86659FD93ULL, h ^= h >> 32;
        return h;
    }

  private:
    // 0 marks a free slot.
    [[nodiscard]] static constexpr std::uint64_t keyed(std::uint64_t hash) noexcept {
        return hash == 0 ? 1 : hash;
    }
    [[nodiscard]] std::size_t find(std::uint64_t hash) const noexcept {
        const auto mask = slots_.size() - 1;
        auto at = static_cast<std::size_t>(hash) & mask;
        while (slots_[at] != 0 && slots_[at] != keyed(hash)) at = (at + 1) & mask;
        return at;
    }
    void grow() {
        std::vector<std::uint64_t> old(slots_.empty() ? 64 : slots_.size() * 2);
        old.swap(slots_);
        for (const auto hash : old)
            if (hash != 0) slots_[find(hash)] = hash;
    }

    std::vector<std::uint64_t> slots_;
    std::size_t used_ = 0;
};

}  // namespace maru::nlu
