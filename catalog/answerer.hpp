// The answers of one product's data to one question. Internal to catalog/. For one thread and one question;
// the index and the product must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/asked_topics.hpp"
#include "catalog/index_impl.hpp"
#include "catalog/question.hpp"
#include "catalog/stated.hpp"

namespace maru::catalog {

constexpr std::size_t kMostAnswers = 3;

class Answerer : private Question {
  public:
    Answerer(const Index::Impl& index, const Product& product, std::string_view question,
             std::string_view locale);
    Told told();

  private:
    // One line of the data sheet, made ready once.
    struct DataField {
        std::string_view name, value;  // as the feed writes them
        std::string plain;             // the name, lower case
        std::vector<Token> words;      // … cut
        std::string glued;             // … without blanks
        std::optional<std::vector<Token>> value_words;
    };
    struct Sentence {
        std::string_view text;  // as written
        std::string plain;
    };
    struct Found {
        std::size_t place;  // the word that asked
        Answer answer;
    };
    bool has_found(std::string_view attribute) const;
    std::optional<Answer> part_price() const;
    std::vector<Answer> answers();
    void price();
    void stock();
    bool is_decided(std::size_t clause) const;
    void unknown_half();

    // ---- answers_by_colour.cpp
    void light_color();
    void color();
    bool is_no_colour(std::size_t i) const;
    bool is_head(const Word& word) const;
    bool picks_by_colour(std::size_t i, std::uint32_t own) const;

    // ---- answers_by_size.cpp
    void bed_size();

    // ---- answers_by_field.cpp
    void comes_along();
    void by_time();
    Answer from(std::string_view name, std::string_view value) const;
    void by_name();
    std::vector<std::size_t> words_naming(const DataField& field) const;
    static bool is_of(const AskedTopic& topic, std::string_view name);
    const DataField* field_of(const AskedTopic& topic) const;
    const DataField* field_of(const AskedTopic& topic, Amount amount) const;
    void by_topic();
    bool asks_of_another(const AskedTopic& topic, std::size_t i) const;
    static bool is_value(const Word& word, std::string_view value);
    void by_value();
    void counted();

    // ---- answers_by_text.cpp
    static bool has(std::string_view plain, std::string_view word);
    const Sentence* sentence_of(const AskedTopic& topic, const Word& asked) const;
    void in_description();

    const Index::Impl& index_;
    const Product& product_;
    const Texts texts_;
    std::string_view locale_;
    std::vector<DataField> fields_;
    std::vector<Sentence> sentences_;
    std::vector<Found> found_;
    std::vector<std::size_t> decided_;  // clauses that no other word may answer
    Amount amount_ = Amount::none;
};

}  // namespace maru::catalog
