#include "nlu/phrase_trie.hpp"

#include "nlu/features.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/normalise.hpp"

namespace maru::nlu {
namespace {

std::uint64_t key_of(std::uint32_t state, char32_t code) noexcept {
    return (std::uint64_t{state} << 21 | code) + 1;
}

}  // namespace

PhraseTrie::PhraseTrie() : edges_(64), first_(1, none) {}

std::size_t PhraseTrie::slot(std::uint64_t key) const noexcept {
    const auto mask = edges_.size() - 1;
    auto at = static_cast<std::size_t>(mix(key)) & mask;
    while (edges_[at].key != 0 && edges_[at].key != key) at = (at + 1) & mask;
    return at;
}

std::uint32_t PhraseTrie::step(std::uint32_t state, char32_t code) const noexcept {
    return edges_[slot(key_of(state, code))].to;
}

std::uint32_t PhraseTrie::grow(std::uint32_t state, char32_t code) {
    if ((used_ + 1) * 2 > edges_.size()) {
        auto old = std::vector<Edge>(edges_.size() * 2);
        old.swap(edges_);
        for (const auto& edge : old)
            if (edge.key != 0) edges_[slot(edge.key)] = edge;
    }
    const auto key = key_of(state, code);
    auto& edge = edges_[slot(key)];
    if (edge.key == 0) {
        edge = {key, static_cast<std::uint32_t>(first_.size())};
        first_.push_back(none);
        ++used_;
    }
    return edge.to;
}

void PhraseTrie::add(std::string_view phrase, std::uint32_t id) {
    const Reading reading(text::normalised(phrase));
    if (reading.size() == 0) return;
    std::uint32_t state = 0;
    begins_.set(reading.codes[0] & filter_mask);
    for (std::size_t i = 0; i < reading.size(); ++i) {
        const bool blank = reading.codes[i] == U' ' && reading.hangul_before(i) && reading.hangul_at(i + 1);
        if (!blank) state = grow(state, reading.codes[i]);
    }
    for (auto place = first_[state]; place != none; place = ids_[place].next)
        if (ids_[place].id == id) return;
    ids_.push_back({id, first_[state]});
    first_[state] = static_cast<std::uint32_t>(ids_.size() - 1);
}

bool PhraseTrie::on_borders(const Reading& reading, std::size_t begin, std::size_t end) {
    const auto first = reading.at(begin);
    const auto last = reading.at(end - 1);
    if (text::is_hangul(first)) {
        if (reading.hangul_before(begin) && end - begin < 4) return false;
    } else if (!reading.latin_border_before(begin) &&
               (text::is_letter(first) || text::is_ascii_digit(first))) {
        return false;
    }
    if (text::is_hangul(last)) {
        if (!reading.hangul_at(end) || end - begin >= 3) return true;
        auto start = begin;
        while (start < end && !text::is_hangul(reading.codes[start])) ++start;
        const auto stop = reading.hangul_end(end);
        if (stop - start > 24) return false;
        const auto word = text::to_utf8(std::u32string_view(reading.codes).substr(start, stop - start));
        // "부산쪽", "서면근처에": where about, said of a place.
        std::size_t about = 0;
        for (const std::u32string_view where : {U"쪽", U"근처", U"인근"})
            if (reading.starts(end, where)) about = where.size();
        const auto bare = [&](std::size_t syllables) {
            return word.size() == syllables * 3 || text::strip_josa(word).size() == syllables * 3 ||
                   text::strip_endings(word).size() == syllables * 3;
        };
        // "부산이라니까요", "부산인데도"
        for (const std::u32string_view said :
             {U"인데", U"이라", U"이에요", U"입니다", U"이고", U"이죠", U"이면"})
            if (reading.starts(end, said)) return true;
        return bare(end - start) || (about != 0 && bare(end + about - start));
    }
    return reading.latin_border(end) || !(text::is_letter(last) || text::is_ascii_digit(last));
}

PhraseTrie::Match PhraseTrie::longest(const Reading& reading, std::size_t begin) const {
    Match best{0, begin, begin};
    walk(reading, begin, [&](const Match& match) {
        if (match.end > best.end && on_borders(reading, match.begin, match.end)) best = match;
    });
    return best;
}

std::size_t PhraseTrie::bytes() const noexcept {
    return edges_.size() * sizeof(Edge) + first_.size() * sizeof(std::uint32_t) + ids_.size() * sizeof(Id);
}

}  // namespace maru::nlu
