#include "bot/insights/hours.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace maru::insights {
namespace {

using namespace std::chrono;
constexpr int lookahead_days = 28;

}  // namespace

bool Hours::open_at(Time at) const {
    if (always) return true;
    const auto local = at + utc_offset;
    const auto day = floor<days>(local);
    if (std::find(holidays.begin(), holidays.end(), day) != holidays.end()) return false;
    const auto minute = static_cast<int>(floor<minutes>(local - day).count());
    const auto& spans = weekly[weekday{day}.c_encoding()];
    return std::any_of(spans.begin(), spans.end(),
                       [&](const auto& span) { return span.first <= minute && minute < span.second; });
}

Millis Hours::between(Time from, Time to) const {
    if (to <= from) return Millis{0};
    if (always) return to - from;
    const auto local_from = from + utc_offset, local_to = to + utc_offset;
    Millis sum{0};
    for (auto day = floor<days>(local_from); day <= local_to; day += days{1}) {
        if (std::find(holidays.begin(), holidays.end(), day) != holidays.end()) continue;
        for (const auto& [open, close] : weekly[weekday{day}.c_encoding()]) {
            const Time begin = std::max<Time>(day + minutes{open}, local_from);
            const Time end = std::min<Time>(day + minutes{close}, local_to);
            if (begin < end) sum += end - begin;
        }
    }
    return sum;
}

std::optional<Time> Hours::next_opening(Time at) const {
    if (open_at(at)) return at;
    const auto local = at + utc_offset;
    const auto first = floor<days>(local);
    for (auto day = first; day < first + days{lookahead_days}; day += days{1}) {
        if (std::find(holidays.begin(), holidays.end(), day) != holidays.end()) continue;
        std::optional<Time> best;
        for (const auto& [open, close] : weekly[weekday{day}.c_encoding()]) {
            const Time begin = day + minutes{open};
            if (begin >= local && (!best || begin < *best)) best = begin;
        }
        if (best) return *best - utc_offset;
    }
    return std::nullopt;
}

std::string Hours::to_json() const {
    nlohmann::json out{{"utc_offset", utc_offset.count()}, {"always", always}, {"weekly", weekly}};
    auto& closed = out["holidays"] = nlohmann::json::array();
    for (const auto day : holidays) closed.push_back(day.time_since_epoch().count());
    return out.dump();
}

Hours Hours::from_json(std::string_view text) {
    try {
        const auto in = nlohmann::json::parse(text);
        Hours hours;
        hours.utc_offset = minutes{in.at("utc_offset").get<int>()};
        hours.always = in.at("always");
        hours.weekly = in.at("weekly").get<decltype(hours.weekly)>();
        for (const auto& day : in.at("holidays")) hours.holidays.emplace_back(days{day.get<int>()});
        return hours;
    } catch (const nlohmann::json::exception& e) {
        throw std::runtime_error(std::string("business hours cannot be read: ") + e.what());
    }
}

}  // namespace maru::insights
