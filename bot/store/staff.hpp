// Agents, admins and their sessions, as login needs them. Implemented by the store.
//
// Threads: every function may be called from any thread and blocks for a short transaction; never call it
// from an io_context's thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/base/id.hpp"
#include "bot/base/time.hpp"

namespace maru::store {

struct StaffRow {
    Id id = 0;
    std::string name;
    std::string role;           // agent | admin
    std::string team;           // empty: none
    std::string password_hash;  // argon2id, PHC string
    bool must_change_password = false;
};

class StaffStore {
  public:
    virtual ~StaffStore() = default;
    [[nodiscard]] virtual std::optional<StaffRow> staff_by_name(std::string_view name) = 0;
    // The owner of a session that has not expired at `now`. Slides its expiry to `now + lifetime` when less
    // than half of it is left.
    [[nodiscard]] virtual std::optional<StaffRow> staff_by_session(std::string_view token_hash, Time now,
                                                                   Millis lifetime) = 0;
    virtual void add_session(std::string_view token_hash, Id staff, Time now, Time expires) = 0;
    virtual void end_session(std::string_view token_hash) = 0;
    // Sets a new hash, clears must_change_password and ends every session of the user but `keep`.
    virtual void set_password(Id staff, std::string_view password_hash, std::string_view keep_session) = 0;
};

}  // namespace maru::store
