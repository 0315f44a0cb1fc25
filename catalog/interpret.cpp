// From a sentence to a Query: first what needs no catalog (prices, sizes, orders), then the names of makers,
// types and colours, longest first, then what is refused ("삼성 말고", "not red"), and what remains are free
// words.
#include <algorithm>
#include <cmath>

#include "catalog/evidence.hpp"
#include "catalog/index_impl.hpp"
#include "catalog/lexicon.hpp"
#include "catalog/spacing.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

template <typename T>
void add_once(std::vector<T>& list, T value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

// Refusals that stand before the name (English) …
bool refuses_before(std::string_view word) {
    constexpr auto words =
        std::to_array<std::string_view>({"not", "no", "except", "without", "excluding", "exclude", "but",
                                         "besides", "non", "avoid", "minus", "than"});
    return std::find(words.begin(), words.end(), word) != words.end();
}
// … and after it (Korean), as the beginning of the next word.
bool refuses_after(std::string_view word) {
    constexpr auto stems =
        std::to_array<std::string_view>({"말고", "빼고", "빼줘", "빼주", "빼면", "제외", "아닌", "아니고",
                                         "싫", "외에", "이외", "없는", "없이", "안되는", "말구"});
    return std::any_of(stems.begin(), stems.end(),
                       [&](std::string_view stem) { return word.starts_with(stem); });
}

// "흰색으로요", "노트북요": what stands before the particle and the polite ending; empty: there is no such
// ending.
std::string_view without_politeness(std::string_view word) {
    constexpr std::string_view ending = "요";
    constexpr std::size_t least = 3 * ending.size();
    if (word.size() < least || !word.ends_with(ending)) return {};
    return text::strip_josa(word.substr(0, word.size() - ending.size()));
}

class Reader {
  public:
    Reader(const Index::Impl& index, std::string_view sentence, Query known, std::span<const Span> ignore)
        : index_(index),
          core_(*index.core),
          // Spans to be left out count in the sentence as it was written.
          normal_(text::normalise(ignore.empty() ? spaced_requests(sentence) : std::string(sentence),
                                  {.shorten_repeats = true, .compose_letters = true})),
          ignore_(ignore) {
        result_.query = std::move(known);
    }

    Interpretation read() {
        tokens_ = tokenize(normal_.text);
        constexpr std::size_t most = 200;  // words of one message that can matter to a search
        if (tokens_.size() > most) tokens_.resize(most);
        states_.assign(tokens_.size(), State::open);
        mark_ignored();
        read_constraints();
        split_compounds();
        for (const auto& token : tokens_) terms_.push_back(term_of(token, stemmer_));
        correct_words();
        read_names();
        read_rest();
        weigh({core_, tokens_, states_, terms_, corrected_, slots_}, result_);
        return std::move(result_);
    }

  private:
    using State = WordState;

    void use(const Said& said, State state = State::used) {
        for (std::size_t i = 0; i < tokens_.size(); ++i)
            if (tokens_[i].begin < said.end && said.begin < tokens_[i].end) states_[i] = state;
    }

    void mark_ignored() {
        for (const auto& span : ignore_)
            for (std::size_t i = 0; i < tokens_.size(); ++i) {
                const auto [begin, end] = normal_.original(tokens_[i].begin, tokens_[i].end);
                // A particle glued to an ignored part ("5만원|으로") goes with it.
                if (begin < span.end && span.begin < end) states_[i] = State::used;
                if (i > 0 && states_[i - 1] == State::used && tokens_[i].glued &&
                    is_stop_word(tokens_[i].text))
                    states_[i] = State::used;
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
        if (const auto sort = words.sort(text)) {
            if (query.sort == Sort::relevance) query.sort = sort->sort;
            use(*sort);
            result_.constrains = true;
        }
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
    }

    // Was the place already read as a size?
    bool in_limits(const Said& said) const {
        for (std::size_t i = 0; i < tokens_.size(); ++i)
            if (states_[i] == State::used && tokens_[i].script != Script::hangul &&
                tokens_[i].begin < said.end && said.begin < tokens_[i].end)
                return true;
        return false;
    }

    bool is_known(std::string_view word) const {
        const auto id = core_.vocabulary.find(word);
        return id != no_term && core_.vocabulary.word(id).products > 0;
    }
    bool is_name(const std::string& key) const {
        return core_.brand_names.count(key) != 0 || core_.type_names.count(key) != 0 ||
               color_of(key).has_value();
    }

    // "삼성노트북 추천" → 삼성 노트북: a word nobody knows, made of words that are known.
    void split_compounds() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (states_[i] != State::open || tokens_[i].script != Script::hangul) continue;
            const auto polite = without_politeness(tokens_[i].text);
            const auto bare = std::string(polite.empty() ? text::strip_josa(tokens_[i].text) : polite);
            if (is_known(tokens_[i].text) || is_known(bare) || is_name(tokens_[i].text) || is_name(bare) ||
                is_stop_word(tokens_[i].text) || is_asking_word(tokens_[i].text) ||
                is_service_word(tokens_[i].text))
                continue;
            auto parts = split_by_names(bare);
            if (parts.empty())
                for (const auto word : core_.vocabulary.split(bare))
                    parts.emplace_back(core_.vocabulary.text(word));
            if (parts.size() < 2) continue;
            std::vector<Token> own;
            for (auto& part : parts) {
                Token token = tokens_[i];
                token.text = std::move(part);
                token.glued = !own.empty() || token.glued;
                own.push_back(std::move(token));
            }
            tokens_.erase(tokens_.begin() + static_cast<std::ptrdiff_t>(i));
            tokens_.insert(tokens_.begin() + static_cast<std::ptrdiff_t>(i), own.begin(), own.end());
            states_.insert(states_.begin() + static_cast<std::ptrdiff_t>(i), own.size() - 1, State::open);
            i += own.size() - 1;
        }
    }

    // A maker's, type's or colour's name at either end of a run-together word.
    std::vector<std::string> split_by_names(const std::string& word) const {
        constexpr std::size_t syllable = 3;
        for (std::size_t cut = 2 * syllable; cut + syllable < word.size(); cut += syllable) {
            const auto head = word.substr(0, cut);
            const auto tail = word.substr(cut);
            const auto fits = [&](const std::string& part) {
                return is_name(part) || is_known(part) || core_.synonyms_of.count(part) != 0;
            };
            if (fits(head) && fits(tail)) return {head, tail};
        }
        return {};
    }

    // The keys by which tokens [from, from+count) may be known: as written, without a particle, without
    // blanks.
    std::vector<std::string> keys_of(std::size_t from, std::size_t count) const {
        std::string key;
        std::string glued;
        for (std::size_t i = from; i < from + count; ++i) {
            if (i > from) key += ' ';
            const bool corrected = i < corrected_.size() && !corrected_[i].empty();
            const auto& term = corrected ? corrected_[i] : terms_[i];
            key += term;
            glued += term;
        }
        std::vector<std::string> keys{key};
        const auto& last = tokens_[from + count - 1];
        if (from + count <= corrected_.size() && !corrected_[from + count - 1].empty()) return keys;
        if (last.script == Script::hangul) {
            const auto bare = text::strip_josa(last.text);
            const auto cut = last.text.size() - bare.size();
            if (cut > 0) keys.push_back(key.substr(0, key.size() - cut));
            if (const auto polite = without_politeness(last.text); !polite.empty())
                keys.push_back(key.substr(0, key.size() - (last.text.size() - polite.size())));
            if (count > 1) {
                keys.push_back(glued);
                if (cut > 0) keys.push_back(glued.substr(0, glued.size() - cut));
            }
        }
        return keys;
    }

    void read_names() {
        for (std::size_t i = 0; i < tokens_.size();) {
            std::size_t taken = 0;
            const auto longest = std::min(std::max<std::size_t>(core_.longest_name, 2), tokens_.size() - i);
            for (auto count = longest; count >= 1 && taken == 0; --count)
                if (all_open(i, count)) taken = read_name(i, count);
            i += std::max<std::size_t>(taken, 1);
        }
    }

    bool all_open(std::size_t from, std::size_t count) const {
        return std::all_of(states_.begin() + static_cast<std::ptrdiff_t>(from),
                           states_.begin() + static_cast<std::ptrdiff_t>(from + count),
                           [](State state) { return state == State::open; });
    }

    std::size_t read_name(std::size_t from, std::size_t count) {
        if (count == 1 && (is_stop_word(tokens_[from].text) || is_asking_word(tokens_[from].text))) return 0;
        auto keys = keys_of(from, count);
        for (const auto& key : keys) {
            const bool refused = is_refused(from, count);
            auto& query = result_.query;
            if (const auto type = core_.type_names.find(key);
                type != core_.type_names.end() && is_head(from, count)) {
                for (const auto node : best_nodes(type->second))
                    add_once(refused ? query.not_types : query.types, core_.type_nodes[node].name);
                result_.names_type = result_.names_type || !refused;
                finish_name(from, count, refused);
                // A shelf of several kinds ("Keyboards & Mice"): the word still has to be in the product.
                if (!refused && !whole_name(key, type->second))
                    for (std::size_t i = from; i < from + count; ++i) also_text_.push_back(i);
                return count;
            }
            if (const auto brand = core_.brand_names.find(key); brand != core_.brand_names.end()) {
                add_once(refused ? query.not_brands : query.brands, core_.brands[brand->second]);
                result_.names_brand = result_.names_brand || !refused;
                finish_name(from, count, refused);
                return count;
            }
            if (const auto color = color_of(key); color && !is_guess(from, count)) {
                add_once(refused ? query.not_colors : query.colors, std::string(color_names()[*color]));
                result_.constrains = true;
                finish_name(from, count, refused);
                return count;
            }
        }
        return 0;
    }

    // "god" is not "gold": of so few letters every word has a neighbour.
    bool is_guess(std::size_t from, std::size_t count) const {
        constexpr std::size_t short_word = 3;  // bytes
        return count == 1 && from < corrected_.size() && !corrected_[from].empty() &&
               tokens_[from].text.size() <= short_word;
    }

    // What unknown words may have meant, for looking up names only: the free words keep their spelling, as
    // the search corrects them the same way.
    void correct_words() {
        corrected_.assign(tokens_.size(), {});
        // A sentence of many words that no shelf knows is about something else.
        constexpr std::size_t most = 4;
        std::size_t unknown = 0;
        std::string words;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (states_[i] != State::open || !matters(tokens_[i].text)) continue;
            if (is_unknown(i)) {
                if (ends_like_a_verb(tokens_[i].text)) continue;
                if (++unknown > most) return;
            }
            if (!words.empty()) words += ' ';
            words += tokens_[i].text;
        }
        if (unknown == 0) return;
        slots_ = read_slots(core_, words);
        for (const auto& slot : slots_) {
            if (slot.corrected.empty()) continue;
            for (std::size_t i = 0; i < tokens_.size(); ++i) {
                if (tokens_[i].text != slot.written || states_[i] != State::open) continue;
                // Initial consonants stand for several words: they search, they do not name.
                if (tokens_[i].script == Script::jamo &&
                    !core_.vocabulary.by_initials(tokens_[i].text, 1).empty())
                    continue;
                Token meant = tokens_[i];
                meant.text = slot.corrected;
                meant.script =
                    text::is_syllable(text::decode(meant.text, 0).code) ? Script::hangul : Script::latin;
                corrected_[i] = term_of(meant, stemmer_);
            }
        }
    }

    static bool matters(std::string_view word) {
        return !is_stop_word(word) && !is_asking_word(word) && !is_service_word(word);
    }

    bool is_unknown(std::size_t i) const {
        const auto& token = tokens_[i];
        if (token.script == Script::digits || token.script == Script::other || token.text.size() < 3 ||
            core_.vocabulary.find(token.text) != no_term)
            return false;
        const auto keys = keys_of(i, 1);
        return std::none_of(keys.begin(), keys.end(), [&](const std::string& key) {
            return is_name(key) || core_.synonyms_of.count(key) != 0;
        });
    }

    // Nodes of the broadest meaning only: "kitchen" is the level, not also a leaf of that name below it.
    std::vector<std::uint32_t> best_nodes(const std::vector<std::uint32_t>& nodes) const {
        if (nodes.size() < 2) return nodes;
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

    bool whole_name(const std::string& key, const std::vector<std::uint32_t>& nodes) const {
        return std::all_of(nodes.begin(), nodes.end(), [&](std::uint32_t node) {
            const auto& name = core_.type_nodes[node].name;
            if (name.find_first_of("&/,") == std::string::npos && name.find("·") == std::string::npos)
                return true;
            return phrase_key(name) == key;
        });
    }

    // In both languages the last noun says what a thing is: "mouse" is no type in "mouse pad", nor 노트북 in
    // "노트북 가방".
    bool is_head(std::size_t from, std::size_t count) const {
        const auto next = from + count;
        const auto& last = tokens_[next - 1];
        if (last.script == Script::hangul && text::strip_josa(last.text).size() != last.text.size())
            return true;
        if (next >= tokens_.size() || states_[next] != State::open || tokens_[next].before != 0) return true;
        const auto& word = tokens_[next].text;
        if (is_stop_word(word) || is_asking_word(word) || is_service_word(word) || refuses_after(word))
            return true;
        const auto keys = keys_of(next, 1);
        for (const auto& key : keys) {
            if (color_of(key) || core_.brand_names.count(key) != 0) return true;
            if (core_.type_names.count(key) != 0) return false;
            const auto id = core_.terms.find(key);
            if (id == no_term) continue;
            const auto having = core_.list(id).size();
            if (having > 0) return core_.heads[id] * 2 < having;
        }
        return true;
    }

    bool is_refused(std::size_t from, std::size_t count) const {
        const auto next = from + count;
        // "이거밖에 없는 거죠" refuses nothing.
        const bool only = tokens_[next - 1].text.ends_with("밖에");
        if (next < tokens_.size() && !only && refuses_after(tokens_[next].text)) return true;
        // "not in red", "no samsung", "anything but apple", "other than apple", "I don't want red"; but not
        // "I don't care".
        bool wish = false;
        for (std::size_t back = 1; back <= 3 && back <= from; ++back) {
            const auto& word = tokens_[from - back].text;
            if (wish && word == "dont") return true;
            if (word == "want" || word == "need" || word == "like") {
                wish = true;
                continue;
            }
            if (refuses_before(word))
                return word != "than" || (from > back && tokens_[from - back - 1].text == "other");
            if (!is_stop_word(word)) break;
        }
        return false;
    }

    void finish_name(std::size_t from, std::size_t count, bool refused) {
        for (std::size_t i = from; i < from + count; ++i)
            states_[i] = refused ? State::refused : State::named;
        if (from + count < tokens_.size() && refuses_after(tokens_[from + count].text))
            states_[from + count] = State::used;
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
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const auto& token = tokens_[i];
            // What stands before these is what is wanted: the search tells it from what it is for.
            if (states_[i] == State::open && (token.text == "for" || token.text == "with")) link = token.text;
            if (states_[i] == State::named &&
                std::find(also_text_.begin(), also_text_.end(), i) != also_text_.end()) {
                append(text::strip_josa(token.text), false);
                continue;
            }
            if (states_[i] != State::open) continue;
            if (refuses_after(token.text) || refuses_before(token.text)) {
                states_[i] = State::stop;
            } else if (token.text == "\"") {
                states_[i] = State::stop;
            } else if (is_stop_word(token.text) || (token.script == Script::jamo && is_chatter(token.text))) {
                states_[i] = State::stop;
            } else if (is_service_word(token.text)) {
                states_[i] = State::service;
            } else if (is_asking_word(token.text)) {
                states_[i] = State::asking;
            } else if (is_refused(i, 1)) {
                states_[i] = State::refused;
                if (is_stop_word(bare(token))) continue;
                add_once(result_.query.not_words, std::string(bare(token)));
                result_.constrains = true;
            } else {
                states_[i] = State::word;
                const bool inch =
                    token.script == Script::digits && i + 1 < tokens_.size() && tokens_[i + 1].text == "\"";
                const bool glue = token.glued && i > 0 && states_[i - 1] == State::word &&
                                  token.text != tokens_[i - 1].text;
                append(inch ? token.text + "\"" : std::string(bare(token)), glue && !splitted(i));
            }
        }
        auto& text = result_.query.text;
        if (!words.empty()) text = text.empty() ? words : text + ' ' + words;
    }

    // Parts of a run-together word stay apart.
    bool splitted(std::size_t i) const { return tokens_[i].begin == tokens_[i - 1].begin; }

    std::string_view bare(const Token& token) const {
        if (token.script != Script::hangul || is_known(token.text)) return token.text;
        if (const auto polite = without_politeness(token.text);
            is_known(polite) || core_.synonyms_of.count(std::string(polite)) != 0)
            return polite;
        // "조용한 게" in one word.
        constexpr auto things =
            std::to_array<std::string_view>({"걸로", "거로", "게", "거", "걸", "건", "것"});
        for (const auto thing : things) {
            if (token.text.size() <= 2 * thing.size() || !token.text.ends_with(thing)) continue;
            const auto said = std::string_view(token.text).substr(0, token.text.size() - thing.size());
            if (is_known(said) || core_.synonyms_of.count(std::string(said)) != 0) return said;
        }
        return text::strip_josa(token.text);
    }

    const Index::Impl& index_;
    const Core& core_;
    text::Normalised normal_;
    std::span<const Span> ignore_;
    Stemmer stemmer_;
    std::vector<Token> tokens_;
    std::vector<State> states_;
    std::vector<std::string> terms_;      // by token
    std::vector<std::string> corrected_;  // by token: the term it may have meant
    std::vector<Slot> slots_;             // what the words mean together, read when some are unknown
    std::vector<std::size_t> also_text_;
    Interpretation result_;
};

}  // namespace

Interpretation Index::interpret(std::string_view sentence, Query known, std::span<const Span> ignore) const {
    return Reader(*impl_, sentence, std::move(known), ignore).read();
}

}  // namespace maru::catalog
