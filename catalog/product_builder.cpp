#include "catalog/product_builder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "nlu/text/unicode.hpp"

namespace maru::catalog {
namespace {

// A title stands on one line, whatever its cell was broken into.
std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!blank) {
            line += c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

std::optional<double> number(std::string_view text) {
    text = trim(text);
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string quoted(std::string_view value) {
    constexpr std::size_t most = 40;
    if (value.size() <= most) return '"' + std::string(value) + '"';
    auto cut = most;
    while (cut > 0 && (static_cast<unsigned char>(value[cut]) & 0xC0U) == 0x80U) --cut;
    return '"' + std::string(value.substr(0, cut)) + "…\"";
}

}  // namespace

std::string field_name(std::string_view raw) {
    raw = trim(raw);
    if (raw.starts_with("g:")) raw.remove_prefix(2);
    std::string name(raw);
    for (auto& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == ' ' || c == '-') c = '_';
    }
    return name;
}

std::optional<std::string> parse_availability(std::string_view text) {
    text = trim(text);
    if (const auto slash = text.rfind('/'); slash != std::string_view::npos) text.remove_prefix(slash + 1);
    std::string key;
    for (const char c : text) {
        if (c == ' ' || c == '_' || c == '-') continue;
        key += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> known{
        {{"instock", "in_stock"},
         {"available", "in_stock"},
         {"판매중", "in_stock"},
         {"outofstock", "out_of_stock"},
         {"soldout", "out_of_stock"},
         {"품절", "out_of_stock"},
         {"preorder", "preorder"},
         {"presale", "preorder"},
         {"예약판매", "preorder"},
         {"backorder", "backorder"},
         {"availablefororder", "backorder"}}};
    for (const auto& [name, value] : known)
        if (key == name) return std::string(value);
    return std::nullopt;
}

void ProductBuilder::fail(std::string reason) {
    if (error_.empty()) error_ = std::move(reason);
}

void ProductBuilder::set(std::string_view raw_name, std::string raw_value) {
    const auto name = field_name(raw_name);
    const auto value = std::string(trim(raw_value));
    if (name.empty() || value.empty()) return;
    if (!text::is_utf8(value)) return fail(name + " is not valid UTF-8");

    struct Plain {
        std::string_view name;
        std::string Product::*member;
    };
    constexpr std::array<Plain, 11> plain{{{"id", &Product::id},
                                           {"brand", &Product::brand},
                                           {"mpn", &Product::mpn},
                                           {"gtin", &Product::gtin},
                                           {"item_group_id", &Product::item_group_id},
                                           {"image_link", &Product::image_link},
                                           {"link", &Product::link},
                                           {"added", &Product::added},
                                           {"date_added", &Product::added},
                                           {"created_at", &Product::added},
                                           {"release_date", &Product::added}}};
    for (const auto& [known, member] : plain)
        if (name == known) {
            product_.*member = value;
            return;
        }
    if (name == "title") {
        product_.text.title = one_line(value);
    } else if (name == "description") {
        product_.text.description = value;
    } else if (name == "product_type") {
        product_.text.product_type = value;
    } else if (name == "google_product_category") {
        category_ = value;
    } else if (name == "color" || name == "colour") {
        product_.text.color = value;
    } else if (name == "price") {
        price_ = value;
    } else if (name == "sale_price") {
        sale_price_ = value;
    } else if (name == "availability") {
        const auto known = parse_availability(value);
        if (!known)
            return fail("availability " + quoted(value) +
                        " is none of in_stock, out_of_stock, preorder, backorder");
        product_.availability = *known;
    } else if (name == "rating" || name == "average_rating") {
        const auto stars = number(value);
        if (!stars || *stars < 0 || *stars > 5)
            return fail("rating " + quoted(value) + " is not a number from 0 to 5");
        product_.rating = *stars;
    } else if (name == "popularity") {
        const auto share = number(value);
        if (!share || *share < 0 || *share > 1)
            return fail("popularity " + quoted(value) + " is not a number from 0 to 1");
        product_.popularity = *share;
    } else {
        product_.attributes.emplace_back(name, value);
    }
}

void ProductBuilder::attribute(std::string_view name, std::string value) {
    const auto trimmed = trim(value);
    if (name.empty() || trimmed.empty()) return;
    if (!text::is_utf8(trimmed)) return fail("attribute " + quoted(name) + " is not valid UTF-8");
    // Data sheets often carry the kind of goods among their attributes; a bare number there is a code, not a
    // name.
    if (name == "product_type" && trimmed.find_first_not_of("0123456789.") != std::string_view::npos) {
        sheet_type_ = trimmed;
        return;
    }
    product_.attributes.emplace_back(trim(name), trimmed);
}

Texts& ProductBuilder::texts(std::string_view locale) {
    for (auto& [name, own] : product_.localized)
        if (name == locale) return own;
    return product_.localized.emplace_back(std::string(locale), Texts{}).second;
}

void ProductBuilder::localized(std::string_view locale, std::string_view raw_name, std::string value) {
    const auto name = field_name(raw_name);
    if (!text::is_utf8(value))
        return fail("locales." + std::string(locale) + '.' + name + " is not valid UTF-8");
    // A row may not name more languages than anybody sells in: it would make every later look-up slow.
    if (product_.localized.size() > 32) return fail("more than 32 locales");
    auto& own = texts(locale);
    value = std::string(trim(value));
    if (name == "title") {
        own.title = one_line(value);
    } else if (name == "description") {
        own.description = std::move(value);
    } else if (name == "product_type") {
        own.product_type = std::move(value);
    } else if (name == "color" || name == "colour") {
        own.color = std::move(value);
    } else if (name == "brand") {
        own.brand = std::move(value);
    } else if (!value.empty()) {
        own.attributes.emplace_back(name, std::move(value));
    }
}

void ProductBuilder::localized_attribute(std::string_view locale, std::string_view name, std::string value) {
    if (!text::is_utf8(value))
        return fail("locales." + std::string(locale) + ".attributes is not valid UTF-8");
    if (product_.localized.size() > 32) return fail("more than 32 locales");
    if (const auto trimmed = trim(value); !trimmed.empty())
        texts(locale).attributes.emplace_back(trim(name), trimmed);
}

std::optional<Product> ProductBuilder::finish() {
    const auto money = [&](const std::string& value, std::string_view name) -> std::optional<Price> {
        auto price = parse_price(value, currency_);
        if (!price) {
            fail(std::string(name) + ' ' + quoted(value) +
                 (currency_.empty() ? " is not an amount with a currency, as \"12900 KRW\""
                                    : " is not an amount, as \"12900 " + currency_ + '"'));
        } else if (!currency_.empty() && price->currency != currency_) {
            fail(std::string(name) + " is in " + price->currency + ", the feed's currency is " + currency_);
        }
        return price;
    };
    if (!error_.empty()) return std::nullopt;
    if (product_.id.empty()) fail("id is missing");
    if (product_.text.title.empty()) fail("title is missing");
    if (price_.empty()) fail("price is missing");
    if (!error_.empty()) return std::nullopt;

    const auto full = money(price_, "price");
    if (!error_.empty()) return std::nullopt;
    product_.price = *full;
    if (!sale_price_.empty()) {
        const auto sale = money(sale_price_, "sale_price");
        if (!error_.empty()) return std::nullopt;
        if (sale->currency != full->currency) {
            fail("sale_price and price are in different currencies");
            return std::nullopt;
        }
        if (sale->amount < full->amount) {
            product_.list_price = *full;
            product_.price = *sale;
        }
    }
    if (product_.text.product_type.empty())
        product_.text.product_type = std::move(category_.empty() ? sheet_type_ : category_);
    return std::move(product_);
}

}  // namespace maru::catalog
