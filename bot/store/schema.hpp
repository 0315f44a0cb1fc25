// The database's shape: numbered migrations, each in a transaction of its own.
#pragma once

#include <SQLiteCpp/Database.h>

namespace maru::store {

// Opens a connection with the settings every connection of Maru has: busy timeout, foreign keys, WAL with
// synchronous=FULL (a commit is on the disk when it returns).
[[nodiscard]] SQLite::Database open_database(const std::string& file, bool read_only);

// Brings the database to this binary's version. Throws std::runtime_error when it is newer than that.
void migrate(SQLite::Database& db);

}  // namespace maru::store
