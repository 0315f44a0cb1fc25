// What reports count, read from any connection to the database. Private to this folder.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <vector>

#include "bot/store/store.hpp"

namespace maru::store {

// A column in milliseconds since 1970; nothing where it is NULL.
[[nodiscard]] std::optional<Time> time_or_none(const SQLite::Column& column);

// Each as the Store's function of that name documents. Throw SQLite::Exception.
[[nodiscard]] std::vector<InquiryRow> read_inquiries(SQLite::Database& db, Time from, Time to);
[[nodiscard]] SearchLedger read_searches(SQLite::Database& db, const SearchFilter& f);
[[nodiscard]] std::vector<BasketRow> read_baskets(SQLite::Database& db, Time from, std::uint32_t limit);

}  // namespace maru::store
