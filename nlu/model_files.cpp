#include "nlu/model_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

#include "nlu/features.hpp"

namespace maru::nlu {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view ending = ".model";
constexpr std::string_view unfinished = "new-";

struct Head {
    std::array<char, 8> mark{'m', 'a', 'r', 'u', 'n', 'l', 'u', '1'};
    std::uint64_t order = 0x0102030405060708ULL;  // reads otherwise where bytes stand otherwise
    std::uint64_t size = 0;
    std::uint64_t sum = 0;
};

std::uint64_t checksum(std::string_view bytes) {
    std::uint64_t h = bytes.size();
    for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, std::min(sizeof word, bytes.size() - at));
        h = (h ^ word) * 0x9E3779B97F4A7C15ULL;
        h ^= h >> 32;
    }
    return mix(h);
}

// Closes what it holds, and removes a file that did not come to its end.
struct Writing {
    fs::path path;
    int descriptor = -1;
    bool done = false;
    Writing(fs::path p, int d) : path(std::move(p)), descriptor(d) {}
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    ~Writing() {
        if (descriptor >= 0) ::close(descriptor);
        if (!done) ::unlink(path.c_str());
    }
    [[nodiscard]] bool put(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto written = ::write(descriptor, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }
};

// A file that was being written when its process was killed; a living one's is minutes old at most.
bool is_leftover(const fs::directory_entry& entry) {
    std::error_code error;
    const auto when = entry.last_write_time(error);
    return entry.path().filename().string().starts_with(unfinished) && !error &&
           when < fs::file_time_type::clock::now() - std::chrono::hours{1};
}

// All but `newest` and those written last before it; what cannot be removed stays.
void forget_old(const fs::path& folder, const fs::path& newest) {
    std::error_code error;
    std::vector<std::pair<fs::file_time_type, fs::path>> files;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (is_leftover(entry)) {
            std::error_code ignored;
            fs::remove(entry.path(), ignored);
        }
        if (entry.path().extension() == ending && entry.path() != newest) {
            const auto when = entry.last_write_time(error);
            if (!error) files.emplace_back(when, entry.path());
        }
    }
    std::sort(files.rbegin(), files.rend());
    for (std::size_t i = ModelFiles::most_files - 1; i < files.size(); ++i)
        fs::remove(files[i].second, error);
}

}  // namespace

fs::path ModelFiles::file(std::string_view key) const {
    const auto sum = checksum(key);
    std::string name;
    for (int shift = 60; shift >= 0; shift -= 4) name.push_back("0123456789abcdef"[(sum >> shift) & 15]);
    return folder_ / (name + std::string(ending));
}

std::optional<std::string> ModelFiles::read(std::string_view key) const {
    std::ifstream in(file(key), std::ios::binary);
    Head head;
    const Head expected;
    if (!in.read(reinterpret_cast<char*>(&head), sizeof head) || head.mark != expected.mark ||
        head.order != expected.order || head.size > most_bytes)
        return std::nullopt;
    std::error_code error;
    if (fs::file_size(file(key), error) != sizeof head + head.size || error) return std::nullopt;
    std::string model(head.size, '\0');
    if (!in.read(model.data(), static_cast<std::streamsize>(model.size())) || checksum(model) != head.sum ||
        !model.starts_with(key))
        return std::nullopt;
    return model;
}

std::string ModelFiles::write(std::string_view key, std::string_view model) const {
    const auto wrong = [](const fs::path& path) { return path.string() + ": " + std::strerror(errno); };
    if (model.size() > most_bytes) return "the model is too large to be kept";
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) return folder_.string() + ": " + error.message();
    auto pattern = (folder_ / (std::string(unfinished) + "XXXXXX")).string();
    const int descriptor = ::mkstemp(pattern.data());
    if (descriptor < 0) return wrong(folder_);
    Writing writing(pattern, descriptor);
    Head head;
    head.size = model.size();
    head.sum = checksum(model);
    if (!writing.put({reinterpret_cast<const char*>(&head), sizeof head}) || !writing.put(model) ||
        ::fsync(descriptor) != 0 || ::rename(pattern.c_str(), file(key).c_str()) != 0)
        return wrong(file(key));
    writing.done = true;
    forget_old(folder_, file(key));
    return {};
}

}  // namespace maru::nlu
