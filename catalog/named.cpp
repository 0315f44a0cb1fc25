// The product that a word alone names: "바람길" is what one product is called, and nothing else on the
// shelves.
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "catalog/index_impl.hpp"
#include "catalog/lexicon.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::catalog {

namespace {

// "Timer" in the title of a lamp that has one: what it has, and what others have, too.
bool has_field_called(const Product& product, std::string_view word) {
    // What every product has: "comes in other colors?" names no colour bulb.
    constexpr auto everywhere = std::to_array<std::string_view>(
        {"color", "colors", "colour", "colours", "size", "sizes", "price", "brand", "rating", "색상", "색깔",
         "컬러", "크기", "사이즈", "가격", "브랜드", "평점"});
    if (std::find(everywhere.begin(), everywhere.end(), word) != everywhere.end()) return true;
    const auto called = [&](const Attributes& fields) {
        return std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
            const auto name = " " + text::normalised(field.first) + " ";
            return name.find(" " + std::string(word) + " ") != std::string::npos;
        });
    };
    return called(product.attributes) ||
           std::any_of(product.localized.begin(), product.localized.end(),
                       [&](const auto& own) { return called(own.second.attributes); });
}

constexpr std::size_t kMostVariants = 24;

// "M87", "On3", "PC20": letters and then figures; not what every shop has by that name.
bool is_model(const Token& token) {
    constexpr auto standards = std::to_array<std::string_view>(
        {"e14",  "e17",   "e26",   "e27",  "gu10", "a3",   "a4",   "a5",   "a6",   "b4",   "b5",
         "b6",   "mp3",   "mp4",   "ps4",  "ps5",  "usb2", "usb3", "ddr4", "ddr5", "cat5", "cat6",
         "cat7", "wifi5", "wifi6", "h264", "h265", "ip65", "ip67", "ip68", "ipx4", "ipx5", "ipx7",
         "ipx8", "aa2",   "m2",    "co2",  "pm2",  "top3", "top5", "top10"});
    const auto digit = token.text.find_first_of("0123456789");
    return token.script == Script::latin && digit != std::string::npos && digit > 0 &&
           token.text.size() <= 8 &&
           std::find(standards.begin(), standards.end(), token.text) == standards.end();
}

struct Said {
    std::span<const Posting> having;
    bool model;
    bool size;  // a figure, or what it counts: "28 cm"
};

constexpr auto kCalled = static_cast<std::uint16_t>(field_bit(Field::title) | field_bit(Field::head));

const Posting* posting_of(std::span<const Posting> having, std::uint32_t product) {
    const auto at = std::lower_bound(
        having.begin(), having.end(), product,
        [](const Posting& posting, std::uint32_t wanted) { return posting.product < wanted; });
    return at != having.end() && at->product == product ? &*at : nullptr;
}

// What a sentence says of one product's name.
struct Naming {
    std::size_t words = 0;  // of its title
    std::size_t own = 0;    // … that do not merely say its kind
    std::size_t sizes = 0;  // … that are figures and their units
    bool brand = false, model = false, in_mpn = false;

    [[nodiscard]] std::size_t score() const { return words * 4 + (model ? 8U : 0U) + (in_mpn ? 1U : 0U); }
};

Naming naming_of(const std::vector<Said>& said, std::uint32_t product) {
    Naming naming;
    for (const auto& word : said) {
        const auto* posting = posting_of(word.having, product);
        if (posting == nullptr || (posting->fields & (kCalled | field_bit(Field::brand))) == 0) continue;
        ++naming.words;
        naming.sizes += word.size ? 1 : 0;
        const bool brand = (posting->fields & field_bit(Field::brand)) != 0;
        naming.brand = naming.brand || brand;
        naming.own += !brand && (posting->fields & field_bit(Field::type)) == 0 ? 1 : 0;
        naming.model = naming.model || word.model;
        naming.in_mpn = naming.in_mpn || (word.model && (posting->fields & field_bit(Field::model)) != 0);
    }
    return naming;
}

// How many words there are in a title, without the colour; and in what it calls the thing, without the maker
// and the sizes ("Mini Rice Cooker" of "Buttumak Mini Rice Cooker, 2 Servings, Cream").
struct TitleWords {
    std::size_t all = 0, name = 0;
};

TitleWords words_in_title(const Product& product) {
    TitleWords fewest;
    const auto count = [&](const std::string& title, const std::string& brand) {
        TitleWords own;
        const auto maker = tokens_of(brand.empty() ? product.brand : brand);
        const auto is_maker = [&](const Token& token) {
            return std::any_of(maker.begin(), maker.end(),
                               [&](const Token& one) { return one.text == token.text; });
        };
        for (const auto& token : tokens_of(title))
            own.all += color_of(token.text) || is_stop_word(token.text) ? 0 : 1;
        bool behind_figure = false;
        for (const auto& token : tokens_of(std::string_view(title).substr(0, title.find(',')))) {
            const bool figure = token.script == Script::digits;
            const bool size = figure || (behind_figure && (token.glued || token.text.size() <= 2));
            behind_figure = figure;
            own.name += size || color_of(token.text) || is_stop_word(token.text) || is_maker(token) ? 0 : 1;
        }
        fewest.all = fewest.all == 0 ? own.all : std::min(fewest.all, own.all);
        fewest.name = fewest.name == 0 ? own.name : std::min(fewest.name, own.name);
    };
    count(product.text.title, product.text.brand);
    for (const auto& [locale, texts] : product.localized) count(texts.title, texts.brand);
    return fewest;
}

// The words of a sentence that some product has.
struct Words {
    std::vector<Said> said;
    std::uint32_t colors = 0;  // bits

    Words(const Core& core, const std::vector<Token>& tokens) {
        constexpr std::size_t most_words = 24;
        const Stemmer stemmer;
        bool behind_figure = false;
        for (const auto& written : tokens) {
            if (said.size() >= most_words) break;
            const bool figure = written.script == Script::digits;
            const bool size = figure || (behind_figure && (written.glued || written.text.size() <= 2));
            behind_figure = figure;
            if (const auto color = color_of(written.text)) {
                colors |= 1U << *color;
                continue;
            }
            auto token = written;
            if (token.script == Script::hangul) token.text = std::string(text::strip_josa(token.text));
            if (is_stop_word(token.text) || is_asking_word(token.text)) continue;
            const auto term = core.terms.find(term_of(token, stemmer));
            if (term != no_term && !core.list(term).empty())
                said.push_back({core.list(term), is_model(token), size});
        }
    }

    // Whoever is named has the rarest of the words, or the one before.
    [[nodiscard]] std::vector<const Said*> rarest() const {
        constexpr std::size_t longest_list = 64;
        std::vector<const Said*> rare;
        for (const auto& word : said)
            if (word.having.size() <= longest_list) rare.push_back(&word);
        std::sort(rare.begin(), rare.end(), [](const Said* a, const Said* b) {
            return a->model != b->model ? a->model : a->having.size() < b->having.size();
        });
        if (rare.size() > 2) rare.resize(2);
        return rare;
    }
};

// A maker with a model or a name, a model that no other product has, or nearly a whole title.
std::optional<std::uint32_t> outright(const Index::Impl& index, std::string_view sentence) {
    const auto& core = *index.core;
    const Words words(core, tokenize(text::normalised(sentence)));
    const auto& said = words.said;
    const auto colors = words.colors;
    std::optional<std::uint32_t> best;
    Naming naming;
    bool tie = false;
    for (const auto* word : words.rarest())
        for (const auto& posting : word->having) {
            if ((posting.fields & kCalled) == 0) continue;
            const auto own = naming_of(said, posting.product);
            const bool same = best && core.group[*best] == core.group[posting.product];
            if (!best || own.score() > naming.score() ||
                (same && own.score() == naming.score() && (core.colors[*best] & colors) == 0 &&
                 (core.colors[posting.product] & colors) != 0)) {
                tie = best && own.score() == naming.score() && tie;
                best = posting.product;
                naming = own;
            } else if (own.score() == naming.score() && !same) {
                tie = true;
            }
        }
    if (!best || tie) return std::nullopt;
    if (naming.model || (naming.brand && naming.own > 0)) return best;
    constexpr std::size_t whole = 3;
    if (naming.words < whole) return std::nullopt;
    const auto title = words_in_title(index.products[*best]);
    const auto said_of_name = naming.words - (naming.brand ? 1 : 0) - naming.sizes;
    const bool all = naming.words + 1 >= title.all || (said_of_name >= whole && said_of_name >= title.name);
    return all ? best : std::nullopt;
}

// Where the words of a title begin in the sentence's; nullopt: they do not stand there one after another.
std::optional<std::size_t> place_of(const std::vector<Token>& title, const std::vector<Token>& said) {
    if (title.empty() || title.size() > said.size()) return std::nullopt;
    const auto same = [](const Token& own, const Token& word, bool last) {
        return own.text == word.text ||
               (last && word.script == Script::hangul && own.text == text::strip_josa(word.text));
    };
    for (std::size_t from = 0; from + title.size() <= said.size(); ++from) {
        std::size_t i = 0;
        while (i < title.size() && same(title[i], said[from + i], i + 1 == title.size())) ++i;
        if (i == title.size()) return from;
    }
    return std::nullopt;
}

// A title that stands in a sentence: from which word on, and how many.
struct Place {
    std::size_t from = 0, words = 0;
};

Place longest_title(const Product& product, const std::vector<Token>& said) {
    Place longest;
    const auto look = [&](std::string_view title) {
        const auto tokens = tokens_of(title);
        if (tokens.size() <= longest.words) return;
        if (const auto from = place_of(tokens, said)) longest = {*from, tokens.size()};
    };
    const auto look_at = [&](const std::string& title) {
        look(title);
        look(std::string_view(title).substr(0, title.find(',')));
    };
    look_at(product.text.title);
    for (const auto& [locale, texts] : product.localized) look_at(texts.title);
    return longest;
}

}  // namespace

std::optional<Titled> Index::titled(std::string_view sentence) const {
    constexpr std::size_t fewest = 2, enough = 3, most_looked_at = 8;
    const auto& core = *impl_->core;
    const auto normal = text::normalise(sentence);
    const auto tokens = tokenize(normal.text);
    if (tokens.size() < fewest) return std::nullopt;
    const Words words(core, tokens);
    // Those that have most of the words, one of each group.
    struct Candidate {
        std::uint32_t product, group;
        Naming naming;
        bool color;
    };
    std::vector<Candidate> found;
    for (const auto* word : words.rarest())
        for (const auto& posting : word->having) {
            if ((posting.fields & kCalled) == 0) continue;
            const auto naming = naming_of(words.said, posting.product);
            if (naming.words < fewest) continue;
            found.push_back({posting.product, core.group[posting.product], naming,
                             (core.colors[posting.product] & words.colors) != 0});
        }
    std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
        if (a.naming.words != b.naming.words) return a.naming.words > b.naming.words;
        if (a.group != b.group) return a.group < b.group;
        return a.color != b.color ? a.color : a.product < b.product;
    });
    found.erase(std::unique(found.begin(), found.end(),
                            [](const Candidate& a, const Candidate& b) { return a.group == b.group; }),
                found.end());
    if (found.size() > most_looked_at) found.resize(most_looked_at);
    const Candidate* best = nullptr;
    Place place;
    for (const auto& one : found)
        if (const auto own = longest_title(impl_->products[one.product], tokens); own.words > place.words) {
            best = &one;
            place = own;
        }
    if (best == nullptr || place.words < fewest) return std::nullopt;
    // "Wireless mouse" is the whole title of one, and what another is called, too.
    const bool own_name = place.words >= enough && (best->naming.brand || best->naming.model);
    if (!own_name && std::any_of(found.begin(), found.end(), [&](const Candidate& one) {
            return one.group != best->group && one.naming.words >= best->naming.words;
        }))
        return std::nullopt;
    const auto [begin, end] =
        normal.original(tokens[place.from].begin, tokens[place.from + place.words - 1].end);
    return Titled{impl_->products[best->product].id,
                  {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
}

bool Index::has_word(std::string_view word) const {
    return impl_->core->vocabulary.find(word) != no_term;
}

std::optional<std::string> Index::named(std::string_view sentence) const {
    if (const auto one = outright(*impl_, sentence)) return impl_->products[*one].id;
    constexpr std::size_t shortest = 4;  // bytes: two syllables, or four letters
    const auto& core = *impl_->core;
    const Stemmer stemmer;
    std::optional<std::uint32_t> found;
    for (auto token : tokenize(text::normalised(sentence))) {
        if (token.script == Script::hangul) {
            if (token.text.ends_with("요")) token.text.resize(token.text.size() - 3);
            token.text = std::string(text::strip_josa(token.text));
        }
        const bool model =
            token.text.find_first_of("0123456789") != std::string::npos && token.script != Script::digits;
        if ((token.text.size() < shortest && !model) || token.script == Script::digits ||
            is_stop_word(token.text) || is_asking_word(token.text) || is_service_word(token.text) ||
            color_of(token.text))
            continue;
        const auto term = core.terms.find(term_of(token, stemmer));
        if (term == no_term) continue;
        const auto having = core.list(term);
        if (having.empty() || having.size() > kMostVariants) continue;
        const auto group = core.group[having.front().product];
        // A word of the description or of the data tells what a thing is like, not what it is called.
        constexpr auto called = static_cast<std::uint16_t>(field_bit(Field::title) | field_bit(Field::head) |
                                                           field_bit(Field::model));
        const bool one = std::all_of(having.begin(), having.end(), [&](const Posting& posting) {
            return core.group[posting.product] == group && (posting.fields & ~called) == 0;
        });
        if (!one || has_field_called(impl_->products[having.front().product], token.text)) continue;
        if (found && core.group[*found] != group) return std::nullopt;
        found = having.front().product;
    }
    return found ? std::optional(impl_->products[*found].id) : std::nullopt;
}

}  // namespace maru::catalog
