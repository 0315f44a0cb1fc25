// The command line: one function per command, each returning the process's exit code. Results go to stdout,
// words about them to stderr.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace maru::cli {

// Adds a command to `app`; `chosen` becomes what to run when it was given.
using Chosen = std::function<int()>;
void add_serve(CLI::App& app, Chosen& chosen);
void add_user(CLI::App& app, Chosen& chosen);
void add_check(CLI::App& app, Chosen& chosen);
void add_talk(CLI::App& app, Chosen& chosen);     // test, chat
void add_report(CLI::App& app, Chosen& chosen);   // report, backup
void add_measure(CLI::App& app, Chosen& chosen);  // nlu eval, catalog eval, catalog search

}  // namespace maru::cli
