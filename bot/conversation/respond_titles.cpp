// The policy's part for messages that name goods by their whole titles, as they are copied from a page.
#include <fmt/format.h>
#include <re2/re2.h>

#include "bot/conversation/about_goods.hpp"
#include "bot/conversation/clauses.hpp"
#include "bot/conversation/comparing.hpp"
#include "bot/conversation/counting.hpp"
#include "bot/conversation/responding.hpp"
#include "bot/conversation/say.hpp"
#include "bot/conversation/taste.hpp"
#include "nlu/text/normalise.hpp"

namespace maru {
namespace {

// How many of the n-th title are spoken of: "2 of the @1@", "@1@ 3개", "@2@ x 15". 0: nobody can tell.
int count_of(const std::string& marked, std::size_t n) {
    // Of every title, first what stands behind it.
    static const RE2 behind(fmt::format(
        R"(@(\d)@(?:은|는|을|를|로)? ?(?:(?:x|×|\*) ?({})|({}) ?(?:개|대|세트|장|벌|병|팩|박스|pcs|pieces|units|ea)))",
        counted_figures, counted_korean));
    static const RE2 before(
        fmt::format(R"((?:^|[^\d,])({}) ?(?:x ?|(?:sets?|packs?|pieces?|units?) )?(?:of )?(?:the )?@(\d)@)",
                    counted_english));
    const auto own = std::to_string(n);
    std::string which, times, counted;
    re2::StringPiece rest(marked);
    while (RE2::FindAndConsume(&rest, behind, &which, &times, &counted))
        if (which == own) return count_of_word(times.empty() ? counted : times);
    rest = marked;
    while (RE2::FindAndConsume(&rest, before, &counted, &which))
        if (which == own) return count_of_word(counted);
    return 1;
}

// A message cut where it asks another thing, with the titles that each part has (from 0).
struct Part {
    std::string words;
    std::vector<std::size_t> titles;
};

std::vector<Part> parts_of(const std::string& marked, std::size_t titles) {
    constexpr std::size_t most = 6;
    static const RE2 asks_on(R"((?i)(?:,| and| 그리고) (is|are|does|do|can|how|what|will|has|which)\b)");
    auto text = marked;
    RE2::GlobalReplace(&text, asks_on, "? \\1");
    std::vector<Part> parts;
    // A comma between two titles ends nothing.
    for (const auto& clause : clauses_of(text, most)) {
        Part part{std::string(clause.text), {}};
        for (std::size_t i = 0; i < titles; ++i) {
            const auto mark = fmt::format("@{}@", i + 1);
            auto at = part.words.find(mark);
            if (at == std::string::npos) continue;
            part.titles.push_back(i);
            for (; at != std::string::npos; at = part.words.find(mark, at))
                part.words.replace(at, mark.size(), "it");
        }
        static const RE2 nothing(R"((?i)(?:it|and|or|the|이?랑|와|과|하고|및|그리고|[ ,&+])*)");
        const bool list = !parts.empty() && RE2::FullMatch(parts.back().words, nothing);
        if (list) {
            part.titles.insert(part.titles.begin(), parts.back().titles.begin(), parts.back().titles.end());
            parts.pop_back();
        }
        // "… and how heavy?": of those before.
        if (part.titles.empty() && !parts.empty()) part.titles = parts.back().titles;
        if (!part.titles.empty()) parts.push_back(std::move(part));
    }
    return parts;
}

}  // namespace

// Titles, and nothing else.
bool Responding::show_titled() {
    if (!titled_ || !titled_->words.empty()) return false;
    if (titled_->products.size() > 1) {
        std::vector<std::string> ids;
        for (const auto* product : titled_->products) ids.push_back(product->id);
        auto compared = compare_goods(c_, ids, bot_);
        if (!compared) return false;
        out_.replies.push_back(std::move(*compared));
        return true;
    }
    if (product_.product == nullptr) return false;
    out_.replies.push_back(about_product(c_, *product_.product, Asked::overview, {}, {}, bot_));
    topic(product_.product->texts(c_.row.locale).title);
    return true;
}

// Several titles: what they cost together, how they compare, or what is asked of each.
bool Responding::about_titles() {
    if (!titled_ || titled_->products.size() < 2) return false;
    std::vector<std::string> ids;
    for (const auto* product : titled_->products) ids.push_back(product->id);
    const auto plain = " " + text::normalised(titled_->marked) + " ";
    static const RE2 prices(
        R"(얼마(?:예|에|인|죠|야|\?| |$)|합계|합쳐|합치|합친|합해|총액|금액|가격|how much|total|altogether|together|come to|cost|price)");
    static const RE2 apart(R"(차이|difference|cheaper|더 싼|더 비싼|more expensive)");
    const bool weighed = asks_comparison(plain) || RE2::PartialMatch(plain, apart);
    if (reading_.says("intent:talk_to_human", sure)) return false;
    if (RE2::PartialMatch(plain, prices) && !weighed) {
        std::vector<Counted> goods;
        for (std::size_t i = 0; i < titled_->products.size(); ++i)
            goods.push_back({titled_->products[i], count_of(titled_->marked, i + 1)});
        return tell_sum(goods);  // not of numbers that no order has
    }
    const auto parts = parts_of(titled_->marked, titled_->products.size());
    // "… 중에 뭐가 더 가벼워요?"
    if (weighed && !parts.empty())
        if (const auto best = bot_.catalog->best(ids, parts.back().words, c_.row.locale)) {
            const auto* product = bot_.catalog->find(best->id);
            auto& own = reply(fill(say("best_of_shown"), {{"product", product->texts(c_.row.locale).title},
                                                          {"attribute", best->attribute},
                                                          {"value", best->value}}),
                              "catalog", true);
            own.products = product_cards({best->id}, c_.row.locale, bot_);
            c_.dialogue.shown = ids;
            c_.dialogue.focus = best->id;
            topic_is_message();
            return true;
        }
    // What is asked of each, where its data says it.
    Reply told;
    told.source = "catalog";
    told.substantive = true;
    bool known = false;
    std::string titles;
    for (const auto* product : titled_->products)
        titles += (titles.empty() ? "" : ", ") + product->texts(c_.row.locale).title;
    for (const auto& part : parts)
        for (const auto which : part.titles) {
            const auto& product = *titled_->products[which];
            auto about = bot_.catalog->about(product.id, part.words, c_.row.locale);
            // A sentence that shares a word with the question is no answer beside one that is.
            if (!about.surely()) about.answers.clear();
            known = known || about.surely();
            const auto own = about_product(c_, product, Asked::detail, part.words, about.answers, bot_);
            told.text += (told.text.empty() ? "" : "\n") + own.text;
            if (told.quick_replies.empty()) told.quick_replies = own.quick_replies;
        }
    c_.dialogue.shown = ids;
    c_.dialogue.focus.clear();
    product_ = {};
    if (known && !(weighed && asks_comparison(plain))) {
        out_.replies.push_back(std::move(told));
        topic_is_message();
        return true;
    }
    if (!weighed && Reading::intent_of(reading_.label()) == "ask_product_detail") {
        reply(fill(say("unknown_attribute"), {{"product", titles}}), "catalog", true).quick_replies = {
            {std::string(say("talk_to_person")), "handoff"}};
        topic_is_message();
        return true;
    }
    if (!weighed) return false;
    auto compared = compare_goods(c_, ids, bot_);
    if (!compared) return false;
    out_.replies.push_back(std::move(*compared));
    topic_is_message();
    return true;
}

}  // namespace maru
