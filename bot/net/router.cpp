#include "bot/net/router.hpp"

#include <algorithm>
#include <stdexcept>

namespace maru::net {
namespace {

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    if (!path.empty()) path.remove_prefix(1);
    for (;;) {
        const auto slash = path.find('/');
        segments.emplace_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return segments;
        path.remove_prefix(slash + 1);
    }
}

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

void Router::add(Route route) {
    if (route.pattern.empty() || route.pattern.front() != '/')
        throw std::invalid_argument("a route's pattern begins with a slash: " + route.pattern);
    if (!route.handler) throw std::invalid_argument("a route needs a handler: " + route.pattern);
    if (route.in_place && route.access != Access::open)
        throw std::invalid_argument("who is logged in is looked up on a worker: " + route.pattern);
    Entry entry{std::move(route), {}, false};
    entry.segments = split(entry.route.pattern);
    if (auto& last = entry.segments.back(); is_parameter(last) && last[last.size() - 2] == '*') {
        last.erase(last.size() - 2, 1);
        entry.rest = true;
    }
    for (const auto& other : entries_)
        if (other.route.method == entry.route.method && other.route.pattern == entry.route.pattern)
            throw std::invalid_argument("two routes for " + entry.route.pattern);
    entries_.push_back(std::move(entry));
}

void Router::get(std::string pattern, Access access, Handler handler) {
    add({Method::get, std::move(pattern), access, std::move(handler), false, 0, true, {}});
}
void Router::post(std::string pattern, Access access, Handler handler) {
    add({Method::post, std::move(pattern), access, std::move(handler), false, 0, true, {}});
}
void Router::put(std::string pattern, Access access, Handler handler) {
    add({Method::put, std::move(pattern), access, std::move(handler), false, 0, true, {}});
}

Router::Match Router::find(Method method, std::string_view path) const {
    const auto segments = split(path);
    Match best;
    std::size_t best_literals = 0;
    bool found = false;
    for (const auto& entry : entries_) {
        const auto wanted = entry.segments.size();
        if (entry.rest ? segments.size() < wanted : segments.size() != wanted) continue;
        std::vector<std::pair<std::string, std::string>> parameters;
        std::size_t literals = 0;
        bool fits = true;
        for (std::size_t i = 0; i < wanted && fits; ++i) {
            const std::string_view pattern = entry.segments[i];
            if (!is_parameter(pattern)) {
                fits = pattern == segments[i];
                ++literals;
                continue;
            }
            std::string name(pattern.substr(1, pattern.size() - 2));
            std::string value;
            const std::size_t last = entry.rest && i + 1 == wanted ? segments.size() : i + 1;
            for (std::size_t k = i; k < last && fits; ++k) {
                auto decoded = percent_decode(segments[k]);
                fits = decoded.has_value();
                if (k > i) value += '/';
                if (fits) value += *decoded;
            }
            fits = fits && !value.empty();
            parameters.emplace_back(std::move(name), std::move(value));
        }
        if (!fits) continue;
        if (entry.route.method != method) {
            const auto name = to_text(entry.route.method);
            if (best.allow.find(name) == std::string::npos)
                best.allow.append(best.allow.empty() ? "" : ", ").append(name);
            if (name == "GET" && best.allow.find("HEAD") == std::string::npos) best.allow += ", HEAD";
            continue;
        }
        // "/flows/versions" comes before "/flows/{file}", in whatever order they were added.
        if (found && literals <= best_literals) continue;
        found = true;
        best_literals = literals;
        best.route = &entry.route;
        best.parameters = std::move(parameters);
    }
    if (!found && best.allow.empty() && otherwise_.handler && method == Method::get) best.route = &otherwise_;
    return best;
}

}  // namespace maru::net
