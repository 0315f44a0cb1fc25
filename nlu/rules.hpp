// Rules compiled so that a message is scanned once however many there are.
//
// What a pattern cannot match without is looked for in one scan for all of them (re2::FilteredRE2), and only
// patterns that have it are matched; phrases go into a trie. Immutable after compile(), safe to share.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "nlu/engine.hpp"
#include "nlu/phrase_trie.hpp"
#include "nlu/reading.hpp"

namespace maru::nlu {

class RuleSet {
  public:
    struct Hit {
        const RuleSource* rule = nullptr;
        std::size_t begin = 0;  // bytes of the normalised text
        std::size_t end = 0;
    };
    struct Capture {
        std::string name;
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    RuleSet();
    ~RuleSet();
    RuleSet(RuleSet&&) noexcept;
    RuleSet& operator=(RuleSet&&) noexcept;

    // Reports every pattern that does not compile, every phrase that says nothing, and what two labels claim
    // with the same priority.
    [[nodiscard]] static RuleSet compile(const std::vector<RuleSource>& rules,
                                         std::vector<Problem>& problems);

    // Hits of the rules in scope, highest priority first, in written order among equals; with `captures`,
    // what their groups took.
    void match(std::string_view text, const Reading& reading, const Context& context, std::vector<Hit>& hits,
               std::vector<Capture>* captures) const;

    // Examples of one label that a rule of another would take: a warning each at the example, naming the
    // rule, once for a rule and label. Rules are asked as at the beginning of a conversation.
    [[nodiscard]] std::vector<Problem> find_ambiguities(const std::vector<Example>& examples) const;

  private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace maru::nlu
