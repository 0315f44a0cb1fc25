#include "catalog/sentence.hpp"

#include <algorithm>
#include <array>

#include "catalog/lexicon.hpp"
#include "catalog/refusals.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

// "흰색으로요", "노트북요": what stands before the particle and the polite ending; empty: there is no such
// ending.
std::string_view without_politeness(std::string_view word) {
    constexpr std::string_view ending = "요";
    constexpr std::size_t least = 3 * ending.size();
    if (word.size() < least || !word.ends_with(ending)) return {};
    return text::strip_josa(word.substr(0, word.size() - ending.size()));
}

bool matters(std::string_view word) {
    return !is_stop_word(word) && !is_asking_word(word) && !is_service_word(word);
}

bool closes_clause(char32_t code) {
    return code == U'.' || code == U',' || code == U'!' || code == U'?' || code == U';' || code == U':';
}

}  // namespace

Sentence::Sentence(const Core& index, std::string_view normalised) : core(index), text(normalised) {
    tokens = tokenize(text);
    constexpr std::size_t most = 200;  // words of one message that can matter to a search
    if (tokens.size() > most) tokens.resize(most);
    states.assign(tokens.size(), WordState::open);
}

bool Sentence::begins_clause(std::size_t i) const {
    return i == 0 || i >= tokens.size() || closes_clause(tokens[i].before);
}

bool Sentence::asks(std::size_t i) const {
    for (++i; i < tokens.size(); ++i)
        if (closes_clause(tokens[i].before) && tokens[i].before != U',') return tokens[i].before == U'?';
    return !tokens.empty() && text.find('?', tokens.back().end) != std::string_view::npos;
}

bool Sentence::all_open(std::size_t from, std::size_t count) const {
    return std::all_of(states.begin() + static_cast<std::ptrdiff_t>(from),
                       states.begin() + static_cast<std::ptrdiff_t>(from + count),
                       [](WordState state) { return state == WordState::open; });
}

bool Sentence::is_known(std::string_view word) const {
    const auto id = core.vocabulary.find(word);
    return id != no_term && core.vocabulary.word(id).products > 0;
}

bool Sentence::is_known_or_like(std::string_view word) const {
    return is_known(word) || core.synonyms_of.count(std::string(word)) != 0;
}

bool Sentence::is_name(const std::string& key) const {
    return core.brand_names.count(key) != 0 || core.type_names.count(key) != 0 || color_of(key).has_value();
}

void Sentence::split_compounds() {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (states[i] != WordState::open || tokens[i].script != Script::hangul) continue;
        const auto polite = without_politeness(tokens[i].text);
        const auto own = std::string(polite.empty() ? text::strip_josa(tokens[i].text) : polite);
        if (is_known(tokens[i].text) || is_known(own) || is_name(tokens[i].text) || is_name(own) ||
            !matters(tokens[i].text))
            continue;
        auto parts = split_by_names(own);
        if (parts.empty())
            for (const auto word : core.vocabulary.split(own)) parts.emplace_back(core.vocabulary.text(word));
        if (parts.size() < 2) continue;
        std::vector<Token> apart;
        for (auto& part : parts) {
            Token token = tokens[i];
            token.text = std::move(part);
            token.glued = !apart.empty() || token.glued;
            if (!apart.empty()) token.before = 0;
            apart.push_back(std::move(token));
        }
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i));
        tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(i), apart.begin(), apart.end());
        states.insert(states.begin() + static_cast<std::ptrdiff_t>(i), apart.size() - 1, WordState::open);
        i += apart.size() - 1;
    }
}

// A maker's, type's or colour's name at either end of a run-together word.
std::vector<std::string> Sentence::split_by_names(const std::string& word) const {
    constexpr std::size_t syllable = 3;
    for (std::size_t cut = 2 * syllable; cut + syllable < word.size(); cut += syllable) {
        const auto head = word.substr(0, cut);
        const auto tail = word.substr(cut);
        const auto fits = [&](const std::string& part) { return is_name(part) || is_known_or_like(part); };
        if (fits(head) && fits(tail)) return {head, tail};
    }
    return {};
}

std::vector<std::string> Sentence::keys_of(std::size_t from, std::size_t count) const {
    std::string key;
    std::string glued;
    for (std::size_t i = from; i < from + count; ++i) {
        if (i > from) key += ' ';
        const bool meant = i < corrected.size() && !corrected[i].empty();
        const auto& term = meant ? corrected[i] : terms[i];
        key += term;
        glued += term;
    }
    std::vector<std::string> keys{key};
    const auto& last = tokens[from + count - 1];
    if (from + count <= corrected.size() && !corrected[from + count - 1].empty()) return keys;
    if (last.script == Script::hangul) {
        const auto own = text::strip_josa(last.text);
        const auto cut = last.text.size() - own.size();
        if (cut > 0) keys.push_back(key.substr(0, key.size() - cut));
        if (const auto polite = without_politeness(last.text); !polite.empty())
            keys.push_back(key.substr(0, key.size() - (last.text.size() - polite.size())));
        // "가습기나 제습기", "마우스중에"
        constexpr auto behind =
            std::to_array<std::string_view>({"나", "중에", "중에서", "중에는", "색", "색상"});
        for (const auto tail : behind)
            if (last.text.size() > 2 * tail.size() && last.text.ends_with(tail))
                keys.push_back(key.substr(0, key.size() - tail.size()));
        if (count > 1) {
            keys.push_back(glued);
            if (cut > 0) keys.push_back(glued.substr(0, glued.size() - cut));
        }
    }
    return keys;
}

void Sentence::read_terms() {
    terms.reserve(tokens.size());
    for (const auto& token : tokens) terms.push_back(term_of(token, stemmer));
    correct_words();
}

void Sentence::correct_words() {
    corrected.assign(tokens.size(), {});
    // A sentence of many words that no shelf knows is about something else.
    constexpr std::size_t most = 4;
    std::size_t unknown = 0;
    std::string words;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (states[i] != WordState::open || !matters(tokens[i].text)) continue;
        if (is_unknown(i)) {
            if (ends_like_a_verb(tokens[i].text)) continue;
            if (++unknown > most) return;
        }
        if (!words.empty()) words += ' ';
        words += tokens[i].text;
    }
    if (unknown == 0) return;
    slots = read_slots(core, words);
    for (const auto& slot : slots) {
        if (slot.corrected.empty()) continue;
        if (slot.tokens > 1) {
            correct_together(slot);
            continue;
        }
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (tokens[i].text != slot.written || states[i] != WordState::open) continue;
            // Initial consonants stand for several words: they search, they do not name.
            if (tokens[i].script == Script::jamo && !core.vocabulary.by_initials(tokens[i].text, 1).empty())
                continue;
            Token meant = tokens[i];
            meant.text = slot.corrected;
            meant.script =
                text::is_syllable(text::decode(meant.text, 0).code) ? Script::hangul : Script::latin;
            corrected[i] = term_of(meant, stemmer);
        }
    }
}

// "Air purifer": the wrong word of several that are one name.
void Sentence::correct_together(const Slot& slot) {
    const auto meant = tokenize(slot.corrected);
    if (meant.size() != slot.tokens) return;
    for (std::size_t i = 0; i + meant.size() <= tokens.size(); ++i) {
        std::string here;
        for (std::size_t k = i; k < i + meant.size(); ++k)
            here += (k > i && !tokens[k].glued ? " " : "") + tokens[k].text;
        if (here != slot.written || !all_open(i, meant.size())) continue;
        for (std::size_t k = 0; k < meant.size(); ++k)
            if (meant[k].text != tokens[i + k].text) corrected[i + k] = term_of(meant[k], stemmer);
    }
}

bool Sentence::is_unknown(std::size_t i) const {
    const auto& token = tokens[i];
    if (token.script == Script::digits || token.script == Script::other || token.text.size() < 3 ||
        core.vocabulary.find(token.text) != no_term)
        return false;
    const auto keys = keys_of(i, 1);
    return std::none_of(keys.begin(), keys.end(), [&](const std::string& key) {
        return is_name(key) || core.synonyms_of.count(key) != 0;
    });
}

bool Sentence::is_head(std::size_t from, std::size_t count) const {
    const auto next = from + count;
    const auto& last = tokens[next - 1];
    if (last.script == Script::hangul && text::strip_josa(last.text).size() != last.text.size()) return true;
    if (next >= tokens.size() || states[next] != WordState::open || tokens[next].before != 0) return true;
    if (constexpr std::string_view either = "나";
        last.text.size() > 2 * either.size() && last.text.ends_with(either) &&
        core.type_names.count(last.text.substr(0, last.text.size() - either.size())) != 0)
        return true;
    const auto& word = tokens[next].text;
    if (!matters(word) || refuses_after(word)) return true;
    for (const auto& key : keys_of(next, 1)) {
        if (color_of(key) || core.brand_names.count(key) != 0) return true;
        if (core.type_names.count(key) != 0) return is_said_of_it(*this, next);
        const auto id = core.terms.find(key);
        if (id == no_term) continue;
        const auto having = core.list(id).size();
        if (having > 0) return core.heads[id] * 2 < having;
    }
    return true;
}

bool Sentence::is_guess(std::size_t from, std::size_t count) const {
    constexpr std::size_t short_word = 3;  // bytes
    return count == 1 && from < corrected.size() && !corrected[from].empty() &&
           tokens[from].text.size() <= short_word;
}

std::string_view Sentence::bare(std::size_t i) const {
    const auto& token = tokens[i];
    if (token.script != Script::hangul || is_known(token.text)) return token.text;
    if (const auto polite = without_politeness(token.text); is_known_or_like(polite)) return polite;
    // "조용한 게" in one word; "여름용" where the shelves write of 여름.
    constexpr auto hanging =
        std::to_array<std::string_view>({"걸로", "거로", "게", "거", "걸", "건", "것", "용으로", "용"});
    constexpr auto sized = std::to_array<std::string_view>({"사이즈로", "사이즈"});
    for (const auto size : sized)
        if (token.text.size() > size.size() && token.text.ends_with(size))
            if (const auto said = std::string_view(token.text).substr(0, token.text.size() - size.size());
                is_known_or_like(said))
                return said;
    // "방수되는거", "가습기나 제습기".
    constexpr auto said_of =
        std::to_array<std::string_view>({"되는거", "되는걸로", "되는게", "되는", "되고", "가능한", "나"});
    for (const auto tail : said_of)
        if (token.text.size() >= tail.size() + 6 && token.text.ends_with(tail))
            if (const auto own = std::string_view(token.text).substr(0, token.text.size() - tail.size());
                is_known_or_like(own))
                return own;
    for (const auto thing : hanging) {
        if (token.text.size() <= 2 * thing.size() || !token.text.ends_with(thing)) continue;
        const auto said = std::string_view(token.text).substr(0, token.text.size() - thing.size());
        if (is_known_or_like(said)) return said;
        const auto own = read_slots(core, said);
        if (own.size() == 1 && !own.front().ways.empty() && own.front().corrected.empty()) return said;
    }
    return text::strip_josa(token.text);
}

}  // namespace maru::catalog
