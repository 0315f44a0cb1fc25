#include "nlu/numbers.hpp"

#include "nlu/phrase_list.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <string_view>

namespace maru::nlu {
namespace {

using How = NumberSpan::How;

int sino_digit(char32_t c) {
    switch (c) {
        case U'영':
        case U'공':
            return 0;
        case U'일':
            return 1;
        case U'이':
            return 2;
        case U'삼':
            return 3;
        case U'사':
            return 4;
        case U'오':
            return 5;
        case U'육':
        case U'륙':
            return 6;
        case U'칠':
            return 7;
        case U'팔':
            return 8;
        case U'구':
            return 9;
        default:
            return -1;
    }
}
double small_unit(char32_t c) {
    return c == U'십' ? 10 : c == U'백' ? 100 : c == U'천' ? 1000 : 0;
}
double big_unit(char32_t c) {
    return c == U'만' ? 1e4 : c == U'억' ? 1e8 : c == U'조' ? 1e12 : 0;
}

struct Said {
    std::u32string_view word;
    int value;
};
// Native numerals as they stand before a counter, and alone. Tens first: "스물두" is 20 + 2.
constexpr auto native_tens = phrases<Said>({{U"열", 10},
                                            {U"스물", 20},
                                            {U"스무", 20},
                                            {U"서른", 30},
                                            {U"마흔", 40},
                                            {U"쉰", 50},
                                            {U"예순", 60},
                                            {U"일흔", 70},
                                            {U"여든", 80},
                                            {U"아흔", 90}});
constexpr auto native_ones = phrases<Said>({{U"하나", 1},
                                            {U"다섯", 5},
                                            {U"여섯", 6},
                                            {U"일곱", 7},
                                            {U"여덟", 8},
                                            {U"아홉", 9},
                                            {U"한", 1},
                                            {U"두", 2},
                                            {U"둘", 2},
                                            {U"세", 3},
                                            {U"셋", 3},
                                            {U"석", 3},
                                            {U"네", 4},
                                            {U"넷", 4},
                                            {U"넉", 4}});
constexpr auto english = phrases<Said>(
    {{U"zero", 0},     {U"one", 1},      {U"two", 2},        {U"three", 3},     {U"four", 4},
     {U"five", 5},     {U"six", 6},      {U"seven", 7},      {U"eight", 8},     {U"nine", 9},
     {U"ten", 10},     {U"eleven", 11},  {U"twelve", 12},    {U"thirteen", 13}, {U"fourteen", 14},
     {U"fifteen", 15}, {U"sixteen", 16}, {U"seventeen", 17}, {U"eighteen", 18}, {U"nineteen", 19},
     {U"twenty", 20},  {U"thirty", 30},  {U"forty", 40},     {U"fourty", 40},   {U"fifty", 50},
     {U"sixty", 60},   {U"seventy", 70}, {U"eighty", 80},    {U"ninety", 90},   {U"dozen", 12},
     {U"couple", 2}});
constexpr auto english_scale =
    phrases<Said>({{U"hundred", 100}, {U"thousand", 1000}, {U"grand", 1000}, {U"million", 1000000}});

class Scanner {
  public:
    explicit Scanner(const Reading& reading) : r_(reading) {}

    std::vector<NumberSpan> run() {
        std::vector<NumberSpan> out;
        for (std::size_t i = 0; i < r_.size();) {
            const auto c = r_.codes[i];
            std::optional<NumberSpan> found;
            if (text::is_ascii_digit(c)) {
                found = digits(i);
            } else if (text::is_syllable(c)) {
                if (i == 0 || !r_.hangul_before(i)) {
                    found = sino(i);
                    if (!found || found->weak)
                        if (auto alone = native(i); alone && (!found || alone->end > found->end))
                            found = alone;
                }
            } else if (text::is_ascii_alpha(c) && r_.latin_border_before(i)) {
                found = words(i);
                if (!found) {
                    while (i < r_.size() && !r_.latin_border(i)) ++i;
                    continue;
                }
            }
            if (found) {
                i = found->end;
                out.push_back(*found);
            } else {
                ++i;
            }
        }
        return out;
    }

  private:
    // "1,299.99", "20", ".5" is not read. Returns the end.
    std::size_t plain(std::size_t i, double& value, bool& whole) const {
        value = 0;
        whole = true;
        std::size_t length = 0;
        while (text::is_ascii_digit(r_.at(i)) && length < 16) {
            value = value * 10 + static_cast<double>(r_.at(i) - U'0');
            ++i, ++length;
            const bool group = r_.at(i) == U',' && length <= 15 && text::is_ascii_digit(r_.at(i + 1)) &&
                               text::is_ascii_digit(r_.at(i + 2)) && text::is_ascii_digit(r_.at(i + 3)) &&
                               !text::is_ascii_digit(r_.at(i + 4));
            if (group) ++i;
        }
        if (r_.at(i) == U'.' && text::is_ascii_digit(r_.at(i + 1)) && length < 16) {
            whole = false;
            double place = 0.1;
            for (++i; text::is_ascii_digit(r_.at(i)) && place > 1e-12; ++i, place /= 10)
                value += place * static_cast<double>(r_.at(i) - U'0');
        }
        return i;
    }

    std::optional<NumberSpan> digits(std::size_t begin) const {
        NumberSpan out{begin, begin, 0, 1, How::digits, true, false};
        double value = 0;
        auto i = plain(begin, value, out.whole);
        // A longer run of digits than any amount is an identifier; take it whole so that nothing reads its
        // middle.
        while (text::is_ascii_digit(r_.at(i))) ++i;
        out.value = value;
        out.end = i;
        if (const auto c = r_.at(i); text::is_ascii_alpha(c)) {
            if (c == U'k' && r_.latin_border(i + 1)) {
                out.value = value * 1000, out.multiplier = 1000, out.end = i + 1;
            }
            return out;
        }
        korean_tail(out, value);
        return out;
    }

    // "20만 5천", "1억 2천만", "3만5천오백", "2천 3백": parts of falling size behind a digit number.
    void korean_tail(NumberSpan& out, double first) const {
        double total = 0;
        double section = 0;  // below the next 만/억
        double pending = first;
        bool have = true;
        double last_big = 1e16;
        double last_small = 1e4;
        auto i = out.end;
        while (true) {
            const auto c = r_.at(i);
            if (const auto unit = small_unit(c); unit > 0 && unit < last_small && unit_follows(i)) {
                section += (have ? pending : 1) * unit;
                pending = 0, have = false;
                last_small = unit;
                out.multiplier = unit;
                ++i;
            } else if (const auto big = big_unit(c); big > 0 && big < last_big && unit_follows(i)) {
                total += (section + (have ? pending : section > 0 ? 0 : 1)) * big;
                section = 0, pending = 0, have = false;
                last_big = big;
                last_small = 1e4;
                out.multiplier = big;
                ++i;
            } else {
                break;
            }
            out.end = i;
            out.value = total + section;
            // A further part may follow, with or without a blank.
            auto next = r_.skip_blank(i);
            double more = 0;
            bool whole = true;
            if (text::is_ascii_digit(r_.at(next))) {
                const auto stop = plain(next, more, whole);
                const auto follower = r_.at(stop);
                const bool part = (small_unit(follower) > 0 && small_unit(follower) < last_small) ||
                                  (big_unit(follower) > 0 && big_unit(follower) < last_big);
                const bool tail = next == i && more < last_small && more < 1e4 && whole;  // 3만5000
                if (part) {
                    pending = more, have = true;
                    i = stop;
                    continue;
                }
                if (tail && last_small > 9) {
                    out.value += more;
                    out.end = stop;
                }
                break;
            }
            const auto digit = sino_digit(r_.at(next));
            if (digit > 0 && (small_unit(r_.at(next + 1)) > 0 && small_unit(r_.at(next + 1)) < last_small)) {
                pending = digit, have = true;
                i = next + 1;
                continue;
            }
            if (small_unit(r_.at(next)) > 0 && small_unit(r_.at(next)) < last_small && (next == i)) {
                i = next;
                continue;
            }
            if (big_unit(r_.at(next)) > 0 && big_unit(r_.at(next)) < last_big && section > 0) {
                i = next;
                continue;
            }
            break;
        }
    }

    // 만 and 천 behind digits are units unless a word begins there ("5만큼", "3천천히").
    bool unit_follows(std::size_t i) const { return !r_.starts(i, U"만큼") && !r_.starts(i, U"천천"); }

    std::optional<NumberSpan> sino(std::size_t begin) const {
        double total = 0;
        double section = 0;
        int digit = -1;
        double last_big = 1e16;
        double last_small = 1e4;
        double multiplier = 1;
        bool units = false;
        std::size_t spelled = 0;  // digits in a row without units: 일이삼
        auto i = begin;
        auto end = begin;
        while (i < r_.size()) {
            const auto c = r_.at(i);
            if (const int d = sino_digit(c); d >= 0) {
                if (digit >= 0) {
                    // "오일": the day, not five one.
                    if (c == U'일' && sino_digit(r_.at(i + 1)) < 0) break;
                    ++spelled;
                    break;
                }
                digit = d;
                end = ++i;
            } else if (const auto unit = small_unit(c); unit > 0 && unit < last_small) {
                section += (digit >= 0 ? digit : 1) * unit;
                digit = -1, last_small = unit, multiplier = unit, units = true;
                end = ++i;
            } else if (const auto big = big_unit(c); big > 0 && big < last_big) {
                total += (section + (digit >= 0 ? digit : section > 0 ? 0 : 1)) * big;
                section = 0, digit = -1, last_big = big, last_small = 1e4, multiplier = big, units = true;
                end = ++i;
            } else if (c == U' ' && i == end && units && big_unit(r_.at(i - 1)) > 0 &&
                       (sino_digit(r_.at(i + 1)) > 0 && small_unit(r_.at(i + 2)) > 0)) {
                ++i;  // "이십만 오천"
            } else if (text::is_ascii_digit(c)) {
                return std::nullopt;
            } else {
                break;
            }
        }
        if (end == begin || spelled > 0) return std::nullopt;
        const double value = total + section + (digit > 0 ? digit : 0);
        // "이", "만", "천", "오": far more often other words.
        const bool weak = !units || end - begin < 3;
        return NumberSpan{begin, end, value, multiplier, How::sino, true, weak};
    }

    std::optional<NumberSpan> native(std::size_t begin) const {
        auto i = begin;
        int value = 0;
        if (!native_tens.may_begin(r_.at(i)) && !native_ones.may_begin(r_.at(i))) return std::nullopt;
        for (const auto& ten : native_tens) {
            if (!r_.starts(i, ten.word)) continue;
            value = ten.value;
            i += ten.word.size();
            break;
        }
        for (const auto& one : native_ones) {
            if (!r_.starts(i, one.word)) continue;
            value += one.value;
            i += one.word.size();
            break;
        }
        if (value == 0) return std::nullopt;
        return NumberSpan{begin, i, static_cast<double>(value), 1, How::native, true, true};
    }

    std::optional<Said> said(std::size_t i) const {
        if (!english.may_begin(r_.at(i))) return std::nullopt;
        for (const auto& word : english)
            if (r_.starts(i, word.word) && r_.latin_border(i + word.word.size())) return word;
        return std::nullopt;
    }
    std::optional<Said> scale(std::size_t i) const {
        if (!english_scale.may_begin(r_.at(i))) return std::nullopt;
        for (const auto& word : english_scale)
            if (r_.starts(i, word.word) && r_.latin_border(i + word.word.size())) return word;
        return std::nullopt;
    }

    std::optional<NumberSpan> words(std::size_t begin) const {
        double total = 0;
        double section = 0;
        bool have = false;
        bool weak = false;
        double multiplier = 1;
        auto i = begin;
        auto end = begin;
        if (r_.starts(i, U"a ") &&
            (scale(i + 2) || r_.starts(i + 2, U"dozen") || r_.starts(i + 2, U"couple"))) {
            section = 1, have = true, i += 2;
            if (const auto word = said(i)) {
                section = word->value, end = i + word->word.size(), i = end;
                if (r_.starts(i, U" of ")) end = i + 3;
                return NumberSpan{begin, end, section, 1, How::english, true, false};
            }
        }
        while (i < r_.size()) {
            if (const auto word = said(i)) {
                const bool tens = std::fmod(section, 100) >= 20 && word->value < 10;
                if (have && !(tens || std::fmod(section, 100) == 0)) break;
                if (have && section == 0) break;
                section += word->value;
                if (!have) weak = word->value == 1;
                if (have) weak = false;
                have = true;
                end = i + word->word.size();
            } else if (const auto big = scale(i); big && have) {
                weak = false;
                multiplier = big->value;
                if (big->value == 100) {
                    section *= 100;
                } else {
                    total += section * big->value;
                    section = 0;
                }
                end = i + big->word.size();
            } else {
                break;
            }
            i = end;
            if (r_.at(i) == U'-' || r_.at(i) == U' ') ++i;
            if (r_.starts(i, U"and ") && (std::fmod(section, 100) == 0 && have) && said(i + 4) &&
                multiplier > 1)
                i += 4;
            if (i == end) break;
        }
        if (!have || end == begin) return std::nullopt;
        return NumberSpan{begin, end, total + section, multiplier, How::english, true, weak};
    }

    const Reading& r_;
};

}  // namespace

std::vector<NumberSpan> find_numbers(const Reading& reading) {
    return Scanner(reading).run();
}

}  // namespace maru::nlu
