#include "flows/content/faqs.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "nlu/text/normalise.hpp"

namespace maru::flows {
namespace {

using yaml::Node;
using yaml::Reader;

void read_locale(const yaml::Entry& entry, const Context& context, Faq& faq) {
    if (!context.locales.empty() &&
        std::find(context.locales.begin(), context.locales.end(), entry.key) == context.locales.end()) {
        context.error(entry.key_at, "`" + yaml::shown(entry.key) + "` is not a locale of this bot" +
                                        yaml::suggestion(entry.key, context.locales));
        return;
    }
    Reader r(entry.value, context, "the FAQ's text for `" + entry.key + "`");
    if (!r.is_map()) return;
    FaqLocale locale;
    locale.locale = entry.key;
    if (const Node* questions = r.required_child("questions")) {
        if (questions->is_sequence()) {
            for (const Node& item : questions->items) {
                if (auto text = yaml::read_string(item, "a question", context)) {
                    locale.questions.push_back(std::move(*text));
                    locale.questions_at.push_back(item.at);
                }
            }
            if (questions->items.empty())
                context.error(questions->at, "`questions` is empty; write at least one way to ask");
        } else if (auto text = yaml::read_string(*questions, "`questions`", context)) {
            locale.questions.push_back(std::move(*text));
            locale.questions_at.push_back(questions->at);
        }
    }
    locale.answers = r.required_strings("answer");
    r.finish();
    if (!locale.questions.empty() && !locale.answers.empty()) faq.locales.push_back(std::move(locale));
}

Faq read_faq(const Node& node, const Context& context) {
    Faq faq;
    faq.where = {context.file, node.at};
    Reader r(node, context, "an FAQ");
    if (!r.is_map()) return faq;
    faq.id = r.required_id("id");
    faq.category = r.optional_string("category");
    if (const Node* locales = r.required_map("locales")) {
        for (const yaml::Entry& entry : locales->entries) read_locale(entry, context, faq);
        for (const std::string& locale : context.locales)
            if (locales->find(locale) == nullptr)
                context.warning(locales->at,
                                "the FAQ `" + faq.id + "` has no text for `" + locale + "`; add it");
    }
    if (const Node* stores = r.map("stores")) {
        for (const yaml::Entry& entry : stores->entries)
            if (auto text =
                    yaml::read_text(entry.value, "the answer for the store `" + entry.key + "`", context))
                faq.stores.emplace_back(entry.key, std::move(*text));
    }
    if (const Node* replies = r.child("quick_replies"))
        faq.quick_replies = read_quick_replies(*replies, context);
    r.finish();
    return faq;
}

}  // namespace

const FaqLocale* Faq::find(std::string_view locale) const noexcept {
    for (const FaqLocale& each : locales)
        if (each.locale == locale) return &each;
    return nullptr;
}

std::string_view Faq::answer(std::string_view locale, std::string_view store,
                             std::size_t seed) const noexcept {
    if (!store.empty())
        for (const auto& [name, text] : stores)
            if (name == store && (text.covers(locale) || find(locale) == nullptr))
                return text.pick(locale, seed);
    const FaqLocale* own = find(locale);
    if (own == nullptr && !locales.empty()) own = &locales.front();
    if (own == nullptr || own->answers.empty()) return {};
    return own->answers[seed % own->answers.size()];
}

std::string_view Faq::title(std::string_view locale) const noexcept {
    const FaqLocale* own = find(locale);
    if (own == nullptr && !locales.empty()) own = &locales.front();
    return own == nullptr || own->questions.empty() ? std::string_view(id)
                                                    : std::string_view(own->questions.front());
}

const Faq* Faqs::find(std::string_view id) const noexcept {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Faq& f) { return f.id == id; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> Faqs::ids() const {
    std::vector<std::string> out;
    out.reserve(all.size());
    for (const Faq& faq : all) out.push_back(faq.id);
    return out;
}

void read_faqs(std::string_view text, const Context& context, Faqs& into) {
    const auto root = parse_file(text, context);
    if (!root) return;
    Reader file(*root, context, "the file");
    file.version(1);
    const Node* list = file.required_list("faqs");
    file.finish();
    if (list == nullptr) return;
    for (const Node& item : list->items) {
        Faq faq = read_faq(item, context);
        if (faq.id.empty()) continue;
        if (const Faq* other = into.find(faq.id)) {
            context.error(item.at, "the FAQ `" + faq.id + "` exists already at " + other->where.file + ":" +
                                       std::to_string(other->where.at.line) +
                                       "; give it another id or join them");
            continue;
        }
        into.all.push_back(std::move(faq));
    }
}

void check_quick_replies(const std::vector<QuickReply>& replies, const std::string& file,
                         const std::vector<std::string>& faqs, const std::vector<std::string>& flows,
                         Problems& problems) {
    const auto check = [&](const QuickReply& reply, const std::vector<std::string>& ids, const char* what) {
        if (!reply.id.empty() && std::find(ids.begin(), ids.end(), reply.id) == ids.end())
            problems.error(
                file, reply.at,
                std::string("there is no ") + what + " `" + reply.id + "`" + yaml::suggestion(reply.id, ids));
    };
    for (const QuickReply& reply : replies) {
        if (reply.target == QuickReply::Target::faq) check(reply, faqs, "FAQ");
        if (reply.target == QuickReply::Target::flow) check(reply, flows, "flow");
    }
}

void check_faqs(const Faqs& faqs, const std::vector<std::string>& flows,
                const std::vector<std::string>& stores, Problems& problems) {
    const std::vector<std::string> ids = faqs.ids();
    std::unordered_map<std::string, const Faq*> seen;
    for (const Faq& faq : faqs.all) {
        check_quick_replies(faq.quick_replies, faq.where.file, ids, flows, problems);
        for (const auto& [store, text] : faq.stores) {
            if (!stores.empty() && std::find(stores.begin(), stores.end(), store) == stores.end())
                problems.error(
                    faq.where.file, text.at,
                    "there is no store `" + yaml::shown(store) + "`" + yaml::suggestion(store, stores));
        }
        for (const FaqLocale& locale : faq.locales) {
            for (std::size_t i = 0; i < locale.questions.size(); ++i) {
                const auto [entry, fresh] = seen.try_emplace(text::normalised(locale.questions[i]), &faq);
                if (fresh || entry->second == &faq) continue;
                problems.warning(faq.where.file, locale.questions_at[i],
                                 "`" + yaml::shown(locale.questions[i]) + "` is a question of the FAQ `" +
                                     entry->second->id + "` too; keep it in one of them");
            }
        }
    }
}

}  // namespace maru::flows
