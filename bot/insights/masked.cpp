#include "bot/insights/masked.hpp"

#include <algorithm>
#include <array>

#include "nlu/text/unicode.hpp"

namespace maru::insights {
namespace {

// Seven digits are a subscriber's number; six are a postcode or a price.
constexpr std::size_t personal_digits = 7;

bool digit(char c) {
    return c >= '0' && c <= '9';
}
bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool address_char(char c) {
    return digit(c) || letter(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
}

// The end of a run of digits that begins at `at`, joined by single signs; blanks join only what begins like a
// telephone's number, so that "모니터 27 2024" stays two numbers.
struct Run {
    std::size_t end = 0;
    std::size_t digits = 0;
};
Run run_of_digits(std::string_view text, std::size_t at) {
    const bool phone = text[at] == '0' || text[at] == '+' || text[at] == '(';
    Run run{at, 0};
    std::size_t signs = 0;
    for (std::size_t i = at; i < text.size() && signs <= 2; ++i) {
        const char c = text[i];
        if (digit(c)) {
            ++run.digits;
            run.end = i + 1;
            signs = 0;
            continue;
        }
        const bool joins = c == '-' || c == '.' || c == '/' || c == '+' || c == '(' || c == ')';
        if (!joins && !(phone && c == ' ')) break;
        ++signs;
    }
    return run;
}

// "2000000원", "20000000 mAh": a price or a size, not a telephone.
bool is_amount(std::string_view after) {
    constexpr auto units = std::to_array<std::string_view>({"원", "won", "krw", "₩", "mah", "gb", "mm"});
    while (after.starts_with(' ')) after.remove_prefix(1);
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::any_of(units.begin(), units.end(), [&](std::string_view unit) {
        return after.size() >= unit.size() && std::equal(unit.begin(), unit.end(), after.begin(),
                                                         [&](char a, char b) { return a == lower(b); });
    });
}

}  // namespace

std::string masked(std::string_view text, std::size_t most) {
    constexpr std::size_t longest_character = 4;  // bytes
    std::string out;
    out.reserve(std::min(text.size(), most * longest_character));
    for (std::size_t i = 0; i < text.size() && out.size() < most * longest_character;) {
        const char c = text[i];
        if (c == '@') {
            auto end = i + 1;
            while (end < text.size() && address_char(text[end])) ++end;
            auto begin = out.size();
            while (begin > 0 &&
                   (address_char(out[begin - 1]) || out[begin - 1] == ']' || out[begin - 1] == '['))
                --begin;
            if (begin < out.size() && end > i + 1) {
                out.resize(begin);
                out += "[email]";
                i = end;
                continue;
            }
        }
        const bool opens = (c == '+' || c == '(') && i + 1 < text.size() && digit(text[i + 1]);
        if (digit(c) || opens) {
            const auto run = run_of_digits(text, i);
            if (run.digits >= personal_digits && (c == '0' || !is_amount(text.substr(run.end)))) {
                out += "[number]";
                i = run.end;
                continue;
            }
            const auto end = std::max(run.end, i + 1);
            out += text.substr(i, end - i);
            i = end;
            continue;
        }
        out += c;
        ++i;
    }
    return std::string(text::truncate(out, most));
}

}  // namespace maru::insights
