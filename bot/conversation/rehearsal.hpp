// The real turn without sockets and without a store: what `maru chat` and conversation tests talk to.
//
// One conversation at a time; one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bot/content/bot.hpp"
#include "bot/conversation/turn.hpp"
#include "flows/testing/conversation_test.hpp"

namespace maru {

class Rehearsal final : public flows::BotUnderTest {
  public:
    explicit Rehearsal(std::shared_ptr<const Bot> bot) : bot_(std::move(bot)) {}

    // Begins a conversation in a locale ("": the bot's first).
    std::vector<store::MessageRow> open(const std::string& locale, const Facts& facts);
    // What the bot said to it; the visitor's own message is left out.
    std::vector<store::MessageRow> said(const std::string& text, const std::string& choice);
    std::vector<store::MessageRow> did(const std::string& name, const std::string& product,
                                       std::optional<std::int64_t> amount);
    [[nodiscard]] const Conversation& conversation() const { return conversation_; }
    [[nodiscard]] const std::vector<Notice>& notices() const { return notices_; }

    std::vector<flows::TestReply> begin(const flows::ConversationTest& test) override;
    std::vector<flows::TestReply> say(std::string_view text) override;
    std::vector<flows::TestReply> choose(std::string_view choice, std::string_view label) override;
    std::vector<flows::TestReply> event(std::string_view name, std::string_view product,
                                        std::optional<std::int64_t> amount) override;
    std::string state() override { return conversation_.row.state; }

  private:
    std::vector<store::MessageRow> run(decltype(Event::what) what);
    [[nodiscard]] std::vector<flows::TestReply> replies(const std::vector<store::MessageRow>& messages) const;

    std::shared_ptr<const Bot> bot_;
    Conversation conversation_;
    std::vector<Notice> notices_;
    Facts facts_;
    Id next_id_ = 1;
    Time now_ = Time{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}} +
                std::chrono::hours{3};  // a Monday, noon in Seoul
};

}  // namespace maru
