#include <string>
#include <utility>

#include "catalog/feed_readers.hpp"
#include "nlu/text/encoding.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {

bool to_utf8(std::string_view bytes, std::string& utf8) {
    utf8.clear();
    if (text::is_utf8(bytes)) return true;
    if (auto text = text::decoded(bytes)) {
        utf8 = std::move(*text);
        return true;
    }
    // Mostly UTF-8 with a broken row here and there: those rows are reported one by one.
    std::size_t broken = 0;
    std::size_t lines = 0;
    for (auto rest = bytes; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        broken += text::is_utf8(rest.substr(0, end)) ? 0 : 1;
        ++lines;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return broken * 2 < lines;
}

}  // namespace maru::catalog
