// The compiled text side of an index: vocabulary, postings and the columns that filters read. Built once by
// `build_core`, then immutable and shared by every Index that differs only in prices and stock. Internal to
// catalog/.
//
// Ranking is BM25F (Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009):
// term counts of the fields are length-normalised, weighted and summed before they saturate. As the weights
// are fixed when the index is built, each posting carries that sum and a search only saturates and adds.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "catalog/product.hpp"
#include "catalog/terms.hpp"
#include "catalog/vocabulary.hpp"

namespace maru::catalog {

// `head` is not a field of its own but the noun a title is about: "USB-C charging *cable* for phones".
enum class Field : std::uint8_t { title, head, brand, type, model, attribute, description };
inline constexpr std::size_t field_count = 7;
[[nodiscard]] constexpr std::uint16_t field_bit(Field field) noexcept {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(field));
}

// Numbers found by measuring on judged searches; a test tool may vary them, the product does not.
struct Ranking {
    //                                       title head brand type model attr description
    std::array<float, field_count> weight{6.0F, 2.0F, 2.8F, 5.6F, 2.5F, 0.1F, 2.0F};
    std::array<float, field_count> length{0.5F, 0.0F, 0.0F, 1.0F, 0.0F, 0.6F, 0.5F};  // b: 0 ignores length
    float k1 = 0.2F;
    float head_k1 = 0.7F;    // for the noun a query is about: where a product has it matters more
    float bigram = 0.5F;     // a Korean word found inside a longer one, against the word itself
    float label = 0.1F;      // the name of an attribute that a product has
    float synonym = 0.25F;   // a product that has another word for the same thing
    float pair = 0.3F;       // two words of the query side by side in a title
    float favoured = 0.4F;   // a maker or type that is already a condition, as a word
    float prior = 0.3F;      // popularity, rating and stock together, against a score of some units a word
    float partial = 0.6F;    // exponent on the share of words matched, when not all are
    float partial_head = 5;  // how much more the thing asked for counts in that share than what is said of it
    float attribute_numbers = 0;  // 1: bare numbers in attributes are words too
};

struct Posting {
    std::uint32_t product;
    std::uint16_t weight;  // the weighted count, in 1/1024
    std::uint16_t fields;  // field_bit()s it occurs in
};

// One way to say a thing that has several ("laptop", "notebook computer"): each a row of terms.
struct SynonymGroup {
    std::vector<std::vector<std::string>> phrases;  // surface words of each phrase
    // Names goods of which there are none here, though other products may speak of them: a shop that sells
    // stands for laptops and no laptops.
    bool absent = false;
};

struct TypeNode {
    std::string name;                  // one level's name in the feed's own language: "Kettles"
    std::vector<std::uint32_t> types;  // the type paths that pass through it
};

// Products by a number they have (a type, a maker), each row in the order of products.
struct Shelves {
    std::vector<std::uint32_t> starts;  // by number, one more than numbers
    std::vector<std::uint32_t> products;

    static Shelves of(const std::vector<std::uint32_t>& column, std::size_t numbers);
    [[nodiscard]] std::span<const std::uint32_t> operator[](std::uint32_t number) const noexcept {
        return {products.data() + starts[number], products.data() + starts[number + 1]};
    }
};

struct Core {
    Ranking ranking;
    std::uint32_t products = 0;
    StringTable terms;
    Vocabulary vocabulary;
    std::vector<std::string> other_words;  // sorted
    std::vector<std::uint64_t> starts;     // by term, one more than terms
    std::vector<Posting> postings;         // by term, then product
    std::vector<std::uint32_t> heads;      // by term: products whose head noun it is

    // Columns by product.
    std::vector<std::uint32_t> brand;   // id in `brands`
    std::vector<std::uint32_t> colors;  // bits of canonical colours
    std::vector<std::uint32_t> type;    // id in `type_paths`
    std::vector<std::uint32_t> group;   // item_group_id; products of their own have their own
    std::uint32_t groups = 0;           // how many there are; as many as products: no variants

    Shelves of_type, of_brand;

    std::vector<std::uint32_t> measure_starts;  // by product, one more than products
    std::vector<Measure> measures;

    // What a visitor may call them, as normalised words joined by blanks → ids.
    std::vector<std::string> brands;  // display names; 0 is "no brand"
    std::unordered_map<std::string, std::uint32_t> brand_names;
    std::vector<std::string> type_paths;  // 0 is ""
    std::vector<bool> vague_types;        // by path: no product's title is about what its last level says
    std::vector<TypeNode> type_nodes;
    std::unordered_map<std::string, std::vector<std::uint32_t>> type_names;  // → type_nodes
    std::size_t longest_name = 1;  // words in the longest of those names

    std::vector<SynonymGroup> synonyms;
    std::unordered_map<std::string, std::vector<std::uint32_t>> synonyms_of;  // phrase → groups
    std::size_t longest_synonym = 1;

    std::vector<std::uint32_t> by_id;  // products in the order of their ids

    [[nodiscard]] std::span<const Posting> list(TermId term) const noexcept {
        return {postings.data() + starts[term], postings.data() + starts[term + 1]};
    }
    [[nodiscard]] std::span<const Measure> measures_of(std::uint32_t product) const noexcept {
        return {measures.data() + measure_starts[product], measures.data() + measure_starts[product + 1]};
    }
    [[nodiscard]] std::size_t bytes() const;
};

struct CoreOptions {
    Ranking ranking;
    std::vector<std::vector<std::string>> synonyms;  // the shop's own, before the built-in ones
    bool builtin_synonyms = true;
    std::vector<std::string> other_words;  // as IndexOptions has them
};

[[nodiscard]] std::shared_ptr<const Core> build_core(const std::vector<Product>& products,
                                                     const CoreOptions& options);

// Words joined by single blanks: the key of a name or phrase ("Kingston  Technology" → "kingston
// technology").
[[nodiscard]] std::string phrase_key(std::string_view original);

}  // namespace maru::catalog
