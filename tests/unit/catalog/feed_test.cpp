#include <algorithm>

#include "shop.hpp"

using namespace maru::catalog;

namespace {

FeedOptions lenient() {
    FeedOptions options;
    options.max_bad_share = 0.99;
    return options;
}

// The reason given for a line; empty when there is none.
std::string reason(const std::vector<RowError>& errors, std::uint32_t line) {
    for (const auto& error : errors)
        if (error.line == line) return error.reason;
    return {};
}

}  // namespace

TEST_CASE("JSON lines: a whole row") {
    const auto feed = read_feed(
        R"({"id":"a1","title":"전기포트","price":"39900 KRW","sale_price":"29900 KRW","availability":"in stock","brand":"테팔",)"
        R"("product_type":"주방 > 전기포트","color":"화이트","rating":4.5,"popularity":0.25,"item_group_id":"g","mpn":"KO1",)"
        R"("custom_label":"x","attributes":{"용량":"1.7L","무선":true,"단수":6.0,"색":["a","b"]},)"
        R"("locales":{"en":{"title":"Electric kettle","brand":"Tefal","attributes":{"capacity":"1.7 L"}}}})"
        "\n");
    REQUIRE(feed.has_value());
    REQUIRE(feed->products.size() == 1);
    const auto& product = feed->products[0];
    CHECK(product.price == Price{29900, "KRW"});
    CHECK(product.list_price == Price{39900, "KRW"});
    CHECK(product.in_stock());
    CHECK(product.rating == 4.5);
    CHECK(product.popularity == 0.25);
    CHECK(
        product.attributes ==
        Attributes{{"custom_label", "x"}, {"용량", "1.7L"}, {"무선", "true"}, {"단수", "6"}, {"색", "a, b"}});
    CHECK(product.texts("en").title == "Electric kettle");
    CHECK(product.texts("en").brand == "Tefal");
    CHECK(product.texts("en").color == "화이트");
    CHECK(product.texts("en").attributes == Attributes{{"capacity", "1.7 L"}});
    CHECK(product.texts("fr").title == "전기포트");
    CHECK(feed->currency == "KRW");
}

TEST_CASE("a JSON array: each product by itself") {
    const auto feed = read_feed(
        "\xEF\xBB\xBF \n[\n"
        R"({"id":"a","title":"one ] \" } [","price":"1 KRW"},)"
        "\n{\n"
        R"("id":"b","title":"two","price":"2 KRW","attributes":{"size":["S","M"]}})"
        "\n,\n"
        R"({"id":"c", oops}, 7, {"id":"d","title":"four","price":"4 KRW"} ] )"
        "\n",
        lenient());
    REQUIRE(feed.has_value());
    REQUIRE(feed->products.size() == 3);
    CHECK(feed->products[0].text.title == "one ] \" } [");
    CHECK(feed->products[2].id == "d");
    REQUIRE(feed->errors.size() == 2);
    CHECK(reason(feed->errors, 7) == "is not valid JSON at column 12");
    for (const auto* broken :
         {R"([{"id":"a","title":"x","price":"1 KRW"})", R"([{"id":"a","title":"x)", "[{",
          R"([{"id":"a","title":"x","price":"1 KRW"}] more)", "[ ]", "[{]", R"([{"a":"\)"}) {
        CAPTURE(broken);
        CHECK(read_feed(broken, lenient()).has_error());
    }
    // A table whose first column has an odd name is still one.
    CHECK(read_feed("[id],title,price\n1,x,2 KRW\n", lenient()).has_error());
}

TEST_CASE("bad rows are named with line and reason, and the good ones stay") {
    const std::string text =
        "{\"id\":\"1\",\"title\":\"A\",\"price\":\"1 KRW\"}\n"
        "\n"
        "not json\n"
        "{\"id\":\"2\",\"title\":\"B\"}\n"
        "{\"title\":\"B\",\"price\":\"1 KRW\"}\n"
        "{\"id\":\"3\",\"price\":\"1 KRW\"}\n"
        "{\"id\":\"4\",\"title\":\"B\",\"price\":\"cheap\"}\n"
        "{\"id\":\"1\",\"title\":\"B\",\"price\":\"1 KRW\"}\n"
        "{\"id\":\"5\",\"title\":\"B\",\"price\":\"1 USD\"}\n"
        "{\"id\":\"6\",\"title\":\"B\",\"price\":\"1 KRW\",\"availability\":\"maybe\"}\n"
        "{\"id\":\"7\",\"title\":\"B\",\"price\":\"1 KRW\",\"rating\":9}\n"
        "[1,2]\n"
        "{\"id\":\"8\",\"title\":\"B\",\"price\":\"1 KRW\",\"a\":" +
        std::string(20, '[') + std::string(20, ']') +
        "}\n"
        "{\"id\":\"9\",\"title\":\"B\xFF\",\"price\":\"1 KRW\"}\n"
        "{\"id\":\"10\",\"title\":\"C\",\"price\":\"2 KRW\"}";
    const auto feed = read_feed(text, lenient());
    REQUIRE(feed.has_value());
    CHECK(feed->products.size() == 2);
    CHECK(feed->rows == 14);
    CHECK(feed->skipped == 12);
    CHECK(reason(feed->errors, 3).find("not valid JSON") != std::string::npos);
    CHECK(reason(feed->errors, 4) == "price is missing");
    CHECK(reason(feed->errors, 5) == "id is missing");
    CHECK(reason(feed->errors, 6) == "title is missing");
    CHECK(reason(feed->errors, 7).find("price \"cheap\"") != std::string::npos);
    CHECK(reason(feed->errors, 8) == "id was already used in line 1");
    CHECK(reason(feed->errors, 9).find("USD") != std::string::npos);
    CHECK(reason(feed->errors, 10).find("availability \"maybe\"") != std::string::npos);
    CHECK(reason(feed->errors, 11).find("rating") != std::string::npos);
    CHECK(reason(feed->errors, 12) == "a row must be an object");
    CHECK(reason(feed->errors, 13).find("nested deeper") != std::string::npos);
    CHECK_FALSE(reason(feed->errors, 14).empty());
}

TEST_CASE("too many bad rows refuse the feed, and say so") {
    const auto feed = read_feed("{\"id\":\"1\",\"title\":\"A\",\"price\":\"1 KRW\"}\nbad\n");
    REQUIRE(feed.has_error());
    CHECK(feed.error().message.find("1 of 2 rows are bad") != std::string::npos);
    REQUIRE(feed.error().errors.size() == 1);
    CHECK(feed.error().errors[0].line == 2);
    CHECK(read_feed("").has_error());
    CHECK(read_feed("\n \n").has_error());
}

TEST_CASE("CSV: quotes, a byte order mark, CP949, Korean column names") {
    const std::string csv =
        "\xEF\xBB\xBF"
        "id,title,price,title_en,방수\r\n"
        "a,\"머그, \"\"큰\"\" 것\",\"12,000 KRW\",Big mug,IPX4\r\n"
        "b,\"두\n줄\",5000 KRW,,\r\n"
        "c,too,1 KRW,many,cells,here\r\n";
    const auto feed = read_feed(csv, lenient());
    REQUIRE(feed.has_value());
    CHECK(feed->format == FeedFormat::csv);
    REQUIRE(feed->products.size() == 2);
    CHECK(feed->products[0].text.title == "머그, \"큰\" 것");
    CHECK(feed->products[0].texts("en").title == "Big mug");
    CHECK(feed->products[0].attributes == Attributes{{"방수", "IPX4"}});
    CHECK(feed->products[1].text.title == "두 줄");
    CHECK(reason(feed->errors, 5) == "has 6 cells, the header has 5");

    // 상품번호,상품명,판매가 / 1,무선 마우스,"24,900원" in CP949
    const std::string cp949 =
        "\xBB\xF3\xC7\xB0\xB9\xF8\xC8\xA3,\xBB\xF3\xC7\xB0\xB8\xED,\xC6\xC7\xB8\xC5\xB0\xA1\n"
        "1,\xB9\xAB\xBC\xB1 \xB8\xB6\xBF\xEC\xBD\xBA,\"24,900\xBF\xF8\"\n";
    const auto korean = read_feed(cp949);
    REQUIRE(korean.has_value());
    CHECK(korean->products[0].text.title == "무선 마우스");
    CHECK(korean->products[0].price == Price{24900, "KRW"});

    const auto headless = read_feed("name,cost\nx,1\n");
    REQUIRE(headless.has_error());
    CHECK(headless.error().message.find("no column \"id\"") != std::string::npos);
    const auto open = read_feed("id,title,price\n1,\"never closed,1 KRW\n2,B,1 KRW\n3,C,1 KRW\n", lenient());
    REQUIRE(open.has_value());
    CHECK(open->products.size() == 2);
    CHECK(reason(open->errors, 2).find("not closed") != std::string::npos);
}

TEST_CASE("TSV with Google's spelled-out names") {
    const auto feed = read_feed(
        "id\ttitle\timage link\tproduct type\tprice\tavailability\n1\tMouse\thttp://x/y.jpg\tA > B\t9.99 "
        "USD\tin stock\n");
    REQUIRE(feed.has_value());
    CHECK(feed->format == FeedFormat::tsv);
    CHECK(feed->products[0].image_link == "http://x/y.jpg");
    CHECK(feed->products[0].text.product_type == "A > B");
}

TEST_CASE("Shopify: variants span rows, further images are no products") {
    const std::string csv =
        "Handle,Title,Body (HTML),Vendor,Type,Published,Option1 Name,Option1 Value,Variant SKU,Variant "
        "Inventory Qty,Variant Price,"
        "Variant Compare At Price,Image Src\n"
        "shirt,Linen shirt,<p>Light</p>,Acme,Shirts,true,Color,Red,S-R,3,20.00,25.00,http://x/1.jpg\n"
        "shirt,,,,,,,Blue,S-B,0,20.00,,http://x/2.jpg\n"
        "shirt,,,,,,,,,,,,http://x/3.jpg\n"
        "mug,Mug,,Acme,Cups,true,Title,Default Title,,5,9.50,,http://x/4.jpg\n";
    FeedOptions options;
    options.currency = "USD";
    const auto feed = read_feed(csv, options);
    REQUIRE(feed.has_value());
    CHECK(feed->format == FeedFormat::shopify_csv);
    REQUIRE(feed->products.size() == 3);
    CHECK(feed->products[0].id == "S-R");
    CHECK(feed->products[0].text.title == "Linen shirt - Red");
    CHECK(feed->products[0].text.color == "Red");
    CHECK(feed->products[0].price == Price{2000, "USD"});
    CHECK(feed->products[0].list_price == Price{2500, "USD"});
    CHECK(feed->products[1].item_group_id == "shirt");
    CHECK_FALSE(feed->products[1].in_stock());
    CHECK(feed->products[2].text.title == "Mug");
}

TEST_CASE("Google XML: RSS items and Atom entries, with broken items among them") {
    const std::string rss =
        "<?xml version=\"1.0\"?><rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel><title>Shop</title>\n"
        "<item><g:id>1</g:id><title>Mouse &amp; pad</title><g:price>9.99 USD</g:price><g:product_detail>"
        "<g:attribute_name>DPI</g:attribute_name><g:attribute_value>1600</g:attribute_value></"
        "g:product_detail></item>\n"
        "<item><g:id>2</g:id><title>No price</title></item>\n"
        "<item><g:id>3</g:id><g:title><![CDATA[A <b>kettle</b>]]></g:title><g:price>5 USD</g:price></item>\n"
        "</channel></rss>";
    const auto feed = read_feed(rss, lenient());
    REQUIRE(feed.has_value());
    CHECK(feed->format == FeedFormat::google_xml);
    REQUIRE(feed->products.size() == 2);
    CHECK(feed->products[0].text.title == "Mouse & pad");
    CHECK(feed->products[0].attributes == Attributes{{"DPI", "1600"}});
    CHECK(feed->products[1].text.title == "A <b>kettle</b>");
    CHECK(reason(feed->errors, 3) == "price is missing");
    const auto cut = read_feed("<rss><channel><item><id>1</id>", lenient());
    REQUIRE(cut.has_error());
    CHECK(cut.error().message.find("line 1") != std::string::npos);
}

TEST_CASE("the same bytes have the same hash, others another") {
    CHECK(feed_hash("a") == feed_hash("a"));
    CHECK(feed_hash("a") != feed_hash("b"));
}

TEST_CASE("patches of price and stock") {
    const auto lines = read_patches(
        "{\"id\":\"a\",\"price\":\"10 KRW\",\"sale_price\":\"8 KRW\"}\n{\"id\":\"b\",\"availability\":\"sold "
        "out\"}\nx\n{\"id\":\"c\",\"price\":\"1 USD\"}\n",
        "KRW");
    REQUIRE(lines.patches.size() == 2);
    CHECK(lines.patches[0].price == Price{8, "KRW"});
    CHECK(lines.patches[0].list_price == Price{10, "KRW"});
    CHECK(lines.patches[1].availability == "out_of_stock");
    REQUIRE(lines.errors.size() == 2);
    CHECK(lines.errors[0].line == 3);
    CHECK(lines.errors[1].reason == "price is not in KRW");
    CHECK(read_patches("[{\"id\":\"a\",\"price\":12900}]", "KRW").patches.at(0).price == Price{12900, "KRW"});
    CHECK(read_patches("[", "KRW").errors.size() == 1);
}
