#include "nlu/text/encoding.hpp"

#include <iconv.h>

#include <array>
#include <cerrno>

#include "nlu/text/unicode.hpp"

namespace maru::text {
namespace {

std::optional<std::string> converted(std::string_view bytes, const char* from) {
    const auto handle = iconv_open("UTF-8", from);
    if (handle == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 2);
    // iconv's prototype predates const; it does not write to its input.
    auto* in = const_cast<char*>(bytes.data());
    auto left = bytes.size();
    std::array<char, 4096> buffer{};
    bool good = true;
    while (good && left > 0) {
        auto* to = buffer.data();
        auto room = buffer.size();
        const bool failed = iconv(handle, &in, &left, &to, &room) == static_cast<std::size_t>(-1);
        good = !failed || errno == E2BIG;
        out.append(buffer.data(), buffer.size() - room);
    }
    iconv_close(handle);
    if (!good) return std::nullopt;
    return out;
}

}  // namespace

std::optional<std::string> decoded(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return converted(bytes.substr(2), "UTF-16LE");
    if (bytes.starts_with("\xFE\xFF")) return converted(bytes.substr(2), "UTF-16BE");
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (is_utf8(bytes)) return std::string(bytes);
    return converted(bytes, "CP949");
}

}  // namespace maru::text
