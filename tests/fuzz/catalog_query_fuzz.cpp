// Any bytes as a visitor's sentence: read, refined, searched and explained.
#include <nlohmann/json.hpp>

#include "catalog/query_json.hpp"

namespace {

std::shared_ptr<const maru::catalog::Index> small_shop() {
    constexpr std::string_view rows =
        R"({"id":"1","title":"로지텍 M331 무선 마우스","price":"24900 KRW","brand":"로지텍","color":"블랙","product_type":"컴퓨터 > 마우스","locales":{"en":{"title":"Logitech wireless mouse","product_type":"Computers > Mice"}}})"
        "\n"
        R"({"id":"2","title":"삼성 노트북 15.6인치 16GB","price":"1190000 KRW","brand":"삼성전자","color":"실버","product_type":"컴퓨터 > 노트북","attributes":{"무게":"1.5kg"}})"
        "\n"
        R"({"id":"3","title":"테팔 전기포트 1.7L","price":"39900 KRW","brand":"테팔","rating":4.5,"product_type":"주방 > 전기포트"})";
    auto feed = maru::catalog::read_feed(rows);
    return maru::catalog::Index::build(std::move(feed->products));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru::catalog;
    static const auto shop = small_shop();
    const std::string_view sentence(reinterpret_cast<const char*>(data), size);
    const auto read = shop->interpret(sentence);
    const auto results = shop->search(read.query);
    for (const auto& match : results.matches)
        if (results.relaxed.empty() && read.query.price_max &&
            match.product->price.amount > *read.query.price_max)
            __builtin_trap();
    const std::vector<std::string> shown{"1", "2"};
    const auto refined = shop->refine(read.query, sentence, shown);
    if (query_from_json(query_to_json(refined.query)) != refined.query) __builtin_trap();
    static_cast<void>(shop->explain(refined.query));
    static_cast<void>(shop->about("2", sentence, "ko"));
    static_cast<void>(shop->best(shown, sentence, "en"));
    if (const auto named = shop->named(sentence); named && shop->find(*named) == nullptr) __builtin_trap();
    static_cast<void>(shop->chips(refined.query, "en"));
    return 0;
}
