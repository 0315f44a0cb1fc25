// Days and times of day as said, relative or by the calendar. Nothing here knows what day it is.
#include <array>
#include <optional>
#include <tuple>

#include "nlu/entities.hpp"

namespace maru::nlu {
namespace {

// A part of a time expression; neighbouring parts that do not contradict are one expression.
struct Piece {
    std::size_t begin = 0;
    std::size_t end = 0;
    DateTime when;
};

struct DayWord {
    std::u32string_view word;
    int day_offset;
};
constexpr auto day_words = std::to_array<DayWord>({{U"오늘", 0},
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
constexpr auto relatives = std::to_array<Relative>({{U"이번 주", Field::week, 0},
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
constexpr auto weekdays = std::to_array<Named>(
    {{U"monday", 1},  {U"mon", 1},       {U"tuesday", 2}, {U"tues", 2},   {U"tue", 2}, {U"wednesday", 3},
     {U"wed", 3},     {U"thursday", 4},  {U"thurs", 4},   {U"thur", 4},   {U"thu", 4}, {U"friday", 5},
     {U"fri", 5},     {U"saturday", 6},  {U"sat", 6},     {U"sunday", 7}, {U"sun", 7}, {U"mondays", 1},
     {U"fridays", 5}, {U"saturdays", 6}, {U"sundays", 7}, {U"weds", 3}});
constexpr std::u32string_view korean_days = U"월화수목금토일";
constexpr auto months = std::to_array<Named>(
    {{U"january", 1},   {U"jan", 1},   {U"february", 2},  {U"feb", 2},      {U"march", 3},
     {U"mar", 3},       {U"april", 4}, {U"apr", 4},       {U"may", 5},      {U"june", 6},
     {U"jun", 6},       {U"july", 7},  {U"jul", 7},       {U"august", 8},   {U"aug", 8},
     {U"september", 9}, {U"sept", 9},  {U"sep", 9},       {U"october", 10}, {U"oct", 10},
     {U"november", 11}, {U"nov", 11},  {U"december", 12}, {U"dec", 12}});

template <std::size_t N>
const Named* named_at(const Reading& r, std::size_t i, const std::array<Named, N>& list) {
    for (const auto& entry : list)
        if (r.starts(i, entry.word) && r.latin_border(i + entry.word.size())) return &entry;
    return nullptr;
}

class DateFinder {
  public:
    explicit DateFinder(Scan& scan) : scan_(scan), r_(scan.reading) {}

    void run() {
        std::vector<Piece> pieces;
        std::size_t number = 0;
        for (std::size_t i = 0; i < r_.size();) {
            while (number < scan_.numbers.size() && scan_.numbers[number].end <= i) ++number;
            std::optional<Piece> piece;
            if (!scan_.taken[i]) {
                if (number < scan_.numbers.size() && scan_.numbers[number].begin == i) {
                    piece = numeric(scan_.numbers[number]);
                    if (!piece && text::is_hangul(r_.codes[i])) piece = korean(i);
                } else if (text::is_hangul(r_.codes[i])) {
                    piece = korean(i);
                } else if (text::is_ascii_alpha(r_.codes[i]) && r_.latin_border_before(i)) {
                    piece = english(i);
                }
            }
            if (piece && scan_.free(piece->begin, piece->end)) {
                i = piece->end;
                pieces.push_back(*piece);
            } else {
                ++i;
            }
        }
        for (std::size_t i = 0; i < pieces.size();) {
            auto joined = pieces[i];
            auto next = i + 1;
            while (next < pieces.size() && joins(joined, pieces[next]) &&
                   merge(joined.when, pieces[next].when))
                joined.end = pieces[next++].end;
            i = next;
            // A half day that found neither hour nor day ("in the morning") is no time yet.
            settle(joined.when);
            DateTime nothing;
            nothing.half_day_known = true;
            if (joined.when == nothing) continue;
            scan_.claim("datetime", joined.when, joined.begin, joined.end);
        }
    }

  private:
    // Half days travel in the hour field of a piece without an hour as a negative number.
    static Piece half_day(std::size_t begin, std::size_t end, bool pm) {
        Piece piece{begin, end, {}};
        piece.when.hour = pm ? -2 : -1;
        piece.when.half_day_known = true;
        return piece;
    }

    static int in_half(int hour, bool pm) {
        if (hour > 12) return hour;
        if (pm) return hour == 12 ? 12 : hour + 12;
        return hour == 12 ? 0 : hour;
    }

    static bool merge(DateTime& into, const DateTime& from) {
        const auto clash = [](const auto& a, const auto& b) { return a && b; };
        const bool into_half = into.hour && *into.hour < 0;
        const bool from_half = from.hour && *from.hour < 0;
        if (clash(into.year, from.year) || clash(into.month, from.month) || clash(into.day, from.day) ||
            clash(into.weekday, from.weekday) || clash(into.day_offset, from.day_offset) ||
            clash(into.week_offset, from.week_offset) || clash(into.month_offset, from.month_offset) ||
            clash(into.minute, from.minute))
            return false;
        if (into.hour && from.hour && into_half == from_half) return false;
        const auto take = [](auto& a, const auto& b) {
            if (!a) a = b;
        };
        take(into.year, from.year), take(into.month, from.month), take(into.day, from.day);
        take(into.weekday, from.weekday), take(into.day_offset, from.day_offset);
        take(into.week_offset, from.week_offset), take(into.month_offset, from.month_offset);
        take(into.minute, from.minute);
        if (into.hour && from.hour) {
            const int half = into_half ? *into.hour : *from.hour;
            const int hour = into_half ? *from.hour : *into.hour;
            into.hour = in_half(hour, half == -2);
        } else {
            take(into.hour, from.hour);
        }
        into.half_day_known = into.half_day_known || from.half_day_known;
        return true;
    }

    // A half day that found no hour says only which half.
    void settle(DateTime& when) const {
        if (when.hour && *when.hour < 0) when.hour.reset();
    }

    bool joins(const Piece& first, const Piece& second) const {
        const auto gap = std::u32string_view(r_.codes).substr(first.end, second.begin - first.end);
        for (const std::u32string_view link : {U"", U" ", U", ", U",", U" at ", U" on ", U"에 ", U"의 ",
                                               U" of ", U" the ", U" in the ", U" around ", U" by ", U" ("})
            if (gap == link) return true;
        return false;
    }

    std::optional<Piece> korean(std::size_t i) const {
        const bool inside = r_.hangul_before(i);
        if (!inside) {
            const DayWord* day = nullptr;
            for (const auto& word : day_words)
                if (r_.starts(i, word.word) && (!day || word.word.size() > day->word.size())) day = &word;
            if (day) {
                // "낼" pays and "모레" may begin other words.
                const auto end = i + day->word.size();
                if (day->word.size() > 1 || !r_.hangul_at(end)) {
                    Piece piece{i, end, {}};
                    piece.when.day_offset = day->day_offset;
                    return piece;
                }
            }
            if (auto piece = relative(i)) return piece;
        }
        // 금요일
        if (const auto at = korean_days.find(r_.codes[i]);
            at != std::u32string_view::npos && r_.starts(i + 1, U"요일")) {
            Piece piece{i, i + 3, {}};
            piece.when.weekday = static_cast<int>(at) + 1;
            return piece;
        }
        if (inside) return std::nullopt;
        if (r_.starts(i, U"주말")) {
            Piece piece{i, i + 2, {}};
            piece.when.weekday = 6;
            return piece;
        }
        if (r_.starts(i, U"정오")) {
            Piece piece{i, i + 2, {}};
            piece.when.hour = 12, piece.when.half_day_known = true;
            return piece;
        }
        if (r_.starts(i, U"자정")) {
            Piece piece{i, i + 2, {}};
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

    bool clock_word(std::size_t i) const {
        for (const auto& number : scan_.numbers)
            if (number.begin == i) return r_.at(r_.skip_blank(number.end)) == U'시';
        return false;
    }

    std::optional<Piece> relative(std::size_t i) const {
        const Relative* best = nullptr;
        for (const auto& entry : relatives)
            if (r_.starts(i, entry.word) && (!best || entry.word.size() > best->word.size())) best = &entry;
        if (!best) return std::nullopt;
        auto end = i + best->word.size();
        if (text::is_ascii_alpha(r_.at(i)) && !r_.latin_border(end)) return std::nullopt;
        Piece piece{i, end, {}};
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

    std::optional<Piece> english(std::size_t i) const {
        const DayWord* day = nullptr;
        for (const auto& word : day_words)
            if (text::is_ascii_alpha(word.word.front()) && r_.starts(i, word.word) &&
                r_.latin_border(i + word.word.size()) && (!day || word.word.size() > day->word.size()))
                day = &word;
        if (day) {
            Piece piece{r_.ends(i, U"the ") ? i - 4 : i, i + day->word.size(), {}};
            piece.when.day_offset = day->day_offset;
            return piece;
        }
        if (auto piece = relative(i)) return piece;
        if (auto piece = ago(i)) return piece;
        for (const auto& [word, offset] :
             {std::pair{std::u32string_view(U"next "), 1}, {U"this ", 0}, {U"last ", -1}, {U"coming ", 0}}) {
            if (!r_.starts(i, word)) continue;
            if (const auto* name = named_at(r_, i + word.size(), weekdays)) {
                Piece piece{i, i + word.size() + name->word.size(), {}};
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
                Piece piece{i, i + name->word.size(), {}};
                piece.when.weekday = name->index;
                return piece;
            }
        }
        if (r_.starts(i, U"weekend") && r_.latin_border(i + 7)) {
            Piece piece{i, i + 7, {}};
            piece.when.weekday = 6;
            return piece;
        }
        if (const auto* name = named_at(r_, i, months)) {
            auto end = i + name->word.size();
            if (r_.at(end) == U'.') ++end;
            Piece piece{i, end, {}};
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
            Piece piece{i, i + 4, {}};
            piece.when.hour = 12, piece.when.half_day_known = true;
            return piece;
        }
        if (r_.starts(i, U"midnight") && r_.latin_border(i + 8)) {
            Piece piece{i, i + 8, {}};
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
    std::optional<Piece> ago(std::size_t i) const {
        for (const auto& [unit, by_day, by_week, by_month] :
             {std::tuple{std::u32string_view(U"a day"), 1, 0, 0},
              {U"a week", 0, 1, 0},
              {U"a month", 0, 0, 1},
              {U"a year", 0, 0, 12}}) {
            const auto end = i + unit.size();
            const bool past = r_.starts(end, U" ago");
            if (!r_.starts(i, unit) || !(past || r_.starts(end, U" later"))) continue;
            const int sign = past ? -1 : 1;
            Piece piece{i, end + (past ? 4 : 6), {}};
            if (by_day != 0) piece.when.day_offset = sign * by_day;
            if (by_week != 0) piece.when.week_offset = sign * by_week;
            if (by_month != 0) piece.when.month_offset = sign * by_month;
            return piece;
        }
        return std::nullopt;
    }

    // "5", "5th" at `i`, 1…31; returns the end or 0.
    std::size_t day_number(std::size_t i, std::optional<int>& day) const {
        auto end = i;
        int value = 0;
        while (text::is_ascii_digit(r_.at(end)) && end - i < 3)
            value = value * 10 + static_cast<int>(r_.at(end++) - U'0');
        if (end == i || value < 1 || value > 31 || text::is_ascii_digit(r_.at(end))) return 0;
        for (const std::u32string_view tail : {U"st", U"nd", U"rd", U"th"})
            if (r_.starts(end, tail) && r_.latin_border(end + 2)) end += 2;
        if (!r_.latin_border(end)) return 0;
        day = value;
        return end;
    }

    std::size_t year_number(std::size_t i, std::optional<int>& year) const {
        int value = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            if (!text::is_ascii_digit(r_.at(i + k))) return 0;
            value = value * 10 + static_cast<int>(r_.at(i + k) - U'0');
        }
        if (value < 1900 || value > 2199 || !r_.latin_border(i + 4)) return 0;
        year = value;
        return i + 4;
    }

    int two_digits(std::size_t i, std::size_t& end) const {
        int value = 0;
        end = i;
        while (text::is_ascii_digit(r_.at(end)) && end - i < 2)
            value = value * 10 + static_cast<int>(r_.at(end++) - U'0');
        return end == i || text::is_ascii_digit(r_.at(end)) ? -1 : value;
    }

    // Expressions that begin with a number.
    std::optional<Piece> numeric(const NumberSpan& number) const {
        const auto i = number.begin;
        auto end = number.end;
        const auto value = static_cast<int>(number.value > 3000 ? 3001 : number.value);
        const bool digits = number.how == NumberSpan::How::digits;
        Piece piece{i, end, {}};
        if (digits) {
            if (auto found = calendar(i)) return found;
            if (auto found = clock(i)) return found;
        }
        const auto next = r_.skip_blank(end);
        const auto c = r_.at(next);
        const auto settle_korean = [&](std::optional<int>& field, std::size_t unit) {
            field = value;
            piece.end = next + unit;
            return piece;
        };
        // 3시 (반 | 30분)
        if (c == U'시' && !r_.starts(next, U"시간") && value <= 24 &&
            number.how != NumberSpan::How::english &&
            (digits || number.how == NumberSpan::How::native || value > 12)) {
            piece.when.hour = value == 24 ? 0 : value;
            piece.when.half_day_known = value > 12;
            piece.end = next + 1;
            const auto rest = r_.skip_blank(piece.end);
            if (r_.at(rest) == U'반' && (!r_.hangul_at(rest + 1) || may_end_word(r_, rest + 1))) {
                piece.when.minute = 30;
                piece.end = rest + 1;
            } else {
                for (const auto& minutes : scan_.numbers) {
                    if (minutes.begin != rest || minutes.value > 59) continue;
                    const auto unit = r_.skip_blank(minutes.end);
                    if (r_.at(unit) != U'분') continue;
                    piece.when.minute = static_cast<int>(minutes.value);
                    piece.end = unit + 1;
                }
            }
            return piece;
        }
        if (number.how == NumberSpan::How::native || number.how == NumberSpan::How::english)
            return offset(number);
        if (c == U'년' && value >= 1900 && value < 2200 && digits) return settle_korean(piece.when.year, 1);
        if (c == U'월' && value >= 1 && value <= 12 && !r_.starts(next, U"월급")) {
            settle_korean(piece.when.month, 1);
            const auto rest = r_.skip_blank(piece.end);
            for (const auto& day : scan_.numbers) {
                if (day.begin != rest || day.value < 1 || day.value > 31) continue;
                const auto unit = r_.skip_blank(day.end);
                if (r_.at(unit) != U'일') continue;
                piece.when.day = static_cast<int>(day.value);
                piece.end = unit + 1;
            }
            return piece;
        }
        if (auto found = offset(number)) return found;
        // "15일에", "15일까지": a day of the month; "15일 걸려요" is a span of days.
        if (c == U'일' && value >= 1 && value <= 31 && digits) {
            const bool dated = r_.starts(next + 1, U"에 ") || r_.starts(next + 1, U"까지") ||
                               r_.starts(next + 1, U"날") ||
                               (r_.starts(next + 1, U"에") && next + 2 >= r_.size()) ||
                               r_.starts(next + 1, U"자") || r_.ends(i, U"달 ") || r_.ends(i, U"년 ");
            if (dated && !r_.starts(next + 1, U"에 한") && !r_.starts(next + 1, U"까지는 걸"))
                return settle_korean(piece.when.day, 1);
        }
        return std::nullopt;
    }

    // "3일 뒤", "2주 전", "in 3 days", "3 days ago".
    std::optional<Piece> offset(const NumberSpan& number) const {
        if (number.value < 0 || number.value > 1000 || !number.whole) return std::nullopt;
        struct Unit {
            std::u32string_view word;
            int days, weeks, months;
        };
        static constexpr auto units = std::to_array<Unit>({{U"일", 1, 0, 0},
                                                           {U"주일", 0, 1, 0},
                                                           {U"주", 0, 1, 0},
                                                           {U"개월", 0, 0, 1},
                                                           {U"달", 0, 0, 1},
                                                           {U"days", 1, 0, 0},
                                                           {U"day", 1, 0, 0},
                                                           {U"weeks", 0, 1, 0},
                                                           {U"week", 0, 1, 0},
                                                           {U"months", 0, 0, 1},
                                                           {U"month", 0, 0, 1},
                                                           {U"years", 0, 0, 12},
                                                           {U"year", 0, 0, 12}});
        const auto next = r_.skip_blank(number.end);
        for (const auto& unit : units) {
            if (!r_.starts(next, unit.word)) continue;
            const auto stop = next + unit.word.size();
            const bool latin = text::is_ascii_alpha(unit.word.front());
            if (latin && !r_.latin_border(stop)) continue;
            int sign = 0;
            auto begin = number.begin;
            auto end = stop;
            const auto after = r_.skip_blank(stop);
            if (latin) {
                if (r_.starts(after, U"ago") && r_.latin_border(after + 3))
                    sign = -1, end = after + 3;
                else if (r_.starts(after, U"from now"))
                    sign = 1, end = after + 8;
                else if (r_.starts(after, U"later"))
                    sign = 1, end = after + 5;
                else if (r_.ends(begin, U"in ") && r_.latin_border_before(begin - 3))
                    sign = 1, begin -= 3;
            } else {
                if ((r_.at(after) == U'뒤' || r_.at(after) == U'후') && !r_.starts(after, U"후기"))
                    sign = 1, end = after + 1;
                else if (r_.at(after) == U'전' && !r_.starts(after, U"전부") && !r_.starts(after, U"전화"))
                    sign = -1, end = after + 1;
            }
            if (sign == 0) continue;
            Piece piece{begin, end, {}};
            const auto amount = sign * static_cast<int>(number.value);
            if (unit.days != 0) piece.when.day_offset = amount * unit.days;
            if (unit.weeks != 0) piece.when.week_offset = amount * unit.weeks;
            if (unit.months != 0) piece.when.month_offset = amount * unit.months;
            return piece;
        }
        return std::nullopt;
    }

    // 2024-03-05, 2024.3.5, 2024/3/5; 12/25
    std::optional<Piece> calendar(std::size_t i) const {
        Piece piece{i, i, {}};
        std::size_t at = i;
        if (i > 0 && (r_.codes[i - 1] == U'-' || r_.codes[i - 1] == U'.')) return std::nullopt;
        int year = 0;
        while (text::is_ascii_digit(r_.at(at)) && at - i < 5)
            year = year * 10 + static_cast<int>(r_.at(at++) - U'0');
        if (at - i == 4 && year >= 1900 && year < 2200) {
            const auto mark = r_.at(at);
            if (mark != U'-' && mark != U'.' && mark != U'/') return std::nullopt;
            std::size_t end = 0;
            const int month = two_digits(r_.skip_blank(at + 1), end);
            if (month < 1 || month > 12 || r_.at(end) != mark) return std::nullopt;
            const int day = two_digits(r_.skip_blank(end + 1), end);
            if (day < 1 || day > 31 || !r_.latin_border(end) ||
                (r_.at(end) == U'-' && text::is_ascii_digit(r_.at(end + 1))))
                return std::nullopt;
            piece.when.year = year, piece.when.month = month, piece.when.day = day;
            piece.end = end;
            return piece;
        }
        std::size_t end = 0;
        const int month = two_digits(i, end);
        if (month >= 1 && month <= 12 && r_.at(end) == U'/') {
            const int day = two_digits(end + 1, end);
            if (day >= 1 && day <= 31 && r_.latin_border(end) && r_.at(end) != U'/') {
                piece.when.month = month, piece.when.day = day;
                piece.end = end;
                return piece;
            }
        }
        return std::nullopt;
    }

    // 15:30, 3:30 pm, 3pm, 3 p.m., "at 3"
    std::optional<Piece> clock(std::size_t i) const {
        std::size_t end = 0;
        const int hour = two_digits(i, end);
        if (hour < 0 || hour > 24) return std::nullopt;
        Piece piece{i, end, {}};
        piece.when.hour = hour;
        bool minutes = false;
        if (r_.at(end) == U':') {
            std::size_t stop = 0;
            const int minute = two_digits(end + 1, stop);
            if (minute < 0 || minute > 59 || stop != end + 3) return std::nullopt;
            piece.when.minute = minute;
            piece.end = stop;
            minutes = true;
        }
        const auto next = r_.skip_blank(piece.end);
        const auto half = r_.at(next);
        if ((half == U'a' || half == U'p') && hour >= 1 && hour <= 12) {
            const auto size = r_.starts(next + 1, U"m")     ? std::size_t{2}
                              : r_.starts(next + 1, U".m.") ? std::size_t{4}
                                                            : 0;
            if (size > 0 && r_.latin_border(next + size)) {
                piece.when.hour = in_half(hour, half == U'p');
                piece.when.half_day_known = true;
                piece.end = next + size;
                return piece;
            }
        }
        if (r_.starts(next, U"o'clock")) {
            piece.end = next + 7;
            return piece;
        }
        if (minutes) {
            piece.when.half_day_known = hour > 12 || hour == 0;
            if (!r_.latin_border(piece.end)) return std::nullopt;
            return piece;
        }
        if (r_.ends(i, U" at ") && hour >= 1 && hour <= 24 && !r_.hangul_at(end) &&
            (end >= r_.size() || r_.at(end) == U'.' || r_.at(end) == U'?' || r_.at(end) == U',' ||
             r_.starts(end, U" on") || r_.starts(end, U" tom") || r_.starts(end, U" tod")) &&
            !text::is_ascii_digit(r_.at(end + 1)))
            return piece;
        return std::nullopt;
    }

    Scan& scan_;
    const Reading& r_;
};

}  // namespace

void find_datetimes(Scan& scan) {
    DateFinder(scan).run();
}

}  // namespace maru::nlu
