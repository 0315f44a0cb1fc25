// The ear: text in, Understanding out. Built once from what an admin wrote, then immutable.
//
//     auto built = nlu::Engine::build(source);
//     if (!built.engine) … built.problems …
//     auto meaning = built.engine->understand("5만원 이하 무선 마우스", {});
//
// An Engine may be used from any number of threads at once and shared by pointer; it keeps nothing of
// `source` and no reference to a message. No clock, no files, no randomness beyond the given seed: the same
// source and message give the same result.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/known_words.hpp"
#include "nlu/understanding.hpp"

namespace maru::nlu {

struct TrainingText;
struct TrainingOptions;

// Where a piece of the source was written, for error messages. line and column count from 1; 0 is unknown.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;
};
[[nodiscard]] std::string to_string(const Place& place);  // "file:line:col", without what is unknown

// A sentence that should be understood as `label`.
struct Example {
    std::string text;
    std::string label;
    Place place;
};

// When a rule may hit. A message is understood with the conversation's Context.
enum class RuleScope : std::uint8_t { always, in_flow, waiting, outside_flow };

// Patterns and phrases that mean `label` for certain. Patterns are RE2 syntax, matched anywhere in the
// normalised text (lower case, one blank between words); their named captures (?P<name>…) become entities.
// Phrases are plain text; they match on word borders, in Korean also with particles behind and without regard
// to blanks.
struct RuleSource {
    std::string label;
    std::vector<std::string> patterns;
    std::vector<std::string> phrases;
    int priority = 0;
    RuleScope scope = RuleScope::always;
    Place place;
};

// A list of names to be found in messages as entities of type `name`.
struct Gazetteer {
    struct Entry {
        std::string canonical;           // the entity's value
        std::vector<std::string> forms;  // how it is written; the canonical form itself need not be repeated
    };
    std::string name;
    std::vector<Entry> entries;
    // Forgives one typing error in forms of at least five Latin or six Hangul letters (삼성 has six) without
    // digits, except in the first letter and in words that the examples use.
    bool fuzzy = true;
};

struct EngineOptions {
    std::uint64_t seed = 1;
    float threshold = -1;   // confidence from which a label is recognised; below 0: found by cross-validation
    std::size_t top_k = 5;  // ranked labels per message
    std::size_t max_text = 2000;  // code points read of a message; the rest is ignored and traced
    // Called during training with what is done, 0 … 1, from the building thread. Returning false abandons the
    // build.
    std::function<bool(double)> progress;
};

struct EngineSource {
    std::vector<Example> examples;
    std::vector<RuleSource> rules;
    std::vector<Gazetteer> gazetteers;
    std::string order_number_pattern;  // RE2; empty: the shop has none
    std::string default_currency;      // ISO 4217; what "5만" or "under 50" is in. Empty: stays unknown
    EngineOptions options;
    // A trained model kept from an earlier build (Engine::model()). Used when it was trained from exactly
    // these examples and options by this version, else ignored. ModelFiles keeps such models on disk.
    std::string cached_model;
};

struct Problem {
    enum class Kind : std::uint8_t { error, warning } kind = Kind::error;
    Place place;
    std::string message;  // what is wrong and what would be right
};

// What the conversation expects, as far as it changes what words mean.
struct Context {
    Language locale = Language::unknown;  // the visitor's, for messages that do not tell ("ok", "3")
    bool in_flow = false;
    bool waiting = false;               // a question was asked and the message may be its answer
    const KnownWords* words = nullptr;  // spelt right whatever the examples say; outlives the call
};

class Engine {
  public:
    struct Built;

    // Trains and compiles. Errors leave `engine` empty; warnings (near duplicates under different labels,
    // labels with too few examples, rules that can never hit) come beside a working engine. Takes about a
    // second for thousands of examples; call it off the serving threads.
    [[nodiscard]] static Built build(const EngineSource& source);

    // Never fails: what cannot be read is ignored. Time is linear in the text, bounded by max_text.
    [[nodiscard]] Understanding understand(std::string_view text, const Context& context = {}) const;

    // What understand() would take the text for, at two thirds of its cost: no entities, no feeling, no
    // trace. For the parts of a message that is understood as a whole already.
    [[nodiscard]] Recognition recognise(std::string_view text, const Context& context = {}) const;

    // `text` with swear words replaced by as many '*'; the original otherwise.
    [[nodiscard]] std::string mask_profanity(std::string_view text) const;

    [[nodiscard]] float threshold() const noexcept;
    [[nodiscard]] const std::vector<std::string>& labels() const noexcept;
    [[nodiscard]] std::size_t model_bytes() const noexcept;  // memory of the trained model
    // The trained model as bytes, to be kept and given back as EngineSource::cached_model.
    [[nodiscard]] std::string model() const;

    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

  private:
    struct Parts;
    struct Heard;
    [[nodiscard]] Heard hear(std::string_view original) const;
    void rank(const Heard& heard, const Context& context, Recognition& out, Trace* trace) const;
    static void train(const std::vector<TrainingText>& texts, std::uint32_t labels,
                      const TrainingOptions& options, Parts& parts);
    explicit Engine(std::unique_ptr<const Parts> parts);
    std::unique_ptr<const Parts> parts_;
};

struct Engine::Built {
    std::shared_ptr<const Engine> engine;  // null when a problem is an error
    std::vector<Problem> problems;
    bool trained = false;  // false when the cached model was used, or nothing was built
};

// The key a trained model is cached under: changes with anything that changes the model.
[[nodiscard]] std::string model_key(const EngineSource& source);

}  // namespace maru::nlu
