#include "catalog/passing.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "catalog/lexicon.hpp"
#include "catalog/refusals.hpp"

namespace maru::catalog {
namespace {

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool is_count(const Sentence& sentence, std::size_t i) {
    const auto& tokens = sentence.tokens;
    if (tokens[i].script != Script::digits) return false;
    constexpr auto ages = std::to_array<std::string_view>(
        {"hes", "shes", "im", "is", "turning", "turns", "turned", "aged", "age", "was", "are"});
    constexpr auto years = std::to_array<std::string_view>(
        {"years", "year", "yrs", "yr", "yo", "살", "세", "살이고", "살인데", "대라", "th", "st", "nd", "rd"});
    constexpr auto counters = std::to_array<std::string_view>(
        {"pcs", "pieces", "units", "ea", "people", "명", "명이", "명이서", "분이", "개월", "박스"});
    const bool last = i + 1 >= tokens.size();
    const bool ends = sentence.begins_clause(i + 1);
    if (i > 0 && !sentence.begins_clause(i) && is_one_of(ages, tokens[i - 1].text) &&
        tokens[i].text.size() < 3 &&
        (ends || is_stop_word(tokens[i + 1].text) || is_one_of(years, tokens[i + 1].text)))
        return true;
    if (last || ends) return false;
    const std::string_view next = tokens[i + 1].text;
    if (is_one_of(years, next) || is_one_of(counters, next)) return true;
    // "20대 있습니까": so many of them; "2개 세트" is what the thing is.
    constexpr auto many =
        std::to_array<std::string_view>({"개", "대", "개요", "대요", "개를", "대를", "개씩"});
    constexpr auto sets =
        std::to_array<std::string_view>({"세트", "셋트", "입", "들이", "짜리", "구", "set"});
    if (is_one_of(many, next)) {
        const bool set = i + 2 < tokens.size() && is_one_of(sets, tokens[i + 2].text);
        return !set;
    }
    // A plural of goods: of "27 monitor" one is meant, of "15 lamps" so many.
    if (tokens[i + 1].script != Script::latin || !next.ends_with('s') || tokens[i + 1].glued) return false;
    const auto keys = sentence.keys_of(i + 1, 1);
    return std::any_of(keys.begin(), keys.end(),
                       [&](const std::string& key) { return sentence.core.type_names.count(key) != 0; });
}

bool is_beneficiary(const Sentence& sentence, std::size_t i) {
    constexpr auto whose = std::to_array<std::string_view>({"my", "our", "his", "her", "their"});
    return i > 1 && sentence.tokens[i - 2].text == "for" && is_one_of(whose, sentence.tokens[i - 1].text) &&
           sentence.core.synonyms_of.count(sentence.terms[i]) == 0 &&
           !tells_goods_apart(sentence.core, sentence.tokens[i].text);
}

bool is_lone_letter(const Sentence& sentence, std::size_t i) {
    const auto& token = sentence.tokens[i];
    if (token.script != Script::latin || token.text.size() != 1) return false;
    const auto joined = [&](std::size_t k) {
        return sentence.tokens[k].script != Script::hangul && sentence.tokens[k].text.size() > 1;
    };
    if (i > 0 && sentence.states[i - 1] == WordState::word &&
        (joined(i - 1) || sentence.tokens[i - 1].script == Script::digits))
        return token.text == "n" || token.text == "e";
    return !(i + 1 < sentence.tokens.size() && sentence.tokens[i + 1].text.size() > 1 &&
             (sentence.tokens[i + 1].glued || sentence.tokens[i + 1].hyphened));
}

bool is_place(const Sentence& sentence, std::size_t i) {
    constexpr auto places = std::to_array<std::string_view>(
        {"on", "under", "underneath", "beneath", "inside", "behind", "beside", "near", "above", "below"});
    constexpr auto articles = std::to_array<std::string_view>({"the", "my", "our", "his", "her", "their"});
    return is_one_of(places, sentence.tokens[i].text) && !sentence.begins_clause(i + 1) &&
           is_one_of(articles, sentence.tokens[i + 1].text);
}

bool is_passing_word(const Sentence& sentence, std::size_t i) {
    const auto& tokens = sentence.tokens;
    const auto& word = tokens[i].text;
    if (word == "right") return !sentence.begins_clause(i + 1) && tokens[i + 1].text == "now";
    // "… by tomorrow!! fast"
    constexpr auto hurry = std::to_array<std::string_view>({"fast", "quick", "quickly", "asap", "urgent"});
    if (is_one_of(hurry, word) && sentence.begins_clause(i) && i > 0) return sentence.begins_clause(i + 1);
    constexpr auto buyers =
        std::to_array<std::string_view>({"i", "ill", "id", "well", "will", "gonna", "wanna"});
    return (word == "take" || word == "grab" || word == "order") && i > 0 && !sentence.begins_clause(i) &&
           is_one_of(buyers, tokens[i - 1].text);
}

}  // namespace maru::catalog
