// The wrong keyboard layout, undone both ways: Korean two-set (2-beolsik, KS X 5002) against US QWERTY.
//
// Pure functions, any thread, linear time. Characters that no letter key produces are kept.
#pragma once

#include <string>
#include <string_view>

namespace maru::text {

// What was meant by Latin letters typed for Hangul: "dkssud" → "안녕", "Tkdy" → "싸요" (upper case is Shift).
[[nodiscard]] std::string hangul_from_qwerty(std::string_view typed);

// What was meant by Hangul typed for Latin: "ㅗㄷㅣㅣㅐ" → "hello", "애" → "do"… in lower case.
[[nodiscard]] std::string qwerty_from_hangul(std::string_view typed);

}  // namespace maru::text
