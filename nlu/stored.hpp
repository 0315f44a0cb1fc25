// Values in a stored model: each array behind its length, as this machine lays them out (a model is a cache
// and never leaves the machine that trained it).
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace maru::nlu {

template <typename T, typename Allocator>
void put_values(std::string& out, const std::vector<T, Allocator>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    const std::uint64_t size = values.size();
    out.append(reinterpret_cast<const char*>(&size), sizeof size);
    out.append(reinterpret_cast<const char*>(values.data()), size * sizeof(T));
}

// Takes what put_values() wrote off the front of `in`; false when it is not whole.
template <typename T, typename Allocator>
[[nodiscard]] bool take_values(std::string_view& in, std::vector<T, Allocator>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    std::uint64_t size = 0;
    if (in.size() < sizeof size) return false;
    std::memcpy(&size, in.data(), sizeof size);
    in.remove_prefix(sizeof size);
    if (size > in.size() / sizeof(T)) return false;
    values.resize(size);
    if (size > 0) std::memcpy(values.data(), in.data(), size * sizeof(T));
    in.remove_prefix(size * sizeof(T));
    return true;
}

}  // namespace maru::nlu
