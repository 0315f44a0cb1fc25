// The patterns by which prices, ratings, stock, orders and comparisons are recognised, Korean and English
// side by side. Included by query_words.cpp alone.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/query_words.hpp"

namespace maru::catalog {

// An amount of money as people write it; the currency, if any, is inside. Latin currency words must end
// there.
inline constexpr std::string_view kAmount =
    R"((?:us\$|[$₩€£¥])?\s?(?:\d[\d,]*(?:\.\d+)?\s?(?:천만|백만|십만|만|천|k\b|thousand\b|grand\b|million\b)?(?:\s?\d+\s?천)?|[일이삼사오육칠팔구십백천]*[십백천]*만(?:\s?[일이삼사오육칠팔구]?\s?천)?|[이삼사오육칠팔구]천|천))";
inline constexpr std::string_view kCurrency =
    R"(\s?(?:원|won\b|krw\b|₩|(?:홍콩|호주|캐나다|싱가포르|대만)\s?달러|달러|불\b|dollars?\b|usd\b|bucks?\b|\$|유로|euros?\b|eur\b|€|파운드|pounds?\b|gbp\b|quid\b|£|엔|yen\b|jpy\b|¥|위안|yuan\b|cny\b|rmb\b|프랑|francs?\b|chf\b|aud\b|cad\b|hkd\b|sgd\b|twd\b|루피|rupees?\b|inr\b|바트|baht\b|thb\b))";

inline std::string amount_pattern() {
    return "(" + std::string(kAmount) + "(?:" + std::string(kCurrency) + ")?)";
}

struct QueryWords::Patterns {
    static RE2::Options options() {
        RE2::Options options;
        options.set_log_errors(true);
        options.set_max_mem(32 << 20);
        return options;
    }
    static std::string numeric(std::string_view before, std::string_view after) {
        return std::string(before) + amount_pattern() + std::string(after);
    }

    RE2 between{"(?:between\\s|from\\s)?\\s?" + amount_pattern() + "\\s?(?:~|-|to\\b|and\\b|에서|부터)\\s?" +
                    amount_pattern() + "\\s?(?:대|사이|까지|범위)?(?:\\s?(?:사이|범위|로|의))?",
                options()};
    RE2 before_max{
        numeric(
            R"((under|below|less than|cheaper than|lower than|up to|max(?:imum)?(?: of)?|at most|no more than|not more than|within|(?:not|nothing|none|(?:do|ca|wo|is|are|does|should|must)n'?t|without|never)(?: [a-z]+){0,4}? (?:over|above|more than|past|exceed(?:ing)?)|(?:i )?only(?: have| got| spend)?|ive got|spend(?: up to| maybe| perhaps)?|budget (?:is|of)|(?:my |the )?(?:limit|max|maximum|budget) is|budget)(?: around| about| roughly| approximately)?\s?:?\s?)",
            ""),
        options()};
    RE2 after_max{
        numeric(
            "",
            R"(\s?(or less|or under|or below|or lower|or cheaper|and under|and below|max(?:imum)?\b|tops\b|at (?:the )?most|is (?:my|the) (?:limit|max(?:imum)?|budget)|이하|미만|이내|까지|안쪽|아래|밑|안으로|안에서|언더|을? ?안 ?넘|을? ?넘지 ?않|을? ?넘기지|을? ?넘으면 ?안|한도|예산|보다 ?(?:더 ?|좀 ?|조금 ?)?(?:싼|싸|저렴|낮|밑|아래|적|작)|도? ?안 ?되는|에 ?(?:줘|주|해 ?줘|해 ?주|안 ?돼|안 ?되|맞춰|가능|살|팔|파)|(?:으로|로) ?(?:살|구매|맞춰)))"),
        options()};
    // "10만원 넘는데 더 싼 건 없나요": what is shown costs too much.
    RE2 too_much{
        numeric(
            "",
            R"(\s?(?:은|는|이|가|을)? ?(넘는데|넘는군|넘는구|넘네|넘잖|넘던데|넘어서|넘어가|넘으니|넘으면|넘음|넘어요|넘었|초과네|초과인데|초과라))"),
        options()};
    // "5만원 넘어도 돼요": as good as no limit.
    RE2 no_matter{numeric("", R"(\s?을?\s?(넘어도|이상이어도|이상이라도|초과해도))"), options()};
    RE2 budget{numeric(R"(예산(?:은|이)?\s?(?:은|이|약|한|대략)?\s?)", ""), options()};
    RE2 before_min{
        numeric(
            R"((over|above|more than|more expensive than|pricier than|dearer than|at least|from|starting (?:at|from)|min(?:imum)?(?: of)?|no less than)\s)",
            ""),
        options()};
    RE2 after_min{
        numeric(
            "",
            R"(\s?(or more|or above|or over|and up|and above|\+|이상|초과|부터|을? ?넘는|을? ?넘어|위로|짜리 이상|보다 ?(?:더 ?|좀 ?|조금 ?)?(?:비싼|비싸|높|위|고가)))"),
        options()};
    RE2 decade{numeric("", R"(\s?(초반|중반|후반)?대(?:의|로|에서|에)?\s?(초반|중반|후반)?)"), options()};
    RE2 around{numeric(R"((around|about|approximately|approx\.?|roughly|circa|~|약|대략|한)\s?)", ""),
               options()};
    RE2 after_around{numeric("", R"(\s?(정도|쯤|내외|전후|안팎|가량|선에서|선으로|언저리|or so|ish\b))"),
                     options()};
    RE2 exact{"(" + std::string(kAmount) + std::string(kCurrency) + ")(짜리)?", options()};
    // "68만원 썼는데", "I paid 20,000 won": of money that is gone.
    RE2 spent{
        R"(^\s?(?:이나|이|을|어치)?\s?(?:썼|냈|결제|주고|샀|나왔|할인|쿠폰|적립|환불)|^\s?(?:off|discount|refund|coupon))",
        options()};

    RE2 rating{
        R"((?:(?:평점|별점|평가|rating|rated|ratings?)\s?(?:이|은|of|at least|over|above)?\s?(\d(?:\.\d+)?)\s?(?:점|개|stars?)?|별\s?(\d(?:\.\d)?)\s?개|(?:at least |over |above |minimum )?(\d(?:\.\d)?)\s?\+?\s?(?:-\s?)?stars?)\s?(?:이상|넘는|초과|or (?:more|higher|above|better)|and (?:up|above)|\+|plus)?)",
        options()};
    RE2 stock{
        R"(in[- ]stock|available now|재고\s?(?:가|는)?\s?(?:있는|있음|보유)|품절\s?(?:아닌|안\s?된|상품\s?(?:빼고|제외)|제외|빼고)|당일\s?발송)",
        options()};

    // Whether any rating, stock or order is named at all: one look for the many messages that name none.
    std::unique_ptr<RE2> any;
    std::vector<std::pair<std::unique_ptr<RE2>, Sort>> sorts;
    std::vector<std::pair<std::unique_ptr<RE2>, Sort>> comparatives;
    std::vector<std::pair<std::unique_ptr<RE2>, Compared>> comparisons;

    Patterns() {
        const auto sort = [&](const char* pattern, Sort by) {
            sorts.emplace_back(std::make_unique<RE2>(pattern, options()), by);
        };
        sort(
            R"(\b(?:the\s)?(?:cheapest|lowest[- ]priced?|least expensive|most affordable|low to high|lowest price)\b|(?:제일|가장|젤|최고로)\s?(?:싼|저렴한?|값싼|싸고|싸게|싸|가격이?\s?(?:낮은|싼))|최저가|최저\s?가격|(?:싼|저렴한|낮은\s?가격|가격\s?낮은|저가)\s?순(?:서)?(?:으로|대로)?)",
            Sort::price_ascending);
        sort(
            R"(\b(?:the\s)?(?:most expensive|priciest|highest[- ]priced?|high to low)\b|(?:제일|가장|젤)\s?비싼|(?:비싼|높은\s?가격|가격\s?높은)\s?순(?:으로)?)",
            Sort::price_descending);
        sort(
            R"(\b(?:the\s)?(?:best|top|highest)[- ](?:rated|reviewed|ratings?|reviews?)\b|(?:평점|별점|평가|평|후기|리뷰)(?:이|가|은|는)?\s?(?:제일\s?|가장\s?)?(?:좋은|높은|좋고|괜찮은)(?:\s?순(?:으로)?)?|(?:평점|별점)\s?순(?:으로)?)",
            Sort::rating);
        sort(
            R"(\b(?:the\s)?(?:newest|latest|most recent|new arrivals?|just released|brand new)\b|(?:^|\s)신상품?|최신(?:형|상품|순|제품)?(?:으로)?|신제품|(?:새로|최근에?)\s?(?:나온|출시(?:된|한)?|입고된|들어온)|신규)",
            Sort::newest);
        sort(
            R"(\b(?:the\s)?(?:most popular|popular|best[- ]?sell(?:ers?|ing)|bestsellers?|trending|hot selling)\b|(?:^|\s)인기(?:\s?(?:있는|많은|좋은|순|상품|제품|템))?(?:으로)?|베스트\s?(?:셀러|상품|템)?|(?:제일|가장|많이)?\s?잘\s?(?:나가는|팔리는)|많이\s?(?:팔리는|팔린|찾는|사는)|판매량?\s?순(?:으로)?)",
            Sort::popularity);
        sort(
            R"(\b(?:the\s)?lightest\b|(?:제일|가장|젤)\s?(?:가벼운|가볍)|무게\s?순(?:으로)?|가벼운\s?(?:순(?:으로)?|거|걸|것|게)(?:로|으로|요)?)",
            Sort::lightest);
        sort(
            R"(\b(?:the\s)?(?:quietest|least (?:noisy|loud)|lowest noise)\b|\bquiet ones?\b|(?:제일|가장|젤)\s?(?:조용한|조용)|조용한\s?(?:순(?:으로)?|거|걸|것|게)(?:로|으로|요)?|안\s?시끄러운|시끄럽지\s?(?:않은|않고|않게)|(?:소음|소리)(?:이|가|은|도)?\s?(?:(?:제일|가장|젤)\s?(?:적은|작은|낮은|없는)|(?:적은|작은|낮은)(?:\s?(?:순|거|것|걸|게|쪽|편)(?:으로|로|요|인)?)?))",
            Sort::quietest);
        sort(
            R"(\b(?:the\s)?(?:longest[- ](?:lasting|running)|longest (?:battery life|battery|run ?time|playtime))\b|\b(?:lasts?|runs?) (?:the )?longest\b|(?:(?:제일|가장|젤)\s?)?오래\s?(?:가는|쓰는|버티는)(?:\s?(?:거|것|걸|게)(?:로|으로|요)?)?|(?:배터리|사용\s?시간)(?:이|가)?\s?(?:제일|가장|젤)\s?(?:오래|긴|길)\S*)",
            Sort::longest_lasting);
        sort(
            R"(\b(?:the\s)?smallest\b|\bsmall ones?\b|(?:제일|가장|젤)\s?작은|작은\s?(?:사이즈|거|걸|것|게)(?:로|으로|요)?)",
            Sort::smallest);
        sort(
            R"(\b(?:the\s)?(?:biggest|largest)\b|\bbig ones?\b|(?:제일|가장|젤)\s?(?:큰|대형)|(?:^|\s)큰\s?(?:사이즈|거|걸|것|게|건)(?:로|으로|요)?)",
            Sort::largest);
        sort(
            R"(\b(?:cheap|inexpensive|low[- ]cost|affordable|budget[- ]friendly)\b|(?:^|\s)(?:싼|저렴한|값싼|저렴하게|저렴하고|싸고|가성비\s?(?:좋은|갑)?)(?:\s?(?:거|것))?)",
            Sort::price_ascending);
        const auto comparative = [&](const char* pattern, Sort by) {
            comparatives.emplace_back(std::make_unique<RE2>(pattern, options()), by);
        };
        comparative(R"(\bcheaper\b|더\s?(?:싼|저렴한)(?:\s?(?:거|것|건|게))?)", Sort::price_ascending);
        comparative(R"(\blighter\b|더\s?가벼운(?:\s?(?:거|것|건|게))?)", Sort::lightest);
        comparative(R"(\b(?:smaller|more compact)\b|더\s?작은(?:\s?(?:거|것|건|게))?)", Sort::smallest);
        comparative(R"(\b(?:bigger|larger)\b|더\s?큰(?:\s?(?:거|것|건|게))?)", Sort::largest);
        comparative(R"(\b(?:quieter|less (?:noisy|loud))\b|더\s?조용한(?:\s?(?:거|것|건|게))?)",
                    Sort::quietest);
        comparative(R"(\b(?:lasts?|runs?) longer\b|더\s?오래\s?(?:가는|쓰는)(?:\s?(?:거|것|건|게))?)",
                    Sort::longest_lasting);
        comparative(R"(\bnewer\b)", Sort::newest);
        comparative(
            R"(\b(?:faster|louder|longer|heavier|brighter|stronger|thinner|thicker|taller|shorter|softer|warmer|wider|slimmer|simpler|easier|nicer|cuter|prettier|fancier)\b)",
            Sort::relevance);
        auto all = "(?:" + rating.pattern() + ")|(?:" + stock.pattern() + ")";
        for (const auto& [pattern, by] : sorts) all += "|(?:" + pattern->pattern() + ")";
        for (const auto& [pattern, by] : comparatives) all += "|(?:" + pattern->pattern() + ")";
        any = std::make_unique<RE2>(all, options());
        const auto compare = [&](const char* pattern, Compared by) {
            comparisons.emplace_back(std::make_unique<RE2>(pattern, options()), by);
        };
        compare(
            R"(\b(?:cheaper|less expensive|lower priced?|more affordable|something cheaper|too expensive|too pricey|less pricey)\b|(?:좀\s?)?(?:더|보다|조금)\s?(?:싼|저렴한|싸고|싸게|값싼)(?:\s?(?:거|것|건|게|걸))?|더\s?저렴하|(?:너무|좀|조금)\s?비싸|비싸요|비싼데|비싸네)",
            Compared::cheaper);
        compare(
            R"(\b(?:more expensive|pricier|higher[- ]end|more premium|better quality)\b|더\s?(?:비싼|고급)|고급스러운)",
            Compared::dearer);
        compare(
            R"(\b(?:better rated|better reviews?|higher rated)\b|(?:평점|별점|후기|평)(?:이|가)?\s?더\s?(?:좋은|높은)|더\s?(?:평점|별점|후기|평)(?:이|가)?\s?(?:좋은|높은))",
            Compared::better);
        compare(R"(\b(?:lighter)\b|(?:더|좀|조금)\s?가벼운|더\s?가볍)", Compared::lighter);
        compare(R"(\b(?:smaller|more compact)\b|(?:더|좀|조금)\s?(?:작은|소형|작고))", Compared::smaller);
        compare(R"(\b(?:bigger|larger)\b|(?:더|좀|조금)\s?(?:큰|대형|크고|넓은))", Compared::bigger);
        compare(R"(\b(?:quieter|less (?:noisy|loud))\b|(?:더|좀|조금)\s?(?:조용한|조용))", Compared::quieter);
        compare(R"(\b(?:lasts?|runs?) longer\b|(?:더|좀|조금)\s?오래\s?(?:가는|쓰는|쓸))", Compared::longer);
        compare(R"(\b(?:newer)\b|더\s?(?:최신|새로운|새것))", Compared::newer);
        compare(
            R"(\b(?:show (?:me )?more|more (?:options|results|like (?:this|these)|please)|any others?|others?|what else|next)\b|^more$|더\s?(?:보여|없|있|볼)|다른\s?(?:거|것|건|제품|상품|모델|걸|물건)|또\s?(?:있|없|다른|뭐)|나머지|다음\s?(?:거|것|페이지)?$|^더$)",
            Compared::more);
    }
};

}  // namespace maru::catalog
