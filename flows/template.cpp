#include "flows/template.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "catalog/money.hpp"
#include "nlu/text/josa.hpp"

namespace maru::flows {
namespace {

using Filter = Template::Filter;

constexpr std::array<std::pair<std::string_view, Filter>, 7> filter_names = {{{"price", Filter::price},
                                                                              {"number", Filter::number},
                                                                              {"title", Filter::title},
                                                                              {"link", Filter::link},
                                                                              {"upper", Filter::upper},
                                                                              {"lower", Filter::lower},
                                                                              {"count", Filter::count}}};

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

bool is_name(std::string_view name) noexcept {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '.' || static_cast<unsigned char>(c) >= 0x80;
    };
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), fits);
}

std::string grouped(const std::string& digits) {
    const std::size_t start = !digits.empty() && digits[0] == '-' ? 1 : 0;
    const std::size_t end = std::min(digits.find('.'), digits.size());
    std::string out = digits.substr(0, start);
    for (std::size_t i = start; i < end; ++i) {
        if (i > start && (end - i) % 3 == 0) out += ',';
        out += digits[i];
    }
    return out + digits.substr(end);
}

std::string as_price(const Value& value, const Display& display) {
    const std::string currency(display.currency.empty() ? std::string_view("KRW") : display.currency);
    if (const auto* money = std::get_if<nlu::Money>(&value)) {
        const std::string& own = money->currency.empty() ? currency : money->currency;
        const auto show = [&](std::int64_t amount) {
            return catalog::format_price({amount, own}, display.locale);
        };
        if (money->min && money->max && *money->min != *money->max)
            return show(*money->min) + "~" + show(*money->max);
        if (money->max) return show(*money->max);
        return money->min ? show(*money->min) : std::string{};
    }
    if (const auto number = as_number(value); number && std::abs(*number) < 1e15)
        return catalog::format_price({std::llround(*number), currency}, display.locale);
    return as_text(value);
}

char ascii_case(char c, bool upper) noexcept {
    if (upper) return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::pair<std::optional<Template>, Template::Error> Template::parse(std::string_view text) {
    Template out;
    std::string words;
    const auto flush = [&] {
        if (!words.empty()) out.parts_.push_back({std::move(words), false, 0, {}});
        words.clear();
    };
    const auto wrong = [](std::size_t at, std::string message) {
        return std::pair<std::optional<Template>, Error>{std::nullopt, Error{at, std::move(message)}};
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '}') {
            if (i + 1 >= text.size() || text[i + 1] != '}')
                return wrong(i, "a `}` without its `{`; for a brace write `}}`");
            words += '}';
            ++i;
            continue;
        }
        if (c != '{') {
            words += c;
            continue;
        }
        if (i + 1 < text.size() && text[i + 1] == '{') {
            words += '{';
            ++i;
            continue;
        }
        const std::size_t close = text.find('}', i);
        if (close == std::string_view::npos) return wrong(i, "a `{` is not closed; for a brace write `{{`");
        std::string_view inside = text.substr(i + 1, close - i - 1);
        const std::size_t bar = std::min(inside.find('|'), inside.size());
        const std::string_view name = trimmed(inside.substr(0, bar));
        if (!is_name(name))
            return wrong(i,
                         "`{" + yaml::shown(inside) + "}` is no slot's name; for braces write `{{` and `}}`");
        Part part;
        part.slot = true;
        part.text = name;
        part.at = i + 1;
        inside.remove_prefix(std::min(bar + 1, inside.size()));
        while (!inside.empty()) {
            const std::size_t end =
                inside.rfind("or:", 0) == 0 ? inside.size() : std::min(inside.find('|'), inside.size());
            const std::string_view filter = trimmed(inside.substr(0, end));
            inside.remove_prefix(std::min(end + 1, inside.size()));
            if (filter.rfind("or:", 0) == 0) {
                part.filters.emplace_back(Filter::otherwise, std::string(filter.substr(3)));
                continue;
            }
            const auto* known = std::find_if(filter_names.begin(), filter_names.end(),
                                             [&](const auto& entry) { return entry.first == filter; });
            if (known == filter_names.end()) {
                std::vector<std::string_view> names = {"or:TEXT"};
                for (const auto& [known_name, value] : filter_names) names.push_back(known_name);
                return wrong(
                    i, "there is no filter `" + yaml::shown(filter) + "`" + yaml::suggestion(filter, names));
            }
            part.filters.emplace_back(known->second, std::string{});
        }
        flush();
        out.parts_.push_back(std::move(part));
        i = close;
    }
    flush();
    return {std::move(out), {}};
}

std::string Template::shown(const Value& value, const std::vector<std::pair<Filter, std::string>>& filters,
                            const Display& display) {
    if (filters.empty()) {
        if (std::holds_alternative<nlu::Money>(value)) return as_price(value, display);
        return as_text(value);
    }
    Value current = value;
    const auto product = [&]() -> const catalog::Product* {
        const auto* list = std::get_if<std::vector<std::string>>(&current);
        if (display.catalog == nullptr || (list != nullptr && list->empty())) return nullptr;
        return display.catalog->find(list != nullptr ? list->front() : as_text(current));
    };
    for (const auto& [filter, argument] : filters) {
        switch (filter) {
            case Filter::price:
                if (const auto* found = product()) {
                    current = catalog::format_price(found->price, display.locale);
                } else if (is_set(current)) {
                    current = as_price(current, display);
                }
                break;
            case Filter::number:
                if (const auto number = as_number(current)) current = grouped(as_text(*number));
                break;
            case Filter::title:
                if (const auto* found = product()) current = found->texts(display.locale).title;
                break;
            case Filter::link:
                if (const auto* found = product()) current = found->link;
                break;
            case Filter::upper:
            case Filter::lower: {
                std::string text = as_text(current);
                for (char& c : text) c = ascii_case(c, filter == Filter::upper);
                current = std::move(text);
                break;
            }
            case Filter::count: {
                const auto* list = std::get_if<std::vector<std::string>>(&current);
                current = list != nullptr ? static_cast<double>(list->size()) : (is_set(current) ? 1.0 : 0.0);
                break;
            }
            case Filter::otherwise:
                if (as_text(current).empty()) current = argument;
                break;
        }
    }
    return as_text(current);
}

std::string Template::settled(const std::string& text) {
    return text::resolve_josa(text);
}

const Template* LocalTemplate::pick(std::string_view locale, std::size_t seed) const noexcept {
    const std::vector<Template>* found = nullptr;
    for (const auto& [name, variants] : locales) {
        if (name == locale) {
            found = &variants;
            break;
        }
        if (name.empty()) found = &variants;
    }
    if (found == nullptr && !locales.empty()) found = &locales.front().second;
    return found == nullptr || found->empty() ? nullptr : &(*found)[seed % found->size()];
}

}  // namespace maru::flows
