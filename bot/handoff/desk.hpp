// The agents' side of the house as one projection: who is there, who waits, who has whom. The conversations
// own the truth; this can be rebuilt from the store at any time.
//
// Threads: lives on one io_context. Calls marked (any) may come from any thread and are queued; the others
// belong to that io_context's thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "bot/bus/ports.hpp"
#include "bot/content/holder.hpp"
#include "bot/conversation/event.hpp"
#include "bot/store/store.hpp"

namespace maru::handoff {

// A conversation as the agents' lists show it, after a commit.
struct Item {
    Id conversation = 0;
    std::string state;  // of the conversation: bot | queued | agent | closed
    Id agent = 0;
    std::string agent_name;
    std::int64_t epoch = 0;
    bool waiting = false;  // its handoff is open and nobody has it
    std::string handoff_state, reason, team, locale, visitor;
    Time since{};
    int told_position = 0;  // the place in the queue that its visitor has been told; 0: none yet
    std::string context;    // JSON of the handoff: summary, readiness, interests
};

// What the desk may ask of conversations; implemented by the hub. Any thread.
class Conversations {
  public:
    virtual ~Conversations() = default;
    // Shows a conversation to an agent's socket; with `quiet` it is only subscribed.
    virtual void show(Id conversation, const std::shared_ptr<Client>& client, const Staff& who,
                      bool quiet) = 0;
    virtual void owner_lost(Id conversation, Id agent) = 0;
    virtual void queue_position(Id conversation, int position, double wait_s) = 0;
};

class Desk {
  public:
    Desk(boost::asio::io_context& io, const Clock& clock, const BotHolder& bots, store::Store& store,
         Conversations& conversations);

    // Loads open handoffs and starts the clock of requeues. Before the io_context runs.
    void start();
    void stop();  // (any)

    // (any) What a turn may know of the world: agents online, queue length, expected wait.
    [[nodiscard]] Facts facts() const;
    [[nodiscard]] std::size_t waiting() const;  // (any)
    [[nodiscard]] std::size_t online() const;   // (any)

    // (any) The place in a team's queue of a request made at `since`, whether or not it is in it already, and
    // how long that place waits.
    struct Place {
        int position = 1;
        double wait_s = 0;
    };
    [[nodiscard]] Place place(const std::string& team, Time since) const;

    // (any)
    void changed(Item item);
    void hello(std::shared_ptr<Client> client, Staff who);
    void presence(std::shared_ptr<Client> client, Staff who, std::string status);
    void gone(std::shared_ptr<Client> client, Staff who);
    // To every admin, now and at their next hello: the content's state, after a reload.
    void content_changed(std::string frame);

    // (any) The agent that a transfer names, by id or name; nullopt: nobody. Who was added beside the running
    // server is looked up in the store.
    [[nodiscard]] std::optional<Staff> find(std::string_view agent);
    // (any) Whether an agent has a console open and is online or away. False too for who has just come.
    [[nodiscard]] bool is_here(Id agent) const;
    // (any) Whether the settings or an agent know this team.
    [[nodiscard]] bool has_team(std::string_view team) const;

  private:
    struct Agent {
        Staff who;
        std::string status = "offline";
        std::vector<std::shared_ptr<Client>> clients;
        std::optional<Time> gone_since;
    };

    Agent& know(const Staff& who);
    void on_changed(Item item);
    void on_hello(const std::shared_ptr<Client>& client, const Staff& who);
    void send_queue_soon();
    void send_queue();
    void tick();
    void publish();
    void broadcast(const std::string& frame);
    void tell_presence(const Agent& agent);
    [[nodiscard]] std::vector<const Item*> queue_of(const Staff& who) const;
    [[nodiscard]] std::string queue_json(const Staff& who) const;
    [[nodiscard]] std::string item_json(const Item& item) const;

    boost::asio::io_context& io_;
    const Clock& clock_;
    const BotHolder& bots_;
    store::Store& store_;
    Conversations& conversations_;
    boost::asio::steady_timer tick_, queue_timer_;
    Frame content_;  // the last one; null: as at the start
    bool queue_dirty_ = false;
    bool stopped_ = false;
    std::map<Id, Agent> agents_;
    std::map<Id, Item> items_;
    std::map<Id, int> told_positions_;
    double pickup_s_ = 45;  // moving average of request to accept

    mutable std::mutex published_mutex_;
    Facts published_;
    std::vector<Staff> published_staff_;
    std::set<Id> published_here_;
    std::map<std::string, std::vector<Time>>
        published_queues_;  // by team, when each was requested, ascending
    double published_pickup_s_ = 45;
    std::set<std::string, std::less<>> published_teams_;
};

}  // namespace maru::handoff
