#include "nlu/layout.hpp"

#include <algorithm>

#include "nlu/text/hangul.hpp"
#include "nlu/text/keyboard.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::nlu {
namespace {

// Frequent syllables of everyday Korean, so that words the examples lack are still seen as Korean.
constexpr std::u32string_view common_syllables =
    U"가각간갈감갑값갔강같개객거건걸것게겠겨결경계고곳공과관광괜교구국군굽권귀그근글금급기긴길김까깐깨꺼께꼭"
    U"끝나난날남낮내너널네년"
    U"노녹논높누는능니다단달담답당대더덕던데도돈동되된될됐두드든들등디따때떤떻또라락란람랑래략량러런럼렇레려"
    U"력련렬령로록론료루류"
    U"르른를름리린림마막만많말맞매먹먼메며면명몇모목몰무문물미민및밀바박반받발밤방배백번법변별병보복본볼봐부"
    U"분불붙브블비빠빨사산"
    U"살삼상새색생서석선설성세센셔션소속손송쇼수순술쉬스슨습시식신실심싶싸써쓰씨아악안않알았앞애야약양어언얼"
    U"없었에여역연열영예오온올"
    U"와완왜외요용우운울워원월위유으은을음응의이인일임입있자작잔장재저적전절점접정제져조족존종좀좋주준줄중즈"
    U"지직진질집짜쪽차착찮찾채"
    U"책처천첫청체쳐초추축출취치친카커컨켜코크클키타탁태택터테토통투트특티파판패퍼편평포폰표품풍프피필하학한"
    U"할함합해했행향허험현혀형호"
    U"혹화확환회효후히힘";

// Everyday and shop English, so that it is never taken for mistyped Korean.
constexpr std::u32string_view common_english =
    U" a about above account add address after again all also always am an and another any anyone anything "
    U"are around as ask at "
    U"available away back bad bag be because been before best better between big black blue book both box "
    U"brand bring but buy by "
    U"call can cancel card cart cash change charge cheap check city close code coffee color come coming "
    U"contact cost could coupon "
    U"credit customer damaged data date day days deal defect deliver delivered delivery details did "
    U"different discount do does doing "
    U"done down each easy email else end ever every exchange express fast find first fix for free from full "
    U"get gift give go going "
    U"good got great had has have he headphones hello help her here hey hi high him his home hot hour hours "
    U"house how i if in info "
    U"into invoice is issue it item items its job just keep keyboard kind know laptop large last late later "
    U"less let light like list "
    U"live local long look looking lost lot low made mail make man many may me mean members membership "
    U"message might mind missing "
    U"money monitor month more morning most mouse much must my name near need never new next nice no none "
    U"not nothing now number of "
    U"off ok okay old on once one online only open or order ordered orders other our out over own package "
    U"paid part pass password pay "
    U"payment person phone pick place please point points possible power price problem product products "
    U"purchase put question quick "
    U"read ready really receipt receive received red refund replace return returns review right run safe "
    U"said sale same save say "
    U"second see sell send sent service set shall she ship shipped shipping shop should show sign since size "
    U"small so some someone "
    U"something soon sorry speak start status stay still stock stop store sure take talk tax tell than thank "
    U"thanks that the their them "
    U"then there these they thing think this those time to today together told tomorrow too took top total "
    U"track tracking try turn two "
    U"under until up update us use used very visa wait want warranty was watch way we week weeks well went "
    U"were what when where which "
    U"white who why will wireless with without work working works world would wrong year yes yet you your "
    U"human agent app tv usb pc "
    U"word rich rock dork work fork worn torn sold gold told cold role rule ";

bool is_emotive(char32_t c) {
    return c == U'ㅋ' || c == U'ㅎ' || c == U'ㅠ' || c == U'ㅜ' || c == U'ㅡ' || c == U'ㅇ' || c == U'ㄴ' ||
           c == U'ㄱ' || c == U'ㅅ' || c == U'ㅂ' || c == U'ㄷ' || c == U'ㅉ';
}

}  // namespace

LayoutFixer::LayoutFixer() {
    for (std::size_t i = 0; i < common_syllables.size(); ++i)
        syllables_.insert(common_syllables.substr(i, 1));
    std::size_t begin = 0;
    for (std::size_t i = 0; i < common_english.size(); ++i) {
        if (common_english[i] != U' ') continue;
        if (i > begin) latin_.insert(common_english.substr(begin, i - begin));
        begin = i + 1;
    }
}

namespace {

// What Hangul keys give on the Latin layout; empty when that is not all letters.
std::string latin_meant(std::u32string_view codes) {
    auto meant = text::qwerty_from_hangul(text::to_utf8(codes));
    const bool whole = std::all_of(meant.begin(), meant.end(), [](char c) {
        return text::is_ascii_alpha(static_cast<unsigned char>(c));
    });
    return whole ? meant : std::string();
}

}  // namespace

void LayoutFixer::learn(const Words& words) {
    for (const auto& word : words.list) {
        const auto codes = words[word];
        if (word.script == Script::latin) {
            has_latin_ = true;
            if (codes.size() <= 24) latin_.insert(codes);
        } else if (word.script == Script::hangul) {
            has_hangul_ = true;
            for (std::size_t i = 0; i < codes.size(); ++i) {
                if (text::is_syllable(codes[i])) syllables_.insert(codes.substr(i, 1));
                if (i > 0) pairs_.insert(codes.substr(i - 1, 2));
            }
        }
    }
}

bool LayoutFixer::knows_latin(std::u32string_view word) const {
    return latin_.contains(word);
}

bool LayoutFixer::knows_hangul(std::u32string_view word) const {
    for (std::size_t i = 0; i < word.size(); ++i)
        if (!syllables_.contains(word.substr(i, 1))) return false;
    return true;
}

// "ㄱㅅㄱㅅ", "ㅎㅇ": initials as chats use them, or as an example does.
bool LayoutFixer::is_abbreviation(std::u32string_view word) const {
    const auto consonant = [](char32_t c) { return text::is_jamo(c) && text::vowel_index(c) < 0; };
    if (!std::all_of(word.begin(), word.end(), consonant)) return false;
    if (std::all_of(word.begin(), word.end(), is_emotive)) return true;
    for (std::size_t i = 1; i < word.size(); ++i)
        if (!pairs_.contains(word.substr(i - 1, 2))) return false;
    return word.size() > 1;
}

bool LayoutFixer::fix(std::string_view original, const Words& words, text::Normalised& message) const {
    struct Candidate {
        const Word* word;
        std::string meant;  // UTF-8
        bool sure;
        bool seen = true;  // its syllables stand together in the bot's texts, too
    };
    std::vector<Candidate> candidates;
    std::vector<const Word*> sound;
    std::size_t sure_letters = 0;
    std::size_t known_letters = 0;
    const auto count = std::min<std::size_t>(words.list.size(), 120);
    for (std::size_t w = 0; w < count; ++w) {
        const auto& word = words.list[w];
        const auto codes = words[word];
        if (word.script == Script::latin && has_hangul_) {
            const bool ascii = std::all_of(codes.begin(), codes.end(), [](char32_t c) { return c < 0x80; });
            if (!ascii || knows_latin(codes)) {
                known_letters += codes.size();
                continue;
            }
            // Shift makes other letters (ㅆ, ㅖ), so the typed text is asked, not the folded one.
            const auto [from, to] = message.original(word.begin, word.end);
            auto typed = std::string(original.substr(from, to - from));
            // A first capital is a phone's doing when Shift makes no other letter of it there.
            const auto meant = text::hangul_from_qwerty(typed);
            const auto syllables = text::to_code_points(meant);
            std::u32string_view body = syllables;
            while (body.size() > 1 && (body.back() == U'ㅋ' || body.back() == U'ㅎ' || body.back() == U'ㅠ' ||
                                       body.back() == U'ㅜ'))
                body.remove_suffix(1);
            const bool whole =
                std::all_of(body.begin(), body.end(), [](char32_t c) { return text::is_syllable(c); });
            if (!whole) continue;
            bool pairs = body.size() > 1;
            for (std::size_t i = 1; i < body.size(); ++i)
                pairs = pairs && pairs_.contains(body.substr(i - 1, 2));
            const bool sure =
                body.size() >= 2 && codes.size() >= 4 && knows_hangul(body) && (pairs || body.size() >= 3);
            candidates.push_back({&word, meant, sure, pairs});
            if (sure) sure_letters += codes.size();
        } else if (word.script == Script::hangul && has_latin_) {
            if (is_abbreviation(codes) && !knows_latin(text::to_code_points(latin_meant(codes)))) {
                known_letters += codes.size();
                continue;
            }
            bool stray = false;
            for (std::size_t i = 0; i < codes.size(); ++i) {
                if (!text::is_jamo(codes[i])) continue;
                const bool vowel = text::vowel_index(codes[i]) >= 0;
                stray = stray || (!is_emotive(codes[i]) && (!vowel || codes.size() > 1));
                const bool laughs = codes[i] == U'ㅋ' || codes[i] == U'ㅎ' || codes[i] == U'ㅠ' ||
                                    codes[i] == U'ㅜ' || codes[i] == U'ㅡ';
                const bool inner =
                    i > 0 && i + 1 < codes.size() && codes[i] != codes[i - 1] && codes[i] != codes[i + 1];
                stray = stray || (inner && !laughs);
            }
            if (!stray && knows_hangul(codes)) {
                sound.push_back(&word);
                continue;
            }
            const auto meant = latin_meant(codes);
            if (meant.empty()) continue;
            const auto letters = text::to_code_points(meant);
            const bool sure = letters.size() >= 3 && (stray || knows_latin(letters));
            candidates.push_back({&word, meant, sure});
            if (sure) sure_letters += letters.size();
        }
    }
    if (sure_letters == 0) return false;
    // Good Korean may still be English by chance ("애": do); it is only asked among words that went wrong.
    for (const auto* word : sound) {
        const auto meant = latin_meant(words[*word]);
        if (meant.empty()) continue;
        if (knows_latin(text::to_code_points(meant)))
            candidates.push_back({word, meant, false});
        else
            known_letters += 2 * std::size_t{word->count};
    }
    std::sort(candidates.begin(), candidates.end(),
              [](const Candidate& a, const Candidate& b) { return a.word < b.word; });
    // The whole message went wrong when most of it did; otherwise only words that are certain.
    const bool most = sure_letters >= 2 * known_letters;
    std::erase_if(candidates, [&](const Candidate& candidate) {
        if (most) return false;
        // Any word spells syllables of some kind ("disturb": 얀셔규); in an English sentence it is a word.
        if (!candidate.seen && candidate.sure) sure_letters -= candidate.word->count;
        return !candidate.sure || !candidate.seen;
    });
    // English among it makes a single odd word a name rather than a slip.
    if (!most && sure_letters < 6) return false;

    text::Normalised fixed;
    std::size_t at = 0;
    const auto copy = [&](std::size_t to) {
        fixed.text.append(message.text, at, to - at);
        fixed.begin.insert(fixed.begin.end(), message.begin.begin() + static_cast<std::ptrdiff_t>(at),
                           message.begin.begin() + static_cast<std::ptrdiff_t>(to));
        fixed.end.insert(fixed.end.end(), message.end.begin() + static_cast<std::ptrdiff_t>(at),
                         message.end.begin() + static_cast<std::ptrdiff_t>(to));
        at = to;
    };
    for (const auto& candidate : candidates) {
        copy(candidate.word->begin);
        const auto [from, to] = message.original(candidate.word->begin, candidate.word->end);
        fixed.text += text::normalised(candidate.meant);
        fixed.begin.resize(fixed.text.size(), from);
        fixed.end.resize(fixed.text.size(), to);
        at = candidate.word->end;
    }
    copy(message.text.size());
    message = std::move(fixed);
    return true;
}

}  // namespace maru::nlu
