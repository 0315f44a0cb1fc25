// The policy's part for what several goods cost together, each some times: "Q30 3개랑 K10 2개 얼마예요?",
// "two sets of the mugs and the coffee maker, total?".
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "bot/conversation/clauses.hpp"
#include "bot/conversation/counting.hpp"
#include "bot/conversation/named_goods.hpp"
#include "bot/conversation/responding.hpp"
#include "bot/conversation/say.hpp"
#include "bot/conversation/shelf.hpp"
#include "catalog/money.hpp"
#include "flows/pointing.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

constexpr std::size_t most_goods = 5;

// What is said of the sum, and names no goods.
std::string without_sum(std::string part) {
    static const RE2 english(
        R"((?:^|\b)(?:what would|what will|what's|whats|how much|how about|would|will|that|it|come to|comes to|be|is|are|cost|costs|total|altogether|together|in all|sum|price|please|i want|i'd like|id like|i need|i buy|if|buy|get|no|so|then|including|included|incl|with|delivery|shipping|for|of|all|the|one of)\b)");
    static const RE2 korean(
        R"((?:^| )(?:총|(?:둘|셋|두 ?개|세 ?개|2개|3개)(?: ?이)? ?다|다 ?해서|합쳐서?|합치면|합친|합해서?|합하면|합계|모두|전부|같이|함께|아니요?|그럼|그러면|사면|사려면|살게요|주문하면|하면|배송비? ?(?:까지|는|도|포함(?:해서|하면|하고)?)?|포함(?:해서|하면)?|금액은?|금액이요?|가격은?|얼마[^ ]*)(?:$| )|얼마[^ ]*|(?:사면|까지|주문하면))");
    RE2::GlobalReplace(&part, english, " ");
    // Neighbours share the blank between them.
    while (RE2::GlobalReplace(&part, korean, " ") > 0) {
    }
    return part;
}

// Takes the number out of the part; 1: none is said.
int take_count(std::string& part) {
    static const RE2 korean(fmt::format(
        R"((?:^| )({}) ?(?:개|대|세트|장|벌|병|쌍|켤레|박스|팩)(?:씩|를|요|만|정도)?(?: |$)|(?:^| )(하나|둘|셋)(?:만)?(?: |$))",
        counted_korean));
    static const RE2 english(
        fmt::format(R"(^ *({}|an?) (?:x )?(?:more )?(?:(?:sets?|pairs?|packs?|pieces?|units?)(?: of)? )?)",
                    counted_english));
    std::string number, other;
    if (RE2::PartialMatch(part, korean, &number, &other))
        RE2::Replace(&part, korean, " ");
    else if (RE2::PartialMatch(part, english, &number))
        RE2::Replace(&part, english, " ");
    else
        return 1;
    return count_of_word(number.empty() ? other : number);
}

// "A와 B", "A, B and C".
std::vector<std::string> parts_of(const std::string& plain) {
    std::vector<std::string> parts(1);
    std::size_t begin = 0;
    const auto next_part = [&] {
        if (!parts.back().empty()) parts.emplace_back();
    };
    for (std::size_t i = 0; i <= plain.size(); ++i) {
        if (i < plain.size() && plain[i] != ' ') continue;
        std::string_view word(plain.data() + begin, i - begin);
        begin = i + 1;
        constexpr auto links = std::to_array<std::string_view>({"and", "plus", "&", "+", "그리고", "n"});
        if (std::find(links.begin(), links.end(), word) != links.end()) {
            next_part();
            continue;
        }
        bool ends = false;
        constexpr auto joints = std::to_array<std::string_view>({",", "이랑", "랑", "하고", "와", "과"});
        for (const auto joint : joints)
            if (i < plain.size() && word.size() > joint.size() && word.ends_with(joint) && !ends) {
                word.remove_suffix(joint.size());
                ends = true;
            }
        (parts.back() += parts.back().empty() ? "" : " ") += word;
        if (ends) next_part();
    }
    if (parts.back().empty()) parts.pop_back();
    return parts;
}

// "2개 세트" bought as "two of them" is one.
bool is_set_of(const catalog::Product& product, int count) {
    const auto has = [&](std::string_view title) {
        const auto plain = text::normalised(title);
        const auto number = std::to_string(count);
        return plain.find("set of " + number) != std::string::npos ||
               plain.find(number + "개") != std::string::npos ||
               plain.find(number + "장") != std::string::npos;
    };
    return has(product.text.title) || std::any_of(product.localized.begin(), product.localized.end(),
                                                  [&](const auto& own) { return has(own.second.title); });
}

}  // namespace

// The one product that a few words mean: by its name, by what is in view or was, or as the only one of its
// kind.
const catalog::Product* Responding::meant_by(const std::string& words) const {
    const auto& shelf = *bot_.catalog;
    if (const auto id = named_outright(words, bot_)) return shelf.find(*id);
    if (const auto id = flows::match_shown(words, nullptr, c_.dialogue.shown, &shelf).product)
        return shelf.find(*id);
    auto wanted = shelf.interpret(words);
    if (wanted.evidence < goods_evidence) return nullptr;
    constexpr std::uint32_t looked_at = 40;
    wanted.query.limit = looked_at;
    const auto found = shelf.search(wanted.query);
    if (!found.relaxed.empty() || found.matches.empty()) return nullptr;
    if (found.total == 1) return found.matches.front().product;
    const catalog::Product* one = nullptr;
    for (const auto& match : found.matches) {
        const auto known = [&](const std::vector<std::string>& ids) {
            return std::find(ids.begin(), ids.end(), match.product->id) != ids.end();
        };
        if (!known(c_.dialogue.shown) && !known(c_.dialogue.seen)) continue;
        if (one != nullptr) return nullptr;
        one = match.product;
    }
    return one;
}

bool Responding::sum_of_goods() {
    static const RE2 asks(
        R"(얼마|합계|합쳐|합치|합친|총액|금액|가격|값|how much|total|altogether|together|come to|cost|price)");
    constexpr std::size_t longest = 200;  // bytes
    const auto& plain = reading_.plain();
    if (!bot_.catalog || plain.size() > longest || !RE2::PartialMatch(plain, asks) ||
        plain.find("얼마나") != std::string::npos)
        return false;
    auto parts = parts_of(plain);
    if (parts.size() < 2 || parts.size() > most_goods) return false;
    std::vector<Counted> goods;
    for (const auto& said : parts) {
        if (&said != &parts.front() && begins_with_verb(said)) return false;
        auto part = without_sum(said);
        Counted one;
        one.count = take_count(part);
        if (part.find_first_not_of(' ') == std::string::npos) continue;
        one.product = meant_by(part);
        if (one.product == nullptr) return false;
        const bool of_sets = said.find("set") != std::string::npos || said.find("세트") != std::string::npos;
        if (one.count > 1 && !of_sets && is_set_of(*one.product, one.count)) one.count = 1;
        for (const auto& other : goods)
            if (other.product == one.product) return false;
        goods.push_back(one);
    }
    return goods.size() > 1 && tell_sum(goods);
}

bool Responding::tell_sum(const std::vector<Counted>& goods) {
    const auto price = [&](std::int64_t amount) {
        return catalog::format_price({amount, bot_.catalog->currency()}, c_.row.locale);
    };
    std::string lines;
    std::int64_t sum = 0;
    std::vector<std::string> ids;
    for (const auto& [product, count] : goods) {
        constexpr int most = 10'000;
        if (count < 1 || count > most) return false;
        const auto all = product->price.amount * count;
        lines += fmt::format("{}{}. {} — {}", lines.empty() ? "" : "\n", ids.size() + 1,
                             product->texts(c_.row.locale).title, price(product->price.amount));
        if (count > 1) lines += fmt::format(" × {} = {}", count, price(all));
        sum += all;
        ids.push_back(product->id);
    }
    lines += "\n" + fill(say("price_total"), {{"total", price(sum)}});
    auto& own = reply(lines, "catalog", true);
    own.products = product_cards(ids, c_.row.locale, bot_);
    c_.dialogue.shown = ids;
    c_.dialogue.focus.clear();
    tell_service_cost(own, sum);
    topic_is_message();
    return true;
}

// "… with delivery?", "… gift-wrapped?"
void Responding::tell_service_cost(Reply& told, std::int64_t sum) {
    if (reading_.asks_delivery_cost())
        if (const auto delivery = with_delivery(sum, c_.row.locale, bot_); !delivery.empty()) {
            told.text += "\n" + delivery;
            return;
        }
    if (const auto* cost = reading_.asks_service_cost() ? likely_faq(0.3F) : nullptr; cost != nullptr)
        answer(*cost);
}

}  // namespace maru
