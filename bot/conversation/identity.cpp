#include "bot/conversation/identity.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace maru {
namespace {

std::string hmac_sha256_hex(std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string out;
    for (unsigned int i = 0; i < size; ++i)
        out.append(1, hex[digest[i] >> 4U]).append(1, hex[digest[i] & 15U]);
    return out;
}

}  // namespace

Visitor identified(const wire::Identity& identity, const std::string& site, const Settings& settings,
                   Visitor known) {
    bool verified = false;
    for (const auto& one : settings.sites) {
        if (one.id != site || one.identity_secret.empty()) continue;
        const auto expected = hmac_sha256_hex(one.identity_secret, identity.id);
        auto given = identity.hmac;  // hex is hex, whatever the letters' case
        for (char& c : given)
            if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
        verified = expected.size() == given.size() &&
                   CRYPTO_memcmp(expected.data(), given.data(), expected.size()) == 0;
        if (!verified) return known;
    }
    known.verified = verified;
    if (!identity.id.empty()) known.id = identity.id;
    if (!identity.name.empty()) known.name = identity.name;
    if (!identity.email.empty()) known.email = identity.email;
    return known;
}

nlohmann::json survey_frame(const SurveyNotice& survey, std::string_view locale) {
    const bool ko = locale == "ko";
    return {{"type", "survey"},
            {"survey", to_text(survey.id)},
            {"kind", survey.kind},
            {"question", survey.question},
            {"scale",
             {{"min", 1},
              {"max", 5},
              {"labels", ko ? nlohmann::json{"매우 불만족", "불만족", "보통", "만족", "매우 만족"}
                            : nlohmann::json{"Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied",
                                             "Very satisfied"}}}}};
}

}  // namespace maru
