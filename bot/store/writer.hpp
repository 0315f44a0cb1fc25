// The one thread that writes: it commits whatever has queued in one transaction (group commit) and only then
// lets the waiters know. A second thread copies the write-ahead log back into the database, so that a commit
// never waits for it.
//
// Threads: `submit`, `run`, `health` and `counters` from any; `close` once.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "bot/store/store.hpp"

namespace SQLite {
class Database;
}

namespace maru::store {

class Apply;

class Writer {
  public:
    Writer(std::string file, const SqliteOptions& options, Dispatch dispatch);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    [[nodiscard]] bool submit(Transition transition, std::size_t shard, std::unique_ptr<Waiter>& waiter);

    // Runs `change` in a transaction of its own and waits for its commit; rethrows what it throws.
    void run(const std::function<void(SQLite::Database&)>& change);

    [[nodiscard]] Health health() const;
    [[nodiscard]] Counters counters() const;
    void close();

  private:
    struct Work {
        Transition transition;
        std::size_t shard = 0;
        std::unique_ptr<Waiter> waiter;
        std::size_t bytes = 0;
        CommitResult result = CommitResult::failed;
    };
    struct Job {
        const std::function<void(SQLite::Database&)>* change = nullptr;
        std::exception_ptr error;
        bool finished = false;
    };

    void write_loop();
    void checkpoint_loop();
    void commit(SQLite::Database& db, Apply& apply, std::deque<Work>& batch);
    void commit_apart(SQLite::Database& db, Apply& apply, std::deque<Work>& batch);
    void tell(std::deque<Work>& batch);
    void report(std::string problem);
    void probe(SQLite::Database& db);

    const std::string file_;
    const SqliteOptions options_;
    const Dispatch dispatch_;

    mutable std::mutex mutex_;
    std::condition_variable wake_, done_, checkpoint_wake_;
    std::deque<Work> queue_;
    std::deque<Job*> jobs_;
    std::size_t queued_bytes_ = 0;
    bool closing_ = false;
    bool checkpoint_wanted_ = false;
    std::string problem_;  // empty: the last write succeeded
    Counters counters_;
    std::thread writer_, checkpointer_;
};

}  // namespace maru::store
