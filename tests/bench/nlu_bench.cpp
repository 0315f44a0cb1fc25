// Figures of understanding on the public data sets: accuracy, scope, few examples, typing errors, speed,
// memory.
//
//     nlu_bench [DATA_DIR]      (else $MARU_DATA, else ../shared/data beside the source tree)
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>

#include "nlu/eval.hpp"
#include "nlu/text/keyboard.hpp"
#include "nlu/text/unicode.hpp"

namespace {

using maru::nlu::LabelledText;
using Rows = std::vector<LabelledText>;

Rows load(const std::filesystem::path& file) {
    std::ifstream in(file);
    auto read = maru::nlu::read_labelled(in, file.string());
    for (const auto& problem : read.problems)
        std::fprintf(stderr, "%s: %s\n", to_string(problem.place).c_str(), problem.message.c_str());
    return std::move(read.rows);
}

Rows first_of_each(const Rows& rows, int count) {
    std::map<std::string, int> seen;
    Rows out;
    for (const auto& row : rows)
        if (row.label && seen[*row.label]++ < count) out.push_back(row);
    return out;
}

Rows changed(Rows rows, const std::function<std::string(const std::string&)>& change) {
    for (auto& row : rows) row.text = change(row.text);
    return rows;
}

// One random slip in every sentence, the same ones in every run.
std::function<std::string(const std::string&)> slip() {
    return [state = 7U](const std::string& text) mutable {
        const auto next = [&] { return (state = state * 1664525U + 1013904223U) >> 8; };
        auto codes = maru::text::to_code_points(text);
        std::vector<std::size_t> letters;
        for (std::size_t i = 0; i < codes.size(); ++i)
            if (maru::text::is_letter(codes[i])) letters.push_back(i);
        if (letters.size() < 4) return text;
        const auto at = letters[next() % letters.size()];
        const bool korean = maru::text::is_syllable(codes[at]);
        const auto letter =
            korean ? static_cast<char32_t>(codes[at] - 0xAC00) % 28 == 0 ? codes[at] + 4 : codes[at] - 1
                   : static_cast<char32_t>(U'a' + next() % 26);
        switch (next() % 4) {
            case 0:
                codes[at] = letter;
                break;
            case 1:
                codes.erase(at, 1);
                break;
            case 2:
                codes.insert(codes.begin() + static_cast<std::ptrdiff_t>(at), letter);
                break;
            default:
                if (at + 1 < codes.size()) std::swap(codes[at], codes[at + 1]);
        }
        return maru::text::to_utf8(codes);
    };
}

void report(const char* name, const Rows& train, const Rows& test) {
    const auto result = maru::nlu::evaluate(train, test, {});
    if (!result.evaluation) return;
    const auto& e = *result.evaluation;
    std::printf("%-30s %6zu %6zu  %6.2f %6.2f %6.2f  %6.2f  %5.2f  %6.2f s %6.1f MB %6.1f %7.1f us\n", name,
                e.train, e.test, 100 * e.top1_accuracy, 100 * e.top3_accuracy, 100 * e.in_scope_accuracy,
                100 * e.oos_recall, e.threshold, e.train_seconds, static_cast<double>(e.model_bytes) / 1e6,
                e.latency_p50_us, e.latency_p99_us);
    std::fflush(stdout);
}

// Floods of one thing: what the worst costs, whole and half of what an engine reads, for the growth.
void report_floods(const Rows& train) {
    maru::nlu::EngineSource source;
    source.default_currency = "KRW";
    source.gazetteers.push_back({"brand", {{"Samsung", {"삼성", "삼성전자"}}, {"LG", {"엘지"}}}, true});
    for (const auto& row : train)
        if (row.label && source.examples.size() < 800) source.examples.push_back({row.text, *row.label, {}});
    const auto engine = maru::nlu::Engine::build(source).engine;
    if (!engine) return;
    const auto least = [&](const std::string& text) {
        double best = 1e9;
        for (int round = 0; round < 5; ++round)
            best = std::min(best, maru::nlu::measure_latency(*engine, {text}).worst_us);
        return best;
    };
    std::printf("\n%-24s %14s %14s %8s\n", "100 kB of", "half of that", "as read", "growth");
    for (const char* part : {"a",
                             "가",
                             "ㅋ",
                             "ㄱㅏ",
                             "1 ",
                             "1,",
                             "(1",
                             "1-",
                             "만",
                             "😀 ",
                             "\xCC\x81",
                             "\xE2\x80\x8B",
                             "\xFF",
                             "a@",
                             "삼성말고",
                             "삼성말고 ",
                             "not ",
                             "네 ",
                             "두 개",
                             "두 개 ",
                             "5만원 ",
                             "$5~",
                             "3시 ",
                             "내일 3시 ",
                             "first ",
                             "dkssud ",
                             "ㅗㅗㅏ ",
                             "씨발 ",
                             "\xD0\xB0"
                             "a ",
                             "sansung ",
                             "quikc "}) {
        std::string text;
        while (text.size() < 100'000) text += part;
        const auto whole = least(text);
        const auto half =
            least(std::string(maru::text::truncate(text, maru::nlu::EngineOptions{}.max_text / 2)));
        std::string shown;
        for (const char* c = part; *c != 0; ++c) {
            char hex[5];
            const auto byte = static_cast<unsigned char>(*c);
            std::snprintf(hex, sizeof hex, "\\x%02X", byte);
            shown += byte >= 0x20 && byte < 0x7F ? std::string(1, *c) : std::string(hex);
        }
        std::printf("%-24s %11.1f us %11.1f us %8.2f\n", shown.c_str(), half, whole, whole / half);
    }
}

}  // namespace

int main(int argc, char** argv) {
    const char* env = std::getenv("MARU_DATA");
    const std::filesystem::path data = argc > 1 ? argv[1] : env ? env : MARU_SOURCE_DIR "/../shared/data";
    if (!exists(data / "clinc150-train.jsonl")) {
        std::printf("nlu_bench: no data at %s; give its folder as the argument or in MARU_DATA\n",
                    data.c_str());
        return 0;
    }
    std::printf("%-30s %6s %6s  %6s %6s %6s  %6s  %5s  %8s %9s %6s %7s\n", "set", "train", "test", "top1",
                "top3", "at thr", "oos", "thr", "train", "model", "p50", "p99");
    const auto clinc = load(data / "clinc150-train.jsonl"), clinc_dev = load(data / "clinc150-dev.jsonl");
    const auto bank = load(data / "banking77-train.jsonl"), bank_dev = load(data / "banking77-dev.jsonl");
    const auto para = load(data / "parakqc-dev-train.jsonl"),
               para_dev = load(data / "parakqc-dev-test.jsonl");
    report("CLINC150", clinc, clinc_dev);
    report("CLINC150, one slip", clinc, changed(clinc_dev, slip()));
    report("CLINC150, 10 examples", first_of_each(clinc, 10), clinc_dev);
    report("BANKING77", bank, bank_dev);
    report("BANKING77, one slip", bank, changed(bank_dev, slip()));
    report("BANKING77, 10 examples", first_of_each(bank, 10), bank_dev);
    report("paraKQC", para, para_dev);
    report("paraKQC, one slip", para, changed(para_dev, slip()));
    report("paraKQC, no spaces", para, changed(para_dev, [](const std::string& text) {
               std::string out;
               for (const char c : text)
                   if (c != ' ') out.push_back(c);
               return out;
           }));
    report("paraKQC, wrong layout", para, changed(para_dev, maru::text::qwerty_from_hangul));
    report_floods(bank);
}
