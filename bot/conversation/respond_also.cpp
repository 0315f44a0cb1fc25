// The policy's part for what else is asked in the same message: the second of two questions, the question
// beside a wish. Strict: an answer nobody asked for is worse than none.
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "bot/conversation/about_goods.hpp"
#include "bot/conversation/clauses.hpp"
#include "bot/conversation/named_goods.hpp"
#include "bot/conversation/responding.hpp"
#include "bot/conversation/shelf_words.hpp"
#include "flows/pointing.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/text/unicode.hpp"

namespace maru {
namespace {

constexpr std::size_t most_parts = 6;
constexpr std::size_t most_added = 2;

// A piece of the message that may be asked for itself.
struct Part {
    std::string_view text;
    bool asks = false;
    bool leads_in = false;  // "커피머신 사려고 하는데": what comes behind is said of it
    bool behind = false;    // … it is what comes behind
    bool answered = false;  // by an FAQ of its own
    nlu::Recognition read{};
};

template <std::size_t N>
bool ends(std::string_view word, const std::array<std::string_view, N>& endings) {
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view one) { return word.ends_with(one); });
}

bool is_question(const std::string& plain) {
    static const RE2 english(
        R"(^(?:(?:and|also|so|then|but|oh|ok|okay|hi|hello|please|or) )*(?:can|could|do|does|did|is|are|will|would|should|may|any|what|whats|what's|how|hows|how's|when|whens|where|wheres|where's|who|which|why|tell me|i wonder|wondering)(?: |$))");
    static const RE2 korean(
        R"((?:나요|가요|까요|까|되나|있나|은가|는지|는지요|돼요|되요|있어요|없어요|되죠|되지요|하죠|알려 ?주세요|알려 ?줘요?|궁금해요|궁금합니다|되냐|있냐|있음|됨|되는거죠|얼마|언제|어디서?)$|(?:^| )(?:며칠|얼마|어떻게|언제|누가|몇|어디))");
    return RE2::PartialMatch(plain, english) || RE2::PartialMatch(plain, korean);
}

enum class Joint : std::uint8_t { none, equal, leads_in };

// What a Korean word ends when it is not the last of its clause.
Joint joint_behind(std::string_view word, std::string_view next) {
    constexpr auto sentences =
        std::to_array<std::string_view>({"게요", "어요", "아요", "해요", "나요", "까요", "네요", "예요",
                                         "에요", "세요", "니다", "돼요", "되요"});
    constexpr auto asking = std::to_array<std::string_view>(
        {"되고", "돼고", "가능하고", "있고", "없고", "는지", "은지", "주시고", "주고"});
    constexpr auto leading =
        std::to_array<std::string_view>({"는데", "은데", "인데", "한데", "려는데", "사면"});
    // "청소기 추천이랑 배송비 얼마인지"
    constexpr auto wishes = std::to_array<std::string_view>(
        {"추천이랑", "추천하고", "추천과", "추천이요", "거랑", "거하고", "것과", "것하고"});
    if (ends(word, wishes)) return Joint::equal;
    if (word == "그리고" || word == "그리구" || word == "근데") return Joint::equal;
    // "먹고 있고 …" but not "되고 있어요".
    if (ends(word, asking) && !next.starts_with("있")) return Joint::equal;
    if (ends(word, sentences)) return Joint::equal;
    if (ends(word, leading)) return Joint::leads_in;
    return Joint::none;
}

// Cuts one clause where two are joined without a mark.
void cut(std::string_view clause, bool marked, std::vector<Part>& parts) {
    constexpr auto links =
        std::to_array<std::string_view>({"and", "also", "plus", "그리고", "그리구", "근데"});
    std::size_t begin = 0, word = 0;
    bool behind = false;
    const auto add = [&](std::size_t end, Joint joint, bool last) {
        auto text = clause.substr(begin, end - begin);
        while (text.starts_with(' ')) text.remove_prefix(1);
        while (text.ends_with(' ')) text.remove_suffix(1);
        if (text.empty()) return;
        const auto plain = text::normalised(text);
        const bool asks = (last && marked) || is_question(plain) ||
                          (!last && joint == Joint::equal &&
                           ends(plain, std::to_array<std::string_view>({"되고", "돼고", "가능하고"})));
        parts.push_back({text, asks && joint != Joint::leads_in, joint == Joint::leads_in, behind, false});
    };
    for (std::size_t i = 0; i <= clause.size() && parts.size() < most_parts; ++i) {
        if (i < clause.size() && clause[i] != ' ') continue;
        const auto one = clause.substr(word, i - word);
        const auto rest = i < clause.size() ? clause.substr(i + 1) : std::string_view();
        const auto joint = rest.empty() ? Joint::none : joint_behind(one, rest);
        const bool link = std::find(links.begin(), links.end(), one) != links.end();
        if (link && word > begin && !rest.empty()) {
            add(word, Joint::equal, false);
            begin = i + 1;
            behind = false;
        } else if (joint != Joint::none && !link) {
            add(i, joint, false);
            begin = i + 1;
            behind = joint == Joint::leads_in;
        }
        word = i + 1;
    }
    if (begin < clause.size()) add(clause.size(), Joint::none, true);
}

std::vector<Part> parts_of(std::string_view words) {
    std::vector<Part> parts;
    for (const auto& clause : clauses_of(words, most_parts))
        cut(clause.text, clause.mark.find('?') != std::string_view::npos, parts);
    return parts;
}

// "Is it free?" says what it means only together with what stands before.
bool points_back(const std::string& plain) {
    static const RE2 pronoun(
        R"((?:^|[^a-z])(?:it|that|this|them|they|those|these|one)(?:[^a-z]|$)|(?:^| )(?:그거|이거|그건|이건|그게|이게|그럼))");
    constexpr std::size_t little = 5;  // characters: "얼마예요?"
    return RE2::PartialMatch(plain, pronoun) || text::count_code_points(plain) <= little;
}

bool wishes_for_goods(const std::string& plain) {
    static const RE2 wish(
        R"(필요한데|필요해|찾는|찾고|찾아|사려|사고 ?싶|살까|구매하려|추천|보여|(?:거랑|거하고|것과|것하고)$|looking for|(?:^|[^a-z])need an? |i need|we need|i'd like|i would like|want to buy|want an? |wanna buy|show me|recommend)");
    return RE2::PartialMatch(plain, wish);
}

// "… and do you have a black desk lamp?", "which headphones do you have?"
bool asks_for_kind(const std::string& plain) {
    static const RE2 kind(
        R"((?:^|[^a-z])(?:do|d'?) ?(?:you|u|ya) (?:have|sell|stock|got|carry)|(?:^|[^a-z])(?:got|have you got) (?:any|a|an) |(?:있나요|있어요|있을까요|파나요|팔아요|판매하나요)[?]?$)");
    return RE2::PartialMatch(plain, kind);
}

float confidence_in(const nlu::Recognition& read, std::string_view label, std::size_t most) {
    for (std::size_t i = 0; i < std::min(most, read.ranked.size()); ++i)
        if (read.ranked[i].label == label) return read.ranked[i].confidence;
    return 0;
}

}  // namespace

bool Responding::answered(const flows::Faq& faq) const {
    return std::any_of(out_.replies.begin(), out_.replies.end(),
                       [&](const Reply& one) { return one.source == "faq:" + faq.id; });
}

// "이거 살게요, 결제는 어떻게 해요?", "I want to order now, how do I do that": the offer of a colleague alone
// is no answer.
bool Responding::how_to_order() {
    static const RE2 how(R"(어떻게|어떡|방법|(?:^|[^a-z])how (?:do|can|to|should)|where (?:do|can) i)");
    if (!reading_.says("intent:ready_to_buy") || !RE2::PartialMatch(reading_.plain(), how)) return false;
    if (std::any_of(out_.replies.begin(), out_.replies.end(),
                    [](const Reply& one) { return one.source.starts_with("faq:"); }))
        return false;
    const auto* faq = likely_faq(1);
    if (faq != nullptr) answer(*faq);
    return faq != nullptr;
}

// "I need a mouse by tomorrow": whether it comes in time is asked, too, though no question is put.
void Responding::tell_deadline() {
    if (out_.replies.size() != 1 || !out_.replies.front().searched || out_.replies.front().products.empty() ||
        reading_.faq_of(reading_.label()) != nullptr)
        return;
    static const RE2 before(R"((?i)(?:^|[^a-z])(?:by|before|until|till) $)");
    static const RE2 behind(R"(^ ?(?:까지|안에|전에|안으로|중으로))");
    constexpr std::size_t near = 12;  // bytes
    const std::string_view words = reading_.words();
    for (const auto& entity : reading_.whole().entities) {
        if (entity.type != "datetime" || entity.span.end > words.size()) continue;
        const auto from = entity.span.begin - std::min<std::size_t>(entity.span.begin, near);
        const auto lead = words.substr(from, entity.span.begin - from);
        const auto rest = words.substr(entity.span.end);
        if (!RE2::PartialMatch(re2::StringPiece(lead.data(), lead.size()), before) &&
            !RE2::PartialMatch(re2::StringPiece(rest.data(), rest.size()), behind))
            continue;
        const auto asked =
            bot_.understanding->recognise(c_.row.locale == "ko" ? entity.text + "까지 받을 수 있나요?"
                                                                : "can I get it by " + entity.text + "?");
        const auto* faq = reading_.faq_of(Reading::label_of(asked));
        if (faq != nullptr && Reading::confidence_of(asked) >= hesitant) answer(*faq);
        return;
    }
}

void Responding::also_asked() {
    if (reading_.empty() || c_.row.state != "bot" || out_.handoff || out_.cancel_handoff ||
        !bot_.understanding)
        return;
    tell_deadline();
    const auto words = reading_.meant_words();
    constexpr std::size_t longest = 400;  // bytes; who writes more tells a story
    if (words.size() > longest) return;
    auto parts = parts_of(words);
    const bool none = std::none_of(parts.begin(), parts.end(), [](const Part& one) { return one.asks; });
    // "무선 마우스가 필요한데 내일까지 받아야 해요": a wish beside what the shop's answer is for.
    const bool wish = !out_.replies.empty() && out_.replies.front().source.starts_with("faq:") &&
                      std::any_of(parts.begin(), parts.end(), [](const Part& one) {
                          return wishes_for_goods(text::normalised(one.text));
                      });
    if (parts.size() < 2 || (none && !wish)) return void(how_to_order());
    const auto& whole = reading_.whole();
    const bool missed = !out_.replies.empty() && (out_.replies.front().source == "clarify" ||
                                                  out_.replies.front().source == "fallback");
    const bool searched = !out_.replies.empty() && out_.replies.front().searched.has_value();
    // "I'm Mina. When does it come?": the one question has its answer, and nothing else is wished for.
    const auto asked = std::count_if(parts.begin(), parts.end(), [](const Part& one) { return one.asks; });
    if (asked == 1 && reading_.known() && !missed && !searched && !ready_ &&
        std::none_of(parts.begin(), parts.end(),
                     [](const Part& one) { return wishes_for_goods(text::normalised(one.text)); }))
        return void(how_to_order());
    const ShelfWords shelf(bot_.catalog.get());
    nlu::Context context;
    context.words = &shelf;
    context.locale = c_.row.locale == "ko" ? nlu::Language::ko : nlu::Language::en;
    for (auto& part : parts) part.read = bot_.understanding->recognise(part.text, context);

    const bool from_catalog = std::any_of(out_.replies.begin(), out_.replies.end(), [](const Reply& one) {
        return one.source == "catalog" || !one.products.empty();
    });
    // The part that the answer given so far is for.
    std::size_t served = parts.size();
    const auto* own = reading_.faq_of(reading_.label());
    if (reading_.known() && !missed && (own == nullptr || (!searched && answered(*own)))) {
        float best = 0.02F;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const auto at = Reading::label_of(parts[i].read) == reading_.label()
                                ? 1 + Reading::confidence_of(parts[i].read)
                                : confidence_in(parts[i].read, reading_.label(), 5);
            if (at > best) best = at, served = i;
        }
    }
    const auto primary = out_.replies.size();
    std::vector<Reply> before;
    std::size_t added = 0;
    const auto take = [&](std::size_t part) {
        ++added;
        if (part < served && !searched) {
            before.push_back(std::move(out_.replies.back()));
            out_.replies.pop_back();
        }
    };
    for (std::size_t i = 0; i < parts.size() && added < most_added; ++i) {
        const auto& part = parts[i];
        const auto plain = text::normalised(part.text);
        if (i == served && !(wish && wishes_for_goods(plain))) continue;
        const auto confidence = Reading::confidence_of(part.read);
        const auto* faq = reading_.faq_of(Reading::label_of(part.read));
        if (part.asks && part.behind && !searched) continue;
        // What the product's own data tells is no question to the shop.
        const auto* product = product_.product;
        if (part.asks && product == nullptr && bot_.catalog)
            if (const auto one =
                    flows::match_shown(part.text, nullptr, c_.dialogue.shown, bot_.catalog.get()).product)
                product = bot_.catalog->find(*one);
        // "이걸로 살게요 밝기 몇 단계예요?": what the description tells is better than nothing.
        const auto told = part.asks && product != nullptr && confidence < certain
                              ? bot_.catalog->about(product->id, plain, c_.row.locale)
                              : catalog::Told();
        // "A filter for the A40, how much?": the flow of a rule has told it.
        const bool of_rule =
            !whole.rules.empty() && primary > 0 && out_.replies.front().source.starts_with("flow:");
        const bool of_product =
            !of_rule && (told.surely() || (ready_ && faq == nullptr && !told.answers.empty()));
        if (part.asks && faq != nullptr && !of_product) {
            const bool backed = confidence_in(whole, Reading::label_of(part.read), 5) > 0;
            const bool close = confidence_in(whole, Reading::label_of(part.read), 3) > 0;
            // "I'll take it. Do I pay at the door?": the offer of a colleague is no answer.
            const bool only_ready = ready_ && primary == 0;
            const bool enough = only_ready           ? part.read.in_scope
                                : points_back(plain) ? confidence >= (backed ? sure : certain)
                                                     : confidence >= (close ? hesitant : sure);
            if (!enough || (part.behind && !close && confidence < sure)) continue;
            // "두 대 사면 깎아 주나요": the two halves together say which discount.
            if (const auto* together = part.behind ? likely_faq(0.6F) : nullptr; together != nullptr)
                faq = together;
            if (answered(*faq)) continue;
            answer(*faq);
            take(i);
            parts[i].answered = true;
            continue;
        }
        const bool seeks = faq == nullptr && !of_product && asks_for_kind(plain);
        if (part.asks && !seeks && (!from_catalog || (ready_ && of_product)) && c_.dialogue.flow.is_null()) {
            if (of_product) {
                out_.replies.push_back(
                    about_product(c_, *product, Asked::detail, part.text, told.answers, bot_));
                take(i);
            } else if (auto all = faq == nullptr && product_.product == nullptr
                                      ? about_shown(c_, part.text, bot_)
                                      : std::nullopt) {
                out_.replies.push_back(std::move(*all));
                take(i);
            }
            continue;
        }
        if ((part.asks && !seeks) || from_catalog || !c_.dialogue.flow.is_null() || reading_.tells_of_own() ||
            !(seeks || wishes_for_goods(plain)) || !bot_.catalog)
            continue;
        const auto wanted = bot_.catalog->interpret(part.text);
        if (!wanted.names_type || wanted.evidence < strong_goods ||
            (!finds(wanted.query) && !(seeks && wanted.evidence >= surely_goods)))
            continue;
        // Of the kind in view nothing new is wished for.
        if (std::any_of(c_.dialogue.shown.begin(), c_.dialogue.shown.end(),
                        [&](const std::string& id) { return is_of_kind(id, wanted.query.types, bot_); }))
            continue;
        search(wanted);
        ++added;
    }
    if (added == 0) return void(how_to_order());
    // "I'd like a desk lamp. Is gift wrapping possible?": the words of what has its own answer are not
    // searched for.
    if (searched && bot_.catalog) {
        std::string rest;
        for (const auto& part : parts)
            if (!part.answered) (rest += rest.empty() ? "" : ". ") += part.text;
        const auto wanted = bot_.catalog->interpret(rest);
        if (wanted.names_type && wanted.evidence >= strong_goods && finds(wanted.query)) {
            search(wanted);
            out_.replies.front() = std::move(out_.replies.back());
            out_.replies.pop_back();
        }
    }
    // "Which product do you mean?" is settled by the goods that were found.
    if (!missed && out_.replies.size() > 1 &&
        std::any_of(out_.replies.begin(), out_.replies.end(), [](const Reply& one) { return one.searched; }))
        std::erase_if(out_.replies, [](const Reply& one) { return one.source == "clarify"; });
    // Something was understood after all.
    if (missed) {
        out_.replies.erase(out_.replies.begin(), out_.replies.begin() + static_cast<std::ptrdiff_t>(primary));
        c_.dialogue.missed = 0;
    }
    // A flow's question stands last.
    if (!c_.dialogue.flow.is_null() && primary < out_.replies.size())
        std::rotate(out_.replies.begin(), out_.replies.begin() + static_cast<std::ptrdiff_t>(primary),
                    out_.replies.end());
    out_.replies.insert(out_.replies.begin(), std::make_move_iterator(before.begin()),
                        std::make_move_iterator(before.end()));
    (void)how_to_order();
}

}  // namespace maru
