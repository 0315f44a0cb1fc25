#include "bot/conversation/named_goods.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <span>

#include "catalog/lexicon.hpp"
#include "catalog/terms.hpp"
#include "flows/pointing.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

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

// "Candles" of "Scents > Candles", but not of "Scents > Candle Warmers".
bool is_kind(std::string_view product_type, std::string_view type) {
    constexpr std::string_view between = " > ";
    for (std::size_t begin = 0; begin <= product_type.size();) {
        const auto end = std::min(product_type.find(between, begin), product_type.size());
        if (product_type.substr(begin, end - begin) == type) return true;
        begin = end + between.size();
    }
    return false;
}

}  // namespace

bool is_of_kind(const std::string& id, const std::vector<std::string>& types, const Bot& bot) {
    const auto* product = bot.catalog->find(id);
    return product != nullptr && std::any_of(types.begin(), types.end(), [&](const std::string& type) {
               return is_kind(product->text.product_type, type);
           });
}

bool asks_of_service(std::string_view plain) {
    const auto said = catalog::tokenize(plain);
    return std::any_of(said.begin(), said.end(), [](const catalog::Token& one) {
        return catalog::is_service_word(one.script == catalog::Script::hangul ? text::strip_josa(one.text)
                                                                              : one.text);
    });
}

std::optional<std::string> named_outright(std::string_view words, const Bot& bot) {
    if (!bot.catalog) return std::nullopt;
    // "R3 배송 언제 와요?" asks the shop.
    if (asks_of_service(text::normalised(words))) return std::nullopt;
    auto id = bot.catalog->named(words);
    const auto* product = id ? bot.catalog->find(*id) : nullptr;
    if (product == nullptr || !says_enough(*product, text::normalised(words))) return std::nullopt;
    return id;
}

namespace {

bool has_any_of(std::string_view plain, std::span<const std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return plain.find(word) != std::string_view::npos; });
}

// Nothing, or the wish to see what is named.
bool says_nothing_more(std::string_view rest) {
    constexpr auto wishes = std::to_array<std::string_view>(
        {"show",   "me",     "looking", "for",  "find",   "see",       "about",  "have",       "sell",
         "please", "want",   "need",    "the",  "a",      "i",         "you",    "do",         "can",
         "hi",     "hello",  "그",      "저기", "혹시",   "안녕",      "보여줘", "보여주세요", "보여",
         "찾아",   "찾아줘", "찾아요",  "찾고", "찾는데", "있나요",    "있어요", "있어",       "있나",
         "있음",   "요",     "주세요",  "줘",   "줘요",   "찾아주세요"});
    const auto words = catalog::tokenize(text::normalised(rest));
    return std::all_of(words.begin(), words.end(), [&](const catalog::Token& one) {
        return catalog::is_stop_word(one.text) || catalog::color_of(one.text) ||
               std::find(wishes.begin(), wishes.end(), one.text) != wishes.end();
    });
}

}  // namespace

bool asks_for_alike(std::string_view plain) {
    constexpr auto words = std::to_array<std::string_view>(
        {"비슷", "같은 거", "같은거", "말고", "similar", "like the", "other than", "instead of"});
    return has_any_of(plain, words);
}

bool asks_for_goods(std::string_view plain) {
    constexpr auto words =
        std::to_array<std::string_view>({"추천", "찾아", "찾고", "찾는", "보여", "recommend", "suggest",
                                         "looking for", "show me", "do you have", "do you sell", "need a"});
    return asks_for_alike(plain) || has_any_of(plain, words);
}

bool asks_what_there_is(std::string_view plain) {
    static const RE2 what(
        R"((?:거|것|건|게|제품|상품|종류)(?:로|는|은|로는|중에|중에는|중엔)? ?(?:뭐|뭐가|어떤 ?거|어떤 ?게|어떤 ?것) ?있|(?:^|[^a-z])what (?:[a-z-]+ ){1,4}(?:do|d) ?(?:you|u|ya) (?:have|sell|stock|carry))");
    return RE2::PartialMatch(re2::StringPiece(plain.data(), plain.size()), what);
}

std::optional<Titled> titled(std::string_view words, const Bot& bot) {
    constexpr std::size_t most = 4;
    if (!bot.catalog) return std::nullopt;
    auto one = bot.catalog->titled(words);
    if (!one) return std::nullopt;
    static const RE2 title(R"(@(\d)@)");
    Titled found{{}, std::string(words), {}};
    // What looks like a mark and is the visitor's. Marks share no "@", so the second pass leaves none.
    if (RE2::PartialMatch(found.marked, title)) {
        while (RE2::GlobalReplace(&found.marked, title, "@ \\1@") > 0) {
        }
        one = bot.catalog->titled(found.marked);
    }
    std::vector<std::string> ids;  // a mark each, as they were found
    for (; one && ids.size() < most; one = bot.catalog->titled(found.marked)) {
        ids.push_back(std::move(one->id));
        found.marked.replace(one->title.begin, one->title.end - one->title.begin,
                             fmt::format("@{}@", ids.size()));
    }
    if (ids.empty()) return std::nullopt;
    // Numbered as they stand, and who is named twice has one number.
    std::string numbered, rest, which;
    re2::StringPiece left(found.marked);
    for (auto from = left; RE2::FindAndConsume(&left, title, &which); from = left) {
        const auto* product = bot.catalog->find(ids[static_cast<std::size_t>(which.front() - '1')]);
        const auto before = std::string_view(from.data(), from.size() - left.size() - which.size() - 2);
        auto at = std::find(found.products.begin(), found.products.end(), product);
        if (at == found.products.end()) at = found.products.insert(at, product);
        (numbered += before) += fmt::format("@{}@", at - found.products.begin() + 1);
        (rest += before) += ' ';
    }
    (numbered += std::string_view(left.data(), left.size()));
    (rest += std::string_view(left.data(), left.size()));
    found.marked = std::move(numbered);
    const auto plain = text::normalised(rest);
    static const RE2 others(
        R"(말고|말구|대신|비슷|같은|(?i)other than|instead of|besides|apart from|similar|like)");
    if (!RE2::PartialMatch(plain, others) && says_nothing_more(plain)) return found;
    static const RE2 list(
        R"(@\d@(?:\s*(?:,|and|or|plus|&|\+|n|와|과|이?랑|하고|및|그리고|,\s*and)\s*@\d@)+)");
    static const RE2 article(R"((?i)\b(?:the|an?|your|this|that) @)");
    const bool korean = text::has_hangul(rest);
    found.words = found.marked;
    if (!korean) RE2::GlobalReplace(&found.words, article, "@");
    RE2::GlobalReplace(&found.words, list, korean ? "이것들" : "them");
    RE2::GlobalReplace(&found.words, title, korean ? "이거" : "it");
    return found;
}

}  // namespace maru
