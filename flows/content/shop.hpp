// stores.yaml, canned.yaml, synonyms.yaml and goes-with.yaml: places, agents' ready answers, words that mean
// the same, and what goes with what.
//
//   version: 1
//   stores:
//     - {id: gangnam, name: {ko: 강남점, en: Gangnam}, aliases: [강남역], address: {ko: …, en: …}, phone:
//     02-123-4567,
//        hours: {ko: 매일 10:30–20:00, en: daily 10:30–20:00}, region: seoul, services: [pickup, repair]}
//
//   version: 1
//   canned:
//     - {id: thanks, title: {ko: 감사 인사, en: Thanks}, team: sales, text: {ko: 감사합니다!, en: Thank
//     you!}}
//
//   version: 1
//   synonyms:
//     - [노트북, 랩탑, laptop, notebook]
//   entities:
//     - type: payment_method
//       values:
//         - {value: card, words: [카드, 신용카드, card, credit card]}
//
// Plain values, immutable once loaded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/content/common.hpp"

namespace maru::flows {

struct Shop {  // a place one can walk into
    std::string id;
    Where where;
    LocalText name;
    std::vector<std::string> aliases;  // other words for it, any language
    LocalText address;
    LocalText hours;
    LocalText directions;
    LocalText note;
    std::string phone;
    std::string region;
    std::vector<std::string> services;
    std::optional<double> latitude, longitude;
};

struct Stores {
    std::vector<Shop> all;
    [[nodiscard]] const Shop* find(std::string_view id) const noexcept;
    [[nodiscard]] std::vector<std::string> ids() const;
};

void read_stores(std::string_view text, const Context& context, Stores& into);

struct Canned {
    std::string id;
    Where where;
    LocalText title;   // the id when it was not given
    std::string team;  // "" every team
    LocalText text;
};

void read_canned(std::string_view text, const Context& context, std::vector<Canned>& into);

// Words that all mean the first one.
struct SynonymGroup {
    std::vector<std::string> words;  // two or more
    Where where;
};

// A list of words that is an entity of this type when one of them is said.
struct WordList {
    struct Value {
        std::string value;               // the canonical form that slots hold
        std::vector<std::string> words;  // any language; holds `value` itself only if it was written
        Position at;
    };
    std::string type;
    Where where;
    std::vector<Value> values;
};

struct Vocabulary {
    std::vector<SynonymGroup> synonyms;
    std::vector<WordList> entities;
    [[nodiscard]] std::vector<std::string> entity_types() const;
};

// goes-with.yaml: what to offer beside goods of a kind.
//
//   version: 1
//   goes_with:
//     - kind: 키보드
//       with: [마우스, 손목 받침대]
struct CompanionRule {
    std::string kind;               // as visitors say it; any synonym will do
    std::vector<std::string> with;  // kinds, best first
    Where where;
    std::vector<Position> with_at;
};

void read_companions(std::string_view text, const Context& context, std::vector<CompanionRule>& into);

void read_vocabulary(std::string_view text, const Context& context, Vocabulary& into);

}  // namespace maru::flows
