#include "catalog/labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "nlu/text/normalise.hpp"

namespace maru::catalog {
namespace {

struct BuiltinNames {
    std::string_view key, ko, en;
};
constexpr std::array<BuiltinNames, 9> kNames{{{"price", "가격", "Price"},
                                              {"brand", "브랜드", "Brand"},
                                              {"rating", "평점", "Rating"},
                                              {"color", "색상", "Color"},
                                              {"availability", "재고", "Availability"},
                                              {"mpn", "모델명", "Model"},
                                              {"size", "크기", "Size"},
                                              {"material", "소재", "Material"},
                                              {"weight", "무게", "Weight"}}};

}  // namespace

std::string spaced_name(std::string_view name) {
    std::string label(name);
    std::replace(label.begin(), label.end(), '_', ' ');
    return label;
}

std::string name_label(std::string_view name, std::string_view locale) {
    for (const auto& known : kNames)
        if (known.key == name) return std::string(locale == "ko" ? known.ko : known.en);
    return spaced_name(name);
}

bool takes_away(std::string_view name) {
    constexpr auto parts = std::to_array<std::string_view>({"cancel", "reduc", "캔슬", "차단"});
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return name.find(part) != std::string_view::npos; });
}

std::optional<bool> yes_or_no(std::string_view value) {
    constexpr std::size_t longest = 20;  // bytes; an index asks this of every value of its feed
    const auto said = value.substr(0, value.find(" ("));
    if (said.size() > longest) return std::nullopt;
    const auto text = text::normalised(said, {.shorten_repeats = false});
    constexpr auto yes = std::to_array<std::string_view>(
        {"true", "yes", "예", "네", "지원", "가능", "있음", "o", "포함", "y", "supported", "included"});
    constexpr auto no = std::to_array<std::string_view>({"false", "no", "아니오", "아니요", "미지원", "불가",
                                                         "불가능", "없음", "x", "미포함", "n",
                                                         "not supported", "none", "지원 안 함", "지원안함"});
    if (std::find(yes.begin(), yes.end(), text) != yes.end()) return true;
    if (std::find(no.begin(), no.end(), text) != no.end()) return false;
    return std::nullopt;
}

std::string availability_label(std::string_view availability, std::string_view locale) {
    const bool ko = locale == "ko";
    if (availability == "in_stock") return ko ? "재고 있음" : "In stock";
    if (availability == "out_of_stock") return ko ? "품절" : "Out of stock";
    if (availability == "preorder") return ko ? "예약 판매" : "Preorder";
    return ko ? "주문 후 입고" : "Backorder";
}

std::string rating_label(const std::optional<double>& rating) {
    if (!rating) return {};
    const auto tenths = std::lround(*rating * 10);
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

std::string value_label(std::string_view value, std::string_view locale) {
    const bool ko = locale == "ko";
    if (value == "true") return ko ? "예" : "Yes";
    if (value == "false") return ko ? "아니요" : "No";
    return std::string(value);
}

}  // namespace maru::catalog
