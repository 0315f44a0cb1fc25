// A follow-up sentence changes the query before it: what it says replaces, what it refuses goes, what it
// compares with is what the visitor sees.
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "catalog/index_impl.hpp"
#include "catalog/interpret.hpp"
#include "catalog/refusals.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::catalog {
namespace {

using Compared = QueryWords::Compared;
using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void remove(Names& names, const Names& gone) {
    names.erase(std::remove_if(names.begin(), names.end(), [&](const auto& name) { return has(gone, name); }),
                names.end());
}

// Wanted ones replace those before; refused ones add up and are no longer wanted.
void merge(Names& wanted, Names& refused, const Names& more_wanted, const Names& more_refused) {
    if (!more_wanted.empty()) wanted = more_wanted;
    remove(refused, more_wanted);
    for (const auto& name : more_refused)
        if (!has(refused, name)) refused.push_back(name);
    remove(wanted, more_refused);
}

// The latest of what a long conversation has refused.
void keep_last(Names& refused) {
    constexpr std::size_t most = 24;
    if (refused.size() > most) refused.erase(refused.begin(), refused.end() - most);
}

Names words_of(const std::string& text) {
    std::istringstream stream(text);
    Names words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

// The free words of a query; what they stand for is read once, and only when something is to go.
class FreeWords {
  public:
    FreeWords(const Core& core, const std::string& text) : core_(core) {
        for (auto& word : words_of(text)) words_.push_back({std::move(word), {}, false});
    }

    void add(const std::string& word) {
        if (!std::any_of(words_.begin(), words_.end(), [&](const Word& own) { return own.text == word; }))
            words_.push_back({word, {}, false});
    }

    // Takes out the word and what names the same ("무선" of "wireless"). False: there was none.
    bool remove(const std::string& word) {
        if (words_.empty()) return false;
        const auto gone = terms_of(word);
        return std::erase_if(words_, [&](Word& own) {
                   if (own.text == word) return true;
                   if (!own.read) own.terms = terms_of(own.text);
                   own.read = true;
                   return std::any_of(own.terms.begin(), own.terms.end(), [&](TermId term) {
                       return std::find(gone.begin(), gone.end(), term) != gone.end();
                   });
               }) > 0;
    }

    [[nodiscard]] std::string text() const {
        std::string text;
        for (const auto& word : words_) text += (text.empty() ? "" : " ") + word.text;
        return text;
    }

  private:
    struct Word {
        std::string text;
        std::vector<TermId> terms;
        bool read;
    };

    [[nodiscard]] std::vector<TermId> terms_of(const std::string& word) const {
        std::vector<TermId> terms;
        for (const auto& slot : read_slots(core_, word))
            for (const auto& way : slot.ways)
                if (way.terms.size() == 1 && slot.corrected.empty()) terms.push_back(way.terms.front());
        return terms;
    }

    const Core& core_;
    std::vector<Word> words_;
};

// Takes the names and words out of the query, and a refusal of them too; what was not there comes back.
Withdrawn take_back(const Core& core, const Withdrawn& gone, Query& query) {
    Withdrawn left;
    const auto names = [](const Names& own, Names& wanted, Names& refused, Names& rest) {
        for (const auto& name : own) {
            if (!has(wanted, name) && !has(refused, name)) rest.push_back(name);
            std::erase(wanted, name);
            std::erase(refused, name);
        }
    };
    names(gone.types, query.types, query.not_types, left.types);
    names(gone.brands, query.brands, query.not_brands, left.brands);
    names(gone.colors, query.colors, query.not_colors, left.colors);
    FreeWords words(core, query.text);
    for (const auto& word : gone.words) {
        const bool wanted = words.remove(word);
        const bool refused = std::erase(query.not_words, word) > 0;
        if (!wanted && !refused) left.words.push_back(word);
    }
    query.text = words.text();
    return left;
}

bool is_figure(std::string_view word) {
    return word.find_first_not_of("0123456789") == std::string_view::npos;
}

// "Just a regular mouse", "그냥 일반 마우스 중에": without what made the others special.
bool wants_ordinary(std::string_view plain) {
    static const RE2 ordinary(
        R"((?:^| )(?:일반|보통|평범한|(?:a|any|just|the|some) (?:normal|ordinary|regular|usual|standard)) )");
    return RE2::PartialMatch(re2::StringPiece(plain.data(), plain.size()), ordinary);
}

void leave_ordinary(std::string& words) {
    constexpr auto ordinary = std::to_array<std::string_view>(
        {"일반", "보통", "평범한", "normal", "ordinary", "regular", "usual", "standard"});
    std::string left;
    for (const auto& word : words_of(words))
        if (std::find(ordinary.begin(), ordinary.end(), word) == ordinary.end())
            left += (left.empty() ? "" : " ") + word;
    words = std::move(left);
}

// Is one of the words what visitors call one of the kinds?
bool names_shelf(const Index::Impl& index, const Names& words, const Names& types) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        const auto nodes = index.core->type_names.find(phrase_key(word));
        return nodes != index.core->type_names.end() &&
               std::any_of(nodes->second.begin(), nodes->second.end(),
                           [&](std::uint32_t node) { return has(types, index.core->type_nodes[node].name); });
    });
}

}  // namespace

Interpretation Index::refine(const Query& previous, std::string_view sentence,
                             std::span<const std::string> shown, std::span<const Span> ignore) const {
    // The comparison itself is no word to search for.
    const auto normal = text::normalise(sentence, {.shorten_repeats = true, .compose_letters = true});
    const auto compared = impl_->words->compared(normal.text);
    std::vector<Span> understood(ignore.begin(), ignore.end());
    if (compared && compared->second.end > compared->second.begin) {
        const auto [begin, end] = normal.original(compared->second.begin, compared->second.end);
        understood.push_back({begin, end});
    }
    auto [said, removed, forgotten] = read_query(*impl_, sentence, {}, understood);

    // Other goods than before: a new search. A word that names goods does so too where there are no types.
    const bool other_type = said.names_type && said.query.types != previous.types;
    const auto slots = read_slots(*impl_->core, said.query.text);
    const auto names_goods = [&](const Slot& slot) {
        // "6인용" is a size.
        const bool counts = &slot != slots.data() && is_figure((&slot - 1)->written);
        if (slot.term == no_term || !slot.head || counts) return false;
        const auto having = impl_->core->list(slot.term).size();
        return having > 0 && impl_->core->heads[slot.term] * 2 > having;
    };
    const bool other_goods = !compared && !said.names_type && !said.query.text.empty() &&
                             std::any_of(slots.begin(), slots.end(), names_goods) &&
                             previous.text != said.query.text;
    if (other_type || (other_goods && !(previous.text.empty() && previous.types.empty()))) {
        auto before = previous;
        refuse(take_back(*impl_->core, removed, before), said.query);
        keep_useful_refusals(*impl_, {}, said.query);
        prefer_measured(*impl_, said);
        return std::move(said);
    }

    auto& now = said.query;
    auto query = previous;
    query.offset = 0;
    const auto goods = previous.types;
    if (said.names_type && wants_ordinary(normal.text)) {
        query.text.clear();
        leave_ordinary(now.text);
    }
    (void)take_back(*impl_->core, forgotten, query);
    refuse(take_back(*impl_->core, removed, query), now);
    if (!forgotten.empty() || !removed.empty()) said.constrains = true;
    if (now.price_min || now.price_max) {
        query.price_min = now.price_min;
        query.price_max = now.price_max;
    }
    merge(query.brands, query.not_brands, now.brands, now.not_brands);
    merge(query.colors, query.not_colors, now.colors, now.not_colors);
    merge(query.types, query.not_types, now.types, now.not_types);
    // "무드등 말고": others of the kind above it.
    if (query.types.empty() && !goods.empty() && query.text.empty() && now.text.empty())
        if (auto above = kind_above(*impl_, goods.front(), true)) {
            query.types.push_back(std::move(*above));
            for (const auto& name : goods)
                if (!has(query.not_types, name)) query.not_types.push_back(name);
        }
    for (const auto& limit : now.limits) {
        std::erase_if(query.limits, [&](const Limit& old) { return old.kind == limit.kind; });
        query.limits.push_back(limit);
    }
    if (now.rating_min) query.rating_min = now.rating_min;
    query.in_stock_only = query.in_stock_only || now.in_stock_only;
    FreeWords words(*impl_->core, query.text);
    for (const auto& word : words_of(now.text)) words.add(word);
    for (const auto& word : now.not_words) {
        (void)words.remove(word);
        if (!has(query.not_words, word)) query.not_words.push_back(word);
    }
    query.text = words.text();

    std::vector<const Product*> seen;
    for (const auto& id : shown)
        if (const auto* product = find(id)) seen.push_back(product);
    const auto by_price = [](const Product* a, const Product* b) {
        return a->price.amount < b->price.amount;
    };
    // A comparison that leaves nothing becomes an order: the cheapest there is comes first, and that answers
    // it too.
    const auto try_limit = [&](Query limited, Sort otherwise) {
        const auto found = search(limited);
        const bool good = !found.matches.empty() && found.relaxed.empty();
        if (good) {
            query = std::move(limited);
        } else {
            query.sort = otherwise;
        }
    };
    if (!compared) {
        if (now.sort != Sort::relevance) query.sort = now.sort;
    } else if (compared->first == Compared::cheaper) {
        if (seen.empty() || now.price_max) {
            query.sort = Sort::price_ascending;
        } else {
            auto limited = query;
            limited.price_max = (*std::min_element(seen.begin(), seen.end(), by_price))->price.amount - 1;
            limited.price_min.reset();
            try_limit(std::move(limited), Sort::price_ascending);
        }
    } else if (compared->first == Compared::dearer) {
        if (seen.empty() || now.price_min) {
            query.sort = Sort::price_descending;
        } else {
            auto limited = query;
            limited.price_min = (*std::max_element(seen.begin(), seen.end(), by_price))->price.amount + 1;
            limited.price_max.reset();
            try_limit(std::move(limited), Sort::price_descending);
        }
    } else if (compared->first == Compared::more) {
        for (const auto& id : shown)
            if (!has(query.exclude_ids, id)) query.exclude_ids.push_back(id);
    } else {
        const auto order = compared->first == Compared::better    ? Sort::rating
                           : compared->first == Compared::lighter ? Sort::lightest
                           : compared->first == Compared::smaller ? Sort::smallest
                           : compared->first == Compared::bigger  ? Sort::largest
                           : compared->first == Compared::quieter ? Sort::quietest
                           : compared->first == Compared::longer  ? Sort::longest_lasting
                                                                  : Sort::newest;
        query.sort = order;
    }
    // What was limited before stays limited: a cheaper one may not be dearer than first asked.
    if (previous.price_max && query.price_max && !now.price_max && compared &&
        compared->first == Compared::cheaper)
        query.price_max = std::min(*previous.price_max, *query.price_max);
    if (compared) said.constrains = true;
    if (said.constrains || said.names_brand) said.evidence = std::max(said.evidence, 0.6F);
    // So too where it named but a part of the shelf, and the shelf has nothing else.
    Query left;
    left.types = query.types;
    left.not_words = now.not_words;
    // "No stools" of who asked for chairs wants chairs.
    auto before = words_of(previous.text);
    remove(before, query.not_words);
    if (names_shelf(*impl_, now.not_words, query.types) && !names_shelf(*impl_, before, query.types) &&
        Filter(*impl_, left).passing(0).empty())
        if (auto above = kind_above(*impl_, query.types.front(), true)) query.types = {std::move(*above)};
    for (auto* refused : {&query.not_types, &query.not_brands, &query.not_colors, &query.not_words})
        keep_last(*refused);
    const bool refuses = now.not_types.size() + now.not_brands.size() + now.not_words.size() > 0;
    keep_useful_refusals(*impl_, previous, query);
    if (refuses && query != previous) said.constrains = true;
    now = std::move(query);
    prefer_measured(*impl_, said);
    return std::move(said);
}

}  // namespace maru::catalog
