// A text that visitors read: in one or more locales, each with one or more variants to choose from.
//
// Plain value. Written in YAML as a string (for every locale), a list of variants, or a map of locales to
// either:
//   say: Hello            say: [Hello, Hi]            say: {ko: 안녕하세요, en: [Hello, Hi]}
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/yaml/problem.hpp"

namespace maru::flows {

struct LocalText {
    using Variants = std::vector<std::string>;

    yaml::Position at;
    // In the file's order; the locale "" stands for every locale. Variants are never empty.
    std::vector<std::pair<std::string, Variants>> locales;

    [[nodiscard]] bool empty() const noexcept { return locales.empty(); }

    // The variants for a locale: its own, else those for every locale, else the first ones written; nullptr
    // when empty.
    [[nodiscard]] const Variants* variants(std::string_view locale) const noexcept;

    // One variant, chosen by `seed` so that a replay chooses the same; empty when there is no text.
    [[nodiscard]] std::string_view pick(std::string_view locale, std::size_t seed = 0) const noexcept;

    // Whether a visitor of this locale gets a text written for them.
    [[nodiscard]] bool covers(std::string_view locale) const noexcept;

    // One text for every locale.
    [[nodiscard]] static LocalText everywhere(std::string text);
};

}  // namespace maru::flows
