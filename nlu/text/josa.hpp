// Korean particles (josa) and common endings: taken off words to compare them, and chosen for words in
// replies.
//
// Which form follows depends on how the word before it sounds at its end, so digits and Latin letters are
// read aloud as Koreans do (3 → 삼, tv → 티브이, "USB" → 비). Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

namespace maru::text {

// Does the word's last sound close with a consonant? Quotes and brackets at the end are looked through.
enum class Coda { none, rieul, other };
[[nodiscard]] Coda coda(std::string_view word);

enum class Josa {
    topic,     // 은/는
    subject,   // 이/가
    object,    // 을/를
    with,      // 과/와
    toward,    // 으로/로 (로 after ㄹ too)
    along,     // 이랑/랑
    or_,       // 이나/나
    vocative,  // 아/야
    is,        // 이에요/예요
    quote,     // 이라고/라고
};
[[nodiscard]] std::string_view select_josa(std::string_view word, Josa josa);
// `word` with its particle.
[[nodiscard]] std::string with_josa(std::string_view word, Josa josa);

// Reply texts may leave the choice open where a value is filled in: "은(는)", "이(가)", "을(를)", "과(와)",
// "(으)로", "(이)랑",
// "(이)나", "(이)에요", "(이)라고", and the same with the halves exchanged or "을/를" right after a word.
// Returns the text with each of them settled by the word before it.
[[nodiscard]] std::string resolve_josa(std::string_view text);

// The word without the particles at its end ("배송은" → "배송", "강남점에서도" → "강남점"). Never empties a
// word and never leaves a single syllable when the rest could be the word itself ("고양이" keeps 이). Others
// come back whole. The view points into `word`.
[[nodiscard]] std::string_view strip_josa(std::string_view word);

// The word without polite and common verb endings ("되나요" → "되", "주문했는데요" → "주문"), after
// strip_josa.
[[nodiscard]] std::string_view strip_endings(std::string_view word);

}  // namespace maru::text
