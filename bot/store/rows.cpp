#include "bot/store/rows.hpp"

namespace maru::store {

std::size_t Transition::bytes() const {
    std::size_t sum = sizeof(Transition) + conversation.data.size();
    for (const auto& row : messages) sum += sizeof(row) + row.text.size() + row.extra.size();
    for (const auto& row : notes) sum += sizeof(row) + row.text.size();
    for (const auto& row : events) sum += sizeof(row) + row.body.size();
    for (const auto& row : handoffs) sum += sizeof(row) + row.context.size();
    for (const auto& row : contacts) sum += sizeof(row) + row.text.size() + row.consent.size();
    for (const auto& row : surveys) sum += sizeof(row) + row.comment.size();
    for (const auto& row : searches) sum += sizeof(row) + row.words.size() + row.example.size();
    sum += inquiries.size() * sizeof(InquiryRow) + storefront_events.size() * sizeof(StorefrontEventRow);
    sum += timers.size() * sizeof(TimerRow) + labels.size() * sizeof(LabelChange);
    return sum;
}

}  // namespace maru::store
