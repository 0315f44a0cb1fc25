#include "catalog/feed.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "catalog/feed_readers.hpp"

namespace maru::catalog {

std::string_view feed_format_name(FeedFormat format) noexcept {
    switch (format) {
        case FeedFormat::detect:
            return "detect";
        case FeedFormat::json_lines:
            return "json_lines";
        case FeedFormat::csv:
            return "csv";
        case FeedFormat::tsv:
            return "tsv";
        case FeedFormat::google_xml:
            return "google_xml";
        case FeedFormat::shopify_csv:
            return "shopify_csv";
    }
    return "detect";
}

std::optional<FeedFormat> feed_format(std::string_view name) noexcept {
    for (auto i = static_cast<int>(FeedFormat::detect); i <= static_cast<int>(FeedFormat::shopify_csv); ++i)
        if (feed_format_name(static_cast<FeedFormat>(i)) == name) return static_cast<FeedFormat>(i);
    return std::nullopt;
}

std::uint64_t feed_hash(std::string_view bytes) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

void FeedCollector::count() {
    constexpr std::uint32_t step = 4096;
    if (++feed.rows % step == 0 && options_.progress) options_.progress(feed.rows);
}

void FeedCollector::bad(std::uint32_t line, std::string id, std::string reason) {
    count();
    ++feed.skipped;
    if (feed.errors.size() < options_.max_errors)
        feed.errors.push_back({line, std::move(id), std::move(reason)});
}

void FeedCollector::add(ProductBuilder& builder, std::uint32_t line, std::string syntax_error) {
    if (!syntax_error.empty()) return bad(line, builder.id(), std::move(syntax_error));
    auto id = builder.id();
    auto product = builder.finish();
    if (!product) return bad(line, std::move(id), builder.error());
    const auto [at, fresh] = lines_.emplace(product->id, line);
    if (!fresh) return bad(line, std::move(id), "id was already used in line " + std::to_string(at->second));
    if (feed.currency.empty()) feed.currency = product->price.currency;
    count();
    feed.products.push_back(std::move(*product));
}

FeedResult FeedCollector::finish() && {
    if (options_.progress) options_.progress(feed.rows);
    if (feed.rows == 0) return FeedError{"the feed has no rows", {}};
    const auto allowed = options_.max_bad_share * static_cast<double>(feed.rows);
    if (feed.products.empty() || static_cast<double>(feed.skipped) > allowed) {
        const auto percent = [](double share) {
            return std::to_string(std::lround(share * 1000) / 10.0).substr(0, 4);
        };
        return FeedError{std::to_string(feed.skipped) + " of " + std::to_string(feed.rows) +
                             " rows are bad; the feed is refused above " + percent(options_.max_bad_share) +
                             " percent. Mend the rows listed, or allow a larger share",
                         std::move(feed.errors)};
    }
    return std::move(feed);
}

FeedResult read_feed(std::string_view bytes, const FeedOptions& options) {
    std::string converted;
    if (!to_utf8(bytes, converted))
        return FeedError{"the feed's encoding is neither UTF-8, UTF-16 nor CP949; save it as UTF-8", {}};
    std::string_view text = converted.empty() ? bytes : std::string_view(converted);
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    auto format = options.format;
    if (format == FeedFormat::detect) {
        const auto first = text.find_first_not_of(" \t\r\n");
        const auto header = text.substr(0, text.find('\n'));
        if (first == std::string_view::npos) return FeedError{"the feed is empty", {}};
        const auto second = text.find_first_not_of(" \t\r\n", first + 1);
        const bool list = text[first] == '[' && second != std::string_view::npos &&
                          (text[second] == '{' || text[second] == ']');
        if (text[first] == '{' || list) {
            format = FeedFormat::json_lines;
        } else if (text[first] == '<') {
            format = FeedFormat::google_xml;
        } else if (header.find('\t') != std::string_view::npos) {
            format = FeedFormat::tsv;
        } else if (header.find("Handle") != std::string_view::npos &&
                   header.find("Variant Price") != std::string_view::npos) {
            format = FeedFormat::shopify_csv;
        } else {
            format = FeedFormat::csv;
        }
    }
    FeedCollector collector(options);
    collector.feed.format = format;
    std::string problem;
    switch (format) {
        case FeedFormat::json_lines:
            problem = read_json_lines(text, collector);
            break;
        case FeedFormat::google_xml:
            problem = read_google_xml(text, collector);
            break;
        case FeedFormat::tsv:
            problem = read_table(text, '\t', collector);
            break;
        case FeedFormat::shopify_csv:
            problem = read_shopify(text, collector);
            break;
        case FeedFormat::csv:
        case FeedFormat::detect:
            problem = read_table(text, '\0', collector);
            break;
    }
    if (!problem.empty()) return FeedError{std::move(problem), std::move(collector.feed.errors)};
    return std::move(collector).finish();
}

Patches read_patches(std::string_view bytes, std::string_view currency) {
    Patches result;
    std::uint32_t line = 0;
    const auto take = [&](const nlohmann::json& row) {
        const auto bad = [&](std::string id, std::string reason) {
            result.errors.push_back({line, std::move(id), std::move(reason)});
        };
        if (!row.is_object()) return bad({}, "is not a JSON object");
        const auto text = [&](const char* name) -> std::optional<std::string> {
            const auto at = row.find(name);
            if (at == row.end() || at->is_null()) return std::nullopt;
            return at->is_string() ? at->get<std::string>() : at->dump();
        };
        Patch patch;
        patch.id = text("id").value_or("");
        if (patch.id.empty()) return bad({}, "id is missing");
        if (const auto price = text("price")) {
            patch.price = parse_price(*price, currency);
            if (!patch.price) return bad(patch.id, "price is not an amount");
            if (!currency.empty() && patch.price->currency != currency)
                return bad(patch.id, "price is not in " + std::string(currency));
        }
        if (const auto price = text("sale_price")) {
            const auto sale = parse_price(*price, currency);
            if (!sale) return bad(patch.id, "sale_price is not an amount");
            if (!patch.price) return bad(patch.id, "sale_price needs price beside it");
            if (sale->currency != patch.price->currency)
                return bad(patch.id, "sale_price and price differ in currency");
            if (sale->amount < patch.price->amount) {
                patch.list_price = patch.price;
                patch.price = sale;
            }
        }
        if (const auto stock = text("availability")) {
            patch.availability = parse_availability(*stock);
            if (!patch.availability)
                return bad(patch.id, "availability is none of in_stock, out_of_stock, preorder, backorder");
        }
        result.patches.push_back(std::move(patch));
    };
    const auto first = bytes.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && bytes[first] == '[') {
        const auto rows = nlohmann::json::parse(bytes.begin(), bytes.end(), nullptr, false);
        line = 1;
        if (!rows.is_array()) {
            result.errors.push_back({1, {}, "is not valid JSON"});
            return result;
        }
        for (const auto& row : rows) {
            take(row);
            ++line;
        }
        return result;
    }
    while (!bytes.empty()) {
        const auto end = std::min(bytes.find('\n'), bytes.size());
        const auto row = bytes.substr(0, end);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        ++line;
        if (row.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        take(nlohmann::json::parse(row.begin(), row.end(), nullptr, false));
    }
    return result;
}

}  // namespace maru::catalog
