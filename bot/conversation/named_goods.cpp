#include "bot/conversation/named_goods.hpp"

#include <algorithm>
#include <array>

#include "catalog/lexicon.hpp"
#include "catalog/terms.hpp"
#include "flows/pointing.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"

namespace maru {
namespace {

bool is_one_of(const std::vector<catalog::Token>& tokens, std::string_view word) {
    return std::any_of(tokens.begin(), tokens.end(),
                       [&](const catalog::Token& one) { return one.text == word; });
}

// A word alone may be what a product is called, and mean another thing.
bool says_enough(const catalog::Product& product, std::string_view plain) {
    const auto said = catalog::tokenize(plain);
    const auto in = [&](const catalog::Texts& texts, const std::string& brand) {
        const auto title = catalog::tokens_of(texts.title);
        const auto maker = catalog::tokens_of(texts.brand.empty() ? brand : texts.brand);
        std::size_t words = 0, model = 0, makers = 0;
        for (const auto& one : said) {
            const auto word =
                one.script == catalog::Script::hangul ? std::string(text::strip_josa(one.text)) : one.text;
            if (!is_one_of(title, word)) continue;
            ++words;
            makers += is_one_of(maker, word) ? 1 : 0;
            model += one.script == catalog::Script::latin && !flows::model_names(word).empty() ? 1 : 0;
        }
        constexpr std::size_t whole = 3;
        return model > 0 || (makers > 0 && words > makers) || words >= whole;
    };
    return in(product.text, product.brand) ||
           std::any_of(product.localized.begin(), product.localized.end(),
                       [&](const auto& own) { return in(own.second, product.brand); });
}

}  // namespace

std::optional<std::string> named_outright(std::string_view words, const Bot& bot) {
    if (!bot.catalog) return std::nullopt;
    // "R3 배송 언제 와요?" asks the shop.
    const auto said = catalog::tokenize(text::normalised(words));
    if (std::any_of(said.begin(), said.end(), [](const catalog::Token& one) {
            return catalog::is_service_word(one.script == catalog::Script::hangul ? text::strip_josa(one.text)
                                                                                  : one.text);
        }))
        return std::nullopt;
    auto id = bot.catalog->named(words);
    const auto* product = id ? bot.catalog->find(*id) : nullptr;
    if (product == nullptr || !says_enough(*product, text::normalised(words))) return std::nullopt;
    return id;
}

bool asks_for_goods(std::string_view plain) {
    constexpr auto words = std::to_array<std::string_view>(
        {"추천",        "찾아",    "찾고",      "찾는",       "보여",        "비슷",    "같은 거",
         "같은거",      "말고",    "recommend", "suggest",    "looking for", "show me", "do you have",
         "do you sell", "similar", "like the",  "other than", "instead of",  "need a"});
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return plain.find(word) != std::string_view::npos; });
}

}  // namespace maru
