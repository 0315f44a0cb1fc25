// Any bytes as a product feed in each format: read, refused or partly read, never worse.
#include <cstdint>

#include "catalog/feed.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru::catalog;
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    FeedOptions options;
    options.format = static_cast<FeedFormat>(data[0] % 6);
    options.max_bad_share = 1;
    if (data[0] % 2 == 1) options.currency = "KRW";
    const auto feed = read_feed(bytes, options);
    if (feed && feed->products.size() + feed->skipped != feed->rows) __builtin_trap();
    static_cast<void>(read_patches(bytes, "KRW"));
    return 0;
}
