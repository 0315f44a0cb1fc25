// Parts of time expressions that begin with a number.
#include <array>

#include "nlu/datetimes.hpp"

namespace maru::nlu {

int DatePieces::in_half(int hour, bool is_pm) {
    if (hour > 12) return hour;
    if (is_pm) return hour == 12 ? 12 : hour + 12;
    return hour == 12 ? 0 : hour;
}

// Expressions that begin with a number.
std::optional<DatePiece> DatePieces::numeric(const NumberSpan& number) const {
    const auto i = number.begin;
    auto end = number.end;
    const auto value = static_cast<int>(number.value > 3000 ? 3001 : number.value);
    const bool digits = number.how == NumberSpan::How::digits;
    DatePiece piece{i, end, {}};
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
    if (c == U'시' && !r_.starts(next, U"시간") && value <= 24 && number.how != NumberSpan::How::english &&
        (digits || number.how == NumberSpan::How::native || value > 12)) {
        piece.when.hour = value == 24 ? 0 : value;
        piece.when.half_day_known = value > 12;
        piece.end = next + 1;
        const auto rest = r_.skip_blank(piece.end);
        if (r_.at(rest) == U'반' && (!r_.hangul_at(rest + 1) || may_end_word(r_, rest + 1))) {
            piece.when.minute = 30;
            piece.end = rest + 1;
        } else if (const auto* minutes = scan_.number_at(rest); minutes != nullptr && minutes->value <= 59) {
            const auto unit = r_.skip_blank(minutes->end);
            if (r_.at(unit) == U'분') {
                piece.when.minute = static_cast<int>(minutes->value);
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
        if (const auto* day = scan_.number_at(rest); day != nullptr && day->value >= 1 && day->value <= 31) {
            const auto unit = r_.skip_blank(day->end);
            if (r_.at(unit) == U'일') {
                piece.when.day = static_cast<int>(day->value);
                piece.end = unit + 1;
            }
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
std::optional<DatePiece> DatePieces::offset(const NumberSpan& number) const {
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
        DatePiece piece{begin, end, {}};
        const auto amount = sign * static_cast<int>(number.value);
        if (unit.days != 0) piece.when.day_offset = amount * unit.days;
        if (unit.weeks != 0) piece.when.week_offset = amount * unit.weeks;
        if (unit.months != 0) piece.when.month_offset = amount * unit.months;
        return piece;
    }
    return std::nullopt;
}

// 2024-03-05, 2024.3.5, 2024/3/5; 12/25
std::optional<DatePiece> DatePieces::calendar(std::size_t i) const {
    DatePiece piece{i, i, {}};
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
std::optional<DatePiece> DatePieces::clock(std::size_t i) const {
    std::size_t end = 0;
    const int hour = two_digits(i, end);
    if (hour < 0 || hour > 24) return std::nullopt;
    DatePiece piece{i, end, {}};
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

// "5", "5th" at `i`, 1…31; returns the end or 0.
std::size_t DatePieces::day_number(std::size_t i, std::optional<int>& day) const {
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

std::size_t DatePieces::year_number(std::size_t i, std::optional<int>& year) const {
    int value = 0;
    for (std::size_t k = 0; k < 4; ++k) {
        if (!text::is_ascii_digit(r_.at(i + k))) return 0;
        value = value * 10 + static_cast<int>(r_.at(i + k) - U'0');
    }
    if (value < 1900 || value > 2199 || !r_.latin_border(i + 4)) return 0;
    year = value;
    return i + 4;
}

int DatePieces::two_digits(std::size_t i, std::size_t& end) const {
    int value = 0;
    end = i;
    while (text::is_ascii_digit(r_.at(end)) && end - i < 2)
        value = value * 10 + static_cast<int>(r_.at(end++) - U'0');
    return end == i || text::is_ascii_digit(r_.at(end)) ? -1 : value;
}

}  // namespace maru::nlu
