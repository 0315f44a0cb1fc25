// Sizes of bedding, which have names instead of figures: of the product and of its variants.
#include <algorithm>
#include <array>

#include "catalog/answerer.hpp"
#include "catalog/labels.hpp"

namespace maru::catalog {
namespace {

struct BedSize {
    std::string_view korean, english, written;
    bool plain;  // the English word has no other meaning
};

// Longest names first: a "super single" is no "single".
constexpr auto kBedSizes = std::to_array<BedSize>({{"슈퍼싱글", "super single", "Super Single", true},
                                                   {"라지킹", "california king", "California King", true},
                                                   {"싱글", "single", "Single", false},
                                                   {"더블", "double", "Double", false},
                                                   {"킹", "king", "King", true},
                                                   {"퀸", "queen", "Queen", true}});

const BedSize* size_in(std::string_view value) {
    const auto size = std::find_if(kBedSizes.begin(), kBedSizes.end(), [&](const BedSize& one) {
        return value.starts_with(one.korean) || value.starts_with(one.english);
    });
    return size == kBedSizes.end() ? nullptr : size;
}

}  // namespace

// "킹사이즈도 있어요?", "does it come in queen?", of a duvet that is made for a single bed.
void Answerer::bed_size() {
    const auto own_size = [&](const Product& product) -> std::string_view {
        // Feeds state it once, in the shop's own language.
        const auto& attributes = product.attributes;
        const auto field = std::find_if(attributes.begin(), attributes.end(),
                                        [](const auto& one) { return one.first == "size"; });
        return field == attributes.end() ? std::string_view() : std::string_view(field->second);
    };
    if (size_in(lower(own_size(product_))) == nullptr) return;
    // "싱글꺼 여름에 덮기 괜찮아요?" asks for no size, and "show me kings" for other goods.
    if (!asks({"있", "사이즈", "size", "come in", "available", "make it", "have it"}) ||
        asks({"보여", "추천", "show me"}))
        return;
    const auto is_other = [&](std::size_t i) { return words[i].token.script != Script::hangul; };
    const BedSize* wanted = nullptr;
    std::size_t place = words.size();
    for (std::size_t i = 0; i < words.size() && wanted == nullptr; ++i) {
        const auto next = i + 1 < words.size() ? std::string_view(words[i + 1].bare) : std::string_view();
        for (const auto& one : kBedSizes) {
            const bool named =
                is_other(i)
                    ? words[i].bare == one.english || (words[i].bare + ' ' + std::string(next)) == one.english
                    : words[i].bare == one.korean ||
                          words[i].bare.starts_with(std::string(one.korean) + "사이즈");
            if (!named || (is_other(i) && !one.plain && next != "size" && next != "bed")) continue;
            wanted = &one;
            place = i;
            words[i].explained = true;
            // "Queen size" asks for no length.
            if (next == "size" || next.starts_with("사이즈")) words[i + 1].explained = true;
            break;
        }
    }
    if (wanted == nullptr) return;
    Answer found;
    found.attribute = name_label("size", locale_);
    found.kind = Answer::Kind::no;
    const auto& core = *index_.core;
    const auto group = core.group[static_cast<std::size_t>(&product_ - index_.products.data())];
    std::vector<const BedSize*> sizes;
    for (std::size_t i = 0; i < index_.products.size(); ++i) {
        const auto* size = core.group[i] == group ? size_in(lower(own_size(index_.products[i]))) : nullptr;
        if (size == nullptr || std::find(sizes.begin(), sizes.end(), size) != sizes.end()) continue;
        sizes.push_back(size);
        if (size == wanted) found.kind = Answer::Kind::yes;
        found.value +=
            (found.value.empty() ? "" : ", ") + std::string(locale_ == "ko" ? size->korean : size->written);
    }
    found_.push_back({place, std::move(found)});
}

}  // namespace maru::catalog
