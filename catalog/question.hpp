// A question about one product, cut into words: which of them tell what product is meant, which ask for
// something that goods have. Internal to catalog/. For one thread and one question.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/product.hpp"
#include "catalog/terms.hpp"

namespace maru::catalog {

struct AskedTopic;

constexpr std::size_t kSyllable = 3;  // bytes

// Lower case, every letter in its place.
[[nodiscard]] std::string lower(std::string_view text);

struct Question {
    struct Word {
        Token token;
        std::string bare;  // without particles
        std::string stem;  // without endings
        std::size_t clause = 0;
        const AskedTopic* topic = nullptr;  // what goods have that it asks for; null: nothing of the kind
        bool matters = false;               // neither grammar nor what every question has
        bool titled = false;                // in the product's title: it tells which is meant
        bool points = false;                // … or names another so: "2인용꺼", "the mint one"
        bool aside = false;                 // a condition, which asks for nothing
        bool explained = false;             // an answer has been found for it
    };

    Question(const Product& product, std::string_view question, std::string_view locale);

    [[nodiscard]] bool asks(std::initializer_list<std::string_view> parts) const;
    // The first word that begins so; words.size(): none.
    [[nodiscard]] std::size_t place_of(std::string_view beginning) const;
    // A part of the product, its upkeep or its repair is to be paid for.
    [[nodiscard]] bool asks_price_of_part() const;
    // "How long does it last?" asks for no length.
    [[nodiscard]] bool asks_duration(std::size_t i) const;
    // What stands beside the "몇" or "many" is counted.
    [[nodiscard]] bool is_counted(std::size_t i) const;
    // Neither grammar nor what every question has.
    [[nodiscard]] static bool matters(std::string_view word);

    // Something is asked beyond words that only tell which product is meant.
    [[nodiscard]] bool asks_anything() const;

    std::string said;  // the whole of it, lower case
    std::vector<Word> words;

  private:
    [[nodiscard]] const AskedTopic* topic_of(const Word& word) const;
    // The row of kAskedTopics that `asked` begins or stands in.
    [[nodiscard]] static const AskedTopic* topic(std::string_view asked);
    void cut_at_links();

    bool korean_;
};

// "그럼 6인용은요?", "and the Lite?": names the product, and asks nothing of its own.
[[nodiscard]] bool only_names(const Product& product, std::string_view question, std::string_view locale);

}  // namespace maru::catalog
