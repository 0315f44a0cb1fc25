// A message folded to letters and digits: what two spellings of the same words have in common, and how places
// in a list are said. Pure functions. Internal to flows/.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/understanding.hpp"

namespace maru::flows {

// Answers are short; what is longer is told by its first words (characters).
constexpr std::size_t longest_answer = 400;

struct Word {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// Letters and digits only, lower case: what two spellings of the same words have in common.
struct Folded {
    std::string text;
    std::vector<Word> words;  // as bytes of `text`
};
[[nodiscard]] Folded fold(std::string_view raw);
[[nodiscard]] bool at_word_start(const Folded& message, std::size_t at);
[[nodiscard]] bool at_word_end(const Folded& message, std::size_t at);
[[nodiscard]] bool is_ascii(std::string_view text);

// "2", "2번", "2번째", "2번이요": the place in a list of `count`, from 0.
[[nodiscard]] std::optional<std::size_t> spoken_number(const Folded& message, std::size_t count);
// "The second one", "마지막 거"; nullopt: none, or several different.
[[nodiscard]] std::optional<std::size_t> ordinal(std::string_view text,
                                                 const nlu::Understanding* understanding, std::size_t count);

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

}  // namespace maru::flows
