// A fixed list of words with what is said about each, and the letters they begin and end with, so that one
// look rules out nearly every place of a message.
//
// Made at compile time; plain values, any thread. An entry is a word itself or has a member `word` or
// `written`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace maru::nlu {

// Letters by their low bits: "no" is certain, "yes" nearly.
class LetterFilter {
  public:
    constexpr void add(char32_t c) noexcept { bits_[place(c)] |= bit(c); }
    [[nodiscard]] constexpr bool may_have(char32_t c) const noexcept {
        return (bits_[place(c)] & bit(c)) != 0;
    }

  private:
    static constexpr std::size_t size = 16;
    static constexpr std::size_t place(char32_t c) noexcept { return c / 64 % size; }
    static constexpr std::uint64_t bit(char32_t c) noexcept { return std::uint64_t{1} << c % 64; }
    std::array<std::uint64_t, size> bits_{};
};

template <typename Entry, std::size_t N>
class PhraseList {
  public:
    constexpr explicit PhraseList(const Entry (&entries)[N]) : entries_(std::to_array(entries)) {
        for (const auto& entry : entries_) {
            first_.add(word_of(entry).front());
            last_.add(word_of(entry).back());
        }
    }

    // Whether a word may begin with `c`, or end with it.
    [[nodiscard]] constexpr bool may_begin(char32_t c) const noexcept { return first_.may_have(c); }
    [[nodiscard]] constexpr bool may_end(char32_t c) const noexcept { return last_.may_have(c); }
    [[nodiscard]] constexpr auto begin() const noexcept { return entries_.begin(); }
    [[nodiscard]] constexpr auto end() const noexcept { return entries_.end(); }

  private:
    static constexpr std::u32string_view word_of(const Entry& entry) noexcept {
        if constexpr (requires { entry.word; })
            return entry.word;
        else if constexpr (requires { entry.written; })
            return entry.written;
        else
            return entry;
    }
    std::array<Entry, N> entries_;
    LetterFilter first_;
    LetterFilter last_;
};

template <typename Entry, std::size_t N>
[[nodiscard]] constexpr PhraseList<Entry, N> phrases(const Entry (&entries)[N]) {
    return PhraseList<Entry, N>(entries);
}

}  // namespace maru::nlu
