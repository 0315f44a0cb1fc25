// A JSON object written straight into text, for objects that are written far more often than they are read.
//
//     std::string out;
//     wire::ObjectText object(out);
//     object.put("name", name);
//     object.close();
//
// Keys are ours and need no escaping. Threads: a local value; the text outlives it.
#pragma once

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>

#include "bot/wire/encode.hpp"

namespace maru::wire {

class ObjectText {
  public:
    explicit ObjectText(std::string& out) : out_(out), begin_(out.size()) { out_ += '{'; }

    void put(std::string_view key, std::string_view value) { append_json(open(key), value); }
    void put(std::string_view key, const char* value) { put(key, std::string_view(value)); }
    void put(std::string_view key, std::int64_t value) {
        fmt::format_to(std::back_inserter(open(key)), "{}", value);
    }
    void put(std::string_view key, double value) {
        fmt::format_to(std::back_inserter(open(key)), "{}", value);
    }
    void put(std::string_view key, bool value) { open(key) += value ? "true" : "false"; }
    // `json` is a whole JSON value.
    void put_raw(std::string_view key, std::string_view json) { open(key) += json; }
    // The text to write this member's value to.
    std::string& open(std::string_view key) {
        if (out_.size() > begin_ + 1) out_ += ',';
        out_ += '"';
        out_ += key;
        out_ += "\":";
        return out_;
    }

    [[nodiscard]] bool empty() const { return out_.size() == begin_ + 1; }
    void close() { out_ += '}'; }

  private:
    std::string& out_;
    std::size_t begin_;
};

}  // namespace maru::wire
