// What the bot answers to a visitor's message: the policy. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/content/bot.hpp"
#include "bot/conversation/event.hpp"

namespace maru {

// What a reply says about the shop's search: for the ledger of what is asked and not found.
struct Searched {
    std::string words;  // what was looked for, in the visitor's language, without prices and other conditions
    bool nothing = false;  // none of it is sold here
    bool relaxed = false;  // what is shown misses a condition
    std::vector<std::string> shown;
};

struct Reply {
    std::string text;
    std::vector<QuickReply> quick_replies;
    std::string products;      // JSON array of product cards; empty: none
    std::string source;        // faq:ID | flow:ID | catalog | clarify | fallback | greeting | handoff | …
    bool substantive = false;  // counts as a first response
    // {"rows": [{"name", "values": [one a product, "" where nothing is known], "differs"}]}; empty: none. The
    // text says the same to clients that show no tables.
    std::string comparison{};
    std::optional<Searched> searched{};
};

struct HandoffRequest {
    std::string reason;  // ready | asked | upset | bot_failed | rule
    std::string team;
    std::string note;
};

struct Response {
    std::vector<Reply> replies;
    std::optional<HandoffRequest> handoff;
    bool cancel_handoff = false;
    std::vector<store::ContactRow> contacts;
    std::vector<std::string> personal;  // parts of the message that say who somebody is, as written
    // Why, for `explain` and the event log.
    std::string intent;
    double confidence = 0;
    std::string language;
    std::string trace;  // JSON object; empty: none
};

// Changes `c.dialogue`, `c.signals` and `c.row.locale`; `text` is what the visitor wrote or the label of what
// was chosen.
[[nodiscard]] Response respond(Conversation& c, const VisitorSaid& said, std::string_view text,
                               const Event& event, const Bot& bot);

}  // namespace maru
