// What is not wanted: "삼성 말고", "not red", "anything except X".
#include <array>

#include "nlu/entities.hpp"

namespace maru::nlu {
namespace {

constexpr auto korean = std::to_array<std::u32string_view>(
    {U"말고", U"빼고", U"빼구", U"말구", U"제외하고", U"제외", U"아닌", U"아니고", U"말곤", U"싫고", U"싫어",
     U"싫은데", U"없는", U"없이", U"외에", U"이외"});
struct Lead {
    std::u32string_view word;
    bool needs_known;  // also a common word; only believed before something we know
};
constexpr auto english = std::to_array<Lead>({{U"anything but ", false}, {U"anything except ", false},
                                              {U"other than ", false},   {U"except for ", false},
                                              {U"except ", false},       {U"excluding ", false},
                                              {U"without ", false},      {U"apart from ", false},
                                              {U"besides ", false},      {U"but not ", true},
                                              {U"not ", true},           {U"no ", true},
                                              {U"don't want ", true},    {U"dont want ", true},
                                              {U"don't like ", true},    {U"dont like ", true},
                                              {U"instead of ", true},    {U"rather than ", true},
                                              {U"hate ", true},          {U"non ", true}});
constexpr auto articles = std::to_array<std::u32string_view>(
    {U"a ", U"an ", U"the ", U"any ", U"from ", U"in ", U"that ", U"this ", U"too "});

bool nameable(const Found& found) {
    return found.type != "number" && found.type != "negation" && found.type != "yes_no" &&
           found.type != "quantity" && found.type != "duration" && found.type != "datetime" &&
           found.type != "comparative" && found.type != "money";
}

std::string words(const Reading& r, std::size_t begin, std::size_t end) {
    return text::to_utf8(std::u32string_view(r.codes).substr(begin, end - begin));
}

std::string value_of(const Reading& r, const Found& found) {
    if (const auto* text = std::get_if<std::string>(&found.value)) return *text;
    return words(r, found.begin, found.end);
}

std::size_t skip_particle(const Reading& r, std::size_t i) {
    for (const std::u32string_view particle : {U"은", U"는", U"이", U"가", U"을", U"를", U"색", U"색은",
                                               U"색상", U"거", U"꺼", U"건", U"제품", U"브랜드"})
        if (r.starts(i, particle) && r.at(i + particle.size()) == U' ') return i + particle.size();
    return i;
}

}  // namespace

void find_negations(const Reading& r, std::vector<Found>& found) {
    const auto known = found.size();
    // By code point, so that many refusals cost no more each than one; made when the first is found.
    enum : std::uint8_t { begins = 1, ends = 2, covers = 4 };
    std::vector<std::uint8_t> marks;
    const auto add = [&](std::string value, std::size_t begin, std::size_t end) {
        if (marks.empty()) marks.resize(r.size() + 1);
        if ((marks[begin] & begins) != 0 || (marks[end] & ends) != 0) return;
        marks[begin] |= begins, marks[end] |= ends;
        for (auto i = begin; i < end; ++i) marks[i] |= covers;
        found.push_back({"negation", std::move(value), begin, end});
    };
    const auto covered = [&](std::size_t begin, std::size_t end) {
        for (auto i = begin; !marks.empty() && i < end; ++i)
            if ((marks[i] & covers) != 0) return true;
        return false;
    };
    // Something we know, and what is said around it.
    for (std::size_t i = 0; i < known; ++i) {
        if (!nameable(found[i])) continue;
        const auto begin = found[i].begin;
        const auto end = found[i].end;
        const auto value = value_of(r, found[i]);
        const auto after = r.skip_blank(skip_particle(r, end));
        if (const auto n = starts_any(r, after, korean); n > 0) {
            add(value, begin, after + n);
            continue;
        }
        // "삼성이랑 엘지 말고": what is listed before it falls with it — left to the next name.
        auto start = begin;
        for (const auto article : articles)
            if (r.ends(start, article) && r.latin_border_before(start - article.size()))
                start -= article.size();
        for (const auto& lead : english) {
            if (!r.ends(start, lead.word) || !r.latin_border_before(start - lead.word.size())) continue;
            add(value, start - lead.word.size(), end);
            break;
        }
    }
    for (std::size_t i = 0; i < r.size(); ++i) {
        // A word before 말고/빼고/제외 that is no known name.
        if (r.hangul_at(i)) {
            const bool sure =
                r.starts(i, U"말고") || r.starts(i, U"빼고") || r.starts(i, U"제외") || r.starts(i, U"말구");
            if (!sure || i == 0) continue;
            auto end = r.unskip_blank(i);
            auto begin = end;
            while (begin > 0 && r.codes[begin - 1] != U' ' && r.codes[begin - 1] != U',' && end - begin < 20)
                --begin;
            if (begin == end) continue;
            const auto last = end;
            for (const std::u32string_view particle : {U"은", U"는", U"을", U"를"})
                if (end - begin > 1 && r.ends(end, particle)) {
                    --end;
                    break;
                }
            const auto word = words(r, begin, end);
            // "걱정 말고", "그런 거 말고" refuse nothing by name; verbs end in 지 ("하지 말고").
            if (r.ends(last, U"지") || word == "걱정" || word == "거" || word == "것" || word == "그거" ||
                word == "이거")
                continue;
            if (!covered(begin, i + 2)) add(word, begin, i + 2);
            continue;
        }
        if (!text::is_ascii_alpha(r.codes[i]) || !r.latin_border_before(i)) continue;
        for (const auto& lead : english) {
            if (lead.needs_known || !r.starts(i, lead.word)) continue;
            auto begin = i + lead.word.size();
            for (const auto article : articles)
                if (r.starts(begin, article)) begin += article.size();
            auto end = begin;
            while (end < r.size() && !r.latin_border(end)) ++end;
            if (end > begin && !covered(i, i + 1)) add(words(r, begin, end), i, end);
            break;
        }
    }
}

}  // namespace maru::nlu
