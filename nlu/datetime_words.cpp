// Parts of time expressions that begin with a word.
#include <array>
#include <tuple>
#include <utility>

#include "nlu/datetimes.hpp"

namespace maru::nlu {
namespace {

struct DayWord {
    std::u32string_view word;
    int day_offset;
};
constexpr auto day_words = phrases<DayWord>({{U"오늘", 0},
                                             {U"금일", 0},
                                             {U"내일", 1},
                                             {U"낼", 1},
                                             {U"명일", 1},
                                             {U"내일모레", 2},
                                             {U"낼모레", 2},
                                             {U"모레", 2},
                                             {U"글피", 3},
                                             {U"어제", -1},
                                             {U"어저께", -1},
                                             {U"그제", -2},
                                             {U"그저께", -2},
                                             {U"엊그제", -2},
                                             {U"작일", -1},
                                             {U"today", 0},
                                             {U"tomorrow", 1},
                                             {U"tmrw", 1},
                                             {U"tmr", 1},
                                             {U"tomorow", 1},
                                             {U"day after tomorrow", 2},
                                             {U"yesterday", -1},
                                             {U"day before yesterday", -2},
                                             {U"tommorow", 1}});

enum class Field { week, month, year, weekday };
struct Relative {
    std::u32string_view word;
    Field field;
    int offset;
};
constexpr auto relatives = phrases<Relative>({{U"이번 주", Field::week, 0},
                                              {U"이번주", Field::week, 0},
                                              {U"금주", Field::week, 0},
                                              {U"다음 주", Field::week, 1},
                                              {U"다음주", Field::week, 1},
                                              {U"담주", Field::week, 1},
                                              {U"차주", Field::week, 1},
                                              {U"다다음 주", Field::week, 2},
                                              {U"다다음주", Field::week, 2},
                                              {U"지난 주", Field::week, -1},
                                              {U"지난주", Field::week, -1},
                                              {U"저번 주", Field::week, -1},
                                              {U"저번주", Field::week, -1},
                                              {U"이번 달", Field::month, 0},
                                              {U"이번달", Field::month, 0},
                                              {U"다음 달", Field::month, 1},
                                              {U"다음달", Field::month, 1},
                                              {U"담달", Field::month, 1},
                                              {U"지난 달", Field::month, -1},
                                              {U"지난달", Field::month, -1},
                                              {U"저번 달", Field::month, -1},
                                              {U"저번달", Field::month, -1},
                                              {U"this week", Field::week, 0},
                                              {U"next week", Field::week, 1},
                                              {U"last week", Field::week, -1},
                                              {U"week after next", Field::week, 2},
                                              {U"this month", Field::month, 0},
                                              {U"next month", Field::month, 1},
                                              {U"last month", Field::month, -1},
                                              {U"this weekend", Field::weekday, 0},
                                              {U"next weekend", Field::weekday, 1},
                                              {U"이번 주말", Field::weekday, 0}});

struct Named {
    std::u32string_view word;
    int index;
};
constexpr auto weekdays = phrases<Named>(
    {{U"monday", 1},  {U"mon", 1},       {U"tuesday", 2}, {U"tues", 2},   {U"tue", 2}, {U"wednesday", 3},
     {U"wed", 3},     {U"thursday", 4},  {U"thurs", 4},   {U"thur", 4},   {U"thu", 4}, {U"friday", 5},
     {U"fri", 5},     {U"saturday", 6},  {U"sat", 6},     {U"sunday", 7}, {U"sun", 7}, {U"mondays", 1},
     {U"fridays", 5}, {U"saturdays", 6}, {U"sundays", 7}, {U"weds", 3}});
constexpr std::u32string_view korean_days = U"월화수목금토일";
constexpr auto months =
    phrases<Named>({{U"january", 1},   {U"jan", 1},   {U"february", 2},  {U"feb", 2},      {U"march", 3},
                    {U"mar", 3},       {U"april", 4}, {U"apr", 4},       {U"may", 5},      {U"june", 6},
                    {U"jun", 6},       {U"july", 7},  {U"jul", 7},       {U"august", 8},   {U"aug", 8},
                    {U"september", 9}, {U"sept", 9},  {U"sep", 9},       {U"october", 10}, {U"oct", 10},
                    {U"november", 11}, {U"nov", 11},  {U"december", 12}, {U"dec", 12}});

template <std::size_t N>
const Named* named_at(const Reading& r, std::size_t i, const PhraseList<Named, N>& list) {
    if (!list.may_begin(r.at(i))) return nullptr;
    for (const auto& entry : list)
        if (r.starts(i, entry.word) && r.latin_border(i + entry.word.size())) return &entry;
    return nullptr;
}

DatePiece half_day(std::size_t begin, std::size_t end, bool pm) {
    DatePiece piece{begin, end, {}};
    piece.when.hour = pm ? DatePieces::in_afternoon : DatePieces::in_morning;
    piece.when.half_day_known = true;
    return piece;
}

}  // namespace

std::optional<DatePiece> DatePieces::korean(std::size_t i) const {
    const bool inside = r_.hangul_before(i);
    if (!inside) {
        const DayWord* day = nullptr;
        if (day_words.may_begin(r_.codes[i]))
            for (const auto& word : day_words)
                if (r_.starts(i, word.word) && (!day || word.word.size() > day->word.size())) day = &word;
        if (day) {
            // "낼" pays and "모레" may begin other words.
            const auto end = i + day->word.size();
            if (day->word.size() > 1 || !r_.hangul_at(end)) {
                DatePiece piece{i, end, {}};
                piece.when.day_offset = day->day_offset;
                return piece;
            }
        }
        if (auto piece = relative(i)) return piece;
    }
    // 금요일
    if (const auto at = korean_days.find(r_.codes[i]);
        at != std::u32string_view::npos && r_.starts(i + 1, U"요일")) {
        DatePiece piece{i, i + 3, {}};
        piece.when.weekday = static_cast<int>(at) + 1;
        return piece;
    }
    if (inside) return std::nullopt;
    if (r_.starts(i, U"주말")) {
        DatePiece piece{i, i + 2, {}};
        piece.when.weekday = 6;
        return piece;
    }
    if (r_.starts(i, U"정오")) {
        DatePiece piece{i, i + 2, {}};
        piece.when.hour = 12, piece.when.half_day_known = true;
        return piece;
    }
    if (r_.starts(i, U"자정")) {
        DatePiece piece{i, i + 2, {}};
        piece.when.hour = 0, piece.when.half_day_known = true;
        return piece;
    }
    struct Half {
        std::u32string_view word;
        bool pm;
    };
    static constexpr auto halves = std::to_array<Half>({{U"오전", false},
                                                        {U"오후", true},
                                                        {U"아침", false},
                                                        {U"새벽", false},
                                                        {U"저녁", true},
                                                        {U"낮", true},
                                                        {U"밤", true},
                                                        {U"점심", true}});
    for (const auto& half : halves) {
        if (!r_.starts(i, half.word)) continue;
        const auto end = i + half.word.size();
        const auto next = r_.skip_blank(end);
        const bool hour_follows = text::is_ascii_digit(r_.at(next)) || clock_word(next);
        if (hour_follows || (half.word.size() == 2 && (!r_.hangul_at(end) || r_.at(end) == U'에')))
            return half_day(i, end, half.pm);
    }
    return std::nullopt;
}

bool DatePieces::clock_word(std::size_t i) const {
    const auto* number = scan_.number_at(i);
    return number != nullptr && r_.at(r_.skip_blank(number->end)) == U'시';
}

std::optional<DatePiece> DatePieces::relative(std::size_t i) const {
    if (!relatives.may_begin(r_.at(i))) return std::nullopt;
    const Relative* best = nullptr;
    for (const auto& entry : relatives)
        if (r_.starts(i, entry.word) && (!best || entry.word.size() > best->word.size())) best = &entry;
    if (!best) return std::nullopt;
    auto end = i + best->word.size();
    if (text::is_ascii_alpha(r_.at(i)) && !r_.latin_border(end)) return std::nullopt;
    DatePiece piece{i, end, {}};
    if (best->field == Field::week) {
        piece.when.week_offset = best->offset;
        // "다음 주말": the weekend of that week.
        if (r_.at(end) == U'말') piece.when.weekday = 6, ++piece.end;
        // "담주 금욜", "다음주 금"
        const auto next = r_.skip_blank(piece.end);
        const auto at = korean_days.find(r_.at(next));
        if (at != std::u32string_view::npos && next < r_.size() &&
            (r_.at(next + 1) == U'욜' || !r_.hangul_at(next + 1))) {
            piece.when.weekday = static_cast<int>(at) + 1;
            piece.end = next + (r_.at(next + 1) == U'욜' ? 2 : 1);
        }
    } else if (best->field == Field::month) {
        piece.when.month_offset = best->offset;
    } else {
        piece.when.week_offset = best->offset;
        piece.when.weekday = 6;
    }
    return piece;
}

std::optional<DatePiece> DatePieces::english(std::size_t i) const {
    const DayWord* day = nullptr;
    const bool may = day_words.may_begin(r_.codes[i]);
    for (const auto& word : day_words)
        if (may && text::is_ascii_alpha(word.word.front()) && r_.starts(i, word.word) &&
            r_.latin_border(i + word.word.size()) && (!day || word.word.size() > day->word.size()))
            day = &word;
    if (day) {
        DatePiece piece{r_.ends(i, U"the ") ? i - 4 : i, i + day->word.size(), {}};
        piece.when.day_offset = day->day_offset;
        return piece;
    }
    if (auto piece = relative(i)) return piece;
    if (auto piece = ago(i)) return piece;
    for (const auto& [word, offset] :
         {std::pair{std::u32string_view(U"next "), 1}, {U"this ", 0}, {U"last ", -1}, {U"coming ", 0}}) {
        if (!r_.starts(i, word)) continue;
        if (const auto* name = named_at(r_, i + word.size(), weekdays)) {
            DatePiece piece{i, i + word.size() + name->word.size(), {}};
            piece.when.week_offset = offset;
            piece.when.weekday = name->index;
            return piece;
        }
    }
    if (const auto* name = named_at(r_, i, weekdays)) {
        // "sun", "sat" and "mon" are words too; they need company.
        const bool ambiguous =
            name->word == U"sun" || name->word == U"sat" || name->word == U"wed" || name->word == U"mon";
        if (!ambiguous || r_.ends(i, U"on ") || r_.ends(i, U"by ") || r_.ends(i, U"until ")) {
            DatePiece piece{i, i + name->word.size(), {}};
            piece.when.weekday = name->index;
            return piece;
        }
    }
    if (r_.starts(i, U"weekend") && r_.latin_border(i + 7)) {
        DatePiece piece{i, i + 7, {}};
        piece.when.weekday = 6;
        return piece;
    }
    if (const auto* name = named_at(r_, i, months)) {
        auto end = i + name->word.size();
        if (r_.at(end) == U'.') ++end;
        DatePiece piece{i, end, {}};
        piece.when.month = name->index;
        const auto next = r_.skip_blank(end);
        if (const auto stop = day_number(next, piece.when.day)) {
            piece.end = stop;
            const auto year = r_.at(stop) == U',' ? r_.skip_blank(stop + 1) : r_.skip_blank(stop);
            if (const auto last = year_number(year, piece.when.year)) piece.end = last;
            return piece;
        }
        const bool word = name->word == U"may" || name->word == U"march" || name->word == U"mar" ||
                          name->word == U"jan" || name->word == U"sep" || name->word == U"dec";
        if (!word || r_.ends(i, U"in ") || r_.ends(i, U"of ")) return piece;
        return std::nullopt;
    }
    if (r_.starts(i, U"noon") && r_.latin_border(i + 4)) {
        DatePiece piece{i, i + 4, {}};
        piece.when.hour = 12, piece.when.half_day_known = true;
        return piece;
    }
    if (r_.starts(i, U"midnight") && r_.latin_border(i + 8)) {
        DatePiece piece{i, i + 8, {}};
        piece.when.hour = 0, piece.when.half_day_known = true;
        return piece;
    }
    if (r_.starts(i, U"tonight") && r_.latin_border(i + 7)) {
        auto piece = half_day(i, i + 7, true);
        piece.when.day_offset = 0;
        return piece;
    }
    for (const auto& [word, pm] :
         {std::pair{std::u32string_view(U"morning"), false}, {U"afternoon", true}, {U"evening", true}}) {
        if (!r_.starts(i, word) || !r_.latin_border(i + word.size())) continue;
        if (r_.ends(i, U"good ")) return std::nullopt;
        auto begin = i;
        auto piece = half_day(begin, i + word.size(), pm);
        if (r_.ends(i, U"this ")) piece.begin -= 5, piece.when.day_offset = 0;
        return piece;
    }
    return std::nullopt;
}

// "a week ago", "a month later".
std::optional<DatePiece> DatePieces::ago(std::size_t i) const {
    for (const auto& [unit, by_day, by_week, by_month] : {std::tuple{std::u32string_view(U"a day"), 1, 0, 0},
                                                          {U"a week", 0, 1, 0},
                                                          {U"a month", 0, 0, 1},
                                                          {U"a year", 0, 0, 12}}) {
        const auto end = i + unit.size();
        const bool past = r_.starts(end, U" ago");
        if (!r_.starts(i, unit) || !(past || r_.starts(end, U" later"))) continue;
        const int sign = past ? -1 : 1;
        DatePiece piece{i, end + (past ? 4 : 6), {}};
        if (by_day != 0) piece.when.day_offset = sign * by_day;
        if (by_week != 0) piece.when.week_offset = sign * by_week;
        if (by_month != 0) piece.when.month_offset = sign * by_month;
        return piece;
    }
    return std::nullopt;
}

}  // namespace maru::nlu
