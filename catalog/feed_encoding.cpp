#include <iconv.h>

#include <string>

#include "catalog/feed_readers.hpp"
#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

bool convert(std::string_view bytes, const char* from, std::string& utf8) {
    const auto handle = iconv_open("UTF-8", from);
    if (handle == reinterpret_cast<iconv_t>(-1)) return false;
    utf8.clear();
    utf8.reserve(bytes.size() + bytes.size() / 2);
    // iconv's prototype predates const; it does not write to its input.
    auto* in = const_cast<char*>(bytes.data());
    auto left = bytes.size();
    char buffer[1 << 14];
    bool good = true;
    while (left > 0) {
        auto* out = buffer;
        auto room = sizeof buffer;
        const auto before = left;
        const auto done = iconv(handle, &in, &left, &out, &room);
        utf8.append(buffer, sizeof buffer - room);
        if (done == static_cast<std::size_t>(-1) &&
            (errno != E2BIG || (left == before && room == sizeof buffer))) {
            good = false;
            break;
        }
    }
    iconv_close(handle);
    return good;
}

}  // namespace

bool to_utf8(std::string_view bytes, std::string& utf8) {
    utf8.clear();
    if (bytes.starts_with("\xFF\xFE")) return convert(bytes.substr(2), "UTF-16LE", utf8);
    if (bytes.starts_with("\xFE\xFF")) return convert(bytes.substr(2), "UTF-16BE", utf8);
    if (text::is_utf8(bytes)) return true;
    if (convert(bytes, "CP949", utf8)) return true;
    // Mostly UTF-8 with a broken row here and there: those rows are reported one by one.
    utf8.clear();
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
