#include "bot/net/pages.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "bot/net/file_types.hpp"

namespace maru::net {
namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// Whether a weight ("q=0", "q=0.000") says never.
bool is_zero(std::string_view parameters) {
    const auto q = parameters.find("q=");
    if (q == std::string_view::npos) return false;
    const auto value = trim(parameters.substr(q + 2));
    return !value.empty() && value.find_first_not_of("0.") == std::string_view::npos;
}

// RFC 9110, 12.5.3; the two codings differ little in cost to the client, so weights other than 0 do not
// matter.
bool accepts(std::string_view header, std::string_view coding) {
    bool any = false;
    while (!header.empty()) {
        const auto comma = header.find(',');
        const auto entry = trim(header.substr(0, comma));
        const auto semicolon = entry.find(';');
        const auto name = trim(entry.substr(0, semicolon));
        const bool never = semicolon != std::string_view::npos && is_zero(entry.substr(semicolon));
        if (name == coding) return !never;
        if (name == "*") any = !never;
        if (comma == std::string_view::npos) break;
        header.remove_prefix(comma + 1);
    }
    return any;
}

// Whether If-None-Match lists `tag` (compared weakly, as RFC 9110, 13.1.2 asks) or is "*".
bool matches(std::string_view header, std::string_view tag) {
    while (!header.empty()) {
        const auto comma = header.find(',');
        auto entry = trim(header.substr(0, comma));
        if (entry == "*") return true;
        if (entry.substr(0, 2) == "W/") entry.remove_prefix(2);
        if (entry == tag) return true;
        if (comma == std::string_view::npos) break;
        header.remove_prefix(comma + 1);
    }
    return false;
}

// "index-DfX3a9_b.js": the build puts a hash of the content into the names it may change freely.
bool has_hashed_name(std::string_view path) {
    if (path.find("assets/") == std::string_view::npos) return false;
    const auto extension = extension_of(path);
    const auto stem = path.substr(0, path.size() - extension.size());
    const auto dash = stem.size() > 9 ? stem.size() - 9 : std::string_view::npos;
    return dash != std::string_view::npos && (stem[dash] == '-' || stem[dash] == '.') &&
           stem.substr(dash + 1).find('/') == std::string_view::npos;
}

class Pages {
  public:
    Pages(std::span<const Asset> assets, IsPage is_page) : assets_(assets), is_page_(std::move(is_page)) {}

    Response operator()(const Request& request) const {
        const auto decoded = percent_decode(request.path);
        if (!decoded || decoded->find("..") != std::string::npos || decoded->starts_with("//"))
            return problem(404);
        const std::string_view path = std::string_view(*decoded).substr(1);
        if (path == "api" || path.substr(0, 4) == "api/" || path.substr(0, 3) == "ws/") return problem(404);
        if (assets_.empty()) {
            if (!extension_of(path).empty() && path != "widget.js") return problem(404);
            return text(
                "This binary was built without its pages: web/dist was not there. Build the web part, then "
                "the "
                "binary again (./dev build does both). Everything else works.\n",
                "text/plain; charset=utf-8", 503);
        }
        const std::string_view application = application_of(path);
        std::string name(path);
        if (application == "shop" && path != "widget.js") name = "shop/" + name;
        const Asset* asset = find(name);
        if (asset == nullptr && may_fall_back(request, path)) {
            asset = find(std::string(application) + "/index.html");
        }
        if (asset == nullptr) return problem(404);
        return serve(request, *asset);
    }

  private:
    static std::string_view application_of(std::string_view path) {
        const auto first = path.substr(0, path.find('/'));
        return first == "console" || first == "studio" || first == "docs" ? first : "shop";
    }

    [[nodiscard]] bool may_fall_back(const Request& request, std::string_view path) const {
        if (is_page_ && is_page_(path)) return true;
        if (!extension_of(path).empty()) return false;
        if (path.empty() || path == "console" || path == "studio" || path.back() == '/') return true;
        const auto accepted = request.header("accept");
        return accepted.find("text/html") != std::string_view::npos;
    }

    [[nodiscard]] const Asset* find(std::string_view path) const {
        const auto found = std::find_if(assets_.begin(), assets_.end(),
                                        [path](const Asset& asset) { return asset.path == path; });
        return found == assets_.end() ? nullptr : &*found;
    }

    static Response serve(const Request& request, const Asset& asset) {
        const auto wanted = request.header("accept-encoding");
        std::string_view coding, bytes = asset.bytes, suffix;
        if (!asset.brotli.empty() && accepts(wanted, "br")) {
            coding = "br";
            suffix = "-br";
            bytes = asset.brotli;
        } else if (!asset.gzip.empty() && accepts(wanted, "gzip")) {
            coding = "gzip";
            suffix = "-gz";
            bytes = asset.gzip;
        }
        std::string tag = "\"";
        tag.append(asset.etag).append(suffix).append("\"");

        Response response;
        response.cacheable = true;
        response.type = type_of_file(asset.path).empty() ? "application/octet-stream"
                                                         : std::string(type_of_file(asset.path));
        response.headers.emplace_back("ETag", tag);
        response.headers.emplace_back("Vary", "Accept-Encoding");
        if (has_hashed_name(asset.path))
            response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
        else if (asset.path == "widget.js")
            response.headers.emplace_back("Cache-Control", "public, max-age=300");
        else
            response.headers.emplace_back("Cache-Control", "no-cache");
        if (asset.path == "widget.js") {
            // The one page that lives on other sites' pages.
            response.headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
            response.headers.emplace_back("Access-Control-Allow-Origin", "*");
        }
        if (matches(request.header("if-none-match"), tag)) {
            response.status = 304;
            response.type.clear();
            return response;
        }
        if (!coding.empty()) response.headers.emplace_back("Content-Encoding", std::string(coding));
        response.fixed = bytes;
        return response;
    }

    std::span<const Asset> assets_;
    IsPage is_page_;
};

}  // namespace

void add_pages(Router& router, std::span<const Asset> assets, IsPage is_page) {
    router.otherwise(Pages(assets, std::move(is_page)));
}

}  // namespace maru::net
