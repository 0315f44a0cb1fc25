// The ids that clients gave to what they sent in one conversation, so that what is sent again is answered
// once. A few thousand are kept in memory; beyond that the store is asked.
//
// Threads: its conversation's. Errors: `find` throws std::runtime_error when the store cannot be read.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "bot/store/store.hpp"

namespace maru {

// What an id is unique within: `kind` visitor | agent | note | event, and for agents who it was.
struct ClientKey {
    std::string_view kind;  // a literal; empty: nothing to be recognised again
    Id agent = 0;
    std::string id;

    [[nodiscard]] bool empty() const { return kind.empty(); }
    bool operator==(const ClientKey&) const = default;
};

class SeenIds {
  public:
    struct Seen {
        std::int64_t seq = 0;
        Time at{};
        bool durable = false;  // else its commit is on the way
    };

    SeenIds(store::Store& store, Id conversation) : store_(store), conversation_(conversation) {}

    [[nodiscard]] std::optional<Seen> find(const ClientKey& key);
    void add(const ClientKey& key, std::int64_t seq, Time at);  // not durable yet
    void settle(const ClientKey& key);                          // now it is

    // Of a conversation that is not in the store yet.
    void start_empty() { loaded_ = complete_ = true; }
    void forget();
    // Forgets when there are too many; only while nothing is on its way.
    void trim();

  private:
    struct Hash {
        std::size_t operator()(const ClientKey& key) const;
    };
    void load();

    store::Store& store_;
    const Id conversation_;
    std::unordered_map<ClientKey, Seen, Hash> seen_;
    bool loaded_ = false;
    bool complete_ = false;  // every id of the conversation is in memory
};

}  // namespace maru
