#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <mutex>
#include <stdexcept>

#include "bot/store/backup.hpp"
#include "bot/store/folder_lock.hpp"
#include "bot/store/reports.hpp"
#include "bot/store/schema.hpp"
#include "bot/store/store.hpp"
#include "bot/store/writer.hpp"

namespace maru::store {
namespace {

namespace fs = std::filesystem;

std::string blob(const SQLite::Column& column) {
    return {static_cast<const char*>(column.getBlob()), static_cast<std::size_t>(column.getBytes())};
}

constexpr auto conversation_columns =
    "c.id, c.version, c.created_at, c.updated_at, c.site, c.channel, c.locale, c.state, c.agent, c.team, "
    "c.epoch, c.seq, c.note_seq, "
    "c.token_hash, c.data";

ConversationRow conversation_row(SQLite::Statement& q) {
    ConversationRow row;
    row.id = q.getColumn(0).getInt64();
    row.version = q.getColumn(1).getInt64();
    row.created_at = from_millis(q.getColumn(2).getInt64());
    row.updated_at = from_millis(q.getColumn(3).getInt64());
    row.site = q.getColumn(4).getString();
    row.channel = q.getColumn(5).getString();
    row.locale = q.getColumn(6).getString();
    row.state = q.getColumn(7).getString();
    row.agent = q.getColumn(8).getInt64();
    row.team = q.getColumn(9).getString();
    row.epoch = q.getColumn(10).getInt64();
    row.seq = q.getColumn(11).getInt64();
    row.note_seq = q.getColumn(12).getInt64();
    row.token_hash = blob(q.getColumn(13));
    row.data = q.getColumn(14).getString();
    return row;
}

constexpr auto message_columns =
    "conversation, seq, at, role, agent, name, ifnull(client_id, ''), reply_to, text, extra";

MessageRow message_row(SQLite::Statement& q) {
    return {q.getColumn(0).getInt64(),  q.getColumn(1).getInt64(), from_millis(q.getColumn(2).getInt64()),
            q.getColumn(3).getString(), q.getColumn(4).getInt64(), q.getColumn(5).getString(),
            q.getColumn(6).getString(), q.getColumn(7).getInt64(), q.getColumn(8).getString(),
            q.getColumn(9).getString()};
}

constexpr auto staff_columns = "s.id, s.name, s.role, s.team, s.password_hash, s.must_change";

StaffRow staff_row(SQLite::Statement& q) {
    return {q.getColumn(0).getInt64(),  q.getColumn(1).getString(), q.getColumn(2).getString(),
            q.getColumn(3).getString(), q.getColumn(4).getString(), q.getColumn(5).getInt() != 0};
}

void bind_blob(SQLite::Statement& statement, int at, std::string_view bytes) {
    statement.bind(at, static_cast<const void*>(bytes.data()), static_cast<int>(bytes.size()));
}

// A reading connection with the statements of the hot reads.
struct Reader {
    explicit Reader(const std::string& file)
        : db(open_database(file, true)),
          load(db, fmt::format("SELECT {} FROM conversations c WHERE c.id=?", conversation_columns)),
          messages(db, fmt::format("SELECT {} FROM messages WHERE conversation=? AND seq>? AND seq<=? ORDER "
                                   "BY seq DESC LIMIT ?",
                                   message_columns)),
          message_id(
              db, "SELECT seq, at FROM messages WHERE conversation=? AND client_id=? AND agent=? AND role=?"),
          note_id(db, "SELECT seq, at FROM notes WHERE conversation=? AND client_id=? AND agent=?"),
          event_id(db, "SELECT 0, at FROM storefront_events WHERE conversation=? AND client_id=?") {}
    SQLite::Database db;
    SQLite::Statement load, messages, message_id, note_id, event_id;
};

// Resets a statement when its use ends, so that it holds no read transaction open.
class Use {
  public:
    explicit Use(SQLite::Statement& statement) : statement_(statement) {}
    ~Use() { statement_.tryReset(); }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    SQLite::Statement* operator->() { return &statement_; }
    SQLite::Statement& operator*() { return statement_; }

  private:
    SQLite::Statement& statement_;
};

class SqliteStore final : public Store {
  public:
    SqliteStore(const SqliteOptions& options, const Clock& clock, IdSource& ids, Dispatch dispatch)
        : clock_(clock), ids_(ids), file_((fs::path(options.directory) / "maru.db").string()) {
        std::error_code error;
        fs::create_directories(options.directory, error);
        if (error)
            throw std::runtime_error(
                fmt::format("{}: cannot be created ({})", options.directory, error.message()));
        ::chmod(options.directory.c_str(), 0700);
        if (options.exclusive) lock_ = std::make_unique<FolderLock>(options.directory);
        {
            auto db = open_database(file_, false);
            migrate(db);
        }
        writer_ = std::make_unique<Writer>(file_, options, std::move(dispatch));
    }
    ~SqliteStore() override { writer_->close(); }

    bool submit(Transition transition, std::size_t shard, std::unique_ptr<Waiter>& waiter) override {
        return writer_->submit(std::move(transition), shard, waiter);
    }

    std::optional<ConversationRow> load(Id conversation) override {
        const auto reader = lease();
        Use q(reader->load);
        q->bind(1, conversation);
        if (!q->executeStep()) return std::nullopt;
        return conversation_row(*q);
    }

    std::vector<MessageRow> messages(Id conversation, std::int64_t after, std::int64_t upto,
                                     std::uint32_t limit) override {
        const auto reader = lease();
        Use q(reader->messages);
        q->bind(1, conversation);
        q->bind(2, after);
        q->bind(3, upto);
        q->bind(4, limit);
        std::vector<MessageRow> rows;
        while (q->executeStep()) rows.push_back(message_row(*q));
        std::reverse(rows.begin(), rows.end());
        return rows;
    }

    std::vector<ClientId> client_ids(Id conversation, std::uint32_t limit) override {
        const auto reader = lease();
        SQLite::Statement q(
            reader->db,
            "SELECT role, agent, client_id, seq, at FROM messages WHERE conversation=?1 AND client_id IS NOT "
            "NULL "
            "UNION ALL SELECT 'note', agent, client_id, seq, at FROM notes WHERE conversation=?1 "
            "UNION ALL SELECT 'event', 0, client_id, 0, at FROM storefront_events WHERE conversation=?1 "
            "LIMIT ?2");
        q.bind(1, conversation);
        q.bind(2, limit);
        std::vector<ClientId> rows;
        while (q.executeStep())
            rows.push_back({q.getColumn(0).getString(), q.getColumn(1).getInt64(), q.getColumn(2).getString(),
                            q.getColumn(3).getInt64(), from_millis(q.getColumn(4).getInt64())});
        return rows;
    }

    std::optional<ClientId> find_client_id(Id conversation, std::string_view kind, Id agent,
                                           std::string_view client_id) override {
        const auto reader = lease();
        Use q(kind == "note" ? reader->note_id : kind == "event" ? reader->event_id : reader->message_id);
        q->bind(1, conversation);
        q->bind(2, std::string(client_id));
        if (kind != "event") q->bind(3, agent);
        if (kind != "event" && kind != "note") q->bind(4, std::string(kind));
        if (!q->executeStep()) return std::nullopt;
        return ClientId{std::string(kind), agent, std::string(client_id), q->getColumn(0).getInt64(),
                        from_millis(q->getColumn(1).getInt64())};
    }

    std::vector<NoteRow> notes(Id conversation) override {
        const auto reader = lease();
        SQLite::Statement q(reader->db,
                            "SELECT conversation, seq, at, agent, name, client_id, text FROM notes WHERE "
                            "conversation=? ORDER BY seq");
        q.bind(1, conversation);
        std::vector<NoteRow> rows;
        while (q.executeStep())
            rows.push_back({q.getColumn(0).getInt64(), q.getColumn(1).getInt64(),
                            from_millis(q.getColumn(2).getInt64()), q.getColumn(3).getInt64(),
                            q.getColumn(4).getString(), q.getColumn(5).getString(),
                            q.getColumn(6).getString()});
        return rows;
    }

    std::vector<std::string> labels(Id conversation) override {
        const auto reader = lease();
        SQLite::Statement q(reader->db, "SELECT label FROM labels WHERE conversation=? ORDER BY label");
        q.bind(1, conversation);
        std::vector<std::string> rows;
        while (q.executeStep()) rows.push_back(q.getColumn(0).getString());
        return rows;
    }

    std::vector<EventRow> events(Id conversation) override {
        const auto reader = lease();
        SQLite::Statement q(reader->db,
                            "SELECT id, conversation, at, kind, bot_version, body FROM events WHERE "
                            "conversation=? ORDER BY id");
        q.bind(1, conversation);
        std::vector<EventRow> rows;
        while (q.executeStep())
            rows.push_back({q.getColumn(0).getInt64(), q.getColumn(1).getInt64(),
                            from_millis(q.getColumn(2).getInt64()), q.getColumn(3).getString(),
                            q.getColumn(4).getString(), q.getColumn(5).getString()});
        return rows;
    }

    std::vector<TimerRow> timers() override {
        const auto reader = lease();
        SQLite::Statement q(reader->db, "SELECT conversation, kind, due_at FROM timers ORDER BY due_at");
        std::vector<TimerRow> rows;
        while (q.executeStep())
            rows.push_back({q.getColumn(0).getInt64(), q.getColumn(1).getString(),
                            from_millis(q.getColumn(2).getInt64())});
        return rows;
    }

    std::vector<OpenHandoff> open_handoffs() override {
        const auto reader = lease();
        SQLite::Statement q(
            reader->db,
            fmt::format(
                "SELECT {}, h.id, h.conversation, h.inquiry, h.requested_at, h.reason, h.state, h.team, "
                "h.agent, h.accepted_at, h.closed_at, h.context FROM handoffs h "
                "JOIN conversations c ON c.id=h.conversation WHERE h.closed_at IS NULL ORDER BY "
                "h.requested_at",
                conversation_columns));
        std::vector<OpenHandoff> rows;
        while (q.executeStep()) {
            HandoffRow h;
            h.id = q.getColumn(15).getInt64();
            h.conversation = q.getColumn(16).getInt64();
            h.inquiry = q.getColumn(17).getInt64();
            h.requested_at = from_millis(q.getColumn(18).getInt64());
            h.reason = q.getColumn(19).getString();
            h.state = q.getColumn(20).getString();
            h.team = q.getColumn(21).getString();
            h.agent = q.getColumn(22).getInt64();
            h.accepted_at = time_or_none(q.getColumn(23));
            h.closed_at = time_or_none(q.getColumn(24));
            h.context = q.getColumn(25).getString();
            rows.push_back({conversation_row(q), std::move(h)});
        }
        return rows;
    }

    std::vector<ConversationRow> conversations(const ConversationFilter& f) override {
        const auto reader = lease();
        std::string where = "c.id < :before";
        if (!f.status.empty()) where += " AND c.state = :status";
        if (!f.channel.empty()) where += " AND c.channel = :channel";
        if (f.agent != 0)
            where +=
                " AND (c.agent = :agent OR EXISTS(SELECT 1 FROM handoffs h WHERE h.conversation=c.id AND "
                "h.agent=:agent) OR EXISTS(SELECT 1 FROM messages m WHERE m.conversation=c.id AND "
                "m.agent=:agent))";
        if (f.from) where += " AND c.updated_at >= :from";
        if (f.to) where += " AND c.created_at < :to";
        if (!f.label.empty())
            where += " AND EXISTS(SELECT 1 FROM labels l WHERE l.conversation=c.id AND l.label=:label)";
        if (!f.text.empty())
            where +=
                " AND EXISTS(SELECT 1 FROM messages m WHERE m.conversation=c.id AND instr(lower(m.text), "
                "lower(:text)) > 0)";
        SQLite::Statement q(
            reader->db, fmt::format("SELECT {} FROM conversations c WHERE {} ORDER BY c.id DESC LIMIT :limit",
                                    conversation_columns, where));
        q.bind(":before", f.before > 0 ? f.before : std::numeric_limits<std::int64_t>::max());
        if (!f.status.empty()) q.bind(":status", f.status);
        if (!f.channel.empty()) q.bind(":channel", f.channel);
        if (f.agent != 0) q.bind(":agent", f.agent);
        if (f.from) q.bind(":from", to_millis(*f.from));
        if (f.to) q.bind(":to", to_millis(*f.to));
        if (!f.label.empty()) q.bind(":label", f.label);
        if (!f.text.empty()) q.bind(":text", f.text);
        q.bind(":limit", f.limit);
        std::vector<ConversationRow> rows;
        while (q.executeStep()) rows.push_back(conversation_row(q));
        return rows;
    }

    // ---- reports

    std::vector<InquiryRow> inquiries(Time from, Time to) override {
        const auto reader = lease();
        return read_inquiries(reader->db, from, to);
    }

    SearchLedger searches(const SearchFilter& filter) override {
        const auto reader = lease();
        return read_searches(reader->db, filter);
    }

    std::size_t forget_searches(Time before) override {
        std::size_t gone = 0;
        writer_->run([&](SQLite::Database& db) {
            SQLite::Statement q(db, "DELETE FROM searches WHERE day<?");
            q.bind(1, day_of(before));
            gone = static_cast<std::size_t>(q.exec());
        });
        return gone;
    }

    std::vector<BasketRow> baskets(Time from, std::uint32_t limit) override {
        const auto reader = lease();
        return read_baskets(reader->db, from, limit);
    }

    // ---- staff

    std::vector<StaffRow> staff() override {
        const auto reader = lease();
        SQLite::Statement q(reader->db, fmt::format("SELECT {} FROM staff s ORDER BY s.name", staff_columns));
        std::vector<StaffRow> rows;
        while (q.executeStep()) rows.push_back(staff_row(q));
        return rows;
    }

    Id add_staff(const StaffRow& row) override {
        const Id id = ids_.next();
        writer_->run([&](SQLite::Database& db) {
            SQLite::Statement have(db, "SELECT 1 FROM staff WHERE name=?");
            have.bind(1, row.name);
            if (have.executeStep())
                throw std::invalid_argument(fmt::format("a user named \"{}\" exists already", row.name));
            SQLite::Statement q(db,
                                "INSERT INTO staff(id, name, role, team, password_hash, must_change, "
                                "created_at) VALUES(?,?,?,?,?,?,?)");
            q.bind(1, id);
            q.bind(2, row.name);
            q.bind(3, row.role);
            q.bind(4, row.team);
            q.bind(5, row.password_hash);
            q.bind(6, row.must_change_password ? 1 : 0);
            q.bind(7, to_millis(clock_.now()));
            q.exec();
        });
        return id;
    }

    std::optional<StaffRow> staff_by_name(std::string_view name) override {
        const auto reader = lease();
        SQLite::Statement q(reader->db, fmt::format("SELECT {} FROM staff s WHERE s.name=?", staff_columns));
        q.bind(1, std::string(name));
        if (!q.executeStep()) return std::nullopt;
        return staff_row(q);
    }

    std::optional<StaffRow> staff_by_session(std::string_view token_hash, Time now,
                                             Millis lifetime) override {
        std::optional<StaffRow> found;
        Time expires{};
        {
            const auto reader = lease();
            SQLite::Statement q(
                reader->db,
                fmt::format("SELECT {}, n.expires_at FROM sessions n JOIN staff s ON s.id=n.staff "
                            "WHERE n.token_hash=? AND n.expires_at>?",
                            staff_columns));
            bind_blob(q, 1, token_hash);
            q.bind(2, to_millis(now));
            if (!q.executeStep()) return std::nullopt;
            found = staff_row(q);
            expires = from_millis(q.getColumn(6).getInt64());
        }
        if (expires - now < lifetime / 2) {
            writer_->run([&](SQLite::Database& db) {
                SQLite::Statement q(db, "UPDATE sessions SET expires_at=? WHERE token_hash=?");
                q.bind(1, to_millis(now + lifetime));
                bind_blob(q, 2, token_hash);
                q.exec();
            });
        }
        return found;
    }

    void add_session(std::string_view token_hash, Id staff, Time now, Time expires) override {
        writer_->run([&](SQLite::Database& db) {
            SQLite::Statement old(db, "DELETE FROM sessions WHERE expires_at<=?");
            old.bind(1, to_millis(now));
            old.exec();
            SQLite::Statement q(
                db, "INSERT INTO sessions(token_hash, staff, created_at, expires_at) VALUES(?,?,?,?)");
            bind_blob(q, 1, token_hash);
            q.bind(2, staff);
            q.bind(3, to_millis(now));
            q.bind(4, to_millis(expires));
            q.exec();
        });
    }

    void end_session(std::string_view token_hash) override {
        writer_->run([&](SQLite::Database& db) {
            SQLite::Statement q(db, "DELETE FROM sessions WHERE token_hash=?");
            bind_blob(q, 1, token_hash);
            q.exec();
        });
    }

    void set_password(Id staff, std::string_view password_hash, std::string_view keep_session) override {
        writer_->run([&](SQLite::Database& db) {
            SQLite::Statement q(db, "UPDATE staff SET password_hash=?, must_change=0 WHERE id=?");
            q.bind(1, std::string(password_hash));
            q.bind(2, staff);
            q.exec();
            SQLite::Statement others(db, "DELETE FROM sessions WHERE staff=? AND token_hash<>?");
            others.bind(1, staff);
            bind_blob(others, 2, keep_session);
            others.exec();
        });
    }

    // ---- documents, contacts, backup

    void put_document(std::string_view kind, std::string_view hash, std::string_view body) override {
        writer_->run([&](SQLite::Database& db) {
            SQLite::Statement q(
                db, "INSERT OR IGNORE INTO documents(kind, hash, body, created_at) VALUES(?,?,?,?)");
            q.bind(1, std::string(kind));
            q.bind(2, std::string(hash));
            bind_blob(q, 3, body);
            q.bind(4, to_millis(clock_.now()));
            q.exec();
        });
    }

    std::optional<std::string> document(std::string_view kind, std::string_view hash) override {
        const auto reader = lease();
        SQLite::Statement q(reader->db, "SELECT body FROM documents WHERE kind=? AND hash=?");
        q.bind(1, std::string(kind));
        q.bind(2, std::string(hash));
        if (!q.executeStep()) return std::nullopt;
        return blob(q.getColumn(0));
    }

    std::size_t forget_contacts(Time now) override {
        std::size_t gone = 0;
        writer_->run([&](SQLite::Database& db) {
            SQLite::Statement q(db, "DELETE FROM contacts WHERE delete_after<=?");
            q.bind(1, to_millis(now));
            gone = static_cast<std::size_t>(q.exec());
        });
        return gone;
    }

    void backup(const std::string& file, const std::vector<CarriedFile>& carried) override {
        copy_database(file_, file, carried);
    }

    std::optional<std::vector<CarriedFile>> carried() override {
        const auto reader = lease();
        return carried_in(reader->db);
    }

    void unpacked() override { writer_->run(drop_carried); }

    Health health() const override { return writer_->health(); }
    Counters counters() const override { return writer_->counters(); }
    void close() override { writer_->close(); }

  private:
    // Reading connections are kept for the next reader; there are never more than readers at the same time.
    std::shared_ptr<Reader> lease() {
        std::unique_ptr<Reader> reader;
        {
            const std::lock_guard lock(readers_mutex_);
            if (!readers_.empty()) {
                reader = std::move(readers_.back());
                readers_.pop_back();
            }
        }
        if (!reader) reader = std::make_unique<Reader>(file_);
        return {reader.release(), [this](Reader* done) {
                    const std::lock_guard lock(readers_mutex_);
                    readers_.emplace_back(done);
                }};
    }

    const Clock& clock_;
    IdSource& ids_;
    const std::string file_;
    std::unique_ptr<FolderLock> lock_;
    std::unique_ptr<Writer> writer_;
    std::mutex readers_mutex_;
    std::vector<std::unique_ptr<Reader>> readers_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite(const SqliteOptions& options, const Clock& clock, IdSource& ids,
                                   Dispatch dispatch) {
    try {
        return std::make_unique<SqliteStore>(options, clock, ids, std::move(dispatch));
    } catch (const SQLite::Exception& e) {
        throw std::runtime_error(fmt::format("{}/maru.db: {}", options.directory, e.what()));
    }
}

}  // namespace maru::store
