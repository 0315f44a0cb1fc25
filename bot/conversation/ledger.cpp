#include "bot/conversation/ledger.hpp"

#include <algorithm>
#include <sstream>

#include "bot/insights/masked.hpp"
#include "nlu/text/normalise.hpp"

namespace maru {
namespace {

constexpr std::size_t most_noted = 3;                             // searches a conversation remembers
constexpr std::size_t most_shown = 25;                            // products of each
constexpr std::size_t longest_words = 60, longest_example = 120;  // characters

bool word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// The normalised words of `text`, joined by blanks.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    bool inside = false;
    for (const char c : text::normalised(text)) {
        if (word_char(c)) {
            if (!inside) words.emplace_back();
            words.back() += c;
        }
        inside = word_char(c);
    }
    return words;
}

// What was looked for, without what says who somebody is: dropped, so that the same goods are one row whoever
// asks for them. A search has lost its signs, so that parts of an address are looked for word by word.
std::string impersonal(const std::string& found, const std::vector<std::string>& personal) {
    std::vector<std::string> gone;
    for (const auto& part : personal)
        for (auto& word : words_of(part)) gone.push_back(std::move(word));
    std::string out;
    std::istringstream rest(text::normalised(found));
    for (std::string word; rest >> word;) {
        if (std::find(gone.begin(), gone.end(), word) != gone.end()) continue;
        out += (out.empty() ? "" : " ") + word;
    }
    out = insights::masked(out, longest_words);
    for (const std::string_view mark : {"[number]", "[email]"})
        for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark))
            out.erase(at, mark.size());
    std::string plain;
    std::istringstream left(out);
    for (std::string word; left >> word;) plain += (plain.empty() ? "" : " ") + word;
    return plain;
}

// A sentence keeps its shape: what says who somebody is is replaced.
std::string without(std::string text, const std::vector<std::string>& parts) {
    for (const auto& part : parts) {
        if (part.empty()) continue;
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
            text.replace(at, part.size(), "…");
    }
    return text;
}

void add_shown(NotedSearch& to, const std::vector<std::string>& shown) {
    for (const auto& id : shown) {
        if (to.shown.size() >= most_shown) return;
        if (std::find(to.shown.begin(), to.shown.end(), id) == to.shown.end()) to.shown.push_back(id);
    }
}

store::SearchCount result_of(const NotedSearch& search) {
    store::SearchCount row;
    row.day = search.day;
    row.locale = search.locale;
    row.words = search.words;
    return row;
}

}  // namespace

void note_search(Conversation& c, const Searched& found, std::string_view sentence, bool choice,
                 const std::vector<std::string>& personal, Time at, store::Transition& changes) {
    auto& noted = c.dialogue.searches;
    auto words = impersonal(found.words, personal);
    if (words.empty()) return;
    const auto day = day_of(at);
    const auto before = std::find_if(noted.begin(), noted.end(), [&](const NotedSearch& one) {
        return one.day == day && one.locale == c.row.locale && one.words == words;
    });
    if (before != noted.end() || (choice && !noted.empty())) {
        auto& search = before != noted.end() ? *before : noted.back();
        add_shown(search, found.shown);
        if (!found.relaxed || search.relaxed) return;
        search.relaxed = true;
        auto row = result_of(search);
        row.relaxed = 1;
        changes.searches.push_back(std::move(row));
        return;
    }
    if (choice) return;
    NotedSearch search{day, c.row.locale, std::move(words), {}, found.relaxed, false, false, false};
    add_shown(search, found.shown);
    auto row = result_of(search);
    row.example = insights::masked(without(std::string(sentence), personal), longest_example);
    row.at = at;
    row.asked = 1;
    row.nothing = found.nothing ? 1 : 0;
    row.relaxed = found.relaxed ? 1 : 0;
    changes.searches.push_back(std::move(row));
    noted.push_back(std::move(search));
    if (noted.size() > most_noted) noted.erase(noted.begin());
}

void note_taken(Conversation& c, std::string_view product, Taken how, store::Transition& changes) {
    auto& noted = c.dialogue.searches;
    const auto search = std::find_if(noted.rbegin(), noted.rend(), [&](const NotedSearch& one) {
        return std::find(one.shown.begin(), one.shown.end(), product) != one.shown.end();
    });
    if (search == noted.rend()) return;
    auto row = result_of(*search);
    // Each is counted once a search.
    const auto once = [](bool& noted_before, bool now) {
        const bool counts = now && !noted_before;
        noted_before = noted_before || now;
        return counts ? 1 : 0;
    };
    row.followed = once(search->followed, true);
    row.clicked = once(search->clicked, how == Taken::clicked);
    row.carted = once(search->carted, how == Taken::carted);
    if (row.followed + row.clicked + row.carted == 0) return;
    changes.searches.push_back(std::move(row));
}

}  // namespace maru
