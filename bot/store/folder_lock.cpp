#include "bot/store/folder_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace maru::store {

FolderLock::FolderLock(const std::filesystem::path& folder) {
    const auto file = (folder / "lock").string();
    handle_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (handle_ < 0)
        throw std::runtime_error(fmt::format("{}: cannot be opened ({}); is the data folder writable?", file,
                                             std::strerror(errno)));
    if (::flock(handle_, LOCK_EX | LOCK_NB) != 0) {
        ::close(handle_);
        throw std::runtime_error(fmt::format(
            "{}: another maru serves this data folder; stop it or choose another --data", folder.string()));
    }
}

FolderLock::~FolderLock() {
    ::close(handle_);
}

}  // namespace maru::store
