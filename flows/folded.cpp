#include "flows/folded.hpp"

#include <algorithm>
#include <array>

#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::flows {
namespace {

// "두 번째 거 말고": named to be left out.
bool refused_behind(std::string_view text, const nlu::Entity& entity) {
    constexpr std::size_t near = 16;  // bytes: "거는 말고"
    if (entity.span.end > text.size()) return false;
    const auto rest = text.substr(entity.span.end, near);
    return rest.find("말고") != std::string_view::npos || rest.find("빼고") != std::string_view::npos;
}

}  // namespace

Folded fold(std::string_view raw) {
    const std::string normal =
        text::normalised(text::truncate(raw, longest_answer), {.shorten_repeats = false});
    Folded out;
    bool inside = false;
    for (std::size_t at = 0; at < normal.size();) {
        const text::Decoded next = text::decode(normal, at);
        const bool kept =
            text::is_letter(next.code) || text::is_ascii_digit(next.code) || text::is_emoji(next.code);
        if (kept) {
            if (!inside) out.words.push_back({out.text.size(), out.text.size()});
            out.text.append(normal, at, next.size);
            out.words.back().end = out.text.size();
        }
        inside = kept;
        at += next.size;
    }
    return out;
}

bool at_word_start(const Folded& message, std::size_t at) {
    return std::any_of(message.words.begin(), message.words.end(),
                       [&](const Word& w) { return w.begin == at; });
}

bool at_word_end(const Folded& message, std::size_t at) {
    return std::any_of(message.words.begin(), message.words.end(),
                       [&](const Word& w) { return w.end == at; });
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// "2", "2번", "2번째", "2번이요": the option's place in the list.
std::optional<std::size_t> spoken_number(const Folded& message, std::size_t count) {
    std::size_t digits = 0;
    std::size_t number = 0;
    while (digits < message.text.size() && digits < 3 && message.text[digits] >= '0' &&
           message.text[digits] <= '9')
        number = number * 10 + static_cast<std::size_t>(message.text[digits++] - '0');
    if (digits == 0 || number == 0 || number > count) return std::nullopt;
    static constexpr std::array<std::string_view, 8> endings = {"",     "번",     "번이요", "번요",
                                                                "번째", "번째요", "번으로", "번입니다"};
    const std::string_view rest = std::string_view(message.text).substr(digits);
    if (std::find(endings.begin(), endings.end(), rest) == endings.end()) return std::nullopt;
    return number - 1;
}

std::optional<std::size_t> ordinal(std::string_view text, const nlu::Understanding* understanding,
                                   std::size_t count) {
    // "The middle one", where there is one.
    constexpr auto middles = std::to_array<std::string_view>({"middle one", "one in the middle", "가운데"});
    if (count % 2 == 1 && count > 1 && std::any_of(middles.begin(), middles.end(), [&](std::string_view one) {
            return text.find(one) != std::string_view::npos;
        }))
        return count / 2;
    if (understanding == nullptr) return std::nullopt;
    std::optional<std::size_t> found;
    for (const nlu::Entity& entity : understanding->entities) {
        const auto* place = std::get_if<nlu::Ordinal>(&entity.value);
        if (place == nullptr || refused_behind(text, entity)) continue;
        const auto size = static_cast<int>(count);
        const int index = place->index < 0 ? size + place->index : place->index - 1;
        if (index < 0 || index >= size) continue;
        if (found && *found != static_cast<std::size_t>(index)) return std::nullopt;
        found = static_cast<std::size_t>(index);
    }
    return found;
}

}  // namespace maru::flows
