#include "bot/net/api_catalog.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

namespace maru::net {
namespace {

using nlohmann::json;

constexpr std::size_t largest_feed = 512ULL * 1024 * 1024;
constexpr std::size_t largest_patch = 32ULL * 1024 * 1024;

json rows_json(const std::vector<catalog::RowError>& errors) {
    auto list = json::array();
    for (const auto& error : errors) {
        json one{{"line", error.line}, {"reason", error.reason}};
        if (!error.id.empty()) one["id"] = error.id;
        list.push_back(std::move(one));
    }
    return list;
}

Response answer(const json& value, unsigned status = 200) {
    Response response;
    response.status = status;
    // Ids and reasons quote the feed, which may be anything.
    response.body = value.dump(-1, ' ', false, json::error_handler_t::replace);
    return response;
}

// A problem with further members, as RFC 9457 allows them.
Response problem_with(unsigned status, std::string_view type, std::string detail, const json& members) {
    auto response = problem(status, type, std::move(detail));
    auto body = json::parse(response.body);
    body.update(members);
    response.body = body.dump(-1, ' ', false, json::error_handler_t::replace);
    return response;
}

Response import(Goods& goods, const Request& request) {
    catalog::FeedOptions options;
    if (const auto format = request.argument("format"); format && !format->empty()) {
        const auto known = catalog::feed_format(*format);
        if (!known)
            return problem(400, {},
                           "`format` is one of json_lines, csv, tsv, google_xml, shopify_csv; without it the "
                           "format is detected");
        options.format = *known;
    }
    if (const auto share = request.argument("max_bad_share"); share && !share->empty()) {
        const auto [end, error] =
            std::from_chars(share->data(), share->data() + share->size(), options.max_bad_share);
        if (error != std::errc{} || end != share->data() + share->size() || options.max_bad_share < 0 ||
            options.max_bad_share > 1)
            return problem(400, {}, "`max_bad_share` is a number from 0 to 1");
    }
    const auto result = goods.import(request.body, options);
    if (result.has_error())
        return problem_with(422, "feed-refused", result.error().message,
                            {{"errors", rows_json(result.error().errors)}});
    if (result->unchanged) return answer({{"status", "unchanged"}, {"products", result->products}});
    return answer({{"status", "imported"},
                   {"format", catalog::feed_format_name(result->format)},
                   {"products", result->products},
                   {"rows", result->rows},
                   {"skipped", result->skipped},
                   {"errors", rows_json(result->errors)},
                   {"seconds", result->seconds}});
}

Response patch(Goods& goods, const Request& request) {
    const auto result = goods.patch(request.body);
    if (result.has_error()) return problem(503, {}, "the patch could not be kept: " + result.error());
    const json told{
        {"patched", result->patched}, {"unknown", result->unknown}, {"errors", rows_json(result->errors)}};
    if (result->patched == 0 && !result->errors.empty())
        return problem_with(422, "patch-refused", "nothing in this patch can be read; `errors` says why",
                            told);
    return answer(told);
}

Response progress(const Goods& goods) {
    const auto now = goods.progress();
    return answer({{"stage", now.stage}, {"rows", now.rows}});
}

}  // namespace

void add_catalog_api(Router& router, Goods& goods) {
    Route route;
    route.method = Method::post;
    route.pattern = "/api/v1/catalog/import";
    route.handler = [&goods](const Request& request) { return import(goods, request); };
    route.body_bytes = largest_feed;
    // The format is seen from the bytes, so that a feed sent without its type, or as curl sends a file when
    // it is told none, is read too.
    route.types = {"application/x-ndjson",
                   "application/json",
                   "application/jsonl",
                   "text/csv",
                   "text/tab-separated-values",
                   "application/xml",
                   "text/xml",
                   "text/plain",
                   "application/octet-stream",
                   "application/x-www-form-urlencoded",
                   ""};
    router.add(route);
    router.get("/api/v1/catalog/import", Access::admin, [&goods](const Request&) { return progress(goods); });
    route.pattern = "/api/v1/catalog/patch";
    route.handler = [&goods](const Request& request) { return patch(goods, request); };
    route.body_bytes = largest_patch;
    router.add(route);
}

}  // namespace maru::net
