// One JSON object of the wire taken apart into the fields the contract knows, before anything is known of its
// type. Internal to the decoder.
//
// Strict JSON and strict UTF-8 (Boost.JSON's parser, without building a document); nesting is limited,
// unknown fields are skipped wherever they stand and however deep they are, a known field that appears twice
// is an error. Cost is linear in the bytes; nothing is allocated unless a string holds an escape or a list is
// given.
//
// Thread-safe (no shared state). `Fields` holds views of the bytes it was read from and of itself: it is
// neither copied nor moved, and dies before the bytes do.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/wire/frames.hpp"

namespace maru::wire {

enum class Slot : std::uint8_t {
    type,
    id,
    text,
    choice,
    token,
    conversation,
    after,
    before,
    limit,
    locale,
    site,
    page,
    identity,
    name,
    product,
    value,
    on,
    seq,
    survey,
    score,
    comment,
    status,
    products,
    epoch,
    note,
    to,
    resolution,
    add,
    remove,
    page_url,
    page_title,
    identity_id,
    identity_name,
    identity_email,
    identity_hmac,
    value_amount,
    value_currency,
    to_agent,
    to_team,
    to_bot,
    count,
    none = count
};

enum class Kind : std::uint8_t {
    absent,  // not there, or null
    text,
    integer,  // whole and within 53 bits, so that JavaScript's numbers survive
    number,   // any other number
    boolean,
    object,
    list,  // of strings; of products also objects, of which the `id` counts
    mixed  // a list that holds something else
};

struct Field {
    Kind kind = Kind::absent;
    bool seen = false;
    bool flag = false;
    std::int64_t integer = 0;
    std::string_view text;
};

class Fields {
  public:
    Fields() = default;
    Fields(const Fields&) = delete;
    Fields& operator=(const Fields&) = delete;

    [[nodiscard]] const Field& operator[](Slot slot) const { return fields_[static_cast<std::size_t>(slot)]; }
    [[nodiscard]] Field& operator[](Slot slot) { return fields_[static_cast<std::size_t>(slot)]; }
    [[nodiscard]] std::vector<std::string> list(Slot slot) const;

    std::array<Field, static_cast<std::size_t>(Slot::count)> fields_;
    std::vector<std::pair<Slot, std::string_view>> items_;
    std::string unescaped_;  // what strings with escapes say; reserved once, never grows beyond
};

enum class Shape : std::uint8_t { object, not_json, too_deep, not_an_object, twice };

// What is wrong with the whole; `twice` names the field in `culprit`.
[[nodiscard]] Shape read_fields(std::string_view bytes, Fields& out, Slot& culprit);

// The field's path as people write it: "page.url".
[[nodiscard]] std::string_view path_of(Slot slot);

}  // namespace maru::wire
