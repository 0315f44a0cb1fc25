#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "bot/content/load.hpp"
#include "flows/yaml/problem.hpp"

using namespace maru;

namespace {

std::string all(const flows::Problems& problems) {
    std::string text;
    for (const auto& one : problems.sorted()) text += flows::yaml::to_string(one) + "\n";
    return text;
}

constexpr auto smallest = "version: 1\nname: {ko: 가게, en: Shop}\nsites:\n  - {id: demo, origins: [self]}\n";

}  // namespace

TEST_CASE("settings: defaults, overrides, and every mistake with its place") {
    flows::Problems none;
    const auto plain = read_settings(smallest, {}, none);
    CHECK_MESSAGE(none.empty(), all(none));
    CHECK(plain.limits.rates);
    CHECK(plain.readiness.threshold == 1.0);
    const auto changed = read_settings(
        smallest,
        {{"limits.rate", "off"}, {"hours.always", "true"}, {"explain", "true"}, {"handoff.sla", "5m"}}, none);
    CHECK_MESSAGE(none.empty(), all(none));
    CHECK_FALSE(changed.limits.rates);
    CHECK(changed.explain);
    CHECK(changed.handoff.sla == std::chrono::minutes{5});

    struct Case {
        std::string yaml, message;
    };
    for (const auto& one :
         {Case{std::string(smallest).append("greting: hi\n"),
               "bot.yaml:5:1: error: unknown key `greting`; did you mean `greeting`?"},
          Case{std::string(smallest).append("hours: {weekly: {mon: \"18:00-09:00\"}}\n"), "no span of a day"},
          Case{std::string(smallest).append("readiness: {weights: {says_sow: 2}}\n"),
               "did you mean `says_so`"},
          Case{"version: 1\nname: {ko: 가게, en: Shop}\nsites:\n  - {id: demo, origins: "
               "[\"https://a.example/path\"]}\n",
               "no origin"},
          Case{std::string(smallest).append("delivery: {free_from: 50000}\n"), "`delivery` needs `fee`"},
          Case{std::string(smallest).append("phrases: {gretting: {ko: 안녕, en: Hi}}\n"), "unknown phrase"},
          Case{"", "bot.yaml"}}) {
        flows::Problems problems;
        (void)read_settings(one.yaml, {}, problems);
        CHECK(problems.has_errors());
        CHECK_MESSAGE(all(problems).find(one.message) != std::string::npos, all(problems));
    }
    flows::Problems wrong;
    (void)read_settings(smallest, {{"limits.rat", "off"}}, wrong);
    CHECK(wrong.has_errors());
}

TEST_CASE("the version is the content's, not the goods'") {
    Bundle bundle{{{"bot.yaml", smallest}, {"catalog/a.jsonl", "x"}}};
    const auto hash = bundle.hash();
    bundle.files[1].second = "y";
    CHECK(bundle.hash() == hash);
    bundle.files[0].second += "# a word\n";
    CHECK(bundle.hash() != hash);
}

TEST_CASE("a row about a product that the catalog does not have is named") {
    flows::Problems problems;
    const auto bundle = read_bundle(MARU_SOURCE_DIR "/tests/server/config", problems);
    REQUIRE(bundle);
    auto changed = *bundle;
    const auto id = [&](const std::string& product) {
        flows::Problems own;
        changed.files.emplace_back(
            "tables/parcels.yaml",
            "version: 1\nkey: number\nrows:\n  - {number: P-1, product: " + product + "}\n");
        CHECK(load_bot(changed, {}, own) != nullptr);
        changed.files.pop_back();
        return all(own);
    };
    const auto said = id("no-such");
    CHECK_MESSAGE(said.find("\"P-1\" is about the product \"no-such\"") != std::string::npos, said);
    CHECK(id("mouse-quiet").find("is about the product") == std::string::npos);
}

TEST_CASE("a trained model is kept, used again, and not believed when it is broken") {
    namespace fs = std::filesystem;
    const auto folder = fs::temp_directory_path() / ("maru-models-" + std::to_string(::getpid()));
    flows::Problems problems;
    const auto bundle = read_bundle(MARU_SOURCE_DIR "/tests/server/config", problems);
    REQUIRE(bundle);
    LoadOptions options;
    options.models = folder;
    const auto answer = [&] {
        flows::Problems own;
        const auto bot = load_bot(*bundle, options, own);
        REQUIRE_MESSAGE(bot, all(own));
        const auto u = bot->understanding->understand("How long does delivery take?");
        REQUIRE(!u.ranked.empty());
        return u.ranked.front().label + std::to_string(u.ranked.front().confidence);
    };
    const auto files = [&] {
        return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
    };
    const auto trained = answer();
    CHECK(files() == 1);
    const auto file = fs::directory_iterator(folder)->path();
    const auto written = fs::last_write_time(file);
    CHECK(answer() == trained);
    CHECK(fs::last_write_time(file) == written);
    fs::resize_file(file, fs::file_size(file) / 2);
    CHECK(answer() == trained);
    CHECK(files() == 1);
    fs::remove_all(folder);
}
