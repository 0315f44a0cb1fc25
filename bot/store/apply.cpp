#include "bot/store/apply.hpp"

namespace maru::store {
namespace {

// Rows the search ledger holds at most, about 15 MB: the oldest go first. Ids grow by one with every new row,
// so that the bound costs a look at each end of the table.
constexpr std::int64_t most_searches = 100'000;

// Binds its arguments in order, without copying text (it outlives the step), runs the statement and resets
// it.
class Binder {
  public:
    explicit Binder(SQLite::Statement& statement) : statement_(statement) {}
    Binder& operator()(std::int64_t value) { return statement_.bind(++at_, value), *this; }
    Binder& operator()(Time value) { return (*this)(to_millis(value)); }
    Binder& operator()(const std::string& value) { return statement_.bindNoCopy(++at_, value), *this; }
    Binder& operator()(const std::optional<Time>& value) {
        if (value) return (*this)(*value);
        return statement_.bind(++at_), *this;
    }
    template <class Number>
    Binder& operator()(const std::optional<Number>& value) {
        if (value) return (*this)(static_cast<std::int64_t>(*value));
        return statement_.bind(++at_), *this;
    }
    Binder& text_or_null(const std::string& value) {
        if (!value.empty()) return (*this)(value);
        return statement_.bind(++at_), *this;
    }
    Binder& blob(const std::string& value) {
        return statement_.bindNoCopy(++at_, static_cast<const void*>(value.data()),
                                     static_cast<int>(value.size())),
               *this;
    }
    int run() {
        const int changed = statement_.exec();
        statement_.reset();
        return changed;
    }

  private:
    SQLite::Statement& statement_;
    int at_ = 0;
};

Binder bind(SQLite::Statement& statement) {
    statement.tryReset();  // a step that threw left it open
    return Binder(statement);
}

}  // namespace

Apply::Apply(SQLite::Database& db)
    : insert_conversation_(db,
                           "INSERT INTO conversations(id, version, created_at, updated_at, site, channel, "
                           "locale, state, agent, team, "
                           "epoch, seq, note_seq, token_hash, data) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
      update_conversation_(db,
                           "UPDATE conversations SET version=?, updated_at=?, site=?, locale=?, state=?, "
                           "agent=?, team=?, epoch=?, seq=?, "
                           "note_seq=?, data=? WHERE id=? AND version=?"),
      message_(
          db,
          "INSERT INTO messages(conversation, seq, at, role, agent, name, client_id, reply_to, text, extra) "
          "VALUES(?,?,?,?,?,?,?,?,?,?)"),
      note_(db,
            "INSERT INTO notes(conversation, seq, at, agent, name, client_id, text) VALUES(?,?,?,?,?,?,?)"),
      event_(db, "INSERT INTO events(id, conversation, at, kind, bot_version, body) VALUES(?,?,?,?,?,?)"),
      inquiry_(
          db,
          "INSERT INTO inquiries(id, conversation, opened_seq, opened_at, bot_first_at, handoff_at, "
          "accepted_at, agent_first_at, "
          "closed_at, closed_by, resolution, channel, site, locale, team, agent, schedule) "
          "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
          "ON CONFLICT(id) DO UPDATE SET bot_first_at=excluded.bot_first_at, handoff_at=excluded.handoff_at, "
          "accepted_at=excluded.accepted_at, agent_first_at=excluded.agent_first_at, "
          "closed_at=excluded.closed_at, "
          "closed_by=excluded.closed_by, resolution=excluded.resolution, locale=excluded.locale, "
          "team=excluded.team, "
          "agent=excluded.agent"),
      handoff_(db,
               "INSERT INTO handoffs(id, conversation, inquiry, requested_at, reason, state, team, agent, "
               "accepted_at, closed_at, context) "
               "VALUES(?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET state=excluded.state, "
               "team=excluded.team, "
               "agent=excluded.agent, accepted_at=excluded.accepted_at, closed_at=excluded.closed_at, "
               "context=excluded.context"),
      storefront_event_(
          db,
          "INSERT INTO storefront_events(id, conversation, client_id, at, name, product, amount, currency) "
          "VALUES(?,?,?,?,?,?,?,?)"),
      timer_(db,
             "INSERT INTO timers(conversation, kind, due_at) VALUES(?,?,?) "
             "ON CONFLICT(conversation, kind) DO UPDATE SET due_at=excluded.due_at"),
      delete_timer_(db, "DELETE FROM timers WHERE conversation=? AND kind=?"),
      label_(db, "INSERT OR IGNORE INTO labels(conversation, label) VALUES(?,?)"),
      delete_label_(db, "DELETE FROM labels WHERE conversation=? AND label=?"),
      contact_(db,
               "INSERT INTO contacts(id, conversation, at, name, email, phone, text, consent, delete_after) "
               "VALUES(?,?,?,?,?,?,?,?,?)"),
      survey_(db,
              "INSERT INTO surveys(id, conversation, inquiry, kind, sent_at, answered_at, score, comment) "
              "VALUES(?,?,?,?,?,?,?,?) "
              "ON CONFLICT(id) DO UPDATE SET answered_at=excluded.answered_at, score=excluded.score, "
              "comment=excluded.comment"),
      search_(
          db,
          "INSERT INTO searches(day, locale, words, example, last_at, asked, fruitless, relaxed, followed, "
          "clicked, carted) VALUES(?,?,?,?,?,?,?,?,?,?,?) "
          "ON CONFLICT(day, locale, words) DO UPDATE SET asked=asked+excluded.asked, "
          "fruitless=fruitless+excluded.fruitless, relaxed=relaxed+excluded.relaxed, "
          "followed=followed+excluded.followed, clicked=clicked+excluded.clicked, "
          "carted=carted+excluded.carted, last_at=max(last_at, excluded.last_at), "
          "example=CASE excluded.example WHEN '' THEN example ELSE excluded.example END"),
      search_result_(db,
                     "UPDATE searches SET fruitless=fruitless+?, relaxed=relaxed+?, followed=followed+?, "
                     "clicked=clicked+?, carted=carted+? WHERE day=? AND locale=? AND words=?"),
      trim_searches_(db, "DELETE FROM searches WHERE id<=(SELECT max(id) FROM searches)-?") {}

bool Apply::operator()(const Transition& change) {
    const auto& c = change.conversation;
    if (change.created) {
        bind(insert_conversation_)(c.id)(c.version)(c.created_at)(c.updated_at)(c.site)(c.channel)(c.locale)(
            c.state)(c.agent)(c.team)(c.epoch)(c.seq)(c.note_seq)
            .blob(c.token_hash)(c.data)
            .run();
    } else if (bind(update_conversation_)(c.version)(c.updated_at)(c.site)(c.locale)(c.state)(c.agent)(
                   c.team)(c.epoch)(c.seq)(c.note_seq)(c.data)(c.id)(c.version - 1)
                   .run() == 0) {
        return false;
    }
    for (const auto& m : change.messages)
        bind(message_)(m.conversation)(m.seq)(m.at)(m.role)(m.agent)(m.name)
            .text_or_null(m.client_id)(m.reply_to)(m.text)(m.extra)
            .run();
    for (const auto& n : change.notes)
        bind(note_)(n.conversation)(n.seq)(n.at)(n.agent)(n.name)(n.client_id)(n.text).run();
    for (const auto& e : change.events)
        bind(event_)(e.id)(e.conversation)(e.at)(e.kind)(e.bot_version)(e.body).run();
    for (const auto& i : change.inquiries)
        bind(inquiry_)(i.id)(i.conversation)(i.opened_seq)(i.opened_at)(i.bot_first_at)(i.handoff_at)(
            i.accepted_at)(i.agent_first_at)(i.closed_at)(i.closed_by)(i.resolution)(i.channel)(i.site)(
            i.locale)(i.team)(i.agent)(i.schedule)
            .run();
    for (const auto& h : change.handoffs)
        bind(handoff_)(h.id)(h.conversation)(h.inquiry)(h.requested_at)(h.reason)(h.state)(h.team)(h.agent)(
            h.accepted_at)(h.closed_at)(h.context)
            .run();
    for (const auto& s : change.storefront_events)
        bind(storefront_event_)(s.id)(s.conversation)(s.client_id)(s.at)(s.name)(s.product)(s.amount)(
            s.currency)
            .run();
    for (const auto& t : change.timers) {
        if (t.due_at)
            bind(timer_)(t.conversation)(t.kind)(*t.due_at).run();
        else
            bind(delete_timer_)(t.conversation)(t.kind).run();
    }
    for (const auto& l : change.labels) bind(l.add ? label_ : delete_label_)(c.id)(l.label).run();
    for (const auto& k : change.contacts)
        bind(contact_)(k.id)(k.conversation)(k.at)(k.name)(k.email)(k.phone)(k.text)(k.consent)(
            k.delete_after)
            .run();
    for (const auto& s : change.surveys)
        bind(survey_)(s.id)(s.conversation)(s.inquiry)(s.kind)(s.sent_at)(s.answered_at)(s.score)(s.comment)
            .run();
    for (const auto& s : change.searches) {
        if (s.asked == 0) {
            bind(search_result_)(s.nothing)(s.relaxed)(s.followed)(s.clicked)(s.carted)(s.day)(s.locale)(
                s.words)
                .run();
            continue;
        }
        bind(search_)(s.day)(s.locale)(s.words)(s.example)(s.at)(s.asked)(s.nothing)(s.relaxed)(s.followed)(
            s.clicked)(s.carted)
            .run();
        bind(trim_searches_)(most_searches).run();
    }
    return true;
}

}  // namespace maru::store
