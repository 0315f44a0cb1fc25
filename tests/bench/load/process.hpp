// What the kernel says about a process (Linux, /proc): memory and CPU time of the server under load.
#pragma once

#include <cstdint>
#include <optional>

namespace maru::load {

struct ProcessUse {
    std::int64_t rss_bytes = 0;  // resident now
    double cpu_seconds = 0;      // user and system, all threads, since it started
};

// nullopt: no such process. pid 0 is the caller.
[[nodiscard]] std::optional<ProcessUse> process_use(int pid);

// Lifts this process's limit of open files to what the system allows; returns it.
[[nodiscard]] std::int64_t raise_file_limit();

}  // namespace maru::load
