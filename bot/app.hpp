// The server put together: every part is constructed here, once, and knows the others by reference.
//
// Threads: construct, `start` and `stop` from one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bot/content/settings.hpp"

namespace maru {

struct ServeOptions {
    std::filesystem::path config;
    std::string listen = "127.0.0.1:8080";
    std::filesystem::path data = "./maru-data";
    std::size_t threads = 0;  // 0: as many as there are cores
    std::vector<Override> overrides;
};

class App {
  public:
    // Loads the content and opens the store. Throws std::runtime_error with a message for people.
    explicit App(ServeOptions options);
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    // Begins to serve; the port. Throws std::runtime_error when the address cannot be taken.
    std::uint16_t start();
    // Stops accepting, lets clients know, drains, commits what is queued. Returns within about ten seconds.
    void stop();

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace maru
