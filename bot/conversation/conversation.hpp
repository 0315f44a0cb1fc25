// A conversation as the turn sees it: a value. What other parts query stands in the row's columns, the rest
// in `data`, kept as JSON in the store.
//
// Threads: a plain value; its actor owns the living one.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bot/store/rows.hpp"

namespace maru {

struct QuickReply {
    std::string label;
    std::string choice;
    bool operator==(const QuickReply&) const = default;
};

// One sign that the visitor is getting ready to buy.
struct Signal {
    std::string name;  // says_so, asks_price, product_click, add_to_cart …
    Time at{};
    double weight = 0;   // as configured when it was seen
    std::string detail;  // product id or words
};

struct Visitor {
    std::string id, name, email;  // as the page's identify said
    bool verified = false;        // its HMAC was right
    std::string page_url, page_title;
};

// A search that the ledger counted, for as long as somebody may take something of what it showed.
struct NotedSearch {
    std::int64_t day = 0;  // with locale and words: the ledger's row
    std::string locale, words;
    std::vector<std::string> shown;  // product ids
    bool relaxed = false, followed = false, clicked = false, carted = false;
};

// What the bot has in mind.
struct Dialogue {
    nlohmann::json flow;                // the running flow's state; null: none
    std::string pinned;                 // the bot version it runs in
    int asides = 0;                     // answers to other questions since the flow's own was last put
    nlohmann::json query;               // the last product search, for refinements; null: none
    std::vector<std::string> shown;     // product ids on the last cards, in order
    std::vector<std::string> seen;      // … and on earlier ones, newest last; bounded
    std::vector<std::string> compared;  // … that stood side by side last
    std::string focus;                  // the product spoken of
    std::string ordered;                // … of the order that was looked up last
    std::string asked;                  // what was asked of it in the turn before; empty: nothing
    std::string beside;                 // what is shown goes with this product; empty: it was searched for
    std::string awaiting;  // what the bot's last question was about: handoff_offer | contact | clarify | …
    std::vector<QuickReply> choices;    // offered with the last bot message
    std::string offer_reason;           // of an offered colleague: ready | bot_failed
    int missed = 0;                     // fallbacks in a row
    bool contact_left = false;          // a way to call back, for the open handoff
    bool offered = false;               // a colleague has been offered in this inquiry
    bool suggested = false;             // what goes with the cart has been said in this inquiry
    std::vector<std::string> topics;    // what was talked about, newest last; for the summary
    nlohmann::json slots;               // known facts (order number, size …)
    std::vector<NotedSearch> searches;  // the last few, newest last
};

// What this visitor's doings say of their taste; the newest last. Ids of products.
struct Taste {
    std::vector<std::string> viewed, rejected, cart;
};

struct OpenSurvey {
    Id id = 0;
    std::string kind;
};

struct Conversation {
    store::ConversationRow row;  // `row.data` is only filled for the store
    Time last_at{};              // of the last event; never runs backwards
    std::int64_t visitor_messages = 0;
    std::int64_t visitor_seq = 0;  // the last message a visitor wrote
    std::int64_t visitor_read = 0, agent_read = 0;
    std::string agent_name;  // while an agent owns it
    Visitor visitor;
    Dialogue dialogue;
    Taste taste;
    std::vector<Signal> signals;
    std::optional<store::InquiryRow> inquiry;  // the open one
    std::optional<store::HandoffRow> handoff;  // the open one
    // Inquiries that closed by inactivity while the open handoff waited for somebody to come.
    std::vector<store::InquiryRow> unanswered;
    std::optional<OpenSurvey> survey;
};

[[nodiscard]] std::string to_data(const Conversation& conversation);

// Throws std::runtime_error when `row.data` is not what to_data wrote.
[[nodiscard]] Conversation from_row(store::ConversationRow row);

}  // namespace maru
