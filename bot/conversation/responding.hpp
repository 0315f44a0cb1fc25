// The policy's inside, shared by the files it is written in: respond.cpp decides and answers,
// respond_goods.cpp talks of goods, respond_flow.cpp runs flows, respond_people.cpp brings in people,
// respond_also.cpp is for what else is asked in the same message, respond_sums.cpp adds up,
// respond_titles.cpp is for goods named by their whole titles,
// respond_talk.cpp is for small talk and for what is not understood. Nobody else includes this.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/named_goods.hpp"
#include "bot/conversation/reading.hpp"
#include "bot/conversation/respond.hpp"
#include "flows/machine.hpp"

namespace maru {

// A contact was asked for and the visitor has gone on to other things: one that is left still counts, nothing
// else is taken for it.
constexpr std::string_view contact_later = "contact_later";

// Between the question and the answer of the turn before, in the dialogue's memory of it.
constexpr char said_mark = '\x1f';

// The policy for one message: slot answer ▸ interruption ▸ rule ▸ flow ▸ FAQ ▸ product search ▸ clarify ▸
// fallback.
class Responding {
  public:
    Responding(Conversation& c, const Event& event, const Bot& bot);

    Response operator()(const VisitorSaid& said, std::string_view text);

  private:
    // What a flow may look at; the slots are kept beside the pointer to them.
    struct Environment {
        Environment() { env.facts = &facts; }
        Environment(const Environment&) = delete;
        Environment& operator=(const Environment&) = delete;
        flows::Slots facts;
        flows::Env env;
    };

    // ---- saying
    [[nodiscard]] std::string_view say(std::string_view key) const;
    Reply& reply(std::string text, std::string source, bool substantive);
    Reply& phrase(std::string_view key, std::string source, bool substantive = false);
    [[nodiscard]] std::vector<QuickReply> greeting_replies() const;
    [[nodiscard]] std::vector<QuickReply> quick(const std::vector<flows::QuickReply>& from) const;
    Response finish();
    void not_twice();
    void note_unmet(bool missed);

    // ---- reading
    void understand(std::string_view words, const catalog::Product* titled);
    void follow_language();
    void note_signals();
    void note(std::string_view name, std::string detail);
    void topic(std::string text);
    void topic_is_message();

    // ---- deciding
    bool choice(const std::string& choice);
    // The button whose words were typed; empty: none.
    [[nodiscard]] std::string typed_choice(std::string_view words) const;
    void decide();
    void while_queued();
    [[nodiscard]] bool mentions(std::string_view entity) const;
    [[nodiscard]] bool cancels_flow() const;
    [[nodiscard]] bool goes_on_behind_cancelling();
    [[nodiscard]] bool clause_starts_flow(float least);
    [[nodiscard]] bool names_only_a_kind() const;
    [[nodiscard]] bool lists_what_there_is();
    [[nodiscard]] bool volunteers_contact() const;
    void tell_deadline();
    [[nodiscard]] bool interrupts() const;
    [[nodiscard]] bool says_more_of_flow() const;
    void ask_again(const flows::RunState& state, const flows::Env& env);
    bool answer_known();
    // With `least`, a clause has to be recognised at least so surely to start a flow.
    bool clause_answer(float least = 0);
    bool several_questions();
    void answer_in_passing(float least = hesitant);
    void also_asked();
    [[nodiscard]] bool answered(const flows::Faq& faq) const;
    bool how_to_order();
    [[nodiscard]] bool names_service() const;

    // ---- answering
    void answer(const flows::Faq& faq);
    [[nodiscard]] bool was_just_said(const flows::Faq& faq) const;
    [[nodiscard]] const flows::Faq* of_same_matter() const;
    [[nodiscard]] bool seeks_named_goods() const;

    // ---- small talk, and what is not understood
    bool small_talk(std::string_view intent);
    [[nodiscard]] bool more_than_small_talk() const;
    [[nodiscard]] const flows::Faq* likely_faq(float least) const;  // a part of the threshold
    void missed();
    void fallback();

    // ---- goods
    void search(const catalog::Interpretation& asked);
    bool others();
    bool refine();
    [[nodiscard]] const catalog::Told& asked_of_product();  // there is one
    bool show_titled();
    bool about_titles();
    // What goods cost together, each so many times.
    struct Counted {
        const catalog::Product* product = nullptr;
        int count = 1;
    };
    bool tell_sum(const std::vector<Counted>& goods);
    // To the sum (minor units) that `told` has said; may add a reply, and then `told` is no longer there.
    void tell_service_cost(Reply& told, std::int64_t sum);
    bool pick_of_shown();
    [[nodiscard]] bool another_wish() const;
    void tell_of_found(Reply& found);
    [[nodiscard]] bool asks_of_kind() const;
    [[nodiscard]] bool wants_another_kind() const;
    [[nodiscard]] bool asks_to_see_kind() const;
    bool about_kind();
    bool about_named();
    // The message says the name of the product in hand and nothing else.
    [[nodiscard]] bool only_names_it() const;
    bool about_in_view();
    bool about_it();
    bool picked();
    bool about_own();
    bool price_of_many();
    bool price_with_delivery();
    bool sums();
    bool sum_of_goods();
    [[nodiscard]] const catalog::Product* meant_by(const std::string& words) const;
    bool about(std::string_view intent);
    [[nodiscard]] bool turns_down() const;
    bool turned_down();
    [[nodiscard]] bool stocked() const;
    [[nodiscard]] bool stocked_here() const;
    [[nodiscard]] bool finds(const catalog::Query& query) const;  // some that fit all of it
    bool buy();

    // ---- flows
    void fill_environment(Environment& own) const;
    [[nodiscard]] std::optional<flows::RunState> flow_state() const;
    void flow_choice(const std::string& choice);
    bool in_flow();
    [[nodiscard]] bool asks_something_else() const;
    bool serve_interruption(const flows::RunState& state, const flows::Env& env);
    bool start_triggered(std::string_view intent);
    void start_flow(const std::string& id);
    [[nodiscard]] flows::Slots known_slots() const;
    void drop_flow();
    void perform(const flows::Run& run);

    // ---- people
    void ask_person(std::string reason);
    bool offer_answered();
    void offer_when_ready();
    void accept_offer();
    void decline_offer();
    void cancel_queue();
    bool contact_left();
    bool contact_refused();
    [[nodiscard]] bool tries_contact() const;
    [[nodiscard]] std::string_view without_refusal(std::string_view words);
    void decline_contact();

    Conversation& c_;
    const Event& event_;
    const Bot& bot_;
    const Time now_;
    Response out_;
    Reading reading_;
    bool ready_ = false;        // said so in this message
    bool shows_ready_ = false;  // … or asked what buyers ask
    bool by_button_ = false;    // nothing was written
    Reading::Pointed product_;
    std::optional<Titled> titled_;       // whole titles in the message
    std::string_view written_;           // the message, with its titles
    std::optional<catalog::Told> told_;  // what the message asks of it, once asked
    std::string asked_before_;           // of a product, in the turn before this
    std::string said_before_;            // the answer in the turn before this: its hash
    bool offered_here_ = false;          // a colleague, to who wanted one of what is in view
    bool answered_before_ = false;       // the message before this was understood
};

}  // namespace maru
