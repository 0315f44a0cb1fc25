#include "tests/bench/load/texts.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>
#include <string_view>

namespace maru::load {
namespace {

constexpr std::array<std::string_view, 6> built_in{
    "How long does delivery take to {word}?", "What is your return policy, asks {word}?",
    "How much is shipping to {word}?",        "{word}까지 배송은 얼마나 걸려요?",
    "{word}인데 반품은 어떻게 하나요?",       "{word}까지 배송비가 얼마예요?",
};

constexpr std::string_view consonants = "bdfghjklmnprstvz";
constexpr std::string_view vowels = "aeio";

// Six bits a syllable.
std::string latin_word(std::uint64_t number) {
    std::string word;
    do {
        word += consonants[number & 15U];
        word += vowels[(number >> 4U) & 3U];
        number >>= 6U;
    } while (number != 0);
    word += "na";
    return word;
}

// Hangul syllables are laid out as initial × 588 + vowel × 28 + final from U+AC00 (Unicode standard, 3.12).
std::string hangul_word(std::uint64_t number) {
    std::string word;
    do {
        const auto initial = static_cast<unsigned>(number & 15U);
        const auto vowel = static_cast<unsigned>((number >> 4U) & 3U) * 4;
        const unsigned code = 0xAC00U + initial * 588U + vowel * 28U;
        word += static_cast<char>(0xE0U | (code >> 12U));
        word += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
        word += static_cast<char>(0x80U | (code & 0x3FU));
        number >>= 6U;
    } while (number != 0);
    word += "동";
    return word;
}

}  // namespace

Texts::Texts(const std::string& path) {
    std::vector<std::string> lines(built_in.begin(), built_in.end());
    if (!path.empty()) {
        std::ifstream file(path);
        if (!file) throw std::runtime_error("cannot read " + path);
        lines.clear();
        for (std::string line; std::getline(file, line);)
            if (!line.empty() && line.front() != '#') lines.push_back(line);
    }
    constexpr std::string_view hole = "{word}";
    for (const std::string& line : lines) {
        const std::size_t at = line.find(hole);
        if (at == std::string::npos) throw std::runtime_error("no {word} in: " + line);
        const bool korean = std::any_of(line.begin(), line.end(),
                                        [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
        templates_.push_back({line.substr(0, at), line.substr(at + hole.size()), korean});
    }
    if (templates_.empty()) throw std::runtime_error("no question in " + path);
}

Texts::Draw Texts::next() {
    Draw draw;
    draw.number = drawn_.fetch_add(1, std::memory_order_relaxed);
    const Template& shape = templates_[draw.number % templates_.size()];
    draw.text =
        shape.before + (shape.korean ? hangul_word(draw.number) : latin_word(draw.number)) + shape.after;
    return draw;
}

std::string message_frame(std::uint64_t number, const std::string& text) {
    std::string frame = R"({"type":"message","id":")" + std::to_string(number) + R"(","text":")";
    for (const char c : text) {
        if (c == '"' || c == '\\') frame += '\\';
        frame += c;
    }
    frame += "\"}";
    return frame;
}

}  // namespace maru::load
