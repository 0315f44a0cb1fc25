#include "bot/store/schema.hpp"

#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace maru::store {
namespace {

constexpr int busy_timeout_ms = 5000;

// Append only: a migration that has been released never changes.
constexpr std::array migrations{
    R"sql(
CREATE TABLE conversations(
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  site TEXT NOT NULL, channel TEXT NOT NULL, locale TEXT NOT NULL, state TEXT NOT NULL, agent INTEGER NOT NULL,
  team TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, note_seq INTEGER NOT NULL,
  token_hash BLOB NOT NULL, data TEXT NOT NULL) STRICT;
CREATE INDEX conversations_state ON conversations(state, id) WHERE state IN ('queued', 'agent');
CREATE TABLE messages(
  id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations(id), seq INTEGER NOT NULL,
  at INTEGER NOT NULL, role TEXT NOT NULL, agent INTEGER NOT NULL, name TEXT NOT NULL, client_id TEXT,
  reply_to INTEGER NOT NULL, text TEXT NOT NULL, extra TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX messages_seq ON messages(conversation, seq);
CREATE UNIQUE INDEX messages_client ON messages(conversation, role, agent, client_id) WHERE client_id IS NOT NULL;
CREATE TABLE notes(
  conversation INTEGER NOT NULL REFERENCES conversations(id), seq INTEGER NOT NULL, at INTEGER NOT NULL,
  agent INTEGER NOT NULL, name TEXT NOT NULL, client_id TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY(conversation, seq), UNIQUE(conversation, agent, client_id)) STRICT, WITHOUT ROWID;
CREATE TABLE events(
  id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations(id), at INTEGER NOT NULL,
  kind TEXT NOT NULL, bot_version TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX events_conversation ON events(conversation);
CREATE TABLE inquiries(
  id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations(id), opened_seq INTEGER NOT NULL,
  opened_at INTEGER NOT NULL, bot_first_at INTEGER, handoff_at INTEGER, accepted_at INTEGER, agent_first_at INTEGER,
  closed_at INTEGER, closed_by TEXT NOT NULL, resolution TEXT NOT NULL, channel TEXT NOT NULL, site TEXT NOT NULL,
  locale TEXT NOT NULL, team TEXT NOT NULL, agent INTEGER NOT NULL, schedule TEXT NOT NULL) STRICT;
CREATE INDEX inquiries_opened ON inquiries(opened_at);
CREATE TABLE handoffs(
  id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations(id), inquiry INTEGER NOT NULL,
  requested_at INTEGER NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL, team TEXT NOT NULL, agent INTEGER NOT NULL,
  accepted_at INTEGER, closed_at INTEGER, context TEXT NOT NULL) STRICT;
CREATE INDEX handoffs_open ON handoffs(requested_at) WHERE closed_at IS NULL;
CREATE TABLE storefront_events(
  id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations(id), client_id TEXT NOT NULL,
  at INTEGER NOT NULL, name TEXT NOT NULL, product TEXT NOT NULL, amount INTEGER, currency TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX storefront_events_client ON storefront_events(conversation, client_id);
CREATE TABLE timers(
  conversation INTEGER NOT NULL REFERENCES conversations(id), kind TEXT NOT NULL, due_at INTEGER NOT NULL,
  PRIMARY KEY(conversation, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE labels(
  conversation INTEGER NOT NULL REFERENCES conversations(id), label TEXT NOT NULL,
  PRIMARY KEY(conversation, label)) STRICT, WITHOUT ROWID;
CREATE INDEX labels_label ON labels(label, conversation);
CREATE TABLE contacts(
  id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations(id), at INTEGER NOT NULL,
  name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL, text TEXT NOT NULL, consent TEXT NOT NULL,
  delete_after INTEGER NOT NULL) STRICT;
CREATE INDEX contacts_delete ON contacts(delete_after);
CREATE TABLE surveys(
  id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations(id), inquiry INTEGER NOT NULL,
  kind TEXT NOT NULL, sent_at INTEGER NOT NULL, answered_at INTEGER, score INTEGER, comment TEXT NOT NULL) STRICT;
CREATE TABLE staff(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL CHECK(role IN ('agent', 'admin')),
  team TEXT NOT NULL, password_hash TEXT NOT NULL, must_change INTEGER NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE TABLE sessions(
  token_hash BLOB PRIMARY KEY, staff INTEGER NOT NULL REFERENCES staff(id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE documents(
  kind TEXT NOT NULL, hash TEXT NOT NULL, body BLOB NOT NULL, created_at INTEGER NOT NULL,
  PRIMARY KEY(kind, hash)) STRICT;
)sql",
    R"sql(
CREATE TABLE searches(
  id INTEGER PRIMARY KEY, day INTEGER NOT NULL, locale TEXT NOT NULL, words TEXT NOT NULL, example TEXT NOT NULL,
  last_at INTEGER NOT NULL, asked INTEGER NOT NULL, fruitless INTEGER NOT NULL, relaxed INTEGER NOT NULL,
  followed INTEGER NOT NULL, clicked INTEGER NOT NULL, carted INTEGER NOT NULL, UNIQUE(day, locale, words)) STRICT;
CREATE INDEX storefront_events_basket ON storefront_events(at)
  WHERE name IN ('add_to_cart', 'remove_from_cart', 'purchase');
)sql",
};

}  // namespace

SQLite::Database open_database(const std::string& file, bool read_only) {
    SQLite::Database db(file,
                        read_only ? SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX
                                  : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX,
                        busy_timeout_ms);
    db.exec("PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;");
    if (!read_only) {
        const auto mode = db.execAndGet("PRAGMA journal_mode=WAL").getString();
        if (mode != "wal")
            throw std::runtime_error(fmt::format(
                "{}: the file system does not allow SQLite's write-ahead log (got {})", file, mode));
        db.exec("PRAGMA synchronous=FULL;");
    }
    return db;
}

void migrate(SQLite::Database& db) {
    SQLite::Transaction lock(db, SQLite::TransactionBehavior::IMMEDIATE);
    const int have = db.execAndGet("PRAGMA user_version").getInt();
    const int want = static_cast<int>(migrations.size());
    if (have > want)
        throw std::runtime_error(
            fmt::format("{}: made by a newer Maru (schema {}, this one knows {}); install that version again "
                        "or restore a backup",
                        db.getFilename(), have, want));
    for (int version = have; version < want; ++version) {
        db.exec(migrations.at(static_cast<std::size_t>(version)));
        db.exec(fmt::format("PRAGMA user_version={}", version + 1));
    }
    lock.commit();
}

}  // namespace maru::store
