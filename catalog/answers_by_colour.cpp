// Colours: of the product and of its variants.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "catalog/answerer.hpp"
#include "catalog/labels.hpp"
#include "catalog/lexicon.hpp"

namespace maru::catalog {

// ---- the colour of light
// "Does it do warm white?", "전구색 되나요?": of a lamp that states its colour temperature. Warm is below
// 3,300 K, cool above 5,300 K (EN 12464-1).
void Answerer::light_color() {
    struct Name {
        std::string_view first, second;  // words one after the other; `second` empty: `first` alone
        double from, to;                 // kelvin
    };
    constexpr double coldest = 20000, cool = 5300, warm = 3300;
    constexpr auto names =
        std::to_array<Name>({{"warm", "white", 0, warm},       {"warm", "light", 0, warm},
                             {"warm", "yellow", 0, warm},      {"yellow", "light", 0, warm},
                             {"yellowish", "light", 0, warm},  {"warm", "colo", 0, warm},
                             {"전구색", "", 0, warm},          {"노란", "빛", 0, warm},
                             {"노란", "불", 0, warm},          {"따뜻한", "빛", 0, warm},
                             {"따뜻한", "색", 0, warm},        {"따뜻한", "조명", 0, warm},
                             {"주백색", "", warm, cool},       {"neutral", "white", warm, cool},
                             {"cool", "white", cool, coldest}, {"cool", "light", cool, coldest},
                             {"cold", "white", cool, coldest}, {"white", "light", cool, coldest},
                             {"daylight", "", cool, coldest},  {"주광색", "", cool, coldest},
                             {"하얀", "빛", cool, coldest},    {"하얀", "불", cool, coldest},
                             {"흰", "빛", cool, coldest}});
    for (std::size_t i = 0; i < words.size(); ++i)
        for (const auto& name : names) {
            if (!words[i].bare.starts_with(name.first) ||
                (!name.second.empty() && words[i].bare != name.first))
                continue;
            if (!name.second.empty() &&
                (i + 1 == words.size() || !words[i + 1].bare.starts_with(name.second)))
                continue;
            for (const auto& field : fields_) {
                if (field.plain.find("색온도") == std::string::npos &&
                    field.plain.find("colour temp") == std::string::npos &&
                    field.plain.find("color temp") == std::string::npos)
                    continue;
                // "2,700–6,500 K", "4,000 K"
                std::vector<double> kelvin;
                for (const auto& token : tokenize(lower(field.value)))
                    if (const auto stated = std::strtod(token.text.c_str(), nullptr); stated >= 1000)
                        kelvin.push_back(stated);
                if (kelvin.empty()) continue;
                const auto [least, most] = std::minmax_element(kelvin.begin(), kelvin.end());
                const bool has = *least <= name.to && *most >= name.from;
                words[i].explained = true;
                if (!name.second.empty()) words[i + 1].explained = true;
                found_.push_back({i,
                                  {has ? Answer::Kind::yes : Answer::Kind::no,
                                   name_label(field.name, locale_), std::string(field.value)}});
                return;
            }
        }
}

// ---- colours
// "흰색도 있어요?", "what colors does it come in?": variants of the product count as it.
void Answerer::color() {
    const auto own_colors = index_.core->colors[static_cast<std::size_t>(&product_ - index_.products.data())];
    std::uint32_t wanted = 0;
    std::size_t place = words.size();
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].explained) continue;
        auto one =
            i + 1 < words.size() ? color_of(words[i].token.text + ' ' + words[i + 1].bare) : std::nullopt;
        if (!one) one = color_of(words[i].bare);
        if (one && words[i].token.script == Script::latin && is_no_colour(i)) one.reset();
        if (one && picks_by_colour(i, own_colors)) one.reset();
        if (!one) continue;
        wanted |= 1U << *one;
        place = std::min(place, i);
        words[i].explained = true;
    }
    // "색 바뀌어요?", "does it change colour?": of the light.
    if (asks({"색 바", "색이 바", "색깔 바", "색깔이 바", "색도 바", "색 변", "색이 변", "change colo",
              "changes colo", "change the colo"}))
        return;
    bool open = asks({"다른 색", "other color", "other colour"});
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto& word = words[i];
        constexpr auto names =
            std::to_array<std::string_view>({"색", "색이", "색은", "색도", "색상", "색깔", "컬러", "color",
                                             "colors", "colour", "colours", "무슨색", "어떤색", "뭔색"});
        if (std::find(names.begin(), names.end(), word.bare) == names.end() &&
            !word.bare.starts_with("색상") && !word.bare.starts_with("색깔"))
            continue;
        // The colour temperature is another matter.
        if (i + 1 < words.size() && words[i + 1].bare.starts_with("temp")) continue;
        // … and so is the "colour gamut".
        if (i + 1 < words.size() && std::any_of(fields_.begin(), fields_.end(), [&](const DataField& one) {
                return one.plain.starts_with(word.token.text + ' ' + words[i + 1].bare);
            }))
            continue;
        word.explained = true;
        // "The black color?" asks for that one.
        open = open || wanted == 0 || word.bare.ends_with('s');
        place = std::min(place, i);
    }
    if (wanted == 0 && !open) return;
    // "The grey one, is it heavy?" asks for no colour.
    const bool other =
        std::any_of(words.begin(), words.end(), [](const Word& word) { return word.topic != nullptr; });
    if (!open && other && !asks({"있", "color", "colour", "색", "come in", " in "})) return;
    std::vector<std::string> names;
    std::uint32_t bits = 0;
    const auto& core = *index_.core;
    const auto own = core.group[static_cast<std::size_t>(&product_ - index_.products.data())];
    for (std::size_t i = 0; i < index_.products.size(); ++i) {
        if (core.group[i] != own) continue;
        bits |= core.colors[i];
        const auto name = index_.products[i].texts(locale_).color;
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    }
    if (bits == 0 && names.empty()) return;
    Answer found;
    found.attribute = name_label("color", locale_);
    for (const auto& name : names) found.value += (found.value.empty() ? "" : ", ") + name;
    if (found.value.empty())
        for (unsigned color = 0; color < color_names().size(); ++color)
            if ((bits >> color & 1U) != 0)
                found.value += (found.value.empty() ? "" : ", ") + std::string(color_label(color, locale_));
    // "Black or white?" asks which.
    const bool which = open || wanted == 0 || (wanted & (wanted - 1)) != 0;
    // "Only white?", "흰색뿐이에요?": whether there is no other.
    const bool alone = !which && asks({"only ", "just ", "뿐", "색만", "밖에"});
    found.kind = which                                                 ? Answer::Kind::value
                 : (bits & wanted) == 0 || (alone && names.size() > 1) ? Answer::Kind::no
                                                                       : Answer::Kind::yes;
    found_.push_back({place, std::move(found)});
}

// "Can it do brown rice?", "the mint one has …": part of another word's meaning, or what points at the
// product. "A white kettle?" asks for white.
bool Answerer::is_no_colour(std::size_t i) const {
    if (is_no_color(i > 0 ? words[i - 1].bare : "", words[i].bare,
                    i + 1 < words.size() ? words[i + 1].bare : ""))
        return true;
    if (asks({"color", "colour", "come in", "available in"})) return false;
    const bool points = i > 0 && words[i - 1].token.text == "the" && words[i].titled;
    if (points || i + 1 == words.size()) return points;
    const auto& next = words[i + 1];
    return next.matters && next.topic == nullptr && !color_of(next.bare) && next.token.before == 0 &&
           !is_head(next);
}

// The last word of what the title calls it: "Cooker" of "Mini Rice Cooker, 2 Servings".
bool Answerer::is_head(const Word& word) const {
    std::string head;
    for (const auto& token : tokenize(lower(texts_.title))) {
        if (token.before == ',' || token.script == Script::digits) break;
        if (token.script == Script::latin) head = token.text;
    }
    return !head.empty() && word.bare.starts_with(head);
}

// Which of the variants in view is meant is no question, where something else is asked: "핑크꺼 현미밥
// 되나요", "민트 스탠드 조립해야 하나요".
bool Answerer::picks_by_colour(std::size_t i, std::uint32_t own) const {
    const auto color = color_of(words[i].bare);
    if (!color || (own >> *color & 1U) == 0) return false;
    const bool before_name = i + 1 < words.size() && words[i + 1].titled && !words[i + 1].points;
    if (!words[i].points && !before_name) return false;
    return std::any_of(words.begin(), words.end(), [&](const Word& word) {
        return word.matters && !word.titled && !word.points && !color_of(word.bare) &&
               word.token.script != Script::digits;
    });
}

}  // namespace maru::catalog
