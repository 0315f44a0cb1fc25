#include <doctest/doctest.h>

#include "tests/unit/net/harness.hpp"

using namespace maru;
using namespace maru::test;

TEST_CASE("a visitor says hello, is welcomed, and every message is acked in order") {
    TestServer server;
    Peer peer(server.port);
    REQUIRE(peer.upgrade("/ws/visitor", server.host));
    peer.send_text(R"({"type":"hello"})");
    CHECK(peer.text() == R"({"type":"welcome"})");
    for (int i = 0; i < 100; ++i)
        peer.send_text(R"({"type":"message","id":"m)" + std::to_string(i) + R"(","text":"안녕"})");
    // 60 frames are the default burst; the rest is refused by name, in order, and nothing is lost in between.
    for (int i = 0; i < 60; ++i) CHECK(peer.text() == R"({"type":"ack","id":"m)" + std::to_string(i) + "\"}");
}
