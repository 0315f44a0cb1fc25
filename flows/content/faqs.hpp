// faq/*.yaml: questions that have one answer, per locale and, where it differs, per store.
//
//   version: 1
//   faqs:
//     - id: delivery-time
//       category: delivery
//       locales:
//         ko: {questions: [배송은 얼마나 걸려요?, 언제 도착해요?], answer: 보통 1~2일 걸립니다.}
//         en: {questions: [How long does delivery take?], answer: It usually takes one or two days.}
//       stores:
//         jeju: {ko: 제주는 3~4일 걸립니다., en: It takes three or four days to Jeju.}
//       quick_replies:
//         - {label: {ko: 배송 조회, en: Track my order}, flow: order_status}
//
// Plain values, immutable once loaded; safe to share between threads.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/content/common.hpp"

namespace maru::flows {

struct FaqLocale {
    std::string locale;
    std::vector<std::string> questions;  // the first one is its title
    std::vector<Position> questions_at;
    std::vector<std::string> answers;  // variants
};

struct Faq {
    std::string id;
    std::string category;  // may be empty
    Where where;
    std::vector<FaqLocale> locales;
    std::vector<std::pair<std::string, LocalText>> stores;  // store id → its own answer
    std::vector<QuickReply> quick_replies;

    [[nodiscard]] const FaqLocale* find(std::string_view locale) const noexcept;

    // The answer for a visitor: the store's own, else the locale's, else the first locale's. `seed` picks a
    // variant.
    [[nodiscard]] std::string_view answer(std::string_view locale, std::string_view store = {},
                                          std::size_t seed = 0) const noexcept;
    // The first question, as its name in lists.
    [[nodiscard]] std::string_view title(std::string_view locale) const noexcept;
};

struct Faqs {
    std::vector<Faq> all;

    [[nodiscard]] const Faq* find(std::string_view id) const noexcept;
    [[nodiscard]] std::vector<std::string> ids() const;
};

// Adds a file's FAQs to `into`; an id that exists already is an error.
void read_faqs(std::string_view text, const Context& context, Faqs& into);

// What only shows when all files are read: one question in two FAQs, quick replies to FAQs or flows that do
// not exist, stores that do not exist (`stores` empty: unchecked).
void check_faqs(const Faqs& faqs, const std::vector<std::string>& flows,
                const std::vector<std::string>& stores, Problems& problems);

// The targets of quick replies anywhere (greeting, fallback, FAQ); errors go to `file`.
void check_quick_replies(const std::vector<QuickReply>& replies, const std::string& file,
                         const std::vector<std::string>& faqs, const std::vector<std::string>& flows,
                         Problems& problems);

}  // namespace maru::flows
