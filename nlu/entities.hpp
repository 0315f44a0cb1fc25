// The built-in entities, found by scanning; each finder in a file of its own.
//
// Pure and linear. Finders run in the order of find_entities(); what one has claimed no later one reads
// again, so "010-1234-5678" is a phone and not three numbers.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/numbers.hpp"
#include "nlu/phrase_list.hpp"
#include "nlu/reading.hpp"

namespace maru::nlu {

// What the finders share of one message.
struct Scan {
    static constexpr std::size_t most = 200;  // entities of a message; what says more says nothing
    const Reading& reading;
    std::vector<NumberSpan> numbers;
    std::vector<char> taken;  // by code point
    std::vector<Found> found;
    std::string_view default_currency;

    Scan(const Reading& r, std::string_view currency)
        : reading(r), numbers(find_numbers(r)), taken(r.size(), 0), default_currency(currency) {}

    [[nodiscard]] bool free(std::size_t begin, std::size_t end) const {
        for (auto i = begin; i < end; ++i)
            if (taken[i]) return false;
        return true;
    }
    // The number that begins at `begin`; null when none does.
    [[nodiscard]] const NumberSpan* number_at(std::size_t begin) const {
        const auto at = std::lower_bound(
            numbers.begin(), numbers.end(), begin,
            [](const NumberSpan& number, std::size_t place) { return number.begin < place; });
        return at != numbers.end() && at->begin == begin ? &*at : nullptr;
    }
    void claim(std::string_view type, Value value, std::size_t begin, std::size_t end) {
        for (auto i = begin; i < end; ++i) taken[i] = 1;
        if (found.size() < most) found.push_back({std::string(type), std::move(value), begin, end});
    }
};

void find_contacts(Scan& scan);    // email, phone
void find_money(Scan& scan);       // money
void find_datetimes(Scan& scan);   // datetime, and durations that stand for a day ("3일 뒤")
void find_references(Scan& scan);  // ordinal, yes_no
void find_measures(Scan& scan);    // duration, quantity, size, then number
void find_attributes(Scan& scan);  // comparative, color, size

// Korean behind a unit or a name: nothing, particles or a word that may follow a count; false when the
// syllables go on as another word ("네 장바구니").
[[nodiscard]] bool may_end_word(const Reading& reading, std::size_t end);

// "X 말고", "except X", and "not X" where X is one of `known`; the claimed parts may be entities already.
void find_negations(const Reading& reading, std::vector<Found>& found);

// A word of a small fixed list that begins at `i` on borders; returns its length, 0 when none.
template <typename List>
[[nodiscard]] std::size_t starts_any(const Reading& reading, std::size_t i, const List& words) {
    if constexpr (requires { words.may_begin(U' '); })
        if (!words.may_begin(reading.at(i))) return 0;
    std::size_t best = 0;
    for (const std::u32string_view word : words)
        if (word.size() > best && reading.starts(i, word)) best = word.size();
    return best;
}

}  // namespace maru::nlu
