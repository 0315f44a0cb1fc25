#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "bot/store/store.hpp"

using namespace maru;
namespace fs = std::filesystem;

namespace {

struct Folder {
    Folder() {
        std::string name = (fs::temp_directory_path() / "maru-store-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { fs::remove_all(path); }
    fs::path path;
};

// Collects what the writer reports and waits for it.
class Results {
  public:
    struct Waiter final : store::Waiter {
        explicit Waiter(Results& r) : results(r) {}
        void done(store::CommitResult result) noexcept override { results.add(result); }
        Results& results;
    };
    void add(store::CommitResult result) {
        const std::lock_guard lock(mutex_);
        all_.push_back(result);
        wake_.notify_all();
    }
    std::vector<store::CommitResult> wait(std::size_t count) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return all_.size() >= count; });
        return all_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<store::CommitResult> all_;
};

struct Bench {
    Bench() { open(); }
    void open(bool exclusive = true) {
        store::SqliteOptions options;
        options.directory = folder.path.string();
        options.exclusive = exclusive;
        store = store::open_sqlite(options, clock, ids, [](std::size_t, std::vector<store::Finished> batch) {
            for (const auto& one : batch) one.waiter->done(one.result);
        });
    }
    std::vector<store::CommitResult> submit(store::Transition change) {
        std::unique_ptr<store::Waiter> waiter = std::make_unique<Results::Waiter>(results);
        REQUIRE(store->submit(std::move(change), 0, waiter));
        return results.wait(++submitted);
    }
    store::Transition fresh(Id id) const {
        store::Transition change;
        change.created = true;
        change.conversation.id = id;
        change.conversation.version = 1;
        change.conversation.token_hash = std::string("\0token", 6);
        change.conversation.data = "{}";
        return change;
    }
    Folder folder;
    SystemClock clock;
    IdSource ids{clock};
    std::unique_ptr<store::Store> store;
    Results results;
    std::size_t submitted = 0;
};

store::MessageRow message(Id conversation, std::int64_t seq, std::string client_id, std::string text) {
    store::MessageRow row;
    row.conversation = conversation;
    row.seq = seq;
    row.role = "visitor";
    row.client_id = std::move(client_id);
    row.text = std::move(text);
    return row;
}

}  // namespace

TEST_CASE("a change is stored whole and read back, texts of any kind included") {
    Bench b;
    auto change = b.fresh(7);
    const std::string text =
        std::string("안녕 👋 e\xCC\x81 \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D ") + std::string("a\0b", 3);
    change.conversation.seq = 1;
    change.messages.push_back(message(7, 1, "m1", text));
    CHECK(b.submit(change).back() == store::CommitResult::committed);
    const auto row = b.store->load(7);
    REQUIRE(row);
    CHECK(row->token_hash == std::string("\0token", 6));
    const auto messages = b.store->messages(7, 0, 10, 10);
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].text == text);
    CHECK(b.store->find_client_id(7, "visitor", 0, "m1")->seq == 1);
    CHECK_FALSE(b.store->find_client_id(7, "agent", 0, "m1"));
    CHECK_FALSE(b.store->load(8));
}

TEST_CASE("a change of a version that has moved on is refused and writes nothing") {
    Bench b;
    CHECK(b.submit(b.fresh(1)).back() == store::CommitResult::committed);
    auto next = b.fresh(1);
    next.created = false;
    next.conversation.version = 2;
    CHECK(b.submit(next).back() == store::CommitResult::committed);
    next.messages.push_back(message(1, 1, "late", "late"));
    CHECK(b.submit(next).back() == store::CommitResult::stale);
    CHECK(b.store->messages(1, 0, 10, 10).empty());
}

TEST_CASE("one change that breaks an invariant does not take its neighbours down") {
    Bench b;
    b.submit(b.fresh(1));
    auto first = b.fresh(1);
    first.created = false;
    first.conversation.version = 2;
    first.messages.push_back(message(1, 1, "same", "one"));
    b.submit(first);
    auto twice = first;
    twice.conversation.version = 3;
    twice.messages[0].seq = 2;  // the same client id again
    CHECK(b.submit(twice).back() != store::CommitResult::committed);
    CHECK(b.submit(b.fresh(2)).back() == store::CommitResult::committed);
    CHECK(b.store->messages(1, 0, 10, 10).size() == 1);
    CHECK(b.store->load(1)->version == 2);
}

TEST_CASE("a full disk fails the change, is told, and passes") {
    Bench b;
    b.submit(b.fresh(1));
    {
        // Pages are the database's own measure of a full disk: no page may be added.
        SQLite::Database db((b.folder.path / "maru.db").string(), SQLite::OPEN_READWRITE);
        db.exec("BEGIN EXCLUSIVE");  // another process in the middle of something: the writer waits, then
                                     // gives up
        auto blocked = b.fresh(2);
        CHECK(b.submit(blocked).back() == store::CommitResult::failed);
        CHECK_FALSE(b.store->health().writable);
        CHECK_FALSE(b.store->health().problem.empty());
        db.exec("ROLLBACK");
    }
    CHECK(b.submit(b.fresh(3)).back() == store::CommitResult::committed);
    CHECK(b.store->health().writable);
    CHECK_FALSE(b.store->load(2));
}

TEST_CASE("a data folder has one server, and any number of short visitors") {
    Bench b;
    CHECK_THROWS_WITH_AS(([&] {
                             store::SqliteOptions options;
                             options.directory = b.folder.path.string();
                             (void)store::open_sqlite(options, b.clock, b.ids, {});
                         }()),
                         doctest::Contains("another maru"), std::runtime_error);
    store::SqliteOptions beside;
    beside.directory = b.folder.path.string();
    beside.exclusive = false;
    auto second = store::open_sqlite(beside, b.clock, b.ids, {});
    const auto id = second->add_staff({0, "mina", "agent", "sales", "hash", true});
    CHECK(b.store->staff_by_name("mina")->id == id);
    CHECK_THROWS_AS(second->add_staff({0, "mina", "agent", "", "hash", true}), std::invalid_argument);
}

TEST_CASE("a newer database than the binary is refused with a clear message") {
    Bench b;
    b.store.reset();
    {
        SQLite::Database db((b.folder.path / "maru.db").string(), SQLite::OPEN_READWRITE);
        db.exec("PRAGMA user_version=999");
    }
    CHECK_THROWS_WITH_AS(b.open(), doctest::Contains("newer Maru"), std::runtime_error);
}

TEST_CASE("a backup is a whole database, and never overwrites a file") {
    Bench b;
    b.submit(b.fresh(42));
    const auto copy = (b.folder.path / "copy.db").string();
    b.store->backup(copy);
    SQLite::Database db(copy, SQLite::OPEN_READONLY);
    CHECK(db.execAndGet("SELECT id FROM conversations").getInt64() == 42);
    CHECK(db.execAndGet("PRAGMA integrity_check").getString() == "ok");
    CHECK_THROWS_AS(b.store->backup(copy), std::runtime_error);
}

TEST_CASE("a backup carries files until the server that starts from it has unpacked them") {
    Bench b;
    CHECK_FALSE(b.store->carried());
    const std::string bytes("a\0b", 3);
    const auto copy = (b.folder.path / "copy.db").string();
    b.store->backup(copy, {{"one", bytes}, {"empty", ""}});
    b.store.reset();
    for (const char* tail : {"-wal", "-shm"})
        std::filesystem::remove((b.folder.path / "maru.db").string() + tail);
    std::filesystem::rename(copy, b.folder.path / "maru.db");
    b.open();
    const auto carried = b.store->carried();
    REQUIRE(carried);
    REQUIRE(carried->size() == 2);
    CHECK((*carried)[0].name == "one");
    CHECK((*carried)[0].bytes == bytes);
    CHECK((*carried)[1].bytes.empty());
    b.store->unpacked();
    CHECK_FALSE(b.store->carried());
    const auto again = (b.folder.path / "again.db").string();
    b.store->backup(again);
    b.store.reset();
    CHECK(SQLite::Database(again, SQLite::OPEN_READONLY).tableExists("carried_files"));
}

TEST_CASE("contacts are forgotten when their time is over") {
    Bench b;
    auto change = b.fresh(1);
    store::ContactRow contact;
    contact.id = 1;
    contact.conversation = 1;
    contact.phone = "01012345678";
    contact.delete_after = b.clock.now() + std::chrono::hours{1};
    change.contacts.push_back(contact);
    b.submit(change);
    CHECK(b.store->forget_contacts(b.clock.now()) == 0);
    CHECK(b.store->forget_contacts(b.clock.now() + std::chrono::hours{2}) == 1);
}

TEST_CASE("sessions end, slide and are counted out with the password") {
    Bench b;
    const auto id = b.store->add_staff({0, "jun", "admin", "", "hash", true});
    const auto now = b.clock.now();
    const auto day = std::chrono::hours{24};
    b.store->add_session("one", id, now, now + day);
    b.store->add_session("two", id, now, now + day);
    CHECK(b.store->staff_by_session("one", now, day)->name == "jun");
    CHECK_FALSE(b.store->staff_by_session("one", now + day, day));
    CHECK(b.store->staff_by_session("one", now + std::chrono::hours{20}, day));  // slides its end
    CHECK(b.store->staff_by_session("one", now + std::chrono::hours{40}, day));
    b.store->set_password(id, "new", "one");
    CHECK_FALSE(b.store->staff_by_session("two", now, day));
    CHECK_FALSE(b.store->staff_by_name("jun")->must_change_password);
    b.store->end_session("one");
    CHECK_FALSE(b.store->staff_by_session("one", now, day));
}

TEST_CASE("searches add up by day, language and words, and are forgotten by day") {
    Bench b;
    b.submit(b.fresh(1));
    std::int64_t version = 1;
    const auto count = [&](std::int64_t day, const char* words, int asked, int nothing, int followed) {
        auto change = b.fresh(1);
        change.created = false;
        change.conversation.version = ++version;
        store::SearchCount row;
        row.day = day;
        row.locale = "ko";
        row.words = words;
        row.example = asked > 0 ? std::string(words) + std::to_string(day) : "";
        row.at = Time{std::chrono::days{day}};
        row.asked = asked;
        row.nothing = nothing;
        row.followed = followed;
        change.searches.push_back(row);
        CHECK(b.submit(change).back() == store::CommitResult::committed);
    };
    count(100, "mouse", 1, 0, 0);
    count(100, "mouse", 1, 0, 0);
    count(100, "mouse", 0, 0, 1);
    count(101, "mouse", 1, 0, 0);
    count(101, "hoverboard", 1, 1, 0);
    count(101, "never asked", 0, 0, 1);  // its row has been trimmed: nothing to add to
    auto all = b.store->searches({});
    REQUIRE(all.rows.size() == 2);
    CHECK(all.rows[0].words == "mouse");
    CHECK(all.rows[0].asked == 3);
    CHECK(all.rows[0].followed == 1);
    CHECK(all.rows[0].example == "mouse101");
    CHECK(all.total.asked == 4);
    CHECK(all.distinct == 2);
    store::SearchFilter filter;
    filter.only = store::SearchFilter::Only::nothing;
    CHECK(b.store->searches(filter).rows.at(0).words == "hoverboard");
    filter.only = store::SearchFilter::Only::unfollowed;
    CHECK(b.store->searches(filter).rows.at(0).words == "mouse");
    CHECK(b.store->searches(filter).distinct == 1);
    filter = {};
    filter.to = Time{std::chrono::days{101}};
    CHECK(b.store->searches(filter).total.asked == 2);
    filter.to = Time{std::chrono::days{101}} + Millis{1};
    CHECK(b.store->searches(filter).total.asked == 4);
    filter.locale = "en";
    CHECK(b.store->searches(filter).rows.empty());
    CHECK(b.store->forget_searches(Time{std::chrono::days{101}}) == 1);
    CHECK(b.store->searches({}).total.asked == 2);
}

TEST_CASE("the search ledger never grows beyond its bound, and the newest stay") {
    Bench b;
    b.submit(b.fresh(1));
    constexpr int bound = 100'000, beyond = 500;
    auto change = b.fresh(1);
    change.created = false;
    change.conversation.version = 2;
    for (int i = 0; i < bound + beyond; ++i) {
        store::SearchCount row;
        row.day = 1;
        row.words = std::to_string(i);
        row.asked = 1;
        change.searches.push_back(row);
    }
    CHECK(b.submit(change).back() == store::CommitResult::committed);
    const auto all = b.store->searches({});
    CHECK(all.distinct == bound);
    store::SearchFilter newest;
    newest.limit = bound;
    const auto rows = b.store->searches(newest).rows;
    CHECK(std::none_of(rows.begin(), rows.end(), [](const auto& row) { return row.words == "0"; }));
}
