// The product that a word alone names: "바람길" is what one product is called, and nothing else on the
// shelves.
#include <algorithm>

#include "catalog/index_impl.hpp"
#include "catalog/lexicon.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::catalog {

namespace {

// "Timer" in the title of a lamp that has one: what it has, and what others have, too.
bool has_field_called(const Product& product, std::string_view word) {
    const auto called = [&](const Attributes& fields) {
        return std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
            const auto name = " " + text::normalised(field.first) + " ";
            return name.find(" " + std::string(word) + " ") != std::string::npos;
        });
    };
    return called(product.attributes) ||
           std::any_of(product.localized.begin(), product.localized.end(),
                       [&](const auto& own) { return called(own.second.attributes); });
}

}  // namespace

bool Index::has_word(std::string_view word) const {
    return impl_->core->vocabulary.find(word) != no_term;
}

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
        // A word of the description or of the data tells what a thing is like, not what it is called.
        constexpr auto called = static_cast<std::uint16_t>(field_bit(Field::title) | field_bit(Field::head) |
                                                           field_bit(Field::model));
        const bool one = std::all_of(having.begin(), having.end(), [&](const Posting& posting) {
            return core.group[posting.product] == group && (posting.fields & ~called) == 0;
        });
        if (!one || has_field_called(impl_->products[having.front().product], token.text)) continue;
        if (found && core.group[*found] != group) return std::nullopt;
        found = having.front().product;
    }
    return found ? std::optional(impl_->products[*found].id) : std::nullopt;
}

}  // namespace maru::catalog
