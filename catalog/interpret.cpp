// From a sentence to a Query: first what needs no catalog (prices, sizes, orders), then the names of makers,
// types and colours, longest first, then what is refused ("삼성 말고", "not red"), and what remains are free
// words.
#include "catalog/interpret.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "catalog/evidence.hpp"
#include "catalog/lexicon.hpp"
#include "catalog/passing.hpp"
#include "catalog/refusals.hpp"
#include "catalog/sentence.hpp"
#include "catalog/spacing.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::catalog {
namespace {

template <typename T>
void add_once(std::vector<T>& list, T value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

// Of each kind in one message. Each costs a look at the shelves, and nobody refuses more.
constexpr std::size_t kMostRefused = 8;

bool has_word(std::string_view words, std::string_view word) {
    return (" " + std::string(words) + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

void drop_word(std::string& words, const std::string& word) {
    auto padded = " " + words + " ";
    for (auto at = padded.find(" " + word + " "); at != std::string::npos; at = padded.find(" " + word + " "))
        padded.erase(at, word.size() + 1);
    words = padded.size() > 2 ? padded.substr(1, padded.size() - 2) : std::string();
}

class Reader {
  public:
    Reader(const Index::Impl& index, std::string_view sentence, Query known, std::span<const Span> ignore)
        : index_(index),
          core_(*index.core),
          // Spans to be left out count in the sentence as it was written.
          normal_(text::normalise(ignore.empty() ? spaced_requests(sentence) : std::string(sentence),
                                  {.shorten_repeats = true, .compose_letters = true})),
          s_(core_, normal_.text),
          ignore_(ignore) {
        result_.query = std::move(known);
    }

    ReadQuery read() {
        mark_ignored();
        read_constraints();
        s_.split_compounds();
        s_.read_terms();
        leave_counts();
        read_names();
        word_refusals_.assign(s_.tokens.size(), Refusal::none);
        settle_phrases();
        add_names();
        read_rest();
        weigh({core_, s_.tokens, s_.states, s_.terms, s_.corrected, s_.slots}, result_);
        return {std::move(result_), std::move(removed_), std::move(forgotten_)};
    }

  private:
    using State = WordState;

    // A maker, kind or colour where it stands.
    struct Name {
        enum class Of : std::uint8_t { type, brand, color } of = Of::type;
        std::size_t from = 0, count = 0;
        std::vector<std::string> values;
        Refusal refusal = Refusal::none;
        bool part = false;  // of a shelf of several kinds ("Keyboards & Mice")
        bool gone = false;
    };

    void use(const Said& said, State state = State::used) {
        for (std::size_t i = 0; i < s_.tokens.size(); ++i)
            if (s_.tokens[i].begin < said.end && said.begin < s_.tokens[i].end) s_.states[i] = state;
    }

    void mark_ignored() {
        for (const auto& span : ignore_)
            for (std::size_t i = 0; i < s_.tokens.size(); ++i) {
                const auto [begin, end] = normal_.original(s_.tokens[i].begin, s_.tokens[i].end);
                // A particle glued to an ignored part ("5만원|으로") goes with it.
                if (begin < span.end && span.begin < end) s_.states[i] = State::used;
                if (i > 0 && s_.states[i - 1] == State::used && s_.tokens[i].glued &&
                    is_stop_word(s_.tokens[i].text))
                    s_.states[i] = State::used;
            }
    }

    void read_constraints() {
        auto& query = result_.query;
        const auto& words = *index_.words;
        const std::string_view text = normal_.text;
        const bool named = words.names_any(text);
        if (const auto rating = named ? words.rating(text) : std::nullopt) {
            if (!query.rating_min) query.rating_min = rating->min;
            use(*rating);
            result_.constrains = true;
        }
        for (const auto& limit : words.limits(text)) {
            query.limits.push_back(limit.limit);
            use(limit);
            result_.constrains = true;
        }
        read_prices();
        if (!named) return;
        if (const auto stock = words.in_stock(text)) {
            query.in_stock_only = true;
            use(*stock);
            result_.constrains = true;
        }
        auto sort = words.sort(text);
        if (!sort) sort = words.comparative(text);
        if (sort && is_open(*sort) && !are_goods(*sort)) {
            if (query.sort == Sort::relevance) query.sort = sort->sort;
            use(*sort);
            result_.constrains = result_.constrains || sort->sort != Sort::relevance;
        }
    }

    bool is_open(const Said& said) const {
        for (std::size_t i = 0; i < s_.tokens.size(); ++i)
            if (s_.tokens[i].begin < said.end && said.begin < s_.tokens[i].end && s_.states[i] != State::open)
                return false;
        return true;
    }

    // A shop of lighters sells lighters, and one of candles candle warmers.
    bool are_goods(const Said& said) const {
        const auto word = std::string_view(normal_.text).substr(said.begin, said.end - said.begin);
        const auto id = core_.vocabulary.find(word);
        if (id == no_term) return false;
        const auto list = core_.list(core_.vocabulary.word(id).term);
        return std::any_of(list.begin(), list.end(), [](const Posting& posting) {
            return (posting.fields & field_bit(Field::title)) != 0;
        });
    }

    void read_prices() {
        auto& query = result_.query;
        const double unit = std::pow(10.0, minor_digits(index_.currency));
        // A bare number is a price when goods here cost about that much.
        const bool any = !index_.price.empty();
        const double least = any ? static_cast<double>(index_.lowest_price) / unit / 2 : 1e300;
        const double most = any ? static_cast<double>(index_.highest_price) / unit * 4 : 0;
        for (const auto& said : index_.words->prices(normal_.text, least, most)) {
            if (in_limits(said)) continue;
            use(said);
            // "62,000 won and 3,000 for shipping": sums that are told, of what somebody pays.
            if (said.told || (said.plain && of_service())) continue;
            result_.constrains = true;
            double rate = 1;
            if (!said.currency.empty() && said.currency != index_.currency) {
                const auto& rates = index_.options.rates;
                const auto at = std::find_if(rates.begin(), rates.end(),
                                             [&](const auto& known) { return known.first == said.currency; });
                if (at == rates.end()) {
                    result_.foreign_currency = said.currency;
                    continue;
                }
                rate = at->second;
            }
            const auto minor = [&](double major) {
                return static_cast<std::int64_t>(std::llround(major * rate * unit));
            };
            if (said.min && !query.price_min) query.price_min = minor(*said.min) + (said.over ? 1 : 0);
            if (said.max && !query.price_max) query.price_max = minor(*said.max) - (said.under ? 1 : 0);
        }
        // "I said 50,000, and the headphones are 220,000": one is a budget, the other only told.
        if (query.price_min && query.price_max && *query.price_min > *query.price_max)
            query.price_min.reset();
    }

    bool of_service() const {
        return std::any_of(s_.tokens.begin(), s_.tokens.end(),
                           [](const Token& token) { return is_service_word(token.text); });
    }

    // Was the place already read as a size?
    bool in_limits(const Said& said) const {
        for (std::size_t i = 0; i < s_.tokens.size(); ++i)
            if (s_.states[i] == State::used && s_.tokens[i].script != Script::hangul &&
                s_.tokens[i].begin < said.end && said.begin < s_.tokens[i].end)
                return true;
        return false;
    }

    void leave_counts() {
        for (std::size_t i = 0; i < s_.tokens.size(); ++i) {
            if (s_.states[i] != State::open || !is_count(s_, i)) continue;
            s_.states[i] = State::used;
            if (i + 1 < s_.tokens.size() && s_.tokens[i + 1].glued) s_.states[i + 1] = State::used;
        }
    }

    void read_names() {
        for (std::size_t i = 0; i < s_.tokens.size();) {
            std::size_t taken = 0;
            const auto longest = std::min(std::max<std::size_t>(core_.longest_name, 2), s_.tokens.size() - i);
            for (auto count = longest; count >= 1 && taken == 0; --count)
                if (s_.all_open(i, count)) taken = read_name(i, count);
            i += std::max<std::size_t>(taken, 1);
        }
    }

    std::size_t read_name(std::size_t from, std::size_t count) {
        if (count == 1 && (is_stop_word(s_.tokens[from].text) || is_asking_word(s_.tokens[from].text)))
            return 0;
        // "Easy to clean" names no cleaning things.
        constexpr auto able =
            std::to_array<std::string_view>({"easy", "easier", "hard", "simple", "safe", "quick"});
        if (count == 1 && from > 1 && s_.tokens[from - 1].text == "to" &&
            std::find(able.begin(), able.end(), s_.tokens[from - 2].text) != able.end())
            return 0;
        for (const auto& key : s_.keys_of(from, count)) {
            Name name;
            name.from = from;
            name.count = count;
            if (const auto type = core_.type_names.find(key);
                type != core_.type_names.end() && s_.is_head(from, count) && !is_told_of(from, count) &&
                (whole_name(key, type->second) || names_things(key))) {
                name.part = !whole_name(key, best_nodes(type->second));
                for (const auto node : best_nodes(type->second))
                    name.values.push_back(core_.type_nodes[node].name);
            } else if (const auto brand = core_.brand_names.find(key); brand != core_.brand_names.end()) {
                name.of = Name::Of::brand;
                name.values.push_back(core_.brands[brand->second]);
            } else if (const auto color = color_of(key); color && !s_.is_guess(from, count)) {
                name.of = Name::Of::color;
                name.values.emplace_back(color_names()[*color]);
            } else {
                continue;
            }
            name.refusal = refusal_of(s_, from, count);
            for (std::size_t i = from; i < from + count; ++i)
                s_.states[i] = name.refusal == Refusal::none ? State::named : State::refused;
            names_.push_back(std::move(name));
            return count;
        }
        return 0;
    }

    // "Seasonal & air": goods are no season.
    bool names_things(const std::string& key) const {
        if (key.find(' ') != std::string::npos || core_.synonyms_of.count(key) != 0) return true;
        const auto id = core_.terms.find(key);
        if (id == no_term) return false;
        const auto list = core_.list(id);
        constexpr auto named = static_cast<std::uint16_t>(field_bit(Field::title) | field_bit(Field::type));
        const auto having = std::count_if(
            list.begin(), list.end(), [](const Posting& posting) { return (posting.fields & named) != 0; });
        return core_.heads[id] > 0 && static_cast<std::ptrdiff_t>(core_.heads[id]) * 4 >= having;
    }

    // "후라이팬 인덕션 되는 거": a kind that only says what the goods named right before it are for.
    bool is_told_of(std::size_t from, std::size_t count) const {
        return !names_.empty() && names_.back().of == Name::Of::type &&
               names_.back().from + names_.back().count == from && !s_.begins_clause(from) &&
               is_said_of_it(s_, from + count - 1);
    }

    // Nodes of the broadest meaning only: "kitchen" is the level, not also a leaf of that name below it.
    std::vector<std::uint32_t> best_nodes(std::vector<std::uint32_t> nodes) const {
        if (nodes.size() < 2) return nodes;
        // "Monitors" rather than the shelf of "Monitors & Stands".
        const auto of_several = [&](std::uint32_t node) {
            return is_of_several(core_.type_nodes[node].name);
        };
        if (!std::all_of(nodes.begin(), nodes.end(), of_several)) std::erase_if(nodes, of_several);
        std::vector<std::uint32_t> best;
        for (const auto node : nodes) {
            const auto& own = core_.type_nodes[node].types;
            const bool covered = std::any_of(nodes.begin(), nodes.end(), [&](std::uint32_t other) {
                const auto& types = core_.type_nodes[other].types;
                return other != node && types.size() > own.size() &&
                       std::includes(types.begin(), types.end(), own.begin(), own.end());
            });
            if (!covered) best.push_back(node);
        }
        return best;
    }

    // "Keyboards & Mice"
    static bool is_of_several(std::string_view name) {
        return name.find_first_of("&/,") != std::string_view::npos ||
               name.find("·") != std::string_view::npos;
    }

    bool whole_name(const std::string& key, const std::vector<std::uint32_t>& nodes) const {
        return std::all_of(nodes.begin(), nodes.end(), [&](std::uint32_t node) {
            const auto& name = core_.type_nodes[node].name;
            return !is_of_several(name) || phrase_key(name) == key;
        });
    }

    // "게이밍 마우스 말고": mice that are not for gaming. Where other goods are wanted instead, the whole of
    // it goes.
    void settle_phrases() {
        const bool wanted = std::any_of(names_.begin(), names_.end(), [](const Name& name) {
            return name.of == Name::Of::type && name.refusal == Refusal::none;
        });
        for (auto& name : names_) {
            if (name.of != Name::Of::type || name.refusal == Refusal::none || name.gone) continue;
            auto first = name.from;
            while (first > 0 && !s_.begins_clause(first) && is_modifier(first - 1)) --first;
            if (first == name.from) continue;
            for (auto i = first; i < name.from; ++i) {
                if (wanted) s_.states[i] = State::used;
                if (!wanted && s_.states[i] == State::open) word_refusals_[i] = name.refusal;
            }
            for (auto& other : names_) {
                if (other.from < first || other.from >= name.from) continue;
                other.gone = wanted;
                other.refusal = name.refusal;
            }
            if (!wanted) name.refusal = Refusal::none;
        }
    }
    bool is_modifier(std::size_t i) const {
        const auto& token = s_.tokens[i];
        const auto state = s_.states[i];
        if (state != State::open && state != State::named) return false;
        const bool digits = token.script == Script::digits;
        return (token.script == Script::hangul || digits) && !is_stop_word(token.text) &&
               !is_asking_word(token.text) && !is_service_word(token.text) && !is_refusing(s_, i) &&
               text::strip_josa(token.text).size() == token.text.size() && !ends_like_a_verb(token.text);
    }

    void add_names() {
        auto& query = result_.query;
        for (const auto& name : names_) {
            if (name.refusal == Refusal::denied)
                for (auto i = name.from; i < name.from + name.count; ++i) s_.states[i] = State::stop;
            if (name.gone || name.refusal == Refusal::denied) continue;
            const bool wanted = name.refusal == Refusal::none;
            for (auto i = name.from; i < name.from + name.count; ++i)
                s_.states[i] = wanted ? State::named : State::refused;
            switch (name.of) {
                case Name::Of::type:
                    add_type(name);
                    break;
                case Name::Of::brand:
                    put(name, query.brands, query.not_brands, &Withdrawn::brands);
                    result_.names_brand = result_.names_brand || wanted;
                    break;
                case Name::Of::color:
                    put(name, query.colors, query.not_colors, &Withdrawn::colors);
                    result_.constrains = true;
                    break;
            }
            const auto next = name.from + name.count;
            if (!wanted && next < s_.tokens.size() && refuses_after(s_.tokens[next].text))
                s_.states[next] = State::used;
        }
        const auto drop_wanted = [](std::vector<std::string>& refused,
                                    const std::vector<std::string>& wanted) {
            std::erase_if(refused, [&](const std::string& name) {
                return std::find(wanted.begin(), wanted.end(), name) != wanted.end();
            });
        };
        drop_wanted(query.not_types, query.types);
        drop_wanted(query.not_brands, query.brands);
        drop_wanted(query.not_colors, query.colors);
    }

    void add_type(const Name& name) {
        auto& query = result_.query;
        // Of a shelf of several kinds only one was refused.
        if (name.part && name.refusal != Refusal::none) {
            refuse_word(std::string(s_.bare(name.from + name.count - 1)), name.refusal);
            return;
        }
        put(name, query.types, query.not_types, &Withdrawn::types);
        if (name.refusal != Refusal::none) return;
        result_.names_type = true;
        // The word still has to be in the product.
        if (name.part)
            for (std::size_t i = name.from; i < name.from + name.count; ++i) also_text_.push_back(i);
    }

    void put(const Name& name, std::vector<std::string>& wanted, std::vector<std::string>& refused,
             std::vector<std::string> Withdrawn::*list) {
        auto& to = name.refusal == Refusal::none      ? wanted
                   : name.refusal == Refusal::without ? refused
                   : name.refusal == Refusal::removed ? removed_.*list
                                                      : forgotten_.*list;
        for (const auto& value : name.values)
            if (name.refusal == Refusal::none || to.size() < kMostRefused) add_once(to, value);
    }

    void refuse_word(std::string word, Refusal refusal) {
        if (refusal == Refusal::denied) return;
        auto& to = refusal == Refusal::forgotten ? forgotten_.words
                   : refusal == Refusal::removed ? removed_.words
                                                 : result_.query.not_words;
        if (to.size() < kMostRefused && tells_goods_apart(core_, word)) add_once(to, std::move(word));
    }

    void read_rest() {
        std::string words;
        std::string_view link;
        const auto append = [&](std::string_view word, bool glued) {
            if (!words.empty() && !link.empty()) (words += ' ') += link;
            link = {};
            if (!words.empty() && !glued) words += ' ';
            words += word;
        };
        for (std::size_t i = 0; i < s_.tokens.size(); ++i) {
            const auto& token = s_.tokens[i];
            auto& state = s_.states[i];
            // What stands before these is what is wanted: the search tells it from what it is for.
            if (state == State::open && (token.text == "for" || token.text == "with")) link = token.text;
            if (state == State::named &&
                std::find(also_text_.begin(), also_text_.end(), i) != also_text_.end()) {
                append(text::strip_josa(token.text), false);
                continue;
            }
            if (state != State::open) continue;
            if (is_service_word(token.text)) {
                state = State::service;
            } else if (token.text == "\"" || is_lone_letter(s_, i) || is_refusing(s_, i)) {
                state = State::stop;
            } else if (is_stop_word(token.text) || (token.script == Script::jamo && is_chatter(token.text))) {
                state = State::stop;
            } else if (is_beneficiary(s_, i)) {
                state = State::stop;
            } else if (is_asking_word(token.text)) {
                state = State::asking;
            } else if (const auto [refusal, taken] = word_refusal(i); refusal != Refusal::none) {
                read_refused(i, taken, refusal);
                i += taken - 1;
            } else {
                state = State::word;
                const bool inch = token.script == Script::digits && i + 1 < s_.tokens.size() &&
                                  s_.tokens[i + 1].text == "\"";
                const bool glue = token.glued && i > 0 && s_.states[i - 1] == State::word &&
                                  token.text != s_.tokens[i - 1].text;
                append(inch ? token.text + "\"" : std::string(s_.bare(i)), glue && !splitted(i));
            }
        }
        // "Mop or no mop?" asks for either; "압력 말고 … 압력은 무서워서" for none.
        auto& refused = result_.query.not_words;
        const bool either = std::any_of(s_.tokens.begin(), s_.tokens.end(),
                                        [](const Token& token) { return token.text == "or"; });
        if (either)
            std::erase_if(refused, [&](const std::string& word) { return has_word(words, word); });
        else
            for (const auto& word : refused) drop_word(words, word);
        auto& text = result_.query.text;
        if (!words.empty()) text = text.empty() ? words : text + ' ' + words;
    }

    // A size is refused whole ("27인치 말고").
    std::pair<Refusal, std::size_t> word_refusal(std::size_t i) const {
        if (word_refusals_[i] != Refusal::none) return {word_refusals_[i], 1};
        const auto& token = s_.tokens[i];
        if (token.script != Script::digits) return {refusal_of(s_, i, 1), 1};
        const bool unit = i + 1 < s_.tokens.size() && s_.states[i + 1] == State::open &&
                          measure_at(s_.tokens, i).has_value();
        if (!unit) return {Refusal::none, 1};
        return {refusal_of(s_, i, 2), 2};
    }

    void read_refused(std::size_t i, std::size_t count, Refusal refusal) {
        const auto word = count == 1 ? std::string(s_.bare(i)) : s_.tokens[i].text + s_.tokens[i + 1].text;
        const auto before = result_.query.not_words.size() + removed_.words.size() + forgotten_.words.size();
        if (!is_stop_word(word)) refuse_word(word, refusal);
        const auto after = result_.query.not_words.size() + removed_.words.size() + forgotten_.words.size();
        const bool refused = after > before && refusal != Refusal::forgotten;
        for (auto k = i; k < i + count; ++k) s_.states[k] = refused ? State::refused : State::stop;
        result_.constrains = result_.constrains || refused;
    }

    // Parts of a run-together word stay apart.
    bool splitted(std::size_t i) const { return s_.tokens[i].begin == s_.tokens[i - 1].begin; }

    const Index::Impl& index_;
    const Core& core_;
    text::Normalised normal_;
    Sentence s_;
    std::span<const Span> ignore_;
    std::vector<Name> names_;
    std::vector<Refusal> word_refusals_;  // by token: of what belongs to a refused name
    std::vector<std::size_t> also_text_;
    Withdrawn removed_, forgotten_;
    Interpretation result_;
};

}  // namespace

ReadQuery read_query(const Index::Impl& index, std::string_view sentence, Query known,
                     std::span<const Span> ignore) {
    return Reader(index, sentence, std::move(known), ignore).read();
}

void refuse(const Withdrawn& removed, Query& query) {
    for (const auto& name : removed.types) add_once(query.not_types, name);
    for (const auto& name : removed.brands) add_once(query.not_brands, name);
    for (const auto& name : removed.colors) add_once(query.not_colors, name);
    for (const auto& name : removed.words) add_once(query.not_words, name);
}

Interpretation Index::interpret(std::string_view sentence, Query known, std::span<const Span> ignore) const {
    const auto before = known;
    auto [said, removed, forgotten] = read_query(*impl_, sentence, std::move(known), ignore);
    auto& query = said.query;
    removed.words.clear();  // of a search that is not here
    refuse(removed, query);
    // "무선 마우스 말고 유선": another one of the kind above it.
    if (query.types.empty() && query.not_types.size() == 1 && !query.text.empty())
        if (auto above = kind_above(*impl_, query.not_types.front(), false))
            query.types.push_back(std::move(*above));
    const bool refuses =
        query.not_types.size() + query.not_brands.size() + query.not_colors.size() + query.not_words.size() >
        0;
    if (refuses) keep_useful_refusals(*impl_, before, query);
    return std::move(said);
}

}  // namespace maru::catalog
