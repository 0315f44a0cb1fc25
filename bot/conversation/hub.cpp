#include "bot/conversation/hub.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

namespace maru {
namespace {

using namespace std::chrono_literals;

constexpr auto tick_interval = 250ms;
constexpr int ticks_per_sweep = 20;  // of resting conversations

template <class Frame>
std::string id_of(const Frame& frame) {
    return std::visit(
        [](const auto& one) -> std::string {
            if constexpr (requires { one.id; })
                return one.id;
            else
                return {};
        },
        frame);
}

template <class Frame>
bool is_windowed(const Frame& frame) {
    return std::visit(
        [](const auto& one) {
            return requires {
                one.id;
            };
        },
        frame);
}

// The site a visitor is on: the one the hello names, else the one whose page it comes from, else the first.
std::string site_of(const std::vector<Site>& sites, const std::string& named, const std::string& origin) {
    const auto find = [&](const auto& fits) -> const Site* {
        const auto found = std::find_if(sites.begin(), sites.end(), fits);
        return found == sites.end() ? nullptr : &*found;
    };
    if (const auto* site = find([&](const Site& one) { return one.id == named; })) return site->id;
    if (const auto* site = find([&](const Site& one) {
            return std::find(one.origins.begin(), one.origins.end(), origin) != one.origins.end();
        }))
        return site->id;
    // A page of the server's own.
    if (const auto* site = find([&](const Site& one) {
            return std::find(one.origins.begin(), one.origins.end(), "self") != one.origins.end();
        });
        site != nullptr && !origin.empty())
        return site->id;
    return sites.empty() ? named : sites.front().id;
}

}  // namespace

// What one thread owns.
struct Hub::Part {
    Part(boost::asio::io_context& context, World shared)
        : io(context), world(std::move(shared)), timer(context) {}

    Actor& actor(Id id) {
        auto& slot = actors[id];
        if (!slot) slot = std::make_unique<Actor>(world, id);
        return *slot;
    }
    void set_timer(Id id, const std::string& kind, std::optional<Time> due) {
        const std::pair key{id, kind};
        if (const auto old = due_of.find(key); old != due_of.end()) {
            due_at.erase({old->second, id, kind});
            due_of.erase(old);
        }
        if (!due) return;
        due_of.emplace(key, *due);
        due_at.emplace(*due, id, kind);
    }

    boost::asio::io_context& io;
    World world;
    std::unordered_map<Id, std::unique_ptr<Actor>> actors;
    std::map<std::pair<Id, std::string>, Time> due_of;
    std::set<std::tuple<Time, Id, std::string>> due_at;
    boost::asio::steady_timer timer;
    int ticks = 0;
    bool stopped = false;
};

// What the hub keeps with a socket. `conversation` belongs to the shard's thread, the rest never changes.
struct Hub::Link {
    std::unique_ptr<const Staff> who;  // null: a visitor
    std::size_t shard = 0;
    Id conversation = 0;
};

Hub::Hub(Shards& shards, const World& world) : shards_(shards), world_(world) {
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        parts_.push_back(std::make_unique<Part>(shards_.io(i), world_));
        auto& own = *parts_.back();
        own.world.shard = i;
        own.world.set_timer = [&own](Id id, const std::string& kind, std::optional<Time> due) {
            own.set_timer(id, kind, due);
        };
    }
}

Hub::~Hub() = default;

void Hub::attach(handoff::Desk& desk) {
    world_.desk = &desk;
    for (auto& part : parts_) part->world.desk = &desk;
}

store::Dispatch Hub::dispatch(Shards& shards) {
    return [&shards](std::size_t shard, std::vector<store::Finished> batch) {
        boost::asio::post(shards.io(shard), [batch = std::move(batch)] {
            for (const auto& one : batch) one.waiter->done(one.result);
        });
    };
}

void Hub::start() {
    for (const auto& row : world_.store.timers())
        part(shards_.of(row.conversation)).set_timer(row.conversation, row.kind, row.due_at);
    for (auto& each : parts_) tick(*each);
}

void Hub::stop() {
    for (auto& each : parts_) {
        boost::asio::post(each->io, [&own = *each] {
            own.stopped = true;
            own.timer.cancel();
        });
    }
}

void Hub::tick(Part& own) {
    own.timer.expires_after(tick_interval);
    own.timer.async_wait([this, &own](const boost::system::error_code& error) {
        if (error || own.stopped) return;
        const auto now = world_.clock.now();
        while (!own.due_at.empty() && std::get<0>(*own.due_at.begin()) <= now) {
            const auto [due, id, kind] = *own.due_at.begin();
            own.set_timer(id, kind, std::nullopt);
            try {
                auto& actor = own.actor(id);
                if (actor.load()) actor.timer(kind);
            } catch (const std::exception& e) {
                spdlog::error("conversation {}: timer {}: {}", to_text(id), kind, e.what());
                own.set_timer(id, kind, now + std::chrono::seconds{10});
                break;
            }
        }
        if (++own.ticks % ticks_per_sweep == 0) {
            const auto moment = std::chrono::steady_clock::now();
            std::erase_if(own.actors, [&](const auto& entry) { return entry.second->rest(moment); });
        }
        tick(own);
    });
}

template <class Work>
void Hub::with(Id conversation, Work work, std::shared_ptr<Client> client, std::string frame_id,
               bool windowed) {
    auto& own = part(shards_.of(conversation));
    boost::asio::dispatch(own.io, [&own, conversation, work = std::move(work), client = std::move(client),
                                   frame_id = std::move(frame_id), windowed]() mutable {
        const auto refuse = [&](wire::ErrorCode code, std::string message) {
            if (!client) return;
            client->send(make_frame(wire::encode({code, std::move(message), frame_id})));
            if (windowed) client->settled();
        };
        try {
            auto& actor = own.actor(conversation);
            if (actor.load()) return work(actor);
            if (!actor.busy()) own.actors.erase(conversation);
            refuse(wire::ErrorCode::not_found, "there is no such conversation");
        } catch (const std::exception& e) {
            spdlog::error("conversation {}: {}", to_text(conversation), e.what());
            refuse(wire::ErrorCode::unavailable,
                   "this conversation cannot be read right now; try again in a moment");
        }
    });
}

// ---- visitors
// --------------------------------------------------------------------------------------------------------

void Hub::hello(const std::shared_ptr<Client>& client, wire::Hello hello, const Origin& from) {
    const auto named = hello.token.empty() ? std::nullopt : parse_id(hello.conversation);
    auto link = std::make_shared<Link>();
    Id fresh = world_.ids.next();
    if (named) {
        link->shard = shards_.of(*named);
    } else {
        // A new conversation is given an id that lives on the socket's own thread: no hop between threads per
        // message.
        link->shard = Shards::current() < shards_.size() ? Shards::current() : shards_.of(fresh);
    }
    while (shards_.of(fresh) != link->shard) fresh = world_.ids.next();
    client->attachment = link;
    auto& own = part(link->shard);
    boost::asio::dispatch(own.io, [this, &own, client, link, named, fresh, hello = std::move(hello),
                                   origin = from.origin]() mutable {
        try {
            const auto site = site_of(world_.bots.get()->settings.sites, hello.site, origin);
            if (named) {
                auto& actor = own.actor(*named);
                if (actor.load()) {
                    if (actor.resume(client, hello)) {
                        link->conversation = *named;
                        return;
                    }
                } else {
                    if (!actor.busy()) own.actors.erase(*named);
                }
            }
            link->conversation = fresh;
            own.actor(fresh).open(client, hello, site);
        } catch (const std::exception& e) {
            spdlog::error("hello: {}", e.what());
            client->send(make_frame(
                wire::encode({wire::ErrorCode::unavailable,
                              "the conversation cannot be opened right now; try again in a moment"})));
            client->hello_refused();
        }
    });
}

void Hub::frame(const std::shared_ptr<Client>& client, wire::VisitorFrame frame) {
    const auto link = std::static_pointer_cast<Link>(client->attachment);
    if (!link) return;
    const auto arrived = std::chrono::steady_clock::now();
    boost::asio::dispatch(
        part(link->shard).io, [this, client, link, frame = std::move(frame), arrived]() mutable {
            auto id = id_of(frame);
            const bool windowed = is_windowed(frame);
            with(
                link->conversation,
                [&client, &frame, arrived](Actor& actor) { actor.frame(client, std::move(frame), arrived); },
                client, std::move(id), windowed);
        });
}

// ---- agents
// ----------------------------------------------------------------------------------------------------------

void Hub::hello(const std::shared_ptr<Client>& client, const Staff& who) {
    auto link = std::make_shared<Link>();
    link->who = std::make_unique<const Staff>(who);
    client->attachment = std::move(link);
    world_.desk->hello(client, who);
}

void Hub::frame(const std::shared_ptr<Client>& client, wire::AgentFrame frame) {
    const auto link = std::static_pointer_cast<Link>(client->attachment);
    if (!link) return;
    if (auto* presence = std::get_if<wire::Presence>(&frame)) {
        world_.desk->presence(client, *link->who, std::move(presence->status));
        return;
    }
    const auto arrived = std::chrono::steady_clock::now();
    const bool windowed = is_windowed(frame);
    auto frame_id = id_of(frame);
    const auto conversation = std::visit(
        [](const auto& one) -> std::string {
            if constexpr (requires { one.conversation; })
                return one.conversation;
            else
                return {};
        },
        frame);
    const auto id = parse_id(conversation);
    if (!id) {
        client->send(make_frame(
            wire::encode({wire::ErrorCode::not_found, "there is no such conversation", frame_id})));
        if (windowed) client->settled();
        return;
    }
    with(
        *id,
        [client, link, frame = std::move(frame), arrived](Actor& actor) mutable {
            actor.frame(client, *link->who, std::move(frame), arrived);
        },
        client, std::move(frame_id), windowed);
}

void Hub::gone(const std::shared_ptr<Client>& client) {
    const auto link = std::static_pointer_cast<Link>(client->attachment);
    client->attachment.reset();
    client->closed = true;
    if (!link) return;
    if (link->who) {
        world_.desk->gone(client, *link->who);
        // An agent may have any conversation open.
        for (auto& each : parts_) {
            boost::asio::post(each->io, [&own = *each, client] {
                for (auto& [id, actor] : own.actors) actor->gone(client);
            });
        }
        return;
    }
    boost::asio::dispatch(part(link->shard).io, [&own = part(link->shard), client, link] {
        if (const auto found = own.actors.find(link->conversation); found != own.actors.end())
            found->second->gone(client);
    });
}

// ---- the desk
// --------------------------------------------------------------------------------------------------------

void Hub::show(Id conversation, const std::shared_ptr<Client>& client, const Staff& who, bool quiet) {
    with(conversation, [client, agent = who.id, quiet](Actor& actor) {
        if (quiet || !actor.shows(client)) actor.show(client, agent, 0, quiet);
    });
}

void Hub::owner_lost(Id conversation, Id agent) {
    with(conversation, [agent](Actor& actor) { actor.owner_lost(agent); });
}

void Hub::queue_position(Id conversation, int position, double wait_s) {
    with(conversation, [position, wait_s](Actor& actor) { actor.queue_position(position, wait_s); });
}

}  // namespace maru
