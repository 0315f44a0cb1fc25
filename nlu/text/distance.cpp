#include "nlu/text/distance.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "nlu/text/hangul.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::text {

int edit_distance(std::u32string_view a, std::u32string_view b, int max) {
    if (max < 0) return a == b ? 0 : max + 1;
    while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
    while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
    const auto n = static_cast<int>(a.size());
    const auto m = static_cast<int>(b.size());
    if (std::abs(n - m) > max) return max + 1;
    if (n == 0 || m == 0) return std::max(n, m);
    const int over = max + 1;
    const auto width = static_cast<std::size_t>(m) + 1;
    std::vector<int> before(width, over), last(width, over), now(width, over);
    for (int j = 0; j <= std::min(m, max); ++j) last[static_cast<std::size_t>(j)] = j;
    for (int i = 1; i <= n; ++i) {
        const int from = std::max(1, i - max);
        const int to = std::min(m, i + max);
        const auto at = [](int k) { return static_cast<std::size_t>(k); };
        now[at(from - 1)] = from == 1 ? std::min(i, over) : over;
        int best = now[at(from - 1)];
        for (int j = from; j <= to; ++j) {
            int cost = last[at(j - 1)] + (a[at(i - 1)] == b[at(j - 1)] ? 0 : 1);
            cost = std::min(cost, now[at(j - 1)] + 1);
            cost = std::min(cost, last[at(j)] + 1);
            if (i > 1 && j > 1 && a[at(i - 1)] == b[at(j - 2)] && a[at(i - 2)] == b[at(j - 1)])
                cost = std::min(cost, before[at(j - 2)] + 1);
            now[at(j)] = std::min(cost, over);
            best = std::min(best, now[at(j)]);
        }
        if (to < m) now[at(to + 1)] = over;
        if (best > max) return over;
        std::swap(before, last);
        std::swap(last, now);
    }
    return std::min(last[static_cast<std::size_t>(m)], over);
}

int edit_distance(std::string_view a, std::string_view b, int max) {
    return edit_distance(std::u32string_view(to_code_points(a)), std::u32string_view(to_code_points(b)), max);
}

int letter_distance(std::string_view a, std::string_view b, int max) {
    const auto letters = [](std::string_view text) {
        std::u32string out;
        for (std::size_t at = 0; at < text.size();) {
            const auto [code, size] = decode(text, at);
            append_letters(out, code);
            at += size;
        }
        return out;
    };
    return edit_distance(std::u32string_view(letters(a)), std::u32string_view(letters(b)), max);
}

}  // namespace maru::text
