#include "bot/conversation/rehearsal.hpp"

namespace maru {

using nlohmann::json;

std::vector<store::MessageRow> Rehearsal::run(decltype(Event::what) what) {
    now_ += std::chrono::seconds{10};
    Turn turn = take_turn(conversation_, {next_id_++, now_, std::move(what), facts_}, *bot_);
    if (turn.refused) return {};
    notices_ = std::move(turn.notices);
    conversation_ = std::move(turn.after);
    std::erase_if(turn.changes.messages,
                  [](const store::MessageRow& message) { return message.role == "visitor"; });
    return std::move(turn.changes.messages);
}

std::vector<store::MessageRow> Rehearsal::open(const std::string& locale, const Facts& facts) {
    conversation_ = {};
    conversation_.row.id = next_id_++;
    facts_ = facts;
    Opened opened;
    opened.site = bot_->settings.sites.empty() ? "" : bot_->settings.sites.front().id;
    opened.channel = "web";
    opened.locale = locale.empty() ? bot_->settings.locales.front() : locale;
    return run(std::move(opened));
}

std::vector<store::MessageRow> Rehearsal::said(const std::string& text, const std::string& choice) {
    return run(VisitorSaid{"m" + std::to_string(next_id_), text, choice});
}

std::vector<store::MessageRow> Rehearsal::did(const std::string& name, const std::string& product,
                                              std::optional<std::int64_t> amount) {
    wire::StorefrontEvent event{"e" + std::to_string(next_id_), name, product, std::nullopt};
    if (amount) event.value = wire::Amount{*amount, bot_->settings.currency};
    return run(VisitorDid{std::move(event)});
}

std::vector<flows::TestReply> Rehearsal::replies(const std::vector<store::MessageRow>& messages) const {
    std::vector<flows::TestReply> all;
    for (const auto& message : messages) {
        flows::TestReply reply;
        reply.text = message.text;
        const auto extra = json::parse(message.extra.empty() ? "{}" : message.extra);
        for (const auto& one : extra.value("quick_replies", json::array()))
            reply.buttons.push_back({one["label"], one["choice"]});
        for (const auto& one : extra.value("products", json::array()))
            reply.products.push_back({one["id"], one["title"], one.value("brand", ""), one["price"]["amount"],
                                      one["availability"] == "in_stock"});
        if (extra.contains("explain")) reply.source = extra["explain"].value("source", "");
        all.push_back(std::move(reply));
    }
    for (const auto& notice : notices_) {
        const auto* handoff = std::get_if<HandoffNotice>(&notice);
        const auto* survey = std::get_if<SurveyNotice>(&notice);
        if (all.empty()) all.emplace_back();
        if (handoff != nullptr && handoff->state != "closed" && handoff->state != "returned")
            all.back().handoff = handoff->reason;
        if (survey != nullptr) all.back().survey = survey->kind;
    }
    return all;
}

std::vector<flows::TestReply> Rehearsal::begin(const flows::ConversationTest& test) {
    Facts facts;
    facts.agents_online = 1;
    if (test.given.has("hours.open")) facts.open = flows::is_true(test.given.get("hours.open"));
    if (const auto agents = flows::as_number(test.given.get("agents.online")))
        facts.agents_online = static_cast<int>(*agents);
    return replies(open(test.locale, facts));
}

std::vector<flows::TestReply> Rehearsal::say(std::string_view text) {
    return replies(said(std::string(text), {}));
}

std::vector<flows::TestReply> Rehearsal::choose(std::string_view choice, std::string_view) {
    return replies(said({}, std::string(choice)));
}

std::vector<flows::TestReply> Rehearsal::event(std::string_view name, std::string_view product,
                                               std::optional<std::int64_t> amount) {
    return replies(did(std::string(name), std::string(product), amount));
}

}  // namespace maru
