#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bot/content/load.hpp"
#include "bot/conversation/turn.hpp"
#include "catalog/query_json.hpp"
#include "flows/yaml/problem.hpp"

using namespace maru;

namespace {

// A small shop, built once.
std::shared_ptr<const Bot> shop() {
    static const auto bot = [] {
        flows::Problems problems;
        auto bundle = read_bundle(MARU_SOURCE_DIR "/tests/server/config", problems);
        auto built = bundle ? load_bot(*bundle, {}, problems) : nullptr;
        for (const auto& one : problems.sorted()) MESSAGE(flows::yaml::to_string(one));
        return built;
    }();
    return bot;
}

struct Talk {
    explicit Talk(Facts world = {true, 1, 0, 30}) : facts(world) {
        conversation.row.id = 1;
        Opened opened;
        opened.site = "demo";
        opened.channel = "web";
        opened.locale = "en";
        run(opened);
    }
    Turn run(decltype(Event::what) what) {
        Turn turn = take_turn(conversation, {next++, at, std::move(what), facts}, *shop());
        if (!turn.refused) conversation = turn.after;
        return turn;
    }
    Turn say(std::string text) { return run(VisitorSaid{"m" + std::to_string(next), std::move(text), {}}); }
    Turn choose(std::string choice) {
        return run(VisitorSaid{"m" + std::to_string(next), {}, std::move(choice)});
    }
    void pass(std::int64_t seconds) { at += std::chrono::seconds{seconds}; }

    Conversation conversation;
    Facts facts;
    Id next = 100;
    Time at = parse_time("2026-11-23T01:00:00Z").value();
};

}  // namespace

TEST_CASE("the same events give the same transcript") {
    REQUIRE(shop());
    const auto transcript = [] {
        Talk talk;
        std::string all;
        for (const char* text :
             {"How long does delivery take?", "wireless mouse under 50,000 won", "talk to a human"})
            for (const auto& message : talk.say(text).changes.messages)
                all += message.role + ": " + message.text + message.extra + "\n";
        return all + to_data(talk.conversation);
    };
    CHECK(transcript() == transcript());
}

TEST_CASE("a conversation survives its stored form") {
    Talk talk;
    talk.say("wireless mouse under 50,000 won");
    talk.run(VisitorDid{{"e1", "add_to_cart", "x", std::nullopt}});
    talk.say("talk to a human");
    auto row = talk.conversation.row;
    row.data = to_data(talk.conversation);
    CHECK(to_data(from_row(row)) == row.data);
    row.data = "[1]";
    CHECK_THROWS(from_row(row));
}

TEST_CASE("a long talk about goods carries no more with it than a short one") {
    Talk talk;
    talk.say("show me a mouse");
    REQUIRE_FALSE(talk.conversation.dialogue.query.is_null());
    std::size_t words = 0, excluded = 0;
    for (int i = 0; i < 80; ++i) {
        talk.say("a mouse with zzq" + std::to_string(i) + " wheels and feet");
        talk.say("I don't like it");
        const auto& query = talk.conversation.dialogue.query;
        if (query.is_null()) continue;
        const auto text = query.value("text", std::string());
        words = std::max<std::size_t>(words, 1 + std::count(text.begin(), text.end(), ' '));
        excluded = std::max(excluded, query.value("exclude", nlohmann::json::array()).size());
    }
    CHECK(words <= 24);
    CHECK(excluded <= 100);
    CHECK(to_data(talk.conversation).size() < 8000);
    auto query = *catalog::query_from_json(talk.conversation.dialogue.query.is_null()
                                               ? nlohmann::json::object()
                                               : talk.conversation.dialogue.query);
    for (int i = 0; i < 300; ++i) query.exclude_ids.push_back("gone-" + std::to_string(i));
    for (int i = 0; i < 300; ++i) query.not_words.push_back("gone-" + std::to_string(i));
    query.types = {"mouse"};
    talk.conversation.dialogue.query = catalog::query_to_json(query);
    talk.say("cheaper ones");
    CHECK(talk.conversation.dialogue.query.at("exclude").size() <= 100);
    CHECK(talk.conversation.dialogue.query.at("exclude").back() == "gone-299");
    CHECK(talk.conversation.dialogue.query.at("not_words").size() <= 12);
}

TEST_CASE("seqs have no gap, epochs grow with every owner, the clocks note the first of each") {
    Talk talk;
    talk.pass(5);
    const auto faq = talk.say("How long does delivery take?");
    CHECK(faq.changes.messages.front().seq == 2);
    CHECK(faq.changes.messages.back().reply_to == 2);
    REQUIRE(talk.conversation.inquiry);
    CHECK(talk.conversation.inquiry->bot_first_at == talk.at);
    talk.pass(10);
    const auto asked = talk.say("talk to a human");
    CHECK(talk.conversation.row.state == "queued");
    CHECK(talk.conversation.row.epoch == 1);
    CHECK(talk.conversation.inquiry->handoff_at == talk.at);
    talk.pass(20);
    talk.run(AgentAccepted{9, "mina", "sales"});
    CHECK(talk.conversation.row.epoch == 2);
    CHECK(talk.run(AgentAccepted{10, "jun", ""}).refused->code == wire::ErrorCode::conflict);
    const auto again = talk.run(AgentAccepted{9, "mina", "sales"});
    CHECK_FALSE(again.refused);
    CHECK(again.changes.messages.empty());
    CHECK(talk.conversation.row.epoch == 2);
    CHECK(talk.run(AgentTransferred{9, "mina", 9, "mina", "", false, ""}).refused->code ==
          wire::ErrorCode::conflict);
    CHECK(talk.run(AgentSaid{9, "mina", "x", "", {"mouse-quiet", "no-such"}}).refused->code ==
          wire::ErrorCode::not_found);
    CHECK(talk.run(AgentSaid{10, "jun", "x", "hi", {}}).refused->code == wire::ErrorCode::forbidden);
    CHECK_FALSE(talk.conversation.inquiry->agent_first_at);
    talk.pass(3);
    talk.run(AgentSaid{9, "mina", "x", "hi", {}});
    CHECK(talk.conversation.inquiry->agent_first_at == talk.at);
    const auto silent = talk.say("How long does delivery take?");
    CHECK(silent.changes.messages.size() == 1);  // the bot holds its tongue
    const auto closed = talk.run(AgentClosed{9, "mina", "sold"});
    CHECK(talk.conversation.row.state == "closed");
    CHECK_FALSE(talk.conversation.inquiry);
    REQUIRE(closed.changes.inquiries.size() == 1);
    CHECK(closed.changes.inquiries[0].closed_by == "agent");
    std::int64_t seq = talk.conversation.row.seq;
    CHECK(talk.say("hello again").changes.messages.front().seq == seq + 1);
    CHECK(talk.conversation.inquiry);
}

TEST_CASE("nobody there: said so, a contact is taken with its consent, the request is kept") {
    Talk talk({false, 0, 0, 0});
    const auto asked = talk.say("talk to a human");
    CHECK(talk.conversation.row.state == "bot");
    REQUIRE(talk.conversation.handoff);
    CHECK(talk.conversation.handoff->state == "offline");
    const auto left = talk.say("my number is 010-1234-5678");
    REQUIRE(left.changes.contacts.size() == 1);
    CHECK(left.changes.contacts[0].phone.find("1234") != std::string::npos);
    CHECK(left.changes.contacts[0].consent.find("180") != std::string::npos);
    CHECK(left.changes.contacts[0].delete_after > talk.at);
    talk.pass(3600);
    talk.run(TimerDue{"inquiry"});
    CHECK(talk.conversation.handoff);  // an idle hour does not drop it
    CHECK_FALSE(talk.conversation.inquiry);
    CHECK(talk.conversation.row.state == "closed");
    const auto taken = talk.run(AgentAccepted{9, "mina", ""});
    CHECK(talk.conversation.row.state == "agent");
    // The agent goes on with what was asked: the same inquiry, open again.
    REQUIRE(talk.conversation.inquiry);
    CHECK(talk.conversation.inquiry->id == asked.after.inquiry->id);
    REQUIRE(taken.changes.inquiries.size() == 1);
    CHECK_FALSE(taken.changes.inquiries[0].closed_at);
    CHECK(taken.changes.inquiries[0].accepted_at == talk.at);
}

TEST_CASE(
    "nobody there: a number that was given unasked is a button below the consent, and taken when pressed") {
    Talk talk({false, 0, 0, 0});
    const auto asked = talk.say("my name is Joana and my phone is 010-1234-5678");
    REQUIRE(talk.conversation.handoff);
    CHECK(talk.conversation.handoff->state == "offline");
    CHECK(asked.changes.contacts.empty());
    const auto& choices = talk.conversation.dialogue.choices;
    REQUIRE(choices.size() == 2);
    CHECK(choices[0].label.find("010-1234-5678") != std::string::npos);
    CHECK(choices[1].choice == "contact:skip");
    const auto left = talk.choose(std::string(choices[0].choice));
    REQUIRE(left.changes.contacts.size() == 1);
    CHECK(left.changes.contacts[0].phone.find("1234") != std::string::npos);
    CHECK_FALSE(left.changes.contacts[0].consent.empty());
    // Who asks again has left it already.
    const auto again = talk.say("talk to a human");
    CHECK(again.changes.messages.back().text.find("contact you left") != std::string::npos);
    CHECK(talk.conversation.dialogue.awaiting.empty());
    auto row = talk.conversation.row;
    row.data = to_data(talk.conversation);
    CHECK(to_data(from_row(row)) == row.data);
}

TEST_CASE("nobody there: silence ends the inquiry, and the request outlives it") {
    Talk talk({false, 0, 0, 0});
    const auto asked = talk.say("talk to a human").after.inquiry->id;
    talk.pass(31 * 60);
    // A way to call back is taken as long as none was left, in an inquiry of its own.
    const auto left = talk.say("mina.kim@example.com");
    REQUIRE(left.changes.contacts.size() == 1);
    REQUIRE(talk.conversation.handoff);
    REQUIRE(talk.conversation.inquiry);
    CHECK(talk.conversation.inquiry->id != asked);
    CHECK(left.changes.inquiries.front().id == asked);
    CHECK(left.changes.inquiries.front().closed_by == "idle");
    auto row = talk.conversation.row;
    row.data = to_data(talk.conversation);
    CHECK(to_data(from_row(row)) == row.data);
    // What the agent does counts for the inquiry that asked, whatever is open now.
    talk.run(AgentAccepted{9, "mina", ""});
    const auto said = talk.run(AgentSaid{9, "mina", "x", "hi", {}});
    REQUIRE(said.changes.inquiries.size() == 1);
    CHECK(said.changes.inquiries[0].id == asked);
    CHECK(said.changes.inquiries[0].agent_first_at == talk.at);
    CHECK(said.changes.inquiries[0].closed_by == "idle");
    CHECK_FALSE(talk.run(AgentClosed{9, "mina", ""}).refused);
    CHECK(talk.conversation.unanswered.empty());
}

TEST_CASE("a request whose inquiry has closed may be closed without being taken") {
    Talk talk({false, 0, 0, 0});
    talk.say("talk to a human");
    talk.pass(31 * 60);
    talk.run(TimerDue{"inquiry"});
    CHECK_FALSE(talk.run(AgentClosed{9, "mina", ""}).refused);
    CHECK_FALSE(talk.conversation.handoff);
    CHECK(talk.run(AgentClosed{9, "mina", ""}).refused->code == wire::ErrorCode::conflict);
}

TEST_CASE("an explained answer names its language, also to a quick reply") {
    auto settings = *shop();
    settings.settings.explain = true;
    Talk talk;
    const auto turn = take_turn(
        talk.conversation, {50, talk.at, VisitorSaid{"m", {}, "faq:delivery-time"}, talk.facts}, settings);
    const auto extra = nlohmann::json::parse(turn.changes.messages.back().extra);
    CHECK(extra["explain"]["language"] == "en");
}

TEST_CASE("an inquiry closes after its half hour, by the timer or by the next message") {
    Talk talk;
    talk.say("How long does delivery take?");
    talk.pass(29 * 60);
    const auto early = talk.run(TimerDue{"inquiry"});
    CHECK(talk.conversation.inquiry);
    REQUIRE(early.changes.timers.size() == 1);
    CHECK(early.changes.timers[0].due_at == talk.at + std::chrono::minutes{1});
    talk.pass(61);
    talk.run(TimerDue{"inquiry"});
    CHECK_FALSE(talk.conversation.inquiry);
    CHECK(talk.conversation.row.state == "closed");
    talk.say("How long does delivery take?");
    const auto first = talk.conversation.inquiry->id;
    talk.pass(31 * 60);
    const auto late = talk.say("How long does delivery take?");
    CHECK(talk.conversation.inquiry->id != first);
    CHECK(late.changes.inquiries.size() == 2);
    CHECK(late.changes.inquiries[0].closed_at == talk.at - std::chrono::minutes{1});
}

TEST_CASE("going to the checkout after a question is met with an offer, once") {
    Talk talk;
    CHECK(talk.run(VisitorDid{{"e0", "checkout_start", "p", std::nullopt}})
              .changes.messages.empty());  // never wrote: left alone
    talk.conversation.signals.clear();
    talk.say("How long does delivery take?");
    talk.run(VisitorDid{{"e1", "add_to_cart", "p", std::nullopt}});
    const auto offered = talk.run(VisitorDid{{"e2", "checkout_start", "p", std::nullopt}});
    REQUIRE(offered.changes.messages.size() == 1);
    CHECK(talk.run(VisitorDid{{"e3", "checkout_start", "q", std::nullopt}}).changes.messages.empty());
    talk.choose("handoff:yes");
    REQUIRE(talk.conversation.handoff);
    CHECK(talk.conversation.handoff->reason == "ready");
}

TEST_CASE("time never runs backwards in a conversation") {
    Talk talk;
    const auto before = talk.conversation.last_at;
    talk.pass(-3600);
    talk.say("hello");
    CHECK(talk.conversation.last_at >= before);
}

TEST_CASE("a long message is remembered in whole characters") {
    REQUIRE(shop());
    // One, two and three bytes of shift: some limit would fall inside a character.
    for (const std::string shift : {"", "a", "aa", "aaa"}) {
        Talk talk;
        std::string text = shift + "무선 마우스 추천해 주세요";
        while (text.size() < 3900) text += " 아이와 함께 쓸 조용한 것으로요";
        (void)talk.say(text);
        const auto data = to_data(talk.conversation);
        CHECK(nlohmann::json::accept(data));
        auto row = talk.conversation.row;
        row.data = data;
        CHECK(to_data(from_row(std::move(row))) == data);
    }
}
