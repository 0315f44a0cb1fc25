#include <nlohmann/json.hpp>

#include "catalog/index_impl.hpp"
#include "catalog/query_json.hpp"

namespace maru::catalog {

std::string Index::explain(const Query& query) const {
    const auto& core = *impl_->core;
    // Index terms that are not words begin with a control character; show them as what they are.
    const auto readable = [&](TermId term) {
        std::string text(core.terms[term]);
        if (text.front() == '\x02') text.replace(0, 1, "syllables:");
        if (text.front() == '\x03') text.replace(0, 1, "measure:");
        if (text.front() == '\x04') text.replace(0, 1, "pair:");
        return text;
    };
    nlohmann::ordered_json out;
    out["query"] = query_to_json(query);
    out["words"] = nlohmann::ordered_json::array();
    for (const auto& slot : read_slots(core, query.text)) {
        nlohmann::ordered_json one;
        one["written"] = slot.written;
        if (!slot.corrected.empty()) one["corrected"] = slot.corrected;
        if (slot.head) one["head"] = true;
        one["ways"] = nlohmann::ordered_json::array();
        for (const auto& way : slot.ways) {
            nlohmann::ordered_json terms = nlohmann::ordered_json::array();
            for (const auto term : way.terms)
                terms.push_back({{"term", readable(term)}, {"products", core.list(term).size()}});
            one["ways"].push_back({{"terms", std::move(terms)}, {"weight", way.weight}});
        }
        out["words"].push_back(std::move(one));
    }
    const auto results = search(query);
    out["total"] = results.total;
    if (!results.relaxed.empty()) out["relaxed"] = results.relaxed;
    if (!results.unknown.empty()) out["unknown"] = results.unknown;
    if (!results.unmatched.empty()) out["unmatched"] = results.unmatched;
    out["matches"] = nlohmann::ordered_json::array();
    for (const auto& match : results.matches) {
        const auto at = static_cast<std::size_t>(match.product - impl_->products.data());
        const float prior = core.ranking.prior * impl_->prior[at];
        nlohmann::ordered_json one;
        one["id"] = match.product->id;
        one["title"] = match.product->text.title;
        one["score"] = match.score;
        one["from_words"] = match.score - prior;
        one["from_prior"] = prior;
        if (match.partial) one["partial"] = true;
        for (const auto& text : why(match, "en", 4)) one["why"].push_back(text);
        out["matches"].push_back(std::move(one));
    }
    return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace maru::catalog
