#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <span>

#include "bot/wire/decode_fields.hpp"
#include "bot/wire/frames.hpp"

namespace maru::wire {
namespace {

constexpr std::array storefront_events{
    std::string_view{"page_view"},   std::string_view{"product_view"},     std::string_view{"product_click"},
    std::string_view{"add_to_cart"}, std::string_view{"remove_from_cart"}, std::string_view{"checkout_start"},
    std::string_view{"purchase"}};
constexpr std::array presences{std::string_view{"online"}, std::string_view{"away"},
                               std::string_view{"offline"}};

constexpr std::size_t most_products = 20, most_labels = 20;
constexpr std::int64_t most_history = 200;
constexpr std::size_t token_length = 200;  // more than any token we ever made

enum class Need : bool { optional, required };

// Strings are valid UTF-8 here: one code point per byte that does not continue another.
std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

// Takes fields by name and remembers the first thing that is wrong.
class Taker {
  public:
    static constexpr std::int64_t most_count = std::int64_t{1} << 53U;

    Taker(const Fields& fields, const TextLimits& limits) : fields_(fields), limits_(limits) {}

    [[nodiscard]] const TextLimits& limits() const { return limits_; }
    [[nodiscard]] bool has(Slot slot) const { return fields_[slot].kind != Kind::absent; }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] Error take_error() { return std::move(error_); }

    void fail(ErrorCode code, std::string message) {
        if (failed_) return;
        failed_ = true;
        error_.code = code;
        error_.message = std::move(message);
    }
    void fail(Slot slot, std::string_view what) {
        fail(ErrorCode::bad_frame, std::string("`").append(path_of(slot)).append("` ").append(what));
    }

    std::string text(Slot slot, std::size_t longest, Need need = Need::optional) {
        const Field& field = fields_[slot];
        if (field.kind == Kind::absent) {
            if (need == Need::required) fail(slot, "is missing: it must be a string");
            return {};
        }
        if (field.kind != Kind::text) return fail(slot, "must be a string"), std::string();
        if (need == Need::required && field.text.empty())
            return fail(slot, "must not be empty"), std::string();
        check(slot, field.text, longest);
        return std::string(field.text);
    }

    // What only describes: the longest beginning that fits, cut between two code points.
    std::string described(Slot slot, std::size_t longest) {
        const Field& field = fields_[slot];
        if (field.kind != Kind::text) return text(slot, longest);
        std::size_t end = 0;
        for (std::size_t points = 0; end < field.text.size(); ++end)
            if ((static_cast<unsigned char>(field.text[end]) & 0xC0U) != 0x80U && ++points > longest) break;
        const auto cut = field.text.substr(0, end);
        check(slot, cut, longest);
        return std::string(cut);
    }

    // A name for something: short, not empty, of one line.
    std::string key(Slot slot, Need need = Need::required) {
        if (need == Need::optional && !has(slot)) return {};
        auto value = text(slot, limits_.id, Need::required);
        if (has_control(value)) fail(slot, "must not hold control characters");
        return value;
    }

    std::string one_of(Slot slot, std::span<const std::string_view> allowed) {
        auto value = text(slot, limits_.name, Need::required);
        if (!failed_ && std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
            std::string message = "must be one of";
            for (const auto word : allowed) message.append(word == allowed.front() ? " " : ", ").append(word);
            fail(slot, message);
        }
        return value;
    }

    std::int64_t whole(Slot slot, std::int64_t least, std::int64_t most, std::int64_t otherwise, Need need) {
        const Field& field = fields_[slot];
        if (field.kind == Kind::absent) {
            if (need == Need::required) fail(slot, "is missing: it must be a whole number");
            return otherwise;
        }
        if (field.kind != Kind::integer || field.integer < least || field.integer > most) {
            fail(slot,
                 "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
            return otherwise;
        }
        return field.integer;
    }
    std::int64_t count(Slot slot, Need need) { return whole(slot, 0, most_count, 0, need); }
    std::optional<std::int64_t> maybe_count(Slot slot) {
        if (!has(slot)) return std::nullopt;
        return count(slot, Need::required);
    }

    bool flag(Slot slot, Need need) {
        const Field& field = fields_[slot];
        if (field.kind == Kind::boolean) return field.flag;
        if (field.kind != Kind::absent || need == Need::required) fail(slot, "must be true or false");
        return false;
    }

    std::vector<std::string> list(Slot slot, std::size_t longest, std::size_t most) {
        const Field& field = fields_[slot];
        if (field.kind == Kind::absent) return {};
        if (field.kind != Kind::list)
            return fail(slot, slot == Slot::products
                                  ? "must be a list of product ids, or of objects with `id`"
                                  : "must be a list of strings"),
                   std::vector<std::string>();
        auto values = fields_.list(slot);
        if (values.size() > most) {
            fail(ErrorCode::too_long, std::string("`").append(path_of(slot)) + "` holds more than " +
                                          std::to_string(most) + " entries");
        }
        for (const auto& value : values) {
            if (value.empty()) fail(slot, "must not hold an empty string");
            check(slot, value, longest);
        }
        return values;
    }

    std::vector<std::string> one_or_list(Slot slot, std::size_t longest, std::size_t most) {
        if (fields_[slot].kind == Kind::text) return {text(slot, longest, Need::required)};
        return list(slot, longest, most);
    }

    bool object(Slot slot) {
        const Field& field = fields_[slot];
        if (field.kind == Kind::absent) return false;
        if (field.kind != Kind::object) fail(slot, "must be an object");
        return !failed_;
    }

  private:
    void check(Slot slot, std::string_view value, std::size_t longest) {
        if (value.size() > longest && code_points(value) > longest) {
            fail(ErrorCode::too_long, std::string("`").append(path_of(slot)) + "` is longer than " +
                                          std::to_string(longest) + " characters");
        }
        if (value.find('\0') != std::string_view::npos) fail(slot, "must not hold U+0000");
    }

    const Fields& fields_;
    const TextLimits& limits_;
    bool failed_ = false;
    Error error_;
};

// "ko-KR" asks for Korean; a language we do not have leaves the choice to the server.
std::string locale_of(std::string tag) {
    const auto primary = tag.substr(0, tag.find_first_of("-_"));
    if (primary.size() != 2) return {};
    const char a = static_cast<char>(primary[0] | 0x20), b = static_cast<char>(primary[1] | 0x20);
    if (a == 'k' && b == 'o') return "ko";
    if (a == 'e' && b == 'n') return "en";
    return {};
}

VisitorFrame hello(Taker& take) {
    Hello frame;
    frame.token = take.text(Slot::token, token_length);
    frame.conversation = take.text(Slot::conversation, take.limits().id);
    frame.after = take.count(Slot::after, Need::optional);
    frame.locale = locale_of(take.text(Slot::locale, take.limits().name));
    frame.site = take.text(Slot::site, take.limits().name);
    if (take.object(Slot::page)) {
        // A shop's long titles and addresses keep nobody from chatting there.
        frame.page.emplace(Page{take.described(Slot::page_url, take.limits().url),
                                take.described(Slot::page_title, take.limits().name)});
    }
    if (take.object(Slot::identity)) {
        frame.identity.emplace(Identity{take.text(Slot::identity_id, take.limits().name),
                                        take.described(Slot::identity_name, take.limits().name),
                                        take.text(Slot::identity_email, take.limits().name),
                                        take.text(Slot::identity_hmac, token_length)});
    }
    return frame;
}

VisitorFrame visitor_message(Taker& take) {
    VisitorMessage frame;
    frame.id = take.key(Slot::id);
    if (take.has(Slot::text) == take.has(Slot::choice)) {
        take.fail(ErrorCode::bad_frame, "a message needs either `text` or `choice`");
    }
    if (take.has(Slot::text)) frame.text = take.text(Slot::text, take.limits().text, Need::required);
    if (take.has(Slot::choice)) frame.choice = take.text(Slot::choice, take.limits().name, Need::required);
    return frame;
}

VisitorFrame storefront_event(Taker& take) {
    StorefrontEvent frame;
    frame.id = take.key(Slot::id);
    frame.name = take.one_of(Slot::name, storefront_events);
    frame.product = take.text(Slot::product, take.limits().name);
    if (take.object(Slot::value)) {
        Amount value;
        value.amount = take.count(Slot::value_amount, Need::required);
        value.currency = take.text(Slot::value_currency, take.limits().name, Need::required);
        const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
        if (value.currency.size() != 3 || !std::all_of(value.currency.begin(), value.currency.end(), letter))
            take.fail(Slot::value_currency, "must be an ISO 4217 code such as KRW");
        frame.value = std::move(value);
    }
    return frame;
}

VisitorFrame history(Taker& take) {
    HistoryRequest frame;
    frame.before = take.count(Slot::before, Need::required);
    // Who asks for more than one frame should hold gets as much as it may, and `more` says so.
    frame.limit = static_cast<std::uint32_t>(
        std::min(most_history, take.whole(Slot::limit, 1, Taker::most_count, frame.limit, Need::optional)));
    return frame;
}

VisitorFrame survey(Taker& take) {
    SurveyAnswer frame;
    frame.survey = take.text(Slot::survey, take.limits().name, Need::required);
    frame.score = static_cast<int>(take.whole(Slot::score, -100, 100, 0, Need::required));
    frame.comment = take.text(Slot::comment, take.limits().text);
    return frame;
}

AgentFrame agent_message(Taker& take) {
    AgentMessage frame;
    frame.conversation = take.key(Slot::conversation);
    frame.id = take.key(Slot::id);
    frame.products = take.list(Slot::products, take.limits().name, most_products);
    frame.text =
        take.text(Slot::text, take.limits().text, frame.products.empty() ? Need::required : Need::optional);
    frame.epoch = take.maybe_count(Slot::epoch);
    frame.after = take.maybe_count(Slot::after);
    return frame;
}

AgentFrame transfer(Taker& take) {
    Transfer frame;
    frame.conversation = take.key(Slot::conversation);
    if (!take.has(Slot::to)) take.fail(Slot::to, "is missing: it names an agent, a team or the bot");
    if (take.object(Slot::to)) {
        frame.agent = take.text(Slot::to_agent, take.limits().name);
        frame.team = take.text(Slot::to_team, take.limits().name);
        frame.bot = take.flag(Slot::to_bot, Need::optional);
        if ((frame.agent.empty() ? 0 : 1) + (frame.team.empty() ? 0 : 1) + (frame.bot ? 1 : 0) != 1)
            take.fail(Slot::to, "must name exactly one of agent, team and bot");
    }
    frame.note = take.text(Slot::note, take.limits().text);
    return frame;
}

AgentFrame label(Taker& take) {
    Label frame;
    frame.conversation = take.key(Slot::conversation);
    frame.add = take.one_or_list(Slot::add, take.limits().name, most_labels);
    frame.remove = take.one_or_list(Slot::remove, take.limits().name, most_labels);
    if (frame.add.empty() && frame.remove.empty())
        take.fail(ErrorCode::bad_frame, "a label frame needs labels to `add` or to `remove`");
    return frame;
}

template <class Frame>
struct Type {
    std::string_view name;
    Frame (*take)(Taker&);
};

constexpr std::array<Type<VisitorFrame>, 8> visitor_types{{
    {"message", visitor_message},
    {"event", storefront_event},
    {"typing", [](Taker& take) -> VisitorFrame { return Typing{take.flag(Slot::on, Need::required)}; }},
    {"read", [](Taker& take) -> VisitorFrame { return Read{take.count(Slot::seq, Need::required)}; }},
    {"hello", hello},
    {"history", history},
    {"survey", survey},
    {"end", [](Taker&) -> VisitorFrame { return End{}; }},
}};

constexpr std::array<Type<AgentFrame>, 12> agent_types{{
    {"message", agent_message},
    {"typing",
     [](Taker& take) -> AgentFrame {
         return AgentTyping{take.key(Slot::conversation), take.flag(Slot::on, Need::required)};
     }},
    {"read",
     [](Taker& take) -> AgentFrame {
         return AgentRead{take.key(Slot::conversation), take.count(Slot::seq, Need::required)};
     }},
    {"open",
     [](Taker& take) -> AgentFrame {
         return Open{take.key(Slot::conversation), take.count(Slot::after, Need::optional)};
     }},
    {"leave", [](Taker& take) -> AgentFrame { return Leave{take.key(Slot::conversation)}; }},
    {"accept", [](Taker& take) -> AgentFrame { return Accept{take.key(Slot::conversation)}; }},
    {"note",
     [](Taker& take) -> AgentFrame {
         return Note{take.key(Slot::conversation), take.key(Slot::id),
                     take.text(Slot::text, take.limits().text, Need::required)};
     }},
    {"transfer", transfer},
    {"close",
     [](Taker& take) -> AgentFrame {
         return Close{take.key(Slot::conversation), take.text(Slot::resolution, take.limits().text)};
     }},
    {"label", label},
    {"presence", [](Taker& take) -> AgentFrame { return Presence{take.one_of(Slot::status, presences)}; }},
    {"hello", [](Taker&) -> AgentFrame { return AgentHello{}; }},
}};

template <class Frame, std::size_t N>
Decoded<Frame> decode(std::string_view bytes, const TextLimits& limits,
                      const std::array<Type<Frame>, N>& types) {
    Fields fields;
    Slot culprit = Slot::none;
    const Shape shape = read_fields(bytes, fields, culprit);
    if (shape == Shape::not_json)
        return Error{ErrorCode::bad_json, "the frame is not JSON (RFC 8259) in valid UTF-8"};
    if (shape == Shape::too_deep) return Error{ErrorCode::bad_json, "the frame is nested too deeply"};
    if (shape == Shape::not_an_object) return Error{ErrorCode::bad_frame, "a frame is a JSON object"};

    // Whatever else is wrong, the client learns which of its frames it was.
    std::string id;
    if (const Field& field = fields[Slot::id]; field.kind == Kind::text &&
                                               code_points(field.text) <= limits.id &&
                                               field.text.find('\0') == std::string_view::npos)
        id = field.text;
    const auto error = [&](Error what) {
        what.id = std::move(id);
        if (const Field& field = fields[Slot::id]; field.kind == Kind::integer)
            what.number_id = field.integer;
        return what;
    };
    if (shape == Shape::twice) {
        return error({ErrorCode::bad_frame,
                      std::string("`").append(path_of(culprit)).append("` appears twice; give it once")});
    }

    Taker take(fields, limits);
    const Field& type = fields[Slot::type];
    if (type.kind != Kind::text) {
        take.fail(Slot::type,
                  type.kind == Kind::absent ? "is missing: every frame names its type" : "must be a string");
        return error(take.take_error());
    }
    const auto known =
        std::find_if(types.begin(), types.end(), [&type](const auto& t) { return t.name == type.text; });
    if (known == types.end()) {
        std::string message = "there is no frame of this type; known are";
        for (const auto& t : types) message.append(&t == &types.front() ? " " : ", ").append(t.name);
        return error({ErrorCode::unknown_type, std::move(message)});
    }
    if (take.has(Slot::id)) (void)take.key(Slot::id);
    Frame frame = known->take(take);
    if (take.failed()) return error(take.take_error());
    return frame;
}

}  // namespace

std::string_view to_text(ErrorCode code) {
    switch (code) {
        case ErrorCode::bad_json:
            return "bad_json";
        case ErrorCode::bad_frame:
            return "bad_frame";
        case ErrorCode::unknown_type:
            return "unknown_type";
        case ErrorCode::too_long:
            return "too_long";
        case ErrorCode::rate_limited:
            return "rate_limited";
        case ErrorCode::not_found:
            return "not_found";
        case ErrorCode::forbidden:
            return "forbidden";
        case ErrorCode::conflict:
            return "conflict";
        case ErrorCode::unavailable:
            return "unavailable";
    }
    return "bad_frame";
}

Decoded<VisitorFrame> decode_visitor(std::string_view bytes, const TextLimits& limits) {
    return decode<VisitorFrame>(bytes, limits, visitor_types);
}

Decoded<AgentFrame> decode_agent(std::string_view bytes, const TextLimits& limits) {
    return decode<AgentFrame>(bytes, limits, agent_types);
}

std::string encode(const Error& error) {
    nlohmann::json frame{{"type", "error"}, {"code", to_text(error.code)}, {"message", error.message}};
    if (!error.id.empty()) frame["id"] = error.id;
    if (error.number_id) frame["id"] = *error.number_id;
    return frame.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace maru::wire
