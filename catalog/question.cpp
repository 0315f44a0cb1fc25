#include "catalog/question.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "catalog/asked_topics.hpp"
#include "catalog/lexicon.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::catalog {

std::string lower(std::string_view text) {
    return text::normalised(text, {.shorten_repeats = false, .compose_letters = false});
}

namespace {

// "인용" of "6인용꺼는요", "싱글" of "싱글은요?"; `points`: the word says that it tells which one is meant.
std::string_view pointing_name(std::string_view word, bool& points) {
    constexpr auto things = std::to_array<std::string_view>(
        {"거", "것", "걸", "게", "건", "꺼", "껄", "껀", "걸로", "짜리", "쯤", "정도"});
    constexpr auto particles = std::to_array<std::string_view>({"은", "는", "도", "랑", "이랑", "이", "가"});
    const auto whole = word;
    if (word.size() > 2 * kSyllable && word.ends_with("요")) word.remove_suffix(kSyllable);
    const auto polite = word.size() < whole.size();
    word = text::strip_josa(word);
    // "싱글은요?", but not "싱글이에요?"
    points = polite && word.size() < whole.size() - kSyllable &&
             std::find(particles.begin(), particles.end(),
                       whole.substr(word.size(), whole.size() - kSyllable - word.size())) != particles.end();
    for (const auto thing : things)
        if (word.size() > thing.size() + kSyllable && word.ends_with(thing)) {
            word.remove_suffix(thing.size());
            points = true;
            break;
        }
    return points ? word : whole;
}

bool is_thing(std::string_view word) {
    constexpr auto things =
        std::to_array<std::string_view>({"거", "것", "걸", "건", "꺼", "껀", "껄", "걸로", "거는", "꺼는",
                                         "거도", "것도", "것은", "것이", "게", "거요", "one", "ones"});
    return std::find(things.begin(), things.end(), word) != things.end();
}

}  // namespace

Question::Question(const Product& product, std::string_view written, std::string_view locale)
    : korean_(locale == "ko") {
    // "C타입으로 충전돼요?", "is it type C?"
    static const RE2 type_c(R"((?i)(?:usb[- ]?)?(?:c|씨) ?타입|타입 ?c|type[- ]c\b)");
    std::string question(written);
    if (question.find("타입") != std::string::npos || question.find("ype") != std::string::npos)
        RE2::GlobalReplace(&question, type_c, "usb-c");
    said = lower(question);
    std::vector<Token> title = tokens_of(product.text.title);
    for (const auto& [other, texts] : product.localized) {
        const auto own = tokens_of(texts.title);
        title.insert(title.end(), own.begin(), own.end());
    }
    std::size_t clauses = 0;
    for (auto& token : tokenize(text::normalised(question))) {
        Word word;
        word.bare = token.script == Script::hangul ? std::string(text::strip_josa(token.text)) : token.text;
        // "보온기능 있는지" asks for 보온.
        constexpr std::string_view function = "기능";
        if (token.script == Script::hangul && word.bare.size() > function.size() + kSyllable &&
            word.bare.ends_with(function))
            word.bare.resize(word.bare.size() - function.size());
        word.stem =
            token.script == Script::hangul ? std::string(text::strip_endings(token.text)) : token.text;
        word.titled = std::any_of(title.begin(), title.end(), [&](const Token& one) {
            const auto plural = [](const std::string& many, const std::string& few) {
                return many.size() == few.size() + 1 && many.back() == 's' && many.starts_with(few);
            };
            return one.text == token.text || one.text == word.bare ||
                   (one.script == Script::latin && token.text.size() > 2 &&
                    (plural(one.text, token.text) || plural(token.text, one.text)));
        });
        if (token.script == Script::hangul && !word.titled) {
            const auto name = pointing_name(token.text, word.points);
            word.titled = word.points && std::any_of(title.begin(), title.end(),
                                                     [&](const Token& one) { return one.text == name; });
            // A 자전거 is no thing that is 자전.
            const bool sized = token.glued && !words.empty() && words.back().token.script == Script::digits;
            word.points = word.points && (word.titled || sized || color_of(name));
            if (word.points) word.bare = std::string(name);
        }
        // "한 번 충전하면 몇 시간 가요?" asks nothing of the charging.
        word.aside =
            token.script == Script::hangul && token.text.size() > 2 * kSyllable && token.text.ends_with("면");
        if (token.before != 0 && (token.before == '?' || token.before == '.' || token.before == '!'))
            ++clauses;
        word.clause = clauses;
        word.token = std::move(token);
        word.topic = topic_of(word);
        word.matters = matters(word.bare);
        // "M87은요?"
        constexpr auto particles = std::to_array<std::string_view>(
            {"은요", "는요", "도요", "거는", "꺼는", "거요", "꺼요", "거는요", "꺼는요", "이요"});
        if (word.token.glued &&
            std::find(particles.begin(), particles.end(), word.token.text) != particles.end())
            word.matters = false;
        words.push_back(std::move(word));
    }
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        words[i].points = words[i].points || (words[i].matters && is_thing(words[i + 1].token.text));
    // "빨리 알려 주세요" asks how soon it is told, not how fast the thing is.
    constexpr auto soon = std::to_array<std::string_view>({"빨리", "빨랑", "얼른", "quickly", "quick"});
    constexpr auto telling =
        std::to_array<std::string_view>({"알려", "말해", "말씀", "답", "대답", "좀", "tell", "question"});
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        if (std::find(soon.begin(), soon.end(), words[i].token.text) != soon.end() &&
            std::any_of(telling.begin(), telling.end(),
                        [&](std::string_view one) { return words[i + 1].token.text.starts_with(one); })) {
            words[i].topic = nullptr;
            words[i].aside = true;
        }
    // "How long does it play on one charge?", "한 번 충전에 얼마나 가요?"
    if (asks({"one charge", "a charge", "per charge", "single charge", "full charge", "한번 충전",
              "한 번 충전", "충전 한번", "충전 한 번", "충전한번", "1회 충전"}))
        for (auto& word : words)
            if (word.bare.starts_with("충전") || word.bare.starts_with("charge")) {
                word.topic = topic("배터리");
                word.matters = false;
            }
    constexpr auto going = std::to_array<std::string_view>({"play", "plays", "run", "runs"});
    if (asks({"how long"}))
        for (auto& word : words)
            if (std::find(going.begin(), going.end(), word.bare) != going.end()) word.topic = topic("배터리");
    // "P30으로 커버 될까요" asks for the room, and "토퍼 커버" for none.
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const auto& next = words[i + 1].token.text;
        if (words[i].bare == "커버" && (next.starts_with("되") || next.starts_with("될") ||
                                        next.starts_with("돼") || next.starts_with("가능")))
            words[i].topic = topic("평수");
    }
    // "Does it come with something to hold the tea leaves?" asks for no load.
    const bool loaded = asks({"weight", "kg", "kilo", "pound", "lbs", "heavy", "how much", "무게", "키로",
                              "킬로", "몸무게", "하중", "person", "people", "버티", "버텨"});
    if (!loaded)
        for (auto& word : words)
            if (word.bare == "hold" || word.bare == "holds") word.topic = nullptr;
    // "How much weight does it hold?" asks for the load.
    const auto is_load = [](const Word& word) {
        return word.topic != nullptr && word.topic->asked.front() == std::string_view("하중");
    };
    if (std::any_of(words.begin(), words.end(), is_load))
        for (auto& word : words)
            if (word.bare == "weight" || word.bare == "무게" || word.bare == "몸무게") {
                word.topic = nullptr;
                word.matters = false;
            }
    cut_at_links();
}

// "Height n is the bulb included", "무게랑 방수 되는지": two things are asked.
void Question::cut_at_links() {
    constexpr auto links = std::to_array<std::string_view>({"and", "n", "also", "plus", "그리고"});
    constexpr auto asking = std::to_array<std::string_view>(
        {"is", "are", "does", "do", "how", "what", "whats", "can", "will", "has", "which", "where"});
    constexpr auto joins = std::to_array<std::string_view>({"이랑", "랑", "하고"});
    const auto among = [](const auto& list, std::string_view word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    std::size_t more = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& own = words[i].token.text;
        if (i + 1 < words.size() && among(links, own) &&
            (own == "그리고" || among(asking, words[i + 1].token.text)))
            ++more;
        words[i].clause += more;
        if (words[i].topic != nullptr && std::any_of(joins.begin(), joins.end(), [&](std::string_view one) {
                return own.ends_with(one) && own.size() > one.size() + kSyllable;
            }))
            ++more;
    }
}

bool Question::asks_anything() const {
    return std::any_of(words.begin(), words.end(), [](const Word& word) {
        if (word.topic != nullptr) return true;
        return word.matters && !word.titled && !word.points && word.token.script != Script::digits;
    });
}

bool only_names(const Product& product, std::string_view question, std::string_view locale) {
    Question asked(product, question, locale);
    constexpr auto leads = std::to_array<std::string_view>(
        {"그럼", "그러면", "그렇다면", "아니", "그", "저", "혹시", "about", "then", "tell", "what", "and"});
    const auto brands = tokenize(text::normalised(product.texts(locale).brand));
    // "Does the R8 have a mop?": who asks with a verb asks for something, though the name has the word.
    constexpr auto verbs =
        std::to_array<std::string_view>({"does", "do", "can", "is", "are", "has", "have", "will", "how"});
    if (std::any_of(asked.words.begin(), asked.words.end(), [&](const Question::Word& word) {
            return std::find(verbs.begin(), verbs.end(), word.token.text) != verbs.end();
        }))
        return false;
    const auto own = color_of(text::normalised(product.texts(locale).color));
    for (auto& word : asked.words)
        if (std::find(leads.begin(), leads.end(), word.token.text) != leads.end() ||
            (own && color_of(word.bare) == own) ||
            std::any_of(brands.begin(), brands.end(),
                        [&](const Token& one) { return one.text == word.bare; }))
            word.titled = true;
    return std::any_of(asked.words.begin(), asked.words.end(),
                       [](const Question::Word& word) { return word.titled; }) &&
           !asked.asks_anything();
}

bool Question::asks(std::initializer_list<std::string_view> parts) const {
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return said.find(part) != std::string::npos; });
}

std::size_t Question::place_of(std::string_view beginning) const {
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i].token.text.starts_with(beginning)) return i;
    return words.size();
}

bool Question::asks_price_of_part() const {
    if (!asks({"얼마", "가격", "비용", "값", "how much", "price", "cost"}) ||
        (asks({"얼마나"}) && !asks({"얼마나 해", "얼마나 하", "얼마나 들", "얼마나 나", "비용", "가격"})))
        return false;
    return std::any_of(words.begin(), words.end(), [](const Word& word) {
        return !word.titled && std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
            return word.token.script == Script::hangul ? word.token.text.starts_with(part)
                                                       : word.token.text == part;
        });
    });
}

const AskedTopic* Question::topic(std::string_view asked) {
    const auto row = std::find_if(kAskedTopics.begin(), kAskedTopics.end(), [&](const AskedTopic& one) {
        return std::find(one.asked.begin(), one.asked.end(), asked) != one.asked.end();
    });
    return row == kAskedTopics.end() ? nullptr : &*row;
}

const AskedTopic* Question::topic_of(const Word& word) const {
    if (word.aside) return nullptr;
    // "Is it light?", but not "does it have a warm light?"
    constexpr auto predicates = std::to_array<std::string_view>(
        {"is", "it", "one", "how", "are", "they", "that", "this", "very", "so", "quite", "pretty", "too",
         "really", "or", "and", "them", "these", "those"});
    if (word.bare == "light" && !words.empty() &&
        std::find(predicates.begin(), predicates.end(), words.back().token.text) == predicates.end())
        return nullptr;
    // What charges it is goods of its own.
    if (word.bare.starts_with("charger") || word.bare.starts_with("충전기")) return nullptr;
    // "몇와트냐고요?"
    const auto own = std::string_view(word.bare).substr(word.bare.starts_with("몇") ? kSyllable : 0);
    for (const auto& topic : kAskedTopics)
        for (const auto stem : topic.asked) {
            // "AS" is repairs to a Korean, and nothing to others.
            // "How long do they last?", but not "the last one".
            const bool lasting = stem == "last" && said.find("how long") != std::string::npos;
            if (stem.empty() || (!korean_ && !lasting && is_stop_word(stem))) continue;
            // An "전기요" is asked about, not how much electricity it takes.
            if (word.titled && (word.bare != stem || stem == "전구" || stem == "bulb")) continue;
            if (stem.size() <= kSyllable && word.token.script != Script::hangul
                    ? word.bare == stem
                    : word.bare.starts_with(stem) || own.starts_with(stem) ||
                          // "높이랑" is no 높.
                          (stem.size() >= 2 * kSyllable && word.token.script == Script::hangul &&
                           word.token.text.starts_with(stem)))
                return &topic;
        }
    return nullptr;
}

bool Question::asks_duration(std::size_t i) const {
    constexpr auto verbs = std::to_array<std::string_view>({"do", "does", "will", "can", "did"});
    return words[i].bare == "long" && i + 1 < words.size() &&
           std::find(verbs.begin(), verbs.end(), words[i + 1].bare) != verbs.end();
}

bool Question::is_counted(std::size_t i) const {
    const auto asks = [&](std::size_t at) {
        return at < words.size() && (words[at].token.text.starts_with("몇") || words[at].bare == "many");
    };
    return asks(i) || asks(i + 1) || (i > 0 && asks(i - 1)) ||
           (i > 1 && words[i - 2].bare == "number" && words[i - 1].bare == "of");
}

bool Question::matters(std::string_view word) {
    // How often or how long tells nothing of what: "물 하루 몇 번 채워요?" asks for no power "per day".
    constexpr auto times = std::to_array<std::string_view>(
        {"하루",  "매일",  "밤새",   "한달",    "달",     "하룻밤", "day",
         "daily", "night", "week",   "month",   "year",   "minute", "minutes",
         "hour",  "hours", "second", "seconds", "itself", "myself", "themselves"});
    return word.size() > 2 && !is_stop_word(word) && !is_asking_word(word) && !is_service_word(word) &&
           std::find(times.begin(), times.end(), word) == times.end();
}

}  // namespace maru::catalog
