// Keeps a data folder to one server.
#pragma once

#include <filesystem>

namespace maru::store {

// Held for a server's life, so that two never write one folder's conversations. Released by the kernel on any
// death. Throws std::runtime_error, with the remedy, when another server holds it.
class FolderLock {
  public:
    explicit FolderLock(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

  private:
    int handle_ = -1;
};

}  // namespace maru::store
