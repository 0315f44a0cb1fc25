#include "bot/content/synonym_edit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "bot/base/durable_file.hpp"
#include "flows/content/shop.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

namespace fs = std::filesystem;
using flows::Position;
using flows::yaml::Node;

constexpr auto file_name = "synonyms.yaml";
constexpr std::size_t longest_word = 40;  // characters

// Groups of normalised words, to compare what a file meant before and after.
using Groups = std::vector<std::vector<std::string>>;

struct Read {
    Groups groups;
    std::size_t entities = 0;
    std::string problem;  // the first error
};

Read read(std::string_view text) {
    Read out;
    if (text.empty()) return out;
    flows::Problems problems;
    flows::Vocabulary vocabulary;
    flows::read_vocabulary(text, {file_name, problems, {}}, vocabulary);
    if (problems.has_errors())
        for (const auto& one : problems.sorted())
            if (out.problem.empty() && one.severity == flows::yaml::Severity::error)
                out.problem = flows::yaml::to_string(one);
    for (const auto& group : vocabulary.synonyms) {
        auto& words = out.groups.emplace_back();
        for (const auto& word : group.words) words.push_back(text::normalised(word));
        std::sort(words.begin(), words.end());
    }
    out.entities = vocabulary.entities.size();
    return out;
}

// The byte at a position, which counts lines and code points from 1.
std::size_t offset_of(std::string_view text, Position at) {
    std::size_t offset = 0;
    for (std::uint32_t line = 1; line < at.line; ++line) {
        const auto end = text.find('\n', offset);
        if (end == std::string_view::npos) return text.size();
        offset = end + 1;
    }
    for (std::uint32_t column = 1; column < at.column && offset < text.size(); ++column)
        offset += text::decode(text, offset).size;
    return offset;
}

std::size_t line_end(std::string_view text, std::size_t at) {
    const auto end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end + 1;
}

std::string written(std::string_view word) {
    const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
               static_cast<unsigned char>(c) >= 0x80;
    });
    return plain && word != "null" ? std::string(word) : nlohmann::json(word).dump();
}

class Editor {
  public:
    Editor(std::string_view text, std::string_view word, std::string_view means)
        : text_(text),
          newline_(text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n"),
          word_(word),
          means_(means),
          before_(read(text)) {}

    SynonymResult run() {
        if (!before_.problem.empty())
            return SynonymError{"mend this first, nothing was changed: " + before_.problem, true};
        const auto word = text::normalised(word_), means = text::normalised(means_);
        const auto has = [](const std::vector<std::string>& group, const std::string& one) {
            return std::binary_search(group.begin(), group.end(), one);
        };
        expected_ = before_.groups;
        std::optional<std::size_t> place;
        for (std::size_t i = 0; i < before_.groups.size(); ++i) {
            if (!has(before_.groups[i], means)) continue;
            if (!place) place = i;
            if (has(before_.groups[i], word)) return known(i);
        }
        if (text_.find_first_not_of(" \t\r\n") == std::string_view::npos) {
            expected_ = {{means, word}};
            std::sort(expected_[0].begin(), expected_[0].end());
            try_text(fmt::format("version: 1{0}synonyms:{0}  - {1}{0}", newline_, own_group()));
        } else {
            flows::Problems problems;
            const auto root = flows::yaml::parse(text_, file_name, problems);
            const auto* list = root ? root->find("synonyms") : nullptr;
            if (place) {
                auto& group = expected_[*place];
                group.insert(std::upper_bound(group.begin(), group.end(), word), word);
                extend(list->value.items[*place]);
            } else {
                auto& group = expected_.emplace_back(std::vector{means, word});
                std::sort(group.begin(), group.end());
                append(list);
            }
        }
        if (!found_)
            return SynonymError{fmt::format("{} is written in a way that cannot be added to; add {} there by "
                                            "hand",
                                            file_name, own_group()),
                                true};
        return std::move(*found_);
    }

  private:
    SynonymResult known(std::size_t place) const {
        SynonymEdit edit;
        edit.known = true;
        edit.text = text_;
        flows::Problems problems;
        flows::Vocabulary vocabulary;
        flows::read_vocabulary(text_, {file_name, problems, {}}, vocabulary);
        edit.group = vocabulary.synonyms[place].words;
        edit.line = vocabulary.synonyms[place].where.at.line;
        return edit;
    }

    [[nodiscard]] std::string own_group() const {
        return "[" + written(means_) + ", " + written(word_) + "]";
    }

    // Takes `candidate` when the loader reads from it exactly what is wanted and nothing else has changed.
    void try_text(std::string candidate) {
        if (found_) return;
        const auto after = read(candidate);
        if (!after.problem.empty() || after.groups != expected_ || after.entities != before_.entities) return;
        SynonymEdit edit;
        edit.text = std::move(candidate);
        flows::Problems problems;
        flows::Vocabulary vocabulary;
        flows::read_vocabulary(edit.text, {file_name, problems, {}}, vocabulary);
        for (std::size_t i = 0; i < expected_.size(); ++i)
            if (i >= before_.groups.size() || expected_[i] != before_.groups[i]) {
                edit.group = vocabulary.synonyms[i].words;
                edit.line = vocabulary.synonyms[i].where.at.line;
            }
        found_ = std::move(edit);
    }
    void try_insert(std::size_t at, const std::string& piece) {
        try_text(std::string(text_.substr(0, at)) + piece + std::string(text_.substr(at)));
    }

    void extend(const Node& group) {
        const auto& last = group.items.back();
        const auto begin = offset_of(text_, last.at);
        // [a, b]: behind the last word, plain or quoted.
        for (const std::string quote : {"", "'", "\""})
            if (const auto shown = quote + last.scalar + quote; text_.substr(begin).starts_with(shown))
                try_insert(begin + shown.size(), ", " + written(word_));
        // - a
        // - b: on a line of its own, below the last word and at its column.
        if (begin > 0) {
            auto line = text_.rfind('\n', begin - 1);
            line = line == std::string_view::npos ? 0 : line + 1;
            const auto lead = text_.substr(line, begin - line);
            const auto end = line_end(text_, begin);
            const std::string before = end > 0 && text_[end - 1] == '\n' ? "" : newline_;
            // "- - only": the outer dash is not repeated.
            std::string indent(lead);
            if (const auto dash = indent.rfind('-'); dash != std::string::npos)
                std::replace(indent.begin(), indent.begin() + static_cast<std::ptrdiff_t>(dash), '-', ' ');
            try_insert(end, before + indent + written(word_) + newline_);
        }
        try_insert(begin, written(word_) + ", ");
    }

    void append(const flows::yaml::Entry* list) {
        if (list == nullptr) {
            const std::string before = text_.empty() || text_.back() == '\n' ? "" : newline_;
            return try_text(std::string(text_) +
                            fmt::format("{0}synonyms:{1}  - {2}{1}", before, newline_, own_group()));
        }
        const auto& groups = list->value.items;
        std::string lead = "  - ";
        std::size_t at = line_end(text_, offset_of(text_, list->key_at));
        if (!groups.empty()) {
            const auto begin = offset_of(text_, groups.back().at);
            auto line = begin == 0 ? std::string_view::npos : text_.rfind('\n', begin - 1);
            line = line == std::string_view::npos ? 0 : line + 1;
            const auto dash = text_.find('-', line);
            if (dash != std::string_view::npos) lead = std::string(text_.substr(line, dash - line)) + "- ";
            const auto& items = groups.back().items;
            at = line_end(text_, offset_of(text_, items.empty() ? groups.back().at : items.back().at));
        }
        // The list's last group may end some lines below its last word.
        for (int lines = 0; lines < 4 && !found_; ++lines) {
            const std::string before = at > 0 && text_[at - 1] == '\n' ? "" : newline_;
            try_insert(at, before + lead + own_group() + newline_);
            at = line_end(text_, at);
        }
    }

    const std::string_view text_;
    const std::string newline_;
    const std::string word_, means_;
    const Read before_;
    Groups expected_;
    std::optional<SynonymEdit> found_;
};

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

std::optional<std::string> fault_of(std::string_view name, const std::string& word) {
    if (word.empty()) return fmt::format("`{}` is empty; name a word", name);
    if (text::sanitise(word) != word) return fmt::format("`{}` is not valid UTF-8", name);
    if (text::count_code_points(word) > longest_word)
        return fmt::format("`{}` is longer than {} characters; a synonym is a word or two", name,
                           longest_word);
    if (std::any_of(word.begin(), word.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
        return fmt::format("`{}` has control characters; write it on one line", name);
    if (text::normalised(word).find_first_not_of(" .,!?-_/'\"()[]{}") == std::string::npos)
        return fmt::format("`{}` has no letters; name a word", name);
    return std::nullopt;
}

}  // namespace

SynonymResult with_synonym(std::string_view text, std::string_view given_word, std::string_view given_means) {
    const auto word = trimmed(given_word), means = trimmed(given_means);
    if (auto fault = fault_of("word", word)) return SynonymError{std::move(*fault)};
    if (auto fault = fault_of("means", means)) return SynonymError{std::move(*fault)};
    if (text::normalised(word) == text::normalised(means))
        return SynonymError{"`word` and `means` are the same; name the shop's own word in `means`"};
    return Editor(text, word, means).run();
}

SynonymResult write_synonym(const fs::path& folder, std::string_view word, std::string_view means) {
    std::error_code error;
    // A link stays a link.
    auto path = fs::weakly_canonical(folder / file_name, error);
    if (error) path = folder / file_name;
    constexpr int tries = 3;
    for (int i = 0; i < tries; ++i) {
        const auto text = read_file(path);
        if (!text && fs::exists(path, error))
            return SynonymError{fmt::format("{} cannot be read; check its permissions", file_name), true};
        auto edit = with_synonym(text.value_or(""), word, means);
        if (edit.has_error() || edit->known) return edit;
        if (read_file(path) != text) continue;
        try {
            replace_file(path, edit->text, 0644);
        } catch (const std::runtime_error& e) {
            return SynonymError{fmt::format("{}; is the config folder writable for the server?", e.what()),
                                true};
        }
        return edit;
    }
    return SynonymError{fmt::format("{} is being edited; try again", file_name), true};
}

}  // namespace maru
