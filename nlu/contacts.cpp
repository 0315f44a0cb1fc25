// E-mail addresses and phone numbers.
#include <algorithm>
#include <array>
#include <cstdint>

#include "nlu/entities.hpp"

namespace maru::nlu {
namespace {

bool local_char(char32_t c) {
    return text::is_ascii_alpha(c) || text::is_ascii_digit(c) || c == U'.' || c == U'_' || c == U'-' ||
           c == U'+' || c == U'%';
}
bool domain_char(char32_t c) {
    return text::is_ascii_alpha(c) || text::is_ascii_digit(c) || c == U'.' || c == U'-';
}

void find_emails(Scan& scan) {
    const auto& r = scan.reading;
    std::size_t floor = 0;  // never scan back over what was scanned before
    for (std::size_t at = 0; at < r.size(); ++at) {
        if (r.codes[at] != U'@') continue;
        auto begin = at;
        while (begin > floor && local_char(r.codes[begin - 1]) && at - begin < 64) --begin;
        while (begin < at && r.codes[begin] == U'.') ++begin;
        auto end = at + 1;
        while (domain_char(r.at(end)) && end - at < 254) ++end;
        while (end > at + 1 && (r.codes[end - 1] == U'.' || r.codes[end - 1] == U'-')) --end;
        floor = at + 1;
        // The last label is letters, so "me@10" is not an address.
        auto dot = end;
        while (dot > at && r.codes[dot - 1] != U'.') --dot;
        bool letters = end - dot >= 2 && dot > at + 2;
        for (auto i = dot; i < end; ++i) letters = letters && text::is_ascii_alpha(r.codes[i]);
        if (begin == at || !letters) continue;
        scan.claim("email", text::to_utf8(std::u32string_view(r.codes).substr(begin, end - begin)), begin,
                   end);
        floor = end;
    }
}

// How many digits stood together, for the first few groups; a number of more is none of those known by them.
struct Groups {
    std::array<std::uint8_t, 4> sizes{};
    std::size_t count = 0;

    void add(std::size_t digits) {
        if (count < sizes.size()) sizes[count++] = static_cast<std::uint8_t>(digits);
    }
    [[nodiscard]] bool are(std::initializer_list<std::uint8_t> expected) const {
        return count == expected.size() && std::equal(expected.begin(), expected.end(), sizes.begin());
    }
};

bool starts(std::string_view digits, std::string_view prefix) {
    return digits.starts_with(prefix);
}

// Numbering plan of Korea (area codes 02, 031–064, mobile 01x, 050x, 070, 080, 15xx–18xx); else international
// with
// '+', or the North American 3-3-4 when written in groups.
bool plausible(std::string_view digits, bool plus, const Groups& groups) {
    const auto n = digits.size();
    if (plus) return n >= 8 && n <= 15;
    if (starts(digits, "01")) return (n == 10 || n == 11) && digits[2] != '2' && digits[2] != '3';
    if (starts(digits, "02")) return n == 9 || n == 10;
    if (starts(digits, "070") || starts(digits, "050") || starts(digits, "080")) return n >= 10 && n <= 12;
    if (digits[0] == '0' && n > 2 && digits[1] >= '3' && digits[1] <= '6') return n == 10 || n == 11;
    if (groups.are({4, 4})) return digits[0] == '1' && digits[1] >= '5' && digits[1] <= '8';
    if (groups.are({3, 3, 4})) return digits[0] >= '2';
    return false;
}

void find_phones(Scan& scan) {
    const auto& r = scan.reading;
    for (std::size_t i = 0; i < r.size(); ++i) {
        const auto c = r.codes[i];
        const bool plus = c == U'+' && text::is_ascii_digit(r.at(i + 1));
        const bool paren = c == U'(' && text::is_ascii_digit(r.at(i + 1));
        if (!text::is_ascii_digit(c) && !plus && !paren) continue;
        const auto before = i > 0 ? r.codes[i - 1] : U' ';
        if (text::is_ascii_digit(before) || text::is_ascii_alpha(before) || before == U'-' ||
            before == U'.' || scan.taken[i])
            continue;
        // On the stack: most runs of digits are no phone number.
        std::array<char, 18> read;
        std::size_t count = 0;
        Groups groups;
        auto at = i + (plus || paren ? 1 : 0);
        auto end = at;
        std::size_t group = 0;
        while (at < r.size() && count < read.size()) {
            const auto d = r.codes[at];
            if (text::is_ascii_digit(d)) {
                read[count++] = static_cast<char>(d);
                ++group;
                end = ++at;
                continue;
            }
            if (group > 0) groups.add(group), group = 0;
            const bool joint = d == U'-' || d == U'.' || d == U' ' || d == U')' || d == U'(';
            if (!joint) break;
            ++at;
            if ((r.at(at) == U' ' || r.at(at) == U'(' || r.at(at) == U'-') && d != U' ') ++at;
            if (d == U' ' && (r.at(at) == U'-' || r.at(at) == U'('))
                at = r.at(at + 1) == U' ' ? at + 2 : at + 1;
            if (!text::is_ascii_digit(r.at(at))) break;
        }
        if (group > 0) groups.add(group);
        const std::string_view digits(read.data(), count);
        if (digits.size() >= 8 && !text::is_ascii_alpha(r.at(end)) && !text::is_ascii_digit(r.at(end)) &&
            plausible(digits, plus, groups) && scan.free(i, end)) {
            // +82 10 … and 010 … are one number.
            std::string canonical(digits);
            if (plus && starts(digits, "82")) {
                canonical = std::string(digits.substr(digits.size() > 2 && digits[2] == '0' ? 3 : 2));
                canonical.insert(canonical.begin(), '0');
            } else if (plus) {
                canonical.insert(canonical.begin(), '+');
            }
            scan.claim("phone", std::move(canonical), i, end);
            i = end - 1;
        } else {
            while (i + 1 < r.size() && text::is_ascii_digit(r.codes[i + 1])) ++i;
        }
    }
}

}  // namespace

void find_contacts(Scan& scan) {
    find_emails(scan);
    find_phones(scan);
}

}  // namespace maru::nlu
