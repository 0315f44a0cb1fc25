#include <expat.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "catalog/feed_readers.hpp"

namespace maru::catalog {
namespace {

// Follows the elements of an RSS or Atom feed. expat bounds entity expansion itself; texts and depth are
// bounded here.
class FeedWalker {
  public:
    FeedWalker(XML_Parser parser, FeedCollector& into) : parser_(parser), into_(into) {
        XML_SetUserData(parser, this);
        XML_SetElementHandler(parser, &FeedWalker::start, &FeedWalker::end);
        XML_SetCharacterDataHandler(parser, &FeedWalker::text);
    }

  private:
    static void start(void* self, const XML_Char* name, const XML_Char** attributes) {
        static_cast<FeedWalker*>(self)->open(field_name(name), attributes);
    }
    static void end(void* self, const XML_Char* name) {
        static_cast<FeedWalker*>(self)->close(field_name(name));
    }
    static void text(void* self, const XML_Char* bytes, int size) {
        auto& walker = *static_cast<FeedWalker*>(self);
        constexpr std::size_t longest = 1 << 20;
        if (walker.depth_ > 0 && walker.text_.size() < longest)
            walker.text_.append(bytes, static_cast<std::size_t>(size));
    }

    void open(const std::string& name, const XML_Char** attributes) {
        if (depth_ == 0) {
            if (name != "item" && name != "entry") return;
            line_ = static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_));
            row_.emplace(into_.feed.currency);
            depth_ = 1;
            return;
        }
        ++depth_;
        text_.clear();
        if (depth_ == 2 && name == "link")
            for (; *attributes != nullptr; attributes += 2)
                if (std::string_view(attributes[0]) == "href") row_->set("link", attributes[1]);
    }

    void close(const std::string& name) {
        if (depth_ == 0) return;
        if (depth_ == 1) {
            into_.add(*row_, line_);
            row_.reset();
        } else if (depth_ == 2) {
            if (name == "product_detail") {
                if (!detail_name_.empty()) row_->attribute(detail_name_, detail_value_);
                detail_name_.clear();
                detail_value_.clear();
            } else if (name != "shipping" && name != "tax" && name != "additional_image_link") {
                row_->set(name, text_);
            }
        } else if (depth_ == 3) {
            if (name == "attribute_name") detail_name_ = text_;
            if (name == "attribute_value") detail_value_ = text_;
        }
        text_.clear();
        --depth_;
    }

    XML_Parser parser_;
    FeedCollector& into_;
    std::optional<ProductBuilder> row_;
    std::string text_, detail_name_, detail_value_;
    std::uint32_t line_ = 0;
    std::uint32_t depth_ = 0;  // 0 outside an item, 1 in it, …
};

}  // namespace

std::string read_google_xml(std::string_view bytes, FeedCollector& into) {
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
        XML_ParserCreate("UTF-8"), &XML_ParserFree);
    if (!parser) return "no memory for an XML parser";
    const FeedWalker walker(parser.get(), into);
    constexpr std::size_t step = 1 << 20;
    do {
        const auto part = bytes.substr(0, step);
        bytes.remove_prefix(part.size());
        if (XML_Parse(parser.get(), part.data(), static_cast<int>(part.size()), bytes.empty() ? 1 : 0) ==
            XML_STATUS_ERROR)
            return "line " + std::to_string(XML_GetCurrentLineNumber(parser.get())) +
                   ": the XML is broken: " + XML_ErrorString(XML_GetErrorCode(parser.get()));
    } while (!bytes.empty());
    return {};
}

}  // namespace maru::catalog
