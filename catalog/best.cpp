// "Which is lighter?", "제일 조용한 건 뭐예요?": the one of a few products that has the most, or the least,
// of something measured.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "catalog/index_impl.hpp"
#include "catalog/labels.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::catalog {
namespace {

struct Comparing {
    std::array<std::string_view, 10> said;    // parts of the question
    std::array<std::string_view, 6> written;  // parts of attribute names, the best first
    bool most = false;
};
constexpr std::array<Comparing, 14> kComparing{{
    {{"less power", "less electricity", "cheaper to run", "cheapest to run", "less to run", "전기 덜",
      "전기를 덜", "전기세가 덜", "전기세 덜", "전기료가 덜"},
     {"소비전력", "power"},
     false},
    {{"lighter", "lightest", "less heavy", "가벼", "가볍", "덜 무거"}, {"무게", "weight"}, false},
    {{"heavier", "heaviest", "더 무거", "제일 무거", "가장 무거"}, {"무게", "weight"}, true},
    {{"quieter", "quietest", "less noisy", "조용", "소음이 적", "소음 적", "소음이 작", "소음 작", "덜 시끄"},
     {"소음", "noise"},
     false},
    {{"louder", "loudest", "noisier", "더 시끄"}, {"소음", "noise"}, true},
    {{"cheaper", "cheapest", "less expensive", "더 싸", "더 싼", "제일 싼", "가장 싼", "저렴"},
     {"price"},
     false},
    {{"more expensive", "most expensive", "더 비싸", "더 비싼", "제일 비싼", "가장 비싼"}, {"price"}, true},
    {{"better rated", "best rated", "highest rated", "평점", "평이 더", "후기가 더", "better reviews",
      "best reviews", "후기가 좋"},
     {"rating"},
     true},
    {{"lasts longer", "lasts the longest", "last longer", "longer battery", "longest battery", "오래 가",
      "오래가", "더 오래", "better battery", "제일 오래"},
     {"재생 시간", "사용 시간", "playtime", "run time", "배터리", "battery"},
     true},
    {{"brighter", "brightest", "더 밝", "제일 밝", "가장 밝"}, {"밝기", "bright"}, true},
    {{"suction", "흡입력"}, {"흡입력", "suction"}, true},
    {{"bigger", "biggest", "larger", "largest", "더 크", "더 큰", "제일 큰", "가장 큰", "더 많이 들"},
     {"용량", "capacity", "사용 면적", "room size", "화면 크기", "screen"},
     true},
    {{"smaller", "smallest", "더 작", "제일 작", "가장 작"},
     {"용량", "capacity", "사용 면적", "room size", "화면 크기", "screen"},
     false},
    {{"taller", "tallest", "더 높", "제일 높"}, {"높이", "height"}, true},
}};

// A value's first number, in base units where it is a measure ("2.3 kg", "254 g each").
std::optional<double> figure(std::string_view value) {
    const auto tokens = tokenize(text::normalised(value, {.shorten_repeats = false}));
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (const auto measure = measure_at(tokens, i)) return measure->measure.value;
        if (tokens[i].script == Script::digits) return std::strtod(tokens[i].text.c_str(), nullptr);
    }
    return std::nullopt;
}

struct Field {
    std::string name, value;
    double figure = 0;
};

std::optional<Field> field_of(const Product& product, const Texts& texts, std::string_view written,
                              std::string_view locale) {
    if (written == "price")
        return Field{name_label("price", locale), format_price(product.price, locale),
                     static_cast<double>(product.price.amount)};
    if (written == "rating") {
        if (!product.rating) return std::nullopt;
        return Field{name_label("rating", locale), rating_label(product.rating), *product.rating};
    }
    for (const auto& [name, value] : texts.attributes) {
        const auto plain = text::normalised(spaced_name(name));
        if (plain.find(written) == std::string::npos || takes_away(plain)) continue;
        if (const auto number = figure(value)) return Field{name_label(name, locale), value, *number};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Best> Index::best(std::span<const std::string> ids, std::string_view question,
                                std::string_view locale) const {
    const auto plain = text::normalised(question);
    const auto comparing = std::find_if(kComparing.begin(), kComparing.end(), [&](const Comparing& one) {
        return std::any_of(one.said.begin(), one.said.end(), [&](std::string_view said) {
            return !said.empty() && plain.find(said) != std::string::npos;
        });
    });
    if (comparing == kComparing.end() || ids.size() < 2) return std::nullopt;
    for (const auto written : comparing->written) {
        if (written.empty()) break;
        std::optional<Best> best;
        double most = 0;
        bool all = true, tie = false;
        for (const auto& id : ids) {
            const auto* product = find(id);
            const auto field = product == nullptr
                                   ? std::nullopt
                                   : field_of(*product, product->texts(locale), written, locale);
            all = all && field.has_value();
            if (!field) break;
            const auto own = comparing->most ? field->figure : -field->figure;
            tie = best && own == most ? true : best && own < most ? tie : false;
            if (best && own <= most) continue;
            most = own;
            best = Best{id, field->name, field->value};
        }
        if (all && best && !tie) return best;
    }
    return std::nullopt;
}

}  // namespace maru::catalog
