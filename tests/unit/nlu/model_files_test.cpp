#include "nlu/model_files.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "tests/unit/nlu/bot.hpp"

using namespace maru;
namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path;
    Folder() {
        auto pattern = (fs::temp_directory_path() / "maru-models-XXXXXX").string();
        path = ::mkdtemp(pattern.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code error;
        fs::remove_all(path, error);
    }
};

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
void put(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace

TEST_CASE("a kept model spares the next start its training and answers the same") {
    const Folder folder;
    const nlu::ModelFiles kept(folder.path / "models");
    auto source = test::shop_source();
    const auto key = nlu::model_key(source);
    CHECK_FALSE(kept.read(key));
    const auto first = nlu::Engine::build(source);
    REQUIRE(first.trained);
    REQUIRE(kept.write(key, first.engine->model()) == "");

    source.cached_model = kept.read(key).value_or("");
    const auto second = nlu::Engine::build(source);
    REQUIRE(second.engine);
    CHECK_FALSE(second.trained);
    for (const auto* text : {"배송 얼마나 걸려요?", "refund please", "asdf", "사람 바꿔"})
        CHECK(explain(first.engine->understand(text)) == explain(second.engine->understand(text)));

    source.examples.push_back({"환불 언제 돼요", "intent:refund", {}});
    CHECK_FALSE(kept.read(nlu::model_key(source)));
    CHECK(nlu::Engine::build(source).trained);
}

TEST_CASE("a kept model that was cut short, changed or is another's reads as absent") {
    const Folder folder;
    const nlu::ModelFiles kept(folder.path);
    const std::string key = "version-1\nabc\n";
    const auto model = key + std::string(1000, 'x');
    REQUIRE(kept.write(key, model) == "");
    REQUIRE(kept.read(key) == model);
    const auto file = kept.file(key);
    const auto whole = bytes_of(file);
    for (std::size_t size = 0; size < whole.size(); size += 37) {
        put(file, whole.substr(0, size));
        CHECK_FALSE(kept.read(key));
    }
    put(file, whole + 'x');
    CHECK_FALSE(kept.read(key));
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x20);
        put(file, changed);
        CHECK_FALSE(kept.read(key));
    }
    put(file, whole);
    CHECK(kept.read(key));
    REQUIRE(kept.write("other\n", "other\nmodel") == "");
    fs::copy_file(kept.file("other\n"), file, fs::copy_options::overwrite_existing);
    CHECK_FALSE(kept.read(key));
}

TEST_CASE("a model whose inside is nonsense is trained anew") {
    auto source = test::shop_source();
    const auto model = nlu::Engine::build(source).engine->model();
    const auto key = nlu::model_key(source);
    for (const auto& broken : {model.substr(0, model.size() / 2), key, key + std::string(5000, '\xff'),
                               "maru-nlu-model-0\n" + model}) {
        source.cached_model = broken;
        const auto built = nlu::Engine::build(source);
        REQUIRE(built.engine);
        CHECK(built.trained);
    }
}

TEST_CASE("only the newest models stay, and what cannot be kept is said") {
    const Folder folder;
    const nlu::ModelFiles kept(folder.path);
    for (int i = 0; i < 9; ++i) {
        const auto key = std::to_string(i);
        REQUIRE(kept.write(key, key + "model") == "");
    }
    CHECK(std::distance(fs::directory_iterator(folder.path), {}) ==
          static_cast<std::ptrdiff_t>(nlu::ModelFiles::most_files));
    CHECK(kept.read("8"));
    put(folder.path / "in-the-way", "");
    CHECK(nlu::ModelFiles(folder.path / "in-the-way").write("a", "a") != "");
}
