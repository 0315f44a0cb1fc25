// What a sentence tells in passing: counts and ages, whom a thing is for, stray letters. None of it is a
// condition. Internal to catalog/. Pure; any thread.
#pragma once

#include "catalog/sentence.hpp"

namespace maru::catalog {

// "15 lamps", "20대", "he's 68", "80세": numbers that count things or years, and say nothing of a product.
[[nodiscard]] bool is_count(const Sentence& sentence, std::size_t i);
// "For my dad": who it is for tells no product apart; what it is for ("my iphone") does.
[[nodiscard]] bool is_beneficiary(const Sentence& sentence, std::size_t i);
// "Keyboard n mouse", "e.g."; a letter that belongs to its neighbour ("usb-c", "type c", "8 l") is none.
[[nodiscard]] bool is_lone_letter(const Sentence& sentence, std::size_t i);
// "On the desk", "under my bed": the word before a place, which no product has to be called with.
[[nodiscard]] bool is_place(const Sentence& sentence, std::size_t i);
// "Right now", "I'll take": words that are others' names elsewhere.
[[nodiscard]] bool is_passing_word(const Sentence& sentence, std::size_t i);

}  // namespace maru::catalog
