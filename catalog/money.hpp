// Money in feeds and on cards. Amounts are in the currency's minor unit (ISO 4217 exponent): KRW has none, so
// 12900 is ₩12,900; USD has two digits, so 1299 is $12.99. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace maru::catalog {

struct Price {
    std::int64_t amount = 0;  // minor unit
    std::string currency;     // ISO 4217
    bool operator==(const Price&) const = default;
};

// Digits after the decimal point that a currency has: 0 for KRW and JPY, 3 for KWD and its like, else 2.
[[nodiscard]] int minor_digits(std::string_view currency) noexcept;

// Reads "12900 KRW", "KRW 12,900", "49.95 USD", "$1,299.00", "₩12,900", "12,900원" or, with a `fallback`
// currency, a bare "12900". Excess decimals are rounded half up; signs, words and amounts beyond 10^15 minor
// units are nullopt.
[[nodiscard]] std::optional<Price> parse_price(std::string_view text, std::string_view fallback = {});

// For people: ("ko") "12,900원", "49.95달러"; ("en") "₩12,900", "$49.95"; other currencies "49.95 EUR".
[[nodiscard]] std::string format_price(const Price& price, std::string_view locale);

}  // namespace maru::catalog
