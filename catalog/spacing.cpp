#include "catalog/spacing.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace maru::catalog {
namespace {

constexpr std::size_t syllable = 3;       // bytes of a Hangul syllable in UTF-8
constexpr std::size_t shortest_name = 2;  // syllables that stay before a blank
constexpr std::size_t longest_run = 60;   // syllables; a longer one is no shopper's
constexpr std::string_view won = "원";

bool starts_syllable(std::string_view text, std::size_t at) {
    // U+AC00 … U+D7A3 are EA B0 80 … ED 9E A3.
    if (at + syllable > text.size()) return false;
    const auto a = static_cast<unsigned char>(text[at]);
    const auto b = static_cast<unsigned char>(text[at + 1]);
    return (a == 0xEA && b >= 0xB0) || a == 0xEB || a == 0xEC || (a == 0xED && b <= 0x9E);
}

bool begins_request(std::string_view text) {
    constexpr auto requests = std::to_array<std::string_view>(
        {"추천", "보여주", "보여줘", "보여줄", "있어", "있나",   "있을까", "있는지", "있으",   "있습",
         "있음", "있냐",   "뭐있",   "얼마",   "찾아", "찾고",   "찾는",   "찾습",   "사고싶", "사고파",
         "사려", "사야",   "살수",   "살게",   "팔아", "파나요", "팔나",   "파세요", "파시나", "알려",
         "구매", "구입",   "골라",   "주세요", "주실", "어떤거", "어떤게", "뭐가",   "말고",   "말구",
         "비교", "가격",   "하나주", "하나만", "한개", "두개"});
    return std::any_of(requests.begin(), requests.end(),
                       [&](std::string_view one) { return text.starts_with(one); });
}

// What may hang on a sum: "이만원이하머그컵".
std::size_t bound_size(std::string_view text) {
    constexpr auto bounds =
        std::to_array<std::string_view>({"이하", "이상", "미만", "이내", "짜리", "정도", "안쪽", "대"});
    for (const auto bound : bounds)
        if (text.starts_with(bound)) return bound.size();
    return 0;
}

bool is_numeral(std::string_view text) {
    constexpr auto numerals = std::to_array<std::string_view>(
        {"일", "이", "삼", "사", "오", "육", "칠", "팔", "구", "십", "백", "천", "만"});
    return std::find(numerals.begin(), numerals.end(), text.substr(0, syllable)) != numerals.end();
}

// Where the sum in words that ends with the "원" at `won_at` begins; `won_at` when there is none.
std::size_t sum_begin(std::string_view run, std::size_t won_at) {
    std::size_t begin = won_at;
    while (begin >= syllable && is_numeral(run.substr(begin - syllable))) begin -= syllable;
    return begin;
}

void append_run(std::string& out, std::string_view run) {
    if (begins_request(run)) {
        out.append(run);
        return;
    }
    std::size_t told = 0;
    const auto cut = [&](std::size_t at) {
        if (at < told + shortest_name * syllable || at == run.size()) return;
        out.append(run, told, at - told);
        out += ' ';
        told = at;
    };
    for (std::size_t at = 0; at < run.size(); at += syllable) {
        if (run.substr(at).starts_with(won)) {
            const auto begin = sum_begin(run, at);
            if (at - begin < 2 * syllable) continue;
            if (begin > told) cut(begin);
            const auto after = at + won.size();
            if (const auto bound = bound_size(run.substr(after)); bound > 0) cut(after + bound);
        } else if (at > told && begins_request(run.substr(at))) {
            const auto before = told;
            cut(at);
            if (told != before) break;  // what follows is the asking itself
        }
    }
    out.append(run, told);
}

}  // namespace

namespace {

// "십인용", "다섯 리터": sizes that are spelled out, in figures.
void write_figures(std::string& sentence) {
    constexpr auto units = std::to_array<std::string_view>({"인용", "인분", "리터", "인치"});
    if (std::none_of(units.begin(), units.end(),
                     [&](std::string_view unit) { return sentence.find(unit) != std::string::npos; }))
        return;
    struct Numeral {
        std::string_view word;
        std::string_view figures;
    };
    constexpr auto numerals = std::to_array<Numeral>({{"이십", "20"},
                                                      {"삼십", "30"},
                                                      {"십오", "15"},
                                                      {"다섯", "5"},
                                                      {"여섯", "6"},
                                                      {"일곱", "7"},
                                                      {"여덟", "8"},
                                                      {"아홉", "9"},
                                                      {"두", "2"},
                                                      {"세", "3"},
                                                      {"네", "4"},
                                                      {"열", "10"},
                                                      {"삼", "3"},
                                                      {"사", "4"},
                                                      {"오", "5"},
                                                      {"육", "6"},
                                                      {"칠", "7"},
                                                      {"팔", "8"},
                                                      {"십", "10"}});
    static const RE2 spelled(
        R"((^|[ ,])(이십|삼십|십오|다섯|여섯|일곱|여덟|아홉|두|세|네|열|삼|사|오|육|칠|팔|십) ?(인용|인분|리터|인치))");
    std::string before, word, unit;
    constexpr int most = 8;
    for (int i = 0; i < most && RE2::PartialMatch(sentence, spelled, &before, &word, &unit); ++i) {
        const auto one = std::find_if(numerals.begin(), numerals.end(),
                                      [&](const Numeral& numeral) { return numeral.word == word; });
        if (one == numerals.end()) return;
        RE2::Replace(&sentence, spelled, before + std::string(one->figures) + unit);
    }
}

}  // namespace

std::string spaced_requests(std::string_view sentence) {
    std::string out;
    out.reserve(sentence.size() + 4);
    for (std::size_t at = 0; at < sentence.size();) {
        std::size_t end = at;
        while (starts_syllable(sentence, end)) end += syllable;
        if (end == at) {
            out += sentence[at++];
            continue;
        }
        const auto run = sentence.substr(at, end - at);
        if (run.size() > (shortest_name + 1) * syllable && run.size() <= longest_run * syllable)
            append_run(out, run);
        else
            out.append(run);
        at = end;
    }
    write_figures(out);
    return out;
}

}  // namespace maru::catalog
