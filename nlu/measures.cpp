// Durations, quantities with their counters and units, sizes in numbers, and what remains as plain numbers.
#include <array>

#include "nlu/entities.hpp"

namespace maru::nlu {
namespace {

struct Unit {
    std::u32string_view written;
    std::string_view unit;  // canonical; for counters the Korean word itself
    bool korean_digit =
        true;  // may follow a Sino-Korean digit word ("삼 개월"), not only digits and native numerals
};

constexpr auto times = phrases<Unit>({{U"초", "second"},
                                      {U"분", "minute"},
                                      {U"시간", "hour"},
                                      {U"일간", "day"},
                                      {U"일", "day"},
                                      {U"주일", "week"},
                                      {U"주간", "week"},
                                      {U"주", "week"},
                                      {U"개월", "month"},
                                      {U"달", "month"},
                                      {U"년", "year"},
                                      {U"년간", "year"},
                                      {U"seconds", "second"},
                                      {U"second", "second"},
                                      {U"secs", "second"},
                                      {U"sec", "second"},
                                      {U"minutes", "minute"},
                                      {U"minute", "minute"},
                                      {U"mins", "minute"},
                                      {U"min", "minute"},
                                      {U"hours", "hour"},
                                      {U"hour", "hour"},
                                      {U"hrs", "hour"},
                                      {U"hr", "hour"},
                                      {U"h", "hour"},
                                      {U"days", "day"},
                                      {U"day", "day"},
                                      {U"weeks", "week"},
                                      {U"week", "week"},
                                      {U"wks", "week"},
                                      {U"wk", "week"},
                                      {U"months", "month"},
                                      {U"month", "month"},
                                      {U"mths", "month"},
                                      {U"years", "year"},
                                      {U"year", "year"},
                                      {U"yrs", "year"},
                                      {U"yr", "year"},
                                      {U"박", "night"},
                                      {U"nights", "night"},
                                      {U"night", "night"},
                                      {U"business days", "business_day"},
                                      {U"business day", "business_day"},
                                      {U"working days", "business_day"},
                                      {U"영업일", "business_day"},
                                      {U"weekdays", "business_day"}});

constexpr auto units = phrases<Unit>({
    {U"개", "개"},       {U"개입", "개입"},    {U"켤레", "켤레"}, {U"벌", "벌"},
    {U"장", "장"},       {U"병", "병"},        {U"박스", "박스"}, {U"상자", "상자"},
    {U"세트", "세트"},   {U"셋트", "세트"},    {U"대", "대"},     {U"권", "권"},
    {U"자루", "자루"},   {U"마리", "마리"},    {U"명", "명"},     {U"인", "명"},
    {U"분", "명"},       {U"잔", "잔"},        {U"팩", "팩"},     {U"봉지", "봉지"},
    {U"봉", "봉지"},     {U"통", "통"},        {U"쌍", "쌍"},     {U"인분", "인분"},
    {U"인용", "인용"},   {U"가지", "가지"},    {U"종류", "종류"}, {U"종", "종류"},
    {U"묶음", "묶음"},   {U"롤", "롤"},        {U"캔", "캔"},     {U"번", "번"},
    {U"회", "회"},       {U"평", "평"},        {U"평형", "평"},   {U"층", "층"},
    {U"줄", "줄"},       {U"송이", "송이"},    {U"그루", "그루"}, {U"건", "건"},
    {U"점", "점"},       {U"매", "장"},        {U"알", "알"},     {U"정", "알"},
    {U"포", "포"},       {U"살", "살"},        {U"세", "살"},     {U"채널", "채널"},
    {U"구", "구"},       {U"단", "단"},        {U"인치", "inch"}, {U"inches", "inch"},
    {U"inch", "inch"},   {U"\"", "inch"},      {U"in", "inch"},   {U"퍼센트", "%"},
    {U"프로", "%"},      {U"%", "%"},          {U"percent", "%"}, {U"킬로그램", "kg"},
    {U"키로", "kg"},     {U"킬로", "kg"},      {U"kg", "kg"},     {U"kgs", "kg"},
    {U"g", "g"},         {U"그램", "g"},       {U"mg", "mg"},     {U"cm", "cm"},
    {U"센티미터", "cm"}, {U"센티", "cm"},      {U"센치", "cm"},   {U"mm", "mm"},
    {U"밀리미터", "mm"}, {U"미리", "mm"},      {U"m", "m"},       {U"미터", "m"},
    {U"meters", "m"},    {U"meter", "m"},      {U"ml", "ml"},     {U"밀리리터", "ml"},
    {U"l", "l"},         {U"리터", "l"},       {U"liters", "l"},  {U"litres", "l"},
    {U"liter", "l"},     {U"gb", "gb"},        {U"기가", "gb"},   {U"기가바이트", "gb"},
    {U"tb", "tb"},       {U"테라", "tb"},      {U"mb", "mb"},     {U"hz", "hz"},
    {U"헤르츠", "hz"},   {U"khz", "khz"},      {U"ghz", "ghz"},   {U"w", "w"},
    {U"와트", "w"},      {U"watts", "w"},      {U"watt", "w"},    {U"kw", "kw"},
    {U"mah", "mah"},     {U"v", "v"},          {U"볼트", "v"},    {U"db", "db"},
    {U"데시벨", "db"},   {U"pieces", "piece"}, {U"pcs", "piece"}, {U"piece", "piece"},
    {U"pairs", "pair"},  {U"pair", "pair"},    {U"boxes", "box"}, {U"box", "box"},
    {U"sets", "set"},    {U"lbs", "lb"},       {U"oz", "oz"},     {U"feet", "ft"},
    {U"ft", "ft"},       {U"°c", "°c"},
});
constexpr auto english_units = phrases<Unit>(
    {{U"units", "piece"},   {U"unit", "piece"},     {U"items", "piece"},    {U"item", "piece"},
     {U"packs", "pack"},    {U"pack", "pack"},      {U"bottles", "bottle"}, {U"bottle", "bottle"},
     {U"people", "person"}, {U"persons", "person"}, {U"person", "person"},  {U"times", "time"},
     {U"copies", "copy"},   {U"sheets", "sheet"},   {U"rooms", "room"},     {U"stars", "star"},
     {U"star", "star"},     {U"set", "set"},        {U"cups", "cup"},       {U"ports", "port"},
     {U"points", "point"}});

struct Spoken {
    std::u32string_view written;
    double value;
    std::string_view unit;
};
constexpr auto spoken = phrases<Spoken>({{U"하루", 1, "day"},          {U"이틀", 2, "day"},
                                         {U"사흘", 3, "day"},          {U"나흘", 4, "day"},
                                         {U"닷새", 5, "day"},          {U"열흘", 10, "day"},
                                         {U"보름", 15, "day"},         {U"반년", 6, "month"},
                                         {U"반나절", 6, "hour"},       {U"a second", 1, "second"},
                                         {U"a minute", 1, "minute"},   {U"a min", 1, "minute"},
                                         {U"an hour", 1, "hour"},      {U"half an hour", 30, "minute"},
                                         {U"half hour", 30, "minute"}, {U"a day", 1, "day"},
                                         {U"a week", 1, "week"},       {U"a fortnight", 2, "week"},
                                         {U"a month", 1, "month"},     {U"a year", 1, "year"},
                                         {U"half a year", 6, "month"}, {U"one day", 1, "day"},
                                         {U"one week", 1, "week"},     {U"one month", 1, "month"},
                                         {U"one year", 1, "year"},     {U"one hour", 1, "hour"},
                                         {U"half a day", 12, "hour"}});

// The longest unit at `i` that stands on a border; nullptr when none does.
template <std::size_t N>
const Unit* unit_at(const Reading& r, std::size_t i, const PhraseList<Unit, N>& list) {
    if (!list.may_begin(r.at(i))) return nullptr;
    const Unit* best = nullptr;
    for (const auto& unit : list) {
        if (best && unit.written.size() <= best->written.size()) continue;
        if (!r.starts(i, unit.written)) continue;
        const auto end = i + unit.written.size();
        const auto last = unit.written.back();
        const bool fits = text::is_hangul(last)        ? may_end_word(r, end)
                          : text::is_ascii_alpha(last) ? r.latin_border(end)
                                                       : true;
        if (fits) best = &unit;
    }
    return best;
}

void find_spoken(Scan& scan) {
    const auto& r = scan.reading;
    for (std::size_t i = 0; i < r.size(); ++i) {
        const bool hangul = r.hangul_at(i);
        if (!spoken.may_begin(r.codes[i])) continue;
        if (hangul ? r.hangul_before(i) : !r.latin_border_before(i)) continue;
        for (const auto& word : spoken) {
            const auto end = i + word.written.size();
            if (word.written.front() != r.codes[i] || !r.starts(i, word.written) || !scan.free(i, end))
                continue;
            if (hangul ? !may_end_word(r, end) : !r.latin_border(end)) continue;
            if (word.written == U"하루" &&
                (r.ends(i, U"좋은 ") || r.ends(i, U"행복한 ") || r.ends(i, U"즐거운 ")))
                continue;
            scan.claim("duration", Quantity{word.value, std::string(word.unit)}, i, end);
            i = end - 1;
            break;
        }
    }
}

}  // namespace

bool may_end_word(const Reading& reading, std::size_t end) {
    if (!reading.hangul_at(end)) return true;
    static constexpr auto followers = phrases<std::u32string_view>(
        {U"을",   U"를",   U"이 ",  U"이요", U"이에", U"이상", U"이하", U"이내", U"이면", U"이나", U"이라",
         U"이랑", U"이고", U"이서", U"인데", U"인가", U"인지", U"가 ",  U"가량", U"은",   U"는",   U"만",
         U"도",   U"로",   U"에",   U"의",   U"요",   U"씩",   U"정도", U"쯤",   U"미만", U"초과", U"짜리",
         U"입니", U"과 ",  U"와 ",  U"랑",   U"나 ",  U"까지", U"부터", U"안에", U"밑",   U"아래", U"예요",
         U"주세", U"주문", U"사고", U"살",   U"구매", U"있",   U"남",   U"더",   U"동안", U"간",   U"뒤",
         U"후",   U"전",   U"걸",   U"거",   U"째",   U"넘",   U"보다", U"내로", U"내에", U"반",   U"걸리",
         U"지났", U"됐",   U"되",   U"이",   U"가",   U"사려", U"줘",   U"담",   U"필요", U"시켰", U"시킬",
         U"샀",   U"넣",   U"교환", U"환불", U"다 ",  U"모두", U"하고", U"중",   U"밖에", U"처럼", U"대 ",
         U"들이", U"용",   U"과"});
    if (starts_any(reading, end, followers) > 0) return true;
    // "두 개ㅋㅋ"
    return text::is_jamo(reading.at(end));
}

void find_measures(Scan& scan) {
    const auto& r = scan.reading;
    find_spoken(scan);
    for (std::size_t n = 0; n < scan.numbers.size(); ++n) {
        auto number = scan.numbers[n];
        if (!scan.free(number.begin, number.end)) continue;
        // "2-3 days": the larger counts.
        const bool ranged = n + 1 < scan.numbers.size() && number.how == NumberSpan::How::digits &&
                            (r.at(number.end) == U'-' || r.at(number.end) == U'~') &&
                            scan.numbers[n + 1].begin == number.end + 1 &&
                            scan.numbers[n + 1].value > number.value && number.value < 1000;
        if (ranged && scan.free(number.end, scan.numbers[n + 1].end)) {
            const auto begin = number.begin;
            const auto& larger = scan.numbers[n + 1];
            const auto behind = r.skip_blank(larger.end);
            if (unit_at(r, behind, times) || unit_at(r, behind, units) || unit_at(r, behind, english_units)) {
                number = larger;
                number.begin = begin;
                ++n;
            }
        }
        const auto next = r.skip_blank(number.end);
        const bool sino_word = number.how == NumberSpan::How::sino;
        const bool native = number.how == NumberSpan::How::native;
        // A lone 만, 천, 백 or 이 before a counter is another word far more often than a number.
        const bool bare = sino_word && number.weak && number.end - number.begin == 1;
        if (const auto* unit = unit_at(r, next, times)) {
            const auto end = next + unit->written.size();
            // Native numerals count hours, months and days only: 두 시간, 세 달.
            const bool fits = !native || unit->written == U"시간" || unit->written == U"달" ||
                              unit->written == U"주" || unit->written == U"해" || unit->written == U"분";
            const bool people = native && unit->written == U"분";
            const bool lone_ok = !bare || unit->unit == "month" || unit->unit == "week" ||
                                 unit->unit == "year" || (unit->unit == "day" && next > number.end);
            const bool another = bare && (r.starts(number.begin, U"일주") ? unit->written == U"주" : false);
            if (fits && !people && lone_ok && !another && scan.free(number.begin, end)) {
                scan.claim("duration", Quantity{number.value, std::string(unit->unit)}, number.begin, end);
                continue;
            }
        }
        const auto* unit = unit_at(r, next, units);
        const auto* more = unit_at(r, next, english_units);
        if (more && (!unit || more->written.size() > unit->written.size())) unit = more;
        if (unit && !bare) {
            const auto end = next + unit->written.size();
            const auto& written = unit->written;
            // "in" and "m" behind a blank are words: "2 in white".
            const bool apart = next > number.end;
            const bool wordlike = apart && (written == U"in" || written == U"m" || written == U"l" ||
                                            written == U"g" || written == U"w" || written == U"v");
            const bool native_unit = !native || text::is_hangul(written.front());
            const bool split_word = native && (written == U"인" || written == U"구" || written == U"세" ||
                                               written == U"정" || written == U"매" || written == U"종");
            // "한번 볼게요" asks, it does not count.
            const bool once = native && number.value == 1 && written == U"번";
            if (!wordlike && native_unit && !split_word && !once && scan.free(number.begin, end)) {
                scan.claim("quantity", Quantity{number.value, std::string(unit->unit)}, number.begin, end);
                continue;
            }
        }
        if (number.weak) continue;
        // Parts of model numbers (wh-1000xm5) are no counts.
        const auto before = number.begin > 0 ? r.codes[number.begin - 1] : U' ';
        const bool in_name = text::is_ascii_alpha(before) || before == U'-' || before == U'_' ||
                             before == U'#' || text::is_ascii_alpha(r.at(number.end)) ||
                             (r.at(number.end) == U'-' && text::is_ascii_alpha(r.at(number.end + 1)));
        if (in_name) continue;
        scan.claim("number", number.value, number.begin, number.end);
    }
}

}  // namespace maru::nlu
