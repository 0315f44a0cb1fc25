#include "bot/conversation/seen_goods.hpp"

#include <algorithm>
#include <array>

#include "bot/conversation/clauses.hpp"
#include "flows/pointing.hpp"
#include "nlu/text/normalise.hpp"

namespace maru {
namespace {

constexpr std::size_t most_seen = 24;
constexpr std::size_t most_listed = 5;

// "A랑 B하고 C", "A and B".
std::vector<std::string_view> parts_of(std::string_view text) {
    constexpr auto links =
        std::to_array<std::string_view>({"이랑 ", "랑 ", "하고 ", "와 ", "과 ", " 그리고 ", " and ", " plus ",
                                         " & ", " n ", " vs ", " with ", "+", ",", ". ", "? ", "! "});
    std::vector<std::string_view> parts;
    while (parts.size() < most_listed) {
        std::size_t at = std::string_view::npos, length = 0;
        for (const auto link : links)
            if (const auto here = text.find(link); here < at || (here == at && link.size() > length))
                at = here, length = here == std::string_view::npos ? 0 : link.size();
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) break;
        text.remove_prefix(at + length);
    }
    return parts;
}

bool means_the_one_in_hand(std::string_view part) {
    constexpr auto words = std::to_array<std::string_view>(
        {"이거", "이것", "그거", "그것", "이걸", "이 제품", " this", " it ", "that one", "this one"});
    const auto padded = " " + std::string(part) + " ";
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return padded.find(word) != std::string::npos; });
}

// The only product on the shelves that has all that the words ask for.
std::optional<std::string> only_one(std::string_view words, const Bot& bot) {
    auto asked = bot.catalog->interpret(words);
    if (!asked.names_type && !asked.names_product) return std::nullopt;
    const auto found = bot.catalog->search(asked.query);
    if (found.matches.empty() || !found.relaxed.empty() || !found.absent.empty()) return std::nullopt;
    if (found.total > 1 && !asked.names_product) return std::nullopt;
    return found.matches.front().product->id;
}

}  // namespace

void note_seen(Dialogue& dialogue) {
    auto& seen = dialogue.seen;
    for (const auto& id : dialogue.shown) {
        std::erase(seen, id);
        seen.push_back(id);
    }
    if (seen.size() > most_seen) seen.erase(seen.begin(), seen.end() - most_seen);
}

std::optional<std::string> seen_as(const Conversation& c, std::string_view words, const Bot& bot) {
    const auto& seen = c.dialogue.seen;
    if (!bot.catalog || seen.empty()) return std::nullopt;
    auto match = flows::match_shown(words, nullptr, seen, bot.catalog.get());
    if (match.product) return std::move(match.product);
    // By what a search would find: "the white keyboard", "흰색 키보드".
    auto asked = bot.catalog->interpret(words);
    if (!asked.names_type && asked.query.colors.empty()) return std::nullopt;
    asked.query.limit = 40;
    asked.query.text.clear();
    const auto found = bot.catalog->search(asked.query);
    if (!found.relaxed.empty()) return std::nullopt;
    std::optional<std::string> best;
    for (const auto& one : found.matches) {
        if (std::find(seen.begin(), seen.end(), one.product->id) == seen.end()) continue;
        if (best) return std::nullopt;
        best = one.product->id;
    }
    return best;
}

std::vector<std::string> listed_goods(const Conversation& c, std::string_view words, const Bot& bot) {
    if (!bot.catalog) return {};
    const auto plain = text::normalised(words);
    const auto parts = parts_of(plain);
    std::vector<std::string> ids;
    for (const auto part : parts) {
        // "Not the tumbler, the mugs and the kettle."
        if (part.starts_with("not ") || part.find("말고") != std::string_view::npos) continue;
        // "How much is the U3 and does it switch off?"
        if (part.data() != plain.data() && begins_with_verb(part)) continue;
        std::optional<std::string> id;
        if (means_the_one_in_hand(part)) {
            if (c.dialogue.shown.size() == 1)
                id = c.dialogue.shown.front();
            else if (!c.dialogue.focus.empty())
                id = c.dialogue.focus;
        } else {
            id = seen_as(c, part, bot);
            if (!id) id = only_one(part, bot);
        }
        if (id && std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*std::move(id));
    }
    if (ids.size() < 2) return {};
    return ids;
}

}  // namespace maru
