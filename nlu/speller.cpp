#include "nlu/speller.hpp"

#include <algorithm>
#include <array>

#include "nlu/common_words.hpp"
#include "nlu/features.hpp"
#include "nlu/hash_set.hpp"
#include "nlu/stored.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::nlu {
namespace {

// Letters a word needs before a slip in it is believed; shorter ones have too many neighbours.
constexpr std::size_t min_letters = 4;
constexpr std::size_t max_letters = 24;
// From this length on the first letter may be the wrong one; before, it makes another word ("song" and
// "long", "border" and "order").
constexpr std::size_t any_first = 6;

constexpr std::uint64_t base = 0x9E3779B97F4A7C15ULL;

// Hashes of a word and of it less each of its letters, from the hashes of its beginnings and endings.
class Shortened {
  public:
    explicit Shortened(std::u32string_view word) : size_(word.size()) {
        for (std::size_t i = 0; i < size_; ++i) before_[i + 1] = before_[i] * base + word[i] + 1;
        std::uint64_t power = 1;
        after_[size_] = 0;
        for (std::size_t i = size_; i-- > 0; power *= base) {
            after_[i] = after_[i + 1] + power * (word[i] + 1);
            powers_[size_ - 1 - i] = power;
        }
    }
    [[nodiscard]] std::uint64_t without(std::size_t i) const {
        return mix(before_[i] * powers_[size_ - 1 - i] + after_[i + 1]);
    }
    [[nodiscard]] std::uint64_t whole() const { return mix(before_[size_]); }

  private:
    std::size_t size_;
    std::array<std::uint64_t, max_letters + 1> before_{};
    std::array<std::uint64_t, max_letters + 1> after_{};
    std::array<std::uint64_t, max_letters + 1> powers_{};
};

bool one_slip(std::u32string_view a, std::u32string_view b) {
    while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
    while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
    if (a.size() <= 1 && b.size() <= 1) return true;
    return a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
}

bool spellable(const Word& word) {
    return word.script == Script::latin && word.count >= min_letters && word.count <= max_letters;
}

}  // namespace

std::size_t Speller::find(std::u32string_view word) const {
    const auto hash = HashSet::hash_of(word);
    const auto key = static_cast<std::uint32_t>(hash >> 32);
    const auto mask = own_.size() - 1;
    auto at = static_cast<std::size_t>(hash) & mask;
    while (own_[at].word != free_slot && (own_[at].key != key || letters(words_[own_[at].word]) != word))
        at = (at + 1) & mask;
    return at;
}

void Speller::rehash(std::size_t slots) {
    own_.assign(slots, {});
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
        const auto word = letters(words_[i]);
        own_[find(word)] = {static_cast<std::uint32_t>(HashSet::hash_of(word) >> 32), i};
    }
}

void Speller::learn(const Words& words) {
    for (const auto& word : words.list) {
        if (word.script != Script::latin || word.count > max_letters) continue;
        if ((words_.size() + 1) * 2 > own_.size()) rehash(std::max<std::size_t>(256, own_.size() * 2));
        const auto text = words[word];
        auto& slot = own_[find(text)];
        if (slot.word == free_slot) {
            slot = {static_cast<std::uint32_t>(HashSet::hash_of(text) >> 32),
                    static_cast<std::uint32_t>(words_.size())};
            words_.push_back({static_cast<std::uint32_t>(pool_.size()), word.count, 0});
            pool_.insert(pool_.end(), text.begin(), text.end());
        }
        ++words_[slot.word].times;
    }
}

void Speller::freeze() {
    std::size_t count = 0;
    for (const auto& word : words_) count += word.count + 1;
    std::size_t slots = 16;
    while (slots < count * 2) slots *= 2;
    neighbours_.assign(slots, {});
    const auto file = [&](std::uint64_t hash, std::uint32_t word) {
        auto at = static_cast<std::size_t>(hash) & (slots - 1);
        while (neighbours_[at].word != free_slot) at = (at + 1) & (slots - 1);
        neighbours_[at] = {static_cast<std::uint32_t>(hash >> 32), word};
    };
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
        const auto text = letters(words_[i]);
        if (text.size() < min_letters - 1) continue;
        const Shortened shortened(text);
        file(shortened.whole(), i);
        for (std::size_t k = 0; k < text.size(); ++k)
            if (k == 0 || text[k] != text[k - 1]) file(shortened.without(k), i);
    }
}

const Speller::Entry* Speller::near(std::u32string_view word) const {
    const Entry* best = nullptr;
    const auto mask = neighbours_.size() - 1;
    const auto look = [&](std::uint64_t hash) {
        int tries = 0;
        for (auto at = static_cast<std::size_t>(hash) & mask; neighbours_[at].word != free_slot && tries < 16;
             at = (at + 1) & mask) {
            if (neighbours_[at].key != static_cast<std::uint32_t>(hash >> 32)) continue;
            ++tries;
            const auto& entry = words_[neighbours_[at].word];
            const auto meant = letters(entry);
            if (std::min(word.size(), meant.size()) < any_first && meant.front() != word.front()) continue;
            if ((!best || entry.times > best->times) && one_slip(meant, word)) best = &entry;
        }
    };
    const Shortened shortened(word);
    look(shortened.whole());
    for (std::size_t i = 0; i < word.size(); ++i)
        if (i == 0 || word[i] != word[i - 1]) look(shortened.without(i));
    return best;
}

bool Speller::correct(const Words& words, Words& out, const KnownWords* known) const {
    if (words_.empty()) return false;
    bool changed = false;
    for (std::size_t w = 0; w < words.list.size(); ++w) {
        const auto& word = words.list[w];
        if (!spellable(word) || own_[find(words[word])].word != free_slot) continue;
        const auto* meant = near(words[word]);
        if (!meant || is_common_word(words[word]) ||
            (known != nullptr && known->has(text::to_utf8(words[word]))))
            continue;
        if (!changed) out = words, changed = true;
        out.list[w].first = static_cast<std::uint32_t>(out.codes.size());
        out.list[w].count = meant->count;
        out.codes += letters(*meant);
    }
    return changed;
}

std::size_t Speller::bytes() const noexcept {
    return pool_.size() * sizeof(char32_t) + words_.size() * sizeof(Entry) +
           (own_.size() + neighbours_.size()) * sizeof(Slot);
}

// Only the words are kept; where they are filed follows from them.
void Speller::save(std::string& out) const {
    put_values(out, pool_);
    put_values(out, words_);
}

bool Speller::load(std::string_view& in) {
    if (!take_values(in, pool_) || !take_values(in, words_)) return false;
    // Words stand one behind the other, as learn() put them.
    std::size_t end = 0;
    for (const auto& word : words_) {
        if (word.first != end || word.count == 0 || word.count > max_letters) return false;
        end += word.count;
    }
    if (end != pool_.size()) return false;
    std::size_t slots = 256;
    while (slots < (words_.size() + 1) * 2) slots *= 2;
    rehash(slots);
    freeze();
    return true;
}

}  // namespace maru::nlu
