#include "flows/answers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "nlu/text/distance.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::flows {
namespace {

// Answers are short; what is longer is told by its first words.
constexpr std::size_t longest_answer = 400;
// Beyond this many words a message says more than an option's name.
constexpr std::size_t most_words_with_typo = 4;

struct Word {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// Letters and digits only, lower case: what two spellings of the same words have in common.
struct Folded {
    std::string text;
    std::vector<Word> words;  // as bytes of `text`
};

Folded fold(std::string_view raw) {
    const std::string normal =
        text::normalised(text::truncate(raw, longest_answer), {.shorten_repeats = false});
    Folded out;
    bool inside = false;
    for (std::size_t at = 0; at < normal.size();) {
        const text::Decoded next = text::decode(normal, at);
        const bool kept =
            text::is_letter(next.code) || text::is_ascii_digit(next.code) || text::is_emoji(next.code);
        if (kept) {
            if (!inside) out.words.push_back({out.text.size(), out.text.size()});
            out.text.append(normal, at, next.size);
            out.words.back().end = out.text.size();
        }
        inside = kept;
        at += next.size;
    }
    return out;
}

// "말고", "not …": an option that is named to be left out.
bool negated(const Folded& message, std::size_t begin, std::size_t end) {
    static constexpr std::array<std::string_view, 6> behind = {"말고",   "빼고",   "제외",
                                                               "아니고", "아니라", "은아니"};
    static constexpr std::array<std::string_view, 3> before = {"not", "except", "without"};
    const std::string_view rest = std::string_view(message.text).substr(end);
    for (const std::string_view word : behind)
        if (rest.rfind(word, 0) == 0) return true;
    for (const Word& word : message.words) {
        if (word.end > begin) break;
        const std::string_view text =
            std::string_view(message.text).substr(word.begin, word.end - word.begin);
        const std::size_t gap = begin - word.end;
        if (gap <= 3 && std::find(before.begin(), before.end(), text) != before.end()) return true;
    }
    return false;
}

bool at_word_start(const Folded& message, std::size_t at) {
    return std::any_of(message.words.begin(), message.words.end(),
                       [&](const Word& w) { return w.begin == at; });
}
bool at_word_end(const Folded& message, std::size_t at) {
    return std::any_of(message.words.begin(), message.words.end(),
                       [&](const Word& w) { return w.end == at; });
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Whether `name` stands in the message: whole words in Latin script; in Korean from a word's start, with
// whatever particle behind. Nowhere, or only to be left out: npos.
std::size_t find_name(const Folded& message, const std::string& name) {
    if (text::count_code_points(name) < 2) return std::string::npos;
    for (std::size_t at = message.text.find(name); at != std::string::npos;
         at = message.text.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if (!at_word_start(message, at) || (is_ascii(name) && !at_word_end(message, end))) continue;
        if (!negated(message, at, end)) return at;
    }
    return std::string::npos;
}

struct Names {
    std::size_t option = 0;
    std::vector<Folded> all;
};

std::vector<Names> names_of(const std::vector<Option>& options) {
    std::vector<Names> out;
    for (std::size_t i = 0; i < options.size(); ++i) {
        Names names{i, {}};
        for (const auto& [locale, variants] : options[i].label.locales)
            for (const std::string& label : variants) names.all.push_back(fold(label));
        for (const std::string& word : options[i].words) names.all.push_back(fold(word));
        names.all.push_back(fold(options[i].value));
        names.all.erase(std::remove_if(names.all.begin(), names.all.end(),
                                       [](const Folded& f) { return f.text.empty(); }),
                        names.all.end());
        out.push_back(std::move(names));
    }
    return out;
}

// "2", "2번", "2번째", "2번이요": the option's place in the list.
std::optional<std::size_t> spoken_number(const Folded& message, std::size_t count) {
    std::size_t digits = 0;
    std::size_t number = 0;
    while (digits < message.text.size() && digits < 3 && message.text[digits] >= '0' &&
           message.text[digits] <= '9')
        number = number * 10 + static_cast<std::size_t>(message.text[digits++] - '0');
    if (digits == 0 || number == 0 || number > count) return std::nullopt;
    static constexpr std::array<std::string_view, 8> endings = {"",     "번",     "번이요", "번요",
                                                                "번째", "번째요", "번으로", "번입니다"};
    const std::string_view rest = std::string_view(message.text).substr(digits);
    if (std::find(endings.begin(), endings.end(), rest) == endings.end()) return std::nullopt;
    return number - 1;
}

// "두 번째 거 말고": named to be left out.
bool refused_behind(std::string_view text, const nlu::Entity& entity) {
    constexpr std::size_t near = 16;  // bytes: "거는 말고"
    if (entity.span.end > text.size()) return false;
    const auto rest = text.substr(entity.span.end, near);
    return rest.find("말고") != std::string_view::npos || rest.find("빼고") != std::string_view::npos;
}

std::optional<std::size_t> ordinal(std::string_view text, const nlu::Understanding* understanding,
                                   std::size_t count) {
    if (understanding == nullptr) return std::nullopt;
    std::optional<std::size_t> found;
    for (const nlu::Entity& entity : understanding->entities) {
        const auto* place = std::get_if<nlu::Ordinal>(&entity.value);
        if (place == nullptr || refused_behind(text, entity)) continue;
        const auto size = static_cast<int>(count);
        const int index = place->index < 0 ? size + place->index : place->index - 1;
        if (index < 0 || index >= size) continue;
        if (found && *found != static_cast<std::size_t>(index)) return std::nullopt;
        found = static_cast<std::size_t>(index);
    }
    return found;
}

// The only one, or nullopt.
class Only {
  public:
    void add(std::size_t option) {
        if (!found_) {
            found_ = option;
        } else if (*found_ != option) {
            many_ = true;
        }
    }
    [[nodiscard]] std::optional<std::size_t> get() const { return many_ ? std::nullopt : found_; }
    [[nodiscard]] bool many() const { return many_; }

  private:
    std::optional<std::size_t> found_;
    bool many_ = false;
};

// Names inside the message. A name inside a longer one that is there too ("환불" in "환불 취소") does not
// count.
std::optional<std::size_t> contained(const std::vector<Names>& options, const Folded& message,
                                     bool& several) {
    struct Hit {
        std::size_t option, begin, end;
    };
    std::vector<Hit> hits;
    for (const Names& names : options)
        for (const Folded& name : names.all)
            if (const std::size_t at = find_name(message, name.text); at != std::string::npos)
                hits.push_back({names.option, at, at + name.text.size()});
    Only only;
    for (const Hit& hit : hits) {
        const bool covered = std::any_of(hits.begin(), hits.end(), [&](const Hit& other) {
            return other.begin <= hit.begin && other.end >= hit.end &&
                   other.end - other.begin > hit.end - hit.begin;
        });
        if (!covered) only.add(hit.option);
    }
    several = only.many();
    return only.get();
}

std::optional<std::size_t> misspelt(const std::vector<Names>& options, const Folded& message) {
    if (message.words.size() > most_words_with_typo) return std::nullopt;
    std::optional<std::size_t> best;
    int best_distance = 100;
    bool tie = false;
    for (const Names& names : options) {
        for (const Folded& name : names.all) {
            const std::size_t letters = text::count_code_points(name.text) * (is_ascii(name.text) ? 1 : 2);
            if (letters < 4) continue;
            const int allowed = letters < 8 ? 1 : 2;
            const int distance = text::letter_distance(message.text, name.text, allowed);
            if (distance > allowed || distance > best_distance) continue;
            if (distance == best_distance && best != names.option) tie = true;
            if (distance < best_distance) tie = false;
            best_distance = distance;
            best = names.option;
        }
    }
    return tie ? std::nullopt : best;
}

// A short message with a telling word of one option's name: "색상" for "색상이 달라요", "it was the colour"
// for "Wrong colour". Short words ("it", "is") tell nothing unless they are the whole message.
std::optional<std::size_t> abbreviated(const std::vector<Names>& options, const Folded& message) {
    if (message.words.size() > most_words_with_typo) return std::nullopt;
    Only only;
    for (const Word& said : message.words) {
        const std::string_view whole =
            std::string_view(message.text).substr(said.begin, said.end - said.begin);
        const std::string word(text::strip_endings(whole));
        const std::size_t least = is_ascii(word) && message.words.size() > 1 ? 4 : 2;
        if (text::count_code_points(word) < least || negated(message, said.begin, said.begin + word.size()))
            continue;
        for (const Names& names : options)
            for (const Folded& name : names.all)
                for (std::size_t at = name.text.find(word); at != std::string::npos;
                     at = name.text.find(word, at + 1))
                    if (at_word_start(name, at) && (!is_ascii(word) || at_word_end(name, at + word.size()))) {
                        only.add(names.option);
                        break;
                    }
    }
    return only.get();
}

std::optional<std::size_t> intended(const std::vector<Option>& options,
                                    const nlu::Understanding* understanding) {
    if (understanding == nullptr) return std::nullopt;
    const auto named = [&](std::string_view label) -> std::optional<std::size_t> {
        constexpr std::string_view prefix = "intent:";
        if (label.rfind(prefix, 0) == 0) label.remove_prefix(prefix.size());
        for (std::size_t i = 0; i < options.size(); ++i)
            for (const std::string& intent : options[i].intents)
                if (intent == label) return i;
        return std::nullopt;
    };
    for (const nlu::RuleHit& hit : understanding->rules)
        if (const auto option = named(hit.label)) return option;
    if (understanding->in_scope && !understanding->ranked.empty())
        return named(understanding->ranked.front().label);
    return std::nullopt;
}

// Words of every English sentence, which say nothing of a product although titles have them too.
bool is_filler(std::string_view word) {
    static constexpr std::array<std::string_view, 26> words = {
        "the", "one", "and", "for", "with", "you", "this", "that", "can", "add", "in", "it",  "is",
        "to",  "of",  "on",  "my",  "me",   "do",  "does", "have", "get", "set", "at", "are", "be"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_figure(std::string_view word) {
    return word.find_first_not_of("0123456789") == std::string_view::npos;
}

// "6인용은요", "창달린거는", "집게형으로": what stands before particles, politeness and "the one".
std::string_view name_in(std::string_view word) {
    static constexpr std::string_view polite = "요";
    static constexpr std::array<std::string_view, 9> things = {"거", "것", "걸", "게",  "건",
                                                               "꺼", "껄", "껀", "걸로"};
    if (is_ascii(word)) return word;
    if (word.size() > 3 * polite.size() && word.ends_with(polite)) word.remove_suffix(polite.size());
    word = text::strip_josa(word);
    for (const std::string_view thing : things)
        if (word.size() > 2 * thing.size() && word.ends_with(thing)) {
            word.remove_suffix(thing.size());
            break;
        }
    return word;
}

// Korean words run together; Latin ones stand for themselves.
bool stands_in(const Folded& title, const std::string& word) {
    for (std::size_t at = title.text.find(word); at != std::string::npos; at = title.text.find(word, at + 1))
        if (!is_ascii(word) || (at_word_start(title, at) && at_word_end(title, at + word.size())))
            return true;
    return false;
}

// "The cheap one", "제일 비싼 걸로": one of the shown by its price, if no other costs the same.
std::optional<std::size_t> by_price(std::string_view text, const std::vector<std::string>& shown,
                                    const catalog::Index& catalog) {
    static constexpr std::array<std::string_view, 12> cheap = {
        "the cheap one", "the cheaper one", "cheapest",  "least expensive", "제일 싼", "젤 싼",
        "가장 싼",       "제일 저렴",       "가장 저렴", "싼 걸로",         "싼걸로",  "저렴한 걸로"};
    static constexpr std::array<std::string_view, 8> dear = {
        "the expensive one", "most expensive", "priciest",  "제일 비싼",
        "젤 비싼",           "가장 비싼",      "비싼 걸로", "비싼걸로"};
    const auto normal = text::normalised(text::truncate(text, longest_answer), {.shorten_repeats = false});
    const auto says = [&](const auto& words) {
        return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
            const auto at = normal.find(word);
            // "더 싼 걸로" asks for others.
            return at != std::string::npos && !std::string_view(normal).substr(0, at).ends_with("더 ");
        });
    };
    const bool low = says(cheap);
    if (low == says(dear)) return std::nullopt;
    std::optional<std::size_t> best;
    bool tie = false;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto* product = catalog.find(shown[i]);
        if (product == nullptr) continue;
        const auto* known = best ? catalog.find(shown[*best]) : nullptr;
        tie = known != nullptr && known->price.amount == product->price.amount ? true : tie;
        if (known == nullptr || (low ? product->price.amount < known->price.amount
                                     : product->price.amount > known->price.amount)) {
            best = i;
            tie = false;
        }
    }
    return tie ? std::nullopt : best;
}

std::optional<std::string> best_of(std::string_view quality, const std::vector<std::string>& shown,
                                   const catalog::Index& catalog) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> comparing = {
        {{"little", "smaller"},
         {"small", "smaller"},
         {"big", "bigger"},
         {"large", "bigger"},
         {"light", "lighter"},
         {"quiet", "quieter"},
         {"작은", "smaller"},
         {"큰", "bigger"},
         {"가벼운", "lighter"},
         {"조용한", "quieter"},
         {"밝은", "brighter"}}};
    for (const auto& [said, meant] : comparing)
        if (said == quality) quality = meant;
    auto best = catalog.best(shown, quality, "en");
    return best ? std::optional(std::move(best->id)) : std::nullopt;
}

// "The little one", "조용한 거": one of the shown by what sets it apart from the others.
std::optional<std::string> by_quality(std::string_view text, const std::vector<std::string>& shown,
                                      const catalog::Index& catalog) {
    static constexpr std::array<std::string_view, 12> english = {"little",  "small", "smaller", "big",
                                                                 "bigger",  "large", "larger",  "light",
                                                                 "lighter", "quiet", "quieter", "brighter"};
    static constexpr std::array<std::string_view, 5> korean = {"작은", "큰", "가벼운", "조용한", "밝은"};
    static constexpr std::array<std::string_view, 4> things = {"거", "것", "걸", "쪽"};
    const auto normal = text::normalised(text::truncate(text, longest_answer), {.shorten_repeats = false});
    const auto picks = [&](const std::string& phrase) {
        const auto at = normal.find(phrase);
        // "더 작은 거" asks for others.
        return at != std::string::npos && !std::string_view(normal).substr(0, at).ends_with("더 ");
    };
    for (const auto word : english)
        if (picks("the " + std::string(word) + " one")) return best_of(word, shown, catalog);
    for (const auto word : korean)
        for (const auto thing : things)
            if (picks(std::string(word) + " " + std::string(thing)) ||
                picks(std::string(word) + std::string(thing)))
                return best_of(word, shown, catalog);
    return std::nullopt;
}

}  // namespace

std::optional<std::size_t> match_option(const std::vector<Option>& options, std::string_view text,
                                        const nlu::Understanding* understanding) {
    const Folded message = fold(text);
    if (message.text.empty()) return std::nullopt;
    const std::vector<Names> names = names_of(options);
    Only exact;
    const std::string bare(text::strip_josa(message.text));
    for (const Names& each : names)
        for (const Folded& name : each.all)
            if (name.text == message.text || (name.text == bare && text::count_code_points(bare) > 1))
                exact.add(each.option);
    if (const auto option = exact.get()) return option;
    if (const auto option = spoken_number(message, options.size())) return option;
    bool several = false;
    if (const auto option = contained(names, message, several)) return option;
    if (several) return std::nullopt;
    if (const auto option = ordinal(text, understanding, options.size())) return option;
    if (const auto option = misspelt(names, message)) return option;
    if (const auto option = abbreviated(names, message)) return option;
    return intended(options, understanding);
}

std::optional<Value> entity_value(std::string_view type, const nlu::Understanding& understanding,
                                  std::vector<std::size_t>& used) {
    const auto is_used = [&](std::size_t i) {
        return std::any_of(used.begin(), used.end(), [&](std::size_t other) {
            const nlu::Span& a = understanding.entities[i].span;
            const nlu::Span& b = understanding.entities[other].span;
            return i == other || (a.begin < b.end && b.begin < a.end);
        });
    };
    const auto value_of = [](const nlu::Entity& entity) -> Value {
        struct Visitor {
            const nlu::Entity& entity;
            Value operator()(std::monostate) const { return entity.text; }
            Value operator()(bool v) const { return v; }
            Value operator()(double v) const { return v; }
            Value operator()(const std::string& v) const { return v; }
            Value operator()(const nlu::Money& v) const { return v; }
            Value operator()(const nlu::Quantity& v) const { return v.value; }
            Value operator()(const nlu::Ordinal& v) const { return static_cast<double>(v.index); }
            // Kept as said: what day it is would need a clock, and the agent reads it as the visitor wrote
            // it.
            Value operator()(const nlu::DateTime& /*v*/) const { return entity.text; }
        };
        return std::visit(Visitor{entity}, entity.value);
    };
    // What also answers when the exact type is missing: "두 개" is a number, "3" a quantity.
    const std::string_view second = type == "number" ? "quantity" : (type == "quantity" ? "number" : "");
    for (const std::string_view wanted : {type, second}) {
        if (wanted.empty()) continue;
        for (std::size_t i = 0; i < understanding.entities.size(); ++i) {
            if (understanding.entities[i].type != wanted || is_used(i)) continue;
            used.push_back(i);
            return value_of(understanding.entities[i]);
        }
    }
    return std::nullopt;
}

ShownMatch match_shown(std::string_view text, const nlu::Understanding* understanding,
                       const std::vector<std::string>& shown, const catalog::Index* catalog) {
    if (shown.empty()) return {};
    const Folded message = fold(text);
    if (const auto index = ordinal(text, understanding, shown.size())) return {shown[*index], false};
    if (const auto index = spoken_number(message, shown.size())) return {shown[*index], false};
    if (catalog == nullptr || message.text.empty()) return {};

    if (const auto index = by_price(text, shown, *catalog)) return {shown[*index], false};
    if (auto one = by_quality(text, shown, *catalog)) return {std::move(one), false};

    std::vector<std::string> said;
    for (const Word& word : message.words) {
        const std::string_view bare =
            name_in(std::string_view(message.text).substr(word.begin, word.end - word.begin));
        const bool telling = is_ascii(bare) ? (bare.size() > 1 || is_figure(bare)) && !is_filler(bare)
                                            : text::count_code_points(bare) > 1;
        if (telling) said.emplace_back(bare);
    }
    if (said.empty()) return {};
    // The one whose title shares the most words with the message, if it stands out.
    std::size_t best = 0;
    Only only;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const catalog::Product* product = catalog->find(shown[i]);
        if (product == nullptr) continue;
        std::size_t score = 0;
        const auto weigh = [&](const std::string& title) {
            const Folded folded = fold(title);
            constexpr std::size_t model = 24;  // more than any other words in common
            std::size_t own = 0, figures = 0;
            for (const auto& word : said)
                if (stands_in(folded, word)) {
                    (is_figure(word) ? figures : own) += word.size();
                    if (!model_names(word).empty()) own += model;
                }
            // "The 2 servings one": a figure alone may count anything.
            if (own > 0) own += figures;
            score = std::max(score, own);
        };
        weigh(product->text.title);
        for (const auto& [locale, texts] : product->localized) weigh(texts.title);
        if (score == 0 || score < best) continue;
        if (score > best) only = Only{};
        best = score;
        only.add(i);
    }
    if (const auto index = only.get()) return {shown[*index], false};
    return {std::nullopt, best > 0};
}

std::string model_names(std::string_view words) {
    std::string models;
    for (std::size_t begin = 0; begin < words.size();) {
        const auto end = std::min(words.find(' ', begin), words.size());
        const auto word = words.substr(begin, end - begin);
        const auto digit = word.find_first_of("0123456789");
        if (digit != std::string_view::npos && digit > 0) {
            if (!models.empty()) models += ' ';
            models += word;
        }
        begin = end + 1;
    }
    return models;
}

std::optional<std::string> named_product(const catalog::Interpretation& meaning,
                                         const catalog::Index& catalog) {
    if (!meaning.names_product) return std::nullopt;
    // "Does the R3 have a mop?": a model's name says which, whatever else its words may find.
    catalog::Query query = meaning.query;
    if (auto models = model_names(query.text); !models.empty()) query.text = std::move(models);
    const catalog::Results results = catalog.search(query);
    if (results.matches.empty()) return std::nullopt;
    return results.matches.front().product->id;
}

std::optional<std::string> match_product(std::string_view text, const nlu::Understanding* understanding,
                                         const std::vector<std::string>& shown,
                                         const catalog::Index* catalog) {
    auto match = match_shown(text, understanding, shown, catalog);
    if (match.product || match.several || catalog == nullptr) return std::move(match.product);
    return named_product(catalog->interpret(text), *catalog);
}

}  // namespace maru::flows
