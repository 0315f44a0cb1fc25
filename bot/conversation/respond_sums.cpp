// The policy's part that adds up: sums the visitor writes, and sums the visitor wants confirmed.
#include <re2/re2.h>

#include <algorithm>
#include <cstdlib>

#include "bot/conversation/responding.hpp"
#include "bot/conversation/say.hpp"
#include "catalog/money.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

constexpr std::int64_t most = 1'000'000'000;

std::string without_commas(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != ',' || i + 1 >= text.size() || text[i + 1] < '0' || text[i + 1] > '9') out += text[i];
    return out;
}

// "17900+3000?", "24,900 x 2 얼마": a sum written out, and nothing else. Below 0: it is none.
std::int64_t written_sum(const std::string& plain) {
    static const RE2 whole(
        R"((?:so |그럼 |그러면 )?₩? ?(\d{2,9})(?:원| won)?((?: ?[+x×*] ?₩? ?\d{1,9}(?:원| won)?){1,5}) ?(?:=|이면|하면|은|는)? ?(?:\??|얼마[^ ]*\??|total\??|맞[^ ]*\??|right\??))");
    static const RE2 next(R"( ?([+x×*]) ?₩? ?(\d{1,9})(?:원| won)?)");
    std::string first, rest;
    if (!RE2::FullMatch(plain, whole, &first, &rest)) return -1;
    std::int64_t sum = 0, product = std::strtoll(first.c_str(), nullptr, 10);
    re2::StringPiece left(rest);
    std::string sign, number;
    while (RE2::Consume(&left, next, &sign, &number)) {
        const auto value = std::strtoll(number.c_str(), nullptr, 10);
        if (sign == "+") {
            sum += product;
            product = value;
        } else {
            product *= value;
        }
        if (product > most || sum > most) return -1;
    }
    return sum + product;
}

// "So 20900 total?", "총 48900원 맞죠?". Below 0: none is named.
std::int64_t named_total(const std::string& plain) {
    constexpr std::size_t longest = 40;  // characters; who says more asks for something else
    static const RE2 behind(
        R"((?:^| )(?:총|모두|다 ?해서|합계|합쳐서|전부|total(?: is| of)?) ?₩?(\d{3,9})(?:원| won)?[^0-9]*$)");
    static const RE2 before(
        R"((?:^|[ ₩])(\d{3,9})(?:원| won)? (?:in )?(?:total|altogether|in all)(?:[^a-z].*)?$)");
    std::string number;
    if (text::count_code_points(plain) > longest ||
        (!RE2::PartialMatch(plain, behind, &number) && !RE2::PartialMatch(plain, before, &number)))
        return -1;
    for (const std::string_view limit :
         {"이하", "미만", "까지", "안으로", "under", "below", "up to", "max", "budget", "예산"})
        if (plain.find(limit) != std::string::npos) return -1;
    return std::strtoll(number.c_str(), nullptr, 10);
}

}  // namespace

bool Responding::sums() {
    if (!bot_.catalog || reading_.plain().find_first_of("0123456789") == std::string::npos) return false;
    const auto plain = without_commas(reading_.plain());
    const auto digits = catalog::minor_digits(bot_.catalog->currency());
    if (digits != 0) return false;  // "4.50 + 3" is not read
    const auto price = [&](std::int64_t amount) {
        return catalog::format_price({amount, bot_.catalog->currency()}, c_.row.locale);
    };
    if (const auto sum = written_sum(plain); sum >= 0) {
        reply(fill(say("sum_is"), {{"sum", price(sum)}}), "catalog", true);
        return true;
    }
    const auto named = named_total(plain);
    if (named < 0) return false;
    // One of what is in view or was before, some number of it, or two of them.
    std::vector<const catalog::Product*> goods;
    const auto add = [&](const std::string& id) {
        const auto* product = bot_.catalog->find(id);
        if (product != nullptr && std::find(goods.begin(), goods.end(), product) == goods.end())
            goods.push_back(product);
    };
    if (product_.product != nullptr) add(product_.product->id);
    if (!c_.dialogue.focus.empty()) add(c_.dialogue.focus);
    for (const auto& id : c_.dialogue.shown) add(id);
    constexpr std::size_t most_goods = 8;
    for (auto at = c_.dialogue.seen.rbegin(); at != c_.dialogue.seen.rend() && goods.size() < most_goods;
         ++at)
        add(*at);
    constexpr std::int64_t most_pieces = 20;
    const auto title = [&](const catalog::Product& one) {
        return std::string(one.texts(c_.row.locale).title) + " " + price(one.price.amount);
    };
    std::string made;
    for (const auto* one : goods) {
        const auto each = one->price.amount;
        if (!made.empty() || each <= 0 || named % each != 0 || named / each > most_pieces) continue;
        made = title(*one);
        if (named != each) made += " × " + std::to_string(named / each);
    }
    for (std::size_t i = 0; i < goods.size() && made.empty(); ++i)
        for (std::size_t k = i + 1; k < goods.size() && made.empty(); ++k)
            if (goods[i]->price.amount + goods[k]->price.amount == named)
                made = title(*goods[i]) + " + " + title(*goods[k]);
    if (made.empty()) {
        // Nothing it could be the price of: what is in hand is told, and what delivery costs.
        if (product_.product == nullptr) return false;
        about("ask_price");
        if (const auto* cost = reading_.asks_service_cost() ? nullptr : likely_faq(0.3F); cost != nullptr)
            if (!answered(*cost)) answer(*cost);
        return true;
    }
    reply(fill(say("sum_right"),
               {{"sum", made + (made.find(" × ") != std::string::npos || made.find(" + ") != std::string::npos
                                    ? " = " + price(named)
                                    : std::string())}}),
          "catalog", true);
    topic_is_message();
    return true;
}

}  // namespace maru
