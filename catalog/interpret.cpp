// From a sentence to a Query: first what needs no catalog (prices, sizes, orders), then the names of makers,
// types and colours, longest first, then what is refused ("삼성 말고", "not red"), and what remains are free
// words.
#include "catalog/interpret.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "catalog/evidence.hpp"
#include "catalog/lexicon.hpp"
#include "catalog/names.hpp"
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
        names_ = find_names(core_, s_);
        add_names();
        order_by_size();
        read_rest();
        weigh({core_, s_.tokens, s_.states, s_.terms, s_.corrected, s_.slots}, result_);
        return {std::move(result_), std::move(removed_), std::move(forgotten_)};
    }

  private:
    using State = WordState;

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
        leave_heights();
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

    // "For someone who's 190 cm tall", "키 190": how tall a person is, is no size of goods.
    void leave_heights() {
        static const RE2 tall(
            R"((?:\b(?:i'?m|am|he'?s|she'?s|who'?s|who is|he is|she is|someone|husband|son|dad) (?:about |around |like )?|키가? ?)((?:1[3-9]|20)\d ?(?:cm|센티|센치)?(?: tall)?))");
        re2::StringPiece said;
        if (!RE2::PartialMatch(normal_.text, tall, &said)) return;
        Said height;
        height.begin = static_cast<std::size_t>(said.data() - normal_.text.data());
        height.end = height.begin + said.size();
        use(height);
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

    void add_names() {
        auto& query = result_.query;
        for (const auto& name : names_.list) {
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

    // "작은 가습기요", "a small humidifier": how large the goods themselves shall be.
    void order_by_size() {
        constexpr auto small = std::to_array<std::string_view>({"작은", "쪼끄만", "small", "little", "tiny"});
        constexpr auto large = std::to_array<std::string_view>({"큰", "커다란", "big", "large"});
        auto& sort = result_.query.sort;
        for (const auto& name : names_.list) {
            if (name.of != Name::Of::type || name.refusal != Refusal::none || name.from == 0 ||
                s_.begins_clause(name.from) || sort != Sort::relevance)
                continue;
            const auto i = name.from - 1;
            if (s_.states[i] != State::open) continue;
            const std::string_view word = s_.tokens[i].text;
            const bool is_small = std::find(small.begin(), small.end(), word) != small.end();
            if (!is_small && std::find(large.begin(), large.end(), word) == large.end()) continue;
            sort = is_small ? Sort::smallest : Sort::largest;
            s_.states[i] = State::used;
            result_.constrains = true;
        }
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
            if (is_place(s_, i)) {
                state = State::stop;
                if (!words.empty()) link = "for";
            } else if (is_passing_word(s_, i) || (is_set(token.text) && result_.query.types.size() > 1)) {
                state = State::stop;
            } else if (is_other_maker(i)) {
                state = State::used;
                result_.other_makers.push_back(written(i));
            } else if (is_service_word(token.text)) {
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

    static bool is_set(std::string_view word) { return word == "set" || word == "세트" || word == "셋트"; }

    // "Samsung monitors" where none are sold: a known maker right beside the goods that are asked for, and
    // not what they are to fit ("a case for samsung").
    bool is_other_maker(std::size_t i) const {
        const auto& token = s_.tokens[i];
        const auto name = token.script == Script::hangul ? text::strip_josa(token.text) : token.text;
        if (!is_maker(name) || !result_.names_type || core_.vocabulary.find(name) != no_term) return false;
        if (refusal_of(s_, i, 1) != Refusal::none) return false;
        constexpr auto fitting =
            std::to_array<std::string_view>({"for", "with", "to", "my", "용", "호환", "전용", "연결", "tv"});
        const auto fits = [&](std::size_t at) {
            return std::find(fitting.begin(), fitting.end(), s_.tokens[at].text) != fitting.end();
        };
        const auto is_type = [&](std::size_t at) {
            return std::any_of(names_.list.begin(), names_.list.end(), [&](const Name& one) {
                return one.of == Name::Of::type && one.refusal == Refusal::none && one.from <= at &&
                       at < one.from + one.count;
            });
        };
        if (i > 0 && !s_.begins_clause(i)) {
            const auto& before = s_.tokens[i - 1].text;
            if (before == "by" || before == "from") return true;
            if (fits(i - 1)) return false;
            if (is_type(i - 1)) return i + 1 >= s_.tokens.size() || !fits(i + 1);
        }
        constexpr std::size_t reach = 3;  // "samsung 27 inch monitor"
        for (auto at = i + 1; at < s_.tokens.size() && at <= i + reach && !s_.begins_clause(at); ++at) {
            if (is_type(at)) return true;
            if (fits(at)) return false;
        }
        return false;
    }

    // As the visitor wrote it, without a particle; of Latin letters as makers write themselves.
    std::string written(std::size_t i) const {
        const auto& token = s_.tokens[i];
        auto name = token.script == Script::hangul ? std::string(text::strip_josa(token.text)) : token.text;
        constexpr std::size_t initials = 3;  // "LG", "JBL"
        for (std::size_t k = 0; k < name.size(); ++k)
            if ((k == 0 || name.size() <= initials) && name[k] >= 'a' && name[k] <= 'z')
                name[k] = static_cast<char>(name[k] - 'a' + 'A');
        return name;
    }

    // A size is refused whole ("27인치 말고").
    std::pair<Refusal, std::size_t> word_refusal(std::size_t i) const {
        if (names_.word_refusals[i] != Refusal::none) {
            std::size_t count = 1;
            const auto& from = names_.phrase_from;
            while (i + count < from.size() && from[i + count] == i) ++count;
            return {names_.word_refusals[i], count};
        }
        const auto& token = s_.tokens[i];
        if (token.script != Script::digits) return {refusal_of(s_, i, 1), 1};
        const bool unit = i + 1 < s_.tokens.size() && s_.states[i + 1] == State::open &&
                          measure_at(s_.tokens, i).has_value();
        if (!unit) return {Refusal::none, 1};
        return {refusal_of(s_, i, 2), 2};
    }

    void read_refused(std::size_t i, std::size_t count, Refusal refusal) {
        const bool phrase = count > 1 && names_.phrase_from[i + 1] == i;
        std::string word(s_.bare(i));
        for (auto k = i + 1; k < i + count; ++k) word += (phrase ? " " : "") + std::string(s_.bare(k));
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
    Names names_;
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

namespace {

// "Air quality monitor" is no monitor, and a "2-tier spice rack" no rack of two tiers: where the sentence has
// a title, and was read as a search that does not find it, the title is what is looked for.
Interpretation as_titled(const Index& catalog, const Index::Impl& index, std::string_view sentence,
                         const Query& before, std::span<const Span> ignore, Interpretation said) {
    const auto one = catalog.titled(sentence);
    const auto product = one ? index.index_of(one->id) : std::nullopt;
    if (!product || Filter(index, said.query)(*product)) return said;
    std::vector<Span> apart(ignore.begin(), ignore.end());
    apart.push_back(one->title);
    auto rest = read_query(index, sentence, before, apart).said;
    auto title = text::normalised(sentence.substr(one->title.begin, one->title.end - one->title.begin));
    auto& words = rest.query.text;
    words = words.empty() ? std::move(title) : std::move(title) + " " + words;
    rest.names_product = true;
    rest.evidence = 1;
    return rest;
}

}  // namespace

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
    prefer_measured(*impl_, said);
    // "The air quality monitor? No, another": refused is refused.
    return refuses ? std::move(said) : as_titled(*this, *impl_, sentence, before, ignore, std::move(said));
}

}  // namespace maru::catalog
