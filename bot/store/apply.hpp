// Writes one transition through prepared statements. Belongs to one connection and to the thread that writes
// on it.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "bot/store/rows.hpp"

namespace maru::store {

class Apply {
  public:
    explicit Apply(SQLite::Database& db);

    // Inside a transaction of the caller's. False: the conversation's version has moved on and nothing was
    // written. Throws SQLite::Exception; the caller rolls back.
    [[nodiscard]] bool operator()(const Transition& change);

  private:
    SQLite::Statement insert_conversation_, update_conversation_, message_, note_, event_, inquiry_, handoff_,
        storefront_event_, timer_, delete_timer_, label_, delete_label_, contact_, survey_, search_,
        search_result_, trim_searches_;
};

}  // namespace maru::store
