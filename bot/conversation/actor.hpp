// One conversation in memory: runs its events one at a time, hands every change to the store, and lets frames
// out only when the change behind them is durable.
//
// Threads: everything on the thread of the shard it is pinned to.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bot/bus/ports.hpp"
#include "bot/content/holder.hpp"
#include "bot/conversation/seen_ids.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/handoff/desk.hpp"
#include "bot/store/store.hpp"

namespace maru {

// Counted by the runtime, read by /metrics. Relaxed: nobody decides anything by them.
struct RuntimeCounters {
    std::atomic<std::uint64_t> visitor_messages{0}, bot_messages{0}, agent_messages{0}, events{0},
        handoffs{0}, refused{0}, unavailable{0}, first_responses{0}, fallbacks{0};
};

// What actors share; outlives them.
struct World {
    store::Store& store;
    const Clock& clock;
    IdSource& ids;
    const BotHolder& bots;
    handoff::Desk* desk = nullptr;
    RuntimeCounters& counters;
    std::function<void(double seconds)> turn_latency;  // from a frame's arrival to its commit
    // A bot version that is not live any more, for conversations inside a flow; nullptr: not kept.
    std::function<std::shared_ptr<const Bot>(const std::string& version)> old_bot;
    // The shard's timers.
    std::function<void(Id, const std::string& kind, std::optional<Time>)> set_timer;
    std::size_t shard = 0;
};

class Actor {
  public:
    Actor(World& world, Id id) : world_(world), id_(id), seen_(world.store, id) {}
    Actor(const Actor&) = delete;
    Actor& operator=(const Actor&) = delete;

    // False: there is no such conversation. Throws std::runtime_error when the store cannot be read.
    [[nodiscard]] bool load();

    // ---- visitors; `client` is the tab
    void open(const std::shared_ptr<Client>& client, const wire::Hello& hello, const std::string& site);
    // False: the token is not this conversation's.
    [[nodiscard]] bool resume(const std::shared_ptr<Client>& client, const wire::Hello& hello);
    void frame(const std::shared_ptr<Client>& client, wire::VisitorFrame frame,
               std::chrono::steady_clock::time_point arrived);
    void gone(const std::shared_ptr<Client>& client);

    // ---- agents
    void show(const std::shared_ptr<Client>& client, Id agent, std::int64_t after, bool quiet);
    void frame(const std::shared_ptr<Client>& client, const Staff& who, wire::AgentFrame frame,
               std::chrono::steady_clock::time_point arrived);

    // ---- the world
    void timer(const std::string& kind);
    void owner_lost(Id agent);
    void queue_position(int position, double wait_s);

    // Frees what can be read again; true when nothing is left that keeps the actor.
    [[nodiscard]] bool rest(std::chrono::steady_clock::time_point now);
    [[nodiscard]] bool shows(const std::shared_ptr<Client>& client) const {
        return std::any_of(agents_.begin(), agents_.end(),
                           [&](const Viewer& one) { return one.client == client; });
    }
    [[nodiscard]] bool busy() const { return pending_ > 0; }
    [[nodiscard]] bool watched() const { return !visitors_.empty() || !agents_.empty(); }

  private:
    struct Commit;
    // Where an answer to a client's frame goes.
    struct Request {
        std::shared_ptr<Client> client;  // null: nobody asked
        std::string id;                  // the frame's
        bool windowed = false;           // counts against the client's unacked messages
        ClientKey key;                   // what it is recognised by when it comes again
        std::string more;                // further members of the ack or the error
        bool acked = false;              // gets an `ack`
        std::chrono::steady_clock::time_point arrived{};
        std::optional<Staff> accepts = {};  // gets the whole conversation: it is this agent's now
    };
    // An agent's socket that hears of this conversation: because it has it open, or because it is the
    // owner's.
    struct Viewer {
        std::shared_ptr<Client> client;
        Id agent = 0;
        bool open = true;
    };
    // What clients may see: as of the last commit.
    struct Shown {
        std::string state = "bot", locale, agent_name, handoff_state, handoff_reason, team;
        Id agent = 0;
        std::int64_t epoch = 0, seq = 0, note_seq = 0, visitor_seq = 0;
        Time requested_at{};  // of the handoff
        std::optional<OpenSurvey> survey;
    };

    bool run(decltype(Event::what) what, Request request);
    void submit(Turn turn, Request request);
    void send_to_store(store::Transition changes, std::unique_ptr<Commit> commit);
    void committed(Commit& commit);
    void failed(Commit& commit, store::CommitResult result);
    void answer_error(const Request& request, wire::ErrorCode code, std::string message,
                      std::string_view further = {});
    // Answers a frame whose id is known already; true when it was one.
    bool answered_before(const Request& request);
    [[nodiscard]] static Shown shown_of(const Conversation& c);
    [[nodiscard]] std::string welcome(const std::string& token, bool resumed, std::int64_t after);
    [[nodiscard]] std::string history(std::int64_t before, std::uint32_t limit);
    [[nodiscard]] std::string conversation_frame(std::int64_t after);
    [[nodiscard]] handoff::Item item() const;
    [[nodiscard]] Facts facts() const;
    void to_visitors(const Frame& frame, const Client* but = nullptr);
    void to_agents(const Frame& frame, const Client* but = nullptr);
    // Forgets the sockets that neither have the conversation open nor are its owner's.
    void drop_viewers();
    void hand_over(const Staff& who, wire::Transfer transfer, Request request);
    void on_agent_message(const Staff& who, wire::AgentMessage message, Request request);
    [[nodiscard]] std::string messages_after(std::int64_t after);
    [[nodiscard]] std::shared_ptr<const Bot> bot_for(const Conversation& c) const;

    World& world_;
    const Id id_;
    std::unique_ptr<Conversation> state_;  // null: not loaded
    Shown shown_;
    int incarnation_ = 0;
    std::size_t pending_ = 0;  // commits on their way
    std::vector<std::shared_ptr<Client>> visitors_;
    std::vector<Viewer> agents_;
    SeenIds seen_;
    std::vector<Request> waiting_acks_;  // repeated ids whose first is still being committed
    std::chrono::steady_clock::time_point used_ = std::chrono::steady_clock::now();
};

}  // namespace maru
