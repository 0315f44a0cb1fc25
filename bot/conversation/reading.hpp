// A visitor's message as the policy reads it: what it says as a whole and clause by clause, and which goods
// it speaks of. Reading goods costs most, so that it is done when somebody asks for it and not before.
//
// Threads: a value of one turn. Keeps references to the words, the bot and the conversation's dialogue.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/content/bot.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/conversation/meant.hpp"

namespace maru {

// How sure the policy wants to be, relative to the model's own threshold, which was found for "recognised at
// all".
constexpr float sure = 0.55F;      // an answer that may interrupt a flow or stand against a product search
constexpr float hesitant = 0.35F;  // too little to start a flow without asking
constexpr float certain = 0.8F;    // needs no second look
// How strongly a sentence has to speak of goods (catalog::Interpretation::evidence).
constexpr float goods_evidence = 0.5F;  // when nothing else was recognised
constexpr float strong_goods = 0.75F;   // even against a weakly recognised question
constexpr float surely_goods = 0.85F;   // whatever of it cannot be had

class Reading {
  public:
    Reading(const Bot& bot, const Conversation& c) : bot_(bot), c_(c) {}

    // Before anything else is asked, and again where only a part of the message counts; `words` outlive this.
    // `titled`: the product whose whole title stood where they say "it"; nullptr: none.
    void read(std::string_view words, const catalog::Product* titled = nullptr);
    // A quick reply says nothing by itself: then nothing was read.
    [[nodiscard]] bool empty() const { return u_.text.empty(); }

    // As the visitor wrote them, and normalised (text::normalised).
    [[nodiscard]] std::string_view words() const { return words_; }
    [[nodiscard]] const std::string& plain() const { return u_.text; }
    [[nodiscard]] const nlu::Understanding& whole() const { return u_; }
    // A product's whole title stood in it.
    [[nodiscard]] bool has_title() const { return titled_ != nullptr; }
    // Without what the message sets aside; as the visitor wrote it where it sets nothing aside.
    [[nodiscard]] std::string_view meant_words() const {
        return meaning_ ? std::string_view(meant_.words) : words_;
    }
    // … for goods to be looked for in it: without what the message only tells.
    [[nodiscard]] std::string_view goods_words() const {
        return meant_.asks.empty() ? words_ : std::string_view(meant_.asks);
    }
    // Says that the answer before was not to the point: "…냐고요", "that's not what I asked".
    [[nodiscard]] bool insists() const { return meant_.insists; }
    // One word, or two: "carpet?", "and the noise?"
    [[nodiscard]] bool is_bare_word() const;
    // Stops what was going on: "cancel that repair thing", "nothing is broken!"
    [[nodiscard]] bool ends_it() const { return meant_.ends && (meaning_ || meant_.words.empty()); }
    // Two or more when the message has several sentences; else none.
    [[nodiscard]] const std::vector<nlu::Recognition>& clauses() const { return clauses_; }

    // The best label of what is meant and how sure it is; `known` when a rule or the model's threshold says
    // so.
    [[nodiscard]] const std::string& label() const { return label_; }
    [[nodiscard]] float confidence() const { return confidence_; }
    [[nodiscard]] bool known() const { return known_; }
    // ko | en | mixed; empty: cannot be told.
    [[nodiscard]] std::string_view language() const;

    // The whole message, or one of its clauses at least so surely, is recognised as `label`.
    [[nodiscard]] bool says(std::string_view label, float least = 0) const;
    [[nodiscard]] std::optional<bool> yes_or_no() const;
    // Likewise, when the message says nothing of its own besides: "yes, please", "no, thanks", but not "no,
    // how long is delivery?"
    [[nodiscard]] std::optional<bool> bare_yes_or_no() const;
    // The FAQ that a label stands for; nullptr: none.
    [[nodiscard]] const flows::Faq* faq_of(std::string_view label) const;
    // Visits what is recognised: the whole, then every clause.
    template <class Visit>
    void each_label(Visit visit) const {
        if (known_) visit(std::string_view(label_));
        for (const auto& clause : clauses_)
            if (const auto label = label_of(clause); !label.empty()) visit(label);
    }
    // The intent that a label stands for; empty: none.
    [[nodiscard]] static std::string_view intent_of(std::string_view label);
    [[nodiscard]] static std::string_view label_of(const nlu::Recognition& u);
    [[nodiscard]] static float confidence_of(const nlu::Recognition& u);

    // Looking for goods, or asking about some, is one of the better guesses at what was meant.
    [[nodiscard]] bool seeks_goods() const;
    // Surely a question of the FAQ that names nothing a shelf could be searched for.
    [[nodiscard]] bool plain_question() const;
    // The message as a search, and as a follow-up on the last one (nullopt: there was none).
    [[nodiscard]] const catalog::Interpretation& asked() const;
    [[nodiscard]] const std::optional<catalog::Interpretation>& refined() const;
    [[nodiscard]] float goods() const { return asked().evidence; }
    // A question of what something is like, rather than a wish for something: "what colours", "소음은 어때".
    [[nodiscard]] bool asks_what() const;
    // Those in view as a search of their kind; nullopt: there are none.
    [[nodiscard]] std::optional<catalog::Query> query_of_shown() const;
    // What is asked: the clauses that are questions; where none is, the whole message.
    [[nodiscard]] std::string question() const;
    // Some clause is a question, or asks to be told something.
    [[nodiscard]] bool asks_something() const;
    // "아까 그 라디오", "the one you showed me first": of goods shown before those in view.
    [[nodiscard]] bool looks_back() const;
    // A question about the thing in hand: "does it have a timer?", "그거 방수돼요?", "is that one loud".
    [[nodiscard]] bool asks_about_it() const;
    // Asks what a thing is, has or does: "is the K10 loud", "V6 물걸레 되나요?"; not whether there is one.
    [[nodiscard]] bool asks_of_thing() const;
    // … of the thing in hand, by a word for "too": "물걸레도 되나요?"
    [[nodiscard]] bool asks_whether_too() const;
    // Some clause is no more than a word or two and a question mark: "무게는요? 손목이 안 좋아서".
    [[nodiscard]] bool has_bare_question() const;
    // Tells of goods that are the visitor's already ("지난주에 산 가습기가", "I bought it from you"), and
    // looks for no others.
    [[nodiscard]] bool tells_of_own() const;
    // "Which one would you take?", "둘 중에 뭐가 나아요?": of those in view.
    [[nodiscard]] bool asks_which() const;
    // Words of who looks for something: "need a …", "추천", "show me".
    [[nodiscard]] bool wishes() const;
    // … by who asks for no more than that: "which do you recommend?", "뭐가 나을까요".
    [[nodiscard]] bool asks_to_choose() const;
    // "Is there a cable in the box?", "리모컨 들어 있어요?"
    [[nodiscard]] bool asks_what_is_included() const;
    // What an order costs besides the goods: delivery, gift wrapping, installation.
    [[nodiscard]] bool asks_service_cost() const;
    // … of these, delivery.
    [[nodiscard]] bool asks_delivery_cost() const;
    // "Which is the easiest to clean?", "이 중에 제일 조용한 건?": the one that has most of something.
    [[nodiscard]] bool asks_most() const;
    // "둘이 합쳐서 얼마예요?", "how much for both?"
    [[nodiscard]] bool asks_for_total() const;
    // "두 개만 보여줘", "just one": no more than so many are to be shown.
    [[nodiscard]] std::optional<std::uint32_t> how_few() const;
    // How many of a thing are spoken of, two or more.
    [[nodiscard]] std::optional<int> how_many() const;
    // "캔들 말고", "not the black one": what is named is not wanted.
    [[nodiscard]] bool refuses() const;
    // "D5 살 건데 어떻게 사나요", "how do I order this one"
    [[nodiscard]] bool asks_how_to_buy() const;
    // "Anything quieter for her?", "something that lasts nine hours"
    [[nodiscard]] bool asks_for_any() const;
    // "다른 거", "show me others", "cheaper": not those in view.
    [[nodiscard]] bool asks_for_others() const;
    // Goods are named, not merely words that occur on the shelves.
    [[nodiscard]] bool names_goods() const {
        return asked().names_type || asked().names_brand || asked().names_product;
    }

    // The product the message is about: pointed at ("the second one", a title), else the one last spoken of.
    struct Pointed {
        const catalog::Product* product = nullptr;
        bool by_visitor = false;  // named or counted in this message
        bool outright = false;    // … by a name that needs nothing in view
        bool owned = false;       // it is of the order that was looked up: nobody is about to buy it
    };
    [[nodiscard]] Pointed pointed_at() const;

    // "이불은 빨아도 되나요", with a mug in hand or only mugs in view.
    [[nodiscard]] bool speaks_of_another_kind() const;

    // For `explain`: a JSON object.
    [[nodiscard]] std::string trace() const;

  private:
    void take_label();
    void set_aside(const nlu::Context& context);
    [[nodiscard]] std::optional<std::string> subject() const;
    [[nodiscard]] std::optional<std::string> definite() const;
    [[nodiscard]] std::optional<std::string> that_kind() const;
    [[nodiscard]] const catalog::Product* ordered() const;
    [[nodiscard]] std::optional<std::string> shown_before(const std::optional<std::string>& in_view,
                                                          bool several) const;
    [[nodiscard]] bool turns_away(const std::string& id) const;
    [[nodiscard]] bool names_another_kind(const std::string& id) const;
    [[nodiscard]] bool says_another_size(std::string_view title) const;  // normalised
    [[nodiscard]] const catalog::Product* model_elsewhere(const catalog::Product* shown) const;

    const Bot& bot_;
    const Conversation& c_;
    std::string_view words_;
    const catalog::Product* titled_ = nullptr;
    nlu::Understanding u_;
    Meant meant_;
    std::optional<nlu::Understanding> meaning_;  // of meant_.words, where they are what counts
    std::vector<nlu::Recognition> clauses_;
    std::string label_;
    float confidence_ = 0;
    bool known_ = false;
    mutable std::optional<catalog::Interpretation> asked_;
    mutable std::optional<catalog::Interpretation> refined_;
    mutable bool refined_read_ = false;
};

}  // namespace maru
