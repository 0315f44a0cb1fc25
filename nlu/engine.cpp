#include "nlu/engine.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <numeric>

#include "nlu/calibration.hpp"
#include "nlu/classifier.hpp"
#include "nlu/entities.hpp"
#include "nlu/feeling.hpp"
#include "nlu/gazetteer.hpp"
#include "nlu/hash_set.hpp"
#include "nlu/layout.hpp"
#include "nlu/rules.hpp"
#include "nlu/text/normalise.hpp"
#include "nlu/training_texts.hpp"
#include "nlu/validate.hpp"

namespace maru::nlu {
namespace {

// The words that decided between the best two labels.
void find_evidence(const Classifier& classifier, const Classifier::Scratch& scratch, const Words& words,
                   std::uint32_t best, std::uint32_t next, Trace& trace) {
    std::vector<float> by_word(words.list.size(), 0.F);
    for (const auto& dimension : scratch.vector.dimensions) {
        const auto support = classifier.support(dimension, best, next);
        const auto last = std::min<std::size_t>(dimension.last_word, by_word.size() - 1);
        const auto share = support / static_cast<float>(last - dimension.first_word + 1);
        for (std::size_t w = dimension.first_word; w <= last; ++w) by_word[w] += share;
    }
    std::vector<std::uint32_t> order(by_word.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto top = std::min<std::size_t>(6, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(top), order.end(),
                      [&](auto a, auto b) { return std::abs(by_word[a]) > std::abs(by_word[b]); });
    for (std::size_t i = 0; i < top && std::abs(by_word[order[i]]) > 0.05F; ++i)
        trace.evidence.push_back({{words.list[order[i]].begin, words.list[order[i]].end}, by_word[order[i]]});
}

Words read_words(std::string_view text) {
    return split_words(text::normalised(text));
}

}  // namespace

std::string to_string(const Place& place) {
    auto out = place.file;
    if (place.line > 0) out += ':' + std::to_string(place.line);
    if (place.line > 0 && place.column > 0) out += ':' + std::to_string(place.column);
    return out;
}

struct Engine::Parts {
    EngineOptions options;
    std::vector<std::string> labels;
    Classifier classifier;
    Calibration calibration;
    float threshold = 0;
    std::string key;
    HashSet known_words;  // of the examples; never misspelt names
    RuleSet rules;
    GazetteerIndex gazetteers;
    LayoutFixer layout;
    FeelingLexicon feeling;
    std::unique_ptr<RE2> order_number;
    std::string default_currency;

    explicit Parts(const EngineSource& source)
        : options(source.options), gazetteers(source.gazetteers), default_currency(source.default_currency) {}
};

void Engine::train(const std::vector<TrainingText>& texts, std::uint32_t labels,
                   const TrainingOptions& options, Parts& parts) {
    // Calibration trains models of its own, so it runs beside.
    std::atomic<bool> abandoned = false;
    auto beside = options;
    beside.progress = [&](double) { return !abandoned.load(); };
    auto calibration =
        std::async(std::launch::async, [&] { return Calibration::fit(texts, labels, beside); });
    try {
        parts.classifier = Classifier::train(texts, labels, options);
    } catch (...) {
        abandoned = true;  // the future's destructor waits for it to notice
        throw;
    }
    parts.calibration = calibration.get();
}

Engine::Engine(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Engine::~Engine() = default;

Engine::Built Engine::build(const EngineSource& source) {
    Built built;
    auto parts = std::make_unique<Parts>(source);
    parts->rules = RuleSet::compile(source.rules, built.problems);
    if (!source.order_number_pattern.empty()) {
        RE2::Options options;
        options.set_log_errors(false);
        options.set_case_sensitive(false);
        parts->order_number = std::make_unique<RE2>(source.order_number_pattern, options);
        if (!parts->order_number->ok())
            built.problems.push_back({Problem::Kind::error,
                                      {},
                                      "order_number_pattern \"" + source.order_number_pattern +
                                          "\": " + parts->order_number->error()});
        else if (RE2::PartialMatch("", *parts->order_number))
            built.problems.push_back(
                {Problem::Kind::error, {}, "order_number_pattern matches empty text; require its digits"});
    }

    const auto labels = number_labels(source.examples);
    parts->labels = labels.names;
    std::vector<TrainingText> texts;
    for (const auto& example : source.examples) {
        auto words = read_words(example.text);
        if (words.list.empty()) {
            built.problems.push_back({Problem::Kind::warning, example.place,
                                      "the example \"" + example.text + "\" of \"" + example.label +
                                          "\" has no words; it is ignored"});
            continue;
        }
        parts->layout.learn(words);
        for (const auto& word : words.list)
            if (word.script == Script::latin || word.script == Script::hangul)
                parts->known_words.insert(words[word]);
        texts.push_back({std::move(words), labels.ids.find(example.label)->second, 1});
    }
    for (const auto& gazetteer : source.gazetteers)
        for (const auto& entry : gazetteer.entries) {
            parts->layout.learn(read_words(entry.canonical));
            for (const auto& form : entry.forms) parts->layout.learn(read_words(form));
        }
    const bool errors = std::any_of(built.problems.begin(), built.problems.end(), [](const Problem& problem) {
        return problem.kind == Problem::Kind::error;
    });
    if (errors) return built;

    auto duplicates = find_duplicates(source.examples);
    built.problems.insert(built.problems.end(), std::make_move_iterator(duplicates.begin()),
                          std::make_move_iterator(duplicates.end()));
    auto ambiguities = parts->rules.find_ambiguities(source.examples);
    built.problems.insert(built.problems.end(), std::make_move_iterator(ambiguities.begin()),
                          std::make_move_iterator(ambiguities.end()));
    append_label_names(labels, texts);
    const auto training = training_options(source.options);
    const auto count = static_cast<std::uint32_t>(parts->labels.size());
    parts->key = model_key(source);
    std::string_view cached = source.cached_model;
    const bool reusable = cached.starts_with(parts->key);
    if (reusable) cached.remove_prefix(parts->key.size());
    if (!reusable || !parts->calibration.load(cached) ||
        !parts->classifier.load(cached, training.features, training.meanings) ||
        parts->classifier.labels() != count) {
        try {
            train(texts, count, training, *parts);
        } catch (const TrainingAbandoned&) {
            built.problems.push_back({Problem::Kind::error, {}, "training was abandoned"});
            return built;
        }
        built.trained = true;
    }
    parts->threshold =
        source.options.threshold >= 0 ? source.options.threshold : parts->calibration.threshold();
    built.engine = std::shared_ptr<const Engine>(new Engine(std::move(parts)));
    return built;
}

// A message normalised and cut into words, typed in the right keyboard layout.
struct Engine::Heard {
    text::Normalised normal;
    Words words;
    bool layout_fixed = false;

    [[nodiscard]] Span original(std::size_t begin, std::size_t end) const {
        const auto [from, to] = normal.original(begin, end);
        return {from, to};
    }
};

Engine::Heard Engine::hear(std::string_view original) const {
    Heard heard;
    heard.normal = text::normalise(original);
    heard.words = split_words(heard.normal.text);
    heard.layout_fixed = parts_->layout.fix(original, heard.words, heard.normal);
    if (heard.layout_fixed) heard.words = split_words(heard.normal.text);
    return heard;
}

// The labels that the words speak for; with `trace`, why.
void Engine::rank(const Heard& heard, const Context& context, Recognition& out, Trace* trace) const {
    const auto& parts = *parts_;
    const auto& words = heard.words;
    if (parts.classifier.labels() == 0 || words.list.empty()) return;
    thread_local Classifier::Scratch scratch;
    parts.classifier.classify(words, scratch, context.words);
    thread_local std::vector<std::uint32_t> order;
    order.resize(parts.classifier.labels());
    std::iota(order.begin(), order.end(), 0U);
    const auto top = std::min(parts.options.top_k, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(top), order.end(),
                      [&](auto a, auto b) { return scratch.scores[a] > scratch.scores[b]; });
    // The best label's share is calibrated; the others keep their proportion to it.
    const auto sure =
        parts.calibration.confidence(Calibration::signals_of(scratch, parts.classifier.labels(), order[0]));
    const auto scale = sure / std::max(scratch.scores[order[0]], 1e-6F);
    out.ranked.reserve(top);
    for (std::size_t i = 0; i < top; ++i)
        out.ranked.push_back(
            {parts.labels[order[i]], std::min(scratch.scores[order[i]] * scale, i == 0 ? sure : 1 - sure)});
    for (std::size_t i = 2; i < top; ++i)
        out.ranked[i].confidence = std::min(out.ranked[i].confidence, out.ranked[i - 1].confidence);
    out.in_scope = !out.ranked.empty() && out.ranked.front().confidence >= parts.threshold &&
                   !scratch.vector.dimensions.empty();
    if (trace == nullptr) return;
    trace->coverage = scratch.vector.coverage;
    for (std::size_t w = 0; scratch.respelled && w < words.list.size(); ++w)
        if (scratch.corrected[scratch.corrected.list[w]] != words[words.list[w]])
            trace->respelled.push_back({{words.list[w].begin, words.list[w].end},
                                        text::to_utf8(scratch.corrected[scratch.corrected.list[w]])});
    if (top > 1) find_evidence(parts.classifier, scratch, words, order[0], order[1], *trace);
}

Recognition Engine::recognise(std::string_view message, const Context& context) const {
    Recognition out;
    const auto heard = hear(text::truncate(message, parts_->options.max_text));
    std::vector<RuleSet::Hit> hits;
    parts_->rules.match(heard.normal.text, Reading(heard.normal.text), context, hits, nullptr);
    for (const auto& hit : hits)
        out.rules.push_back({hit.rule->label, hit.rule->priority, heard.original(hit.begin, hit.end)});
    rank(heard, context, out, nullptr);
    return out;
}

Understanding Engine::understand(std::string_view message, const Context& context) const {
    const auto& parts = *parts_;
    Understanding out;
    const auto original = text::truncate(message, parts.options.max_text);
    out.trace.truncated = original.size() < message.size();
    auto heard = hear(original);
    auto& normal = heard.normal;
    out.trace.layout_fixed = heard.layout_fixed;
    out.language = detect_language(heard.words);
    if (out.language == Language::unknown) out.language = context.locale;

    const Reading reading(normal.text);
    Scan scan(reading, parts.default_currency);
    const auto code_point = [&](std::size_t byte) {
        return static_cast<std::size_t>(std::lower_bound(reading.byte.begin(), reading.byte.end(), byte) -
                                        reading.byte.begin());
    };
    if (parts.order_number) {
        std::size_t at = 0;
        re2::StringPiece found;
        while (at < normal.text.size() &&
               parts.order_number->Match(normal.text, at, normal.text.size(), RE2::UNANCHORED, &found, 1) &&
               !found.empty()) {
            const auto begin = static_cast<std::size_t>(found.data() - normal.text.data());
            std::string value(found.data(), found.size());
            for (auto& c : value)
                if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
            scan.claim("order_number", std::move(value), code_point(begin), code_point(begin + found.size()));
            at = begin + found.size();
        }
    }
    find_contacts(scan);
    find_datetimes(scan);
    find_money(scan);
    find_references(scan);
    find_attributes(scan);
    find_measures(scan);
    parts.gazetteers.find(reading, normal.text, heard.words, parts.known_words, scan.found);
    find_negations(reading, scan.found);

    std::vector<RuleSet::Hit> hits;
    std::vector<RuleSet::Capture> captures;
    parts.rules.match(normal.text, reading, context, hits, &captures);
    for (const auto& hit : hits)
        out.rules.push_back({hit.rule->label, hit.rule->priority, heard.original(hit.begin, hit.end)});
    for (const auto& capture : captures)
        scan.found.push_back({capture.name, normal.text.substr(capture.begin, capture.end - capture.begin),
                              code_point(capture.begin), code_point(capture.end)});

    std::stable_sort(scan.found.begin(), scan.found.end(),
                     [](const Found& a, const Found& b) { return a.begin < b.begin; });
    if (scan.found.size() > Scan::most)
        scan.found.erase(scan.found.begin() + static_cast<std::ptrdiff_t>(Scan::most), scan.found.end());
    out.entities.reserve(scan.found.size());
    for (auto& found : scan.found) {
        const auto where = heard.original(reading.byte[found.begin], reading.byte[found.end]);
        out.entities.push_back({std::move(found.type), std::move(found.value), where,
                                std::string(original.substr(where.begin, where.end - where.begin))});
    }

    out.feeling = parts.feeling.read(reading, original);

    rank(heard, context, out, &out.trace);
    out.trace.threshold = parts.threshold;
    out.text = std::move(normal.text);
    return out;
}

std::string Engine::mask_profanity(std::string_view message) const {
    const auto normal = text::normalise(message);
    const Reading reading(normal.text);
    std::string out(message);
    std::size_t shift = 0;  // bytes the text has become shorter
    for (const auto& match : parts_->feeling.profanity(reading)) {
        const auto [begin, end] = normal.original(reading.byte[match.begin], reading.byte[match.end]);
        const auto stars = std::string(match.end - match.begin, '*');
        out.replace(begin - shift, end - begin, stars);
        shift += (end - begin) - stars.size();
    }
    return out;
}

float Engine::threshold() const noexcept {
    return parts_->threshold;
}
const std::vector<std::string>& Engine::labels() const noexcept {
    return parts_->labels;
}
std::size_t Engine::model_bytes() const noexcept {
    return parts_->classifier.bytes();
}
std::string Engine::model() const {
    auto out = parts_->key;
    parts_->calibration.save(out);
    parts_->classifier.save(out);
    return out;
}

std::string model_key(const EngineSource& source) {
    // Raised whenever the code of features or training changes what the same examples would give; their
    // options and the lexicon are part of the key.
    constexpr std::string_view version = "maru-nlu-model-6\n";
    std::uint64_t first = 0x243F6A8885A308D3ULL;
    std::uint64_t second = 0x13198A2E03707344ULL;
    const auto add = [&](std::string_view part) {
        for (const auto c : part) {
            first = (first ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
            second = (second + static_cast<unsigned char>(c)) * 0x9E3779B97F4A7C15ULL;
            second ^= second >> 29;
        }
        first = mix(first ^ part.size());
    };
    for (const auto& example : source.examples) add(example.text), add(example.label);
    const auto training = training_options(source.options);
    for (const auto whole :
         {training.seed, static_cast<std::uint64_t>(training.epochs),
          static_cast<std::uint64_t>(training.hidden_epochs), std::uint64_t{training.hidden},
          std::uint64_t{training.min_texts}, static_cast<std::uint64_t>(training.features.letters_min),
          static_cast<std::uint64_t>(training.features.letters_max), std::uint64_t{training.features.stems},
          std::uint64_t{training.features.pairs}, std::uint64_t{training.features.skips},
          std::uint64_t{training.features.meanings}, std::uint64_t{training.spelling},
          training.meanings->fingerprint()})
        add(std::to_string(whole));
    for (const auto real :
         {training.rate, training.typo, training.glue, training.smoothing, training.hidden_rate,
          training.hidden_share, training.features.weight[0], training.features.weight[1],
          training.features.weight[2], training.features.weight[3]})
        add(std::to_string(real));
    std::string key(version);
    for (const auto half : {first, second})
        for (int shift = 60; shift >= 0; shift -= 4) key.push_back("0123456789abcdef"[(half >> shift) & 15]);
    key.push_back('\n');
    return key;
}

}  // namespace maru::nlu
