// The durable side of Maru: one interface, so that another database can stand behind the same runtime.
//
// Threads: every function may be called from any thread. `submit` never blocks; reads and the short
// administrative transactions block for the database and are not for hot paths, except `load` and `messages`,
// which read one conversation by key (tens of microseconds).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bot/store/rows.hpp"
#include "bot/store/staff.hpp"

namespace maru::store {

enum class CommitResult : std::uint8_t {
    committed,
    stale,   // another change came first (the conversation's version moved on): reload and try again
    failed,  // disk full, I/O error: nothing of it is stored
};

// Waits for a transition's fate. `done` is called exactly once, through the submitter's dispatcher.
class Waiter {
  public:
    virtual ~Waiter() = default;
    virtual void done(CommitResult result) noexcept = 0;
};

// Brings a batch of finished waiters back to the thread they belong to: called by the writer with all
// finished transitions of one shard at a time, in commit order. Must not block.
struct Finished {
    std::unique_ptr<Waiter> waiter;
    CommitResult result;
};
using Dispatch = std::function<void(std::size_t shard, std::vector<Finished> batch)>;

struct Health {
    bool writable = true;
    std::string problem;  // why not
    std::size_t queued = 0;
    std::size_t queued_bytes = 0;
};

struct Counters {
    std::uint64_t commits = 0;
    std::uint64_t transitions = 0;
    std::uint64_t failures = 0;
    double commit_seconds = 0;  // sum
};

// What the console needs of a conversation whose handoff is open.
struct OpenHandoff {
    ConversationRow conversation;
    HandoffRow handoff;
};

struct ConversationFilter {
    std::string status;  // bot | queued | agent | closed; empty: any
    std::string label, channel, text;
    Id agent = 0;                  // who has it, or has ever written in it or been its last owner
    std::optional<Time> from, to;  // something was written at or after `from`, and it began before `to`
    Id before = 0;                 // cursor: ids below it
    std::uint32_t limit = 50;
};

// Which part of the search ledger.
struct SearchFilter {
    enum class Only : std::uint8_t {
        all,
        nothing,    // found nothing at least once; the most often fruitless first
        unfollowed  // found something that nobody took; the most often ignored first
    };
    std::optional<Time> from, to;  // half open, rounded out to whole UTC days
    std::string locale;            // empty: any
    Only only = Only::all;         // all: the most often asked first
    std::uint32_t limit = 100;
};
struct SearchLedger {
    std::vector<SearchCount> rows;  // summed over the days; `day` is the last one
    SearchCount total;              // of everything that fits, beyond the limit too
    std::int64_t distinct = 0;      // rows that fit
};

// One thing that was put into a cart, taken out or bought.
struct BasketRow {
    Id conversation = 0;
    Time at{};
    std::string name;  // add_to_cart | remove_from_cart | purchase
    std::string product;
};

class Store : public StaffStore {
  public:
    // False when the queue is over its bound or the store is closed: nothing was taken, `waiter` stays the
    // caller's.
    [[nodiscard]] virtual bool submit(Transition transition, std::size_t shard,
                                      std::unique_ptr<Waiter>& waiter) = 0;

    // One conversation by id; nullopt: no such. Throws std::runtime_error when the database cannot be read.
    [[nodiscard]] virtual std::optional<ConversationRow> load(Id conversation) = 0;
    // Messages with after < seq <= upto, the newest `limit` of them, ascending.
    [[nodiscard]] virtual std::vector<MessageRow> messages(Id conversation, std::int64_t after,
                                                           std::int64_t upto, std::uint32_t limit) = 0;
    // Every client-made id of the conversation, at most `limit` of them.
    struct ClientId {
        std::string kind;  // visitor | agent | note | event
        Id agent = 0;
        std::string client_id;
        std::int64_t seq = 0;
        Time at{};
    };
    [[nodiscard]] virtual std::vector<ClientId> client_ids(Id conversation, std::uint32_t limit) = 0;
    // One of them; `agent` is 0 for visitors and events.
    [[nodiscard]] virtual std::optional<ClientId> find_client_id(Id conversation, std::string_view kind,
                                                                 Id agent, std::string_view client_id) = 0;
    [[nodiscard]] virtual std::vector<NoteRow> notes(Id conversation) = 0;
    [[nodiscard]] virtual std::vector<std::string> labels(Id conversation) = 0;
    [[nodiscard]] virtual std::vector<EventRow> events(Id conversation) = 0;
    [[nodiscard]] virtual std::vector<TimerRow> timers() = 0;
    [[nodiscard]] virtual std::vector<OpenHandoff>
    open_handoffs() = 0;  // queued, offline or accepted and not closed
    [[nodiscard]] virtual std::vector<ConversationRow> conversations(const ConversationFilter& filter) = 0;
    // Inquiries opened in [from, to), by opening time.
    [[nodiscard]] virtual std::vector<InquiryRow> inquiries(Time from, Time to) = 0;

    [[nodiscard]] virtual SearchLedger searches(const SearchFilter& filter) = 0;
    // Forgets what was asked on days before the one that `before` lies in; answers how many rows.
    virtual std::size_t forget_searches(Time before) = 0;
    // The newest `limit` rows of baskets since `from`, by conversation and time.
    [[nodiscard]] virtual std::vector<BasketRow> baskets(Time from, std::uint32_t limit) = 0;

    [[nodiscard]] virtual std::vector<StaffRow> staff() = 0;
    // Throws std::invalid_argument when the name is taken.
    virtual Id add_staff(const StaffRow& row) = 0;

    // Immutable documents by hash: bot versions, business hours. Storing the same hash again does nothing.
    virtual void put_document(std::string_view kind, std::string_view hash, std::string_view body) = 0;
    [[nodiscard]] virtual std::optional<std::string> document(std::string_view kind,
                                                              std::string_view hash) = 0;

    // Removes contacts whose retention has ended; answers how many.
    virtual std::size_t forget_contacts(Time now) = 0;

    // A consistent copy into a new file, while serving, with `carried` inside. Throws std::runtime_error with
    // the reason.
    virtual void backup(const std::string& file, const std::vector<CarriedFile>& carried = {}) = 0;
    // What a backup that has become this database carries, until it is told to have been unpacked; nullopt:
    // it is none, or no more.
    [[nodiscard]] virtual std::optional<std::vector<CarriedFile>> carried() = 0;
    virtual void unpacked() = 0;

    [[nodiscard]] virtual Health health() const = 0;
    [[nodiscard]] virtual Counters counters() const = 0;

    // Commits what is queued and stops the writer. Later submits are refused.
    virtual void close() = 0;
};

struct SqliteOptions {
    std::string directory;  // created when missing, 0700
    bool exclusive = true;  // hold the data folder's lock: for the server; other commands work beside it
    std::size_t max_queued_bytes = 64U << 20U;
    std::size_t max_batch = 4096;               // transitions in one transaction
    std::size_t checkpoint_bytes = 16U << 20U;  // write-ahead log size that starts a checkpoint
};

// Throws std::runtime_error with a message for people: the folder cannot be written, another server holds it,
// the database was made by a newer Maru.
[[nodiscard]] std::unique_ptr<Store> open_sqlite(const SqliteOptions& options, const Clock& clock,
                                                 IdSource& ids, Dispatch dispatch);

}  // namespace maru::store
