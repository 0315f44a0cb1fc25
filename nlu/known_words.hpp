#pragma once

#include <string_view>

namespace maru::nlu {

// Words that are spelt right although no example has them: what the goods on sale are called and described
// with ("vesa" is no slip for "visa"). Asked from any thread.
class KnownWords {
  public:
    virtual ~KnownWords() = default;
    // A Latin word, in lower case.
    [[nodiscard]] virtual bool has(std::string_view word) const = 0;
};

}  // namespace maru::nlu
