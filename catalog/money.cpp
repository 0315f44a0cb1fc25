#include "catalog/money.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace maru::catalog {
namespace {

struct Sign {
    std::string_view text;
    std::string_view currency;
};
constexpr std::array<Sign, 9> kSigns{{{"₩", "KRW"},
                                      {"￦", "KRW"},
                                      {"원", "KRW"},
                                      {"US$", "USD"},
                                      {"$", "USD"},
                                      {"달러", "USD"},
                                      {"€", "EUR"},
                                      {"£", "GBP"},
                                      {"¥", "JPY"}}};
constexpr std::int64_t kLimit = 1'000'000'000'000'000;

std::string_view trim(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

// Takes a currency from either end of `text`.
std::string take_currency(std::string_view& text) {
    for (const auto& sign : kSigns) {
        if (text.starts_with(sign.text)) {
            text = trim(text.substr(sign.text.size()));
            return std::string(sign.currency);
        }
        if (text.ends_with(sign.text)) {
            text = trim(text.substr(0, text.size() - sign.text.size()));
            return std::string(sign.currency);
        }
    }
    const auto letter = [](unsigned char c) { return std::isalpha(c) != 0; };
    const auto upper = [](std::string_view code) {
        std::string result(code);
        for (auto& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        return result;
    };
    if (text.size() > 3) {
        const auto tail = text.substr(text.size() - 3);
        const auto head = text.substr(0, 3);
        if (std::all_of(tail.begin(), tail.end(), letter)) {
            text = trim(text.substr(0, text.size() - 3));
            return upper(tail);
        }
        if (std::all_of(head.begin(), head.end(), letter)) {
            text = trim(text.substr(3));
            return upper(head);
        }
    }
    return {};
}

std::string grouped(std::int64_t amount) {
    auto digits = std::to_string(amount);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

}  // namespace

int minor_digits(std::string_view currency) noexcept {
    constexpr std::array<std::string_view, 8> none{"KRW", "JPY", "VND", "CLP", "ISK", "PYG", "UGX", "XAF"};
    constexpr std::array<std::string_view, 5> three{"KWD", "BHD", "JOD", "OMR", "TND"};
    if (std::find(none.begin(), none.end(), currency) != none.end()) return 0;
    return std::find(three.begin(), three.end(), currency) != three.end() ? 3 : 2;
}

std::optional<Price> parse_price(std::string_view text, std::string_view fallback) {
    text = trim(text);
    Price price;
    price.currency = take_currency(text);
    if (price.currency.empty()) price.currency = fallback;
    if (price.currency.empty() || text.empty()) return std::nullopt;

    const int digits = minor_digits(price.currency);
    int decimals = -1;  // digits seen after the point
    bool any = false;
    bool round_up = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= '0' && c <= '9') {
            any = true;
            if (decimals >= digits) {
                if (decimals == digits) round_up = c >= '5';
                ++decimals;
                continue;
            }
            if (decimals >= 0) ++decimals;
            price.amount = price.amount * 10 + (c - '0');
            if (price.amount > kLimit) return std::nullopt;
        } else if (c == ',' && decimals < 0 && any) {
            // A comma before three digits separates thousands ("12,900"); before one or two last ones it is a
            // decimal comma ("49,95").
            const auto end = std::min(text.find_first_not_of("0123456789", i + 1), text.size());
            const auto run = end - i - 1;
            if (run == 3) continue;
            if (end != text.size() || run == 0 || run > 2 || digits == 0) return std::nullopt;
            decimals = 0;
        } else if (c == '.' && decimals < 0 && any) {
            decimals = 0;
        } else {
            return std::nullopt;
        }
    }
    if (!any) return std::nullopt;
    for (int have = std::max(decimals, 0); have < digits; ++have) {
        price.amount *= 10;
        if (price.amount > kLimit) return std::nullopt;
    }
    if (round_up) ++price.amount;
    return price;
}

std::string format_price(const Price& price, std::string_view locale) {
    const int digits = minor_digits(price.currency);
    std::int64_t unit = 1;
    for (int i = 0; i < digits; ++i) unit *= 10;
    auto number = grouped(price.amount / unit);
    if (digits > 0) {
        auto minor = std::to_string(price.amount % unit);
        minor.insert(
            0, static_cast<std::size_t>(digits) - std::min(minor.size(), static_cast<std::size_t>(digits)),
            '0');
        number += '.' + minor;
    }
    if (price.currency == "KRW") return locale == "ko" ? number + "원" : "₩" + number;
    if (price.currency == "USD") return locale == "ko" ? number + "달러" : "$" + number;
    if (price.currency == "EUR") return "€" + number;
    if (price.currency == "JPY") return "¥" + number;
    return number + ' ' + price.currency;
}

}  // namespace maru::catalog
