#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <string>

#include "bot/cli/cli.hpp"
#include "bot/cli/options.hpp"
#include "bot/net/auth.hpp"

namespace maru::cli {
namespace {

struct NewUser {
    std::string name, role, team, data = "./maru-data";
    bool password_stdin = false;
};

int add(const NewUser& user) {
    std::string password;
    if (user.password_stdin) {
        std::getline(std::cin, password);
        if (!password.empty() && password.back() == '\r') password.pop_back();
        if (password.size() < 8) {
            fmt::print(
                stderr,
                "maru: the password on standard input is shorter than 8 characters; choose a longer one\n");
            return 1;
        }
    } else {
        password = net::new_one_time_password();
    }
    const auto hash = net::hash_password(password);
    if (!hash) {
        fmt::print(stderr, "maru: there is not enough memory to hash the password (64 MB are needed)\n");
        return 1;
    }
    Beside beside(user.data, Beside::Folder::made);
    beside.store->add_staff({0, user.name, user.role, user.team, *hash, !user.password_stdin});
    if (user.password_stdin)
        fmt::print("{} {} can log in\n", user.role, user.name);
    else
        fmt::print("one-time password for {} {}: {}\n", user.role, user.name, password);
    return 0;
}

}  // namespace

void add_user(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("user", "Agents and admins")->require_subcommand(1);
    auto* add_command =
        command->add_subcommand("add", "Add an agent or an admin; works beside a running server");
    auto user = std::make_shared<NewUser>();
    add_command->add_option("NAME", user->name, "The name to log in with")->required();
    add_command->add_option("--role", user->role, "agent or admin")
        ->required()
        ->check(CLI::IsMember({"agent", "admin"}));
    add_command->add_option("--team", user->team, "The team whose queue it takes from");
    add_command->add_flag("--password-stdin", user->password_stdin,
                          "Read the password from standard input; else a one-time password is printed");
    add_command->add_option("--data", user->data, "The server's data folder")->capture_default_str();
    add_command->callback([user, &chosen] { chosen = [user] { return add(*user); }; });
}

}  // namespace maru::cli
