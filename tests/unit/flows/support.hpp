// Small helpers of the flow tests.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "flows/loader.hpp"
#include "flows/machine.hpp"

namespace maru::flows::testing {

inline std::string messages(const Problems& problems) {
    std::string out;
    for (const Problem& problem : problems.sorted()) out += yaml::to_string(problem) + "\n";
    return out;
}

// `steps` is the inside of `steps:`, indented by four.
inline std::string one_flow(const std::string& steps, const std::string& head = "") {
    return "version: 1\nflows:\n- id: f\n" + head + "  steps:\n" + steps;
}

// Flows from text; what goes wrong is in `problems`.
struct Loaded {
    Problems problems;
    Tables tables;
    Faqs faqs;
    World world;
    std::shared_ptr<const FlowSet> set;

    explicit Loaded(const std::string& text) {
        Problems ignored;
        const Context context{"orders.yaml", ignored, {}};
        read_table(
            "version: 1\nkey: number\nrows:\n- {number: A-1, status: {ko: 배송 중, en: on its way}, total: "
            "12000}\n",
            "orders", context, tables);
        read_faqs(
            "version: 1\nfaqs:\n- id: delivery\n  locales: {ko: {questions: [배송?], answer: 이틀이요.}, en: "
            "{questions: "
            "[delivery], answer: Two days.}}\n",
            context, faqs);
        world.locales = {"ko", "en"};
        world.intents = std::vector<std::string>{"return_item", "defective"};
        world.faqs = faqs.ids();
        world.teams = std::vector<std::string>{"sales", "support"};
        world.entities = std::vector<std::string>{"payment"};
        world.tables = &tables;
        set = load_flows({{"f.yaml", text}}, world, problems);
    }
    [[nodiscard]] std::string all() const { return messages(problems); }
};

}  // namespace maru::flows::testing
