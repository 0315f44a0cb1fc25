#include <algorithm>
#include <bitset>
#include <tuple>
#include <utility>

#include "flows/compile.hpp"

namespace maru::flows {
namespace {

constexpr std::size_t most_slots = 512;
using Bits = std::bitset<most_slots>;

struct Edge {
    int to = Step::end;
    enum class Kind : std::uint8_t { next, other, branch } kind = Kind::next;
    std::size_t branch = 0;  // which case; cases.size() is the rest
};

// Where a step may lead. `next` is the step's ordinary outcome, on which its slots are set.
std::vector<Edge> edges_of(const Step& step) {
    using Kind = Edge::Kind;
    std::vector<Edge> out;
    if (const auto* branch = std::get_if<Branch>(&step.what)) {
        for (std::size_t i = 0; i < branch->cases.size(); ++i)
            out.push_back({branch->cases[i].target, Kind::branch, i});
        out.push_back({branch->otherwise, Kind::branch, branch->cases.size()});
        return out;
    }
    if (std::holds_alternative<HandOver>(step.what)) return out;
    if (const auto* choose = std::get_if<Choose>(&step.what)) {
        for (const Option& option : choose->options) out.push_back({option.target, Kind::next, 0});
        if (choose->retry.otherwise != Retry::hand_over)
            out.push_back({choose->retry.otherwise, Kind::other, 0});
        return out;
    }
    out.push_back({step.next, Kind::next, 0});
    if (const auto* ask = std::get_if<Ask>(&step.what)) {
        if (ask->retry.otherwise != Retry::hand_over) out.push_back({ask->retry.otherwise, Kind::other, 0});
    } else if (const auto* search = std::get_if<Search>(&step.what)) {
        out.push_back({search->not_found, Kind::other, 0});
    } else if (const auto* recommend = std::get_if<Recommend>(&step.what)) {
        out.push_back({recommend->not_found, Kind::other, 0});
    } else if (const auto* look_up = std::get_if<LookUp>(&step.what)) {
        out.push_back({look_up->not_found, Kind::other, 0});
    }
    return out;
}

bool waits(const Step& step) {
    return std::holds_alternative<Ask>(step.what) || std::holds_alternative<Choose>(step.what);
}

// The strongly connected component of every node (Tarjan 1972, with an explicit stack: files may make long
// chains).
std::vector<int> components(const std::vector<std::vector<int>>& edges) {
    const std::size_t n = edges.size();
    std::vector<int> component(n, -1), low(n, 0), number(n, -1);
    std::vector<std::size_t> stack;
    std::vector<bool> on_stack(n, false);
    std::vector<std::pair<std::size_t, std::size_t>> calls;
    int counter = 0;
    int found = 0;
    for (std::size_t root = 0; root < n; ++root) {
        if (number[root] >= 0) continue;
        calls.emplace_back(root, 0);
        while (!calls.empty()) {
            const std::size_t node = calls.back().first;
            if (calls.back().second == 0) {
                number[node] = low[node] = counter++;
                stack.push_back(node);
                on_stack[node] = true;
            }
            if (calls.back().second < edges[node].size()) {
                const auto to = static_cast<std::size_t>(edges[node][calls.back().second++]);
                if (number[to] < 0) {
                    calls.emplace_back(to, 0);
                } else if (on_stack[to]) {
                    low[node] = std::min(low[node], number[to]);
                }
                continue;
            }
            calls.pop_back();
            if (!calls.empty()) low[calls.back().first] = std::min(low[calls.back().first], low[node]);
            if (low[node] != number[node]) continue;
            for (;;) {
                const std::size_t top = stack.back();
                stack.pop_back();
                on_stack[top] = false;
                component[top] = found;
                if (top == node) break;
            }
            ++found;
        }
    }
    return component;
}

class Checker {
  public:
    Checker(const std::vector<Draft>& drafts, const World& world, Problems& problems)
        : drafts_(drafts), world_(world), problems_(problems) {
        for (std::size_t i = 0; i < drafts.size(); ++i) by_id_.emplace(drafts[i].flow.id, i);
    }

    void run() {
        triggers();
        references();
        const bool few_enough = collect_slots();
        names();
        for (const Draft& draft : drafts_) unreachable(draft);
        recursion();
        loops();
        if (few_enough) holes();
    }

  private:
    void error(const Draft& draft, Position at, std::string message) {
        problems_.error(draft.flow.where.file, at, std::move(message));
    }
    void warning(const Draft& draft, Position at, std::string message) {
        problems_.warning(draft.flow.where.file, at, std::move(message));
    }
    [[nodiscard]] const Draft* flow(const std::string& id) const {
        const auto found = by_id_.find(id);
        return found == by_id_.end() ? nullptr : &drafts_[found->second];
    }

    void triggers() {
        std::unordered_map<std::string, const Draft*> taken;
        for (const Draft& draft : drafts_)
            for (const std::string& intent : draft.flow.triggers)
                if (const auto [other, fresh] = taken.try_emplace(intent, &draft);
                    !fresh && other->second != &draft)
                    error(draft, draft.flow.where.at,
                          "the intent `" + intent + "` starts the flow `" + other->second->flow.id +
                              "` already; one intent can start one flow");
    }

    void references() {
        std::vector<std::string> ids;
        for (const Draft& draft : drafts_) ids.push_back(draft.flow.id);
        for (const Draft& draft : drafts_) {
            for (const Step& step : draft.flow.steps) {
                if (const auto* call = std::get_if<Call>(&step.what);
                    call != nullptr && !call->flow.empty()) {
                    if (flow(call->flow) == nullptr)
                        error(draft, step.at,
                              "there is no flow `" + call->flow + "`" + yaml::suggestion(call->flow, ids));
                } else if (const auto* say = std::get_if<Say>(&step.what)) {
                    if (world_.faqs) {
                        check_quick_replies(say->quick_replies, draft.flow.where.file, *world_.faqs, ids,
                                            problems_);
                    }
                }
            }
        }
    }

    // Numbers for all slots; false when there are too many to follow.
    bool collect_slots() {
        const auto add = [&](const std::string& name) {
            if (name.empty()) return;
            if (name.size() > 2 && name.compare(name.size() - 2, 2, ".*") == 0)
                open_.push_back(name.substr(0, name.size() - 1));
            slots_.try_emplace(name, slots_.size());
        };
        for (const Draft& draft : drafts_) {
            for (const std::string& name : draft.flow.takes) add(name);
            for (const StepNotes& notes : draft.notes)
                for (const std::string& name : notes.sets) add(name);
        }
        if (slots_.size() <= most_slots) return true;
        problems_.warning(drafts_.front().flow.where.file, {},
                          "there are more than " + std::to_string(most_slots) +
                              " slots in all flows; whether each is set before its use is not checked");
        return false;
    }

    [[nodiscard]] bool provided(const std::string& name) const {
        const auto& built_in = built_in_names();
        if (std::find(built_in.begin(), built_in.end(), name) != built_in.end()) return true;
        for (const std::string& fact : world_.facts) {
            if (fact == name) return true;
            if (fact.size() > 2 && fact.compare(fact.size() - 2, 2, ".*") == 0 &&
                name.compare(0, fact.size() - 1, fact, 0, fact.size() - 1) == 0)
                return true;
        }
        return false;
    }

    // The slot's number; nullopt when no step sets it.
    [[nodiscard]] std::optional<std::size_t> slot(const std::string& name) const {
        if (const auto found = slots_.find(name); found != slots_.end()) return found->second;
        for (const std::string& prefix : open_)
            if (name.compare(0, prefix.size(), prefix) == 0) return slots_.at(prefix + "*");
        return std::nullopt;
    }

    void names() {
        std::vector<std::string> known;
        for (const auto& [name, number] : slots_) known.push_back(name);
        for (const std::string& fact : world_.facts) known.push_back(fact);
        for (const std::string_view name : built_in_names()) known.emplace_back(name);
        std::sort(known.begin(), known.end());
        for (const Draft& draft : drafts_)
            for (const StepNotes& notes : draft.notes)
                for (const Use& use : notes.uses)
                    if (!provided(use.name) && !slot(use.name))
                        error(draft, use.at,
                              "nothing ever sets `" + yaml::shown(use.name) + "`" +
                                  yaml::suggestion(use.name, known));
    }

    void unreachable(const Draft& draft) {
        const auto& steps = draft.flow.steps;
        std::vector<bool> reached(steps.size(), false);
        std::vector<int> open;
        const auto visit = [&](int index) {
            if (index < 0 || reached[static_cast<std::size_t>(index)]) return;
            reached[static_cast<std::size_t>(index)] = true;
            open.push_back(index);
        };
        visit(draft.flow.entry);
        while (!open.empty()) {
            const auto index = static_cast<std::size_t>(open.back());
            open.pop_back();
            for (const Edge& edge : edges_of(steps[index])) visit(edge.to);
        }
        // Of a stretch that nothing leads to, only its beginning is worth a line.
        std::vector<bool> follows(steps.size(), false);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (reached[i]) continue;
            for (const Edge& edge : edges_of(steps[i]))
                if (edge.to >= 0) follows[static_cast<std::size_t>(edge.to)] = true;
        }
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (!reached[i] && !follows[i] && draft.notes[i].written)
                warning(draft, steps[i].at,
                        "nothing leads to this step; remove it, or `goto` a `label` on it");
    }

    // A flow that calls itself and goes on afterwards would pile up without end; as its last step it is a
    // loop.
    void recursion() {
        std::vector<std::vector<int>> calls(drafts_.size());
        for (std::size_t i = 0; i < drafts_.size(); ++i)
            for (const Step& step : drafts_[i].flow.steps)
                if (const auto* call = std::get_if<Call>(&step.what))
                    if (const auto found = by_id_.find(call->flow); found != by_id_.end())
                        calls[i].push_back(static_cast<int>(found->second));
        const std::vector<int> component = components(calls);
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            for (const Step& step : drafts_[i].flow.steps) {
                const auto* call = std::get_if<Call>(&step.what);
                const auto found = call == nullptr ? by_id_.end() : by_id_.find(call->flow);
                if (found == by_id_.end() || component[found->second] != component[i]) continue;
                if (!ends(drafts_[i].flow, step.next))
                    error(drafts_[i], step.at,
                          "this comes back to the flow `" + drafts_[i].flow.id +
                              "` and would go on here each time; make it the last step, or `goto` a label");
            }
        }
    }

    // Whether nothing happens from here to the flow's end.
    static bool ends(const Flow& flow, int index) {
        for (std::size_t hops = 0; index >= 0; ++hops) {
            const Step& step = flow.steps[static_cast<std::size_t>(index)];
            if (!std::holds_alternative<Jump>(step.what) || hops > flow.steps.size()) return false;
            index = step.next;
        }
        return true;
    }

    // Whether a flow can run from its beginning to its end without waiting for the visitor.
    [[nodiscard]] std::vector<bool> passable() const {
        std::vector<bool> out(drafts_.size(), false);
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t i = 0; i < drafts_.size(); ++i) {
                if (out[i] || !passes(drafts_[i].flow, out)) continue;
                out[i] = true;
                changed = true;
            }
        }
        return out;
    }

    [[nodiscard]] bool passes(const Flow& flow, const std::vector<bool>& passable_flows) const {
        if (flow.entry < 0) return true;
        std::vector<bool> seen(flow.steps.size(), false);
        std::vector<int> open = {flow.entry};
        seen[static_cast<std::size_t>(flow.entry)] = true;
        while (!open.empty()) {
            const Step& step = flow.steps[static_cast<std::size_t>(open.back())];
            open.pop_back();
            if (waits(step)) continue;
            if (const auto* call = std::get_if<Call>(&step.what)) {
                const auto found = by_id_.find(call->flow);
                if (found != by_id_.end() && !passable_flows[found->second]) continue;
            }
            for (const Edge& edge : edges_of(step)) {
                if (edge.to < 0) return true;
                if (seen[static_cast<std::size_t>(edge.to)]) continue;
                seen[static_cast<std::size_t>(edge.to)] = true;
                open.push_back(edge.to);
            }
        }
        return false;
    }

    void loops() {
        std::vector<std::size_t> first;
        std::size_t total = 0;
        for (const Draft& draft : drafts_) {
            first.push_back(total);
            total += draft.flow.steps.size();
        }
        const std::vector<bool> pass = passable();
        std::vector<std::vector<int>> edges(total);
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            const Flow& own = drafts_[i].flow;
            for (std::size_t k = 0; k < own.steps.size(); ++k) {
                const Step& step = own.steps[k];
                if (waits(step)) continue;
                auto& out = edges[first[i] + k];
                if (const auto* call = std::get_if<Call>(&step.what)) {
                    const auto found = by_id_.find(call->flow);
                    if (found != by_id_.end()) {
                        if (const int entry = drafts_[found->second].flow.entry; entry >= 0)
                            out.push_back(static_cast<int>(first[found->second]) + entry);
                        if (!pass[found->second]) continue;
                    }
                }
                for (const Edge& edge : edges_of(step))
                    if (edge.to >= 0) out.push_back(static_cast<int>(first[i]) + edge.to);
            }
        }
        const std::vector<int> component = components(edges);
        std::vector<std::size_t> size(total, 0);
        for (const int c : component) ++size[static_cast<std::size_t>(c)];
        std::vector<bool> reported(total, false);
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            // In the file's order, so that a loop is reported at its first step.
            std::vector<std::size_t> order(drafts_[i].flow.steps.size());
            for (std::size_t k = 0; k < order.size(); ++k) order[k] = order.size() - 1 - k;
            for (const std::size_t k : order) {
                const std::size_t node = first[i] + k;
                const auto c = static_cast<std::size_t>(component[node]);
                const bool own_loop = std::find(edges[node].begin(), edges[node].end(),
                                                static_cast<int>(node)) != edges[node].end();
                if (reported[c] || (size[c] < 2 && !own_loop)) continue;
                reported[c] = true;
                error(drafts_[i], drafts_[i].flow.steps[k].at,
                      "from here the flow comes back here without ever waiting for the visitor; put an `ask` "
                      "or "
                      "`choose` into the loop, or end it");
            }
        }
    }

    // ---- slots that may not be set when a text shows them: forward analysis, "set on every way here"

    [[nodiscard]] Bits bits(const std::vector<std::string>& names_set) const {
        Bits out;
        for (const std::string& name : names_set)
            if (const auto number = slot(name)) out.set(*number);
        return out;
    }

    [[nodiscard]] Bits after(const Step& step, const StepNotes& notes, const Edge& edge, Bits in) const {
        if (const auto* branch = std::get_if<Branch>(&step.what)) {
            for (std::size_t i = 0; i < std::min(edge.branch, branch->cases.size()); ++i)
                in |= bits(branch->cases[i].condition.implies_known(false));
            if (edge.branch < branch->cases.size())
                in |= bits(branch->cases[edge.branch].condition.implies_known(true));
            return in;
        }
        if (const auto* clear = std::get_if<Clear>(&step.what)) return in & ~bits(clear->slots);
        if (edge.kind == Edge::Kind::next) in |= bits(notes.sets);
        if (const auto* call = std::get_if<Call>(&step.what))
            if (const auto found = by_id_.find(call->flow); found != by_id_.end())
                in |= at_end_[found->second];
        return in;
    }

    void holes() {
        const std::size_t n = drafts_.size();
        Bits everything;
        everything.set();
        at_start_.assign(n, everything);
        at_end_.assign(n, everything);
        std::vector<bool> called(n, false);
        for (const Draft& draft : drafts_)
            for (const Step& step : draft.flow.steps)
                if (const auto* call = std::get_if<Call>(&step.what))
                    if (const auto found = by_id_.find(call->flow); found != by_id_.end())
                        called[found->second] = true;
        for (std::size_t i = 0; i < n; ++i)
            if (!called[i] || !drafts_[i].flow.triggers.empty()) at_start_[i] = bits(drafts_[i].flow.takes);

        std::vector<std::vector<Bits>> before(n);
        for (int round = 0; round < 100; ++round) {
            changed_ = false;
            for (std::size_t i = 0; i < n; ++i) before[i] = solve(i);
            if (!changed_) break;
            if (round == 99) return;  // no answer is better than a wrong one
        }
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t k = 0; k < drafts_[i].notes.size(); ++k) {
                const StepNotes& notes = drafts_[i].notes[k];
                for (const Use& use : notes.uses) {
                    if (!use.leaves_hole || provided(use.name)) continue;
                    const auto number = slot(use.name);
                    // A question's own slot is known in its checks' messages.
                    const bool own =
                        std::find(notes.sets.begin(), notes.sets.end(), use.name) != notes.sets.end();
                    if (number && !own && !before[i][k].test(*number))
                        warning(drafts_[i], use.at,
                                "`" + use.name + "` may not be set yet here; ask for it first, write {" +
                                    use.name + "|or:…}, or add it to the flow's `takes` if it is set before");
                }
            }
        }
    }

    // What is surely set before each step of a flow. Narrows the starts of called flows and the flow's own
    // end.
    std::vector<Bits> solve(std::size_t index) {
        const Draft& draft = drafts_[index];
        const auto& steps = draft.flow.steps;
        Bits everything;
        everything.set();
        std::vector<Bits> before(steps.size(), everything);
        std::vector<bool> queued(steps.size(), false);
        std::vector<int> open;
        Bits end = everything;
        const auto flow_to = [&](int to, const Bits& state, bool first) {
            if (to < 0) {
                end &= state;
                return;
            }
            const auto at = static_cast<std::size_t>(to);
            const Bits met = before[at] & state;
            if (met == before[at] && !first) return;
            before[at] = met;
            if (queued[at]) return;
            queued[at] = true;
            open.push_back(to);
        };
        std::vector<bool> seen(steps.size(), false);
        flow_to(draft.flow.entry, at_start_[index], true);
        while (!open.empty()) {
            const auto at = static_cast<std::size_t>(open.back());
            open.pop_back();
            queued[at] = false;
            const Step& step = steps[at];
            if (const auto* call = std::get_if<Call>(&step.what))
                if (const auto found = by_id_.find(call->flow); found != by_id_.end()) {
                    Bits& start = at_start_[found->second];
                    const Bits met = start & (before[at] | bits(draft.notes[at].sets) |
                                              bits(drafts_[found->second].flow.takes));
                    changed_ = changed_ || met != start;
                    start = met;
                }
            for (const Edge& edge : edges_of(step)) {
                const bool first = edge.to >= 0 && !seen[static_cast<std::size_t>(edge.to)];
                if (edge.to >= 0) seen[static_cast<std::size_t>(edge.to)] = true;
                flow_to(edge.to, after(step, draft.notes[at], edge, before[at]), first);
            }
        }
        changed_ = changed_ || end != at_end_[index];
        at_end_[index] = end;
        return before;
    }

    const std::vector<Draft>& drafts_;
    const World& world_;
    Problems& problems_;
    std::unordered_map<std::string, std::size_t> by_id_;
    std::unordered_map<std::string, std::size_t> slots_;
    std::vector<std::string> open_;  // prefixes whose names are not known one by one ("order.")
    std::vector<Bits> at_start_, at_end_;
    bool changed_ = false;
};

}  // namespace

void check_flows(const std::vector<Draft>& drafts, const World& world, Problems& problems) {
    if (!drafts.empty()) Checker(drafts, world, problems).run();
}

}  // namespace maru::flows
