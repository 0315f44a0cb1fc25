// What the catalog knows of Korean and English before it has seen a product: colours, ways to sort, words
// that ask rather than name, and other names of common goods and makers. Constant tables; any thread.
// Internal to catalog/.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace maru::catalog {

// Canonical colours: English names, at most 32; a product's colours are bits by position.
[[nodiscard]] std::span<const std::string_view> color_names() noexcept;
[[nodiscard]] std::optional<unsigned> color_index(std::string_view canonical) noexcept;
// The colour a normalised word or two words ("rose gold") name; Korean with or without 색 ("검정색", "검은").
[[nodiscard]] std::optional<unsigned> color_of(std::string_view word) noexcept;
// "A flat white", "a white noise machine", "black friday": a colour's name that is part of another word's.
[[nodiscard]] bool is_no_color(std::string_view before, std::string_view color,
                               std::string_view after) noexcept;
// For people: "검정", "black".
[[nodiscard]] std::string_view color_label(unsigned color, std::string_view locale) noexcept;

// Words of grammar: they name nothing ("the", "for", "좀", "그런").
[[nodiscard]] bool is_stop_word(std::string_view word) noexcept;
// Jamo that are laughter, tears or an abbreviation ("ㅋㅋ", "ㅠㅠ", "ㄱㅅ") rather than the initials of a
// name.
[[nodiscard]] bool is_chatter(std::string_view jamo) noexcept;
// Words with which people ask for goods ("찾아줘", "추천해", "looking", "recommend"): no search words either.
[[nodiscard]] bool is_asking_word(std::string_view word) noexcept;
// Words of a shop's service ("배송", "refund"): the sentence is about something other than finding goods.
[[nodiscard]] bool is_service_word(std::string_view word) noexcept;

// Does a Korean word end as verbs do ("걸려요", "왔는데")? Such a word is no misspelt name of goods.
[[nodiscard]] bool ends_like_a_verb(std::string_view word) noexcept;

// Words that mean the same: names of one kind of goods, of one quality, or of one maker or line.
struct WordGroup {
    enum class Of : std::uint8_t { goods, qualities, makers };
    Of of = Of::goods;
    std::vector<std::string> words;
};
[[nodiscard]] std::vector<WordGroup> builtin_synonyms();
// Is the normalised word a maker known far and wide, and hardly anything else ("brother" is none)?
[[nodiscard]] bool is_maker(std::string_view word);

}  // namespace maru::catalog
