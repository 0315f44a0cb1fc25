#include "catalog/evidence.hpp"

#include <algorithm>

#include "catalog/lexicon.hpp"
#include "nlu/text/josa.hpp"

namespace maru::catalog {
namespace {

class Weighing {
  public:
    Weighing(const ReadSentence& sentence, Interpretation& result) : sentence_(sentence), result_(result) {}

    // Evidence that this is about goods on the shelves.
    void weigh() {
        float sum = 0;
        float best = 0;
        int words = 0;
        int service = 0;
        for (std::size_t i = 0; i < sentence_.tokens.size(); ++i) {
            float strength = 0;
            switch (sentence_.states[i]) {
                case WordState::named:
                    strength = named_strength(i);
                    break;
                case WordState::refused:
                    strength = 0.6F;
                    break;
                case WordState::word:
                    strength = word_strength(i);
                    break;
                case WordState::service:
                    ++service;
                    continue;
                case WordState::open:
                case WordState::used:
                case WordState::stop:
                case WordState::asking:
                    continue;
            }
            ++words;
            sum += strength;
            best = std::max(best, strength);
        }
        float evidence = words > 0 ? 0.5F * best + 0.5F * sum / static_cast<float>(words) : 0;
        if (result_.constrains)
            evidence = std::max(evidence, words > 0 ? std::min(1.0F, evidence + 0.15F) : 0.35F);
        // "구스 말고": said of what is shown; alone it asks for no goods.
        constexpr float follow_up = 0.45F;
        const bool refuses = std::find(sentence_.states.begin(), sentence_.states.end(),
                                       WordState::refused) != sentence_.states.end();
        if (refuses && !result_.names_type && !result_.names_brand) evidence = std::min(evidence, follow_up);
        if (service > 0) evidence *= result_.names_type || result_.names_brand ? 0.45F : 0.2F;
        result_.evidence = std::clamp(evidence, 0.0F, 1.0F);
    }

    float named_strength(std::size_t i) const {
        // A colour alone speaks of nothing in particular.
        return color_of(key_of(i)) && !result_.names_type && !result_.names_brand ? 0.5F : 1.0F;
    }

    float word_strength(std::size_t i) {
        const auto& token = sentence_.tokens[i];
        for (const auto word : {std::string_view(token.text), text::strip_josa(token.text)}) {
            const auto id = sentence_.core.vocabulary.find(word);
            if (id == no_term) continue;
            const auto& known = sentence_.core.vocabulary.word(id);
            if (known.products == 0) continue;
            const auto having = sentence_.core.list(known.term).size();
            if (token.script == Script::digits) return 0.3F;
            const auto heads = sentence_.core.heads[known.term];
            const auto fields = fields_of(known.term);
            const bool model = (fields & field_bit(Field::model)) != 0 &&
                               token.text.find_first_of("0123456789") != std::string::npos;
            if ((model && token.text.size() >= 4) || is_model_name(token, known.term, fields)) {
                result_.names_product = true;
                return 1.0F;
            }
            if (heads * 2 >= having || (heads > 0 && having >= 3)) return 0.9F;
            // A word of titles and types; one that only descriptions and attributes have says little.
            return (fields & (field_bit(Field::title) | field_bit(Field::type))) != 0 ? 0.6F : 0.35F;
        }
        if (sentence_.core.synonyms_of.count(sentence_.terms[i]) != 0 &&
            !read_slots(sentence_.core, token.text).front().ways.empty())
            return 0.8F;
        if (token.script == Script::digits || token.text.size() < 4) return 0;
        for (const auto& slot : sentence_.slots)
            if (!slot.ways.empty() && slot.written.find(token.text) != std::string::npos)
                return slot.corrected.empty() ? 0.5F : 0.35F;
        const auto id = sentence_.core.vocabulary.find(token.text);
        return id != no_term && !sentence_.core.list(sentence_.core.vocabulary.word(id).term).empty() ? 0.35F
                                                                                                      : 0;
    }

    // "H7", "R3": a letter and digits that stand in the titles of one product and its variants only.
    bool is_model_name(const Token& token, TermId term, std::uint16_t fields) const {
        const auto& text = token.text;
        const bool shape = text.size() >= 2 && text.size() <= 6 && text.front() >= 'a' &&
                           text.front() <= 'z' && text.find_first_of("0123456789") != std::string::npos;
        if (!shape || (fields & field_bit(Field::title)) == 0) return false;
        const Posting* first = nullptr;
        for (const auto& one : sentence_.core.list(term)) {
            if ((one.fields & field_bit(Field::title)) == 0) continue;  // a pouch that fits it
            if (first == nullptr) first = &one;
            if (sentence_.core.group[one.product] != sentence_.core.group[first->product]) return false;
        }
        return first != nullptr;
    }

    std::uint16_t fields_of(TermId term) const {
        std::uint16_t fields = 0;
        std::size_t seen = 0;
        constexpr std::size_t enough = 64;
        for (const auto& posting : sentence_.core.list(term)) {
            fields = static_cast<std::uint16_t>(fields | posting.fields);
            if (++seen == enough) break;
        }
        return fields;
    }

    // As colours are known by: without a particle.
    std::string_view key_of(std::size_t i) const {
        if (!sentence_.corrected[i].empty()) return sentence_.corrected[i];
        const std::string_view term = sentence_.terms[i];
        return sentence_.tokens[i].script == Script::hangul ? text::strip_josa(term) : term;
    }

    const ReadSentence& sentence_;
    Interpretation& result_;
};

}  // namespace

void weigh(const ReadSentence& sentence, Interpretation& result) {
    Weighing(sentence, result).weigh();
}

}  // namespace maru::catalog
