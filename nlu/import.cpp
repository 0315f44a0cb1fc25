#include "nlu/import.hpp"

#include <algorithm>
#include <istream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>

#include "nlu/text/encoding.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::nlu {
namespace {

// Records of RFC 4180, one at a time.
class Sheet {
  public:
    explicit Sheet(std::string_view text) : text_(text) {
        // The sign that separates columns is the one the first line has most of.
        const auto first = text.substr(0, text.find('\n'));
        for (const char sign : {';', '\t'})
            if (std::count(first.begin(), first.end(), sign) >
                std::count(first.begin(), first.end(), separator_))
                separator_ = sign;
    }

    [[nodiscard]] int line() const noexcept { return line_; }
    [[nodiscard]] bool unclosed() const noexcept { return unclosed_; }

    // nullopt at the end.
    std::optional<std::vector<std::string>> next() {
        if (at_ >= text_.size()) return std::nullopt;
        std::vector<std::string> fields(1);
        bool quoted = false;
        while (at_ < text_.size()) {
            const auto byte = text_[at_++];
            line_ += byte == '\n';
            if (quoted) {
                if (byte != '"') {
                    fields.back().push_back(byte);
                } else if (at_ < text_.size() && text_[at_] == '"') {
                    fields.back().push_back('"');
                    ++at_;
                } else {
                    quoted = false;
                }
            } else if (byte == '"' && fields.back().empty()) {
                quoted = true;
            } else if (byte == separator_) {
                fields.emplace_back();
            } else if (byte == '\n') {
                if (fields.back().ends_with('\r')) fields.back().pop_back();
                return fields;
            } else {
                fields.back().push_back(byte);
            }
        }
        unclosed_ = quoted;
        return fields;
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 1;
    char separator_ = ',';
    bool unclosed_ = false;
};

bool is_header(const std::vector<std::string>& fields) {
    return fields.size() >= 2 && (fields[1] == "intent" || fields[1] == "label" || fields[1] == "의도" ||
                                  fields[0] == "text" || fields[0] == "문장");
}

}  // namespace

ImportedExamples read_csv_examples(std::istream& in, const std::string& file) {
    ImportedExamples out;
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    const auto text = text::decoded(bytes);
    if (!text) {
        out.problems.push_back({Problem::Kind::error,
                                {file, 0, 0},
                                "neither UTF-8 nor UTF-16 nor CP949; save the sheet as \"CSV UTF-8\""});
        return out;
    }
    Sheet sheet(*text);
    for (bool first = true;; first = false) {
        const Place place{file, sheet.line(), 0};
        auto record = sheet.next();
        if (!record) break;
        auto& fields = *record;
        if ((first && is_header(fields)) || (fields.size() == 1 && fields[0].empty())) continue;
        const auto problem = [&](const char* what) {
            out.problems.push_back({Problem::Kind::error, place, what});
        };
        if (sheet.unclosed()) {
            problem("a quote is never closed");
        } else if (fields.size() < 2 || fields[0].empty() || fields[1].empty()) {
            problem("a row needs two columns, the sentence and its label");
        } else {
            out.examples.push_back({std::move(fields[0]), std::move(fields[1]), place});
        }
    }
    return out;
}

std::string to_intents_yaml(const std::vector<Example>& examples, std::string_view locale) {
    std::vector<std::string> order;
    std::map<std::string, std::vector<std::string>> by_label;
    std::unordered_set<std::string> seen;
    for (const auto& example : examples) {
        auto text = example.text;
        for (auto& c : text)
            if (c == '\n' || c == '\r' || c == '\t') c = ' ';
        if (!seen.insert(example.label + '\n' + text).second) continue;
        auto& list = by_label[example.label];
        if (list.empty()) order.push_back(example.label);
        list.push_back(std::move(text));
    }
    std::string out = "version: 1\nlocale: " + std::string(locale) + "\nnlu:\n";
    for (const auto& label : order) {
        // A JSON string is a YAML string.
        out += "  - intent: " + nlohmann::json(label).dump() + "\n    examples: |\n";
        for (const auto& text : by_label[label]) out += "      - " + text + '\n';
    }
    return out;
}

}  // namespace maru::nlu
