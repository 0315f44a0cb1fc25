// Sums and price limits: "20만원 이하", "between $50 and $100", "5~10만원", "약 삼만 원대".
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "nlu/entities.hpp"

namespace maru::nlu {
namespace {

struct Currency {
    std::u32string_view written;
    std::string_view code;
};
constexpr auto behind = phrases<Currency>(
    {{U"원", "KRW"},      {U"won", "KRW"},    {U"krw", "KRW"},    {U"달러", "USD"},  {U"불", "USD"},
     {U"dollars", "USD"}, {U"dollar", "USD"}, {U"bucks", "USD"},  {U"buck", "USD"},  {U"usd", "USD"},
     {U"$", "USD"},       {U"₩", "KRW"},      {U"유로", "EUR"},   {U"euros", "EUR"}, {U"euro", "EUR"},
     {U"eur", "EUR"},     {U"€", "EUR"},      {U"엔", "JPY"},     {U"yen", "JPY"},   {U"jpy", "JPY"},
     {U"¥", "JPY"},       {U"파운드", "GBP"}, {U"pounds", "GBP"}, {U"gbp", "GBP"},   {U"quid", "GBP"},
     {U"위안", "CNY"},    {U"cny", "CNY"}});
constexpr auto ahead = phrases<Currency>({{U"$", "USD"},
                                          {U"us$", "USD"},
                                          {U"₩", "KRW"},
                                          {U"\\", "KRW"},
                                          {U"€", "EUR"},
                                          {U"£", "GBP"},
                                          {U"¥", "JPY"},
                                          {U"usd", "USD"},
                                          {U"krw", "KRW"}});

std::int64_t minor(double value, std::string_view currency) {
    const double cents = currency == "KRW" || currency == "JPY" || currency.empty() ? value : value * 100;
    return cents > 9e15 ? std::int64_t{9'000'000'000'000'000}
                        : static_cast<std::int64_t>(std::llround(cents));
}

// How wide "…원대" is: 20만원대 ends before 30만, 150만원대 before 160만.
double band_of(double value) {
    double step = 1;
    while (step * 10 <= value && std::fmod(value, step * 10) == 0) step *= 10;
    return step;
}

// One number with the currency around it.
struct Sum {
    std::size_t begin = 0;
    std::size_t end = 0;
    double value = 0;
    double multiplier = 1;
    std::string_view currency;
    bool fits = true;      // may stand for money at all
    bool scaled = false;   // 만/천/k was said
    bool spelled = false;  // in two syllables, like 이만, which is a word too
};

constexpr auto upper_behind = phrases<std::u32string_view>(
    {U"이하",     U"이내",        U"미만",     U"아래",       U"밑",        U"안쪽",     U"안으로",
     U"안에서",   U"안짝",        U"까지",     U"언더",       U"안 넘",     U"안넘",     U"넘지 않",
     U"넘지않",   U"못 넘",       U"보다 싼",  U"보다 저렴",  U"보다 적",   U"보다 낮",  U"or less",
     U"or under", U"or below",    U"or lower", U"or cheaper", U"max",       U"maximum",  U"tops",
     U"at most",  U"at the most", U"limit",    U"and under",  U"and below", U"and less", U"내에서",
     U"내로",     U"한도",        U"선에서"});
constexpr auto lower_behind = phrases<std::u32string_view>(
    {U"이상",      U"초과",    U"부터",     U"넘는",    U"넘게",     U"넘어",      U"보다 비싼", U"보다 높",
     U"위로",      U"위쪽",    U"or more",  U"or over", U"or above", U"or higher", U"and up",    U"and over",
     U"and above", U"minimum", U"at least", U"plus",    U"+",        U"오버",      U"or up"});
constexpr auto about_behind = phrases<std::u32string_view>(
    {U"정도", U"쯤", U"내외", U"안팎", U"가량", U"전후", U"언저리", U"즈음", U"or so", U"ish", U"-ish",
     U"approximately", U"more or less", U"give or take", U"근처"});
constexpr auto upper_ahead = phrases<std::u32string_view>({U"under",
                                                           U"below",
                                                           U"less than",
                                                           U"cheaper than",
                                                           U"at most",
                                                           U"up to",
                                                           U"no more than",
                                                           U"not more than",
                                                           U"not over",
                                                           U"max",
                                                           U"maximum",
                                                           U"max.",
                                                           U"within",
                                                           U"lower than",
                                                           U"<",
                                                           U"<=",
                                                           U"최대",
                                                           U"budget of",
                                                           U"budget is",
                                                           U"budget:",
                                                           U"fewer than",
                                                           U"maximum of",
                                                           U"max of",
                                                           U"underneath",
                                                           U"beneath",
                                                           U"not exceeding",
                                                           U"doesn't exceed",
                                                           U"doesnt exceed",
                                                           U"no higher than",
                                                           U"많아야",
                                                           U"비싸도",
                                                           U"only have",
                                                           U"limit of",
                                                           U"limit is",
                                                           U"limit:",
                                                           U"inside",
                                                           U"upto",
                                                           U"sub",
                                                           U"undr",
                                                           U"unde",
                                                           U"not above",
                                                           U"nothing over",
                                                           U"nothing above",
                                                           U"cap of",
                                                           U"capped at",
                                                           U"spend",
                                                           U"spend maybe",
                                                           U"spend perhaps",
                                                           U"budget maybe",
                                                           U"budget",
                                                           U"ceiling of"});
constexpr auto lower_ahead = phrases<std::u32string_view>(
    {U"over",          U"above",     U"more than",   U"at least",      U"from",         U"minimum",
     U"minimum of",    U"min",       U"starting at", U"starting from", U"greater than", U"higher than",
     U"upwards of",    U">",         U">=",          U"최소",          U"적어도",       U"no less than",
     U"not less than", U"not under", U"exceeding",   U"beyond",        U"pricier than"});
constexpr auto about_ahead = phrases<std::u32string_view>(
    {U"around", U"about", U"approximately", U"approx", U"approx.", U"roughly", U"circa", U"~", U"약", U"대략",
     U"한", U"거의", U"near", U"nearly", U"close to", U"somewhere around", U"대충", U"in the range of"});

template <std::size_t N>
std::size_t behind_any(const Reading& r, std::size_t i, const PhraseList<std::u32string_view, N>& words) {
    if (!words.may_begin(r.at(i))) return 0;
    std::size_t best = 0;
    for (const auto word : words) {
        if (word.size() <= best || !r.starts(i, word)) continue;
        const auto last = word.back();
        if (text::is_ascii_alpha(last) && !r.latin_border(i + word.size())) continue;
        best = word.size();
    }
    return best;
}

// Length of the word of `words` that ends right before `i`, 0 when none.
template <std::size_t N>
std::size_t ahead_any(const Reading& r, std::size_t i, const PhraseList<std::u32string_view, N>& words) {
    if (i == 0 || !words.may_end(r.at(i - 1))) return 0;
    std::size_t best = 0;
    for (const auto word : words) {
        if (word.size() <= best || !r.ends(i, word)) continue;
        const auto start = i - word.size();
        const auto first = word.front();
        if (text::is_ascii_alpha(first) && !r.latin_border_before(start)) continue;
        if (text::is_hangul(first) && r.hangul_before(start)) continue;
        best = word.size();
    }
    return best;
}

// Particles that may stand between a sum and its bound: "5만원은 넘지 않는", "5만원 을".
std::size_t skip_particle(const Reading& r, std::size_t i) {
    for (const std::u32string_view particle : {U"을", U"를", U"은", U"는", U"이", U"가", U"만", U"짜리"})
        if (r.starts(i, particle) && r.at(i + particle.size()) == U' ') return i + particle.size();
    return i;
}

class MoneyFinder {
  public:
    explicit MoneyFinder(Scan& scan) : scan_(scan), r_(scan.reading) {}

    void run() {
        std::vector<Sum> sums;
        for (const auto& number : scan_.numbers) {
            if (!scan_.free(number.begin, number.end)) continue;
            sums.push_back(sum_of(number));
        }
        for (std::size_t i = 0; i < sums.size(); ++i) {
            if (!sums[i].fits) continue;
            if (i + 1 < sums.size() && sums[i + 1].fits && range(sums[i], sums[i + 1])) {
                ++i;
                continue;
            }
            single(sums[i]);
        }
    }

  private:
    Sum sum_of(const NumberSpan& number) const {
        Sum sum{number.begin, number.end, number.value,          number.multiplier,
                {},           true,       number.multiplier > 1, false};
        auto unit = number.end;
        if (text::is_ascii_alpha(r_.at(unit)) && text::is_ascii_digit(r_.at(unit - 1)) && !currency_at(unit))
            sum.fits = false;
        if (const auto* currency = currency_at(r_.skip_blank(unit))) {
            // "이불" is bedding and "사원" an employee.
            if (number.how == NumberSpan::How::sino && number.end - number.begin == 1 && number.value < 10 &&
                r_.hangul_at(unit) && currency->written.size() == 1) {
                sum.fits = false;
                return sum;
            }
            sum.currency = currency->code;
            sum.end = r_.skip_blank(unit) + currency->written.size();
        }
        sum.spelled = number.how == NumberSpan::How::sino && number.end - number.begin < 3;
        const auto start = r_.unskip_blank(number.begin);
        const bool may = start > 0 && ahead.may_end(r_.codes[start - 1]);
        for (const auto& currency : ahead) {
            if (!may) break;
            if (!r_.ends(start, currency.written)) continue;
            const auto begin = start - currency.written.size();
            if (text::is_ascii_alpha(currency.written.front()) && !r_.latin_border_before(begin)) continue;
            sum.begin = begin;
            sum.currency = currency.code;
        }
        if (number.weak && sum.currency.empty()) sum.fits = false;
        if (number.how == NumberSpan::How::native) sum.fits = false;
        if (sum.currency.empty() && !countless(sum.end)) sum.fits = false;
        return sum;
    }

    const Currency* currency_at(std::size_t i) const {
        if (!behind.may_begin(r_.at(i))) return nullptr;
        const Currency* best = nullptr;
        for (const auto& currency : behind) {
            if (best && currency.written.size() <= best->written.size()) continue;
            if (!r_.starts(i, currency.written)) continue;
            const auto end = i + currency.written.size();
            const auto last = currency.written.back();
            if (text::is_ascii_alpha(last) && !r_.latin_border(end)) continue;
            // "3원색", "엔진", "불량" are words.
            if (text::is_hangul(last) && currency.written.size() == 1 && r_.hangul_at(end) &&
                (r_.starts(i, U"원색") || r_.starts(i, U"원룸") || r_.starts(i, U"원피스") ||
                 r_.starts(i, U"원형") || r_.starts(i, U"엔진") || r_.starts(i, U"불량") ||
                 r_.starts(i, U"불만")))
                continue;
            // "£" style signs behind belong to the next number: "5 $10".
            if (!text::is_letter(last) && text::is_ascii_digit(r_.at(r_.skip_blank(end)))) continue;
            best = &currency;
        }
        return best;
    }

    // Nothing behind the number says that it counts or measures something else.
    bool countless(std::size_t end) const {
        const auto c = r_.at(end);
        if (text::is_ascii_alpha(c) || c == U'%' || c == U':' || c == U'/' || c == U'°' || c == U'"')
            return false;
        const auto next = r_.skip_blank(end);
        static constexpr auto counted = phrases<std::u32string_view>(
            {U"개",     U"명",     U"인치",   U"시",    U"분",     U"일",   U"월",     U"년",     U"주",
             U"대 ",    U"병",     U"벌",     U"번",    U"회",     U"장",   U"켤레",   U"층",     U"점",
             U"평",     U"호",     U"킬로",   U"와트",  U"리터",   U"세트", U"인용",   U"살",     U"세 ",
             U"박스",   U"시간",   U"그램",   U"미리",  U"센치",   U"센티", U"밀리",   U"기가",   U"테라",
             U"inch",   U"day",    U"hour",   U"week",  U"month",  U"year", U"minute", U"star",   U"gb",
             U"tb",     U"cm",     U"mm",     U"kg",    U"piece",  U"item", U"people", U"person", U"percent",
             U"hz",     U"watt",   U"liter",  U"litre", U"mah",    U"pcs",  U"pair",   U"set",    U"feet",
             U"ft",     U"second", U"mile",   U"point", U"review", U"pack", U"box",    U"unit",   U"lbs",
             U"pound ", U"oz",     U"퍼센트", U"프로",  U"am",     U"pm",   U"o'clock"});
        return starts_any(r_, next, counted) == 0;
    }

    double spoken_scale(const Sum& sum) const {
        const auto text = std::u32string_view(r_.codes).substr(sum.begin, sum.end - sum.begin);
        if (text.find(U" thousand") != std::u32string_view::npos) return 1e3;
        return text.find(U" million") != std::u32string_view::npos ? 1e6 : 1;
    }

    bool range(Sum first, Sum second) {
        // What joins them, and what must stand before the first.
        struct Joint {
            std::u32string_view between, before;
        };
        static constexpr auto joints = std::to_array<Joint>({{U"~", U""},
                                                             {U" ~ ", U""},
                                                             {U"~ ", U""},
                                                             {U" ~", U""},
                                                             {U"-", U""},
                                                             {U" - ", U""},
                                                             {U" to ", U""},
                                                             {U" and ", U"between "},
                                                             {U" & ", U"between "},
                                                             {U"에서 ", U""},
                                                             {U"에서", U""},
                                                             {U"부터 ", U""},
                                                             {U"부터", U""},
                                                             {U" 에서 ", U""}});
        const auto gap = std::u32string_view(r_.codes).substr(first.end, second.begin - first.end);
        if (second.begin < first.end) return false;
        std::size_t lead = 0;
        bool joined = false;
        for (const auto& joint : joints) {
            if (gap != joint.between) continue;
            const auto start = first.begin;
            if (!joint.before.empty() && !r_.ends(start, joint.before)) continue;
            joined = true;
            if (r_.ends(start, U"between ")) lead = 8;
            if (r_.ends(start, U"from ")) lead = 5;
            break;
        }
        if (!joined && (gap == U"과 " || gap == U"와 " || gap == U"이랑 " || gap == U"하고 "))
            joined = r_.starts(r_.skip_blank(second.end), U"사이");
        if (!joined) return false;
        auto currency = second.currency.empty() ? first.currency : second.currency;
        // "4~6만원", "40 to 60 thousand": what is said of the second holds for both.
        const auto multiplier = std::max(second.multiplier, spoken_scale(second));
        const bool shared = first.multiplier == 1 && multiplier > 1 && first.value < second.value &&
                            first.value * multiplier <= second.value;
        if (shared) first.value *= multiplier;
        if (currency.empty() && (!priced(first, true) || !priced(second, true))) return false;
        if (currency.empty()) currency = scan_.default_currency;
        auto end = second.end;
        for (const std::u32string_view tail :
             {U" 사이", U"사이", U" 까지", U"까지", U"대", U" 정도", U"정도", U" 이내", U" 선"})
            if (r_.starts(end, tail)) {
                end += tail.size();
                break;
            }
        const auto low = std::min(first.value, second.value);
        auto high = std::max(first.value, second.value);
        if (second.scaled && r_.ends(end, U"대")) high += band_of(high) - 1;
        Money money{minor(low, currency), minor(high, currency), std::string(currency), false};
        scan_.claim("money", money, first.begin - lead, end);
        return true;
    }

    // Is a number without a currency an amount, given that a bound or a range speaks of it?
    bool priced(const Sum& sum, bool bounded) const {
        if (scan_.default_currency.empty()) return sum.scaled && bounded;
        const bool small_currency = scan_.default_currency == "KRW" || scan_.default_currency == "JPY";
        if (small_currency) return sum.value >= (bounded ? 1000 : 10000) && (sum.scaled || sum.value >= 1000);
        return bounded && sum.value >= 5;
    }

    // "We have collected 70k"; "20k mAh" and "4k" are no sums.
    bool thousands(const Sum& sum) const {
        const auto next = r_.skip_blank(sum.end);
        return sum.scaled && r_.at(sum.end - 1) == U'k' && sum.value >= 10000 &&
               (next == sum.end || !text::is_ascii_alpha(r_.at(next)) || stands_alone(next));
    }
    // What follows is no unit.
    bool stands_alone(std::size_t at) const {
        constexpr auto words = std::to_array<std::u32string_view>(
            {U"from",     U"for",  U"i",  U"in",  U"to", U"is",   U"and",   U"or", U"max",    U"budget",
             U"together", U"with", U"on", U"but", U"so", U"each", U"total", U"if", U"please", U"pls"});
        return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) {
            return r_.starts(at, word) && r_.latin_border(at + word.size());
        });
    }

    void single(const Sum& sum) {
        auto begin = sum.begin;
        auto end = sum.end;
        bool upper = false;
        bool lower = false;
        bool about = false;
        bool said = false;
        // "20만원대": twenty-something.
        bool band = false;
        if (r_.starts(end, U"대") && sum.scaled && (!r_.hangul_at(end + 1) || may_end_word(r_, end + 1))) {
            band = true;
            ++end;
        }
        auto next = r_.skip_blank(skip_particle(r_, end));
        if (const auto n = behind_any(r_, next, about_behind)) {
            about = said = true, end = next + n;
            next = r_.skip_blank(skip_particle(r_, end));
        }
        if (const auto n = behind_any(r_, next, upper_behind)) {
            upper = said = true, end = next + n;
        } else if (const auto m = behind_any(r_, next, lower_behind)) {
            lower = said = true, end = next + m;
        }
        auto start = r_.unskip_blank(begin);
        if (r_.ends(start, U" a") || r_.ends(start, U" the")) start -= r_.ends(start, U" a") ? 2 : 4;
        if (const auto n = ahead_any(r_, start, about_ahead);
            n && !(n == 1 && r_.at(start - 1) == U'한' && !said && start == begin)) {
            about = said = true, begin = start - n;
            start = r_.unskip_blank(begin);
        }
        if (const auto n = ahead_any(r_, start, upper_ahead); n && !lower) {
            upper = said = true, begin = start - n;
        } else if (const auto m = ahead_any(r_, start, lower_ahead); m && !upper) {
            lower = said = true, begin = start - m;
        }
        auto currency = sum.currency;
        if (currency.empty()) {
            if (!priced(sum, said || band)) return;
            const bool korean = sum.scaled && text::is_hangul(r_.at(sum.end - 1));
            if (!said && !band && !thousands(sum) && (!korean || sum.spelled)) return;
            currency = scan_.default_currency;
        }
        Money money;
        money.currency = currency;
        money.approximate = about && !upper && !lower;
        const auto amount = minor(sum.value, currency);
        if (band) {
            money.min = amount;
            const auto step = band_of(sum.value);
            money.max = minor(sum.value + step, currency) - 1;
            if (upper) money.min.reset();
            if (lower) money.max.reset();
        } else {
            if (!upper) money.min = amount;
            if (!lower) money.max = amount;
        }
        scan_.claim("money", money, begin, end);
    }

    Scan& scan_;
    const Reading& r_;
};

}  // namespace

void find_money(Scan& scan) {
    const auto first = scan.found.size();
    MoneyFinder(scan).run();
    // "3만원 이상 5만원 이하" is one range.
    for (auto i = first; i + 1 < scan.found.size();) {
        auto& low = scan.found[i];
        const auto& high = scan.found[i + 1];
        auto& from = std::get<Money>(low.value);
        const auto& to = std::get<Money>(high.value);
        const bool near = high.begin >= low.end && high.begin - low.end <= 2;
        if (near && from.currency == to.currency && from.min && !from.max && !to.min && to.max &&
            *from.min <= *to.max) {
            from.max = to.max;
            low.end = high.end;
            scan.found.erase(scan.found.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        } else {
            ++i;
        }
    }
}

}  // namespace maru::nlu
