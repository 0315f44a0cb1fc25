// How well and how fast a catalog is searched, against human ratings. Measures time, so not pure; any thread.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/search.hpp"

namespace maru::catalog {

// query → (product id → 0 … 3), queries in the file's order.
struct Ratings {
    std::vector<std::pair<std::string, std::unordered_map<std::string, int>>> queries;
};
// Lines "query,docid,rating" under that header; quotes as in RFC 4180. The error is a message with a line.
[[nodiscard]] boost::system::result<Ratings, std::string> read_ratings(std::string_view csv);

struct Evaluation {
    std::uint32_t products = 0;
    std::uint32_t queries = 0;
    double ndcg10 = 0;  // gain 2^rating − 1, unjudged 0; a query without any relevant product counts as 0
    double ndcg10_judged = 0;  // only judged products kept
    double p10 = 0;            // rating of 2 or more among the first ten
    double mrr = 0;            // of the first with a rating of 2 or more
    double index_seconds = 0;
    std::size_t index_bytes = 0;
    double latency_p50_us = 0;  // a sentence read and searched, ten results, single thread, nothing cached
    double latency_p99_us = 0;

    struct Row {
        std::string query;
        std::uint32_t rank = 0;  // from 1
        std::string id;
    };
    std::vector<Row> rankings;  // the first 200 per query

    [[nodiscard]] std::string json() const;          // one line, the keys of the `catalog eval` contract
    [[nodiscard]] std::string rankings_csv() const;  // "query,rank,docid"
};

// Builds an index of `products` and searches every rated query as a visitor's sentence.
[[nodiscard]] Evaluation evaluate(std::vector<Product> products, const Ratings& ratings,
                                  const IndexOptions& options = {});

}  // namespace maru::catalog
