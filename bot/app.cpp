#include "bot/app.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <stop_token>
#include <thread>

#include "bot/base/file_clock.hpp"
#include "bot/bus/shards.hpp"
#include "bot/content/goods.hpp"
#include "bot/content/holder.hpp"
#include "bot/content/load.hpp"
#include "bot/content/watcher.hpp"
#include "bot/conversation/hub.hpp"
#include "bot/handoff/desk.hpp"
#include "bot/net/api.hpp"
#include "bot/net/api_catalog.hpp"
#include "bot/net/api_searches.hpp"
#include "bot/net/auth.hpp"
#include "bot/net/ops.hpp"
#include "bot/net/pages.hpp"
#include "bot/net/server.hpp"
#include "bot/store/store.hpp"

namespace maru {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr auto drain_time = 7s;  // of the ten a service manager waits

std::unique_ptr<Clock> make_clock(const Settings& settings) {
    if (!settings.test_clock.empty()) return std::make_unique<FileClock>(settings.test_clock);
    return std::make_unique<SystemClock>();
}

std::string problem_list(const flows::Problems& problems) {
    std::string all;
    for (const auto& problem : problems.sorted()) all += "\n  " + flows::yaml::to_string(problem);
    return all;
}

// Loads the content once at start, where a problem is the end of it.
std::pair<std::shared_ptr<const Bot>, Bundle> first_bot(const std::filesystem::path& folder,
                                                        const LoadOptions& options) {
    flows::Problems problems;
    auto bundle = read_bundle(folder, problems);
    auto bot = bundle ? load_bot(*bundle, options, problems) : nullptr;
    if (!bot)
        throw std::runtime_error(
            fmt::format("{}: the content has problems:{}", folder.string(), problem_list(problems)));
    for (const auto& problem : problems.sorted())
        spdlog::warn("content: {}", flows::yaml::to_string(problem));
    return {std::move(bot), std::move(*bundle)};
}

// Content as one document, so that conversations inside a flow find the version they began with after a
// restart.
std::string packed(const Bundle& bundle) {
    auto files = json::object();
    for (const auto& [name, text] : bundle.files)
        if (!name.starts_with("catalog/") && !name.starts_with("tests/")) files[name] = text;
    return files.dump(-1, ' ', false, json::error_handler_t::replace);
}

Bundle unpacked(const std::string& text) {
    Bundle bundle;
    const auto files = json::parse(text);
    for (const auto& [name, body] : files.items()) bundle.files.emplace_back(name, body.get<std::string>());
    return bundle;
}

bool origin_in(const std::vector<std::string>& origins, std::string_view origin, std::string_view host) {
    for (const auto& one : origins) {
        if (one == origin) return true;
        if (one != "self") continue;
        const auto scheme = origin.find("://");
        if (scheme != std::string_view::npos && !host.empty() && origin.substr(scheme + 3) == host)
            return true;
    }
    return false;
}

// What the store is asked for beside conversations: what is kept for a time only is deleted at the start and
// once an hour, as the consent text of contacts promises; what visitors buy together is counted now and then.
class House {
  public:
    House(store::Store& store, const BotHolder& bots, Goods& goods, const Clock& clock)
        : store_(store), bots_(bots), goods_(goods), clock_(clock) {}

    void keep(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        auto tidy_at = std::chrono::steady_clock::now();
        while (!stop.stop_requested()) {
            if (std::chrono::steady_clock::now() >= tidy_at) {
                tidy();
                tidy_at = std::chrono::steady_clock::now() + 1h;
            }
            count_baskets();
            wake.wait_for(lock, stop, bots_.get()->settings.recommend.refresh, [] { return false; });
        }
    }

  private:
    void tidy() {
        try {
            if (const auto gone = store_.forget_contacts(clock_.now()); gone > 0)
                spdlog::info("store: {} contact(s) deleted, their retention has ended", gone);
            (void)store_.forget_searches(clock_.now() - bots_.get()->settings.searches.retain);
        } catch (const std::exception& e) {
            spdlog::warn("store: what is due for deletion stays until the next hour: {}", e.what());
        }
    }

    void count_baskets() {
        constexpr std::uint32_t most_rows = 200'000;  // about a second of reading and counting
        try {
            const auto rows =
                store_.baskets(clock_.now() - bots_.get()->settings.recommend.window, most_rows);
            goods_.set_baskets(insights::Baskets::of(rows));
        } catch (const std::exception& e) {
            spdlog::warn("store: what is bought together stays as it was counted before: {}", e.what());
        }
    }

    store::Store& store_;
    const BotHolder& bots_;
    Goods& goods_;
    const Clock& clock_;
};

}  // namespace

struct App::Parts {
    explicit Parts(ServeOptions given)
        : options(std::move(given)),
          load_options(make_load_options()),
          first(first_bot(options.config, load_options)),
          bots(first.first),
          clock(make_clock(first.first->settings)),
          ids(*clock),
          shards(options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency())),
          store(store::open_sqlite({options.data.string()}, *clock, ids, Hub::dispatch(shards))),
          goods(restored(*store, options.data / "catalog"), bots),
          hub(shards, World{*store,
                            *clock,
                            ids,
                            bots,
                            nullptr,
                            counters,
                            [this](double s) { turn_seconds.observe(s); },
                            [this](const std::string& version) { return old_bot(version); },
                            {},
                            0}),
          desk(shards.io(0), *clock, bots, *store, hub),
          turn_seconds(metrics.histogram("maru_turn_seconds", "From a frame's arrival to its commit")) {
        hub.attach(desk);
        auth = make_auth();
        keep(*first.first, first.second);
        goods.publish(first.first);
        add_metrics();
    }

    LoadOptions make_load_options() {
        LoadOptions load;
        load.overrides = options.overrides;
        load.models = options.data / "models";
        return load;
    }

    // The folder of the goods, with those in it that a backup brought, when one has become the database.
    static std::filesystem::path restored(store::Store& store, std::filesystem::path folder) {
        if (const auto files = store.carried()) {
            restore_goods(folder, *files);
            store.unpacked();
        }
        return folder;
    }

    void keep(const Bot& bot, const Bundle& bundle) {
        try {
            store->put_document("bot", bot.version, packed(bundle));
            store->put_document("schedule", bot.schedule, bot.settings.hours.to_json());
        } catch (const std::exception& e) {
            spdlog::error("content: version {} could not be kept: {}", bot.version, e.what());
        }
    }

    std::shared_ptr<const Bot> old_bot(const std::string& version) {
        const std::lock_guard lock(old_mutex);
        if (const auto found = old_bots.find(version); found != old_bots.end()) return found->second;
        std::shared_ptr<const Bot> bot;
        try {
            if (const auto text = store->document("bot", version)) {
                flows::Problems problems;
                auto old = load_options;
                old.train = false;
                if (auto loaded = load_bot(unpacked(*text), old, problems)) {
                    // Its flows and answers; understanding and goods are always the newest.
                    auto mixed = std::make_shared<Bot>(*loaded);
                    const auto live = bots.get();
                    mixed->understanding = live->understanding;
                    mixed->catalog = live->catalog;
                    mixed->version = version;
                    bot = mixed;
                }
            }
        } catch (const std::exception& e) {
            spdlog::error("content: version {} cannot be loaded: {}", version, e.what());
        }
        if (old_bots.size() >= 8) old_bots.clear();
        old_bots[version] = bot;
        return bot;
    }

    void add_metrics() {
        const auto counter = [this](std::string name, std::string help,
                                    const std::atomic<std::uint64_t>& value) {
            metrics.gauge_of(std::move(name), std::move(help),
                             [&value] { return static_cast<double>(value.load(std::memory_order_relaxed)); });
        };
        counter("maru_visitor_messages_total", "Messages visitors wrote", counters.visitor_messages);
        counter("maru_bot_messages_total", "Messages the bot and the system wrote", counters.bot_messages);
        counter("maru_agent_messages_total", "Messages agents wrote", counters.agent_messages);
        counter("maru_storefront_events_total", "Storefront events", counters.events);
        counter("maru_handoffs_total", "Handoffs requested", counters.handoffs);
        counter("maru_first_responses_total", "Inquiries that got a first substantive bot reply",
                counters.first_responses);
        counter("maru_unavailable_total", "Frames answered unavailable", counters.unavailable);
        metrics.gauge_of("maru_queue_length", "Open handoffs nobody has taken",
                         [this] { return static_cast<double>(desk.waiting()); });
        metrics.gauge_of("maru_agents_online", "Agents ready to take a conversation",
                         [this] { return static_cast<double>(desk.online()); });
        metrics.gauge_of("maru_store_commits_total", "Transactions committed",
                         [this] { return static_cast<double>(store->counters().commits); });
        metrics.gauge_of("maru_store_transitions_total", "Changes in those transactions",
                         [this] { return static_cast<double>(store->counters().transitions); });
        metrics.gauge_of("maru_store_failures_total", "Changes that could not be stored",
                         [this] { return static_cast<double>(store->counters().failures); });
        metrics.gauge_of("maru_store_commit_seconds_total", "Time spent committing",
                         [this] { return store->counters().commit_seconds; });
        metrics.gauge_of("maru_store_queued", "Changes waiting for a commit",
                         [this] { return static_cast<double>(store->health().queued); });
    }

    net::Readiness readiness() const {
        const auto health = store->health();
        const auto problems = watcher ? watcher->problems() : std::vector<std::string>();
        const auto bot = bots.get();
        json details{{"store", {{"writable", health.writable}, {"queued", health.queued}}},
                     {"content", {{"version", bot->version}, {"problems", problems}}},
                     {"products", bot->catalog ? bot->catalog->products().size() : 0},
                     {"agents_online", desk.online()}};
        if (!health.problem.empty()) details["store"]["problem"] = health.problem;
        return {health.writable, details.dump()};
    }

    net::Router routes() {
        net::Router router;
        net::add_ops_routes(router, metrics, [this] { return readiness(); });
        auth->add_routes(router);
        net::add_api(router, *store, bots, *clock);
        net::add_catalog_api(router, goods);
        net::add_searches_api(router, *store, bots, options.config);
        net::add_media(router, options.config / "media");
        // The shop's own page of a product, where its card links to.
        net::add_pages(router, net::embedded_assets(), [this](std::string_view path) {
            constexpr std::string_view products = "products/";
            const auto catalog = bots.get()->catalog;
            return path.starts_with(products) && catalog &&
                   catalog->find(path.substr(products.size())) != nullptr;
        });
        return router;
    }

    std::shared_ptr<net::Auth> make_auth() {
        net::AuthOptions auth_options;
        auth_options.public_url = first.first->settings.public_url;
        auth_options.waits = first.first->settings.limits.rates;
        return std::make_shared<net::Auth>(*store, *clock, auth_options);
    }

    net::Options net_options() {
        const auto& settings = first.first->settings;
        net::Options net;
        net.listen = options.listen;
        net.limits = settings.limits;
        net.public_url = settings.public_url;
        net.trusted_proxies = settings.trusted_proxies;
        net.origin_allowed = [this](std::string_view origin, std::string_view host) {
            const auto bot = bots.get();
            for (const auto& site : bot->settings.sites)
                if (origin_in(site.origins, origin, host)) return true;
            return false;
        };
        net.site_allowed = [this](std::string_view origin, std::string_view site) {
            const auto bot = bots.get();
            const auto lists = [&](const Site& one) {
                return std::find(one.origins.begin(), one.origins.end(), origin) != one.origins.end();
            };
            const auto& sites = bot->settings.sites;
            // An origin that no site names was let in as the server's own.
            const bool own = std::none_of(sites.begin(), sites.end(), lists);
            return std::any_of(sites.begin(), sites.end(), [&](const Site& one) {
                if (!site.empty() && one.id != site) return false;
                return lists(one) || (own && std::find(one.origins.begin(), one.origins.end(), "self") !=
                                                 one.origins.end());
            });
        };
        net.log = spdlog::default_logger();
        return net;
    }

    const ServeOptions options;
    const LoadOptions load_options;
    std::pair<std::shared_ptr<const Bot>, Bundle> first;
    BotHolder bots;
    std::unique_ptr<Clock> clock;
    IdSource ids;
    Shards shards;
    metrics::Registry metrics;
    RuntimeCounters counters;
    std::mutex old_mutex;
    std::map<std::string, std::shared_ptr<const Bot>> old_bots;
    std::unique_ptr<store::Store> store;
    Goods goods;
    Hub hub;
    handoff::Desk desk;
    metrics::Histogram& turn_seconds;
    std::shared_ptr<net::Auth> auth;
    std::unique_ptr<net::Server> server;
    std::unique_ptr<Watcher> watcher;
    std::jthread housekeeper;
};

App::App(ServeOptions options) {
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    parts_ = std::make_unique<Parts>(std::move(options));
}

App::~App() {
    stop();
}

std::uint16_t App::start() {
    auto& p = *parts_;
    spdlog::set_level(spdlog::level::from_str(p.first.first->settings.log_level));
    p.hub.start();
    p.desk.start();
    p.shards.start();
    p.watcher = std::make_unique<Watcher>(
        p.options.config, p.load_options,
        Watcher::Calls{
            [&p](std::shared_ptr<const Bot> bot, const Bundle& bundle) {
                p.keep(*bot, bundle);
                p.goods.publish(bot);
                p.desk.content_changed(
                    json{{"type", "content"}, {"version", bot->version}, {"problems", json::array()}}.dump());
            },
            [&p](const std::vector<std::string>& problems) {
                p.desk.content_changed(json{
                    {"type", "content"},
                    {"version", p.bots.get()->version},
                    {"problems", problems}}.dump());
            }});
    p.server =
        std::make_unique<net::Server>(p.net_options(), p.shards, p.hub, p.hub, p.routes(), p.auth, p.metrics);
    const auto port = p.server->start();
    if (const auto* error = std::get_if<net::ListenError>(&port)) {
        p.server.reset();
        throw std::runtime_error(error->message);
    }
    p.housekeeper = std::jthread(
        [&p](const std::stop_token& stop) { House(*p.store, p.bots, p.goods, *p.clock).keep(stop); });
    return std::get<std::uint16_t>(port);
}

void App::stop() {
    auto& p = *parts_;
    if (p.server) {
        const auto stopped = p.server->stop(drain_time);
        if (stopped.cut > 0) spdlog::warn("stop: {} socket(s) did not end in time", stopped.cut);
    }
    p.housekeeper = {};
    p.hub.stop();
    p.desk.stop();
    // What is still queued is committed; its waiters run before the threads end.
    p.store->close();
    p.shards.finish();
    p.server.reset();
    p.watcher.reset();
}

}  // namespace maru
