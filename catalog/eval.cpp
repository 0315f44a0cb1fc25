#include "catalog/eval.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

namespace maru::catalog {
namespace {

constexpr std::size_t kCut = 10;

double gain(int rating) {
    return std::pow(2.0, rating) - 1;
}

template <typename Gains>
double discounted(const Gains& gains) {
    double sum = 0;
    for (std::size_t i = 0; i < gains.size() && i < kCut; ++i)
        sum += gains[i] / std::log2(static_cast<double>(i) + 2);
    return sum;
}

// One cell of a CSV line, taken from its front.
std::string take_cell(std::string_view& line) {
    std::string cell;
    if (line.starts_with('"')) {
        std::size_t at = 1;
        for (; at < line.size(); ++at) {
            if (line[at] != '"') {
                cell += line[at];
            } else if (at + 1 < line.size() && line[at + 1] == '"') {
                cell += line[at++];
            } else {
                ++at;
                break;
            }
        }
        line.remove_prefix(std::min(at, line.size()));
    } else {
        const auto end = std::min(line.find(','), line.size());
        cell = line.substr(0, end);
        line.remove_prefix(end);
    }
    if (line.starts_with(',')) line.remove_prefix(1);
    return cell;
}

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\n") == std::string::npos) return cell;
    std::string result = "\"";
    for (const char c : cell) {
        result += c;
        if (c == '"') result += c;
    }
    return result += '"';
}

double percentile(std::vector<double>& values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(at, 1, values.size()) - 1];
}

}  // namespace

boost::system::result<Ratings, std::string> read_ratings(std::string_view csv) {
    Ratings ratings;
    std::unordered_map<std::string, std::size_t> places;
    if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
    for (std::uint32_t number = 1; !csv.empty(); ++number) {
        const auto end = std::min(csv.find('\n'), csv.size());
        auto line = csv.substr(0, end);
        csv.remove_prefix(std::min(end + 1, csv.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty() || (number == 1 && line == "query,docid,rating")) continue;
        auto query = take_cell(line);
        auto id = take_cell(line);
        const auto rating = take_cell(line);
        if (rating.size() != 1 || rating[0] < '0' || rating[0] > '3' || id.empty())
            return "line " + std::to_string(number) + ": expected query,docid,rating with a rating of 0 to 3";
        const auto [at, fresh] = places.emplace(query, ratings.queries.size());
        if (fresh) ratings.queries.emplace_back(std::move(query), std::unordered_map<std::string, int>{});
        ratings.queries[at->second].second[std::move(id)] = rating[0] - '0';
    }
    return ratings;
}

Evaluation evaluate(std::vector<Product> products, const Ratings& ratings, const IndexOptions& options) {
    using Clock = std::chrono::steady_clock;
    const auto since = [](Clock::time_point start) {
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    Evaluation result;
    result.products = static_cast<std::uint32_t>(products.size());
    result.queries = static_cast<std::uint32_t>(ratings.queries.size());
    const auto start = Clock::now();
    const auto index = Index::build(std::move(products), options);
    result.index_seconds = since(start);
    result.index_bytes = index->bytes();

    constexpr std::uint32_t deep = 200;
    for (const auto& [text, judged] : ratings.queries) {
        auto query = index->interpret(text).query;
        query.fill = true;
        query.limit = deep;
        const auto found = index->search(query);
        std::vector<double> gains;
        std::vector<double> judged_gains;
        std::vector<double> best;
        std::size_t good = 0;
        double first = 0;
        for (std::size_t i = 0; i < found.matches.size(); ++i) {
            const auto& id = found.matches[i].product->id;
            result.rankings.push_back({text, static_cast<std::uint32_t>(i) + 1, id});
            const auto rating = judged.find(id);
            const int value = rating == judged.end() ? 0 : rating->second;
            if (gains.size() < kCut) {
                gains.push_back(gain(value));
                if (value >= 2) ++good;
            }
            if (rating != judged.end()) judged_gains.push_back(gain(value));
            if (value >= 2 && first == 0) first = 1.0 / (static_cast<double>(i) + 1);
        }
        for (const auto& [id, value] : judged) best.push_back(gain(value));
        std::sort(best.rbegin(), best.rend());
        const double ideal = discounted(best);
        if (ideal > 0) {
            result.ndcg10 += discounted(gains) / ideal;
            result.ndcg10_judged += discounted(judged_gains) / ideal;
        }
        result.p10 += static_cast<double>(good) / kCut;
        result.mrr += first;
    }
    if (!ratings.queries.empty()) {
        const auto n = static_cast<double>(ratings.queries.size());
        for (auto* value : {&result.ndcg10, &result.ndcg10_judged, &result.p10, &result.mrr}) *value /= n;
    }

    // A query's time is the median of some rounds: the machine's other work must not look like a slow query.
    constexpr std::size_t rounds = 21;
    std::vector<std::vector<double>> times(ratings.queries.size());
    for (std::size_t round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < ratings.queries.size(); ++i) {
            const auto began = Clock::now();
            auto query = index->interpret(ratings.queries[i].first).query;
            query.limit = kCut;
            const auto found = index->search(query);
            times[i].push_back(since(began) * 1e6);
            if (found.total > result.products)
                times[i].back() = 0;  // keeps the work from being optimised away
        }
    std::vector<double> typical;
    for (auto& own : times) {
        std::nth_element(own.begin(), own.begin() + rounds / 2, own.end());
        typical.push_back(own[rounds / 2]);
    }
    result.latency_p50_us = percentile(typical, 0.50);
    result.latency_p99_us = percentile(typical, 0.99);
    return result;
}

std::string Evaluation::json() const {
    const auto rounded = [](double value, double unit) { return std::round(value / unit) * unit; };
    nlohmann::ordered_json out;
    out["products"] = products;
    out["queries"] = queries;
    out["ndcg@10"] = rounded(ndcg10, 1e-4);
    out["ndcg@10_judged"] = rounded(ndcg10_judged, 1e-4);
    out["p@10"] = rounded(p10, 1e-4);
    out["mrr"] = rounded(mrr, 1e-4);
    out["index_seconds"] = rounded(index_seconds, 1e-3);
    out["index_bytes"] = index_bytes;
    out["latency_us"] = {{"p50", rounded(latency_p50_us, 0.1)}, {"p99", rounded(latency_p99_us, 0.1)}};
    return out.dump();
}

std::string Evaluation::rankings_csv() const {
    std::string csv = "query,rank,docid\n";
    for (const auto& row : rankings)
        csv += quoted(row.query) + ',' + std::to_string(row.rank) + ',' + quoted(row.id) + '\n';
    return csv;
}

}  // namespace maru::catalog
