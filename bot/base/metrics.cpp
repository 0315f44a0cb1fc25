#include "bot/base/metrics.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace maru::metrics {
namespace {

enum Type : int { counter_type, gauge_type, histogram_type };

constexpr std::string_view type_name(int type) {
    return type == counter_type ? "counter" : type == gauge_type ? "gauge" : "histogram";
}

bool valid_name(std::string_view name, bool colon) {
    if (name.empty()) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (colon && c == ':');
        if (!letter && (i == 0 || c < '0' || c > '9')) return false;
    }
    return true;
}

void append_escaped(std::string& out, std::string_view text, bool quotes) {
    for (const char c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\n')
            out += "\\n";
        else if (c == '"' && quotes)
            out += "\\\"";
        else
            out += c;
    }
}

void append_number(std::string& out, double value) {
    if (std::isinf(value)) {
        out += value > 0 ? "+Inf" : "-Inf";
        return;
    }
    if (std::isnan(value)) {
        out += "NaN";
        return;
    }
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    out.append(text, end);
}

void append_labels(std::string& out, const Labels& labels, const double* le = nullptr) {
    if (labels.empty() && le == nullptr) return;
    out += '{';
    bool first = true;
    for (const auto& [name, value] : labels) {
        if (!first) out += ',';
        first = false;
        out.append(name).append("=\"");
        append_escaped(out, value, true);
        out += '"';
    }
    if (le != nullptr) {
        if (!first) out += ',';
        out += "le=\"";
        append_number(out, *le);
        out += '"';
    }
    out += '}';
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)), buckets_(new std::atomic<std::uint64_t>[bounds_.size() + 1]()) {
    if (!std::is_sorted(bounds_.begin(), bounds_.end(), std::less_equal<>()))
        throw std::invalid_argument("a histogram's bounds must grow");
}

void Histogram::observe(double value) noexcept {
    const auto at = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
    buckets_[static_cast<std::size_t>(at)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

std::uint64_t Histogram::in_bucket(std::size_t i) const noexcept {
    return buckets_[i].load(std::memory_order_relaxed);
}

std::uint64_t Histogram::count() const noexcept {
    std::uint64_t all = 0;
    for (std::size_t i = 0; i <= bounds_.size(); ++i) all += in_bucket(i);
    return all;
}

std::vector<double> latency_bounds() {
    return {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

struct Registry::Series {
    Labels labels;
    Counter counter;
    Gauge gauge;
    std::unique_ptr<Histogram> histogram;
    std::function<double()> read;
};

struct Registry::Family {
    std::string name, help;
    int type = counter_type;
    std::vector<std::unique_ptr<Series>> series;
};

Registry::Registry() = default;
Registry::~Registry() = default;

Registry::Family& Registry::family(std::string name, std::string help, int kind) {
    if (!valid_name(name, true)) throw std::invalid_argument("not a metric's name: " + name);
    for (auto& known : families_) {
        if (known->name != name) continue;
        if (known->type != kind) throw std::invalid_argument(name + " is already a metric of another kind");
        return *known;
    }
    families_.push_back(std::make_unique<Family>());
    auto& made = *families_.back();
    made.name = std::move(name);
    made.help = std::move(help);
    made.type = kind;
    return made;
}

Registry::Series* Registry::find(Family& family, const Labels& labels) {
    for (const auto& [name, value] : labels)
        if (!valid_name(name, false)) throw std::invalid_argument("not a label's name: " + name);
    for (auto& series : family.series)
        if (series->labels == labels) return series.get();
    family.series.push_back(std::make_unique<Series>());
    family.series.back()->labels = labels;
    return family.series.back().get();
}

Counter& Registry::counter(std::string name, std::string help, Labels labels) {
    const std::lock_guard lock(mutex_);
    return find(family(std::move(name), std::move(help), counter_type), labels)->counter;
}

Gauge& Registry::gauge(std::string name, std::string help, Labels labels) {
    const std::lock_guard lock(mutex_);
    return find(family(std::move(name), std::move(help), gauge_type), labels)->gauge;
}

Histogram& Registry::histogram(std::string name, std::string help, std::vector<double> bounds,
                               Labels labels) {
    const std::lock_guard lock(mutex_);
    Series* const series = find(family(std::move(name), std::move(help), histogram_type), labels);
    if (!series->histogram) series->histogram = std::make_unique<Histogram>(std::move(bounds));
    return *series->histogram;
}

void Registry::gauge_of(std::string name, std::string help, std::function<double()> read, Labels labels) {
    const std::lock_guard lock(mutex_);
    find(family(std::move(name), std::move(help), gauge_type), labels)->read = std::move(read);
}

void Registry::write(std::string& out) const {
    const std::lock_guard lock(mutex_);
    for (const auto& family : families_) {
        out.append("# HELP ").append(family->name) += ' ';
        append_escaped(out, family->help, false);
        out.append("\n# TYPE ").append(family->name) += ' ';
        out.append(type_name(family->type)) += '\n';
        for (const auto& series : family->series) {
            if (series->histogram) {
                const auto& histogram = *series->histogram;
                std::uint64_t below = 0;
                for (std::size_t i = 0; i <= histogram.bounds().size(); ++i) {
                    below += histogram.in_bucket(i);
                    const double le = i < histogram.bounds().size() ? histogram.bounds()[i] : HUGE_VAL;
                    out.append(family->name).append("_bucket");
                    append_labels(out, series->labels, &le);
                    out.append(" ").append(std::to_string(below)) += '\n';
                }
                out.append(family->name).append("_sum");
                append_labels(out, series->labels);
                out += ' ';
                append_number(out, histogram.sum());
                out.append("\n").append(family->name).append("_count");
                append_labels(out, series->labels);
                out.append(" ").append(std::to_string(below)) += '\n';
                continue;
            }
            out.append(family->name);
            append_labels(out, series->labels);
            out += ' ';
            if (series->read)
                append_number(out, series->read());
            else if (family->type == counter_type)
                out.append(std::to_string(series->counter.value()));
            else
                out.append(std::to_string(series->gauge.value()));
            out += '\n';
        }
    }
}

}  // namespace maru::metrics
