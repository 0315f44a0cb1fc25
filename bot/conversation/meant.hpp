// What a message is after, without what it sets aside: "앱은 됐고 토요일에도 전화 받아요?" asks when the
// phone is answered, "I asked about the cooker, not a parcel" speaks of no parcel, "no I need under 1000 W"
// is no refusal. What is set aside must not decide what a message is taken for. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace maru {

struct Meant {
    std::string words;     // as written; empty: nothing is set aside, or nothing would be left
    std::string aside;     // what was, normalised (text::normalised), parts between blanks
    bool matters = false;  // more than courtesy and "no" was set aside
    // Of which a part stops what was going on: "cancel that repair", "nothing is broken".
    bool ends = false;
    // Of which a part tells or denies something, rather than naming what is not meant.
    bool tells = false;
    // The message without what it only tells or denies, where goods are looked for in it; empty: all of it.
    std::string asks;
    // Says that what came before missed the point: "…냐고요", "that's not what I asked".
    bool insists = false;
};

[[nodiscard]] Meant meant(std::string_view words);

}  // namespace maru
