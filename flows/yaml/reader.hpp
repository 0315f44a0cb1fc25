// Reads a map of a config file against its schema: asks for each key once, with its type; every wrong value
// becomes a Problem and a harmless default, so that one run finds everything.
//
//     Context context{"stores.yaml", problems, {"ko", "en"}};
//     Reader r(node, context);
//     store.id = r.required_string("id");
//     store.name = r.required_text("name");
//     store.parking = r.optional_bool("parking", false);
//     r.finish();  // keys that were not asked for are errors, with the nearest known one suggested
//
// A Reader refers to its Node and Context, which must outlive it. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/text.hpp"
#include "flows/yaml/node.hpp"
#include "flows/yaml/problem.hpp"

namespace maru::flows::yaml {

// Where problems of one file go, and which locales its texts should come in.
struct Context {
    std::string file;
    Problems& problems;
    // Locales the bot speaks ("ko", "en"); empty: any locale is let through unchecked.
    std::vector<std::string> locales;

    void error(Position at, std::string message) const { problems.error(file, at, std::move(message)); }
    void warning(Position at, std::string message) const { problems.warning(file, at, std::move(message)); }
};

// Readings of one node; nullopt after a problem was reported. `what` names the value in messages ("`port`").
[[nodiscard]] std::optional<std::string> read_string(const Node& node, std::string_view what,
                                                     const Context& context);
[[nodiscard]] std::optional<bool> read_bool(const Node& node, std::string_view what, const Context& context);
[[nodiscard]] std::optional<std::int64_t> read_int(
    const Node& node, std::string_view what, const Context& context,
    std::int64_t least = std::numeric_limits<std::int64_t>::min(),
    std::int64_t most = std::numeric_limits<std::int64_t>::max());
[[nodiscard]] std::optional<double> read_number(const Node& node, std::string_view what,
                                                const Context& context,
                                                double least = std::numeric_limits<double>::lowest(),
                                                double most = std::numeric_limits<double>::max());
// "90" (seconds), "500ms", "90s", "30m", "8h", "7d".
[[nodiscard]] std::optional<std::chrono::milliseconds> read_duration(const Node& node, std::string_view what,
                                                                     const Context& context);
// One text or a list of texts.
[[nodiscard]] std::optional<std::vector<std::string>> read_strings(const Node& node, std::string_view what,
                                                                   const Context& context);
// See flows/text.hpp for the forms. Missing and unknown locales are reported (the first as a warning).
[[nodiscard]] std::optional<LocalText> read_text(const Node& node, std::string_view what,
                                                 const Context& context);

// Whether the node has the form of a text rather than of a map with other keys: a scalar, or a list of
// scalars, or a map whose keys all look like locales ("ko", "en", "en-GB").
[[nodiscard]] bool looks_like_text(const Node& node) noexcept;

class Reader {
  public:
    // A node that is no map is reported as `what` ("a store") and then read as an empty one without further
    // noise.
    Reader(const Node& node, const Context& context, std::string_view what = "this part");

    [[nodiscard]] bool is_map() const noexcept { return node_->is_map(); }
    [[nodiscard]] Position at() const noexcept { return node_->at; }
    // The place of a key's value, of the map itself when the key is absent.
    [[nodiscard]] Position at(std::string_view key) const noexcept;
    [[nodiscard]] bool has(std::string_view key) const noexcept { return node_->find(key) != nullptr; }
    [[nodiscard]] const Context& context() const noexcept { return *context_; }

    // Files carry `version: N`; reports a missing or newer one. The answer is usable either way.
    std::int64_t version(std::int64_t newest);

    std::string required_string(std::string_view key);
    std::string optional_string(std::string_view key, std::string_view fallback = {});
    // An identifier: letters, digits, `_`, `-`, `.` and any non-ASCII character; at most 64 bytes.
    std::string required_id(std::string_view key);
    std::string optional_id(std::string_view key);

    bool optional_bool(std::string_view key, bool fallback);
    std::int64_t required_int(std::string_view key,
                              std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                              std::int64_t most = std::numeric_limits<std::int64_t>::max());
    std::int64_t optional_int(std::string_view key, std::int64_t fallback,
                              std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                              std::int64_t most = std::numeric_limits<std::int64_t>::max());
    double optional_number(std::string_view key, double fallback,
                           double least = std::numeric_limits<double>::lowest(),
                           double most = std::numeric_limits<double>::max());
    std::chrono::milliseconds optional_duration(std::string_view key, std::chrono::milliseconds fallback);

    std::vector<std::string> required_strings(std::string_view key);
    std::vector<std::string> optional_strings(std::string_view key);

    LocalText required_text(std::string_view key);
    LocalText optional_text(std::string_view key);

    // One of a fixed set of names.
    template <typename T>
    T optional_enum(std::string_view key, T fallback,
                    std::initializer_list<std::pair<std::string_view, T>> names) {
        std::vector<std::string_view> known;
        for (const auto& [name, value] : names) known.push_back(name);
        const std::string_view found = one_of(key, known);
        for (const auto& [name, value] : names)
            if (name == found) return value;
        return fallback;
    }

    // Values with their own schema. nullptr when absent; the typed ones also when of another kind (reported).
    const Node* child(std::string_view key);
    const Node* required_child(std::string_view key);
    const Node* map(std::string_view key);
    const Node* list(std::string_view key);
    const Node* required_map(std::string_view key);
    const Node* required_list(std::string_view key);

    // Names a key as known without reading it.
    void allow(std::string_view key);

    void error(std::string_view key, std::string message) const {
        context_->error(at(key), std::move(message));
    }
    void warning(std::string_view key, std::string message) const {
        context_->warning(at(key), std::move(message));
    }

    // Reports every key that nobody asked for.
    void finish();

  private:
    const Entry* take(std::string_view key);
    const Entry* take_required(std::string_view key);
    std::string_view one_of(std::string_view key, const std::vector<std::string_view>& known);

    const Node* node_;
    const Context* context_;
    std::string what_;
    std::vector<std::string> known_;
};

}  // namespace maru::flows::yaml
