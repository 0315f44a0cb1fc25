// Where one message says several things.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace maru {

// A part of a message and the marks behind it: "is it heavy", "?!". Both view the message.
struct Clause {
    std::string_view text, mark;
};

// The first `most` clauses of `text`, cut at its commas, ends of sentences and lines; "1,000" and "3.5" are
// not cut. Blank ones are left out. Any thread; linear in the text.
std::vector<Clause> clauses_of(std::string_view text, std::size_t most);

// "Does it switch off by itself", of a part that another stands before: it asks, and names no more goods.
[[nodiscard]] bool begins_with_verb(std::string_view plain);

}  // namespace maru
