#include <doctest/doctest.h>

#include "catalog/money.hpp"

using namespace maru::catalog;

TEST_CASE("prices as feeds write them") {
    struct Case {
        const char *text, *fallback;
        std::int64_t amount;  // −1: no price
        const char* currency;
    };
    const Case cases[] = {{"12900 KRW", "", 12900, "KRW"},
                          {"KRW 12,900", "", 12900, "KRW"},
                          {"49.95 USD", "", 4995, "USD"},
                          {"$1,299.00", "", 129900, "USD"},
                          {"₩12,900", "", 12900, "KRW"},
                          {"12,900원", "", 12900, "KRW"},
                          {"12900", "KRW", 12900, "KRW"},
                          {"12900", "", -1, ""},
                          {"49,95 EUR", "", 4995, "EUR"},
                          {"1.999 USD", "", 200, "USD"},
                          {"12900.4 KRW", "", 12900, "KRW"},
                          {"12900.5 KRW", "", 12901, "KRW"},
                          {"5 KWD", "", 5000, "KWD"},
                          {"-5 USD", "", -1, ""},
                          {"free", "USD", -1, ""},
                          {"", "USD", -1, ""},
                          {"USD", "", -1, ""},
                          {"1e5 USD", "", -1, ""},
                          {"99999999999999999999 KRW", "", -1, ""},
                          {"1,2,3 USD", "", -1, ""}};
    for (const auto& one : cases) {
        CAPTURE(one.text);
        const auto price = parse_price(one.text, one.fallback);
        CHECK(price.has_value() == (one.amount >= 0));
        if (price) CHECK(*price == Price{one.amount, one.currency});
    }
}

TEST_CASE("prices for people") {
    CHECK(format_price({12900, "KRW"}, "ko") == "12,900원");
    CHECK(format_price({1234567, "KRW"}, "en") == "₩1,234,567");
    CHECK(format_price({4995, "USD"}, "en") == "$49.95");
    CHECK(format_price({5, "USD"}, "en") == "$0.05");
    CHECK(format_price({129900, "EUR"}, "en") == "€1,299.00");
    CHECK(format_price({0, "KRW"}, "ko") == "0원");
}
