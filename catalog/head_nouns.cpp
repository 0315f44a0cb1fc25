#include "catalog/head_nouns.hpp"

#include <algorithm>
#include <array>

#include "catalog/lexicon.hpp"

namespace maru::catalog {
namespace {

bool has_digit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Words after which a title speaks of something else, and adjectives that end a noun phrase in lists of
// properties.
bool ends_noun_phrase(std::string_view word) {
    constexpr auto words =
        std::to_array<std::string_view>({"with", "for", "w", "and", "in", "from", "by", "to", "original",
                                         "compatible", "new", "용", "및", "세트용", "without", "on"});
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Nouns that add little to the one before them: a "notebook PC" is a notebook, a "bread maker machine" a
// bread maker.
bool is_light_noun(std::string_view word) {
    constexpr auto words = std::to_array<std::string_view>({"pc", "computer", "kit", "set", "device",
                                                            "system", "unit", "pack", "machine", "series",
                                                            "세트", "키트", "기기", "제품", "시리즈", "팩"});
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::vector<std::size_t> head_words(const std::vector<Token>& title, std::size_t brand_words) {
    std::vector<std::size_t> heads;
    constexpr std::size_t none = ~std::size_t{0};
    constexpr std::size_t phrases = 2;
    std::size_t first = none;  // of the phrase at hand
    std::size_t last = none;
    std::size_t found = 0;
    const auto close = [&] {
        if (last == none) return;
        heads.push_back(last);
        while (last > first && is_light_noun(title[last].text)) heads.push_back(--last);
        first = last = none;
        ++found;
    };
    for (std::size_t i = brand_words; i < title.size() && found < phrases; ++i) {
        if (title[i].before != 0 && !title[i].hyphened && title[i].before != U'&' && title[i].before != U'·')
            close();
        if (found == phrases) break;
        const auto& word = title[i].text;
        if (has_digit(word) || ends_noun_phrase(word) || color_of(word) || title[i].script == Script::other) {
            close();
            // What a thing is for is another thing.
            if (word == "for" || word == "with" || word == "w") break;
            continue;
        }
        if (first == none) first = i;
        last = i;
    }
    if (found < phrases) close();
    return heads;
}

}  // namespace maru::catalog
