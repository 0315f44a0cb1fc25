#include "bot/net/auth.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <semaphore>
#include <stdexcept>

#include "bot/net/delays.hpp"

namespace maru::net {
namespace {

constexpr std::string_view cookie_name = "maru_session";
// Hashes computed at one time; each takes 64 MB.
constexpr std::ptrdiff_t hashes_at_once = 2;

void need_sodium() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium found no source of randomness");
}

bool verify(const std::string& hash, std::string_view password) {
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Staff staff_of(const store::StaffRow& row, std::string session) {
    return {row.id, row.name, row.role, row.team, row.must_change_password, std::move(session)};
}

nlohmann::json json_of(const Staff& staff) {
    nlohmann::json result{{"id", maru::to_text(staff.id)},
                          {"name", staff.name},
                          {"role", staff.role},
                          {"must_change_password", staff.must_change_password}};
    if (!staff.team.empty()) result["team"] = staff.team;
    return result;
}

// A string member of the body; nullopt: missing or of another type.
std::optional<std::string> member(const nlohmann::json& body, const char* name) {
    if (!body.is_object()) return std::nullopt;
    const auto found = body.find(name);
    if (found == body.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
}

Response wait_first(Millis wait) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    return problem(429, "too-many-attempts",
                   "too many wrong passwords; try again in " + std::to_string(seconds) + " s")
        .with("Retry-After", std::to_string(seconds));
}

}  // namespace

struct Auth::State {
    State(store::StaffStore& s, const Clock& c, AuthOptions o)
        : store(s),
          clock(c),
          options(std::move(o)),
          secure(options.public_url.substr(0, 8) == "https://"),
          names(options.free_failures, options.longest_wait_of_name, options.remembered),
          addresses(options.free_failures * 3, options.longest_wait_of_address, options.remembered) {
        need_sodium();
        auto hash = hash_password(random_token());
        if (!hash) throw std::runtime_error("not enough memory to hash passwords");
        nobody = std::move(*hash);
    }

    Response login(const Request& request);
    Response logout(const Request& request);
    Response change(const Request& request);
    [[nodiscard]] std::string cookie(std::string_view token, std::chrono::seconds age) const;
    // Zero: go on, and call `checked` with the outcome.
    Millis attempt(const std::string& name, const std::string& address);
    void checked(bool right, const std::string& name, const std::string& address);
    void tell(const Ended& what) const {
        if (listener) listener(what);
    }

    store::StaffStore& store;
    const Clock& clock;
    const AuthOptions options;
    const bool secure;
    Delays names, addresses;
    std::counting_semaphore<hashes_at_once> hashing{hashes_at_once};
    std::string nobody;  // the hash of a password that nobody knows
    std::function<void(const Ended&)> listener;
};

std::string Auth::State::cookie(std::string_view token, std::chrono::seconds age) const {
    std::string value(cookie_name);
    value.append("=").append(token).append("; Path=/; HttpOnly; SameSite=Strict; Max-Age=");
    value.append(std::to_string(age.count()));
    if (secure) value.append("; Secure");
    return value;
}

Millis Auth::State::attempt(const std::string& name, const std::string& address) {
    if (!options.waits) return Millis{0};
    const auto now = clock.now();
    if (const auto wait = addresses.attempt(address, now); wait > Millis{0}) return wait;
    const auto wait = names.attempt(name, now);
    if (wait > Millis{0}) addresses.took_back(address);
    return wait;
}

void Auth::State::checked(bool right, const std::string& name, const std::string& address) {
    if (!right || !options.waits) return;
    names.succeeded(name);
    // Not more: somebody with an account must not be able to guess at others' for ever from one address.
    addresses.took_back(address);
}

Response Auth::State::login(const Request& request) {
    nlohmann::json body;
    if (auto bad = body_json(request, body)) return std::move(*bad);
    const auto user = member(body, "user"), password = member(body, "password");
    if (!user || !password) return problem(400, {}, "send {\"user\": …, \"password\": …}");
    if (user->size() > options.longest_password || password->size() > options.longest_password)
        return problem(401, "wrong-credentials", "the name or the password is wrong");
    if (const auto wait = attempt(*user, request.address); wait > Millis{0}) return wait_first(wait);
    const auto row = store.staff_by_name(*user);
    const std::string& hash = row ? row->password_hash : nobody;
    hashing.acquire();
    const bool right = verify(hash, *password) && row;
    hashing.release();
    checked(right, *user, request.address);
    if (!right) return problem(401, "wrong-credentials", "the name or the password is wrong");
    // A session the browser still had would otherwise live on unseen.
    if (const auto old = request.cookie(cookie_name); !old.empty()) store.end_session(hash_token(old));
    const auto token = random_token();
    auto session = hash_token(token);
    const auto now = clock.now();
    store.add_session(session, row->id, now, now + options.session_lifetime);
    return json(json_of(staff_of(*row, std::move(session))))
        .with("Set-Cookie",
              cookie(token, std::chrono::duration_cast<std::chrono::seconds>(options.session_lifetime)));
}

Response Auth::State::logout(const Request& request) {
    if (const auto token = request.cookie(cookie_name); !token.empty()) {
        const auto session = hash_token(token);
        store.end_session(session);
        tell({0, session, false});
    }
    return no_content().with("Set-Cookie", cookie("", std::chrono::seconds(0)));
}

Response Auth::State::change(const Request& request) {
    nlohmann::json body;
    if (auto bad = body_json(request, body)) return std::move(*bad);
    const auto old = member(body, "old"), fresh = member(body, "new");
    if (!old || !fresh) return problem(400, {}, "send {\"old\": …, \"new\": …}");
    if (old->size() > options.longest_password)
        return problem(403, "wrong-password", "the old password is wrong");
    if (code_points(*fresh) < options.shortest_password || fresh->size() > options.longest_password) {
        return problem(
            422, "password-unfit",
            "the new password needs " + std::to_string(options.shortest_password) + " characters or more");
    }
    if (*old == *fresh)
        return problem(422, "password-unfit", "the new password must differ from the old one");
    const Staff& staff = *request.staff;
    if (const auto wait = attempt(staff.name, request.address); wait > Millis{0}) return wait_first(wait);
    const auto row = store.staff_by_name(staff.name);
    hashing.acquire();
    const bool right = row && verify(row->password_hash, *old);
    const auto hash = right ? hash_password(*fresh) : std::nullopt;
    hashing.release();
    checked(right, staff.name, request.address);
    if (!right) return problem(403, "wrong-password", "the old password is wrong");
    if (!hash) return problem(503, {}, "not enough memory to hash the password");
    store.set_password(staff.id, *hash, staff.session);
    tell({staff.id, staff.session, true});
    return no_content();
}

Auth::Auth(store::StaffStore& store, const Clock& clock, AuthOptions options)
    : state_(std::make_unique<State>(store, clock, std::move(options))) {}
Auth::~Auth() = default;

void Auth::add_routes(Router& router) {
    State* const state = state_.get();
    router.post("/api/v1/login", Access::open, [state](const Request& r) { return state->login(r); });
    router.post("/api/v1/logout", Access::open, [state](const Request& r) { return state->logout(r); });
    router.get("/api/v1/me", Access::staff, [](const Request& r) { return json(json_of(*r.staff)); });
    router.post("/api/v1/password", Access::staff, [state](const Request& r) { return state->change(r); });
}

std::optional<Staff> Auth::who(const Request& request) {
    const auto token = request.cookie(cookie_name);
    if (token.empty()) return std::nullopt;
    return who_of_session(hash_token(token));
}

std::optional<Staff> Auth::who_of_session(const std::string& session) {
    const auto row =
        state_->store.staff_by_session(session, state_->clock.now(), state_->options.session_lifetime);
    if (!row) return std::nullopt;
    return staff_of(*row, session);
}

void Auth::on_ended(std::function<void(const Ended&)> listener) {
    state_->listener = std::move(listener);
}

std::optional<std::string> hash_password(std::string_view password) {
    need_sodium();
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return std::nullopt;
    return std::string(hash.data());
}

std::string new_one_time_password() {
    need_sodium();
    // Without 0, 1, i, l, o and u: nothing to mistake when it is read out.
    constexpr std::string_view letters = "23456789abcdefghjkmnpqrstvwxyz";
    std::string result;
    for (int i = 0; i < 16; ++i)
        result += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
    return result;
}

}  // namespace maru::net
