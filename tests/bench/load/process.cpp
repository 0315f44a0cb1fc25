#include "tests/bench/load/process.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace maru::load {

std::optional<ProcessUse> process_use(int pid) {
    const std::string folder = "/proc/" + (pid == 0 ? std::string("self") : std::to_string(pid));
    ProcessUse use;

    std::ifstream status(folder + "/status");
    if (!status) return std::nullopt;
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmRSS:", 0) == 0) use.rss_bytes = std::stoll(line.substr(6)) * 1024;

    std::ifstream stat(folder + "/stat");
    std::string text;
    if (!std::getline(stat, text)) return std::nullopt;
    // The name in parentheses may hold blanks; fields 14 and 15 (utime, stime) are counted after it.
    std::istringstream rest(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int field = 3; field < 14; ++field) rest >> skipped;
    std::int64_t user = 0;
    std::int64_t system = 0;
    rest >> user >> system;
    use.cpu_seconds = static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    return use;
}

std::int64_t raise_file_limit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<std::int64_t>(limit.rlim_cur);
}

}  // namespace maru::load
