// Problems found in the files an admin edits: each names its place, what is wrong and what would be right.
//
// Plain values. A `Problems` list belongs to one loading run on one thread; loaders add to it and go on, so
// that one run shows everything at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace maru::flows::yaml {

// Both from 1; columns count code points, as editors do. {0, 0} speaks of the file as a whole.
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    bool operator==(const Position&) const = default;
};

// error: the content must not go live. warning: it may, but somebody should look.
enum class Severity : std::uint8_t { error, warning };

struct Problem {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    Severity severity = Severity::error;
    std::string message;
};

// "flows/return.yaml:12:5: error: …", the form compilers and editors know. Line and column are left out when
// 0.
[[nodiscard]] std::string to_string(const Problem& problem);

class Problems {
  public:
    // More than a person reads in one sitting; the rest is counted, and one closing line says so. Errors
    // always count.
    static constexpr std::size_t most_kept = 500;

    void add(Problem problem);
    void error(std::string_view file, Position at, std::string message);
    void warning(std::string_view file, Position at, std::string message);

    [[nodiscard]] bool has_errors() const noexcept { return errors_ > 0; }
    [[nodiscard]] std::size_t errors() const noexcept { return errors_; }
    [[nodiscard]] std::size_t warnings() const noexcept { return warnings_; }
    [[nodiscard]] bool empty() const noexcept { return errors_ + warnings_ == 0; }

    // As found.
    [[nodiscard]] const std::vector<Problem>& all() const noexcept { return all_; }
    // By file and place, equal ones once, with a closing line when some were left out.
    [[nodiscard]] std::vector<Problem> sorted() const;

  private:
    std::vector<Problem> all_;
    std::size_t errors_ = 0;
    std::size_t warnings_ = 0;
};

// The candidate nearest to `name` when it is near enough to be a slip of the finger, else empty. Ties go to
// the first.
[[nodiscard]] std::string_view nearest(std::string_view name,
                                       const std::vector<std::string_view>& candidates);
[[nodiscard]] std::string_view nearest(std::string_view name, const std::vector<std::string>& candidates);

// "; did you mean `name`?" or, without a near one, "; known are a, b, c" (at most sixteen). For ends of
// messages.
[[nodiscard]] std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates);
[[nodiscard]] std::string suggestion(std::string_view name, const std::vector<std::string>& candidates);

// `text` cut to a length fit for a message (on a code point boundary), with control characters made visible.
[[nodiscard]] std::string shown(std::string_view text, std::size_t most_bytes = 60);

}  // namespace maru::flows::yaml
