// Inside of the loader: flows half way between their files and the FlowSet, with what the checker wants to
// know.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "flows/flow.hpp"
#include "flows/loader.hpp"
#include "flows/yaml/node.hpp"
#include "flows/yaml/reader.hpp"

namespace maru::flows {

// A name read by a step. In a text a slot that is not set leaves a hole; in a condition it is simply not set.
struct Use {
    std::string name;
    Position at;
    bool leaves_hole = false;
};

struct StepNotes {
    std::vector<Use> uses;
    std::vector<std::string> sets;  // on `next`; "order.*": all that begin so
    bool written = true;  // stands in the file as a step of its own, so it may be reported as unreachable
    std::string name;     // what its path should be, if no other step has it: the label, a question's slot
    bool labelled = false;
};

struct Draft {
    Flow flow;
    std::vector<StepNotes> notes;  // parallel to flow.steps
    std::unordered_map<std::string, int> labels;
    struct Goto {
        int step = 0;
        std::string label;
        Position at;
    };
    std::vector<Goto> gotos;
};

// Compiles the steps of one flow into its draft.
class StepReader {
  public:
    StepReader(Draft& draft, const Context& context, const World& world)
        : draft_(draft), context_(context), world_(world) {}

    // The entry of a list of steps that goes on with `after`.
    int block(const yaml::Node& node, const std::string& path, int after);
    // Resolves gotos; call once, after the whole flow.
    void finish();

  private:
    using Node = yaml::Node;
    using Reader = yaml::Reader;

    int item(const Node& node, const std::string& path, int after);
    int map_item(const Node& node, const std::string& path, int after);

    template <typename What>
    int add(const std::string& path, Position at, What what, int next);
    int jump(const std::string& path, Position at, int next, bool written);

    Say say(Reader& r);
    Ask ask(Reader& r, const std::string& path, int after);
    Choose choose(Reader& r, const std::string& path, int after);
    Branch branch(const Node& cases, const std::string& path, int after);
    Branch if_then(Reader& r, const std::string& path, int after);
    Search search(Reader& r, const std::string& path, int after);
    Recommend recommend(Reader& r, const std::string& path, int after);
    LookUp look_up(Reader& r, const std::string& path, int after);
    HandOver hand_over(Reader& r);
    Set set(Reader& r);
    Clear clear(Reader& r);
    Call call(Reader& r);

    std::vector<Option> options(const Node& node, const std::string& path, int after);
    std::vector<Option> suggestions(const Node& node);
    std::vector<Check> checks(const Node& node);
    Retry retry(Reader& r, const std::string& path, int after);
    // The block below `key`, or `after` when it is absent.
    int optional_block(Reader& r, std::string_view key, const std::string& path, int after);

    std::string slot_name(Reader& r, std::string_view key);
    bool slot_fits(std::string_view name, Position at) const;
    LocalTemplate local_template(Reader& r, std::string_view key, bool required);
    Template one_template(const Node& node, std::string_view what, bool leaves_hole);
    Template optional_template(Reader& r, std::string_view key, bool leaves_hole);
    Expression expression(const Node& node);
    std::vector<Assign> assigns(const Node& map);
    void note_template(const Template& text, const Node& node, bool leaves_hole);
    std::string reference(Reader& r, std::string_view key, std::string_view what,
                          const std::optional<std::vector<std::string>>& known);

    Draft& draft_;
    const Context& context_;
    const World& world_;
    StepNotes notes_;  // of the step being read
};

// The place of a byte inside a scalar as it is written; the scalar's own when that cannot be said.
[[nodiscard]] Position inside(const yaml::Node& scalar, std::size_t offset) noexcept;

// What only the whole shows: unknown names and flows, unreachable steps, loops without a wait, holes in
// texts.
void check_flows(const std::vector<Draft>& drafts, const World& world, Problems& problems);

}  // namespace maru::flows
