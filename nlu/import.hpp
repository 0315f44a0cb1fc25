// Example sentences kept in spreadsheets, brought into a config folder's form.
//
// Blocking only on the stream; pure otherwise. (Files in Rasa's NLU format need no import: intents/ reads
// them as they are.)
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/engine.hpp"

namespace maru::nlu {

struct ImportedExamples {
    std::vector<Example> examples;
    std::vector<Problem> problems;
};
// Two columns, text and label, with or without a header, by comma, semicolon or tab, quoted as RFC 4180 says.
// UTF-8 with or without byte order mark, UTF-16 with one, or CP949 as Korean Excel saves its plain CSV.
[[nodiscard]] ImportedExamples read_csv_examples(std::istream& in, const std::string& file);

// A file for intents/: labels in the order they came, each with its examples, repeated ones once.
[[nodiscard]] std::string to_intents_yaml(const std::vector<Example>& examples, std::string_view locale);

}  // namespace maru::nlu
