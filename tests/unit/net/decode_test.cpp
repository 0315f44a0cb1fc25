#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "bot/wire/frames.hpp"

using namespace maru::wire;

namespace {

const TextLimits limits;

template <class T>
T visitor(std::string_view bytes) {
    auto decoded = decode_visitor(bytes, limits);
    if (const auto* error = std::get_if<Error>(&decoded)) FAIL(error->message);
    return std::get<T>(std::get<VisitorFrame>(decoded));
}
template <class T>
T agent(std::string_view bytes) {
    auto decoded = decode_agent(bytes, limits);
    if (const auto* error = std::get_if<Error>(&decoded)) FAIL(error->message);
    return std::get<T>(std::get<AgentFrame>(decoded));
}

std::string times(std::string_view text, std::size_t n) {
    std::string result;
    for (std::size_t i = 0; i < n; ++i) result += text;
    return result;
}

struct Bad {
    std::string frame;
    ErrorCode code;
    std::string_view names = {};  // what the message must name
    std::string_view id = {};
};

void check(const Bad& bad, const Error* error) {
    CAPTURE(bad.frame.substr(0, 120));
    REQUIRE(error != nullptr);
    CHECK(to_text(error->code) == to_text(bad.code));
    CHECK_MESSAGE(error->message.find(bad.names) != std::string::npos, error->message);
    CHECK(error->id == bad.id);
}

}  // namespace

TEST_CASE("a visitor's frames are read with every field") {
    const auto hello = visitor<Hello>(
        R"({"type":"hello","token":"t","conversation":"c","after":7,"locale":"ko-KR","site":"demo",
            "page":{"url":"https://a.example/x","title":"제목"},
            "identity":{"id":"u1","name":"민수","email":"m@example.com","hmac":"00"},"later":{"x":[1,{"type":2}]}})");
    CHECK(hello.token == "t");
    CHECK(hello.conversation == "c");
    CHECK(hello.after == 7);
    CHECK(hello.locale == "ko");
    CHECK(hello.site == "demo");
    REQUIRE(hello.page);
    CHECK(hello.page->url == "https://a.example/x");
    CHECK(hello.page->title == "제목");
    REQUIRE(hello.identity);
    CHECK(hello.identity->name == "민수");
    CHECK(hello.identity->hmac == "00");

    const auto bare = visitor<Hello>(R"({"type":"hello","token":null,"locale":"fr","page":null})");
    CHECK(bare.token.empty());
    CHECK(bare.locale.empty());
    CHECK(!bare.page);

    const auto said =
        visitor<VisitorMessage>(R"({"text":"안\ub155 \ud83d\ude00\n","id":"a-1","type":"message"})");
    CHECK(said.id == "a-1");
    CHECK(said.text == "안녕 😀\n");
    CHECK(!said.choice);
    CHECK(visitor<VisitorMessage>(R"({"type":"message","id":"b","choice":"yes"})").choice == "yes");

    const auto event = visitor<StorefrontEvent>(
        R"({"type":"event","id":"e","name":"add_to_cart","product":"p1","value":{"amount":12900,"currency":"KRW"}})");
    CHECK(event.name == "add_to_cart");
    CHECK(event.product == "p1");
    REQUIRE(event.value);
    CHECK(event.value->amount == 12900);
    CHECK(event.value->currency == "KRW");

    CHECK(visitor<HistoryRequest>(R"({"type":"history","before":10})").limit == 50);
    CHECK(visitor<HistoryRequest>(R"({"type":"history","before":1e1,"limit":200})").before == 10);
    CHECK(visitor<HistoryRequest>(R"({"type":"history","before":10,"limit":201})").limit == 200);
    CHECK(visitor<HistoryRequest>(R"({"type":"history","before":10,"limit":4294967297})").limit == 200);
    CHECK(visitor<Typing>(R"({"type":"typing","on":true})").on);
    CHECK(visitor<Read>(R"({"type":"read","seq":9007199254740992})").seq == 9007199254740992);
    const auto survey =
        visitor<SurveyAnswer>(R"({"type":"survey","survey":"s","score":5,"comment":"좋아요"})");
    CHECK(survey.score == 5);
    CHECK(survey.comment == "좋아요");
    visitor<End>(R"({"type":"end"})");
}

TEST_CASE("an agent's frames are read with every field") {
    agent<AgentHello>(R"({"type":"hello"})");
    CHECK(agent<Presence>(R"({"type":"presence","status":"away"})").status == "away");
    CHECK(agent<Open>(R"({"type":"open","conversation":"c","after":3})").after == 3);
    CHECK(agent<Leave>(R"({"type":"leave","conversation":"c"})").conversation == "c");
    CHECK(agent<Accept>(R"({"type":"accept","conversation":"c"})").conversation == "c");
    const auto said = agent<AgentMessage>(
        R"({"type":"message","conversation":"c","id":"1","text":"네","products":["a","b"],"epoch":2,"after":9})");
    CHECK(said.products == std::vector<std::string>{"a", "b"});
    CHECK(said.epoch == 2);
    CHECK(said.after == 9);
    CHECK(agent<AgentMessage>(R"({"type":"message","conversation":"c","id":"1","products":["a"]})")
              .text.empty());
    CHECK(agent<Note>(R"({"type":"note","conversation":"c","id":"1","text":"n"})").text == "n");
    CHECK(agent<AgentTyping>(R"({"type":"typing","conversation":"c","on":false})").conversation == "c");
    CHECK(
        agent<Transfer>(R"({"type":"transfer","conversation":"c","to":{"agent":"kim"},"note":"x"})").agent ==
        "kim");
    CHECK(agent<Transfer>(R"({"type":"transfer","conversation":"c","to":{"team":"t","bot":false}})").team ==
          "t");
    CHECK(agent<Transfer>(R"({"type":"transfer","conversation":"c","to":{"bot":true}})").bot);
    CHECK(agent<Close>(R"({"type":"close","conversation":"c","resolution":"sold"})").resolution == "sold");
    const auto label =
        agent<Label>(R"({"type":"label","conversation":"c","add":["vip","\u0061b"],"remove":["x"]})");
    CHECK(label.add == std::vector<std::string>{"vip", "ab"});
    CHECK(label.remove == std::vector<std::string>{"x"});
    CHECK(agent<AgentRead>(R"({"type":"read","conversation":"c","seq":4})").seq == 4);
}

TEST_CASE("what is wrong with a visitor's frame is named, with the frame's id") {
    using E = ErrorCode;
    const std::vector<Bad> table{
        {"", E::bad_json},
        {"{", E::bad_json},
        {R"({"type":"end"} x)", E::bad_json},
        {R"({"type":"end",})", E::bad_json},
        {R"({'type':'end'})", E::bad_json},
        {R"({"type":"message","id":"a","text":"\ud800"})", E::bad_json},
        {"{\"type\":\"message\",\"id\":\"a\",\"text\":\"\xff\"}", E::bad_json},
        {"{\"type\":\"message\",\"id\":\"a\",\"text\":\"\xed\xa0\x80\"}", E::bad_json},
        {"{\"type\":\"message\",\"id\":\"a\",\"text\":\"a\nb\"}", E::bad_json},
        {R"({"type":NaN})", E::bad_json},
        {times("[", 60'000), E::bad_frame},
        {R"({"x":)" + times("[", 60'000), E::bad_json, "deep"},
        {R"({"x":)" + times(R"({"x":)", 20'000), E::bad_json, "deep"},
        {"[]", E::bad_frame, "object"},
        {"7", E::bad_frame, "object"},
        {"null", E::bad_frame, "object"},
        {R"("hello")", E::bad_frame, "object"},
        {"{}", E::bad_frame, "`type`"},
        {R"({"type":7,"id":"q"})", E::bad_frame, "`type`", "q"},
        {R"({"type":"shout","id":"q"})", E::unknown_type, "message", "q"},
        {R"({"type":"accept","conversation":"c"})", E::unknown_type},
        {R"({"type":"end","type":"end"})", E::bad_frame, "twice"},
        {R"({"type":"message","text":"x"})", E::bad_frame, "`id`"},
        {R"({"type":"message","id":5,"text":"x"})", E::bad_frame, "`id`"},
        {R"({"type":"message","id":"","text":"x"})", E::bad_frame, "`id`"},
        {R"({"type":"message","id":"a\nb","text":"x"})", E::bad_frame, "`id`", "a\nb"},
        {R"({"type":"typing","id":5,"on":true})", E::bad_frame, "`id`"},
        {R"({"type":"message","id":"a"})", E::bad_frame, "`text` or `choice`", "a"},
        {R"({"type":"message","id":"a","text":"x","choice":"y"})", E::bad_frame, "`choice`", "a"},
        {R"({"type":"message","id":"a","text":["x"]})", E::bad_frame, "`text`", "a"},
        {R"({"type":"message","id":"a","text":{"x":1}})", E::bad_frame, "`text`", "a"},
        {R"({"type":"message","id":"a","text":""})", E::bad_frame, "`text`", "a"},
        {R"({"type":"message","id":"a","text":"x\u0000y"})", E::bad_frame, "U+0000", "a"},
        {R"({"type":"message","id":"a","text":")" + times("가", 4001) + "\"}", E::too_long, "4000", "a"},
        {R"({"type":"message","id":")" + times("i", 65) + R"(","text":"x"})", E::too_long, "`id`"},
        {R"({"type":"message","id":"a","choice":")" + times("c", 201) + "\"}", E::too_long, "`choice`", "a"},
        {R"({"type":"event","id":"a","name":"sneeze"})", E::bad_frame, "page_view", "a"},
        {R"({"type":"event","id":"a","name":"purchase","value":5})", E::bad_frame, "`value`", "a"},
        {R"({"type":"event","id":"a","name":"purchase","value":{"amount":1.5,"currency":"KRW"}})",
         E::bad_frame, "`value.amount`", "a"},
        {R"({"type":"event","id":"a","name":"purchase","value":{"amount":1,"currency":"won"}})", E::bad_frame,
         "`value.currency`", "a"},
        {R"({"type":"history"})", E::bad_frame, "`before`"},
        {R"({"type":"history","before":1,"limit":-1})", E::bad_frame, "`limit`"},
        {R"({"type":"history","before":1,"limit":0})", E::bad_frame, "`limit`"},
        {R"({"type":"read","seq":-1})", E::bad_frame, "`seq`"},
        {R"({"type":"read","seq":"1"})", E::bad_frame, "`seq`"},
        {R"({"type":"read","seq":18446744073709551615})", E::bad_frame, "`seq`"},
        {R"({"type":"read","seq":1e300})", E::bad_frame, "`seq`"},
        {R"({"type":"typing"})", E::bad_frame, "`on`"},
        {R"({"type":"typing","on":1})", E::bad_frame, "`on`"},
        {R"({"type":"hello","token":5})", E::bad_frame, "`token`"},
        {R"({"type":"hello","page":"x"})", E::bad_frame, "`page`"},
        {R"({"type":"hello","page":{"url":5}})", E::bad_frame, "`page.url`"},
        {R"({"type":"hello","identity":{"id":")" + times("u", 201) + "\"}}", E::too_long, "`identity.id`"},
        {R"({"type":"hello","page":{"title":"a\u0000b"}})", E::bad_frame, "`page.title`"},
        {R"({"type":"survey","survey":"s","score":1.5})", E::bad_frame, "`score`"},
    };
    for (const auto& bad : table) {
        const auto decoded = decode_visitor(bad.frame, limits);
        check(bad, std::get_if<Error>(&decoded));
    }
}

TEST_CASE("what is wrong with an agent's frame is named") {
    using E = ErrorCode;
    const std::vector<Bad> table{
        {R"({"type":"event","id":"a","name":"purchase"})", E::unknown_type, "transfer", "a"},
        {R"({"type":"presence","status":"asleep"})", E::bad_frame, "online"},
        {R"({"type":"open"})", E::bad_frame, "`conversation`"},
        {R"({"type":"message","conversation":"c","id":"1"})", E::bad_frame, "`text`", "1"},
        {R"({"type":"message","conversation":"c","id":"1","text":"x","products":"p"})", E::bad_frame,
         "`products`", "1"},
        {R"({"type":"message","conversation":"c","id":"1","text":"x","products":["p",1]})", E::bad_frame,
         "`products`", "1"},
        {R"({"type":"message","conversation":"c","id":"1","text":"x","products":[{"title":"q"}]})",
         E::bad_frame, "`products`", "1"},
        {R"({"type":"message","conversation":"c","id":"1","text":"x","products":[{"id":1}]})", E::bad_frame,
         "`products`", "1"},
        {R"({"type":"message","conversation":"c","id":"1","text":"x","products":[{"id":{"id":"p"}}]})",
         E::bad_frame, "`products`", "1"},
        {R"({"type":"message","conversation":"c","id":"1","text":"x","products":[{"id":"p","id":"q"}]})",
         E::bad_frame, "`products`", "1"},
        {R"({"type":"label","conversation":"c","add":[{"id":"p"}]})", E::bad_frame, "`add`"},
        {R"({"type":"label","conversation":"c","add":""})", E::bad_frame, "`add`"},
        {R"({"type":"message","conversation":"c","id":"1","text":"x","products":["p",["q"]]})", E::bad_frame,
         "`products`", "1"},
        {R"({"type":"message","conversation":"c","id":"1","text":"x","products":[)" + times("\"p\",", 20) +
             "\"p\"]}",
         E::too_long, "`products`", "1"},
        {R"({"type":"message","conversation":"c","id":"1","text":"x","epoch":"2"})", E::bad_frame, "`epoch`",
         "1"},
        {R"({"type":"transfer","conversation":"c"})", E::bad_frame, "`to`"},
        {R"({"type":"transfer","conversation":"c","to":{}})", E::bad_frame, "exactly one"},
        {R"({"type":"transfer","conversation":"c","to":{"agent":"a","team":"t"}})", E::bad_frame,
         "exactly one"},
        {R"({"type":"label","conversation":"c"})", E::bad_frame, "`add`"},
        {R"({"type":"label","conversation":"c","add":[""]})", E::bad_frame, "`add`"},
    };
    for (const auto& bad : table) {
        const auto decoded = decode_agent(bad.frame, limits);
        check(bad, std::get_if<Error>(&decoded));
    }
}

TEST_CASE("what only describes is cut between code points") {
    const auto hello = visitor<Hello>(R"({"type":"hello","page":{"url":")" + times("u", 2001) +
                                      R"(","title":")" + times("가", 201) + R"("},"identity":{"name":")" +
                                      times(R"(\ud83d\ude00)", 300) + R"("}})");
    REQUIRE(hello.page);
    CHECK(hello.page->url == times("u", 2000));
    CHECK(hello.page->title == times("가", 200));
    REQUIRE(hello.identity);
    CHECK(hello.identity->name == times("😀", 200));
    CHECK(visitor<Hello>(R"({"type":"hello","page":{"title":")" + times("가", 200) + "\"}}").page->title ==
          times("가", 200));
}

TEST_CASE("products are named by id or by their card, a label by itself or in a list") {
    const auto said = agent<AgentMessage>(
        R"({"type":"message","conversation":"c","id":"1","products":[{"id":"a","price":{"id":"x","amount":1},)"
        R"("why":["id"],"title":"t"},"b",{"id":"c\u0041"}],"after":3})");
    CHECK(said.products == std::vector<std::string>{"a", "b", "cA"});
    CHECK(said.id == "1");
    CHECK(said.text.empty());
    CHECK(said.after == 3);
    const auto label = agent<Label>(R"({"type":"label","conversation":"c","add":"vip","remove":["a","b"]})");
    CHECK(label.add == std::vector<std::string>{"vip"});
    CHECK(label.remove == std::vector<std::string>{"a", "b"});
}

TEST_CASE("limits count code points, not bytes, and the limit itself is let through") {
    CHECK(visitor<VisitorMessage>(R"({"type":"message","id":"a","text":")" + times("가", 4000) + "\"}")
              .text->size() == 12'000);
    CHECK(visitor<VisitorMessage>(R"({"type":"message","id":"a","text":")" + times(R"(\uac00)", 4000) + "\"}")
              .text->size() == 12'000);
}

TEST_CASE("errors are written as frames, whatever their text holds") {
    CHECK(encode({ErrorCode::bad_frame, "say \"hi\"\n", "a\"b"}) ==
          R"({"code":"bad_frame","id":"a\"b","message":"say \"hi\"\n","type":"error"})");
    CHECK(encode({ErrorCode::unavailable, "later"}) ==
          R"({"code":"unavailable","message":"later","type":"error"})");
}
