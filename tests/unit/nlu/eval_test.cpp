#include "nlu/eval.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "nlu/import.hpp"

using namespace maru::nlu;

TEST_CASE("labelled lines are read, wrong ones named by place") {
    std::istringstream in(
        "\xEF\xBB\xBF{\"text\": \"a\", \"intent\": \"x\"}\n\n{\"text\": \"b\", \"intent\": "
        "null}\nnope\n{\"text\": 1, \"intent\": "
        "\"x\"}\n{\"text\": \"c\"}\n");
    const auto read = read_labelled(in, "t.jsonl");
    REQUIRE(read.rows.size() == 2);
    CHECK(read.rows[0].label == "x");
    CHECK_FALSE(read.rows[1].label.has_value());
    REQUIRE(read.problems.size() == 3);
    CHECK(to_string(read.problems[0].place) == "t.jsonl:4");
    CHECK(to_string(read.problems[2].place) == "t.jsonl:6");
}

TEST_CASE("evaluation counts by hand-checked rows") {
    std::vector<LabelledText> train;
    for (const auto* text : {"red apple", "green apple", "apple pie", "sweet apple"})
        train.push_back({text, "apple", 0});
    for (const auto* text : {"big car", "fast car", "car wash", "old car"}) train.push_back({text, "car", 0});
    const std::vector<LabelledText> test{
        {"apple juice", "apple", 1}, {"new car", "car", 2}, {"apple", "car", 3}, {"zxqv", std::nullopt, 4}};
    EngineSource source;
    source.options.threshold = 0.3F;
    const auto result = evaluate(train, test, source);
    REQUIRE(result.evaluation);
    const auto& e = *result.evaluation;
    CHECK(e.train == 8);
    CHECK(e.test == 4);
    CHECK(e.intents == 2);
    CHECK(e.top1_accuracy == doctest::Approx(2.0 / 3));
    CHECK(e.top3_accuracy == doctest::Approx(1));
    CHECK(e.in_scope_accuracy == doctest::Approx(2.0 / 3));
    CHECK(e.oos_recall == doctest::Approx(1));
    CHECK(e.oos_precision == doctest::Approx(1));
    CHECK(e.accuracy == doctest::Approx(3.0 / 4));
    const auto json = nlohmann::json::parse(to_json(e));
    for (const auto* key :
         {"train", "test", "intents", "threshold", "accuracy", "in_scope_accuracy", "top1_accuracy",
          "top3_accuracy", "oos_recall", "oos_precision", "train_seconds", "model_bytes"})
        CHECK_MESSAGE(json.contains(key), key);
    CHECK(json["latency_us"].contains("p50"));
    CHECK(json["latency_us"].contains("p99"));
    std::ostringstream out;
    write_predictions(out, test, e);
    std::istringstream lines(out.str());
    std::string line;
    REQUIRE(std::getline(lines, line));
    const auto row = nlohmann::json::parse(line);
    CHECK(row["text"] == "apple juice");
    CHECK(row["ranked"][0][0] == "apple");
    CHECK(row["accepted"] == true);
    int count = 1;
    while (std::getline(lines, line)) ++count;
    CHECK(count == 4);
}

TEST_CASE("predictions keep whatever else a row held") {
    std::istringstream train(R"({"text": "red apple", "intent": "apple"}
{"text": "apple pie", "intent": "apple"}
{"text": "big car", "intent": "car"}
{"text": "car wash", "intent": "car"})");
    std::istringstream in(R"({"id": 7, "text": "apple", "intent": "apple", "extra": {"by": ["가", null]}})");
    const auto test = read_labelled(in, "t.jsonl").rows;
    EngineSource source;
    source.options.threshold = 0.3F;
    const auto result = evaluate(read_labelled(train, "s.jsonl").rows, test, source);
    REQUIRE(result.evaluation);
    std::ostringstream out;
    write_predictions(out, test, *result.evaluation);
    auto row = nlohmann::json::parse(out.str());
    CHECK(row["ranked"][0][0] == "apple");
    CHECK(row["accepted"] == true);
    row.erase("ranked");
    row.erase("accepted");
    CHECK(row == nlohmann::json::parse(in.str()));
}

TEST_CASE("examples from spreadsheets") {
    std::istringstream in(
        "\xEF\xBB\xBFtext,intent\r\n배송 언제 와요,delivery\r\n\"a, "
        "\"\"quoted\"\"\nline\",x\r\nalone\r\nlast,y");
    const auto read = read_csv_examples(in, "e.csv");
    REQUIRE(read.examples.size() == 3);
    CHECK(read.examples[0].text == "배송 언제 와요");
    CHECK(read.examples[0].label == "delivery");
    CHECK(read.examples[1].text == "a, \"quoted\"\nline");
    CHECK(read.examples[2].label == "y");
    REQUIRE(read.problems.size() == 1);
    CHECK(to_string(read.problems[0].place) == "e.csv:5");
    // As Korean Excel saves it, and as a spreadsheet's "Unicode text".
    std::istringstream cp949("\xB9\xE8\xBC\xDB;delivery\r\n");
    const auto korean = read_csv_examples(cp949, "k.csv");
    REQUIRE(korean.examples.size() == 1);
    CHECK(korean.examples[0].text == "배송");
    CHECK(korean.examples[0].label == "delivery");
    std::istringstream utf16(std::string("\xFF\xFE\x30\xBC\t\0a\0\n\0", 10));
    const auto unicode = read_csv_examples(utf16, "u.csv");
    REQUIRE(unicode.examples.size() == 1);
    CHECK(unicode.examples[0].text == "배");
    std::istringstream noise("\xFF\x00\xFF,x\n");
    const auto refused = read_csv_examples(noise, "n.csv");
    CHECK(refused.examples.empty());
    REQUIRE(refused.problems.size() == 1);
    CHECK(refused.problems[0].message.find("UTF-8") != std::string::npos);
}

TEST_CASE("imported examples become a file for intents/") {
    const std::vector<Example> examples{
        {"배송 언제 와요", "delivery", {}}, {"hi\nthere", "a \"b\"", {}}, {"배송 언제 와요", "delivery", {}}};
    CHECK(to_intents_yaml(examples, "ko") ==
          "version: 1\nlocale: ko\nnlu:\n  - intent: \"delivery\"\n    examples: |\n      - 배송 언제 와요\n"
          "  - intent: \"a \\\"b\\\"\"\n    examples: |\n      - hi there\n");
}
