// The policy's part about one product: what is asked of the one in hand, or of those in view.
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "bot/conversation/about_goods.hpp"
#include "bot/conversation/named_goods.hpp"
#include "bot/conversation/responding.hpp"
#include "bot/conversation/shelf.hpp"
#include "catalog/money.hpp"
#include "catalog/question.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

constexpr std::size_t longest_question =
    200;  // characters, of one that may be asked again of another product

}  // namespace

// "그 램프에 맞는 캔들도 보여 주세요", "로봇청소기도 있나요", of another kind than the one in hand.
bool Responding::wants_another_kind() const {
    static const RE2 see(R"(보여|show me)");
    static const RE2 sold(
        R"((?:파는|파나|팔아|판매|있나요|있어요|있냐|있을까요|없어요|없나요)|do you (?:have|sell))");
    const auto& asked = reading_.asked();
    return asked.names_type && asked.evidence >= goods_evidence && !asked.names_product &&
           !is_of_kind(product_.product->id, asked.query.types, bot_) &&
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

}  // namespace maru
