// What operators and monitors ask: alive, ready, figures.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "bot/base/metrics.hpp"
#include "bot/net/router.hpp"

namespace maru::net {

struct Readiness {
    bool ready = false;
    // What is and what is not, as a JSON object's text; shown to everybody: no secrets, no texts of visitors.
    std::string details = "{}";
};

// GET /healthz (the process answers), /readyz (200 or 503 with the details), /metrics (Prometheus text).
// `ready` is called on worker threads; both outlive the server.
void add_ops_routes(Router& router, const metrics::Registry& metrics, std::function<Readiness()> ready);

}  // namespace maru::net
