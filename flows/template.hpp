// Texts with places to fill in: "{name}님, {product|title}을(를) 찾았어요. {product|price}".
//
// `{slot}` is the slot's value, `{slot|filter}` the value shown in a certain way; filters may be chained:
//   price    a sum in the shop's currency, or a product's price     number   1,234
//   title link    of the product whose id the slot holds            upper lower
//   count    how many things a list holds                           or:TEXT  TEXT when there is nothing
// `{{` and `}}` are braces. Korean particles with both forms, as in `{item}을(를)`, are settled by the word
// before them. Parsed once, immutable, safe to share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/search.hpp"
#include "flows/text.hpp"
#include "flows/value.hpp"

namespace maru::flows {

// How a value appears to a visitor.
struct Display {
    std::string_view locale;
    std::string_view currency;                // ISO 4217: what a bare number is in for `|price`
    const catalog::Index* catalog = nullptr;  // for title, link and price of products
};

class Template {
  public:
    enum class Filter : std::uint8_t { price, number, title, link, upper, lower, count, otherwise };
    struct Part {
        std::string text;  // the words themselves, or the slot's name
        bool slot = false;
        std::size_t at = 0;  // byte offset of the slot's name
        std::vector<std::pair<Filter, std::string>> filters;
    };
    struct Error {
        std::size_t at = 0;
        std::string message;
    };

    // The template, or what is wrong with it.
    [[nodiscard]] static std::pair<std::optional<Template>, Error> parse(std::string_view text);

    // Text for a visitor. `value_of(name) → Value` gives raw values, `label_of(name, value) → std::string`
    // what a value is called in this locale ("" when it has no name).
    template <typename ValueOf, typename LabelOf>
    [[nodiscard]] std::string render(const Display& display, ValueOf&& value_of, LabelOf&& label_of) const {
        std::string out;
        bool filled = false;
        for (const Part& part : parts_) {
            if (!part.slot) {
                out += part.text;
                continue;
            }
            filled = true;
            const Value value = value_of(part.text);
            std::string label = part.filters.empty() ? label_of(part.text, value) : std::string{};
            out += label.empty() ? shown(value, part.filters, display) : label;
        }
        return filled ? settled(out) : out;
    }

    // The raw value when the template is one bare slot, else the text; for keys, searches and assignments.
    template <typename ValueOf>
    [[nodiscard]] Value resolve(const Display& display, ValueOf&& value_of) const {
        if (parts_.empty()) return {};
        if (parts_.size() == 1 && parts_[0].slot && parts_[0].filters.empty())
            return value_of(parts_[0].text);
        const auto no_label = [](std::string_view, const Value&) { return std::string{}; };
        return render(display, value_of, no_label);
    }

    [[nodiscard]] const std::vector<Part>& parts() const noexcept { return parts_; }
    [[nodiscard]] bool empty() const noexcept { return parts_.empty(); }

  private:
    [[nodiscard]] static std::string shown(const Value& value,
                                           const std::vector<std::pair<Filter, std::string>>& filters,
                                           const Display& display);
    [[nodiscard]] static std::string settled(const std::string& text);

    std::vector<Part> parts_;
};

// A LocalText whose variants are templates.
struct LocalTemplate {
    yaml::Position at;
    std::vector<std::pair<std::string, std::vector<Template>>> locales;  // "" stands for every locale

    [[nodiscard]] bool empty() const noexcept { return locales.empty(); }
    // The variant that `seed` chooses; nullptr when there is no text. Same fallbacks as LocalText.
    [[nodiscard]] const Template* pick(std::string_view locale, std::size_t seed) const noexcept;
};

}  // namespace maru::flows
