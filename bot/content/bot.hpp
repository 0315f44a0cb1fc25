// The bot as one immutable value: everything an admin wrote, checked and compiled. A server swaps whole bots
// behind a shared_ptr; a turn sees one from beginning to end.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bot/content/settings.hpp"
#include "bot/insights/baskets.hpp"
#include "catalog/search.hpp"
#include "flows/content/faqs.hpp"
#include "flows/content/intents.hpp"
#include "flows/content/shop.hpp"
#include "flows/content/tables.hpp"
#include "flows/flow.hpp"
#include "nlu/engine.hpp"

namespace maru {

struct Bot {
    std::string version;   // hash of the content it was made of
    std::string schedule;  // hash of settings.hours
    Settings settings;
    flows::Faqs faqs;
    flows::Intents intents;
    flows::Stores stores;
    flows::Tables tables;
    flows::Vocabulary vocabulary;
    std::vector<flows::Canned> canned;
    std::vector<flows::CompanionRule> companions;
    std::shared_ptr<const flows::FlowSet> flows;       // null only in tests without content
    std::shared_ptr<const nlu::Engine> understanding;  // likewise
    std::shared_ptr<const catalog::Index> catalog;     // likewise
    std::shared_ptr<const insights::Baskets> baskets;  // live, as the catalog; null: nothing is known
};

}  // namespace maru
