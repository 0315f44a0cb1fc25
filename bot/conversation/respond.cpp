#include "bot/conversation/respond.hpp"

namespace maru {

Response respond(Conversation& c, const VisitorSaid&, std::string_view, const Event&, const Bot& bot) {
    Response response;
    Reply reply;
    reply.text = bot.settings.phrases("fallback", c.row.locale);
    reply.source = "fallback";
    response.replies.push_back(std::move(reply));
    return response;
}

}  // namespace maru
