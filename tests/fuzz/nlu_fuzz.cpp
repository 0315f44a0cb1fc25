// The whole pipeline of understanding on arbitrary bytes: spans stay inside, results stay sound, nothing
// throws.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "nlu/calibration.hpp"
#include "nlu/classifier.hpp"
#include "nlu/engine.hpp"
#include "nlu/text/hangul.hpp"
#include "nlu/text/josa.hpp"
#include "nlu/text/keyboard.hpp"
#include "nlu/text/unicode.hpp"
#include "nlu/training_texts.hpp"
#include "tests/unit/nlu/bot.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

// A kept model with bytes exchanged: refused, or as good as any.
void read_changed_model(const maru::nlu::Engine& engine, std::string_view changes) {
    using namespace maru;
    static const auto training = nlu::training_options({});
    static const auto kept = [&] {
        // Behind the key's two lines and the calibration stands the classifier.
        const auto model = engine.model();
        std::string_view rest = model;
        for (int line = 0; line < 2; ++line) rest.remove_prefix(rest.find('\n') + 1);
        nlu::Calibration calibration;
        require(calibration.load(rest));
        return std::string(rest);
    }();
    auto model = kept;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(changes[i]); };
    for (std::size_t i = 0; i + 4 < changes.size() && i < 40; i += 5) {
        // Half of the changes go to the first bytes, where the sizes stand.
        const auto place = (std::size_t{byte(i)} << 16 | std::size_t{byte(i + 1)} << 8 | byte(i + 2));
        model[byte(i + 3) % 2 == 0 ? place % 64 : place % model.size()] = changes[i + 4];
    }
    if (changes.size() % 3 == 0) model.resize(model.size() - std::min(model.size(), changes.size()));
    nlu::Classifier classifier;
    std::string_view in = model;
    if (!classifier.load(in, training.features, training.meanings)) return;
    nlu::Classifier::Scratch scratch;
    classifier.classify(nlu::split_words("배송 얼마나 걸려요 refund"), scratch);
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
    read_changed_model(*engine, text);
    require(text::is_utf8(text::compose_letters(text)));
    (void)text::hangul_from_qwerty(text);
    (void)text::qwerty_from_hangul(text);
    (void)text::resolve_josa(text);
    (void)text::strip_endings(text);
    return 0;
}
