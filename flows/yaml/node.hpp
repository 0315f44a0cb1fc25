// A parsed YAML file as a small tree in which every key and value knows its place.
//
// Everything is text until a reader asks for a type: `no` is the string "no" where a string is wanted (there
// is no guessing of types). Immutable after parse(); safe to share between threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/yaml/problem.hpp"

namespace maru::flows::yaml {

struct Entry;

struct Node {
    enum class Kind : std::uint8_t { null, scalar, sequence, map };

    Kind kind = Kind::null;
    bool quoted = false;         // scalar written with quotes or as a block
    Position at;                 // the first character; of a null value, its key
    std::string scalar;          // scalar only
    std::vector<Node> items;     // sequence only
    std::vector<Entry> entries;  // map only, in the file's order, keys unique

    [[nodiscard]] bool is_null() const noexcept { return kind == Kind::null; }
    [[nodiscard]] bool is_scalar() const noexcept { return kind == Kind::scalar; }
    [[nodiscard]] bool is_sequence() const noexcept { return kind == Kind::sequence; }
    [[nodiscard]] bool is_map() const noexcept { return kind == Kind::map; }

    // The entry of a map, nullptr when there is none or this is no map.
    [[nodiscard]] const Entry* find(std::string_view key) const noexcept;
};

struct Entry {
    std::string key;
    Position key_at;
    Node value;
};

// "text", "list", "map" or "nothing": for messages.
[[nodiscard]] std::string_view kind_name(const Node& node) noexcept;

// Each guards against a file made to exhaust the server; all are far beyond what a person writes.
struct Limits {
    std::size_t bytes = 1U << 20U;        // of the file
    std::size_t nodes = 200'000;          // of the tree, aliases expanded
    std::size_t alias_bytes = 1U << 20U;  // text that aliases may add
    std::size_t depth = 32;               // of nesting, aliases expanded
};

// Reads one YAML document (YAML 1.2 syntax; anchors and aliases yes; merge keys, custom tags and several
// documents no). An empty file is a null node. On a problem that leaves no tree (syntax, limits, invalid
// UTF-8) the answer is nullopt and `problems` says why; duplicate keys are reported and the first one is
// kept. Never throws on any input.
[[nodiscard]] std::optional<Node> parse(std::string_view text, std::string_view file, Problems& problems,
                                        const Limits& limits = {});

}  // namespace maru::flows::yaml
