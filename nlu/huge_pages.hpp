// Memory for tables of megabytes that are read here and there with every message: on pages of two megabytes,
// where the system has them, finding the pages no longer costs more than reading them.
//
// A standard allocator, any thread. Small tables come from the heap as usual; where the system gives no huge
// pages, large ones do, too.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <vector>

namespace maru::nlu {

template <typename T>
struct HugePages {
    using value_type = T;
    static constexpr std::size_t page = std::size_t{2} << 20;

    HugePages() = default;
    template <typename Other>
    explicit(false) HugePages(const HugePages<Other>&) noexcept {}

    [[nodiscard]] T* allocate(std::size_t count) {
        const auto bytes = count * sizeof(T);
        if (bytes < page) return static_cast<T*>(::operator new(bytes));
        auto* memory = ::operator new (bytes, std::align_val_t{page});
        ::madvise(memory, bytes / page * page, MADV_HUGEPAGE);  // a wish: nothing depends on it
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t count) noexcept {
        if (count * sizeof(T) < page)
            ::operator delete(memory);
        else
            ::operator delete (memory, std::align_val_t{page});
    }
    bool operator==(const HugePages&) const = default;
};

template <typename T>
using HugeVector = std::vector<T, HugePages<T>>;

}  // namespace maru::nlu
