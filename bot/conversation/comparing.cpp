#include "bot/conversation/comparing.hpp"
#include "bot/conversation/named_goods.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "bot/conversation/counting.hpp"
#include "bot/conversation/missed_words.hpp"
#include "bot/conversation/say.hpp"
#include "bot/conversation/seen_goods.hpp"
#include "bot/conversation/shelf.hpp"
#include "catalog/money.hpp"
#include "flows/pointing.hpp"

namespace maru {
namespace {

constexpr std::size_t most_products = 4;
constexpr std::size_t most_rows = 8;         // of text: what fits a phone without scrolling for long
constexpr std::size_t most_table_rows = 16;  // that differ, and as many that are the same

bool has(std::string_view text, std::string_view piece) {
    return text.find(piece) != std::string_view::npos;
}

bool asks_to_compare(std::string_view text) {
    constexpr auto words = std::to_array<std::string_view>({"비교",
                                                            "차이",
                                                            "뭐가 다르",
                                                            "뭐가 달라",
                                                            "뭐가 다른",
                                                            "뭐가달라",
                                                            "뭐가다르",
                                                            "뭐가다른",
                                                            "어떻게 다르",
                                                            "어떻게 달라",
                                                            "다른 점",
                                                            "다른점",
                                                            "뭐가 더 나",
                                                            "뭐가 더 좋",
                                                            "어떤 게 더 나",
                                                            "어느 게 더 나",
                                                            "어떤게 더 나",
                                                            "어떤 게 더 좋",
                                                            "어느 쪽이 더",
                                                            "compare",
                                                            "comparison",
                                                            "difference",
                                                            "diff between",
                                                            "the diff ",
                                                            "how is it different",
                                                            "how is that different",
                                                            "differnce",
                                                            "diffrence",
                                                            "diference",
                                                            "differ from",
                                                            " vs ",
                                                            " vs. ",
                                                            "versus",
                                                            "side by side",
                                                            "which is better",
                                                            "which one is better",
                                                            "which of the two"});
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return has(text, word); });
}

// "Is the R8 worth it over the R3?", "R8이랑 R3 중에 뭐가": of two that are named, which to take.
bool weighs(std::string_view text) {
    constexpr auto words =
        std::to_array<std::string_view>({" over ", " or ", " than ", " against ", " next to ", "worth",
                                         "better", "아니면", "중에", "중 ", "나아", "나을", "보다"});
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return has(text, word); });
}

// Places named in the message, from 0, in the order of the list.
std::vector<std::size_t> places(const nlu::Understanding& u, std::size_t shown) {
    std::vector<std::size_t> found;
    const auto take = [&](int place) {  // from 1; from the end below 0
        const auto count = static_cast<int>(shown);
        const auto at = place < 0 ? count + place : place - 1;
        if (at >= 0 && at < count) found.push_back(static_cast<std::size_t>(at));
    };
    for (const auto& entity : u.entities) {
        if (const auto* ordinal = std::get_if<nlu::Ordinal>(&entity.value)) take(ordinal->index);
        // "2번" is "number two" here, and "twice" elsewhere.
        if (const auto* quantity = std::get_if<nlu::Quantity>(&entity.value);
            quantity != nullptr && quantity->unit == "번" && quantity->value <= static_cast<double>(shown))
            take(static_cast<int>(quantity->value));
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

// "the first two", "앞의 세 개", "셋 다": how many from the top; 0: not said.
std::size_t from_the_top(std::string_view text) {
    struct Count {
        std::size_t count;
        std::array<std::string_view, 6> words;
    };
    static constexpr std::array<Count, 3> counts{
        {{2, {"first two", "top two", "those two", "these two", "두 개", "둘"}},
         {3, {"first three", "top three", "those three", "these three", "세 개", "셋"}},
         {4, {"first four", "top four", "those four", "these four", "네 개", "넷"}}}};
    for (const auto& one : counts)
        for (const auto word : one.words)
            if (const auto at = text.find(word); at != std::string_view::npos) {
                // "둘째" is a place, not a number of things.
                if (text.substr(at + word.size()).starts_with("째")) continue;
                return one.count;
            }
    return 0;
}

std::vector<std::string> wanted(const Conversation& c, std::string_view text, const nlu::Understanding& u) {
    const auto& shown = c.dialogue.shown;
    std::vector<std::string> ids;
    if (const auto top = from_the_top(text); top > 0 && shown.size() >= 2) {
        ids.assign(shown.begin(), shown.begin() + static_cast<std::ptrdiff_t>(std::min(top, shown.size())));
        return ids;
    }
    for (const auto place : places(u, shown.size())) ids.push_back(shown[place]);
    // "compare it with the second one": the one in hand is the other.
    if (ids.size() == 1 && !c.dialogue.focus.empty() && c.dialogue.focus != ids.front())
        ids.insert(ids.begin(), c.dialogue.focus);
    if (ids.empty() && shown.size() >= 2)
        ids.assign(shown.begin(),
                   shown.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, shown.size())));
    if (ids.size() > most_products) ids.resize(most_products);
    return ids;
}

// "Price diff?", "얼마 차이나요", "how much more is the second?"
bool asks_price_difference(std::string_view text) {
    constexpr auto words = std::to_array<std::string_view>(
        {"price diff", "difference in price", "diff in price", "price gap", "얼마 차이", "얼마차이",
         "가격 차이", "가격차이", "가격차", "차이가 얼마", "차이 얼마", "얼마나 더 비싸", "얼마 더 비싸",
         "how much more is", "how much cheaper", "how much more expensive"});
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return has(text, word); });
}

// nullopt: more or fewer than two are meant.
std::optional<Reply> price_difference(const std::vector<std::string>& ids, std::string_view locale,
                                      const Bot& bot) {
    if (ids.size() != 2) return std::nullopt;
    const auto* one = bot.catalog->find(ids.front());
    const auto* other = bot.catalog->find(ids.back());
    if (one == nullptr || other == nullptr) return std::nullopt;
    Reply reply;
    reply.source = "catalog";
    reply.substantive = true;
    for (const auto* product : {one, other})
        reply.text += fmt::format("{} — {}\n", product->texts(locale).title,
                                  catalog::format_price(product->price, locale));
    const auto apart = std::abs(one->price.amount - other->price.amount);
    reply.text += fill(bot.settings.phrases("price_difference", locale),
                       {{"difference", catalog::format_price({apart, bot.catalog->currency()}, locale)}});
    return reply;
}

std::string table(const catalog::Comparison& comparison) {
    auto rows = nlohmann::json::array();
    std::size_t differ = 0, same = 0;
    for (const auto& row : comparison.rows)
        if (++(row.differs ? differ : same) <= most_table_rows)
            rows.push_back({{"name", row.name}, {"values", row.values}, {"differs", row.differs}});
    return nlohmann::json{{"rows", std::move(rows)}}.dump();
}

// "롱암중에" of "d5랑 롱암중에": what is weighed, without the word that says so.
std::string_view weighed(std::string_view word) {
    constexpr auto tails = std::to_array<std::string_view>({"이랑", "랑", "하고", "중에서", "중에", "보다"});
    constexpr std::size_t shortest = 6;  // bytes
    for (const auto tail : tails)
        if (word.size() >= shortest + tail.size() && word.ends_with(tail))
            return word.substr(0, word.size() - tail.size());
    return {};
}

}  // namespace

std::vector<std::string> goods_weighed(const Conversation& c, std::string_view text, const Bot& bot) {
    constexpr std::size_t most_words = 24;
    std::vector<std::string> ids;
    std::istringstream stream{std::string(text)};
    std::string word;
    for (std::size_t i = 0; i < most_words && stream >> word && ids.size() < most_products; ++i) {
        std::optional<std::string> id;
        if (word.find_first_of("0123456789") != std::string::npos)
            id = flows::named_product(bot.catalog->interpret(word), *bot.catalog);
        else if (const auto name = weighed(word); !name.empty())
            id = flows::match_shown(name, nullptr, c.dialogue.shown, bot.catalog.get()).product;
        if (id && std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*std::move(id));
    }
    // "… the K10 or the folding one"
    static const RE2 either(
        R"((?:^|[ ,?])(?:the )?([a-z0-9-]+) or the ([a-z0-9-]+)(?: ones?)?(?:$|[ ?.!,]))");
    std::string one, other;
    if (ids.size() < 2 &&
        RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), either, &one, &other)) {
        std::vector<std::string> both;
        for (const auto& name : {one, other})
            if (auto id = flows::match_shown(name, nullptr, c.dialogue.shown, bot.catalog.get()).product)
                both.push_back(*std::move(id));
        if (both.size() == 2 && both.front() != both.back()) return both;
    }
    // "This or the ultrasonic one?", "how does it look next to the P30"
    static const RE2 or_other(
        R"((?:^|[ ,?])(?:this|it|that|this one|that one) (?:or|(?:looks? |compares? )?(?:against|next to)) (?:the )?([a-z0-9-]+)(?: ones?)?(?:$|[ ?.!,]))");
    if (ids.size() < 2 && RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), or_other, &other)) {
        auto match = flows::match_shown(other, nullptr, c.dialogue.shown, bot.catalog.get());
        if (!match.product && !match.among.empty()) match.product = match.among.front();
        // Naming the other has put it in hand already.
        const auto& viewed = c.taste.viewed;
        auto in_hand = c.dialogue.focus;
        if (match.product && in_hand == *match.product) {
            const auto last = std::find_if(viewed.rbegin(), viewed.rend(),
                                           [&](const std::string& id) { return id != *match.product; });
            in_hand = last == viewed.rend() ? std::string() : *last;
        }
        if (match.product && !in_hand.empty() && in_hand != *match.product)
            return {std::move(in_hand), *std::move(match.product)};
    }
    return ids;
}

namespace {

// The best rated of them. nullopt: no rating tells them apart.
std::optional<Reply> chosen(Conversation& c, const std::vector<std::string>& ids, const Bot& bot) {
    const catalog::Product* best = nullptr;
    bool tie = false;
    for (const auto& id : ids) {
        const auto* one = bot.catalog->find(id);
        if (one == nullptr || !one->rating) return std::nullopt;
        tie = best != nullptr && (*one->rating == *best->rating || (tie && *one->rating < *best->rating));
        if (best == nullptr || *one->rating > *best->rating) best = one;
    }
    if (best == nullptr || tie) return std::nullopt;
    const auto& locale = c.row.locale;
    Reply reply;
    reply.source = "catalog";
    reply.substantive = true;
    reply.text =
        fill(bot.settings.phrases("best_rated_of_shown", locale),
             {{"product", best->texts(locale).title}, {"rating", fmt::format("{:.1f}", *best->rating)}});
    reply.products = cards(std::vector<flows::ProductRef>{{best->id, {}}}, locale, bot);
    c.dialogue.focus = best->id;
    return reply;
}

// "Compare your two cheapest air purifiers", "공기청정기 두 개만 비교해 주세요": the first of a kind that is
// not the one in view.
std::vector<std::string> first_of_kind(const Conversation& c, const Reading& reading, const Bot& bot) {
    static const RE2 counted(
        R"((?:^| )(two|three|four|[234])(?: |$)|(?:^| )(두|세|네|둘|셋|넷|[234]) ?(?:개|가지|종|대|만|을|$))");
    constexpr std::uint32_t usual = 3;
    const auto& plain = reading.plain();
    // "What's the difference between your two best ones?", but not between two kinds.
    const bool tells_apart = has(plain, "차이") || has(plain, "differen");
    const bool differ = tells_apart && RE2::PartialMatch(plain, counted);
    static const RE2 extremes(
        R"((?:cheapest|least expensive).*(?:most expensive|dearest|priciest)|(?:most expensive|dearest|priciest).*(?:cheapest|least expensive)|(?:제일|가장|젤) ?(?:싼|저렴한).*비싼|(?:제일|가장|젤) ?비싼.*(?:싼|저렴한))");
    const bool both_ends =
        (tells_apart || has(plain, "비교") || has(plain, "compar")) && RE2::PartialMatch(plain, extremes);
    if (!has(plain, "비교") && !has(plain, "compar") && !differ && !both_ends) return {};
    const auto& asked = reading.asked();
    if (!asked.names_type || (asked.query.types.size() != 1 && !both_ends) || asked.evidence < goods_evidence)
        return {};
    const auto of_kind = [&](const std::string& id) { return is_of_kind(id, asked.query.types, bot); };
    const auto& shown = c.dialogue.shown;
    if (!both_ends && std::count_if(shown.begin(), shown.end(), of_kind) > 1) return {};
    auto query = asked.query;
    if (both_ends) {
        query = {};
        query.types = asked.query.types;
        query.limit = 1;
        std::vector<std::string> ends;
        for (const auto sort : {catalog::Sort::price_ascending, catalog::Sort::price_descending}) {
            query.sort = sort;
            for (const auto& match : bot.catalog->search(query).matches) ends.push_back(match.product->id);
        }
        if (ends.size() == 2 && ends.front() == ends.back()) ends.pop_back();
        return ends;
    }
    query.limit = usual;
    std::string english, korean;
    if (RE2::PartialMatch(plain, counted, &english, &korean)) {
        query.limit = static_cast<std::uint32_t>(count_of_word(english.empty() ? korean : english));
        drop_words(query.text, {english.empty() ? korean : english});
    }
    std::vector<std::string> ids;
    for (const auto& match : bot.catalog->search(query).matches) ids.push_back(match.product->id);
    return ids;
}

}  // namespace

std::optional<Reply> compare_shown(Conversation& c, const Reading& reading, const Bot& bot) {
    if (!bot.catalog) return std::nullopt;
    const auto plain = " " + reading.plain() + " ";
    const bool of_price = asks_price_difference(plain);
    const bool asked = of_price || asks_to_compare(plain) || reading.asks_which();
    // "아니 그 두 개 중에서요, V6 V3"
    const bool among = has(plain, "중에");
    if (!asked && !(weighs(plain) && (reading.asks_something() || has(plain, " or ") || among)))
        return std::nullopt;
    const auto& locale = c.row.locale;
    auto ids = goods_weighed(c, plain, bot);
    if (!asked && ids.size() < 2) return std::nullopt;
    if (ids.size() < 2 && asks_to_compare(plain))
        if (auto listed = listed_goods(c, reading.words(), bot); listed.size() > 1) ids = std::move(listed);
    // "Q30이랑 뭐가 달라요?", "둘이 차이점": what was looked at before is the other one.
    const auto& viewed = c.taste.viewed;
    const bool both = (c.dialogue.shown.size() < 2 && (has(plain, "둘") || has(plain, "the two"))) ||
                      (has(plain, " both ") && ids.size() < 2);
    if (asked && both && viewed.size() > 1) ids.assign(viewed.end() - 2, viewed.end());
    if (asks_to_compare(plain) && ids.size() == 1)
        if (const auto other = std::find_if(viewed.rbegin(), viewed.rend(),
                                            [&](const std::string& id) { return id != ids.front(); });
            other != viewed.rend())
            ids.insert(ids.begin(), *other);
    if (ids.size() < 2)
        if (auto first = first_of_kind(c, reading, bot); first.size() > 1) ids = std::move(first);
    if (ids.size() < 2) ids = wanted(c, plain, reading.whole());
    // "Which would you take?", of what stands side by side already.
    if (!of_price && !asks_to_compare(plain) && ids.size() > 1 && ids == c.dialogue.compared)
        if (auto one = chosen(c, ids, bot)) return one;
    if (of_price && ids.size() < 2 && viewed.size() > 1) ids.assign(viewed.end() - 2, viewed.end());
    if (auto apart = of_price ? price_difference(ids, locale, bot) : std::nullopt) return apart;
    return compare_goods(c, ids, bot);
}

bool asks_comparison(std::string_view text) {
    return asks_to_compare(text) || weighs(text);
}

std::optional<Reply> compare_goods(Conversation& c, const std::vector<std::string>& ids, const Bot& bot) {
    const auto& locale = c.row.locale;
    const auto comparison = bot.catalog->compare(ids, locale);
    if (comparison.products.size() < 2) return std::nullopt;

    Reply reply;
    reply.source = "catalog";
    reply.substantive = true;
    reply.text = bot.settings.phrases("products_compared", locale);
    std::vector<flows::ProductRef> refs;
    for (std::size_t i = 0; i < comparison.products.size(); ++i) {
        reply.text += fmt::format("\n{}. {}", i + 1, comparison.products[i]->texts(locale).title);
        refs.push_back({comparison.products[i]->id, {}});
    }
    std::size_t rows = 0;
    std::string same;
    for (const auto& row : comparison.rows) {
        if (!row.differs) {
            same += (same.empty() ? "" : ", ") + row.name + " " + row.values.front();
            continue;
        }
        if (++rows > most_rows) continue;
        reply.text += "\n" + row.name + ": ";
        for (std::size_t i = 0; i < row.values.size(); ++i)
            reply.text += (i > 0 ? " / " : "") + (row.values[i].empty() ? "–" : row.values[i]);
    }
    constexpr std::size_t longest_same =
        200;  // bytes; what they share matters less than what tells them apart
    if (!same.empty() && same.size() <= longest_same)
        reply.text += "\n" + fill(bot.settings.phrases("products_alike", locale), {{"same", same}});
    reply.products = cards(refs, locale, bot);
    reply.comparison = table(comparison);
    c.dialogue.shown.clear();
    for (const auto& ref : refs) c.dialogue.shown.push_back(ref.id);
    c.dialogue.compared = c.dialogue.shown;
    c.dialogue.focus.clear();
    return reply;
}

}  // namespace maru
