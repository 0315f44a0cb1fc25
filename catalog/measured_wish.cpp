// Wishes that the goods' own figures answer: "quiet" by the noise they state, "light" by their weight.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "catalog/index_impl.hpp"
#include "catalog/interpret.hpp"
#include "catalog/labels.hpp"
#include "catalog/lexicon.hpp"
#include "catalog/measures.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::catalog {
namespace {

struct Wish {
    std::string_view word;
    Sort sort;
};
constexpr auto kWishes = std::to_array<Wish>({{"quiet", Sort::quietest},
                                              {"quietly", Sort::quietest},
                                              {"silent", Sort::quietest},
                                              {"noiseless", Sort::quietest},
                                              {"조용한", Sort::quietest},
                                              {"조용하고", Sort::quietest},
                                              {"조용해야", Sort::quietest},
                                              {"조용히", Sort::quietest},
                                              {"light", Sort::lightest},
                                              {"lightweight", Sort::lightest},
                                              {"가벼운", Sort::lightest},
                                              {"가볍고", Sort::lightest},
                                              {"가벼워야", Sort::lightest}});

bool is_stated(const Index::Impl& index, std::uint32_t product, Sort sort) {
    if (sort == Sort::quietest) return stated_noise(index.products[product]).has_value();
    const auto own = index.core->measures_of(product);
    return std::any_of(own.begin(), own.end(),
                       [](const Measure& measure) { return measure.kind == Measure::Kind::mass; });
}

// What a title says ("a quiet mouse") is looked for as any word is.
bool in_some_title(const Index::Impl& index, const std::vector<std::uint32_t>& goods, std::string_view word) {
    for (const auto& slot : read_slots(*index.core, word))
        for (const auto& way : slot.ways)
            for (const auto term : way.terms)
                for (const auto& posting : index.core->list(term))
                    if ((posting.fields & field_bit(Field::title)) != 0 &&
                        std::binary_search(goods.begin(), goods.end(), posting.product))
                        return true;
    return false;
}

}  // namespace

std::optional<double> stated_noise(const Product& product) {
    constexpr auto noise = std::to_array<std::string_view>({"소음", "noise", "sound level"});
    for (const auto& [name, value] : product.attributes) {
        const auto plain = text::normalised(name);
        const bool told = std::any_of(noise.begin(), noise.end(), [&](std::string_view word) {
            return plain.find(word) != std::string::npos;
        });
        if (!told || takes_away(plain)) continue;
        const auto digit = value.find_first_of("0123456789");
        if (digit != std::string::npos) return std::strtod(value.c_str() + digit, nullptr);
    }
    return std::nullopt;
}

void prefer_measured(const Index::Impl& index, Interpretation& said) {
    auto& query = said.query;
    if (query.sort != Sort::relevance || query.types.empty() || query.text.empty()) return;
    const auto padded = " " + query.text + " ";
    for (const auto& [word, sort] : kWishes) {
        const auto at = padded.find(" " + std::string(word) + " ");
        if (at == std::string::npos) continue;
        Query kinds;
        kinds.types = query.types;
        auto goods = Filter(index, kinds).passing(0);
        const auto is_told = [&index, by = sort](std::uint32_t one) { return is_stated(index, one, by); };
        const auto stated = static_cast<std::size_t>(std::count_if(goods.begin(), goods.end(), is_told));
        if (stated == 0 || stated * 2 < goods.size() || in_some_title(index, goods, word)) continue;
        auto text = padded;
        text.erase(at, word.size() + 1);
        query.text = text.size() > 2 ? text.substr(1, text.size() - 2) : std::string();
        query.sort = sort;
        said.constrains = true;
        return;
    }
}

}  // namespace maru::catalog
