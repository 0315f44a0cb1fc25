#include "flows/pointing.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "catalog/terms.hpp"
#include "flows/folded.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::flows {
namespace {

// Words of every English sentence, which say nothing of a product although titles have them too.
bool is_filler(std::string_view word) {
    static constexpr std::array<std::string_view, 26> words = {
        "the", "one", "and", "for", "with", "you", "this", "that", "can", "add", "in", "it",  "is",
        "to",  "of",  "on",  "my",  "me",   "do",  "does", "have", "get", "set", "at", "are", "be"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_figure(std::string_view word) {
    return word.find_first_not_of("0123456789") == std::string_view::npos;
}

// "6인용은요", "창달린거는", "집게형으로": what stands before particles, politeness and "the one".
std::string_view name_in(std::string_view word) {
    static constexpr std::string_view polite = "요";
    static constexpr std::array<std::string_view, 9> things = {"거", "것", "걸", "게",  "건",
                                                               "꺼", "껄", "껀", "걸로"};
    if (is_ascii(word)) return word;
    // "온3는": how a figure is read aloud does not always fit the particle that is written behind it.
    static constexpr std::array<std::string_view, 16> behind = {"는", "은",   "이",   "가",   "를", "을",
                                                                "도", "랑",   "이랑", "하고", "요", "이요",
                                                                "로", "으로", "말고", "보다"};
    if (const auto digit = word.find_last_of("0123456789"); digit != std::string_view::npos)
        if (std::find(behind.begin(), behind.end(), word.substr(digit + 1)) != behind.end())
            return word.substr(0, digit + 1);
    if (word.size() > 3 * polite.size() && word.ends_with(polite)) word.remove_suffix(polite.size());
    word = text::strip_josa(word);
    for (const std::string_view thing : things)
        if (word.size() > 2 * thing.size() && word.ends_with(thing)) {
            word.remove_suffix(thing.size());
            break;
        }
    return word;
}

// Korean words run together; Latin ones stand for themselves.
bool stands_in(const Folded& title, const std::string& word) {
    for (std::size_t at = title.text.find(word); at != std::string::npos; at = title.text.find(word, at + 1))
        if (!is_ascii(word) || (at_word_start(title, at) && at_word_end(title, at + word.size())))
            return true;
    return false;
}

// "경추베개" of "경추 메모리폼 베개": two words of the title, run together.
bool stands_in_parts(const Folded& title, const std::string& word) {
    constexpr std::size_t syllable = 3, shortest = 2 * syllable, longest = 12 * syllable;
    if (is_ascii(word) || word.size() < 2 * shortest || word.size() > longest) return false;
    for (auto at = shortest; at + shortest <= word.size(); at += syllable)
        if (stands_in(title, word.substr(0, at)) && stands_in(title, word.substr(at))) return true;
    return false;
}

// "The mugs" of a "Mug, Set of 2".
bool is_plural(std::string_view word) {
    return word.size() > 3 && is_ascii(word) && word.back() == 's' && word[word.size() - 2] != 's';
}

// "The cheap one", "제일 비싼 걸로": one of the shown by its price, if no other costs the same.
std::optional<std::size_t> by_price(std::string_view text, const std::vector<std::string>& shown,
                                    const catalog::Index& catalog) {
    static constexpr std::array<std::string_view, 18> cheap = {
        "the cheap one", "the cheaper one", "cheapest",  "least expensive", "제일 싼",     "젤 싼",
        "가장 싼",       "제일 저렴",       "가장 저렴", "싼 걸로",         "싼걸로",      "저렴한 걸로",
        "싼거 ",         "싼 거 ",          "싼거는",    "싼 거는",         "저렴한 거는", "싼건"};
    static constexpr std::array<std::string_view, 12> dear = {
        "the expensive one", "most expensive", "priciest", "제일 비싼", "젤 비싼",  "가장 비싼",
        "비싼 걸로",         "비싼걸로",       "비싼거 ",  "비싼 거 ",  "비싼거는", "비싼건"};
    // "싼 거 있어요?" asks for others.
    static constexpr std::array<std::string_view, 5> seeking = {"있", "없", "보여", "추천", "찾"};
    const auto normal = text::normalised(text::truncate(text, longest_answer), {.shorten_repeats = false});
    const auto says = [&](const auto& words) {
        return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
            const auto at = normal.find(word);
            // "더 싼 걸로" asks for others.
            return at != std::string::npos && !std::string_view(normal).substr(0, at).ends_with("더 ");
        });
    };
    const bool low = says(cheap);
    if (low == says(dear)) return std::nullopt;
    const bool chooses = normal.find("걸로") != std::string::npos ||
                         normal.find("제일") != std::string::npos || normal.find("가장") != std::string::npos;
    if (!chooses && std::any_of(seeking.begin(), seeking.end(), [&](std::string_view word) {
            return normal.find(word) != std::string::npos;
        }))
        return std::nullopt;
    std::optional<std::size_t> best;
    bool tie = false;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto* product = catalog.find(shown[i]);
        if (product == nullptr) continue;
        const auto* known = best ? catalog.find(shown[*best]) : nullptr;
        tie = known != nullptr && known->price.amount == product->price.amount ? true : tie;
        if (known == nullptr || (low ? product->price.amount < known->price.amount
                                     : product->price.amount > known->price.amount)) {
            best = i;
            tie = false;
        }
    }
    return tie ? std::nullopt : best;
}

// "5.5리터로 할게요": the only one of the shown that is so large.
std::optional<std::string> by_measure(std::string_view text, const std::vector<std::string>& shown,
                                      const catalog::Index& catalog) {
    if (shown.size() < 2) return std::nullopt;
    const auto said = catalog::measures_in(text);
    if (said.empty()) return std::nullopt;
    std::optional<std::string> one;
    for (const auto& id : shown) {
        const auto* product = catalog.find(id);
        if (product == nullptr) continue;
        const auto own = catalog::measures_in(product->text.title);
        if (std::none_of(own.begin(), own.end(), [&](const catalog::Measure& measure) {
                return std::find(said.begin(), said.end(), measure) != said.end();
            }))
            continue;
        if (one) return std::nullopt;
        one = id;
    }
    return one;
}

// "5.5로 할게요": no other of the shown has that in its name.
std::optional<std::string> by_decimal(std::string_view text, const std::vector<std::string>& shown,
                                      const catalog::Index& catalog) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto dot = text.find('.');
    if (shown.size() < 2 || dot == std::string_view::npos || dot == 0 || dot + 1 >= text.size() ||
        !is_digit(text[dot - 1]) || !is_digit(text[dot + 1]))
        return std::nullopt;
    auto begin = dot;
    auto end = dot + 1;
    while (begin > 0 && is_digit(text[begin - 1])) --begin;
    while (end < text.size() && is_digit(text[end])) ++end;
    const auto number = text.substr(begin, end - begin);
    std::optional<std::string> one;
    for (const auto& id : shown) {
        const auto* product = catalog.find(id);
        if (product == nullptr) continue;
        const auto& title = product->text.title;
        const auto at = title.find(number);
        if (at == std::string::npos || (at > 0 && is_digit(title[at - 1])) ||
            (at + number.size() < title.size() && is_digit(title[at + number.size()])))
            continue;
        if (one) return std::nullopt;
        one = id;
    }
    return one;
}

std::optional<std::string> best_of(std::string_view quality, const std::vector<std::string>& shown,
                                   const catalog::Index& catalog) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> comparing = {
        {{"little", "smaller"},
         {"small", "smaller"},
         {"big", "bigger"},
         {"large", "bigger"},
         {"light", "lighter"},
         {"quiet", "quieter"},
         {"작은", "smaller"},
         {"큰", "bigger"},
         {"가벼운", "lighter"},
         {"조용한", "quieter"},
         {"밝은", "brighter"}}};
    for (const auto& [said, meant] : comparing)
        if (said == quality) quality = meant;
    auto best = catalog.best(shown, quality, "en");
    return best ? std::optional(std::move(best->id)) : std::nullopt;
}

// "The little one", "조용한 거": one of the shown by what sets it apart from the others.
std::optional<std::string> by_quality(std::string_view text, const std::vector<std::string>& shown,
                                      const catalog::Index& catalog) {
    static constexpr std::array<std::string_view, 12> english = {"little",  "small", "smaller", "big",
                                                                 "bigger",  "large", "larger",  "light",
                                                                 "lighter", "quiet", "quieter", "brighter"};
    static constexpr std::array<std::string_view, 5> korean = {"작은", "큰", "가벼운", "조용한", "밝은"};
    static constexpr std::array<std::string_view, 6> things = {"거", "것", "걸", "쪽", "게", "건"};
    const auto normal = text::normalised(text::truncate(text, longest_answer), {.shorten_repeats = false});
    const auto picks = [&](const std::string& phrase) {
        const auto at = normal.find(phrase);
        // "더 작은 거" asks for others.
        return at != std::string::npos && !std::string_view(normal).substr(0, at).ends_with("더 ");
    };
    for (const auto word : english) {
        // "The smaller air fryer", but not "the light".
        const bool comparative = word.ends_with("er");
        const bool size = word == "little" || word == "small" || word == "big" || word == "large";
        if (picks("the " + std::string(word) + (comparative || size ? " " : " one")))
            return best_of(word, shown, catalog);
    }
    for (const auto word : korean)
        for (const auto thing : things)
            if (picks(std::string(word) + " " + std::string(thing)) ||
                picks(std::string(word) + std::string(thing)))
                return best_of(word, shown, catalog);
    return std::nullopt;
}

}  // namespace

ShownMatch match_shown(std::string_view text, const nlu::Understanding* understanding,
                       const std::vector<std::string>& shown, const catalog::Index* catalog) {
    if (shown.empty()) return {};
    const Folded message = fold(text);
    if (const auto index = ordinal(text, understanding, shown.size())) return {shown[*index], false, {}};
    if (const auto index = spoken_number(message, shown.size())) return {shown[*index], false, {}};
    if (catalog == nullptr || message.text.empty()) return {};

    if (const auto index = by_price(text, shown, *catalog)) return {shown[*index], false, {}};
    if (auto one = by_quality(text, shown, *catalog)) return {std::move(one), false, {}};

    struct Said {
        std::string text;
        bool figure, model;
        bool alone;  // "the 32": a figure that is a name
    };
    std::vector<Said> said;
    for (const Word& word : message.words) {
        const std::string_view bare =
            name_in(std::string_view(message.text).substr(word.begin, word.end - word.begin));
        const bool telling = is_ascii(bare) ? (bare.size() > 1 || is_figure(bare)) && !is_filler(bare)
                                            : text::count_code_points(bare) > 1;
        const bool alone = word.begin >= 3 && message.text.compare(word.begin - 3, 3, "the") == 0 &&
                           at_word_start(message, word.begin - 3);
        if (telling) said.push_back({std::string(bare), is_figure(bare), !model_names(bare).empty(), alone});
    }
    if (said.empty()) return {};
    // The one whose title shares the most words with the message, if it stands out.
    std::size_t best = 0;
    std::vector<std::string> alike;
    for (const auto& id : shown) {
        const catalog::Product* product = catalog->find(id);
        if (product == nullptr) continue;
        std::size_t score = 0;
        const auto weigh = [&](const std::string& title) {
            const Folded folded = fold(title);
            constexpr std::size_t model = 24;  // more than any other words in common
            std::size_t own = 0, figures = 0;
            for (const auto& word : said)
                if (stands_in(folded, word.text) || stands_in_parts(folded, word.text) ||
                    (is_plural(word.text) && stands_in(folded, word.text.substr(0, word.text.size() - 1)))) {
                    (word.figure && !word.alone ? figures : own) += word.text.size();
                    if (word.model) own += model;
                }
            // "The 2 servings one": a figure alone may count anything.
            if (own > 0) own += figures;
            score = std::max(score, own);
        };
        weigh(product->text.title);
        for (const auto& [locale, texts] : product->localized) weigh(texts.title);
        if (score == 0 || score < best) continue;
        if (score > best) alike.clear();
        best = score;
        alike.push_back(id);
    }
    if (alike.size() == 1) return {std::move(alike.front()), false, {}};
    if (best == 0)
        for (const auto by : {by_measure, by_decimal})
            if (auto one = by(text, shown, *catalog)) return {std::move(one), false, {}};
    return {std::nullopt, best > 0, std::move(alike)};
}

std::string model_names(std::string_view words) {
    std::string models;
    for (std::size_t begin = 0; begin < words.size();) {
        const auto end = std::min(words.find(' ', begin), words.size());
        const auto word = name_in(words.substr(begin, end - begin));
        const auto digit = word.find_first_of("0123456789");
        if (digit != std::string_view::npos && digit > 0) {
            if (!models.empty()) models += ' ';
            models += word;
        }
        begin = end + 1;
    }
    return models;
}

std::optional<std::string> named_product(const catalog::Interpretation& meaning,
                                         const catalog::Index& catalog) {
    if (!meaning.names_product) return std::nullopt;
    // "Does the R3 have a mop?": a model's name says which, whatever else its words may find.
    catalog::Query query = meaning.query;
    if (auto models = model_names(query.text); !models.empty()) query.text = std::move(models);
    const catalog::Results results = catalog.search(query);
    if (results.matches.empty()) return std::nullopt;
    return results.matches.front().product->id;
}

std::optional<std::string> match_product(std::string_view text, const nlu::Understanding* understanding,
                                         const std::vector<std::string>& shown,
                                         const catalog::Index* catalog) {
    auto match = match_shown(text, understanding, shown, catalog);
    if (match.product || match.several || catalog == nullptr) return std::move(match.product);
    return named_product(catalog->interpret(text), *catalog);
}

}  // namespace maru::flows
