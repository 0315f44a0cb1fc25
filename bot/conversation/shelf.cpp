#include "bot/conversation/shelf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "bot/conversation/missed_words.hpp"
#include "bot/conversation/say.hpp"
#include "bot/conversation/taste.hpp"
#include "catalog/money.hpp"
#include "catalog/query_json.hpp"
#include "catalog/terms.hpp"
#include "flows/pointing.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

bool refuses(const catalog::Query& query) {
    return !query.not_words.empty() || !query.not_types.empty() || !query.not_brands.empty() ||
           !query.not_colors.empty();
}

using nlohmann::json;

constexpr std::uint32_t page = 5;

json money_json(const catalog::Price& price) {
    return {{"amount", price.amount}, {"currency", price.currency}};
}

json card(const catalog::Product& product, std::string_view locale) {
    const auto texts = product.texts(locale);
    json out{{"id", product.id},
             {"title", texts.title},
             {"price", money_json(product.price)},
             {"availability", product.availability},
             {"why", json::array()}};
    if (!texts.brand.empty()) out["brand"] = texts.brand;
    if (product.list_price) out["list_price"] = money_json(*product.list_price);
    if (!product.image_link.empty()) out["image"] = product.image_link;
    if (!product.link.empty()) out["link"] = product.link;
    if (product.rating) out["rating"] = *product.rating;
    return out;
}

std::string constraint_name(const std::string& name, std::string_view locale) {
    struct Name {
        std::string_view key, ko, en;
    };
    static constexpr std::array names{
        Name{"in_stock", "재고", "in stock"}, Name{"rating", "평점", "rating"},
        Name{"color", "색상", "colour"},      Name{"measure", "크기·용량", "size"},
        Name{"brand", "브랜드", "brand"},     Name{"price", "가격", "price"},
        Name{"words", "검색어", "words"},     Name{"type", "상품 종류", "kind"}};
    for (const auto& one : names)
        if (one.key == name) return std::string(locale == "ko" ? one.ko : one.en);
    return name;
}

std::string price_range(const catalog::Query& query, const std::string& currency, std::string_view locale) {
    const auto text = [&](std::int64_t amount) { return catalog::format_price({amount, currency}, locale); };
    const bool ko = locale == "ko";
    if (query.price_min && query.price_max)
        return text(*query.price_min) + (ko ? "~" : " to ") + text(*query.price_max);
    if (query.price_max && *query.price_max % 10 == 9) {  // "under 50,000" is kept as 49,999
        const auto limit = text(*query.price_max + 1);
        return ko ? limit + " 미만" : "under " + limit;
    }
    if (query.price_max) return ko ? text(*query.price_max) + " 이하" : "up to " + text(*query.price_max);
    if (query.price_min) return ko ? text(*query.price_min) + " 이상" : "from " + text(*query.price_min);
    return {};
}

// A conversation of a thousand searches carries no more with it than one of twenty: what was said last
// counts.
void keep_bounded(catalog::Query& query) {
    constexpr std::size_t most_words = 24, most_unwanted = 12, most_excluded = 100;
    const auto keep_last = [](auto& list, std::size_t most) {
        if (list.size() > most) list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(most));
    };
    keep_last(query.not_words, most_unwanted);
    keep_last(query.exclude_ids, most_excluded);
    std::size_t words = 0;
    for (auto at = query.text.size(); at > 0; --at)
        if (query.text[at - 1] == ' ' && ++words == most_words) {
            query.text.erase(0, at);
            break;
        }
}

void remember(Conversation& c, catalog::Query query, const std::vector<catalog::Match>& matches) {
    keep_bounded(query);
    c.dialogue.query = catalog::query_to_json(query);
    c.dialogue.shown.clear();
    for (const auto& match : matches) c.dialogue.shown.push_back(match.product->id);
    c.dialogue.focus = matches.size() == 1 ? matches.front().product->id : "";
    c.dialogue.beside.clear();
}

// Whether a search goes on from the one before, rather than for other goods.
bool goes_on(const nlohmann::json& before, const catalog::Query& query) {
    const auto previous = before.is_null() ? std::nullopt : catalog::query_from_json(before);
    return previous && previous->types == query.types && query.text.starts_with(previous->text);
}

// A query behind a button. The visitor's taste is added when it is pressed.
json kept_query(catalog::Query query) {
    query.liked_ids.clear();
    query.disliked_ids.clear();
    return catalog::query_to_json(query);
}

// One question when results are many and split clearly; two in a row at most, then the visitor has said
// enough.
void ask_to_narrow(Conversation& c, Reply& reply, const catalog::Query& query, int asked, const Bot& bot) {
    constexpr int most_questions = 2;
    if (asked >= most_questions || query.sort != catalog::Sort::relevance) return;
    const auto& locale = c.row.locale;
    const auto narrowing = bot.catalog->narrowing(query, locale);
    if (!narrowing) return;
    const auto& say = bot.settings.phrases;
    constexpr std::array<std::string_view, 4> worded{"type", "brand", "color", "price"};
    const bool known = std::find(worded.begin(), worded.end(), narrowing->facet) != worded.end();
    reply.text += "\n" + (known ? std::string(say("narrow_" + narrowing->facet, locale))
                                : fill(say("narrow_other", locale), {{"facet", narrowing->facet}}));
    auto& kept = c.dialogue.query["narrowing"] = json::array();
    for (const auto& option : narrowing->options) {
        reply.quick_replies.push_back({option.label, fmt::format("products:narrow:{}", kept.size())});
        kept.push_back(kept_query(option.query));
    }
    c.dialogue.query["narrowed"] = asked + 1;
}

std::string type_names(const catalog::Query& query, std::string_view locale, const Bot& bot) {
    std::string names;
    for (const auto& chip : bot.catalog->chips(query, locale))
        if (chip.kind == "type") names += (names.empty() ? "" : ", ") + chip.label;
    return names;
}

// The kind above the asked one, as a button.
void offer_wider(Conversation& c, Reply& reply, const catalog::Query& wider, const Bot& bot) {
    const auto& say = bot.settings.phrases;
    const auto& locale = c.row.locale;
    const auto parent = type_names(wider, locale, bot);
    const auto count = bot.catalog->search(wider).total;
    reply.text +=
        "\n" + fill(say("products_wider", locale), {{"parent", parent}, {"count", std::to_string(count)}});
    auto& kept = c.dialogue.query["narrowing"];
    if (!kept.is_array()) kept = json::array();
    reply.quick_replies.push_back({fill(say("products_wider_show", locale), {{"parent", parent}}),
                                   fmt::format("products:narrow:{}", kept.size())});
    kept.push_back(kept_query(wider));
}

// Conditions as buttons that take them away. Kinds and words are what the search is about: they stay.
void add_removable(Reply& reply, const std::vector<catalog::Chip>& chips) {
    std::size_t added = 0;
    constexpr std::size_t most = 3;
    for (std::size_t i = 0; i < chips.size() && added < most; ++i) {
        const auto& kind = chips[i].kind;
        if (kind == "type" || kind == "words" || kind == "sort") continue;
        reply.quick_replies.push_back({"✕ " + chips[i].label, fmt::format("products:without:{}", i)});
        ++added;
    }
}

std::optional<std::size_t> place_in(std::string_view choice, std::string_view prefix) {
    if (!choice.starts_with(prefix)) return std::nullopt;
    choice.remove_prefix(prefix.size());
    std::size_t place = 0;
    const auto [end, error] = std::from_chars(choice.data(), choice.data() + choice.size(), place);
    if (error != std::errc{} || end != choice.data() + choice.size()) return std::nullopt;
    return place;
}

void add_more(Reply& reply, const catalog::Results& results, const catalog::Query& query, const Bot& bot,
              std::string_view locale) {
    const auto& say = bot.settings.phrases;
    if (results.total > query.offset + results.matches.size())
        reply.quick_replies.push_back({std::string(say("products_more", locale)), "products:more"});
    reply.quick_replies.push_back({std::string(say("talk_to_person", locale)), "handoff"});
}

// "A fan, or some light summer bedding": the words say what one kind shall be like, and the other is asked
// for, too.
void add_left_out_kinds(const catalog::Query& query, catalog::Results& results, const Bot& bot) {
    constexpr std::size_t most_kinds = 3, most_each = 2;
    if (query.types.size() < 2 || query.types.size() > most_kinds || query.text.empty() ||
        results.matches.empty() || !results.relaxed.empty() || query.offset > 0 ||
        !flows::model_names(query.text).empty())
        return;
    std::vector<catalog::Match> others;
    for (const auto& type : query.types) {
        auto own = query;
        own.types = {type};
        const auto as_said = bot.catalog->search(own);
        if (!as_said.matches.empty() && as_said.relaxed.empty()) continue;
        own.text.clear();
        own.limit = most_each;
        const auto found = bot.catalog->search(own);
        if (!found.relaxed.empty()) continue;
        for (const auto& match : found.matches)
            if (std::none_of(results.matches.begin(), results.matches.end(),
                             [&](const catalog::Match& one) { return one.product == match.product; }))
                others.push_back(match);
    }
    const auto room = query.limit - std::min<std::size_t>(query.limit, others.size());
    if (results.matches.size() > room) results.matches.resize(room);
    results.matches.insert(results.matches.end(), others.begin(), others.end());
}

// Where no kind of goods was named and not all words were found: one of several words ("패드" of "침대 패드")
// finds other goods, and what only mentions the goods that are not sold here ("rug", of vacuum cleaners) is
// no kind of them.
void keep_near(const catalog::Query& query, catalog::Results& results) {
    if (!query.types.empty() || !query.brands.empty() || results.words == 0) return;
    std::uint32_t most = 0;
    for (const auto& match : results.matches) most = std::max(most, match.words);
    const bool far = results.absent.empty() && results.words > 2 && most * 3 <= results.words;
    const auto kept = std::stable_partition(
        results.matches.begin(), results.matches.end(), [&](const catalog::Match& match) {
            return results.absent.empty() ? !far && match.words == most : match.titled;
        });
    if (kept == results.matches.end()) return;
    results.matches.erase(kept, results.matches.end());
    results.total = static_cast<std::uint32_t>(results.matches.size());  // the next page has no nearer ones
}

// "7평": what serves a larger room serves this one, and nothing says it is made for just so large a one.
std::optional<catalog::Query> for_the_room(const catalog::Query& query, const catalog::Results& results) {
    const auto size = size_missed(query, results);
    const auto measures = catalog::measures_in(size);
    if (size.empty() || measures.size() != 1 || measures.front().kind != catalog::Measure::Kind::area)
        return std::nullopt;
    auto roomier = query;
    drop_words(roomier.text, {size, size.substr(0, size.find_first_not_of("0123456789."))});
    drop_words(roomier.text, {"방", "원룸", "자취방", "room", "studio", "flat", "apartment"});
    constexpr double nearly = 0.97;
    roomier.limits.push_back({"area", measures.front().value * nearly, std::nullopt, size});
    if (roomier.sort == catalog::Sort::relevance) roomier.sort = catalog::Sort::smallest;
    return roomier;
}

}  // namespace

std::string searched_words(const catalog::Query& query, std::string_view locale, const Bot& bot) {
    std::string goods, all;
    for (const auto& chip : bot.catalog->chips(query, locale)) {
        all += (all.empty() ? "" : " ") + chip.label;
        if (chip.kind == "type" || chip.kind == "brand" || chip.kind == "words")
            goods += (goods.empty() ? "" : " ") + chip.label;
    }
    return goods.empty() ? all : goods;
}

std::string cards(const std::vector<catalog::Match>& matches, std::string_view locale, const Bot& bot) {
    auto list = json::array();
    for (const auto& match : matches) {
        auto one = card(*match.product, locale);
        one["why"] = bot.catalog->why(match, locale);
        list.push_back(std::move(one));
    }
    return list.dump();
}

std::string cards(const std::vector<flows::ProductRef>& products, std::string_view locale, const Bot& bot) {
    auto list = json::array();
    for (const auto& ref : products) {
        const auto* product = bot.catalog ? bot.catalog->find(ref.id) : nullptr;
        if (product == nullptr) continue;
        auto one = card(*product, locale);
        one["why"] = bot.catalog->why({product, 0, ref.reasons, false}, locale);
        list.push_back(std::move(one));
    }
    return list.dump();
}

Reply show_products(Conversation& c, const catalog::Interpretation& asked, const Bot& bot,
                    std::string_view said) {
    const auto& say = bot.settings.phrases;
    const auto& locale = c.row.locale;
    Reply reply;
    reply.source = "catalog";
    if (!asked.foreign_currency.empty()) {
        reply.text = fill(say("currency_unknown", locale),
                          {{"currency", asked.foreign_currency}, {"own", bot.settings.currency}});
        return reply;
    }
    auto query = asked.query;
    query.limit = std::min(page, query.limit);
    query.offset = 0;
    prefer(c, query);
    auto& searched = reply.searched.emplace();
    searched.words = searched_words(query, locale, bot);
    auto results = bot.catalog->search(query);
    // A narrow kind of goods of which nothing fits: the kind above it may have some. Where only the price
    // stands in the way, the nearest one is what was asked for, and the other goods are but offered.
    auto wider =
        results.relaxed.empty() && !results.matches.empty() ? std::nullopt : bot.catalog->widened(query);
    std::string widened;
    const bool by_words = results.relaxed == std::vector<std::string>{"words"};
    // "No stools": where nothing is left, other furniture is no answer.
    const bool none_left = results.matches.empty() && refuses(query);
    if (wider && results.absent.empty() && !by_words && !none_left &&
        results.relaxed != std::vector<std::string>{"price"}) {
        widened = fill(say("products_widened", locale), {{"type", type_names(query, locale, bot)},
                                                         {"parent", type_names(*wider, locale, bot)}});
        query = std::move(*wider);
        wider.reset();
        results = bot.catalog->search(query);
    }
    if (auto roomier = for_the_room(query, results);
        roomier && !bot.catalog->search(*roomier).matches.empty()) {
        query = std::move(*roomier);
        results = bot.catalog->search(query);
    }
    keep_near(query, results);
    add_left_out_kinds(query, results, bot);
    const auto relaxed = [&](std::string_view part) {
        return std::find(results.relaxed.begin(), results.relaxed.end(), part) != results.relaxed.end();
    };
    searched.relaxed = !results.relaxed.empty();
    searched.nothing = results.matches.empty() || !results.absent.empty();
    // What only shares a word with the asked goods is no answer to who asks for them.
    if (results.matches.empty() || (!results.absent.empty() && relaxed("words"))) {
        if (!results.absent.empty())
            reply.text = fill(say("products_absent", locale), {{"words", results.absent}});
        else if (!query.types.empty() && refuses(query))
            reply.text = fill(say("products_none_left", locale), {{"type", type_names(query, locale, bot)}});
        else
            reply.text = say("products_none", locale);
        reply.substantive = !results.absent.empty();
        reply.quick_replies.push_back({std::string(say("talk_to_person", locale)), "handoff"});
        return reply;
    }
    const bool off_price = relaxed("price");
    if (!widened.empty()) {
        reply.text = widened;
        searched.relaxed = true;
    } else if (!results.absent.empty()) {
        reply.text = fill(say("products_related", locale), {{"words", results.absent}});
    } else if (off_price) {
        reply.text =
            fill(say("products_none_price", locale),
                 {{"price", price_range(query, bot.catalog->currency(), locale)},
                  {"nearest", catalog::format_price(results.matches.front().product->price, locale)}});
    } else if (const auto size = size_missed(query, results); !size.empty()) {
        reply.text = fill(say("products_other_size", locale), {{"size", size}});
        searched.relaxed = true;
    } else if (const auto both = not_together(query, results); !both.empty()) {
        reply.text = fill(say("products_not_together", locale), {{"words", both}});
        searched.relaxed = true;
    } else if (const auto words = untold(query, results, said); !words.empty()) {
        reply.text = fill(say("products_untold", locale), {{"words", words}});
    } else if (results.relaxed == std::vector<std::string>{"words"} && !query.types.empty()) {
        reply.text = say("products_found", locale);
    } else if (!results.relaxed.empty()) {
        std::string names;
        for (const auto& name : results.relaxed)
            names += (names.empty() ? "" : ", ") + constraint_name(name, locale);
        reply.text = fill(say("products_relaxed", locale), {{"relaxed", names}});
    } else {
        reply.text = say("products_found", locale);
    }
    if (!asked.other_makers.empty()) {
        std::string names;
        for (const auto& name : asked.other_makers) names += (names.empty() ? "" : ", ") + name;
        const auto none = fill(say("products_no_maker", locale), {{"maker", names}});
        reply.text = reply.text == say("products_found", locale) ? none : none + "\n" + reply.text;
        searched.relaxed = true;
    }
    drop_words(query.text, results.unknown);
    drop_words(query.text, results.unmatched);
    const auto chips = bot.catalog->chips(query, locale);
    std::string understood;
    for (const auto& chip : chips)
        // What a flow searched for is in the language of its author.
        if (chip.kind != "words" || locale == "ko" || !text::has_hangul(chip.label))
            understood += (understood.empty() ? "" : " · ") + chip.label;
    if (!understood.empty()) reply.text += "\n" + understood;
    reply.products = cards(results.matches, locale, bot);
    reply.substantive = true;
    for (const auto& match : results.matches) searched.shown.push_back(match.product->id);
    const int narrowed = goes_on(c.dialogue.query, query) ? c.dialogue.query.value("narrowed", 0) : 0;
    remember(c, query, results.matches);
    if (narrowed > 0) c.dialogue.query["narrowed"] = narrowed;
    if (results.relaxed.empty() && results.absent.empty()) ask_to_narrow(c, reply, query, narrowed, bot);
    if (wider) offer_wider(c, reply, *wider, bot);
    if (asked.names_product || results.total == 1)
        (void)add_alternatives(c, reply, *results.matches.front().product, bot);
    add_removable(reply, chips);
    add_more(reply, results, query, bot, locale);
    return reply;
}

namespace {

std::optional<Reply> show_more(Conversation& c, catalog::Query query, const Bot& bot) {
    const auto& say = bot.settings.phrases;
    Reply reply;
    reply.source = "catalog";
    query.offset += std::min(page, query.limit);
    query.limit = page;
    const auto results = bot.catalog->search(query);
    reply.substantive = true;
    if (results.matches.empty() || !results.relaxed.empty()) {
        reply.text = say("products_no_more", c.row.locale);
        return reply;
    }
    reply.text = say("products_found", c.row.locale);
    reply.products = cards(results.matches, c.row.locale, bot);
    auto& searched = reply.searched.emplace();
    searched.words = searched_words(query, c.row.locale, bot);
    for (const auto& match : results.matches) searched.shown.push_back(match.product->id);
    remember(c, query, results.matches);
    add_more(reply, results, query, bot, c.row.locale);
    return reply;
}

}  // namespace

// The search before it stays what "in white" and "show more" go on from.
void remember_shown(Conversation& c, const std::vector<catalog::Match>& matches) {
    c.dialogue.shown.clear();
    for (const auto& match : matches) c.dialogue.shown.push_back(match.product->id);
    c.dialogue.beside.clear();
}

bool add_alternatives(Conversation& c, Reply& reply, const catalog::Product& product, const Bot& bot) {
    if (product.availability != "out_of_stock") return false;
    constexpr std::uint32_t most = 3;
    const auto& locale = c.row.locale;
    const auto others = bot.catalog->alternatives(product.id, most);
    const auto said = fill(bot.settings.phrases(others.empty() ? "stock_none" : "stock_no", locale),
                           {{"product", product.texts(locale).title}});
    reply.text += (reply.text.empty() ? "" : "\n") + said;
    auto list = reply.products.empty() ? json::array() : json::parse(reply.products);
    std::vector<std::string> shown;
    for (const auto& one : list) shown.push_back(one["id"]);
    for (const auto& one : json::parse(cards(others, locale, bot))) {
        if (std::find(shown.begin(), shown.end(), one["id"].get<std::string>()) != shown.end()) continue;
        shown.push_back(one["id"]);
        list.push_back(one);
    }
    reply.products = list.empty() ? "" : list.dump();
    if (!shown.empty()) c.dialogue.shown = std::move(shown);
    return true;
}

std::optional<Reply> shelf_choice(Conversation& c, std::string_view choice, const Bot& bot) {
    if (!choice.starts_with("products:") || !bot.catalog) return std::nullopt;
    const auto query = c.dialogue.query.is_null() ? std::nullopt : catalog::query_from_json(c.dialogue.query);
    catalog::Interpretation next;
    if (query && choice == "products:more") return show_more(c, *query, bot);
    if (const auto place = query ? place_in(choice, "products:narrow:") : std::nullopt) {
        const auto kept = c.dialogue.query.value("narrowing", json::array());
        if (*place < kept.size())
            if (auto narrowed = catalog::query_from_json(kept[*place])) {
                next.query = std::move(*narrowed);
                return show_products(c, next, bot);
            }
    }
    if (const auto place = query ? place_in(choice, "products:without:") : std::nullopt) {
        const auto chips = bot.catalog->chips(*query, c.row.locale);
        if (*place < chips.size()) {
            next.query = bot.catalog->without(*query, chips[*place]);
            return show_products(c, next, bot);
        }
    }
    Reply reply;
    reply.source = "catalog";
    reply.text = bot.settings.phrases("products_no_more", c.row.locale);
    return reply;
}

Reply show_recommended(Conversation& c, const Bot& bot) {
    const auto& say = bot.settings.phrases;
    Reply reply;
    reply.source = "catalog";
    auto matches = c.dialogue.focus.empty() ? std::vector<catalog::Match>()
                                            : bot.catalog->similar(c.dialogue.focus, page);
    if (matches.empty()) matches = bot.catalog->popular(page);
    reply.text = say("recommended", c.row.locale);
    reply.products = cards(matches, c.row.locale, bot);
    reply.substantive = !matches.empty();
    const auto focus = c.dialogue.focus;
    remember(c, {}, matches);
    c.dialogue.query = nullptr;
    c.dialogue.focus = focus;
    reply.quick_replies.push_back({std::string(say("talk_to_person", c.row.locale)), "handoff"});
    return reply;
}

}  // namespace maru
