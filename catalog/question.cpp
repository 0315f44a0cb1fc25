#include "catalog/question.hpp"

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

Question::Question(const Product& product, std::string_view question, std::string_view locale)
    : said(lower(question)), korean_(locale == "ko") {
    std::vector<Token> title = tokens_of(product.text.title);
    for (const auto& [other, texts] : product.localized) {
        const auto own = tokens_of(texts.title);
        title.insert(title.end(), own.begin(), own.end());
    }
    std::size_t clauses = 0;
    for (auto& token : tokenize(text::normalised(question))) {
        Word word;
        word.bare = token.script == Script::hangul ? std::string(text::strip_josa(token.text)) : token.text;
        word.stem =
            token.script == Script::hangul ? std::string(text::strip_endings(token.text)) : token.text;
        word.titled = std::any_of(title.begin(), title.end(), [&](const Token& one) {
            return one.text == token.text || one.text == word.bare;
        });
        // "한 번 충전하면 몇 시간 가요?" asks nothing of the charging.
        word.aside =
            token.script == Script::hangul && token.text.size() > 2 * kSyllable && token.text.ends_with("면");
        if (token.before != 0 && (token.before == '?' || token.before == '.' || token.before == '!'))
            ++clauses;
        word.clause = clauses;
        word.token = std::move(token);
        word.topic = topic_of(word);
        word.matters = matters(word.bare);
        words.push_back(std::move(word));
    }
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

const AskedTopic* Question::topic_of(const Word& word) const {
    if (word.aside) return nullptr;
    // "Is it light?", but not "does it have a warm light?"
    constexpr auto predicates = std::to_array<std::string_view>(
        {"is", "it", "one", "how", "are", "they", "that", "this", "very", "so", "quite", "pretty", "too",
         "really", "or", "and", "them", "these", "those"});
    if (word.bare == "light" && !words.empty() &&
        std::find(predicates.begin(), predicates.end(), words.back().token.text) == predicates.end())
        return nullptr;
    for (const auto& topic : kAskedTopics)
        for (const auto stem : topic.asked) {
            // "AS" is repairs to a Korean, and nothing to others.
            if (stem.empty() || (!korean_ && is_stop_word(stem))) continue;
            // An "전기요" is asked about, not how much electricity it takes.
            if (word.titled && word.bare != stem) continue;
            if (stem.size() <= kSyllable && word.token.script != Script::hangul ? word.bare == stem
                                                                                : word.bare.starts_with(stem))
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
        {"하루", "매일", "밤새", "한달", "달", "하룻밤", "day", "daily", "night", "week", "month", "year"});
    return word.size() > 2 && !is_stop_word(word) && !is_asking_word(word) && !is_service_word(word) &&
           std::find(times.begin(), times.end(), word) == times.end();
}

}  // namespace maru::catalog
