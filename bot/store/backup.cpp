#include "bot/store/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "bot/store/schema.hpp"

namespace maru::store {
namespace {

namespace fs = std::filesystem;

// A copy that is interrupted half-way is never taken for a whole one.
class PartFile {
  public:
    explicit PartFile(const std::string& file) : file_(file), path_(file + ".part") { fs::remove(path_); }
    ~PartFile() {
        std::error_code gone;
        fs::remove(path_, gone);
        fs::remove(path_ + "-journal", gone);
    }
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    void finish() {
        ::chmod(path_.c_str(), 0600);
        sync(path_);
        fs::rename(path_, file_);
    }

  private:
    static void sync(const std::string& path) {
        const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        const bool done = handle >= 0 && ::fsync(handle) == 0;
        const int error = errno;
        if (handle >= 0) ::close(handle);
        if (!done) throw std::system_error(error, std::generic_category(), path);
    }

    std::string file_, path_;
};

void copy(const std::string& database, const std::string& file, const std::vector<CarriedFile>& carried) {
    auto source = open_database(database, true);
    PartFile part(file);
    // VACUUM INTO reads one snapshot.
    SQLite::Statement q(source, "VACUUM INTO ?");
    q.bind(1, part.path());
    q.exec();
    {
        SQLite::Database copy(part.path(), SQLite::OPEN_READWRITE);
        copy.exec("PRAGMA journal_mode=DELETE");
        SQLite::Transaction whole(copy);
        drop_carried(copy);
        copy.exec("CREATE TABLE carried_files(name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT");
        for (const auto& each : carried) {
            SQLite::Statement add(copy, "INSERT INTO carried_files(name, body) VALUES(?,?)");
            add.bind(1, each.name);
            add.bindNoCopy(2, static_cast<const void*>(each.bytes.data()),
                           static_cast<int>(each.bytes.size()));
            add.exec();
        }
        whole.commit();
    }
    part.finish();
}

}  // namespace

void copy_database(const std::string& database, const std::string& file,
                   const std::vector<CarriedFile>& carried) {
    if (fs::exists(file)) throw std::runtime_error(fmt::format("{}: exists already; name a new file", file));
    try {
        copy(database, file, carried);
    } catch (const std::exception& error) {
        throw std::runtime_error(fmt::format("{}: no backup was written: {}", file, error.what()));
    }
}

std::optional<std::vector<CarriedFile>> carried_in(SQLite::Database& db) {
    if (!db.tableExists("carried_files")) return std::nullopt;
    SQLite::Statement q(db, "SELECT name, body FROM carried_files");
    std::vector<CarriedFile> files;
    while (q.executeStep()) {
        const auto body = q.getColumn(1);
        files.push_back(
            {q.getColumn(0).getString(),
             {static_cast<const char*>(body.getBlob()), static_cast<std::size_t>(body.getBytes())}});
    }
    return files;
}

void drop_carried(SQLite::Database& db) {
    db.exec("DROP TABLE IF EXISTS carried_files");
}

}  // namespace maru::store
