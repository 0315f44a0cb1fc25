// The policy's part about goods: searching, going on from a search, buying.
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "bot/conversation/about_goods.hpp"
#include "bot/conversation/clauses.hpp"
#include "bot/conversation/named_goods.hpp"
#include "bot/conversation/recommending.hpp"
#include "bot/conversation/responding.hpp"
#include "bot/conversation/say.hpp"
#include "bot/conversation/shelf.hpp"
#include "bot/conversation/taste.hpp"
#include "catalog/money.hpp"
#include "catalog/query_json.hpp"
#include "flows/runner.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

constexpr std::size_t few_of_kind = 4;  // products: what is asked of them all is read at a glance
}  // namespace

void Responding::search(const catalog::Interpretation& asked) {
    const auto before = c_.dialogue.shown;
    auto found = [&] {
        const auto few = reading_.how_few();
        if (!few) return show_products(c_, asked, bot_, reading_.plain());
        auto limited = asked;
        limited.query.limit = *few;
        // "Two" is no word of theirs.
        static const RE2 number("(?:^| )(?:just|only|one|two|three|[123]|a couple of)(?: |$)");
        while (RE2::GlobalReplace(&limited.query.text, number, " ") > 0) {
        }
        limited.query.text = std::string(flows::trimmed(limited.query.text));
        return show_products(c_, limited, bot_, reading_.plain());
    }();
    // "A cheaper one?" than the cheapest there is.
    if (before.size() == 1 && asked.query.sort == catalog::Sort::price_ascending && !reading_.names_goods() &&
        reading_.asks_for_others() && c_.dialogue.shown == before)
        return void(phrase("products_no_more", "catalog"));
    // Something of the product in hand that its data does not tell, rather than nothing of the kind.
    if (found.products.empty() && product_.product != nullptr && product_.by_visitor &&
        reading_.asks_something() && !asks_for_goods(reading_.plain()))
        return void(about("ask_product_detail"));
    tell_of_found(found);
    out_.replies.push_back(std::move(found));
    topic_is_message();
}

// "How do I clean the air fryer?", "does the …": of a kind, named as if it were known which.
bool Responding::asks_of_kind() const {
    static const RE2 asks(
        R"((?:^|[.,!?] )(?:how (?:do|does|can|should|loud|heavy|big|tall|wide|noisy) |do i (?:have|need) to |(?:does|do|is|are|can) (?:the|your) )|어떻게 ?(?:닦|씻|세척|청소|관리|조립|켜|끄|써|사용|충전|보관))");
    return RE2::PartialMatch(reading_.plain(), asks);
}

// … of which there are few, and whose data says it: that comes before an answer that is a guess.
bool Responding::about_kind() {
    const auto& asked = reading_.asked();
    if (!bot_.catalog || !asks_of_kind() || !asked.names_type || asked.evidence < goods_evidence)
        return false;
    const auto found = bot_.catalog->search(asked.query);
    if (found.total == 0 || found.total > few_of_kind) return false;
    const auto question = reading_.question();
    const auto told =
        std::count_if(found.matches.begin(), found.matches.end(), [&](const catalog::Match& one) {
            return bot_.catalog->about(one.product->id, question, c_.row.locale).surely();
        });
    if (static_cast<std::size_t>(told) * 2 < found.matches.size()) return false;
    search(asked);
    return true;
}

// "How do I clean the air fryer basket?": of a kind that has few, what their data says comes with them.
void Responding::tell_of_found(Reply& found) {
    static const RE2 wishes(R"(있나|있어|있음|있을까|있냐|없나|없어|없냐|do you have|have you got)");
    const auto& shown = c_.dialogue.shown;
    static const RE2 asked(R"((?:요|나|죠|까|니)\?$)");
    const bool of_thing = (reading_.asks_of_thing() || RE2::PartialMatch(reading_.plain(), asked)) &&
                          !reading_.wishes() && !reading_.asked().constrains &&
                          !RE2::PartialMatch(reading_.plain(), wishes);
    // "미니 가습기 소음 알려 주세요"
    static const RE2 told_of(R"(알려|몇이|몇 ?(?:db|데시벨|kg|킬로|리터|와트|시간)|얼마나|궁금|어느 ?정도)");
    const bool one = shown.size() == 1 && RE2::PartialMatch(reading_.plain(), told_of) && !reading_.wishes();
    if (found.products.empty() || shown.empty() || shown.size() > few_of_kind || reading_.refuses() ||
        !(asks_of_kind() || of_thing || one))
        return;
    const auto question = reading_.question();
    if (shown.size() > 1) {
        if (auto all = about_shown(c_, question, bot_)) found.text = std::move(all->text);
        return;
    }
    const auto* product = bot_.catalog->find(shown.front());
    const auto told =
        product == nullptr ? catalog::Told() : bot_.catalog->about(product->id, question, c_.row.locale);
    if (told.surely())
        found.text = about_product(c_, *product, Asked::detail, question, told.answers, bot_).text;
}

// "이거 말고", "something else": the same search without what was shown.
bool Responding::others() {
    auto next = *reading_.refined();
    const auto before =
        c_.dialogue.query.is_null() ? std::nullopt : catalog::query_from_json(c_.dialogue.query);
    next.query.text = before ? before->text : std::string();
    next.query.offset = 0;
    for (const auto& id : c_.dialogue.shown)
        if (auto& known = next.query.exclude_ids; std::find(known.begin(), known.end(), id) == known.end())
            known.push_back(id);
    if (bot_.catalog->search(next.query).matches.empty()) return phrase("products_no_more", "catalog"), true;
    search(next);
    return true;
}

bool Responding::refine() {
    if (reading_.known() || !reading_.refined() || !reading_.refined()->constrains) return false;
    search(*reading_.refined());
    return true;
}

// "How much is it with shipping?"
bool Responding::price_with_delivery() {
    static const RE2 price(
        R"(얼마(?:예|에|인|죠|야|\?| |$)|붙|무료|따로|별도|how much|total|price|cost|free)");
    static const RE2 total(R"((?:^| )(?:the |my )?total(?: |$)|총 ?(?:금액|액|얼마))");
    if (product_.product == nullptr || bot_.settings.delivery.fee < 0 || !reading_.asks_delivery_cost() ||
        !(product_.by_visitor || reading_.asks_about_it() || RE2::PartialMatch(reading_.plain(), total)) ||
        !RE2::PartialMatch(reading_.plain(), price))
        return false;
    return about("ask_price");
}

// "The stand one", "A20요": one of those shown, and nothing else.
bool Responding::picked() {
    constexpr std::size_t longest = 24;  // characters; who says more says something of it
    if (!product_.by_visitor || product_.product == nullptr || reading_.refuses() ||
        !c_.dialogue.awaiting.empty() || text::count_code_points(reading_.plain()) > longest ||
        !reading_.clauses().empty() || reading_.asked().query.price_max || reading_.asked().query.price_min)
        return false;
    if (reading_.known() && (reading_.confidence() >= sure || reading_.seeks_goods())) return false;
    // "조약돌 그거 오늘 도착 돼요?" asks more than which.
    if (asks_of_service(reading_.plain()) && reading_.asks_something()) return false;
    // "5.5로 할게요 색 흰색 있나요"
    if (reading_.says("intent:ready_to_buy") && reading_.asks_something()) return false;
    for (const std::string_view wish : {"추천", "보여", "찾", "recommend", "show"})
        if (reading_.plain().find(wish) != std::string::npos) return false;
    if (std::find(c_.dialogue.shown.begin(), c_.dialogue.shown.end(), product_.product->id) ==
        c_.dialogue.shown.end())
        return false;
    if (!asked_before_.empty() &&
        bot_.catalog->about(product_.product->id, asked_before_, c_.row.locale).surely())
        return about("ask_product_detail");
    auto& own = reply(fill(say("chosen"), {{"product", product_.product->texts(c_.row.locale).title}}),
                      "catalog", true);
    own.products = product_cards({product_.product->id}, c_.row.locale, bot_);
    c_.dialogue.focus = product_.product->id;
    return true;
}

// "두 개 사면 얼마예요?", "20 of those, total?", and behind that "3개면?"
bool Responding::price_of_many() {
    const auto count = reading_.how_many();
    const auto* product = product_.product;
    if (!count || product == nullptr) return false;
    const auto& plain = reading_.plain();
    constexpr auto prices =
        std::to_array<std::string_view>({"얼마", "가격", "금액", "총액", "개 값", "개값", "대 값", "대값",
                                         "how much", "price", "cost", "total"});
    const bool asks = std::any_of(prices.begin(), prices.end(), [&](std::string_view word) {
        return plain.find(word) != std::string::npos;
    });
    constexpr auto others =
        std::to_array<std::string_view>({"얼마나 걸", "할인", "discount", "견적", "quote"});
    const bool other = plain.find("without discount") == std::string::npos &&
                       std::any_of(others.begin(), others.end(), [&](std::string_view word) {
                           return plain.find(word) != std::string::npos;
                       });
    const bool goes_on = reading_.is_bare_word() && plain.find("개면") != std::string::npos;
    if ((!asks || other) && !goes_on) return false;
    // A "2-cup set" is one thing.
    const auto title = product->texts(c_.row.locale).title;
    const auto called = text::normalised(title);
    for (const std::string_view counter : {"개", "p", "-", "입", " pack", " piece"})
        if (called.find(std::to_string(*count) + std::string(counter)) != std::string::npos) return false;
    const auto price = [&](std::int64_t amount) {
        return catalog::format_price({amount, bot_.catalog->currency()}, c_.row.locale);
    };
    auto& own = reply(fill(say("price_of_many"), {{"product", title},
                                                  {"count", std::to_string(*count)},
                                                  {"total", price(product->price.amount * *count)},
                                                  {"price", price(product->price.amount)}}),
                      "catalog", true);
    own.products = product_cards({product->id}, c_.row.locale, bot_);
    c_.dialogue.focus = product->id;
    tell_service_cost(own, product->price.amount * *count);
    topic(title);
    return true;
}

// "별로예요", "not that one", said of what is shown.
bool Responding::turns_down() const {
    constexpr auto words = std::to_array<std::string_view>(
        {"별로예요", "별로네", "별로다", "별로인데", "별로에요", "별로야", "마음에 안", "맘에 안",
         "마음에 들지 않", "not this one", "not that one", "don't like this", "don't like that",
         "don't like it", "don't like the", "don't like any", "not my style", "not to my taste"});
    constexpr std::size_t longest = 40;  // characters; more tells of something else
    if (c_.dialogue.shown.empty() || text::count_code_points(reading_.plain()) > longest) return false;
    const auto& text = reading_.plain();
    // "마음에 안 들면 반품되나요?", "what if I don't like it": not yet.
    for (const std::string_view condition : {"들면", "드시면", "if "})
        if (text.find(condition) != std::string::npos) return false;
    return text.ends_with("별로") || std::any_of(words.begin(), words.end(), [&](std::string_view one) {
               return text.find(one) != std::string::npos;
           });
}

// "별로예요", "not that one": others of what was asked for, without what was turned down.
bool Responding::turned_down() {
    const auto* beside = c_.dialogue.beside.empty() ? nullptr : bot_.catalog->find(c_.dialogue.beside);
    auto query = c_.dialogue.query.is_null() ? std::nullopt : catalog::query_from_json(c_.dialogue.query);
    if ((!query && beside == nullptr) || reading_.faq_of(reading_.label()) != nullptr || !turns_down())
        return false;
    std::vector<std::string> gone;
    if (product_.product != nullptr && (product_.by_visitor || c_.dialogue.shown.size() == 1))
        gone = {product_.product->id};
    else
        gone = c_.dialogue.shown;
    note_rejected(c_, gone);
    auto others = [&] {
        if (beside != nullptr) return others_beside(c_, *beside, bot_);
        // "그건 별로고 흰색으로": what is said besides is a wish.
        if (reading_.refined() && reading_.refined()->constrains) query = reading_.refined()->query;
        query->exclude_ids.insert(query->exclude_ids.end(), gone.begin(), gone.end());
        catalog::Interpretation next;
        next.query = std::move(*query);
        return show_products(c_, next, bot_);
    }();
    if (others.products.empty())
        others.text = say("products_no_more");
    else
        others.text.insert(0, std::string(say("turned_down")) + "\n");
    out_.replies.push_back(std::move(others));
    return true;
}

bool Responding::buy() {
    // "살게요, 빨간색도 있나요?"
    if (product_.product != nullptr && reading_.asks_something() && asked_of_product().surely())
        about("ask_product_detail");
    // "전기요를 하나 사려고 하는데요": what is to be bought has to be found first.
    if (product_.product == nullptr && c_.dialogue.shown.empty() && reading_.names_goods())
        return search(reading_.asked()), true;
    answer_in_passing();
    const auto* product = product_.product;
    // "I'll take it. I also need a mug": the next thing is looked for at once.
    if (out_.replies.empty() && product != nullptr && reading_.asked().names_type && reading_.wishes() &&
        !is_of_kind(product->id, reading_.asked().query.types, bot_))
        search(reading_.asked());
    if (product != nullptr && product->availability == "out_of_stock") {
        Reply gone;
        gone.source = "catalog";
        gone.substantive = true;
        (void)add_alternatives(c_, gone, *product, bot_);
        out_.replies.push_back(std::move(gone));
        return true;
    }
    if (out_.replies.empty() && product != nullptr && product_.by_visitor)
        reply(fill(say("chosen"), {{"product", product->texts(c_.row.locale).title}}), "catalog", true)
            .products = product_cards({product->id}, c_.row.locale, bot_);
    // A colleague has been asked for already.
    if (out_.replies.empty() && c_.handoff) phrase("ready_noted", "handoff");
    note("says_so", product != nullptr ? product->id : "");
    ready_ = true;
    return true;
}

// "I'd rather exchange them. What over-ear ones do you have?": the clause that asks for goods.
bool Responding::lists_what_there_is() {
    constexpr std::size_t most_clauses = 4;
    if (!bot_.catalog) return false;
    for (const auto& clause : clauses_of(reading_.meant_words(), most_clauses)) {
        if (!asks_what_there_is(text::normalised(clause.text))) continue;
        const auto wanted = bot_.catalog->interpret(clause.text);
        if (wanted.evidence < goods_evidence || !finds(wanted.query)) continue;
        return search(wanted), true;
    }
    return false;
}

// What lies on the shelves is sold, whatever the examples of goods that are not say: its name may have become
// known since they were written. A rule stands.
bool Responding::stocked() const {
    if (!reading_.whole().rules.empty()) return false;
    const auto& asked = reading_.asked();
    if (asked.evidence < strong_goods || !(asked.names_type || asked.names_product)) return false;
    return finds(asked.query);
}

// "가열식 말고 초음파요", of the humidifiers that were searched for.
bool Responding::stocked_here() const {
    return reading_.whole().rules.empty() && reading_.refined() && reading_.refined()->constrains &&
           !reading_.asked().query.not_words.empty() && finds(reading_.refined()->query);
}

bool Responding::finds(const catalog::Query& query) const {
    const auto results = bot_.catalog->search(query);
    return !results.matches.empty() && results.relaxed.empty() && results.absent.empty() &&
           results.corrected.empty();
}
}  // namespace maru
