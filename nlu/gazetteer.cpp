#include "nlu/gazetteer.hpp"

#include <algorithm>

#include "nlu/features.hpp"
#include "nlu/text/distance.hpp"
#include "nlu/text/hangul.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::nlu {
namespace {

// Letters (Hangul: typed letters) a form needs before a typing error is forgiven; shorter ones meet other
// words.
constexpr std::size_t min_latin = 5;
constexpr std::size_t min_hangul = 6;
constexpr std::size_t max_fuzzy = 24;

std::uint64_t hash_letters(std::u32string_view letters, std::size_t without) {
    std::uint64_t h = 0x9E3779B97F4A7C15ULL;
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (i != without) h = (h ^ letters[i]) * 0x100000001B3ULL, h ^= h >> 31;
    return mix(h);
}

std::u32string letters_of(std::u32string_view codes) {
    std::u32string out;
    for (const auto c : codes)
        if (c != U' ') text::append_letters(out, c);
    return out;
}

bool fuzzy_length(std::u32string_view letters) {
    if (letters.size() > max_fuzzy) return false;
    const bool hangul =
        std::any_of(letters.begin(), letters.end(), [](char32_t c) { return text::is_jamo(c); });
    const bool digits =
        std::any_of(letters.begin(), letters.end(), [](char32_t c) { return text::is_ascii_digit(c); });
    // One digit makes another model.
    return !digits && letters.size() >= (hangul ? min_hangul : min_latin);
}

}  // namespace

GazetteerIndex::GazetteerIndex(const std::vector<Gazetteer>& gazetteers) {
    for (const auto& gazetteer : gazetteers) {
        const auto list = static_cast<std::uint32_t>(names_.size());
        names_.push_back(gazetteer.name);
        entries_.emplace_back();
        for (const auto& entry : gazetteer.entries) {
            const auto index = static_cast<std::uint32_t>(entries_.back().size());
            entries_.back().push_back(entry.canonical);
            const auto add = [&](const std::string& form) {
                const auto id = static_cast<std::uint32_t>(forms_.size());
                auto letters = letters_of(text::to_code_points(text::normalised(form)));
                if (letters.empty()) return;
                trie_.add(form, id);
                const bool fuzzy = gazetteer.fuzzy && fuzzy_length(letters);
                forms_.push_back({list, index, fuzzy ? letters : std::u32string()});
                if (fuzzy) file(letters, id);
            };
            add(entry.canonical);
            for (const auto& form : entry.forms) add(form);
        }
    }
}

void GazetteerIndex::file(const std::u32string& letters, std::uint32_t form) {
    neighbours_.emplace(hash_letters(letters, letters.size()), form);
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (i == 0 || letters[i] != letters[i - 1]) neighbours_.emplace(hash_letters(letters, i), form);
}

const GazetteerIndex::Form* GazetteerIndex::near(std::u32string_view letters) const {
    const Form* found = nullptr;
    const auto look = [&](std::uint64_t hash) {
        auto [at, end] = neighbours_.equal_range(hash);
        for (int tries = 0; at != end && tries < 8; ++at, ++tries) {
            const auto& form = forms_[at->second];
            // The first letter is rarely wrong, and a wrong one makes too many other words.
            if (form.letters.front() != letters.front() || text::edit_distance(form.letters, letters, 1) > 1)
                continue;
            if (!found || &form < found) found = &form;
        }
    };
    look(hash_letters(letters, letters.size()));
    for (std::size_t i = 0; i < letters.size() && !found; ++i) look(hash_letters(letters, i));
    return found;
}

void GazetteerIndex::find(const Reading& reading, std::string_view text, const Words& words,
                          const HashSet& known, std::vector<Found>& out) const {
    if (forms_.empty()) return;
    const auto first_out = out.size();
    for (std::size_t i = 0; i < reading.size();) {
        const auto match = trie_.longest(reading, i);
        if (match.end == match.begin) {
            ++i;
            continue;
        }
        trie_.walk(reading, i, [&](const PhraseTrie::Match& same) {
            if (same.end != match.end) return;
            const auto& form = forms_[same.id];
            for (auto k = first_out; k < out.size(); ++k)
                if (out[k].begin == i && out[k].type == names_[form.list]) return;
            out.push_back({names_[form.list], entries_[form.list][form.entry], same.begin, same.end});
        });
        i = match.end;
    }
    if (neighbours_.empty()) return;
    const auto exact_end = out.size();
    const auto place = [&](std::uint32_t byte) {
        return static_cast<std::size_t>(std::lower_bound(reading.byte.begin(), reading.byte.end(), byte) -
                                        reading.byte.begin());
    };
    const auto count = std::min<std::size_t>(words.list.size(), 64);
    std::u32string letters;
    for (std::size_t w = 0; w < count; ++w) {
        const auto& word = words.list[w];
        if (word.script != Script::latin && word.script != Script::hangul) continue;
        if (word.count > max_fuzzy || known.contains(words[word])) continue;
        auto stem = text.substr(word.begin, word.end - word.begin);
        if (word.script == Script::hangul) stem = text::strip_josa(stem);
        letters.clear();
        for (const auto c : text::to_code_points(stem)) text::append_letters(letters, c);
        if (!fuzzy_length(letters)) continue;
        const auto begin = place(word.begin);
        const auto end = place(word.begin + static_cast<std::uint32_t>(stem.size()));
        const bool covered = std::any_of(out.begin() + static_cast<std::ptrdiff_t>(first_out),
                                         out.begin() + static_cast<std::ptrdiff_t>(exact_end),
                                         [&](const Found& f) { return f.begin < end && begin < f.end; });
        if (covered) continue;
        if (const auto* form = near(letters))
            out.push_back({names_[form->list], entries_[form->list][form->entry], begin, end});
    }
}

}  // namespace maru::nlu
