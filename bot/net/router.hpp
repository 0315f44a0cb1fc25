// Which handler answers which path, who may call it and how much it may be sent.
//
// Build it before the server starts; from then on it is immutable and thread-safe. Handlers run on worker
// threads, several at once (they may block on the store), or on the socket's own thread when marked
// `in_place`: then they must neither block nor take longer than some tens of microseconds. A handler that
// throws is answered 500, with the exception on the log.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/net/http.hpp"

namespace maru::net {

enum class Access : std::uint8_t {
    open,   // anybody
    agent,  // anybody of the staff, logged in and with a password of their own
    admin,  // an admin, likewise
    staff,  // anybody logged in, also while a one-time password waits to be changed
};

using Handler = std::function<Response(const Request&)>;

struct Route {
    Method method = Method::get;
    std::string pattern;  // "/api/v1/conversations/{id}", "/media/{path*}" (the rest, slashes and all)
    Access access = Access::admin;
    Handler handler;
    bool in_place = false;       // only with Access::open
    std::size_t body_bytes = 0;  // 0: Limits::body_bytes
    // State-changing calls need `Origin` (when sent) to be the host's own, and application/json. False only
    // where neither can harm.
    bool guarded = true;
    // Bodies of another type than application/json that are let in, such as "text/csv".
    std::vector<std::string> types;
};

class Router {
  public:
    // Throws std::invalid_argument for a pattern that is none, or two routes for the same.
    void add(Route route);

    void get(std::string pattern, Access access, Handler handler);
    void post(std::string pattern, Access access, Handler handler);
    void put(std::string pattern, Access access, Handler handler);

    // Answers GETs that no route matches (the pages). Its handler may answer 404.
    void otherwise(Handler handler) { otherwise_.handler = std::move(handler); }

    struct Match {
        const Route* route = nullptr;  // null: see `allow`
        std::vector<std::pair<std::string, std::string>> parameters;
        std::string allow;  // methods the path has, when not this one; empty: there is no such path
    };
    [[nodiscard]] Match find(Method method, std::string_view path) const;

  private:
    struct Entry {
        Route route;
        std::vector<std::string> segments;
        bool rest = false;
    };
    std::vector<Entry> entries_;
    Route otherwise_{Method::get, "", Access::open, nullptr, true, 0, false, {}};
};

}  // namespace maru::net
