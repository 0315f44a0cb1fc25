#include "bot/content/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "bot/content/phrases.hpp"
#include "bot/handoff/readiness.hpp"
#include "catalog/money.hpp"
#include "flows/yaml/node.hpp"
#include "flows/yaml/reader.hpp"

namespace maru {
namespace {

using flows::yaml::Context;
using flows::yaml::Entry;
using flows::yaml::Node;
using flows::yaml::Reader;

// Puts `value` at a dotted path, making maps on the way.
void set_at(Node& root, std::string_view key, Node value) {
    Node* at = &root;
    while (true) {
        if (!at->is_map()) {
            *at = Node{};
            at->kind = Node::Kind::map;
        }
        const auto dot = key.find('.');
        const auto name = key.substr(0, dot);
        auto found = std::find_if(at->entries.begin(), at->entries.end(),
                                  [&](const Entry& entry) { return entry.key == name; });
        if (found == at->entries.end())
            found = at->entries.insert(at->entries.end(), Entry{std::string(name), {}, {}});
        at = &found->value;
        if (dot == std::string_view::npos) break;
        key.remove_prefix(dot + 1);
    }
    *at = std::move(value);
}

void apply(Node& root, const std::vector<Override>& overrides, flows::Problems& problems) {
    for (const auto& one : overrides) {
        const auto file = "--set " + one.key;
        auto value = flows::yaml::parse(one.value, file, problems);
        if (!value) continue;
        if (value->is_null()) {
            value->kind = Node::Kind::scalar;  // an empty value is an empty text
        }
        set_at(root, one.key, std::move(*value));
    }
}

std::optional<int> minute_of_day(std::string_view text) {
    int hour = 0, minute = 0;
    const auto* end = text.data() + text.size();
    const auto [h, h_error] = std::from_chars(text.data(), end, hour);
    if (h_error != std::errc() || h == end || *h != ':') return std::nullopt;
    const auto [m, m_error] = std::from_chars(h + 1, end, minute);
    if (m_error != std::errc() || m != end || hour < 0 || hour > 24 || minute < 0 || minute > 59 ||
        (hour == 24 && minute > 0))
        return std::nullopt;
    return hour * 60 + minute;
}

void read_hours(const Node& node, const Context& context, insights::Hours& hours) {
    Reader r(node, context, "`hours`");
    hours.always = r.optional_bool("always", !r.has("weekly"));
    const auto offset = r.optional_string("utc_offset", "+09:00");
    if (const auto minutes =
            offset.size() == 6 ? minute_of_day(std::string_view(offset).substr(1)) : std::nullopt;
        minutes && (offset[0] == '+' || offset[0] == '-')) {
        hours.utc_offset = std::chrono::minutes{offset[0] == '-' ? -*minutes : *minutes};
    } else {
        r.error("utc_offset", fmt::format("\"{}\" is no offset from UTC; write it like \"+09:00\"", offset));
    }
    static constexpr std::array<std::string_view, 7> names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
    if (const auto* weekly = r.map("weekly")) {
        Reader days(*weekly, context, "`weekly`");
        for (std::size_t day = 0; day < names.size(); ++day) {
            for (const auto& span : days.optional_strings(names[day])) {
                const auto dash = span.find('-');
                const auto open = minute_of_day(std::string_view(span).substr(0, dash));
                const auto close = dash == std::string::npos
                                       ? std::nullopt
                                       : minute_of_day(std::string_view(span).substr(dash + 1));
                if (open && close && *open < *close)
                    hours.weekly[day].emplace_back(*open, *close);
                else
                    days.error(
                        names[day],
                        fmt::format("\"{}\" is no span of a day; write it like \"09:00-18:00\"", span));
            }
        }
        days.finish();
    }
    for (const auto& day : r.optional_strings("holidays")) {
        const auto at = day.size() == 10 ? parse_time(day) : std::nullopt;
        if (at)
            hours.holidays.push_back(std::chrono::floor<std::chrono::days>(*at));
        else
            r.error("holidays", fmt::format("\"{}\" is no date; write it like \"2026-12-25\"", day));
    }
    r.finish();
}

void read_site(const Node& node, const Context& context, std::vector<Site>& sites) {
    Reader r(node, context, "a site");
    Site site;
    site.id = r.required_id("id");
    site.origins = r.required_strings("origins");
    for (const auto& origin : site.origins) {
        const bool whole =
            origin == "self" || ((origin.starts_with("https://") || origin.starts_with("http://")) &&
                                 origin.find('/', origin.find("://") + 3) == std::string::npos);
        if (!whole)
            r.error("origins",
                    fmt::format("\"{}\" is no origin; write it like \"https://www.shop.example\" or \"self\"",
                                origin));
    }
    site.identity_secret = r.optional_string("identity_secret");
    r.finish();
    if (std::any_of(sites.begin(), sites.end(), [&](const Site& other) { return other.id == site.id; }))
        context.error(node.at, fmt::format("there is a site `{}` already", site.id));
    else
        sites.push_back(std::move(site));
}

// A text with buttons, as greeting and fallback are.
void read_saying(Reader& r, std::string_view key, const Context& context, flows::LocalText& text,
                 std::vector<flows::QuickReply>& replies) {
    const auto* node = r.child(key);
    if (node == nullptr) return;
    if (flows::yaml::looks_like_text(*node)) {
        if (auto plain = flows::yaml::read_text(*node, fmt::format("`{}`", key), context))
            text = std::move(*plain);
        return;
    }
    Reader own(*node, context, fmt::format("`{}`", key));
    if (own.has("text")) text = own.required_text("text");
    if (const auto* list = own.list("quick_replies")) replies = flows::read_quick_replies(*list, context);
    own.finish();
}

void read_limits(const Node& node, const Context& context, net::Limits& limits) {
    Reader r(node, context, "`limits`");
    const auto count = [&](std::string_view key, std::size_t fallback, std::int64_t least,
                           std::int64_t most) {
        return static_cast<std::size_t>(
            r.optional_int(key, static_cast<std::int64_t>(fallback), least, most));
    };
    limits.rates = r.optional_bool("rate", limits.rates);
    limits.frame_bytes = count("frame", limits.frame_bytes, 1024, 16 << 20);
    limits.text.text = count("text", limits.text.text, 1, 1'000'000);
    limits.unacked = static_cast<unsigned>(count("unacked", limits.unacked, 1, 10'000));
    limits.connections = count("connections", limits.connections, 1, 1'000'000);
    limits.connections_per_address =
        count("connections_per_address", limits.connections_per_address, 1, 1'000'000);
    limits.outbound_bytes = count("outbound_bytes", limits.outbound_bytes, 4096, std::int64_t{1} << 30);
    limits.header_bytes = count("header_bytes", limits.header_bytes, 1024, 1 << 20);
    limits.body_bytes = count("body_bytes", limits.body_bytes, 1024, std::int64_t{1} << 30);
    const auto rate = [&](std::string_view key, net::Rate fallback) {
        const double per_second = r.optional_number(key, fallback.per_second, 0, 1e6);
        return per_second == fallback.per_second ? fallback : net::Rate{per_second, per_second * 3};
    };
    limits.frames = rate("frames_per_second", limits.frames);
    limits.address_frames = rate("frames_per_second_per_address", limits.address_frames);
    limits.requests = rate("requests_per_second", limits.requests);
    limits.handshakes = rate("handshakes_per_second", limits.handshakes);
    const auto span = [&](std::string_view key, net::Limits::Span fallback) {
        return std::max(net::Limits::Span{1},
                        std::chrono::duration_cast<net::Limits::Span>(
                            r.optional_duration(key, std::chrono::duration_cast<Millis>(fallback))));
    };
    limits.header_time = span("header_time", limits.header_time);
    limits.hello_time = span("hello_time", limits.hello_time);
    limits.ping_after = span("ping_after", limits.ping_after);
    r.finish();
}

}  // namespace

Settings read_settings(std::string_view yaml, const std::vector<Override>& overrides,
                       flows::Problems& problems) {
    Settings s;
    s.phrases = default_phrases();
    for (const auto& kind : handoff::signal_kinds()) s.readiness.weights.emplace(kind.name, kind.weight);
    Context context{"bot.yaml", problems, {}};
    auto root = flows::parse_file(yaml, context);
    if (!root) return s;
    apply(*root, overrides, problems);
    Reader r(*root, context, "bot.yaml");
    (void)r.version(1);
    if (r.has("locales")) s.locales = r.required_strings("locales");
    for (const auto& locale : s.locales)
        if (locale != "ko" && locale != "en")
            r.error("locales", fmt::format("`{}` is not spoken yet; known are ko, en", locale));
    if (s.locales.empty()) s.locales = {"ko", "en"};
    context.locales = s.locales;
    s.name = r.required_text("name");
    s.avatar = r.optional_string("avatar");
    s.currency = r.optional_string("currency", s.currency);
    if (const auto* rates = r.map("rates")) {
        for (const auto& entry : rates->entries)
            if (const auto rate = flows::yaml::read_number(entry.value, fmt::format("`rates.{}`", entry.key),
                                                           context, 0.000001, 1e9))
                s.rates.emplace(entry.key, *rate);
    }
    if (const auto* node = r.map("delivery")) {
        Reader own(*node, context, "`delivery`");
        constexpr double unsaid = -1, most = 1e9;
        const auto minor = [&](double major) {
            return major < 0 ? std::int64_t{-1}
                             : std::llround(major * std::pow(10.0, catalog::minor_digits(s.currency)));
        };
        s.delivery.fee = minor(own.optional_number("fee", unsaid, 0, most));
        s.delivery.free_from = minor(own.optional_number("free_from", unsaid, 0, most));
        if (own.child("fee") == nullptr)
            own.error("fee",
                      "`delivery` needs `fee`, what an order's delivery costs; `fee: 0` where it is free");
        own.finish();
    }
    s.order_number = r.optional_string("order_number");
    if (const auto* sites = r.required_list("sites"))
        for (const auto& site : sites->items) read_site(site, context, s.sites);
    read_saying(r, "greeting", context, s.phrases.all["greeting"], s.greeting_replies);
    read_saying(r, "fallback", context, s.phrases.all["fallback"], s.fallback_replies);
    if (const auto* phrases = r.map("phrases")) {
        const auto known = phrase_keys();
        for (const auto& entry : phrases->entries) {
            if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
                context.error(entry.key_at, fmt::format("unknown phrase `{}`{}", entry.key,
                                                        flows::yaml::suggestion(entry.key, known)));
            } else if (auto text =
                           flows::yaml::read_text(entry.value, fmt::format("`{}`", entry.key), context)) {
                s.phrases.all[entry.key] = std::move(*text);
            }
        }
    }
    if (const auto* hours = r.map("hours")) read_hours(*hours, context, s.hours);
    if (const auto* node = r.map("readiness")) {
        Reader own(*node, context, "`readiness`");
        s.readiness.threshold = own.optional_number("threshold", s.readiness.threshold, 0.01, 1000);
        s.readiness.half_life =
            std::max(Millis{1000}, own.optional_duration("half_life", s.readiness.half_life));
        if (const auto* weights = own.map("weights")) {
            std::vector<std::string_view> names;
            for (const auto& kind : handoff::signal_kinds()) names.push_back(kind.name);
            for (const auto& entry : weights->entries) {
                if (!s.readiness.weights.contains(entry.key))
                    context.error(entry.key_at, fmt::format("unknown signal `{}`{}", entry.key,
                                                            flows::yaml::suggestion(entry.key, names)));
                else if (const auto weight = flows::yaml::read_number(
                             entry.value, fmt::format("`{}`", entry.key), context, 0, 100))
                    s.readiness.weights[entry.key] = *weight;
            }
        }
        own.finish();
    }
    if (const auto* node = r.map("handoff")) {
        Reader own(*node, context, "`handoff`");
        s.handoff.requeue_after = own.optional_duration("requeue_after", s.handoff.requeue_after);
        s.handoff.sla = own.optional_duration("sla", s.handoff.sla);
        s.handoff.bot_failed_after =
            static_cast<int>(own.optional_int("bot_failed_after", s.handoff.bot_failed_after, 1, 100));
        s.handoff.upset_at = own.optional_number("upset_at", s.handoff.upset_at, 0, 10);
        s.handoff.teams = own.optional_strings("teams");
        s.handoff.survey = own.optional_bool("survey", s.handoff.survey);
        own.finish();
    }
    if (const auto* node = r.map("contact")) {
        Reader own(*node, context, "`contact`");
        s.contact.retain =
            std::max(Millis{24LL * 3600 * 1000}, own.optional_duration("retain", s.contact.retain));
        own.finish();
    }
    if (const auto* node = r.map("recommend")) {
        Reader own(*node, context, "`recommend`");
        s.recommend.after_cart = own.optional_bool("after_cart", s.recommend.after_cart);
        s.recommend.window =
            std::max(Millis{24LL * 3600 * 1000}, own.optional_duration("window", s.recommend.window));
        s.recommend.refresh = std::max(Millis{100}, own.optional_duration("refresh", s.recommend.refresh));
        own.finish();
    }
    if (const auto* node = r.map("searches")) {
        Reader own(*node, context, "`searches`");
        s.searches.retain =
            std::max(Millis{24LL * 3600 * 1000}, own.optional_duration("retain", s.searches.retain));
        own.finish();
    }
    if (const auto* node = r.map("limits")) read_limits(*node, context, s.limits);
    s.inquiry_idle = r.optional_duration("inquiry_idle", s.inquiry_idle);
    s.trusted_proxies = r.optional_strings("trusted_proxies");
    s.public_url = r.optional_string("public_url");
    if (const auto* node = r.map("understanding")) {
        Reader own(*node, context, "`understanding`");
        s.intent_threshold = own.optional_number("threshold", s.intent_threshold, 0, 1);
        own.finish();
    }
    s.explain = r.optional_bool("explain", s.explain);
    if (const auto* node = r.map("log")) {
        Reader own(*node, context, "`log`");
        s.log_level = own.optional_enum<std::string>(
            "level", s.log_level,
            {{"debug", "debug"}, {"info", "info"}, {"warn", "warn"}, {"error", "error"}});
        own.finish();
    }
    if (const auto* node = r.map("test")) {
        Reader own(*node, context, "`test`");
        s.test_clock = own.optional_string("clock");
        own.finish();
    }
    r.finish();
    return s;
}

}  // namespace maru
