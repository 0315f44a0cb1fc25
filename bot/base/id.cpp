#include "bot/base/id.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace maru {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr Time epoch{std::chrono::sys_days{std::chrono::year{2025} / 1 / 1}};

void need_sodium() {
    // Idempotent and thread-safe; fails only when the system has no source of randomness.
    if (sodium_init() < 0) throw std::runtime_error("libsodium found no source of randomness");
}

}  // namespace

std::string to_text(Id id) {
    std::string text(13, '0');
    auto rest = static_cast<std::uint64_t>(id);
    for (int i = 12; i >= 0; --i, rest >>= 5U) text[static_cast<std::size_t>(i)] = alphabet[rest & 31U];
    return text;
}

std::optional<Id> parse_id(std::string_view text) {
    if (text.size() != 13) return std::nullopt;
    std::uint64_t id = 0;
    for (const char c : text) {
        const auto digit = alphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        id = id << 5U | digit;
    }
    if (id == 0 || id > 0x7fff'ffff'ffff'ffffU || text.front() > '7') return std::nullopt;
    return static_cast<Id>(id);
}

Id IdSource::next() {
    const auto now = (clock_.now() - epoch).count() << 16U;
    auto last = last_.load(std::memory_order_relaxed);
    std::int64_t mine = 0;
    do {
        mine = std::max(now, last + 1);
    } while (!last_.compare_exchange_weak(last, mine, std::memory_order_relaxed));
    return ((mine >> 16U) << 22U) | (static_cast<std::int64_t>(node_) << 16U) | (mine & 0xffff);
}

std::string random_token() {
    need_sodium();
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 44> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return std::string(text.data());
}

std::string hash_token(std::string_view token) {
    need_sodium();
    std::string hash(32, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                       reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr, 0);
    return hash;
}

}  // namespace maru
