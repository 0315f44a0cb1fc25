#include "bot/insights/tables.hpp"

#include <algorithm>
#include <string_view>

#include "nlu/text/unicode.hpp"

namespace maru::insights {
namespace {

// Columns of a terminal: East Asian wide characters take two.
std::size_t width(std::string_view text) {
    std::size_t columns = 0;
    for (const char32_t c : text::to_code_points(text)) {
        const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                          (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                          (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x1F300 && c <= 0x1FAFF);
        columns += wide ? 2 : 1;
    }
    return columns;
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (const auto& one : cells) {
        if (&one != &cells.front()) line += ',';
        // A leading =, +, - or @ would be a formula to a spreadsheet.
        const bool formula =
            !one.empty() && std::string_view("=+-@").find(one.front()) != std::string_view::npos;
        const std::string text = formula ? "'" + one : one;
        if (text.find_first_of(",\"\r\n") == std::string::npos) {
            line += text;
            continue;
        }
        line += '"';
        for (const char c : text) line.append(c == '"' ? 2 : 1, c);
        line += '"';
    }
    return line + "\r\n";
}

std::string aligned(const std::vector<std::vector<std::string>>& rows) {
    if (rows.empty()) return {};
    std::vector<std::size_t> widths(rows.front().size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string blank(widths[i] - width(row[i]), ' ');
            line += (i == 0 ? row[i] + blank : blank + row[i]) + "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

}  // namespace maru::insights
