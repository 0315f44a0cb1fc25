#include "bot/net/ops.hpp"

#include <nlohmann/json.hpp>

namespace maru::net {

void add_ops_routes(Router& router, const metrics::Registry& metrics, std::function<Readiness()> ready) {
    Route health;
    health.pattern = "/healthz";
    health.access = Access::open;
    health.in_place = true;  // it says that the io threads turn, so it runs on one
    health.handler = [](const Request&) { return json({{"status", "ok"}}); };
    router.add(std::move(health));

    router.get("/readyz", Access::open, [ready = std::move(ready)](const Request&) {
        const Readiness now = ready();
        auto details = nlohmann::json::parse(now.details, nullptr, false);
        if (details.is_discarded()) details = nlohmann::json::object();
        return json({{"ready", now.ready}, {"details", std::move(details)}}, now.ready ? 200 : 503);
    });

    router.get("/metrics", Access::open, [&metrics](const Request&) {
        std::string body;
        metrics.write(body);
        return text(std::move(body), "text/plain; version=0.0.4; charset=utf-8");
    });
}

}  // namespace maru::net
