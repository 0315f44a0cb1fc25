// Sentences of the description.
#include <algorithm>
#include <cctype>

#include "catalog/answerer.hpp"
#include "catalog/labels.hpp"
#include "catalog/lexicon.hpp"

namespace maru::catalog {

// ---- the description, shown as it stands: whether that is a yes is the visitor's to judge
// Does a sentence have the word, as a word's beginning? 문 is not in 지문.
bool Answerer::has(std::string_view plain, std::string_view word) {
    for (auto at = plain.find(word); at != std::string_view::npos; at = plain.find(word, at + 1))
        if (at == 0 || plain[at - 1] == ' ' || (plain[at - 1] >= 0 && std::ispunct(plain[at - 1]) != 0))
            return true;
    return false;
}

const Answerer::Sentence* Answerer::sentence_of(const AskedTopic& topic, const Word& asked) const {
    for (const auto& sentence : sentences_) {
        if (asked.stem.size() >= 2 * kSyllable && has(sentence.plain, asked.stem)) return &sentence;
        for (const auto stem : topic.asked)
            if (stem.size() > 2 && has(sentence.plain, stem)) return &sentence;
    }
    return nullptr;
}

// The sentence with the most of what is still unanswered.
void Answerer::in_description() {
    if (!decided_.empty() && found_.empty()) return;
    std::string_view best;
    std::size_t most = 0, place = words.size();
    for (const auto& sentence : sentences_) {
        std::size_t count = 0, open = 0, first = words.size();
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto& word = words[i];
            const auto& own = word.stem.size() >= 2 * kSyllable ? word.stem : word.bare;
            if (word.titled || word.aside || !word.matters || !has(sentence.plain, own)) continue;
            ++count;
            open += word.explained ? 0 : 1;
            first = std::min(first, i);
        }
        if (open == 0 || count <= most || !states(sentence.plain, amount_)) continue;
        most = count;
        best = sentence.text;
        place = first;
    }
    // Beside an answer a word in common is chance.
    if (best.empty() || (!found_.empty() && most < 2)) return;
    if (std::any_of(found_.begin(), found_.end(), [&](const Found& one) { return one.answer.value == best; }))
        return;
    found_.push_back({place, {Answer::Kind::sentence, {}, std::string(best)}});
}

}  // namespace maru::catalog
