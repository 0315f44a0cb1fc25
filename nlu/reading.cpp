#include "nlu/reading.hpp"

#include <algorithm>

namespace maru::nlu {

Reading::Reading(std::string_view text) {
    codes.reserve(text.size());
    byte.reserve(text.size() + 1);
    for (std::size_t at = 0; at < text.size();) {
        const auto [code, size] = text::decode(text, at);
        codes.push_back(code);
        byte.push_back(static_cast<std::uint32_t>(at));
        at += size;
    }
    byte.push_back(static_cast<std::uint32_t>(text.size()));
}

bool Reading::stands(std::size_t i, std::u32string_view what) const noexcept {
    return codes.size() - i >= what.size() && std::equal(what.begin(), what.end(), codes.data() + i);
}

}  // namespace maru::nlu
