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

}  // namespace

std::string read_json_lines(std::string_view bytes, FeedCollector& into) {
    constexpr std::size_t longest = 1 << 20;
    std::uint32_t line = 0;
    while (!bytes.empty()) {
        const auto end = std::min(bytes.find('\n'), bytes.size());
        auto row = bytes.substr(0, end);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        ++line;
        if (row.find_first_not_of(" \t\r") == std::string_view::npos) continue;
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
    return {};
}

}  // namespace maru::catalog
