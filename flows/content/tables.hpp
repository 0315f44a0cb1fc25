// tables/*.yaml and tables/*.csv: rows that flows look up by a key, such as orders. The file's name is the
// table's.
//
//   version: 1
//   key: order_number
//   rows:
//     - {order_number: 20261101-0001, status: {ko: 배송 중, en: on its way}, eta: 2026-11-24}
//
// As CSV (RFC 4180) the first line names the columns and the first column is the key; `status.ko,status.en`
// make one column with two locales. Immutable once loaded; safe to share between threads.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "flows/content/common.hpp"
#include "flows/content/shop.hpp"

namespace maru::flows {

struct Table {
    std::string name;
    Where where;
    std::string key;                           // the column that find() goes by
    std::vector<std::string> columns;          // in order of appearance
    std::vector<std::vector<LocalText>> rows;  // parallel to columns; an empty text: no value

    // The first row whose key column is `value`; case, spaces, width and punctuation aside. nullptr: none.
    [[nodiscard]] const std::vector<LocalText>* find(std::string_view value) const;
    // The same by another column, which takes a pass over all rows.
    [[nodiscard]] const std::vector<LocalText>* find(std::string_view column, std::string_view value) const;
    [[nodiscard]] std::size_t column(std::string_view name) const noexcept;  // columns.size(): none

    void build_index();
    std::unordered_map<std::string, std::size_t> index;  // folded key → row
};

struct Tables {
    std::vector<Table> all;
    [[nodiscard]] const Table* find(std::string_view name) const noexcept;
    [[nodiscard]] std::vector<std::string> names() const;
};

// Adds one file; `name` is the table's. Files that end in ".csv" are CSV, all others YAML.
void read_table(std::string_view text, std::string_view name, const Context& context, Tables& into);

// The stores as a table named "stores" with the columns id, name, address, hours, directions, note, phone and
// region, found by id.
[[nodiscard]] Table stores_table(const Stores& stores);

// What find() compares.
[[nodiscard]] std::string folded_key(std::string_view value);

}  // namespace maru::flows
