// The frame decoder against arbitrary bytes: it ends, and what it lets through keeps its promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "bot/net/http.hpp"
#include "bot/wire/frames.hpp"

using namespace maru::wire;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check_text(const std::string& text, std::size_t longest) {
    require(maru::net::valid_utf8(text));
    require(text.find('\0') == std::string::npos);
    std::size_t points = 0;
    for (const char c : text) points += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    require(points <= longest);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const TextLimits limits;
    const auto visitor = decode_visitor(bytes, limits);
    const auto agent = decode_agent(bytes, limits);
    for (const auto* error : {std::get_if<Error>(&visitor), std::get_if<Error>(&agent)}) {
        if (error == nullptr) continue;
        require(!error->message.empty());
        check_text(error->id, limits.id);
        require(!encode(*error).empty());
    }
    if (const auto* frame = std::get_if<VisitorFrame>(&visitor)) {
        if (const auto* message = std::get_if<VisitorMessage>(frame)) {
            require(!message->id.empty());
            require(message->text.has_value() != message->choice.has_value());
            check_text(message->id, limits.id);
            check_text(message->text.value_or(""), limits.text);
            check_text(message->choice.value_or(""), limits.name);
        }
        if (const auto* hello = std::get_if<Hello>(frame)) require(hello->after >= 0);
    }
    if (const auto* frame = std::get_if<AgentFrame>(&agent)) {
        if (const auto* message = std::get_if<AgentMessage>(frame)) {
            require(!message->conversation.empty() && !message->id.empty());
            for (const auto& product : message->products) check_text(product, limits.name);
        }
    }
    return 0;
}
