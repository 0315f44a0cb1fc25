#include "bot/conversation/reading.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "bot/conversation/clauses.hpp"
#include "bot/conversation/seen_goods.hpp"
#include "bot/conversation/shelf_words.hpp"
#include "catalog/query_json.hpp"
#include "flows/answers.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

constexpr std::size_t most_clauses = 4;

// "How long is delivery and can I pay by card": two halves, if there are two.
std::vector<Clause> split_at_and(std::string_view words) {
    // "가습기 추천해 주시고 배송도 알려 주세요"
    constexpr std::array<std::string_view, 6> links{" and ",  " And ",   " 그리고 ",
                                                    " also ", "주시고 ", "주고 "};
    constexpr std::size_t shortest = 8;  // bytes; less is no question
    for (const auto link : links) {
        const auto at = words.find(link);
        if (at == std::string_view::npos || at < shortest || words.size() - at - link.size() < shortest)
            continue;
        return {{words.substr(0, at), {}}, {words.substr(at + link.size()), {}}};
    }
    return {};
}

// "괜찮아요 배송비만 알려주세요", "yes how much is it": what is said behind the yes or no.
std::vector<Clause> split_behind_courtesy(std::string_view words, const nlu::Understanding& u) {
    constexpr std::size_t shortest = 8;  // bytes
    for (const auto& entity : u.entities)
        if (entity.type == "yes_no" && entity.span.begin == 0 && entity.span.end < words.size() &&
            words[entity.span.end] == ' ' && words.size() - entity.span.end > shortest)
            return {{words.substr(0, entity.span.end), {}}, {words.substr(entity.span.end + 1), {}}};
    return {};
}

bool is_small(std::string_view label) {
    constexpr auto small = std::to_array<std::string_view>(
        {"intent:greet", "intent:thanks", "intent:goodbye", "intent:affirm", "intent:deny",
         "intent:cancel_flow", "intent:misread", "intent:out_of_scope_chitchat"});
    return std::find(small.begin(), small.end(), label) != small.end();
}

bool is_bare(const std::string& plain) {
    constexpr std::size_t longest = 12;  // characters
    static const RE2 lead(R"(^(?:and|what about|how about|그럼|그리고|그러면)(?: (?:the|its))? )");
    auto word = plain;
    RE2::Replace(&word, lead, "");
    return text::count_code_points(word) <= longest && std::count(word.begin(), word.end(), ' ') < 2;
}

// What a search could be narrowed by.
bool narrows(std::string_view entity) {
    constexpr std::array<std::string_view, 9> kinds{"money", "number",   "quantity", "color",      "size",
                                                    "brand", "negation", "ordinal",  "comparative"};
    return std::find(kinds.begin(), kinds.end(), entity) != kinds.end();
}

bool is_question(std::string_view plain) {
    constexpr auto words = std::to_array<std::string_view>(
        {"what",  "which", "how",  " is ", " are ", " does ", "뭐",   "무슨", "어떤", "어느",
         "어때",  "얼마",  "몇",   "나요", "가요",  "까요",   "한가", "인가", "되나", "돼?",
         "돼요?", "는요",  "은요", "됨?",  "려나",  "될까",   "일까", "할까", "냐고", "냐구"});
    const auto asks_in = [&](std::string_view part) {
        const auto text = " " + std::string(part) + " ";
        return std::any_of(words.begin(), words.end(),
                           [&](std::string_view word) { return text.find(word) != std::string::npos; });
    };
    // "Sage green is nice!" asks nothing, however a question looks; the clause beside it may.
    static const RE2 praise(
        R"( (?:is|are|looks?) (?:so |very |really |quite |pretty |just )?(?:nice|great|good|lovely|cute|pretty|fine|ok|okay|perfect|beautiful|gorgeous|cool|short|long|small|big|loud|heavy|expensive|enough|not enough)(?:$|[.,!]))");
    static const RE2 asks(
        R"(^ ?(?:(?:and|but|so|or|ok|then|also|well) )*(?:is|are|does|do|what|which|how) )");
    if (!RE2::PartialMatch(plain, praise)) return asks_in(plain);
    const auto parts = clauses_of(plain, plain.size());
    return std::any_of(parts.begin(), parts.end(), [&](const Clause& part) {
        return (!RE2::PartialMatch(part.text, praise) || RE2::PartialMatch(part.text, asks)) &&
               asks_in(std::string(part.text) + std::string(part.mark));
    });
}

}  // namespace

void Reading::read(std::string_view words, const catalog::Product* titled) {
    words_ = words;
    titled_ = titled;
    meaning_.reset();
    clauses_.clear();
    asked_.reset();
    refined_.reset();
    refined_read_ = false;
    const ShelfWords shelf(bot_.catalog.get());
    nlu::Context context;
    context.words = &shelf;
    context.locale = c_.row.locale == "ko" ? nlu::Language::ko : nlu::Language::en;
    context.in_flow = !c_.dialogue.flow.is_null();
    context.waiting = context.in_flow || !c_.dialogue.awaiting.empty();
    u_ = bot_.understanding->understand(words, context);
    take_label();
    set_aside(context);
    words = meant_words();
    auto parts = clauses_of(words, most_clauses);
    const bool clear = known_ && confidence_ >= certain;
    if (parts.size() < 2 && !clear) parts = split_at_and(words);
    if (parts.size() < 2 && !meaning_) parts = split_behind_courtesy(words, u_);
    if (parts.size() < 2) return;
    // A question that is surely understood as a whole needs no second look, unless there are two of them or
    // goods are being talked about.
    const bool shopping = !c_.dialogue.shown.empty() || !c_.dialogue.focus.empty();
    if (clear && !shopping && label_.starts_with("faq:") && std::count(words.begin(), words.end(), '?') < 2)
        return;
    for (const auto& part : parts) clauses_.push_back(bot_.understanding->recognise(part.text, context));
}

void Reading::take_label() {
    label_.clear();
    if (!u_.rules.empty())
        label_ = u_.rules.front().label;
    else if (!u_.ranked.empty())
        label_ = u_.ranked.front().label;
    confidence_ = confidence_of(u_);
    known_ = !u_.rules.empty() || u_.in_scope;
}

// What is set aside does not decide what the message is taken for, and nor does a "no" or "thanks" before it.
void Reading::set_aside(const nlu::Context& context) {
    meant_ = meant(words_);
    if (meant_.words.empty()) return;
    // An alarm is heard wherever it stands: "we already have a fire here, and my order …".
    if (meant_.tells && !u_.rules.empty()) return;
    // Nothing that would be found in the rest could count.
    if (!meant_.matters && known_ && !is_small(label_)) return;
    auto meaning = bot_.understanding->understand(meant_.words, context);
    // "안녕하세요 토스터 있어요?" is more than a greeting.
    const bool says_more =
        confidence_of(meaning) >= hesitant && !label_of(meaning).empty() && !is_small(label_of(meaning));
    const bool small = is_small(label_) && (confidence_ < certain || says_more);
    if (!meant_.matters && !small && (known_ || label_of(meaning).empty())) return;
    u_.ranked = meaning.ranked;
    u_.rules = meaning.rules;
    u_.in_scope = meaning.in_scope;
    meaning_ = std::move(meaning);
    take_label();
}

std::string_view Reading::language() const {
    switch (u_.language) {
        case nlu::Language::ko:
            return "ko";
        case nlu::Language::en:
            return "en";
        case nlu::Language::mixed:
            return "mixed";
        case nlu::Language::unknown:
            break;
    }
    return {};
}

std::string_view Reading::intent_of(std::string_view label) {
    constexpr std::string_view prefix = "intent:";
    return label.starts_with(prefix) ? label.substr(prefix.size()) : std::string_view();
}

std::string_view Reading::label_of(const nlu::Recognition& u) {
    if (!u.rules.empty()) return u.rules.front().label;
    return u.in_scope && !u.ranked.empty() ? std::string_view(u.ranked.front().label) : std::string_view();
}

float Reading::confidence_of(const nlu::Recognition& u) {
    if (!u.rules.empty()) return 1;
    return u.ranked.empty() ? 0 : u.ranked.front().confidence;
}

bool Reading::says(std::string_view label, float least) const {
    if (known_ && label_ == label) return true;
    return std::any_of(clauses_.begin(), clauses_.end(), [&](const nlu::Recognition& one) {
        return label_of(one) == label && confidence_of(one) >= least;
    });
}

std::optional<bool> Reading::yes_or_no() const {
    for (const auto& entity : u_.entities)
        if (entity.type == "yes_no" && std::holds_alternative<bool>(entity.value))
            return std::get<bool>(entity.value);
    if (says("intent:affirm")) return true;
    if (says("intent:deny") || says("intent:cancel_flow")) return false;
    return std::nullopt;
}

std::optional<bool> Reading::bare_yes_or_no() const {
    // "괜찮아요 제가 주문할게요 배송비만 알려주세요"
    constexpr std::size_t bare = 12;  // characters
    if (text::count_code_points(plain()) > bare && asks_something()) return std::nullopt;
    constexpr std::array<std::string_view, 8> courtesy{"",
                                                       "intent:affirm",
                                                       "intent:deny",
                                                       "intent:thanks",
                                                       "intent:goodbye",
                                                       "intent:cancel_flow",
                                                       "intent:ready_to_buy",
                                                       "intent:talk_to_human"};
    const auto polite = [&](std::string_view label) {
        return std::find(courtesy.begin(), courtesy.end(), label) != courtesy.end();
    };
    if (faq_of(label_) != nullptr) return std::nullopt;
    if (!std::all_of(clauses_.begin(), clauses_.end(),
                     [&](const nlu::Recognition& one) { return polite(label_of(one)); }))
        return std::nullopt;
    return yes_or_no();
}

const flows::Faq* Reading::faq_of(std::string_view label) const {
    return label.starts_with("faq:") ? bot_.faqs.find(label.substr(4)) : nullptr;
}

bool Reading::seeks_goods() const {
    constexpr std::array<std::string_view, 6> intents{"intent:find_product",  "intent:recommend",
                                                      "intent:refine_search", "intent:ask_stock",
                                                      "intent:ask_price",     "intent:ask_product_detail"};
    constexpr std::size_t guesses = 3;
    constexpr float likely = 0.05F;
    for (std::size_t i = 0; i < std::min(guesses, u_.ranked.size()); ++i)
        if (u_.ranked[i].confidence >= likely &&
            std::find(intents.begin(), intents.end(), u_.ranked[i].label) != intents.end())
            return true;
    return std::any_of(intents.begin(), intents.end(), [&](std::string_view one) { return says(one); });
}

bool Reading::plain_question() const {
    return known_ && confidence_ >= sure && label_.starts_with("faq:") &&
           std::none_of(u_.entities.begin(), u_.entities.end(),
                        [](const nlu::Entity& entity) { return narrows(entity.type); });
}

const catalog::Interpretation& Reading::asked() const {
    if (!asked_) {
        const bool stocked = bot_.catalog && !bot_.catalog->products().empty();
        asked_ = stocked ? bot_.catalog->interpret(goods_words()) : catalog::Interpretation();
    }
    return *asked_;
}

bool Reading::asks_what() const {
    return is_question(plain()) &&
           std::none_of(u_.entities.begin(), u_.entities.end(),
                        [](const nlu::Entity& one) { return one.type == "comparative"; });
}

std::string Reading::question() const {
    std::string asked;
    const auto words = meant_words();
    const auto parts = clauses_of(words, most_clauses);
    const auto marked = [](const Clause& one) { return one.mark.find('?') != std::string_view::npos; };
    // Who writes question marks asks where they stand: "… and louder. Does it mop?" The halves of one
    // sentence share its mark: "how loud is it, and is it heavy?"
    const bool marks = std::any_of(parts.begin(), parts.end(), marked);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool half = parts[i].mark == "," && i + 1 < parts.size() && marked(parts[i + 1]);
        const auto plain = text::normalised(parts[i].text);
        // "So the 1.7 L one? is it loud", "각인도 되나요? 식기세척기 돌려도 되는지도요"
        const bool whether = plain.ends_with("는지도요") || plain.ends_with("는지요") ||
                             plain.ends_with("는지도") || plain.ends_with("는지");
        const bool asks = marked(parts[i]) || ((!marks || half) && is_question(plain)) || whether ||
                          begins_with_verb(plain);
        if (asks) (asked += parts[i].text) += "? ";
    }
    return asked.empty() ? std::string(words) : asked;
}

bool Reading::asks_something() const {
    constexpr auto words = std::to_array<std::string_view>({"알려", "궁금", "보여", "tell me", "let me know",
                                                            "show me", "wondering", "얼마인지", "언제인지",
                                                            "여부", "냐고", "냐구", "는지"});
    return words_.find('?') != std::string_view::npos || is_question(plain()) ||
           std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return plain().find(word) != std::string::npos; });
}

bool Reading::is_bare_word() const {
    return is_bare(plain());
}

bool Reading::has_bare_question() const {
    const auto parts = clauses_of(meant_words(), most_clauses);
    return std::any_of(parts.begin(), parts.end(), [](const Clause& part) {
        const auto plain = text::normalised(part.text);
        // "아니 밝기조절 단계요"
        const bool asks = part.mark.find('?') != std::string_view::npos || plain.ends_with("요");
        return asks && is_bare(plain);
    });
}

bool Reading::asks_of_thing() const {
    static const RE2 english(
        R"(^(?:(?:hi|hello|hey|and|also|so|but|ok|okay|oh|then),? )*(?:is|are|does|do|will|has|have|can|could) ([a-z0-9']+))");
    static const RE2 korean(
        R"((?:돼요|되요|되나|되는지요?|될까요|가능한가요|가능해요|있어요|있음|인가요|한가요|은가요|쉬워요|편해요|나요|[나가까]여|돼여|되여)[?.!~ ]*$)");
    constexpr auto others = std::to_array<std::string_view>({"you", "u", "i", "we", "there", "it", "they"});
    std::string subject;
    if (RE2::PartialMatch(plain(), english, &subject))
        return std::find(others.begin(), others.end(), subject) == others.end();
    return RE2::PartialMatch(plain(), korean);
}

bool Reading::asks_whether_too() const {
    static const RE2 too(
        R"([^ ]도 ?(?:되나요|돼요|되요|되나|되는지|될까요|되죠|가능한가요|가능해요|가능하)|[^ ](?:은|는) ?안 ?(?:되지|되죠|되나|돼요|되요|되는거|되는 거)|[^ ](?:진|지는) ?않(?:죠|나요|을까요|아요))");
    return RE2::PartialMatch(plain(), too);
}

bool Reading::looks_back() const {
    constexpr auto words = std::to_array<std::string_view>(
        {"아까", "처음에", "첨에", "먼저 ", "앞에서", "이전에", "방금 전", "earlier", "before", "showed me",
         "you showed", "previous", "first ones", "at the start", "at first"});
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return plain().find(word) != std::string::npos; });
}

bool Reading::asks_which() const {
    constexpr auto words = std::to_array<std::string_view>(
        {"which one",  "which of them", "which of these", "which of those", "which of the two",
         "which is",   "which would",   "which do you",   "둘 중",          "둘중",
         "셋 중",      "셋중",          "이 중에",        "이중에",         "그중에",
         "그 중에",    "뭐가 나을",     "뭐가 제일 나",   "뭐가 젤 나",     "뭐가 가장 나",
         "뭐가 나아",  "뭐가 더 나",    "뭐가 더 좋",     "어떤 게 나",     "어떤게 나",
         "어떤 게 더", "어떤게 더",     "어느 게",        "어느게",         "어느 쪽",
         "어느쪽"});
    if (std::none_of(words.begin(), words.end(),
                     [&](std::string_view word) { return plain().find(word) != std::string::npos; }))
        return false;
    // "Which is the easiest to clean?" asks for nothing that cleans.
    static const RE2 to_do(R"(\bwhich [a-z ]*(?:easiest|hardest|simplest|quickest|safest) to [a-z]+)");
    if (c_.dialogue.shown.size() > 1 && RE2::PartialMatch(plain(), to_do)) return true;
    // "Which of these stores …?", "which one is a good present for my mother?": of the goods in view only
    // where nothing else is surely meant, and no other goods are named.
    const auto intent = intent_of(label_);
    // … or two of them have just been compared.
    constexpr auto sides = std::to_array<std::string_view>(
        {"어느 쪽", "어느쪽", "둘 중", "둘중", "which one", "which of the two", "which of them"});
    const bool compared = c_.dialogue.compared.size() > 1 && c_.dialogue.compared == c_.dialogue.shown &&
                          std::any_of(sides.begin(), sides.end(), [&](std::string_view word) {
                              return plain().find(word) != std::string::npos;
                          });
    const bool of_goods = seeks_goods() || intent == "recommend" || compared;
    return asks_something() && (of_goods || !known_ || confidence_ < sure) &&
           (!names_goods() || goods() < strong_goods);
}

bool Reading::asks_what_is_included() const {
    constexpr auto words =
        std::to_array<std::string_view>({"included", "in the box", "come with", "comes with", "들어있",
                                         "들어 있", "포함", "동봉", "같이 오", "같이 와", "구성품"});
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return plain().find(word) != std::string::npos; });
}

bool Reading::asks_most() const {
    static const RE2 english(
        R"(\bwhich (?:one |of (?:them|these|those) )?(?:[a-z]{3,10}s )?(?:is |are |has |would be |looks |feels )?(?:the )?(?:[a-z]+est|most [a-z]+|least [a-z]+)\b)");
    static const RE2 best(
        R"(\bwhich [a-z ]*\b(?:best|latest|newest|cheapest|most (?:popular|expensive|sold))\b)");
    static const RE2 korean(
        R"((?:이 ?중|그 ?중|여기서|이것들|셋|넷|둘|중에서?|어떤 ?게|뭐가|어느 ?게).*(?:제일|가장) ?[^ ]+)");
    static const RE2 korean_best(R"((?:제일|가장) ?(?:좋|나은|나아|나을|인기|잘|추천|괜찮|싼|저렴|비싼))");
    return (RE2::PartialMatch(plain(), english) && !RE2::PartialMatch(plain(), best)) ||
           (RE2::PartialMatch(plain(), korean) && !RE2::PartialMatch(plain(), korean_best));
}

bool Reading::refuses() const {
    return std::any_of(u_.entities.begin(), u_.entities.end(),
                       [](const nlu::Entity& one) { return one.type == "negation"; });
}

bool Reading::asks_about_it() const {
    static const RE2 english(
        R"((?:^|[^a-z'])(?:is|does|do|can|could|will|would|has|did|how|what|whats|are) (?:[a-z']+ ){0,4}?(?:it|that one|this one|the one|this|that|they|them|these|those)(?:[^a-z]|$))");
    static const RE2 korean(
        R"((?:^| )(?:그거|이거|저거|그게|이게|그건|이건|걔|얘|그 ?제품|이 ?제품|그 ?상품|이 ?상품)(?:은|는|도|이|가|랑)? [^?]*(?:요|까|나|니|냐|지|죠|됨|돼|함|임)\s*(?:\?|$))");
    return !asks_for_others() && (RE2::PartialMatch(plain(), english) || RE2::PartialMatch(plain(), korean));
}

bool Reading::tells_of_own() const {
    static const RE2 own(
        R"((?:^| )(?:산|샀는데|샀어요?|샀거든|샀더니|산지|구매했|구입했|주문했|시켰|시킨|배송받|받았는데|받았어|받았더니|왔는데|왔네|왔어요|도착했)|[^ ](?:샀는데|샀어요)|(?:^|[^a-z])(?:i|we|i've|ive|we've)(?: just)? (?:bought|purchased|ordered|received)(?:[^a-z]|$)|(?:bought|got|purchased|ordered) (?:[a-z0-9]+ ){1,5}?(?:from you|last (?:week|month|year)|yesterday)|i(?:'ve)? ever (?:owned|bought|had)(?:[^a-z]|$)|(?:^|[^a-z])mine (?:is|has|keeps|won't|doesn't|stopped|just|leaks|broke)|(?:just|finally) arrived|came (?:broken|damaged|cracked|without))");
    return RE2::PartialMatch(plain(), own) && !wishes();
}

bool Reading::wishes() const {
    static const RE2 seeks(
        R"(추천|찾|필요|사려|살려|사고 ?싶|보여|어울|looking for|need|recommend|suggest|show me|do you (?:have|sell))");
    return RE2::PartialMatch(plain(), seeks);
}

bool Reading::asks_for_others() const {
    constexpr auto words = std::to_array<std::string_view>(
        {"다른", "딴", "말고", "더 ", "또 ", "other", "another", "else", "more", "instead", "cheaper"});
    const auto& text = plain();
    return asks_for_any() || std::any_of(words.begin(), words.end(), [&](std::string_view word) {
               return text.find(word) != std::string::npos;
           });
}

bool Reading::asks_to_choose() const {
    static const RE2 choose(
        R"(^(?:(?:so|ok|okay|hm+|and|then|well|but) )*which (?:one |of (?:them|these|those) )?(?:do|would|should) (?:you|u|i) (?:recommend|suggest|pick|choose|buy|take|get)(?: then)?[?.! ]*$|^(?:그럼 |그러면 )?(?:(?:둘|셋|이|그) ?중에 ?)?(?:뭐가|뭘|어떤 ?걸|어느 ?걸|어떤 ?게) ?(?:제일 |더 )?(?:나을까요|나아요|좋을까요|추천하세요|살까요|사는 ?게 ?좋을까요)[?.! ]*$)");
    if (RE2::PartialMatch(plain(), choose)) return true;
    // "Cat hair is everywhere. So which one do you recommend?"
    const auto parts = clauses_of(meant_words(), most_clauses);
    return parts.size() > 1 && RE2::PartialMatch(text::normalised(parts.back().text), choose);
}

bool Reading::asks_how_to_buy() const {
    static const RE2 how(
        R"(어떻게 ?(?:사|구매|구입|주문|결제)|how (?:do i|can i|to|i|should i) (?:buy|order|purchase|pay))");
    return RE2::PartialMatch(plain(), how);
}

bool Reading::asks_for_any() const {
    static const RE2 any(
        R"((?:^|[^a-z])(?:any(?:thing)?|something|ones?) (?:(?:quiet|light|small|bigg|larg|cheap|bright|strong|soft|warm|loud|fast|long|short|tall|thinn|thick|heavi|new|nic|simpl|wid|cool|dark|high|low|slimm|saf|easi|fanci|sturdi|deep|bett)er(?: |$|[?.!,])|(?:that|which) (?:is|are|has|have|lasts?|does|do|can|goes|holds?|fits?|runs?|makes?) ))");
    return RE2::PartialMatch(plain(), any);
}

const std::optional<catalog::Interpretation>& Reading::refined() const {
    if (!refined_read_) {
        refined_read_ = true;
        auto previous = !bot_.catalog                 ? std::nullopt
                        : c_.dialogue.query.is_null() ? query_of_shown()
                                                      : catalog::query_from_json(c_.dialogue.query);
        if (previous) previous->limit = catalog::Query().limit;  // "just two" was said of what is in view
        if (previous) refined_ = bot_.catalog->refine(*previous, goods_words(), c_.dialogue.shown);
    }
    return refined_;
}

// Goods that a flow showed were searched by no words of the visitor; going on from them keeps their kind.
std::optional<catalog::Query> Reading::query_of_shown() const {
    catalog::Query query;
    constexpr std::size_t most_kinds = 2;  // of more nobody said which is wanted
    for (const auto& id : c_.dialogue.shown) {
        const auto* product = bot_.catalog->find(id);
        const auto kind =
            product == nullptr ? std::string_view() : catalog::type_leaf(product->text.product_type);
        if (kind.empty() || std::find(query.types.begin(), query.types.end(), kind) != query.types.end())
            continue;
        query.types.emplace_back(kind);
    }
    // Nothing in view but what is spoken of: "anything quieter?"
    if (const auto* one = c_.dialogue.focus.empty() ? nullptr : bot_.catalog->find(c_.dialogue.focus);
        one != nullptr && c_.dialogue.shown.empty() && asks_for_any())
        query.types.emplace_back(catalog::type_leaf(one->text.product_type));
    if (c_.dialogue.shown.empty() && query.types.empty()) return std::nullopt;
    if (query.types.size() > most_kinds) query.types.clear();
    return query;
}

std::string Reading::trace() const {
    nlohmann::json out{
        {"text", u_.text}, {"known", known_}, {"threshold", u_.trace.threshold}, {"anger", u_.feeling.anger}};
    if (meaning_) out["meant"] = meant_.words;
    if (asked_) out["goods"] = asked_->evidence;
    for (const auto& one : u_.ranked) out["ranked"].push_back({one.label, one.confidence});
    for (const auto& one : u_.rules) out["rules"].push_back(one.label);
    for (const auto& one : u_.entities)
        out["entities"].push_back(
            {{"type", one.type}, {"text", one.text}, {"value", nlu::to_string(one.value)}});
    for (const auto& one : clauses_) out["clauses"].push_back(label_of(one));
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace maru
