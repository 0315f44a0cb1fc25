// The policy's part about goods: searching, going on from a search, and what is asked of a product.
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "bot/conversation/about_goods.hpp"
#include "bot/conversation/clauses.hpp"
#include "bot/conversation/comparing.hpp"
#include "bot/conversation/named_goods.hpp"
#include "bot/conversation/recommending.hpp"
#include "bot/conversation/responding.hpp"
#include "bot/conversation/say.hpp"
#include "bot/conversation/shelf.hpp"
#include "bot/conversation/taste.hpp"
#include "catalog/money.hpp"
#include "catalog/query_json.hpp"
#include "catalog/question.hpp"
#include "flows/runner.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

constexpr std::size_t few_of_kind = 4;  // products: what is asked of them all is read at a glance
constexpr std::size_t longest_question =
    200;  // characters, of one that may be asked again of another product

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

// "그 램프에 맞는 캔들도 보여 주세요", "로봇청소기도 있나요", of another kind than the one in hand.
bool Responding::wants_another_kind() const {
    static const RE2 see(R"(보여|show me)");
    static const RE2 sold(
        R"((?:파는|파나|팔아|판매|있나요|있어요|있냐|있을까요|없어요|없나요)|do you (?:have|sell))");
    const auto& asked = reading_.asked();
    return asked.names_type && asked.evidence >= goods_evidence && !asked.names_product &&
           std::none_of(
               asked.query.types.begin(), asked.query.types.end(),
               [&](const std::string& type) { return is_kind(product_.product->text.product_type, type); }) &&
           (RE2::PartialMatch(reading_.plain(), see) ||
            ((reading_.wishes() || RE2::PartialMatch(reading_.plain(), sold)) && finds(asked.query)));
}

// "피벗 되는 모니터로 보여줘요", "I want a big speaker", of whatever is in hand.
bool Responding::asks_to_see_kind() const {
    static const RE2 see(
        R"((?:로|으로|걸로|거|것|만)? ?(?:보여|추천)|show me|recommend|(?:^|[^a-z])i (?:want|need|would like) an? )");
    return !product_.outright && reading_.names_goods() && reading_.asked().names_type &&
           reading_.goods() >= goods_evidence && RE2::PartialMatch(reading_.plain(), see) &&
           !reading_.asks_about_it();
}

// A product by its name, with a question that its data answers: "노을소리 H7 배터리 몇 시간 가요?"
bool Responding::about_named() {
    if (!product_.by_visitor || product_.product == nullptr) return false;
    if (!product_.outright && (wants_another_kind() || asks_what_there_is(reading_.plain()))) return false;
    const auto name = Reading::intent_of(reading_.label());
    const bool asks_shop = name == "ask_price" || name == "ask_stock" || reading_.says("intent:ready_to_buy");
    if (show_titled()) return true;
    // "How long is delivery for the ‹title›?"
    if (reading_.has_title() && reading_.known() && reading_.faq_of(reading_.label()) != nullptr &&
        asks_of_service(reading_.plain()))
        return false;
    // "Not the price, how loud is the U3?" refuses no goods.
    if (reading_.refuses() && !reading_.asks_something()) return false;
    // "노이즈캔슬링 되는 걸로" is a wish for such goods.
    if (reading_.plain().ends_with("걸로") || reading_.plain().ends_with("걸로요")) return false;
    if (asks_shop) return false;
    if (reading_.asks_how_to_buy() || asks_to_see_kind()) return false;
    if (reading_.plain_question() && reading_.confidence() >= certain) return false;
    // A name and nothing else: what a search for it shows, or what there is to tell of it.
    if (product_.outright && asked_before_.empty() &&
        (asked_of_product().answers.empty() || !reading_.asks_something()) && only_names_it()) {
        if (name == "find_product" || name == "refine_search" || name == "recommend") return false;
        out_.replies.push_back(
            about_product(c_, *product_.product, Asked::detail, reading_.question(), {}, bot_));
        topic(product_.product->texts(c_.row.locale).title);
        return true;
    }
    // "Do you have desks, too?" is not asked of the desk chair.
    if (((name == "not_sold" && reading_.known()) || reading_.says("intent:not_sold", sure)) &&
        !product_.outright && asks_for_goods(reading_.plain()))
        return false;
    // "Replacement filters for the A40, how much?": a rule of the shop's knows what is asked.
    if (!reading_.whole().rules.empty() && name != "not_sold" && name != "ask_product_detail" &&
        bot_.flows->triggered_by(name) != nullptr)
        return false;
    // "The walnut one is gorgeous. Hongdae store address please."
    if (reading_.known() && reading_.confidence() >= sure && !reading_.seeks_goods() &&
        bot_.flows->triggered_by(name) != nullptr && !asked_of_product().concerns &&
        !(product_.outright && (asked_of_product().surely() || name == "not_sold")))
        return false;
    // "비질 V6 물걸레 되나요?", "이거 노이즈 캔슬링 돼요?": other goods that do are no answer.
    // "Does the K10 have a Korean layout?" is no question of the languages spoken here.
    const auto least =
        product_.outright && !text::has_hangul(reading_.plain()) && !asks_of_service(reading_.plain())
            ? certain
            : 0;
    const bool asks_shop_too =
        reading_.known() && reading_.faq_of(reading_.label()) != nullptr && reading_.confidence() >= least;
    if ((product_.outright || reading_.asks_about_it()) && reading_.asks_of_thing() && !asks_shop_too &&
        !reading_.asks_for_others() && !only_names_it() && !asks_of_service(reading_.plain()))
        return about("ask_product_detail");
    // "The handheld one, noise": what its data does not say is said to be so.
    constexpr std::size_t few = 60;  // characters
    const auto& shown = c_.dialogue.shown;
    const bool in_view = std::find(shown.begin(), shown.end(), product_.product->id) != shown.end();
    // "솜베개는 솜 좀 빼서 낮출 수 있나요?"
    static const RE2 whether(R"(수 ?있(?:나|어|는지|을까|냐))");
    const bool asks = asked_of_product().concerns || RE2::PartialMatch(reading_.plain(), whether) ||
                      (!reading_.known() && reading_.asks_something() && !reading_.asks_for_others());
    // "6인용은요?", with the question before.
    if (in_view && !asked_before_.empty() && asked_of_product().answers.empty() && only_names_it() &&
        !reading_.asks_for_others())
        return about("ask_product_detail");
    if (asked_of_product().answers.empty() &&
        (!asks || !(in_view || product_.outright) || text::count_code_points(reading_.plain()) > few))
        return false;
    return about("ask_product_detail");
}

bool Responding::only_names_it() const {
    return catalog::only_names(*product_.product, reading_.question(), c_.row.locale);
}

// "Does it mop too?", "그거 스피커 내장이에요?": asked of the product in hand, whatever other goods its words
// name.
bool Responding::about_it() {
    if (product_.product == nullptr || product_.by_visitor || wants_another_kind()) return false;
    if (reading_.asks_how_to_buy() || asks_to_see_kind()) return false;
    // "And the noise?"
    const bool bare = reading_.has_bare_question() && !reading_.asks_for_others();
    static const RE2 only(
        R"((?:색|컬러|색상|색깔)\S{0,4} ?\S{0,12}(?:밖에|뿐)|only (?:in|come in|available in) )");
    if (!reading_.asks_about_it() && !reading_.asks_whether_too() &&
        !RE2::PartialMatch(reading_.plain(), only) &&
        !((bare || reading_.insists()) && asked_of_product().surely()))
        return false;
    const auto label = Reading::intent_of(reading_.label());
    if (label == "ask_price" || label == "ask_stock") return false;
    const bool asks_shop = reading_.known() && reading_.faq_of(reading_.label()) != nullptr;
    const bool leads_off = reading_.known() && bot_.flows->triggered_by(label) != nullptr &&
                           (reading_.confidence() >= sure || !asked_of_product().concerns);
    // "Can I return it if it's too loud?"
    if (leads_off && !reading_.whole().rules.empty()) return false;
    if (asks_shop && asks_of_service(reading_.plain())) return false;
    const bool other_matter = asks_shop || leads_off;
    // "Is it noisy? I sleep in the same room": what the product's own data says comes before advice.
    const bool surely = asked_of_product().surely();
    if (other_matter && reading_.confidence() >= sure && (asks_shop || !surely)) return false;
    // A sentence that shares a word with the question answers only who surely asks about goods.
    // "이거 노이즈 캔슬링 돼요?": what it does not say is said to be so.
    const bool of_thing =
        reading_.asks_about_it() && reading_.asks_of_thing() && !asks_shop && reading_.confidence() < sure;
    if (!surely && !of_thing && (other_matter || !(reading_.seeks_goods() || asked_of_product().concerns)))
        return false;
    out_.replies.push_back(about_product(c_, *product_.product, Asked::detail, reading_.question(),
                                         asked_of_product().answers, bot_));
    c_.dialogue.asked = text::truncate(reading_.question(), longest_question);
    topic(product_.product->texts(c_.row.locale).title);
    return true;
}

const catalog::Told& Responding::asked_of_product() {
    if (!told_) {
        told_ = bot_.catalog->about(product_.product->id, reading_.question(), c_.row.locale);
        // "32인치꺼는? 높낮이": what is asked stands behind the question.
        constexpr std::size_t few = 40;  // characters
        if (told_->answers.empty() && !told_->concerns && text::count_code_points(reading_.plain()) <= few &&
            reading_.question() != reading_.words())
            told_ = bot_.catalog->about(product_.product->id, reading_.meant_words(), c_.row.locale);
    }
    return *told_;
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

// "공기청정기 샀는데요": nobody who has one wants to be shown some.
bool Responding::about_own() {
    if (!reading_.tells_of_own()) return false;
    const auto label = Reading::intent_of(reading_.label());
    // "I'm not shopping! Mine is leaking, I bought it here"
    if (!reading_.known() || reading_.confidence() < hesitant)
        for (const auto& clause : reading_.clauses())
            if (const auto said = Reading::intent_of(Reading::label_of(clause));
                (said == "repair_request" || said == "product_trouble") && start_triggered(said))
                return true;
    // "산 지 1년 됐는데 밥솥이 안 켜져요", "mine stopped working": that is what it is about.
    static const RE2 trouble(
        R"((?:^| )안 ?(?:켜|되|돼|나와|나오|뿜|움직|눌|들려|들리|맞)|고장|깨졌|깨져|새요|샌다|금이|이상해|이상한|망가|먼지 ?(?:가 )?(?:너무 )?날|냄새|not working|doesn't work|doesn't turn|won't|stopped|broke|cracked|leak|smell|smoke)");
    if ((!reading_.known() || reading_.confidence() < hesitant) &&
        RE2::PartialMatch(reading_.plain(), trouble) && start_triggered("product_trouble"))
        return true;
    const bool takes_for_wish = label == "find_product" || label == "recommend" || label == "refine_search" ||
                                label == "ready_to_buy";
    return (takes_for_wish || !reading_.known()) && start_triggered("after_purchase");
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

// "What colours?", "which one is the quietest?": asked of what is in view, rather than a search for more.
bool Responding::about_in_view() {
    if (reading_.asked().constrains || reading_.names_goods() || reading_.asks_for_others() ||
        !reading_.asks_what())
        return false;
    const auto& words = reading_.words();
    if (product_.product != nullptr) {
        if (asked_of_product().answers.empty()) return false;
        return about("ask_product_detail");
    }
    auto all = about_shown(c_, words, bot_);
    if (!all) return false;
    out_.replies.push_back(std::move(*all));
    return true;
}

bool Responding::about(std::string_view intent) {
    const auto what = intent == "ask_price"   ? Asked::price
                      : intent == "ask_stock" ? Asked::stock
                                              : Asked::detail;
    const auto& asked = reading_.asked();
    // "무선 마우스 얼마예요?" asks for a kind of goods, "이거 얼마예요?" for the one in hand; "is a cable
    // included?" asks what comes with it, whatever else is sold by that name.
    const bool in_the_box = product_.product != nullptr && reading_.asks_what_is_included();
    const bool nothing_yet = product_.product == nullptr && c_.dialogue.shown.empty();
    // "전구는 교체되나요?", of the lamps in view, rather than of bulbs.
    static const RE2 any(R"(있나|있어|있을까|없나|없어|없을까|do you have)");
    if (what == Asked::detail && product_.product == nullptr && c_.dialogue.shown.size() > 1 &&
        reading_.asks_of_thing() && !reading_.wishes() && asked.names_type &&
        !RE2::PartialMatch(reading_.plain(), any))
        if (auto all = about_shown(c_, reading_.question(), bot_))
            return out_.replies.push_back(std::move(*all)), true;
    if (!product_.by_visitor && !in_the_box && (asked.names_type || asked.names_brand) &&
        (asked.evidence >= goods_evidence || nothing_yet) && !asked.names_product)
        return search(asked), true;
    // "7 h is short. Anything that lasts nine hours or more?"
    if (!product_.by_visitor && reading_.asks_for_any() && reading_.refined() &&
        reading_.refined()->constrains)
        return search(*reading_.refined()), true;
    if (product_.product != nullptr && !product_.outright && wants_another_kind()) return search(asked), true;
    if (product_.product != nullptr) {
        auto question = reading_.question();
        auto told = asked_of_product();
        // "15 mm is not enough. And the R8?" after how high the R3 climbs.
        constexpr std::size_t nothing_else = 30;  // characters
        if (product_.by_visitor && text::count_code_points(question) <= nothing_else &&
            told.answers.empty() && !told.beside && !told.concerns && what == Asked::detail &&
            !asked_before_.empty()) {
            question = asked_before_;
            told = bot_.catalog->about(product_.product->id, question, c_.row.locale);
        }
        // "필터만 얼마예요?", "is a repair expensive?": not of the product, but of what comes after it.
        // "화상 위험은 없나요": what the data does not say, and a question of the shop's does.
        const bool untold = what == Asked::detail && told.answers.empty() && !product_.outright;
        const auto* faq = told.beside ? likely_faq(0.4F) : untold ? likely_faq(1) : nullptr;
        if (faq != nullptr) return answer(*faq), true;
        // "What's the noise of the ultrasonic one?" asks for no price, whatever it is taken for.
        const auto price = catalog::format_price(product_.product->price, c_.row.locale);
        const bool other = told.answers.size() > 1 ||
                           (what == Asked::price &&
                            std::any_of(told.answers.begin(), told.answers.end(),
                                        [&](const catalog::Answer& one) { return one.value != price; }));
        const auto as = told.beside || other ? Asked::detail : what;
        out_.replies.push_back(about_product(c_, *product_.product, as, question, told.answers, bot_));
        if (as == Asked::detail) c_.dialogue.asked = text::truncate(question, longest_question);
        // "How much is it with gift wrap?"
        if (what == Asked::price)
            tell_service_cost(out_.replies.back(), product_.product->price.amount);
        else if (const auto* cost = reading_.asks_service_cost() ? likely_faq(0.3F) : nullptr;
                 cost != nullptr)
            answer(*cost);
        topic(product_.product->texts(c_.row.locale).title);
        return true;
    }
    if (start_triggered(intent)) return true;
    if (reading_.speaks_of_another_kind() && asked.names_type) return search(asked), true;
    // "The pink one, how much?": another colour of what is shown.
    if (asked.query.colors.size() == 1 && reading_.refined() && !c_.dialogue.shown.empty())
        return search(*reading_.refined()), true;
    if (asked.evidence >= strong_goods && reading_.names_goods()) return search(asked), true;
    if (what == Asked::price && !c_.dialogue.shown.empty()) {
        out_.replies.push_back(prices_of_shown(c_, bot_));
        return true;
    }
    if (auto all = about_shown(c_, reading_.words(), bot_))
        return out_.replies.push_back(std::move(*all)), true;
    if (const auto* faq = likely_faq(0.8F)) return answer(*faq), true;
    answer_in_passing();
    // "And what do I pay for it?", after the terms of returns.
    if (const auto* faq = out_.replies.empty() ? of_same_matter() : nullptr) return answer(*faq), true;
    phrase("which_product", "clarify");
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
