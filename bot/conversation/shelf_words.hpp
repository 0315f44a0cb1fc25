// The words that goods are called with, for the understanding: none of them is a slip of spelling. Keeps a
// reference to the catalog, which may be missing; any thread.
#pragma once

#include "catalog/search.hpp"
#include "nlu/known_words.hpp"

namespace maru {

class ShelfWords : public nlu::KnownWords {
  public:
    explicit ShelfWords(const catalog::Index* catalog) : catalog_(catalog) {}
    [[nodiscard]] bool has(std::string_view word) const override {
        return catalog_ != nullptr && catalog_->has_word(word);
    }

  private:
    const catalog::Index* catalog_;
};

}  // namespace maru
