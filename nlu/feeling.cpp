#include "nlu/feeling.hpp"

#include <algorithm>
#include <array>

namespace maru::nlu {
namespace {

struct Tone {
    std::string_view phrase;
    float sentiment, anger, urgency;
    bool profanity = false;
};

constexpr auto lexicon = std::to_array<Tone>({
    // pleased
    {"좋아요", .5F, 0, 0},
    {"좋네요", .6F, 0, 0},
    {"좋은", .3F, 0, 0},
    {"좋습니다", .5F, 0, 0},
    {"좋아", .4F, 0, 0},
    {"좋았", .5F, 0, 0},
    {"최고", .8F, 0, 0},
    {"완벽", .7F, 0, 0},
    {"감사", .5F, 0, 0},
    {"고마워", .5F, 0, 0},
    {"고맙", .5F, 0, 0},
    {"만족", .6F, 0, 0},
    {"마음에 들", .6F, 0, 0},
    {"맘에 들", .6F, 0, 0},
    {"예뻐", .5F, 0, 0},
    {"예쁘", .5F, 0, 0},
    {"이뻐", .5F, 0, 0},
    {"친절", .5F, 0, 0},
    {"빨라요", .4F, 0, 0},
    {"대박", .5F, 0, 0},
    {"굿", .5F, 0, 0},
    {"추천해요", .5F, 0, 0},
    {"훌륭", .6F, 0, 0},
    {"사랑해", .6F, 0, 0},
    {"행복", .6F, 0, 0},
    {"기뻐", .6F, 0, 0},
    {"다행", .4F, 0, 0},
    {"짱", .6F, 0, 0},
    {"good", .4F, 0, 0},
    {"great", .6F, 0, 0},
    {"excellent", .8F, 0, 0},
    {"awesome", .8F, 0, 0},
    {"amazing", .8F, 0, 0},
    {"perfect", .7F, 0, 0},
    {"love", .6F, 0, 0},
    {"like", .15F, 0, 0},
    {"nice", .5F, 0, 0},
    {"thanks", .4F, 0, 0},
    {"thank you", .5F, 0, 0},
    {"thx", .4F, 0, 0},
    {"helpful", .5F, 0, 0},
    {"happy", .6F, 0, 0},
    {"satisfied", .6F, 0, 0},
    {"wonderful", .7F, 0, 0},
    {"fantastic", .8F, 0, 0},
    {"appreciate", .5F, 0, 0},
    {"beautiful", .6F, 0, 0},
    {"best", .4F, 0, 0},
    {"glad", .5F, 0, 0},
    {"impressed", .6F, 0, 0},
    {"recommend", .2F, 0, 0},
    {"cool", .4F, 0, 0},
    // displeased
    {"별로", -.5F, .1F, 0},
    {"나빠", -.5F, .1F, 0},
    {"나쁘", -.5F, .1F, 0},
    {"나쁜", -.5F, .1F, 0},
    {"실망", -.7F, .3F, 0},
    {"불만", -.6F, .4F, 0},
    {"불편", -.4F, .2F, 0},
    {"최악", -.9F, .7F, 0},
    {"엉망", -.7F, .5F, 0},
    {"형편없", -.8F, .5F, 0},
    {"쓰레기", -.8F, .7F, 0},
    {"후회", -.6F, .2F, 0},
    {"짜증", -.7F, .7F, 0},
    {"화나", -.7F, .8F, 0},
    {"화가", -.6F, .7F, 0},
    {"열받", -.8F, .9F, 0},
    {"빡치", -.8F, .9F, 0},
    {"빡쳐", -.8F, .9F, 0},
    {"어이없", -.6F, .6F, 0},
    {"어이가 없", -.6F, .6F, 0},
    {"황당", -.6F, .5F, 0},
    {"답답", -.5F, .4F, 0},
    {"너무하", -.6F, .5F, 0},
    {"말이 되", -.4F, .5F, 0},
    {"말이 안", -.5F, .5F, 0},
    {"장난하", -.7F, .8F, 0},
    {"장난해", -.7F, .8F, 0},
    {"사기", -.7F, .6F, 0},
    {"사기꾼", -.9F, .8F, 0},
    {"사기치", -.9F, .8F, 0},
    {"돈 내놔", -.8F, .8F, .2F},
    {"돈내놔", -.8F, .8F, .2F},
    {"환불 안 해", -.5F, .4F, .1F},
    {"속았", -.7F, .5F, 0},
    {"고장", -.4F, .1F, .1F},
    {"불량", -.5F, .2F, .1F},
    {"파손", -.5F, .2F, .1F},
    {"깨졌", -.5F, .2F, .1F},
    {"깨져", -.5F, .2F, .1F},
    {"망가", -.5F, .2F, .1F},
    {"안 돼요", -.2F, 0, 0},
    {"안 와요", -.4F, .2F, .2F},
    {"안 왔", -.4F, .2F, .2F},
    {"안 옵니다", -.4F, .2F, .2F},
    {"늦어", -.3F, .2F, .2F},
    {"늦네", -.3F, .2F, .2F},
    {"느려", -.4F, .2F, 0},
    {"불친절", -.7F, .5F, 0},
    {"무책임", -.7F, .6F, 0},
    {"슬퍼", -.6F, 0, 0},
    {"속상", -.6F, .2F, 0},
    {"걱정", -.3F, 0, .1F},
    {"환불해 주세요", -.1F, 0, .1F},
    {"신고", -.5F, .6F, .1F},
    {"소비자원", -.6F, .7F, .2F},
    {"소보원", -.6F, .7F, .2F},
    {"고소", -.6F, .8F, .1F},
    {"책임자", -.3F, .5F, .2F},
    {"몇 번을 말", -.4F, .5F, .1F},
    {"몇번을 말", -.4F, .5F, .1F},
    {"몇 번을 얘기", -.4F, .5F, .1F},
    {"몇 번을 전화", -.4F, .5F, .1F},
    {"몇번을 전화", -.4F, .5F, .1F},
    {"몇 번을 해야", -.4F, .5F, .1F},
    {"몇번을 해야", -.4F, .5F, .1F},
    {"도대체", -.4F, .5F, .1F},
    {"대체 왜", -.4F, .5F, .1F},
    {"아직도", -.3F, .3F, .2F},
    {"못 믿", -.6F, .4F, 0},
    {"다시는", -.6F, .5F, 0},
    {"bad", -.5F, .2F, 0},
    {"terrible", -.8F, .5F, 0},
    {"horrible", -.8F, .5F, 0},
    {"awful", -.8F, .5F, 0},
    {"worst", -.9F, .7F, 0},
    {"hate", -.8F, .6F, 0},
    {"disappointed", -.7F, .3F, 0},
    {"disappointing", -.7F, .3F, 0},
    {"poor", -.5F, .2F, 0},
    {"broken", -.5F, .1F, .1F},
    {"damaged", -.5F, .1F, .1F},
    {"defective", -.5F, .2F, .1F},
    {"cracked", -.4F, .1F, .1F},
    {"angry", -.7F, .8F, 0},
    {"furious", -.9F, 1, 0},
    {"annoyed", -.6F, .6F, 0},
    {"annoying", -.6F, .6F, 0},
    {"frustrated", -.6F, .6F, 0},
    {"frustrating", -.6F, .6F, 0},
    {"ridiculous", -.7F, .7F, 0},
    {"unacceptable", -.8F, .8F, 0},
    {"outrageous", -.8F, .9F, 0},
    {"scam", -.8F, .7F, 0},
    {"fraud", -.7F, .6F, 0},
    {"rip off", -.7F, .6F, 0},
    {"ripoff", -.7F, .6F, 0},
    {"useless", -.7F, .6F, 0},
    {"garbage", -.8F, .7F, 0},
    {"trash", -.7F, .6F, 0},
    {"rude", -.7F, .5F, 0},
    {"unhappy", -.6F, .3F, 0},
    {"upset", -.6F, .5F, 0},
    {"sad", -.5F, 0, 0},
    {"sick of", -.7F, .7F, 0},
    {"fed up", -.7F, .8F, 0},
    {"waste of", -.7F, .6F, 0},
    {"joke", -.4F, .4F, 0},
    {"pathetic", -.8F, .7F, 0},
    {"never again", -.7F, .6F, 0},
    {"lawyer", -.5F, .7F, .1F},
    {"sue you", -.7F, .9F, .1F},
    {"report you", -.6F, .8F, .1F},
    {"complaint", -.5F, .4F, 0},
    {"disgusting", -.8F, .7F, 0},
    {"slow", -.3F, .1F, 0},
    {"still waiting", -.4F, .4F, .3F},
    {"still haven't", -.4F, .4F, .2F},
    {"not working", -.4F, .1F, .1F},
    {"doesn't work", -.4F, .1F, .1F},
    {"wrong item", -.4F, .2F, .1F},
    {"worried", -.3F, 0, .1F},
    {"how many times do i", -.5F, .6F, .1F},
    {"how many times have i", -.5F, .6F, .1F},
    {"how many times am i", -.5F, .6F, .1F},
    {"how many more times", -.5F, .6F, .1F},
    {"what the", -.4F, .5F, 0},
    {"seriously", -.2F, .3F, 0},
    // in a hurry
    {"빨리", -.05F, .1F, .6F},
    {"급해요", 0, .1F, .9F},
    {"급한", 0, 0, .7F},
    {"급하", 0, 0, .8F},
    {"급히", 0, 0, .8F},
    {"당장", -.2F, .4F, .9F},
    {"지금 바로", 0, .1F, .7F},
    {"오늘 안에", 0, 0, .7F},
    {"오늘까지", 0, 0, .6F},
    {"오늘 중", 0, 0, .6F},
    {"서둘러", 0, .1F, .7F},
    {"시급", 0, .1F, .8F},
    {"긴급", 0, .1F, .9F},
    {"최대한 빨리", 0, 0, .8F},
    {"얼른", 0, .1F, .6F},
    {"빠른 시일", 0, 0, .5F},
    {"urgent", 0, .1F, .9F},
    {"urgently", 0, .1F, .9F},
    {"asap", 0, .1F, .9F},
    {"immediately", -.1F, .3F, .9F},
    {"right now", -.1F, .2F, .7F},
    {"right away", 0, .1F, .7F},
    {"hurry", 0, .1F, .8F},
    {"as soon as possible", 0, 0, .8F},
    {"emergency", -.1F, 0, 1},
    {"by today", 0, 0, .6F},
    {"need it today", 0, 0, .7F},
    {"quickly", 0, 0, .5F},
    // swearing
    {"씨발", -.9F, 1, 0, true},
    {"시발", -.9F, 1, 0, true},
    {"씨바", -.9F, 1, 0, true},
    {"ㅅㅂ", -.8F, .9F, 0, true},
    {"ㅆㅂ", -.8F, .9F, 0, true},
    {"시바", -.7F, .8F, 0, true},
    {"씨팔", -.9F, 1, 0, true},
    {"병신", -.9F, 1, 0, true},
    {"ㅂㅅ", -.7F, .8F, 0, true},
    {"개새끼", -1, 1, 0, true},
    {"새끼", -.7F, .8F, 0, true},
    {"지랄", -.8F, .9F, 0, true},
    {"ㅈㄹ", -.7F, .8F, 0, true},
    {"좆", -.9F, 1, 0, true},
    {"존나", -.4F, .5F, 0, true},
    {"졸라", -.3F, .4F, 0, true},
    {"미친", -.5F, .7F, 0, true},
    {"꺼져", -.8F, .9F, 0, true},
    {"닥쳐", -.8F, .9F, 0, true},
    {"엿먹", -.9F, 1, 0, true},
    {"개같", -.9F, 1, 0, true},
    {"염병", -.7F, .8F, 0, true},
    {"멍청", -.7F, .7F, 0, true},
    {"등신", -.8F, .8F, 0, true},
    {"fuck", -.8F, 1, 0, true},
    {"fucking", -.8F, 1, 0, true},
    {"fuckin", -.8F, 1, 0, true},
    {"fucked", -.8F, .9F, 0, true},
    {"wtf", -.7F, .8F, 0, true},
    {"shit", -.7F, .8F, 0, true},
    {"shitty", -.8F, .8F, 0, true},
    {"bullshit", -.8F, 1, 0, true},
    {"asshole", -.9F, 1, 0, true},
    {"bastard", -.9F, 1, 0, true},
    {"bitch", -.9F, 1, 0, true},
    {"damn", -.5F, .6F, 0, true},
    {"crap", -.6F, .6F, 0, true},
    {"crappy", -.6F, .6F, 0, true},
    {"idiot", -.8F, .9F, 0, true},
    {"idiots", -.8F, .9F, 0, true},
    {"moron", -.8F, .9F, 0, true},
    {"stupid", -.7F, .8F, 0, true},
    {"dumb", -.6F, .7F, 0, true},
    {"stfu", -.8F, 1, 0, true},
});

// Words before a tone that turn it; looked for in the few words ahead.
constexpr auto english_negators = std::to_array<std::u32string_view>(
    {U"not ", U"n't ", U"nt ", U"never ", U"no ", U"without ", U"isn't ", U"hardly ", U"not so ",
     U"not very ", U"not that ", U"not really ", U"don't really ", U"not a "});
constexpr auto korean_negators =
    std::to_array<std::u32string_view>({U"안 ", U"안", U"못 ", U"전혀 ", U"하나도 "});
constexpr auto korean_turns = std::to_array<std::u32string_view>(
    {U"지 않", U"지않", U"하지 않", U"하지않", U"지는 않", U"지 못", U"지도 않", U"진 않", U"하지 못",
     U"하진 않", U"하지도 않", U" 안", U"은 아니", U"는 아니", U" 아니"});

bool turned(const Reading& r, const PhraseTrie::Match& match) {
    auto begin = match.begin;
    if (text::is_hangul(r.at(begin))) {
        for (const auto word : korean_negators)
            if (r.ends(begin, word) && (begin == word.size() || !r.hangul_before(begin - word.size())))
                return true;
        auto end = match.end;
        for (std::size_t skip = 0; skip < 3 && end + skip <= r.size(); ++skip)
            for (const auto word : korean_turns)
                if (r.starts(end + skip, word) && (skip == 0 || r.hangul_at(end + skip - 1))) return true;
        return false;
    }
    for (const auto word : english_negators)
        if (r.ends(begin, word)) return true;
    return false;
}

bool is_profane(std::uint32_t id) {
    return lexicon[id].profanity;
}

}  // namespace

FeelingLexicon::FeelingLexicon() {
    for (std::uint32_t i = 0; i < lexicon.size(); ++i) trie_.add(lexicon[i].phrase, i);
}

Feeling FeelingLexicon::read(const Reading& r, std::string_view original) const {
    Feeling out;
    float up = 0;
    float down = 0;
    for (std::size_t i = 0; i < r.size(); ++i) {
        const auto match = trie_.longest(r, i);
        if (match.end == match.begin) continue;
        const auto& tone = lexicon[match.id];
        auto sentiment = tone.sentiment;
        const bool flip = turned(r, match);
        if (flip) sentiment *= -0.7F;
        (sentiment > 0 ? up : down) += sentiment;
        if (!flip) {
            out.anger = 1 - (1 - out.anger) * (1 - tone.anger);
            out.urgency = 1 - (1 - out.urgency) * (1 - tone.urgency);
        } else if (sentiment < 0) {
            out.anger = 1 - (1 - out.anger) * (1 - 0.2F);
        }
        out.profanity = out.profanity || tone.profanity;
        i = match.end - 1;
    }
    std::size_t marks = 0;
    std::size_t crying = 0;
    for (const auto c : r.codes) {
        marks += c == U'!';
        crying += c == U'ㅠ' || c == U'ㅜ';
        if (c == 0x1F621 || c == 0x1F620 || c == 0x1F92C) down -= .7F, out.anger = 1 - (1 - out.anger) * .3F;
        if (c == 0x1F62D || c == 0x1F622 || c == 0x1F61E || c == 0x1F44E) down -= .4F;
        if (c == 0x1F600 || c == 0x1F60A || c == 0x1F44D || c == 0x2764 || c == 0x1F60D || c == 0x1F642)
            up += .4F;
    }
    if (crying >= 2) down -= .2F;
    // Shouting: most letters of a sentence in capitals.
    std::size_t upper = 0;
    std::size_t lower = 0;
    for (const auto c : original.substr(0, 2000)) {
        upper += c >= 'A' && c <= 'Z';
        lower += c >= 'a' && c <= 'z';
    }
    const bool shouting = upper >= 10 && upper > 4 * lower;
    const bool negative = up + down < 0;
    if (negative && (marks >= 2 || shouting)) {
        out.anger = std::min(1.F, out.anger + (shouting ? .3F : .15F));
        down *= 1.2F;
    }
    if (!negative && marks >= 2) up *= 1.1F;
    out.sentiment = std::clamp(up + down, -1.F, 1.F);
    return out;
}

std::vector<PhraseTrie::Match> FeelingLexicon::profanity(const Reading& r) const {
    std::vector<PhraseTrie::Match> out;
    for (std::size_t i = 0; i < r.size(); ++i) {
        PhraseTrie::Match best{0, i, i};
        trie_.walk(r, i, [&](const PhraseTrie::Match& match) {
            if (is_profane(match.id) && PhraseTrie::on_borders(r, match.begin, match.end)) best = match;
        });
        if (best.end == best.begin) continue;
        out.push_back(best);
        i = best.end - 1;
    }
    return out;
}

}  // namespace maru::nlu
