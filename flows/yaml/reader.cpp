#include "flows/yaml/reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace maru::flows::yaml {
namespace {

std::string expected(std::string_view what, std::string_view right, const Node& node) {
    std::string out(what);
    out += " must be ";
    out += right;
    out += ", here is ";
    if (node.is_scalar()) {
        out += '`' + shown(node.scalar) + '`';
    } else {
        out += node.is_null() ? "" : "a ";
        out += kind_name(node);
    }
    return out;
}

template <typename T>
std::optional<T> parsed(std::string_view text) {
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string number_text(double value) {
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), result.ptr};
}

template <typename T>
std::string range_text(T least, T most) {
    const bool has_least = least != std::numeric_limits<T>::lowest();
    const bool has_most = most != std::numeric_limits<T>::max();
    const auto show = [](T value) {
        if constexpr (std::is_integral_v<T>) {
            return std::to_string(value);
        } else {
            return number_text(value);
        }
    };
    if (has_least && has_most) return " from " + show(least) + " to " + show(most);
    if (has_least) return " of at least " + show(least);
    if (has_most) return " of at most " + show(most);
    return {};
}

bool is_locale(std::string_view key) noexcept {
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    if (key.size() < 2 || !lower(key[0]) || !lower(key[1])) return false;
    if (key.size() == 2) return true;
    const auto letter = [&](char c) { return lower(c) || (c >= 'A' && c <= 'Z'); };
    return key.size() == 5 && key[2] == '-' && letter(key[3]) && letter(key[4]);
}

bool has_hangul(std::string_view text) noexcept {
    // Syllables U+AC00–U+D7A3 start with EA B0 … ED 9E.
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        const auto a = static_cast<unsigned char>(text[i]);
        const auto b = static_cast<unsigned char>(text[i + 1]);
        if ((a == 0xEA && b >= 0xB0) || a == 0xEB || a == 0xEC || (a == 0xED && b <= 0x9E)) return true;
    }
    return false;
}

std::size_t latin_words(std::string_view text) noexcept {
    std::size_t words = 0;
    std::size_t letters = 0;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        letters = letter ? letters + 1 : 0;
        if (letters == 2) ++words;
    }
    return words;
}

// A text written once for all locales is right for names and symbols; a whole sentence is in one language
// only.
void warn_one_language(const LocalText::Variants& variants, Position at, std::string_view what,
                       const Context& context) {
    const auto speaks = [&](std::string_view locale) {
        return std::find(context.locales.begin(), context.locales.end(), locale) != context.locales.end();
    };
    if (context.locales.size() < 2) return;
    for (const std::string& text : variants) {
        const bool hangul = has_hangul(text);
        if ((hangul && context.locales.size() > (speaks("ko") ? 1U : 0U)) ||
            (!hangul && speaks("ko") && latin_words(text) >= 3)) {
            context.warning(at, std::string(what) +
                                    " is in one language only; write it once for each, as in " + "{" +
                                    context.locales[0] + ": …, " + context.locales[1] + ": …}");
            return;
        }
    }
}

std::optional<LocalText::Variants> read_variants(const Node& node, std::string_view what,
                                                 const Context& context) {
    LocalText::Variants out;
    if (node.is_sequence() && !node.items.empty()) {
        for (const Node& item : node.items) {
            auto text = read_string(item, what, context);
            if (!text) return std::nullopt;
            out.push_back(std::move(*text));
        }
        return out;
    }
    if (node.is_scalar()) {
        auto text = read_string(node, what, context);
        if (!text) return std::nullopt;
        out.push_back(std::move(*text));
        return out;
    }
    context.error(
        node.at,
        expected(what, "a text, a list of variants, or a map of locales such as {ko: …, en: …}", node));
    return std::nullopt;
}

}  // namespace

std::optional<std::string> read_string(const Node& node, std::string_view what, const Context& context) {
    if (node.is_scalar() && node.scalar.find_first_not_of(" \t\r\n") != std::string::npos) {
        std::string text = node.scalar;
        // A block text (`|`) ends with a line break that nobody wrote on purpose.
        while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
        return text;
    }
    if (node.is_scalar() || node.is_null()) {
        context.error(node.at, std::string(what) + " is empty; write a text or remove it");
    } else {
        context.error(node.at, expected(what, "a text (if it is one, put quotes around it)", node));
    }
    return std::nullopt;
}

std::optional<bool> read_bool(const Node& node, std::string_view what, const Context& context) {
    static constexpr std::array<std::string_view, 3> yes = {"true", "yes", "on"};
    static constexpr std::array<std::string_view, 3> no = {"false", "no", "off"};
    if (node.is_scalar()) {
        if (std::find(yes.begin(), yes.end(), node.scalar) != yes.end()) return true;
        if (std::find(no.begin(), no.end(), node.scalar) != no.end()) return false;
    }
    context.error(node.at, expected(what, "true or false", node));
    return std::nullopt;
}

std::optional<std::int64_t> read_int(const Node& node, std::string_view what, const Context& context,
                                     std::int64_t least, std::int64_t most) {
    if (node.is_scalar()) {
        const auto value = parsed<std::int64_t>(node.scalar);
        if (value && *value >= least && *value <= most) return value;
    }
    context.error(node.at, expected(what, "a whole number" + range_text(least, most), node));
    return std::nullopt;
}

std::optional<double> read_number(const Node& node, std::string_view what, const Context& context,
                                  double least, double most) {
    if (node.is_scalar()) {
        const auto value = parsed<double>(node.scalar);
        if (value && std::isfinite(*value) && *value >= least && *value <= most) return value;
    }
    context.error(node.at, expected(what, "a number" + range_text(least, most), node));
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> read_duration(const Node& node, std::string_view what,
                                                       const Context& context) {
    static constexpr std::array<std::pair<std::string_view, double>, 6> units = {
        {{"ms", 1}, {"s", 1e3}, {"m", 60e3}, {"h", 3600e3}, {"d", 86400e3}, {"", 1e3}}};
    if (node.is_scalar()) {
        const std::string_view text = node.scalar;
        const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
        const auto value = parsed<double>(text.substr(0, digits));
        for (const auto& [unit, milliseconds] : units) {
            // A year and more is a slip, and the product stays far from overflow.
            if (value && unit == text.substr(digits) && *value * milliseconds <= 3660.0 * 86400e3)
                return std::chrono::milliseconds(std::llround(*value * milliseconds));
        }
    }
    context.error(node.at, expected(what, "a duration such as 500ms, 90s, 30m, 8h or 7d", node));
    return std::nullopt;
}

std::optional<std::vector<std::string>> read_strings(const Node& node, std::string_view what,
                                                     const Context& context) {
    std::vector<std::string> out;
    if (!node.is_sequence()) {
        auto text = read_string(node, what, context);
        if (!text) return std::nullopt;
        out.push_back(std::move(*text));
        return out;
    }
    for (const Node& item : node.items)
        if (auto text = read_string(item, what, context)) out.push_back(std::move(*text));
    return out;
}

bool looks_like_text(const Node& node) noexcept {
    if (node.is_scalar()) return true;
    const auto scalar = [](const Node& item) { return item.is_scalar(); };
    if (node.is_sequence()) return std::all_of(node.items.begin(), node.items.end(), scalar);
    return node.is_map() && !node.entries.empty() &&
           std::all_of(node.entries.begin(), node.entries.end(),
                       [](const Entry& e) { return is_locale(e.key); });
}

std::optional<LocalText> read_text(const Node& node, std::string_view what, const Context& context) {
    LocalText out;
    out.at = node.at;
    if (!node.is_map()) {
        auto variants = read_variants(node, what, context);
        if (!variants) return std::nullopt;
        warn_one_language(*variants, node.at, what, context);
        out.locales.push_back({"", std::move(*variants)});
        return out;
    }
    for (const Entry& entry : node.entries) {
        const bool known = context.locales.empty() ? is_locale(entry.key)
                                                   : std::find(context.locales.begin(), context.locales.end(),
                                                               entry.key) != context.locales.end();
        if (!known) {
            context.error(entry.key_at, "`" + shown(entry.key) + "` is not a locale of this bot" +
                                            suggestion(entry.key, context.locales));
            continue;
        }
        if (auto variants =
                read_variants(entry.value, std::string(what) + " for `" + entry.key + "`", context))
            out.locales.push_back({entry.key, std::move(*variants)});
    }
    if (out.locales.empty()) {
        if (node.entries.empty())
            context.error(node.at, std::string(what) + " is empty; write a text or remove it");
        return std::nullopt;
    }
    for (const std::string& locale : context.locales) {
        if (node.find(locale) == nullptr)
            context.warning(node.at, std::string(what) + " has no text for `" + locale + "`; add it");
    }
    return out;
}

Reader::Reader(const Node& node, const Context& context, std::string_view what)
    : node_(&node), context_(&context), what_(what) {
    if (node.is_map()) return;
    static const Node nothing = [] {
        Node map;
        map.kind = Node::Kind::map;
        return map;
    }();
    context.error(node.at, expected(what, "a map of `key: value` lines", node));
    node_ = &nothing;
    what_.clear();  // also silences what is required of it
}

Position Reader::at(std::string_view key) const noexcept {
    const Entry* entry = node_->find(key);
    return entry == nullptr ? node_->at : entry->value.at;
}

const Entry* Reader::take(std::string_view key) {
    allow(key);
    return node_->find(key);
}

const Entry* Reader::take_required(std::string_view key) {
    const Entry* entry = take(key);
    if (entry == nullptr && !what_.empty())
        context_->error(node_->at, what_ + " has no `" + std::string(key) + "`; add it");
    return entry;
}

void Reader::allow(std::string_view key) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
}

namespace {
std::string ticked(std::string_view key) {
    return '`' + std::string(key) + '`';
}
}  // namespace

std::int64_t Reader::version(std::int64_t newest) {
    const Entry* entry = take_required("version");
    if (entry == nullptr) return newest;
    const auto value = read_int(entry->value, "`version`", *context_, 1);
    if (value && *value > newest) {
        context_->error(entry->value.at, "version " + std::to_string(*value) +
                                             " is newer than this program knows (" + std::to_string(newest) +
                                             "); update the program");
    }
    return value.value_or(newest);
}

std::string Reader::required_string(std::string_view key) {
    const Entry* entry = take_required(key);
    return entry == nullptr ? std::string{} : read_string(entry->value, ticked(key), *context_).value_or("");
}

std::string Reader::optional_string(std::string_view key, std::string_view fallback) {
    const Entry* entry = take(key);
    if (entry == nullptr) return std::string(fallback);
    return read_string(entry->value, ticked(key), *context_).value_or(std::string(fallback));
}

std::string Reader::required_id(std::string_view key) {
    return take_required(key) == nullptr ? std::string{} : optional_id(key);
}

std::string Reader::optional_id(std::string_view key) {
    const Entry* entry = take(key);
    if (entry == nullptr) return {};
    auto id = read_string(entry->value, ticked(key), *context_);
    if (!id) return {};
    const bool fits = id->size() <= 64 && std::all_of(id->begin(), id->end(), [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                 c == '_' || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
                      });
    if (!fits) {
        context_->error(entry->value.at,
                        "`" + shown(*id) + "` is no name; use letters, digits, `_`, `-` and `.`, at most 64");
        return {};
    }
    return *id;
}

bool Reader::optional_bool(std::string_view key, bool fallback) {
    const Entry* entry = take(key);
    return entry == nullptr ? fallback : read_bool(entry->value, ticked(key), *context_).value_or(fallback);
}

std::int64_t Reader::required_int(std::string_view key, std::int64_t least, std::int64_t most) {
    const Entry* entry = take_required(key);
    return entry == nullptr ? least
                            : read_int(entry->value, ticked(key), *context_, least, most).value_or(least);
}

std::int64_t Reader::optional_int(std::string_view key, std::int64_t fallback, std::int64_t least,
                                  std::int64_t most) {
    const Entry* entry = take(key);
    return entry == nullptr ? fallback
                            : read_int(entry->value, ticked(key), *context_, least, most).value_or(fallback);
}

double Reader::optional_number(std::string_view key, double fallback, double least, double most) {
    const Entry* entry = take(key);
    return entry == nullptr
               ? fallback
               : read_number(entry->value, ticked(key), *context_, least, most).value_or(fallback);
}

std::chrono::milliseconds Reader::optional_duration(std::string_view key,
                                                    std::chrono::milliseconds fallback) {
    const Entry* entry = take(key);
    return entry == nullptr ? fallback
                            : read_duration(entry->value, ticked(key), *context_).value_or(fallback);
}

std::vector<std::string> Reader::required_strings(std::string_view key) {
    return take_required(key) == nullptr ? std::vector<std::string>{} : optional_strings(key);
}

std::vector<std::string> Reader::optional_strings(std::string_view key) {
    const Entry* entry = take(key);
    if (entry == nullptr) return {};
    return read_strings(entry->value, ticked(key), *context_).value_or(std::vector<std::string>{});
}

LocalText Reader::required_text(std::string_view key) {
    return take_required(key) == nullptr ? LocalText{} : optional_text(key);
}

LocalText Reader::optional_text(std::string_view key) {
    const Entry* entry = take(key);
    return entry == nullptr ? LocalText{}
                            : read_text(entry->value, ticked(key), *context_).value_or(LocalText{});
}

std::string_view Reader::one_of(std::string_view key, const std::vector<std::string_view>& known) {
    const Entry* entry = take(key);
    if (entry == nullptr) return {};
    const auto text = read_string(entry->value, ticked(key), *context_);
    if (!text) return {};
    const auto found = std::find(known.begin(), known.end(), *text);
    if (found != known.end()) return *found;
    context_->error(entry->value.at,
                    ticked(key) + " cannot be `" + shown(*text) + "`" + suggestion(*text, known));
    return {};
}

const Node* Reader::child(std::string_view key) {
    const Entry* entry = take(key);
    return entry == nullptr ? nullptr : &entry->value;
}

const Node* Reader::required_child(std::string_view key) {
    const Entry* entry = take_required(key);
    return entry == nullptr ? nullptr : &entry->value;
}

const Node* Reader::map(std::string_view key) {
    const Node* node = child(key);
    if (node == nullptr || node->is_map()) return node;
    context_->error(node->at, expected(ticked(key), "a map of `key: value` lines", *node));
    return nullptr;
}

const Node* Reader::list(std::string_view key) {
    const Node* node = child(key);
    if (node == nullptr || node->is_sequence()) return node;
    context_->error(node->at, expected(ticked(key), "a list of `- …` lines", *node));
    return nullptr;
}

const Node* Reader::required_map(std::string_view key) {
    return take_required(key) == nullptr ? nullptr : map(key);
}
const Node* Reader::required_list(std::string_view key) {
    return take_required(key) == nullptr ? nullptr : list(key);
}

void Reader::finish() {
    for (const Entry& entry : node_->entries) {
        if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
        if (entry.key == "<<") {
            context_->error(entry.key_at, "merge keys (`<<`) are not supported; write the lines out");
            continue;
        }
        context_->error(entry.key_at,
                        "unknown key `" + shown(entry.key) + "`" + suggestion(entry.key, known_));
    }
}

}  // namespace maru::flows::yaml
