#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "bot/cli/cli.hpp"
#include "bot/cli/options.hpp"
#include "bot/content/synonym_edit.hpp"
#include "bot/conversation/shelf.hpp"
#include "catalog/eval.hpp"
#include "catalog/feed.hpp"
#include "catalog/money.hpp"
#include "nlu/eval.hpp"
#include "nlu/import.hpp"
#include "nlu/validate.hpp"

namespace maru::cli {
namespace {

using nlohmann::json;

// Prints problems; true when one is an error.
bool complain(const std::vector<nlu::Problem>& problems) {
    bool bad = false;
    for (const auto& problem : problems) {
        const bool error = problem.kind == nlu::Problem::Kind::error;
        fmt::print(stderr, "{}: {}: {}\n", nlu::to_string(problem.place), error ? "error" : "warning",
                   problem.message);
        bad = bad || error;
    }
    return bad;
}

nlu::LabelledTexts labelled(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error(file + ": cannot be read");
    return nlu::read_labelled(in, file);
}

struct NluFiles {
    std::string train, test, predictions;
};

int nlu_eval(const NluFiles& files) {
    const auto train = labelled(files.train), test = labelled(files.test);
    if (complain(train.problems) || complain(test.problems)) return 1;
    const auto result = nlu::evaluate(train.rows, test.rows, {});
    if (!result.evaluation) return complain(result.problems), 1;
    fmt::print("{}\n", nlu::to_json(*result.evaluation));
    if (files.predictions.empty()) return 0;
    std::ofstream out(files.predictions, std::ios::binary);
    nlu::write_predictions(out, test.rows, *result.evaluation);
    if (!out.flush()) throw std::runtime_error(files.predictions + ": cannot be written");
    return 0;
}

int nlu_import(const std::string& file, const std::string& locale) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error(file + ": cannot be read");
    const auto imported = nlu::read_csv_examples(in, file);
    const bool bad = complain(imported.problems);
    fmt::print("{}", nlu::to_intents_yaml(imported.examples, locale));
    return bad ? 1 : 0;
}

struct CatalogFiles {
    std::string catalog, ratings, rankings;
};

int catalog_eval(const CatalogFiles& files) {
    auto feed = catalog::read_feed(read_or_complain(files.catalog));
    if (feed.has_error()) {
        fmt::print(stderr, "{}: error: {}\n", files.catalog, feed.error().message);
        return 1;
    }
    for (const auto& row : feed->errors)
        fmt::print(stderr, "{}:{}:1: warning: left out: {}\n", files.catalog, row.line, row.reason);
    const auto ratings = catalog::read_ratings(read_or_complain(files.ratings));
    if (ratings.has_error()) {
        fmt::print(stderr, "{}: error: {}\n", files.ratings, ratings.error());
        return 1;
    }
    const auto result = catalog::evaluate(std::move(feed->products), *ratings);
    fmt::print("{}\n", result.json());
    if (files.rankings.empty()) return 0;
    std::ofstream out(files.rankings, std::ios::binary);
    out << result.rankings_csv();
    if (!out.flush()) throw std::runtime_error(files.rankings + ": cannot be written");
    return 0;
}

int catalog_search(const std::string& words, const std::string& folder, const std::string& locale,
                   bool explain) {
    const auto bot = load_or_complain(folder, {});
    if (!bot) return 1;
    auto asked = bot->catalog->interpret(words);
    asked.query.limit = 10;
    if (explain) {
        fmt::print("{}\n", bot->catalog->explain(asked.query));
        return 0;
    }
    const auto results = bot->catalog->search(asked.query);
    for (const auto& name : results.relaxed) fmt::print("(given up: {})\n", name);
    for (const auto& match : results.matches)
        fmt::print("{}  {}\n", match.product->texts(locale).title,
                   catalog::format_price(match.product->price, locale));
    return 0;
}

int catalog_synonym(const std::string& word, const std::string& means, const std::string& folder) {
    const auto edit = write_synonym(folder, word, means);
    if (edit.has_error()) {
        fmt::print(stderr, "{}/synonyms.yaml: error: {}\n", folder, edit.error().message);
        return 1;
    }
    fmt::print("{}/synonyms.yaml:{}: {}{}\n", folder, edit->line, edit->known ? "known already: " : "",
               fmt::join(edit->group, ", "));
    return 0;
}

}  // namespace

void add_measure(CLI::App& app, Chosen& chosen) {
    auto* nlu_command = app.add_subcommand("nlu", "Measure the understanding")->require_subcommand(1);
    auto* eval = nlu_command->add_subcommand(
        "eval", "Train on one labelled file and test on another; one JSON object");
    auto files = std::make_shared<NluFiles>();
    eval->add_option("--train", files->train, "JSON lines {\"text\", \"intent\"}")->required();
    eval->add_option("--test", files->test, "The same; \"intent\": null is out of scope")->required();
    eval->add_option("--predictions", files->predictions, "Where to write each row's answer");
    eval->callback([files, &chosen] { chosen = [files] { return nlu_eval(*files); }; });
    auto* validate =
        nlu_command->add_subcommand("validate", "Cross-validate a config folder's intents and FAQs");
    auto folder = std::make_shared<std::string>();
    validate->add_option("CONFIG_DIR", *folder)->required();
    validate->callback([folder, &chosen] {
        chosen = [folder] {
            const auto bot = load_or_complain(*folder, {});
            if (!bot) return 1;
            const auto source = understanding_source(*bot);
            fmt::print("{}", nlu::to_text(nlu::validate(source)));
            std::vector<std::string_view> texts;
            for (const auto& example : source.examples) texts.emplace_back(example.text);
            const auto latency = nlu::measure_latency(*bot->understanding, texts);
            fmt::print("a message takes {:.0f} us (p50), {:.0f} us (p99); the model {:.1f} MB\n",
                       latency.p50_us, latency.p99_us,
                       static_cast<double>(bot->understanding->model_bytes()) / 1e6);
            return 0;
        };
    });

    auto* sheets = nlu_command->add_subcommand(
        "import", "Turn a sheet of sentences and labels into a file for intents/");
    auto sheet = std::make_shared<std::string>(), language = std::make_shared<std::string>("ko");
    sheets->add_option("FILE.csv", *sheet, "UTF-8, UTF-16 or CP949; columns text, intent")->required();
    sheets->add_option("--locale", *language, "ko or en")->capture_default_str();
    sheets->callback([=, &chosen] { chosen = [=] { return nlu_import(*sheet, *language); }; });

    auto* catalog_command =
        app.add_subcommand("catalog", "Search the goods and measure the search")->require_subcommand(1);
    auto* catalog_eval_command =
        catalog_command->add_subcommand("eval", "Search against human ratings; one JSON object");
    auto ratings = std::make_shared<CatalogFiles>();
    catalog_eval_command->add_option("--catalog", ratings->catalog, "A product feed")->required();
    catalog_eval_command->add_option("--ratings", ratings->ratings, "query,docid,rating")->required();
    catalog_eval_command->add_option("--rankings", ratings->rankings, "Where to write query,rank,docid");
    catalog_eval_command->callback(
        [ratings, &chosen] { chosen = [ratings] { return catalog_eval(*ratings); }; });
    auto* search = catalog_command->add_subcommand("search", "Search a config folder's goods");
    auto words = std::make_shared<std::string>(), config = std::make_shared<std::string>("config/demo"),
         locale = std::make_shared<std::string>("ko");
    auto explain = std::make_shared<bool>(false);
    search->add_option("WORDS", *words)->required();
    search->add_option("--config", *config, "The config folder")->capture_default_str();
    search->add_option("--locale", *locale, "ko or en")->capture_default_str();
    search->add_flag("--explain", *explain, "The query as read and the parts of the scores, as JSON");
    search->callback(
        [=, &chosen] { chosen = [=] { return catalog_search(*words, *config, *locale, *explain); }; });
    auto* synonym = catalog_command->add_subcommand(
        "synonym", "Let a word find what another one finds; a running server takes it over");
    auto word = std::make_shared<std::string>(), means = std::make_shared<std::string>();
    synonym->add_option("WORD", *word, "What visitors say")->required();
    synonym->add_option("MEANS", *means, "The shop's own word for it")->required();
    synonym->add_option("--config", *config, "The config folder")->capture_default_str();
    synonym->callback([=, &chosen] { chosen = [=] { return catalog_synonym(*word, *means, *config); }; });
}

}  // namespace maru::cli
