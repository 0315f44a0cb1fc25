#include "flows/content/tables.hpp"

#include <algorithm>
#include <utility>

#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::flows {
namespace {

using yaml::Node;
using yaml::Reader;

constexpr std::size_t largest_csv = 16U << 20U;

struct Cell {
    std::string text;
    Position at;
};

// RFC 4180, with LF or CRLF, quotes doubled inside quotes.
class Csv {
  public:
    Csv(std::string_view text, const Context& context) : text_(text), context_(context) {}

    // False at the end of the file or after an error.
    bool row(std::vector<Cell>& cells) {
        cells.clear();
        while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) advance();
        if (at_ >= text_.size()) return false;
        for (;;) {
            Cell cell;
            cell.at = place_;
            if (text_[std::min(at_, text_.size() - 1)] == '"' && at_ < text_.size()) {
                if (!quoted(cell)) return false;
            } else {
                while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') take(cell);
                if (!cell.text.empty() && cell.text.back() == '\r') cell.text.pop_back();
            }
            cells.push_back(std::move(cell));
            if (at_ >= text_.size()) return true;
            const bool more = text_[at_] == ',';
            advance();
            if (!more) return true;
        }
    }

  private:
    bool quoted(Cell& cell) {
        advance();
        for (;;) {
            if (at_ >= text_.size()) {
                context_.error(cell.at, "a quote is opened and never closed; add the closing `\"`");
                return false;
            }
            if (text_[at_] == '"') {
                advance();
                if (at_ >= text_.size() || text_[at_] != '"') break;
            }
            take(cell);
        }
        if (at_ < text_.size() && text_[at_] == '\r') advance();
        if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') {
            context_.error(place_,
                           "after a closing quote only a comma or the line's end may follow; double the "
                           "quotes inside a text");
            return false;
        }
        return true;
    }
    void take(Cell& cell) {
        cell.text += text_[at_];
        advance();
    }
    void advance() {
        const char c = text_[at_++];
        if (c == '\n') {
            ++place_.line;
            place_.column = 1;
        } else if (at_ >= text_.size() || (static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
            ++place_.column;
        }
    }

    std::string_view text_;
    const Context& context_;
    std::size_t at_ = 0;
    Position place_{1, 1};
};

void add(Table& table, Tables& into, const Context& context) {
    table.build_index();
    if (const Table* other = into.find(table.name)) {
        context.error(
            {}, "the table `" + table.name + "` exists already (" + other->where.file + "); rename one file");
        return;
    }
    into.all.push_back(std::move(table));
}

void check_key(const Table& table, const std::vector<Position>& rows_at, const Context& context) {
    const std::size_t key = table.column(table.key);
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const std::string_view value = table.rows[i][key].pick("");
        if (value.empty()) {
            context.error(rows_at[i],
                          "this row has no `" + table.key + "`, which is the table's key; add it");
            continue;
        }
        const auto [other, fresh] = seen.try_emplace(folded_key(value), i);
        if (!fresh)
            context.error(rows_at[i], "the key `" + yaml::shown(value) + "` stands at line " +
                                          std::to_string(rows_at[other->second].line) +
                                          " already; keys must differ");
    }
}

void read_yaml_table(std::string_view text, std::string_view name, const Context& context, Tables& into) {
    const auto root = parse_file(text, context);
    if (!root) return;
    Reader file(*root, context, "the table");
    if (!file.is_map()) return;
    file.version(1);
    Table table;
    table.name = name;
    table.where = {context.file, root->at};
    table.key = file.required_string("key");
    const Node* rows = file.required_list("rows");
    file.finish();
    if (rows == nullptr || table.key.empty()) return;
    table.columns.push_back(table.key);
    std::vector<Position> rows_at;
    for (const Node& row : rows->items) {
        if (!row.is_map()) {
            context.error(row.at,
                          "a row must be a map of `column: value`, here is a " + std::string(kind_name(row)));
            continue;
        }
        std::vector<LocalText> cells(table.columns.size());
        for (const yaml::Entry& entry : row.entries) {
            std::size_t column = table.column(entry.key);
            if (column == table.columns.size()) {
                table.columns.push_back(entry.key);
                cells.emplace_back();
            }
            if (entry.value.is_null()) continue;
            // Cells are data: one text for all locales is the rule, so no warning about a missing
            // translation.
            if (entry.value.is_scalar()) {
                cells[column] = LocalText::everywhere(entry.value.scalar);
            } else if (auto cell = yaml::read_text(entry.value, "`" + entry.key + "`", context)) {
                cells[column] = std::move(*cell);
            }
        }
        table.rows.push_back(std::move(cells));
        rows_at.push_back(row.at);
    }
    for (auto& row : table.rows) row.resize(table.columns.size());
    check_key(table, rows_at, context);
    add(table, into, context);
}

void read_csv_table(std::string_view text, std::string_view name, const Context& context, Tables& into) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.rfind(byte_order_mark, 0) == 0) text.remove_prefix(byte_order_mark.size());
    if (text.size() > largest_csv) {
        context.error({}, "the file has more than 16 MiB; keep only the columns and rows that flows need");
        return;
    }
    if (!text::is_utf8(text)) {
        context.error({}, "the file is not UTF-8; save it with the encoding UTF-8");
        return;
    }
    Csv csv(text, context);
    std::vector<Cell> cells;
    if (!csv.row(cells)) {
        context.error({}, "the table is empty; name its columns in the first line");
        return;
    }
    Table table;
    table.name = name;
    table.where = {context.file, {1, 1}};
    struct Target {
        std::size_t column;
        std::string locale;
    };
    std::vector<Target> targets;
    for (const Cell& head : cells) {
        std::string column = head.text;
        std::string locale;
        if (const std::size_t dot = column.rfind('.'); dot != std::string::npos && column.size() - dot == 3) {
            locale = column.substr(dot + 1);
            column.resize(dot);
        }
        if (column.empty()) context.error(head.at, "a column has no name; add one");
        std::size_t at = table.column(column);
        const bool twice =
            at < table.columns.size() &&
            (locale.empty() || std::any_of(targets.begin(), targets.end(), [&](const Target& t) {
                 return t.column == at && (t.locale == locale || t.locale.empty());
             }));
        if (twice)
            context.error(head.at,
                          "the column `" + yaml::shown(head.text) + "` stands here twice; rename one");
        if (at == table.columns.size()) table.columns.push_back(column);
        targets.push_back({at, locale});
    }
    table.key = table.columns.front();
    std::vector<Position> rows_at;
    while (csv.row(cells)) {
        if (cells.size() != targets.size()) {
            context.error(cells.front().at,
                          "this row has " + std::to_string(cells.size()) + " cells, the first line has " +
                              std::to_string(targets.size()) + "; quote cells that contain commas");
            continue;
        }
        std::vector<LocalText> row(table.columns.size());
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (!cells[i].text.empty())
                row[targets[i].column].locales.push_back({targets[i].locale, {std::move(cells[i].text)}});
        rows_at.push_back(cells.front().at);
        table.rows.push_back(std::move(row));
    }
    check_key(table, rows_at, context);
    add(table, into, context);
}

}  // namespace

std::string folded_key(std::string_view value) {
    std::string out;
    const std::string normal = text::normalised(value, {.shorten_repeats = false});
    for (std::size_t at = 0; at < normal.size();) {
        const text::Decoded next = text::decode(normal, at);
        if (text::is_letter(next.code) || text::is_ascii_digit(next.code)) out.append(normal, at, next.size);
        at += next.size;
    }
    return out.empty() ? normal : out;
}

std::size_t Table::column(std::string_view wanted) const noexcept {
    return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), wanted) - columns.begin());
}

void Table::build_index() {
    index.clear();
    const std::size_t at = column(key);
    if (at == columns.size()) return;
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (const auto& [locale, variants] : rows[i][at].locales)
            for (const std::string& value : variants) index.try_emplace(folded_key(value), i);
}

const std::vector<LocalText>* Table::find(std::string_view value) const {
    const auto found = index.find(folded_key(value));
    return found == index.end() ? nullptr : &rows[found->second];
}

const std::vector<LocalText>* Table::find(std::string_view by, std::string_view value) const {
    if (by.empty() || by == key) return find(value);
    const std::size_t at = column(by);
    if (at == columns.size()) return nullptr;
    const std::string wanted = folded_key(value);
    for (const auto& row : rows)
        for (const auto& [locale, variants] : row[at].locales)
            for (const std::string& each : variants)
                if (folded_key(each) == wanted) return &row;
    return nullptr;
}

const Table* Tables::find(std::string_view name) const noexcept {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Table& t) { return t.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> Tables::names() const {
    std::vector<std::string> out;
    for (const Table& table : all) out.push_back(table.name);
    return out;
}

void read_table(std::string_view text, std::string_view name, const Context& context, Tables& into) {
    const std::string_view file = context.file;
    if (file.size() > 4 && file.substr(file.size() - 4) == ".csv") {
        read_csv_table(text, name, context, into);
    } else {
        read_yaml_table(text, name, context, into);
    }
}

Table stores_table(const Stores& stores) {
    Table table;
    table.name = "stores";
    table.key = "id";
    table.columns = {"id", "name", "address", "hours", "directions", "note", "phone", "region"};
    const auto cell = [](const std::string& value) {
        return value.empty() ? LocalText{} : LocalText::everywhere(value);
    };
    for (const Shop& shop : stores.all) {
        if (table.rows.empty()) table.where = shop.where;
        table.rows.push_back({LocalText::everywhere(shop.id), shop.name, shop.address, shop.hours,
                              shop.directions, shop.note, cell(shop.phone), cell(shop.region)});
    }
    table.build_index();
    return table;
}

}  // namespace maru::flows
