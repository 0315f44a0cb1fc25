// The bot as one immutable value: everything an admin wrote, checked and compiled. A server swaps whole bots
// behind a shared_ptr; a turn sees one from beginning to end.
#pragma once

#include <memory>
#include <string>

#include "bot/content/settings.hpp"

namespace maru {

struct Bot {
    std::string version;   // hash of the content it was made of
    std::string schedule;  // hash of settings.hours
    Settings settings;
};

}  // namespace maru
