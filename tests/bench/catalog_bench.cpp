// Search quality and speed beside SQLite FTS5 over the same products, queries and ratings, in one run.
//
//   bench_catalog [--million | --ablation]
//
// Needs the judged catalog: MARU_DATA or ../shared/data relative to the source root.
#include <sqlite3.h>
#include <sys/resource.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <sstream>

#include "catalog/core.hpp"
#include "catalog/eval.hpp"

namespace {

using namespace maru::catalog;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string unzip(const std::string& path) {
    std::string text;
    gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr) return text;
    char buffer[1 << 16];
    for (int read = 0; (read = gzread(file, buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(read));
    gzclose(file);
    return text;
}

double discounted(const std::vector<double>& gains) {
    double sum = 0;
    for (std::size_t i = 0; i < gains.size() && i < 10; ++i)
        sum += gains[i] / std::log2(static_cast<double>(i) + 2);
    return sum;
}

// One edit in one word of four letters or more, the same for the same seed.
Ratings with_typos(const Ratings& ratings, unsigned seed) {
    std::mt19937 random(seed);
    Ratings result;
    for (auto entry : ratings.queries) {
        auto& text = entry.first;
        std::vector<std::pair<std::size_t, std::size_t>> words;
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find(' ', at), text.size());
            if (end - at >= 4) words.emplace_back(at, end - at);
            at = end + 1;
        }
        if (!words.empty()) {
            const auto [begin, length] = words[random() % words.size()];
            const auto at = begin + 1 + random() % (length - 1);
            const auto letter = static_cast<char>('a' + random() % 26);
            switch (random() % 4) {
                case 0:
                    text.erase(at, 1);
                    break;
                case 1:
                    text.insert(at, 1, letter);
                    break;
                case 2:
                    text[at] = letter;
                    break;
                default:
                    std::swap(text[at], text[at - 1]);
                    break;
            }
        }
        result.queries.push_back(std::move(entry));
    }
    return result;
}

// FTS5 with porter stems and weighted columns, all words first and then any: what a careful hour with SQLite
// gives.
class Fts {
  public:
    explicit Fts(const std::vector<Product>& products) {
        sqlite3_open(":memory:", &db_);
        const auto start = Clock::now();
        run("create virtual table p using fts5(id "
            "unindexed,title,brand,mpn,attributes,description,tokenize='porter unicode61')");
        run("begin");
        sqlite3_stmt* insert = nullptr;
        sqlite3_prepare_v2(db_, "insert into p values(?,?,?,?,?,?)", -1, &insert, nullptr);
        for (const auto& product : products) {
            std::string attributes;
            for (const auto& [name, value] : product.attributes)
                if (value != "false") attributes += ' ' + (value == "true" ? name : value);
            int column = 0;
            for (const std::string* text : std::initializer_list<const std::string*>{
                     &product.id, &product.text.title, &product.brand, &product.mpn, &attributes,
                     &product.text.description})
                sqlite3_bind_text(insert, ++column, text->data(), static_cast<int>(text->size()),
                                  SQLITE_TRANSIENT);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
        run("commit");
        seconds = since(start);
        sqlite3_prepare_v2(db_, "select id from p where p match ? order by bm25(p,0,10,5,5,1,2) limit ?", -1,
                           &select_, nullptr);
    }
    ~Fts() {
        sqlite3_finalize(select_);
        sqlite3_close(db_);
    }
    Fts(const Fts&) = delete;
    Fts& operator=(const Fts&) = delete;

    std::vector<std::string> search(const std::string& text, int limit) {
        std::vector<std::string> found;
        std::set<std::string> seen;
        for (const auto* op : {" ", " OR "}) {
            std::istringstream words(text);
            std::string match;
            for (std::string word; words >> word;) match += (match.empty() ? "" : op) + ('"' + word + '"');
            sqlite3_bind_text(select_, 1, match.data(), static_cast<int>(match.size()), SQLITE_TRANSIENT);
            sqlite3_bind_int(select_, 2, limit);
            while (sqlite3_step(select_) == SQLITE_ROW) {
                std::string id(reinterpret_cast<const char*>(sqlite3_column_text(select_, 0)));
                if (seen.insert(id).second) found.push_back(std::move(id));
            }
            sqlite3_reset(select_);
            if (found.size() >= static_cast<std::size_t>(limit)) break;
        }
        return found;
    }
    double seconds = 0;

  private:
    void run(const char* sql) { sqlite3_exec(db_, sql, nullptr, nullptr, nullptr); }
    sqlite3* db_ = nullptr;
    sqlite3_stmt* select_ = nullptr;
};

struct Quality {
    double all = 0;
    double judged = 0;
};

Quality judge(Fts& fts, const Ratings& ratings) {
    Quality result;
    for (const auto& [text, judged] : ratings.queries) {
        std::vector<double> gains, judged_gains, best;
        for (const auto& id : fts.search(text, 200)) {
            const auto at = judged.find(id);
            gains.push_back(at == judged.end() ? 0 : std::pow(2.0, at->second) - 1);
            if (at != judged.end()) judged_gains.push_back(gains.back());
        }
        for (const auto& [id, rating] : judged) best.push_back(std::pow(2.0, rating) - 1);
        std::sort(best.rbegin(), best.rend());
        if (const double ideal = discounted(best); ideal > 0) {
            result.all += discounted(gains) / ideal;
            result.judged += discounted(judged_gains) / ideal;
        }
    }
    const auto n = static_cast<double>(ratings.queries.size());
    return {result.all / n, result.judged / n};
}

// p50 and p99 in microseconds over what `run(i)` takes, each the median of some rounds: the machine's other
// work must not look like a slow query.
template <class Run>
std::pair<double, double> percentiles(std::size_t count, Run run) {
    constexpr std::size_t rounds = 5;
    std::vector<std::array<double, rounds>> times(count);
    std::size_t sum = 0;
    for (std::size_t round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < count; ++i) {
            const auto start = Clock::now();
            sum += run(i);
            times[i][round] = since(start) * 1e6;
        }
    std::vector<double> typical;
    for (auto& own : times) {
        std::nth_element(own.begin(), own.begin() + rounds / 2, own.end());
        typical.push_back(own[rounds / 2]);
    }
    std::sort(typical.begin(), typical.end());
    if (typical.empty() || sum == 0) return {};
    return {typical[typical.size() / 2], typical[typical.size() * 99 / 100]};
}

std::pair<double, double> fts_latency(Fts& fts, const Ratings& ratings) {
    return percentiles(ratings.queries.size(),
                       [&](std::size_t i) { return fts.search(ratings.queries[i].first, 10).size(); });
}

void million() {
    constexpr std::size_t count = 1'000'000;
    std::mt19937 random(7);
    std::vector<std::string> makers, words, kinds;
    const auto word = [&] {
        static constexpr const char* parts[] = {"ba", "co", "di", "fu", "ga", "ho", "ki", "lo",
                                                "mi", "na", "po", "ru", "sa", "te", "vo", "zu"};
        std::string text;
        for (auto n = 2 + random() % 3; n > 0; --n) text += parts[random() % 16];
        return text;
    };
    for (int i = 0; i < 500; ++i) makers.push_back(word());
    for (int i = 0; i < 20000; ++i) words.push_back(word());
    for (int i = 0; i < 400; ++i) kinds.push_back(word());
    // Words of a language are few and often, the rest many and rare.
    const auto draw = [&](const std::vector<std::string>& from) -> const std::string& {
        const double u = static_cast<double>(random() % 1000000 + 1) / 1000001;
        return from[static_cast<std::size_t>(std::pow(static_cast<double>(from.size()), u)) % from.size()];
    };
    std::vector<Product> products(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto& product = products[i];
        product.id = std::to_string(i);
        product.brand = draw(makers);
        const auto& kind = draw(kinds);
        product.text.title =
            product.brand + ' ' + draw(words) + ' ' + draw(words) + ' ' + draw(words) + ' ' + kind;
        for (int n = 0; n < 10; ++n) product.text.description += draw(words) + ' ';
        product.text.product_type = "Goods > " + kind;
        product.price = {static_cast<std::int64_t>(1000 + random() % 500000), "KRW"};
        product.popularity = static_cast<double>(random() % 1000) / 1000;
    }
    const auto start = Clock::now();
    const auto index = Index::build(std::move(products));
    const double seconds = since(start);
    std::vector<std::string> queries;
    for (int i = 0; i < 2000; ++i) queries.push_back(draw(words) + ' ' + draw(i % 2 == 0 ? kinds : words));
    const auto [p50, p99] = percentiles(queries.size(), [&](std::size_t i) {
        return index->search(index->interpret(queries[i]).query).total;
    });
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("million: index %.1f s, index %.0f MB, process peak %.0f MB, p50 %.0f us, p99 %.0f us\n",
                seconds, static_cast<double>(index->bytes()) / 1e6,
                static_cast<double>(usage.ru_maxrss) / 1e3, p50, p99);
}

// What each ingredient of the ranking adds: every one taken away by itself.
void ablation(const std::vector<Product>& products, const Ratings& ratings) {
    constexpr unsigned seeds = 2;
    const auto weight = [](Field field, float value) {
        return
            [=](IndexOptions&, Ranking& ranking) { ranking.weight[static_cast<std::size_t>(field)] = value; };
    };
    using Change = std::function<void(IndexOptions&, Ranking&)>;
    const std::vector<std::pair<const char*, Change>> changes{
        {"everything", [](IndexOptions&, Ranking&) {}},
        {"k1 1.2, as textbooks have it", [](IndexOptions&, Ranking& r) { r.k1 = r.head_k1 = 1.2F; }},
        {"no head noun",
         [](IndexOptions&, Ranking& r) {
             r.head_k1 = r.k1, r.partial_head = 1;
             r.weight[static_cast<std::size_t>(Field::head)] = 0;
         }},
        {"no type", weight(Field::type, 0)},
        {"no brand", weight(Field::brand, 0)},
        {"no model number", weight(Field::model, 0)},
        {"no attributes", weight(Field::attribute, 0)},
        {"attributes at 1", weight(Field::attribute, 1)},
        {"no description", weight(Field::description, 0)},
        {"no synonyms", [](IndexOptions& o, Ranking&) { o.builtin_synonyms = false; }},
        {"no neighbours", [](IndexOptions&, Ranking& r) { r.pair = 0; }},
        {"no prior", [](IndexOptions&, Ranking& r) { r.prior = 0; }},
        {"all words or any alike", [](IndexOptions&, Ranking& r) { r.partial = 0; }},
    };
    std::printf("%-30s ndcg@10 all/judged   one typo a query\n", "");
    for (const auto& [name, change] : changes) {
        IndexOptions options;
        auto ranking = std::make_shared<Ranking>();
        change(options, *ranking);
        options.ranking = std::move(ranking);
        const auto clean = evaluate(products, ratings, options);
        Quality typos;
        for (unsigned seed = 1; seed <= seeds; ++seed) {
            const auto one = evaluate(products, with_typos(ratings, seed), options);
            typos.all += one.ndcg10 / seeds, typos.judged += one.ndcg10_judged / seeds;
        }
        std::printf("%-30s %.3f / %.3f        %.3f / %.3f\n", name, clean.ndcg10, clean.ndcg10_judged,
                    typos.all, typos.judged);
        std::fflush(stdout);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::strcmp(argv[1], "--million") == 0) {
        million();
        return 0;
    }
    const char* set = std::getenv("MARU_DATA");
    const std::string folder = set != nullptr ? set : std::string(MARU_SOURCE_DIR) + "/../shared/data";
    std::ifstream file(folder + "/icecat-ratings-dev.csv");
    std::stringstream text;
    text << file.rdbuf();
    const auto feed_text = unzip(folder + "/icecat-products.jsonl.gz");
    const auto ratings = read_ratings(text.str());
    if (feed_text.empty() || text.str().empty() || !ratings) {
        std::printf("catalog: skipped, no judged catalog in %s (set MARU_DATA)\n", folder.c_str());
        return 0;
    }
    const auto start = Clock::now();
    auto feed = read_feed(feed_text);
    if (!feed) return 1;
    std::printf("feed: %u rows in %.2f s\n", feed->rows, since(start));
    if (argc > 1 && std::strcmp(argv[1], "--ablation") == 0) {
        ablation(feed->products, *ratings);
        return 0;
    }
    Fts fts(feed->products);
    const auto theirs = judge(fts, *ratings);
    const auto [p50, p99] = fts_latency(fts, *ratings);
    const auto ours = evaluate(feed->products, *ratings);
    Quality ours_typos, theirs_typos;
    constexpr unsigned seeds = 5;
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        const auto typos = with_typos(*ratings, seed);
        const auto one = evaluate(feed->products, typos);
        const auto other = judge(fts, typos);
        ours_typos.all += one.ndcg10 / seeds;
        ours_typos.judged += one.ndcg10_judged / seeds;
        theirs_typos.all += other.all / seeds;
        theirs_typos.judged += other.judged / seeds;
    }
    std::printf("            ndcg@10 all/judged   one typo a query   index s   p50 us   p99 us\n");
    std::printf("maru        %.3f / %.3f        %.3f / %.3f      %7.2f %8.0f %8.0f\n", ours.ndcg10,
                ours.ndcg10_judged, ours_typos.all, ours_typos.judged, ours.index_seconds,
                ours.latency_p50_us, ours.latency_p99_us);
    std::printf("sqlite fts5 %.3f / %.3f        %.3f / %.3f      %7.2f %8.0f %8.0f\n", theirs.all,
                theirs.judged, theirs_typos.all, theirs_typos.judged, fts.seconds, p50, p99);
    std::printf("%s\n", ours.json().c_str());
    return 0;
}
