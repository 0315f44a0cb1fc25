// What an actor has on its way to the disk. For the files that the actor is written in.
#pragma once

#include <spdlog/spdlog.h>

#include "bot/conversation/actor.hpp"

namespace maru {

// A change on its way to the disk, and what is told when it got there.
struct Actor::Commit final : store::Waiter {
    explicit Commit(Actor& a) : actor(a), incarnation(a.incarnation_) {}
    void done(store::CommitResult result) noexcept override {
        --actor.pending_;
        try {
            if (result == store::CommitResult::committed)
                actor.committed(*this);
            else
                actor.failed(*this, result);
        } catch (const std::exception& e) {
            spdlog::error("conversation {}: after a commit: {}", to_text(actor.id_), e.what());
            actor.failed(*this, store::CommitResult::failed);
        }
    }

    Actor& actor;
    const int incarnation;
    Request request;
    std::int64_t ack_seq = 0;
    Time ack_at{};
    struct Line {
        Frame frame;
        bool own = false;  // the requester has it already: it gets the ack
    };
    std::vector<Line> messages, notes;
    std::vector<Notice> notices;
    std::vector<store::TimerRow> timers;
    Shown shown;
    bool labels_changed = false;
    std::optional<handoff::Item> item;
    std::shared_ptr<Client> joins;  // gets the welcome of a new conversation
    std::string token;
};

}  // namespace maru
