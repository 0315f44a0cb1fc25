// Words that point: the second one, 마지막 거, option 2; and yes and no in all their spellings.
#include <array>

#include "nlu/entities.hpp"

namespace maru::nlu {
namespace {

struct Position {
    std::u32string_view word;
    int index;
};

constexpr auto korean_counts = phrases<Position>(
    {{U"첫", 1}, {U"한", 1},   {U"두", 2},   {U"둘", 2},   {U"세", 3},   {U"셋", 3},   {U"네", 4},
     {U"넷", 4}, {U"다섯", 5}, {U"여섯", 6}, {U"일곱", 7}, {U"여덟", 8}, {U"아홉", 9}, {U"열", 10},
     {U"일", 1}, {U"이", 2},   {U"삼", 3},   {U"사", 4},   {U"오", 5},   {U"몇", 0},   {U"마지막", -1}});
constexpr auto english_words = phrases<Position>({{U"first", 1},
                                                  {U"second", 2},
                                                  {U"third", 3},
                                                  {U"fourth", 4},
                                                  {U"fifth", 5},
                                                  {U"sixth", 6},
                                                  {U"seventh", 7},
                                                  {U"eighth", 8},
                                                  {U"ninth", 9},
                                                  {U"tenth", 10},
                                                  {U"last", -1}});
constexpr auto whole = phrases<Position>({{U"첫째", 1},
                                          {U"둘째", 2},
                                          {U"셋째", 3},
                                          {U"넷째", 4},
                                          {U"마지막", -1},
                                          {U"맨 끝", -1},
                                          {U"맨끝", -1},
                                          {U"제일 위", 1},
                                          {U"맨 위", 1},
                                          {U"맨위", 1},
                                          {U"맨 앞", 1},
                                          {U"제일 아래", -1},
                                          {U"맨 아래", -1},
                                          {U"맨 마지막", -1}});

// The thing pointed at, so that the span covers "the second one", "두 번째 거".
std::size_t with_thing(const Reading& r, std::size_t end) {
    for (const std::u32string_view thing : {U" one", U" ones", U" option", U" item", U" product", U" choice"})
        if (r.starts(end, thing) && r.latin_border(end + thing.size())) return end + thing.size();
    for (const std::u32string_view thing : {U" 거", U"거", U" 걸", U"걸", U" 것", U"것", U" 상품", U" 제품"})
        if (r.starts(end, thing)) return end + thing.size();
    return end;
}

void find_ordinals(Scan& scan) {
    const auto& r = scan.reading;
    const auto claim = [&](int index, std::size_t begin, std::size_t end) {
        end = with_thing(r, end);
        if (index != 0 && scan.free(begin, end)) scan.claim("ordinal", Ordinal{index}, begin, end);
        return end;
    };
    for (std::size_t i = 0; i < r.size(); ++i) {
        const auto c = r.codes[i];
        if (scan.taken[i]) continue;
        if (text::is_ascii_digit(c) && r.latin_border_before(i)) {
            auto end = i;
            int value = 0;
            while (text::is_ascii_digit(r.at(end)) && end - i < 3)
                value = value * 10 + static_cast<int>(r.codes[end++] - U'0');
            if (text::is_ascii_digit(r.at(end)) || value == 0) {
                while (text::is_ascii_digit(r.at(i + 1))) ++i;
                continue;
            }
            const auto next = r.skip_blank(end);
            const bool marked = (r.starts(end, U"st") || r.starts(end, U"nd") || r.starts(end, U"rd") ||
                                 r.starts(end, U"th")) &&
                                r.latin_border(end + 2);
            if (marked) {
                i = claim(value, i, end + 2) - 1;
            } else if (r.starts(next, U"번째") || r.starts(next, U"번 째")) {
                i = claim(value, i, next + (r.starts(next, U"번째") ? 2 : 3)) - 1;
            } else if (r.starts(next, U"번") && value <= 20) {
                // "2번이요", "2번으로", "2번 걸로" choose; "2번 주문했어요" counts.
                const auto after = next + 1;
                const auto stop = r.hangul_end(after);
                static constexpr auto choosing = phrases<std::u32string_view>(
                    {U"이요", U"요",    U"으로",  U"로",   U"이 ",   U"이에", U"을",    U"은",    U"제품",
                     U"상품", U"거",    U"걸",    U"이랑", U" 거",   U" 걸",  U" 상품", U" 제품", U"할게",
                     U"할래", U" 할게", U" 할래", U"선택", U" 선택", U"주세", U" 주세", U"이죠"});
                const bool bare = stop == after && r.skip_blank(after) >= r.size();
                if (bare || starts_any(r, after, choosing) > 0) i = claim(value, i, after) - 1;
            } else {
                i = end - 1;
            }
            continue;
        }
        if (text::is_syllable(c) && !r.hangul_before(i)) {
            bool done = false;
            const bool counted = korean_counts.may_begin(c);
            for (const auto& count : korean_counts) {
                if (!counted) break;
                if (!r.starts(i, count.word)) continue;
                const auto next = r.skip_blank(i + count.word.size());
                if (!r.starts(next, U"번째") && !r.starts(next, U"번 째")) continue;
                i = claim(count.index, i, next + (r.starts(next, U"번째") ? 2 : 3)) - 1;
                done = true;
                break;
            }
            if (done) continue;
            const Position* best = nullptr;
            const bool may = whole.may_begin(c);
            for (const auto& position : whole)
                if (may && r.starts(i, position.word) && (!best || position.word.size() > best->word.size()))
                    best = &position;
            if (best) i = claim(best->index, i, i + best->word.size()) - 1;
            continue;
        }
        if (c == U'#' && text::is_ascii_digit(r.at(i + 1)) && !text::is_ascii_digit(r.at(i + 2)) &&
            r.at(i + 1) != U'0') {
            i = claim(static_cast<int>(r.at(i + 1) - U'0'), i, i + 2) - 1;
            continue;
        }
        if (text::is_ascii_alpha(c) && r.latin_border_before(i)) {
            for (const std::u32string_view lead : {U"number ", U"option ", U"no. ", U"choice "}) {
                const auto at = i + lead.size();
                if (r.starts(i, lead) && text::is_ascii_digit(r.at(at)) && r.at(at) != U'0' &&
                    r.latin_border(at + 1))
                    claim(static_cast<int>(r.at(at) - U'0'), i, at + 1);
            }
            for (const auto& position : english_words) {
                if (!english_words.may_begin(c)) break;
                const auto end = i + position.word.size();
                if (!r.starts(i, position.word) || !r.latin_border(end)) continue;
                // "a second", "30 second delay", "last week", "last time" are times.
                const bool timely =
                    (position.index == 2 && (r.ends(i, U"a ") || r.ends(i, U"one ") || r.ends(i, U"per "))) ||
                    (position.index == -1 &&
                     (r.starts(end, U" week") || r.starts(end, U" month") || r.starts(end, U" year") ||
                      r.starts(end, U" night") || r.starts(end, U" time") || r.starts(end, U" mon") ||
                      r.starts(end, U" tue") || r.starts(end, U" wed") || r.starts(end, U" thu") ||
                      r.starts(end, U" fri") || r.starts(end, U" sat") || r.starts(end, U" sun") ||
                      r.ends(i, U"at ") || r.ends(i, U"does it ") || r.ends(i, U"battery ") ||
                      r.ends(i, U"will it ") || r.ends(i, U"long will ")));
                if (timely || (i > 1 && text::is_ascii_digit(r.at(i - 2)))) break;
                auto begin = i;
                if (r.ends(i, U"the very "))
                    begin -= 9;
                else if (r.ends(i, U"the "))
                    begin -= 4;
                i = claim(position.index, begin, end) - 1;
                break;
            }
            while (i + 1 < r.size() && !r.latin_border(i + 1)) ++i;
        }
    }
}

// Spellings that answer by themselves.
constexpr auto yes_words = std::to_array<std::u32string_view>(
    {U"네",       U"넵",           U"넹",        U"넴",          U"네네",       U"넵넵",       U"네엡",
     U"예",       U"옙",           U"예예",      U"응",          U"웅",         U"엉",         U"어",
     U"응응",     U"ㅇㅇ",         U"ㅇ",        U"ㅇㅋ",        U"ㅇㅋㅇㅋ",   U"오케이",     U"오키",
     U"오케",     U"옹",           U"그래",      U"그래요",      U"그럼요",     U"그럼",       U"맞아요",
     U"맞아",     U"맞습니다",     U"맞아여",    U"좋아요",      U"좋아",       U"좋습니다",   U"좋죠",
     U"당연하죠", U"당연히",       U"물론이죠",  U"물론",        U"ㄱㄱ",       U"고고",       U"콜",
     U"네에",     U"넨",           U"yes",       U"yep",         U"yeah",       U"yup",        U"ya",
     U"yea",      U"yes please",   U"yeah sure", U"sure",        U"ok",         U"okay",       U"okey",
     U"k",        U"kk",           U"y",         U"of course",   U"definitely", U"absolutely", U"correct",
     U"right",    U"that's right", U"exactly",   U"sounds good", U"sure thing", U"please do",  U"go ahead",
     U"why not"});
constexpr auto no_words = std::to_array<std::u32string_view>({U"아니요",
                                                              U"아니오",
                                                              U"아뇨",
                                                              U"아뇽",
                                                              U"아니",
                                                              U"아니여",
                                                              U"아녀",
                                                              U"아냐",
                                                              U"아니야",
                                                              U"아닙니다",
                                                              U"아니에요",
                                                              U"ㄴㄴ",
                                                              U"ㄴ",
                                                              U"노",
                                                              U"노노",
                                                              U"싫어",
                                                              U"싫어요",
                                                              U"싫습니다",
                                                              U"됐어요",
                                                              U"됐어",
                                                              U"됐습니다",
                                                              U"괜찮아요",
                                                              U"괜찮습니다",
                                                              U"필요없어요",
                                                              U"필요 없어요",
                                                              U"안 할래요",
                                                              U"안할래요",
                                                              U"안해요",
                                                              U"별로요",
                                                              U"별로",
                                                              U"놉",
                                                              U"놉놉",
                                                              U"안돼요",
                                                              U"안 돼요",
                                                              U"그건 아니고",
                                                              U"no",
                                                              U"nope",
                                                              U"nah",
                                                              U"nah nah",
                                                              U"no thanks",
                                                              U"no thank you",
                                                              U"not really",
                                                              U"not now",
                                                              U"never mind",
                                                              U"nevermind",
                                                              U"n",
                                                              U"nay",
                                                              U"no way",
                                                              U"not yet",
                                                              U"negative",
                                                              U"i don't think so",
                                                              U"no need",
                                                              U"don't",
                                                              U"that's wrong",
                                                              U"wrong",
                                                              U"incorrect",
                                                              U"not at all",
                                                              U"of course not",
                                                              U"definitely not",
                                                              U"absolutely not",
                                                              U"아직이요",
                                                              U"아직요"});
// What may open a longer answer: "네, 그걸로 할게요".
constexpr auto openers_yes = std::to_array<std::u32string_view>(
    {U"네",     U"넵",     U"넹",   U"예",   U"옙",        U"응",         U"ㅇㅇ",       U"yes",
     U"yep",    U"yeah",   U"yup",  U"sure", U"ok",        U"okay",       U"맞아요",     U"좋아요",
     U"그래요", U"오케이", U"네네", U"넵넵", U"of course", U"absolutely", U"definitely", U"웅"});
constexpr auto openers_no = std::to_array<std::u32string_view>(
    {U"아니요", U"아니오", U"아뇨", U"ㄴㄴ", U"no", U"nope", U"nah", U"아닙니다", U"아니에요", U"아녀",
     U"싫어요", U"no thanks", U"not really", U"괜찮아요"});
// What may trail a bare answer without changing it.
constexpr auto politeness = std::to_array<std::u32string_view>(
    {U"please",       U"thanks",   U"thank you", U"요",     U"부탁해요", U"부탁드려요",
     U"감사합니다",   U"고마워요", U"그럴게요",  U"할게요", U"주세요",   U"해주세요",
     U"pls",          U"plz",      U"thx",       U"맞아요", U"맞습니다", U"좋아요",
     U"that's right", U"i do",     U"it is",     U"해줘"});

bool is_filler(char32_t c) {
    return !text::is_letter(c) || c == U'ㅋ' || c == U'ㅎ' || c == U'ㅠ' || c == U'ㅜ';
}

struct Answer {
    bool known = false;
    bool yes = false;
    std::size_t begin = 0;
    std::size_t end = 0;
};

Answer answer(const Reading& r) {
    auto begin = std::size_t{0};
    auto end = r.size();
    while (begin < end && is_filler(r.codes[begin]) && !text::is_ascii_digit(r.codes[begin])) ++begin;
    while (end > begin && !text::is_letter(r.codes[end - 1]) && !text::is_ascii_digit(r.codes[end - 1]))
        --end;
    // "ㅇㅋ" is a word; laughter behind others ("네ㅋㅋ") is not.
    if (std::u32string_view(r.codes).substr(begin, end - begin) != U"ㅇㅋ")
        while (end > begin && is_filler(r.codes[end - 1]) && !text::is_ascii_digit(r.codes[end - 1])) --end;
    const auto body = std::u32string_view(r.codes).substr(begin, end - begin);
    const auto is = [&](std::u32string_view part, const auto& list) {
        for (const std::u32string_view word : list)
            if (part == word) return true;
        return false;
    };
    if (body.empty() || body.size() > 200) return {};
    if (is(body, yes_words)) return {true, true, begin, end};
    if (is(body, no_words)) return {true, false, begin, end};
    const auto opens = [&](const auto& list, bool yes) -> Answer {
        for (const std::u32string_view word : list) {
            if (!body.starts_with(word)) continue;
            auto rest = begin + word.size();
            if (rest >= end) continue;
            const auto c = r.codes[rest];
            const bool pause =
                c == U',' || c == U'.' || c == U'!' || c == U'~' || c == U';' || c == U'ㅋ' || c == U'ㅎ';
            if (pause) return {true, yes, begin, rest};
            if (c != U' ') continue;
            while (rest < end && is_filler(r.codes[rest])) ++rest;
            if (is(body.substr(rest - begin), politeness)) return {true, yes, begin, end};
            // "네 그걸로 할게요"; "네 개" is a count and "no problem with it" no answer.
            const auto tail = body.substr(rest - begin);
            const bool counter =
                word == U"네" &&
                (tail.starts_with(U"개") || tail.starts_with(U"명") || tail.starts_with(U"번") ||
                 tail.starts_with(U"시") || tail.starts_with(U"가지") || tail.starts_with(U"대") ||
                 tail.starts_with(U"장") || tail.starts_with(U"켤레") || tail.starts_with(U"달"));
            const bool idiom =
                tail.starts_with(U"problem") || tail.starts_with(U"one ") || tail.starts_with(U"longer") ||
                tail.starts_with(U"matter") || tail.starts_with(U"idea") || tail.starts_with(U"more") ||
                tail.starts_with(U"sound") || tail.starts_with(U"power") || tail.starts_with(U"response") ||
                tail.starts_with(U"signal") || tail.starts_with(U"refund") || tail.starts_with(U"reply") ||
                tail.starts_with(U"update") || tail.starts_with(U"internet") || tail.starts_with(U"way");
            const bool clear = word != U"no" || tail.starts_with(U"i ") || tail.starts_with(U"it") ||
                               tail.starts_with(U"that") || tail.starts_with(U"the ") ||
                               tail.starts_with(U"not");
            if (!counter && !idiom && clear && !word.empty()) return {true, yes, begin, begin + word.size()};
        }
        return {};
    };
    if (const auto no = opens(openers_no, false); no.known) return no;
    return opens(openers_yes, true);
}

}  // namespace

void find_references(Scan& scan) {
    find_ordinals(scan);
    const auto said = answer(scan.reading);
    if (said.known && scan.free(said.begin, said.end)) scan.claim("yes_no", said.yes, said.begin, said.end);
}

}  // namespace maru::nlu
