#include "bot/conversation/seen_ids.hpp"

#include <array>

namespace maru {
namespace {

constexpr std::uint32_t most_kept = 4096;

std::string_view literal(std::string_view kind) {
    for (const std::string_view one : {"visitor", "agent", "note", "event"})
        if (one == kind) return one;
    return {};
}

}  // namespace

std::size_t SeenIds::Hash::operator()(const ClientKey& key) const {
    return std::hash<std::string_view>()(key.id) ^ static_cast<std::size_t>(key.agent) ^ key.kind.size();
}

std::optional<SeenIds::Seen> SeenIds::find(const ClientKey& key) {
    if (!loaded_) load();
    if (const auto found = seen_.find(key); found != seen_.end()) return found->second;
    if (complete_) return std::nullopt;
    const auto stored = store_.find_client_id(conversation_, key.kind, key.agent, key.id);
    if (!stored) return std::nullopt;
    return Seen{stored->seq, stored->at, true};
}

void SeenIds::add(const ClientKey& key, std::int64_t seq, Time at) {
    if (!key.empty()) seen_.emplace(key, Seen{seq, at, false});
}

void SeenIds::settle(const ClientKey& key) {
    if (const auto found = seen_.find(key); found != seen_.end()) found->second.durable = true;
}

void SeenIds::forget() {
    seen_.clear();
    loaded_ = complete_ = false;
}

void SeenIds::trim() {
    if (seen_.size() > most_kept) forget();
}

// One read per loaded conversation instead of one per message.
void SeenIds::load() {
    auto ids = store_.client_ids(conversation_, most_kept);
    for (auto& one : ids)
        seen_.emplace(ClientKey{literal(one.kind), one.agent, std::move(one.client_id)},
                      Seen{one.seq, one.at, true});
    loaded_ = true;
    complete_ = ids.size() < most_kept;
}

}  // namespace maru
