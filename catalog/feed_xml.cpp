#include "catalog/feed_readers.hpp"

namespace maru::catalog {

std::string read_google_xml(std::string_view, FeedCollector&) {
    return "XML feeds cannot be read yet; export the feed as TSV";
}

}  // namespace maru::catalog
