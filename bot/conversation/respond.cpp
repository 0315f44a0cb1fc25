#include "bot/conversation/respond.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "bot/conversation/say.hpp"
#include "bot/conversation/shelf.hpp"
#include "bot/handoff/readiness.hpp"
#include "catalog/query_json.hpp"
#include "flows/machine.hpp"

namespace maru {
namespace {

using nlohmann::json;

// How sure the policy wants to be, relative to the model's own threshold, which was found for "recognised at
// all".
constexpr float sure = 0.55F;    // an answer that may interrupt a flow or stand against a product search
constexpr float certain = 0.8F;  // needs no second look
constexpr float goods_evidence = 0.5F;  // a sentence about goods, when nothing else was recognised
constexpr float strong_goods = 0.75F;   // about goods, even against a weakly recognised question
constexpr std::size_t most_topics = 6;
constexpr std::size_t most_clauses = 4;

// The policy for one message: slot answer ▸ interruption ▸ rule ▸ flow ▸ FAQ ▸ product search ▸ clarify ▸
// fallback.
class Responding {
  public:
    Responding(Conversation& c, const Event& event, const Bot& bot)
        : c_(c), event_(event), bot_(bot), now_(std::max(event.at, c.last_at)) {}

    Response operator()(const VisitorSaid& said, std::string_view text) {
        if (!bot_.understanding || !bot_.flows) return fallback(), std::move(out_);
        if (!said.choice.empty() && choice(said.choice)) return finish();
        const std::string_view words =
            said.choice.starts_with("say:") ? std::string_view(said.choice).substr(4) : text;
        understand(words);
        if (said.choice.empty()) follow_language();
        note_signals(words);
        decide(words);
        return finish();
    }

  private:
    [[nodiscard]] std::string_view say(std::string_view key) const {
        return bot_.settings.phrases(key, c_.row.locale, static_cast<std::size_t>(event_.id));
    }

    Reply& reply(std::string text, std::string source, bool substantive) {
        out_.replies.push_back({std::move(text), {}, {}, std::move(source), substantive});
        return out_.replies.back();
    }
    Reply& phrase(std::string_view key, std::string source, bool substantive = false) {
        return reply(std::string(say(key)), std::move(source), substantive);
    }

    Response finish() {
        const bool missed = std::any_of(out_.replies.begin(), out_.replies.end(), [](const Reply& one) {
            return one.source == "fallback" || one.source == "clarify";
        });
        if (!missed) c_.dialogue.missed = 0;
        if (bot_.settings.explain) out_.trace = trace();
        offer_when_ready();
        return std::move(out_);
    }

    // ---- reading

    void understand(std::string_view words) {
        words_ = words;
        nlu::Context context;
        context.locale = c_.row.locale == "ko" ? nlu::Language::ko : nlu::Language::en;
        context.in_flow = !c_.dialogue.flow.is_null();
        context.waiting = context.in_flow || !c_.dialogue.awaiting.empty();
        u_ = bot_.understanding->understand(words, context);
        if (!u_.rules.empty())
            label_ = u_.rules.front().label, confidence_ = 1;
        else if (!u_.ranked.empty())
            label_ = u_.ranked.front().label, confidence_ = u_.ranked.front().confidence;
        known_ = !u_.rules.empty() || u_.in_scope;
        out_.intent = label_;
        out_.confidence = confidence_;
        switch (u_.language) {
            case nlu::Language::ko:
                out_.language = "ko";
                break;
            case nlu::Language::en:
                out_.language = "en";
                break;
            case nlu::Language::mixed:
                out_.language = "mixed";
                break;
            case nlu::Language::unknown:
                out_.language = c_.row.locale;
                break;
        }
        if (bot_.catalog && !bot_.catalog->products().empty()) {
            asked_ = bot_.catalog->interpret(words);
        }
        // A question that is surely understood as a whole needs no second look, unless goods are being talked
        // about.
        const bool shopping = !c_.dialogue.shown.empty() || !c_.dialogue.focus.empty();
        if (known_ && confidence_ >= certain && label_.starts_with("faq:") && !shopping) return;
        // One message often says two things: "I'll take the first one, can I pay by card?"
        std::size_t begin = 0;
        std::vector<std::string_view> parts;
        for (std::size_t i = 0; i <= words.size() && parts.size() < most_clauses; ++i) {
            const bool mark = i < words.size() && (words[i] == ',' || words[i] == '.' || words[i] == '?' ||
                                                   words[i] == '!' || words[i] == '\n');
            const bool in_number = mark && words[i] != '\n' && i + 1 < words.size() && words[i + 1] != ' ' &&
                                   words[i + 1] != '\n';
            if (i != words.size() && (!mark || in_number)) continue;
            const auto part = words.substr(begin, i - begin);
            if (part.find_first_not_of(" \t\n") != std::string_view::npos) parts.push_back(part);
            begin = i + 1;
        }
        if (parts.size() < 2) return;
        for (const auto part : parts) clauses_.push_back(bot_.understanding->understand(part, context));
    }

    // The message as a follow-up on the last search; read only when the policy gets there.
    const std::optional<catalog::Interpretation>& refined() {
        if (!refined_read_) {
            refined_read_ = true;
            const auto previous = c_.dialogue.query.is_null() || !bot_.catalog
                                      ? std::nullopt
                                      : catalog::query_from_json(c_.dialogue.query);
            if (previous) refined_ = bot_.catalog->refine(*previous, words_, c_.dialogue.shown);
        }
        return refined_;
    }

    // Replies in the language the visitor writes.
    void follow_language() {
        const auto& locales = bot_.settings.locales;
        const auto* wanted = u_.language == nlu::Language::en                                          ? "en"
                             : u_.language == nlu::Language::ko || u_.language == nlu::Language::mixed ? "ko"
                                                                                                       : "";
        if (*wanted != '\0' && std::find(locales.begin(), locales.end(), wanted) != locales.end())
            c_.row.locale = wanted;
    }

    static std::string_view label_of(const nlu::Understanding& u) {
        if (!u.rules.empty()) return u.rules.front().label;
        return u.in_scope && !u.ranked.empty() ? std::string_view(u.ranked.front().label)
                                               : std::string_view();
    }
    // The whole message or one of its clauses is recognised as `label`.
    [[nodiscard]] bool says(std::string_view label) const {
        if (known_ && label_ == label) return true;
        return std::any_of(clauses_.begin(), clauses_.end(),
                           [&](const nlu::Understanding& one) { return label_of(one) == label; });
    }
    [[nodiscard]] std::optional<bool> yes_or_no() const {
        for (const auto& entity : u_.entities)
            if (entity.type == "yes_no" && std::holds_alternative<bool>(entity.value))
                return std::get<bool>(entity.value);
        if (says("intent:affirm")) return true;
        if (says("intent:deny") || says("intent:cancel_flow")) return false;
        return std::nullopt;
    }
    [[nodiscard]] const flows::Faq* faq_of(std::string_view label) const {
        return label.starts_with("faq:") ? bot_.faqs.find(label.substr(4)) : nullptr;
    }

    void note(std::string_view name, std::string detail) {
        handoff::note(c_, name, std::move(detail), now_, bot_.settings.readiness);
    }

    void note_signals(std::string_view words) {
        bool pointed = false;
        product_ = pointed_at(c_, words, u_, bot_, pointed);
        pointed_ = pointed;
        const auto about = product_ != nullptr ? product_->id : std::string();
        const bool of_goods = product_ != nullptr || !c_.dialogue.shown.empty();
        if (says("intent:ready_to_buy")) note("says_so", about);
        if (pointed && product_ != nullptr) c_.dialogue.focus = product_->id, note("chooses", about);
        if (!of_goods) return;
        if (says("intent:ask_price")) note("asks_price", about);
        if (says("intent:ask_stock")) note("asks_stock", about);
        for_labels([&](std::string_view label) {
            const auto* faq = faq_of(label);
            if (faq == nullptr) return;
            if (faq->category == "delivery") note("asks_delivery", about);
            if (faq->category == "payment") note("asks_payment", about);
        });
        for (const auto& entity : u_.entities) {
            if (entity.type == "quantity" && product_ != nullptr) note("quantity", about);
            if (entity.type == "datetime" && product_ != nullptr) note("date", about);
        }
    }

    template <class Visit>
    void for_labels(Visit visit) const {
        if (known_) visit(std::string_view(label_));
        for (const auto& clause : clauses_)
            if (const auto label = label_of(clause); !label.empty()) visit(label);
    }

    void topic(std::string text) {
        auto& topics = c_.dialogue.topics;
        std::erase(topics, text);
        topics.push_back(std::move(text));
        if (topics.size() > most_topics) topics.erase(topics.begin());
    }

    // ---- choices

    bool choice(const std::string& choice) {
        if (choice == "handoff") return ask_person("asked"), true;
        if (choice == "handoff:yes")
            return ask_person(c_.dialogue.offer_reason.empty() ? "ready" : c_.dialogue.offer_reason), true;
        if (choice == "handoff:no") return decline_offer(), true;
        if (choice == "handoff:cancel") return cancel_queue(), true;
        if (choice == "contact:skip") return decline_contact(), true;
        if (choice == "products:more") {
            if (auto more = show_more(c_, bot_))
                out_.replies.push_back(std::move(*more));
            else
                phrase("products_no_more", "catalog");
            return true;
        }
        if (choice.starts_with("faq:")) {
            if (const auto* faq = bot_.faqs.find(std::string_view(choice).substr(4)))
                return answer(*faq), true;
        }
        if (choice.starts_with("flow:") && c_.row.state != "queued") return flow_choice(choice), true;
        return false;
    }

    void flow_choice(const std::string& choice) {
        const flows::Input input{choice_label(choice), choice, nullptr};
        const auto parsed = flows::parse_flow_choice(choice);
        if (!parsed || parsed->step.empty()) {
            const auto id = std::string_view(choice).substr(5);
            if (bot_.flows->find(id) != nullptr) return start_flow(std::string(id), {});
            return fallback();
        }
        auto state = flow_state();
        Environment env;
        fill_environment(env);
        const auto run = state ? flows::resume(*bot_.flows, *state, input, env.env)
                               : flows::enter(*bot_.flows, choice, {}, input, env.env);
        if (run.outcome == flows::Outcome::failed && state) {
            const auto again = flows::enter(*bot_.flows, choice, {}, input, env.env);
            if (again.outcome == flows::Outcome::failed) return fallback();
            return perform(again);
        }
        if (run.outcome == flows::Outcome::failed) return fallback();
        perform(run);
    }
    [[nodiscard]] std::string choice_label(const std::string& choice) const {
        return bot_.flows->choice_label(choice, c_.row.locale);
    }

    // ---- deciding

    void decide(std::string_view words) {
        if (c_.row.state == "queued") return while_queued();
        if (says("intent:talk_to_human")) return ask_person("asked");
        if (c_.dialogue.awaiting == "contact" && contact(words)) return;
        if (c_.dialogue.awaiting == "handoff_offer") {
            // A question of its own is not the answer to the offer.
            const bool short_answer = clauses_.empty() && !faq_of(label_) && asked_.evidence < goods_evidence;
            const auto yes = yes_or_no();
            if (yes && short_answer)
                return *yes
                           ? ask_person(c_.dialogue.offer_reason.empty() ? "ready" : c_.dialogue.offer_reason)
                           : decline_offer();
            if (says("intent:ready_to_buy") && c_.dialogue.offer_reason == "ready")
                return ask_person("ready");
        }
        if (u_.feeling.anger >= static_cast<float>(bot_.settings.handoff.upset_at) && !c_.handoff) {
            phrase("sorry_upset", "handoff");
            return ask_person("upset");
        }
        if (!c_.dialogue.flow.is_null() && in_flow(words)) return;
        if (answer_known(words)) return;
        if (refine(words)) return;
        if (asked_.evidence >= goods_evidence || asked_.names_product) return search(asked_, words);
        missed();
    }

    void while_queued() {
        const auto yes = yes_or_no();
        if (says("intent:cancel_flow") || (yes && !*yes && clauses_.empty())) return cancel_queue();
        // Confident answers help while waiting; everything else is the colleague's.
        if (const auto* faq = faq_of(label_); faq != nullptr && known_ && confidence_ >= sure) answer(*faq);
    }

    bool in_flow(std::string_view words) {
        auto state = flow_state();
        if (!state) {
            drop_flow();
            return false;
        }
        if (says("intent:cancel_flow")) {
            drop_flow();
            phrase("flow_cancelled", "flow");
            return true;
        }
        Environment env;
        fill_environment(env);
        const auto waits = flows::awaiting(*bot_.flows, *state, c_.row.locale);
        const flows::Input input{words, {}, &u_};
        // "Anything goes" questions would swallow a question of the visitor's own.
        const bool open_question = waits && !waits->choice && waits->entity == "text";
        if (open_question && waits->interruptible && interrupts() &&
            serve_interruption(words, *state, env.env))
            return true;
        const auto run = flows::resume(*bot_.flows, *state, input, env.env);
        if (run.outcome == flows::Outcome::failed) {
            drop_flow();
            return false;
        }
        if (run.understood) return perform(run), true;
        if (waits && waits->interruptible && interrupts() && serve_interruption(words, *state, env.env))
            return true;
        perform(run);
        return true;
    }

    // Is the message something of its own, rather than an answer?
    [[nodiscard]] bool interrupts() const {
        if (!u_.rules.empty()) return true;
        if (known_ && confidence_ >= sure && label_ != "intent:affirm" && label_ != "intent:deny")
            return true;
        return asked_.evidence >= strong_goods;
    }

    bool serve_interruption(std::string_view words, const flows::RunState& state, const flows::Env& env) {
        const auto before = out_.replies.size();
        const auto kept = c_.dialogue.flow;
        if (!answer_known(words)) {
            if (asked_.evidence < strong_goods) return false;
            search(asked_, words);
        }
        if (out_.replies.size() == before) return true;
        // Another flow took over: the first is left behind. Otherwise its question is asked again.
        if (c_.dialogue.flow != kept || out_.handoff) return true;
        perform(flows::reprompt(*bot_.flows, state, env));
        return true;
    }

    // Whatever is recognised: small talk, flows, FAQs, questions about goods. False when nothing is.
    bool answer_known(std::string_view words) {
        if (!known_) return clause_answer();
        const bool goods = asked_.evidence >= goods_evidence;
        if (const auto* faq = faq_of(label_)) {
            if (asked_.evidence >= strong_goods &&
                (confidence_ < sure || (asked_.constrains && asked_.names_type)) && !names_service())
                return search(asked_, words), true;
            answer(*faq);
            return true;
        }
        const auto name =
            std::string_view(label_).substr(std::min<std::size_t>(label_.size(), 7));  // "intent:"
        if (name == "find_product") {
            if (refined() && refined()->constrains && asked_.evidence < goods_evidence)
                return search(*refined(), words), true;
            if (goods || asked_.constrains || asked_.names_type) return search(asked_, words), true;
            if (start_triggered(name)) return true;
            search(asked_, words);
            return true;
        }
        if (name == "recommend") {
            const bool narrowed = asked_.names_type || asked_.names_brand || asked_.query.price_min ||
                                  asked_.query.price_max || !asked_.query.colors.empty();
            if (narrowed && (goods || asked_.constrains)) return search(asked_, words), true;
            if (start_triggered(name)) return true;
            out_.replies.push_back(show_recommended(c_, bot_));
            topic(std::string(words));
            return true;
        }
        if (name == "refine_search") {
            if (refined()) return search(*refined(), words), true;
            if (goods) return search(asked_, words), true;
            return false;
        }
        if (name == "ask_price" || name == "ask_stock" || name == "ask_product_detail")
            return about(name, words);
        if (name == "ready_to_buy") return buy(words);
        // A named kind of goods weighs more than a small word beside it: "hi, do you have kettles?"
        const bool small_talk = name == "greet" || name == "thanks" || name == "goodbye" ||
                                name == "affirm" || name == "deny" || name == "bot_identity";
        if (small_talk && asked_.evidence >= goods_evidence && asked_.names_type)
            return search(asked_, words), true;
        if (small_talk && clauses_.size() > 1 && clause_answer()) return true;
        if (name == "greet") return phrase("greet", "greeting").quick_replies = greeting_replies(), true;
        if (name == "goodbye") return phrase("goodbye", "smalltalk"), true;
        if (name == "thanks") return phrase("thanks", "smalltalk"), true;
        if (name == "affirm" || name == "deny" || name == "cancel_flow")
            return phrase("acknowledged", "smalltalk"), true;
        if (name == "bot_identity") {
            auto& own = reply(
                fill(say("bot_identity"), {{"name", std::string(bot_.settings.name.pick(c_.row.locale))}}),
                "smalltalk", true);
            own.quick_replies = greeting_replies();
            return true;
        }
        if (name == "out_of_scope_chitchat") {
            if (!clauses_.empty() && clause_answer()) return true;
            if (asked_.names_type && asked_.evidence >= strong_goods && confidence_ < sure)
                return search(asked_, words), true;
            fallback();
            return true;
        }
        if (asked_.evidence >= strong_goods && confidence_ < sure) return search(asked_, words), true;
        return start_triggered(name);
    }

    // The message as a whole said nothing known, but a part of it does.
    bool clause_answer() {
        for (const auto& clause : clauses_) {
            const auto label = label_of(clause);
            if (const auto* faq = faq_of(label)) return answer(*faq), true;
            if (label == "intent:ready_to_buy") return buy({});
            if (label.starts_with("intent:") && start_triggered(label.substr(7))) return true;
        }
        return false;
    }

    // Words of service rather than of goods, where both are named: "무선 마우스 배송 얼마나 걸려요?"
    [[nodiscard]] bool names_service() const {
        return confidence_ >= 0.8F && !(asked_.constrains && asked_.names_type);
    }

    [[nodiscard]] std::vector<QuickReply> greeting_replies() const {
        return quick(bot_.settings.greeting_replies);
    }
    [[nodiscard]] std::vector<QuickReply> quick(const std::vector<flows::QuickReply>& from) const {
        std::vector<QuickReply> list;
        for (const auto& button : flows::buttons(from, c_.row.locale))
            list.push_back({button.label, button.choice});
        return list;
    }

    void answer(const flows::Faq& faq) {
        auto& own = reply(std::string(faq.answer(c_.row.locale, {}, static_cast<std::size_t>(event_.id))),
                          "faq:" + faq.id, true);
        own.quick_replies = quick(faq.quick_replies);
        topic(std::string(faq.title(c_.row.locale)));
    }

    void search(const catalog::Interpretation& asked, std::string_view words) {
        out_.replies.push_back(show_products(c_, asked, bot_));
        topic(std::string(words.substr(0, 120)));
    }

    bool refine(std::string_view words) {
        if (known_ || !refined() || !refined()->constrains) return false;
        search(*refined(), words);
        return true;
    }

    bool about(std::string_view name, std::string_view words) {
        const auto what = name == "ask_price"   ? Asked::price
                          : name == "ask_stock" ? Asked::stock
                                                : Asked::detail;
        // "무선 마우스 얼마예요?" asks for a kind of goods, "이거 얼마예요?" for the one in hand.
        if (!pointed_ && (asked_.names_type || asked_.names_brand) && asked_.evidence >= goods_evidence &&
            !asked_.names_product)
            return search(asked_, words), true;
        if (asked_.names_product && !pointed_) {
            auto one = asked_.query;
            one.limit = 1;
            const auto found = bot_.catalog->search(one);
            if (!found.matches.empty()) product_ = found.matches.front().product;
        }
        if (product_ != nullptr) {
            out_.replies.push_back(about_product(c_, *product_, what, words, bot_));
            topic(product_->texts(c_.row.locale).title);
            return true;
        }
        if (start_triggered(name)) return true;
        if (asked_.evidence >= goods_evidence) return search(asked_, words), true;
        if (what == Asked::price && !c_.dialogue.shown.empty()) {
            out_.replies.push_back(prices_of_shown(c_, bot_));
            return true;
        }
        phrase("which_product", "clarify");
        return true;
    }

    bool buy(std::string_view) {
        // A question in the same breath is answered before the colleague is offered.
        for (const auto& clause : clauses_)
            if (const auto* faq = faq_of(label_of(clause))) {
                answer(*faq);
                break;
            }
        if (out_.replies.empty() && product_ != nullptr && pointed_)
            reply(fill(say("chosen"), {{"product", product_->texts(c_.row.locale).title}}), "catalog", true)
                .products = product_cards({product_->id}, c_.row.locale, bot_);
        note("says_so", product_ != nullptr ? product_->id : "");
        ready_ = true;
        return true;
    }

    void offer_when_ready() {
        if (c_.row.state != "bot" || c_.handoff || out_.handoff) return;
        if (!c_.dialogue.flow.is_null() && !ready_) return;
        if (c_.dialogue.offered && !ready_) return;
        const auto score = handoff::readiness(c_, now_, bot_.settings.readiness);
        if (!ready_ && score.score < score.threshold) return;
        out_.replies.push_back(offer_reply(bot_, c_.row.locale));
        c_.dialogue.offered = true;
        c_.dialogue.awaiting = "handoff_offer";
        c_.dialogue.offer_reason = "ready";
    }

    // ---- flows

    struct Environment {
        Environment() { env.facts = &facts; }
        Environment(const Environment&) = delete;
        Environment& operator=(const Environment&) = delete;
        flows::Slots facts;
        flows::Env env;
    };
    void fill_environment(Environment& own) const {
        own.facts.set("hours.open", event_.facts.open);
        own.facts.set("agents.online", static_cast<double>(event_.facts.agents_online));
        own.facts.set("queue.length", static_cast<double>(event_.facts.queue_length));
        own.facts.set("visitor.name", c_.visitor.name);
        own.facts.set("visitor.email", c_.visitor.email);
        own.facts.set("site", c_.row.site);
        own.facts.set("page.url", c_.visitor.page_url);
        own.facts.set("page.title", c_.visitor.page_title);
        own.env.locale = c_.row.locale;
        own.env.currency = bot_.settings.currency;
        own.env.catalog = bot_.catalog.get();
        own.env.faqs = &bot_.faqs;
        own.env.tables = &bot_.tables;
        own.env.rates.assign(bot_.settings.rates.begin(), bot_.settings.rates.end());
        own.env.seed = static_cast<std::size_t>(event_.id);
    }

    [[nodiscard]] std::optional<flows::RunState> flow_state() const {
        if (c_.dialogue.flow.is_null()) return std::nullopt;
        return flows::RunState::from_json(c_.dialogue.flow);
    }

    bool start_triggered(std::string_view intent) {
        const auto* flow = bot_.flows->triggered_by(intent);
        if (flow == nullptr) return false;
        start_flow(flow->id, words_);
        return true;
    }

    void start_flow(const std::string& id, std::string_view words) {
        Environment own;
        fill_environment(own);
        const flows::Input input{words, {}, u_.text.empty() ? nullptr : &u_};
        const auto* flow = bot_.flows->find(id);
        if (flow != nullptr) topic(std::string(flow->title.pick(c_.row.locale)));
        perform(flows::start(*bot_.flows, id, {}, input, own.env));
    }

    void drop_flow() {
        c_.dialogue.flow = nullptr;
        c_.dialogue.pinned.clear();
    }

    void perform(const flows::Run& run) {
        for (const auto& effect : run.effects) {
            if (const auto* said = std::get_if<flows::SayEffect>(&effect)) {
                auto& own = reply(said->text, said->source, !said->question);
                for (const auto& button : said->buttons)
                    own.quick_replies.push_back({button.label, button.choice});
                if (said->products.empty()) continue;
                own.products = cards(said->products, c_.row.locale, bot_);
                c_.dialogue.shown.clear();
                for (const auto& product : said->products) c_.dialogue.shown.push_back(product.id);
            } else if (const auto* handoff = std::get_if<flows::HandoffEffect>(&effect)) {
                out_.handoff = HandoffRequest{handoff->reason, handoff->team, handoff->note};
            }
        }
        if (run.outcome == flows::Outcome::waiting || run.outcome == flows::Outcome::not_understood) {
            c_.dialogue.flow = run.state.to_json();
            c_.dialogue.pinned = bot_.version;
        } else {
            drop_flow();
            if (run.effects.empty()) phrase("flow_cancelled", "flow");
        }
    }

    // ---- people

    void ask_person(std::string reason) {
        c_.dialogue.awaiting.clear();
        c_.dialogue.offered = true;
        drop_flow();
        if (c_.handoff && c_.row.state == "bot") {
            // Asked already while nobody was there: what is missing is a way to call back.
            out_.handoff = HandoffRequest{c_.handoff->reason, c_.handoff->team, {}};
            return;
        }
        out_.handoff = HandoffRequest{std::move(reason), {}, {}};
    }

    void decline_offer() {
        c_.dialogue.awaiting.clear();
        c_.dialogue.missed = 0;
        phrase("offer_declined", "handoff");
    }

    void cancel_queue() {
        if (!c_.handoff) return decline_offer();
        out_.cancel_handoff = true;
        phrase("queue_cancelled", "handoff");
    }

    // ---- contacts

    bool contact(std::string_view words) {
        store::ContactRow row;
        for (const auto& entity : u_.entities) {
            if (!std::holds_alternative<std::string>(entity.value)) continue;
            if (entity.type == "email") row.email = std::get<std::string>(entity.value);
            if (entity.type == "phone") row.phone = std::get<std::string>(entity.value);
        }
        if (!row.email.empty() || !row.phone.empty()) {
            row.id = event_.id;
            row.conversation = c_.row.id;
            row.at = now_;
            row.name = c_.visitor.name;
            row.text = words.substr(0, 1000);
            const auto days =
                std::chrono::duration_cast<std::chrono::days>(bot_.settings.contact.retain).count();
            row.consent = fill(say("consent"), {{"days", std::to_string(days)}});
            row.delete_after = now_ + bot_.settings.contact.retain;
            c_.dialogue.awaiting.clear();
            reply(fill(say("contact_thanks"), {{"contact", row.email.empty() ? row.phone : row.email}}),
                  "handoff", false);
            out_.contacts.push_back(std::move(row));
            return true;
        }
        if (const auto yes = yes_or_no(); yes && !*yes && clauses_.empty()) return decline_contact(), true;
        if (known_ || asked_.evidence >= goods_evidence) return false;
        phrase("contact_retry", "handoff").quick_replies = {
            {std::string(say("contact_skip")), "contact:skip"}};
        return true;
    }

    void decline_contact() {
        c_.dialogue.awaiting.clear();
        phrase("contact_declined", "handoff");
    }

    // ---- not understood

    void missed() {
        ++c_.dialogue.missed;
        if (c_.dialogue.missed >= bot_.settings.handoff.bot_failed_after && !c_.handoff) {
            auto offer = offer_reply(bot_, c_.row.locale, "offer_failed");
            offer.source = "fallback";
            out_.replies.push_back(std::move(offer));
            c_.dialogue.awaiting = "handoff_offer";
            c_.dialogue.offer_reason = "bot_failed";
            return;
        }
        // A person is one thing nobody should have to ask for twice.
        if (label_ == "intent:talk_to_human" && confidence_ >= u_.trace.threshold * 0.6F) {
            c_.dialogue.missed = 0;
            return ask_person("asked");
        }
        // Two or three guesses, when the best of them are worth a question.
        std::vector<QuickReply> guesses;
        for (const auto& guess : u_.ranked) {
            if (guess.confidence < u_.trace.threshold * 0.4F || guesses.size() == 3) break;
            if (const auto* faq = faq_of(guess.label))
                guesses.push_back({std::string(faq->title(c_.row.locale)), "faq:" + faq->id});
            else if (const auto* flow = bot_.flows->triggered_by(
                         std::string_view(guess.label).substr(std::min<std::size_t>(7, guess.label.size()))))
                guesses.push_back({std::string(flow->title.pick(c_.row.locale)), "flow:" + flow->id});
        }
        if (!guesses.empty()) {
            auto& own = phrase("clarify", "clarify");
            own.quick_replies = std::move(guesses);
            own.quick_replies.push_back({std::string(say("talk_to_person")), "handoff"});
            return;
        }
        fallback();
    }

    void fallback() {
        auto& own = phrase("fallback", "fallback");
        own.quick_replies = quick(bot_.settings.fallback_replies);
        if (own.quick_replies.empty())
            own.quick_replies.push_back({std::string(say("talk_to_person")), "handoff"});
    }

    [[nodiscard]] std::string trace() const {
        json out{{"text", u_.text},
                 {"known", known_},
                 {"threshold", u_.trace.threshold},
                 {"goods", asked_.evidence},
                 {"anger", u_.feeling.anger}};
        for (const auto& one : u_.ranked) out["ranked"].push_back({one.label, one.confidence});
        for (const auto& one : u_.rules) out["rules"].push_back(one.label);
        for (const auto& one : u_.entities)
            out["entities"].push_back(
                {{"type", one.type}, {"text", one.text}, {"value", nlu::to_string(one.value)}});
        for (const auto& one : clauses_) out["clauses"].push_back(label_of(one));
        return out.dump(-1, ' ', false, json::error_handler_t::replace);
    }

    Conversation& c_;
    const Event& event_;
    const Bot& bot_;
    const Time now_;
    Response out_;
    nlu::Understanding u_;
    std::vector<nlu::Understanding> clauses_;
    std::string label_;
    float confidence_ = 0;
    bool known_ = false;
    bool ready_ = false;
    bool pointed_ = false;
    const catalog::Product* product_ = nullptr;
    catalog::Interpretation asked_;
    std::optional<catalog::Interpretation> refined_;
    bool refined_read_ = false;
    std::string_view words_;  // the message's; outlives this
};

}  // namespace

Response respond(Conversation& c, const VisitorSaid& said, std::string_view text, const Event& event,
                 const Bot& bot) {
    return Responding(c, event, bot)(said, text);
}

}  // namespace maru
