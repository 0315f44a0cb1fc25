#include "catalog/contraries.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace maru::catalog {
namespace {

constexpr auto kWithout = std::to_array<std::string_view>({"wireless", "cordless", "무선"});
constexpr auto kWith = std::to_array<std::string_view>({"wired", "corded", "유선"});

template <std::size_t N>
bool ask_for(const std::vector<Slot>& slots, const std::array<std::string_view, N>& words) {
    return std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) {
        return std::find(words.begin(), words.end(), slot.written) != words.end();
    });
}

template <std::size_t N>
std::vector<std::uint32_t> terms_of(const Core& core, const std::array<std::string_view, N>& words) {
    const Stemmer stemmer;
    std::vector<std::uint32_t> terms;
    for (const auto word : words)
        for (const auto& token : tokenize(word))
            if (const auto term = core.terms.find(term_of(token, stemmer)); term != no_term)
                terms.push_back(term);
    return terms;
}

}  // namespace

std::vector<std::uint32_t> contrary_terms(const Core& core, const std::vector<Slot>& slots) {
    const bool without = ask_for(slots, kWithout), with = ask_for(slots, kWith);
    if (without == with) return {};
    return without ? terms_of(core, kWith) : terms_of(core, kWithout);
}

bool is_called_one_of(const Core& core, std::uint32_t product, const std::vector<std::uint32_t>& terms) {
    return std::any_of(terms.begin(), terms.end(), [&](std::uint32_t term) {
        const auto list = core.list(term);
        const auto at = std::lower_bound(
            list.begin(), list.end(), product,
            [](const Posting& posting, std::uint32_t wanted) { return posting.product < wanted; });
        return at != list.end() && at->product == product && (at->fields & field_bit(Field::title)) != 0;
    });
}

}  // namespace maru::catalog
