// Days and times of day as said, relative or by the calendar. Nothing here knows what day it is.
#include "nlu/datetimes.hpp"

namespace maru::nlu {
namespace {

// Neighbouring parts that do not contradict each other are one expression.
class DateFinder {
  public:
    explicit DateFinder(Scan& scan) : scan_(scan), r_(scan.reading), parts_(scan) {}

    void run() {
        std::vector<DatePiece> pieces;
        std::size_t number = 0;
        for (std::size_t i = 0; i < r_.size();) {
            while (number < scan_.numbers.size() && scan_.numbers[number].end <= i) ++number;
            std::optional<DatePiece> piece;
            if (!scan_.taken[i]) {
                if (number < scan_.numbers.size() && scan_.numbers[number].begin == i) {
                    piece = parts_.numeric(scan_.numbers[number]);
                    if (!piece && text::is_hangul(r_.codes[i])) piece = parts_.korean(i);
                } else if (text::is_hangul(r_.codes[i])) {
                    piece = parts_.korean(i);
                } else if (text::is_ascii_alpha(r_.codes[i]) && r_.latin_border_before(i)) {
                    piece = parts_.english(i);
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
            into.hour = DatePieces::in_half(hour, half == DatePieces::in_afternoon);
        } else {
            take(into.hour, from.hour);
        }
        into.half_day_known = into.half_day_known || from.half_day_known;
        return true;
    }

    // A half day that found no hour says only which half.
    static void settle(DateTime& when) {
        if (when.hour && *when.hour < 0) when.hour.reset();
    }

    bool joins(const DatePiece& first, const DatePiece& second) const {
        const auto gap = std::u32string_view(r_.codes).substr(first.end, second.begin - first.end);
        for (const std::u32string_view link : {U"", U" ", U", ", U",", U" at ", U" on ", U"에 ", U"의 ",
                                               U" of ", U" the ", U" in the ", U" around ", U" by ", U" ("})
            if (gap == link) return true;
        return false;
    }

    Scan& scan_;
    const Reading& r_;
    DatePieces parts_;
};

}  // namespace

void find_datetimes(Scan& scan) {
    DateFinder(scan).run();
}

}  // namespace maru::nlu
