#include "nlu/text/unicode.hpp"

#include <utf8proc.h>

namespace maru::text {

bool is_utf8(std::string_view bytes) noexcept {
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(bytes.data());
    auto left = static_cast<utf8proc_ssize_t>(bytes.size());
    while (left > 0) {
        if (*at < 0x80) {
            ++at, --left;
            continue;
        }
        utf8proc_int32_t code = 0;
        const auto used = utf8proc_iterate(at, left, &code);
        if (used <= 0) return false;
        at += used, left -= used;
    }
    return true;
}

}  // namespace maru::text
