#include <doctest/doctest.h>

#include "bot/insights/hours.hpp"

using namespace maru;
using insights::Hours;

namespace {

Hours seoul() {
    Hours hours;
    hours.always = false;
    for (std::size_t day = 1; day <= 5; ++day) hours.weekly[day] = {{9 * 60, 12 * 60}, {13 * 60, 18 * 60}};
    hours.holidays = {std::chrono::sys_days{std::chrono::year{2026} / 12 / 25}};
    return hours;
}

Time at(const char* text) {
    return parse_time(text).value();
}

}  // namespace

TEST_CASE("business hours: open and closed moments in local time") {
    const auto hours = seoul();
    CHECK(hours.open_at(at("2026-11-23T09:00:00+09:00")));
    CHECK_FALSE(hours.open_at(at("2026-11-23T08:59:59.999+09:00")));
    CHECK_FALSE(hours.open_at(at("2026-11-23T12:30:00+09:00")));  // lunch
    CHECK_FALSE(hours.open_at(at("2026-11-23T18:00:00+09:00")));  // the end is not in it
    CHECK_FALSE(hours.open_at(at("2026-11-22T10:00:00+09:00")));  // a Sunday
    CHECK_FALSE(hours.open_at(at("2026-12-25T10:00:00+09:00")));  // a holiday on a Friday
}

TEST_CASE("business hours: time between two moments") {
    const auto hours = seoul();
    struct Case {
        const char *from, *to;
        double seconds;
    };
    for (const auto& one : {
             Case{"2026-11-23T10:00:00+09:00", "2026-11-23T10:01:30+09:00", 90},
             Case{"2026-11-23T11:50:00+09:00", "2026-11-23T13:10:00+09:00", 1200},  // over lunch
             Case{"2026-11-23T17:59:00+09:00", "2026-11-24T09:02:00+09:00", 180},   // over night
             Case{"2026-11-20T17:00:00+09:00", "2026-11-23T10:00:00+09:00", 7200},  // over a week-end
             Case{"2026-12-24T17:30:00+09:00", "2026-12-28T09:30:00+09:00", 3600},  // over a holiday too
             Case{"2026-11-22T10:00:00+09:00", "2026-11-22T15:00:00+09:00", 0},
             Case{"2026-11-23T10:00:00+09:00", "2026-11-23T09:00:00+09:00", 0},  // backwards
         }) {
        CHECK_MESSAGE(to_seconds(hours.between(at(one.from), at(one.to))) == one.seconds, one.from);
    }
    CHECK(to_seconds(Hours{}.between(at("2026-11-22"), at("2026-11-23"))) == 86'400);
}

TEST_CASE("business hours: the next opening, and a text form that comes back the same") {
    const auto hours = seoul();
    CHECK(hours.next_opening(at("2026-11-20T18:30:00+09:00")) == at("2026-11-23T09:00:00+09:00"));
    CHECK(hours.next_opening(at("2026-11-23T12:10:00+09:00")) == at("2026-11-23T13:00:00+09:00"));
    Hours never;
    never.always = false;
    CHECK_FALSE(never.next_opening(at("2026-11-20")));
    const auto again = Hours::from_json(hours.to_json());
    CHECK(again.to_json() == hours.to_json());
    CHECK_THROWS(Hours::from_json("{"));
    CHECK_THROWS(Hours::from_json("{}"));
}
