#include "bot/wire/decode_fields.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>
#include <cmath>
#include <functional>

namespace maru::wire {
namespace {

// Frames need three levels; a few more let additions pass that this version does not know.
constexpr std::size_t max_depth = 16;

struct Name {
    Slot slot;
    Slot parent;
    std::string_view key;
    std::string_view path;
};

constexpr std::array<Name, static_cast<std::size_t>(Slot::count)> names{{
    {Slot::type, Slot::none, "type", "type"},
    {Slot::id, Slot::none, "id", "id"},
    {Slot::text, Slot::none, "text", "text"},
    {Slot::choice, Slot::none, "choice", "choice"},
    {Slot::token, Slot::none, "token", "token"},
    {Slot::conversation, Slot::none, "conversation", "conversation"},
    {Slot::after, Slot::none, "after", "after"},
    {Slot::before, Slot::none, "before", "before"},
    {Slot::limit, Slot::none, "limit", "limit"},
    {Slot::locale, Slot::none, "locale", "locale"},
    {Slot::site, Slot::none, "site", "site"},
    {Slot::page, Slot::none, "page", "page"},
    {Slot::identity, Slot::none, "identity", "identity"},
    {Slot::name, Slot::none, "name", "name"},
    {Slot::product, Slot::none, "product", "product"},
    {Slot::value, Slot::none, "value", "value"},
    {Slot::on, Slot::none, "on", "on"},
    {Slot::seq, Slot::none, "seq", "seq"},
    {Slot::survey, Slot::none, "survey", "survey"},
    {Slot::score, Slot::none, "score", "score"},
    {Slot::comment, Slot::none, "comment", "comment"},
    {Slot::status, Slot::none, "status", "status"},
    {Slot::products, Slot::none, "products", "products"},
    {Slot::epoch, Slot::none, "epoch", "epoch"},
    {Slot::note, Slot::none, "note", "note"},
    {Slot::to, Slot::none, "to", "to"},
    {Slot::resolution, Slot::none, "resolution", "resolution"},
    {Slot::add, Slot::none, "add", "add"},
    {Slot::remove, Slot::none, "remove", "remove"},
    {Slot::page_url, Slot::page, "url", "page.url"},
    {Slot::page_title, Slot::page, "title", "page.title"},
    {Slot::identity_id, Slot::identity, "id", "identity.id"},
    {Slot::identity_name, Slot::identity, "name", "identity.name"},
    {Slot::identity_email, Slot::identity, "email", "identity.email"},
    {Slot::identity_hmac, Slot::identity, "hmac", "identity.hmac"},
    {Slot::value_amount, Slot::value, "amount", "value.amount"},
    {Slot::value_currency, Slot::value, "currency", "value.currency"},
    {Slot::to_agent, Slot::to, "agent", "to.agent"},
    {Slot::to_team, Slot::to, "team", "to.team"},
    {Slot::to_bot, Slot::to, "bot", "to.bot"},
}};

static_assert([] {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (static_cast<std::size_t>(names[i].slot) != i) return false;
    return true;
}());

constexpr std::size_t first_nested = static_cast<std::size_t>(Slot::page_url);

Slot find(Slot parent, std::string_view key) {
    const auto begin = parent == Slot::none ? 0 : first_nested;
    const auto end = parent == Slot::none ? first_nested : names.size();
    for (auto i = begin; i < end; ++i)
        if (names[i].parent == parent && names[i].key == key) return names[i].slot;
    return Slot::none;
}

bool opens_object(Slot slot) {
    return slot == Slot::page || slot == Slot::identity || slot == Slot::value || slot == Slot::to;
}

namespace json = boost::json;

// The parser's events. `parent_` is the nested object being read, `list_` the list being read; whatever opens
// below them is skipped by counting.
class Handler {
  public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    Handler(Fields& out, std::string_view bytes) : out_(out), bytes_(bytes) {}

    Shape shape = Shape::object;
    Slot culprit = Slot::none;

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
    bool on_number_part(json::string_view, json::error_code&) { return true; }

    bool on_object_begin(json::error_code& ec) {
        if (skipped_ > 0) return ++skipped_, true;
        if (!rooted_) return rooted_ = true;
        if (list_ == Slot::products && !in_item_) {
            in_item_ = true;
            item_ids_ = 0;
            return true;
        }
        Field* const field = next(ec);
        if (ec) return false;
        if (field != nullptr && opens_object(slot_) && list_ == Slot::none) {
            field->kind = Kind::object;
            parent_ = slot_;
            return true;
        }
        if (field != nullptr) field->kind = list_ == Slot::none ? Kind::object : Kind::mixed;
        skipped_ = 1;
        return true;
    }
    bool on_object_end(std::size_t, json::error_code&) {
        if (skipped_ > 0) return --skipped_, true;
        if (in_item_) {
            in_item_ = false;
            if (item_ids_ != 1) out_[list_].kind = Kind::mixed;
        } else {
            parent_ = Slot::none;
        }
        return true;
    }
    bool on_array_begin(json::error_code& ec) {
        if (skipped_ > 0) return ++skipped_, true;
        if (!rooted_) return fail(Shape::not_an_object, ec);
        Field* const field = next(ec);
        if (ec) return false;
        if (field != nullptr && list_ == Slot::none && parent_ == Slot::none) {
            field->kind = Kind::list;
            list_ = slot_;
            return true;
        }
        if (field != nullptr) field->kind = Kind::mixed;
        skipped_ = 1;
        return true;
    }
    bool on_array_end(std::size_t, json::error_code&) {
        if (skipped_ > 0)
            --skipped_;
        else
            list_ = Slot::none;
        return true;
    }

    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        if (skipped_ == 0) key_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code&) {
        if (skipped_ > 0) return true;
        if (key_.empty()) {
            slot_ = find(parent_, {part.data(), part.size()});
        } else {
            key_.append(part.data(), part.size());
            slot_ = find(parent_, key_);
            key_.clear();
        }
        return true;
    }

    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        if (skipped_ == 0) append(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t total, json::error_code& ec) {
        if (skipped_ > 0) return true;
        std::string_view whole{part.data(), part.size()};
        // What held an escape comes in parts, or from a buffer of the parser's that is gone after this call.
        const std::less<const char*> before;
        const bool ours =
            !before(part.data(), bytes_.data()) && before(part.data(), bytes_.data() + bytes_.size());
        if (total != part.size() || (!ours && total > 0)) {
            append(part);
            whole = std::string_view(out_.unescaped_).substr(out_.unescaped_.size() - total);
        }
        if (Field* const field = next(ec)) {
            if (list_ != Slot::none) {
                out_.items_.emplace_back(list_, whole);
            } else {
                field->kind = Kind::text;
                field->text = whole;
            }
        }
        return !ec;
    }
    bool on_int64(std::int64_t i, json::string_view, json::error_code& ec) {
        constexpr std::int64_t whole = std::int64_t{1} << 53U;
        if (Field* const field = scalar(i >= -whole && i <= whole ? Kind::integer : Kind::number, ec))
            field->integer = i;
        return !ec;
    }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code& ec) {
        scalar(Kind::number, ec);  // only what does not fit 63 bits comes here
        return !ec;
    }
    bool on_double(double d, json::string_view, json::error_code& ec) {
        const bool whole = std::abs(d) <= 9007199254740992.0 && std::trunc(d) == d;
        if (Field* const field = scalar(whole ? Kind::integer : Kind::number, ec))
            field->integer = whole ? static_cast<std::int64_t>(d) : 0;
        return !ec;
    }
    bool on_bool(bool b, json::error_code& ec) {
        if (Field* const field = scalar(Kind::boolean, ec)) field->flag = b;
        return !ec;
    }
    bool on_null(json::error_code& ec) {
        scalar(Kind::absent, ec);
        return !ec;
    }

  private:
    bool fail(Shape what, json::error_code& ec) {
        shape = what;
        ec = json::error::extra_data;  // any error stops the parser; `shape` says which
        return false;
    }

    // The field the coming value belongs to; null when nobody asks for it.
    Field* next(json::error_code& ec) {
        if (!rooted_) return fail(Shape::not_an_object, ec), nullptr;
        if (in_item_) {
            if (slot_ != Slot::id) return nullptr;
            ++item_ids_;
            return &out_[list_];
        }
        if (list_ != Slot::none) return &out_[list_];
        if (slot_ == Slot::none) return nullptr;
        Field& field = out_[slot_];
        if (field.seen) {
            culprit = slot_;
            fail(Shape::twice, ec);
            return nullptr;
        }
        field.seen = true;
        return &field;
    }
    Field* scalar(Kind kind, json::error_code& ec) {
        if (skipped_ > 0) return nullptr;
        Field* const field = next(ec);
        if (field == nullptr) return nullptr;
        field->kind = list_ == Slot::none ? kind : Kind::mixed;
        return field;
    }
    void append(json::string_view part) {
        // Escapes only shrink, so this one reservation keeps earlier views valid.
        if (out_.unescaped_.capacity() < bytes_.size()) out_.unescaped_.reserve(bytes_.size());
        out_.unescaped_.append(part.data(), part.size());
    }

    Fields& out_;
    const std::string_view bytes_;
    bool rooted_ = false;
    std::size_t skipped_ = 0;
    Slot slot_ = Slot::none;
    Slot parent_ = Slot::none;
    Slot list_ = Slot::none;
    bool in_item_ = false;  // an object in the list
    int item_ids_ = 0;      // … and how often it has given its id
    std::string key_;
};

}  // namespace

std::vector<std::string> Fields::list(Slot slot) const {
    std::vector<std::string> result;
    for (const auto& [where, text] : items_)
        if (where == slot) result.emplace_back(text);
    return result;
}

Shape read_fields(std::string_view bytes, Fields& out, Slot& culprit) {
    json::parse_options options;
    options.max_depth = max_depth;
    json::basic_parser<Handler> parser(options, out, bytes);
    json::error_code ec;
    const auto consumed = parser.write_some(false, bytes.data(), bytes.size(), ec);
    culprit = parser.handler().culprit;
    if (parser.handler().shape != Shape::object) {
        // A value that is not an object may still be followed by rubbish; either way it is no frame.
        return parser.handler().shape;
    }
    if (ec == json::error::too_deep) return Shape::too_deep;
    if (ec || consumed != bytes.size()) return Shape::not_json;
    return Shape::object;
}

std::string_view path_of(Slot slot) {
    return slot == Slot::none ? "?" : names[static_cast<std::size_t>(slot)].path;
}

}  // namespace maru::wire
