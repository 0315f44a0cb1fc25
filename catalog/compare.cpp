// Products side by side, and questions about one of them: both read what the feed says, and say nothing it
// does not.
#include <algorithm>
#include <array>
#include <cmath>

#include "catalog/index_impl.hpp"
#include "catalog/lexicon.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

// What people ask by other words than data sheets write. The first row that a question's word begins with
// counts.
struct Topic {
    std::array<std::string_view, 9> asked;     // beginnings of words
    std::array<std::string_view, 10> written;  // parts of attribute names
};
constexpr std::array<Topic, 16> kTopics{{
    {{"무게", "무거", "가벼", "몇그램", "몇키로", "몇킬로", "weigh", "heavy", "light"},
     {"weight", "무게", "중량"}},
    {{"크기", "사이즈", "치수", "가로", "세로", "높이", "size", "dimension", "big"},
     {"size", "dimension", "크기", "치수", "사이즈", "width", "height", "높이", "화면 크기", "display"}},
    {{"길이", "length", "몇미터", "몇센치", "long"}, {"length", "길이", "cable_length", "케이블 길이"}},
    {{"배터리", "사용시간", "몇시간", "battery", "hours", "last", "오래", "밧데리"},
     {"battery", "배터리", "사용 시간", "사용시간", "playtime", "run time", "재생 시간", "연속"}},
    {{"방수", "waterproof", "water", "ipx", "생활방수", "물에"},
     {"water", "방수", "ip rating", "ip 등급", "ip등급"}},
    {{"소재", "재질", "재료", "뭘로", "material", "made", "fabric"}, {"material", "소재", "재질"}},
    {{"용량", "몇리터", "몇기가", "capacity", "volume", "storage", "liters"},
     {"capacity", "용량", "storage", "저장", "volume", "memory"}},
    {{"보증", "as", "a/s", "무상", "warranty", "guarantee", "에이에스"},
     {"warranty", "보증", "a/s", "as기간", "as 기간"}},
    {{"소음", "시끄", "조용", "데시벨", "noise", "loud", "quiet", "silent"},
     {"noise", "소음", "silent", "저소음"}},
    {{"전력", "소비전력", "전기세", "와트", "watt", "power", "electricity"},
     {"power", "전력", "wattage", "출력"}},
    {{"블루투스", "bluetooth"}, {"bluetooth", "블루투스", "connect", "연결", "wireless"}},
    {{"연결", "connect", "호환", "compatible", "work", "지원"},
     {"connect", "연결", "compat", "호환", "support", "지원"}},
    {{"원산지", "어디서", "제조국", "origin", "made in", "국산"}, {"origin", "원산지", "제조국"}},
    {{"구성품", "포함", "들어있", "included", "include", "box", "comes"},
     {"included", "구성품", "구성", "in the box", "포함"}},
    {{"충전", "charge", "charging"}, {"charg", "충전"}},
    {{"세척", "세탁", "식기세척기", "wash", "dishwasher", "clean"},
     {"wash", "세척", "세탁", "dishwasher", "care"}},
}};

std::string lower(std::string_view text) {
    return text::normalised(text, {.shorten_repeats = false, .compose_letters = false});
}

bool contains_word(const std::vector<std::string>& words, std::string_view any) {
    return std::find(words.begin(), words.end(), any) != words.end();
}

// Attribute values that only say yes or no.
std::optional<bool> yes_or_no(std::string_view value) {
    const auto text = lower(value);
    constexpr auto yes = std::to_array<std::string_view>(
        {"true", "yes", "예", "네", "지원", "가능", "있음", "o", "포함", "y", "supported", "included"});
    constexpr auto no = std::to_array<std::string_view>({"false", "no", "아니오", "아니요", "미지원", "불가",
                                                         "불가능", "없음", "x", "미포함", "n",
                                                         "not supported", "none", "지원 안 함", "지원안함"});
    if (std::find(yes.begin(), yes.end(), text) != yes.end()) return true;
    if (std::find(no.begin(), no.end(), text) != no.end()) return false;
    return std::nullopt;
}

std::string label_of(std::string_view name) {
    std::string label(name);
    std::replace(label.begin(), label.end(), '_', ' ');
    return label;
}

struct BuiltinNames {
    std::string_view key, ko, en;
};
constexpr std::array<BuiltinNames, 9> kNames{{{"price", "가격", "Price"},
                                              {"brand", "브랜드", "Brand"},
                                              {"rating", "평점", "Rating"},
                                              {"color", "색상", "Color"},
                                              {"availability", "재고", "Availability"},
                                              {"mpn", "모델명", "Model"},
                                              {"size", "크기", "Size"},
                                              {"material", "소재", "Material"},
                                              {"weight", "무게", "Weight"}}};

std::string name_label(std::string_view key, std::string_view locale) {
    for (const auto& name : kNames)
        if (name.key == key) return std::string(locale == "ko" ? name.ko : name.en);
    return label_of(key);
}

std::string availability_label(std::string_view availability, std::string_view locale) {
    const bool ko = locale == "ko";
    if (availability == "in_stock") return ko ? "재고 있음" : "In stock";
    if (availability == "out_of_stock") return ko ? "품절" : "Out of stock";
    if (availability == "preorder") return ko ? "예약 판매" : "Preorder";
    return ko ? "주문 후 입고" : "Backorder";
}

std::string stars(const std::optional<double>& rating) {
    if (!rating) return {};
    const auto tenths = std::lround(*rating * 10);
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

std::string value_label(std::string_view value, std::string_view locale) {
    const bool ko = locale == "ko";
    if (value == "true") return ko ? "예" : "Yes";
    if (value == "false") return ko ? "아니요" : "No";
    return std::string(value);
}

// The sentence of a text that has `word`.
std::string sentence_with(std::string_view text, std::string_view word) {
    const auto at = text.find(word);
    if (at == std::string_view::npos) return {};
    // A point inside a number ends nothing.
    const auto ends = [&](std::size_t i) {
        return text[i] == '\n' || ((text[i] == '.' || text[i] == '!' || text[i] == '?') &&
                                   (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n'));
    };
    auto begin = at;
    while (begin > 0 && !ends(begin - 1)) --begin;
    while (begin < at && text[begin] == ' ') ++begin;
    auto end = at;
    while (end < text.size() && !ends(end)) ++end;
    return std::string(text.substr(begin, std::min(end + 1, text.size()) - begin));
}

class Answerer {
  public:
    Answerer(const Index::Impl& index, const Product& product, std::string_view question,
             std::string_view locale)
        : index_(index), product_(product), texts_(product.texts(locale)), locale_(locale) {
        for (const auto& token : tokenize(text::normalised(question))) {
            tokens_.push_back(token);
            words_.emplace_back(token.script == Script::hangul ? text::strip_josa(token.text)
                                                               : std::string_view(token.text));
        }
        asked_ = lower(question);
    }

    Answer answer() const {
        if (auto found = color()) return *found;
        if (auto found = attribute()) return *found;
        if (auto found = stock()) return *found;
        if (auto found = price()) return *found;
        if (auto found = counted()) return *found;
        if (auto found = in_texts()) return *found;
        return {};
    }

  private:
    bool asks(std::initializer_list<std::string_view> parts) const {
        return std::any_of(parts.begin(), parts.end(),
                           [&](std::string_view part) { return asked_.find(part) != std::string::npos; });
    }

    std::optional<Answer> stock() const {
        if (!asks({"재고", "품절", "in stock", "available", "sold out", "남아", "남았", "살 수 있",
                   "have this", "have it"}))
            return std::nullopt;
        Answer found;
        found.kind = product_.in_stock() ? Answer::Kind::yes : Answer::Kind::no;
        found.attribute = name_label("availability", locale_);
        found.value = availability_label(product_.availability, locale_);
        return found;
    }

    std::optional<Answer> price() const {
        // "얼마나 걸려요" asks how long, "얼마나 해요" what it costs.
        const auto how = asked_.find("얼마나");
        const bool other = how != std::string::npos && asked_.find("얼마나 해") == std::string::npos &&
                           asked_.find("얼마나 하") == std::string::npos;
        if (!(asks({"얼마"}) && !other) && !asks({"가격", "price", "how much", "cost"})) return std::nullopt;
        return Answer{Answer::Kind::value, name_label("price", locale_),
                      format_price(product_.price, locale_)};
    }

    // "흰색도 있어요?", "what colors does it come in?": variants of the product count as it.
    std::optional<Answer> color() const {
        std::uint32_t wanted = 0;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            auto one =
                i + 1 < tokens_.size() ? color_of(tokens_[i].text + ' ' + words_[i + 1]) : std::nullopt;
            if (!one) one = color_of(words_[i]);
            if (one) wanted |= 1U << *one;
        }
        const bool open = asks({"색상", "무슨 색", "어떤 색", "다른 색", "색깔", "what color", "which color",
                                "colors", "colours", "other color"});
        if (wanted == 0 && !open) return std::nullopt;
        // "The grey one, is it heavy?" asks for no colour.
        if (!open && std::any_of(std::begin(kTopics), std::end(kTopics),
                                 [&](const Topic& topic) { return asks_about(topic); }))
            return std::nullopt;
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
        if (bits == 0 && names.empty())
            return Answer{Answer::Kind::unknown, name_label("color", locale_), {}};
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
        return found;
    }

    Answer from(std::string_view name, std::string_view value) const {
        Answer found;
        found.attribute = label_of(name);
        found.value = value_label(value, locale_);
        const auto decided = yes_or_no(value);
        found.kind = !decided ? Answer::Kind::value : *decided ? Answer::Kind::yes : Answer::Kind::no;
        return found;
    }

    std::optional<Answer> attribute() const {
        // In the visitor's language first, then in the feed's own.
        for (const auto* attributes : {&texts_.attributes, &product_.attributes}) {
            for (const auto& topic : kTopics) {
                if (!asks_about(topic)) continue;
                for (const auto written : topic.written) {
                    if (written.empty()) continue;
                    for (const auto& [name, value] : *attributes)
                        if (lower(label_of(name)).find(label_of(written)) != std::string::npos)
                            return from(name, value);
                }
            }
            // An attribute's own name, or a word of its value ("블루투스 되나요?": connection = "USB,
            // 블루투스 5.3").
            for (const auto& [name, value] : *attributes)
                for (const auto& token : tokenize(lower(label_of(name))))
                    if (matters(token.text) && contains_word(words_, token.text)) return from(name, value);
            for (const auto& [name, value] : *attributes)
                for (const auto& token : tokenize(lower(value)))
                    if (matters(token.text) && token.script != Script::digits &&
                        contains_word(words_, token.text)) {
                        Answer found;
                        found.kind = Answer::Kind::yes;
                        found.attribute = label_of(name);
                        found.value = value;
                        return found;
                    }
        }
        return std::nullopt;
    }

    bool asks_about(const Topic& topic) const {
        return std::any_of(topic.asked.begin(), topic.asked.end(), [&](std::string_view stem) {
            // "AS" is repairs to a Korean, and nothing to others.
            if (locale_ != "ko" && is_stop_word(stem)) return false;
            return !stem.empty() && std::any_of(words_.begin(), words_.end(), [&](const std::string& word) {
                return stem.size() <= 2 ? word == stem : word.starts_with(stem);
            });
        });
    }

    static bool matters(std::string_view word) {
        return word.size() > 2 && !is_stop_word(word) && !is_asking_word(word) && !is_service_word(word);
    }

    // "포트 몇 개예요?" of a "3포트 충전기", "how many ports" of a "3-Port Charger".
    std::optional<Answer> counted() const {
        if (!asks({"몇", "how many", "number of"})) return std::nullopt;
        const auto title = lower(texts_.title);
        for (const auto& asked : words_) {
            const auto word = std::string(text::strip_endings(asked));
            if (!matters(word)) continue;
            const bool plural = word.size() > 3 && word.ends_with('s');
            const auto at = title.find(plural ? word.substr(0, word.size() - 1) : word);
            if (at == std::string::npos || at == 0) continue;
            auto end = at;
            while (end > 0 && (title[end - 1] == '-' || title[end - 1] == ' ')) --end;
            auto begin = end;
            while (begin > 0 && title[begin - 1] >= '0' && title[begin - 1] <= '9') --begin;
            if (begin == end) continue;
            return Answer{Answer::Kind::value, word, title.substr(begin, end - begin)};
        }
        return std::nullopt;
    }

    // Title and description are shown as they stand: whether that is a yes is the visitor's to judge.
    std::optional<Answer> in_texts() const {
        for (const auto& word : words_) {
            if (!matters(word)) continue;
            for (const auto* text : {&texts_.description, &product_.text.description}) {
                const auto plain = lower(*text);
                // Only where normalising kept every byte in its place can the sentence be cut from the
                // original.
                const auto sentence = sentence_with(plain.size() == text->size() ? *text : plain, word);
                const auto folded =
                    sentence.empty() && plain.size() == text->size() ? sentence_with(plain, word) : sentence;
                if (!folded.empty()) return Answer{Answer::Kind::sentence, {}, folded};
            }
        }
        return std::nullopt;
    }

    const Index::Impl& index_;
    const Product& product_;
    Texts texts_;
    std::string_view locale_;
    std::vector<Token> tokens_;
    std::vector<std::string> words_;  // tokens without particles
    std::string asked_;
};

}  // namespace

Answer Index::answer(std::string_view id, std::string_view question, std::string_view locale) const {
    const auto* product = find(id);
    if (product == nullptr) return {};
    constexpr std::size_t longest = 500;  // code points; a question is short
    return Answerer(*impl_, *product, text::truncate(question, longest), locale).answer();
}

Comparison Index::compare(std::span<const std::string> ids, std::string_view locale) const {
    Comparison comparison;
    constexpr std::size_t most = 4;
    for (const auto& id : ids)
        if (const auto* product = find(id); product != nullptr && comparison.products.size() < most)
            comparison.products.push_back(product);
    std::vector<Texts> texts;
    for (const auto* product : comparison.products) texts.push_back(product->texts(locale));
    const auto add = [&](std::string name, auto&& value_of) {
        Comparison::Row row;
        row.name = std::move(name);
        bool any = false;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            row.values.push_back(value_of(*comparison.products[i], texts[i]));
            any = any || !row.values.back().empty();
            row.differs = row.differs || row.values.back() != row.values.front();
        }
        if (any) comparison.rows.push_back(std::move(row));
    };
    add(name_label("price", locale),
        [&](const Product& p, const Texts&) { return format_price(p.price, locale); });
    add(name_label("brand", locale), [](const Product&, const Texts& t) { return t.brand; });
    add(name_label("rating", locale), [](const Product& p, const Texts&) { return stars(p.rating); });
    add(name_label("color", locale), [](const Product&, const Texts& t) { return t.color; });
    add(name_label("availability", locale),
        [&](const Product& p, const Texts&) { return availability_label(p.availability, locale); });
    std::vector<std::string> names;
    constexpr std::size_t longest = 40;  // rows; a data sheet of hundreds is no comparison
    for (const auto& text : texts)
        for (const auto& [name, value] : text.attributes)
            if (names.size() < longest && std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
    for (const auto& name : names)
        add(name_label(name, locale), [&](const Product&, const Texts& t) -> std::string {
            for (const auto& [own, value] : t.attributes)
                if (own == name) return value_label(value, locale);
            return {};
        });
    std::stable_partition(comparison.rows.begin(), comparison.rows.end(),
                          [](const auto& row) { return row.differs; });
    return comparison;
}

}  // namespace maru::catalog
