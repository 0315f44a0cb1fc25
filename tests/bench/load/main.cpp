// maru_load: loads a WebSocket server and prints what it saw as one JSON object. See tests/bench/README.md.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "tests/bench/load/echo.hpp"
#include "tests/bench/load/runs.hpp"

namespace {

using namespace maru::load;

void common(CLI::App& command, std::string& url, bool& echo, RunOptions& options) {
    command.add_option("--url", url, "Server, as http://HOST:PORT")->required();
    command.add_flag("--echo", echo, "The server only echoes: no hello, no acks");
    command.add_option("--site", options.target.site, "Site named in hello");
    command.add_option("--threads", options.threads, "Threads of this client")->check(CLI::Range(1, 64));
    command.add_option("--pid", options.pid, "Process id of the server, to read its CPU time and memory");
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Loads a chat server over WebSocket and prints one JSON object"};
    app.require_subcommand(1);

    EchoOptions echo_options;
    CLI::App* echo_server = app.add_subcommand("echo-server", "A bare echo server: the baseline");
    echo_server->add_option("--host", echo_options.host, "Address to listen on");
    echo_server->add_option("--port", echo_options.port, "Port; 0 takes a free one");
    echo_server->add_option("--threads", echo_options.threads, "Threads")->check(CLI::Range(1, 64));

    RunOptions options;
    std::string url;
    bool echo = false;
    double seconds = 8;
    double warmup = 1;

    CLI::App* closed = app.add_subcommand("closed", "Every visitor asks again when it is answered");
    CLI::App* open = app.add_subcommand("open", "Messages leave on a timetable, whatever the server does");
    for (CLI::App* command : {closed, open}) {
        common(*command, url, echo, options);
        command->add_option("--visitors", options.visitors, "Visitors")->check(CLI::Range(1, 60000));
        command->add_option("--seconds", seconds, "Counted time");
        command->add_option("--warmup", warmup, "Seconds before it that are not counted");
        command->add_option("--questions", options.questions, "File of question templates with {word}");
    }
    open->add_option("--rate", options.rate, "Messages per second over all visitors");

    CLI::App* idle = app.add_subcommand("idle", "Visitors who only say hello: memory for each");
    common(*idle, url, echo, options);
    idle->add_option("--connections", options.visitors, "Visitors")->check(CLI::Range(1, 60000));

    CLI11_PARSE(app, argc, argv);
    try {
        if (echo_server->parsed()) return run_echo_server(echo_options);
        const std::string site = options.target.site;
        options.target = parse_target(url, echo);
        options.target.site = site;
        options.warmup = std::chrono::milliseconds(static_cast<std::int64_t>(warmup * 1000));
        options.length = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
        const nlohmann::json result =
            closed->parsed() ? run_closed(options) : (open->parsed() ? run_open(options) : run_idle(options));
        std::cout << result.dump(2) << std::endl;
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "maru_load: " << error.what() << std::endl;
        return 1;
    }
}
