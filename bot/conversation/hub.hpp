// All conversations of this process: finds the actor an event is for, on the thread it is pinned to.
//
// Threads: the ports are called on sockets' threads, `Conversations` from any; everything else happens on the
// shards. `start` before the shards run; `stop` once, after the sockets are gone.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "bot/bus/shards.hpp"
#include "bot/conversation/actor.hpp"

namespace maru {

class Hub final : public VisitorPort, public AgentPort, public handoff::Conversations {
  public:
    Hub(Shards& shards, const World& world);
    ~Hub() override;

    void attach(handoff::Desk& desk);
    void start();
    void stop();

    // How the store brings finished changes back.
    [[nodiscard]] static store::Dispatch dispatch(Shards& shards);

    void hello(const std::shared_ptr<Client>& client, wire::Hello hello, const Origin& from) override;
    void frame(const std::shared_ptr<Client>& client, wire::VisitorFrame frame) override;
    void hello(const std::shared_ptr<Client>& client, const Staff& who) override;
    void frame(const std::shared_ptr<Client>& client, wire::AgentFrame frame) override;
    void gone(const std::shared_ptr<Client>& client) override;

    void show(Id conversation, const std::shared_ptr<Client>& client, const Staff& who, bool quiet) override;
    void owner_lost(Id conversation, Id agent) override;
    void queue_position(Id conversation, int position, double wait_s) override;

  private:
    struct Part;
    struct Link;

    [[nodiscard]] Part& part(std::size_t shard) { return *parts_[shard]; }
    // Runs `work(actor)` on the conversation's thread; `missing` when there is no such conversation.
    template <class Work>
    void with(Id conversation, Work work, std::shared_ptr<Client> client = {}, std::string frame_id = {},
              bool windowed = false);
    void tick(Part& part);

    Shards& shards_;
    World world_;
    std::vector<std::unique_ptr<Part>> parts_;
};

}  // namespace maru
