// A copy of the database while it is written to. What else belongs to an installation (imported goods)
// travels in a table of the copy, and is unpacked where it is served next. Internal to bot/store. Errors
// throw SQLite::Exception or std::runtime_error; any thread that has its own connection.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <string>
#include <vector>

#include "bot/store/store.hpp"

namespace maru::store {

// Copies `database` as of now to `file`, which must not exist; nothing is left of a copy that failed.
void copy_database(const std::string& database, const std::string& file,
                   const std::vector<CarriedFile>& carried);

// What a copy carries; nullopt: it is no copy, or was unpacked before.
[[nodiscard]] std::optional<std::vector<CarriedFile>> carried_in(SQLite::Database& db);
void drop_carried(SQLite::Database& db);

}  // namespace maru::store
