#include <algorithm>
#include <array>

#include "catalog/feed_readers.hpp"

namespace maru::catalog {
namespace {

// Cells of one record after another (RFC 4180: quotes may hold separators, line breaks and doubled quotes).
// Rows are bounded so that one missing quote does not swallow a whole feed.
class TableReader {
  public:
    TableReader(std::string_view bytes, char separator) : bytes_(bytes), separator_(separator) {}

    // False at the end. `problem` is set when the record is broken; it is then skipped to its line's end.
    bool next(std::vector<std::string>& cells, std::string& problem) {
        cells.clear();
        problem.clear();
        if (at_ >= bytes_.size()) return false;
        line_ = next_line_;
        const auto start = at_;
        std::string cell;
        for (;;) {
            cell.clear();
            if (separator_ != '\t' && at_ < bytes_.size() && bytes_[at_] == '"') {
                if (!quoted(cell)) {
                    problem = "a quoted cell is not closed within 1 MiB";
                    recover(start);
                    return true;
                }
            }
            while (at_ < bytes_.size() && bytes_[at_] != separator_ && bytes_[at_] != '\n')
                cell += bytes_[at_++];
            const bool end = at_ >= bytes_.size() || bytes_[at_] == '\n';
            if (end && !cell.empty() && cell.back() == '\r') cell.pop_back();
            constexpr std::size_t widest = 2000;
            if (cells.size() < widest) cells.push_back(cell);
            if (at_ < bytes_.size()) ++at_;
            if (end) {
                ++next_line_;
                return true;
            }
        }
    }
    [[nodiscard]] std::uint32_t line() const noexcept { return line_; }

  private:
    bool quoted(std::string& cell) {
        constexpr std::size_t longest = 1 << 20;
        std::uint32_t lines = 0;
        for (++at_; at_ < bytes_.size() && cell.size() <= longest; ++at_) {
            const char c = bytes_[at_];
            if (c == '\n') ++lines;
            if (c != '"') {
                cell += c;
            } else if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '"') {
                cell += '"';
                ++at_;
            } else {
                ++at_;
                next_line_ += lines;
                return true;
            }
        }
        return false;
    }

    void recover(std::size_t start) {
        at_ = std::min(bytes_.find('\n', start), bytes_.size());
        if (at_ < bytes_.size()) ++at_;
        ++next_line_;
    }

    std::string_view bytes_;
    char separator_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    std::uint32_t next_line_ = 1;
};

char guess_separator(std::string_view bytes) {
    const auto header = bytes.substr(0, bytes.find('\n'));
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char c : {',', ';', '\t', '|'}) {
        const auto count = std::count(header.begin(), header.end(), c);
        if (count > most) {
            most = count;
            best = c;
        }
    }
    return best;
}

// What Korean shop exports call Google's attributes.
std::string known_name(const std::string& header) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 24> names{
        {{"상품번호", "id"},
         {"상품코드", "id"},
         {"상품id", "id"},
         {"상품명", "title"},
         {"제품명", "title"},
         {"상품설명", "description"},
         {"설명", "description"},
         {"카테고리", "product_type"},
         {"분류", "product_type"},
         {"브랜드", "brand"},
         {"제조사", "brand"},
         {"모델명", "mpn"},
         {"판매가", "price"},
         {"정가", "price"},
         {"가격", "price"},
         {"할인가", "sale_price"},
         {"재고상태", "availability"},
         {"판매상태", "availability"},
         {"색상", "color"},
         {"이미지", "image_link"},
         {"이미지주소", "image_link"},
         {"링크", "link"},
         {"상품주소", "link"},
         {"평점", "rating"}}};
    std::string bare;
    for (const char c : header)
        if (c != ' ' && c != '_') bare += c;
    for (const auto& [korean, name] : names)
        if (bare == korean) return std::string(name);
    return field_name(header);
}

bool blank(const std::vector<std::string>& cells) {
    return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) {
        return cell.find_first_not_of(" \t\r") == std::string::npos;
    });
}

}  // namespace

std::string read_table(std::string_view bytes, char separator, FeedCollector& into) {
    TableReader reader(bytes, separator == '\0' ? guess_separator(bytes) : separator);
    std::vector<std::string> header;
    std::string problem;
    if (!reader.next(header, problem) || !problem.empty())
        return "line 1: the header line cannot be read: " + problem;
    for (auto& name : header) name = known_name(name);
    for (const auto* needed : {"id", "title", "price"})
        if (std::find(header.begin(), header.end(), needed) == header.end())
            return "line 1: the header has no column \"" + std::string(needed) +
                   "\"; name the columns as Google's product attributes (id, title, price, …)";
    std::vector<std::string> cells;
    while (reader.next(cells, problem)) {
        if (problem.empty() && blank(cells)) continue;
        ProductBuilder builder(into.feed.currency);
        if (problem.empty() && cells.size() > header.size())
            problem = "has " + std::to_string(cells.size()) + " cells, the header has " +
                      std::to_string(header.size());
        for (std::size_t i = 0; i < cells.size() && i < header.size(); ++i) {
            // "title_en" or "title[en]" is the title in English.
            const auto& name = header[i];
            const auto locale = [&]() -> std::string {
                if (name.size() > 4 && name.back() == ']' && name[name.size() - 4] == '[')
                    return name.substr(name.size() - 3, 2);
                if (name.ends_with("_en") || name.ends_with("_ko")) return name.substr(name.size() - 2);
                return {};
            }();
            if (!locale.empty()) {
                if (!cells[i].empty())
                    builder.localized(locale, name.substr(0, name.size() - (name.back() == ']' ? 4 : 3)),
                                      cells[i]);
            } else {
                builder.set(name, cells[i]);
            }
        }
        into.add(builder, reader.line(), problem);
    }
    return {};
}

std::string read_shopify(std::string_view bytes, FeedCollector& into) {
    TableReader reader(bytes, ',');
    std::vector<std::string> header;
    std::string problem;
    if (!reader.next(header, problem) || !problem.empty())
        return "line 1: the header line cannot be read: " + problem;
    const auto column = [&](std::string_view name) {
        return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
    };
    for (const auto* needed : {"Handle", "Title", "Variant Price"})
        if (column(needed) == header.size())
            return "line 1: the header has no column \"" + std::string(needed) +
                   "\"; export the products from Shopify again";

    // What the first row of a product says for all its variants.
    std::string handle, title, description, vendor, type, image, published;
    std::array<std::string, 3> option_names;
    std::vector<std::string> cells;
    while (reader.next(cells, problem)) {
        if (problem.empty() && blank(cells)) continue;
        const auto cell = [&](std::string_view name) -> std::string {
            const auto at = column(name);
            return at < cells.size() ? cells[at] : std::string();
        };
        ProductBuilder builder(into.feed.currency);
        if (!problem.empty()) {
            into.add(builder, reader.line(), problem);
            continue;
        }
        if (const auto own = cell("Handle"); own != handle || !cell("Title").empty()) {
            handle = own;
            title = cell("Title");
            description = cell("Body (HTML)");
            vendor = cell("Vendor");
            type = cell("Type").empty() ? cell("Product Category") : cell("Type");
            image = cell("Image Src");
            published = cell("Published");
            for (std::size_t i = 0; i < option_names.size(); ++i)
                option_names[i] = cell("Option" + std::to_string(i + 1) + " Name");
        }
        const auto price = cell("Variant Price");
        if (price.empty()) continue;  // a further image of the product
        if (handle.empty() || title.empty()) {
            into.add(builder, reader.line(),
                     handle.empty() ? "Handle is missing" : "Title is missing in the product's first row");
            continue;
        }
        if (published == "false" || published == "FALSE" || cell("Status") == "draft" ||
            cell("Status") == "archived")
            continue;
        auto name = title;
        std::string options;
        for (std::size_t i = 0; i < option_names.size(); ++i) {
            const auto value = cell("Option" + std::to_string(i + 1) + " Value");
            if (value.empty() || value == "Default Title") continue;
            options += (options.empty() ? "" : " / ") + value;
            builder.set(option_names[i].empty() ? "option" + std::to_string(i + 1) : option_names[i], value);
        }
        const auto sku = cell("Variant SKU");
        builder.set("id", !sku.empty() ? sku : handle + (options.empty() ? "" : "-" + options));
        builder.set("title", options.empty() ? name : name + " - " + options);
        builder.set("description", description);
        builder.set("brand", vendor);
        builder.set("product_type", type);
        builder.set("item_group_id", handle);
        builder.set("mpn", sku);
        builder.set("gtin", cell("Variant Barcode"));
        builder.set("link", "/products/" + handle);
        const auto own_image = cell("Variant Image");
        builder.set("image_link", own_image.empty() ? image : own_image);
        const auto before = cell("Variant Compare At Price");
        builder.set("price", before.empty() ? price : before);
        if (!before.empty()) builder.set("sale_price", price);
        const auto stock = cell("Variant Inventory Qty");
        if (!stock.empty() && cell("Variant Inventory Policy") != "continue")
            builder.set("availability", stock.front() == '-' || stock == "0" ? "out_of_stock" : "in_stock");
        into.add(builder, reader.line());
    }
    return {};
}

}  // namespace maru::catalog
