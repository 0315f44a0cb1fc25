#include "bot/store/reports.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace maru::store {

std::optional<Time> time_or_none(const SQLite::Column& column) {
    if (column.isNull()) return std::nullopt;
    return from_millis(column.getInt64());
}

std::vector<InquiryRow> read_inquiries(SQLite::Database& db, Time from, Time to) {
    SQLite::Statement q(
        db,
        "SELECT id, conversation, opened_seq, opened_at, bot_first_at, handoff_at, accepted_at, "
        "agent_first_at, closed_at, "
        "closed_by, resolution, channel, site, locale, team, agent, schedule FROM inquiries "
        "WHERE opened_at >= ? AND opened_at < ? ORDER BY opened_at, id");
    q.bind(1, to_millis(from));
    q.bind(2, to_millis(to));
    std::vector<InquiryRow> rows;
    while (q.executeStep()) {
        InquiryRow row;
        row.id = q.getColumn(0).getInt64();
        row.conversation = q.getColumn(1).getInt64();
        row.opened_seq = q.getColumn(2).getInt64();
        row.opened_at = from_millis(q.getColumn(3).getInt64());
        row.bot_first_at = time_or_none(q.getColumn(4));
        row.handoff_at = time_or_none(q.getColumn(5));
        row.accepted_at = time_or_none(q.getColumn(6));
        row.agent_first_at = time_or_none(q.getColumn(7));
        row.closed_at = time_or_none(q.getColumn(8));
        row.closed_by = q.getColumn(9).getString();
        row.resolution = q.getColumn(10).getString();
        row.channel = q.getColumn(11).getString();
        row.site = q.getColumn(12).getString();
        row.locale = q.getColumn(13).getString();
        row.team = q.getColumn(14).getString();
        row.agent = q.getColumn(15).getInt64();
        row.schedule = q.getColumn(16).getString();
        rows.push_back(std::move(row));
    }
    return rows;
}

SearchLedger read_searches(SQLite::Database& db, const SearchFilter& f) {
    std::string where = "1";
    if (f.from) where += " AND day >= :from";
    if (f.to) where += " AND day < :to";
    if (!f.locale.empty()) where += " AND locale = :locale";
    const char* kept = f.only == SearchFilter::Only::nothing      ? "n > 0"
                       : f.only == SearchFilter::Only::unfollowed ? "a - n - f > 0"
                                                                  : "1";
    const char* order = f.only == SearchFilter::Only::nothing      ? "n DESC, a DESC"
                        : f.only == SearchFilter::Only::unfollowed ? "a - n - f DESC, f, a DESC"
                                                                   : "a DESC";
    // Of the rows that are summed SQLite takes the example from the one with the maximum.
    const auto grouped = fmt::format(
        "SELECT locale, words, example, max(last_at) AS l, sum(asked) AS a, sum(fruitless) "
        "AS n, sum(relaxed) AS r, sum(followed) AS f, sum(clicked) AS c, sum(carted) AS k FROM searches "
        "WHERE {} GROUP BY locale, words HAVING {}",
        where, kept);
    const auto bind_all = [&](SQLite::Statement& q) {
        if (f.from) q.bind(":from", day_of(*f.from));
        if (f.to) q.bind(":to", day_of(*f.to + std::chrono::days{1} - Millis{1}));
        if (!f.locale.empty()) q.bind(":locale", f.locale);
    };
    SearchLedger ledger;
    const auto numbers = [](SQLite::Statement& q, int first, SearchCount& into) {
        into.asked = q.getColumn(first).getInt();
        into.nothing = q.getColumn(first + 1).getInt();
        into.relaxed = q.getColumn(first + 2).getInt();
        into.followed = q.getColumn(first + 3).getInt();
        into.clicked = q.getColumn(first + 4).getInt();
        into.carted = q.getColumn(first + 5).getInt();
    };
    {
        SQLite::Statement q(
            db, fmt::format("SELECT count(*), sum(a), sum(n), sum(r), sum(f), sum(c), sum(k) FROM ({})",
                            grouped));
        bind_all(q);
        (void)q.executeStep();
        ledger.distinct = q.getColumn(0).getInt64();
        numbers(q, 1, ledger.total);
    }
    SQLite::Statement q(db, fmt::format("{} ORDER BY {}, l DESC LIMIT :limit", grouped, order));
    bind_all(q);
    q.bind(":limit", f.limit);
    while (q.executeStep()) {
        SearchCount row;
        row.locale = q.getColumn(0).getString();
        row.words = q.getColumn(1).getString();
        row.example = q.getColumn(2).getString();
        row.at = from_millis(q.getColumn(3).getInt64());
        row.day = day_of(row.at);
        numbers(q, 4, row);
        ledger.rows.push_back(std::move(row));
    }
    return ledger;
}

std::vector<BasketRow> read_baskets(SQLite::Database& db, Time from, std::uint32_t limit) {
    // Within a millisecond the ids tell the order.
    SQLite::Statement q(
        db,
        "SELECT conversation, at, name, product FROM (SELECT id, conversation, at, name, product FROM "
        "storefront_events WHERE name IN ('add_to_cart', 'remove_from_cart', 'purchase') AND at>=? "
        "ORDER BY at DESC, id DESC LIMIT ?) ORDER BY conversation, at, id");
    q.bind(1, to_millis(from));
    q.bind(2, limit);
    std::vector<BasketRow> rows;
    while (q.executeStep())
        rows.push_back({q.getColumn(0).getInt64(), from_millis(q.getColumn(1).getInt64()),
                        q.getColumn(2).getString(), q.getColumn(3).getString()});
    return rows;
}

}  // namespace maru::store
