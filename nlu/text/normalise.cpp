#include "nlu/text/normalise.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "nlu/text/hangul.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::text {
namespace {

// A normalised code point and the original bytes it stands for.
struct Piece {
    char32_t code = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};
using Pieces = std::vector<Piece>;

constexpr std::size_t max_marks = 4;

char32_t plain_punctuation(char32_t c) {
    switch (c) {
        case 0x2018:
        case 0x2019:
        case 0x201B:
        case 0x02BC:
        case 0x2032:
        case 0x00B4:
            return U'\'';
        case 0x201C:
        case 0x201D:
        case 0x201F:
        case 0x2033:
        case 0x300C:
        case 0x300D:
            return U'"';
        case 0x2010:
        case 0x2011:
        case 0x2012:
        case 0x2013:
        case 0x2014:
        case 0x2015:
        case 0x2212:
            return U'-';
        case 0x301C:
        case 0x223C:
            return U'~';
        case 0x3002:
            return U'.';
        case 0x3001:
            return U',';
        case 0x318D:
        case 0x2022:
        case 0x2027:
        case 0x30FB:
            return 0x00B7;
        case 0xFFE6:
            return 0x20A9;
        default:
            return c;
    }
}

// Half-width letters stand in the order of the full-width block, with gaps between the vowel rows.
char32_t widened_letter(char32_t c) {
    if (c >= 0xFFA1 && c <= 0xFFBE) return 0x3131 + (c - 0xFFA1);
    if (c >= 0xFFC2 && c <= 0xFFC7) return 0x314F + (c - 0xFFC2);
    if (c >= 0xFFCA && c <= 0xFFCF) return 0x3155 + (c - 0xFFCA);
    if (c >= 0xFFD2 && c <= 0xFFD7) return 0x315B + (c - 0xFFD2);
    if (c >= 0xFFDA && c <= 0xFFDC) return 0x3161 + (c - 0xFFDA);
    return 0;
}

// Positional letters (U+1100 …) as their stand-alone forms; 0 for archaic ones.
char32_t standing_letter(char32_t c) {
    if (c >= 0x1100 && c <= 0x1112) return lead_letter(static_cast<int>(c - 0x1100));
    if (c >= 0x1161 && c <= 0x1175) return vowel_letter(static_cast<int>(c - 0x1161));
    if (c >= 0x11A8 && c <= 0x11C2) return tail_letter(static_cast<int>(c - 0x11A7));
    return 0;
}

bool is_positional(char32_t c) {
    return c >= 0x1100 && c <= 0x11FF;
}

class Folder {
  public:
    explicit Folder(std::string_view text) : text_(text) { pieces_.reserve(text.size()); }

    Pieces run() {
        std::size_t at = 0;
        while (at < text_.size()) {
            const auto byte = static_cast<unsigned char>(text_[at]);
            if (byte < 0x80) {
                char32_t c = byte;
                if (c >= U'A' && c <= U'Z') c += 32;
                const auto next = at + 1;
                const bool marked = next < text_.size() && static_cast<unsigned char>(text_[next]) >= 0xCC &&
                                    is_mark(decode(text_, next).code);
                if (marked) {
                    at = segment(at);
                } else {
                    put(c < 0x20 || c == 0x7F ? U' ' : c, at, next);
                    at = next;
                }
                continue;
            }
            const auto [code, size] = decode(text_, at);
            const auto next = at + size;
            if (is_syllable(code)) {
                const auto follower = next < text_.size() ? decode(text_, next) : Decoded{};
                const auto tail = follower.code;
                if (tail >= 0x11A8 && tail <= 0x11C2 && (code - 0xAC00) % 28 == 0) {
                    put(code + (tail - 0x11A7), at, next + follower.size);
                    at = next + follower.size;
                } else {
                    put(code, at, next);
                    at = next;
                }
            } else if (is_ignorable(code)) {
                at = next;
            } else if (is_jamo(code)) {
                put(code, at, next);
                at = next;
            } else if (const auto wide = widened_letter(code)) {
                put(wide, at, next);
                at = next;
            } else if (is_positional(code)) {
                at = positional(at);
            } else if (code == replacement || is_space(code)) {
                put(U' ', at, next);
                at = next;
            } else if (const auto plain = plain_punctuation(code); plain != code) {
                put(plain, at, next);
                at = next;
            } else {
                at = segment(at);
            }
        }
        while (!pieces_.empty() && pieces_.back().code == U' ') pieces_.pop_back();
        return std::move(pieces_);
    }

  private:
    void put(char32_t code, std::size_t begin, std::size_t end) {
        if (code == U' ' && (pieces_.empty() || pieces_.back().code == U' ')) return;
        pieces_.push_back({code, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    }

    // A lead, vowel and tail written apart are one syllable.
    std::size_t positional(std::size_t at) {
        const auto first = decode(text_, at);
        auto next = at + first.size;
        const auto peek = [&]() { return next < text_.size() ? decode(text_, next) : Decoded{0, 0}; };
        if (first.code >= 0x1100 && first.code <= 0x1112) {
            const auto vowel = peek();
            if (vowel.code >= 0x1161 && vowel.code <= 0x1175) {
                next += vowel.size;
                Syllable parts{static_cast<int>(first.code - 0x1100), static_cast<int>(vowel.code - 0x1161),
                               0};
                const auto tail = peek();
                if (tail.code >= 0x11A8 && tail.code <= 0x11C2) {
                    parts.tail = static_cast<int>(tail.code - 0x11A7);
                    next += tail.size;
                }
                put(join_syllable(parts), at, next);
                return next;
            }
        }
        const auto alone = standing_letter(first.code);
        put(alone != 0 ? alone : U' ', at, next);
        return next;
    }

    // A base character with its combining marks, through utf8proc's tables.
    std::size_t segment(std::size_t at) {
        std::array<utf8proc_int32_t, 64> buffer{};
        std::size_t used = 0;
        std::size_t marks = 0;
        auto next = at;
        while (next < text_.size()) {
            const auto [code, size] = decode(text_, next);
            const bool mark = next != at && is_mark(code);
            if (next != at && !mark && !is_ignorable(code)) break;
            const bool keep = !is_ignorable(code) && (!mark || ++marks <= max_marks);
            next += size;
            if (!keep) continue;
            int boundary = 0;
            const auto room = static_cast<utf8proc_ssize_t>(buffer.size() - used);
            const auto written =
                utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code), buffer.data() + used, room,
                                        static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                                                       UTF8PROC_IGNORE | UTF8PROC_DECOMPOSE),
                                        &boundary);
            if (written > 0 && written <= room) used += static_cast<std::size_t>(written);
        }
        const auto composed = utf8proc_normalize_utf32(
            buffer.data(), static_cast<utf8proc_ssize_t>(used),
            static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE));
        for (utf8proc_ssize_t i = 0; i < composed; ++i) {
            const auto code = static_cast<char32_t>(buffer[static_cast<std::size_t>(i)]);
            const auto alone = is_positional(code) ? standing_letter(code) : code;
            put(is_space(alone) || alone == 0 ? U' ' : plain_punctuation(alone), at, next);
        }
        return next;
    }

    std::string_view text_;
    Pieces pieces_;
};

// Composes runs of Hangul that hold stray letters. Composition keeps the sequence of letters, so counting
// them tells which pieces a composed syllable came from.
void compose_stray_letters(Pieces& pieces) {
    const auto hangul = [](const Piece& piece) { return is_hangul(piece.code); };
    if (std::none_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return is_jamo(piece.code); }))
        return;
    Pieces out;
    out.reserve(pieces.size());
    std::u32string run;
    std::u32string letters;
    for (std::size_t i = 0; i < pieces.size();) {
        if (!hangul(pieces[i])) {
            out.push_back(pieces[i++]);
            continue;
        }
        auto stop = i;
        bool stray = false;
        run.clear();
        while (stop < pieces.size() && hangul(pieces[stop])) {
            stray = stray || is_jamo(pieces[stop].code);
            run.push_back(pieces[stop++].code);
        }
        if (!stray) {
            out.insert(out.end(), pieces.begin() + static_cast<std::ptrdiff_t>(i),
                       pieces.begin() + static_cast<std::ptrdiff_t>(stop));
            i = stop;
            continue;
        }
        auto from = i;
        std::size_t in_piece = 0;  // letters of pieces[from] already used
        const auto count = [&](char32_t code) {
            letters.clear();
            append_letters(letters, code);
            return letters.size();
        };
        for (const auto code : compose_letters(std::u32string_view(run))) {
            auto needed = count(code);
            Piece made{code, pieces[from].begin, pieces[from].end};
            while (needed > 0 && from < stop) {
                const auto left = count(pieces[from].code) - in_piece;
                const auto taken = std::min(left, needed);
                made.end = pieces[from].end;
                needed -= taken;
                in_piece += taken;
                if (taken == left) ++from, in_piece = 0;
            }
            if (from == stop) from = stop - 1;
            out.push_back(made);
        }
        i = stop;
    }
    pieces = std::move(out);
}

// How many of a run of equal characters are kept.
std::size_t kept_of_run(const Pieces& pieces, std::size_t from, std::size_t to) {
    const auto length = to - from;
    const auto c = pieces[from].code;
    if (length < 3 || is_ascii_digit(c)) return length;
    if (is_hangul(c)) return 2;
    if (!is_letter(c)) return 3;
    // Sizes (xxxl), numerals (iii) and names (www, aaa) are written so on purpose.
    const auto letter_at = [&](std::size_t i) { return i < pieces.size() && is_letter(pieces[i].code); };
    const bool whole_word = (from == 0 || !letter_at(from - 1)) && !letter_at(to);
    if (length == 3 && (whole_word || c == U'x')) return length;
    return 1;
}

void shorten_repeats(Pieces& pieces) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < pieces.size();) {
        auto stop = i + 1;
        while (stop < pieces.size() && pieces[stop].code == pieces[i].code) ++stop;
        const auto keep = kept_of_run(pieces, i, stop);
        const auto last_end = pieces[stop - 1].end;
        for (std::size_t k = 0; k < keep; ++k) pieces[kept + k] = pieces[i + k];
        kept += keep;
        pieces[kept - 1].end = last_end;
        i = stop;
    }
    pieces.resize(kept);
}

Pieces fold(std::string_view original, NormaliseOptions options) {
    auto pieces = Folder(original).run();
    if (options.compose_letters) compose_stray_letters(pieces);
    if (options.shorten_repeats) shorten_repeats(pieces);
    return pieces;
}

}  // namespace

Normalised normalise(std::string_view original, NormaliseOptions options) {
    const auto pieces = fold(original, options);
    Normalised out;
    out.text.reserve(original.size());
    out.begin.reserve(original.size());
    out.end.reserve(original.size());
    for (const auto& piece : pieces) {
        append(out.text, piece.code);
        out.begin.resize(out.text.size(), piece.begin);
        out.end.resize(out.text.size(), piece.end);
    }
    return out;
}

std::string normalised(std::string_view original, NormaliseOptions options) {
    std::string out;
    out.reserve(original.size());
    for (const auto& piece : fold(original, options)) append(out, piece.code);
    return out;
}

}  // namespace maru::text
