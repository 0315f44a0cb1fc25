#include "catalog/refusals.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "catalog/lexicon.hpp"

namespace maru::catalog {
namespace {

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}
template <std::size_t N>
bool begins_with(const std::array<std::string_view, N>& stems, std::string_view word) {
    return std::any_of(stems.begin(), stems.end(),
                       [&](std::string_view stem) { return word.starts_with(stem); });
}

constexpr auto kBefore = std::to_array<std::string_view>(
    {"not", "no", "except", "without", "excluding", "exclude", "besides", "non", "avoid", "minus", "nor",
     "hate", "hates", "dislike", "dislikes", "allergic"});
constexpr auto kRemoving = std::to_array<std::string_view>({"remove", "drop", "delete", "scrap", "lose"});
constexpr auto kForgetting =
    std::to_array<std::string_view>({"forget", "nevermind", "nvm", "skip", "ignore"});

// "No, …" answers; "no red ones" refuses; "no red ones?" asks whether there are any.
bool is_answer(const Sentence& sentence, std::size_t no) {
    const auto next = no + 1;
    if (sentence.begins_clause(next)) return true;
    constexpr auto answers = std::to_array<std::string_view>(
        {"no",    "i",     "im",   "ive",   "id",   "it",     "its", "that", "thats", "this",
         "these", "those", "the",  "you",   "we",   "they",   "he",  "she",  "is",    "are",
         "do",    "does",  "dont", "just",  "only", "thanks", "not", "show", "what",  "idea",
         "way",   "one",   "my",   "there", "can",  "but",    "and", "why",  "how",   "longer"});
    if (is_one_of(answers, sentence.tokens[next].text)) return true;
    return sentence.begins_clause(no) && sentence.asks(no);
}

bool refuses_before(const Sentence& sentence, std::size_t at) {
    const auto& tokens = sentence.tokens;
    const auto& word = tokens[at].text;
    const auto previous = [&](std::size_t back) {
        return at >= back ? std::string_view(tokens[at - back].text) : std::string_view();
    };
    if (word == "than") return previous(1) == "other" || previous(1) == "rather";
    if (word == "of") return previous(1) == "instead";
    if (word == "from") return previous(1) == "apart" || previous(1) == "aside";
    if (word == "but") {
        constexpr auto every = std::to_array<std::string_view>(
            {"anything", "everything", "all", "any", "anyone", "everyone", "none", "ones"});
        return is_one_of(every, previous(1));
    }
    if (word == "no" && is_answer(sentence, at)) return false;
    // "Any duvet that isn't cotton", but "isn't there a cotton one?"
    if (word == "isnt" || word == "arent" || word == "aint") return !sentence.begins_clause(at) && at > 1;
    // "Not only", "not sure", "not bad" say nothing of goods; "non-stick" is a quality.
    if (word == "not" && at + 1 < tokens.size()) {
        constexpr auto other =
            std::to_array<std::string_view>({"only", "just", "sure", "bad", "necessarily", "yet"});
        if (is_one_of(other, tokens[at + 1].text)) return false;
    }
    if (word == "non" && sentence.is_known(word)) return false;
    return is_one_of(kBefore, word);
}

// "Forget the mouse", "please remove the quiet part": an order, so it begins its clause.
Refusal order_at(const Sentence& sentence, std::size_t at) {
    const auto& tokens = sentence.tokens;
    const auto& word = tokens[at].text;
    const bool mind = word == "mind" && at > 0 && tokens[at - 1].text == "never";
    const bool rid = word == "rid" && at + 1 < tokens.size() && tokens[at + 1].text == "of";
    const auto kind = is_one_of(kForgetting, word) || mind ? Refusal::forgotten
                      : is_one_of(kRemoving, word) || rid  ? Refusal::removed
                                                           : Refusal::none;
    if (kind == Refusal::none) return kind;
    auto first = mind ? at - 1 : at;
    while (!sentence.begins_clause(first) &&
           (is_stop_word(tokens[first - 1].text) || is_asking_word(tokens[first - 1].text)))
        --first;
    return sentence.begins_clause(first) ? kind : Refusal::none;
}

Refusal ordered_off(const Sentence& sentence, std::size_t from) {
    constexpr std::size_t reach = 5;  // "forget about the wireless gaming mouse"
    constexpr auto ends = std::to_array<std::string_view>(
        {"and", "just", "only", "but", "show", "give", "want", "need", "instead", "with", "find"});
    for (std::size_t back = 1; back <= std::min(reach, from); ++back) {
        if (sentence.begins_clause(from - back + 1)) break;
        const auto at = from - back;
        if (is_one_of(ends, sentence.tokens[at].text)) break;
        if (const auto kind = order_at(sentence, at); kind != Refusal::none) return kind;
    }
    return Refusal::none;
}

// "Not only waterproof ones", "it doesn't have to be waterproof", but "not only quiet but light".
bool is_needless(const Sentence& sentence, std::size_t at) {
    const auto& tokens = sentence.tokens;
    const auto& word = tokens[at].text;
    constexpr auto never = std::to_array<std::string_view>({"doesnt", "dont", "not", "neednt"});
    if ((word == "only" || word == "just") && at > 0 && tokens[at - 1].text == "not")
        return std::none_of(tokens.begin() + static_cast<std::ptrdiff_t>(at), tokens.end(),
                            [](const Token& one) { return one.text == "but"; });
    if (word != "be" || at == 0) return false;
    if (tokens[at - 1].text == "neednt") return true;
    return at > 2 && tokens[at - 1].text == "to" &&
           (tokens[at - 2].text == "have" || tokens[at - 2].text == "need") &&
           is_one_of(never, tokens[at - 3].text);
}

// "3만원 넘는 거 말고": what stands between a name and the refusal after it.
bool is_thing_word(std::string_view word) {
    constexpr auto things = std::to_array<std::string_view>(
        {"거",   "것",     "건",   "거는",   "것은", "꺼",   "쪽",   "쪽은", "종류", "제품", "상품",
         "같은", "같은거", "조건", "조건은", "색",   "색은", "색상", "은",   "는",   "이",   "가"});
    return is_one_of(things, word);
}

// "안 마셔요", "못 먹어서": what somebody does not do with it; "안 마셔요?" asks.
bool is_left_undone(const Sentence& sentence, std::size_t i) {
    constexpr auto doings = std::to_array<std::string_view>({"드", "먹", "마시", "마셔", "좋아", "써", "쓰"});
    const auto& tokens = sentence.tokens;
    if (i + 1 >= tokens.size() || (tokens[i].text != "안" && tokens[i].text != "못")) return false;
    const bool ends = i + 2 >= tokens.size() || sentence.begins_clause(i + 2);
    return begins_with(doings, tokens[i + 1].text) && !(ends && sentence.asks(i + 1));
}

Refusal refused_after(const Sentence& sentence, std::size_t next) {
    const auto& tokens = sentence.tokens;
    if (sentence.begins_clause(next)) return Refusal::none;
    if (is_thing_word(tokens[next].text) && !sentence.begins_clause(next + 1)) ++next;
    // "주방용품은 많으셔서 빼고요": why stands before.
    if (tokens[next].text.ends_with("서") && next + 1 < tokens.size() && !sentence.begins_clause(next + 1) &&
        refuses_after(tokens[next + 1].text))
        ++next;
    const std::string_view word = tokens[next].text;
    constexpr auto done =
        std::to_array<std::string_view>({"됐고", "됐어", "됐구", "됐으", "됐다", "됐음", "패스", "필요없",
                                         "관두", "관둘", "그만", "지우", "지워", "없애", "상관없"});
    constexpr auto taken = std::to_array<std::string_view>({"빼줘", "빼주", "빼도", "빼요"});
    if (begins_with(done, word)) return Refusal::forgotten;
    // "방수 아니어도 돼요", "방수는 없어도 괜찮아요"
    constexpr auto needless = std::to_array<std::string_view>(
        {"아니어도", "아니여도", "아니라도", "아니더라도", "아녀도", "없어도", "안되도", "안돼도"});
    if (begins_with(needless, word)) return Refusal::forgotten;
    const bool last = next + 1 >= tokens.size();
    if (word == "필요" && !last && tokens[next + 1].text.starts_with("없")) return Refusal::forgotten;
    if (word == "빼" && !last && tokens[next + 1].text.starts_with("주")) return Refusal::removed;
    if (begins_with(taken, word)) return Refusal::removed;
    // "커피는 안 드셔", "유리는 깨질까 봐", "세라믹은 눌어붙던데": not to somebody's liking.
    constexpr auto disliked =
        std::to_array<std::string_view>({"안드", "안먹", "안마", "안좋", "안써", "안쓰", "못먹", "못마",
                                         "깨질까", "무서", "불편", "질려", "질렸", "지겨", "금방", "잘안"});
    if (begins_with(disliked, word)) return Refusal::without;
    if (!last && is_left_undone(sentence, next)) return Refusal::without;
    // "허브 사려는 게 아니고", "마우스 찾는 거 아니에요"
    constexpr auto wishing = std::to_array<std::string_view>(
        {"사려는", "살려는", "사는", "찾는", "원하는", "말하는", "말한", "주문한", "물어본"});
    if (begins_with(wishing, word))
        for (auto k = next + 1; k < std::min(next + 3, tokens.size()); ++k)
            if (tokens[k].text.starts_with("아니") || tokens[k].text.starts_with("아닙") ||
                tokens[k].text.starts_with("아닌데"))
                return Refusal::denied;
    // "제가 주문한 건 마우스 아닌데요" takes back what was understood.
    constexpr auto denied = std::to_array<std::string_view>(
        {"아닌데", "아니에", "아니예", "아니야", "아닙니", "아니라고", "아니고요", "아니구요", "아니었"});
    if (begins_with(denied, word) && !sentence.asks(next)) return Refusal::denied;
    if (!refuses_after(word)) return Refusal::none;
    // "흰색은 없는 거예요?" asks whether there are any.
    const bool lacking = word.starts_with("없는") || word.starts_with("안되는");
    constexpr auto asked = std::to_array<std::string_view>(
        {"건가", "거예", "거에", "거죠", "거야", "거네", "거지", "건지", "거냐", "거임", "겁니", "줄"});
    if (lacking && !last && begins_with(asked, tokens[next + 1].text)) return Refusal::none;
    return Refusal::without;
}

}  // namespace

bool refuses_after(std::string_view word) {
    constexpr auto stems = std::to_array<std::string_view>(
        {"말고", "빼고", "빼줘", "빼주", "빼면", "빼달", "제외", "아닌", "아니고", "싫", "외에", "이외",
         "없는", "없이", "안되는", "말구", "알레르기", "알러지", "질색"});
    // "마우스 아닌데요", "흰색은 없는데": a statement or a question, not a wish.
    constexpr auto stated = std::to_array<std::string_view>(
        {"아닌데",     "아닌가",     "아닌지",   "아닌듯",   "아닌거",   "아닌것",   "아닌건",
         "없는데",     "없는지",     "없는가",   "없는건가", "없는거죠", "없는거예", "없는거에",
         "없는거야",   "없는거네",   "없는거지", "안되는데", "안되는지", "안되는가", "안되는건가",
         "안되는거예", "안되는거죠", "말고도",   "아니고요"});
    if (word == "아니라" || word == "아니구") return true;
    if (begins_with(stated, word)) {
        // "삼성 아닌거로" is a wish all the same.
        constexpr auto wished = std::to_array<std::string_view>({"아닌거", "아닌것", "아닌건"});
        constexpr auto told = std::to_array<std::string_view>(
            {"아닌거죠", "아닌거예", "아닌거에", "아닌거야", "아닌거지", "아닌건가", "아닌것같"});
        return begins_with(wished, word) && !begins_with(told, word);
    }
    return begins_with(stems, word);
}

Refusal refusal_of(const Sentence& sentence, std::size_t from, std::size_t count) {
    const auto& tokens = sentence.tokens;
    const auto next = from + count;
    // "이거밖에 없는 거죠" refuses nothing.
    const bool only = tokens[next - 1].text.ends_with("밖에");
    if (next < tokens.size() && !only)
        if (const auto kind = refused_after(sentence, next); kind != Refusal::none) return kind;
    if (next < tokens.size() && !sentence.begins_clause(next) &&
        (tokens[next].text == "allergy" || tokens[next].text == "allergies"))
        return Refusal::without;
    // "Not in red", "no samsung", "anything but apple", "other than apple", "I don't want red"; but not "I
    // don't care".
    bool wish = false;
    for (std::size_t back = 1; back <= 4 && back <= from; ++back) {
        if (sentence.begins_clause(from - back + 1)) break;
        const auto at = from - back;
        const auto& word = tokens[at].text;
        if (wish &&
            (word == "dont" || word == "not" || word == "didnt" || word == "doesnt" || word == "never"))
            return Refusal::without;
        if (word == "want" || word == "need" || word == "like" || word == "looking") {
            wish = true;
            continue;
        }
        if (word == "my" || word == "our") break;  // "I hate my old pan"
        if (is_needless(sentence, at)) return Refusal::forgotten;
        if (refuses_before(sentence, at)) return Refusal::without;
        // "Not red or blue".
        if (word == "or" && at > 0 && sentence.states[at - 1] == WordState::refused) return Refusal::without;
        if (!is_stop_word(word)) break;
    }
    return ordered_off(sentence, from);
}

bool is_refusing(const Sentence& sentence, std::size_t i) {
    const auto& word = sentence.tokens[i].text;
    if (word == "than" || word == "but" || word == "of") return true;
    if (is_one_of(kBefore, word) && word != "non") return true;
    if (word == "non") return !sentence.is_known(word);
    if (word == "isnt" || word == "arent" || word == "aint") return refuses_before(sentence, i);
    if (order_at(sentence, i) != Refusal::none) return true;
    if (i > 1 && is_left_undone(sentence, i - 1)) return true;
    return refuses_after(word) || word == "allergy" || word == "allergies" ||
           (i > 0 && refused_after(sentence, i) != Refusal::none);
}

bool is_said_of_it(const Sentence& sentence, std::size_t i) {
    if (i + 1 >= sentence.tokens.size() || sentence.begins_clause(i + 1)) return false;
    constexpr auto able = std::to_array<std::string_view>({"되는", "돼는", "되나", "돼요", "되요", "될까",
                                                           "가능", "호환", "지원", "겸용", "전용", "쓸수",
                                                           "쓸", "사용", "돌려", "돌릴", "넣어도", "넣을"});
    return sentence.tokens[i].script == Script::hangul && begins_with(able, sentence.tokens[i + 1].text);
}

bool tells_goods_apart(const Core& core, std::string_view word) {
    const auto written = core.vocabulary.find(word);
    bool known = written != no_term || static_cast<unsigned char>(word.front()) >= 0x80 ||
                 core.synonyms_of.count(std::string(word)) != 0;
    // A stem that a verb shares with goods is no name ("asking" of "ask").
    if (!known && word.size() > 1) {
        const auto one = word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
        known =
            core.vocabulary.find(one) != no_term || core.vocabulary.find(std::string(word) + "s") != no_term;
    }
    if (!known) return false;
    for (const auto& slot : read_slots(core, word)) {
        // Inside of other words (말이 in 달걀말이) it is another word.
        if (!slot.corrected.empty()) continue;
        for (const auto& way : slot.ways)
            if (way.terms.size() == 1)
                for (const auto& posting : core.list(way.terms.front()))
                    if ((posting.fields & ~field_bit(Field::description)) != 0)
                        return slot.term != no_term || slot.ways.front().terms.size() == 1;
    }
    return false;
}

namespace {

// "Goose" stands in the titles of duvets; the "room" of every air purifier is but a line of its data.
bool in_titles(const Index::Impl& index, const Filter& about, std::string_view word) {
    for (const auto& slot : read_slots(*index.core, word))
        for (const auto& way : slot.ways) {
            if (way.terms.size() != 1) continue;
            for (const auto& posting : index.core->list(way.terms.front()))
                if ((posting.fields & field_bit(Field::title)) != 0 && about(posting.product)) return true;
        }
    return false;
}

}  // namespace

void keep_useful_refusals(const Index::Impl& index, const Query& known, Query& query) {
    Query types;
    types.types = query.types;
    const Filter about(index, types);
    std::optional<std::vector<std::uint32_t>> goods;  // what it is about; read when needed
    const auto leaves_some = [&](const Filter& filter) {
        if (!goods) goods = about.passing(0);
        return std::any_of(goods->begin(), goods->end(),
                           [&](std::uint32_t product) { return filter(product); });
    };
    const auto keep = [&](std::vector<std::string> Query::*list, bool word) {
        std::erase_if(query.*list, [&](const std::string& name) {
            const auto& before = known.*list;
            if (std::find(before.begin(), before.end(), name) != before.end()) return false;
            Query one;
            one.*list = {name};
            const Filter without(index, one);
            if (!without.leaves_out_some(about)) return true;
            return word && !leaves_some(without) && !in_titles(index, about, name);
        });
    };
    keep(&Query::not_types, false);
    keep(&Query::not_brands, false);
    keep(&Query::not_colors, false);
    keep(&Query::not_words, true);
}

}  // namespace maru::catalog
