// What a slot of a running flow can hold, and the slots themselves. Plain values; JSON on disk.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "nlu/understanding.hpp"

namespace maru::flows {

// monostate: not set. A list holds product ids, the way search results are kept.
using Value = std::variant<std::monostate, bool, double, std::string, nlu::Money, std::vector<std::string>>;

// As JSON: null, true, 3.5, "text", {"min", "max", "currency"}, ["id", …].
[[nodiscard]] nlohmann::json to_json(const Value& value);
[[nodiscard]] std::optional<Value> value_from_json(const nlohmann::json& json);

[[nodiscard]] bool is_set(const Value& value) noexcept;
// What conditions take for true: everything that is set but false, 0, "" and an empty list.
[[nodiscard]] bool is_true(const Value& value) noexcept;
// A number where there is one: numbers, numeric texts, a sum of money (its limit when it is a range).
[[nodiscard]] std::optional<double> as_number(const Value& value) noexcept;
// For keys, searches and comparisons; numbers without needless decimals. Not set is "".
[[nodiscard]] std::string as_text(const Value& value);

// Equality as an admin means it: "3" equals 3, texts differ in case and outer blanks only. Nothing equals
// nothing.
[[nodiscard]] bool same(const Value& a, const Value& b);

class Slots {
  public:
    // The value; monostate when not set.
    [[nodiscard]] const Value& get(std::string_view name) const noexcept;
    [[nodiscard]] bool has(std::string_view name) const noexcept { return is_set(get(name)); }
    void set(std::string_view name, Value value);  // monostate removes it
    void clear(std::string_view name) { set(name, {}); }
    [[nodiscard]] const std::vector<std::pair<std::string, Value>>& all() const noexcept { return all_; }
    [[nodiscard]] bool empty() const noexcept { return all_.empty(); }

    [[nodiscard]] nlohmann::json to_json() const;
    [[nodiscard]] static std::optional<Slots> from_json(const nlohmann::json& json);

    bool operator==(const Slots&) const = default;

  private:
    std::vector<std::pair<std::string, Value>> all_;  // by name; a flow has a handful
};

}  // namespace maru::flows
