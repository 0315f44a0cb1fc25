#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "bot/net/file_types.hpp"
#include "bot/net/pages.hpp"

namespace maru::net {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = 32U * 1024 * 1024;

// Names that are plain: no way up, nothing hidden, nothing another system would read differently.
bool plain_path(std::string_view path) {
    if (path.empty() || path.find_first_of(std::string_view("\\\0", 2)) != std::string_view::npos)
        return false;
    for (;;) {
        const auto slash = path.find('/');
        const auto segment = path.substr(0, slash);
        if (segment.empty() || segment.front() == '.') return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int get() const { return fd_; }

  private:
    int fd_;
};

Response serve(const Request& request, const fs::path& folder) {
    const std::string path(request.parameter("path"));
    if (!plain_path(path)) return problem(404);
    std::error_code ec;
    const auto root = fs::canonical(folder, ec);
    if (ec) return problem(404);
    // Links are followed only as far as they stay inside.
    const auto file = fs::canonical(root / path, ec);
    if (ec || file.native().compare(0, root.native().size() + 1, root.native() + "/") != 0)
        return problem(404);
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat about {};
    if (opened.get() < 0 || ::fstat(opened.get(), &about) != 0 || !S_ISREG(about.st_mode))
        return problem(404);
    const auto size = static_cast<std::size_t>(about.st_size);
    if (size > largest_file) return problem(404, {}, "media files may have 32 MB");

    Response response;
    response.cacheable = true;
    const std::string tag = "\"" + std::to_string(about.st_mtim.tv_sec) + "-" +
                            std::to_string(about.st_mtim.tv_nsec) + "-" + std::to_string(size) + "\"";
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control", "public, max-age=300");
    response.headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    // A picture may be opened as a document of our own origin: whatever it holds, it runs nothing there.
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    auto type = type_of_file(path);
    if (type.empty() || type.substr(0, 9) == "text/html" || type.substr(0, 15) == "text/javascript") {
        type = "application/octet-stream";
        response.headers.emplace_back("Content-Disposition", "attachment");
    }
    if (request.header("if-none-match") == tag) {
        response.status = 304;
        response.type.clear();
        return response;
    }
    response.type = type;
    response.body.resize(size);
    std::size_t done = 0;
    while (done < size) {
        const auto got = ::read(opened.get(), response.body.data() + done, size - done);
        if (got <= 0) return problem(500, {}, "the file cannot be read");
        done += static_cast<std::size_t>(got);
    }
    return response;
}

}  // namespace

void add_media(Router& router, fs::path folder) {
    router.get("/media/{path*}", Access::open,
               [folder = std::move(folder)](const Request& request) { return serve(request, folder); });
}

}  // namespace maru::net
