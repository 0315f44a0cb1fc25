// From flow files to a FlowSet, with every problem named by file, line and column.
//
//     Problems problems;
//     auto flows = load_flows({{"flows/return.yaml", text}}, world, problems);
//     for (auto& p : problems.sorted()) print(yaml::to_string(p));
//     if (problems.has_errors()) keep_the_old_one();
//
// Never throws on any input; time and memory are bounded by the files' sizes. The language: flows/README.md.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "flows/content/faqs.hpp"
#include "flows/content/tables.hpp"
#include "flows/flow.hpp"

namespace maru::flows {

struct SourceFile {
    std::string file;  // as problems should name it
    std::string text;
};

// What flows may refer to. nullopt: not known here, so references are not checked.
struct World {
    std::vector<std::string> locales;
    std::optional<std::vector<std::string>> intents;
    std::optional<std::vector<std::string>> faqs;
    std::optional<std::vector<std::string>> teams;
    std::optional<std::vector<std::string>>
        entities;  // beside the built-in ones: word lists, rules' captures
    const Tables* tables = nullptr;
    // Names that conditions and texts may use beside slots ("hours.open"); a name that ends in ".*" stands
    // for all that begin so ("visitor.*").
    std::vector<std::string> facts = {"hours.open", "agents.online", "queue.length",
                                      "visitor.*",  "site",          "page.*"};
};

// Entity types that the language understanding always knows, and "product": one of those just shown, or
// named.
[[nodiscard]] const std::vector<std::string_view>& built_in_entities();

// Names that the step machine itself provides.
//   locale, message: the visitor's last text, shown: ids of the products last shown, results: how many were
//   found
[[nodiscard]] const std::vector<std::string_view>& built_in_names();

// The flows that could be read, checked as a whole; usable for showing and testing even beside errors (a
// broken step is left out), but not to go live. Also checks quick replies' targets.
[[nodiscard]] std::shared_ptr<const FlowSet> load_flows(const std::vector<SourceFile>& files,
                                                        const World& world, Problems& problems);

}  // namespace maru::flows
