#include "bot/content/load.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "catalog/feed.hpp"
#include "flows/loader.hpp"
#include "nlu/model_files.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"

namespace maru {
namespace {

namespace fs = std::filesystem;
using flows::Problems;
using flows::yaml::Context;

constexpr std::array<std::string_view, 5> single_files{"bot.yaml", "stores.yaml", "canned.yaml",
                                                       "synonyms.yaml", "goes-with.yaml"};
constexpr std::array<std::string_view, 6> folders{"intents", "faq", "flows", "tables", "tests", "catalog"};
constexpr std::uintmax_t most_file_bytes = 256U << 20U;

std::string hash_hex(const std::vector<std::string_view>& parts) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium found no source of randomness");
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, 16);
    for (const auto part : parts) {
        // Lengths keep ("ab","c") and ("a","bc") apart.
        const auto size = static_cast<std::uint64_t>(part.size());
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&size), sizeof size);
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    }
    std::array<unsigned char, 16> digest{};
    crypto_generichash_final(&state, digest.data(), digest.size());
    std::array<char, 33> text{};
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    return text.data();
}

bool is_content(const fs::path& file) {
    const auto name = file.filename().string();
    return !name.empty() && name.front() != '.' && name.front() != '#' && name.back() != '~';
}

bool in_folder(std::string_view name, std::string_view folder) {
    return name.size() > folder.size() && name.starts_with(folder) && name[folder.size()] == '/';
}

// Visits the bundle's files of a folder with one of these endings; others are reported: a misnamed file is
// not ignored.
template <class Visit>
void each_in(const Bundle& bundle, std::string_view folder, std::initializer_list<std::string_view> endings,
             Problems& problems, Visit visit) {
    for (const auto& [name, text] : bundle.files) {
        if (!in_folder(name, folder)) continue;
        if (std::any_of(endings.begin(), endings.end(),
                        [&name = name](std::string_view ending) { return name.ends_with(ending); }))
            visit(name, text);
        else
            problems.warning(
                name, {},
                fmt::format("is not read: files in {}/ end in {}", folder, fmt::join(endings, " or ")));
    }
}

nlu::Place place(const std::string& file, flows::Position at) {
    return {file, static_cast<int>(at.line), static_cast<int>(at.column)};
}

nlu::RuleScope scope(flows::IntentRule::Scope from) {
    switch (from) {
        case flows::IntentRule::Scope::always:
            return nlu::RuleScope::always;
        case flows::IntentRule::Scope::in_flow:
            return nlu::RuleScope::in_flow;
        case flows::IntentRule::Scope::waiting:
            return nlu::RuleScope::waiting;
        case flows::IntentRule::Scope::outside_flow:
            return nlu::RuleScope::outside_flow;
    }
    return nlu::RuleScope::always;
}

}  // namespace

namespace {

// What visitors say of everything but goods, word by word.
std::vector<std::string> words_of_examples(const Bot& bot) {
    constexpr std::array<std::string_view, 7> of_goods{"find_product", "recommend", "refine_search",
                                                       "ask_price",    "ask_stock", "ask_product_detail",
                                                       "not_sold"};
    constexpr std::size_t shortest = 3;  // Latin letters, or one syllable; less is not taken for goods either
    std::vector<std::string> words;
    const auto keep = [&](std::string_view word) {
        if (word.size() < shortest) return;
        const auto bare = text::strip_josa(word);
        if (bare.size() != word.size() && bare.size() > shortest) words.emplace_back(bare);
        words.emplace_back(word);
    };
    const auto read = [&](std::string_view sentence) {
        const auto plain = text::normalised(sentence);
        for (std::size_t begin = 0; begin < plain.size();) {
            const auto end = std::min(plain.find_first_of(" .,!?~\"'()/:;-0123456789", begin), plain.size());
            keep(std::string_view(plain).substr(begin, end - begin));
            begin = end + 1;
        }
    };
    for (const auto& intent : bot.intents.all)
        if (std::find(of_goods.begin(), of_goods.end(), intent.name) == of_goods.end())
            for (const auto& example : intent.examples) read(example.text);
    for (const auto& faq : bot.faqs.all)
        for (const auto& locale : faq.locales)
            for (const auto& question : locale.questions) read(question);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

}  // namespace

catalog::IndexOptions index_options(const Bot& bot) {
    catalog::IndexOptions options;
    options.currency = bot.settings.currency;
    for (const auto& group : bot.vocabulary.synonyms) options.synonyms.push_back(group.words);
    options.other_words = words_of_examples(bot);
    for (const auto& rule : bot.companions) options.companions.push_back({rule.kind, rule.with});
    options.rates.assign(bot.settings.rates.begin(), bot.settings.rates.end());
    return options;
}

nlu::EngineSource understanding_source(const Bot& bot) {
    nlu::EngineSource source;
    for (const auto& intent : bot.intents.all) {
        const auto label = "intent:" + intent.name;
        for (std::size_t i = 0; i < intent.examples.size(); ++i)
            source.examples.push_back(
                {intent.examples[i].text, label, place(intent.files[i], intent.examples[i].at)});
        for (const auto& rule : intent.rules)
            source.rules.push_back({label, rule.patterns, rule.phrases, rule.priority, scope(rule.scope),
                                    place(rule.where.file, rule.where.at)});
    }
    for (const auto& faq : bot.faqs.all)
        for (const auto& locale : faq.locales)
            for (std::size_t i = 0; i < locale.questions.size(); ++i)
                source.examples.push_back(
                    {locale.questions[i], "faq:" + faq.id, place(faq.where.file, locale.questions_at[i])});
    for (const auto& list : bot.vocabulary.entities) {
        nlu::Gazetteer gazetteer;
        gazetteer.name = list.type;
        for (const auto& value : list.values) gazetteer.entries.push_back({value.value, value.words});
        source.gazetteers.push_back(std::move(gazetteer));
    }
    if (!bot.stores.all.empty()) {
        nlu::Gazetteer stores;
        stores.name = "store";
        for (const auto& store : bot.stores.all) {
            std::vector<std::string> forms = store.aliases;
            for (const auto& [locale, variants] : store.name.locales)
                forms.insert(forms.end(), variants.begin(), variants.end());
            stores.entries.push_back({store.id, std::move(forms)});
        }
        source.gazetteers.push_back(std::move(stores));
    }
    source.order_number_pattern = bot.settings.order_number;
    source.default_currency = bot.settings.currency;
    source.options.threshold = static_cast<float>(bot.settings.intent_threshold);
    return source;
}

namespace {

void load_catalog(const Bundle& bundle, Bot& bot, Problems& problems) {
    std::vector<catalog::Product> products;
    std::vector<std::string> ids;
    for (const auto& [name, text] : bundle.files) {
        if (!in_folder(name, "catalog")) continue;
        catalog::FeedOptions options;
        options.currency = bot.settings.currency;
        auto feed = catalog::read_feed(text, options);
        if (feed.has_error()) {
            problems.error(name, {}, feed.error().message);
            for (const auto& row : feed.error().errors) problems.error(name, {row.line, 1}, row.reason);
            continue;
        }
        for (const auto& row : feed->errors) problems.warning(name, {row.line, 1}, "left out: " + row.reason);
        for (auto& product : feed->products) products.push_back(std::move(product));
    }
    ids.reserve(products.size());
    for (const auto& product : products) ids.push_back(product.id);
    std::sort(ids.begin(), ids.end());
    if (const auto twice = std::adjacent_find(ids.begin(), ids.end()); twice != ids.end())
        problems.error(
            "catalog", {},
            fmt::format("product id \"{}\" is in two feed files; ids are unique in a shop", *twice));
    bot.catalog = catalog::Index::build(std::move(products), index_options(bot));
    const auto none_sold = [&](const std::string& kind, const flows::Where& where, flows::Position at) {
        if (!bot.catalog->products().empty() && !bot.catalog->sells(kind))
            problems.warning(where.file, at,
                             fmt::format("no product is a \"{}\"; name a kind of goods that the shop sells",
                                         flows::yaml::shown(kind)));
    };
    for (const auto& table : bot.tables.all) {
        const auto column = table.column("product"), key = table.column(table.key);
        if (column == table.columns.size() || bot.catalog->products().empty()) continue;
        for (const auto& row : table.rows)
            if (const auto id = row[column].pick(""); !id.empty() && bot.catalog->find(id) == nullptr)
                problems.warning(
                    table.where.file, table.where.at,
                    fmt::format("the row \"{}\" is about the product \"{}\", which the catalog does "
                                "not have; correct its `product`",
                                flows::yaml::shown(row[key].pick("")), flows::yaml::shown(id)));
    }
    for (const auto& rule : bot.companions) {
        none_sold(rule.kind, rule.where, rule.where.at);
        for (std::size_t i = 0; i < rule.with.size(); ++i)
            none_sold(rule.with[i], rule.where, rule.with_at[i]);
    }
}

}  // namespace

const std::string* Bundle::find(std::string_view name) const {
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.first == name; });
    return found == files.end() ? nullptr : &found->second;
}

std::string Bundle::hash() const {
    std::vector<std::string_view> parts;
    for (const auto& [name, text] : files) {
        // Goods change all day and tests are not content: neither makes another bot version.
        if (in_folder(name, "catalog") || in_folder(name, "tests")) continue;
        parts.push_back(name);
        parts.push_back(text);
    }
    return hash_hex(parts);
}

std::optional<Bundle> read_bundle(const fs::path& folder, Problems& problems) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        problems.error(folder.string(), {}, "is no folder; name the one that holds bot.yaml");
        return std::nullopt;
    }
    std::vector<fs::path> found;
    for (const auto name : single_files)
        if (fs::exists(folder / name, error)) found.push_back(folder / name);
    for (const auto name : folders) {
        for (fs::recursive_directory_iterator i(folder / name, error), end; !error && i != end;
             i.increment(error))
            if (i->is_regular_file() && is_content(i->path())) found.push_back(i->path());
        error.clear();
    }
    Bundle bundle;
    bool whole = true;
    for (const auto& file : found) {
        const auto name = fs::relative(file, folder, error).generic_string();
        std::ifstream in(file, std::ios::binary);
        std::ostringstream text;
        if (fs::file_size(file, error) > most_file_bytes || error) {
            problems.error(name, {}, "is too large to read");
            whole = false;
            continue;
        }
        if (!in || !(text << in.rdbuf())) {
            if (in && fs::file_size(file, error) == 0) {
                bundle.files.emplace_back(name, "");
                continue;
            }
            problems.error(name, {}, "cannot be read; check its permissions");
            whole = false;
            continue;
        }
        bundle.files.emplace_back(name, std::move(text).str());
    }
    std::sort(bundle.files.begin(), bundle.files.end());
    if (bundle.find("bot.yaml") == nullptr) {
        problems.error("bot.yaml", {}, fmt::format("is missing in {}; every bot has one", folder.string()));
        return std::nullopt;
    }
    if (!whole) return std::nullopt;
    return bundle;
}

std::shared_ptr<const Bot> load_bot(const Bundle& bundle, const LoadOptions& options, Problems& problems) {
    auto bot = std::make_shared<Bot>();
    const auto* main = bundle.find("bot.yaml");
    bot->settings = read_settings(main != nullptr ? *main : "", options.overrides, problems);
    const auto& locales = bot->settings.locales;
    const auto context = [&](const std::string& file) { return Context{file, problems, locales}; };
    if (const auto* text = bundle.find("stores.yaml"))
        flows::read_stores(*text, context("stores.yaml"), bot->stores);
    if (const auto* text = bundle.find("canned.yaml"))
        flows::read_canned(*text, context("canned.yaml"), bot->canned);
    if (const auto* text = bundle.find("synonyms.yaml"))
        flows::read_vocabulary(*text, context("synonyms.yaml"), bot->vocabulary);
    if (const auto* text = bundle.find("goes-with.yaml"))
        flows::read_companions(*text, context("goes-with.yaml"), bot->companions);
    each_in(bundle, "intents", {".yaml", ".yml"}, problems,
            [&](const std::string& name, const std::string& text) {
                flows::read_intents(text, context(name), bot->intents);
            });
    each_in(bundle, "faq", {".yaml", ".yml"}, problems,
            [&](const std::string& name, const std::string& text) {
                flows::read_faqs(text, context(name), bot->faqs);
            });
    each_in(bundle, "tables", {".yaml", ".yml", ".csv"}, problems,
            [&](const std::string& name, const std::string& text) {
                flows::read_table(text, fs::path(name).stem().string(), context(name), bot->tables);
            });
    if (!bot->stores.all.empty()) bot->tables.all.push_back(flows::stores_table(bot->stores));
    flows::check_intents(bot->intents, problems);

    std::vector<flows::SourceFile> sources;
    each_in(bundle, "flows", {".yaml", ".yml"}, problems,
            [&](const std::string& name, const std::string& text) {
                sources.push_back({name, text});
            });
    flows::World world;
    world.locales = locales;
    world.intents = bot->intents.names();
    world.faqs = bot->faqs.ids();
    world.entities = bot->vocabulary.entity_types();
    world.entities->push_back("store");
    if (!bot->settings.handoff.teams.empty()) world.teams = bot->settings.handoff.teams;
    world.tables = &bot->tables;
    bot->flows = flows::load_flows(sources, world, problems);
    const auto flow_ids = bot->flows ? bot->flows->ids() : std::vector<std::string>();
    flows::check_faqs(bot->faqs, flow_ids, bot->stores.ids(), problems);
    flows::check_quick_replies(bot->settings.greeting_replies, "bot.yaml", bot->faqs.ids(), flow_ids,
                               problems);
    flows::check_quick_replies(bot->settings.fallback_replies, "bot.yaml", bot->faqs.ids(), flow_ids,
                               problems);
    load_catalog(bundle, *bot, problems);

    auto source = understanding_source(*bot);
    if (options.train) {
        const nlu::ModelFiles kept(options.models);
        const auto key = nlu::model_key(source);
        if (!options.models.empty()) source.cached_model = kept.read(key).value_or("");
        auto built = nlu::Engine::build(source);
        for (const auto& problem : built.problems) {
            const flows::Position at{static_cast<std::uint32_t>(std::max(0, problem.place.line)),
                                     static_cast<std::uint32_t>(std::max(0, problem.place.column))};
            if (problem.kind == nlu::Problem::Kind::error)
                problems.error(problem.place.file, at, problem.message);
            else
                problems.warning(problem.place.file, at, problem.message);
        }
        bot->understanding = built.engine;
        if (built.engine && built.trained && !options.models.empty())
            if (const auto trouble = kept.write(key, built.engine->model()); !trouble.empty())
                spdlog::warn("the trained model is not kept, the next start trains again: {}", trouble);
    }
    const auto hours = bot->settings.hours.to_json();
    bot->schedule = hash_hex({hours});
    // What `--set` changes is part of what the bot is.
    std::string overridden;
    for (const auto& one : options.overrides) overridden += one.key + "=" + one.value + "\n";
    const auto files = bundle.hash();
    bot->version = hash_hex({files, overridden});
    if (problems.has_errors()) return nullptr;
    return bot;
}

}  // namespace maru
