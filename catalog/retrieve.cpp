#include "catalog/retrieve.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "catalog/lexicon.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

constexpr std::size_t kMostSlots = 24;

float idf(std::size_t products, std::size_t having) {
    const auto n = static_cast<float>(products);
    const auto df = static_cast<float>(having);
    return std::log(1 + (n - std::min(df, n) + 0.5F) / (df + 0.5F));
}

class SlotReader {
  public:
    explicit SlotReader(const Core& core) : core_(core) {}

    std::vector<Slot> read(std::string_view query) {
        tokens_ = tokenize(text::normalised(query, {.shorten_repeats = false, .compose_letters = true}));
        const bool only_stops = std::all_of(tokens_.begin(), tokens_.end(),
                                            [](const Token& token) { return is_stop_word(token.text); });
        for (std::size_t i = 0; i < tokens_.size() && slots_.size() < kMostSlots;) {
            if (tokens_[i].text == "\"" || (!only_stops && is_stop_word(tokens_[i].text))) {
                if (about_ == 0 && (tokens_[i].text == "for" || tokens_[i].text == "with"))
                    about_ = slots_.size();
                ++i;
                continue;
            }
            i += take(i);
        }
        if (slots_.empty()) return {};
        // "case for iphone", "mouse with bluetooth" are about the case and the mouse.
        slots_[about_ > 0 ? about_ - 1 : slots_.size() - 1].head = true;
        guesses_.resize(slots_.size());
        for (std::size_t i = 0; i < slots_.size(); ++i)
            if (!guesses_[i].empty()) settle(i);
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
    TermId known(std::string_view word) const {
        const auto id = core_.vocabulary.find(word);
        if (id != no_term && !core_.list(core_.vocabulary.word(id).term).empty())
            return core_.vocabulary.word(id).term;
        return no_term;
    }
    TermId term(const Token& token) const {
        if (const auto id = known(token.text); id != no_term) return id;
        const auto id = core_.terms.find(term_of(token, stemmer_));
        return id != no_term && !core_.list(id).empty() ? id : no_term;
    }
    TermId posted(std::string_view key) const {
        const auto id = core_.terms.find(key);
        return id != no_term && !core_.list(id).empty() ? id : no_term;
    }

    // The terms of several words, all of which the catalog must have; empty when it has not.
    std::vector<TermId> all_of(const std::vector<std::string>& words) const {
        std::vector<TermId> ids;
        for (const auto& word : words) {
            Token token;
            token.text = word;
            token.script = text::is_syllable(text::decode(word, 0).code) ? Script::hangul : Script::latin;
            const auto id = term(token);
            if (id == no_term) return {};
            ids.push_back(id);
        }
        return ids;
    }

    void add_way(Slot& slot, std::vector<TermId> terms, float weight) {
        if (!terms.empty()) slot.ways.push_back({std::move(terms), weight});
    }

    // A Korean word inside longer ones: all its pairs of syllables.
    void add_inside(Slot& slot, std::string_view word) {
        std::vector<std::string> keys;
        append_bigrams(word, keys);
        std::vector<TermId> ids;
        for (const auto& key : keys) {
            const auto id = posted(key);
            if (id == no_term) return;
            ids.push_back(id);
        }
        add_way(slot, std::move(ids), core_.ranking.bigram);
    }

    // "고속충전기" where a title writes 고속 충전기.
    void add_apart(Slot& slot, std::string_view word) {
        std::vector<TermId> ids;
        for (const auto part : core_.vocabulary.split(word)) ids.push_back(core_.vocabulary.word(part).term);
        if (ids.size() > 1) add_way(slot, std::move(ids), 0.9F);
    }

    void add_synonyms(Slot& slot, const std::string& key) {
        const auto groups = core_.synonyms_of.find(key);
        if (groups == core_.synonyms_of.end()) return;
        for (const auto group : groups->second)
            for (const auto& phrase : core_.synonyms[group].phrases) {
                auto ids = all_of(phrase);
                const auto same = [&](const Slot::Way& way) { return way.terms == ids; };
                if (ids.empty() || std::any_of(slot.ways.begin(), slot.ways.end(), same)) continue;
                add_way(slot, std::move(ids), core_.ranking.synonym);
            }
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
            if (slot.ways.empty()) continue;
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
            if (slot.ways.empty()) add_way(slot, all_of(words), 1);
            if (!slot.ways.empty()) {
                slots_.push_back(std::move(slot));
                return measure->tokens;
            }
        }
        if (i + 1 < tokens_.size() && take_joined(i)) return 2;
        take_word(tokens_[i]);
        return 1;
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
        slot.written = token.text;
        if (token.script == Script::jamo) {
            float weight = 1;
            for (const auto word : core_.vocabulary.by_initials(token.text, 8)) {
                if (slot.corrected.empty()) slot.corrected = core_.vocabulary.text(word);
                add_way(slot, {core_.vocabulary.word(word).term}, weight);
                weight *= 0.9F;
            }
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
        if (slot.term != no_term) {
            add_way(slot, {slot.term}, 1);
            if (token.script == Script::hangul) {
                add_inside(slot, word);
                add_apart(slot, word);
            }
            Token bare = token;
            bare.text = word;
            add_synonyms(slot, term_of(bare, stemmer_));
            if (is_rare(slot, token)) guess_common(token.text, core_.list(slot.term).size());
            slots_.push_back(std::move(slot));
            return;
        }
        // Another word for something on the shelves.
        Token bare = token;
        if (token.script == Script::hangul) bare.text = text::strip_josa(word);
        for (const auto& key : {term_of(token, stemmer_), term_of(bare, stemmer_)})
            if (slot.ways.empty()) add_synonyms(slot, key);
        if (token.script == Script::hangul) add_inside(slot, bare.text);
        if (!slot.ways.empty()) {
            slots_.push_back(std::move(slot));
            return;
        }
        if (take_parts(bare)) return;
        if (token.script != Script::digits) guess(bare.text);
        slots_.push_back(std::move(slot));
    }

    // "무선마우스", "rtx2060", "usbhub": several words run together.
    bool take_parts(const Token& token) {
        auto parts = core_.vocabulary.split(token.text);
        std::vector<std::string> words;
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
        guess(word);
        std::erase_if(guesses_.back(), [&](const Correction& one) {
            return one.distance > 1 || core_.vocabulary.word(one.word).products < 50 * having;
        });
    }

    // Notes what a misspelled word may be; which it is, the words beside it tell once all are read.
    void guess(std::string_view word) {
        constexpr std::size_t most = 8;
        guesses_.resize(slots_.size() + 1);
        guesses_.back() = core_.vocabulary.corrections(word, most);
    }

    // How often a term is met together with the words of the slots beside it.
    float company(TermId term, std::size_t slot) const {
        float score = 0;
        for (const auto other : {slot - 1, slot + 1}) {  // wraps to a huge number before the first
            if (other >= slots_.size() || slots_[other].term == no_term) continue;
            const auto first = other < slot ? slots_[other].term : term;
            const auto second = other < slot ? term : slots_[other].term;
            if (const auto pair = posted(pair_term(core_.terms[first], core_.terms[second])); pair != no_term)
                score += 0.8F * std::log1p(static_cast<float>(core_.list(pair).size()));
            score += 0.4F * std::log1p(static_cast<float>(shared(term, slots_[other].term)));
        }
        return score;
    }

    std::size_t shared(TermId a, TermId b) const {
        constexpr std::size_t looked_at = 2000;
        auto x = core_.list(a);
        const auto y = core_.list(b);
        if (x.size() > looked_at) x = x.first(looked_at);
        std::size_t count = 0;
        auto at = y.begin();
        for (const auto& posting : x) {
            at = std::lower_bound(at, y.end(), posting.product,
                                  [](const Posting& p, std::uint32_t value) { return p.product < value; });
            if (at == y.end()) break;
            count += at->product == posting.product ? 1 : 0;
        }
        return count;
    }

    void settle(std::size_t i) {
        auto& slot = slots_[i];
        auto& guesses = guesses_[i];
        for (auto& one : guesses) {
            const auto term = core_.vocabulary.word(one.word).term;
            one.score += company(term, i) +
                         (slot.head ? 0.5F : 0.2F) * std::log1p(static_cast<float>(core_.heads[term]));
        }
        std::stable_sort(guesses.begin(), guesses.end(),
                         [](const Correction& a, const Correction& b) { return a.score > b.score; });
        const auto& best = guesses.front();
        const bool rare =
            !slot.ways.empty();  // known after all, but hardly: keep it beside its likelier meaning
        const auto text = core_.vocabulary.text(best.word);
        if (!rare) slot.term = core_.vocabulary.word(best.word).term;
        slot.corrected = text;
        add_way(slot, {core_.vocabulary.word(best.word).term}, rare ? 0.9F : 1);
        Token token;
        token.text = text;
        token.script = text::is_syllable(text::decode(text, 0).code) ? Script::hangul : Script::latin;
        add_synonyms(slot, term_of(token, stemmer_));
        if (!rare && guesses.size() > 1 && guesses[1].score > best.score - 0.7F)
            add_way(slot, {core_.vocabulary.word(guesses[1].word).term}, 0.5F);
    }

    const Core& core_;
    Stemmer stemmer_;
    std::vector<Token> tokens_;
    std::vector<Slot> slots_;
    std::vector<std::vector<Correction>> guesses_;  // by slot
    std::size_t about_ = 0;                         // slots before "for" or "with"
};

}  // namespace

std::vector<Slot> read_slots(const Core& core, std::string_view text) {
    return SlotReader(core).read(text);
}

SlotLists::SlotLists(const Core& core, const std::vector<Slot>& slots, const std::vector<Slot>& favoured)
    : partial_(core.ranking.partial) {
    lists_.reserve(slots.size());
    for (const auto& slot : slots) {
        auto hits = hits_of(core, slot);
        complete_ = complete_ && !hits.empty();
        const float weight = idf(core.products, hits.size());
        for (auto& hit : hits) hit.score *= weight;
        weights_.push_back(weight);
        lists_.push_back(std::move(hits));
    }
    add_pairs(core, slots);
    add_favoured(core, favoured);
}

SlotLists::Hits SlotLists::hits_of(const Core& core, const Slot& slot) {
    const float k1 = slot.head ? core.ranking.head_k1 : core.ranking.k1;
    Hits result;
    for (const auto& way : slot.ways) {
        Hits own;
        const auto saturate = [&](float weight) {
            const float w = weight / 1024;
            return way.weight * w / (k1 + w);
        };
        // From the rarest term on, so that the others are only looked up.
        auto terms = way.terms;
        std::sort(terms.begin(), terms.end(),
                  [&](TermId a, TermId b) { return core.list(a).size() < core.list(b).size(); });
        const auto first = core.list(terms.front());
        own.reserve(first.size());
        std::vector<std::size_t> at(terms.size(), 0);
        for (const auto& posting : first) {
            float least = posting.weight;
            bool all = true;
            for (std::size_t t = 1; t < terms.size() && all; ++t) {
                const auto list = core.list(terms[t]);
                const auto found = std::lower_bound(
                    list.begin() + static_cast<std::ptrdiff_t>(at[t]), list.end(), posting.product,
                    [](const Posting& p, std::uint32_t value) { return p.product < value; });
                at[t] = static_cast<std::size_t>(found - list.begin());
                all = found != list.end() && found->product == posting.product;
                if (all) least = std::min(least, static_cast<float>(found->weight));
            }
            if (all) own.push_back({posting.product, saturate(least)});
        }
        if (result.empty()) {
            result = std::move(own);
            continue;
        }
        Hits merged;
        merged.reserve(result.size() + own.size());
        auto a = result.begin();
        auto b = own.begin();
        while (a != result.end() || b != own.end()) {
            if (b == own.end() || (a != result.end() && a->product < b->product)) {
                merged.push_back(*a++);
            } else if (a == result.end() || b->product < a->product) {
                merged.push_back(*b++);
            } else {
                merged.push_back({a->product, std::max(a->score, b->score)});
                ++a;
                ++b;
            }
        }
        result = std::move(merged);
    }
    return result;
}

void SlotLists::add_pairs(const Core& core, const std::vector<Slot>& slots) {
    for (std::size_t i = 0; i + 1 < slots.size(); ++i) {
        if (slots[i].term == no_term || slots[i + 1].term == no_term) continue;
        const auto id = core.terms.find(pair_term(core.terms[slots[i].term], core.terms[slots[i + 1].term]));
        if (id == no_term) continue;
        Hits hits;
        const float weight = core.ranking.pair * (weights_[i] + weights_[i + 1]) / 2;
        for (const auto& posting : core.list(id)) {
            const float w = static_cast<float>(posting.weight) / 1024;
            hits.push_back({posting.product, weight * w / (core.ranking.k1 + w)});
        }
        bonus_.push_back(std::move(hits));
    }
}

void SlotLists::add_favoured(const Core& core, const std::vector<Slot>& favoured) {
    for (const auto& slot : favoured) {
        auto hits = hits_of(core, slot);
        const float weight = idf(core.products, hits.size()) * core.ranking.favoured;
        for (auto& hit : hits) hit.score *= weight;
        bonus_.push_back(std::move(hits));
    }
}

void SlotLists::add_bonus(std::vector<Scored>& scored) const {
    for (const auto& pair : bonus_) {
        auto at = pair.begin();
        for (auto& candidate : scored) {
            while (at != pair.end() && at->product < candidate.product) ++at;
            if (at == pair.end()) break;
            if (at->product == candidate.product) candidate.score += at->score;
        }
    }
}

std::vector<Scored> SlotLists::every() const {
    std::vector<Scored> found;
    if (lists_.empty() || !complete_) return found;
    std::vector<std::size_t> order(lists_.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return lists_[a].size() < lists_[b].size(); });
    const auto bits = static_cast<std::uint32_t>((1ULL << lists_.size()) - 1);
    found.reserve(lists_[order[0]].size());
    for (const auto& hit : lists_[order[0]]) found.push_back({hit.product, hit.score, bits});
    for (std::size_t k = 1; k < order.size() && !found.empty(); ++k) {
        const auto& list = lists_[order[k]];
        auto at = list.begin();
        auto kept = found.begin();
        const bool sparse = list.size() / found.size() > 16;
        for (const auto& candidate : found) {
            if (sparse) {
                at = std::lower_bound(at, list.end(), candidate.product,
                                      [](const Hit& h, std::uint32_t value) { return h.product < value; });
            } else {
                while (at != list.end() && at->product < candidate.product) ++at;
            }
            if (at == list.end()) break;
            if (at->product != candidate.product) continue;
            *kept = candidate;
            kept->score += at->score;
            ++kept;
        }
        found.erase(kept, found.end());
    }
    add_bonus(found);
    return found;
}

std::vector<Scored> SlotLists::any() const {
    std::vector<Scored> found;
    for (std::size_t k = 0; k < lists_.size(); ++k) {
        std::vector<Scored> merged;
        merged.reserve(found.size() + lists_[k].size());
        auto a = found.begin();
        auto b = lists_[k].begin();
        const auto bit = 1U << k;
        while (a != found.end() || b != lists_[k].end()) {
            if (b == lists_[k].end() || (a != found.end() && a->product < b->product)) {
                merged.push_back(*a++);
            } else if (a == found.end() || b->product < a->product) {
                merged.push_back({b->product, b->score, bit});
                ++b;
            } else {
                merged.push_back({a->product, a->score + b->score, a->slots | bit});
                ++a;
                ++b;
            }
        }
        found = std::move(merged);
    }
    add_bonus(found);
    const float total = std::accumulate(weights_.begin(), weights_.end(), 0.0F);
    for (auto& candidate : found) {
        float had = 0;
        for (std::size_t k = 0; k < lists_.size(); ++k)
            if ((candidate.slots >> k & 1U) != 0) had += weights_[k];
        if (total > 0) candidate.score *= std::pow(had / total, partial_);
    }
    return found;
}

}  // namespace maru::catalog
