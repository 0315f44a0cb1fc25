// Korean written without blanks: "무선이어폰추천해주세요". Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace maru::catalog {

// `sentence` with a blank before what asks ("추천해 …", "있어요", "얼마 …") and before a sum in words
// ("오만원") where they hang on the name of goods. Text that has none of that comes back as it is.
[[nodiscard]] std::string spaced_requests(std::string_view sentence);

}  // namespace maru::catalog
