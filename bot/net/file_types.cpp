#include "bot/net/file_types.hpp"

#include <array>

namespace maru::net {
namespace {

struct Type {
    std::string_view extension, type;
};
constexpr std::array types{
    Type{".html", "text/html; charset=utf-8"},
    Type{".js", "text/javascript; charset=utf-8"},
    Type{".mjs", "text/javascript; charset=utf-8"},
    Type{".css", "text/css; charset=utf-8"},
    Type{".json", "application/json"},
    Type{".map", "application/json"},
    Type{".webmanifest", "application/manifest+json"},
    Type{".yaml", "application/yaml"},
    Type{".yml", "application/yaml"},
    Type{".txt", "text/plain; charset=utf-8"},
    Type{".svg", "image/svg+xml"},
    Type{".png", "image/png"},
    Type{".jpg", "image/jpeg"},
    Type{".jpeg", "image/jpeg"},
    Type{".webp", "image/webp"},
    Type{".avif", "image/avif"},
    Type{".gif", "image/gif"},
    Type{".ico", "image/x-icon"},
    Type{".woff2", "font/woff2"},
    Type{".mp3", "audio/mpeg"},
    Type{".mp4", "video/mp4"},
    Type{".webm", "video/webm"},
    Type{".pdf", "application/pdf"},
};

}  // namespace

std::string_view extension_of(std::string_view path) {
    const auto slash = path.rfind('/');
    const auto name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

std::string_view type_of_file(std::string_view path) {
    const auto extension = extension_of(path);
    for (const auto& [known, type] : types)
        if (known == extension) return type;
    return {};
}

}  // namespace maru::net
