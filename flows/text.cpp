#include "flows/text.hpp"

#include <utility>

namespace maru::flows {

const LocalText::Variants* LocalText::variants(std::string_view locale) const noexcept {
    const Variants* fallback = nullptr;
    for (const auto& [name, texts] : locales) {
        if (name == locale) return &texts;
        if (name.empty()) fallback = &texts;
    }
    if (fallback == nullptr && !locales.empty()) fallback = &locales.front().second;
    return fallback;
}

std::string_view LocalText::pick(std::string_view locale, std::size_t seed) const noexcept {
    const Variants* texts = variants(locale);
    if (texts == nullptr || texts->empty()) return {};
    return (*texts)[seed % texts->size()];
}

bool LocalText::covers(std::string_view locale) const noexcept {
    for (const auto& [name, texts] : locales)
        if (name.empty() || name == locale) return true;
    return false;
}

LocalText LocalText::everywhere(std::string text) {
    LocalText out;
    out.locales.push_back({"", {std::move(text)}});
    return out;
}

}  // namespace maru::flows
