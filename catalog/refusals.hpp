// What a sentence does not want: "삼성 말고", "not red", "forget the mouse". Internal to catalog/. Pure; any
// thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "catalog/index_impl.hpp"
#include "catalog/sentence.hpp"

namespace maru::catalog {

enum class Refusal : std::uint8_t {
    none,
    without,  // "말고", "not": no product that has it
    removed,  // "빼 줘", "remove the …": out of the search that goes on; where it was not in it, as `without`
    forgotten,  // "forget the …", "…는 됐고": out of the search that goes on, and nothing else
    denied      // "it is no …", "… 아닌데요": neither wanted nor refused
};

// How words [from, from+count) are refused by those around them.
[[nodiscard]] Refusal refusal_of(const Sentence& sentence, std::size_t from, std::size_t count);
// Refusals that stand after what they refuse (Korean), as the beginning of the next word.
[[nodiscard]] bool refuses_after(std::string_view word);
// Is the word grammar of a refusal ("not", "forget" at the head of a clause) rather than something to search?
[[nodiscard]] bool is_refusing(const Sentence& sentence, std::size_t i);
// "후라이팬 인덕션 되는 거": word `i` tells what the goods before it can do, and names none.
[[nodiscard]] bool is_said_of_it(const Sentence& sentence, std::size_t i);
// Can the word be refused: do goods have it in more than a description, as it is written?
[[nodiscard]] bool tells_goods_apart(const Core& core, std::string_view word);

// Takes out of `query` the refusals that `known` did not have and that leave out none of what it is about:
// of keyboards none is a mouse. A word that all of them have is no condition either.
void keep_useful_refusals(const Index::Impl& index, const Query& known, Query& query);

}  // namespace maru::catalog
