#include "flows/yaml/problem.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace maru::flows::yaml {
namespace {

constexpr std::size_t longest_compared = 48;

// Optimal string alignment distance (insert, delete, replace, swap neighbours), on bytes: names in these
// files are ASCII.
std::size_t distance(std::string_view a, std::string_view b) {
    std::array<std::array<std::size_t, longest_compared + 1>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + cost});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a.size() % 3][b.size()];
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == '-' || c == ' ') c = '_';
    }
    return out;
}

template <typename Strings>
std::string_view nearest_of(std::string_view name, const Strings& candidates) {
    if (name.size() > longest_compared) return {};
    const std::string wanted = lowered(name);
    std::string_view best;
    // Two names of one or two letters are never slips of each other.
    std::size_t best_distance = wanted.size() < 3 ? 1 : std::max<std::size_t>(1, wanted.size() / 3) + 1;
    for (const auto& candidate : candidates) {
        if (candidate.size() > longest_compared) continue;
        const std::size_t d = distance(wanted, lowered(candidate));
        if (d < best_distance) {
            best_distance = d;
            best = candidate;
        }
    }
    return best;
}

template <typename Strings>
std::string suggestion_of(std::string_view name, const Strings& candidates) {
    if (const auto near = nearest_of(name, candidates); !near.empty())
        return "; did you mean `" + std::string(near) + "`?";
    if (candidates.empty()) return {};
    constexpr std::size_t most_listed = 16;
    std::string out = "; known are ";
    for (std::size_t i = 0; i < candidates.size() && i < most_listed; ++i) {
        if (i > 0) out += ", ";
        out += candidates[i];
    }
    if (candidates.size() > most_listed) out += ", …";
    return out;
}

}  // namespace

std::string to_string(const Problem& problem) {
    std::string out = problem.file;
    if (problem.line > 0) {
        out += ':' + std::to_string(problem.line);
        if (problem.column > 0) out += ':' + std::to_string(problem.column);
    }
    out += problem.severity == Severity::error ? ": error: " : ": warning: ";
    out += problem.message;
    return out;
}

void Problems::add(Problem problem) {
    ++(problem.severity == Severity::error ? errors_ : warnings_);
    if (all_.size() < most_kept) all_.push_back(std::move(problem));
}

void Problems::error(std::string_view file, Position at, std::string message) {
    add({std::string(file), at.line, at.column, Severity::error, std::move(message)});
}

void Problems::warning(std::string_view file, Position at, std::string message) {
    add({std::string(file), at.line, at.column, Severity::warning, std::move(message)});
}

std::vector<Problem> Problems::sorted() const {
    const auto key = [](const Problem& p) {
        return std::tie(p.file, p.line, p.column, p.severity, p.message);
    };
    std::vector<Problem> out = all_;
    std::sort(out.begin(), out.end(), [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
    out.erase(std::unique(out.begin(), out.end(),
                          [&](const Problem& a, const Problem& b) { return key(a) == key(b); }),
              out.end());
    if (const std::size_t total = errors_ + warnings_; total > all_.size()) {
        out.push_back({"…", 0, 0, errors_ > 0 ? Severity::error : Severity::warning,
                       std::to_string(total - all_.size()) + " more problems are not shown"});
    }
    return out;
}

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
    return nearest_of(name, candidates);
}
std::string_view nearest(std::string_view name, const std::vector<std::string>& candidates) {
    return nearest_of(name, candidates);
}
std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates) {
    return suggestion_of(name, candidates);
}
std::string suggestion(std::string_view name, const std::vector<std::string>& candidates) {
    return suggestion_of(name, candidates);
}

std::string shown(std::string_view text, std::size_t most_bytes) {
    bool cut = false;
    if (text.size() > most_bytes) {
        std::size_t end = most_bytes;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        text = text.substr(0, end);
        cut = true;
    }
    std::string out;
    out.reserve(text.size() + 3);
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            out += '?';
        } else {
            out += c;
        }
    }
    if (cut) out += "…";
    return out;
}

}  // namespace maru::flows::yaml
