// The ways in which a catalog may have one word: as written, under other names, inside or apart in a
// compound. Internal to catalog/. For one thread at a time (it holds a stemmer); the Core must outlive it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/core.hpp"
#include "catalog/slots.hpp"
#include "catalog/terms.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {

class Meanings {
  public:
    explicit Meanings(const Core& core) : core_(core) {}

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

    void add_synonyms(Slot& slot, std::string_view key) {
        const auto groups = core_.synonyms_of.find(std::string(key));
        if (groups == core_.synonyms_of.end()) return;
        for (const auto group : groups->second) slot.absent = slot.absent || core_.synonyms[group].absent;
        for (const auto group : groups->second)
            for (const auto& phrase : core_.synonyms[group].phrases) {
                auto ids = all_of(phrase);
                const auto same = [&](const Slot::Way& way) { return way.terms == ids; };
                if (ids.empty() || std::any_of(slot.ways.begin(), slot.ways.end(), same)) continue;
                add_way(slot, std::move(ids), core_.ranking.synonym);
            }
    }

    // Products with both, at most `enough`, among the first of the rarer one.
    std::size_t shared(TermId a, TermId b, std::size_t enough) const {
        constexpr std::size_t looked_at = 2000;
        auto x = core_.list(a);
        auto y = core_.list(b);
        if (x.size() > y.size()) std::swap(x, y);
        if (x.size() > looked_at) x = x.first(looked_at);
        std::size_t count = 0;
        auto at = y.begin();
        for (const auto& posting : x) {
            at = std::lower_bound(at, y.end(), posting.product,
                                  [](const Posting& p, std::uint32_t value) { return p.product < value; });
            if (at == y.end()) break;
            if (at->product == posting.product && ++count == enough) break;
        }
        return count;
    }

  protected:
    const Core& core_;
    Stemmer stemmer_;
};

}  // namespace maru::catalog
