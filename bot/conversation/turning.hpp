// The turn's inside, shared by the files it is written in: turn.cpp keeps what every event needs,
// turn_visitor.cpp and turn_staff.cpp hold what visitors and agents do. Nobody else includes this.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "bot/content/bot.hpp"
#include "bot/conversation/respond.hpp"
#include "bot/conversation/turn.hpp"

namespace maru {

// One turn in progress: the conversation as it becomes, and what is told and stored of it.
class Turning {
  public:
    Turning(Conversation before, const Event& event, const Bot& bot);

    Turn on(const Opened& e);
    Turn on(const Identified& e);
    Turn on(const VisitorSaid& e);
    Turn on(const VisitorDid& e);
    Turn on(const VisitorEnded&);
    Turn on(const SurveyAnswered& e);
    Turn on(const AgentAccepted& e);
    Turn on(const AgentSaid& e);
    Turn on(const AgentNoted& e);
    Turn on(const AgentTransferred& e);
    Turn on(const AgentClosed& e);
    Turn on(const Labelled& e);
    Turn on(const AgentLost& e);
    Turn on(const TimerDue& e);

  private:
    Turn finish(std::string kind, nlohmann::json body);
    Turn refuse(wire::ErrorCode code, std::string message);

    // ---- saying
    [[nodiscard]] std::string_view phrase(std::string_view key) const;
    // The label of a quick reply that was offered, as the visitor's own words in the transcript.
    [[nodiscard]] std::string label_of(const std::string& choice) const;
    [[nodiscard]] std::string explain_json(const Reply& reply, const Response* response) const;
    void bot_says(const Reply& reply, std::int64_t reply_to, const std::string& explain);
    void system_says(std::string_view text);
    void note(Id agent, const std::string& name, const std::string& client_id, const std::string& text);
    void set_timer(std::string kind, std::optional<Time> due);
    [[nodiscard]] Time last_message_at() const { return turn_.after.row.updated_at; }

    // ---- inquiries
    void open_inquiry(std::int64_t seq);
    void close_inquiry(std::string by, std::string resolution, std::optional<Time> at = {});
    void close_idle_inquiry(Time at);

    // ---- handoffs
    // Changes the inquiries that a person was asked for in: the open one, and those that closed while the
    // request waited. `change` says whether it changed anything.
    void each_asked(const std::function<bool(store::InquiryRow&)>& change);
    void offer(std::int64_t reply_to);
    void request_handoff(const HandoffRequest& request, std::int64_t reply_to, const Response* why);
    void give_to_agent(Id agent, const std::string& name);
    void back_to_queue(std::string_view why);
    // Ends the open handoff, if there is one; the bot becomes the owner unless the inquiry closes with it.
    void close_handoff(const std::string& state);

    const Event& event_;
    const Bot& bot_;
    Turn turn_;
    Time now_{};
    bool inquiry_changed_ = false;
    bool handoff_changed_ = false;
    bool was_offered_ = false;
};

}  // namespace maru
