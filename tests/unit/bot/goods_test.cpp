#include "bot/content/goods.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "bot/content/load.hpp"
#include "flows/yaml/problem.hpp"

using namespace maru;
namespace fs = std::filesystem;

namespace {

std::shared_ptr<const Bot> shop() {
    static const auto bot = [] {
        flows::Problems problems;
        const auto bundle = read_bundle(MARU_SOURCE_DIR "/tests/server/config", problems);
        REQUIRE(bundle);
        auto loaded = load_bot(*bundle, {}, problems);
        REQUIRE(loaded);
        return loaded;
    }();
    return bot;
}

struct Folder {
    fs::path path = fs::temp_directory_path() / ("maru-goods-" + std::to_string(::getpid()));
    Folder() { fs::remove_all(path); }
    ~Folder() { fs::remove_all(path); }
    [[nodiscard]] std::string read(const fs::path& name) const {
        std::ifstream file(path / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(const fs::path& name, std::string_view text) const {
        std::ofstream(path / name, std::ios::binary) << text;
    }
};

// What a start of the server over `folder` serves.
struct Life {
    BotHolder bots{shop()};
    Goods goods;
    explicit Life(const Folder& folder) : goods(folder.path, bots) { goods.publish(shop()); }

    // In won; -1: there is no such product.
    [[nodiscard]] std::int64_t price(std::string_view id) const {
        const auto* product = bots.get()->catalog->find(id);
        return product == nullptr ? -1 : product->price.amount;
    }
    [[nodiscard]] std::size_t count() const { return bots.get()->catalog->products().size(); }
};

std::string row(std::string_view id, int won) {
    return R"({"id":")" + std::string(id) + R"(","title":"Lamp )" + std::string(id) + R"(","price":")" +
           std::to_string(won) + " KRW\"}\n";
}

catalog::FeedOptions as(catalog::FeedFormat format) {
    catalog::FeedOptions options;
    options.format = format;
    return options;
}

std::string patch_file(const Folder& folder) {
    for (const auto& entry : fs::directory_iterator(folder.path))
        if (entry.path().filename().string().starts_with("patches")) return entry.path().filename();
    return {};
}

}  // namespace

TEST_CASE("goods: an import and its patches outlive a restart") {
    const Folder folder;
    {
        Life life(folder);
        REQUIRE(life.goods.import(row("a", 1000) + row("b", 2000), {}).has_value());
        const auto done = life.goods.patch(R"([{"id":"a","price":"900 KRW"},{"id":"none","price":"1 KRW"}])");
        REQUIRE(done.has_value());
        CHECK(done->patched == 1);
        CHECK(done->unknown == std::vector<std::string>{"none"});
        CHECK(life.price("a") == 900);
    }
    Life again(folder);
    CHECK(again.count() == 2);
    CHECK(again.price("a") == 900);
    CHECK(again.price("b") == 2000);
    const auto same = again.goods.import(row("a", 1000) + row("b", 2000), {});
    REQUIRE(same.has_value());
    CHECK(same->unchanged);
    CHECK(again.price("a") == 900);
}

TEST_CASE("goods: an import that was killed half-way leaves the earlier goods and their patches") {
    const Folder folder;
    std::string live;
    std::string patches;
    {
        Life life(folder);
        REQUIRE(life.goods.import(row("a", 1000), {}).has_value());
        REQUIRE(life.goods.patch(R"({"id":"a","price":"900 KRW"})").has_value());
        live = folder.read("live.json");
        patches = patch_file(folder);
    }
    // All of the next import's files but the one that accepts it.
    folder.write("feed-0123456789abcdef", row("z", 1));
    folder.write(".live.json.part", R"({"hash":81985529216486895,"by)");
    {
        Life again(folder);
        CHECK(again.price("a") == 900);
        CHECK(again.price("z") == -1);
        REQUIRE(again.goods.import(row("b", 5000), {}).has_value());
        CHECK(again.price("a") == -1);
        CHECK_FALSE(fs::exists(folder.path / patches));
        CHECK_FALSE(fs::exists(folder.path / "feed-0123456789abcdef"));
    }
    // A patch of the earlier goods is no word on the new ones, even when its product is sold again.
    Life third(folder);
    REQUIRE(third.goods.import(row("a", 1000), {}).has_value());
    CHECK(third.price("a") == 1000);
}

TEST_CASE("goods: a patch that was cut short does not take the next one with it") {
    const Folder folder;
    {
        Life life(folder);
        REQUIRE(life.goods.import(row("a", 1000) + row("b", 2000), {}).has_value());
        REQUIRE(life.goods.patch(R"({"id":"a","price":"900 KRW"})").has_value());
    }
    const auto file = patch_file(folder);
    REQUIRE_FALSE(file.empty());
    folder.write(file, folder.read(file) + R"({"id":"b","pri)");
    {
        Life life(folder);
        CHECK(life.price("a") == 900);
        REQUIRE(life.goods.patch(R"({"id":"b","price":"1900 KRW"})").has_value());
    }
    Life life(folder);
    CHECK(life.price("a") == 900);
    CHECK(life.price("b") == 1900);
}

TEST_CASE("goods: a feed that cannot be kept changes nothing") {
    const Folder folder;
    Life life(folder);
    REQUIRE(life.goods.import(row("a", 1000), {}).has_value());
    fs::create_directories(folder.path / ".live.json.part" / "obstacle");
    const auto refused = life.goods.import(row("b", 2000), {});
    REQUIRE(refused.has_error());
    CHECK(refused.error().message.find("the old goods stay") != std::string::npos);
    CHECK(life.price("a") == 1000);
    CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 3);  // live.json, the obstacle, the feed
    fs::remove_all(folder.path / ".live.json.part");
    Life again(folder);
    CHECK(again.price("a") == 1000);
    CHECK(again.price("b") == -1);
}

TEST_CASE("goods: a feed is read again in the format it was sent as") {
    const Folder folder;
    {
        Life life(folder);
        const auto done = life.goods.import("id,title,price,note\nx,Desk lamp,7000 KRW,\"a\tb\tc\td\te\"\n",
                                            as(catalog::FeedFormat::csv));
        REQUIRE(done.has_value());
        CHECK(done->format == catalog::FeedFormat::csv);
    }
    CHECK(folder.read("live.json").find("\"csv\"") != std::string::npos);
    Life again(folder);
    CHECK(again.price("x") == 7000);
}

TEST_CASE("goods: years of patches are kept as their last word") {
    const Folder folder;
    {
        Life life(folder);
        REQUIRE(life.goods.import(row("a", 1000) + row("b", 2000), {}).has_value());
        REQUIRE(life.goods.patch(R"({"id":"b","availability":"out_of_stock"})").has_value());
        std::string many;
        for (int i = 1; i <= 40'000; ++i) many += R"({"id":"a","price":")" + std::to_string(i) + " KRW\"}\n";
        for (int i = 0; i < 4; ++i) REQUIRE(life.goods.patch(many).has_value());
        CHECK(fs::file_size(folder.path / patch_file(folder)) < 1000);
        REQUIRE(life.goods.patch(R"({"id":"b","price":"1900 KRW"})").has_value());
    }
    Life again(folder);
    CHECK(again.price("a") == 40'000);
    CHECK(again.price("b") == 1900);
    CHECK_FALSE(again.bots.get()->catalog->find("b")->in_stock());
}

TEST_CASE("goods: a content change keeps the imported goods without indexing them again") {
    const Folder folder;
    Life life(folder);
    REQUIRE(life.goods.import(row("a", 1000), {}).has_value());
    const auto before = life.bots.get()->catalog;
    life.goods.publish(shop());
    CHECK(life.bots.get()->catalog == before);
    CHECK(life.price("a") == 1000);
}
