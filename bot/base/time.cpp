#include "bot/base/time.hpp"

#include <array>
#include <charconv>

namespace maru {
namespace {

void put(char* at, unsigned value, int digits) {
    for (int i = digits - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

// Reads exactly `digits` digits from the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take_char(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

void append_rfc3339(std::string& out, Time at) {
    using namespace std::chrono;
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss time{at - day};
    std::array<char, 24> text{};
    put(&text[0], static_cast<unsigned>(static_cast<int>(date.year())), 4);
    text[4] = '-';
    put(&text[5], static_cast<unsigned>(date.month()), 2);
    text[7] = '-';
    put(&text[8], static_cast<unsigned>(date.day()), 2);
    text[10] = 'T';
    put(&text[11], static_cast<unsigned>(time.hours().count()), 2);
    text[13] = ':';
    put(&text[14], static_cast<unsigned>(time.minutes().count()), 2);
    text[16] = ':';
    put(&text[17], static_cast<unsigned>(time.seconds().count()), 2);
    text[19] = '.';
    put(&text[20], static_cast<unsigned>(time.subseconds().count()), 3);
    text[23] = 'Z';
    out.append(text.data(), text.size());
}

std::string to_rfc3339(Time at) {
    std::string out;
    append_rfc3339(out, at);
    return out;
}

std::optional<Time> parse_time(std::string_view text) {
    using namespace std::chrono;
    const auto y = take_digits(text, 4);
    if (!y || !take_char(text, '-')) return std::nullopt;
    const auto mo = take_digits(text, 2);
    if (!mo || !take_char(text, '-')) return std::nullopt;
    const auto d = take_digits(text, 2);
    if (!d) return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*mo)}, day{static_cast<unsigned>(*d)}};
    if (!date.ok()) return std::nullopt;
    Time at = time_point_cast<Millis>(sys_days{date});
    if (text.empty()) return at;
    if (text.front() != 'T' && text.front() != 't' && text.front() != ' ') return std::nullopt;
    text.remove_prefix(1);
    const auto h = take_digits(text, 2);
    if (!h || *h > 23 || !take_char(text, ':')) return std::nullopt;
    const auto mi = take_digits(text, 2);
    if (!mi || *mi > 59) return std::nullopt;
    at += hours{*h} + minutes{*mi};
    if (take_char(text, ':')) {
        const auto s = take_digits(text, 2);
        if (!s || *s > 60) return std::nullopt;
        at += seconds{*s};
        if (take_char(text, '.')) {
            int scale = 100, fraction = 0, seen = 0;
            while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
                fraction += (text.front() - '0') * scale;
                scale /= 10;
                ++seen;
                text.remove_prefix(1);
            }
            if (seen == 0) return std::nullopt;
            at += Millis{fraction};
        }
    }
    if (text == "Z" || text == "z") return at;
    if (text.size() == 6 && (text.front() == '+' || text.front() == '-')) {
        const int sign = text.front() == '+' ? -1 : 1;
        text.remove_prefix(1);
        const auto oh = take_digits(text, 2);
        if (!oh || !take_char(text, ':')) return std::nullopt;
        const auto om = take_digits(text, 2);
        if (!om) return std::nullopt;
        return at + sign * (hours{*oh} + minutes{*om});
    }
    return std::nullopt;
}

Time SystemClock::now() const {
    return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now());
}

}  // namespace maru
