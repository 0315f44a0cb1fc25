// What a turn costs the processor, without sockets and without a store: the load client's questions to the
// demo shop, one after the other, in conversations of eight.
//
//     turn_bench [CONFIG_DIR] [ROUNDS]
//
// The trained model is kept in build/bench/models.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bot/content/load.hpp"
#include "bot/conversation/rehearsal.hpp"

namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::size_t turns_each = 8;

std::vector<std::string> questions(const fs::path& file) {
    std::ifstream in(file);
    std::vector<std::string> lines;
    constexpr std::string_view place = "{word}";
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.front() == '#') continue;
        // A word that no example has, another one in every line.
        std::string word;
        for (auto n = lines.size() * 2654435761U + 1; word.size() < 5; n /= 20)
            word += static_cast<char>('b' + n % 20);
        if (const auto at = line.find(place); at != std::string::npos) line.replace(at, place.size(), word);
        lines.push_back(std::move(line));
    }
    return lines;
}

void print(const char* what, std::vector<double> micros) {
    std::sort(micros.begin(), micros.end());
    double sum = 0;
    for (const auto one : micros) sum += one;
    const auto at = [&](double share) {
        return micros[static_cast<std::size_t>(share * static_cast<double>(micros.size() - 1))];
    };
    std::printf("%-44s mean %7.1f  p50 %7.1f  p99 %7.1f us\n", what, sum / static_cast<double>(micros.size()),
                at(.5), at(.99));
}

template <class Work>
void measure(const char* what, std::size_t rounds, const std::vector<std::string>& lines, Work work) {
    std::vector<double> micros;
    for (std::size_t round = 0; round <= rounds; ++round)
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto start = Clock::now();
            work(i, lines[i]);
            const std::chrono::duration<double, std::micro> took = Clock::now() - start;
            if (round > 0) micros.push_back(took.count());  // the first round warms up
        }
    print(what, std::move(micros));
}

}  // namespace

int main(int argc, char** argv) {
    const fs::path root = MARU_SOURCE_DIR;
    const fs::path config = argc > 1 ? fs::path(argv[1]) : root / "config/demo";
    const auto rounds = argc > 2 ? static_cast<std::size_t>(std::atoi(argv[2])) : 2U;
    maru::flows::Problems problems;
    const auto bundle = maru::read_bundle(config, problems);
    maru::LoadOptions options;
    options.models = root / "build/bench/models";
    fs::create_directories(options.models);
    const auto bot = bundle ? maru::load_bot(*bundle, options, problems) : nullptr;
    if (!bot) {
        std::fprintf(stderr, "%s cannot be loaded; `maru check` says why\n", config.c_str());
        return 1;
    }
    const auto lines = questions(root / "tests/bench/load/questions.txt");
    std::printf("%zu questions, %zu rounds, one thread\n", lines.size(), rounds);
    measure("understanding a message", rounds, lines,
            [&](std::size_t, const std::string& line) { (void)bot->understanding->understand(line); });
    measure("recognising it", rounds, lines,
            [&](std::size_t, const std::string& line) { (void)bot->understanding->recognise(line); });
    measure("reading it as a search", rounds, lines,
            [&](std::size_t, const std::string& line) { (void)bot->catalog->interpret(line); });
    measure("looking for titles in it", rounds, lines,
            [&](std::size_t, const std::string& line) { (void)bot->catalog->titled(line); });
    maru::Rehearsal talk(bot);
    measure("a turn, without network and store", rounds, lines, [&](std::size_t i, const std::string& line) {
        if (i % turns_each == 0) (void)talk.open({}, {});
        (void)talk.said(line, {});
    });
}
