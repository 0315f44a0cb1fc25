// The small shop that the catalog's tests search: 56 products in Korean with English texts.
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "catalog/search.hpp"

namespace maru::catalog::test {

inline std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

inline std::string data_file(const std::string& name) {
    return read_file(std::string(MARU_SOURCE_DIR) + "/tests/data/catalog/" + name);
}

// Lines of a table in tests/data/catalog, split at tabs; '#' begins a comment.
inline std::vector<std::vector<std::string>> table(const std::string& name) {
    std::istringstream text(data_file(name));
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(text, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream cells(line);
        rows.emplace_back();
        for (std::string cell; std::getline(cells, cell, '\t');) rows.back().push_back(cell);
    }
    return rows;
}

inline std::shared_ptr<const Index> shop() {
    static const auto index = [] {
        auto feed = read_feed(data_file("shop.jsonl"));
        REQUIRE(feed.has_value());
        REQUIRE(feed->skipped == 0);
        return Index::build(std::move(feed->products));
    }();
    return index;
}

inline std::vector<std::string> ids(const std::vector<Match>& matches) {
    std::vector<std::string> result;
    for (const auto& match : matches) result.push_back(match.product->id);
    return result;
}

}  // namespace maru::catalog::test
