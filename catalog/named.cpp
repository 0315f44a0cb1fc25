// The product that a word alone names: "바람길" is what one product is called, and nothing else on the
// shelves.
#include <algorithm>

#include "catalog/index_impl.hpp"
#include "catalog/lexicon.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::catalog {
namespace {

bool has_word(std::string_view text, std::string_view word) {
    const auto tokens = tokens_of(text);
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& one) { return one.text == word; });
}

// Only a title has it: a word of the description or of the data tells what a thing is like.
bool only_called(const Product& product, std::string_view word) {
    const auto in = [&](const Texts& texts) {
        return std::any_of(texts.attributes.begin(), texts.attributes.end(), [&](const auto& one) {
            return has_word(one.first, word) || has_word(one.second, word);
        });
    };
    bool titled = has_word(product.text.title, word);
    bool told = has_word(product.text.description, word) || has_word(product.text.product_type, word);
    for (const auto& [name, value] : product.attributes)
        told = told || has_word(name, word) || has_word(value, word);
    for (const auto& [locale, texts] : product.localized) {
        titled = titled || has_word(texts.title, word);
        told = told || has_word(texts.description, word) || has_word(texts.product_type, word) || in(texts);
    }
    return titled && !told;
}

}  // namespace

std::optional<std::string> Index::named(std::string_view sentence) const {
    constexpr std::size_t most_variants = 24;
    constexpr std::size_t shortest = 4;  // bytes: two syllables, or four letters
    const auto& core = *impl_->core;
    const Stemmer stemmer;
    std::optional<std::uint32_t> found;
    for (auto token : tokenize(text::normalised(sentence))) {
        if (token.script == Script::hangul) {
            if (token.text.ends_with("요")) token.text.resize(token.text.size() - 3);
            token.text = std::string(text::strip_josa(token.text));
        }
        const bool model =
            token.text.find_first_of("0123456789") != std::string::npos && token.script != Script::digits;
        if ((token.text.size() < shortest && !model) || token.script == Script::digits ||
            is_stop_word(token.text) || is_asking_word(token.text) || is_service_word(token.text) ||
            color_of(token.text))
            continue;
        const auto term = core.terms.find(term_of(token, stemmer));
        if (term == no_term) continue;
        const auto having = core.list(term);
        if (having.empty() || having.size() > most_variants) continue;
        const auto group = core.group[having.front().product];
        const bool one = std::all_of(having.begin(), having.end(), [&](const Posting& posting) {
            return core.group[posting.product] == group &&
                   only_called(impl_->products[posting.product], token.text);
        });
        if (!one) continue;
        if (found && core.group[*found] != group) return std::nullopt;
        found = having.front().product;
    }
    return found ? std::optional(impl_->products[*found].id) : std::nullopt;
}

}  // namespace maru::catalog
