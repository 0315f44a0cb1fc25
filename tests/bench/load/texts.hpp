// Questions whose texts never repeat: a template's {word} becomes a pronounceable word made from a counter,
// so that no cache on the server's side can answer twice from the same text.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace maru::load {

// Thread-safe; outlives the connections that draw from it.
class Texts {
  public:
    // Lines of a UTF-8 file; blank lines and those starting with # are left out. Throws std::runtime_error
    // when the file cannot be read, has no line, or a line lacks {word}. An empty path gives a built-in set.
    explicit Texts(const std::string& path);

    struct Draw {
        std::uint64_t number = 0;  // unique in this process
        std::string text;
    };
    [[nodiscard]] Draw next();

  private:
    struct Template {
        std::string before, after;
        bool korean = false;
    };
    std::vector<Template> templates_;
    std::atomic<std::uint64_t> drawn_{0};
};

// {"type":"message","id":"NUMBER","text":TEXT}; the text needs no escaping beyond quotes and backslashes.
[[nodiscard]] std::string message_frame(std::uint64_t number, const std::string& text);

}  // namespace maru::load
