#include <doctest/doctest.h>

#include <set>

#include "bot/base/id.hpp"
#include "bot/base/time.hpp"

using namespace maru;

namespace {
struct FixedClock final : Clock {
    Time at{};
    [[nodiscard]] Time now() const override { return at; }
};
}  // namespace

TEST_CASE("times are written and read as RFC 3339 with milliseconds") {
    const auto at = parse_time("2026-11-21T09:30:00.125Z");
    REQUIRE(at);
    CHECK(to_rfc3339(*at) == "2026-11-21T09:30:00.125Z");
    CHECK(parse_time("2026-11-21T18:30:00.125+09:00") == at);
    CHECK(to_rfc3339(*parse_time("2026-11-21")) == "2026-11-21T00:00:00.000Z");
    CHECK(to_rfc3339(*parse_time("2024-02-29T23:59:59Z")) == "2024-02-29T23:59:59.000Z");
    for (const char* bad :
         {"", "2026", "2026-13-01", "2026-02-30", "2026-11-21T25:00:00Z", "2026-11-21T09:30:00",
          "2026-11-21T09:30:00.Z", "2026-11-21T09:30:00+9", "yesterday"})
        CHECK_MESSAGE(!parse_time(bad), bad);
}

TEST_CASE("ids grow, never repeat when the clock steps back, and survive their text form") {
    FixedClock clock;
    clock.at = *parse_time("2026-11-21T09:30:00Z");
    IdSource ids(clock, 5);
    std::set<Id> seen;
    Id last = 0;
    for (int i = 0; i < 100'000; ++i) {
        if (i == 50'000) clock.at -= std::chrono::hours{1};
        const Id id = ids.next();
        CHECK_UNARY(id > last);
        last = id;
        seen.insert(id);
    }
    CHECK(seen.size() == 100'000);
    CHECK(parse_id(to_text(last)) == last);
    for (const char* bad : {"", "0000000000000", "zzzzzzzzzzzzz", "00000000000i0", "0000000000001 ", "한글"})
        CHECK_MESSAGE(!parse_id(bad), bad);
}

TEST_CASE("tokens are long, url-safe and differ; their hashes are stable") {
    const auto one = random_token(), two = random_token();
    CHECK(one.size() == 43);
    CHECK(one != two);
    CHECK(hash_token(one) == hash_token(one));
    CHECK(hash_token(one).size() == 32);
    CHECK(hash_token(one) != hash_token(two));
}
