#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>
#include <unordered_map>

#include "catalog/core.hpp"
#include "catalog/core_names.hpp"
#include "catalog/head_nouns.hpp"
#include "catalog/labels.hpp"
#include "catalog/lexicon.hpp"
#include "catalog/measures.hpp"
#include "nlu/text/hangul.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

bool has_digit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class CoreBuilder {
  public:
    CoreBuilder(const std::vector<Product>& products, const CoreOptions& options)
        : products_(products), options_(options), core_(std::make_shared<Core>()) {
        core_->ranking = options.ranking;
        core_->products = static_cast<std::uint32_t>(products.size());
    }

    std::shared_ptr<const Core> build() {
        measure_fields();
        core_->brands.emplace_back();
        core_->type_paths.emplace_back();
        core_->measure_starts.push_back(0);
        for (std::uint32_t i = 0; i < products_.size(); ++i) add(i);
        pack();
        core_->by_id.resize(products_.size());
        std::iota(core_->by_id.begin(), core_->by_id.end(), 0);
        std::sort(core_->by_id.begin(), core_->by_id.end(),
                  [&](auto a, auto b) { return products_[a].id < products_[b].id; });
        core_->of_type = Shelves::of(core_->type, core_->type_paths.size());
        core_->of_brand = Shelves::of(core_->brand, core_->brands.size());
        core_->other_words = options_.other_words;
        add_names(*core_, {brand_ids_, other_brands_, type_texts_}, options_);
        core_->vocabulary.seal();
        return core_;
    }

  private:
    // Average field lengths from a sample: they only scale the length normalisation.
    void measure_fields() {
        constexpr std::size_t sample = 2000;
        const auto step = std::max<std::size_t>(1, products_.size() / sample);
        std::array<double, field_count> words{};
        std::array<double, field_count> seen{};
        const auto count = [&](Field field, std::string_view text) {
            if (text.empty()) return;
            words[static_cast<std::size_t>(field)] += static_cast<double>(tokens_of(text).size());
            seen[static_cast<std::size_t>(field)] += 1;
        };
        for (std::size_t i = 0; i < products_.size(); i += step) {
            const auto& product = products_[i];
            count(Field::title, product.text.title);
            count(Field::description, product.text.description);
            count(Field::type, product.text.product_type);
            double in_attributes = 0;
            for (const auto& [name, value] : product.attributes)
                in_attributes += 1 + static_cast<double>(value.size()) / 8;
            if (!product.attributes.empty()) {
                words[static_cast<std::size_t>(Field::attribute)] += in_attributes;
                seen[static_cast<std::size_t>(Field::attribute)] += 1;
            }
        }
        for (std::size_t f = 0; f < field_count; ++f)
            average_[f] = seen[f] > 0 ? static_cast<float>(words[f] / seen[f]) : 1.0F;
    }

    [[nodiscard]] float unit_weight(Field field, std::size_t length) const {
        const auto f = static_cast<std::size_t>(field);
        const float b = core_->ranking.length[f];
        return core_->ranking.weight[f] /
               (1 - b + b * static_cast<float>(length) / std::max(average_[f], 1.0F));
    }

    // Adds to the product at hand; pack order is by term, so the lists stay sorted by product.
    void put(std::string_view term, Field field, float weight) {
        const auto id = core_->terms.add(term);
        put(id, field, weight);
    }
    void put(TermId id, Field field, float weight) {
        if (id >= lists_.size()) {
            lists_.resize(id + 1);
            core_->heads.resize(id + 1);
            place_.resize(id + 1, ~std::uint32_t{0});
        }
        if (place_[id] == ~std::uint32_t{0}) {
            place_[id] = static_cast<std::uint32_t>(scratch_.size());
            scratch_.push_back({id, 0, 0});
        }
        auto& entry = scratch_[place_[id]];
        entry.weight += weight;
        entry.fields |= field_bit(field);
    }

    // The term of a word, through the vocabulary so that each distinct word is stemmed once.
    TermId word_term(const Token& token, bool shelf) {
        auto word = core_->vocabulary.find(token.text);
        if (word == no_term)
            word = core_->vocabulary.add(token.text, core_->terms.add(term_of(token, stemmer_)));
        if (shelf) {
            if (word >= counted_.size()) counted_.resize(word + 1, 0);
            if (counted_[word] != current_ + 1) {
                counted_[word] = current_ + 1;
                core_->vocabulary.count(word, token.script != Script::digits);
            }
        }
        return core_->vocabulary.word(word).term;
    }

    void text(std::string_view original, Field field, float scale = 1) {
        if (original.empty()) return;
        words(tokens_of(original), field, scale);
    }

    void words(const std::vector<Token>& tokens, Field field, float scale = 1) {
        const float weight = unit_weight(field, tokens.size()) * scale;
        const bool shelf = field != Field::description;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const auto& token = tokens[i];
            if (token.script == Script::other && token.text == "\"") continue;
            put(word_term(token, shelf), field, weight);
            if (token.script == Script::hangul) {
                const auto bare = text::strip_josa(token.text);
                if (bare.size() != token.text.size()) {
                    Token stripped = token;
                    stripped.text = bare;
                    put(word_term(stripped, false), field, weight);
                }
                if (shelf) {
                    bigrams_.clear();
                    append_bigrams(token.text, bigrams_);
                    for (const auto& term : bigrams_) put(term, field, weight);
                }
            }
            if (const auto measure = measure_at(tokens, i))
                put(measure_term(measure->measure.kind, measure_bucket(measure->measure.value)), field,
                    weight);
            if (i > 0 && token.hyphened && token.script != Script::hangul) {
                Token joined = token;
                joined.text = tokens[i - 1].text + token.text;
                joined.script = Script::latin;
                put(word_term(joined, false), field, weight);
            }
            if (i > 0 && (field == Field::title || field == Field::type) && !is_stop_word(token.text))
                put(pair_term(core_->terms[word_term(tokens[i - 1], false)],
                              core_->terms[word_term(token, false)]),
                    field, weight);
        }
    }

    // Of a model number the words with digits: feeds often repeat the title there, which would count it
    // twice.
    void model(std::string_view original) {
        auto tokens = tokens_of(original);
        const auto plain = [](const Token& token) { return !has_digit(token.text); };
        if (!std::all_of(tokens.begin(), tokens.end(), plain))
            tokens.erase(std::remove_if(tokens.begin(), tokens.end(), plain), tokens.end());
        else if (tokens.size() > 2)
            return;
        words(tokens, Field::model);
    }

    void title(std::string_view original, std::string_view brand) {
        const auto tokens = tokens_of(original);
        words(tokens, Field::title);
        const auto brand_tokens = tokens_of(brand);
        std::size_t skip = 0;
        while (skip < brand_tokens.size() && skip < tokens.size() &&
               tokens[skip].text == brand_tokens[skip].text)
            ++skip;
        for (const auto i : head_words(tokens, skip))
            put(word_term(tokens[i], false), Field::head,
                core_->ranking.weight[static_cast<std::size_t>(Field::head)]);
    }

    // Names are few and stand in every product: each is read once.
    void labels(const std::string& label) {
        auto [known, fresh] = labels_.try_emplace(label);
        if (fresh)
            for (const auto& token : tokens_of(label))
                if (token.script == Script::hangul || token.script == Script::latin)
                    known->second.push_back(core_->terms.add(label_term(term_of(token, stemmer_))));
        const auto weight = unit_weight(Field::attribute, known->second.size());
        for (const auto term : known->second) put(term, Field::attribute, weight);
    }

    void attributes(const Attributes& all) {
        const bool numbers = core_->ranking.attribute_numbers > 0;
        for (const auto& [name, value] : all) {
            // What a thing has not is no word to find it by.
            if (yes_or_no(value) == false) continue;
            auto label = name;
            std::replace(label.begin(), label.end(), '_', ' ');
            // A yes/no attribute says its name; of the others the values are what people search for.
            if (value == "true") {
                text(label, Field::attribute);
                continue;
            }
            labels(label);
            if (numbers || value.find_first_not_of("0123456789., -x:") != std::string::npos)
                text(value, Field::attribute);
        }
    }

    void add(std::uint32_t index) {
        const auto& product = products_[index];
        current_ = index;
        title(product.text.title, product.brand);
        text(product.text.description, Field::description);
        text(product.text.product_type, Field::type);
        text(product.brand, Field::brand);
        model(product.mpn);
        text(product.text.color, Field::attribute);
        attributes(product.attributes);
        if (!product.gtin.empty()) put(product.gtin, Field::model, 1);
        if (!product.id.empty()) text(product.id, Field::model);
        for (const auto& [locale, own] : product.localized) {
            title(own.title, own.brand.empty() ? product.brand : own.brand);
            text(own.description, Field::description);
            text(own.product_type, Field::type);
            text(own.brand, Field::brand);
            text(own.color, Field::attribute);
            attributes(own.attributes);
        }
        for (const auto& entry : scratch_) {
            const auto weight = std::clamp(std::lround(entry.weight * 1024), 1L, 65535L);
            lists_[entry.term].push_back({index, static_cast<std::uint16_t>(weight), entry.fields});
            if ((entry.fields & field_bit(Field::head)) != 0) ++core_->heads[entry.term];
            place_[entry.term] = ~std::uint32_t{0};
        }
        scratch_.clear();
        columns(product);
    }

    void columns(const Product& product) {
        core_->brand.push_back(brand_of(product.brand));
        for (const auto& [locale, own] : product.localized)
            if (!own.brand.empty() && !product.brand.empty())
                other_brands_.emplace(phrase_key(own.brand), core_->brand.back());

        const auto type = type_ids_.emplace(product.text.product_type,
                                            static_cast<std::uint32_t>(core_->type_paths.size()));
        if (product.text.product_type.empty()) {
            core_->type.push_back(0);
        } else {
            if (type.second) {
                core_->type_paths.push_back(product.text.product_type);
                type_texts_.emplace_back();
            }
            core_->type.push_back(type.first->second);
            for (const auto& [locale, own] : product.localized)
                if (!own.product_type.empty()) type_texts_[type.first->second - 1].insert(own.product_type);
        }
        if (product.item_group_id.empty()) {
            core_->group.push_back(core_->groups++);
        } else {
            const auto [own, fresh] = groups_.emplace(product.item_group_id, core_->groups);
            if (fresh) ++core_->groups;
            core_->group.push_back(own->second);
        }
        core_->colors.push_back(colors_of(product));
        const auto measures = measures_of(product);
        core_->measures.insert(core_->measures.end(), measures.begin(), measures.end());
        core_->measure_starts.push_back(static_cast<std::uint32_t>(core_->measures.size()));
    }

    // Spellings of a maker that read the same ("HP", "hp") are one; each spelling is read once.
    std::uint32_t brand_of(const std::string& written) {
        if (written.empty()) return 0;
        const auto [spelling, fresh] = brand_spellings_.emplace(written, 0);
        if (fresh) {
            const auto next = static_cast<std::uint32_t>(core_->brands.size());
            const auto [known, added] = brand_ids_.emplace(phrase_key(written), next);
            if (added) core_->brands.push_back(written);
            spelling->second = known->second;
        }
        return spelling->second;
    }

    static std::uint32_t colors_in(std::string_view original) {
        std::uint32_t bits = 0;
        const auto tokens = tokens_of(original);
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (i + 1 < tokens.size())
                if (const auto color = color_of(tokens[i].text + ' ' + tokens[i + 1].text)) {
                    bits |= 1U << *color;
                    ++i;
                    continue;
                }
            if (const auto color = color_of(tokens[i].text)) bits |= 1U << *color;
        }
        return bits;
    }

    static std::uint32_t colors_of(const Product& product) {
        std::uint32_t bits = colors_in(product.text.color);
        for (const auto& [locale, own] : product.localized) bits |= colors_in(own.color);
        for (const auto& [name, value] : product.attributes)
            if (name == "product_colour" || name == "product_color" || name == "colour" || name == "색상")
                bits |= colors_in(value);
        return bits != 0 ? bits : colors_in(product.text.title);
    }

    void pack() {
        // A million products leave no room for what is no longer needed.
        std::vector<std::uint32_t>().swap(place_);
        std::vector<std::uint32_t>().swap(counted_);
        // Words the vocabulary met only while joining or stripping may have a term and no posting.
        lists_.resize(core_->terms.size());
        core_->heads.resize(core_->terms.size());
        core_->starts.reserve(lists_.size() + 1);
        core_->starts.push_back(0);
        std::uint64_t total = 0;
        for (const auto& list : lists_) core_->starts.push_back(total += list.size());
        core_->postings.reserve(total);
        for (auto& list : lists_) {
            core_->postings.insert(core_->postings.end(), list.begin(), list.end());
            std::vector<Posting>().swap(list);
        }
    }

    struct Entry {
        TermId term;
        float weight;
        std::uint16_t fields;
    };
    const std::vector<Product>& products_;
    const CoreOptions& options_;
    std::shared_ptr<Core> core_;
    Stemmer stemmer_;
    std::array<float, field_count> average_{};
    std::vector<std::vector<Posting>> lists_;
    std::vector<Entry> scratch_;          // the product at hand
    std::vector<std::uint32_t> place_;    // term → scratch_
    std::vector<std::uint32_t> counted_;  // word → product + 1 that counted it last
    std::unordered_map<std::string, std::vector<TermId>> labels_;  // names of attributes
    std::vector<std::string> bigrams_;
    std::uint32_t current_ = 0;
    std::unordered_map<std::string, std::uint32_t> brand_spellings_, brand_ids_, other_brands_, type_ids_,
        groups_;
    std::vector<std::set<std::string>> type_texts_;  // by type − 1: its paths in other languages
};

}  // namespace

Shelves Shelves::of(const std::vector<std::uint32_t>& column, std::size_t numbers) {
    Shelves shelves;
    shelves.starts.assign(numbers + 1, 0);
    for (const auto number : column) ++shelves.starts[number + 1];
    for (std::size_t i = 0; i < numbers; ++i) shelves.starts[i + 1] += shelves.starts[i];
    auto next = shelves.starts;
    shelves.products.resize(column.size());
    for (std::uint32_t product = 0; product < column.size(); ++product)
        shelves.products[next[column[product]]++] = product;
    return shelves;
}

std::shared_ptr<const Core> build_core(const std::vector<Product>& products, const CoreOptions& options) {
    return CoreBuilder(products, options).build();
}

std::string phrase_key(std::string_view original) {
    const Stemmer stemmer;
    std::string key;
    for (const auto& token : tokens_of(original)) {
        if (!key.empty()) key += ' ';
        key += term_of(token, stemmer);
    }
    return key;
}

std::size_t Core::bytes() const {
    const auto strings = [](const auto& list) {
        std::size_t total = list.capacity() * sizeof(list[0]);
        for (const auto& text : list) total += text.size() > 15 ? text.capacity() + 1 : 0;
        return total;
    };
    constexpr std::size_t node = 64;  // a hash map's entry with its key, roughly
    return terms.bytes() + vocabulary.bytes() + starts.capacity() * sizeof(starts[0]) +
           postings.capacity() * sizeof(Posting) + heads.capacity() * sizeof(heads[0]) +
           (brand.capacity() + colors.capacity() + type.capacity() + group.capacity() +
            measure_starts.capacity() + of_type.products.capacity() + of_brand.products.capacity() +
            by_id.capacity()) *
               sizeof(std::uint32_t) +
           measures.capacity() * sizeof(Measure) + strings(brands) + strings(type_paths) +
           (brand_names.size() + type_names.size() + synonyms_of.size()) * node;
}

}  // namespace maru::catalog
