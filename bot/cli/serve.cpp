#include <fmt/format.h>
#include <pthread.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdio>

#include "bot/app.hpp"
#include "bot/cli/cli.hpp"
#include "bot/cli/options.hpp"

namespace maru::cli {
namespace {

// As many sockets as the system lets us have; the server's own limit of connections is the one that counts.
void raise_file_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

int serve(const ServeOptions& options) {
    spdlog::set_default_logger(spdlog::stderr_logger_mt("maru"));
    raise_file_limit();
    // Signals are taken by this thread alone, in the loop below; every other thread is made after this.
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGTERM);
    sigaddset(&wanted, SIGINT);
    pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    App app(options);
    const auto port = app.start();
    const auto host = options.listen.substr(0, options.listen.rfind(':'));
    fmt::print("listening on http://{}:{}\n", host, port);
    std::fflush(stdout);
    int caught = 0;
    sigwait(&wanted, &caught);
    spdlog::info("stop: {}", caught == SIGTERM ? "SIGTERM" : "SIGINT");
    app.stop();
    spdlog::info("stop: done");
    return 0;
}

}  // namespace

void add_serve(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("serve", "Serve the bot of a config folder");
    auto options = std::make_shared<ServeOptions>();
    auto sets = std::make_shared<std::vector<std::string>>();
    command->add_option("CONFIG_DIR", options->config, "The folder that holds bot.yaml")->required();
    command
        ->add_option("--listen", options->listen, "HOST:PORT; [::1]:PORT for IPv6; port 0 takes a free one")
        ->capture_default_str();
    command->add_option("--data", options->data, "The folder of the database; made when missing")
        ->capture_default_str();
    command->add_option("--threads", options->threads, "Serving threads; as many as cores by default")
        ->check(CLI::Range(1, 256));
    command->add_option("--set", *sets, "KEY=VALUE: overrides a setting of bot.yaml")
        ->allow_extra_args(false);
    command->callback([options, sets, &chosen] {
        chosen = [options, sets] {
            options->overrides = overrides(*sets);
            return serve(*options);
        };
    });
}

}  // namespace maru::cli
