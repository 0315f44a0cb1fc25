// Questions about one product. The feed answers them, and where it says nothing, nothing is said: a wrong
// "yes" is worse than "I don't know".
//
// Every thing asked is looked for by itself: first a data field by its name, then by what people call it,
// then a value ("does it have HDMI?"), then a sentence of the description. Words that only tell which product
// is meant ("the 27-inch one") answer nothing.
#include <algorithm>
#include <array>
#include <cctype>

#include "catalog/asked_topics.hpp"
#include "catalog/index_impl.hpp"
#include "catalog/labels.hpp"
#include "catalog/lexicon.hpp"
#include "catalog/question.hpp"
#include "catalog/stated.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

constexpr std::size_t kMostAnswers = 3;

// The sentences of a text, as written. A point inside a number ends nothing.
std::vector<std::string_view> sentences(std::string_view text) {
    std::vector<std::string_view> found;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool stop = text[i] == '.' || text[i] == '!' || text[i] == '?';
        const bool ends =
            text[i] == '\n' || (stop && (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n'));
        if (!ends && i + 1 != text.size()) continue;
        while (begin < i && text[begin] == ' ') ++begin;
        const auto end = text[i] == '\n' ? i : i + 1;
        if (end > begin) found.push_back(text.substr(begin, end - begin));
        begin = i + 1;
    }
    return found;
}

class Answerer : private Question {
  public:
    Answerer(const Index::Impl& index, const Product& product, std::string_view question,
             std::string_view locale)
        : Question(product, question, locale),
          index_(index),
          product_(product),
          texts_(product.texts(locale)),
          locale_(locale) {
        for (const auto& [name, value] : texts_.attributes) {
            DataField field{name, value, lower(spaced_name(name)), {}, {}, {}};
            field.words = tokenize(field.plain);
            for (const auto& token : field.words) field.glued += token.text;
            fields_.push_back(std::move(field));
        }
        amount_ = asked_amount(said);
        for (const auto sentence : sentences(texts_.description))
            sentences_.push_back({sentence, lower(sentence)});
    }

    Told told() {
        Told told;
        if (asks({"따로", "별도", "separately", "includ", "포함", "들어있", "들어 있", "come with",
                  "comes with", "in the box", "따라오", "동봉"}))
            comes_along();
        told.beside = found_.empty() && (asks({"따로", "별도", "separately"}) || asks_price_of_part());
        told.concerns =
            std::any_of(words.begin(), words.end(), [](const Word& word) { return word.topic != nullptr; });
        if (!told.beside) {
            told.answers = answers();
        } else if (auto price = part_price()) {
            told.beside = false;
            told.answers.push_back(*std::move(price));
        }
        return told;
    }

  private:
    std::vector<Answer> answers() {
        color();
        by_name();
        by_time();
        by_topic();
        by_value();
        stock();
        price();
        if (found_.empty()) counted();
        in_description();
        unknown_half();
        std::stable_sort(found_.begin(), found_.end(),
                         [](const Found& a, const Found& b) { return a.place < b.place; });
        std::vector<Answer> answers;
        for (auto& one : found_)
            if (answers.size() < kMostAnswers) answers.push_back(std::move(one.answer));
        return answers;
    }

    // One line of the data sheet, made ready once.
    struct DataField {
        std::string_view name, value;  // as the feed writes them
        std::string plain;             // the name, lower case
        std::vector<Token> words;      // … cut
        std::string glued;             // … without blanks
        std::optional<std::vector<Token>> value_words;
    };
    struct Sentence {
        std::string_view text;  // as written
        std::string plain;
    };
    struct Found {
        std::size_t place;  // the word that asked
        Answer answer;
    };

    bool has_found(std::string_view attribute) const {
        return std::any_of(found_.begin(), found_.end(),
                           [&](const Found& one) { return one.answer.attribute == attribute; });
    }

    // ---- what the question asks for money

    // Some feeds tell what a part costs: "Replacement battery: ₩39,000".
    std::optional<Answer> part_price() const {
        for (const auto& field : fields_) {
            if (field.value.find("원") == std::string_view::npos &&
                field.value.find("₩") == std::string_view::npos &&
                field.value.find('$') == std::string_view::npos)
                continue;
            for (const auto& token : field.words)
                if (matters(token.text) && std::any_of(words.begin(), words.end(), [&](const Word& word) {
                        return word.bare == token.text || word.stem == token.text ||
                               (word.token.script == Script::hangul && token.text.size() >= 2 * kSyllable &&
                                word.token.text.starts_with(token.text));
                    }))
                    return Answer{Answer::Kind::value, name_label(field.name, locale_),
                                  std::string(field.value)};
        }
        return std::nullopt;
    }

    void price() {
        // "얼마나 걸려요" asks how long, "얼마나 해요" what it costs.
        const auto how = said.find("얼마나");
        const bool other = how != std::string::npos && said.find("얼마나 해") == std::string::npos &&
                           said.find("얼마나 하") == std::string::npos;
        const bool named = asks({"가격", "price", "cost", "how much is"});
        const bool asked = (asks({"얼마"}) && !other) || asks({"how much"});
        if (!named && !asked) return;
        const auto place = place_of("얼마");
        // "무게가 얼마예요?"
        if (!named && !found_.empty() && (place == words.size() || (place > 0 && words[place - 1].explained)))
            return;
        found_.push_back(
            {place,
             {Answer::Kind::value, name_label("price", locale_), format_price(product_.price, locale_)}});
    }

    void stock() {
        // "Available in queen size?" asks for another thing than this one.
        const bool there = asks({"available"}) && !asks({"available in", "available as"});
        if (!there && !asks({"재고", "품절", "in stock", "sold out", "남아", "남았", "살 수 있", "have this",
                             "have it"}))
            return;
        // What lies in a branch is another question.
        if (asks({"매장", "점에", "지점", "store", "branch"})) return;
        Answer found;
        found.kind = product_.in_stock() ? Answer::Kind::yes : Answer::Kind::no;
        found.attribute = name_label("availability", locale_);
        found.value = availability_label(product_.availability, locale_);
        found_.push_back({place_of("재고"), std::move(found)});
    }

    // ---- colours

    // "흰색도 있어요?", "what colors does it come in?": variants of the product count as it.
    void color() {
        const auto own_colors =
            index_.core->colors[static_cast<std::size_t>(&product_ - index_.products.data())];
        std::uint32_t wanted = 0;
        std::size_t place = words.size();
        for (std::size_t i = 0; i < words.size(); ++i) {
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
        bool open = asks({"다른 색", "other color", "other colour"});
        for (std::size_t i = 0; i < words.size(); ++i) {
            auto& word = words[i];
            constexpr auto names =
                std::to_array<std::string_view>({"색", "색이", "색은", "색도", "색상", "색깔", "컬러",
                                                 "color", "colors", "colour", "colours"});
            if (std::find(names.begin(), names.end(), word.bare) == names.end() &&
                !word.bare.starts_with("색상") && !word.bare.starts_with("색깔"))
                continue;
            // The colour temperature is another matter.
            if (i + 1 < words.size() && words[i + 1].bare.starts_with("temp")) continue;
            // … and so is the "colour gamut".
            if (i + 1 < words.size() &&
                std::any_of(fields_.begin(), fields_.end(), [&](const DataField& one) {
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
                    found.value +=
                        (found.value.empty() ? "" : ", ") + std::string(color_label(color, locale_));
        // "Black or white?" asks which.
        const bool which = open || wanted == 0 || (wanted & (wanted - 1)) != 0;
        found.kind = which                  ? Answer::Kind::value
                     : (bits & wanted) != 0 ? Answer::Kind::yes
                                            : Answer::Kind::no;
        found_.push_back({place, std::move(found)});
    }

    // "Can it do brown rice?", "the mint one has …": part of another word's meaning, or what points at the
    // product. "A white kettle?" asks for white.
    bool is_no_colour(std::size_t i) const {
        if (asks({"color", "colour", "come in", "available in"})) return false;
        const bool points = i > 0 && words[i - 1].token.text == "the" && words[i].titled;
        if (points || i + 1 == words.size()) return points;
        const auto& next = words[i + 1];
        return next.matters && next.topic == nullptr && !color_of(next.bare) && next.token.before == 0 &&
               !is_head(next);
    }

    // The last word of what the title calls it: "Cooker" of "Mini Rice Cooker, 2 Servings".
    bool is_head(const Word& word) const {
        std::string head;
        for (const auto& token : tokenize(lower(texts_.title))) {
            if (token.before == ',' || token.script == Script::digits) break;
            if (token.script == Script::latin) head = token.text;
        }
        return !head.empty() && word.bare.starts_with(head);
    }

    // Which of the variants in view is meant is no question, where something else is asked: "핑크꺼 현미밥
    // 되나요", "민트 스탠드 조립해야 하나요".
    bool picks_by_colour(std::size_t i, std::uint32_t own) const {
        const auto color = color_of(words[i].bare);
        if (!color || (own >> *color & 1U) == 0) return false;
        const bool before_name = i + 1 < words.size() && words[i + 1].titled && !words[i + 1].points;
        if (!words[i].points && !before_name) return false;
        return std::any_of(words.begin(), words.end(), [&](const Word& word) {
            return word.matters && !word.titled && !word.points && !color_of(word.bare) &&
                   word.token.script != Script::digits;
        });
    }

    // ---- data fields

    // "Is the adapter included?": what the data says beside the thing asked for, in whatever row.
    void comes_along() {
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
                                  {*there ? Answer::Kind::yes : Answer::Kind::no,
                                   name_label(field.name, locale_), std::string(field.value)}});
                break;
            }
        }
    }

    // "How long to boil?": the row that is called so and gives a time.
    void by_time() {
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
                        !states(lower(field.value), Amount::time) ||
                        has_found(name_label(field.name, locale_)))
                        continue;
                    words[i].explained = true;
                    found_.push_back({i, from(field.name, field.value)});
                    break;
                }
            }
    }

    Answer from(std::string_view name, std::string_view value) const {
        Answer found;
        found.attribute = name_label(name, locale_);
        found.value = value_label(value, locale_);
        const auto decided = is_extra(lower(value)) ? std::optional(false) : yes_or_no(value);
        found.kind = !decided ? Answer::Kind::value : *decided ? Answer::Kind::yes : Answer::Kind::no;
        return found;
    }

    // A field of which the question has the most words, then the next.
    void by_name() {
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

    std::vector<std::size_t> words_naming(const DataField& field) const {
        std::vector<std::size_t> hits;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto& word = words[i];
            if (word.explained || word.aside || !word.matters) continue;
            const bool same =
                word.bare == field.glued ||
                std::any_of(field.words.begin(), field.words.end(), [&](const Token& one) {
                    return one.text.size() > 2 && (one.text == word.bare || one.text == word.stem);
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

    static bool is_of(const AskedTopic& topic, std::string_view name) {
        return std::any_of(topic.written.begin(), topic.written.end(), [&](std::string_view written) {
            return !written.empty() && name.find(written) != std::string_view::npos;
        });
    }

    // Of a thing that is asked for how long it takes, only what tells a time.
    const DataField* field_of(const AskedTopic& topic) const {
        if (amount_ == Amount::time) {
            if (const auto* field = field_of(topic, Amount::time); field != nullptr) return field;
            if (std::all_of(words.begin(), words.end(),
                            [&](const Word& word) { return word.topic == nullptr || word.topic == &topic; }))
                return nullptr;
        }
        return field_of(topic, Amount::none);
    }

    const DataField* field_of(const AskedTopic& topic, Amount amount) const {
        for (const bool exactly : {true, false})
            for (const auto written : topic.written) {
                if (written.empty()) continue;
                for (const auto& field : fields_)
                    if (amount != Amount::none && !states(lower(field.value), amount))
                        continue;
                    else if (exactly
                                 ? field.plain == written
                                 : field.plain.find(written) != std::string::npos && !takes_away(field.plain))
                        return &field;
            }
        return nullptr;
    }

    void by_topic() {
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
                        return one.place < words.size() &&
                               plain.find(words[one.place].bare) != std::string::npos;
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

    bool asks_of_another(const AskedTopic& topic, std::size_t i) const {
        return std::any_of(words.begin(), words.end(), [&](const Word& word) {
            return word.clause == words[i].clause && word.topic != nullptr && word.topic != &topic &&
                   field_of(*word.topic) != nullptr;
        });
    }

    // "mac" is in "macOS", 잡곡 in 잡곡밥.
    static bool is_value(const Word& word, std::string_view value) {
        if (value == word.bare) return true;
        if (word.token.script == Script::latin) return word.bare.size() > 2 && value.starts_with(word.bare);
        if (word.token.script != Script::hangul) return false;
        // "죽도 되나요?" of "백미, 잡곡, 죽".
        constexpr auto particles = std::to_array<std::string_view>(
            {"도", "은", "는", "이", "가", "을", "를", "만", "이나", "까지", "요"});
        if (value.size() == kSyllable && word.token.text.starts_with(value) &&
            std::find(particles.begin(), particles.end(),
                      std::string_view(word.token.text).substr(kSyllable)) != particles.end())
            return true;
        if (value.size() < 2 * kSyllable) return false;
        return word.bare.starts_with(value) ||
               (word.stem.size() >= 2 * kSyllable && value.starts_with(word.stem));
    }

    // "블루투스 되나요?": connection = "USB, 블루투스 5.3".
    void by_value() {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto& word = words[i];
            if (word.explained || word.aside || word.titled || word.token.script == Script::digits ||
                !word.matters || is_decided(word.clause))
                continue;
            // "4인용" is no "6인용".
            const auto* number =
                i > 0 && words[i - 1].token.script == Script::digits && word.token.before == 0 ? &words[i - 1]
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
                // "몇 시간", "how many" ask for no yes, and "what can it cook" for no "no".
                const bool open = asks({"몇", "얼마", "how many", "how much", "how long"});
                // … nor for a row that has the word, and no figure of the kind.
                if (!states(lower(field.value), amount_)) continue;
                words[i].explained = true;
                if (lacks && asks({"what ", "뭐", "무슨", "어떤"})) break;
                found_.push_back({i,
                                  {lacks  ? Answer::Kind::no
                                   : open ? Answer::Kind::value
                                          : Answer::Kind::yes,
                                   name_label(field.name, locale_), std::string(field.value)}});
                break;
            }
        }
    }

    // "포트 몇 개예요?" of a "3포트 충전기", "how many ports" of a "3-Port Charger".
    void counted() {
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

    // ---- the description, shown as it stands: whether that is a yes is the visitor's to judge

    // Does a sentence have the word, as a word's beginning? 문 is not in 지문.
    static bool has(std::string_view plain, std::string_view word) {
        for (auto at = plain.find(word); at != std::string_view::npos; at = plain.find(word, at + 1))
            if (at == 0 || plain[at - 1] == ' ' || (plain[at - 1] >= 0 && std::ispunct(plain[at - 1]) != 0))
                return true;
        return false;
    }

    const Sentence* sentence_of(const AskedTopic& topic, const Word& asked) const {
        for (const auto& sentence : sentences_) {
            if (asked.stem.size() >= 2 * kSyllable && has(sentence.plain, asked.stem)) return &sentence;
            for (const auto stem : topic.asked)
                if (stem.size() > 2 && has(sentence.plain, stem)) return &sentence;
        }
        return nullptr;
    }

    // The sentence with the most of what is still unanswered.
    void in_description() {
        if (!decided_.empty() && found_.empty()) return;
        std::string_view best;
        std::size_t most = 0, place = words.size();
        for (const auto& sentence : sentences_) {
            std::size_t count = 0, open = 0, first = words.size();
            for (std::size_t i = 0; i < words.size(); ++i) {
                const auto& word = words[i];
                const auto& own = word.stem.size() >= 2 * kSyllable ? word.stem : word.bare;
                if (word.titled || word.aside || !word.matters || !has(sentence.plain, own)) continue;
                ++count;
                open += word.explained ? 0 : 1;
                first = std::min(first, i);
            }
            if (open == 0 || count <= most || !states(sentence.plain, amount_)) continue;
            most = count;
            best = sentence.text;
            place = first;
        }
        // Beside an answer a word in common is chance.
        if (best.empty() || (!found_.empty() && most < 2)) return;
        if (std::any_of(found_.begin(), found_.end(),
                        [&](const Found& one) { return one.answer.value == best; }))
            return;
        found_.push_back({place, {Answer::Kind::sentence, {}, std::string(best)}});
    }

    bool is_decided(std::size_t clause) const {
        return std::find(decided_.begin(), decided_.end(), clause) != decided_.end();
    }

    // Two things asked, of which the data has one: that it says nothing of the other is an answer without a
    // value.
    void unknown_half() {
        if (found_.empty() || found_.size() >= kMostAnswers) return;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto clause = words[i].clause;
            if (words[i].topic == nullptr || words[i].explained) continue;
            if (std::any_of(found_.begin(), found_.end(), [&](const Found& one) {
                    return one.place >= words.size() || words[one.place].clause == clause;
                }))
                continue;
            return void(found_.push_back({words.size(), {Answer::Kind::value, words[i].bare, {}}}));
        }
    }

    const Index::Impl& index_;
    const Product& product_;
    const Texts texts_;
    std::string_view locale_;
    std::vector<DataField> fields_;
    std::vector<Sentence> sentences_;
    std::vector<Found> found_;
    std::vector<std::size_t> decided_;  // clauses that no other word may answer
    Amount amount_ = Amount::none;
};

constexpr std::size_t kLongestQuestion = 500;  // code points; a question is short

}  // namespace

Told Index::about(std::string_view id, std::string_view question, std::string_view locale) const {
    const auto* product = find(id);
    if (product == nullptr) return {};
    return Answerer(*impl_, *product, text::truncate(question, kLongestQuestion), locale).told();
}

}  // namespace maru::catalog
