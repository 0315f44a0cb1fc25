#include "catalog/slots.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "catalog/lexicon.hpp"
#include "catalog/meanings.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

constexpr std::size_t kMostSlots = 24;
// What it counts for a correction to stand beside the query's other words in some title, and to be in the
// same products at all, in nats like its frequency.
constexpr float kPair = 2.0F;
constexpr float kShared = 0.2F;

class SlotReader : private Meanings {
  public:
    explicit SlotReader(const Core& core) : Meanings(core) {}

    std::vector<Slot> read(std::string_view query) {
        tokens_ = tokenize(text::normalised(query, {.shorten_repeats = false, .compose_letters = true}));
        respelled_.resize(tokens_.size());
        read_tokens();
        settle_guesses();
        if (respell()) {
            // Corrected words are read like any others: joined, split, with their other names.
            slots_.clear();
            places_.clear();
            guesses_.clear();
            read_tokens();
            settle_guesses();
        }
        // What nobody here calls by the asked name is not worse for it.
        for (auto& slot : slots_) {
            float most = 0;
            for (const auto& way : slot.ways) most = std::max(most, way.weight);
            if (most > 0)
                for (auto& way : slot.ways) way.weight /= most;
        }
        return std::move(slots_);
    }

  private:
    // What one word of the query may have been meant as.
    struct Guess {
        std::size_t slot = 0;
        std::size_t token = 0;
        bool known = false;  // the word exists, but hardly: both meanings stay
        std::vector<Correction> words;
    };
    struct Respelling {
        std::string written;               // empty: as the visitor wrote it
        std::uint32_t likewise = no_term;  // another word that it may nearly as well be
    };

    void read_tokens() {
        const bool only_stops = std::all_of(tokens_.begin(), tokens_.end(),
                                            [](const Token& token) { return is_stop_word(token.text); });
        std::size_t about = 0;  // slots before "for" or "with"
        for (at_ = 0; at_ < tokens_.size() && slots_.size() < kMostSlots;) {
            const auto& word = tokens_[at_].text;
            if (word == "\"" || (!only_stops && is_stop_word(word))) {
                if (about == 0 && (word == "for" || word == "with")) about = slots_.size();
                ++at_;
                continue;
            }
            const auto before = slots_.size();
            const auto taken = take(at_);
            note_respelled(before, taken);
            places_.resize(slots_.size(), at_);
            at_ += taken;
        }
        // "case for iphone", "mouse with bluetooth" are about the case and the mouse.
        if (!slots_.empty()) slots_[about > 0 ? about - 1 : slots_.size() - 1].head = true;
    }

    void note_respelled(std::size_t from, std::size_t taken) {
        const auto first = respelled_.begin() + static_cast<std::ptrdiff_t>(at_);
        const auto last = first + static_cast<std::ptrdiff_t>(taken);
        const auto changed = [](const Respelling& one) { return !one.written.empty(); };
        if (std::none_of(first, last, changed)) return;
        std::string old;
        for (std::size_t k = at_; k < at_ + taken; ++k) {
            if (k > at_ && !tokens_[k].glued) old += ' ';
            old += respelled_[k].written.empty() ? tokens_[k].text : respelled_[k].written;
        }
        for (auto i = from; i < slots_.size(); ++i) {
            if (slots_[i].corrected.empty()) slots_[i].corrected = slots_[i].written;
            slots_[i].written = old;
        }
        if (taken == 1 && slots_.size() == from + 1 && first->likewise != no_term)
            add_way(slots_[from], {core_.vocabulary.word(first->likewise).term}, 0.5F);
    }

    std::string written(std::size_t from, std::size_t count) const {
        std::string result;
        for (std::size_t i = from; i < from + count; ++i) {
            if (i > from && !tokens_[i].glued) result += ' ';
            result += tokens_[i].text;
        }
        return result;
    }

    // Reads one slot (or several, of a compound) at `i`; how many tokens it took.
    std::size_t take(std::size_t i) {
        // A name of several words for something that has other names.
        for (auto count = std::min(core_.longest_synonym, tokens_.size() - i); count >= 2; --count) {
            std::string key;
            std::vector<std::string> words;
            for (std::size_t k = i; k < i + count; ++k) {
                if (k > i) key += ' ';
                key += term_of(tokens_[k], stemmer_);
                words.push_back(tokens_[k].text);
            }
            if (core_.synonyms_of.find(key) == core_.synonyms_of.end()) continue;
            Slot slot;
            slot.written = written(i, count);
            slot.tokens = count;
            add_way(slot, all_of(words), 1);
            if (const auto joined = known(join(i, count)); joined != no_term)
                add_way(slot, {joined}, core_.ranking.synonym);
            add_synonyms(slot, key);
            if (slot.ways.empty() && !slot.absent) continue;
            slots_.push_back(std::move(slot));
            return count;
        }
        if (const auto measure = measure_at(tokens_, i)) {
            Slot slot;
            slot.written = written(i, measure->tokens);
            slot.tokens = measure->tokens;
            const auto middle = measure_bucket(measure->measure.value);
            for (const int bucket : {middle, middle - 1, middle + 1})
                if (const auto id = posted(measure_term(measure->measure.kind, bucket)); id != no_term)
                    add_way(slot, {id}, bucket == middle ? 1.0F : 0.95F);
            std::vector<std::string> words;
            for (std::size_t k = i; k < i + measure->tokens; ++k)
                if (tokens_[k].text != "\"") words.push_back(tokens_[k].text);
            // What nothing here measures is looked for only as it is written, not as a number and a word
            // anywhere ("20평" in "20㎡, 약 6평").
            if (slot.ways.empty() && (words.size() != 2 || are_neighbours(words)))
                add_way(slot, all_of(words), 1);
            slots_.push_back(std::move(slot));
            return measure->tokens;
        }
        if (i + 1 < tokens_.size() && take_joined(i)) return 2;
        take_word(tokens_[i]);
        return 1;
    }

    // What most products state ("weight") finds none of them.
    TermId telling_label(std::string_view term) const {
        constexpr std::size_t most_share = 8, most = 1000;
        const auto id = posted(label_term(term));
        const auto having = id == no_term ? 0 : core_.list(id).size();
        return having > 0 && having <= most && having * most_share <= core_.products ? id : no_term;
    }

    bool are_neighbours(const std::vector<std::string>& words) const {
        const auto first = known(words[0]), second = known(words[1]);
        return first != no_term && second != no_term &&
               posted(pair_term(core_.terms[first], core_.terms[second])) != no_term;
    }

    std::string join(std::size_t from, std::size_t count) const {
        std::string joined;
        for (std::size_t k = from; k < from + count; ++k) joined += tokens_[k].text;
        return joined;
    }

    // "note book", "head set", "rtx 2060", "dv7-1211ea": two words that the shelves write as one.
    bool take_joined(std::size_t i) {
        const auto joined = join(i, 2);
        const auto word = core_.vocabulary.find(joined);
        if (word == no_term || is_stop_word(tokens_[i + 1].text)) return false;
        const auto id = core_.vocabulary.word(word).term;
        if (core_.list(id).empty()) return false;
        // Two words that are at home here stay two, unless they are as often written as one.
        const auto first = term(tokens_[i]);
        const auto second = term(tokens_[i + 1]);
        if (first != no_term && second != no_term) {
            const auto pair = posted(pair_term(core_.terms[first], core_.terms[second]));
            if (pair != no_term && core_.list(pair).size() >= core_.list(id).size()) return false;
        }
        Slot slot;
        slot.written = written(i, 2);
        slot.tokens = 2;
        slot.term = id;
        const bool apart = first != no_term && second != no_term;
        if (apart) add_way(slot, {first, second}, 1);
        add_way(slot, {id}, apart ? core_.ranking.synonym : 1);
        Token token = tokens_[i];
        token.text = joined;
        add_synonyms(slot, term_of(token, stemmer_));
        slots_.push_back(std::move(slot));
        return true;
    }

    void take_word(const Token& token) {
        Slot slot;
        const bool as_written = respelled_[at_].written.empty();
        slot.written = token.text;
        if (token.script == Script::jamo) {
            float weight = 1;
            for (const auto word : core_.vocabulary.by_initials(token.text, 8)) {
                if (slot.corrected.empty()) slot.corrected = core_.vocabulary.text(word);
                add_way(slot, {core_.vocabulary.word(word).term}, weight);
                weight *= 0.9F;
            }
            // Not initials but a word typed on the other keyboard layout.
            if (slot.ways.empty() && as_written) guess(token.text, false);
            slots_.push_back(std::move(slot));
            return;
        }
        auto word = std::string_view(token.text);
        slot.term = term(token);
        if (slot.term == no_term && token.script == Script::hangul) {
            const auto bare = text::strip_josa(word);
            if (const auto id = known(bare); id != no_term) {
                slot.term = id;
                word = bare;
            }
        }
        if (slot.term != no_term && as_written && guess_accidental(token)) {
            slot.term = no_term;
            slots_.push_back(std::move(slot));
            return;
        }
        if (slot.term != no_term) {
            add_way(slot, {slot.term}, 1);
            if (const auto id = telling_label(core_.terms[slot.term]); id != no_term)
                add_way(slot, {id}, core_.ranking.label);
            if (token.script == Script::hangul) {
                add_inside(slot, word);
                add_apart(slot, word);
            }
            Token bare = token;
            bare.text = word;
            add_synonyms(slot, term_of(bare, stemmer_));
            if (as_written && is_rare(slot, token)) guess_common(token.text, core_.list(slot.term).size());
            slots_.push_back(std::move(slot));
            return;
        }
        // Another word for something on the shelves.
        Token bare = token;
        if (token.script == Script::hangul) bare.text = text::strip_josa(word);
        for (const auto& key : {term_of(token, stemmer_), term_of(bare, stemmer_)})
            if (slot.ways.empty()) add_synonyms(slot, key);
        for (const auto& key : {term_of(token, stemmer_), term_of(bare, stemmer_)})
            if (const auto id = slot.ways.empty() && !slot.absent ? telling_label(key) : no_term;
                id != no_term)
                add_way(slot, {id}, core_.ranking.label);
        if (token.script == Script::hangul && !slot.absent) add_inside(slot, bare.text);
        if (!slot.ways.empty() || slot.absent) {
            slots_.push_back(std::move(slot));
            return;
        }
        if (take_parts(bare)) return;
        if (token.script != Script::digits && as_written) guess(bare.text, false);
        slots_.push_back(std::move(slot));
    }

    // "무선마우스", "rtx2060", "usbhub": several words run together.
    bool take_parts(const Token& token) {
        auto parts = core_.vocabulary.split(token.text);
        std::vector<std::string> words;
        words.reserve(parts.size());
        for (const auto part : parts) words.emplace_back(core_.vocabulary.text(part));
        // Latin letters fall into short words by chance: these must be neighbours in some title.
        if (token.script == Script::latin && !words.empty()) {
            bool neighbours = words.size() == 2;
            if (neighbours) {
                const auto first = core_.vocabulary.word(parts[0]).term;
                const auto second = core_.vocabulary.word(parts[1]).term;
                neighbours = posted(pair_term(core_.terms[first], core_.terms[second])) != no_term;
            }
            if (!neighbours) words.clear();
        }
        if (words.empty() && token.script == Script::latin) {
            const auto digit = token.text.find_first_of("0123456789");
            if (digit != std::string::npos && digit > 1 &&
                token.text.find_first_not_of("0123456789", digit) == std::string::npos)
                words = {token.text.substr(0, digit), token.text.substr(digit)};
        }
        if (words.empty() || slots_.size() + words.size() > kMostSlots) return false;
        for (const auto& word : words)
            if (known(word) == no_term) return false;
        for (const auto& word : words) {
            Token part = token;
            part.text = word;
            take_word(part);
        }
        return true;
    }

    // A misspelling that some product's text happens to share.
    bool is_rare(const Slot& slot, const Token& token) const {
        return token.script == Script::latin && token.text.size() >= 4 && slot.ways.size() == 1 &&
               core_.list(slot.term).size() <= 2 && core_.products > 1000 &&
               token.text.find_first_of("0123456789") == std::string::npos;
    }
    void guess_common(std::string_view word, std::size_t having) {
        guess(word, true);
        auto& guesses = guesses_.back().words;
        std::erase_if(guesses, [&](const Correction& one) {
            return one.distance > 1 || core_.vocabulary.word(one.word).products < 50 * having;
        });
        if (guesses.empty()) guesses_.pop_back();
    }

    // A word nobody here wrote, known by a stem that it has by accident ("gaing", "playe"), and a letter away
    // from one that is known.
    bool guess_accidental(const Token& token) {
        if (token.script != Script::latin || token.text.size() < 4 ||
            core_.vocabulary.find(token.text) != no_term)
            return false;
        const auto stem = term_of(token, stemmer_);
        constexpr auto endings = std::to_array<std::string_view>({"s", "es", "ed", "ing", "er", "ers", "ly"});
        if (stem.size() >= 3 && token.text.starts_with(stem)) {
            const auto rest = std::string_view(token.text).substr(stem.size());
            if (std::find(endings.begin(), endings.end(), rest) != endings.end()) return false;
        }
        if (stem.size() >= 3 && stem.ends_with('i')) return false;  // "batteries", "dried"
        guess(token.text, false);
        std::erase_if(guesses_.back().words, [](const Correction& one) { return one.distance > 1; });
        if (!guesses_.back().words.empty()) return true;
        guesses_.pop_back();
        return false;
    }

    // Notes what a misspelled word may be; which it is, the words beside it tell once all are read.
    void guess(std::string_view word, bool known) {
        constexpr std::size_t most = 8;
        const bool meant = std::binary_search(core_.other_words.begin(), core_.other_words.end(), word);
        guesses_.push_back({slots_.size(), at_, known,
                            meant ? std::vector<Correction>() : core_.vocabulary.corrections(word, most)});
        std::erase_if(guesses_.back().words, [&](const Correction& one) {
            return begins_otherwise(word, core_.vocabulary.text(one.word));
        });
    }

    // Slips seldom hit the first letter (Pollock and Zamora, "Automatic spelling correction in scientific and
    // scholarly text", 1984), and of a short word that leaves another word: a drill is no grill.
    static bool begins_otherwise(std::string_view word, std::string_view other) {
        constexpr std::size_t is_short = 6;
        const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
        if (word.size() < 2 || other.size() < 2 || word.size() > is_short || !is_letter(word.front()) ||
            !is_letter(other.front()) || word.front() == other.front())
            return false;
        return word[0] != other[1] && word[1] != other[0];
    }

    // How often a term is met together with the words of the slots beside it.
    float company(TermId term, std::size_t slot) const {
        float score = 0;
        for (const auto other : {slot - 1, slot + 1}) {  // wraps to a huge number before the first
            if (other >= slots_.size() || slots_[other].term == no_term) continue;
            score += kPair * std::log1p(static_cast<float>(titles_with(term, slot, other)));
            constexpr std::size_t enough = 2000;
            score += kShared * std::log1p(static_cast<float>(shared(term, slots_[other].term, enough)));
        }
        return score;
    }

    void settle_guesses() {
        for (auto& guess : guesses_) {
            auto& slot = slots_[guess.slot];
            for (auto& one : guess.words) {
                const auto term = core_.vocabulary.word(one.word).term;
                one.score += company(term, guess.slot) +
                             (slot.head ? 0.5F : 0.2F) * std::log1p(static_cast<float>(core_.heads[term]));
            }
            std::stable_sort(guess.words.begin(), guess.words.end(),
                             [](const Correction& a, const Correction& b) { return a.score > b.score; });
            if (!guess.known || guess.words.empty()) continue;
            const auto text = core_.vocabulary.text(guess.words.front().word);
            slot.corrected = text;
            add_way(slot, {core_.vocabulary.word(guess.words.front().word).term}, 0.9F);
            add_synonyms(slot, core_.terms[core_.vocabulary.word(guess.words.front().word).term]);
        }
    }

    // Puts what unknown words were most likely meant as in their place; false: all stays.
    bool respell() {
        bool any = false;
        for (const auto& guess : guesses_) {
            if (guess.known || guess.words.empty()) continue;
            const auto& best = guess.words.front();
            put(guess.token, best.word);
            if (guess.words.size() > 1 && guess.words[1].score > best.score - 0.7F)
                respelled_[guess.token].likewise = guess.words[1].word;
            any = true;
        }
        for (std::size_t i = 0; i < slots_.size(); ++i) any = respell_misfit(i) || any;
        return any;
    }

    // A word that exists and that no product has beside the words next to it ("sd car", "memory cad"), one
    // letter away from a word that titles do have there.
    bool respell_misfit(std::size_t i) {
        const auto& slot = slots_[i];
        const auto& token = tokens_[places_[i]];
        if (slot.term == no_term || slot.tokens != 1 || token.script != Script::latin ||
            token.text.size() < 3 || token.text != slot.written ||
            token.text.find_first_of("0123456789") != std::string::npos)
            return false;
        bool beside = false;
        for (const auto other : {i - 1, i + 1}) {
            if (other >= slots_.size() || slots_[other].term == no_term) continue;
            if (shared(slot.term, slots_[other].term, 1) > 0) return false;
            beside = true;
        }
        if (!beside) return false;
        std::uint32_t best = no_term;
        std::size_t most = 1;
        constexpr std::size_t looked_at = 16;
        for (const auto& one : core_.vocabulary.corrections(token.text, looked_at)) {
            if (one.distance > 1) continue;
            std::size_t count = 0;
            for (const auto other : {i - 1, i + 1})
                if (other < slots_.size() && slots_[other].term != no_term)
                    count += titles_with(core_.vocabulary.word(one.word).term, i, other);
            if (count > most) best = one.word, most = count;
        }
        if (best == no_term) return false;
        put(places_[i], best);
        return true;
    }

    // Titles that have the term next to another slot's word, in the query's order.
    std::size_t titles_with(TermId term, std::size_t slot, std::size_t other) const {
        const auto first = other < slot ? slots_[other].term : term;
        const auto second = other < slot ? term : slots_[other].term;
        const auto pair = posted(pair_term(core_.terms[first], core_.terms[second]));
        return pair == no_term ? 0 : core_.list(pair).size();
    }

    void put(std::size_t token, std::uint32_t word) {
        auto& own = tokens_[token];
        respelled_[token].written = std::exchange(own.text, std::string(core_.vocabulary.text(word)));
        own.script = text::is_syllable(text::decode(own.text, 0).code) ? Script::hangul : Script::latin;
    }

    std::vector<Token> tokens_;
    std::vector<Respelling> respelled_;  // by token
    std::vector<Slot> slots_;
    std::vector<Guess> guesses_;
    std::vector<std::size_t> places_;  // by slot: its first token
    std::size_t at_ = 0;               // the token being read
};

}  // namespace

std::vector<Slot> read_slots(const Core& core, std::string_view text) {
    return SlotReader(core).read(text);
}

}  // namespace maru::catalog
