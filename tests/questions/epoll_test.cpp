// Q72 and Q77 to Q85: epoll.
#include "acts.h"

#include <fcntl.h>
#include <map>
#include <memory>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <vector>

using namespace questions;
namespace wiring = lab::wiring;

namespace {

class Loop {
public:
    int adds(const Fd& fd, std::uint32_t events) { return control(EPOLL_CTL_ADD, fd.get(), events); }
    int changes(const Fd& fd, std::uint32_t events) { return control(EPOLL_CTL_MOD, fd.get(), events); }
    int control(int operation, int fd, std::uint32_t events) // 0, or the errno
    {
        epoll_event event{.events = events, .data = {.fd = fd}};
        return ::epoll_ctl(loop_.get(), operation, fd, &event) == 0 ? 0 : errno;
    }
    // What epoll_wait() reports; nothing is on its way, so it need not wait.
    std::vector<epoll_event> reports(int limit_ms = 0)
    {
        std::vector<epoll_event> events(64);
        const int n = ::epoll_pwait(loop_.get(), events.data(), 64, limit_ms, nullptr);
        events.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
        return events;
    }
    // The bits of the one event that comes; 0 when none comes.
    std::uint32_t one(int limit_ms = 0)
    {
        const auto events = reports(limit_ms);
        return events.size() == 1 ? events[0].events : 0;
    }
    int fd() const { return loop_.get(); }

private:
    Fd loop_{::epoll_create1(EPOLL_CLOEXEC)};
};

constexpr int it_comes = 4000; // ms: the limit when an event is on its way

} // namespace

// "A descriptor is unique": the event that is still in the batch names the new client.
// Convinced: with the old key for the new client, as a table by number has it, the stale event finds the stranger: red.
TEST(Q72, AStaleEventNamesTheNextClient)
{
    const Fd listener{wiring::listening_socket("127.0.0.1", 4, false)};
    const Fd ann = client_of(listener), bob = client_of(listener), stranger = client_of(listener);
    std::map<std::uint64_t, Fd> table; // by an id that is never used again
    Loop loop;
    for (std::uint64_t id : {1u, 2u}) {
        table.emplace(id, accepted_from(listener));
        epoll_event event{.events = EPOLLIN, .data = {.u64 = id}};
        ASSERT_EQ(0, ::epoll_ctl(loop.fd(), EPOLL_CTL_ADD, table.at(id).get(), &event));
    }
    sends(ann, "x"), sends(bob, "x");
    comes(table.at(1), POLLIN), comes(table.at(2), POLLIN);
    const auto batch = loop.reports();
    ASSERT_EQ(2u, batch.size());

    const std::uint64_t later = batch[1].data.u64; // the first handler closes the other connection and accepts a client
    const int old_number = table.at(later).get();
    table.erase(later);
    table.emplace(3, accepted_from(listener));
    EXPECT_EQ(old_number, table.at(3).get());
    EXPECT_FALSE(table.contains(later)); // the id tells; the number would lead to the stranger
    observed("two events in one batch; the second's descriptor " + std::to_string(old_number) + " was a new client's by then");
}

// "It only fires when needed": an idle connection is writable, and each wait says so.
// Convinced: with EPOLLIN alone the first loop counts 0 and the proof is red.
TEST(Q77, AnIdleSocketIsAlwaysWritable)
{
    const Pair ann = tcp_pair();
    Loop level, edge, input;
    level.adds(ann.server, EPOLLIN | EPOLLOUT);
    edge.adds(ann.server, EPOLLIN | EPOLLOUT | EPOLLET);
    input.adds(ann.server, EPOLLIN);
    int woken = 0, once = 0, never = 0;
    for (int i = 0; i < 1000; ++i) {
        woken += level.one() == EPOLLOUT;
        once += edge.one() == EPOLLOUT;
        never += input.one() != 0;
    }
    EXPECT_EQ(1000, woken);
    EXPECT_EQ(1, once);
    EXPECT_EQ(0, never);
    observed("1000 waits on an idle connection: EPOLLOUT 1000 times, with EPOLLET once, without EPOLLOUT never");
}

// epoll(7) says that after a short read nothing is left to learn. The end of the stream came with the data: no event tells it.
// Convinced: without EPOLLET the end is reported and the proof is red.
TEST(Q78, AShortReadHidesTheEnd)
{
    Pair ann = tcp_pair();
    sends(ann.client, "abc");
    ann.client.close();
    EXPECT_EQ(POLLRDHUP, comes(ann.server, POLLRDHUP)); // both are there
    Loop edge;
    edge.adds(ann.server, EPOLLIN | EPOLLET);
    EXPECT_EQ(EPOLLIN, edge.one());
    EXPECT_EQ("abc", finds(ann.server, 100));
    EXPECT_EQ(0u, edge.one());
    EXPECT_EQ("", finds(ann.server));
    observed("3 bytes and the FIN in one event; recv(100) = 3; then no event, although recv() = 0");
}

// "With edge triggering the event comes once and never again." Convinced: without the second send the second wait finds nothing.
TEST(Q78, NewDataIsANewEdge)
{
    const Pair ann = tcp_pair();
    Loop edge;
    edge.adds(ann.server, EPOLLIN | EPOLLOUT | EPOLLET);
    EXPECT_EQ(EPOLLOUT, edge.one());
    sends(ann.client, "a");
    EXPECT_EQ(EPOLLIN | EPOLLOUT, edge.one(it_comes)); // the output bit comes along
    EXPECT_EQ(0u, edge.one());                         // not read, and not reported again
    sends(ann.client, "b");
    EXPECT_EQ(EPOLLIN | EPOLLOUT, edge.one(it_comes)); // not read, and yet a new event
    EXPECT_EQ(0, edge.changes(ann.server, EPOLLIN | EPOLLET));
    EXPECT_EQ(EPOLLIN, edge.one()); // EPOLL_CTL_MOD looks again
    EXPECT_EQ("ab", finds(ann.server));
    observed("unread data: no second event; one more byte: IN|OUT again; EPOLL_CTL_MOD: IN again");
}

// "The kernel always solved the thundering herd" predicts one wake-up for each connection in both runs.
// Convinced: without EPOLLEXCLUSIVE in the second run it counts as many as the first and the proof is red.
TEST(Q79, OnlyTheExclusiveFlagSparesTheHerd)
{
    constexpr int loops = 4, rounds = 10;
    const auto herd = [&](std::uint32_t events) {
        std::atomic<int> woken{0};
        for (int round = 0; round < rounds; ++round) {
            const Fd listener{wiring::listening_socket("127.0.0.1", 4, true)};
            const Fd go_home{::eventfd(0, EFD_CLOEXEC)};
            std::vector<std::unique_ptr<Actor>> workers;
            for (int i = 0; i < loops; ++i)
                workers.push_back(std::make_unique<Actor>([&] {
                    Loop loop;
                    loop.adds(listener, events);
                    loop.adds(go_home, EPOLLIN);
                    const auto first = loop.reports(it_comes);
                    woken += !first.empty() && first[0].data.fd == listener.get();
                }));
            for (const auto& worker : workers)
                worker->falls_asleep_in(SYS_epoll_pwait);
            const int before = woken;
            const Fd client = client_of(listener);
            becomes([&] { return woken > before; });
            // Each worker has gone, or sleeps: whom the client has woken is known before anybody else is woken.
            becomes([&] {
                int asleep = 0;
                for (const auto& worker : workers)
                    asleep += worker->is_asleep_in(SYS_epoll_pwait);
                return asleep + woken - before == loops;
            });
            const std::uint64_t one = 1;
            EXPECT_EQ(8, ::write(go_home.get(), &one, sizeof one));
        }
        return woken.load();
    };
    const int all = herd(EPOLLIN), few = herd(EPOLLIN | EPOLLEXCLUSIVE);
    EXPECT_EQ(loops * rounds, all);
    EXPECT_GE(few, rounds); // "one or more", epoll_ctl(2) says
    EXPECT_LT(few, loops * rounds / 2);
    observed("10 connections, 4 loops asleep each time: " + std::to_string(all) + " wake-ups, with EPOLLEXCLUSIVE " +
             std::to_string(few));
}

// "Kernel and program share the ready list by mmap": there is nothing to map, and the state is asked again at each wait.
// Convinced: without the recv() between the send and the wait the event comes and the proof is red.
TEST(Q80, NothingIsSharedAndTheStateIsAskedAgain)
{
    Loop loop;
    EXPECT_EQ(MAP_FAILED, ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, loop.fd(), 0));
    EXPECT_EQ("ENODEV", lab::errno_name(errno));

    const Pair ann = tcp_pair();
    loop.adds(ann.server, EPOLLIN);
    EXPECT_EQ(EEXIST, loop.adds(ann.server, EPOLLIN));
    const Fd twin{::fcntl(ann.server.get(), F_DUPFD_CLOEXEC, 0)};
    EXPECT_EQ(0, loop.adds(twin, EPOLLIN)); // the key is the open file together with the number
    sends(ann.client, "x");
    EXPECT_EQ("x", gets(ann.server)); // both entries are on the ready list now
    EXPECT_TRUE(loop.reports().empty());
    observed("mmap() on the epoll descriptor: ENODEV; a byte came and was read before epoll_wait(): 0 events");
}

// "The descriptor is removed after its event": then EPOLL_CTL_MOD would fail with ENOENT.
// Convinced: without EPOLLONESHOT the second wait reports again and the proof is red.
TEST(Q82, OneShotDisablesAndDoesNotRemove)
{
    const Pair ann = tcp_pair();
    Loop loop;
    loop.adds(ann.server, EPOLLIN | EPOLLONESHOT);
    sends(ann.client, "x");
    EXPECT_EQ(EPOLLIN, loop.one(it_comes));
    EXPECT_EQ(0u, loop.one());
    EXPECT_EQ(EEXIST, loop.adds(ann.server, EPOLLIN));
    EXPECT_EQ(0, loop.changes(ann.server, EPOLLIN | EPOLLONESHOT));
    EXPECT_EQ(EPOLLIN, loop.one());
    observed("events: 1, 0, and 1 after EPOLL_CTL_MOD; EPOLL_CTL_ADD: EEXIST");
}

// "close() always removes it": a duplicate keeps the open file, and the event names a number that is closed.
// Convinced: without the duplicate there is no event and the proof is red.
TEST(Q83, ADuplicateLeavesAGhost)
{
    Pair ann = tcp_pair();
    Loop loop;
    loop.adds(ann.server, EPOLLIN);
    const int number = ann.server.get();
    const Fd twin{::fcntl(number, F_DUPFD_CLOEXEC, 0)};
    ann.server.close();
    sends(ann.client, "x");
    const auto events = loop.reports(it_comes);
    ASSERT_EQ(1u, events.size());
    EXPECT_EQ(number, events[0].data.fd);
    EXPECT_EQ(EBADF, loop.control(EPOLL_CTL_DEL, number, 0));
    EXPECT_EQ(number, ::dup3(twin.get(), number, O_CLOEXEC)); // back on the old number it can be removed
    EXPECT_EQ(0, loop.control(EPOLL_CTL_DEL, number, 0));
    EXPECT_TRUE(loop.reports().empty());
    ::close(number);
    observed("closed, and its twin open: the event still came; EPOLL_CTL_DEL: EBADF, and 0 after dup2() to the old number");
}
