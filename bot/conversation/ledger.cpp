#include "bot/conversation/ledger.hpp"

#include <algorithm>

#include "bot/insights/masked.hpp"
#include "nlu/text/normalise.hpp"

namespace maru {
namespace {

constexpr std::size_t most_noted = 3;                             // searches a conversation remembers
constexpr std::size_t most_shown = 25;                            // products of each
constexpr std::size_t longest_words = 60, longest_example = 120;  // characters

std::string without(std::string text, const std::vector<std::string>& parts, bool normalise) {
    for (const auto& part : parts) {
        const auto wanted = normalise ? text::normalised(part) : part;
        if (wanted.empty()) continue;
        for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1))
            text.replace(at, wanted.size(), "…");
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
    auto words = insights::masked(without(text::normalised(found.words), personal, true), longest_words);
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
    row.example = insights::masked(without(std::string(sentence), personal, false), longest_example);
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
