// The server's threads: one single-threaded io_context each. A conversation is pinned to one by its id, so
// that nothing in a turn is locked; a socket lives on the one that accepted it.
//
// Threads: construct, start and join from one thread; `io`, `size` and `of` from any.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "bot/base/id.hpp"

namespace maru {

class Shards {
  public:
    explicit Shards(std::size_t count);
    ~Shards();  // stops and joins what still runs
    Shards(const Shards&) = delete;
    Shards& operator=(const Shards&) = delete;

    void start();
    // Lets every io_context run dry, then joins its thread.
    void finish();
    // Drops whatever is still queued and joins.
    void stop();

    [[nodiscard]] std::size_t size() const { return shards_.size(); }
    [[nodiscard]] boost::asio::io_context& io(std::size_t shard) { return shards_[shard]->io; }
    [[nodiscard]] std::size_t of(Id conversation) const;
    // The shard whose thread this is; larger than any on other threads.
    [[nodiscard]] static std::size_t current();

  private:
    struct Shard {
        boost::asio::io_context io{1};
        std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work;
        std::thread thread;
    };
    std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace maru
