// Questions about one product. The feed answers them, and where it says nothing, nothing is said: a wrong
// "yes" is worse than "I don't know".
//
// Every thing asked is looked for by itself: first a data field by its name, then by what people call it,
// then a value ("does it have HDMI?"), then a sentence of the description. Words that only tell which product
// is meant ("the 27-inch one") answer nothing.
#include <algorithm>

#include "catalog/answerer.hpp"
#include "catalog/labels.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

constexpr std::size_t kLongestQuestion = 500;  // code points; a question is short

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

}  // namespace

Answerer::Answerer(const Index::Impl& index, const Product& product, std::string_view question,
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

Told Answerer::told() {
    Told told;
    if (asks({"따로", "별도", "separately", "includ", "포함", "들어있", "들어 있", "come with", "comes with",
              "in the box", "따라오", "동봉"}))
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

std::vector<Answer> Answerer::answers() {
    light_color();
    color();
    bed_size();
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

bool Answerer::has_found(std::string_view attribute) const {
    return std::any_of(found_.begin(), found_.end(),
                       [&](const Found& one) { return one.answer.attribute == attribute; });
}

// ---- what the question asks for money
// Some feeds tell what a part costs: "Replacement battery: ₩39,000".
std::optional<Answer> Answerer::part_price() const {
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
                return Answer{Answer::Kind::value, name_label(field.name, locale_), std::string(field.value)};
    }
    return std::nullopt;
}

void Answerer::price() {
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
        {place, {Answer::Kind::value, name_label("price", locale_), format_price(product_.price, locale_)}});
}

void Answerer::stock() {
    // "Available in queen size?" asks for another thing than this one.
    const bool there = asks({"available"}) && !asks({"available in", "available as"});
    if (!there &&
        !asks({"재고", "품절", "in stock", "sold out", "남아", "남았", "살 수 있", "have this", "have it"}))
        return;
    // What lies in a branch is another question.
    if (asks({"매장", "점에", "지점", "store", "branch", "stock there", "거기"})) return;
    Answer found;
    found.kind = product_.in_stock() ? Answer::Kind::yes : Answer::Kind::no;
    found.attribute = name_label("availability", locale_);
    found.value = availability_label(product_.availability, locale_);
    found_.push_back({place_of("재고"), std::move(found)});
}

bool Answerer::is_decided(std::size_t clause) const {
    return std::find(decided_.begin(), decided_.end(), clause) != decided_.end();
}

// Two things asked, of which the data has one: that it says nothing of the other is an answer without a
// value.
void Answerer::unknown_half() {
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

Told Index::about(std::string_view id, std::string_view question, std::string_view locale) const {
    const auto* product = find(id);
    if (product == nullptr) return {};
    return Answerer(*impl_, *product, text::truncate(question, kLongestQuestion), locale).told();
}

}  // namespace maru::catalog
