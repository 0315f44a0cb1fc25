#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "bot/cli/cli.hpp"

int main(int argc, char** argv) {
    CLI::App app("Maru: a customer-support chatbot that runs on one machine");
    app.require_subcommand(1);
    app.set_version_flag("--version", MARU_VERSION);
    maru::cli::Chosen chosen;
    maru::cli::add_serve(app, chosen);
    maru::cli::add_check(app, chosen);
    maru::cli::add_talk(app, chosen);
    maru::cli::add_user(app, chosen);
    maru::cli::add_report(app, chosen);
    maru::cli::add_measure(app, chosen);
    CLI11_PARSE(app, argc, argv);
    try {
        return chosen();
    } catch (const CLI::Error& error) {
        return app.exit(error);
    } catch (const std::exception& error) {
        std::cerr << "maru: " << error.what() << '\n';
        return 1;
    }
}
