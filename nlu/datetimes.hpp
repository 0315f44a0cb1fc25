// The parts that expressions of time are joined from: a word of day or half day, a weekday, a month, a clock
// time, a calendar date, an offset.
//
// Pure; lives as long as its Scan. A half day without an hour ("afternoon") travels in a part's hour field as
// a negative number until a neighbour brings the hour.
#pragma once

#include <optional>

#include "nlu/entities.hpp"

namespace maru::nlu {

struct DatePiece {
    std::size_t begin = 0;
    std::size_t end = 0;
    DateTime when;
};

class DatePieces {
  public:
    static constexpr int in_morning = -1;
    static constexpr int in_afternoon = -2;

    explicit DatePieces(const Scan& scan) : scan_(scan), r_(scan.reading) {}

    // The part that begins at `i` with a Korean or an English word, or with a number. English parts may take
    // in a word before `i` ("the", "this", "in").
    [[nodiscard]] std::optional<DatePiece> korean(std::size_t i) const;
    [[nodiscard]] std::optional<DatePiece> english(std::size_t i) const;
    [[nodiscard]] std::optional<DatePiece> numeric(const NumberSpan& number) const;

    // `hour` of a twelve-hour clock in the half of the day that was said.
    [[nodiscard]] static int in_half(int hour, bool is_pm);

  private:
    // datetime_words.cpp
    [[nodiscard]] bool clock_word(std::size_t i) const;
    [[nodiscard]] std::optional<DatePiece> relative(std::size_t i) const;
    [[nodiscard]] std::optional<DatePiece> ago(std::size_t i) const;
    // datetime_numbers.cpp
    [[nodiscard]] std::optional<DatePiece> offset(const NumberSpan& number) const;
    [[nodiscard]] std::optional<DatePiece> calendar(std::size_t i) const;
    [[nodiscard]] std::optional<DatePiece> clock(std::size_t i) const;
    [[nodiscard]] std::size_t day_number(std::size_t i, std::optional<int>& day) const;
    [[nodiscard]] std::size_t year_number(std::size_t i, std::optional<int>& year) const;
    [[nodiscard]] int two_digits(std::size_t i, std::size_t& end) const;

    const Scan& scan_;
    const Reading& r_;
};

}  // namespace maru::nlu
