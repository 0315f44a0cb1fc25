// The whole pipeline of understanding on arbitrary bytes: spans stay inside, results stay sound, nothing
// throws.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "nlu/engine.hpp"
#include "nlu/text/hangul.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/keyboard.hpp"
#include "nlu/text/unicode.hpp"
#include "tests/unit/nlu/bot.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    const std::string text(reinterpret_cast<const char*>(data), size);
    static const auto engine = test::shop_engine();
    nlu::Context context;
    context.waiting = size % 2 == 0;
    const auto meaning = engine->understand(text, context);
    require(text::is_utf8(meaning.text));
    for (const auto& entity : meaning.entities) {
        require(entity.span.begin < entity.span.end && entity.span.end <= text.size());
        require(text.substr(entity.span.begin, entity.span.end - entity.span.begin) == entity.text);
    }
    require(!explain(meaning).empty());
    (void)engine->mask_profanity(text);
    require(text::is_utf8(text::compose_letters(text)));
    (void)text::hangul_from_qwerty(text);
    (void)text::qwerty_from_hangul(text);
    (void)text::resolve_josa(text);
    (void)text::strip_endings(text);
    return 0;
}
