#include "flows/value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace maru::flows {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string number_text(double number) {
    if (number == std::floor(number) && std::abs(number) < 1e15)
        return std::to_string(static_cast<long long>(number));
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return {buffer.data(), result.ptr};
}

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

nlohmann::json to_json(const Value& value) {
    struct Visitor {
        nlohmann::json operator()(std::monostate) const { return nullptr; }
        nlohmann::json operator()(bool v) const { return v; }
        nlohmann::json operator()(double v) const { return v; }
        nlohmann::json operator()(const std::string& v) const { return v; }
        nlohmann::json operator()(const nlu::Money& v) const {
            nlohmann::json out = {{"currency", v.currency}};
            if (v.min) out["min"] = *v.min;
            if (v.max) out["max"] = *v.max;
            if (v.approximate) out["approximate"] = true;
            return out;
        }
        nlohmann::json operator()(const std::vector<std::string>& v) const { return v; }
    };
    return std::visit(Visitor{}, value);
}

std::optional<Value> value_from_json(const nlohmann::json& json) {
    if (json.is_null()) return Value{};
    if (json.is_boolean()) return Value{json.get<bool>()};
    if (json.is_number()) return Value{json.get<double>()};
    if (json.is_string()) return Value{json.get<std::string>()};
    if (json.is_array()) {
        std::vector<std::string> list;
        for (const auto& item : json) {
            if (!item.is_string()) return std::nullopt;
            list.push_back(item.get<std::string>());
        }
        return Value{std::move(list)};
    }
    nlu::Money money;
    for (const auto& [key, item] : json.items()) {
        if (key == "currency" && item.is_string()) {
            money.currency = item.get<std::string>();
        } else if (key == "min" && item.is_number_integer()) {
            money.min = item.get<std::int64_t>();
        } else if (key == "max" && item.is_number_integer()) {
            money.max = item.get<std::int64_t>();
        } else if (key == "approximate" && item.is_boolean()) {
            money.approximate = item.get<bool>();
        } else {
            return std::nullopt;
        }
    }
    return Value{std::move(money)};
}

bool is_set(const Value& value) noexcept {
    return !std::holds_alternative<std::monostate>(value);
}

bool is_true(const Value& value) noexcept {
    if (const bool* b = std::get_if<bool>(&value)) return *b;
    if (const double* d = std::get_if<double>(&value)) return *d != 0;
    if (const auto* s = std::get_if<std::string>(&value)) return !s->empty();
    if (const auto* l = std::get_if<std::vector<std::string>>(&value)) return !l->empty();
    return is_set(value);
}

std::optional<double> as_number(const Value& value) noexcept {
    if (const double* d = std::get_if<double>(&value)) return *d;
    if (const auto* m = std::get_if<nlu::Money>(&value)) {
        if (m->max) return static_cast<double>(*m->max);
        if (m->min) return static_cast<double>(*m->min);
        return std::nullopt;
    }
    if (const auto* s = std::get_if<std::string>(&value)) {
        const std::string_view text = trimmed(*s);
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size() && std::isfinite(number)) return number;
    }
    return std::nullopt;
}

std::string as_text(const Value& value) {
    struct Visitor {
        std::string operator()(std::monostate) const { return {}; }
        std::string operator()(bool v) const { return v ? "true" : "false"; }
        std::string operator()(double v) const { return number_text(v); }
        std::string operator()(const std::string& v) const { return v; }
        std::string operator()(const nlu::Money& v) const {
            const auto amount = v.max ? v.max : v.min;
            return amount ? std::to_string(*amount) : std::string{};
        }
        std::string operator()(const std::vector<std::string>& v) const {
            std::string out;
            for (const std::string& item : v) out += (out.empty() ? "" : ", ") + item;
            return out;
        }
    };
    return std::visit(Visitor{}, value);
}

bool same(const Value& a, const Value& b) {
    if (!is_set(a) || !is_set(b)) return is_set(a) == is_set(b);
    if (std::holds_alternative<bool>(a) || std::holds_alternative<bool>(b)) {
        if (a.index() == b.index()) return a == b;
    } else if (const auto x = as_number(a), y = as_number(b); x && y) {
        return *x == *y;
    }
    const std::string left = as_text(a);
    const std::string right = as_text(b);
    const std::string_view x = trimmed(left);
    const std::string_view y = trimmed(right);
    return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                      [](char p, char q) { return lower(p) == lower(q); });
}

namespace {

// Sorted by name, so that equal slots are equal however they came about.
auto place(auto& all, std::string_view name) noexcept {
    return std::lower_bound(all.begin(), all.end(), name,
                            [](const auto& entry, std::string_view key) { return entry.first < key; });
}

}  // namespace

const Value& Slots::get(std::string_view name) const noexcept {
    static const Value unset;
    const auto at = place(all_, name);
    return at != all_.end() && at->first == name ? at->second : unset;
}

void Slots::set(std::string_view name, Value value) {
    const auto at = place(all_, name);
    const bool found = at != all_.end() && at->first == name;
    if (!is_set(value)) {
        if (found) all_.erase(at);
    } else if (found) {
        at->second = std::move(value);
    } else {
        all_.emplace(at, std::string(name), std::move(value));
    }
}

nlohmann::json Slots::to_json() const {
    nlohmann::json out = nlohmann::json::object();
    for (const auto& [name, value] : all_) out[name] = flows::to_json(value);
    return out;
}

std::optional<Slots> Slots::from_json(const nlohmann::json& json) {
    if (!json.is_object()) return std::nullopt;
    Slots slots;
    for (const auto& [name, item] : json.items()) {
        auto value = value_from_json(item);
        if (!value) return std::nullopt;
        slots.set(name, std::move(*value));
    }
    return slots;
}

}  // namespace maru::flows
