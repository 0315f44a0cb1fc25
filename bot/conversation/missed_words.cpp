#include "bot/conversation/missed_words.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <vector>

#include "nlu/text/normalise.hpp"

namespace maru {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "6인용" is searched as "6" and "인용": where nothing has the number, nothing has it.
bool is_measure_of(std::string_view word, std::string_view number) {
    return word.size() > number.size() && word.starts_with(number) && !is_digit(word[number.size()]) &&
           std::all_of(number.begin(), number.end(), is_digit);
}

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::istringstream stream(text);
    for (std::string word; stream >> word;) words.push_back(std::move(word));
    return words;
}

// What was not found, cut once: "50 inch" is two words.
std::vector<std::vector<std::string>> cut(const std::vector<std::string>& unknown) {
    std::vector<std::vector<std::string>> all;
    all.reserve(unknown.size());
    for (const auto& one : unknown) all.push_back(words_of(one));
    return all;
}

// How many of `words` from `at` are one of `unknown`.
std::size_t unknown_at(const std::vector<std::string>& words, std::size_t at,
                       const std::vector<std::vector<std::string>>& unknown) {
    for (const auto& parts : unknown) {
        if (parts.size() == 1 && is_measure_of(words[at], parts.front())) return 1;
        if (!parts.empty() && parts.size() <= words.size() - at &&
            std::equal(parts.begin(), parts.end(), words.begin() + static_cast<std::ptrdiff_t>(at)))
            return parts.size();
    }
    return 0;
}

// "2인용이면", "5리터짜리인데" without what hangs on the size.
std::string_view bare_size(std::string_view word) {
    constexpr auto tails = std::to_array<std::string_view>({"이라면", "이면", "인데", "라면", "면", "짜리"});
    for (bool cut = true; cut;) {
        cut = false;
        for (const auto tail : tails)
            if (word.size() > tail.size() && word.ends_with(tail))
                word.remove_suffix(tail.size()), cut = true;
    }
    return word;
}

// Whether it says how large a thing is: "72데시벨" and "3번" do not.
bool is_size(std::string_view size) {
    constexpr auto units = std::to_array<std::string_view>(
        {"인용", "인분", "인치", "리터", "밀리", "센치",  "센티",   "미터",  "테라",   "기가",   "평",
         "구",   "단",   "칸",   "형",   "l",    "ml",    "cm",     "mm",    "m",      "in",     "inch",
         "gb",   "tb",   "kg",   "cup",  "cups", "liter", "liters", "litre", "litres", "inches", "pyeong"});
    static const RE2 area(R"([0-9.]+ ?[x×] ?[0-9.]+ ?(?:mm|cm|m)?)");
    const auto unit = size.substr(std::min(size.size(), size.find_first_not_of("0123456789., ")));
    return std::find(units.begin(), units.end(), unit) != units.end() || RE2::FullMatch(size, area);
}

// "60", of "60 sqm": alone it says nothing.
bool is_number(std::string_view word) {
    return std::all_of(word.begin(), word.end(), is_digit);
}

// "사무실에서 쓸 거", "베란다에 놓을": where a thing will be is not what it is called.
bool is_place_in(std::string_view said, std::string_view word) {
    const auto at = said.find(word);
    const auto rest = at == std::string_view::npos ? std::string_view() : said.substr(at + word.size());
    return rest.starts_with("에서") || rest.starts_with("에 ");
}

// "4k", "144hz", "1080p"
bool is_figure(std::string_view word) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    return is_digit(word.front()) && is_letter(word.back()) && !word.ends_with("am") &&
           !word.ends_with("db") && !word.ends_with("pm") &&
           std::all_of(word.begin(), word.end(), [&](char c) { return is_digit(c) || is_letter(c); });
}

}  // namespace

void drop_words(std::string& text, const std::vector<std::string>& unknown) {
    if (unknown.empty()) return;
    const auto words = words_of(text);
    const auto dropped = cut(unknown);
    std::vector<std::string_view> kept;
    const auto drop_link = [&] {
        while (!kept.empty() && (kept.back() == "for" || kept.back() == "with")) kept.pop_back();
    };
    for (std::size_t i = 0; i < words.size();) {
        const auto count = unknown_at(words, i, dropped);
        if (count == 0)
            kept.push_back(words[i]);
        else
            drop_link();  // "quiet for [office] wireless" is not quiet for wireless
        i += std::max<std::size_t>(count, 1);
    }
    drop_link();
    std::string left;
    for (const auto word : kept) (left += left.empty() ? "" : " ") += word;
    text = std::move(left);
}

std::string size_missed(const catalog::Query& query, const catalog::Results& results) {
    const auto words = words_of(query.text);
    const auto in_title = [](const std::string& title, std::string_view size) {  // "5l" is not in "1.5l"
        const auto at = title.find(size);
        return at != std::string::npos && (at == 0 || (!is_digit(title[at - 1]) && title[at - 1] != '.'));
    };
    const auto is_there = [&](std::string_view size) {
        return std::any_of(results.matches.begin(), results.matches.end(), [&](const catalog::Match& match) {
            const auto& fields = match.product->attributes;
            return in_title(text::normalised(match.product->text.title), size) ||
                   std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
                       return in_title(text::normalised(field.second), size);
                   });
        });
    };
    for (const auto& missing : {cut(results.unmatched), cut(results.unknown)})
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto count = is_digit(words[i].front()) ? unknown_at(words, i, missing) : 0;
            if (count == 0) continue;
            auto size = std::string(bare_size(words[i])) + (count == 1 ? "" : " " + words[i + 1]);
            if (is_size(size) && !is_there(size)) return size;
        }
    return {};
}

std::string not_together(const catalog::Query& query, const catalog::Results& results) {
    if (query.types.empty()) return {};
    const auto words = words_of(query.text);
    std::vector<std::string> figures;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!is_digit(words[i].front())) continue;
        const bool two = is_number(words[i]) && i + 1 < words.size() && is_size(words[i] + words[i + 1]);
        auto one = two ? words[i] + " " + words[i + 1] : std::string(bare_size(words[i]));
        i += two ? 1 : 0;
        if (is_size(one) || is_figure(one)) figures.push_back(std::move(one));
    }
    constexpr std::size_t few = 3;
    if (figures.size() < 2 || figures.size() > few) return {};
    const auto joined = [](std::string text) {
        std::erase_if(text, [](char c) { return c == ' ' || c == '-'; });
        return text;
    };
    const auto told = [&](const catalog::Product& product) {
        auto all = text::normalised(product.text.title);
        const auto add = [&](const catalog::Attributes& fields) {
            for (const auto& field : fields) (all += '|') += text::normalised(field.second);
        };
        add(product.attributes);
        for (const auto& [locale, own] : product.localized)
            (all += '|') += text::normalised(own.title), add(own.attributes);
        return joined(std::move(all));
    };
    std::vector<bool> seen(figures.size());
    for (const auto& match : results.matches) {
        const auto text = told(*match.product);
        bool all = true;
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const bool has = text.find(joined(figures[i])) != std::string::npos;
            if (has) seen[i] = true;
            all = all && has;
        }
        if (all) return {};
    }
    if (std::find(seen.begin(), seen.end(), false) != seen.end()) return {};
    std::string list;
    for (const auto& one : figures) (list += list.empty() ? "" : " + ") += one;
    return list;
}

std::string untold(const catalog::Query& query, const catalog::Results& results, std::string_view said) {
    const bool by_words = results.relaxed == std::vector<std::string>{"words"};
    if (query.types.empty() || (!by_words && !results.relaxed.empty())) return {};
    auto known = query.text;
    drop_words(known, results.unknown);
    drop_words(known, results.unmatched);
    const auto kept = words_of(known);
    // Where some words were found, or many were said ("for my dad, he watches TV at night"), the goods that
    // they name are what was asked for, and the rest is told in passing: all but figures ("144hz") and what
    // other goods here are called. What it is for ("for my desk") then is no such name.
    // … and in a long message most of what is left over says nothing of goods ("found … on your page").
    constexpr std::size_t few = 2, short_message = 90;  // bytes
    const auto asked = words_of(query.text);
    const auto count = asked.size() - static_cast<std::size_t>(std::count_if(
                                          asked.begin(), asked.end(), [](const std::string& word) {
                                              return word == "for" || word == "with";
                                          }));
    const bool all = by_words && kept.empty() && count <= few && said.size() <= short_message;
    std::vector<std::string> missed;
    const auto other_goods = cut(results.missed);
    bool purpose = false;
    std::size_t named = 0;  // words of what other goods are called, from here on
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto& word = asked[i];
        named = std::max(named > 0 ? named - 1 : 0, unknown_at(asked, i, other_goods));
        purpose = purpose || word == "for";
        if (word == "for" || word == "with" || !catalog::may_describe_goods(word) || is_number(word) ||
            (!said.empty() && (said.find(word) == std::string_view::npos || is_place_in(said, word))) ||
            std::find(kept.begin(), kept.end(), word) != kept.end())
            continue;
        const bool called = !purpose && named > 0;
        if (all || called || is_figure(word)) missed.push_back(word);
    }
    constexpr std::size_t most = 3;
    if (missed.size() > most) return {};
    std::string words;
    for (const auto& word : missed) (words += words.empty() ? "" : " ") += word;
    return words;
}

}  // namespace maru
