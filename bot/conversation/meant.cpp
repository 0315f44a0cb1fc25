#include "bot/conversation/meant.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "bot/conversation/clauses.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

constexpr std::size_t longest = 1000;     // bytes; who writes more is not read this closely
constexpr std::size_t most_dropped = 3;   // words before the one that sets them aside
constexpr std::size_t least_letters = 3;  // that must be left, chatter not counted

template <std::size_t N>
bool begins(std::string_view word, const std::array<std::string_view, N>& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view one) { return word.starts_with(one); });
}
template <std::size_t N>
bool ends(std::string_view word, const std::array<std::string_view, N>& endings) {
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view one) { return word.ends_with(one); });
}
template <std::size_t N>
bool is_one(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i)
        if (i == text.size() || text[i] == ' ' || text[i] == '\t') {
            if (i > begin) words.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        }
    return words;
}

class Reader {
  public:
    Meant read(std::string_view text) {
        if (text.size() > longest) return {};
        static const RE2 pronoun(R"((?i)(?:^|[^a-z])(?:it|its|they|them|that|this)(?:[^a-z]|$))");
        refers_ = RE2::PartialMatch(text, pronoun);
        if (auto asked = unanswered(text); !asked.empty()) {
            result_.words = std::move(asked);
            result_.matters = result_.insists = true;
            return std::move(result_);
        }
        for (const auto& clause : clauses_of(text, text.size())) {
            const bool told_before = std::exchange(result_.tells, false);
            const auto left = of(clause.text);
            const bool tells = result_.tells || supposes(clause);
            result_.tells = tells || told_before;
            if (left.empty()) continue;
            if (!tells) ((asks_ += asks_.empty() ? "" : " ") += clause.text) += clause.mark;
            if (!kept_.empty() && kept_.back() != ' ') kept_ += ' ';
            kept_ += left;
            kept_ += clause.mark;
        }
        result_.aside = text::normalised(aside_);
        if (changed_ && says_something(kept_)) result_.words = std::move(kept_);
        if (result_.tells && says_something(asks_)) result_.asks = std::move(asks_);
        return std::move(result_);
    }

  private:
    // "What if I buy the R3 and it gets stuck, …": goods that are not looked for.
    static bool supposes(const Clause& clause) {
        static const RE2 supposed(
            R"((?i)^\s*(?:and |but |so |ok |then )*(?:what if|if|in case|suppose|let'?s say) (?:i|we|it|she|he|they|the) )");
        // "친구가 토스터 있을 수도 …": what somebody may have is not looked for.
        constexpr auto maybe = std::to_array<std::string_view>({"있을수도", "있을 수도", "있을지도"});
        if (ends(clause.text, maybe)) return true;
        // "Nah, she's got a kettle. Maybe something for …"
        static const RE2 has_one(
            R"((?i)^\s*(?:nah|no|nope|but|well)?,? ?(?:she|he|they|we|i)(?:'s| has|'ve| have)(?: already)? got (?:an?|one|some) ?[a-z -]{0,30}$)");
        if (clause.mark.starts_with('.') &&
            RE2::FullMatch(re2::StringPiece(clause.text.data(), clause.text.size()), has_one))
            return true;
        // "Grey works. OK now a chair": settled, and not wished for in what comes next.
        static const RE2 settled(
            R"((?i)^\s*(?:ok |okay |yes |well )*(?:[a-z]{3,12}|that one|this one) (?:works|is (?:fine|good|ok|okay|perfect|enough))(?: for me)?$)");
        if (clause.mark.starts_with('.') &&
            RE2::FullMatch(re2::StringPiece(clause.text.data(), clause.text.size()), settled))
            return true;
        return clause.mark.starts_with(',') &&
               RE2::PartialMatch(re2::StringPiece(clause.text.data(), clause.text.size()), supposed);
    }
    // "You didn't say the price": asks for it again.
    static std::string unanswered(std::string_view text) {
        static const RE2 missing(
            R"((?i)^\s*(?:but |hey |ok |and |no )*(?:you|u|ya) (?:did ?n[o']?t|didnt|have ?n[o']?t|havent|never) (?:say|said|tell|told|mention|mentioned)(?: me| us)?(?: about)? ((?:the|its|his|if|how|what|when|whether|where) .{2,60}?)[.!?]*\s*$)");
        std::string rest;
        if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), missing, &rest)) return {};
        return rest + "?";
    }
    static std::string without_apostrophes(std::string plain) {
        std::replace(plain.begin(), plain.end(), '\'', ' ');
        return plain;
    }
    static bool says_something(std::string_view text) {
        std::size_t letters = 0;
        for (const auto code : text::to_code_points(text))
            letters += text::is_letter(code) && !text::is_jamo(code) ? 1 : 0;
        return letters >= least_letters;
    }

    void set_aside(std::string_view text) {
        (aside_ += text) += ' ';
        changed_ = true;
    }

    // What is left of a clause.
    std::string of(std::string_view text) {
        const auto plain = text::normalised(text, {.shorten_repeats = true});
        if (plain.empty()) return {};
        if (is_courtesy(plain)) return set_aside(text), std::string();
        if (is_aside(plain)) return set_aside(text), std::string();
        auto words = words_of(text);
        drop_lead(words, std::string_view(plain).substr(0, plain.find(' ')));
        drop_korean(words);
        if (plain.find("not") != std::string::npos) drop_behind_not(words);
        std::string left;
        for (const auto word : words) (left += left.empty() ? "" : " ") += word;
        return left;
    }

    static bool is_courtesy(const std::string& plain) {
        static const RE2 courtesy(
            R"((?:(?:hi+|hiya|hello|hey|good (?:morning|afternoon|evening)|안녕하세요|안녕|no+|nope|nah|wait|ok|okay|oh|ah|hm+|um+|lol|haha+|well|what|thanks|thank you|thx|ty|sorry|please|pls|cool|great|nice|stop|seriously|actually|last thing|one more thing|quick question|another thing|아니|아니요|아뇨|네|넵|예|아|앗|엥|헐|음|오|참|그니까|그러니까|아하|감사합니다|고마워요|저기요|하+|휴+|에휴|후+|아이고|sigh|ㅋ+|ㅎ+|ㅠ+)(?: |$))+)");
        return RE2::FullMatch(plain, courtesy);
    }

    // A whole clause that takes back what came before, or ends it, or tells what is there already.
    bool is_aside(const std::string& plain) {
        static const RE2 ended(
            R"((?:(?:ok|oh|no|hm|well|please|pls|and) )*(?:(?:forget|never ?mind|skip|drop|cancel) (?:about )?(?:the|that|my|those|all the) .+|forget [a-z]{3,20}(?: [a-z]{3,20})?|not (?:the|those|these) [a-z]{3,20}(?: [a-z]{3,20})?|(?:stop|enough) (?:with|of) .+))");
        static const RE2 there(
            R"((?:(?:hm+|well|oh|but|no) )*(?:(?:i|we|she|he|they)(?: have| ve| has)? already (?:have|has|got|own|owns|bought) (?:an?|the|my|our|her|his|one|two|some)|already (?:have|got)) .{1,40})");
        static const RE2 denied(
            R"((?:(?:no+|lol|what|but|hey|sorry) )*(?:nothing (?:is|was|s) (?:wrong|broken|damaged|missing|burning|on fire)|(?:nobody|no one) (?:is|was|s|got) (?:hurt|burnt|burned|injured)|(?:i m|im|i am) not (?:returning|complaining|angry|asking|talking|cancelling|canceling)(?: .{1,40})?|(?:that s|thats|that is|it s|its) not what i (?:meant|asked|said|mean|wanted to know)(?: .{1,30})?|not what i (?:meant|asked|said|mean)|(?:you|u|ya) (?:didn ?t|didnt|did not|don ?t|dont|havent|haven ?t) (?:answer(?:ed)?|listen|read)(?: .{1,30})?|i (?:didn ?t|did not|never) (?:say|ask|said|asked|mean)(?: .{1,30})?))");
        // What every one of these has, so that most clauses are passed by at a glance.
        const auto has = [&](std::string_view part) { return plain.find(part) != std::string::npos; };
        const bool talk = has("얘기") || has("이야기");
        const bool english = plain.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos;
        // "주문은 아직 안 했고요", "I haven't ordered yet"
        static const RE2 not_yet(
            R"((?:아니 )?(?:주문|결제|구매)(?:은|는|을)? ?아직(?:은)? ?(?:안 ?(?:했|한|하)|못 ?했|전)\S{0,6}|(?:no )?i (?:haven ?t|have not|didn ?t|did not) (?:ordered|order|bought|buy)(?: anything| it)?(?: yet)?)");
        if ((has("아직") || has("order") || has("bought") || has("buy")) &&
            RE2::FullMatch(without_apostrophes(plain), not_yet))
            return result_.matters = result_.tells = true;
        if (!talk && !english) return false;
        const auto bare = without_apostrophes(plain);
        // "반품 얘기 안 했는데", "쿠폰 얘기가 아니라구요", "I don't have another order."
        static const RE2 korean(
            R"((?:(?:아니|아뇨|엥|네) )*\S{1,20}(?: \S{1,20})? ?(?:얘기|이야기)(?:(?:가|는|를|한)? ?(?:아니|아닌|안 ?했|안 ?한)|(?:를|한)? ?(?:한 )?적 ?(?:이|은|도)? ?없)\S{0,8})");
        static const RE2 none(R"(i (?:don ?t|do not) have (?:an|a|another|any)(?: other)? order)");
        static const RE2 trouble(R"((?:^| )(?:wrong|broken|damaged|cracked|faulty)(?: |$))");
        if ((talk && RE2::FullMatch(plain, korean)) || (has("order") && RE2::FullMatch(bare, none)))
            return result_.matters = result_.tells = result_.insists = true;
        if (RE2::FullMatch(bare, ended)) return result_.matters = result_.ends = true;
        // "I already bought the R8, does it need bags?" is about that one.
        if (!refers_ && has("already") && RE2::FullMatch(bare, there) && !RE2::PartialMatch(bare, trouble))
            return result_.matters = result_.tells = true;
        if (!RE2::FullMatch(bare, denied)) return false;
        return result_.matters = result_.ends = result_.tells = result_.insists = true;
    }

    // "No I need …", "아니 아직 출고 전인데요", "그게 아니라 …".
    void drop_lead(std::vector<std::string_view>& words, std::string_view first) {
        constexpr auto korean = std::to_array<std::string_view>(
            {"아니", "아니요", "아뇨", "아니아니", "엥", "그니까", "안녕하세요", "안녕", "저기요"});
        constexpr auto english =
            std::to_array<std::string_view>({"hi", "hiya", "hello", "hey", "no", "noo", "nope", "wait", "lol",
                                             "ok", "okay", "oh", "well", "hm", "sorry", "what"});
        constexpr auto subjects = std::to_array<std::string_view>(
            {"i", "it", "its", "the", "that", "my", "can", "do", "does", "is", "we", "in", "how"});
        constexpr auto insisting = std::to_array<std::string_view>(
            {"라고요", "라구요", "다고요", "다구요", "냐고요", "냐구요", "냐고", "냐구", "라니까요", "라니까",
             "다니까요", "다니까", "라니깐", "다니깐요", "라는거에요", "달라는거에요", "라는 거예요"});
        if (!words.empty() && ends(words.back(), insisting)) result_.insists = true;
        if (!is_one(first, korean) && !is_one(first, english) && first != "i") return;
        std::size_t lead = 0;
        while (lead + 1 < words.size() && is_one(text::normalised(words[lead]), korean)) ++lead;
        if (lead == 0) {
            while (lead + 1 < words.size() && is_one(text::normalised(words[lead]), english)) ++lead;
            // "What is …" is no exclamation; "no smoking sign" names a thing.
            const auto next = lead < words.size() ? text::normalised(words[lead]) : std::string();
            const bool subject = is_one(next.substr(0, next.find('\'')), subjects);
            if (lead > 0 && (!subject || text::normalised(words[lead - 1]) == "what")) lead = 0;
        }
        // "No, I mean the kettle."
        const auto plain = [&](std::size_t i) {
            return i < words.size() ? text::normalised(words[i]) : std::string();
        };
        if (plain(lead) == "i" && (plain(lead + 1) == "mean" || plain(lead + 1) == "meant") &&
            lead + 2 < words.size()) {
            lead += 2;
            result_.insists = result_.matters = true;
        }
        for (std::size_t i = 0; i < lead; ++i) set_aside(words[i]);
        words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(lead));
    }

    // "용도변경이 아니고 …", "앱은 됐고 …", "선물하기 말고 …", "밥솥은 패스하고 …".
    void drop_korean(std::vector<std::string_view>& words) {
        constexpr auto markers =
            std::to_array<std::string_view>({"말고", "말구", "아니고", "아니구", "아니라", "아니었고", "됐고",
                                             "됐구", "됐다니까", "됐으니까", "패스하고", "패스", "관두고"});
        constexpr auto finished =
            std::to_array<std::string_view>({"됐고", "됐구", "됐다", "됐으", "패스", "관두"});
        constexpr auto no_marker = std::to_array<std::string_view>(
            {"아니라고", "아니라니", "아니라는", "말고도", "아니라도", "아니라서"});
        constexpr auto joined = std::to_array<std::string_view>({"말고", "말구"});
        // Where what stands before is a clause of its own: "계산서" is none.
        constexpr auto links = std::to_array<std::string_view>(
            {"는데", "은데", "인데", "지만", "니까", "니깐", "으면", "하면", "시면",   "다면", "어서",
             "아서", "해서", "여서", "라서", "나서", "려서", "와서", "그럼", "그리고", "근데", "혹시",
             "어요", "아요", "해요", "나요", "네요", "예요", "에요", "세요", "니다",   "군요", "죠"});
        constexpr auto reasons =
            std::to_array<std::string_view>({"어서", "아서", "해서", "여서", "라서", "려서", "와서"});
        for (std::size_t i = 0; i < words.size(); ++i) {
            const bool alone = begins(words[i], markers) && !begins(words[i], no_marker);
            const bool glued = !alone && ends(words[i], joined);
            if ((!alone && !glued) || (alone && i == 0)) continue;
            // "밥은 잘 안 먹어서 밥솥은 됐고": why a thing is not wanted goes with it, but "불이 났는데 됐고"
            // has no such thing.
            const bool done = begins(words[i], finished);
            auto first = i;
            while (first > 0 && i - first < (done ? 2 * most_dropped : most_dropped) &&
                   (!ends(words[first - 1], links) || (done && first < i && ends(words[first - 1], reasons))))
                --first;
            for (auto k = first; k <= i; ++k) set_aside(words[k]);
            result_.matters = true;
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(first),
                        words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            i = first;
            if (i > 0) --i;
        }
    }

    // "I asked about the cooker not a parcel"; "is it not a gas one" asks.
    void drop_behind_not(std::vector<std::string_view>& words) {
        constexpr auto articles = std::to_array<std::string_view>({"a", "an", "the", "my", "about", "for"});
        constexpr auto telling = std::to_array<std::string_view>(
            {"asked", "meant", "mean", "said", "want", "wanted", "asking", "need"});
        bool told = false;
        for (std::size_t i = 0; i + 1 < words.size(); ++i) {
            const auto word = text::normalised(words[i]);
            told = told || is_one(word, telling);
            if (i < 2 || !told || word != "not" || !is_one(text::normalised(words[i + 1]), articles))
                continue;
            for (auto k = i; k < words.size(); ++k) set_aside(words[k]);
            words.resize(i);
            result_.insists = result_.matters = true;
        }
    }

    Meant result_;
    std::string kept_, aside_, asks_;
    bool changed_ = false;
    bool refers_ = false;  // to something by a pronoun
};

}  // namespace

Meant meant(std::string_view words) {
    return Reader().read(words);
}

}  // namespace maru
