// What the readers of the feed formats share. Internal to catalog/.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "catalog/feed.hpp"
#include "catalog/product_builder.hpp"

namespace maru::catalog {

// Takes rows as they come, keeps the good ones and lists the bad ones.
class FeedCollector {
  public:
    explicit FeedCollector(const FeedOptions& options) : options_(options) {
        feed.currency = options.currency;
    }

    // Takes over what `builder` has; `syntax_error` (if any) says why the row could not even be read.
    void add(ProductBuilder& builder, std::uint32_t line, std::string syntax_error = {});
    void bad(std::uint32_t line, std::string id, std::string reason);

    // The feed, or the refusal when too large a share of its rows is bad.
    [[nodiscard]] FeedResult finish() &&;

    Feed feed;

  private:
    void count();

    const FeedOptions& options_;
    std::unordered_map<std::string, std::uint32_t> lines_;  // id → line
};

// `bytes` in UTF-8, without a byte order mark. Failing syntax inside a row is that row's error; nullopt-like
// failures of the whole (an unclosed document) come back as a message, empty when all went well.
[[nodiscard]] std::string read_json_lines(std::string_view bytes, FeedCollector& into);
[[nodiscard]] std::string read_table(std::string_view bytes, char separator, FeedCollector& into);
[[nodiscard]] std::string read_shopify(std::string_view bytes, FeedCollector& into);
[[nodiscard]] std::string read_google_xml(std::string_view bytes, FeedCollector& into);

// UTF-8 (with or without mark), UTF-16 with mark, or CP949, told apart by content → UTF-8. False: none of
// them.
[[nodiscard]] bool to_utf8(std::string_view bytes, std::string& utf8);

}  // namespace maru::catalog
