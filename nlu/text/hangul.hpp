// Hangul letters: taking syllables apart and putting typed letters together.
//
// Arithmetic from The Unicode Standard, section 3.12 (Conjoining Jamo Behavior). Letters are given as the
// stand-alone ("compatibility") code points ㄱ…ㅣ that keyboards produce. Pure functions, any thread, linear
// time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace maru::text {

// Indices of a syllable's parts: lead 0…18, vowel 0…20, tail 0…27 (0: none).
struct Syllable {
    int lead = 0;
    int vowel = 0;
    int tail = 0;
    bool operator==(const Syllable&) const = default;
};

// nullopt when `code` is not a complete syllable.
[[nodiscard]] std::optional<Syllable> split_syllable(char32_t code) noexcept;
[[nodiscard]] char32_t join_syllable(Syllable parts) noexcept;

// Index of a stand-alone letter as a lead, vowel or tail; -1 when it cannot be one.
[[nodiscard]] int lead_index(char32_t jamo) noexcept;
[[nodiscard]] int vowel_index(char32_t jamo) noexcept;
[[nodiscard]] int tail_index(char32_t jamo) noexcept;
[[nodiscard]] char32_t lead_letter(int index) noexcept;
[[nodiscard]] char32_t vowel_letter(int index) noexcept;
[[nodiscard]] char32_t tail_letter(int index) noexcept;  // index 1…27

// Syllables as the letters one types, compounds taken apart (값 → ㄱㅏㅂㅅ, 의 → ㅇㅡㅣ); all else unchanged.
// Doubled consonants (ㄲ) are one key and stay whole.
void append_letters(std::u32string& out, char32_t code);
[[nodiscard]] std::string to_letters(std::string_view text);

// The composition an input method would have made of stray letters: "ㅅㅓㅂ스" → "섭스", "안녀ㅇ" → "안녕".
// Letters that mean something alone (ㅋㅋ, ㅎㅎ, ㅠㅠ, ㅇㅇ) stay as they are.
[[nodiscard]] std::u32string compose_letters(std::u32string_view text);
[[nodiscard]] std::string compose_letters(std::string_view text);

// Each syllable's first consonant ("삼성 tv" → "ㅅㅅ tv"); stand-alone consonants and everything else
// unchanged.
[[nodiscard]] std::string choseong(std::string_view text);

// Composes letter keys one by one as a two-set (2-beolsik) input method does: a consonant after a vowel
// becomes its tail, and moves on to the next syllable when a vowel follows.
class LetterComposer {
  public:
    explicit LetterComposer(std::u32string& out) : out_(out) {}
    void put(char32_t code);  // a letter, or anything else (ends the syllable)
    void finish();
    // Takes up an already complete syllable as if it had been typed.
    void resume(Syllable parts);

  private:
    void flush();
    std::u32string& out_;
    int lead_ = -1;
    int vowel_ = -1;
    int tail_ = 0;
};

}  // namespace maru::text
