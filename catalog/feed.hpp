// Product feeds → products. Google's product attribute names are the schema; columns nobody knows become
// attributes.
//
// A feed is read whole from memory and either accepted (with its bad rows listed and left out) or refused as
// a whole, so that a catalog that already serves is never replaced by half of a new one. Pure functions, any
// thread.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/product.hpp"

namespace maru::catalog {

enum class FeedFormat : std::uint8_t {
    detect,      // by content: '<' XML, '{' or '[{' JSON, else a table by its separator and header
    json_lines,  // one object a line, or a list of them: "attributes": {…}, "locales": {"en": {"title": …}}
    csv,         // RFC 4180 with a header line
    tsv,         // tab separated with a header line (Google product feed)
    google_xml,   // RSS 2.0 or Atom with g: elements
    shopify_csv,  // Shopify's product export: a product's variants and images span several rows
};
[[nodiscard]] std::string_view feed_format_name(FeedFormat format) noexcept;
// The format of that name, `detect` among them; nullopt: there is none.
[[nodiscard]] std::optional<FeedFormat> feed_format(std::string_view name) noexcept;

struct FeedOptions {
    FeedFormat format = FeedFormat::detect;
    std::string currency;           // of bare prices, and the only one accepted; empty: the first good row's
    double max_bad_share = 0.05;    // more bad rows than this share of all refuse the feed
    std::size_t max_errors = 1000;  // rows listed; the rest is only counted
    // Called every few thousand rows with the rows read so far; empty: not called.
    std::function<void(std::uint32_t rows)> progress;
};

struct RowError {
    std::uint32_t line = 0;  // 1-based, where the row begins
    std::string id;          // empty when it has none
    std::string reason;
};

struct Feed {
    FeedFormat format = FeedFormat::detect;
    std::vector<Product> products;  // in feed order, ids unique
    std::string currency;
    std::uint32_t rows = 0;     // good and bad
    std::uint32_t skipped = 0;  // bad
    std::vector<RowError> errors;
};

struct FeedError {
    std::string message;           // what is wrong with the feed and what would be right
    std::vector<RowError> errors;  // the rows that led to it, if it was rows
};

using FeedResult = boost::system::result<Feed, FeedError>;

[[nodiscard]] FeedResult read_feed(std::string_view bytes, const FeedOptions& options = {});

// Tells an unchanged feed from a changed one without reading it (64-bit FNV-1a of the bytes; not
// cryptographic).
[[nodiscard]] std::uint64_t feed_hash(std::string_view bytes) noexcept;

// A change of price or stock alone: what is not given stays.
struct Patch {
    std::string id;
    std::optional<Price> price;
    std::optional<Price> list_price;
    std::optional<std::string> availability;
};
struct Patches {
    std::vector<Patch> patches;
    std::vector<RowError> errors;
};
// JSON lines or a JSON array of {"id", "price"?, "sale_price"?, "availability"?}. Prices read as in a feed.
[[nodiscard]] Patches read_patches(std::string_view bytes, std::string_view currency);

}  // namespace maru::catalog
