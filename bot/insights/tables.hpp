// Reports as lines: for spreadsheets and for people. Pure.
#pragma once

#include <string>
#include <vector>

namespace maru::insights {

// One line of comma-separated values (RFC 4180, ends in CR LF). What a spreadsheet would take for a formula
// is made text.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

// Rows of the same number of cells below each other, the first cell to the left and the others to the right;
// wide characters (Hangul) take two columns.
[[nodiscard]] std::string aligned(const std::vector<std::vector<std::string>>& rows);

}  // namespace maru::insights
