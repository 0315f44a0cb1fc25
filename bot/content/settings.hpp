// Everything bot.yaml says, with its defaults: each setting is declared here once, with type, unit and
// effect, and read in settings.cpp. `--set KEY=VALUE` overrides any of them by its dotted name.
//
// Plain values, immutable once loaded.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "bot/base/time.hpp"
#include "bot/insights/hours.hpp"
#include "bot/net/limits.hpp"
#include "flows/content/common.hpp"
#include "flows/text.hpp"

namespace maru {

// A web site that may embed the widget. Origins are compared exactly; "self" is the server's own.
struct Site {
    std::string id;
    std::vector<std::string> origins;
    std::string identity_secret;  // signs the page's `identify`: hex of HMAC-SHA256 over the visitor's id;
                                  // empty: not verified
};

struct ReadinessSettings {
    double threshold = 1.0;         // score from which the bot offers a colleague
    Millis half_life{15 * 60'000};  // a signal counts half after this time
    // Weight per signal's name; `content/settings.cpp` holds the defaults.
    std::map<std::string, double, std::less<>> weights;
};

struct HandoffSettings {
    Millis requeue_after{120'000};   // an owner without a connection loses the conversation to the queue
    Millis sla{120'000};             // target from request to pick-up; `sla_due` of the queue
    int bot_failed_after = 2;        // fallbacks in a row before a person is called
    double upset_at = 0.6;           // anger (0 … 1) from which a person is called
    std::vector<std::string> teams;  // besides those that agents are in
    bool survey = true;              // ask for satisfaction (CSAT) after an agent closes
};

struct ContactSettings {
    Millis retain{Millis{180LL * 24 * 3600 * 1000}};  // a contact left for a call-back is deleted after this
};

struct SearchSettings {
    Millis retain{Millis{90LL * 24 * 3600 * 1000}};  // the ledger of what was looked for forgets after this
};

struct RecommendSettings {
    bool after_cart = true;  // say once an inquiry what goes with a thing that was put in the cart
    Millis window{Millis{180LL * 24 * 3600 * 1000}};  // baskets of this long tell what is bought together
    Millis refresh{10 * 60'000};                      // … and are counted anew this often
};

// What the bot says by itself. Every text has a default in both languages; an admin overrides the ones that
// matter.
struct Phrases {
    std::map<std::string, flows::LocalText, std::less<>> all;
    [[nodiscard]] std::string_view operator()(std::string_view key, std::string_view locale,
                                              std::size_t seed = 0) const;
};

// What an order's delivery costs, in minor units of the shop's currency; below 0: not said.
struct DeliverySettings {
    std::int64_t fee = -1;
    std::int64_t free_from = -1;  // an order of this and more is delivered free
};

struct Settings {
    flows::LocalText name;
    std::string avatar;
    std::vector<std::string> locales{"ko", "en"};
    std::string currency = "KRW";
    std::map<std::string, double, std::less<>> rates;  // major units of `currency` for one of another
    DeliverySettings delivery;
    std::string order_number;  // RE2 pattern
    std::vector<Site> sites;
    std::vector<flows::QuickReply> greeting_replies, fallback_replies;
    Phrases phrases;
    insights::Hours hours;
    ReadinessSettings readiness;
    HandoffSettings handoff;
    ContactSettings contact;
    SearchSettings searches;
    RecommendSettings recommend;
    net::Limits limits;                // each documented in bot/net/limits.hpp
    Millis inquiry_idle{30 * 60'000};  // an inquiry the bot owns closes after this without a message
    Millis idle_timeout{300'000};      // of sockets: closed when the peer answers no ping for this long
    std::vector<std::string> trusted_proxies;  // CIDR blocks whose Forwarded/X-Forwarded-For is believed
    std::string public_url;                    // https://…: cookies become Secure
    double intent_threshold = -1;              // confidence; below 0: found by cross-validation
    bool explain = false;                      // messages carry why the bot said them
    std::string log_level = "info";
    std::string test_clock;  // a file with milliseconds since 1970 instead of the system's clock: for tests
};

// One `--set`.
struct Override {
    std::string key, value;
};

// Reads bot.yaml. Problems (also of overrides, as file "--set KEY") are reported; the result is usable for
// further checking either way.
[[nodiscard]] Settings read_settings(std::string_view yaml, const std::vector<Override>& overrides,
                                     flows::Problems& problems);

}  // namespace maru
