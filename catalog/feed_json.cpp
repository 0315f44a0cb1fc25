#include <algorithm>
#include <nlohmann/json.hpp>

#include "catalog/feed_readers.hpp"

namespace maru::catalog {
namespace {

using Json = nlohmann::json;

// Feeds a ProductBuilder straight from the parser's events: attributes keep the feed's order, nothing is
// built twice, and a hostile row costs no more than its length.
class RowReader final : public nlohmann::json_sax<Json> {
  public:
    RowReader(ProductBuilder& builder, std::string& problem) : builder_(builder), problem_(problem) {}

    bool null() override { return open(); }
    bool boolean(bool value) override { return take(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return take(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return take(std::to_string(value)); }
    bool number_float(number_float_t, const string_t& written) override {
        // "6.0" and "6" are the same size to a reader.
        auto text = written;
        if (text.find_first_of("eE") == std::string::npos && text.find('.') != std::string::npos) {
            while (text.back() == '0') text.pop_back();
            if (text.back() == '.') text.pop_back();
        }
        return take(std::move(text));
    }
    bool string(string_t& value) override { return take(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override {
        if (!deeper()) return false;
        path_.emplace_back();
        return true;
    }
    bool key(string_t& value) override {
        path_.back() = std::move(value);
        return true;
    }
    bool end_object() override {
        path_.pop_back();
        --depth_;
        return true;
    }
    bool start_array(std::size_t) override {
        if (path_.empty()) return fail("a row must be an object");
        if (!deeper()) return false;
        if (arrays_++ == 0) list_.clear();
        return true;
    }
    bool end_array() override {
        --depth_;
        if (--arrays_ == 0 && !list_.empty()) give(std::move(list_));
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        return fail("is not valid JSON at column " + std::to_string(position));
    }

  private:
    bool fail(std::string reason) {
        if (problem_.empty()) problem_ = std::move(reason);
        return false;
    }
    bool open() { return !path_.empty() || fail("a row must be an object"); }
    bool deeper() { return ++depth_ <= 8 || fail("is nested deeper than 8 levels"); }
    bool take(std::string value) {
        if (!open()) return false;
        if (arrays_ == 0) {
            give(std::move(value));
        } else {
            if (!list_.empty()) list_ += ", ";
            list_ += value;
        }
        return true;
    }
    void give(std::string value) {
        const auto levels = path_.size();
        if (levels == 1) {
            builder_.set(path_[0], std::move(value));
        } else if (path_[0] == "locales") {
            if (levels == 3)
                builder_.localized(path_[1], path_[2], std::move(value));
            else if (levels == 4)
                builder_.localized_attribute(path_[1], path_[3], std::move(value));
        } else {
            auto name = path_[1];
            for (std::size_t i = 2; i < levels; ++i) name += '_' + path_[i];
            if (path_[0] != "attributes") name.insert(0, path_[0] + '_');
            builder_.attribute(name, std::move(value));
        }
    }

    ProductBuilder& builder_;
    std::string& problem_;
    std::vector<std::string> path_;  // the keys of the open objects
    std::string list_;
    int depth_ = 0;
    int arrays_ = 0;
};

constexpr std::string_view blanks = " \t\r\n";

void read_row(std::string_view row, std::uint32_t line, FeedCollector& into) {
    constexpr std::size_t longest = 1 << 20;
    ProductBuilder builder(into.feed.currency);
    std::string problem;
    if (row.size() > longest) {
        problem = "is longer than 1 MiB";
    } else {
        RowReader reader(builder, problem);
        if (!Json::sax_parse(row.begin(), row.end(), &reader) && problem.empty())
            problem = "is not valid JSON";
    }
    into.add(builder, line, std::move(problem));
}

// Where the element that begins at `at` ends: at a comma or bracket of the list itself.
std::size_t end_of_element(std::string_view bytes, std::size_t at) {
    int depth = 0;
    bool quoted = false;
    for (; at < bytes.size(); ++at) {
        const char c = bytes[at];
        if (quoted) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (depth == 0 && (c == ',' || c == ']')) {
            return at;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0 ? 1 : 0;  // a stray one spoils no other element
        }
    }
    return bytes.size();
}

// [{…}, {…}]: each element is read by itself, so that one broken product spoils no other.
std::string read_json_array(std::string_view bytes, std::size_t open, FeedCollector& into) {
    auto line = 1 + static_cast<std::uint32_t>(
                        std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(open), '\n'));
    for (auto at = open + 1;;) {
        const auto begin = std::min(bytes.find_first_not_of(blanks, at), bytes.size());
        line +=
            static_cast<std::uint32_t>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                                  bytes.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
        const auto end = end_of_element(bytes, begin);
        const auto row = bytes.substr(begin, end - begin);
        if (row.find_first_not_of(blanks) != std::string_view::npos) read_row(row, line, into);
        line += static_cast<std::uint32_t>(std::count(row.begin(), row.end(), '\n'));
        if (end == bytes.size()) return "the list of products is not closed with ]: the feed is cut off";
        at = end + 1;
        if (bytes[end] == ',') continue;
        if (bytes.find_first_not_of(blanks, at) != std::string_view::npos)
            return "there is more behind the ] that ends the list of products";
        return {};
    }
}

}  // namespace

std::string read_json_lines(std::string_view bytes, FeedCollector& into) {
    const auto first = bytes.find_first_not_of(blanks);
    if (first != std::string_view::npos && bytes[first] == '[') return read_json_array(bytes, first, into);
    std::uint32_t line = 0;
    while (!bytes.empty()) {
        const auto end = std::min(bytes.find('\n'), bytes.size());
        const auto row = bytes.substr(0, end);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        ++line;
        if (row.find_first_not_of(blanks) != std::string_view::npos) read_row(row, line, into);
    }
    return {};
}

}  // namespace maru::catalog
