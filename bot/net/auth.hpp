// Who of the staff is asking: log-in, sessions, passwords.
//
// Passwords are argon2id hashes (libsodium's PHC strings); a session is a random 256-bit token in a cookie,
// kept hashed. Whether a name exists cannot be told from the outside: an unknown one costs the same hash and
// gets the same answer and the same delays.
//
// Threads: all functions may be called from several threads at once and block (hashing takes some 50 ms and
// 64 MB, and the store is asked): never on an io_context's thread. The store and the clock outlive it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bot/base/time.hpp"
#include "bot/net/http.hpp"
#include "bot/net/limits.hpp"
#include "bot/net/router.hpp"
#include "bot/store/staff.hpp"

namespace maru::net {

struct AuthOptions {
    std::string public_url;                            // https: the cookie is marked Secure
    Millis session_lifetime = std::chrono::hours(12);  // without a request; each one slides it
    std::size_t shortest_password = 8;                 // code points
    std::size_t longest_password = 1000;               // bytes; more would only buy hashing time

    // After `free_failures` wrong passwords in a row, each further one doubles the wait, from one second up
    // to the cap. Attempts in between are answered 429 without a look at the password. The wait of a name is
    // short, because anybody can cause it; that of an address may be long.
    unsigned free_failures = 4;
    Millis longest_wait_of_name = std::chrono::seconds(30);
    Millis longest_wait_of_address = std::chrono::minutes(15);
    std::size_t remembered = 50'000;  // names and addresses with failures; forgotten when their wait is over
    bool waits = true;                // false (`limits.rate=off`): failures have no consequence
};

class Auth {
  public:
    Auth(store::StaffStore& store, const Clock& clock, AuthOptions options = {});
    ~Auth();
    Auth(const Auth&) = delete;
    Auth& operator=(const Auth&) = delete;

    // POST /api/v1/login {user, password}, POST /api/v1/logout, GET /api/v1/me, POST /api/v1/password {old,
    // new}
    void add_routes(Router& router);

    // Who the request's cookie belongs to; nullopt: nobody, or not any more.
    [[nodiscard]] std::optional<Staff> who(const Request& request);
    // The same for a session already known by its token's hash.
    [[nodiscard]] std::optional<Staff> who_of_session(const std::string& session);

    struct Ended {
        Id staff = 0;
        std::string session;  // the one that ended, or with `others` the only one that stays
        bool others = false;
    };
    // Told when sessions end, so that their sockets can be closed. One listener; set it before requests come.
    void on_ended(std::function<void(const Ended&)> listener);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// For the command line. nullopt: not enough memory for the hash.
[[nodiscard]] std::optional<std::string> hash_password(std::string_view password);
// 16 characters that are easy to read out and type (78 random bits).
[[nodiscard]] std::string new_one_time_password();

}  // namespace maru::net
