// Data fields: by their name, by what people call them, by their value.
#include <algorithm>
#include <array>

#include "catalog/answerer.hpp"
#include "catalog/labels.hpp"
#include "catalog/lexicon.hpp"

namespace maru::catalog {

// ---- data fields
// "Is the adapter included?": what the data says beside the thing asked for, in whatever row.
void Answerer::comes_along() {
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto& word = words[i];
        if (word.topic != nullptr && word.topic->how == AskedTopic::How::decides) continue;
        if (!word.matters || word.titled || word.aside || word.explained) continue;
        for (const auto& field : fields_) {
            const auto value = lower(field.value);
            const auto& own =
                word.token.script == Script::hangul || !word.bare.ends_with('s') ? word.bare : word.stem;
            const bool named = std::any_of(field.words.begin(), field.words.end(),
                                           [&](const Token& one) { return one.text == own; });
            const auto there = named && is_extra(value) ? false : comes_with(value, own);
            if (!there || has_found(name_label(field.name, locale_))) continue;
            for (auto& other : words)
                if (other.clause == word.clause &&
                    (&other == &word ||
                     (other.topic != nullptr && other.topic->how == AskedTopic::How::decides)))
                    other.explained = true;
            found_.push_back({i,
                              {*there ? Answer::Kind::yes : Answer::Kind::no, name_label(field.name, locale_),
                               std::string(field.value)}});
            break;
        }
    }
}

// "How long to boil?": the row that is called so and gives a time.
void Answerer::by_time() {
    if (amount_ != Amount::time) return;
    constexpr auto kinds =
        std::to_array<std::pair<std::string_view, std::string_view>>({{"boil", "boil"},
                                                                      {"끓", "끓"},
                                                                      {"charg", "charging time"},
                                                                      {"충전", "충전 시간"},
                                                                      {"cook", "cooking"},
                                                                      {"취사", "취사"},
                                                                      {"heat", "heat-up"},
                                                                      {"warm", "warm-up"},
                                                                      {"예열", "예열"}});
    for (std::size_t i = 0; i < words.size(); ++i)
        for (const auto& [asked, written] : kinds) {
            if (words[i].titled || words[i].explained || words[i].aside ||
                !words[i].token.text.starts_with(asked))
                continue;
            for (const auto& field : fields_) {
                if (field.plain.find(written) == std::string::npos ||
                    !states(lower(field.value), Amount::time) || has_found(name_label(field.name, locale_)))
                    continue;
                words[i].explained = true;
                found_.push_back({i, from(field.name, field.value)});
                break;
            }
        }
}

Answer Answerer::from(std::string_view name, std::string_view value) const {
    Answer found;
    found.attribute = name_label(name, locale_);
    found.value = value_label(value, locale_);
    const auto decided = is_extra(lower(value)) ? std::optional(false) : yes_or_no(value);
    found.kind = !decided ? Answer::Kind::value : *decided ? Answer::Kind::yes : Answer::Kind::no;
    return found;
}

// A field of which the question has the most words, then the next.
void Answerer::by_name() {
    for (std::size_t round = 0; round < kMostAnswers; ++round) {
        const DataField* best = nullptr;
        std::vector<std::size_t> best_hits;
        for (const auto& field : fields_) {
            auto hits = words_naming(field);
            if (hits.size() <= best_hits.size() || has_found(name_label(field.name, locale_))) continue;
            best = &field;
            best_hits = std::move(hits);
        }
        if (best == nullptr) return;
        for (const auto i : best_hits) words[i].explained = true;
        found_.push_back({best_hits.front(), from(best->name, best->value)});
        // What else is said of the same thing asks for nothing more: "battery … how many hours?"
        for (auto& word : words)
            if (word.topic != nullptr && is_of(*word.topic, best->plain)) word.explained = true;
    }
}

namespace {

// "향이 뭐예요": of a name as short as that, what hangs on it may be a part of any other.
bool is_with_particle(std::string_view word, std::string_view name) {
    constexpr auto particles = std::to_array<std::string_view>({"이", "은", "가", "는", "도", "을", "를"});
    if (name.size() == kSyllable &&
        (word == "무슨" + std::string(name) || word == "어떤" + std::string(name)))
        return true;
    return name.size() == kSyllable && word.starts_with(name) &&
           std::find(particles.begin(), particles.end(), word.substr(name.size())) != particles.end();
}

// "Climbs thresholds" of "what threshold can it climb?"
bool same_but_s(const Token& one, const Token& other) {
    const auto longer = [](const std::string& many, const std::string& few) {
        return few.size() > 3 && many.size() == few.size() + 1 && many.back() == 's' && many.starts_with(few);
    };
    return one.script == Script::latin && other.script == Script::latin &&
           (longer(one.text, other.text) || longer(other.text, one.text));
}

}  // namespace

std::vector<std::size_t> Answerer::words_naming(const DataField& field) const {
    std::vector<std::size_t> hits;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (word.explained || word.aside || !word.matters) continue;
        const bool same = word.bare == field.glued || is_with_particle(word.token.text, field.glued) ||
                          std::any_of(field.words.begin(), field.words.end(), [&](const Token& one) {
                              return one.text.size() > 2 && (one.text == word.bare || one.text == word.stem ||
                                                             same_but_s(one, word.token));
                          });
        if (same) hits.push_back(i);
    }
    // "Rice" in a question about a rice cooker asks for no "scorched rice".
    if (field.words.size() > 1 && std::all_of(hits.begin(), hits.end(), [&](std::size_t i) {
            return words[i].titled && words[i].bare != field.glued;
        }))
        hits.clear();
    return hits;
}

bool Answerer::is_of(const AskedTopic& topic, std::string_view name) {
    return std::any_of(topic.written.begin(), topic.written.end(), [&](std::string_view written) {
        return !written.empty() && name.find(written) != std::string_view::npos;
    });
}

// Of a thing that is asked for how long it takes, only what tells a time.
const Answerer::DataField* Answerer::field_of(const AskedTopic& topic) const {
    if (amount_ == Amount::time) {
        if (const auto* field = field_of(topic, Amount::time); field != nullptr) return field;
        if (std::all_of(words.begin(), words.end(),
                        [&](const Word& word) { return word.topic == nullptr || word.topic == &topic; }))
            return nullptr;
    }
    return field_of(topic, Amount::none);
}

const Answerer::DataField* Answerer::field_of(const AskedTopic& topic, Amount amount) const {
    for (const bool exactly : {true, false})
        for (const auto written : topic.written) {
            if (written.empty()) continue;
            for (const auto& field : fields_)
                if (amount != Amount::none && !states(lower(field.value), amount))
                    continue;
                else if (exactly ? field.plain == written
                                 : field.plain.find(written) != std::string::npos && !takes_away(field.plain))
                    return &field;
        }
    return nullptr;
}

void Answerer::by_topic() {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].explained) continue;
        const auto* topic = words[i].topic;
        if (topic == nullptr || asks_duration(i)) continue;
        const auto explain = [&] {
            for (auto& word : words)
                if (word.topic == topic) word.explained = true;
        };
        if (topic->how == AskedTopic::How::told || topic->how == AskedTopic::How::alone)
            if (const auto* sentence = sentence_of(*topic, words[i]); sentence != nullptr) {
                // What it tells of besides need not be told again.
                const auto& plain = sentence->plain;
                std::erase_if(found_, [&](const Found& one) {
                    return one.place < words.size() && plain.find(words[one.place].bare) != std::string::npos;
                });
                for (auto& word : words)
                    if (word.matters && plain.find(word.bare) != std::string::npos) word.explained = true;
                explain();
                found_.push_back({i, {Answer::Kind::sentence, {}, std::string(sentence->text)}});
                continue;
            }
        if (topic->how == AskedTopic::How::alone && asks_of_another(*topic, i)) continue;
        if (const auto* field = field_of(*topic)) {
            explain();
            if (auto answer = from(field->name, field->value); !has_found(answer.attribute))
                found_.push_back({i, std::move(answer)});
        } else if (topic->how != AskedTopic::How::plain) {
            // "Can the dust bin be washed?" is not answered by how big it is.
            std::erase_if(found_, [&](const Found& one) {
                return one.place < words.size() && words[one.place].clause == words[i].clause;
            });
            decided_.push_back(words[i].clause);
        }
    }
}

bool Answerer::asks_of_another(const AskedTopic& topic, std::size_t i) const {
    return std::any_of(words.begin(), words.end(), [&](const Word& word) {
        return word.clause == words[i].clause && word.topic != nullptr && word.topic != &topic &&
               field_of(*word.topic) != nullptr;
    });
}

// "mac" is in "macOS", 잡곡 in 잡곡밥.
bool Answerer::is_value(const Word& word, std::string_view value) {
    if (value == word.bare) return true;
    if (word.token.script == Script::latin) return word.bare.size() > 2 && value.starts_with(word.bare);
    if (word.token.script != Script::hangul) return false;
    // "죽도 되나요?" of "백미, 잡곡, 죽".
    constexpr auto particles = std::to_array<std::string_view>(
        {"도", "은", "는", "이", "가", "을", "를", "만", "이나", "까지", "요"});
    if (value.size() == kSyllable && word.token.text.starts_with(value) &&
        std::find(particles.begin(), particles.end(), std::string_view(word.token.text).substr(kSyllable)) !=
            particles.end())
        return true;
    if (value.size() < 2 * kSyllable) return false;
    return word.bare.starts_with(value) ||
           (word.stem.size() >= 2 * kSyllable && value.starts_with(word.stem));
}

// "블루투스 되나요?": connection = "USB, 블루투스 5.3".
void Answerer::by_value() {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (word.explained || word.aside || word.titled || word.token.script == Script::digits ||
            !word.matters || is_decided(word.clause))
            continue;
        // "4인용" is no "6인용".
        const auto* number = i > 0 && words[i - 1].token.script == Script::digits && word.token.before == 0
                                 ? &words[i - 1]
                                 : nullptr;
        // "USB C": of two words that belong together both must be there.
        const bool pair = i + 1 < words.size() && words[i + 1].token.text.size() == 1 &&
                          word.token.script == Script::latin && words[i + 1].token.text != "a";
        for (auto& field : fields_) {
            if (!field.value_words) field.value_words = tokenize(lower(field.value));
            const auto& tokens = *field.value_words;
            const auto at = std::find_if(tokens.begin(), tokens.end(),
                                         [&](const Token& one) { return is_value(word, one.text); });
            if (at == tokens.end()) continue;
            if (number != nullptr && at != tokens.begin() && (at - 1)->script == Script::digits &&
                (at - 1)->text != number->token.text)
                continue;
            if (pair && (at + 1 == tokens.end() || (at + 1)->text != words[i + 1].token.text)) continue;
            if (has_found(name_label(field.name, locale_))) continue;
            // "압력: 없음 (압력식이 아님)" is no yes to who asks for "압력식".
            const bool lacks =
                yes_or_no(field.value) == false || comes_with(lower(field.value), at->text) == false;
            // "A removable pot" is no yes to who asks for a non-stick pot, nor "USB-C 5 V" for a charging
            // port.
            const auto adds = [&](std::size_t k) {
                if (k >= words.size()) return false;
                const auto& beside = words[k];
                return beside.clause == word.clause && beside.matters && !beside.titled &&
                       !beside.explained && !beside.aside && beside.token.script == Script::latin &&
                       std::none_of(tokens.begin(), tokens.end(),
                                    [&](const Token& one) { return is_value(beside, one.text); });
            };
            const bool half = word.token.script == Script::latin && ((i > 0 && adds(i - 1)) || adds(i + 1));
            // "몇 시간", "how many" ask for no yes, and "what can it cook" for no "no".
            const bool open = asks({"몇", "얼마", "how many", "how much", "how long"});
            // … nor for a row that has the word, and no figure of the kind.
            if (!states(lower(field.value), amount_)) continue;
            words[i].explained = true;
            if (lacks && asks({"what ", "뭐", "무슨", "어떤"})) break;
            found_.push_back({i,
                              {lacks          ? Answer::Kind::no
                               : open || half ? Answer::Kind::value
                                              : Answer::Kind::yes,
                               name_label(field.name, locale_), std::string(field.value)}});
            break;
        }
    }
}

// "포트 몇 개예요?" of a "3포트 충전기", "how many ports" of a "3-Port Charger".
void Answerer::counted() {
    if (!asks({"몇", "how many", "number of"})) return;
    const auto title = lower(texts_.title);
    for (std::size_t i = 0; i < words.size(); ++i) {
        // What stands beside the "몇" or "many" is counted, and nothing else.
        if (!is_counted(i)) continue;
        auto word = words[i].stem;
        if (word.starts_with("몇")) word.erase(0, kSyllable);
        if (!matters(word)) continue;
        const bool plural = word.size() > 3 && word.ends_with('s');
        const auto at = title.find(plural ? word.substr(0, word.size() - 1) : word);
        if (at == std::string::npos || at == 0) continue;
        auto end = at;
        while (end > 0 && (title[end - 1] == '-' || title[end - 1] == ' ')) --end;
        auto begin = end;
        while (begin > 0 && title[begin - 1] >= '0' && title[begin - 1] <= '9') --begin;
        if (begin == end) continue;
        return void(found_.push_back({i, {Answer::Kind::value, word, title.substr(begin, end - begin)}}));
    }
}

}  // namespace maru::catalog
