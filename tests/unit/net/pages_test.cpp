// The pages inside the binary, and media files: variants, caches, fallbacks, and no way out of the folder.
#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "bot/net/pages.hpp"
#include "tests/unit/net/harness.hpp"

using namespace maru;
using namespace maru::test;
namespace fs = std::filesystem;

namespace {

const std::array assets{
    net::Asset{"console/assets/app-Bd3fK9_z.js", "e1", "console app", {}, {}},
    net::Asset{"console/index.html", "e2", "console page", {}, {}},
    net::Asset{"shop/assets/app-0123abcd.css", "e3", "shop styles", "GZ", "BR"},
    net::Asset{"shop/index.html", "e4", "shop page", "GZ", {}},
    net::Asset{"shop/robots.txt", "e5", "robots", {}, {}},
    net::Asset{"widget.js", "e6", "widget", {}, {}},
};

std::string get(const std::string& path, const std::string& extra = {}) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + extra + "\r\n";
}

struct TemporaryFolder {
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "maru-media-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    void write(const std::string& name, const std::string& text) const {
        fs::create_directories((path / name).parent_path());
        std::ofstream(path / name, std::ios::binary) << text;
    }
    fs::path path;
};

}  // namespace

TEST_CASE("pages are found, fall back to their application's page, and nothing else is") {
    TestServer server([](net::Options&, net::Router& router) { net::add_pages(router, assets); });
    struct Row {
        const char* path;
        const char* accept;
        unsigned status;
        const char* body;
    };
    Peer peer(server.port);
    for (const auto& row : {
             Row{"/", "*/*", 200, "shop page"},
             Row{"/index.html", "*/*", 200, "shop page"},
             Row{"/products/mouse", "text/html,*/*", 200, "shop page"},
             Row{"/products/mouse", "application/json", 404, nullptr},
             Row{"/products/mouse.png", "text/html", 404, nullptr},
             Row{"/robots.txt", "*/*", 200, "robots"},
             Row{"/assets/app-0123abcd.css", "*/*", 200, "shop styles"},
             Row{"/console", "*/*", 200, "console page"},
             Row{"/console/", "*/*", 200, "console page"},
             Row{"/console/c/123", "text/html", 200, "console page"},
             Row{"/console/assets/app-Bd3fK9_z.js", "*/*", 200, "console app"},
             Row{"/console/assets/none.js", "text/html", 404, nullptr},
             Row{"/studio", "text/html", 404, nullptr},
             Row{"/widget.js", "*/*", 200, "widget"},
             Row{"/shop/index.html", "*/*", 404, nullptr},
             Row{"/../console/index.html", "text/html", 404, nullptr},
             Row{"/%2e%2e/widget.js", "text/html", 404, nullptr},
             Row{"/api/v1/nothing", "text/html", 404, nullptr},
             Row{"/ws/nothing", "text/html", 404, nullptr},
         }) {
        CAPTURE(row.path);
        const auto answer = peer.ask(get(row.path, std::string("Accept: ") + row.accept + "\r\n"));
        CHECK(answer.status == row.status);
        if (row.body != nullptr) CHECK(answer.body == row.body);
    }
}

TEST_CASE("a known page is there for programs too") {
    TestServer server([](net::Options&, net::Router& router) {
        net::add_pages(router, assets, [](std::string_view path) { return path == "products/v9.2 mouse"; });
    });
    Peer peer(server.port);
    CHECK(peer.ask(get("/products/v9.2%20mouse")).body == "shop page");
    CHECK(peer.ask(get("/products/v9.2%20mouse", "Accept: */*\r\n")).status == 200);
    CHECK(peer.ask(get("/products/other", "Accept: */*\r\n")).status == 404);
}

TEST_CASE("variants follow Accept-Encoding, caches follow the name, and 304 follows the tag") {
    TestServer server([](net::Options&, net::Router& router) { net::add_pages(router, assets); });
    Peer peer(server.port);
    const std::string css = "/assets/app-0123abcd.css";
    struct Row {
        const char* accepted;
        const char* coding;
        const char* body;
        const char* tag;
    };
    for (const auto& row : {
             Row{"", "", "shop styles", "\"e3\""},
             Row{"gzip, deflate, br", "br", "BR", "\"e3-br\""},
             Row{"gzip", "gzip", "GZ", "\"e3-gz\""},
             Row{"br;q=0, gzip;q=0.5", "gzip", "GZ", "\"e3-gz\""},
             Row{"gzip;q=0.000", "", "shop styles", "\"e3\""},
             Row{"*", "br", "BR", "\"e3-br\""},
             Row{"*;q=0", "", "shop styles", "\"e3\""},
             Row{"identity", "", "shop styles", "\"e3\""},
             Row{"xgzip", "", "shop styles", "\"e3\""},
         }) {
        CAPTURE(row.accepted);
        const std::string extra =
            *row.accepted != '\0' ? "Accept-Encoding: " + std::string(row.accepted) + "\r\n" : "";
        const auto answer = peer.ask(get(css, extra));
        CHECK(answer.header("content-encoding") == row.coding);
        CHECK(answer.body == row.body);
        CHECK(answer.header("etag") == row.tag);
        CHECK(answer.header("vary") == "Accept-Encoding");
        CHECK(answer.header("content-type") == "text/css; charset=utf-8");
        CHECK(answer.header("cache-control") == "public, max-age=31536000, immutable");
        const auto again = peer.ask(get(css, extra + "If-None-Match: \"other\", W/" + row.tag + "\r\n"));
        CHECK(again.status == 304);
        CHECK(again.header("etag") == row.tag);
        CHECK(again.body.empty());
    }
    const auto page = peer.ask(get("/"));
    CHECK(page.header("cache-control") == "no-cache");
    CHECK(page.header("content-type") == "text/html; charset=utf-8");
    CHECK(peer.ask(get("/", "If-None-Match: *\r\n")).status == 304);
    CHECK(peer.ask(get("/", "If-None-Match: \"e3\"\r\n")).status == 200);
    const auto widget = peer.ask(get("/widget.js"));
    CHECK(widget.header("cross-origin-resource-policy") == "cross-origin");
    CHECK(widget.header("access-control-allow-origin") == "*");
    CHECK(widget.header("cache-control") == "public, max-age=300");
    const auto head = peer.ask("HEAD " + css + " HTTP/1.1\r\nHost: x\r\n\r\n", true);
    CHECK(head.header("content-length") == "11");
    CHECK(peer.ask(get("/")).status == 200);  // and no body was left behind
}

TEST_CASE("a binary without pages says so") {
    TestServer server([](net::Options&, net::Router& router) { net::add_pages(router, {}); });
    for (const char* path : {"/", "/console", "/studio", "/widget.js"}) {
        const auto answer = Peer(server.port).ask(get(path));
        CHECK(answer.status == 503);
        CHECK(answer.body.find("without its pages") != std::string::npos);
    }
}

TEST_CASE("media are served from their folder, and nothing from outside of it") {
    TemporaryFolder folder;
    folder.write("secret.txt", "secret");
    folder.write("media/a b/mouse.svg", "<svg/>");
    folder.write("media/page.html", "<script>1</script>");
    folder.write("media/.hidden", "hidden");
    folder.write("media/unknown.xyz", "?");
    fs::create_symlink(folder.path / "secret.txt", folder.path / "media/link.txt");
    fs::create_symlink(folder.path, folder.path / "media/up");
    fs::create_symlink("page.html", folder.path / "media/inside.html");
    TestServer server(
        [&](net::Options&, net::Router& router) { net::add_media(router, folder.path / "media"); });
    Peer peer(server.port);
    const auto svg = peer.ask(get("/media/a%20b/mouse.svg"));
    CHECK(svg.status == 200);
    CHECK(svg.body == "<svg/>");
    CHECK(svg.header("content-type") == "image/svg+xml");
    CHECK(svg.header("content-security-policy").find("sandbox") != std::string::npos);
    CHECK(svg.header("cross-origin-resource-policy") == "cross-origin");
    CHECK(peer.ask(get("/media/a%20b/mouse.svg", "If-None-Match: " + svg.header("etag") + "\r\n")).status ==
          304);
    const auto page = peer.ask(get("/media/page.html"));
    CHECK(page.header("content-type") == "application/octet-stream");
    CHECK(page.header("content-disposition") == "attachment");
    CHECK(peer.ask(get("/media/inside.html")).status == 200);
    CHECK(peer.ask(get("/media/unknown.xyz")).header("content-type") == "application/octet-stream");
    for (const char* path :
         {"/media/../secret.txt", "/media/..%2fsecret.txt", "/media/%2e%2e/secret.txt",
          "/media/a%20b/../../secret.txt", "/media/link.txt", "/media/up/secret.txt", "/media/.hidden",
          "/media//etc/passwd", "/media/%2fetc%2fpasswd", "/media/a%20b", "/media/a%20b/", "/media/none",
          "/media/", "/media/..\\secret.txt", "/media/..%5csecret.txt", "/media/mouse.svg%00.png"}) {
        CAPTURE(path);
        const auto answer = peer.ask(get(path));
        CHECK(answer.status == 404);
        CHECK(answer.body.find("secret") == std::string::npos);
    }
}

TEST_CASE("a configuration without media has none") {
    TestServer server(
        [](net::Options&, net::Router& router) { net::add_media(router, "/nonexistent/media"); });
    CHECK(Peer(server.port).ask(get("/media/a.png")).status == 404);
}
