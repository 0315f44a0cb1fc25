#include "bot/base/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace maru {
namespace {

namespace fs = std::filesystem;

constexpr auto longest_rest = std::chrono::milliseconds(20);

[[noreturn]] void cannot_write(const fs::path& path) {
    throw std::runtime_error(path.string() + " cannot be written: " + std::strerror(errno));
}

class File {
  public:
    File(const fs::path& path, int flags, mode_t mode)
        : path_(path), handle_(::open(path.c_str(), O_CREAT | O_CLOEXEC | flags, mode)) {
        if (handle_ < 0) cannot_write(path);
    }
    ~File() { (void)::close(handle_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int handle() const { return handle_; }

    // Throws unless all of `bytes` are on the disk.
    void write(std::string_view bytes) const {
        // Piece by piece, each brought to the disk before the next: conversations are committed to the same
        // disk and would wait behind one large write. Room for all of them is taken first, so that the pieces
        // do not make the file longer, which would put every commit behind the file system's journal.
        constexpr std::size_t piece = 256 * 1024;
        if (bytes.size() > piece) reserve(bytes.size());
        for (auto rest = bytes; !rest.empty();) {
            const auto written = ::write(handle_, rest.data(), std::min(piece, rest.size()));
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) cannot_write(path_);
            if (rest.size() > piece) bring_out();
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        if (::fsync(handle_) != 0) cannot_write(path_);
    }

  private:
    // Without effect where the file system cannot: the writes that follow say what is wrong.
    void reserve(std::size_t bytes) const {
        const auto end = ::lseek(handle_, 0, SEEK_END);
        if (end >= 0) (void)::fallocate(handle_, FALLOC_FL_KEEP_SIZE, end, static_cast<off_t>(bytes));
    }

    // Only the bytes, not what the file system writes down about them: `write` ends in an fsync for that.
    void bring_out() const {
        constexpr unsigned all =
            SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
        const auto start = std::chrono::steady_clock::now();
        const bool cannot = ::sync_file_range(handle_, 0, 0, all) != 0;
        if (cannot && errno != ENOSYS && errno != EINVAL && errno != ESPIPE) cannot_write(path_);
        // As long a rest for the disk as it took: half of its time is the conversations'.
        std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(
            std::chrono::steady_clock::now() - start, longest_rest));
    }

    const fs::path& path_;
    int handle_;
};

}  // namespace

std::optional<std::string> read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf() || file.peek() == std::ifstream::traits_type::eof()))
        return std::nullopt;
    return std::move(text).str();
}

void replace_file(const fs::path& path, std::string_view bytes, mode_t mode) {
    // Hidden, so that no reader of the folder takes it for content.
    const auto part = path.parent_path() / ("." + path.filename().string() + ".part");
    struct ::stat old {};
    const bool keeps_mode = ::stat(path.c_str(), &old) == 0;
    try {
        const File file(part, O_WRONLY | O_TRUNC, mode);
        if (keeps_mode && ::fchmod(file.handle(), old.st_mode & 0777U) != 0) cannot_write(part);
        file.write(bytes);
        if (::rename(part.c_str(), path.c_str()) != 0) cannot_write(path);
    } catch (...) {
        std::error_code ignored;
        fs::remove(part, ignored);  // on a full disk it would only stand in the way
        throw;
    }
    const int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        (void)::fsync(folder);
        (void)::close(folder);
    }
}

void append_lines(const fs::path& path, std::string_view lines) {
    const File file(path, O_RDWR | O_APPEND, 0640);
    const auto size = ::lseek(file.handle(), 0, SEEK_END);
    char last = '\n';
    if (size > 0 && ::pread(file.handle(), &last, 1, size - 1) != 1) last = 0;
    try {
        file.write(last == '\n' ? std::string(lines) : "\n" + std::string(lines));
    } catch (...) {
        (void)::ftruncate(file.handle(), size);
        throw;
    }
}

}  // namespace maru
