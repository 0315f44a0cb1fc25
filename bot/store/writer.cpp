#include "bot/store/writer.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <pthread.h>
#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <chrono>

#include "bot/store/apply.hpp"
#include "bot/store/schema.hpp"

namespace maru::store {
namespace {

using namespace std::chrono_literals;

// How long a commit waits for company while changes come in faster than one by one: half of a commit's cost
// is the same for one change and for twenty.
constexpr auto gather = 500us;

// How often an unwritable database is tried again, so that it recovers without traffic.
constexpr auto probe_interval = 500ms;

void roll_back(SQLite::Database& db) noexcept {
    // A failed COMMIT may have rolled back already; then this one answers "no transaction is active".
    if (sqlite3_get_autocommit(db.getHandle()) == 0) db.tryExec("ROLLBACK");
}

}  // namespace

Writer::Writer(std::string file, const SqliteOptions& options, Dispatch dispatch)
    : file_(std::move(file)), options_(options), dispatch_(std::move(dispatch)) {
    writer_ = std::thread([this] {
        pthread_setname_np(pthread_self(), "maru-store");
        write_loop();
    });
    checkpointer_ = std::thread([this] {
        pthread_setname_np(pthread_self(), "maru-checkpoint");
        checkpoint_loop();
    });
}

Writer::~Writer() {
    close();
}

bool Writer::submit(Transition transition, std::size_t shard, std::unique_ptr<Waiter>& waiter) {
    Work work{std::move(transition), shard, nullptr};
    work.bytes = work.transition.bytes();
    bool was_idle = false;
    {
        const std::lock_guard lock(mutex_);
        if (closing_ || queued_bytes_ + work.bytes > options_.max_queued_bytes) return false;
        was_idle = queue_.empty();
        queued_bytes_ += work.bytes;
        work.waiter = std::move(waiter);
        queue_.push_back(std::move(work));
    }
    if (was_idle) wake_.notify_one();
    return true;
}

void Writer::run(const std::function<void(SQLite::Database&)>& change) {
    Job job{&change, nullptr};
    std::unique_lock lock(mutex_);
    if (closing_) throw std::runtime_error("the store is closed");
    jobs_.push_back(&job);
    wake_.notify_one();
    done_.wait(lock, [&] { return job.finished; });
    if (job.error) std::rethrow_exception(job.error);
}

Health Writer::health() const {
    const std::lock_guard lock(mutex_);
    return {problem_.empty(), problem_, queue_.size(), queued_bytes_};
}

Counters Writer::counters() const {
    const std::lock_guard lock(mutex_);
    return counters_;
}

void Writer::close() {
    {
        const std::lock_guard lock(mutex_);
        if (closing_) return;
        closing_ = true;
    }
    wake_.notify_all();
    checkpoint_wake_.notify_all();
    if (writer_.joinable()) writer_.join();
    if (checkpointer_.joinable()) checkpointer_.join();
}

void Writer::write_loop() {
    auto db = open_database(file_, false);
    db.exec("PRAGMA wal_autocheckpoint=0");
    sqlite3_wal_hook(
        db.getHandle(),
        [](void* self, sqlite3*, const char*, int pages) {
            auto& writer = *static_cast<Writer*>(self);
            if (static_cast<std::size_t>(pages) * 4096 < writer.options_.checkpoint_bytes) return SQLITE_OK;
            {
                const std::lock_guard lock(writer.mutex_);
                writer.checkpoint_wanted_ = true;
            }
            writer.checkpoint_wake_.notify_one();
            return SQLITE_OK;
        },
        this);
    Apply apply(db);
    std::deque<Work> batch;
    std::deque<Job*> jobs;
    bool busy = false;  // the last commit was of several changes
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            const auto something = [&] { return closing_ || !queue_.empty() || !jobs_.empty(); };
            if (problem_.empty()) {
                wake_.wait(lock, something);
            } else if (!wake_.wait_for(lock, probe_interval, something)) {
                lock.unlock();
                probe(db);
                continue;
            }
            if (queue_.empty() && jobs_.empty()) break;
            // Who writes alone is not made to wait for others.
            if (busy && jobs_.empty())
                wake_.wait_for(lock, gather, [&] { return closing_ || !jobs_.empty(); });
            jobs.swap(jobs_);
            if (queue_.size() <= options_.max_batch) {
                batch.swap(queue_);
            } else {
                for (std::size_t i = 0; i < options_.max_batch; ++i) {
                    batch.push_back(std::move(queue_.front()));
                    queue_.pop_front();
                }
            }
        }
        for (Job* job : jobs) {
            try {
                SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
                (*job->change)(db);
                transaction.commit();
            } catch (...) {
                job->error = std::current_exception();
                roll_back(db);
            }
        }
        if (!jobs.empty()) {
            {
                const std::lock_guard lock(mutex_);
                for (Job* job : jobs) job->finished = true;
            }
            jobs.clear();
            done_.notify_all();
        }
        busy = batch.size() > 1;
        if (!batch.empty()) {
            commit(db, apply, batch);
            tell(batch);
            batch.clear();
        }
    }
}

void Writer::commit(SQLite::Database& db, Apply& apply, std::deque<Work>& batch) {
    const auto start = std::chrono::steady_clock::now();
    try {
        db.exec("BEGIN IMMEDIATE");
        for (auto& work : batch)
            work.result = apply(work.transition) ? CommitResult::committed : CommitResult::stale;
        db.exec("COMMIT");
        report({});
    } catch (const SQLite::Exception& e) {
        roll_back(db);
        if (e.getErrorCode() == SQLITE_CONSTRAINT) {
            // One transition broke an invariant; the others must not suffer for it.
            commit_apart(db, apply, batch);
        } else {
            for (auto& work : batch) work.result = CommitResult::failed;
            report(e.what());
        }
    }
    const std::lock_guard lock(mutex_);
    ++counters_.commits;
    counters_.commit_seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    for (const auto& work : batch) {
        queued_bytes_ -= work.bytes;
        ++counters_.transitions;
        if (work.result != CommitResult::committed) ++counters_.failures;
    }
}

void Writer::commit_apart(SQLite::Database& db, Apply& apply, std::deque<Work>& batch) {
    for (auto& work : batch) {
        try {
            db.exec("BEGIN IMMEDIATE");
            work.result = apply(work.transition) ? CommitResult::committed : CommitResult::stale;
            db.exec("COMMIT");
        } catch (const SQLite::Exception& e) {
            roll_back(db);
            work.result = e.getErrorCode() == SQLITE_CONSTRAINT ? CommitResult::stale : CommitResult::failed;
            spdlog::error("store: a change of conversation {} was refused: {}",
                          to_text(work.transition.conversation.id), e.what());
            if (work.result == CommitResult::failed) report(e.what());
        }
    }
}

void Writer::tell(std::deque<Work>& batch) {
    std::vector<std::vector<Finished>> by_shard;
    for (auto& work : batch) {
        if (work.shard >= by_shard.size()) by_shard.resize(work.shard + 1);
        by_shard[work.shard].push_back({std::move(work.waiter), work.result});
    }
    for (std::size_t shard = 0; shard < by_shard.size(); ++shard) {
        if (!by_shard[shard].empty()) dispatch_(shard, std::move(by_shard[shard]));
    }
}

void Writer::report(std::string problem) {
    const std::lock_guard lock(mutex_);
    if (problem.empty() != problem_.empty()) {
        if (problem.empty())
            spdlog::info("store: writable again");
        else
            spdlog::error("store: cannot write: {}", problem);
    }
    problem_ = std::move(problem);
}

void Writer::probe(SQLite::Database& db) {
    try {
        // Grows the log by a real page and more than a sector, so that a full disk shows.
        SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
        db.exec(
            "INSERT INTO documents(kind, hash, body, created_at) VALUES('probe', 'probe', zeroblob(65536), "
            "0) "
            "ON CONFLICT DO UPDATE SET created_at=created_at+1, body=randomblob(65536)");
        transaction.commit();
        report({});
    } catch (const SQLite::Exception& e) {
        roll_back(db);
        report(e.what());
    }
}

void Writer::checkpoint_loop() {
    auto db = open_database(file_, false);
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            checkpoint_wake_.wait(lock, [&] { return closing_ || checkpoint_wanted_; });
            if (closing_) return;
            checkpoint_wanted_ = false;
        }
        int pages = 0, copied = 0;
        // PASSIVE never makes the writer wait. A log that keeps growing under constant load is cut with
        // RESTART, which holds the next commit up for as long as the last pages take.
        sqlite3_wal_checkpoint_v2(db.getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
        if (static_cast<std::size_t>(pages) * 4096 > 8 * options_.checkpoint_bytes)
            sqlite3_wal_checkpoint_v2(db.getHandle(), nullptr, SQLITE_CHECKPOINT_RESTART, &pages, &copied);
    }
}

}  // namespace maru::store
