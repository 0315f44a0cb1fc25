// Which of the goods a message means: in view, seen before, or named by itself.
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "bot/conversation/clauses.hpp"
#include "bot/conversation/named_goods.hpp"
#include "bot/conversation/reading.hpp"
#include "bot/conversation/seen_goods.hpp"
#include "flows/answers.hpp"
#include "flows/pointing.hpp"
#include "nlu/text/normalise.hpp"

namespace maru {
namespace {

constexpr std::size_t most_clauses = 4;

}  // namespace

Reading::Pointed Reading::pointed_at() const {
    if (!bot_.catalog) return {};
    // "3개면?" counts, and points at nothing.
    if (titled_ == nullptr && how_many() && is_bare_word() && !c_.dialogue.focus.empty())
        return {bot_.catalog->find(c_.dialogue.focus), false};
    const auto& shown = c_.dialogue.shown;
    const auto match =
        flows::match_shown(meant_words(), meaning_ ? &*meaning_ : &u_, shown, bot_.catalog.get());
    // "Is it in white?" asks of the thing in hand, though another may have "white" in its name.
    static const RE2 figure(R"((?:^|[^a-z])(?:what|how) about the [0-9a-z-]+)");
    const bool of_it = !c_.dialogue.focus.empty() && asks_about_it() && flows::model_names(plain()).empty() &&
                       !(match.product && RE2::PartialMatch(plain(), figure)) &&
                       std::none_of(u_.entities.begin(), u_.entities.end(),
                                    [](const nlu::Entity& one) { return one.type == "ordinal"; });
    if (titled_ == nullptr && looks_back())
        if (const auto earlier = seen_as(c_, meant_words(), bot_))
            return {bot_.catalog->find(*earlier), true};
    // A full name says which, whatever is in view; of its variants the one in view is meant.
    const auto outright = titled_ != nullptr ? std::optional(titled_->id)
                          : asks_for_goods(plain()) || refuses() || tells_of_own()
                              ? std::nullopt
                              : named_outright(meant_words(), bot_);
    if (outright) {
        const auto* named = bot_.catalog->find(*outright);
        for (const auto& id : {match.product.value_or(""), c_.dialogue.focus}) {
            const auto* in_view = id.empty() ? nullptr : bot_.catalog->find(id);
            if (in_view != nullptr && !in_view->item_group_id.empty() &&
                in_view->item_group_id == named->item_group_id)
                named = in_view;
        }
        return {named, true, true};
    }
    if (const auto one = definite()) return {bot_.catalog->find(*one), true};
    if (const auto one = that_kind()) return {bot_.catalog->find(*one), true};
    if (const auto one = subject(); one && (!of_it || *one != c_.dialogue.focus))
        return {bot_.catalog->find(*one), true};
    if (of_it) return {bot_.catalog->find(c_.dialogue.focus), false};
    if (const auto earlier = shown_before(match.product, match.several))
        return {bot_.catalog->find(*earlier), true};
    if (match.product && !turns_away(*match.product) && !names_another_kind(*match.product)) {
        const auto* shown_one = bot_.catalog->find(*match.product);
        const auto* other = model_elsewhere(shown_one);
        return {other != nullptr ? other : shown_one, true};
    }
    const bool other_matter = known_ && label_.starts_with("faq:") && !seeks_goods();
    // A letter with a number may be a model's name; else a question of the shop's is about no product.
    const bool model = words_.find_first_of("0123456789") != std::string_view::npos;
    if (!match.several && (model || (!other_matter && !plain_question())))
        if (const auto id = flows::named_product(asked(), *bot_.catalog); id && !turns_away(*id))
            return {bot_.catalog->find(*id), true};
    // "바람길 방수됨?": of another than the one in hand.
    if (!match.several && !other_matter && (!c_.dialogue.focus.empty() || !shown.empty()))
        if (const auto id = bot_.catalog->named(meant_words()); id && !turns_away(*id))
            return {bot_.catalog->find(*id), true};
    if (const auto* own = ordered()) return {own, false, false, true};
    if (!c_.dialogue.focus.empty() && (turns_away(c_.dialogue.focus) || speaks_of_another_kind())) return {};
    if (!c_.dialogue.focus.empty()) return {bot_.catalog->find(c_.dialogue.focus), false};
    return {shown.size() == 1 ? bot_.catalog->find(shown.front()) : nullptr, false};
}

// "The mint one", "Travel Mini, auto off?", once another is in view: by its colour, its size or more of its
// name it is one that was shown before.
std::optional<std::string> Reading::shown_before(const std::optional<std::string>& in_view,
                                                 bool several) const {
    const auto& shown = c_.dialogue.shown;
    if (several || c_.dialogue.seen.size() <= shown.size()) return std::nullopt;
    auto earlier = flows::match_shown(meant_words(), nullptr, c_.dialogue.seen, bot_.catalog.get()).product;
    if (!earlier || std::find(shown.begin(), shown.end(), *earlier) != shown.end() || turns_away(*earlier))
        return std::nullopt;
    if (in_view)
        return flows::match_shown(meant_words(), nullptr, {*in_view, *earlier}, bot_.catalog.get()).product ==
                       earlier
                   ? earlier
                   : std::nullopt;
    const auto points = [&](const std::string& name) {
        const auto word = text::normalised(name);
        if (plain().find("the " + word) != std::string::npos) return true;
        constexpr auto things = std::to_array<std::string_view>(
            {"거", "것", "걸", "꺼", "건", "게", "그거", "그건", "은요", "는요"});
        const auto at = plain().find(word);
        if (at == std::string::npos) return false;
        auto rest = std::string_view(plain()).substr(at + word.size());
        if (rest.starts_with("색")) rest.remove_prefix(std::string_view("색").size());
        if (rest.starts_with(' ')) rest.remove_prefix(1);
        return std::any_of(things.begin(), things.end(),
                           [&](std::string_view thing) { return rest.starts_with(thing); });
    };
    return std::any_of(
               u_.entities.begin(), u_.entities.end(),
               [&](const nlu::Entity& one) {
                   const auto* size = std::get_if<nlu::Quantity>(&one.value);
                   return (one.type == "color" || (size != nullptr && !flows::counts_things(*size))) &&
                          points(one.text);
               })
               ? earlier
               : std::nullopt;
}

// "And the Lite? Does that one have it?", "does Lite have noise cancelling": which is meant stands before
// what is asked, and the words of the question may be another's name.
std::optional<std::string> Reading::subject() const {
    static const RE2 asked(
        R"((?:^|[^a-z])(?:does|is|can|has) (?:the )?([a-z0-9]{2,}) (?:have|has|do|come|work|support)(?:[^a-z]|$))");
    const auto shown_as = [&](std::string_view words) {
        return flows::match_shown(words, nullptr, c_.dialogue.shown, bot_.catalog.get()).product;
    };
    std::string name;
    if (c_.dialogue.shown.size() < 2) return std::nullopt;
    if (RE2::PartialMatch(plain(), asked, &name))
        if (auto one = shown_as("the " + name); one && !turns_away(*one)) return one;
    const auto parts = clauses_of(meant_words(), most_clauses);
    if (parts.size() < 2 || !asks_about_it()) return std::nullopt;
    auto one = shown_as(parts.front().text);
    return one && !turns_away(*one) ? one : std::nullopt;
}

// "The hotel ones then, are they washable?", "does the linen one have a bulb": said so, it is not the one
// that was spoken of last.
std::optional<std::string> Reading::definite() const {
    static const RE2 pointing(R"((?:^|[^a-z])the ([a-z0-9][a-z0-9' -]{1,30}?) ones?(?:[^a-z]|$))");
    std::string name;
    if (c_.dialogue.seen.empty() || !RE2::PartialMatch(plain(), pointing, &name)) return std::nullopt;
    for (const auto* among : {&c_.dialogue.shown, &c_.dialogue.seen}) {
        auto match = flows::match_shown(name, nullptr, *among, bot_.catalog.get());
        if (match.product && !turns_away(*match.product)) return std::move(match.product);
        if (match.several) return std::nullopt;
    }
    return std::nullopt;
}

// "Does it work with a Mac?", once an order was looked up and nothing else is in view: what was ordered, if
// its data says so.
const catalog::Product* Reading::ordered() const {
    const auto& own = c_.dialogue.ordered;
    if (own.empty() || !c_.dialogue.focus.empty() || !c_.dialogue.shown.empty() || !asks_about_it() ||
        (asked().names_type && !is_of_kind(own, asked().query.types, bot_)))
        return nullptr;
    return bot_.catalog->about(own, question(), c_.row.locale).surely() ? bot_.catalog->find(own) : nullptr;
}

// "그 드라이기 무게 알려 주세요": the one in hand, or the only one in view, of that kind.
std::optional<std::string> Reading::that_kind() const {
    static const RE2 pointing(R"((?:^| )(?:그|이|저) ([가-힣]{2,8}))");
    std::string word;
    const auto& shown = c_.dialogue.shown;
    if ((shown.empty() && c_.dialogue.focus.empty()) || !RE2::PartialMatch(plain(), pointing, &word))
        return std::nullopt;
    const auto types = bot_.catalog->interpret(word).query.types;
    const auto is_one = [&](const std::string& id) { return is_of_kind(id, types, bot_); };
    if (!c_.dialogue.focus.empty() && is_one(c_.dialogue.focus)) return c_.dialogue.focus;
    const auto first = std::find_if(shown.begin(), shown.end(), is_one);
    if (first == shown.end() || std::find_if(first + 1, shown.end(), is_one) != shown.end())
        return std::nullopt;
    return *first;
}

// "압력 아닌 거 6인용": by its size it would be the one in view, which is a pressure cooker.
bool Reading::turns_away(const std::string& id) const {
    const bool sized = std::any_of(u_.entities.begin(), u_.entities.end(), [](const nlu::Entity& one) {
        const auto* size = std::get_if<nlu::Quantity>(&one.value);
        return size != nullptr && !flows::counts_things(*size);
    });
    if (!sized && !refuses() && meant_.aside.empty()) return false;
    const auto* product = bot_.catalog->find(id);
    if (product == nullptr) return false;
    const auto title = text::normalised(product->texts(c_.row.locale).title);
    if (is_of_kind(id, asked().query.types, bot_) && says_another_size(title)) return true;
    if (!refuses() && meant_.aside.empty()) return false;
    // "Not blue", where the one in hand is.
    const auto color = text::normalised(product->texts("en").color);
    const auto& colors = asked().query.not_colors;
    if (std::any_of(colors.begin(), colors.end(),
                    [&](const std::string& one) { return color.find(one) != std::string::npos; }))
        return true;
    const auto& refused = asked().query.not_words;
    // "Does the rice cooker do anything besides rice?"
    return std::any_of(refused.begin(), refused.end(), [&](const std::string& word) {
        const bool latin = static_cast<unsigned char>(word.front()) < 0x80;
        return title.find(word) != std::string::npos && (!latin || plain().find(word) == plain().rfind(word));
    });
}

// "이불은 먼지 날린다고요, 빨아도 되나", with a mug in hand.
bool Reading::speaks_of_another_kind() const {
    static const RE2 subject(R"(^(?:아니 |근데 |그럼 )?([가-힣]{2,8}?)(?:은|는) )");
    std::string word;
    if (!RE2::PartialMatch(plain(), subject, &word)) return false;
    const auto kind = bot_.catalog->interpret(word);
    const auto& shown = c_.dialogue.shown;
    const auto is_one = [&](const std::string& id) { return is_of_kind(id, kind.query.types, bot_); };
    return kind.names_type && !(c_.dialogue.focus.empty() ? std::any_of(shown.begin(), shown.end(), is_one)
                                                          : is_one(c_.dialogue.focus));
}

// "Black desk lamp, got one?": not the floor lamp in view because that is black.
bool Reading::names_another_kind(const std::string& id) const {
    const auto& query = asked().query;
    if (query.colors.empty() || query.types.empty() || asks_about_it() ||
        std::any_of(u_.entities.begin(), u_.entities.end(),
                    [](const nlu::Entity& one) { return one.type == "ordinal"; }))
        return false;
    return !is_of_kind(id, query.types, bot_);
}

// "8인용 밥솥 있나요?" where the one in hand is for two.
bool Reading::says_another_size(std::string_view title) const {
    return std::any_of(u_.entities.begin(), u_.entities.end(), [&](const nlu::Entity& one) {
        const auto* size = std::get_if<nlu::Quantity>(&one.value);
        if (size == nullptr || flows::counts_things(*size)) return false;
        const auto at = title.find(size->unit);
        const auto number = one.text.substr(0, one.text.find_first_not_of("0123456789."));
        return at != std::string_view::npos && at > 0 && title[at - 1] >= '0' && title[at - 1] <= '9' &&
               !number.empty() && title.find(number) == std::string_view::npos;
    });
}

// "Does the R3 mop?" where the R3 is not among those shown, and another that mops is.
const catalog::Product* Reading::model_elsewhere(const catalog::Product* shown) const {
    const auto models = flows::model_names(plain());
    if (models.empty() || shown == nullptr) return nullptr;
    const auto first = models.substr(0, models.find(' '));
    const auto called = [&](const catalog::Product& product) {
        return text::normalised(product.texts(c_.row.locale).title).find(first) != std::string::npos;
    };
    if (called(*shown)) return nullptr;
    const auto id = flows::named_product(asked(), *bot_.catalog);
    const auto* product = id ? bot_.catalog->find(*id) : nullptr;
    return product != nullptr && called(*product) ? product : nullptr;
}

}  // namespace maru
